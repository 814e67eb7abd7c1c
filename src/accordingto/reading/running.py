"""Whether a number is a running toll, by the words of its clause: "so far", "have been killed", "since May"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.measures import MeasureTables
from accordingto.reading.rises import rising
from accordingto.reading.sincewhen import compared, only_compared
from accordingto.spans import Range

CLAUSE = re.compile(  # where another clause begins: "rose to 41 as divers found", "have fled; 40 of them"
    r";|, but\b|\s[—–]\s|\b(?:after|when|where|as(?= (?:the|an?|its|their|his|her|[a-z]+s|[a-z]+ed|[A-Z]\w+)\b))\b(?! all\b)"
)
THE_TOLL = re.compile(
    r"\b(?:the|its) (?:death )?(?:toll|count|figure)\b[^.;]*$", re.I
)  # which a sentence has told of
PAST_DAY = re.compile(
    r"\b(?:in|over|during|within) (?:the |a )?(?:(?:past|last|previous|preceding|single|same) )?(?:day|night|(?:24|48|72)[ -]hours?|hours?)\b"
    r"|\b(?:on \w+day|yesterday|today|overnight|one day) alone\b"
)
SPAN = (
    r"(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|overnight|this (?:week|month|morning)"
    r"|(?:in|over|during) the (?:past|last|previous) (?:[\w-]+ )?(?:days?|nights?|weeks?|months?|hours))\b"
)
OF_THEM = re.compile(rf"(?: [a-z]+)? of (?:them|whom|these|those)(?: [a-z]+){{0,2}}? {SPAN}")
PART_BEFORE = re.compile(r"\b(?:including|among them)(?: (?:at least|about|some|more than))? $")
PART_THEN = re.compile(rf"(?: [a-z]+){{0,3}}? {SPAN}")
ELLIPTIC = re.compile(r"\b(?:and|with|plus|but) (?:(?:another|a further|a total of) )?$")
RIGHT_BEHIND = re.compile(r"(?: (?:people|others|more))? ")
TARGET = re.compile(
    r"\b(?:aim|plan|hope|intend|want|seek|target)\w*(?: [\w’'-]+){0,4}? to [a-z]+ (?:[a-z]+ ){0,2}$", re.I
)
NEAR = 60  # characters before a number in which it may be told that it is a target


def goes_on(text: str, at: Range, sentence: Range, others: Sequence[Range], tables: MeasureTables) -> bool:
    """Whether a number is a running toll by the words of its clause, or by those of a clause that holds no number.

    How a day's toll compares with those before it makes none, nor does the day that a number or a part of a toll is told of; what is aimed
    at is none either.
    """
    if (
        of_a_day(text, at, sentence, others)
        or part_of_a_day(text, at, sentence)
        or aimed_at(text, at, sentence)
        or only_compared(text, at, sentence)
    ):
        return False
    found = [Range(*m.span()) for m in tables.phrases["running"].finditer(text, *sentence)]
    past = compared(text, sentence) if found else []
    live = [phrase for phrase in found if not any(c.contains(phrase) for c in past)]
    for phrase in live:
        clause = clause_of(text, phrase, sentence)
        its = clause.contains(at) or not any(clause.contains(o) for o in others)
        if its and at.start >= owner(text, phrase, others):
            return True
    if not live or THE_TOLL.search(text, clause_of(text, at, sentence).start, at.start) is None:
        return False
    return any(at.start >= owner(text, phrase, others) for phrase in live)


def owner(text: str, phrase: Range, others: Sequence[Range]) -> int:
    """Where the number begins to which alone words of a running toll belong, 0 where they may be of any: "14 on Friday and [300] since May"."""
    last = max((o for o in others if o.end <= phrase.start), default=None)
    if last is None or not RIGHT_BEHIND.fullmatch(text, last.end, phrase.start):
        return 0
    return last.start if ELLIPTIC.search(text, max(0, last.start - NEAR), last.start) else 0


def part_of_a_day(text: str, at: Range, sentence: Range) -> bool:
    """Whether a number is the part of a toll that a day or week had: "30 of them on Sunday", "including 12 on Monday"."""
    before = PART_BEFORE.search(text, max(sentence.start, at.start - NEAR), at.start)
    found = OF_THEM.match(text, at.end, sentence.end) or (
        before and PART_THEN.match(text, at.end, sentence.end)
    )
    return found is not None


def aimed_at(text: str, at: Range, sentence: Range) -> bool:
    """Whether a number is what somebody wants to reach: "aims to reach 80,000"."""
    return TARGET.search(text, max(sentence.start, at.start - NEAR), at.start) is not None


def clause_of(text: str, at: Range, sentence: Range) -> Range:
    """The clause in which words stand, from one conjunction to the next."""
    start = max((m.end() for m in CLAUSE.finditer(text, sentence.start, at.start)), default=sentence.start)
    end = CLAUSE.search(text, at.end, sentence.end)
    return Range(start, end.start() if end else sentence.end)


def of_a_day(text: str, at: Range, sentence: Range, others: Sequence[Range]) -> bool:
    """Whether a number is told of the day before: "killed 40 people over the past day"; not what a toll has risen to in it."""
    following = min((o.start for o in others if o.start >= at.end), default=sentence.end)
    m = PAST_DAY.search(text, at.end, following)
    return m is not None and not CLAUSE.search(text, at.end, m.start()) and not rising(text, sentence, at)
