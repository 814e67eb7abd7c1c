"""Earlier happenings that a report recalls, and whose their dead are. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Record

PUBLISHED = date(2031, 5, 23)  # a Friday


def days(record: Record) -> dict[str, str | None]:
    """The day of each figure's event, by the figure's words; "none" where it has no event."""
    values = {t.id: t.value for t in record.times}
    times = {e.id: values.get(e.time or "") for e in record.events}
    return {f.span.text: times[f.event] if f.event else "none" for f in record.figures}


@pytest.mark.parametrize(
    ("text", "own", "recalled", "day"),
    [
        (
            "An earthquake struck western Nepal on Thursday, killing 157 people, police said. "
            "It was the deadliest in Nepal since 2015, when nearly 9,000 people died.",
            "157",
            "nearly 9,000",
            "none",
        ),
        (
            "A landslide killed 17 people in Garut on Thursday, officials said. "
            "A landslide in the same district in 2021 killed 40 people.",
            "17",
            "40",
            "2021",
        ),
        (
            "A quake struck Malatya on Thursday, killing nine people, officials said. "
            "In February 2023 quakes killed more than 53,000 people in Turkey.",
            "nine",
            "more than 53,000",
            "2023-02",
        ),
        (
            "A typhoon killed 12 people in Samar on Thursday, officials said. "
            "Typhoon Haiyan killed more than 6,000 in 2013.",
            "12",
            "more than 6,000",
            "2013",
        ),
        (
            "A train crash killed 9 people in Giza on Thursday, officials said. "
            "A crash in the same place last year killed 32.",
            "9",
            "32",
            "2030",
        ),
    ],
)
def test_the_dead_of_an_earlier_year_are_not_those_of_today(
    text: str, own: str, recalled: str, day: str, reader: Reader
) -> None:
    found = days(reader.read(text, published=PUBLISHED))
    assert (found[own], found[recalled]) == ("2031-05-22", day)


def test_the_dead_of_today_are_not_those_of_an_earlier_year_told_first(reader: Reader) -> None:
    text = "In 2022, floods killed 1,739 people in Pakistan. Floods killed 34 people in Sindh on Thursday."
    assert days(reader.read(text, published=PUBLISHED)) == {"1,739": "2022", "34": "2031-05-22"}


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("A crash on a bridge built in 1980 killed 12 people in Giza on Thursday.", "12"),
        ("A flood struck Giza on Thursday. It killed 12 people who had moved there in 2023.", "12"),
        ("A bomb went off in Giza on Thursday. The blast, the first since 2019, killed 12 people.", "12"),
        ("A flood struck Giza on Thursday. Officials elected in 2023 said that 12 people died.", "12"),
    ],
)
def test_a_year_of_another_clause_parts_no_dead_from_their_event(
    text: str, dead: str, reader: Reader
) -> None:
    assert days(reader.read(text, published=PUBLISHED))[dead] == "2031-05-22"


def test_a_mention_of_an_earlier_year_is_an_event_of_its_own(reader: Reader) -> None:
    text = "A quake struck Malatya on Thursday, killing nine people. In February 2023 quakes killed 53,000 people in Turkey."
    record = reader.read(text, published=PUBLISHED)
    places = {p.id: p.name for p in record.places}
    values = {t.id: t.value for t in record.times}
    told = [(e.trigger.text, values[e.time or ""], places[e.place or ""]) for e in record.events]
    assert told == [("quake", "2031-05-22", "Malatya"), ("quakes", "2023-02", "Turkey")]


def test_a_warning_of_an_earlier_month_dates_nothing_that_it_warns_of(reader: Reader) -> None:
    text = (
        "Freedonia sent missiles to Sylvania on Thursday, officials said. Kor warned in March that it would impose sanctions if "
        "Freedonia carried out the missile transfer."
    )
    record = reader.read(text, published=PUBLISHED)
    march = next(t.id for t in record.times if t.value == "2031-03")
    assert not [e for e in record.events if e.type == "arms_transfer" and e.time == march]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "A coup in Niger has failed, the army said.\n\nDozens were jailed after the 2023 coup.",
            [None, "2023"],
        ),
        (
            "Gunmen bombed a church in Kano, killing four people.\n\n"
            "The 2011 bombing of the same church killed 40 people.",
            [None, "2011"],
        ),
        (
            "The president won re-election with 51.2 percent of the vote, officials said.\n\n"
            "More than 1,100 people were killed after the 2007 election.",
            [None, "2007"],
        ),
        ("A court jailed a man for shooting a judge.\n\nThe 2019 shooting shocked the town.", ["2019"]),
        ("Gunmen shot a judge on Thursday.\n\nThe 2031 shooting shocked the town.", ["2031-05-22"]),
    ],
)
def test_the_news_is_not_of_the_year_of_an_old_namesake(
    text: str, days: list[str | None], reader: Reader
) -> None:
    record = reader.read(text, published=PUBLISHED)
    values = {t.id: t.value for t in record.times}
    told = [e for e in record.events if e.type in ("politics", "bombing", "attack")]
    assert [values.get(e.time or "") for e in told] == days


@pytest.mark.parametrize(
    "text",
    [
        "President Aya Kor visited Egypt on Monday. It was her first visit to Egypt after the start of her new term in May 2022.",
        "Rebels attacked Dori on Monday, killing nine people. "
        "It was the deadliest attack in the region after the fall of the old government in March 2029.",
    ],
)  # fmt: skip
def test_the_day_of_what_a_deed_came_after_is_not_its_own(text: str, reader: Reader) -> None:
    found = reader.read(text, published=PUBLISHED)
    times = {t.id: t.value for t in found.times}
    told = [times.get(e.time or "") for e in found.events if e.type in ("meeting", "attack")]
    assert told == ["2031-05-19"]
