"""Which year a day or month without one is of. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.spans import Range

TABLES = TimeTables.load()
FRIDAY = date(2031, 3, 7)


def values(text: str) -> list[str | None]:
    found = find_times(text, within=[Range(0, len(text))], published=FRIDAY, tables=TABLES)
    return [t.value for t in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A mob came on July 9, 2012. The July 9 raid left four dead.", ["2012-07-09", "2012-07-09"]),
        ("The July 9 raid left four dead. A mob came on July 9, 2012.", ["2012-07-09", "2012-07-09"]),
        (
            "He was held on July 9 and freed on July 11. A mob came on July 9, 2012.",
            ["2012-07-09", "2012-07-11", "2012-07-09"],
        ),
        (
            "He was held on July 9. She fell on July 11. A mob came on July 9, 2012.",
            ["2012-07-09", "2030-07-11", "2012-07-09"],
        ),
        (
            "He was held on July 9 and freed on August 11. A mob came on July 9, 2012.",
            ["2012-07-09", "2030-08-11", "2012-07-09"],
        ),
        ("He left on July 9, 2012, while she left on July 11.", ["2012-07-09", "2030-07-11"]),
        ("A mob came on July 9, 2012, and on July 9, 2014. He left on July 9.", None),
        ("Kor keeps the feast every year on July 9. The rising was on July 9, 1912.", None),
        ("On March 5, Kor was quiet. The rising was on March 5, 1912.", None),
    ],
)
def test_a_day_told_in_full_lends_its_year(text: str, told: list[str] | None) -> None:
    if told:
        assert values(text) == told
    else:
        assert {"2030-07-09", "2031-03-05"} & set(values(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She joined the guard after the Sept. 11 attacks.", "2001-09-11"),
        ("She joined the guard after the September 11 terrorist attacks.", "2001-09-11"),
        ("She joined the guard after the Sept. 11 flood.", "2030-09-11"),
        ("She joined the guard after the Sept. 11 attack.", "2030-09-11"),
        ("He was tried for the Jan. 6 riot.", "2021-01-06"),
    ],
)
def test_days_known_by_their_attacks_are_of_their_year(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Voters in Dorrin, whose July 9 primary election is the first, fear crime.", "2031-07-09"),
        ("She won the July 9 primary election.", "2030-07-09"),
        ("Protesters dispute the results of the July 9 election.", "2030-07-09"),
        ("The town's primary is June 14.", "2031-06-14"),
        ("Entering the final contests in June, Kell leads.", "2031-06"),
        ("Kell led the field before the Dorrin caucuses June 14.", "2031-06-14"),
        ("She refused to back him at the convention in June.", "2030-06"),
        ("He said the party must back Kell in June.", "2031-06"),
        ("He curbed the gap to have a chance of winning in June.", "2031-06"),
        ("The party could not say who had died in June.", "2030-06"),
        ("May and June also drew crowds.", "2030-06"),
        ("In the April issue of the Dorrin Review, Kell admits it.", "2031-04"),
        ("In April, Kell admits it.", "2030-04"),
        ("He planned to visit Kor before June.", "2031-06"),
    ],
)
def test_what_is_held_or_may_be_in_a_coming_month_is_ahead(text: str, value: str) -> None:
    assert values(text)[-1] == value


def test_a_day_beside_one_of_a_coming_month_is_of_that_year() -> None:
    text = "The fair will open on June 18. A permit to march on June 20 is pending. The first guest left on June 22."
    assert values(text) == ["2031-06-18", "2031-06-20", "2030-06-22"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The attacks of Sept.11, 2001 changed Kor.", "2001-09-11"),
        ("The mayor spoke on September 11th. 2012 in Kor.", "2012-09-11"),
    ],
)
def test_dates_with_a_point_are_one(text: str, value: str) -> None:
    assert values(text) == [value]
