"""Quantities: every form in which a text counts, with its low, best and high value and its unit.

A core (number, range, vague word, fraction, ordinal) is found by one pattern; then approximators ("more than"),
currency signs and units beside it are taken in. What a quantity counts is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.errors import UserError
from accordingto.reading.bounds import Approximator, Bound, Bounds, bounded
from accordingto.reading.numbers import Amount, NumberTables, any_of, in_millions, of_age, one_more, whole
from accordingto.reading.rises import FROM, risen_by, two_states
from accordingto.reading.shares import OF_WHOM, ONE_NOUN, SAID_OF_PARTS, SAID_OF_SHARE, SPELLS, divides, share
from accordingto.reading.tokens import DIGIT, longest_tokens, lowered, small, tokens
from accordingto.record import Measure
from accordingto.spans import Range
from accordingto.vocabularies import VagueNumber, compiled, table

WRITTEN_ON = (  # currencies written onto digits: "Dh350", "N75 billion"; a letter alone only before a high sum
    r"(?=\d)(?-i:(?<=\bDh)|(?<=\bDhs)|(?<=\bRs)|(?<=\bTk)|(?<=\bSh)|(?<=\bKsh)|(?<=\bKSh)|(?<=\bUSh)|(?<=\bRM)|(?<=\bUSD)|(?<=\bEUR)|"
    r"(?<=\bJD)|(?<=\bKD)|(?<=\bKWD)|(?<=\bBHD)|(?<=\bQR)|(?<=\bQAR)|(?<=\bSR)|(?<=\bSAR)|(?<=\bAED)|(?<=\bOMR)|(?<=\bLE)|(?<=\bEGP)|"
    r"(?:(?<=\bN)|(?<=\bR)|(?<=\bP))(?=[\d.,]+(?:[, ]\d{3}\b|(?: ?)(?:billion|million|trillion|bn|m)\b)))"
)
ALIKE = r"(?:(?<=[$€£])|(?<=[$€£] )|(?![\d.,]+(?: \w+illion)? (?:to|or) (?:US)?[$€£]))"  # no range: "KD200 million or $600 million"
LOOSE = "approximators.csv"
REACH = 48  # characters beside a core in which approximators and units stand
METRES = re.compile(r"\dm$")  # "500m", or "1.4m people"
PLURAL_NEXT = re.compile(r" (?:[a-z]+ )?(?:people|children|men|women|[a-z]+s)\b")
PLAIN_ENDS = re.compile(r"\d{3,}[-–]\d{3,}")  # a telephone number, unless what is counted follows
PREPOSITIONS = frozenset(("over", "above", "beyond"))
AGE_LIMIT = re.compile(r"\b(?P<word>under|below|over|above|up to) (?:the )?age(?: of)? $", re.I)
HYPHEN = re.compile(r"-([a-z]{3,})(?![\w-])")  # "547-seat", "4-tier"
ARTICLE = re.compile(r" an?(?= )")
ADDED = re.compile(r" (?:more|additional|further|extra)(?= )")
ADDED_TO = frozenset((Measure.DURATION, Measure.DISTANCE, Measure.MONEY))  # what "more" may stand before
HIGHEST = 10**15  # a longer run of digits is a number of something else


class Form(StrEnum):
    """The form of a quantity's core."""

    RANGE = "range"
    NUMBER = "number"
    VAGUE = "vague"
    SHARE = "share"
    ORDINAL = "ordinal"
    DECADE = "decade"  # "in his 70s"


class UnitRow(msgspec.Struct, frozen=True):
    """One row of `units.csv`."""

    key: str
    pattern: str
    unit: str
    measure: Measure
    place: Literal["before", "after", "hyphen"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit beside a number and what it measures."""

    name: str
    measure: Measure


UnitPattern = tuple[re.Pattern[str], tuple[Unit, ...]]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: `at` with its approximator and unit, `core` the bare number or vague word."""

    at: Range
    core: Range
    form: Form
    low: Amount | None
    best: Amount | None
    high: Amount | None
    unit: Unit | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class QuantityTables:
    """The words of quantities and the patterns made of them; each match of `core` has one of the tokens in `needs`.

    In small letters `quick` finds where a core may begin.
    """

    numbers: NumberTables
    vague: dict[str, Bounds]
    bounds: dict[str, Bound]
    core: re.Pattern[str]
    quick: re.Pattern[str]
    needs: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    firm: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    signs: UnitPattern
    units: UnitPattern
    joined: UnitPattern

    @classmethod
    def load(cls, extra_dir: Path | None = None, *, view: str = "words") -> QuantityTables:
        """The package's tables, extended by the user's own; `view` names the reading of vague words.

        Raises:
            UserError: where no row of `vague_numbers.csv` has that view, or a table is malformed.
        """
        numbers = NumberTables.load(extra_dir)
        rows = table("vague_numbers", VagueNumber, extra_dir=extra_dir)
        if view not in {r.view for r in rows}:
            known = ", ".join(sorted({r.view for r in rows}))
            raise UserError(f"vague_numbers.csv has no view {view!r}; choose one of: {known}.")
        vague: dict[str, Bounds] = {r.words: (r.low, r.best, r.high) for r in rows if r.view == "words"}
        vague |= {r.words: (r.low, r.best, r.high) for r in rows if r.view == view}
        around = table("approximators", Approximator, extra_dir=extra_dir)
        loose, firm = ([a for a in around if (a.bound is Bound.NONE) is none] for none in (False, True))
        units = table("units", UnitRow, extra_dir=extra_dir)
        left = any_of({a.words: 0 for a in loose if a.place == "before"})
        right = any_of({a.words: 0 for a in loose if a.place == "after"})
        core = core_pattern(numbers, vague)
        return cls(
            numbers=numbers,
            vague=vague,
            bounds={a.words: a.bound for a in loose},
            core=core,
            quick=re.compile(small(core.pattern)),
            needs=core_needs(numbers, vague),
            before=re.compile(rf"(?<!\w)(?:(?P<first>{left})\s)?(?P<last>{left})\s?$", re.I),
            after=re.compile(rf"\s?(?P<first>{right})(?!\w)", re.I),
            firm=tuple((compiled(rf"\b(?:{a.words}) $", LOOSE), compiled(a.needs, LOOSE)) for a in firm),
            signs=unit_pattern(units, "before", r"(?<!\w)", r" ?$"),
            units=unit_pattern(units, "after", r"(?:\s{0,2}|-)", r"(?:-long)?(?!\w)"),
            joined=unit_pattern(units, "hyphen", r"-", r"(?!\w)"),
        )


def unit_pattern(rows: tuple[UnitRow, ...], place: str, start: str, end: str) -> UnitPattern:
    """The pattern of a unit beside a number, one group a row, and the units of its groups."""
    kept = [r for r in rows if r.place == place]
    try:
        pattern = re.compile(rf"{start}(?:{'|'.join(f'({grouped(r.pattern)})' for r in kept)}){end}")
    except re.error as error:
        raise UserError(f"units.csv: a pattern is no regular expression ({error}); correct it.") from error
    return pattern, tuple(Unit(r.unit, r.measure) for r in kept)


def grouped(pattern: str) -> str:
    """A pattern whose own groups don't capture."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


def core_pattern(numbers: NumberTables, vague: dict[str, Bounds]) -> re.Pattern[str]:
    """One pattern for all cores; its named groups tell the form."""
    number = numbers.number
    parts = any_of(numbers.words["part"])
    ordinals = any_of(numbers.words["ordinal"])
    few = any_of({w: v for w, v in numbers.words["unit"].items() if v < 20})
    scale = any_of(numbers.words["scale"])
    bits = [
        rf"between (?P<between>{number})(?:%|\b) ?and (?:US)?[$€£]?(?P<and>{number})",
        rf"(?P<some>{few}|\d{{1,2}}) (?:in(?! \w+ {SPELLS})|out of|of(?= every))(?: every)? (?P<outof>{few}|\d{{1,3}}|hundred|thousand){OF_WHOM}",
        rf"(?P<one>one|1) {ONE_NOUN} in (?:every )?(?P<each>{few}|\d{{1,3}}|hundred|thousand)\b{SAID_OF_SHARE}",
        rf"{ALIKE}(?P<from>{number})%?(?:(?<=[\d%])[-–]| to | or |-to-)(?:US)?[$€£]?(?P<to>{number})",
        rf"(?P<vague>{any_of(dict.fromkeys(vague, 0))})\b",
        r"(?P<decade>[2-9]0)['’]?s\b",
        rf"(?P<th>\d{{1,3}}(?:,\d{{3}})*(?:st|nd|rd|th)|{ordinals})\b(?! of\b)",
        rf"(?:(?P<pieces>{few}|an?)[- ])?(?P<piece>{parts})s?(?:[- ]of)?[- ](?:an?|one|1)[- ]?(?:per ?cent\b|%)",
        r"(?P<feet>[2-9])[’'′](?:(?P<inches>\d{1,2})[”\"″])",
        rf"(?P<parts>{few}|an?)[- ](?P<part>{parts})s?(?= of (?!an? (?:{scale}))| the\b|{SAID_OF_PARTS})",
        rf"(?P<times>{few})-(?P<of>{parts})s?\b(?! of an? (?:{scale}))",
        rf"(?P<number>{number})",
        r"(?P<half>half)(?= of\b| the\b| its\b| their\b| his\b| her\b| an? (?:year|month|day|hour|mile|kilomet|century|decade))",
    ]
    return re.compile(
        rf"(?:(?<![\w.,/:#@*+-])|{WRITTEN_ON})(?:{'|'.join(bits)})(?![/@*#]|[.,:+]\d|[-–]\d)", re.I
    )


def core_needs(numbers: NumberTables, vague: dict[str, Bounds]) -> frozenset[str]:
    """Tokens of which each match of `core_pattern` has one."""
    plain = longest_tokens(
        w for group in ("unit", "tens", "scale", "part", "ordinal") for w in numbers.words[group]
    )
    return (
        plain
        | {f"{p}s" for p in plain}
        | longest_tokens(vague)
        | {DIGIT, "half", "quarter", "hundred", "thousand"}
    )


def find_quantities(
    text: str, within: Range, tables: QuantityTables, times: Sequence[Range] = ()
) -> Iterator[Quantity]:
    """The quantities of a stretch, in order, never overlapping; none goes on behind one of the `times` that it begins in."""
    at = within.start
    if tables.needs.isdisjoint(tokens(text[within.start : within.end])):
        return
    low = lowered(text)
    while m := next_core(text, low, Range(at, within.end), tables):
        dated = [t.end for t in times if t.start <= m.start() < t.end < m.end()]  # "since October 7 to 120"
        found = None if dated else quantity(text, m, Range(at, within.end), tables)
        if found is None:
            at = max(dated, default=m.end())
        else:
            at = found.at.end
            yield found


def next_core(text: str, low: str, within: Range, tables: QuantityTables) -> re.Match[str] | None:
    """The first core of a stretch; `low` is the text in small letters."""
    if len(low) != len(text):  # letters that are two in small
        return tables.core.search(text, *within)
    at = within.start
    while maybe := tables.quick.search(low, at, within.end):
        if m := tables.core.match(text, maybe.start(), within.end):
            return m
        at = maybe.start() + 1
    return None


def quantity(text: str, m: re.Match[str], room: Range, tables: QuantityTables) -> Quantity | None:
    """The quantity around a core; `room` is where its approximator and unit may stand."""
    form, core, bounds = values(m, tables)
    core = Range(max(core.start, room.start), core.end)
    if (
        bounds[0] is not None
        and bounds[2] is not None
        and bounds[0] >= bounds[2]
        and m["vague"] is None
        and form is Form.RANGE
    ):
        return None  # a score or a vote: "6-3"
    if max(x or 0 for x in bounds) > HIGHEST:
        return None
    if PLAIN_ENDS.fullmatch(m[0]) and not PLURAL_NEXT.match(text, core.end):
        return None
    unit, at = beside(text, m, core, room, tables)
    if unit is None and METRES.search(text, core.start, core.end) and not in_millions(text, room.start, core):
        unit = Unit("metre", Measure.DISTANCE)
        bounds = (metres(bounds[0]), metres(bounds[1]), metres(bounds[2]))
    if m["feet"]:
        unit = Unit("foot", Measure.DISTANCE)
    if m["half"] and unit is not None:
        form, bounds = Form.NUMBER, (0.5, 0.5, 0.5)
    if (
        unit
        and unit.measure is Measure.DURATION
        and unit.name == "year"
        and of_age(text, max(0, at.start - 80), at.start)
    ):
        unit = Unit("year", Measure.AGE)
    small = unit is None and isinstance(bounds[1], int) and bounds[1] < 10 and m[0].isalpha()
    loose, at = loosened(text, at, room, tables, small=small)
    if (
        not loose
        and unit is None
        and (limit := AGE_LIMIT.search(text, max(room.start, at.start - REACH), at.start))
    ):
        loose = [tables.bounds[lowered(limit["word"])]]
    counts = (unit is None or unit.measure is Measure.OTHER) and form is not Form.SHARE
    for bound in loose:
        bounds = bounded(bound, *bounds, counts=counts)
    if form is Form.SHARE and unit is None:
        unit = Unit("percent", Measure.SHARE)
    return Quantity(at, core, form, *bounds, unit, bool(loose))


def values(m: re.Match[str], tables: QuantityTables) -> tuple[Form, Range, Bounds]:
    """The form, place and plain bounds of a core."""
    number, core = tables.numbers.value, Range(*m.span())
    parts = tables.numbers.words["part"]
    if m["vague"]:
        return Form.VAGUE, core, tables.vague[lowered(m["vague"])]
    first, last = m["between"] or m["from"], m["and"] or m["to"]
    low, high = ends(first, last, tables) if first else (0, 0)
    if m["from"] and (risen_by(m) or two_states(m, low, high)):
        return Form.NUMBER, Range(*m.span("from")), (number(m["from"]),) * 3
    if first:
        since = FROM.search(m.string, max(0, core.start - 5), core.start) if m["from"] else None
        return Form.RANGE, Range(since.start(), core.end) if since else core, (low, None, high)
    if m["some"]:
        part, whole_ = number(m["some"]), number(m["outof"])
        if part < whole_ and divides(m):
            return Form.SHARE, core, (share(part, whole_),) * 3
        return Form.NUMBER, Range(*m.span("some")), (part,) * 3
    if m["one"]:
        return Form.SHARE, core, (share(1, number(m["each"])),) * 3
    if m["part"] or m["of"]:
        many = number(m["parts"] or m["times"]) or 1
        return Form.SHARE, core, (share(many, parts[lowered(m["part"] or m["of"])]),) * 3
    if m["piece"]:
        many = number(m["pieces"]) if m["pieces"] else 1
        return Form.SHARE, core, (whole(round((many or 1) / parts[lowered(m["piece"])], 3)),) * 3
    if m["feet"]:
        return Form.NUMBER, core, (round(int(m["feet"]) + int(m["inches"]) / 12, 2),) * 3
    if m["half"]:
        return Form.SHARE, core, (50, 50, 50)
    if m["decade"]:
        return Form.DECADE, core, (int(m["decade"]), None, int(m["decade"]) + 9)
    if m["th"]:
        if one_more(m.string, core.start):
            return Form.NUMBER, core, (1, 1, 1)
        word = lowered(m["th"])
        place = tables.numbers.words["ordinal"].get(word) or number(re.sub(r"[a-z]+$", "", word))
        return Form.ORDINAL, core, (place,) * 3
    return Form.NUMBER, core, (number(m["number"]),) * 3


def ends(first: str, last: str, tables: QuantityTables) -> tuple[Amount, Amount]:
    """The two ends of a range; a scale after the second counts for the first where that keeps it the lower ("10 to 15 million")."""
    low, high = tables.numbers.value(first), tables.numbers.value(last)
    bare = tables.numbers.value(tables.numbers.scale.sub("", last))
    if bare and high >= 1000 * bare and low <= 1000:
        scaled = whole(low * high / bare)
        low = scaled if scaled < high else low
    return low, high


def metres(value: Amount | None) -> Amount | None:
    """What "5m" is where it was read as five million."""
    return None if value is None else whole(value / 10**6)


def beside(
    text: str, m: re.Match[str], core: Range, room: Range, tables: QuantityTables
) -> tuple[Unit | None, Range]:
    """The unit beside a core, and the span that takes it in."""
    if m["th"]:
        return None, core
    pattern, names = tables.signs
    before = pattern.search(text, max(room.start, core.start - 8), core.start)
    if before and before.lastindex:
        return names[before.lastindex - 1], Range(before.start(), core.end)
    start = core.end
    if m["vague"] and text.startswith(" of ", start):
        start += 3
    if m["half"] and (article := ARTICLE.match(text, start)):
        start = article.end()
    for pattern, names in (tables.units, tables.joined):
        after = pattern.match(text, start, min(room.end, start + REACH))
        if after and after.lastindex:
            return names[after.lastindex - 1], Range(core.start, after.end())
    if added := ADDED.match(text, start, room.end):  # "two more years"
        pattern, names = tables.units
        after = pattern.match(text, added.end(), min(room.end, start + REACH))
        if after and after.lastindex and names[after.lastindex - 1].measure in ADDED_TO:
            return names[after.lastindex - 1], Range(core.start, after.end())
    after = HYPHEN.match(text, core.end, room.end) if text[core.end - 1].isdigit() else None
    if after and not tables.after.match(text, core.end, room.end):
        return Unit(after[1], Measure.OTHER), Range(core.start, after.end())
    return None, core


def loosened(
    text: str, at: Range, room: Range, tables: QuantityTables, *, small: bool
) -> tuple[list[Bound], Range]:
    """The bounds that approximators around a number set, and the span that takes them in."""
    start, end = at.start, at.end
    found: list[Bound] = []
    before = tables.before.search(text, max(room.start, start - REACH), start)
    if before and not is_own(text, before, at, room, tables, small=small):
        start = before.start()
        found += [tables.bounds[lowered(w)] for w in before.groups() if w]
    if after := tables.after.match(text, end, min(room.end, end + REACH)):
        end = after.end()
        found.append(tables.bounds[lowered(after["first"])])
    firm: list[Bound] = [b for b in found if b is not Bound.ABOUT]
    return firm or found, Range(start, end)


def is_own(
    text: str, before: re.Match[str], at: Range, room: Range, tables: QuantityTables, *, small: bool
) -> bool:
    """Whether what looks like an approximator is a preposition of the words before it: "handed over 30 captives", "over two raids"."""
    if lowered(before["last"]) not in PREPOSITIONS:
        return False
    start = before.start("last")
    lead = max(room.start, start - REACH)
    return small or any(
        b.search(text, lead, start) and n.match(text, at.end, room.end) for b, n in tables.firm
    )
