"""The day that a report tells for an event, read with care.

A clock time or a word such as “the same night” names no day: read by itself it falls on the day of the report. It takes the
day told right beside it (“10:35 p.m. on 24 May”), else none. What has happened can't lie after its report: “at the
weekend” is the last one. A day told in another sentence than the event is lent to it (`lent`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from accordingto.ledger.passages import parted
from accordingto.record import Event, Factuality, PartKind, Record, Time
from accordingto.spans import Span

DAY = re.compile(
    r"\d{4}|\b\d{1,2}(?:st|nd|rd|th)?\b|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"today|tonight|yesterday|tomorrow|now|this|last|next|ago|week(?:end)?s?|months?|years?|"
    r"(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|spring|summer|autumn|winter|ramadan|eve|christmas)\b",
    re.I,
)
CLOCK = re.compile(
    r"(?<![\d.])\d{1,2}(?:\.\d\d|:\d\d(?::\d\d)?)(?!\.?\d)|\b\d{4}(?=\s*(?:GMT|UTC|hours|hrs|local\s+time)\b)|"
    r"\b\d{1,2}(?=\s*(?:[ap]\.?\s?m\b|o['’]clock))|\b(?:GMT|UTC)\s*[+-]\s*\d+",
    re.I,
)
BESIDE = re.compile(
    r"[\s,]*(?:\(?local time\)?)?[\s,]*(?:on|of|the|early|late|to|from|between|and|the night of)*[\s,]*", re.I
)
LINK = re.compile(r"[\s,]*(?:that)?[\s,]*", re.I)  # between the time of a saying and its content
BEFORE = re.compile(r"\s+(?:(?:on|late|early|in|at)\s+)*", re.I)  # between a cue and the time of the saying
FAR = 12  # characters from the time of a saying to what is said
WEEK = 7  # days
SHORT = 3  # a time of at most so many days that lies ahead may be that of a week before


def times_of(record: Record) -> dict[str, Time]:
    """Each event with the time that it has, its bounds mended; events without a day are left out."""
    by_id = {t.id: t for t in record.times}
    sayings = of_sayings(record)
    found = {
        v.id: told(by_id[v.time], v, record)
        for v in record.events
        if v.time in by_id and v.time not in sayings
    }
    return {v: t for v, t in found.items() if t is not None}


def told(time: Time, event: Event, record: Record) -> Time | None:
    """A time as the event's day; None where its words tell no day, or one that can't be."""
    published = record.document.published
    if not (time.earliest or time.latest):
        return None
    first, last = time.earliest or time.latest, time.latest or time.earliest
    assert first is not None
    assert last is not None
    if published in (first, last) and not tells_day(time.span.text):
        return beside(time, record.times, record.document.text)
    done = event.factuality is Factuality.OCCURRED
    if done and published is not None and first > published:
        return earlier(time, first, last, published)
    return time


def tells_day(words: str) -> bool:
    """True where the words of a time tell a day, or a longer time; a clock time alone tells none."""
    return bool(DAY.search(CLOCK.sub(" ", words)))


def shifted(day: date, days: int) -> date:
    """So many days later, or earlier where they are negative; the calendar's edge where that lies beyond it."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def of_sayings(record: Record) -> set[str]:
    """The times of sayings: told as such, or right before what is said: “denied on Thursday that it had sent …”."""
    text = record.document.text
    contents = [s.start for c in record.claims for s in c.content]
    cues = [c.cue.end for c in record.claims if c.cue]
    return {
        t.id
        for t in record.times
        if any(0 <= s - t.span.end <= FAR and LINK.fullmatch(text[t.span.end : s]) for s in contents)
        or (
            text[t.span.end :].startswith(" that ")
            and any(0 <= t.span.start - c <= FAR and BEFORE.fullmatch(text[c : t.span.start]) for c in cues)
        )
    }


def beside(time: Time, others: Sequence[Time], text: str) -> Time | None:
    """The time that stands right before or after another in the text and tells a day."""
    for o in others:
        if o.id == time.id or not (o.earliest or o.latest) or not tells_day(o.span.text):
            continue
        a, b = sorted((time.span, o.span), key=lambda s: s.start)
        if a.end <= b.start and BESIDE.fullmatch(text[a.end : b.start]):
            return o
    return None


def earlier(time: Time, first: date, last: date, published: date) -> Time | None:
    """A few days ahead of a report as those a week before; None for any other time ahead."""
    if (last - first).days >= SHORT or (first - published).days > WEEK:
        return None
    return msgspec.structs.replace(time, earliest=shifted(first, -WEEK), latest=shifted(last, -WEEK))


def away(at: Span, event: Event, record: Record) -> bool:
    """True where the words of a time or place stand in another sentence than the event, which is not in the headline."""
    parts = (p for p in record.document.parts if p.kind is PartKind.HEADLINE)
    if any(p.start <= event.trigger.start < p.end for p in parts):
        return False
    return parted(record.document.text, at, event.trigger)


def owners_of(record: Record, kind: str) -> dict[str, str]:
    """Each time or place that events have, with the event whose trigger stands nearest to its words, first in its sentence."""
    spans = {t.id: t.span for t in record.times} | {p.id: p.span for p in record.places}
    nearest: dict[str, tuple[tuple[bool, int], str]] = {}
    for v in record.events:
        at = getattr(v, kind)
        if at in spans:
            span, t = spans[at], v.trigger
            gap = (
                parted(record.document.text, span, t),
                max(t.start - span.end, span.start - t.end, 0),
            )
            nearest[at] = min(nearest.get(at, (gap, v.id)), (gap, v.id), key=lambda x: x[0])
    return {at: owner for at, (_, owner) in nearest.items()}
