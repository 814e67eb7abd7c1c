"""Rival counts of those who took part, were held, freed or driven out."""

from __future__ import annotations

from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, told

from accordingto.ledger.contest import settle


def held(text: str, *counts: tuple[str, str, int, str]) -> Story:
    """A report of arrests in Marda: who says how many of whom; each sentence ends in “said the …”."""
    s = Story(text)
    s.event("detention", "arrests", place=s.place("Marda"))
    for who, words, number, of in counts:
        c = s.claim(who, f"said#{len(s.parts['C']) + 1}", f"{words} {of.partition('#')[0]}")
        s.figure(words, number, "detained", claims=(c,), of=of)
    return s


def state(s: Story) -> str:
    return settle([x for a in accounts(s) for x in a.statements], {})["target"].state


def test_people_may_be_whom_another_voice_calls_protesters() -> None:
    text = "There were arrests in Marda. 18 protesters, said the ministry. 60 people, said the organizers."
    s = held(text, ("the ministry", "18", 18, "protesters"), ("the organizers", "60", 60, "people"))
    assert [v for v, *_ in told(s, "target")] == ["18 protesters", "60 people"]
    assert state(s) == "contested"


def test_people_are_no_buses() -> None:
    text = "There were arrests in Marda. 18 buses, said the ministry. 60 people, said the organizers."
    s = held(text, ("the ministry", "18", 18, "buses"), ("the organizers", "60", 60, "people"))
    assert told(s, "target") == []


def test_people_whom_two_voices_count_are_not_set_against_some_of_them() -> None:
    text = (
        "There were arrests in Marda. 43 people, said the ministry. 70 people, said the organizers. "
        "Two students, said the union."
    )
    s = held(
        text,
        ("the ministry", "43", 43, "people"),
        ("the organizers", "70", 70, "people#2"),
        ("the union", "Two", 2, "students"),
    )
    assert [v for v, *_ in told(s, "target")] == ["43 people", "70 people"]


def test_whom_the_police_held_nationwide_are_not_those_of_one_town() -> None:
    text = (
        "There were arrests in Marda. 43 people, said the ministry. "
        "Across the country 412 people, said the organizers."
    )
    s = held(text, ("the ministry", "43", 43, "people"), ("the organizers", "412", 412, "people#2"))
    assert told(s, "target") == []


def test_who_counts_a_crowd_says_that_it_came_together() -> None:
    text = "There were arrests in Marda. 18 protesters, said the ministry. 60 people, said the organizers."
    s = held(text, ("the ministry", "18", 18, "protesters"), ("the organizers", "60", 60, "people"))
    assert [by for _, _, by in told(s, "happened")] == ["Coast Wire", "the ministry", "the organizers"]
