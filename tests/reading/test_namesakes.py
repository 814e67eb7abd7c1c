"""Whom a name means that several persons of a report bear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.entities import Found, find_entities
from accordingto.reading.layers import Layers, Phrase
from accordingto.reading.namesakes import settle
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

TABLES = ReadingTables.load()


def people(text: str, layers: Layers) -> list[Found]:
    found = find_entities(text, layers, TABLES)
    settle(text, found, layers, TABLES)
    return found


@pytest.mark.parametrize(
    ("text", "names", "said", "meant"),
    [
        # who came first in the report
        (
            "Pedro Lima was shot in Arica. His father Raul Lima had led the port. Lima was 42.",
            ("Pedro Lima", "Raul Lima"),
            [],
            0,
        ),
        # an office
        (
            "Governor Pedro Lima left Arica. The court fined Judge Rosa Lima. It is hot. Governor Lima was 42.",
            ("Pedro Lima", "Rosa Lima"),
            [("Rosa Lima", "fined")],
            0,
        ),
        # whose surname it is
        (
            "Joe Arica met Arica Soto in Lima. Soto lost to Arica again. Arica won.",
            ("Joe Arica", "Arica Soto"),
            [],
            0,
        ),
        # who speaks, though somebody's kin
        (
            "Pedro Lima was shot in Arica. His brother, Raul Lima, said he wept. “Our mother is dead,” Lima said.",
            ("Pedro Lima", "Raul Lima"),
            [("Raul Lima", "said"), ("Lima#3", "said#2")],
            1,
        ),
        # a report that goes on with another
        (
            "Pedro Lima was shot in Arica. A lawyer, Raul Lima, said he wept. It rained. Lima was held on Monday.",
            ("Pedro Lima", "Raul Lima"),
            [("Raul Lima", "said")],
            1,
        ),
    ],
)
def test_whom_a_shared_surname_means(
    layers: Callable[..., Layers],
    text: str,
    names: tuple[str, str],
    said: list[tuple[str, ...]],
    meant: int,
) -> None:
    bare = names[0].split()[-1]
    found = people(
        text,
        layers(
            text,
            [*((n, "Person") for n in names), (f"{bare}#{text.count(bare)}", "Person")],
            said,
        ),
    )
    last = text.rindex(bare)
    assert [n for n, e in enumerate(found) if any(m.start == last for m, _ in e.mentions)] == [meant]


@pytest.mark.parametrize(("pronoun", "meant"), [("his", "Pedro Lima"), ("her", "Rosa Lima")])
def test_pronouns_in_a_chain_tell_who_is_meant(
    layers: Callable[..., Layers], pronoun: str, meant: str
) -> None:
    text = (
        f"Pedro Lima left his port. Rosa Lima said her aunt wept. Critics despise Lima for {pronoun} speech."
    )
    made = layers(text, [("Pedro Lima", "Person"), ("Rosa Lima", "Person"), ("Lima#3", "Person")], [])

    def phrase(word: str, start: int = 0) -> Phrase:
        at = Range(text.index(word, start), text.index(word, start) + len(word))
        return Phrase(at, Range(at.end - len(word.split()[-1]), at.end))

    behind = text.index("despise")
    chains = (
        (phrase("Pedro Lima"), phrase("his")),
        (phrase("Rosa Lima"), phrase("her")),
        (phrase("Lima", behind), phrase(pronoun, behind)),
    )
    owner = next(e for e in people(text, replace(made, chains=chains)) if len(e.mentions) == 2)
    assert owner.name == meant


def test_a_title_goes_to_the_one_who_is_meant(reader: Reader) -> None:
    text = (
        "Prime Minister Pedro Lima came to the hearing in Arica. Justice Minister Raul Lima said a new court was lawful. "
        "In the evening, Prime Minister Lima said that taxes would fall."
    )
    record = reader.read(text)
    entity = {e.id: e.name for e in record.entities}
    source = {s.id: s.entity for s in record.sources}
    assert [entity[source[c.source] or ""] for c in record.claims] == ["Raul Lima", "Pedro Lima"]


@pytest.mark.parametrize(
    ("text", "kin", "meant"),
    [
        ("Pedro Lima built hotels. His father, Raul Lima, was a mason. In 1990 Lima left Arica.", True, "Pedro Lima"),
        ("Pedro Lima built hotels. The judge, Raul Lima, was a mason. In 1990 Lima left Arica.", False, "Raul Lima"),
    ],
)  # fmt: skip
def test_a_chain_does_not_make_a_name_that_of_the_kin(
    layers: Callable[..., Layers], text: str, kin: bool, meant: str
) -> None:
    made = layers(text, [("Pedro Lima", "Person"), ("Raul Lima", "Person"), ("Lima#3", "Person")], [])

    def phrase(word: str, start: int = 0) -> Phrase:
        at = Range(text.index(word, start), text.index(word, start) + len(word))
        return Phrase(at, Range(at.end - len(word.split()[-1]), at.end))

    chains = ((phrase("Raul Lima"), phrase("Lima", text.index("1990"))),)
    owner = next(e for e in people(text, replace(made, chains=chains)) if len(e.mentions) == 2)
    assert owner.name == meant
    assert kin is (meant == "Pedro Lima")


@pytest.mark.parametrize(
    ("text", "names", "meant"),
    [
        (  # who is called by the given name elsewhere is not meant by the surname
            "Rosa Lima left Arica. Rosa wept. Pedro Lima saw it. It is hot. Voters despise Lima.",
            ["Rosa Lima", "Rosa#2", "Pedro Lima", "Lima#3"],
            "Pedro Lima",
        ),
        (  # a family's name that stands first is no given name
            "Kang So-ra left Arica. Kang wept. Kang Min-ho saw it. It is hot. Voters despise Kang.",
            ["Kang So-ra", "Kang#2", "Kang Min-ho", "Kang#4"],
            "Kang So-ra",
        ),
        (
            "Sen. Pedro Lima left Arica. The court fined Raul Lima. It is hot. All hailed Senator Lima.",
            ["Pedro Lima", "Raul Lima", "Lima#3"],
            "Pedro Lima",
        ),
        (
            "Congressman Pedro Lima left Arica. Gov. Raul Lima was fined. It is hot. All hailed Governor Lima.",
            ["Pedro Lima", "Raul Lima", "Lima#3"],
            "Raul Lima",
        ),
    ],
)
def test_whom_a_surname_means_by_titles_and_given_names(
    layers: Callable[..., Layers], text: str, names: list[str], meant: str
) -> None:
    found = people(text, layers(text, [(n, "Person") for n in names], []))
    last = max((m for e in found for m, _ in e.mentions), key=lambda m: m.start)
    assert next(e.name for e in found if any(m == last for m, _ in e.mentions)) == meant
