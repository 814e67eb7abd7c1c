"""Whole taggings drawn from a linear-chain CRF, each as often as it is likely: forward filtering, backward sampling.

The backward pass takes the largest of Gumbel-perturbed logarithms, so all draws of a word are made at once (Gumbel-max).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.corpora import Doc

Wide = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moves:
    """A CRF's numbers, what is forbidden far below zero: `moves` (from, to), `first` and `last` (tags,)."""

    moves: Wide
    first: Wide
    last: Wide


def likely(
    scores: NDArray[np.floating], crf: Moves, rng: np.random.Generator, draws: int
) -> NDArray[np.int8]:
    """Shape (draws, words): taggings of one sequence; `scores` (words, tags), at least one word."""
    forward = np.zeros(scores.shape)
    forward[0] = crf.first + scores[0]
    for t in range(1, len(scores)):
        ways = forward[t - 1][:, None] + crf.moves
        top = ways.max(0)
        forward[t] = top + np.log(np.exp(ways - top).sum(0)) + scores[t]
    out = np.zeros((draws, len(scores)), np.int8)
    chances = np.broadcast_to(forward[-1] + crf.last, (draws, len(crf.first)))
    for t in range(len(scores) - 1, -1, -1):
        out[:, t] = (chances + rng.gumbel(size=chances.shape)).argmax(1)
        if t:
            chances = forward[t - 1][None] + crf.moves[:, out[:, t]].T
    return out


def drawn(
    doc: Doc, scores: NDArray[np.floating], crf: Moves, rng: np.random.Generator, draws: int
) -> NDArray[np.int8]:
    """Shape (draws, words): taggings of a document, paragraph by paragraph, as spans never cross them."""
    edges = [0, *(int(i) for i in np.flatnonzero(doc.features[:, 1] >= 2) if i), len(doc.words)]
    return np.concatenate([likely(scores[a:b], crf, rng, draws) for a, b in itertools.pairwise(edges)], 1)
