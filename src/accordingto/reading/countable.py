"""Which quantities count at all: no dates, times of day, names, formats, list numbers, durations that place an event."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from accordingto.reading.labels import BY_DAY_OR_PLACE
from accordingto.reading.layers import Layers, Name, Timex
from accordingto.reading.measures import NEXT_AGE, MeasureTables, counted, measure_of_rank
from accordingto.reading.numbers import of_age, one_more
from accordingto.reading.quantities import Form, Quantity
from accordingto.record import Measure, TimeType
from accordingto.spans import Range

TOLLS = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED))
OLDEST = 120  # years: a higher number is no age
NAMES_OF_THINGS = frozenset(("Organization", "Product", "Facility", "Misc", "Person", "Location"))
APPOSED = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+)+(?:, | \()$")
YEAR = re.compile(r"(?:1\d|20|21)\d\d")
OF_YEAR = re.compile(r"\b(?:in|of|after|before|since|during|from|over|by|for) the $")
COUNTED_NEXT = re.compile(r" (?:[a-z]+ )?(?:people|children|men|women|[a-z]{3,}s)\b")
YOUNGEST = 3  # years: a lower number between commas is rarely an age
APPOSED_AGE = re.compile(r",[”’\"]? (?!\d|and\b|or\b|of\b|in\b|including\b)[a-z]|\.(?:\s|$)")
WORD_COMMA = re.compile(r"\b(?!in\b|on\b)[A-Za-z][a-z’'-]+, $")
APPOSED_END = re.compile(r",|\)|;|\.(?:\s|$)| and\b| who\b| from\b| of\b")
AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|the age of|ages of|(?P<turned>turned|turning)|as (?:young|old) as)(?: between)? $"
)
TURNED = re.compile(r" (?!this\b|always\b)[a-z]{3,}s\b")  # "turned 17 suspects over"
AGES_BEFORE = re.compile(rf"\b(?:aged?|ages) (?:\d{{1,3}}{NEXT_AGE})+$")
AGES_END = re.compile(
    r"[,.;:)]|$| (?:and|or|in|from|were|was|are|is|have|had|has|who|at|on|when|by|of|after|died|killed|wounded|injured|respectively)\b"
)
ONE_AGE_END = re.compile(r",|;|\)|\.(?:\s|$)|$| and (?:an?|his|her|another|the)\b| who\b| from\b")
MORE_AGES = re.compile(rf"((?:{NEXT_AGE}\d{{1,3}})*)(?:[,;)]|\.(?:\s|$)|$)")
AGE_TOLD = re.compile(
    r"(?:\b(?:he|she|who|i)(?: is| was| am|[’']s|[’']m|(?: had)? (?:just )?turned)|, (?:then|now|both|each|all))(?: just| only| about| still)? $",
    re.I,
)
AGE_TOLD_END = re.compile(r"[,.;)]|$| and\b| when\b| at\b| at the\b| years\b| after\b")
OR_OLDER = re.compile(r" (?:or|and) (?:older|younger)\b")
AGE_LIMIT = re.compile(
    r"\b(?:children|people|those|women|men|youths?|girls|boys|anyone|everyone|kids|adults|minors|all)(?: aged)? $",
    re.I,
)
LIMIT = re.compile(r"(?:under|over|above|below) ", re.I)
SPAN_OF_AGES = re.compile(r"(?:from|between) ", re.I)
AGES_OF = re.compile(
    r"\b(?:children|people|women|men|youths?|girls|boys|kids|adults|pupils|students|minors|teenagers|everyone|anyone)(?: aged)? $",
    re.I,
)
NEXT_LISTED = re.compile(  # "Homs, 12; Hama, 7", whoever Homs is taken for
    r"(?:[;,]|[;,]? and) (?:and )?(?:in )?(?P<next>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*), \d{1,3}\b"
)
ORDINAL = re.compile(r"[a-z](?:d|th|st)$", re.I)
LISTED = re.compile(r"(?:[,;.:]\s|\band )$")
COUNTED_HERE = re.compile(r" (?:[a-z]+ )?(?!(?:was|has|does|is)\b)[a-z]+s\b| [A-Z]")
PER = re.compile(r"\b(?:per|for every|in every) $", re.I)
HOURS = re.compile(r"(?:from )?(?:[01]?\d|2[0-4])[-–](?:[01]?\d|2[0-4])", re.I)
BEFALLEN = re.compile(
    r" (?:[a-z]+ )?(?:were|have|had|died|killed|wounded|injured|hurt|dead|missing|others|more)\b"
)
OF_DAY = re.compile(r",? (?:from |between |at )?")
PHONE = re.compile(  # "+258 84 555 0199", "(020) 555 0188", "020 7555 0188", "Tel. 555 0188"
    r"(?:(?<![\w.,$€£])\+\d{1,3}[ .-]?\(?\d{1,4}\)?|\(0\d{1,4}\)|(?<![\w.,:$€£])0\d{1,4}"
    r"|\b(?i:call|contact|phone|ring|dial)(?: (?:the |an? )?[\w’'-]+){0,3} on \+?\d{2,5}"
    r"|\b(?i:tel|telephone|phone|hotline|helpline|mobile|fax|whatsapp)(?: number)?[.:]{0,2} \+?\d{2,5})(?:[ .-]\d{2,4}){1,4}(?![\w,])"
)
HIS = re.compile(r"\b(?:his|her|their)(?: (?:early|mid|late|mid to late|middle))?[ -](?:mid-)?$", re.I)
LIST_ITEM = re.compile(r"^[ \t]*\(?\d{1,2}[.)]\s", re.M)
TITLE = re.compile(r" (?:Seconds|Minutes|Hours|Days|Weeks|Months|Years)\b")  # the film "13 Hours"
HALF_NAMED = re.compile(
    r"\b(?:first|second|other|latter|last|final|next|top|bottom|better|\w+ern|upper|lower) $", re.I
)
IN_NAME = re.compile(r"[a-z] the $|\bthe $")
CAPITAL_NEXT = re.compile(r" [A-Z][a-z]")
DAYS_TO = re.compile(
    r"(?:st|nd|rd|th)?(?: to | and | or |\s?[-–]\s?)\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,}\b"
)
SIDES = re.compile(r" (?:opposing |warring |rival )?sides\b")
OF_BOTH = re.compile(r"\b(?:the|our|these|those|any given) $", re.I)
SPOKEN_OF = re.compile(  # who was told of before: "the two friendly countries", "the two parties"; but "the two main parties"
    r" (?:(?:[a-z-]+ing|[a-z-]+ly|foreign|brother|sister|allied|rival|prime|cabinet|[A-Z]\w+n|Arab|(?:[A-Z]\w+ )?member) )?"
    r"(?:countries|nations|states|peoples|neighbou?rs|leaders|governments|presidents|ministers|powers|parties)\b"
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
OF_MONTH = re.compile(rf" {MONTH}\b(?!’|')")
HOUR_BEFORE = re.compile(
    r"\b(?:at|after|before|around|about|until|till|past|by|since|from|to|between) $", re.I
)
OF_DAYPART = re.compile(r" (?:in the (?:morning|afternoon|evening)|at night)\b")
LAST_DAY = 31
TWO = 2
ONE_UNIT = re.compile(r" (?:hour|day|week|month|year)$")
LIST_NUMBER = re.compile(r"(?<![\w.,$€£-])(\d{1,2})\s?[-–)](?=\s)")
NUMBERED = re.compile(r"(?:[Nn]os?\.?|[Nn]umber)\b")
SEVERAL_NAMED = re.compile(
    r"\b(?:[Bb]locks|[Uu]nits|[Rr]eactors|[Zz]ones|[Ss]ectors|[Ww]ards|[Gg]ates|[Tt]erminals|[Pp]hases) (?P<more>(?:\d+, )*\d+,? (?:and|or|to) |(?:\d+, )+)?$"
)
NEXT_NAMED = re.compile(r"(?:, \d+)*,? (?:and|or|to) \d+\b(?! (?:[a-z]+s|people)\b)|, \d+")
BEGINS_NAME = frozenset(("Organization", "Product", "Facility", "Location", "Misc"))
NAMED_ON = re.compile(r" (?:(?:de|of|del|da|du|des) )?[A-Z]\w*")
DIGITS = re.compile(r"\d")
CLAUSE = re.compile(r"\d ?\($")  # "section 177 (3)"


def counts(
    text: str, q: Quantity, sentence: Range, layers: Layers, times: Sequence[Timex], tables: MeasureTables
) -> bool:
    """Whether a quantity is a number of something, not a date, a name or a format."""
    measure = q.unit.measure if q.unit else None
    core = text[q.core.start : q.core.end]
    timed = measure not in (Measure.AGE, Measure.MONEY, Measure.SHARE) and any(
        t.at.overlaps(q.core) and not (t.type is TimeType.DURATION and measure is Measure.DURATION)
        for t in times
    )
    to = DAYS_TO.match(text, q.core.end) if core.isdigit() else None
    if to and any(q.core.end < t.at.start < to.end() for t in times):
        return False  # "12 to 15 August"
    if q.form is Form.RANGE and q.unit is None and of_hours(text, q, sentence, times):
        return False
    if timed and not (YEAR.fullmatch(core) and no_year(text, q, sentence, tables)):
        return False
    if measure is Measure.DURATION and places(text, q, sentence, tables):
        return False
    if named(text, q, core, sentence, layers, tables):
        return False
    if LIST_ITEM.match(text, q.core.start) and text.rfind("\n", 0, q.core.start) >= q.core.start - 2:
        return False
    if core.isdigit() and (len(core) > 7 or (len(core) > 1 and core[0] == "0")):
        return False
    if PER.search(text, max(0, q.core.start - 12), q.core.start) or dialled(text, q.core):
        return False
    if CLAUSE.search(text, max(0, q.core.start - 12), q.core.start):
        return False
    if dated(text, q) or numbers_a_list(text, q.core) or (q.unit is None and TITLE.match(text, q.core.end)):
        return False
    if core.lower() == "half" and HALF_NAMED.search(text, max(0, q.core.start - 16), q.core.start):
        return False
    if q.form is Form.DECADE:
        return bool(HIS.search(text, max(0, q.core.start - 24), q.core.start))
    if q.form is Form.NUMBER and ORDINAL.search(core) and one_more(text, q.core.start):
        of, _ = counted(text, q.at.end, sentence.end, True, tables)
        return measure_of_rank(text, q.at, of, sentence, (), tables) in TOLLS
    if core.lower() == "two" and SIDES.match(text, q.core.end):
        return False
    if core.lower() == "one" and q.unit is None:
        return not (
            any(n.label == "Person" and n.at.start == q.core.end + 1 for n in layers.names)
            or text[q.core.end : q.core.end + 1] in ("'", "’")
            or tables.phrases["singular"].match(text, q.core.end)
            or tables.says("singular_before", text, q.core.start - 12, q.core.start)
        )
    return True


def of_hours(text: str, q: Quantity, sentence: Range, times: Sequence[Timex]) -> bool:
    """Whether a range behind a day is of its hours: "open Monday from 4-7"."""
    return (
        HOURS.fullmatch(text, *q.core) is not None
        and not (COUNTED_NEXT.match(text, q.core.end) or BEFALLEN.match(text, q.core.end))
        and any(
            sentence.contains(t.at)
            and t.at.end <= q.core.start
            and OF_DAY.fullmatch(text, t.at.end, q.core.start)
            for t in times
            if t.type is TimeType.DATE
        )
    )


def dated(text: str, q: Quantity) -> bool:
    """Whether a bare number is an hour or a day of a month: "after 10 in the morning", "29 February"."""
    if q.unit is not None or not 0 < (q.best or 0) <= LAST_DAY:
        return False
    if text[q.core.start].isdigit() and OF_MONTH.match(text, q.core.end):
        return True
    hour = HOUR_BEFORE.search(text, max(0, q.at.start - 8), q.at.start)
    return hour is not None and OF_DAYPART.match(text, q.at.end) is not None


def numbers_a_list(text: str, core: Range) -> bool:
    """Whether a number is one of those that number a list within its line: "1- two wells, 2- a school"."""
    if LIST_NUMBER.match(text, core.start) is None:
        return False
    start, end = text.rfind("\n", 0, core.start) + 1, text.find("\n", core.end)
    numbers = list(LIST_NUMBER.finditer(text, start, end if end >= 0 else len(text)))
    rising = [int(m[1]) for m in numbers] == list(range(1, len(numbers) + 1))
    return rising and len(numbers) > 1 and any(m.start() == core.start for m in numbers)


def spoken_of(text: str, q: Quantity) -> bool:
    """Whether "two" only speaks of a pair told before: "the two countries", "our two peoples"."""
    return (
        q.at == q.core
        and text[q.core.start : q.core.end].lower() == "two"
        and OF_BOTH.search(text, max(0, q.core.start - 10), q.core.start) is not None
        and SPOKEN_OF.match(text, q.core.end) is not None
    )


def dialled(text: str, core: Range) -> bool:
    """Whether digits are part of a telephone number."""
    beside = text[max(0, core.start - 2) : core.start] + text[core.end : core.end + 2]
    more = " " in text[slice(*core)] or any(c.isdigit() or c == ")" for c in beside)
    if not text[core.start].isdigit() or not more:
        return False
    start = max(0, core.start - 48)
    around = PHONE.finditer(text, start, core.end + 20)
    return any(m.start() <= core.start < m.end() for m in around)


def no_year(text: str, q: Quantity, sentence: Range, tables: MeasureTables) -> bool:
    """Whether what looks like a year counts things: "killed 2000 farmers", "some 1800 families"; not "killed in the 2012 attacks"."""
    start = max(sentence.start, q.core.start - 24)
    if not COUNTED_NEXT.match(text, q.core.end) or OF_YEAR.search(text, start, q.core.start):
        return False
    return q.approximate or tables.before.pattern.search(text, start, q.core.start) is not None


def places(text: str, q: Quantity, sentence: Range, tables: MeasureTables) -> bool:
    """Whether a duration places an event ("two days after", "in the past three weeks")."""
    joined = text[q.core.end : q.core.end + 1] == "-"
    if joined and not re.match(r"-\w+ (?:ago|earlier|later)\b", text[q.core.end : q.core.end + 30]):
        return False
    if q.best == 1 and not joined and (q.unit and q.unit.name == "day"):
        return True
    if (q.best or 0) >= TWO and ONE_UNIT.search(text, q.core.end, q.at.end) and not joined:
        return False  # "her three day visit"
    return bool(
        tables.says("placed_before", text, max(sentence.start, q.at.start - 40), q.at.start)
        or tables.phrases["placed_after"].match(text, q.at.end)
    )


def named(text: str, q: Quantity, core: str, sentence: Range, layers: Layers, tables: MeasureTables) -> bool:
    """Whether a number is part of a name ("Article 5", "the Group of Seven")."""
    at = bisect_right(layers.names, q.core.start, key=lambda n: n.at.start) - 1
    if at >= 0:
        name = layers.names[at]
        sum_of_money = q.unit is not None and q.at.contains(name.at)  # "JD243" taken for a name
        inside = name.at.contains(q.core) and name.at.start < q.core.start and not sum_of_money
        if name.label in NAMES_OF_THINGS and inside:
            return True
    if q.unit is not None or q.at.start < q.core.start:
        return False
    if any(begins(text, n, q.core) for n in layers.names[max(0, at) : at + 1]):
        return True
    if (
        core.istitle()
        and IN_NAME.search(text, max(sentence.start, q.core.start - 8), q.core.start)
        and CAPITAL_NEXT.match(text, q.core.end)
    ):
        return True  # "the Two Rivers district"
    start = max(sentence.start, q.core.start - 24)
    several = SEVERAL_NAMED.search(text, start, q.core.start)
    if several and core.isdigit() and (several["more"] or NEXT_NAMED.match(text, q.core.end)):
        return True  # "Blocks 5 and 6"
    word = tables.says("name", text, start, q.core.start)
    if word is None:
        return False
    if NUMBERED.match(word[0]) and core.isdigit():
        return True  # "the No. 3 and No. 4 reactors"
    return not re.match(
        r"\s(?!(?:says|is|was|has|notes|warns|shows|lists|covers|gives|puts|reports)\b)(?:[a-z]+\s)?(?:people|children|men|women|[a-z]+s)\b",
        text[q.core.end : q.core.end + 40],
    )


def begins(text: str, name: Name, core: Range) -> bool:
    """Whether a name begins with a number: "9 News", "60 Decibels"; a people with its number before it is none: "12 Freedonians"."""
    return (
        name.label in BEGINS_NAME
        and name.at.start == core.start
        and name.at.end > core.end
        and NAMED_ON.match(text, core.end) is not None
        and not (name.label in ("Misc", "Location") and text[name.at.end - 1] == "s")
    )


def age_of(text: str, q: Quantity, layers: Layers, tables: MeasureTables) -> bool:
    """Whether a bare number is an age: "Anna Petrova, 34,", "a man, 45, and", "boys, 9 and 12,", "aged 12", "children under five"."""
    if q.form not in (Form.NUMBER, Form.RANGE) or q.unit or (q.high or q.best or 0) > OLDEST:
        return False
    before = max(0, q.core.start - 60)
    told = AGE_BEFORE.search(text, max(0, q.at.start - 24), q.at.start)
    if (told and not (told["turned"] and TURNED.match(text, q.at.end))) or spans_ages(text, q):
        return True
    if of_place(text, q.core, layers):
        return False
    if of_age(text, max(0, q.at.start - 80), q.at.start):
        return True
    if BY_DAY_OR_PLACE.search(text, before, q.core.start):
        return False
    if OR_OLDER.match(text, q.at.end) or age_beside_noun(text, q, tables):
        return True
    if AGE_TOLD.search(text, max(0, q.at.start - 24), q.at.start) and AGE_TOLD_END.match(text, q.at.end):
        return True
    if LIMIT.match(text, q.at.start, q.core.start):
        return bool(AGE_LIMIT.search(text, max(0, q.at.start - 24), q.at.start)) and not re.match(
            r" [a-z]+s\b", text[q.at.end : q.at.end + 20]
        )
    if not text[q.core.start].isdigit() or q.form is Form.RANGE or not APPOSED_END.match(text, q.core.end):
        return False
    person = any(
        n.label == "Person" and 0 <= q.core.start - n.at.end <= 2 and text[n.at.end] in ", "
        for n in layers.names
    )
    gap = text[q.core.start - 2 : q.core.start]
    if (
        q.at == q.core
        and APPOSED_AGE.match(text, q.core.end)
        and WORD_COMMA.search(text, before, q.core.start)
    ):
        return (q.best or 0) >= YOUNGEST
    return gap in (", ", " (") and (person or bool(APPOSED.search(text, before, q.core.start)))


def spans_ages(text: str, q: Quantity) -> bool:
    """Whether a range is of ages: "children from 5 to 12 were killed"."""
    if q.form is not Form.RANGE or not SPAN_OF_AGES.match(text, q.at.start):
        return False
    whose = AGES_OF.search(text, max(0, q.at.start - 24), q.at.start)
    return whose is not None and COUNTED_HERE.match(text, q.at.end) is None


def of_place(text: str, core: Range, layers: Layers) -> bool:
    """Whether a number is a place's in a list: "Kor reported 12 dead, Ostan, 4, and Farwa, 3"."""
    following = NEXT_LISTED.match(text, core.end)
    return text.endswith((", ", " ("), 0, core.start) and any(
        n.label == "Location"
        and (
            (n.at.end == core.start - 2 and LISTED.search(text, max(0, n.at.start - 8), n.at.start))
            or (following is not None and n.at == Range(*following.span("next")))
        )
        for n in layers.names
    )


def age_beside_noun(text: str, q: Quantity, tables: MeasureTables) -> bool:
    """Whether a number is an age behind a noun for persons, or one of several ages: "a man, 45, and", "boys, 9 and 12,"."""
    if q.form is not Form.NUMBER or q.at != q.core:
        return False
    start, end = max(0, q.core.start - 60), q.core.end
    if AGES_BEFORE.search(text, start, q.core.start) and AGES_END.match(text, end):
        return True
    if tables.one_aged.search(text, start, q.core.start) and ONE_AGE_END.match(text, end):
        return text[q.core.start].isdigit() or text[end : end + 1] in (",", ")")
    before = tables.all_aged.search(text, start, q.core.start)
    more = MORE_AGES.match(text, end)
    several = before is not None and more is not None and (more[1] or DIGITS.search(before[0]))
    return bool(several)
