from __future__ import annotations

import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordingto.reading.parsing import (
    ARC,
    LABEL,
    TreeScorer,
    arborescence,
    by_part_of_speech,
    loop,
    one_circle,
    parse,
    relations,
    tree,
)
from accordingto.spans import Range


def is_tree(heads: tuple[int, ...] | np.ndarray) -> bool:
    """One root, and every word leads to it."""
    if sum(h == i for i, h in enumerate(heads)) != 1:
        return False
    for word in range(len(heads)):
        at = word
        for _ in heads:
            at = int(heads[at])
        if heads[at] != at:
            return False
    return True


def total(heads: tuple[int, ...] | np.ndarray, scores: np.ndarray) -> float:
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


@settings(max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_tree_is_the_best_of_all_trees(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    found = tree(scores)
    assert is_tree(found)
    every = (h for h in itertools.product(range(size), repeat=size) if is_tree(h))
    best = max(every, key=lambda h: total(h, scores))
    roots = np.argsort(-scores.diagonal())[:3]
    if int(np.flatnonzero(np.array(best) == np.arange(size))[0]) in roots:
        assert total(found, scores) == pytest.approx(total(best, scores), abs=1e-4)


@settings(max_examples=30)
@given(st.integers(2, 60), st.integers(0, 10_000))
def test_long_sentences_are_trees_too(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    assert is_tree(tree(scores))


def test_circles_are_seen() -> None:
    assert not loop(np.array([1, 1, 1])).any()
    assert loop(np.array([0, 2, 3, 1, 0])).tolist() == [False, True, True, True, False]
    assert one_circle(np.array([0, 2, 1])).tolist() == [False, True, True]
    assert not one_circle(np.array([0, 0, 1])).any()


def test_a_circle_is_broken_where_it_costs_least() -> None:
    scores = np.full((3, 3), -np.inf)
    scores[1, 2], scores[2, 1], scores[1, 0], scores[2, 0] = 5, 5, 3, 1
    assert arborescence(scores, 0).tolist() == [0, 0, 1]


def circles_in_circles(size: int) -> np.ndarray:
    """Scores of neighbours that prefer each other, so that circles are contracted into ever larger ones."""
    scores = np.full((size, size), -5, np.float32)
    for word in range(size - 1):
        scores[word, word + 1], scores[word + 1, word] = 5 - word * 0.01, 5 - word * 0.005
    scores[-1, -1] = 10
    return scores


def test_many_circles_in_one_another_take_no_more_room_than_one() -> None:
    scores = circles_in_circles(300)
    tracemalloc.start()
    found = tree(scores)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert is_tree(found)
    assert most < 8_000_000


def test_a_sentence_of_any_length_is_one_tree_in_little_room() -> None:
    random = np.random.default_rng(7)
    size = 5000
    wide = random.normal(size=(size, 2 * ARC + 2 * LABEL)).astype(np.float32)
    weight, dep, head, bias, usual = (
        np.ones(s, np.float32) for s in ((2, LABEL, LABEL), (LABEL, 2), (LABEL, 2), (2,), (1, 2))
    )
    arc, top, root, root_bias = (
        random.normal(size=s).astype(np.float32) for s in ((ARC, ARC), (ARC,), (ARC,), (1,))
    )
    scorer = TreeScorer(arc, top, root, root_bias, by_part_of_speech(weight, dep, head, bias, usual))
    sentences = [Range(0, 9), Range(9, size)]
    tracemalloc.start()
    found = parse(wide, np.zeros(size, np.int64), sentences, scorer)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10 * wide.nbytes
    for s in sentences:
        assert is_tree(found.heads[s.start : s.end] - s.start)


@settings(max_examples=20)
@given(st.integers(1, 150), st.integers(0, 10_000))
def test_a_word_has_the_best_relation_of_those_of_its_part_of_speech(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    usual = (random.random((3, 7)) < 0.5).astype(np.float32)
    usual[2] = 0  # nothing known: all are looked at
    shapes = [(7, LABEL, LABEL), (LABEL, 7), (LABEL, 7), (7,)]
    weight, dep_weight, head_weight, bias = (random.normal(size=s).astype(np.float32) for s in shapes)
    scorers = by_part_of_speech(weight, dep_weight, head_weight, bias, usual)
    assert [len(s.among) for s in scorers] == [int(row.sum()) or 7 for row in usual]
    vectors = random.normal(size=(size, 2 * LABEL)).astype(np.float32)
    heads, tags = random.integers(0, size, size), random.integers(0, 3, size)
    found = relations(vectors, heads, tags, scorers)
    for word in range(size):
        dep, head = vectors[word, :LABEL], vectors[heads[word], LABEL:]
        scores = np.einsum("i,cij,j->c", dep, weight, head) + dep @ dep_weight + head @ head_weight + bias
        among = scorers[int(tags[word])].among
        assert found[word] in among
        assert scores[found[word]] == pytest.approx(scores[among].max(), abs=1e-2)
