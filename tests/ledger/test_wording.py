"""Values in words, and which one a person means."""

from __future__ import annotations

import msgspec
import pytest

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.contest import FieldValue, shown
from accordingto.ledger.wording import means, meant, span_words, words_of


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-12-01", "2031-12-31", "December 2031"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-03-03", "2031-03-09", "3–9 March 2031"),
        ("2031-05-01", "2031-05-30", "1–30 May 2031"),
        ("2031-04-01", "2031-06-30", "April–June 2031"),
        ("9999-01-01", "9999-12-31", "9999"),
    ],
)
def test_spans(first: str, last: str, words: str) -> None:
    assert span_words(first, last) == words


def value(value: str | int | None, part: str | None = None, end: str | None = None) -> FieldValue:
    return FieldValue(value, "asserts", None, "reporter", None, "a", None, None, part, end)


HELD = [value(4), value(4, "children"), value(3, "women"), value(1200), value("2031-05-01", end="2031-05-31"), value(None)]  # fmt: skip


@pytest.mark.parametrize(
    ("low", "value", "high", "words"),
    [
        (20, 20, None, "20 or more"),
        (1201, 1200, None, "1,201 or more"),
        (None, 9, 9, "9 or fewer"),
        (10, 12, 15, "10–15 (best 12)"),
        (20, 20, 20, "20"),
        (None, 20, None, "20"),
    ],
)
def test_a_count_is_worded_with_its_bounds(low: int | None, value: int, high: int | None, words: str) -> None:
    told = Statement(
        Field.KILLED, value, Stance.ASSERTS, "A", "person", None, "a", "d", "S", low=low, high=high
    )
    assert words_of(told) == words_of(shown(told)) == words
    assert meant(words, [shown(told)]) == meant(f"{value:,}", [told]) == value


def test_bounds_are_left_out_where_a_count_is_exact() -> None:
    told = [
        Statement(Field.KILLED, 20, Stance.ASSERTS, "A", "person", None, "a", "d", "S", low=20, high=high)
        for high in (20, None)
    ]
    exact, least = (msgspec.to_builtins(shown(s)) for s in told)
    assert not {"low", "high"} & exact.keys()
    assert least["low"] == 20
    assert "high" not in least


def test_in_words() -> None:
    assert [words_of(v) for v in HELD] == ["4", "4 (children)", "3 (women)", "1,200", "May 2031", "–"]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("4", 4),
        ("4 (children)", "4 (children)"),
        ("3", 3),
        ("1200", 1200),
        ("1,200", 1200),
        ("may 2031", "2031-05-01"),
        ("2031-05-01", "2031-05-01"),
    ],
)
def test_a_value_is_named_as_it_is_listed(named: str, found: str | int) -> None:
    assert meant(named, HELD) == found


def test_what_is_not_held_is_not_meant() -> None:
    with pytest.raises(LookupError):
        meant("999", HELD)


def test_a_part_can_be_struck_out_alone() -> None:
    assert [means("4 (children)", v) for v in HELD[:3]] == [False, True, False]
    assert [means(4, v) for v in HELD[:3]] == [True, True, False]
