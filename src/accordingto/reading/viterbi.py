"""Best tag sequences under a linear-chain CRF, many sequences at once (Viterbi 1967), in numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.spans import Range


def best_tags(
    scores: Sequence[NDArray[np.float32]],
    moves: NDArray[np.float32],
    first: NDArray[np.float32],
    last: NDArray[np.float32],
) -> list[NDArray[np.int64]]:
    """The best tag of every word of every sequence.

    Args:
        scores: emissions, each (words, tags), at least one word.
        moves: (from, to) transition scores; `first`, `last` those of the edges.

    The loop is over word positions, all sequences in step; finished ones drop out.
    """
    order = sorted(range(len(scores)), key=lambda i: -len(scores[i]))
    lengths = np.array([len(scores[i]) for i in order])
    if not order:
        return []
    longest, tags = int(lengths[0]), len(first)
    grid = np.zeros((longest, len(order), tags), np.float32)
    for row, i in enumerate(order):
        grid[: len(scores[i]), row] = scores[i]
    back = np.zeros((longest, len(order), tags), np.int16)
    state = first + grid[0]
    into = np.ascontiguousarray(moves.T)
    longer = np.searchsorted(-lengths, -np.arange(longest)).tolist()  # sequences longer than t
    for t in range(1, longest):
        now = longer[t]
        paths = state[:now, None, :] + into
        back[t, :now] = paths.argmax(2)
        state[:now] = paths.max(2) + grid[t, :now]
    path = np.zeros((longest, len(order)), np.int64)
    at = (state + last).argmax(1)
    rows = np.arange(len(order))
    for t in range(longest - 1, -1, -1):
        here = lengths > t
        path[t, here] = at[here]
        if t:
            at = np.where(here, back[t, rows, at], at)
    out: list[NDArray[np.int64]] = [np.empty(0, np.int64)] * len(order)
    for row, i in enumerate(order):
        out[i] = path[: lengths[row], row]
    return out


def spans_of(tags: NDArray[np.int64], names: Sequence[str]) -> list[tuple[str, Range]]:
    """The labelled word ranges of one BIOES tag row."""
    out: list[tuple[str, Range]] = []
    start = 0
    for i in np.flatnonzero(tags):
        name = names[tags[i]]
        if name[0] in "BS":
            start = int(i)
        if name[0] in "ES":
            out.append((name[2:], Range(start, int(i) + 1)))
    return out
