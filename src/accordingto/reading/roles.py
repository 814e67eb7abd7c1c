"""Scores to predicates and their arguments (PropBank), one frame a predicate, inside its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Argument, Frame
from accordingto.reading.pairs import Floats, PairScorer
from accordingto.reading.sentences import characters
from accordingto.reading.viterbi import best_tags
from accordingto.spans import Range

FORBIDDEN = -1e4
OPENING = 0.5  # what opening a piece costs; tuned on EWT dev (`python -m benchmarks.layers`)


def frames(
    words: Sequence[Range],
    wide: Floats,
    predicate: NDArray[np.float32],
    sentences: Sequence[Range],
    scorer: PairScorer,
    names: tuple[str, ...],
) -> tuple[Frame, ...]:
    """The frames of one document; `predicate` (words,) are logits, `sentences` word ranges."""
    out = []
    for s in sentences:
        found = s.start + np.flatnonzero(predicate[s.start : s.end] > 0)
        for word, mine in zip(found, arguments(words, wide, found, s, scorer, names), strict=True):
            out.append(Frame(words[int(word)], mine))
    return tuple(out)


def arguments(
    words: Sequence[Range],
    wide: Floats,
    predicates: NDArray[np.int64],
    sentence: Range,
    scorer: PairScorer,
    names: tuple[str, ...],
) -> list[tuple[Argument, ...]]:
    """The arguments of given predicate words of one sentence, each a tuple in text order."""
    if not len(predicates):
        return []
    inside = np.arange(*sentence)
    left, right = np.repeat(predicates, len(inside)), np.tile(inside, len(predicates))
    scores = scorer(wide, left, right).reshape(len(predicates), len(inside), -1)
    return [
        tuple(
            Argument(label, characters(words, Range(sentence.start + a, sentence.start + b)))
            for label, a, b in pieces(tags, names)
            if label != "V"
        )
        for tags in best_tags(list(scores), *moves_of(names))
    ]


@cache
def moves_of(names: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """Transitions, first and last scores of B/I tags: an I only follows its own B or I, and opening costs `OPENING`."""
    n = len(names)
    moves, first = np.zeros((n, n), np.float32), np.zeros(n, np.float32)
    for j, name in enumerate(names):
        if name[0] == "I":
            first[j] = FORBIDDEN
            moves[:, j] = [0.0 if x != "O" and x[2:] == name[2:] else FORBIDDEN for x in names]
        elif name[0] == "B":
            moves[:, j] = first[j] = -OPENING
    return moves, first, np.zeros(n, np.float32)


def pieces(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """The labelled pieces of one row of valid B/I tags, as (label, start, exclusive end)."""
    out: list[tuple[str, int, int]] = []
    for i in np.flatnonzero(tags):
        name = names[tags[i]]
        if name[0] == "B":
            out.append((name[2:], int(i), int(i) + 1))
        else:
            out[-1] = (out[-1][0], out[-1][1], int(i) + 1)
    return out
