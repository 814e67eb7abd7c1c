"""Days that a report tells by their distance from another event."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.intervals import counted_on
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe

PUBLISHED = "2031-03-08"  # a Saturday


def days(s: Story) -> list[tuple[str, str] | None]:
    found = observe(s.record(), "r", knowledge())
    return [(str(a.earliest), str(a.latest)) if a.dated else None for a in found]


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("ten days after", ("2031-02-24", "2031-02-24")),
        ("a day after", ("2031-03-05", "2031-03-05")),
        ("twenty days after", ("2031-02-14", "2031-02-14")),
        ("two weeks after", ("2031-02-17", "2031-02-23")),
        ("days after", None),
        ("more than two weeks after", None),
        ("several months after", None),
    ],
)
def test_an_arrest_so_long_before_a_release(words: str, when: tuple[str, str] | None) -> None:
    s = Story(f"Aland freed the reporter on Thursday, {words} she was arrested in Marda.", PUBLISHED)
    day = s.time("Thursday", "2031-03-06")
    s.event("release", "freed", on=day)
    s.event("detention", "arrested", on=day, place=s.place("Marda"))
    assert days(s) == [("2031-03-06", "2031-03-06"), when]
    held = [x.value for a in observe(s.record(), "r", knowledge()) for x in a.statements if x.field == "when"]
    assert held == ["2031-03-06", *([when[0]] if when else [])]


def test_what_is_told_first_lies_later() -> None:
    s = Story("Three days after she was arrested on Monday, Aland freed the reporter.", PUBLISHED)
    day = s.time("Monday", "2031-03-03")
    s.event("detention", "arrested", on=day)
    s.event("release", "freed", on=day)
    assert days(s) == [("2031-03-03", "2031-03-03"), ("2031-03-06", "2031-03-06")]


def test_before_counts_the_other_way_and_no_further_than_the_report() -> None:
    s = Story("They signed a truce on Monday, two days before talks began in Marda.", PUBLISHED)
    s.event("ceasefire", "truce", on=s.time("Monday", "2031-03-03"))
    s.event("negotiation", "talks", on=s.time("two days before", "2031-03-01"))
    assert days(s) == [("2031-03-03", "2031-03-03"), ("2031-03-05", "2031-03-05")]
    s = Story("They signed a truce on Friday, three days before talks began in Marda.", PUBLISHED)
    s.event("ceasefire", "truce", on=s.time("Friday", "2031-03-07"))
    s.event("negotiation", "talks", on=s.time("three days before", "2031-03-04"))
    assert days(s) == [("2031-03-07", "2031-03-07"), None]


def test_a_clause_with_a_day_of_its_own_keeps_it() -> None:
    s = Story("Aland freed her on Thursday, three days after she was arrested on Monday.", PUBLISHED)
    s.event("release", "freed", on=s.time("Thursday", "2031-03-06"))
    s.event("detention", "arrested", on=s.time("Monday", "2031-03-03"))
    assert counted_on(s.record()) == s.record()


def test_the_same_day_is_no_distance() -> None:
    s = Story("Aland freed her on Thursday, the same day after a bomb exploded in Marda.", PUBLISHED)
    s.event("release", "freed", on=s.time("Thursday", "2031-03-06"))
    s.event("bombing", "exploded", on=s.time("the same day", "2031-03-06"))
    assert days(s) == [("2031-03-06", "2031-03-06")] * 2
