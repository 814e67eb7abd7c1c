"""Claims inside claims: what sources say that others say, found in a record.

A claim stands inside another where its cue stands in the other's content. An annotated one is found where a claim of the record that
stands inside another has a cue that overlaps and shares at least half of the content's characters (intersection over union, as `gold.py`
compares contents).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accordingto.record import Record

Stretch = tuple[int, int]
Nested = tuple[Stretch, tuple[Stretch, ...]]


def shared(a: Sequence[Stretch], b: Sequence[Stretch]) -> int:
    """The characters that two lists of stretches share."""
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def alike(a: Nested, b: Nested) -> bool:
    """Whether two claims have one cue and half of their contents."""
    common = shared(a[1], b[1])
    size = sum(e - s for part in (a[1], b[1]) for s, e in part) - common
    return shared([a[0]], [b[0]]) > 0 and 2 * common >= size


def inside(claims: Sequence[Nested]) -> list[Nested]:
    """Those of the claims whose cue stands in another's content."""
    return [
        c
        for i, c in enumerate(claims)
        if any(j != i and any(s <= c[0][0] and c[0][1] <= e for s, e in o[1]) for j, o in enumerate(claims))
    ]


def annotated(claims: Sequence[dict[str, Any]]) -> list[Nested]:
    """The claims of a packed annotation that stand inside others; bare quotations hold some and are none."""
    every = [(tuple(c["cue"] or (-1, -1)), tuple(tuple(s) for s in c["content"])) for c in claims]
    return inside(every)


def recorded(record: Record, shift: int) -> list[Nested]:
    """The same of a record, its text moved by so many characters."""
    span = lambda s: (s.start + shift, s.end + shift)  # noqa: E731
    return inside(
        [(span(c.cue) if c.cue else (-1, -1), tuple(span(s) for s in c.content)) for c in record.claims]
    )


def counted(gold: Sequence[Nested], found: Sequence[Nested]) -> tuple[int, int, int]:
    """Annotated, found, right; each counts once."""
    left = list(found)
    right = 0
    for g in gold:
        if (same := next((f for f in left if alike(g, f)), None)) is not None:
            left.remove(same)
            right += 1
    return len(gold), len(found), right


def row(counts: Sequence[tuple[int, int, int]]) -> dict[str, float]:
    """Precision, recall and F1 in percent over several reports."""
    gold, found, right = (sum(c[i] for c in counts) for i in range(3))
    p, r = 100 * right / max(1, found), 100 * right / max(1, gold)
    f1 = 2 * p * r / (p + r) if right else 0.0
    return {"P": round(p, 1), "R": round(r, 1), "F1": round(f1, 1), "gold": gold, "pred": found}
