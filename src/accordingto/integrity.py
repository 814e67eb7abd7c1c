"""Whether a record keeps its own rules: exact spans, ids that resolve, order of appearance, claims told once and inside of their parents."""

from __future__ import annotations

from collections.abc import Iterator

from accordingto.record import Claim, Record
from accordingto.spans import Span


def violations(record: Record) -> tuple[str, ...]:
    """Every broken rule as one sentence; empty for a sound record."""
    return (*spans(record), *ids(record), *order(record), *parents(record.claims), *twice(record.claims))


def every_span(record: Record) -> Iterator[tuple[str, Span]]:
    """All spans of a record, each with where it stands."""
    for e in record.entities:
        yield from ((f"entity {e.id}", m) for m in e.mentions)
    for s in record.sources:
        if s.anonymity_reason:
            yield f"source {s.id}", s.anonymity_reason
    for c in record.claims:
        said = c.said_on.span if c.said_on else None
        yield from ((f"claim {c.id}", x) for x in (c.source_span, c.cue, *c.content, said) if x)
    for v in record.events:
        yield f"event {v.id}", v.trigger
        yield from ((f"event {v.id}", p.span) for p in v.participants)
    for f in record.figures:
        yield from ((f"figure {f.id}", x) for x in (f.span, f.of, *f.caveats) if x)
    for t in record.times:
        yield f"time {t.id}", t.span
    for p in record.places:
        yield f"place {p.id}", p.span


def spans(record: Record) -> Iterator[str]:
    """Spans whose text is not the document's, parts outside it or overlapping."""
    text = record.document.text
    for where, s in every_span(record):
        if not 0 <= s.start < s.end <= len(text) or text[s.start : s.end] != s.text:
            yield f"{where}: the span {s.start}–{s.end} is not the document's text there"
    at = 0
    for part in record.document.parts:
        if not at <= part.start < part.end <= len(text):
            yield f"part {part.kind} {part.start}–{part.end}: overlaps, is empty or lies outside the text"
        at = part.end


def ids(record: Record) -> Iterator[str]:
    """Ids used twice and references that lead nowhere."""
    known: set[str] = set()
    for group in (
        record.entities,
        record.sources,
        record.claims,
        record.events,
        record.figures,
        record.times,
        record.places,
    ):
        for item in group:
            if item.id in known:
                yield f"{item.id}: used twice"
            known.add(item.id)
    wanted: list[tuple[str, str | None]] = []
    wanted += [(e.id, e.affiliation) for e in record.entities]
    wanted += [(s.id, s.entity) for s in record.sources]
    for c in record.claims:
        wanted += [(c.id, x) for x in (c.source, c.parent, *c.about)]
    for v in record.events:
        wanted += [(v.id, x) for x in (v.time, v.place, *v.claims, *(p.entity for p in v.participants))]
    for f in record.figures:
        wanted += [(f.id, x) for x in (f.event, f.place, f.as_of, *f.claims)]
    for where, target in wanted:
        if target is not None and target not in known:
            yield f"{where}: refers to {target}, which is not in the record"


def order(record: Record) -> Iterator[str]:
    """Lists that are not in order of appearance."""
    begun: dict[str, int] = {}
    for c in record.claims:
        begun[c.source] = min(c.start, begun.get(c.source, c.start))
    lists: dict[str, list[int]] = {
        "sources": [begun[s.id] for s in record.sources if s.id in begun],
        "claims": [c.start for c in record.claims],
        "events": [v.trigger.start for v in record.events],
        "figures": [f.span.start for f in record.figures],
        "times": [t.span.start for t in record.times],
        "places": [p.span.start for p in record.places],
        "entities": [e.mentions[0].start for e in record.entities if e.mentions],
    }
    for name, starts in lists.items():
        if starts != sorted(starts):
            yield f"{name}: not in order of appearance"


def parents(claims: tuple[Claim, ...]) -> Iterator[str]:
    """Claims that stand in themselves, or in none of their parent's contents."""
    above = {c.id: c.parent for c in claims}
    said = {c.id: c.content for c in claims}
    for c in claims:
        mark = c.cue or c.content[0]
        if c.parent in said and not any(x.start <= mark.start and mark.end <= x.end for x in said[c.parent]):
            yield f"{c.id}: stands in no content of its parent, {c.parent}"
    for c in claims:
        seen = {c.id}
        at = c.parent
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at is not None:
            yield f"{c.id}: its parents form a circle"


def twice(claims: tuple[Claim, ...]) -> Iterator[str]:
    """Claims that are told twice: the same cue and the same contents."""
    known: dict[tuple[Span | None, tuple[Span, ...]], str] = {}
    for c in claims:
        first = known.setdefault((c.cue, c.content), c.id)
        if first != c.id:
            yield f"{c.id}: is {first} told again"
