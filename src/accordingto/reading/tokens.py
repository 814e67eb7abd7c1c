"""Which words a stretch of text has at all: a quick look before patterns that take long to find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = re.compile(r"[^\W\d_]+")
ANY_DIGIT = re.compile(r"[\d½]")
DIGIT = "0"
CAPITALS = re.compile(
    r"\\.|\(\?P[<=]\w+|[A-Z]+"
)  # of a pattern; its classes and group names are no letters of a text


def lowered(text: str) -> str:
    """A text in small letters as tables have them, so that each word that a pattern with `re.I` matches is in its table.

    Such patterns take Turkish İ and ı for an i and ſ for an s; `str.lower` does not.
    """
    return text.lower().replace("i̇", "i").replace("ı", "i").replace("ſ", "s")


def tokens(text: str) -> set[str]:
    """The runs of letters of a text in small letters, and `DIGIT` where it has one."""
    low = lowered(text)
    return {*LETTERS.findall(low), *((DIGIT,) if ANY_DIGIT.search(low) else ())}


def first_tokens(words: Iterable[str]) -> frozenset[str]:
    """The token with which each word or phrase begins."""
    return frozenset(next(iter(LETTERS.findall(w.lower())), DIGIT) for w in words)


def longest_tokens(phrases: Iterable[str]) -> frozenset[str]:
    """The longest token of each phrase, which is hardly ever its most common one."""
    return frozenset(max(LETTERS.findall(p.lower()), key=len, default=DIGIT) for p in phrases)


def small(pattern: str) -> str:
    """A pattern that finds in small letters what the same with `re.I` finds in any, in a third of the time.

    Parts that heed case (`(?-i:…)`) heed none any more, so what is found there may be too much.
    """
    return CAPITALS.sub(lambda m: m[0].lower() if m[0].isalpha() else m[0], pattern)
