"""Which attribution stands in what another one says."""

from __future__ import annotations

from collections.abc import Sequence

from accordingto.reading.layers import Attribution
from accordingto.spans import Cover, Range


def parents(items: Sequence[Attribution]) -> list[int | None]:
    """For each attribution the one in whose content its cue stands, the tightest first."""
    out: list[int | None] = []
    parts = [(c, j) for j, other in enumerate(items) for c in other.content]
    cover = Cover([c for c, _ in parts])
    for i, a in enumerate(items):
        mark = a.cue or a.content[0]
        holders = [
            (c.end - c.start, j)
            for c, j in (parts[k] for k in cover.containing(mark))
            if j != i and c != mark
        ]
        out.append(min(holders)[1] if holders else None)
    for i in range(len(out)):  # no circles: a claim is never above itself
        seen, at = {i}, out[i]
        while at is not None and at not in seen:
            seen.add(at)
            at = out[at]
        if at is not None:
            out[i] = None
    return out


def holding(outer: Attribution, mark: Range) -> Range | None:
    """The content of an attribution in which a stretch stands; none where nobody speaks there: “reportedly”."""
    return None if outer.source is None else next((c for c in outer.content if c.contains(mark)), None)
