"""Days and months for which something is planned: the coming one, not the last, where the words alone didn't tell.

"Unions called a protest for Saturday" looks ahead by what the event is, which is known only once events are read.
"""

from __future__ import annotations

import re
from datetime import date

import msgspec

from accordingto.reading.timevalues import bounds, moved
from accordingto.record import Event, Factuality, Record, Time
from accordingto.spans import Span

WEEKDAY = re.compile(
    r"(?:this )?(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?", re.I
)
DATE = re.compile(
    r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8}\.?"
)
MONTH = re.compile(r"(?:(?:early|mid|late)[ -])?[A-Z][a-z]{2,8}\.?")
BESIDE = re.compile(  # from what is planned to its day, without a deed of another day: not "talks were announced on Monday"
    r"(?:(?!\b(?!(?:schedul|plann|slat|expect|organi[sz])ed\b)(?:\w+ed|said|told|was|were|had)\b)[^.;:,]){0,40}",
    re.I,
)
FROM_DEED = re.compile(  # from what is planned to a day of some month, which lies near ahead or long back: "is to appear before a court on"
    r"(?:(?!\b(?!(?:schedul|plann|slat|expect|organi[sz]|adjourn|postpon|remand)ed\b)(?:\w+ed|said|told|had|who|which)\b)[^.;:“”]){0,80}\b(?:on|in|for|until|till|to|by|from)"
    r"(?: the)? |\s",
    re.I,
)
TO_DEED = re.compile(r" (?:[\w’'-]+ ){0,2}")  # "the Nov. 26 mayoral election"
OWNER = re.compile(r"['’]s (?:[\w-]+ ){0,2}")
UP_TO = re.compile(r"\b(?:before|ahead of|until|(?:going|heading) into|win) $")
WAS = re.compile(r"\b(?:had|did|earlier|ago|last year|cancell?ed|called off)\b", re.I)
WAS_TO = re.compile(r"\b(?:had|was|were|did|earlier|last week|postponed|cancell?ed|called off)\b", re.I)
DID = re.compile(  # a deed whose verb tells that it was done
    r"(?!(?:schedul|plann|slat|expect|organi[sz]|postpon|delay)ed)\w+ed|spoke|met|held|left|went|came|took|gave|told|said|fled|won|began|struck|shot",
    re.I,
)
DAY = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?P<part>T\w+)?")
OF_YEAR = re.compile(r"(?P<year>\d{4})-\d\d")
WEEK = 7  # days
YEAR = 366
SOON = 245  # days: what is planned is nearer ahead than that, or told with its year


def looking_ahead(record: Record) -> Record:
    """The record with the days and months beside planned events a week or a year later where they lie before the day of
    publication.

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
            once_more(t, published)
            if t.id not in others
            and t.span not in said
            and any(
                e.time == t.id
                and (
                    beside(record.document.text, t, e)
                    or day_of(record.document.text, t.span, e.trigger)
                    or awaited(record.document.text, t.span, e.trigger)
                )
                for e in planned
            )
            else t
            for t in record.times
        ),
    )


def beside(text: str, time: Time, event: Event) -> bool:
    """Whether a weekday or month stands right behind a planned event and its sentence doesn't look back."""
    start = max(text.rfind(c, 0, event.trigger.start) for c in (". ", "\n")) + 1
    return (
        (WEEKDAY.fullmatch(time.span.text) or MONTH.fullmatch(time.span.text)) is not None
        and event.trigger.end <= time.span.start
        and DID.fullmatch(event.trigger.text) is None
        and BESIDE.fullmatch(text, event.trigger.end, time.span.start) is not None
        and WAS_TO.search(text, start, time.span.start) is None
    )


def awaited(text: str, day: Span, deed: Span) -> bool:
    """Whether a weekday is that of a planned event by its owner, before which or for which something is done: "before Monday’s vote"."""
    return (
        WEEKDAY.fullmatch(day.text) is not None
        and OWNER.fullmatch(text, day.end, deed.start) is not None
        and UP_TO.search(text, max(0, day.start - 16), day.start) is not None
    )


def day_of(text: str, day: Span, deed: Span) -> bool:
    """Whether a day without its year stands as that of a planned event, in a sentence that doesn't look back."""
    if DATE.fullmatch(day.text) is None or DID.fullmatch(deed.text) is not None:
        return False
    start = max(text.rfind(c, 0, min(day.start, deed.start)) for c in (". ", "\n")) + 1
    if WAS.search(text, start, day.start):
        return False
    if day.start < deed.start:
        return TO_DEED.fullmatch(text, day.end, deed.start) is not None
    return FROM_DEED.fullmatch(text, deed.end, day.start) is not None


def once_more(time: Time, published: date) -> Time:
    """A weekday of the week before the publication as that of the week after, a month or day of the year before as that of the year after."""
    past = (published - time.latest).days if time.latest is not None else 0
    if past <= 0:
        return time
    day, month = DAY.fullmatch(time.value or ""), OF_YEAR.fullmatch(time.value or "")
    if day is not None and past < WEEK:
        value = moved(date.fromisoformat(day["day"]), WEEK).isoformat() + (day["part"] or "")
    elif day is not None and YEAR - SOON <= past < YEAR and DATE.fullmatch(time.span.text):
        value = f"{int(day[0][:4]) + 1}{day[0][4:]}"
    elif month is not None and past < YEAR:
        value = f"{int(month['year']) + 1}{month[0][4:]}"
    else:
        return time
    first, last = bounds(value)
    return msgspec.structs.replace(time, value=value, earliest=first, latest=last)
