"""The day that a report tells for an event, read with care.

A clock time or a word such as “the same night” names no day: read by itself it falls on the day of the report. It takes the
day told right beside it (“10:35 p.m. on 24 May”) or, of “the same day”, last before it, else none. What has happened can't lie after its report: “at the
weekend” is the last one. A day told in another sentence than the event is lent to it (`lent`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from accordingto.ledger.otherdays import is_of_rank, tells_else
from accordingto.passages import parted, sentence
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
ASIDE = re.compile(  # a clause that tells of what happened at another time, or of what is not told for its own sake
    r"\b(?:after|before|since|following|until|amid|despite|ahead of|because of|due to|over|against|who|whom|whose"
    r"|in (?:breach|violation|defiance|response|retaliation|revenge|protest)|(?:that|which) (?:had|was|were))\b[^,;]*",
    re.I,
)
REDUCED = re.compile(r"\s+(?:was|were|has|have|had)\b")  # “those abducted on Monday were freed”
SAME = re.compile(r"\b(?:that(?: same)?|the same) (?:day|night|morning|afternoon|evening)\b", re.I)
BACK = 300  # characters before “the same day” in which its day is told
WAR = re.compile(r"(?:[\w-]+\s+)?(?:wars?|conflicts?)", re.I)  # the word for a war, as an event's trigger
AS_OF = re.compile(r"\bas (?:of|at)\s+(?:\w+\s+)?$", re.I)
COMPARED = re.compile(  # before the time of a count that another is compared with: “up from 412 [a month ago]”
    r"\b(?:(?:up|down)(?:wards?)? from|(?:up|down) on|compared (?:with|to)|as against|versus)\s+[^.,;:\n]*$",
    re.I,
)
BESIDE_COUNT = 60  # characters from the word that compares to the time
MAIN = -1  # the number of the main clause
FAR = 12  # characters from the time of a saying to what is said, and before a time
WEEK = 7  # days
SHORT = 3  # a time of at most so many days that lies ahead may be that of a week before


def times_of(record: Record) -> dict[str, Time]:
    """Each event with the time that it has, its bounds mended; events without a day are left out."""
    by_id = {t.id: t for t in record.times}
    others, text = of_sayings(record) | of_counts(record), record.document.text
    found = {}
    for v in record.events:
        time = by_id.get(v.time or "")
        if time is not None and is_of_rank(time, text):
            time = only_other(time, [t for t in record.times if t.id not in others], text)
        if time is not None and time.id not in others and not tells_else(time, v, text):
            found[v.id] = told(time, v, record)
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
        return beside(time, record.times, record.document.text) or day_before(time, record)
    done = event.factuality is Factuality.OCCURRED
    if done and published is not None and first > published:
        return earlier(time, first, last, published)
    return time


def only_other(time: Time, others: Sequence[Time], text: str) -> Time | None:
    """The one other time of a sentence that tells a day: “burst on Sunday in the worst flood this year”."""
    days = [t for t in others if t.id != time.id and not parted(text, t.span, time.span)]
    days = [t for t in days if t.earliest and t.latest and tells_day(t.span.text)]
    return days[0] if len(days) == 1 else None


def day_before(time: Time, record: Record) -> Time | None:
    """The day of which “the same day” takes up what was told last before it; None for other words."""
    if not SAME.search(time.span.text):
        return None
    told = [t for t in record.times if 0 < time.span.start - t.span.end <= BACK and t.earliest and t.latest]
    last = max((t for t in told if tells_day(t.span.text)), key=lambda t: t.span.start, default=None)
    if last is None or last.id in of_sayings(record):
        return None
    return msgspec.structs.replace(time, earliest=last.earliest, latest=last.latest)


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


def of_counts(record: Record) -> set[str]:
    """The times up to which something is counted, and those of counts that it is compared with: “as of Thursday”, “up from 412 a month ago”."""
    text = record.document.text
    return {
        t.id
        for t in record.times
        if AS_OF.search(text, max(0, t.span.start - FAR), t.span.start)
        or COMPARED.search(text, max(0, t.span.start - BESIDE_COUNT), t.span.start)
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


def is_whole_war(event: Event, record: Record) -> bool:
    """True for a war that goes on: no day of its own is told, so what it has cost is a running count, no one incident's."""
    if not WAR.fullmatch(event.trigger.text):
        return False
    time = times_of(record).get(event.id)
    return time is None or away(time.span, event, record)


def told_of(record: Record) -> frozenset[str]:
    """The events whose own day their time tells; others only share it: of “freed men who were abducted on Monday” the freeing.

    A time tells of what stands in its clause, else of the event nearest to it.
    """
    spans = {t.id: t.span for t in record.times}
    nearest = owners_of(record, "time")
    sharing: dict[str, list[Event]] = {}
    for v in record.events:
        if v.time in spans:
            sharing.setdefault(v.time, []).append(v)
    found = set(nearest.values())
    for time, events in sharing.items():
        here = [v for v in events if not parted(record.document.text, spans[time], v.trigger)]
        if len(here) > 1:
            clauses = clauses_of(record, spans[time])
            inside = {v.id for v in here if clauses(v.trigger) == clauses(spans[time])}
            found = (found - {nearest[time]}) | inside if inside else found
    return frozenset(found)


def clauses_of(record: Record, at: Span) -> Callable[[Span], int]:
    """In which clause of the sentence around a time a span stands: by where it begins, `MAIN` for the main one.

    What tells of no event is no clause: “before dawn”.
    """
    around = sentence(record.document.text, at)
    triggers = [v.trigger for v in record.events if around.start <= v.trigger.start < around.end]
    ranges = [(around.start + m.start(), around.start + m.end()) for m in ASIDE.finditer(around.text)]
    said = REDUCED.match(record.document.text, at.end)
    before = [t for t in triggers if BEFORE.fullmatch(record.document.text, t.end, at.start)] if said else []
    ranges += [(t.start, at.end) for t in before]
    ranges = [(a, b) for a, b in ranges if any(a <= t.start < b for t in triggers)]
    return lambda span: max((a for a, b in ranges if a <= span.start < b), default=MAIN)


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
