"""Whether a time can be an event's by what is over and what is to come. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader
from accordingto.record import Factuality, Record

PUBLISHED = date(2030, 4, 17)  # a Wednesday


def day_of(record: Record, trigger: str) -> str | None:
    days = {t.id: t.value for t in record.times}
    event = next(e for e in record.events if e.trigger.text == trigger)
    return days[event.time] if event.time else None


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("The mayor of Kor said on Monday he would meet rebel leaders.", "meet", None),
        (
            "The chief made an unannounced visit to Dorrin on Monday to discuss a possible nuclear test by Kor.",
            "test",
            None,
        ),
        (
            "The state denied a part in the Sept. 11, 2001, raids, and Kor has never formally accused its ally.",
            "accused",
            None,
        ),
        ("In March, Mara Kell denounced plans to attack Dorrin.", "attack", None),
        ("On Monday the army asked the envoy to visit Dorrin.", "visit", None),
        ("The mayor said the party will hold last week’s Dorrin primary again.", "primary", "2030-W15"),
        ("On Monday the mayor accused Kor of theft, but the police never arrested him.", "arrested", None),
        ("The court jailed the guard on Monday. The rebels may attack Dorrin.", "attack", None),
    ],
)
def test_what_may_be_takes_no_day_of_the_deed_told_before_it(
    text: str, trigger: str, day: str | None, reader: Reader
) -> None:
    assert day_of(reader.read(text, published=PUBLISHED), trigger) == day


def test_what_is_held_on_a_day_to_come_is_planned(reader: Reader) -> None:
    text = "And in Dorrin, whose June 9 primary election is the first in the land, voters fear crime."
    record = reader.read(text, published=PUBLISHED)
    assert record.events[0].factuality is Factuality.PLANNED
    assert day_of(record, "election") == "2030-06-09"
