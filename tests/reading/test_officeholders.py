"""Names of mayors and governors behind their places. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.officeholders import with_officeholders
from accordingto.reading.reader import Reader
from accordingto.record import Factuality
from accordingto.spans import Range

PLACES = {"New Hampshire", "Burkina Faso"}


def parted(seen: Layers, text: str) -> list[tuple[str, str]]:
    """The names of a text with their labels, once those who hold offices are known."""
    found = with_officeholders(text, seen, PLACES.__contains__)
    return [(text[slice(*n.at)], n.label) for n in found.names]


@pytest.mark.parametrize(
    ("text", "names", "wanted"),
    [
        ("The mayor of Ansa, Petro Lys, said no.", [("Ansa, Petro Lys", "Location")], [("Ansa", "Location"), ("Petro Lys", "Person")]),
        ("The governor of Ansa, Petro Lys, said no.", [("Ansa", "Location"), ("Petro Lys", "Location")], [("Ansa", "Location"), ("Petro Lys", "Person")]),
        ("The chief of police in Ansa, Petro al Lys, said no.", [("Ansa", "Location")], [("Ansa", "Location"), ("Petro al Lys", "Person")]),
        ("The mayor of Ansa, Petro Lys, said no.", [("Ansa", "Location"), ("Petro Lys", "Person")], [("Ansa", "Location"), ("Petro Lys", "Person")]),
        ("The Emir of Ansa, Petro Lys, said no.", [("Ansa, Petro Lys", "Location")], [("Ansa", "Location"), ("Petro Lys", "Person")]),
        ("The mayor of Ansa, New Hampshire, said no.", [("Ansa, New Hampshire", "Location")], [("Ansa, New Hampshire", "Location")]),
        ("The mayor of Ansa, Kor Province, said no.", [("Ansa, Kor Province", "Location")], [("Ansa, Kor Province", "Location")]),
        ("The mayor of Ansa, Blue Harbour Union, said no.", [("Ansa", "Location"), ("Blue Harbour Union", "Organization")], [("Ansa", "Location"), ("Blue Harbour Union", "Organization")]),
        ("The presidents of Ansa, Petro Lys, met.", [("Ansa, Petro Lys", "Location")], [("Ansa, Petro Lys", "Location")]),
        ("The roads of Ansa, Petro Lys, and Kor are shut.", [("Ansa, Petro Lys", "Location")], [("Ansa, Petro Lys", "Location")]),
    ],
)  # fmt: skip
def test_who_holds_an_office_of_a_place_is_a_person(
    text: str,
    names: list[tuple[str, str]],
    wanted: list[tuple[str, str]],
    layers: Callable[..., Layers],
) -> None:
    assert parted(layers(text, names, []), text) == wanted


def test_a_name_stays_a_persons_where_it_comes_again(layers: Callable[..., Layers]) -> None:
    text = "The mayor of Ansa, Petro Lys, said no. Then Petro Lys left."
    seen = layers(text, [("Ansa", "Location"), ("Petro Lys#2", "Location")], [])
    assert parted(seen, text) == [("Ansa", "Location"), ("Petro Lys", "Person"), ("Petro Lys", "Person")]


def test_no_event_is_at_somebodys_name(layers: Callable[..., Layers]) -> None:
    text = "The mayor of Ansa, Petro Lys, confirmed the raid."
    whole = Range(text.index("Ansa"), text.index(", confirmed"))
    raid = Range(text.index("raid"), len(text) - 1)
    told = Happening(raid, "attack", Factuality.OCCURRED, (Part("place", whole, 0.5),), (), (), 0.9)
    seen = layers(text, [("Ansa, Petro Lys", "Location")], [])
    object.__setattr__(seen, "happenings", (told,))
    [mention] = with_officeholders(text, seen, PLACES.__contains__).happenings
    assert [text[slice(*p.at)] for p in mention.parts] == ["Ansa"]


def test_a_mayor_who_is_named_speaks_under_that_name(reader: Reader) -> None:
    record = reader.read(
        "The mayor of Ansongo, Ibrahim Dako, confirmed the raid. Dako said that nine people died in it."
    )
    named = {e.id: e.name for e in record.entities}
    sources = {s.id: s for s in record.sources}
    assert {named[sources[c.source].entity or ""] for c in record.claims if c.source} == {"Ibrahim Dako"}
    assert [p.span.text for p in record.places] == ["Ansongo"]
