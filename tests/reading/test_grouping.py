"""Which mentions of killings tell of one person's end. All text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from accordingto.reading.events import EventTables, find_events
from accordingto.reading.grouping import fit
from accordingto.reading.layers import Happening, Layers, Part, Phrase
from accordingto.reading.mentions import Told
from accordingto.record import Factuality
from accordingto.spans import Range

TABLES = EventTables.load()
AGAINST = -6.0


def place(text: str, words: str) -> Range:
    body, _, nth = words.partition("#")
    start = [m.start() for m in re.finditer(re.escape(body), text)][int(nth or 1) - 1]
    return Range(start, start + len(body))


@pytest.mark.parametrize(
    ("text", "first", "second", "people", "wanted"),
    [
        ("Aya Kor was killed. Ms Kor's death shook all.", ("killed", "killing", "Aya Kor"), ("death", "killing", "Ms Kor"), ["Aya Kor", "Ms Kor"], 1),
        ("Aya Kor was shot dead. Kor was murdered.", ("shot dead", "attack", "Aya Kor"), ("murdered", "killing", "Kor#2"), ["Aya Kor", "Kor#2"], 1),
        ("Aya Kor died. Aya was murdered.", ("died", "death", "Aya Kor"), ("murdered", "killing", "Aya#2"), ["Aya Kor", "Aya#2"], 1),
        ("Aya Kor was killed. Ben Kor was murdered.", ("killed", "killing", "Aya Kor"), ("murdered", "killing", "Ben Kor"), ["Aya Kor", "Ben Kor"], 2),
        ("Aya Kor was killed. Aya Kor and others died.", ("killed", "killing", "Aya Kor"), ("died", "death", "Aya Kor and others"), ["Aya Kor", "Aya Kor#2"], 2),
        ("Aya Kor was shot. Kor was murdered.", ("shot", "attack", "Aya Kor"), ("murdered", "killing", "Kor#2"), ["Aya Kor", "Kor#2"], 2),
        ("Aya Kor died. Kor was the 37th to die.", ("died", "death", "Aya Kor"), ("die#2", "death", "Kor#2"), ["Aya Kor", "Kor#2"], 2),
        ("Aya Kor was seized. Kor was freed.", ("seized", "detention", "Aya Kor"), ("freed", "release", "Kor#2"), ["Aya Kor", "Kor#2"], 2),
    ],
)  # fmt: skip
def test_one_person_is_killed_once(
    text: str,
    first: tuple[str, str, str],
    second: tuple[str, str, str],
    people: list[str],
    wanted: int,
    layers: Callable[..., Layers],
) -> None:
    items = tuple(
        Happening(place(text, t), kind, Factuality.OCCURRED, (Part("target", place(text, who), 0.9),), (), again, 0.9)
        for (t, kind, who), again in ((first, ()), (second, (AGAINST,)))
    )  # fmt: skip
    seen = replace(layers(text, [(p, "Person") for p in people], []), happenings=items)
    assert len(find_events(text, seen, [], TABLES)) == wanted
    unreal = replace(items[1], factuality=Factuality.POSSIBLE)  # "threats to kill her"
    assert len(find_events(text, replace(seen, happenings=(items[0], unreal)), [], TABLES)) == 2


def test_who_is_named_elsewhere_by_the_same_chain_is_one_person(layers: Callable[..., Layers]) -> None:
    text = "A baby, Aya Kor, died. Guards murdered the child."
    items = (
        Happening(place(text, "died"), "death", Factuality.OCCURRED, (Part("target", place(text, "A baby, Aya Kor"), 0.9),), (), (), 0.9),
        Happening(place(text, "murdered"), "killing", Factuality.OCCURRED, (Part("target", place(text, "the child"), 0.9),), (), (AGAINST,), 0.9),
    )  # fmt: skip
    seen = replace(layers(text, [("Aya Kor", "Person")], []), happenings=items)
    assert len(find_events(text, seen, [], TABLES)) == 2
    chain = (
        Phrase(place(text, "A baby, Aya Kor"), place(text, "Kor")),
        Phrase(place(text, "the child"), place(text, "child")),
    )
    assert len(find_events(text, replace(seen, chains=(chain,)), [], TABLES)) == 1


def test_one_of_several_who_die_has_a_death_of_her_own(layers: Callable[..., Layers]) -> None:
    text = "Guards killed three women. They killed Aya Kor."
    items = (
        Happening(place(text, "killed"), "killing", Factuality.OCCURRED, (Part("target", place(text, "three women"), 0.9),), (), (), 0.9),
        Happening(
            place(text, "killed#2"), "killing", Factuality.OCCURRED,
            (Part("target", place(text, "Aya Kor"), 0.9), Part("killed", place(text, "three women"), 0.4)), (), (6.0,), 0.9,
        ),
    )  # fmt: skip
    seen = replace(layers(text, [("Aya Kor", "Person")], []), happenings=items)
    assert len(find_events(text, seen, [], TABLES)) == 2


def a_death(person: str, day: int, year: int = 2031) -> Told:
    none: frozenset[str] = frozenset()
    date_ = date(year, 3, day)
    return Told(
        none, none, {}, none, none, none, (date_, date_), False, False, False, False, False, True, Range(0, 1), frozenset(),
        person=frozenset(person.split()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("other", "one"), [("ruiz", True), ("ana ruiz", True), ("omar ali", False), ("", False)]
)
def test_one_person_s_end_has_no_two_days(other: str, one: bool) -> None:
    assert fit([0], [1], [a_death("ana ruiz", 6), a_death(other, 7)]) is one
    assert fit([0], [1], [a_death("ana ruiz", 6), a_death(other, 6)]) is (other != "omar ali")
    assert not fit(
        [0], [1], [a_death("ana ruiz", 6), a_death(other, 6, 2033)]
    )  # one of the two is somebody else's


def test_an_attack_that_killed_many_is_not_that_in_which_its_doer_was_killed(
    layers: Callable[..., Layers],
) -> None:
    text = "A gunman killed 40 people in the Blue Club. Police killed Aya Kor."
    told = [("killed", ["40 people"]), ("killed#2", ["the Blue Club", "Aya Kor"])]
    items = tuple(
        Happening(
            place(text, trigger), "attack", Factuality.OCCURRED,
            tuple(Part("target", place(text, who), 0.9) for who in whom), (), (4.0,) * n, 0.9,
        )
        for n, (trigger, whom) in enumerate(told)
    )  # fmt: skip
    seen = replace(layers(text, [("Aya Kor", "Person")], []), happenings=items)
    assert len(find_events(text, seen, [], TABLES)) == 2
    unnamed = replace(seen, names=())
    assert len(find_events(text, unnamed, [], TABLES)) == 1
