"""Figures: quantities that count or measure something in the world: what, of whom, as of when, with which caveats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from accordingto.reading.countable import OLDEST, YEAR, age_of, counts, spoken_of
from accordingto.reading.joining import Draft, brought, inherited, of_money, raised, share_units
from accordingto.reading.labels import measured, told_before
from accordingto.reading.layers import Layers, Timex
from accordingto.reading.measures import (
    PART_OF,
    MeasureTables,
    counted,
    measure_of_rank,
)
from accordingto.reading.numbers import Amount
from accordingto.reading.quantities import Form, Quantity, QuantityTables, Unit, find_quantities
from accordingto.reading.rises import day_of_rise, rising
from accordingto.reading.running import goes_on
from accordingto.reading.shares import noun_of
from accordingto.record import Measure, TimeType
from accordingto.spans import Range

TOLLS = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED))
RANKED = TOLLS | {Measure.ATTACKS}
GOES_ON = RANKED | {Measure.REACHED, Measure.IN_NEED, Measure.SHARE, Measure.WEAPONS}
LIMITED = RANKED | {Measure.REACHED, Measure.IN_NEED, Measure.OTHER, Measure.SHARE, Measure.WEAPONS}
AGAIN = TOLLS | {Measure.MONEY, Measure.ATTACKS}  # what a verb may part from its "each year"
BARE_UNITS = frozenset((Measure.MONEY, Measure.DISTANCE, Measure.DURATION))
ONE_PERSON = re.compile(r" (?:(?:wo)?man|boy|girl|child|resident|native|student|driver|worker|national)\b")
OF_NEXT = re.compile(r"\s+of\b")
HOTLINE = re.compile(r"(?:911|999) (?:calls?|callers?|operators?|tapes?|recordings?|dispatch\w*)\b")
ADDRESS = re.compile(r" [A-Z]\w+")
ARTICLE_BEFORE = re.compile(r"\b(?:the|an?) $", re.I)
SINGULAR = re.compile(
    r" (?!of\b|in\b|were\b|are\b|who\b|killed\b|dead\b|had\b|have\b|on\b|at\b|and\b|that\b|more\b)[a-z]{3,}\b"
)
BARE = re.compile(
    r"\b(?:the|these|those|other|all|any|both|next|first|last|only|which|his|her|their) $", re.I
)
CAPITAL = re.compile(r"(?<![.!?:;,”\"]\s)(?<!^)\b[A-Z][A-Za-z]*[A-Za-z]?\s$")
WHEN = re.compile(r"\b(?:since|in|of|by|for|before|after|until|during) $", re.I)
DATE_MARKS = re.compile(r"[\d,.](?!$)|\d$")
WITHIN = re.compile(  # "2,700 residents of five villages were evacuated"
    r"(?: (?!(?:and|or|was|were|in|of|from|at|to)\b)[\w’'-]+){1,3} (?:of|in|from|across|at|aboard) (?:(?:the|its|their|these|those|some|about|at least) )?"
)
DAY_BEFORE = re.compile(r"\b(?:on|last|this) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, $")
AS_OF = re.compile(
    r"\b(?P<word>as of|as at|by|up to|until|through|till)(?: (?:late|early|the end of|midday|noon|mid))? $",
    re.I,
)
STATED = ("as of", "as at")
CONCEDES = re.compile(r"\b(?:although|though|but|while|whereas)\b", re.I)
APART = re.compile(  # between a number and "by Friday": another clause, or what is only to be
    r"[;:”“]|, (?!or\b|\d)|\b(?:and|but|when|where|which|who|that|while|although|though|if|whether|before|after)\b|\bto (?!(?:an? |the )?(?:\w+ )?(?:hospitals?|safety|death)\b)"
)
APART_BEHIND = re.compile(  # between "By Friday," and a number
    r"[;:”“]|\b(?:and|but|when|where|which|who|while|although|though|if|whether|before)\b"
)

EACH_TIME = re.compile(  # right before a number: "each year some", "every month, at least", "which each week spends"
    r"\b(?:each|every) (?P<per>year|month|week|day|night|hour),?(?P<verb>(?: (?!since\b|in\b|on\b|with\b|and\b|when\b)[A-Za-z’'-]+){0,2}) $",
    re.I,
)
COUNTED_THEN = re.compile(  # from a day to its number: "two days after it put the toll at", "a day earlier it had counted"
    r"(?: (?P<after>after|before))?,? (?:the |an? )?(?:[\w’'-]+ ){1,3}?(?:had )?"
    r"(?:(?:put|placed|set|gave) (?:it|(?:(?:the|its|an?|that|earlier|death) ){0,3}(?:toll|count|tally|figure|number))(?: of (?:the )?dead)?(?: at| as)?"
    r"|(?:counted|reported|estimated|tallied)(?: (?:the|a|toll|of|at|as)){0,3}) "
)


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


def find_figures(
    text: str, layers: Layers, times: Sequence[Timex], tables: FigureTables
) -> tuple[FoundFigure, ...]:
    """The figures of one document, in order, never overlapping."""
    drafts: list[Draft] = []
    dates = [t.at for t in times]
    ends = [
        d for d in dates if not YEAR.fullmatch(text, *d) or WHEN.search(text, max(0, d.start - 8), d.start)
    ]
    told = without_dates(text, dates)
    for number, sentence in enumerate(layers.sentences):
        found = [
            q
            for q in find_quantities(text, sentence, tables.quantities, ends)
            if counts(text, q, sentence, layers, times, tables.measures)
        ]
        ages = [is_age(text, q, layers, tables.measures) for q in found]
        for n, q in enumerate(found):
            following = found[n + 1].at.start if n + 1 < len(found) else sentence.end
            later = [
                x.at.start
                for x, age in zip(found[n + 1 :], ages[n + 1 :], strict=True)
                if not age and not WITHIN.fullmatch(text, q.at.end, x.at.start)
            ]
            drafts.append(drafted(told, q, sentence, number, following, later, layers, tables.measures))
    drafts = raised(told, share_units(text, drafts), layers.sentences, tables.measures)
    drafts = of_money(text, brought(told, inherited(text, drafts, tables.measures), layers.sentences))
    drafts = [lent(text, d, layers) for d in drafts if stands(text, d, tables.measures)]
    limits = caveats(text, drafts, layers, tables.measures)
    return tuple(
        figure(
            text,
            d,
            layers.sentences[d.sentence],
            times,
            limits.get(n, ()),
            [o.quantity.at for o in drafts if o.sentence == d.sentence],
            tables.measures,
        )
        for n, d in enumerate(drafts)
    )


def without_dates(text: str, dates: Sequence[Range]) -> str:
    """A text whose dates hold no digits or points, which would seem to end what is told of a number: "the toll since Oct. 7, 2023 is 45"."""
    parts, at = [], 0
    for d in sorted(dates):
        parts += [text[at : d.start], DATE_MARKS.sub("x", text[max(at, d.start) : d.end])]
        at = max(at, d.end)
    return "".join((*parts, text[at:]))


def drafted(
    text: str,
    q: Quantity,
    sentence: Range,
    number: int,
    following: int,
    later: Sequence[int],
    layers: Layers,
    tables: MeasureTables,
) -> Draft:
    """A quantity with what it counts and measures; `following` is where the next begins, `later` those that are no ages."""
    if told_age(text, q, layers, tables):
        whose = next(
            (n.at for n in layers.names if n.label == "Person" and 0 <= q.at.start - n.at.end <= 2), None
        )
        return Draft(replace(q, unit=Unit("year", Measure.AGE)), number, whose, q.at.end, Measure.AGE, None)
    if q.form is Form.SHARE and (whole := noun_of(text, q.core)):
        return Draft(q, number, whole, q.at.end, Measure.SHARE, None)
    single = q.best == 1 or q.form is Form.ORDINAL or q.unit is not None
    of, end = counted(text, q.at.end, following, single, tables)
    if q.unit and q.unit.measure is Measure.AGE:
        whose = next((n.at for n in layers.names if n.label == "Person" and n.at.start == q.at.end + 1), None)
        if whose and not ONE_PERSON.match(text, whose.end):
            of, end = whose, whose.end
    if (
        q.unit
        and q.unit.measure in BARE_UNITS
        and not OF_NEXT.match(text, q.at.end)
        and "-" not in text[q.core.end : q.at.end]
    ):
        of, end = None, q.at.end
    rate = tables.phrases["rate"].match(text, end)
    per = next((g for g in rate.groups() if g), None) if rate else None
    measure: Measure | None
    if q.unit and q.unit.measure is Measure.AGE and lasted(text, q, of, tables):
        measure = Measure.DURATION
    elif q.unit and q.unit.measure is not Measure.OTHER:
        measure = q.unit.measure
    elif q.unit:
        measure = Measure.OTHER
    elif q.form is Form.ORDINAL:
        measure = measure_of_rank(text, q.at, of, sentence, later, tables)
    else:
        measure, of = measured(text, q.at, of, sentence, later, tables)
    if per is None and measure not in (Measure.AGE, Measure.DURATION, Measure.SHARE):
        per = each_time(text, q.at, sentence, measure)
    return Draft(q, number, of, end, measure, per)


def each_time(text: str, at: Range, sentence: Range, measure: Measure | None) -> str | None:
    """The time in which a number comes again where that stands before it: "each year some 40 die", "which each year spends $3 million"."""
    told = EACH_TIME.search(text, max(sentence.start, at.start - 48), at.start)
    if told is None or (told["verb"] and measure not in AGAIN):
        return None
    return told["per"].lower()


def told_age(text: str, q: Quantity, layers: Layers, tables: MeasureTables) -> bool:
    """Whether a quantity without a unit is an age; what stands behind a day is none: "on Tuesday, 12"."""
    if DAY_BEFORE.search(text, max(0, q.at.start - 20), q.at.start):
        return False
    return q.form is Form.DECADE or age_of(text, q, layers, tables)


def is_age(text: str, q: Quantity, layers: Layers, tables: MeasureTables) -> bool:
    """Whether a quantity is an age, by its unit or by the words around it."""
    return (q.unit is not None and q.unit.measure is Measure.AGE) or told_age(text, q, layers, tables)


def lasted(text: str, q: Quantity, of: Range | None, tables: MeasureTables) -> bool:
    """Whether an age is how long a thing has lasted: "a 600-year-old school", "the 15-month-old war"."""
    thing = of is not None and tables.aged.pattern.search(text[of.start : of.end]) is not None
    return thing or (q.best or q.high or 0) > OLDEST


def lent(text: str, draft: Draft, layers: Layers) -> Draft:
    """A draft of a bare number with what the words before it tell of it: "a crowd of 500"."""
    q = draft.quantity
    if draft.of is not None or q.unit is not None or draft.measure not in (None, Measure.OTHER):
        return draft
    told = told_before(text, q.at, layers.sentences[draft.sentence])
    if told is None or q.form is Form.ORDINAL:
        return draft
    unit, measure = told
    return replace(draft, quantity=replace(q, unit=Unit(unit, measure) if unit else None), measure=measure)


def stands(text: str, draft: Draft, tables: MeasureTables) -> bool:
    """Whether a draft is a figure at all once it is known what it measures."""
    q = draft.quantity
    if q.form is Form.ORDINAL:
        return draft.measure in RANKED
    if HOTLINE.match(text, q.core.start):
        return False
    if draft.measure in (None, Measure.OTHER) and spoken_of(text, q):
        return False
    core = text[q.core.start : q.core.end]
    if core.lower() == "one" and tables.phrases["someone"].match(text, draft.end):
        return False
    if q.unit is not None or draft.measure is not None or q.approximate or q.form is not Form.NUMBER:
        return True
    own = draft.of is not None and draft.of.start >= q.at.end
    if own or PART_OF.match(text, q.at.end):
        return True
    if core.isdigit():
        article = ARTICLE_BEFORE.search(text, max(0, q.core.start - 5), q.core.start)
        if article and SINGULAR.match(text, q.core.end):
            return False  # "the 311 hotline"
        if ADDRESS.match(text, q.core.end) and draft.of is None:
            return False  # "10 Example Street"
        return not YEAR.fullmatch(core) and not CAPITAL.search(text, max(0, q.core.start - 20), q.core.start)
    return (
        not core.isalpha()
        or (q.best or 0) > 20
        or (draft.of is not None and not BARE.search(text, max(0, q.at.start - 8), q.at.start))
    )


def caveats(
    text: str, drafts: Sequence[Draft], layers: Layers, tables: MeasureTables
) -> dict[int, tuple[Range, ...]]:
    """The sentences that limit figures, by the figure's place: their own, else the nearest one before, two back at most.

    Who is left out is told of the figures before: "the toll does not include two who died later".
    """
    by_sentence: dict[int, list[int]] = {}
    for n, d in enumerate(drafts):
        if d.measure is None or d.measure in LIMITED:
            by_sentence.setdefault(d.sentence, []).append(n)
    out: dict[int, tuple[Range, ...]] = {}
    for number, sentence in enumerate(layers.sentences):
        says = tables.says("caveat", text, *sentence)
        leaves_out = None if says else tables.says("exclusion", text, *sentence)
        if not says and not leaves_out:
            continue
        end = leaves_out.start() if leaves_out else sentence.end
        for s in (number, number - 1, number - 2):
            limited = [n for n in by_sentence.get(s, ()) if drafts[n].quantity.at.end <= end]
            out |= {n: (*out.get(n, ()), sentence) for n in limited}
            if limited:
                break
    return out


def figure(
    text: str,
    draft: Draft,
    sentence: Range,
    times: Sequence[Timex],
    limits: tuple[Range, ...],
    others: Sequence[Range],
    tables: MeasureTables,
) -> FoundFigure:
    """A draft as it stands in the record; `others` are where all quantities of its sentence stand."""
    q, measure = draft.quantity, draft.measure or Measure.OTHER
    running = q.form is Form.ORDINAL and measure in TOLLS
    if measure in GOES_ON:
        running = running or goes_on(text, q.at, sentence, others, tables)
    unit = q.unit.name if q.unit else None
    if unit is None and draft.of is not None and text[draft.of.start : draft.of.end].lower() != "others":
        unit = text[draft.of.start : draft.of.end].rsplit(None, 1)[-1]
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
        as_of=as_of(text, q.at, sentence, times, others)
        if measure not in (Measure.AGE, Measure.DURATION)
        else None,
        cumulative=running if draft.running is None else draft.running,
        caveats=limits,
    )


def as_of(
    text: str, at: Range, sentence: Range, times: Sequence[Timex], others: Sequence[Range] = ()
) -> int | None:
    """The day up to which a figure counts: "as of Friday", "by Monday", nearest in its sentence; the day on which a toll rose to it, or was put at it.

    `others` are where all quantities of the sentence stand.
    """
    end = text.find(";", at.end, sentence.end)
    start = text.rfind(";", sentence.start, at.start)
    part = Range(max(start, sentence.start), end if end >= 0 else sentence.end)
    found = [
        (min(abs(t.at.start - at.end), abs(at.start - t.at.end)), n)
        for n, t in enumerate(times)
        if part.contains(t.at)
        and (t.type in (TimeType.DATE, TimeType.TIME) or counted_then(text, t, at, distance=True))
        and (
            counted_by(text, at, t.at, sentence, others)
            or (rising(text, sentence, at) and day_of_rise(text, sentence, t.at))
            or counted_then(text, t, at)
        )
    ]
    return min(found)[1] if found else None


def counted_by(text: str, at: Range, day: Range, sentence: Range, others: Sequence[Range]) -> bool:
    """Whether a number is told as of a day: "as of" of any of its clause, "by" or "until" of the one beside it alone, which no clause
    parts from it: not of "from 20 to 45 by Friday" the 20, nor of "by Friday" behind what is only to be done.
    """
    told = AS_OF.search(text, max(sentence.start, day.start - 24), day.start)
    if told is None:
        return False
    behind = at.start >= day.end
    between = Range(day.end, at.start) if behind else Range(at.end, max(at.end, told.start()))
    if told["word"].lower() in STATED:
        return CONCEDES.search(text, *between) is None
    return not (
        (APART_BEHIND if behind else APART).search(text, *between)
        or any(between.contains(o) for o in others)
        or text.startswith(("'s ", "’s "), day.end)
    )


def counted_then(text: str, time: Timex, number: Range, *, distance: bool = False) -> bool:
    """Whether a time tells when a number was given, which another may have replaced: "two days after it put the toll above 40".

    With `distance` a length of time counts, whose day is found once all times are known (`timeshifts`).
    """
    told = COUNTED_THEN.fullmatch(text, time.at.end, number.start)
    return told is not None and (
        not distance or (time.type is TimeType.DURATION and told["after"] is not None)
    )
