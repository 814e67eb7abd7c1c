"""Ranges and lists of times whose members lend each other their years: "between August and October 2023"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from accordingto.reading.layers import Timex
from accordingto.reading.timerules import RESOLVERS, least_of
from accordingto.reading.timestate import State
from accordingto.reading.timevalues import bounds
from accordingto.reading.tokens import lowered
from accordingto.record import TimeType
from accordingto.spans import Range

Candidate = tuple[int, int, str, re.Match[str]]  # start, end, rule, match
COUNTED = frozenset(("ago", "span"))
CALENDAR = frozenset(("date", "month"))
ENDS = CALENDAR | {"weekday", "year", "iso", "slash"}
BETWEEN = re.compile(r"\bbetween(?: the)? $", re.I)
FROM = re.compile(r"\bfrom(?: the)? $", re.I)
MOVED = re.compile(  # "the vote was moved from Monday to Friday"
    r"\b(?:mov|postpon|delay|push|reschedul|adjourn|shift|chang|defer|extend|put (?:off|back)|brought forward)[^.;:]*$",
    re.I,
)
TO = re.compile(r" (?:to|until|till|through|up to) (?:the )?")
DASH = re.compile(r" ?[–—] ?")
LIST = re.compile(r", | (?:and|or) (?:in |on )?")
BEFORE = 80


def resolved(candidate: Candidate, state: State) -> Timex | None:
    """A candidate as a time; None where it is none."""
    start, end, name, m = candidate
    answer = RESOLVERS[name](m, state)
    if name in COUNTED and m.groupdict().get("n"):
        _, start = least_of(m, state)
    return Timex(Range(start, end), *answer, *bounds(answer[1])) if answer else None


def ranged(text: str, pair: Sequence[Candidate], state_of: Callable[[Candidate], State]) -> Timex | None:
    """Two times that are the ends of one, as an interval: the first end takes its year from the last, or the last from the first."""
    if len(pair) < 2 or not is_range(text, *pair):
        return None
    first, last = (state_of(c) for c in pair)
    if tells_year(pair[0]) and not tells_year(pair[1]):
        start = resolved(pair[0], first)
        last.since = start.earliest if start else None
        end = resolved(pair[1], last)
    else:
        end = resolved(pair[1], last)
        first.until = end.latest if end and not tells_year(pair[0]) else None
        start = resolved(pair[0], first)
    if not (start and end and start.earliest and end.latest and start.earliest <= end.latest):
        return None
    kind = TimeType.TIME if TimeType.TIME in (start.type, end.type) else TimeType.DATE
    return Timex(
        Range(start.at.start, end.at.end), kind, f"{start.value}/{end.value}", start.earliest, end.latest
    )


def is_range(text: str, first: Candidate, last: Candidate) -> bool:
    """Whether two times are the ends of a range by the words before and between them.

    An event has one time, so that what lasted "from 2017 to 2020" needs both ends in one.
    """
    if first[2] not in ENDS or last[2] not in ENDS:
        return False
    gap, before = text[first[1] : last[0]], text[max(0, first[0] - BEFORE) : first[0]]
    if BETWEEN.search(before):
        return gap == " and "
    if TO.fullmatch(gap):
        named = first[2] in CALENDAR and last[2] in CALENDAR
        return (named or FROM.search(before) is not None) and not MOVED.search(before)
    return DASH.fullmatch(gap) is not None and first[2] == last[2] and first[2] in CALENDAR


def lent(text: str, found: Sequence[Candidate], state_of: Callable[[Candidate], State]) -> date | None:
    """The last day of the list that a time opens, where the list's year stands there alone: "in March and June 2023"."""
    if found[0][2] not in CALENDAR or tells_year(found[0]):
        return None
    for one, following in pairwise(found):
        gap = text[one[1] : following[0]]
        if following[2] not in CALENDAR or not LIST.fullmatch(gap):
            return None
        if tells_year(following):
            same = lowered(found[0][3][0]) in lowered(following[3][0])  # "in April and April 2024"
            last = resolved(following, state_of(following)) if gap != ", " and not same else None
            return last.latest if last else None
    return None


def tells_year(candidate: Candidate) -> bool:
    """Whether a time says of which year it is."""
    g = candidate[3].groupdict()
    return bool(g.get("y") or g.get("which") or g.get("after") or "year" in lowered(candidate[3][0]))
