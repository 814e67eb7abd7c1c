"""Scores to predicates and their arguments (PropBank), one frame a predicate, inside its sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Argument, Frame
from accordingto.reading.pairs import Floats, PairScorer, best_pieces
from accordingto.spans import Range


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
        if not len(found):
            continue
        inside = np.arange(s.start, s.end)
        left, right = np.repeat(found, len(inside)), np.tile(inside, len(found))
        scores = scorer(wide, left, right).reshape(len(found), len(inside), -1)
        for word, rows in zip(found, scores, strict=True):
            arguments = tuple(
                Argument(label, characters(words, s.start + a, s.start + b))
                for label, a, b in best_pieces(rows, names)
                if label != "V"
            )
            out.append(Frame(words[int(word)], arguments))
    return tuple(out)


def characters(words: Sequence[Range], start: int, end: int) -> Range:
    """Words `[start, end)` as characters."""
    return Range(words[start].start, words[end - 1].end)
