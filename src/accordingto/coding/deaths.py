"""The deaths that a record reports for one event: one statement a source, parts not counted twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accordingto.coding.bodies import dead_of_it, handed_over
from accordingto.record import Act, Event, Figure, Measure, Record

# Between two figures: the second counts some of the first; or both are counted together.
PART = re.compile(r"\b(?:including|among (?:them|whom)|of (?:them|whom)|most(?:ly)?)\b", re.I)
PART_AFTER = re.compile(
    r"\s*(?:of (?:them|whom|those|the (?:dead|victims))|were (?:women|children|civilians))\b", re.I
)
DEAD_INCLUDED = re.compile(
    r"\b(?:dead|victims|fatalities|casualties|killed|wounded|injured)\b[^.;\n\d]{0,20}\bincluded?\s+(?:\w+\s+){0,2}$",
    re.I,
)
NO_PATTERN = re.compile(r"(?!)")
WHOLES = {  # how those counted in all are called, by what befell them
    Measure.KILLED: r"(?:dead|deceased|slain|killed|victims|fatalities|casualties|bodies)",
    Measure.WOUNDED: r"(?:wounded|injured|hurt|casualties)",
    Measure.DISPLACED: r"(?:displaced|uprooted|evacuees|refugees)",
    Measure.DETAINED: r"(?:detained|arrested|abducted|kidnapped|captured|captives|hostages|detainees)",
    Measure.MISSING: r"missing",
}
OF_ALL = r"(?:the|those|its|their)(?: [\w-]+)?(?: (?:people|persons))?"
AMONG_ALL = {  # “Among the dead were 3 women”
    m: re.compile(
        rf"\bamong {OF_ALL} {w}\b[^.;\n\d]{{0,30}}?\b(?:was|were|is|are)\s+(?:\w+\s+){{0,2}}$", re.I
    )
    for m, w in WHOLES.items()
}
ONE_OF_ALL = {  # “2 of those killed”, “2 children were among the dead”
    m: re.compile(
        rf"(?: [\w-]+){{0,4}}? (?:were|was|are|is) (?:also )?among {OF_ALL} {w}\b|(?: out)? of {OF_ALL} {w}\b",
        re.I,
    )
    for m, w in WHOLES.items()
}
AT_LARGE = re.compile(
    r"\s*(?:,|(?:\w+\s+){0,2}?(?:people|persons|civilians|residents|villagers|passengers|victims|others|[A-Z]\w+)\b)"
)
NEARLY = re.compile(r"\b(?:nearly|almost|close to|approaching|just (?:under|short of))\b", re.I)
MAGNITUDE = re.compile(r"\b(?:dozen|score|hundred|thousand|million|billion|lakh|crore)s?\b")
UNSTATED = frozenset({Act.DENY, Act.REFUSE, Act.DECLINE, Act.SILENT, Act.UNCERTAIN})  # they give no number
SUM = re.compile(r"[^.;!?\n\d]{0,60}(?:\band\b|,|\bas well as\b|\bplus\b)[^.;!?\n\d]{0,25}")
NO_SUM = re.compile(  # the second corrects the first, is compared with it, or is of another day
    r"\b(?:after|before|while|whereas|not|or|than|from|since|instead of|compared (?:with|to))\s+(?:\w+\s+){0,2}$"
    r"|\b(?:earlier|previously|initially|at first|revised|corrected|toll|number|count|total)\b",
    re.I,
)
EVERYONE = frozenset(("people", "persons", "victims", "dead", "deaths", "fatalities", "bodies"))
IN_ANOTHER = re.compile(
    r"(?:\s+[\w’'-]+){0,3}?\s+(?:in|by|at|during) (?:the one|another|the other)\s+(?:in|at|on|near|outside)\b"
)
NEAR = 120  # characters between two figures that may stand together
SPELL = r"(?:day|night|week|month|year|hour|minute|season)"
EVERY_BEFORE = re.compile(
    rf"\b(?:every|each)\s+(?:single\s+)?{SPELL}\b[^.;\n\d]{{0,60}}$"
    r"|\b(?:annual|yearly|monthly|weekly|daily)\s+(?:\w+\s+){0,4}$",
    re.I,
)
EVERY_AFTER = re.compile(
    rf"[^.,;\n\d]{{0,60}}?\b(?:(?:every|each|per)\s+(?:single\s+)?{SPELL}|annually|yearly|monthly|daily)\b",
    re.I,
)
LEFT_OUT = re.compile(  # “does not include the 11 who died later”
    r"(?:\b(?:not|never)|n['’]t)\s+(?:\w+ly\s+|yet\s+)?(?:includ|count|cover)\w*\s+(?:\w+\s+){0,3}$"
    r"|\b(?:exclud(?:es?|ed|ing)|without counting|le(?:aves?|ft|aving) out)\s+(?:\w+\s+){0,3}$",
    re.I,
)
COMPARED = re.compile(  # “the most since 15 were killed in March”
    r"\b(?:highest|worst|deadliest|bloodiest|largest|biggest|most)\b[^.;\n]{0,60}\bsince\s+(?:\w+\s+){0,2}$"
    r"|\bcompared (?:with|to)\s+(?:\w+\s+){0,2}$",
    re.I,
)
OF_THE_YEAR = re.compile(  # “its tally of people killed this year stands at 2,470”
    r"\b(?:toll|tally|number|count|total)\b[^.;\n]{0,80}\bthis (?:year|month|season)\b(?!['’]s)[^.;\n]{0,40}$",
    re.I,
)
OTHER_DAY = re.compile(  # “a day after 20 people were killed”
    r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|before)\s+(?:(?:at least|more than|\w+)\s+){0,2}$",
    re.I,
)
IS_LEFT_OUT = re.compile(
    r"[^.,;\n\d]{0,60}?\b(?:was|were|is|are|been)\s+(?:(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:included|counted)|excluded|left out)\b",
    re.I,
)
FORMER = re.compile(  # “the first toll was nine”, “down from 12”
    r"\b(?:first|initial|earlier|previous|original)\s+(?:\w+\s+)?(?:toll|count|figure|estimate|number|tally)s?\b(?![^.;\n]*\bto\s+(?:\w+\s+){0,2}$)[^.;\n]*$"
    r"|\b(?:earlier|previously|initially|originally|at first|first)\s+(?:(?:had|been|was|is|has)\s+)*(?:put|given|gave|set)\s+(?:[\w'’]+\s+){0,6}?(?:at|as)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:(?:up|down)(?:wards?)?|revised|raised|lowered|reduced|cut),? from\s+(?:\w+\s+){0,2}$",
    re.I,
)
TO = r"\bto\s+(?:\w+\s+){0,2}?(?:\d|[a-z]+teen\b|twen|thir|for|fif|one|two|three|six|seven|eigh|nine|ten\b|eleven)"
CHANGED_TO = re.compile(  # “rose to 62 on Wednesday from 48”
    r"\b(?:ris|rose|climb|grew|grow|increas|jump|mount|rais|revis|updat|f[ae]ll|dropp|lower|reduc|cut)\w*\b"
    rf"[^.;\n]{{0,90}}?{TO}[^.;\n]{{0,60}}?\bfrom\s+(?:\w+\s+){{0,2}}$",
    re.I,
)
OTHER_SUBJECT = (  # “killed nine people and the alert was raised to 3”
    r"\b(?:and|but|while|as|when|where|after|because|with) (?!(?:(?:has|had|have|was|were|later|since|then|now|it|that|this|which|who)\b|(?:the|that|this|its|their) (?:figure|estimate)\b))"
    r"(?:[\w’'-]+ ){1,6}?(?:was|were|been|being|is|are|be)\b"
)
LATER_CHANGED = re.compile(  # “58, a number that was corrected to 52”, “33 but revised it down to 30”
    rf"(?:(?!\b(?:tolls?|numbers?(?! that\b)|counts?|tally|total)\b|{OTHER_SUBJECT})[^.;\n\d]){{0,60}}?\b(?:(?P<less>(?:lower|reduc)(?:ed|ing)|cut(?:ting)?)|revis(?:ed|ing)|correct(?:ed|ing)|rais(?:ed|ing)|updat(?:ed|ing)|amend(?:ed|ing)|chang(?:ed|ing))"
    r"(?:\s+(?:it|that|this|them|(?(less)|(?!))(?:the|that|its|their)\s+(?:death\s+)?(?:toll|count|tally|figure|estimate|number)))?"
    rf"(?:\s+(?:up|down|upwards?|downwards?|later|again|slightly|sharply))*\s+{TO}",
    re.I,
)
REVISED_TO = re.compile(
    r"\b(?:revis|correct|lower|reduc|rais|updat|amend|chang|cut)\w*\b[^.;\n\d]{0,60}$", re.I
)
PLAIN_TO = re.compile(rf"\s+{TO}", re.I)
FROM = re.compile(r"\bfrom\s+(?:\w+\s+){0,2}$", re.I)
TO_ANOTHER = re.compile(rf"(?:\s+\w+){{0,3}}?\s+{TO}", re.I)
FAR = 200  # characters before a number in which it is said to have become another
MISDATED = 3  # days by which the day of a saying may be read wrongly
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
        return total([conservative(f.span.text, f.low, f.best, f.high, vague) for f in self.figures])


def total(values: list[float | int | None]) -> float | int | None:
    """A sum, open where one part is open."""
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) and known else None


def conservative(
    words: str,
    low: float | int | None,
    best: float | int | None,
    high: float | int | None,
    vague: dict[str, int],
) -> float | int | None:
    """A count under ACLED's rule, by its words and numbers: dozens 12, hundreds 100, "tens of thousands" 10 × 1000; else the lowest named.

    Of several vague words ("hundreds, if not thousands") the smallest counts; words for a magnitude that the table
    lacks ("tens of millions") leave it to the count's own bounds. "Up to 30" names no lowest number.
    """
    text = words.casefold()
    word = "|".join(sorted(map(re.escape, vague), key=len, reverse=True))
    found = list(re.finditer(rf"\b({word})(?:\s+of\s+({word}))?\b", text)) if word else []
    rest = re.sub(rf"\b(?:{word})\b", " ", text) if word else text
    if found and not re.search(r"\d", text) and not MAGNITUDE.search(rest):
        return min(vague[m[1]] * vague.get(m[2], 1) for m in found)
    if low is None and high is not None and not NEARLY.search(words):
        return None
    return min((v for v in (low, best) if v is not None), default=None)


def tolls(record: Record, event: Event, *, parts: Collection[str] = ()) -> tuple[Toll, ...]:
    """The statements on an event's deaths, in order; running tolls, rates, ordinals and what is denied are none.

    A count of `parts` of the people ("children", "soldiers") is none where someone counts all.
    """
    text = record.document.text
    acts = {c.id: c.act for c in record.claims}
    kept = [
        f
        for f in record.figures
        if f.event == event.id
        and f.measure is Measure.KILLED
        and not (f.cumulative or f.ordinal)
        and f.unit != "percent"
        and not uncounted(f, text)
        and not of_others(f, text)
        and not former(f, text)
        and (dead_of_it(f, text) or not handed_over(f, text))
        and not told_before(record, f, event)
        and not (f.claims and all(acts.get(c) in UNSTATED for c in f.claims))
    ]
    told = together(kept, text)[0]
    most = max((t.high or t.best or 0 for t in told if all(of_all(f) for f in t.figures)), default=0)
    return tuple(
        t for t in told if not (all(of_a_part(f, parts) for f in t.figures) and (t.best or 0) <= most)
    )


def of_all(f: Figure) -> bool:
    """True for a count of people, whoever they are."""
    return f.of is None or f.of.text.casefold() in EVERYONE


def of_a_part(f: Figure, parts: Collection[str]) -> bool:
    """True for a count of such people as may be a part of those counted in all."""
    return f.of is not None and f.of.text.rsplit(None, 1)[-1].casefold() in parts


def together(figures: Sequence[Figure], text: str) -> tuple[tuple[Toll, ...], tuple[Figure, ...]]:
    """Counts of one measure, in their order, as statements: those that stand together as one; and those that count some of the others."""
    groups: list[list[Figure]] = []
    parts: list[Figure] = []
    for figure in figures:
        whole = groups[-1][-1] if groups else None
        if is_part(whole, parts[-1] if parts else None, figure, text):
            parts.append(figure)
        elif whole is not None and beside(whole, figure, text) and added(whole, figure, text):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    kept = [without_breakdown(g, text) for g in groups]
    parts += [f for g, k in zip(groups, kept, strict=True) for f in g if f not in k]
    return tuple(Toll(tuple(k)) for k in kept), tuple(parts)


def is_part(whole: Figure | None, part: Figure | None, figure: Figure, text: str) -> bool:
    """True for a count of some of those counted before it: "including 3", "3 of whom", or beside such a one."""
    before = text[max(0, figure.span.start - NEAR) : figure.span.start]
    if DEAD_INCLUDED.search(before) or one_of_all(figure, before, text):
        return True
    if whole is not None and near(whole, figure, text):
        one_voice = whole.claims == figure.claims
        between = text[whole.span.end : figure.span.start]
        if PART_AFTER.match(text, figure.span.end) or (one_voice and PART.search(between)):
            return True
    latest = part if part and (whole is None or whole.span.start < part.span.start) else None
    return latest is not None and beside(latest, figure, text) and added(latest, figure, text)


def one_of_all(figure: Figure, before: str, text: str) -> bool:
    """True for a count whose own words say that it is of some of those counted in all, whoever counts them: "3 of the dead"."""
    among, one = AMONG_ALL.get(figure.measure, NO_PATTERN), ONE_OF_ALL.get(figure.measure, NO_PATTERN)
    return among.search(before) is not None or one.match(text, figure.span.end) is not None


def near(one: Figure, other: Figure, text: str) -> bool:
    """True for two counts that stand near each other, neither or both of them running."""
    between = text[one.span.end : other.span.start]
    return one.cumulative == other.cumulative and "\n" not in between and len(between) <= NEAR


def beside(one: Figure, other: Figure, text: str) -> bool:
    """True for two counts of one voice that stand near each other."""
    return one.claims == other.claims and near(one, other, text)


def added(one: Figure, other: Figure, text: str) -> bool:
    """True where words join two counts of different people: "2 soldiers and 3 villagers"; a running toll is added to nothing."""
    between = text[one.span.end : other.span.start]
    return not one.cumulative and SUM.fullmatch(between) is not None and not NO_SUM.search(between)


def of_others(f: Figure, text: str) -> bool:
    """True for a rate ("every year some 2,000 die"), a year's tally, what a count is compared with, those whom it leaves out, and
    those of another deed that bears no name of its own ("12 in Kor and five in the one in Ostan").
    """
    before = text[max(0, f.span.start - NEAR) : f.span.start]
    return (
        f.per is not None
        or any(p.search(before) for p in (EVERY_BEFORE, LEFT_OUT, COMPARED, OF_THE_YEAR))
        or any(p.match(text, f.span.end) for p in (EVERY_AFTER, IS_LEFT_OUT, IN_ANOTHER))
    )


def former(f: Figure, text: str) -> bool:
    """True for a count that is told as given up: “the first toll was nine”, “risen from nine to twelve”, “nine, down from twelve”."""
    before = text[max(0, f.span.start - FAR) : f.span.start]
    if FORMER.search(before[-BEFORE_COUNT:]) or CHANGED_TO.search(before):
        return True
    if LATER_CHANGED.match(text, f.span.end) or (
        REVISED_TO.search(before[-BEFORE_COUNT:]) and PLAIN_TO.match(text, f.span.end)
    ):
        return True
    return bool(FROM.search(before) and TO_ANOTHER.match(text, f.span.end))


def told_before(record: Record, f: Figure, event: Event) -> bool:
    """True for a count that was only said before the event happened, as far as days are told, or is of another day that is told beside it."""
    at = f.span.start
    other = OTHER_DAY.search(record.document.text, max(0, at - NEAR), at)
    if other and event.trigger.start < other.start():
        return True
    day = next((t.earliest for t in record.times if t.id == event.time), None)
    said = [c.said_on.value if c.said_on else "" for c in record.claims if c.id in f.claims]
    return day is not None and bool(said) and all(ends_before(s, day) for s in said)


def ends_before(when: str, day: date) -> bool:
    """True for a day, month or year, in ISO's form, that is over some days before another day."""
    if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", when):
        return False
    return when < (day - timedelta(days=MISDATED)).isoformat()[: len(when)]


def uncounted(f: Figure, text: str) -> bool:
    """True where the words beside a count say that it is not so: “had not killed 12 people”."""
    before = text[max(0, f.span.start - BEFORE_COUNT) : f.span.start]
    return bool(NOT_COUNTED.search(before) or COUNTED_NOT.match(text[f.span.end : f.span.end + BEFORE_COUNT]))


def without_breakdown(group: list[Figure], text: str) -> list[Figure]:
    """The first or last figure alone where the others add up to it: "12 people, two women and 10 men"."""
    for whole, rest in ((group[0], group[1:]), (group[-1], group[:-1])):
        adds_up = len(rest) > 1 and whole.best is not None and total([f.best for f in rest]) == whole.best
        if adds_up and AT_LARGE.match(text, whole.span.end):
            return [whole]
    return group
