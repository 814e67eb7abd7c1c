"""Pairs of words to scores, in numpy: relu(left + right + distance), then one linear layer.

One scorer each for PropBank roles, antecedents, participants of events and mentions of one event; the network gives
each word's left and right vector (see `training.model.Pairs`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
FARTHEST = 1 << 12  # words; in the last class of any scorer's
AT_ONCE = 1 << 16  # pairs; more than a report of ordinary length has


@dataclass(frozen=True, slots=True)
class PairScorer:
    """The learned numbers of one scorer.

    `at` is where its vectors begin in a word's wide row: first `size` numbers as left word, then as right word;
    `distance` (buckets, size), `out` (size, tags), `bias` (tags,).
    """

    at: int
    size: int
    distance: Floats
    out: Floats
    bias: Floats

    def __call__(self, wide: Floats, left: Ints, right: Ints) -> Floats:
        """Shape (pairs, tags): scores of word pairs given by row numbers of `wide` (words, …)."""
        if len(left) > AT_ONCE:
            cuts = range(0, len(left), AT_ONCE)
            return np.concatenate([self(wide, left[i : i + AT_ONCE], right[i : i + AT_ONCE]) for i in cuts])
        a = wide[left, self.at : self.at + self.size]
        b = wide[right, self.at + self.size : self.at + 2 * self.size]
        a += b  # copies, as `wide` was asked for rows
        a += self.distance[buckets(right - left, len(self.distance))]
        scores: Floats = np.maximum(a, 0, out=a) @ self.out + self.bias
        return scores


def buckets(distance: Ints, count: int) -> Ints:
    """Signed word distances to classes: fine near 0, coarse far off (as in training)."""
    table = of_distances(count)
    return table[np.clip(distance, -FARTHEST, FARTHEST) + FARTHEST]


@cache
def of_distances(count: int) -> Ints:
    """The class of each signed distance from `-FARTHEST` on; all farther ones share the last two."""
    distance = np.arange(-FARTHEST, FARTHEST + 1)
    half = count // 2
    size = np.minimum((np.log2(np.abs(distance) + 1.0) * 1.6).astype(np.int64), half - 1)
    return np.where(distance < 0, size, size + half)


def probable_pieces(
    chances: Floats, names: tuple[str, ...], *, floor: float
) -> list[tuple[str, int, int, float]]:
    """Pieces of one row of B/I tags where a label is probable, whether or not no label is more probable still.

    `chances` (words, tags) sum to one for each word. A label's chance is that of its B and its I together; words at or
    above `floor` with at most one other word between them are one piece, with the highest chance among them.
    """
    out: list[tuple[str, int, int, float]] = []
    labels, first, second = columns(names)
    sums = chances[:, first] + chances[:, second]
    for number in np.flatnonzero((sums >= floor).any(0)).tolist():
        label, mine = labels[number], sums[:, number]
        last: tuple[str, int, int, float] | None = None
        for i in np.flatnonzero(mine >= floor):
            if last is not None and i - last[2] <= 1:
                last = (label, last[1], int(i) + 1, max(last[3], float(mine[i])))
                out[-1] = last
            else:
                last = (label, int(i), int(i) + 1, float(mine[i]))
                out.append(last)
    return sorted(out, key=lambda x: x[1:3])


@cache
def columns(names: tuple[str, ...]) -> tuple[tuple[str, ...], Ints, Ints]:
    """The labels of B/I tags, and the numbers of each one's B and I."""
    labels = tuple(dict.fromkeys(n[2:] for n in names if n != "O"))
    at = {n: i for i, n in enumerate(names)}
    return labels, np.array([at[f"B-{x}"] for x in labels]), np.array([at[f"I-{x}"] for x in labels])
