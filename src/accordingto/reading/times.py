"""Time expressions and their values (TIMEX3), resolved against the publication date.

A weekday without more is the last such day up to the publication date, a month the last such month,
unless the sentence looks ahead ("will", "scheduled for", "next"). Without a publication date relative
expressions are found but keep no value. Method: a grammar of regular expressions over the words of
`data/time_words.csv`, the longest match from the left (after HeidelTime, Strötgen and Gertz 2010).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date

from accordingto.reading.layers import Timex
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.timenames import in_plain_words, nowadays
from accordingto.reading.timeranges import Candidate, lent, ranged, resolved
from accordingto.reading.timerules import RESOLVERS
from accordingto.reading.timestate import HEADLINE_END, State
from accordingto.reading.timevalues import bounds
from accordingto.reading.tokens import lowered, tokens
from accordingto.spans import Cover, Range

DAYS = frozenset(("weekday", "date", "deictic"))
ZONE = r"(?:\s\(?[A-Za-z.]{2,5}\)?|\slocal(?: time)?)"
AGAIN = rf"(?:\s\([^()]{{1,40}}\)|(?:,?\s|[-–/])(?:(?:and|to|until|or)\s)?\d[\d:.]{{0,4}}(?:\s?[ap]\.?m\.?)?{ZONE}?)"
ON_DAY = re.compile(  # "at 9 p.m. local time (1800 GMT) on Tuesday", "at 9 a.m. and 11 a.m. on Tuesday"
    rf"{ZONE}?{AGAIN}?\)?,?\s(?:(?:late|early)\s)?(?:on\s)?"
)
NEEDS_CUE = frozenset(
    ("may march april june august mar. mar sun. sat. fri. wed. mon. jan dec oct nov feb").split()
)
MONTH_CUE = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|from|through|during|before|after|last|this|next|and|between|early|late|mid|to|"
    r"for|at|past|around|every)|-)\s*$",
    re.I,
)
MONEY = re.compile(r"[$€£#]\s?$|\b(?:no|number|flight|route|page|room|article|resolution)\.?\s$", re.I)
NAMED_DAY = re.compile(r"\b(?:Black|Bloody|Good|Easter|Palm|Ash|Holy|Cyber) $")
FOR_HOLIDAY = re.compile(  # what is there for weeks: "a Christmas market"
    r" (?:markets?|fairs?|trees?|lights|part(?:y|ies)|carols?|gifts?|presents?|cards?|cake|pudding|decorations?|"
    r"concerts?|songs?|movies?|films?|spirit|truce|ornaments?|parade)\b",
    re.I,
)
PAPERS = re.compile(
    r" (?:Times|Telegraph|Herald|Mail|Mirror|Express|Post|Star|Tribune|Monitor|Vision|Nation|Standard|Sun)\b"
)
FIRST_NAMES = frozenset(("april", "may", "june", "august"))
BY_NAME = re.compile(r"\b(?:by|of|for|to|and|from|past) $")  # before a first name, too
OF_DAY = re.compile(r"\b(?:early|small|wee|late) $", re.I)  # "the early hours after the raid"
SURNAME = re.compile(r" [A-Z][a-z]+")
WHAT_LASTS = re.compile(r"-\w+$")  # "a two-day march" says how long a march is
RATE = re.compile(  # "4,000 bombs a month", "three times a week"
    r"(?:\b(?:once|twice|times|hours|dollars|euros|pounds|people|percent)|\b(?:[\d,.]+|two|three|four|five|six|seven|eight|nine|"
    r"ten|dozens?|hundreds?|thousands?|millions?|multiple|several|many|few)(?: of)? \w+s|[\d,.]+ \w+illion|(?:[$€£][\d,.]+(?: \w+illion)?|(?:yuan|yen|won|baht|rand|birr))(?: \([^()\n]{1,24}\))?) $",
    re.I,
)
CAPITAL_UNIT = re.compile(r"\d+ [A-Z][a-z]")
SEASONAL = re.compile(
    r" (?:meetings?|offensives?|campaigns?|sessions?|harvests?|talks|heat|holidays?|months|rains|break|vacation)\b"
)
RIOT = re.compile(r" (?!on\b|of\b|for\b|to\b|in\b|and\b|was\b|is\b|by\b)[a-z]{2,}")  # "the June riot"
RATIO = re.compile(  # of which numbers a clock's hour is none: "a ratio of 1:15", "from 1:9 to"
    r"\b(?:ratios?|odds|scale|proportions?)\b[^.;\n]{0,40}$|\b\d{1,3}:\d(?!\d)[^.;\n]{0,30}$"
)
A_NAME = re.compile(r"[a-z,] (?:by|in|on|to|with|the|of|for|from|told|magazine) $")
IN_TITLE = re.compile(r" (?:in|with|on|of) [A-Z]")
DEFAULT_SPAN = 120
LONGEST_HEADLINE = 160
LONGEST_COUNTED = 40  # characters of what a number counts, at most
DAY_END = re.compile(r"\s*(?:[\n:;.,–—-]|$)")
LINE_OPENING = re.compile(r"(?:^|\n)[ \t\[(*•–—-]*$")
COUNTED = re.compile(
    r" (?:(?:more|other|people|others|men|women|children|dead|wounded|injured|per|percent|million|billion|thousand|hundred|of|were|have|died)\b"
    r"|(?:[a-z]+ )?[a-z]{3,}(?<!\bthi)(?<!\bacros)(?<!\balway)s\b)"
)
SENTENCE_END = re.compile(  # not the dot of an initial, an office or a month
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Lt))(?<!\b(?:Mrs|Gov|Gen|Sen|Rep|Col|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"(?<!\bSept)\. "
)
APART = re.compile(
    r"\n|\b(?:while|whereas|but)\b"
)  # between days of which one tells nothing of the other's year
FOR = re.compile(r"\bfor $", re.I)
LAST = re.compile(r"last\b", re.I)
OPENS = re.compile(
    r"(?:^|[.!?”\"\n]\s*)(?:[Ii]n )?$"
)  # a sentence: "Tuesday’s attack", "In Tuesday’s attack"
CONSECUTIVE = re.compile(r"\b(?:consecutive|straight|successive)\b", re.I)
COMPARED = re.compile(r"\b(?:earlier|before|previous|same)\b", re.I)  # no base of the next "a year earlier"
IN_A_LAW = re.compile(  # "under the Arms Control Act, 2002": part of a law's name
    r"\b(?:[A-Z][\w’'-]*|\)) (?:Act|Rules|Regulations?|Code|Ordinance|Law|Bill|Order|Statute|Decree)(?: \([^()\n]{1,40}\))?,? $"
    r"|\bunder (?:the )?[A-Z]{3,6},? $"
)
LONGEST_LAW = 72  # characters before its year
PART = re.compile(  # "a quarter of the houses", "a quarter has been paid"
    r"[ -](?:of|million|billion|century|mile)\b| (?:has|have|is|are|was|were)\b", re.I
)


def find_times(
    text: str,
    *,
    within: Sequence[Range],
    published: date | None,
    tables: TimeTables,
    sentences: Sequence[Range] = (),
) -> tuple[Timex, ...]:
    """The time expressions of the stretches `within`, in order, never overlapping.

    `sentences` tell which words stand with an expression; where none holds it they are guessed by full stops.
    """
    known = Cover(sentences)
    out: list[Timex] = []
    last: date | None = None
    spoken: list[tuple[date, date]] = []
    heading, owner = published, None
    found_in = [candidates(text, stretch, tables) for stretch in within]
    dated = days_dated(text, found_in, tables.words["month"])
    for stretch, found in zip(within, found_in, strict=True):
        after = 0  # the end of a range is read with its beginning
        for n, candidate in enumerate(found):
            if n < after:
                continue

            def state_of(c: Candidate, last: date | None = last, stretch: Range = stretch) -> State:
                at = Range(c[0], c[1])
                sentence = next((sentences[i] for i in known.containing(at)), None)
                part = around(text, stretch, at, sentence)
                line = is_headline(text, stretch)
                return State(
                    text, part, published, last, tables.words, tables.schedule, line, told=spoken, dated=dated
                )

            timex = ranged(text, found[n : n + 2], state_of)
            after = n + 2 if timex else n + 1
            if timex is None:
                state = state_of(candidate)
                if candidate[2] == "clock":
                    following = next((f for f in found[n + 1 : n + 3] if f[2] != "clock"), None)
                    hour = Range(candidate[0], candidate[1])
                    told = day_told(text, hour, following, state) if following else None
                    near = last if owner is None or owner.end >= candidate[0] else None
                    state.last = told or (heading if opens_line(text, candidate[0]) else near)
                state.until = lent(text, found[n:], state_of)
                timex = resolved(candidate, state)
            if timex is None:
                continue
            out.append(timex)
            if (end := last_told(timex)) and (end[0] == end[1] or not COMPARED.search(text, *timex.at)):
                spoken.append(end)
            if ends_on_a_day(timex):
                last = timex.latest
                owner = state_of(candidate).sentence if names_another(text, timex.at) else None
                if timex.earliest == last and fills_line(text, timex.at):
                    heading = last
    return tuple(out)


def days_dated(
    text: str, found: Sequence[Sequence[Candidate]], months: dict[str, str]
) -> dict[tuple[int, int], int]:
    """The days (month and day) that a report tells with a year, each with that year, none of two years; with those told beside one of them in
    a sentence, “arrested on July 17 and freed on July 19”.
    """
    years: dict[tuple[int, int], set[int]] = {}
    told = [[(s, e, m, day_of(m, months)) for s, e, name, m in cs if name == "date"] for cs in found]
    for _, _, m, day in (d for ds in told for d in ds if d[2]["y"]):
        years.setdefault(day, set()).add(int(m["y"]))
    dated = {day: min(ys) for day, ys in years.items() if len(ys) == 1}
    for (_, end, _, one), (start, _, _, other) in (p for ds in told for p in itertools.pairwise(ds)):
        first, second = (one, other) if one in dated else (other, one)
        if first not in dated or second in years or second[0] != first[0]:
            continue
        if not APART.search(text, end, start) and not SENTENCE_END.search(text, end, start):
            dated[second] = dated[first]
    return dated


def day_of(m: re.Match[str], months: dict[str, str]) -> tuple[int, int]:
    """The month and day of a date."""
    return int(months[lowered(m["m"])]), int(m["d"])


def day_told(text: str, hour: Range, following: Candidate, state: State) -> date | None:
    """The day that is named right after an hour: "at 9 a.m. on Tuesday"."""
    start, _, name, m = following
    if name not in DAYS or not ON_DAY.fullmatch(text, hour.end, start):
        return None
    if opens_line(text, hour.start) and text[hour.end : start] == " " and not DAY_END.match(text, m.end()):
        return None  # "16:10 Yesterday two were killed"
    answer = RESOLVERS[name](m, state)
    first, last = bounds(answer[1]) if answer else (None, None)
    return first if first == last else None


def names_another(text: str, at: Range) -> bool:
    """Whether a day only names what it owns, in passing or as of last week: "over Tuesday’s vote", "Last Sunday’s vote".

    Not that of which its sentence goes on to tell, "Tuesday’s attack hit a market": an hour told next is of that day.
    """
    owns = text.startswith(("'s ", "’s "), at.end)
    return owns and (
        LAST.match(text, at.start) is not None or not OPENS.search(text, max(0, at.start - 8), at.start)
    )


def ends_on_a_day(timex: Timex) -> bool:
    """Whether a time is a day, or a range whose last end is one: what is told next may count from there."""
    return timex.latest is not None and bounds((timex.value or "").rpartition("/")[2])[0] == timex.latest


def last_told(timex: Timex) -> tuple[date, date] | None:
    """The first and last day of a time, of the last end of a range; None where they are not known."""
    first, last = bounds((timex.value or "").rpartition("/")[2])
    return (first, last) if first and last else None


def opens_line(text: str, at: int) -> bool:
    """Whether an hour is the stamp of an entry: it opens a line ("18:20 Two killed")."""
    return text[at].isdigit() and LINE_OPENING.search(text, max(0, at - 12), at) is not None


def fills_line(text: str, at: Range) -> bool:
    """Whether a day is a line of its own, over the entries of that day."""
    start, end = text.rfind("\n", 0, at.start) + 1, text.find("\n", at.end)
    rest = text[start : at.start] + text[at.end : end if end >= 0 else len(text)]
    return end >= 0 and not any(c.isalnum() for c in rest)


def is_headline(text: str, stretch: Range) -> bool:
    """Whether a line is a headline or the like: one without a full stop, with lines below."""
    line = text[stretch.start : stretch.end]
    return (
        len(line) <= LONGEST_HEADLINE and not HEADLINE_END.search(line) and text.find("\n", stretch.end) >= 0
    )


def candidates(text: str, stretch: Range, tables: TimeTables) -> list[Candidate]:
    """The matches that count: longest first at each place, none overlapping an earlier one."""
    words = tokens(text[stretch.start : stretch.end])
    found = [
        (m.start(), m.end(), rule.name, m)
        for rule in tables.rules
        if rule.may_match(words)
        for m in rule.pattern.finditer(text, stretch.start, stretch.end)
        if m.end() > m.start() and passes(rule.name, m, text)
    ]
    found.sort(key=lambda x: (x[0], -x[1]))
    kept: list[Candidate] = []
    for c in found:
        if not kept or c[0] >= kept[-1][1]:
            kept.append(c)
        elif c[1] - c[0] > kept[-1][1] - kept[-1][0] + 3 and (len(kept) < 2 or c[0] >= kept[-2][1]):
            kept[-1] = c
    return kept


def passes(name: str, m: re.Match[str], text: str) -> bool:
    """Whether a match is a time at all in its surroundings."""
    before, after = text[max(0, m.start() - 16) : m.start()], text[m.end() : m.end() + 14]
    groups = m.groupdict()
    if name in ("date", "month", "days") and not text[m.start("m")].isupper():
        return False
    if name == "days" and not is_days(m, text[m.end() : m.end() + LONGEST_COUNTED], before):
        return False
    if name == "weekday" and (
        not text[m.start("wd")].isupper() or NAMED_DAY.search(before) or PAPERS.match(after)
    ):
        return False
    if (
        name == "month"
        and lowered(m[0]) in FIRST_NAMES
        and BY_NAME.search(before)
        and SURNAME.match(text, m.end())
    ):
        return False  # "a question by June Harlow"
    if name == "holiday" and (not text[m.start("day")].isupper() or FOR_HOLIDAY.match(after)):
        return False
    if name == "deictic" and lowered(groups.get("word") or "") == "today":
        return not nowadays(text, m)
    if name == "clock" and RATIO.search(text, max(0, m.start() - 60), m.start()):
        return False
    if name == "related" and m[0].istitle() and A_NAME.search(text, max(0, m.start() - 40), m.start()):
        return IN_TITLE.match(text, m.end()) is None  # "seen by This Week in Asia"
    if name == "month" and not groups.get("y") and lowered(m["m"]) in NEEDS_CUE:
        return bool(
            MONTH_CUE.search(before)
            or (before.endswith("the ") and RIOT.match(after))
            or groups.get("which")
            or groups.get("after")
            or groups.get("edge")
        )
    if name == "year":
        if IN_A_LAW.search(text, max(0, m.start() - LONGEST_LAW), m.start()):
            return False
        return not (
            MONEY.search(before)
            or re.match(r" Index\b", after)
            or re.match(r"\s?(?:%|percent|people|km|miles|meters|metres|troops)|[,.]\d", after)
        ) and (
            not re.match(
                r"\s(?:people|children|civilians|soldiers|homes|houses|families|men|women|dollars|votes|seats)",
                after,
            )
        )
    if name == "season":
        return (
            bool(
                groups.get("which")
                or groups.get("y")
                or re.search(r"\b(?:in|during|since|by) $", before)
                or SEASONAL.match(after)
            )
            and not (
                lowered(m["s"]) == "fall"
                and not groups.get("y")
                and lowered(groups.get("which") or "") not in ("last", "this", "next")
            )
            and not (lowered(m["s"]) == "spring" and re.search(r"Arab $", before))
        )
    if name == "plural":
        return bool(
            re.search(
                r"\b(?:for|in|after|over|within|of|took|last|lasted|the|recent|coming|many) $", before, re.I
            )
            or re.match(r" (?:after|of|before|later|ago|since|earlier|on end)\b", after)
        ) and not (re.match(r"-[a-z]| old| of age\b", after) or OF_DAY.search(before))
    if name == "ago" and lowered(m["way"]) != "ago" and FOR.search(before):
        return False  # "held it for three days before troops came"
    if name == "span":
        return not (
            re.match(r"-[a-z]| old\b| of age\b", after)
            or (groups.get("n") and lowered(groups.get("u") or "") == "quarter" and is_part(m, text))
            or how_long(m)
            or counts_on(text, m, groups.get("n") or "")
            or (CAPITAL_UNIT.match(m[0]) and in_plain_words(text, m))
        )
    if name == "related" and lowered(m[0]) == "the end of the day" and after.startswith(","):
        return False  # "at the end of the day, it is a job"
    if name == "related" and lowered(m[0]) == "this day" and lowered(before).endswith("to "):
        return False  # "to this day"
    if name == "related" and lowered(m["which"] or "") == "the":
        weekend = lowered(m["u"]) == "weekend" and re.search(r"\b(?:over|during|at|on|of|for) $", before)
        return bool(weekend or (groups.get("edge") and not re.match(r"(?:end|beginning) the", m[0], re.I)))
    if name == "daypart":
        return lowered(m["which"] or "") != "the" or bool(
            re.search(r"\b(?:in|during|through|throughout|of) $", before, re.I)
        )
    return True


def is_days(m: re.Match[str], after: str, before: str) -> bool:
    """Whether a list or range of days goes up, and its last number counts nothing: "on Feb. 13 and 14 people died"."""
    g = m.groupdict()
    if not g.get("to") and int(g["d"]) >= int(g["until"]):
        return False
    counted = m[0][-1].isdigit() and not g.get("y") and g.get("joint") and COUNTED.match(after)
    return not counted or before.endswith("the ")


def is_part(m: re.Match[str], text: str) -> bool:
    """Whether quarters are a fraction of something rather than times of a year."""
    return PART.match(text, m.end()) is not None and CONSECUTIVE.search(m[0]) is None


def how_long(m: re.Match[str]) -> bool:
    """Whether a span is an adjective, which says how long something lasts: "a two-day march", "a three day trip"."""
    u, count = m.groupdict().get("u"), lowered(m.groupdict().get("n") or "a")
    several = count not in ("a", "an", "one", "1", "half a")
    return WHAT_LASTS.search(m[0]) is not None or bool(u and several and m[0].endswith(u))


def counts_on(text: str, m: re.Match[str], count: str) -> bool:
    """Whether "a second" is an ordinal, or "a week" the time of a rate."""
    if lowered(count) not in ("a", "an"):
        return False
    return lowered(m["u"]) == "second" or RATE.search(text, max(0, m.start() - 40), m.start()) is not None


def around(text: str, stretch: Range, at: Range, sentence: Range | None) -> Range:
    """The sentence around an expression, without what is quoted before it; a rough one where it is not known."""
    if sentence is None:
        first = max(stretch.start, at.start - 4 * DEFAULT_SPAN)
        start = max((m.end() for m in SENTENCE_END.finditer(text, first, at.start)), default=first)
        stop = SENTENCE_END.search(text, at.end, stretch.end)
        sentence = Range(start, stop.start() if stop else stretch.end)
    start = max(sentence.start, stretch.start, at.start - 4 * DEFAULT_SPAN)
    return Range(max(start, text.rfind("” ", start, at.start) + 1), min(sentence.end, stretch.end))
