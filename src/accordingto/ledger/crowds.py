"""Crowds: how many took part, were held, freed or driven out, where two voices of one report count them differently.

Which field such a count belongs to stands in `data/type_families.csv` (`counted`): marchers are actors, prisoners targets. A
lone count tells nothing that the participants don't; two that can't both be true are a contest.
"""

from __future__ import annotations

from collections.abc import Iterator

from accordingto.ledger.names import WORD, stem
from accordingto.ledger.topics import Topics
from accordingto.record import Event, Figure, Measure, Record

PEOPLE = frozenset({Measure.OTHER, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED})
PARAGRAPHS = 1  # breaks between an event and the counts of it


def crowds(record: Record, topics: Topics) -> Iterator[tuple[Event, Figure]]:
    """The events of a record with the rival counts of their crowds."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    events = {v.id: v for v in topics.deeds if topics.known.counted(v.type)}
    for f in record.figures:
        if f.measure in PEOPLE and not f.ordinal and f.of is not None and f.best is not None:
            event = events.get(f.event or "") or before(f, list(events.values()), record)
            if event is not None:
                noun = stem(WORD.findall(f.of.text)[-1].casefold()) if WORD.search(f.of.text) else ""
                groups.setdefault((event.id, noun), []).append(f)
    sources = {c.id: c.source for c in record.claims}
    for (event_id, _), told in groups.items():
        voices = {frozenset(sources[c] for c in f.claims) for f in told}
        if len(voices) > 1 and len({f.best for f in told}) > 1:
            yield from ((events[event_id], f) for f in told)


def before(f: Figure, events: list[Event], record: Record) -> Event | None:
    """The event told last before a count, in its paragraph or the one before."""
    earlier = [v for v in events if v.trigger.start < f.span.start]
    last = max(earlier, key=lambda v: v.trigger.start, default=None)
    if last is None:
        return None
    between = record.document.text[last.trigger.start : f.span.start]
    return last if between.count("\n\n") <= PARAGRAPHS else None


def words_of(f: Figure) -> str:
    """A count with its noun: `300 vehicles`."""
    noun = f.of.text if f.of else ""
    return f.span.text if noun in f.span.text else f"{f.span.text} {noun}"
