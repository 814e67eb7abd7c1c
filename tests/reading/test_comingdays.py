"""Weekdays and months in which something is planned. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Unions called a protest for Saturday.", "2030-04-20"),
        ("Doctors in Kor begin a strike on Monday over pay.", "2030-04-22"),
        ("Talks were announced on Monday.", "2030-04-15"),
        ("The army had planned to attack the town on Saturday.", "2030-04-13"),
        ("Rebels attacked the town on Saturday.", "2030-04-13"),
        ("The minister, who spoke on Tuesday, will visit Oruro.", "2030-04-16"),
    ],
)
def test_what_is_planned_for_a_weekday_is_on_the_coming_one(text: str, day: str, reader: Reader) -> None:
    record = reader.read(text, published=date(2030, 4, 17))
    assert [t.value for t in record.times] == [day]
    assert [t.earliest for t in record.times] == [date.fromisoformat(day)]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("The president promised elections in November.", "2030-11"),
        ("The union announced a strike for January.", "2031-01"),
        ("The parties held a debate in October.", "2029-10"),
        ("The election promised in November was held on time.", "2029-11"),
    ],
)
def test_what_is_planned_for_a_month_is_in_the_coming_one(text: str, month: str, reader: Reader) -> None:
    record = reader.read(text, published=date(2030, 4, 17))
    assert [t.value for t in record.times] == [month]
