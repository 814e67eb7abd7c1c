"""What is one happening and what are two, by how a report brings them in. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.reading.test_mentions import joined, place

from accordingto.reading.events import ANYONE, EventTables
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.mentions import named_so
from accordingto.record import Factuality

TABLES = EventTables.load()
SURELY_NOT, SURELY = -6.0, 6.0


def mention(
    text: str,
    trigger: str,
    kind: str,
    again: tuple[float, ...] = (),
    read: Factuality = Factuality.OCCURRED,
    score: float = 0.9,
) -> Happening:
    return Happening(place(text, trigger), kind, read, (), (), again, score)


@pytest.mark.parametrize(
    ("read", "wanted"), [(Factuality.PLANNED, 2), (Factuality.OCCURRED, 1), (Factuality.POSSIBLE, 1)]
)
def test_what_is_planned_and_what_took_place_are_not_made_one(
    read: Factuality, wanted: int, layers: Callable[..., Layers]
) -> None:
    text = "Kor and Tal will hold a congress. They held talks in May. The meeting drew few."
    items = (
        mention(text, "congress", "meeting", read=read),
        mention(text, "talks", "meeting", (SURELY_NOT,)),
        mention(text, "meeting", "meeting", (SURELY, SURELY)),
    )
    assert len(joined(layers, text, *items)) == wanted


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        ("“It was a massacre”, Aya Kor said.", 1),
        ("She called it a massacre.", 1),
        ("The mayor told of it as a massacre.", 1),
        ("There was a massacre.", 2),
        ("He said that a massacre followed.", 2),
    ],
)
def test_what_a_deed_was_is_no_new_deed(second: str, wanted: int, layers: Callable[..., Layers]) -> None:
    text = f"Rebels shelled Dori. {second}"
    items = (mention(text, "shelled", "strike"), mention(text, "massacre", "killing", (2.5,)))
    assert len(joined(layers, text, *items)) == wanted


@pytest.mark.parametrize(("relation", "wanted"), [("nsubj", False), ("obl", True)])
def test_as_a_bomb_exploded_is_new(relation: str, wanted: bool, tree: Callable[..., Layers]) -> None:
    text = "People fled as a bombing began."
    seen = tree(text, {"bombing": ("began", relation)}, ("root", "nsubj", "obl"))
    assert named_so(text, place(text, "bombing"), seen) is wanted


@pytest.mark.parametrize(("first", "wanted"), [("next election", 1), ("last election", 2)])
def test_the_next_one_again_is_the_same(first: str, wanted: int, layers: Callable[..., Layers]) -> None:
    text = f"Kor spoke of the {first}. Tal looked to the next election."
    planned = Factuality.PLANNED
    items = (
        mention(text, "election", "politics", read=planned),
        mention(text, "election#2", "politics", (2.0,), planned),
    )
    assert len(joined(layers, text, *items)) == wanted


@pytest.mark.parametrize(
    ("score", "again", "wanted"),
    [(0.01, -1.0, 1), (0.01, 1.0, 2), (0.3, -1.0, 2)],
)
def test_a_faint_mention_joins_only_what_the_network_joins_it_to(
    score: float, again: float, wanted: int, layers: Callable[..., Layers]
) -> None:
    text = "Guards tortured Aya Kor. Ben Tal spoke of the torture in Dori."
    items = (
        mention(text, "tortured", "abuse"),
        mention(text, "torture#2", "abuse", (again,), score=score),
    )
    assert [len(e) for e in joined(layers, text, *items)] == [wanted]


@pytest.mark.parametrize(
    ("words", "anyone"),
    [
        ("all sides", True),
        ("some of the voters whom Kor had won", True),
        ("everyone", True),
        ("all Korian demands", False),
        ("every party in Kor", False),
    ],
)
def test_all_of_a_named_land_are_somebody(words: str, anyone: bool) -> None:
    assert bool(ANYONE.match(words)) is anyone


def test_a_demand_of_all_of_a_land_is_told(layers: Callable[..., Layers]) -> None:
    text = "Tal refused all Korian demands."
    said = replace(
        mention(text, "refused", "rejection"), parts=(Part("target", place(text, "all Korian demands"), 0.9),)
    )
    assert joined(layers, text, said) == [["refused"]]
