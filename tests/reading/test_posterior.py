from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.reading.posterior import (
    Crf,
    Taste,
    best_apart,
    both_ways,
    likely,
    painted,
    probable_tags,
    span_chances,
)
from accordingto.reading.viterbi import best_tags, spans_of
from accordingto.spans import Range

TAGS = ("O", "B-x", "I-x", "E-x", "S-x", "B-y", "I-y", "E-y", "S-y")


def legal(before: str, after: str) -> bool:
    """Whether a tag may follow another; O stands for the edges too."""
    opened = before[0] in "BI"
    if after[0] in "IE":
        return opened and before[2:] == after[2:]
    return not opened


def crf(random: np.random.Generator) -> Crf:
    n = len(TAGS)
    moves = np.array([[0 if legal(a, b) else -1e4 for b in TAGS] for a in TAGS], np.float32)
    first = np.array([0 if legal("O", t) else -1e4 for t in TAGS], np.float32)
    last = np.array([0 if legal(t, "O") else -1e4 for t in TAGS], np.float32)
    noise = lambda *shape: random.normal(size=shape).astype(np.float32)  # noqa: E731
    return Crf(TAGS, moves + noise(n, n), first + noise(n), last + noise(n))


def by_hand(scores: np.ndarray, model: Crf) -> dict[tuple[str, Range], float]:
    """Each span's chance, summed over all sequences of tags one by one."""
    total, out = 0.0, {}
    for path in itertools.product(range(len(TAGS)), repeat=len(scores)):
        if not all(legal(TAGS[a], TAGS[b]) for a, b in itertools.pairwise((0, *path, 0))):
            continue
        value = model.first[path[0]] + model.last[path[-1]] + sum(scores[i, t] for i, t in enumerate(path))
        weight = math.exp(value + sum(model.moves[a, b] for a, b in itertools.pairwise(path)))
        total += weight
        for span in spans_of(np.array(path), TAGS):
            out[span] = out.get(span, 0.0) + weight
    return {span: weight / total for span, weight in out.items()}


@given(st.integers(0, 10_000), st.sampled_from([0.05, 0.2]))
def test_a_spans_chance_is_the_sum_over_all_sequences(seed: int, floor: float) -> None:
    random = np.random.default_rng(seed)
    model = crf(random)
    rows = [2 * random.normal(size=(n, len(TAGS))) for n in (4, 3, 1)]
    ways = both_ways(rows, model)
    chances = ways.chances()
    for row, scores in enumerate(rows):
        found = likely(scores, ways, row, chances[:, row], model, floor)
        wanted = {k: v for k, v in by_hand(scores, model).items() if v > floor}
        assert {(kind, at) for _, kind, at in found} == set(wanted)
        for worth, kind, at in found:
            assert worth + floor == pytest.approx(wanted[kind, at], abs=1e-6)
        assert [at.end for _, _, at in found] == sorted(at.end for _, _, at in found)


@given(st.integers(0, 10_000))
def test_given_spans_have_their_chance(seed: int) -> None:
    random = np.random.default_rng(seed)
    model = crf(random)
    rows = [random.normal(size=(n, len(TAGS))).astype(np.float32) for n in (3, 4, 1)]
    tags = best_tags(rows, model.moves, model.first, model.last)
    for scores, row, chances in zip(rows, tags, span_chances(rows, tags, model), strict=True):
        wanted = by_hand(scores, model)
        spans = spans_of(row, TAGS)
        for kind, at in spans:
            assert chances[at.start : at.end] == pytest.approx(wanted[kind, at], abs=1e-6)
        assert not chances[[i for i in range(len(row)) if not any(i in range(*at) for _, at in spans)]].any()
    assert span_chances([], [], model) == []


@given(st.lists(st.tuples(st.floats(0.01, 1), st.integers(0, 12), st.integers(1, 5)), max_size=9))
def test_the_spans_kept_are_apart_and_worth_most(items: list[tuple[float, int, int]]) -> None:
    found = sorted(((w, "x", Range(a, a + n)) for w, a, n in items), key=lambda x: (x[2].end, x[2].start))

    def apart(chosen: tuple[tuple[float, str, Range], ...]) -> bool:
        return not any(a[2].overlaps(b[2]) for a, b in itertools.combinations(chosen, 2))

    best = max(
        sum(w for w, _, _ in chosen)
        for size in range(len(found) + 1)
        for chosen in itertools.combinations(found, size)
        if apart(chosen)
    )
    kept = best_apart(found)
    spans = [at for _, at in kept]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    worth = {}
    for w, _, at in found:
        worth[at] = max(w, worth.get(at, 0.0))
    assert sum(worth[at] for at in spans) == pytest.approx(best)


def test_what_several_sequences_share_is_found() -> None:
    """Three ways to go on make each sequence less likely than one with another beginning, which all three together outweigh."""
    moves = np.array([[0 if legal(a, b) else -1e4 for b in TAGS] for a in TAGS], np.float32)
    first = np.array([0 if legal("O", t) else -1e4 for t in TAGS], np.float32)
    last = np.array([0 if legal(t, "O") else -1e4 for t in TAGS], np.float32)
    model = Crf(TAGS, moves, first, last)
    scores = np.full((2, len(TAGS)), -9, np.float32)
    scores[0, TAGS.index("S-x")] = 1.0
    scores[1, [TAGS.index(t) for t in ("O", "S-x", "S-y")]] = 1.0
    scores[0, TAGS.index("B-y")], scores[1, TAGS.index("E-y")] = 1.3, 1.0
    [tags] = probable_tags([scores], model, Taste(1.0, 0.5))
    assert spans_of(tags, TAGS) == [("x", Range(0, 1))]


def test_long_lines_neither_overflow_nor_slow_down() -> None:
    model = crf(np.random.default_rng(3))
    scores = np.zeros((20_000, len(TAGS)), np.float32)
    scores[:, 0] = 40
    scores[19_000, 0], scores[19_000, TAGS.index("S-y")] = 0, 60
    tags, short = probable_tags([scores, scores[:2]], model, Taste(0.9, 0.4))
    assert spans_of(tags, TAGS) == [("y", Range(19_000, 19_001))]
    assert short.tolist() == [0, 0]
    assert probable_tags([], model, Taste(1.0, 0.5)) == []


def test_spans_and_tags() -> None:
    tags = np.array([0, 1, 2, 3, 0, 4, 8])
    spans = [("x", Range(1, 4)), ("x", Range(5, 6)), ("y", Range(6, 7))]
    assert spans_of(tags, TAGS) == spans
    assert painted(spans, 7, TAGS).tolist() == tags.tolist()
