"""The deaths that a record reports for one event: one statement a source, parts not counted twice."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from accordingto.record import Event, Figure, Measure, Record

# Between two figures: the second counts some of the first; or both are counted together.
PART = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom)|most(?:ly)?)\b", re.I)
PART_AFTER = re.compile(
    r"\s*(?:of (?:them|whom|those|the (?:dead|victims))|were (?:women|children|civilians))\b", re.I
)
SUM = re.compile(r"[^.;!?\n\d]{0,60}(?:\band\b|,|\bas well as\b|\bplus\b)[^.;!?\n\d]{0,25}")


@dataclass(frozen=True, slots=True)
class Toll:
    """What one source says of an event's deaths; bounds are `None` where the words leave them open.

    `claims` are the claims that carry it, none where it stands in the reporter's own words.
    """

    figures: tuple[Figure, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that carry the statement."""
        return self.figures[0].claims

    @property
    def low(self) -> float | int | None:
        """The least that the words allow."""
        return total([f.low if f.low is not None or f.high is not None else f.best for f in self.figures])

    @property
    def best(self) -> float | int | None:
        """The number that the words name."""
        return total([f.best for f in self.figures])

    @property
    def high(self) -> float | int | None:
        """The most that the words allow."""
        return total([f.high if f.high is not None or f.low is not None else f.best for f in self.figures])

    def acled(self, vague: dict[str, int]) -> float | int | None:
        """ACLED's number: vague words by table, else the smallest that is named."""
        return total([conservative(f, vague) for f in self.figures])


def total(values: list[float | int | None]) -> float | int | None:
    """A sum, open where one part is open."""
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) and known else None


def conservative(figure: Figure, vague: dict[str, int]) -> float | int | None:
    """One figure under ACLED's rule: dozens 12, hundreds 100, "tens of thousands" 10 × 1000; else the lowest named."""
    text = figure.span.text.casefold()
    longest = sorted(map(re.escape, vague), key=len, reverse=True)
    words = re.findall(rf"\b(?:{'|'.join(longest)})\b", text) if longest else []
    if words and not re.search(r"\d", text):
        return math.prod(vague[word] for word in words)
    named = [v for v in (figure.low, figure.best) if v is not None]
    return min(named, default=None)


def tolls(record: Record, event: Event) -> tuple[Toll, ...]:
    """The statements on an event's deaths, in order; running tolls, rates and ordinals are none."""
    text = record.document.text
    kept = [
        f
        for f in record.figures
        if f.event == event.id
        and f.measure is Measure.KILLED
        and not (f.cumulative or f.ordinal or f.per)
        and f.unit != "percent"
    ]
    groups: list[list[Figure]] = []
    for figure in kept:
        last = groups[-1][-1] if groups else None
        between = text[last.span.end : figure.span.start] if last is not None else ""
        near = (
            last is not None and "\n" not in between and len(between) <= 120 and last.claims == figure.claims
        )
        if near and (PART.search(between) or PART_AFTER.match(text, figure.span.end)):
            continue
        if near and SUM.fullmatch(between):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    return tuple(Toll(tuple(g)) for g in groups)
