"""Events and figures of a record as pages show them: what, who, where, when, whose count, whose word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from accordingto.ledger.commitments import days_of
from accordingto.ledger.wording import span_words
from accordingto.record import (
    Act,
    Claim,
    Event,
    Factuality,
    Figure,
    Measure,
    Place,
    Record,
    Role,
    Time,
)
from accordingto.vocabularies import event_types

FARTHEST = 40  # characters between a number and what it counts
HOUR = re.compile(r"\d{2}:\d{2}")

FACTUALITY_WORDS = {
    Factuality.OCCURRED: ("told as having happened", "●"),
    Factuality.CLAIMED: ("claimed", "◐"),
    Factuality.DENIED: ("denied", "✗"),
    Factuality.PLANNED: ("planned", "→"),
    Factuality.POSSIBLE: ("possible", "○"),
    Factuality.NEGATED: ("said not to have happened", "⊘"),
    Factuality.CONDITIONAL: ("only on a condition", "⋯"),
    Factuality.ONGOING: ("going on", "↻"),
}
CONTESTING = frozenset({Act.DENY, Act.DECLINE, Act.SILENT, Act.UNCERTAIN})
ROLE_WORDS = {
    Role.ACTOR: "by",
    Role.TARGET: "against",
    Role.RECIPIENT: "to",
    Role.INSTRUMENT: "with",
}


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of an event or of the report: its words, value, whose count it is, and its caveats."""

    id: str
    words: str
    value: str
    measure: str
    by: str | None
    running: bool
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventCard:
    """One event, ready to show; `facts` are (label, words) in reading order."""

    id: str
    event: Event
    type: str
    trigger: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]
    factuality: str
    sign: str
    stands_out: bool
    carried: tuple[str, ...]
    contested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What a record's events refer to, by id; `counts` by event."""

    claims: dict[str, Claim]
    speakers: dict[str, str]
    entities: dict[str, str]
    places: dict[str, Place]
    times: dict[str, Time]
    counts: dict[str | None, list[Count]]


def speaker_names(record: Record) -> dict[str, str]:
    """Who each source of a record is, in words."""
    entities = {e.id: e.name for e in record.entities}
    return {s.id: entities.get(s.entity or "") or s.description or "no one named" for s in record.sources}


def event_cards(record: Record) -> list[EventCard]:
    """The events of a record in order."""
    counts: dict[str | None, list[Count]] = {}
    for figure, count in count_list(record):
        counts.setdefault(figure.event, []).append(count)
    named = Named(
        {c.id: c for c in record.claims},
        speaker_names(record),
        {e.id: e.name for e in record.entities},
        {p.id: p for p in record.places},
        {t.id: t for t in record.times},
        counts,
    )
    return [card(e, named) for e in record.events]


def card(event: Event, named: Named) -> EventCard:
    """One event's card."""
    facts: list[tuple[str, str]] = []
    for role, label in ROLE_WORDS.items():
        for p in event.participants:
            if p.role is role:
                if role is Role.TARGET:
                    label = target_words().get(event.type) or label
                name = named.entities.get(p.entity or "")
                words = one_line(p.span.text)
                known = name and name.casefold() not in words.casefold()
                facts.append((label, f"{words} ({name})" if known else words))
    place = named.places.get(event.place or "")
    if place is not None:
        where = place.name if place.name == place.span.text else f"{place.span.text} ({place.name})"
        facts.append(("in", where))
    time = named.times.get(event.time or "")
    if time is not None:
        day = day_of(time)
        facts.append(("when", one_line(time.span.text) + (f" ({day})" if day else "")))
    held = [named.claims[c] for c in event.claims]
    word, sign = FACTUALITY_WORDS[event.factuality]
    return EventCard(
        id=event.id,
        event=event,
        type=event.type.replace("_", " "),
        trigger=one_line(event.trigger.text),
        facts=tuple(facts),
        counts=tuple(named.counts.get(event.id, ())),
        factuality=word,
        sign=sign,
        stands_out=event.factuality in (Factuality.DENIED, Factuality.NEGATED),
        carried=names_of([c for c in held if c.act not in CONTESTING], named.speakers),
        contested=tuple(
            f"{named.speakers[c.source]} ({c.act.value})"
            for c in unlike([c for c in held if c.act in CONTESTING])
        ),
    )


def day_of(time: Time) -> str | None:
    """The days that a time's words mean, with its hour where they tell it; None for lengths such as `P1M`.

    `3 March 2031`, `3 March 2031, 14:30`, `7–13 April 2031` for a week; a part of the day, such as its morning, the words tell.
    """
    day, _, hour = (time.value or "").partition("T")
    window = days_of(day)
    if window is None:
        return None
    words = span_words(*window)
    return f"{words}, {hour}" if HOUR.fullmatch(hour) else words


@cache
def target_words() -> dict[str, str]:
    """For each type of event the word before whom or what it is done to: a meeting *with*, the killing *of*."""
    return {t.code: t.target for t in event_types()}


def unlike(claims: Sequence[Claim]) -> list[Claim]:
    """Claims without those that repeat a source and act."""
    seen: dict[tuple[str, str], Claim] = {}
    for c in claims:
        seen.setdefault((c.source, c.act.value), c)
    return list(seen.values())


def names_of(claims: Sequence[Claim], speakers: dict[str, str]) -> tuple[str, ...]:
    """The speakers of claims, each once, in order."""
    return tuple(dict.fromkeys(speakers[c.source] for c in claims))


def count_list(record: Record) -> list[tuple[Figure, Count]]:
    """The figures of a record with what pages show of them."""
    speakers = speaker_names(record)
    claims = {c.id: c for c in record.claims}
    out = []
    for f in record.figures:
        by = names_of([claims[c] for c in f.claims], speakers)
        out.append(
            (
                f,
                Count(
                    id=f.id,
                    words=words_of(record, f),
                    value=value(f),
                    measure="" if f.measure is Measure.OTHER else f.measure.value.replace("_", " "),
                    by=", ".join(by) or None,
                    running=f.cumulative,
                    caveats=tuple(one_line(c.text) for c in f.caveats),
                ),
            )
        )
    return out


def words_of(record: Record, figure: Figure) -> str:
    """A figure in the report's own words: the number through what it counts, where that stands close behind."""
    span, of = figure.span, figure.of
    if of is None or not span.end <= of.start <= span.end + FARTHEST:
        return one_line(span.text)
    return one_line(record.document.text[span.start : of.end])


def value(figure: Figure) -> str:
    """A figure's value with its bounds: "4", "≥ 40,000", "< 20 %", "200 to 999"."""
    low, best, high = figure.low, figure.best, figure.high
    unit = " %" if figure.unit == "percent" else ""
    if best is not None:
        exact = low == best == high
        sides = {(True, False): "≥ ", (False, True): "< " if high is not None and high < best else "≤ "}
        open_end = sides.get((low is not None, high is not None), "≈ ")
        sign = "" if exact else open_end
        return sign + number(best) + unit
    if low is not None and high is not None:
        return f"{number(low)} to {number(high)}{unit}"
    if low is not None:
        return f"≥ {number(low)}{unit}"
    return f"≤ {number(high)}{unit}" if high is not None else "?"


def number(x: float) -> str:
    """A number with its thousands parted."""
    return f"{x:,}" if isinstance(x, int) else f"{x:,.10g}"


def one_line(words: str) -> str:
    """Words without line breaks and double blanks."""
    return " ".join(words.split())
