"""Scores to mentions of events: triggers with type, factuality and participants, and which name one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Happening, Part
from accordingto.reading.pairs import Floats, PairScorer, best_pieces
from accordingto.record import Factuality
from accordingto.spans import Range

NEAR = 80  # words between a trigger and a participant, as in training
BACK = 60
BOTHER = 0.0  # added to the score of being no trigger; tuned on gold/dev (`python -m benchmarks.accuracy`)


@dataclass(frozen=True, slots=True)
class EventScorer:
    """The learned numbers and labels of the event heads."""

    types: tuple[str, ...]
    factuality: tuple[str, ...]
    parts: PairScorer
    part_tags: tuple[str, ...]
    same: PairScorer


def happenings(
    words: Sequence[Range],
    wide: Floats,
    scores: Floats,
    lines: Sequence[Range],
    scorer: EventScorer,
) -> tuple[Happening, ...]:
    """The event mentions of one document; `scores` (words, types + factualities)."""
    kinds = len(scorer.types)
    types = softmax(scores[:, :kinds] + np.where(np.arange(kinds) == 0, BOTHER, 0).astype(np.float32))
    found = triggers(types, lines)
    if not found:
        return ()
    same = antecedents([t.start for t, _ in found], [k for _, k in found], wide, scorer.same)
    out = []
    for (at, kind), other in zip(found, same, strict=True):
        facts = scores[at.start : at.end, kinds:].mean(0)
        out.append(
            Happening(
                Range(words[at.start].start, words[at.end - 1].end),
                scorer.types[kind],
                Factuality(scorer.factuality[int(facts.argmax())]),
                participants(words, wide, at, scorer),
                other,
                float(types[at.start : at.end, kind].mean()),
            )
        )
    return tuple(out)


def softmax(scores: Floats) -> Floats:
    """Row-wise."""
    out: Floats = np.exp(scores - scores.max(1, keepdims=True))
    out /= out.sum(1, keepdims=True)
    return out


def triggers(types: Floats, lines: Sequence[Range]) -> list[tuple[Range, int]]:
    """Runs of words of one type inside a line, as word range and type number."""
    best = types.argmax(1)
    starts = {line.start for line in lines}
    out: list[tuple[Range, int]] = []
    for i in np.flatnonzero(best):
        kind = int(best[i])
        if out and out[-1][1] == kind and out[-1][0].end == i and int(i) not in starts:
            out[-1] = (Range(out[-1][0].start, int(i) + 1), kind)
        else:
            out.append((Range(int(i), int(i) + 1), kind))
    return out


def antecedents(
    found: Sequence[int], kinds: Sequence[int], wide: Floats, scorer: PairScorer
) -> list[int | None]:
    """For each trigger the number of an earlier one of its type that names the same event."""
    pairs = [(i, j) for i in range(len(found)) for j in range(max(0, i - BACK), i) if kinds[i] == kinds[j]]
    out: list[int | None] = [None] * len(found)
    if not pairs:
        return out
    at = np.array([(found[i], found[j]) for i, j in pairs])
    best: dict[int, float] = {}
    for (i, j), score in zip(pairs, scorer(wide, at[:, 0], at[:, 1])[:, 0], strict=True):
        if score > best.get(i, 0.0):
            best[i], out[i] = float(score), j
    return out


def participants(words: Sequence[Range], wide: Floats, at: Range, scorer: EventScorer) -> tuple[Part, ...]:
    """The participants of one trigger."""
    low, high = max(0, at.start - NEAR), min(len(words), at.end + NEAR)
    right = np.arange(low, high)
    scores = scorer.parts(wide, np.full(len(right), at.start), right)
    sure: NDArray[np.float32] = softmax(scores).max(1)
    return tuple(
        Part(role, Range(words[low + a].start, words[low + b - 1].end), float(sure[a:b].mean()))
        for role, a, b in best_pieces(scores, scorer.part_tags)
    )
