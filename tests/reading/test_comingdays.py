"""Days and months in which something is planned. All text is invented."""

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
        ("They were hoping to rest before Monday’s caucuses.", "2030-04-22"),
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The trial of the mayor was set for June 20.", "2030-06-20"),
        ("The hearing was adjourned to July 12 by a court in Kor.", "2030-07-12"),
        ("The suspect was remanded in custody until July 9.", "2030-07-09"),
        ("Two men were remanded in custody until a hearing on September 27.", "2030-09-27"),
        ("The four men must report to the court on August 3.", "2030-08-03"),
        ("The agency asked the former minister to appear before the court on August 27.", "2030-08-27"),
        ("The three soldiers were found guilty. Sentencing is on 2 July.", "2030-07-02"),
        ("Lawmakers said that the law would be adopted on Oct. 31.", "2030-10-31"),
        ("Unions plan a march through Oruro on Oct. 5.", "2030-10-05"),
        ("Kale, a candidate for the Nov. 26 election, has two degrees.", "2030-11-26"),
        ("The army had planned to attack the town on August 9.", "2029-08-09"),
        ("The march planned for August 9 was cancelled.", "2029-08-09"),
        ("The man who was told to report to the court on August 3, 2029, will appear soon.", "2029-08-03"),
        ("The court will rule on the protest, which was held on August 9.", "2029-08-09"),
        ("Unions plan a march on March 20.", "2030-03-20"),
    ],
)
def test_a_day_for_which_something_is_planned_is_the_coming_one(text: str, day: str, reader: Reader) -> None:
    record = reader.read(text, published=date(2030, 4, 17))
    assert [t.value for t in record.times] == [day]


def test_what_waits_for_a_month_may_be_told_at_length(reader: Reader) -> None:
    text = "It will be easier once the agency takes over most of the old state service’s wide powers in September."
    assert [t.value for t in reader.read(text, published=date(2030, 4, 17)).times] == ["2030-09"]
