"""Ranges and lists of times. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.layers import Timex
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.spans import Range

TABLES = TimeTables.load()
THURSDAY = date(2031, 11, 13)


def find(text: str) -> tuple[Timex, ...]:
    return find_times(text, within=[Range(0, len(text))], published=THURSDAY, tables=TABLES)


RANGES = [
    ("They shelled Ost between August and October 2030.", "August and October 2030", "2030-08/2030-10"),
    ("They shelled Ost from March to June 2030.", "March to June 2030", "2030-03/2030-06"),
    ("They shelled Ost from November to February 2030.", "November to February 2030", "2029-11/2030-02"),
    ("They shelled Ost from August 2029 to June.", "August 2029 to June", "2029-08/2030-06"),
    ("They shelled Ost from Dec. 28 to Jan. 3.", "Dec. 28 to Jan. 3", "2030-12-28/2031-01-03"),
    ("They shelled Ost between May 2029 and 2031.", "May 2029 and 2031", "2029-05/2031"),
    ("They shelled Ost from Sunday to Tuesday.", "Sunday to Tuesday", "2031-11-09/2031-11-11"),
    ("They shelled Ost from 2027 to 2029.", "2027 to 2029", "2027/2029"),
    ("They shelled Ost between 2027 and 2029.", "2027 and 2029", "2027/2029"),
    ("They shelled Ost from Sunday to Tuesday night.", "Sunday to Tuesday night", "2031-11-09/2031-11-11TNI"),
    ("They shelled Ost on Nov. 2-5.", "Nov. 2-5", "2031-11-02/2031-11-05"),
    ("They shelled Ost on Nov. 2–5, 2030.", "Nov. 2–5, 2030", "2030-11-02/2030-11-05"),
    ("They shelled Ost from 14 to 20 August.", "14 to 20 August", "2031-08-14/2031-08-20"),
    (
        "They shelled Ost between the 1st and 5th of May 2030.",
        "1st and 5th of May 2030",
        "2030-05-01/2030-05-05",
    ),
    ("The 5-8 November talks failed.", "5-8 November", "2031-11-05/2031-11-08"),
    ("It rained in March-June 2030.", "March-June 2030", "2030-03/2030-06"),
    ("It rained on May 19-June 5.", "May 19-June 5", "2031-05-19/2031-06-05"),
    ("They died on April 3, 4 and 5.", "April 3, 4 and 5", "2031-04-03/2031-04-05"),
    ("They met on Feb. 13 and 14 in Ost.", "Feb. 13 and 14", "2031-02-13/2031-02-14"),
    ("They met on 5 and 9 October.", "5 and 9 October", "2031-10-05/2031-10-09"),
    ("They met on 3, 4 and 5 April 2030.", "3, 4 and 5 April 2030", "2030-04-03/2030-04-05"),
]


@pytest.mark.parametrize(("text", "words", "value"), RANGES, ids=[c[1] for c in RANGES])
def test_ranges_and_lists_of_days_are_one_time(text: str, words: str, value: str) -> None:
    assert [(text[t.at.start : t.at.end], t.value) for t in find(text)] == [(words, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On Feb. 13, 14 people died.", ["2031-02-13"]),
        ("On Feb. 13 and 14 people were hurt.", ["2031-02-13"]),
        ("The vote was moved from May 5 to June 3.", ["2031-05-05", "2031-06-03"]),
        ("The vote was adjourned from Monday to Tuesday.", ["2031-11-10", "2031-11-11"]),
        ("On Feb. 13 and 14 police officers were hurt.", ["2031-02-13"]),
        ("On Feb. 13 and 14 died.", ["2031-02-13"]),
        ("The curfew began on Feb. 5 – 6 p.m. sharp.", ["2031-02-05", "2031-02-05T18:00"]),
        ("It rained in March and June 2030.", ["2030-03", "2030-06"]),
        ("It rained on 5 May and 3 June 2029.", ["2029-05-05", "2029-06-03"]),
        ("They met on Monday and Tuesday.", ["2031-11-10", "2031-11-11"]),
    ],
)
def test_what_is_no_range(text: str, values: list[str]) -> None:
    assert [t.value for t in find(text)] == values


def test_the_next_day_counts_from_the_end_of_a_range() -> None:
    found = find("They met from May 5 to May 9. Two days later they left.")
    assert [x.value for x in found] == ["2031-05-05/2031-05-09", "2031-05-11"]


def test_a_range_has_the_bounds_of_its_ends() -> None:
    (days,) = find("They shelled Ost from Sunday to Tuesday night.")
    assert (days.earliest, days.latest) == (date(2031, 11, 9), date(2031, 11, 11))
