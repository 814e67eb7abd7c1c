"""Running tolls: an authority's count of one people over time, from cumulative figures.

A toll is its own thing and is never summed with incidents. Points of a series come from reports; the same count for
the same day is one point, however many reports carry it. What a war that goes on has cost is one, in whatever words. It is a toll of the
place that its figure or its event has; one of a war, or since weeks ago, told beside a town, is of where its authority is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from accordingto.coding.deaths import UNSTATED, former, together
from accordingto.ledger.accounts import Location, location, main_place
from accordingto.ledger.bodies import bodies
from accordingto.ledger.days import is_whole_war
from accordingto.ledger.incidents import IncidentPlace, shown_place
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import name_key, stem, tagged
from accordingto.ledger.speakers import Speaker, Speakers
from accordingto.ledger.tallies import FIELDS, SINCE, SOME, part_of, since_long
from accordingto.passages import parted, sentence
from accordingto.record import (
    Event,
    Factuality,
    Figure,
    Measure,
    Place,
    Precision,
    Record,
    SourceKind,
    Struct,
)
from accordingto.vocabularies import CountryName, compiled, table

NOBODY = frozenset(  # stems; of deeds, too: “24 arrests”
    "people person death dead live life fatalit casualt victim body bodi arrest injur wound detention abduction displacement".split()
)
LONG = re.compile(
    r"\b(?:so far )?this year\b|\b(?:in|over|during|for) the (?:past|last) (?:few |several |\w+ )?(?:months|years|decades?)\b|\b(?:in|across|throughout) the (?:whole )?country\b|\bnationwide\b",
    re.I,
)
OFFICE = frozenset({"authority", "authorities", "ministry", "department", "agency", "office", "directorate"})
MANAGEMENT = "management"  # which a shorter name leaves out
LONG_AGO = re.compile(r"\b\d{2,}\s+years\s+(?:since|ago)\b", re.I)
BOTH = re.compile(
    r"\W+(?:\w+\W+)?(?:dead|killed)\s+(?:and|or)\s+(?:wounded|injured|hurt)\b", re.I
)  # “lost 60 dead and wounded”
GOES_ON = re.compile(
    r"\b(?:since|has|have|began|begun|start(?:ed)?|erupt(?:ed|ion)|broke out|so far|to date)\b|[’']ve\b",
    re.I,
)
YEAR = 366  # days after which what a count is of is history
FEWEST = 4  # letters of a country's name; shorter ones are abbreviations
ENDING = 3  # letters that make a place's name the word for its people: Gazan, Darfuri
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
    """A point for each cumulative figure and each claim that gives it; the outlet's where it stands in none."""
    known = comparators(extra_dir)
    claims = {c.id: c for c in record.claims}
    undone = {v.id for v in record.events if v.factuality is Factuality.NEGATED}
    wars = {v.id for v in record.events if is_whole_war(v, record)}
    counted = [f for f in record.figures if f.measure is not Measure.SHARE]
    running = [f for f in counted if f.cumulative or (f.event in wars and f.measure in FIELDS)]
    some = parts(running, record)
    out = []
    for f in running:
        if f.ordinal or f.event in undone or f.id in some or former(f, record.document.text):
            continue
        if is_history(f, record) or BOTH.match(record.document.text, f.span.end):
            continue
        if not f.claims:
            out.append(point(record, report, f, speakers.outlet(), None, known))
        for c in (c for c in f.claims if claims[c].act not in UNSTATED):
            out.append(point(record, report, f, speakers.of(claims[c]), c, known))
    return tuple(out)


def is_history(figure: Figure, record: Record) -> bool:
    """True for a count of what was over more than a year before the report, “in 1994”; none that goes on from then, “has killed”."""
    text, published = record.document.text, record.document.published
    around = sentence(text, figure.span)
    if LONG_AGO.search(around.text):
        return True
    if published is None or any(p.search(around.text) for p in (LONG, SINCE, GOES_ON)):
        return False
    event = next((v.time for v in record.events if v.id == figure.event), None)
    told = [t for t in record.times if t.id == event] or [
        t for t in record.times if around.start <= t.span.start < around.end
    ]
    return bool(told) and all(t.latest and (published - t.latest).days > YEAR for t in told)


def parts(running: Sequence[Figure], record: Record) -> set[str]:
    """The figures that count some of those whom another counts, and have no name for them: “after five of the wounded died”."""
    text = record.document.text
    known = knowledge()
    found = [f for f in running if part_of(f, text, known) == SOME]
    for measure in FIELDS:
        found += together([f for f in running if f.measure is measure], text)[1]
    return {f.id for f in found if not population(f)}


def point(
    record: Record,
    report: str,
    figure: Figure,
    speaker: Speaker,
    claim: str | None,
    known: Sequence[tuple[re.Pattern[str], str]],
) -> TollPoint:
    """One figure as a point of its authority's series."""
    where = counted_at(record, figure, speaker)
    whom = population(figure)
    return TollPoint(
        key=tagged(
            "T",
            authority_key(speaker, where),
            str(figure.measure),
            stem(name_key(whom or "")),
            place_key(where),
        ),
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


def authority_key(speaker: Speaker, where: Location | None) -> str:
    """Whose series a count is of: an office's under its several names, “the Marda Provincial Disaster Management Authority” and “the
    provincial disaster authority”, is one where both count for Marda; else the speaker's."""
    words = name_key(speaker.by or "").split()
    if where is None or speaker.kind == SourceKind.PERSON or OFFICE.isdisjoint(words):
        return speaker.id
    around = () if where.precision is Precision.COUNTRY else (where.name, where.told, where.admin1)
    home = name_key(" ".join(x for x in around if x)).split()
    lands = bodies().countries
    kept = {w for w in words if w not in home and w != MANAGEMENT and lands.get(w, "") != where.country}
    return "office " + " ".join(sorted(kept)) if len(kept) > 1 else speaker.id


def counted_at(record: Record, figure: Figure, speaker: Speaker) -> Location | None:
    """Where a toll is of: its figure's or its event's place; of one of a war or since weeks ago that of its authority, or its country."""
    event = next((v for v in record.events if v.id == figure.event), None)
    long = is_long(record, figure, event)
    for place in (figure.place, event.place if event else None):
        found = next((p for p in record.places if place and p.id == place), None)
        beside = found and place != figure.place and parted(record.document.text, found.span, figure.span)
        if found and not (
            long and beside and location(found).fine
        ):  # the strike of which the same report tells
            return location(found)
    main = main_place(record)
    if (main is not None and not main.fine) or not long:
        return main
    home = next((location(p) for p in record.places if calls_home(speaker.by or "", p)), None)
    code = speaker.country or (main.country if main else None)
    return home or (country(record, code) if code else main)


def calls_home(name: str, place: Place) -> bool:
    """True where a body's name holds a place's, or the word for its people: “the Gazan health authorities” of Gaza."""
    words, key = name_key(name).split(), name_key(place.span.text)
    if f" {key} " in f" {' '.join(words)} ":
        return True
    lands = bodies().countries
    return len(key) >= FEWEST and any(
        w.startswith(key) and len(w) - len(key) <= ENDING and lands.get(w) in (None, place.country)
        for w in words
    )


def is_long(record: Record, figure: Figure, event: Event | None) -> bool:
    """True for a count of a war, of a year, of a whole country, or since a day of weeks ago."""
    row = knowledge().families.get(event.type) if event else None
    around = sentence(record.document.text, figure.span)
    told = LONG.search(around.text) or SINCE.search(around.text)
    return bool(row and row.runs) or told is not None or since_long(record, around)


def country(record: Record, code: str) -> Location:
    """A country by its code, as the report has it, else by its name alone."""
    told = (p for p in record.places if p.precision is Precision.COUNTRY and p.country == code)
    return next((location(p) for p in told), Location(country_name(code), code, precision=Precision.COUNTRY))


@cache
def country_name(code: str) -> str:
    """A country's usual name by the table, else its shortest that is no abbreviation; the code where there is none."""
    rows = [r for r in table("country_names", CountryName) if r.country == code and not r.part]
    rank = [(not r.usual, len(r.name) < FEWEST or "." in r.name, len(r.name), r.name) for r in rows]
    return min(rank)[-1] if rank else code


def place_key(where: Location | None) -> str | None:
    """A country's code; another place's GeoNames id, else its name's key."""
    if where is None:
        return None
    if where.precision is Precision.COUNTRY and where.country:
        return where.country
    return str(where.geonameid or name_key(where.name))


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
        next((p.place for p in points if p.place and p.place.lat is not None), first.place),
        min(starts) if starts else None,
        tuple(series.values()),
    )
