from __future__ import annotations

import numpy as np
import pytest

from accordingto.reading import pairs
from accordingto.reading.chains import antecedents
from accordingto.reading.pairs import PairScorer, buckets


def scorer(size: int = 2, tags: int = 1, seed: int = 3) -> PairScorer:
    random = np.random.default_rng(seed)
    shapes = ((24, size), (size, tags), (tags,))
    return PairScorer(1, size, *(random.normal(size=s).astype(np.float32) for s in shapes))


def test_a_pairs_score_is_that_of_its_two_words_and_their_distance() -> None:
    one = scorer(tags=3)
    wide = np.random.default_rng(1).normal(size=(6, 5)).astype(np.float32)
    found = one(wide, np.array([4, 4]), np.array([0, 5]))
    for row, (left, right) in zip(found, ((4, 0), (4, 5)), strict=True):
        inner = wide[left, 1:3] + wide[right, 3:5] + one.distance[buckets(np.array([right - left]), 24)[0]]
        assert np.allclose(row, np.maximum(inner, 0) @ one.out + one.bias, atol=1e-6)


def test_antecedents_stand_before() -> None:
    found = np.array([1, 3, 4, 9])
    wide = np.random.default_rng(4).normal(size=(12, 5)).astype(np.float32)
    chosen = antecedents(found, wide, scorer())
    assert len(chosen) == 4
    assert chosen[0] == -1
    assert all(-1 <= c < i for i, c in enumerate(chosen))


def test_many_pairs_are_scored_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    one = scorer(tags=3)
    wide = np.random.default_rng(1).normal(size=(40, 5)).astype(np.float32)
    left, right = np.divmod(np.arange(1600), 40)
    whole = one(wide, left, right)
    monkeypatch.setattr(pairs, "AT_ONCE", 7)
    assert np.allclose(one(wide, left, right), whole, atol=1e-6)
