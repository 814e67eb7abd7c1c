"""Running tolls: an authority's count of one people over time, from cumulative figures.

A toll is its own thing and is never summed with incidents. Points of a series come from reports; the same count for
the same day is one point, however many reports carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from accordingto.ledger.accounts import Location
from accordingto.ledger.incidents import IncidentPlace, shown_place
from accordingto.ledger.names import name_key, stem, tagged
from accordingto.ledger.observing import location, main_place
from accordingto.ledger.passages import sentence
from accordingto.ledger.speakers import Speaker, Speakers
from accordingto.record import Figure, Record, Struct
from accordingto.vocabularies import compiled, table

NOBODY = frozenset(
    {"people", "person", "death", "dead", "live", "fatalit", "casualt", "victim", "body", "bodi"}
)
BEFORE = 25  # characters before a figure in which its comparator may stand


class ComparatorRow(msgspec.Struct, frozen=True):
    """A pattern and the comparator that it is."""

    pattern: str
    comparator: str


class TollPoint(Struct, frozen=True):
    """One count of a running toll, by one authority, from one report; `key` groups the series."""

    key: str
    authority: str | None
    measure: str
    population: str | None
    place: IncidentPlace | None
    since: str | None
    as_of: str | None
    low: float | int | None
    best: float | int | None
    high: float | int | None
    comparator: str | None
    caveats: tuple[str, ...]
    report: str
    document: str
    claim: str | None


class TollEntry(Struct, frozen=True):
    """One point of a series, as lists give it."""

    as_of: str | None
    low: float | int | None
    best: float | int | None
    high: float | int | None
    comparator: str | None
    caveats: tuple[str, ...]
    report: str
    claim: str | None


class Toll(Struct, frozen=True):
    """A running toll with its series, oldest first."""

    id: str
    authority: str | None
    measure: str
    population: str | None
    place: IncidentPlace | None
    since: str | None
    series: tuple[TollEntry, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


@cache
def comparators(extra_dir: Path | None = None) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The table of comparators, compiled."""
    rows = table("comparators", ComparatorRow, extra_dir=extra_dir)
    return tuple((compiled(r.pattern, "comparators.csv"), r.comparator) for r in rows)


def toll_points(
    record: Record, report: str, speakers: Speakers, *, extra_dir: Path | None = None
) -> tuple[TollPoint, ...]:
    """A point for each cumulative figure and each claim that carries it; the outlet's where none does."""
    known = comparators(extra_dir)
    claims = {c.id: c for c in record.claims}
    out = []
    for f in record.figures:
        if not f.cumulative or f.ordinal:
            continue
        if not f.claims:
            out.append(point(record, report, f, speakers.outlet(), None, known))
        for c in f.claims:
            out.append(point(record, report, f, speakers.of(claims[c]), c, known))
    return tuple(out)


def point(
    record: Record,
    report: str,
    figure: Figure,
    speaker: Speaker,
    claim: str | None,
    known: Sequence[tuple[re.Pattern[str], str]],
) -> TollPoint:
    """One figure as a point of its authority's series."""
    where = next((location(p) for p in record.places if p.id == figure.place), None) or main_place(record)
    whom = population(figure)
    return TollPoint(
        key=tagged("T", speaker.id, str(figure.measure), stem(name_key(whom or "")), place_key(where)),
        authority=speaker.by,
        measure=str(figure.measure),
        population=whom,
        place=shown_place(where) if where else None,
        since=since(record, figure),
        as_of=as_of(record, figure, claim),
        low=figure.low,
        best=figure.best,
        high=figure.high,
        comparator=comparator(record, figure, known),
        caveats=tuple(c.text for c in figure.caveats),
        report=report,
        document=record.document.id,
        claim=claim,
    )


def place_key(where: Location | None) -> str | None:
    """A place's GeoNames id, else its name's key."""
    return None if where is None else str(where.geonameid or name_key(where.name))


def population(figure: Figure) -> str | None:
    """Who is counted, where the words say more than people or deaths."""
    for words in (figure.of.text if figure.of else None, figure.unit):
        if words and stem(name_key(words).split()[-1]) not in NOBODY:
            return words
    return None


def since(record: Record, figure: Figure) -> str | None:
    """The start of the count: a date after `since` in the figure's sentence."""
    text = record.document.text
    around = sentence(text, figure.span)
    for t in record.times:
        inside = around.start <= t.span.start < around.end
        before = text[max(0, t.span.start - BEFORE) : t.span.start].casefold()
        if inside and t.earliest and re.search(r"\bsince\b[^.]*$", before):
            return t.earliest.isoformat()
    return None


def as_of(record: Record, figure: Figure, claim: str | None) -> str | None:
    """The day that a count is of: its own, else the day it was said, else that of publication."""
    time = next((t for t in record.times if t.id == figure.as_of), None)
    if time and (time.latest or time.earliest):
        return (time.latest or time.earliest or record.document.published).isoformat()  # type: ignore[union-attr]
    said = next((c.said_on for c in record.claims if c.id == claim), None)
    if said and re.fullmatch(r"\d{4}-\d\d-\d\d", said.value):
        return said.value
    return record.document.published.isoformat() if record.document.published else None


def comparator(record: Record, figure: Figure, known: Sequence[tuple[re.Pattern[str], str]]) -> str | None:
    """The comparator in the figure's words or just before them."""
    before = record.document.text[max(0, figure.span.start - BEFORE) : figure.span.start]
    for text in (figure.span.text, re.split(r"[.,;:\n]", before)[-1]):
        found = next((name for pattern, name in known if pattern.search(text)), None)
        if found:
            return found
    return None


def tolls(points: Iterable[TollPoint]) -> list[Toll]:
    """Series of points; independent of their order."""
    ordered = sorted(points, key=lambda p: (p.key, p.as_of or "", p.best or 0, p.document, p.claim or ""))
    return [toll(list(group)) for _, group in groupby(ordered, key=lambda p: p.key)]


def toll(points: Sequence[TollPoint]) -> Toll:
    """One series: each count of a day once, from the first report that has it."""
    first = points[0]
    series: dict[tuple[object, ...], TollEntry] = {}
    for p in points:
        entry = TollEntry(p.as_of, p.low, p.best, p.high, p.comparator, p.caveats, p.report, p.claim)
        series.setdefault((p.as_of, p.low, p.best, p.high), entry)
    starts = [p.since for p in points if p.since]
    return Toll(
        first.key,
        first.authority,
        first.measure,
        first.population,
        first.place,
        min(starts) if starts else None,
        tuple(series.values()),
    )
