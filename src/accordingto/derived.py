"""What follows from a record's figures: totals with their arithmetic, and people with their ages.

Nothing here stands in the record: it is computed from it, marked as derived, and names the figures it comes from.
"350,000 children …, which is about half of them" gives 700,000; "30 percent of the 2,000 workers" gives 600.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from accordingto.record import EntityKind, Figure, Measure, Record

NOT_COUNTED = frozenset((Measure.SHARE, Measure.AGE, Measure.DURATION, Measure.DISTANCE))
WHOLE_AFTER = re.compile(
    r"[^.;]{0,80}?(?: which (?:is|was|are|were|makes?|amounts? to|represents?)| or| (?:representing|making up|"
    r"amounting to|accounting for|equal to))(?: (?:is|was))?\s*\(?"
)
PART_OF = re.compile(r" of (?:(?:the|its|their|his|her|all|some|about|these|those)\s)*")


@dataclass(frozen=True, slots=True)
class Total:
    """A number that two figures give together; `exact` where both of them are."""

    best: float
    exact: bool
    arithmetic: str
    figures: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whose age the report tells: entity, name, age as told, and the claims that carry it."""

    entity: str
    name: str
    age: float
    nationality: str | None
    figure: str
    claims: tuple[str, ...]


def totals(record: Record) -> tuple[Total, ...]:
    """The totals that a count and a share beside it give, in order of appearance."""
    return tuple(t for pair in pairwise(record.figures) if (t := total(record.document.text, *pair)))


def total(text: str, first: Figure, second: Figure) -> Total | None:
    """What two neighbouring figures give together, or `None`."""
    between = text[first.span.end : second.span.start]
    if first.best is None or second.best is None:
        return None
    exact = first.low == first.high is not None and second.low == second.high is not None
    names = (first.id, second.id)
    if second.measure is Measure.SHARE and first.measure not in NOT_COUNTED and 0 < second.best < 100:
        if text.startswith(" of", second.span.end) and WHOLE_AFTER.fullmatch(between):
            best = round(first.best / second.best * 100)
            return Total(best, exact, f"{first.best:,} ÷ {second.best} % = {best:,}", names)
    elif first.measure is Measure.SHARE and second.measure not in NOT_COUNTED and PART_OF.fullmatch(between):
        best = round(second.best * first.best / 100)
        return Total(best, exact, f"{second.best:,} × {first.best} % = {best:,}", names)
    return None


def people(record: Record) -> tuple[Person, ...]:
    """The named people whose ages the report tells, in order of appearance."""
    return tuple(ages(record))


def ages(record: Record) -> Iterator[Person]:
    """An entry for each age that stands with a person's name."""
    for f in record.figures:
        if f.measure is not Measure.AGE or f.of is None or f.best is None:
            continue
        for e in record.entities:
            if e.kind is EntityKind.PERSON and any(m.range.overlaps(f.of.range) for m in e.mentions):
                country = e.actor.country if e.actor else None
                yield Person(e.id, e.name, f.best, country, f.id, f.claims)
                break
