"""Weekdays on which something is planned: the coming one, not the last, where the words alone didn't tell.

"Unions called a protest for Saturday" looks ahead by what the event is, which is known only once events are read.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from accordingto.reading.timevalues import bounds, moved
from accordingto.record import Event, Factuality, Record, Time

WEEKDAY = re.compile(
    r"(?:this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?", re.I
)
BESIDE = re.compile(  # from what is planned to its day, without a deed of another day: not "talks were announced on Monday"
    r"(?:(?!\b(?!(?:schedul|plann|slat|expect|organi[sz])ed\b)(?:\w+ed|said|told|was|were|had)\b)[^.;:,]){0,40}",
    re.I,
)
WAS_TO = re.compile(r"\b(?:had|was|were|did|earlier|last week|postponed|cancell?ed|called off)\b", re.I)
DAY = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?P<part>T\w+)?")
WEEK = 7  # days


def looking_ahead(record: Record) -> Record:
    """The record with the weekdays right behind planned events a week later where they lie before the day of publication.

    A day stays that dates anything else, or tells when something was said.
    """
    published = record.document.published
    if published is None:
        return record
    planned = [e for e in record.events if e.factuality is Factuality.PLANNED]
    others = {e.time for e in record.events if e.factuality is not Factuality.PLANNED}
    said = {c.said_on.span for c in record.claims if c.said_on} | {
        t.span for t in record.times if t.id in {f.as_of for f in record.figures}
    }
    return msgspec.structs.replace(
        record,
        times=tuple(
            a_week_on(t, published)
            if t.id not in others
            and t.span not in said
            and any(e.time == t.id and beside(record.document.text, t, e) for e in planned)
            else t
            for t in record.times
        ),
    )


def beside(text: str, time: Time, event: Event) -> bool:
    """Whether a weekday stands right behind a planned event and its sentence doesn't look back."""
    start = max(text.rfind(c, 0, event.trigger.start) for c in (". ", "\n")) + 1
    return (
        WEEKDAY.fullmatch(time.span.text) is not None
        and event.trigger.end <= time.span.start
        and BESIDE.fullmatch(text, event.trigger.end, time.span.start) is not None
        and WAS_TO.search(text, start, time.span.start) is None
    )


def a_week_on(time: Time, published: date) -> Time:
    """A day of the week before the publication as that of the week after; any other as it is."""
    told = DAY.fullmatch(time.value or "")
    if told is None or time.latest is None or not 0 < (published - time.latest).days < WEEK:
        return time
    value = moved(date.fromisoformat(told["day"]), WEEK).isoformat() + (told["part"] or "")
    first, last = bounds(value)
    return msgspec.structs.replace(time, value=value, earliest=first, latest=last)
