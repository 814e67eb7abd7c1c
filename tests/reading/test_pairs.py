from __future__ import annotations

import itertools

import numpy as np

from accordingto.reading.chains import antecedents
from accordingto.reading.pairs import PairScorer, buckets
from accordingto.reading.roles import moves_of, pieces
from accordingto.reading.viterbi import best_tags

TAGS = ("O", "B-actor", "I-actor", "B-target", "I-target")


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


def decoded(rows: list[int]) -> list[tuple[str, int, int]]:
    scores = 9 * np.eye(5, dtype=np.float32)[rows]
    return (
        pieces(best_tags([scores], *moves_of(TAGS))[0], TAGS) if rows else pieces(np.zeros(0, np.int64), TAGS)
    )


def test_pieces_of_tags() -> None:
    assert decoded([0, 1, 2, 0, 3, 3, 4]) == [("actor", 1, 3), ("target", 4, 5), ("target", 5, 7)]
    assert decoded([]) == []


def test_an_inside_that_follows_nothing_of_its_kind_is_never_decoded() -> None:
    found = decoded([2, 0, 2, 4])
    assert all(0 <= a < b <= 4 for _, a, b in found)
    assert all(x[2] <= y[1] for x, y in itertools.pairwise(found))
    tags = best_tags([9 * np.eye(5, dtype=np.float32)[[2, 0, 2, 4]]], *moves_of(TAGS))[0]
    names = ["O", *(TAGS[t] for t in tags)]
    assert all(b[0] != "I" or a[2:] == b[2:] for a, b in itertools.pairwise(names))


def test_antecedents_stand_before() -> None:
    found = np.array([1, 3, 4, 9])
    wide = np.random.default_rng(4).normal(size=(12, 5)).astype(np.float32)
    chosen = antecedents(found, wide, scorer())
    assert len(chosen) == 4
    assert chosen[0] == -1
    assert all(-1 <= c < i for i, c in enumerate(chosen))
