from __future__ import annotations

import random

import pytest
from tests.ledger.builder import Story

from accordingto.ledger import lists
from accordingto.ledger.commitments import commitments, deeds, parted, spoken
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter
from accordingto.ledger.session import open_ledger
from accordingto.ledger.speakers import Speakers


def warning(day: str, text: str, content: str) -> Story:
    s = Story(text, published=day)
    s.entity("Aland")
    s.claim("The Six", "warned", content, act="warn")
    return s


MARCH = warning(
    "2031-03-10",
    "The Six warned Aland that they would impose coordinated sanctions if it sent missiles.",
    "they would impose coordinated sanctions if it sent missiles",
)
JULY = warning(
    "2031-07-02",
    "The Six warned Aland again of coordinated sanctions.",
    "of coordinated sanctions",
)


def found(*stories: Story):  # type: ignore[no-untyped-def]
    rows, acts = [], []
    for s in stories:
        record = s.record()
        speakers = Speakers(record)
        rows += spoken(record, s.raw.name, speakers)
        acts += deeds(record, s.raw.name, speakers)
    return commitments(rows, acts)


def test_a_warning_repeated_is_one() -> None:
    [one] = found(MARCH, JULY)
    assert (one.kind, one.speaker, one.addressee, one.outcome) == ("warning", "The Six", "Aland", "open")
    assert one.what == "they would impose coordinated sanctions"
    assert one.condition == "if it sent missiles"
    assert [o.date for o in one.occasions] == ["2031-03-10", "2031-07-02"]


def test_order_makes_no_difference() -> None:
    stories = [MARCH, JULY, warning("2031-05-01", "The Six warned Aland of a flood.", "of a flood")]
    expected = found(*stories)
    assert len(expected) == 2
    for seed in range(10):
        mixed = stories[:]
        random.Random(seed).shuffle(mixed)
        assert found(*mixed) == expected


def promise_and_deed(factuality: str) -> tuple[Story, Story]:
    first = Story("The army promised to open the coastal road for trucks.", published="2031-03-04")
    first.claim("The army", "promised", "to open the coastal road for trucks", act="promise")
    second = Story("The army opened the coastal road to trucks.", published="2031-03-09")
    second.event("aid", "opened", actor="The army", target="the coastal road", factuality=factuality)
    return first, second


def test_what_came_of_a_promise() -> None:
    assert found(*promise_and_deed("occurred"))[0].outcome == "kept"
    broken = found(*promise_and_deed("negated"))[0]
    assert broken.outcome == "broken"
    assert broken.outcome_claims[0].date == "2031-03-09"
    assert found(promise_and_deed("occurred")[0])[0].outcome == "open"


def test_conditions() -> None:
    assert parted("If they fire, we will leave") == ("we will leave", "If they fire")
    assert parted("to leave unless paid") == ("to leave", "unless paid")
    assert parted("to leave") == ("to leave", None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), ["release all prisoners", "rebuild the bridge"]),
        (Filter(limit=1), ["release all prisoners"]),
        (Filter(since="2030-01-01"), ["rebuild the bridge"]),
        (Filter(since="2030-01-01", limit=1), ["rebuild the bridge"]),
        (Filter(until="2025-01-01"), ["release all prisoners"]),
        (Filter(since="2025-01-01", until="2030-01-01"), []),
        (Filter(place="Marda"), []),
    ],
)
def test_only_what_was_spoken_within_the_days(ledger_url: str, wanted: Filter, found: list[str]) -> None:
    with open_ledger(ledger_url) as book:
        for day, what in (("2024-01-01", "release all prisoners"), ("2031-03-04", "rebuild the bridge")):
            s = Story(f"The army promised to {what}.", published=day, name=day)
            s.claim("The army", "promised", what, act="promise")
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        assert [c.what for c in lists.commitments(book, wanted)] == found
