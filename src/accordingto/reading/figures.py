"""Figures: which quantities count or measure something in the world, what, of whom, as of when, with which caveats.

Times, names and formats are left out: a date, a year, "Article 5", a score, a duration that places an event.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accordingto.reading.layers import Layers, Timex
from accordingto.reading.measures import MeasureTables, counted, measure_by_words
from accordingto.reading.numbers import Amount
from accordingto.reading.quantities import Form, Quantity, QuantityTables, Unit, find_quantities
from accordingto.record import Measure, TimeType
from accordingto.spans import Range

OLDEST = 120  # years: a higher number is no age
NAMES_OF_THINGS = frozenset(("Organization", "Product", "Facility", "Misc", "Person", "Location"))
TOLLS = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED))
RANKED = TOLLS | {Measure.ATTACKS}
GOES_ON = RANKED | {Measure.REACHED, Measure.IN_NEED, Measure.SHARE, Measure.WEAPONS}
LIMITED = RANKED | {Measure.REACHED, Measure.IN_NEED, Measure.OTHER, Measure.SHARE, Measure.WEAPONS}
APPOSED = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+)+(?:, | \()$")
APPOSED_END = re.compile(r",|\)|;|\.(?:\s|$)| and\b| who\b| from\b| of\b")
AGE_BEFORE = re.compile(r"\b(?:aged?|ages|the age of|ages of|turned|turning)(?: between)? $")
AGE_LIMIT = re.compile(r"\b(?:children|people|those|women|men|youths?|girls|boys|anyone|everyone|kids|adults|minors)(?: aged)? $")
LIMIT = re.compile(r"(?:under|over|above|below) ", re.I)
HIS = re.compile(r"\b(?:his|her|their|the)(?: (?:early|mid|late|mid to late|middle))?[ -](?:mid-)?$", re.I)
LIST_ITEM = re.compile(r"^[ \t]*\(?\d{1,2}[.)]\s", re.M)
BARE = re.compile(r"\b(?:the|these|those|other|all|any|both|next|first|last|only|which|his|her|their) $", re.I)
CAPITAL = re.compile(r"(?<![.!?:;,”\"]\s)(?<!^)\b[A-Z][A-Za-z]*[A-Za-z]?\s$")
YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
AS_OF = re.compile(r"\b(?:as of|as at|by|up to|until|through|till)(?: (?:late|early|the end of|midday|noon|mid))? $", re.I)
JOINED = re.compile(r"[,\s]*(?:(?:and|or|as well as|plus|but|with|another|the other|a further|including|mostly)[,\s]+)*(?:the |a |an |another |further )*", re.I)


@dataclass(frozen=True, slots=True)
class FigureTables:
    """The tables of the figures stage."""

    quantities: QuantityTables
    measures: MeasureTables

    @classmethod
    def load(cls, extra_dir: Path | None = None, *, vague: str = "words") -> FigureTables:
        """The package's tables, extended by the user's own; `vague` is a view of `vague_numbers.csv`."""
        return cls(QuantityTables.load(extra_dir, view=vague), MeasureTables.load(extra_dir))


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One figure in document offsets; `as_of` is the place of its time in the document's times."""

    at: Range
    low: Amount | None
    best: Amount | None
    high: Amount | None
    measure: Measure
    unit: str | None = None
    per: str | None = None
    ordinal: bool = False
    of: Range | None = None
    as_of: int | None = None
    cumulative: bool = False
    caveats: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A quantity on its way: its sentence, what it counts, what that measures (None: not told)."""

    quantity: Quantity
    sentence: int
    of: Range | None
    end: int
    measure: Measure | None
    per: str | None


def find_figures(
    text: str, layers: Layers, times: Sequence[Timex], tables: FigureTables
) -> tuple[FoundFigure, ...]:
    """The figures of one document, in order, never overlapping."""
    drafts: list[Draft] = []
    for number, sentence in enumerate(layers.sentences):
        found = [
            q
            for q in find_quantities(text, sentence, tables.quantities)
            if counts(text, q, sentence, layers, times, tables.measures)
        ]
        for n, q in enumerate(found):
            following = found[n + 1].at.start if n + 1 < len(found) else sentence.end
            drafts.append(drafted(text, q, number, sentence, following, layers, tables.measures))
    drafts = [d for d in inherited(text, drafts, tables.measures) if stands(text, d)]
    limits = caveats(text, drafts, layers, tables.measures)
    return tuple(
        figure(text, d, layers.sentences[d.sentence], times, limits.get(n, ()), tables.measures)
        for n, d in enumerate(drafts)
    )


def counts(
    text: str, q: Quantity, sentence: Range, layers: Layers, times: Sequence[Timex], tables: MeasureTables
) -> bool:
    """Whether a quantity is a number of something, not a date, a name or a format."""
    measure = q.unit.measure if q.unit else None
    core = text[q.core.start : q.core.end]
    for t in times:
        if t.at.overlaps(q.core) and measure not in (Measure.AGE, Measure.MONEY, Measure.SHARE):
            if t.type is not TimeType.DURATION or measure is not Measure.DURATION:
                return False
    if measure is Measure.DURATION and places(text, q, sentence, tables):
        return False
    if named(text, q, core, sentence, layers, tables):
        return False
    if LIST_ITEM.match(text, q.core.start) and text.rfind("\n", 0, q.core.start) >= q.core.start - 2:
        return False
    if core.isdigit() and (len(core) > 7 or (len(core) > 1 and core[0] == "0")):
        return False
    if q.form is Form.DECADE:
        return bool(HIS.search(text, max(0, q.core.start - 24), q.core.start))
    if core.lower() == "one" and q.unit is None:
        return not (
            tables.phrases["singular"].match(text, q.core.end)
            or tables.says("singular_before", text, q.core.start - 12, q.core.start)
        )
    return True


def places(text: str, q: Quantity, sentence: Range, tables: MeasureTables) -> bool:
    """Whether a duration places an event ("two days after", "in the past three weeks")."""
    joined = text[q.core.end : q.core.end + 1] == "-"
    if joined and not re.match(r"-\w+ (?:ago|earlier|later)\b", text[q.core.end : q.core.end + 30]):
        return False
    if q.best == 1 and not joined and (q.unit and q.unit.name == "day"):
        return True
    return bool(
        tables.says("placed_before", text, max(sentence.start, q.at.start - 40), q.at.start)
        or tables.phrases["placed_after"].match(text, q.at.end)
    )


def named(
    text: str, q: Quantity, core: str, sentence: Range, layers: Layers, tables: MeasureTables
) -> bool:
    """Whether a number is part of a name ("Article 5", "the Group of Seven")."""
    at = bisect_right(layers.names, q.core.start, key=lambda n: n.at.start) - 1
    if at >= 0:
        name = layers.names[at]
        if name.label in NAMES_OF_THINGS and name.at.contains(q.core) and name.at.start < q.core.start:
            return True
    if q.unit is not None or q.at.start < q.core.start:
        return False
    if not tables.says("name", text, max(sentence.start, q.core.start - 24), q.core.start):
        return False
    return not re.match(r"\s(?:[a-z]+\s)?(?:people|children|men|women|[a-z]+s)\b", text[q.core.end : q.core.end + 40])


def age_of(text: str, q: Quantity, layers: Layers) -> bool:
    """Whether a bare number is an age: "Anna Petrova, 34,", "aged 12", "children under five"."""
    if q.form not in (Form.NUMBER, Form.RANGE) or q.unit or (q.high or q.best or 0) > OLDEST:
        return False
    before = max(0, q.core.start - 60)
    if AGE_BEFORE.search(text, max(0, q.at.start - 24), q.at.start):
        return True
    if LIMIT.match(text, q.at.start, q.core.start):
        return bool(AGE_LIMIT.search(text, max(0, q.at.start - 24), q.at.start)) and not re.match(
            r" [a-z]+s\b", text[q.at.end : q.at.end + 20]
        )
    if not text[q.core.start].isdigit() or q.form is Form.RANGE or not APPOSED_END.match(text, q.core.end):
        return False
    person = any(
        n.label == "Person" and 0 <= q.core.start - n.at.end <= 2 and text[n.at.end] in ", " for n in layers.names
    )
    gap = text[q.core.start - 2 : q.core.start]
    return gap in (", ", " (") and (person or bool(APPOSED.search(text, before, q.core.start)))


def drafted(
    text: str, q: Quantity, number: int, sentence: Range, following: int, layers: Layers, tables: MeasureTables
) -> Draft:
    """A quantity with what it counts and measures."""
    if q.form is Form.DECADE or age_of(text, q, layers):
        whose = next((n.at for n in layers.names if n.label == "Person" and 0 <= q.at.start - n.at.end <= 2), None)
        return Draft(replace(q, unit=Unit("year", Measure.AGE)), number, whose, q.at.end, Measure.AGE, None)
    single = q.best == 1 or q.form is Form.ORDINAL or q.unit is not None
    of, end = counted(text, q.at.end, sentence.end, single, tables)
    rate = tables.phrases["rate"].match(text, end)
    per = next((g for g in rate.groups() if g), None) if rate else None
    if q.unit and q.unit.measure is not Measure.OTHER:
        measure: Measure | None = q.unit.measure
    elif q.unit:
        measure = Measure.OTHER
    else:
        measure = measure_by_words(text, q.at, of, sentence, following, tables)
    return Draft(q, number, of, end, measure, per)


def inherited(text: str, drafts: Sequence[Draft], tables: MeasureTables) -> list[Draft]:
    """Drafts that lack what they count or measure take it from the figure they are joined to.

    "10 civilians and 5 soldiers were killed", "killed 20 people, including 6 children", "20 more", "of those, 36".
    """
    out = list(drafts)
    for n in range(1, len(out)):
        last, now = out[n - 1], out[n]
        if now.quantity.unit is not None or last.sentence + 1 < now.sentence:
            continue
        joint = text[last.end : now.quantity.at.start]
        close = last.sentence == now.sentence and JOINED.fullmatch(joint) is not None
        part = tables.says("inherits", text, last.end, now.quantity.at.start) is not None
        if now.measure is None and (close or part) and last.quantity.unit is None:
            now = replace(now, measure=last.measure)
        if now.of is None and last.quantity.form is not Form.ORDINAL and last.quantity.unit is None:
            now = replace(now, of=last.of)
        out[n] = now
    for n in range(len(out) - 2, -1, -1):
        now, following = out[n], out[n + 1]
        if now.measure is not None or now.sentence != following.sentence or following.quantity.unit is not None:
            continue
        if JOINED.fullmatch(text[now.end : following.quantity.at.start]):
            out[n] = replace(now, measure=following.measure)
    return out


def stands(text: str, draft: Draft) -> bool:
    """Whether a draft is a figure at all once it is known what it measures."""
    q = draft.quantity
    if q.form is Form.ORDINAL:
        return draft.measure in RANKED
    if q.unit is not None or draft.measure is not None or q.approximate or q.form is not Form.NUMBER:
        return True
    core = text[q.core.start : q.core.end]
    own = draft.of is not None and draft.of.start >= q.at.end
    if own:
        return True
    if core.isdigit():
        return not YEAR.fullmatch(core) and not CAPITAL.search(text, max(0, q.core.start - 20), q.core.start)
    return not core.isalpha() or (q.best or 0) > 20 or (draft.of is not None and not BARE.search(text[: q.at.start]))


def caveats(
    text: str, drafts: Sequence[Draft], layers: Layers, tables: MeasureTables
) -> dict[int, tuple[Range, ...]]:
    """The sentences that limit figures, by the figure's place: their own, else the nearest one before, two back at most."""
    by_sentence: dict[int, list[int]] = {}
    for n, d in enumerate(drafts):
        if d.measure is None or d.measure in LIMITED:
            by_sentence.setdefault(d.sentence, []).append(n)
    out: dict[int, tuple[Range, ...]] = {}
    for number, sentence in enumerate(layers.sentences):
        if not tables.says("caveat", text, sentence.start, sentence.end):
            continue
        near = next((s for s in (number, number - 1, number - 2) if s in by_sentence), None)
        for n in by_sentence.get(near, ()) if near is not None else ():
            out[n] = (*out.get(n, ()), sentence)
    return out


def figure(
    text: str, draft: Draft, sentence: Range, times: Sequence[Timex], limits: tuple[Range, ...], tables: MeasureTables
) -> FoundFigure:
    """A draft as it stands in the record."""
    q, measure = draft.quantity, draft.measure or Measure.OTHER
    running = q.form is Form.ORDINAL and measure in TOLLS
    if measure in GOES_ON:
        running = running or tables.says("running", text, sentence.start, sentence.end) is not None
    unit = q.unit.name if q.unit else None
    if unit is None and draft.of is not None and text[draft.of.start : draft.of.end].lower() != "others":
        unit = text[draft.of.start : draft.of.end].rsplit(None, 1)[-1].lower()
    return FoundFigure(
        at=q.at,
        low=q.low,
        best=q.best,
        high=q.high,
        measure=measure,
        unit=unit,
        per=draft.per.lower() if draft.per else None,
        ordinal=q.form is Form.ORDINAL,
        of=draft.of,
        as_of=as_of(text, q.at, sentence, times) if measure not in (Measure.AGE, Measure.DURATION) else None,
        cumulative=running,
        caveats=limits,
    )


def as_of(text: str, at: Range, sentence: Range, times: Sequence[Timex]) -> int | None:
    """The day up to which a figure counts: "as of Friday", "by Monday", nearest in its sentence."""
    found = [
        (min(abs(t.at.start - at.end), abs(at.start - t.at.end)), n)
        for n, t in enumerate(times)
        if sentence.contains(t.at)
        and t.type in (TimeType.DATE, TimeType.TIME)
        and AS_OF.search(text, max(sentence.start, t.at.start - 24), t.at.start)
    ]
    return min(found)[1] if found else None
