"""The deaths that a record reports for one event: one statement a source, parts not counted twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accordingto.record import Act, Event, Figure, Measure, Record

# Between two figures: the second counts some of the first; or both are counted together.
PART = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom)|most(?:ly)?)\b", re.I)
PART_AFTER = re.compile(
    r"\s*(?:of (?:them|whom|those|the (?:dead|victims))|were (?:women|children|civilians))\b", re.I
)
AT_LARGE = re.compile(
    r"\s*(?:,|(?:\w+\s+){0,2}?(?:people|persons|civilians|residents|villagers|passengers|victims|others|[A-Z]\w+)\b)"
)
MAGNITUDE = re.compile(r"\b(?:dozen|score|hundred|thousand|million|billion|lakh|crore)s?\b")
UNSTATED = frozenset({Act.DENY, Act.REFUSE, Act.DECLINE, Act.SILENT, Act.UNCERTAIN})  # they give no number
SUM = re.compile(r"[^.;!?\n\d]{0,60}(?:\band\b|,|\bas well as\b|\bplus\b)[^.;!?\n\d]{0,25}")
BEFORE_COUNT = 60  # characters before a count in which its verb is negated
HARMED = r"(?:kill|wound|injur|hurt|harm|caus|claim|cost|left|leav|los[et]|result)\w*"
NOT_COUNTED = re.compile(
    rf"(?:\b(?:not|never)|n['’]t)\s+(?:\w+ly\s+)?{HARMED}(?:\s+(?:in|up\s+to))?\s+$", re.I
)
COUNTED_NOT = re.compile(
    rf"^(?:\s+\w+){{0,2}}\s+(?:had|have|has|were|was)(?:\s+(?:not|never)|n['’]t)\s+(?:been\s+)?{HARMED}", re.I
)


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
    """One figure under ACLED's rule: dozens 12, hundreds 100, "tens of thousands" 10 × 1000; else the lowest named.

    Of several vague words ("hundreds, if not thousands") the smallest counts; words for a magnitude that the table
    lacks ("tens of millions") leave it to the figure's own bounds.
    """
    text = figure.span.text.casefold()
    word = "|".join(sorted(map(re.escape, vague), key=len, reverse=True))
    found = list(re.finditer(rf"\b({word})(?:\s+of\s+({word}))?\b", text)) if word else []
    rest = re.sub(rf"\b(?:{word})\b", " ", text) if word else text
    if found and not re.search(r"\d", text) and not MAGNITUDE.search(rest):
        return min(vague[m[1]] * vague.get(m[2], 1) for m in found)
    named = [v for v in (figure.low, figure.best) if v is not None]
    return min(named, default=None)


def tolls(record: Record, event: Event) -> tuple[Toll, ...]:
    """The statements on an event's deaths, in order; running tolls, rates, ordinals and what is denied are none."""
    text = record.document.text
    acts = {c.id: c.act for c in record.claims}
    kept = [
        f
        for f in record.figures
        if f.event == event.id
        and f.measure is Measure.KILLED
        and not (f.cumulative or f.ordinal or f.per)
        and f.unit != "percent"
        and not uncounted(f, text)
        and not (f.claims and all(acts.get(c) in UNSTATED for c in f.claims))
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
    return tuple(Toll(tuple(without_breakdown(g, text))) for g in groups)


def uncounted(f: Figure, text: str) -> bool:
    """True where the words beside a count say that it is not so: “had not killed 12 people”."""
    before = text[max(0, f.span.start - BEFORE_COUNT) : f.span.start]
    return bool(NOT_COUNTED.search(before) or COUNTED_NOT.match(text[f.span.end : f.span.end + BEFORE_COUNT]))


def without_breakdown(group: list[Figure], text: str) -> list[Figure]:
    """The first figure alone where the others add up to it: "12 people, two women and 10 men"."""
    first, *rest = group
    broken_down = len(rest) > 1 and first.best is not None and total([f.best for f in rest]) == first.best
    return [first] if broken_down and AT_LARGE.match(text, first.span.end) else group
