"""Time expressions and their values (TIMEX3), resolved against the publication date.

A weekday without more is the last such day up to the publication date, a month the last such month,
unless the sentence looks ahead ("will", "scheduled for", "next"). Without a publication date relative
expressions are found but keep no value. Method: a grammar of regular expressions over the words of
`data/time_words.csv`, the longest match from the left (after HeidelTime, Strötgen and Gertz 2010).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from accordingto.reading.layers import Timex
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.timerules import RESOLVERS, State
from accordingto.reading.timevalues import bounds
from accordingto.reading.tokens import tokens
from accordingto.spans import Range

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
SEASONAL = re.compile(r" (?:meetings?|offensives?|campaigns?|sessions?|harvests?|talks)\b")
DEFAULT_SPAN = 120


def find_times(
    text: str, *, within: Sequence[Range], published: date | None, tables: TimeTables
) -> tuple[Timex, ...]:
    """The time expressions of the stretches `within`, in order, never overlapping."""
    out: list[Timex] = []
    last: date | None = None
    for stretch in within:
        for start, end, name, m in candidates(text, stretch, tables):
            state = State(text, around(text, stretch, start), published, last, tables.words)
            answer = RESOLVERS[name](m, state)
            if answer is None:
                continue
            kind, value = answer
            earliest, latest = bounds(value)
            out.append(Timex(Range(start, end), kind, value, earliest, latest))
            if earliest and earliest == latest:
                last = earliest
    return tuple(out)


def candidates(text: str, stretch: Range, tables: TimeTables) -> list[tuple[int, int, str, re.Match[str]]]:
    """The matches that count: longest first at each place, none overlapping an earlier one."""
    words = tokens(text[stretch.start : stretch.end])
    found = [
        (m.start(), m.end(), rule.name, m)
        for rule in tables.rules
        if not rule.needs.isdisjoint(words)
        for m in rule.pattern.finditer(text, stretch.start, stretch.end)
        if m.end() > m.start() and passes(rule.name, m, text)
    ]
    found.sort(key=lambda x: (x[0], -x[1]))
    kept: list[tuple[int, int, str, re.Match[str]]] = []
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
    if name in ("date", "month") and not text[m.start("m")].isupper():
        return False
    if name == "weekday" and (not text[m.start("wd")].isupper() or NAMED_DAY.search(before)):
        return False
    if name == "holiday" and not text[m.start("day")].isupper():
        return False
    if name == "month" and not groups.get("y") and m["m"].lower() in NEEDS_CUE:
        return bool(
            MONTH_CUE.search(before) or groups.get("which") or groups.get("after") or groups.get("edge")
        )
    if name == "year":
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
                m["s"].lower() == "fall"
                and not groups.get("y")
                and (groups.get("which") or "").lower() not in ("last", "this", "next")
            )
            and not (m["s"].lower() == "spring" and re.search(r"Arab $", before))
        )
    if name == "plural":
        return bool(
            re.search(
                r"\b(?:for|in|after|over|within|of|took|last|lasted|the|recent|coming|many) $", before, re.I
            )
            or re.match(r" (?:after|of|before|later|ago|since|earlier|on end)\b", after)
        ) and not re.match(r"-old| old", after)
    if name == "span":
        return not re.match(r"[- ]old\b| of age\b", after)
    if name == "related" and (m["which"] or "").lower() == "the":
        weekend = m["u"].lower() == "weekend" and re.search(r"\b(?:over|during|at|on|of|for) $", before)
        return bool(weekend or (groups.get("edge") and not re.match(r"(?:end|beginning) the", m[0], re.I)))
    if name == "daypart":
        return (m["which"] or "").lower() != "the" or bool(
            re.search(r"\b(?:in|during|through|throughout|of) $", before, re.I)
        )
    return True


def around(text: str, stretch: Range, at: int) -> Range:
    """The sentence around a place, roughly."""
    start = (
        max(text.rfind(". ", stretch.start, at), text.rfind("” ", stretch.start, at), stretch.start - 1) + 1
    )
    end = text.find(". ", at, stretch.end)
    return Range(max(start, at - 4 * DEFAULT_SPAN), end if end > 0 else stretch.end)
