"""Spans and ranges: places in a text, as character offsets.

Offsets are Python string offsets (code points) into one document's text, end exclusive. A `Range` is
two numbers, for work; a `Span` also carries its text, for the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec


class Range(NamedTuple):
    """A half-open stretch `[start, end)` of one document's text."""

    start: int
    end: int

    def overlaps(self, other: Range) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Range) -> bool:
        """True where `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Span(msgspec.Struct, frozen=True):
    """A stretch of the document with its text: `document.text[start:end] == text`, always."""

    start: int
    end: int
    text: str

    @property
    def range(self) -> Range:
        """The span's offsets alone."""
        return Range(self.start, self.end)


def span(text: str, at: tuple[int, int]) -> Span:
    """The span of `text` at the half-open offsets `at`."""
    return Span(at[0], at[1], text[at[0] : at[1]])


def hull(ranges: Iterable[Range]) -> Range:
    """The smallest range that contains all of `ranges` (at least one)."""
    items = list(ranges)
    return Range(min(r.start for r in items), max(r.end for r in items))


def trim(text: str, at: Range, chars: str | None = None) -> Range:
    """`at` without white space (or `chars`) at its edges; may come out empty."""
    body = text[at.start : at.end]
    start = at.end - len(body.lstrip(chars))
    return Range(start, start + len(body.strip(chars)))
