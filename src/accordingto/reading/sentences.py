"""Words, paragraphs and sentences of a text, all as character offsets.

A word is a run of word characters or one punctuation mark: the finest unit that the network labels.
A paragraph never crosses a line break. Sentences come from the network's sentence ends; before it has
read, `rough_ends` guesses where a text may be cut into windows without harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from accordingto.spans import Range

WORD = re.compile(r"\w+|[^\w\s]")
CLOSERS = frozenset("\"'”’)]»")
STOPS = frozenset(".!?…")


def find_words(text: str, within: Range | None = None) -> list[Range]:
    """The words of `text` (or of its stretch `within`), in order."""
    start, end = within or (0, len(text))
    return [Range._make(m.span()) for m in WORD.finditer(text, start, end)]


def characters(words: Sequence[Range], at: Range) -> Range:
    """A range of word numbers as characters."""
    return Range(words[at.start].start, words[at.end - 1].end)


def breaks_before(text: str, words: Sequence[Range]) -> NDArray[np.int64]:
    """For each word what stands before it: 0 nothing, 1 a blank, 2 a line end, 3 an empty line."""
    out = np.zeros(len(words), np.int64)
    at = 0
    for i, (start, end) in enumerate(words):
        if start > at or i == 0:
            lines = text.count("\n", at, start)
            out[i] = 3 if lines > 1 or i == 0 else 2 if lines else 1
        at = end
    return out


@lru_cache(1 << 16)
def case_of(word: str) -> int:
    """A word's case: 0 no letters, 1 lower, 2 title, 3 capitals, 4 mixed, 5 one capital letter."""
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 5
    if word.istitle():
        return 2
    return 4 if any(c.isalpha() for c in word) else 0


def rough_ends(text: str, words: Sequence[Range], breaks: NDArray[np.int64]) -> list[int]:
    """Word numbers at which a text may be cut: after paragraphs and after likely sentence ends.

    Each number is the exclusive end of a piece; the last is `len(words)`.
    """
    ends: list[int] = []
    closed = False
    for i, (start, _) in enumerate(words):
        first = text[start]
        if i and (breaks[i] >= 2 or (closed and breaks[i] and (first.isupper() or not first.isalnum()))):
            ends.append(i)
            closed = False
        if first in STOPS:
            closed = True
        elif first not in CLOSERS:
            closed = False
    if words:
        ends.append(len(words))
    return ends


def forms(text: str, words: Sequence[Range]) -> NDArray[np.int64]:
    """Shape (words,): a number for each word, the same for words that are equal but for capitals."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(text[w.start : w.end].lower(), len(seen)) for w in words], np.int64)
