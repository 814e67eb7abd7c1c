"""Events with the entities, times, places, figures and claims that stand around them, all by id.

What the network marks as part of an event comes first; where it marks nothing, what stands in the trigger's
own sentence and fits. Claims point to the events and figures in their content, events to the claims that carry them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from accordingto.reading.events import FoundEvent, Voice, factuality
from accordingto.reading.layers import Layers, Part
from accordingto.record import (
    Claim,
    Entity,
    EntityKind,
    Event,
    Figure,
    Measure,
    MentionForm,
    Participant,
    Place,
    Role,
    Time,
    TimeType,
)
from accordingto.spans import Range, Span, span

ROLES = {
    "actor": Role.ACTOR,
    "target": Role.TARGET,
    "recipient": Role.RECIPIENT,
    "instrument": Role.INSTRUMENT,
    "place": Role.LOCATION,
}
VIOLENT = frozenset(
    """strike bombing attack clash killing abuse repression protest invasion death disaster accident
    hunger_disease""".split()
)
COUNTED: dict[Measure, frozenset[str]] = {
    Measure.KILLED: VIOLENT,
    Measure.WOUNDED: VIOLENT - {"death"},
    Measure.DETAINED: frozenset(["detention", "release", "repression", "legal"]),
    Measure.MISSING: frozenset(["detention", "disaster", "accident", "attack", "clash"]),
    Measure.DISPLACED: frozenset(["displacement", "evacuation_order", "disaster", "clash"]),
    Measure.REACHED: frozenset(["aid", "health_campaign"]),
    Measure.WEAPONS: frozenset(["arms_transfer", "weapons_test", "strike", "deployment"]),
    Measure.ATTACKS: frozenset(["strike", "attack", "bombing", "clash"]),
}
SINGLE_SPAN = 0.6  # of a phrase that a mention must cover to be who it means


@dataclass(frozen=True, slots=True)
class Context:
    """The finished lists of a record that events are joined with."""

    entities: Sequence[Entity]
    times: Sequence[Time]
    places: Sequence[Place]
    figures: Sequence[Figure]
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Joined:
    """The events, and figures and claims with their references to them."""

    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]


def join(text: str, found: Sequence[FoundEvent], layers: Layers, context: Context) -> Joined:
    """Give events their ids and join them with the other lists of the record."""
    starts = [s.start for s in layers.sentences]

    def sentence(at: int) -> Range:
        i = max(0, bisect_right(starts, at) - 1)
        return layers.sentences[i] if layers.sentences else Range(0, len(text))

    voices = [Voice(tuple(c.range for c in claim.content), claim.act) for claim in context.claims]
    events = []
    for number, e in enumerate(found, 1):
        around = sentence(e.trigger.start)
        carried = tuple(
            claim.id
            for claim, voice in zip(context.claims, voices, strict=True)
            if any(c.contains(m) for c in voice.content for m in e.mentions)
        )
        events.append(
            Event(
                id=f"V{number}",
                type=e.type,
                trigger=span(text, e.trigger),
                participants=tuple(
                    Participant(
                        ROLES[p.role], entity_of(text, p.at, layers, context.entities), span(text, p.at)
                    )
                    for p in e.parts
                    if p.role in ROLES
                ),
                time=time_of(e, around, context),
                place=place_of(e, around, context.places),
                factuality=factuality(e, voices),
                claims=carried,
            )
        )
    figures = tuple(
        msgspec.structs.replace(f, event=event_of(f, found, sentence(f.span.start))) for f in context.figures
    )
    spans = [*((e.id, e.trigger) for e in events), *((f.id, f.span) for f in figures)]
    mentions = {e.id: f.mentions for e, f in zip(events, found, strict=True)}
    claims = tuple(
        msgspec.structs.replace(c, about=about(c, spans, mentions, events)) for c in context.claims
    )
    return Joined(tuple(events), figures, claims)


def about(
    claim: Claim,
    spans: Iterable[tuple[str, Span]],
    mentions: dict[str, tuple[Range, ...]],
    events: Sequence[Event],
) -> tuple[str, ...]:
    """The events and figures inside a claim's content, events first."""
    contents = [c.range for c in claim.content]
    return tuple(
        id
        for id, at in spans
        if any(c.contains(m) for c in contents for m in (mentions.get(id) or (at.range,)))
    )


def entity_of(text: str, at: Range, layers: Layers, entities: Sequence[Entity]) -> str | None:
    """The entity that a phrase means: the one whose mention ends it or covers most of it; a pronoun's by its chain."""
    best: tuple[float, str] | None = None
    for e in entities:
        for m in e.mentions:
            shared = min(m.end, at.end) - max(m.start, at.start)
            if shared <= 0:
                continue
            ends = m.end == at.end and e.kind is not EntityKind.PLACE and m.start >= at.start
            cover = shared / (at.end - at.start)
            if (ends or cover >= SINGLE_SPAN) and (best is None or (cover, e.id) > best):
                best = (cover, e.id)
    if best is not None:
        return best[1]
    chain = next(
        (c for c in layers.chains if any(p.at.overlaps(at) and at.contains(p.head) for p in c)), None
    )
    for phrase in chain or ():
        for e in entities:
            if any(
                m.form is MentionForm.NAME and phrase.at.contains(m.range) and m.end >= phrase.head.end
                for m in e.mentions
            ):
                return e.id
    return None


def first_part(event: FoundEvent, role: str) -> Part | None:
    """The part in a role, where there is one."""
    return next((p for p in event.parts if p.role == role), None)


def gap(a: Range, b: Range) -> int:
    """Characters between two ranges; 0 where they touch or overlap."""
    return max(0, a.start - b.end, b.start - a.end)


def time_of(event: FoundEvent, around: Range, context: Context) -> str | None:
    """The time marked as part of the event, else a date of its sentence that is not when something was said."""
    part = first_part(event, "time")
    if part is not None:
        hit = next((t for t in context.times if t.span.range.overlaps(part.at)), None)
        if hit is not None:
            return hit.id
    said = {(c.said_on.span.start, c.said_on.span.end) for c in context.claims if c.said_on}
    near = [
        (gap(t.span.range, event.trigger), t.id)
        for t in context.times
        if around.contains(t.span.range)
        and t.type in (TimeType.DATE, TimeType.TIME)
        and (t.span.start, t.span.end) not in said
        and t.value not in (None, "PRESENT_REF", "PAST_REF", "FUTURE_REF")
    ]
    return min(near)[1] if near else None


def place_of(event: FoundEvent, around: Range, places: Sequence[Place]) -> str | None:
    """The place marked as part of the event; else one in its target; else the nearest of its sentence."""
    for role in ("place", "target", "recipient"):
        for part in (p for p in event.parts if p.role == role):
            hits = [p for p in places if part.at.overlaps(p.span.range)]
            if hits:
                return min(hits, key=lambda p: (size(p), p.span.start)).id
    near = [(gap(p.span.range, event.trigger), p.id) for p in places if around.contains(p.span.range)]
    return min(near)[1] if near else None


def size(place: Place) -> int:
    """How large a place is, roughly: the smallest named place is where something happened."""
    order = ("exact", "near", "admin2", "admin1", "country", "region")
    return order.index(place.precision) if place.precision in order else len(order)


def event_of(figure: Figure, found: Sequence[FoundEvent], around: Range) -> str | None:
    """The event that a figure counts: the one it was marked with, else the nearest of its sentence that fits."""
    at = figure.span.range
    for number, e in enumerate(found, 1):
        for p in e.parts:
            if p.role == figure.measure.value and p.at.overlaps(at):
                return f"V{number}"
    fitting = COUNTED.get(figure.measure)
    if fitting is None:
        return None
    near = [
        (gap(m, at), number)
        for number, e in enumerate(found, 1)
        for m in e.mentions
        if e.type in fitting and around.contains(m)
    ]
    return f"V{min(near)[1]}" if near else None
