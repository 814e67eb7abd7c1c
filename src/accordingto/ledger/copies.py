"""Near-copies among reports: ten reprints of one wire story are one origin.

A report is the set of its word five-grams, hashed. Two reports are near-copies where most of the shorter one's
five-grams stand in the longer one (containment, since outlets cut wire copy from the end; Broder 1997). The
smallest hashes of the set serve as its sketch: two near-copies share some of them, so candidates are found by
looking sketches up, and the sets themselves decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from accordingto.ledger.names import WORD
from accordingto.record import PartKind, Record

SHINGLE = 5  # words
SKETCH = 24  # smallest hashes kept for look-up
CONTAINED = 0.6  # share of the shorter report's shingles in the longer one
FEWEST = 12  # shingles; shorter texts are never called copies
LEAST = (
    5  # sketch hashes in common before two sets are compared; a report cut to a quarter shares 6 on average
)

Shingles = NDArray[np.uint64]
"""Sorted distinct 64-bit hashes, one dimension."""


def shingles(record: Record) -> Shingles:
    """The hashed five-grams of a report's body, or of all its text where no part is marked."""
    d = record.document
    parts = [d.text[p.start : p.end] for p in d.parts if p.kind is PartKind.BODY] or [d.text]
    words = [w for part in parts for w in WORD.findall(part.casefold())]
    grams = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    hashes = [
        int.from_bytes(hashlib.blake2b(g.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
        for g in grams
    ]
    return np.array(sorted(hashes), dtype=np.uint64)


def sketch(grams: Shingles) -> tuple[int, ...]:
    """The smallest hashes, as signed 63-bit numbers that any database keeps."""
    return tuple(int(x) >> 1 for x in grams[:SKETCH]) if len(grams) >= FEWEST else ()


def contained(one: Set[int], other: Set[int]) -> float:
    """The share of the smaller set of hashes that stands in the larger, 0 to 1; 0 where it is too small to tell copies."""
    return overlap(one, other) if min(len(one), len(other)) >= FEWEST else 0.0


def overlap(one: Set[int], other: Set[int]) -> float:
    """The share of the smaller set that stands in the larger, however small it is."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def containment(one: Shingles, other: Shingles) -> float:
    """How much of the shorter report's shingles stands in the longer one, 0 to 1, whether they are copies or not."""
    return overlap(frozenset(one.tolist()), frozenset(other.tolist()))


def are_copies(one: Set[int], other: Set[int]) -> bool:
    """True where one report is a near-copy of the other, or of a piece of it."""
    return contained(one, other) >= CONTAINED


def groups(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Each member with the smallest member that near-copies join it to."""
    above = {m: m for m in members}

    def top(x: int) -> int:
        while above[x] != x:
            above[x] = above[above[x]]
            x = above[x]
        return x

    for a, b in pairs:
        x, y = sorted((top(a), top(b)))
        above[y] = x
    return {m: top(m) for m in above}
