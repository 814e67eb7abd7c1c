"""Words for times that are parts of names or mean no day: "USA Today", the film "13 Hours", "the youth of today"."""

from __future__ import annotations

import re

PLAIN_WORD = re.compile(r"(?<![\w’'-])[a-z]{4,}\b")
CAPITAL_BEFORE = re.compile(
    r"[A-Za-z0-9,’'”] (?:[A-Z][\w’-]+ )?[A-Z][a-z]*[A-Za-z] $|\b[A-Z]{2,5} $|^Russia $"
)
CAPITALS_BEFORE = re.compile(r"\b[A-Z]{2,} $")
CAPITALS_NEXT = re.compile(r" [A-Z]{2,}\b")
STILL = re.compile(r"\b(?:even|until|till) $", re.I)
THESE_TIMES_BEFORE = re.compile(
    r"\b(?:challenges|problems|needs|realit(?:y|ies)|youth|people|children|women|men|world|generations?|societ(?:y|ies)|leaders|issues|"
    r"young|standards) of $",
    re.I,
)
THESE_TIMES = re.compile(
    r"[’']s (?:(?:young|modern|global|digital|changing|increasingly|fast|complex|interconnected) )?(?:world|societ(?:y|ies)|youth|young|generations?|"
    r"people|children|kids|families|women|students|standards|age|era|times|realit(?:y|ies)|economy|technology|consumers|diners|challenges)\b"
)


def nowadays(text: str, m: re.Match[str]) -> bool:
    """Whether "today" is part of a name or means these times: "USA Today", "even today", "the youth of today", "today's world"."""
    start, end = m.start(), m.end()
    if m[0][0].isupper() and in_a_name(text, m):
        return True
    return bool(
        STILL.search(text, max(0, start - 8), start)
        or THESE_TIMES_BEFORE.search(text, max(0, start - 24), start)
        or THESE_TIMES.match(text, end)
    )


def in_a_name(text: str, m: re.Match[str]) -> bool:
    """Whether "Today" belongs to the capitals beside it: "Russia Today said"; but not in a headline of capitals."""
    if not in_plain_words(text, m):
        return False
    line_start = text.rfind("\n", 0, m.start()) + 1
    if m[0].isupper():
        return bool(CAPITALS_BEFORE.search(text, line_start, m.start()) or CAPITALS_NEXT.match(text, m.end()))
    return CAPITAL_BEFORE.search(text, line_start, m.start()) is not None


def in_plain_words(text: str, m: re.Match[str]) -> bool:
    """Whether a match stands in a line of small letters, where a capital makes a name: the film "13 Hours"."""
    line_start, line_end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.end())
    return len(PLAIN_WORD.findall(text, line_start, line_end if line_end >= 0 else len(text))) >= 2
