"""When two mentions of one report are in different places. All text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.events import EventTables, find_events
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.ownplaces import Grounds, elsewhere
from accordingto.record import Factuality
from accordingto.spans import Range

TABLES = EventTables.load()
SURE = 6.0


def place(text: str, words: str) -> Range:
    body, _, nth = words.partition("#")
    start = [m.start() for m in re.finditer(re.escape(body), text)][int(nth or 1) - 1]
    return Range(start, start + len(body))


def mention(text: str, trigger: str, kind: str, *parts: tuple[str, str], again: float = SURE) -> Happening:
    found = tuple(Part(role, place(text, words), 0.9) for role, words in parts)
    return Happening(place(text, trigger), kind, Factuality.OCCURRED, found, (), (again,) * 9, 0.9)


def count(
    layers: Callable[..., Layers], text: str, names: list[str], *items: Happening, title: bool = False
) -> int:
    first = [h if n else replace(h, again=()) for n, h in enumerate(items)]
    cut = [replace(h, again=h.again[:n]) for n, h in enumerate(first)]
    seen = replace(layers(text, [(n, "Location") for n in names], []), happenings=tuple(cut))
    heads = [Range(0, text.index("\n"))] if title else []
    return len(find_events(text, seen, heads, TABLES))


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "names", "counts", "wanted"),
    [
        ("Shelling killed two people in Kor. Shelling killed six people in Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 2),
        ("Shelling wounded two in Kor. Shelling killed six at Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two", "six"], 2),
        ("Gunmen seized 20 people near Kor. Gunmen seized 15 students in Tamsit.", "detention", "seized", ["Kor", "Tamsit"], ["20 people", "15 students"], 2),
        # the same dead may be told again where a province and its town have names of their own
        ("Shelling killed two people in Kor. Shelling killed two people in Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "two people#2"], 1),
        ("Shelling killed two people in Kor state. Shelling killed six people in Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Shelling killed two people in northern Kor. Shelling killed six people in Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Shelling killed two people in Kor. Shelling killed six people in Tamsit, a district of Kor.", "strike", "Shelling", ["Kor", "Tamsit", "Kor#2"], ["two people", "six people"], 1),
        ("Shelling killed two people in Kor. The Shelling killed six people in Tamsit.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Shelling killed two people in Kor. The Shelling in Tamsit killed six people.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 2),
        ("Shelling killed two people in Kor state. The Shelling in Tamsit killed six people.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Shelling killed two people in Kor. The Tamsit Shelling killed six people.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "six people"], 2),
        ("Shelling killed two people in Kor. The Shelling in Tamsit killed two people.", "strike", "Shelling", ["Kor", "Tamsit"], ["two people", "two people#2"], 1),
        ("Rallies drew nine in Kor. Rallies drew 20 in Tamsit.", "protest", "Rallies", ["Kor", "Tamsit"], ["nine", "20"], 2),
        # wars and sieges go over many places
        ("Sieges killed two people in Kor. Sieges killed six people in Tamsit.", "blockade", "Sieges", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Floods killed two people in Kor. Floods killed six people in Tamsit.", "disaster", "Floods", ["Kor", "Tamsit"], ["two people", "six people"], 1),
        ("Floods killed two people in Kor, Kenya. Floods killed six people in Tamsit, Niger.", "disaster", "Floods", ["Kor", "Kenya", "Tamsit", "Niger"], ["two people", "six people"], 2),
        ("Floods killed two people in Kenya. Floods killed six people in Niger.", "disaster", "Floods", ["Kenya", "Niger"], ["two people", "six people"], 2),
        ("Floods killed two people in Kenya. Floods killed six people in Tamsit.", "disaster", "Floods", ["Kenya", "Tamsit"], ["two people", "six people"], 1),
    ],
)  # fmt: skip
def test_deeds_in_two_towns_that_count_their_own_people_are_two(
    text: str,
    kind: str,
    trigger: str,
    names: list[str],
    counts: list[str],
    wanted: int,
    layers: Callable[..., Layers],
) -> None:
    half = text.index(". ")
    role = "target" if kind == "detention" else "killed"
    items = [
        mention(text, t, kind, (role, c), *(("place", n) for n in names if inside(text, n, half, late)))
        for t, c, late in ((trigger, counts[0], False), (f"{trigger}#2", counts[1], True))
    ]
    assert count(layers, text, names, *items) == wanted


def inside(text: str, name: str, half: int, late: bool) -> bool:
    return (place(text, name).start > half) == late


@pytest.mark.parametrize(
    ("opening", "wanted"),
    [("Hours later,", 2), ("Separately,", 2), ("Elsewhere,", 2), ("Officials said that", 1)],
)
def test_words_that_part_deeds_part_those_in_other_towns(
    opening: str, wanted: int, layers: Callable[..., Layers]
) -> None:
    text = f"Guns shelled a market in Kor. {opening} guns shelled a school in Tamsit."
    items = (
        mention(text, "shelled", "strike", ("place", "Kor")),
        mention(text, "shelled#2", "strike", ("place", "Tamsit")),
    )
    assert count(layers, text, ["Kor", "Tamsit"], *items) == wanted
    again = text.replace("Tamsit", "Kor")
    same = (items[0], replace(mention(again, "shelled#2", "strike", ("place", "Kor#2"))))
    assert count(layers, again, ["Kor", "Kor#2"], *same) == 1


def test_a_strike_elsewhere_without_a_place_is_another(layers: Callable[..., Layers]) -> None:
    text = "A strike hit Kor. Elsewhere, a strike killed nine."
    items = (
        mention(text, "strike", "strike", ("target", "Kor")),
        mention(text, "strike#2", "strike", ("killed", "nine")),
    )
    assert count(layers, text, ["Kor"], *items) == 2
    known = text.replace("Elsewhere, a", "Elsewhere, the")
    items = (items[0], mention(known, "strike#2", "strike", ("killed", "nine")))
    assert count(layers, known, ["Kor"], *items) == 1


def test_a_headline_may_name_the_city_and_its_report_the_quarter(layers: Callable[..., Layers]) -> None:
    text = "Shelling kills two in Kor\nShelling killed three people in Tamsit."
    items = (
        mention(text, "Shelling", "strike", ("place", "Kor"), ("killed", "two")),
        mention(text, "Shelling#2", "strike", ("place", "Tamsit"), ("killed", "three people")),
    )
    assert count(layers, text, ["Kor", "Tamsit"], *items, title=True) == 1
    assert count(layers, text, ["Kor", "Tamsit"], *items) == 2


def test_only_places_of_its_own_sentence_are_a_mentions(layers: Callable[..., Layers]) -> None:
    text = "Shelling killed two in Kor. Shelling killed six in Tamsit. The governor of Bara spoke of a raid."
    names = [("Kor", "Location"), ("Tamsit", "Location"), ("Bara", "Location")]
    grounds = Grounds(text, layers(text, names, []), TABLES.lexicon)
    both = mention(text, "Shelling", "strike", ("place", "Kor"), ("place", "Tamsit"))
    first = grounds.of(both, definite=False, new=False)
    second = grounds.of(replace(both, trigger=place(text, "Shelling#2")), definite=False, new=False)
    assert (first.names, second.names) == ({"kor"}, {"tamsit"})
    assert elsewhere(first, second)
    raid = mention(text, "raid", "attack", ("target", "The governor of Bara"))
    assert not grounds.of(raid, definite=False, new=True).names
