"""Passages: the sentence around a span, roughly, and whether two spans stand in one."""

from __future__ import annotations

import re

from accordingto.spans import Span

SHORT = r"(?<!\b[A-Z])(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bLt)(?<!\bNo)(?<!\bMrs)(?<!\bGen)(?<!\bCol)(?<!\bCapt)"  # no ends
SENTENCE_END = re.compile(SHORT + r"[.!?][\"”’')]*\s+(?=[A-Z\"“‘'(])|\n+")
LOOK = 400  # characters on each side of a span in which its sentence is looked for


def sentence(text: str, at: Span) -> Span:
    """The sentence around a span, roughly."""
    low = max(0, at.start - LOOK)
    starts = [m.end() for m in SENTENCE_END.finditer(text[low : at.start + 1])]
    end = SENTENCE_END.search(text[at.end : at.end + LOOK])
    first = low + (starts[-1] if starts else 0)
    last = at.end + end.start() if end else min(len(text), at.end + LOOK)
    return Span(first, last, text[first:last])


def parted(text: str, one: Span, other: Span) -> bool:
    """True where a sentence ends between two spans."""
    a, b = sorted((one, other), key=lambda s: s.start)
    return bool(SENTENCE_END.search(text[a.end : b.start + 1]))
