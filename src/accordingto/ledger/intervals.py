"""Days told by their distance from another event: “freed on Thursday, ten days after she was arrested”.

The day stands with one of the two; the other lies so many days before or after it. Weeks, months and years are no exact
distance and make a longer time; of “days after” only that it is another day is known, so it is none.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from accordingto.ledger.days import DAY, of_sayings, shifted
from accordingto.passages import sentence
from accordingto.record import Event, Factuality, Record, Time
from accordingto.spans import Range, Span
from accordingto.vocabularies import table

AFTER = re.compile(
    r"\b(?:(?P<vague>(?:more|less|fewer) than|nearly|almost|about|around|some|over|at least|just over|just under|up to)\s+)?"
    r"(?:(?P<many>\d+|(?!same\b)[a-z]+(?:-[a-z]+)?)\s+)?(?<!\bsame )(?P<unit>day|week|month|year)s?\s+(?P<way>after|before)\s+(?=\w)",
    re.I,
)
CLAUSE = re.compile(r"[,;:—–]\s")
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
SLACK = {"day": 0, "week": 3, "month": 15, "year": 183}  # days by which a distance in this unit may be out
ONE = frozenset({"a", "an", "the", "one"})


class NumberRow(msgspec.Struct, frozen=True):
    """A word of a number."""

    key: str
    word: str
    group: str
    value: str


@cache
def numbers() -> dict[str, int]:
    """Words for small whole numbers."""
    rows = table("number_words", NumberRow)
    return {r.word: int(r.value) for r in rows if r.group in ("unit", "tens")}


def counted_on(record: Record) -> Record:
    """The record with the days of events that it tells by their distance from another."""
    text = record.document.text
    spoken = of_sayings(record) | {
        t.id for c in record.claims if c.said_on for t in record.times if t.span == c.said_on.span
    }
    days = [
        t for t in record.times if t.earliest and t.latest and t.id not in spoken and DAY.search(t.span.text)
    ]
    events = {v.id: v for v in record.events}
    made: list[Time] = []
    for m in AFTER.finditer(text):
        at = Span(m.start(), m.end("way"), text[m.start() : m.end("way")])
        around = sentence(text, at).range
        end = CLAUSE.search(text, m.end(), around.end)
        clause = Range(m.end(), end.start() if end else around.end)
        near = [t for t in days if around.contains(t.span.range) and not t.span.range.overlaps(at.range)]
        inside = [t for t in near if clause.contains(t.span.range)]
        outside = [t for t in near if t not in inside]
        for v in record.events:
            if not around.contains(v.trigger.range) or v.trigger.range.overlaps(at.range):
                continue
            mine, others = (inside, outside) if clause.contains(v.trigger.range) else (outside, inside)
            read = next((t for t in record.times if t.id == v.time), None)
            early = m["way"].casefold() == "before" and read and read.span.range.overlaps(at.range)
            if mine or not (others or early):
                continue
            forward = (m["way"].casefold() == "after") != (mine is inside)
            time = distant(others, at, m, forward=forward) if others else None
            if time is not None and too_late(time, v, record):
                time = None
            if time is not None:
                made.append(msgspec.structs.replace(time, id=f"{time.id} {at.start}"))
            events[v.id] = msgspec.structs.replace(v, time=made[-1].id if time is not None else None)
    if list(events.values()) == list(record.events):
        return record
    times = {t.id: t for t in [*record.times, *made]}
    return msgspec.structs.replace(record, events=tuple(events.values()), times=tuple(times.values()))


def distant(others: list[Time], at: Span, m: re.Match[str], *, forward: bool) -> Time | None:
    """The time that lies so far from the nearest of the others; None where the words tell no distance."""
    word, unit = (m["many"] or "").casefold(), m["unit"].casefold()
    many = int(word) if word.isdigit() else 1 if word in ONE else numbers().get(word)
    if many is None or m["vague"]:
        return None
    anchor = min(others, key=lambda t: abs(t.span.start - at.start))
    days = (1 if forward else -1) * many * DAYS[unit]
    if anchor.earliest is None or anchor.latest is None:
        return None
    return msgspec.structs.replace(
        anchor,
        span=at,
        value=None,
        earliest=shifted(anchor.earliest, days - SLACK[unit]),
        latest=shifted(anchor.latest, days + SLACK[unit]),
    )


def too_late(time: Time, event: Event, record: Record) -> bool:
    """True where what has happened would lie after its report."""
    published = record.document.published
    done = event.factuality is Factuality.OCCURRED
    return bool(done and published and time.earliest and time.earliest > published)
