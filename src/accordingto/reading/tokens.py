"""Which words a stretch of text has at all: a quick look before patterns that take long to find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = re.compile(r"[^\W\d_]+")
ANY_DIGIT = re.compile(r"\d")
DIGIT = "0"


def tokens(text: str) -> set[str]:
    """The runs of letters of a text in lower case, and `DIGIT` where it has one."""
    low = text.lower()
    return {*LETTERS.findall(low), *((DIGIT,) if ANY_DIGIT.search(low) else ())}


def first_tokens(words: Iterable[str]) -> frozenset[str]:
    """The token with which each word or phrase begins."""
    return frozenset(next(iter(LETTERS.findall(w.lower())), DIGIT) for w in words)


def longest_tokens(phrases: Iterable[str]) -> frozenset[str]:
    """The longest token of each phrase, which is hardly ever its most common one."""
    return frozenset(max(LETTERS.findall(p.lower()), key=len, default=DIGIT) for p in phrases)
