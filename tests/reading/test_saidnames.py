"""Names with “Said”. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.saidnames import said_in_names, with_names, without_names
from accordingto.reading.tables import ReadingTables

TABLES = ReadingTables.load()
Make = Callable[..., Layers]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mayor Said Azizi was freed on Monday.", [("Azizi", "Person")]),
        ("The head of the unit, Omar Said, denied the raid.", [("Omar", "Person")]),
        ("Gen. Said denied the raid.", []),
        ("Commander Said accused the rebels of lying.", []),
        ("The minister, Badr bin Said, left for Homs.", [("Badr bin", "Person")]),
        ("Former mayor Ali Said: The bridge is closed.", [("Ali", "Person")]),
        ("Police arrested Omar Said on Tuesday in Sfax.", [("Omar", "Person")]),
        ("The lawyer Said Zahiri left for Homs.", [("Zahiri", "Person")]),
        ("“We lost it,” said Said.", []),
        ("The mayor says Said fled on Monday.", []),
        ("Said Khalil, a shopkeeper, said the soldiers burned it.", [("Khalil", "Person")]),
        ("“We lost it,” Said Khalil told reporters.", [("Khalil", "Person")]),
        ("“We lost it,” said Said Khalil, a farmer.", [("Khalil", "Person")]),
    ],
)
def test_a_name_is_told_from_the_verb(text: str, names: list[tuple[str, str]], layers: Make) -> None:
    [at] = said_in_names(text, layers(text, names, []), TABLES)
    assert text[slice(*at)] == "Said"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Said the minister: “We will not leave.”", []),
        ("The army will leave on Monday, Said Reuters.", [("Reuters", "Organization")]),
        ("Six Killed in Blast, Police Said", []),
        ("Police Said Six Were Killed in Market Blast", []),
        ("As Rebels Fled the Town, Mayor Said Hundreds Were Missing.", []),
        ("President Ana Ruiz Said It Was Over", [("Ana Ruiz", "Person")]),
        ("The officials from Reuters Said the road was closed.", [("Reuters", "Organization")]),
        ("“We lost it,” Said Khalil, a farmer.", [("Khalil", "Person")]),
        ("The mayor said Omar Khalil had left.", [("Omar Khalil", "Person")]),
    ],
)
def test_the_verb_is_no_name(text: str, names: list[tuple[str, str]], layers: Make) -> None:
    assert said_in_names(text, layers(text, names, []), TABLES) == []


def test_the_names_parts_are_one_name(layers: Make) -> None:
    text = "Mayor Said Azizi and Omar Said met in Homs."
    seen = layers(text, [("Azizi", "Person"), ("Omar", "Person"), ("Homs", "Location")], [])
    assert [text[slice(*n.at)] for n in with_names(text, seen, TABLES)] == ["Said Azizi", "Omar Said", "Homs"]


@pytest.mark.parametrize(
    ("text", "name", "said", "mended"),
    [
        (
            "Mayor Said Azizi was freed on Monday.",
            "Azizi",
            ("Mayor", "Said", "Azizi was freed on Monday"),
            None,
        ),
        (
            "Omar Said said that it rained.",
            "Omar",
            ("Omar", "Said said", "that it rained"),
            ("Omar Said", "said"),
        ),
        (
            "Witness Omar Said: It rained all day.",
            "Omar",
            ("Omar", "Said:", "It rained all day"),
            ("Omar Said", ":"),
        ),
        (
            "The head, Omar Said, denied the raid.",
            "Omar",
            ("Omar", "denied", "the raid"),
            ("Omar Said", "denied"),
        ),
        ("Omar Said denied the raid.", "Omar", ("Omar", "Said denied", "the raid"), ("Omar Said", "denied")),
        ("“We ran,” said Said Khalil.", "Khalil", ("said", "Said", "“We ran,”"), ("Said Khalil", "said")),
        ("“We ran,” Said Khalil said.", "Khalil", ("Khalil", "Said", "“We ran,”"), ("Said Khalil", "said")),
    ],
)
def test_a_name_is_no_cue_but_belongs_to_the_source(
    text: str, name: str, said: tuple[str, str, str], mended: tuple[str, str] | None, layers: Make
) -> None:
    out = without_names(text, layers(text, [(name, "Person")], [said]), TABLES)
    found = [(text[slice(*a.source)], text[slice(*a.cue)]) for a in out if a.source and a.cue]
    assert found == ([mended] if mended else [])


def test_a_name_that_the_network_saw_whole_stays_whole(layers: Make) -> None:
    text = "Witness Omar Said told us that it rained."
    seen = layers(text, [("Omar Said", "Person")], [("Witness Omar", "Said told", "that it rained")])
    assert with_names(text, seen, TABLES)[0].at == seen.names[0].at
    [a] = without_names(text, seen, TABLES)
    assert (a.source and text[slice(*a.source)], a.cue and text[slice(*a.cue)]) == (
        "Witness Omar Said",
        "told",
    )


def test_who_is_called_so_speaks_under_the_whole_name(reader: Reader) -> None:
    record = reader.read(
        "Mayor Said Azizi was abducted on Monday in Sfax.\n\nColonel Mohammed Said denied the raid on the market.\n\n"
        "Witness Omar Said told the agency that gunmen killed two men."
    )
    names = {e.id: e.name for e in record.entities}
    told = {
        (names.get(s.entity or ""), c.cue and c.cue.text)
        for c in record.claims
        for s in record.sources
        if s.id == c.source
    }
    assert told == {("Mohammed Said", "denied"), ("Omar Said", "told")}
    assert "Said Azizi" in names.values()
