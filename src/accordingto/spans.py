"""Spans and ranges: places in a text, as character offsets.

Offsets are Python string offsets (code points) into one document's text, end exclusive. A `Range` is
two numbers, for work; a `Span` also carries its text, for the record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def gap(a: Range, b: Range) -> int:
    """Characters between two ranges; 0 where they touch or overlap."""
    return max(0, a.start - b.end, b.start - a.end)


class Cover:
    """Ranges that can be asked for by place, so that a long text costs no more a word than a short one.

    Each range is noted in every block of `BLOCK` characters that it touches.
    """

    BLOCK = 512

    def __init__(self, ranges: Sequence[Range]) -> None:
        self._ranges = ranges
        self._blocks: defaultdict[int, list[int]] = defaultdict(list)
        for number, at in enumerate(ranges):
            for block in range(at.start // self.BLOCK, max(at.start, at.end - 1) // self.BLOCK + 1):
                self._blocks[block].append(number)

    def containing(self, at: Range) -> list[int]:
        """The numbers of the ranges that contain `at`, ascending."""
        return [i for i in self._blocks.get(at.start // self.BLOCK, ()) if self._ranges[i].contains(at)]

    def touching(self, at: Range) -> list[int]:
        """The numbers of the ranges that overlap `at`, ascending."""
        blocks = range(at.start // self.BLOCK, max(at.start, at.end - 1) // self.BLOCK + 1)
        near = {i for block in blocks for i in self._blocks.get(block, ())}
        return sorted(i for i in near if self._ranges[i].overlaps(at))
