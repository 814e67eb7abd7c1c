from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.reading import roles
from accordingto.reading.layers import Syntax
from accordingto.reading.pairs import PairScorer
from accordingto.reading.roles import (
    RoleScorer,
    arguments,
    best_pieces,
    by_relation,
    costs,
    frames,
    once_each,
    pieces,
)
from accordingto.reading.sentences import find_words
from accordingto.spans import Range

TAGS = ("O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1")


def free(words: int, rows: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """No constituents: edges and crossings cost nothing."""
    return np.zeros((rows, words), np.float32), np.zeros((rows, words), np.float32)


def decoded(rows: list[int]) -> list[tuple[str, int, int]]:
    if not rows:
        return pieces(np.zeros(0, np.int64), TAGS)
    scores = 9 * np.eye(5, dtype=np.float32)[rows]
    return pieces(best_pieces(scores[None], *free(len(rows)))[0][0], TAGS)


def test_pieces_of_tags() -> None:
    assert decoded([0, 1, 2, 0, 3, 3, 4]) == [("ARG0", 1, 3), ("ARG1", 4, 5), ("ARG1", 5, 7)]
    assert decoded([]) == []


def worth(scores: np.ndarray, tags: tuple[int, ...], cut: np.ndarray, crossed: np.ndarray) -> float | None:
    """The value of a row of tags, counted word by word; None for an I that follows nothing of its kind."""
    total = 0.0
    for i, tag in enumerate(tags):
        before = tags[i - 1] if i else 0
        total += scores[i, tag]
        inside = tag > 0 and tag % 2 == 0
        if inside and (i == 0 or before not in (tag - 1, tag)):
            return None
        if tag % 2 == 1:
            total -= roles.OPENING
        if inside:
            total -= crossed[i]
        elif tag or before:
            total -= cut[i]
    return total


@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_best_pieces_are_the_best_of_all(seed: int, words: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(2, words, 5)).astype(np.float32)
    cut, crossed = (random.choice([0, 1, 2], (2, words)).astype(np.float32) for _ in range(2))
    cut[:, 0] = crossed[:, 0] = 0
    found, values = best_pieces(scores, cut, crossed)
    for row in range(2):
        rivals = [
            worth(scores[row], t, cut[row], crossed[row]) for t in itertools.product(range(5), repeat=words)
        ]
        best = max(r for r in rivals if r is not None)
        assert values[row] == pytest.approx(best, abs=1e-4)
        assert worth(scores[row], tuple(found[row].tolist()), cut[row], crossed[row]) == pytest.approx(
            best, abs=1e-4
        )


def test_a_numbered_argument_stands_once() -> None:
    scores = np.zeros((5, 5), np.float32)
    scores[0, 3], scores[4, 3] = 4, 6  # ARG1 twice, the second surer
    scores[0, 1] = 3  # the first nearly as well ARG0
    cut, crossed = free(5)
    tags = best_pieces(scores[None], cut, crossed)[0][0]
    assert [x[0] for x in pieces(tags, TAGS)] == ["ARG1", "ARG1"]
    single = once_each(scores, tags, (cut[0], crossed[0]), TAGS)
    assert pieces(single, TAGS) == [("ARG0", 0, 1), ("ARG1", 4, 5)]


def test_a_modifier_may_stand_twice() -> None:
    names = ("O", "B-ARGM-TMP", "I-ARGM-TMP")
    scores = np.zeros((3, 3), np.float32)
    scores[[0, 2], 1] = 4
    cut, crossed = free(3)
    tags = best_pieces(scores[None], cut, crossed)[0][0]
    assert once_each(scores, tags, (cut[0], crossed[0]), names).tolist() == [1, 0, 1]


def test_pieces_keep_to_what_stands_below_one_dependent() -> None:
    top = np.array([[0, 0, -1, 3, 3, 5]])
    cut, crossed = costs(top)
    assert cut.tolist() == [[0, roles.CUT, 0, 0, roles.CUT, 0]]
    assert crossed.tolist() == [[0, 0, 0, 0, 0, roles.CROSSED]]
    scores = np.zeros((1, 6, 5), np.float32)
    scores[0, :, 0] = 2
    scores[0, 3, 3], scores[0, 4, 4] = 5, 1  # the second word of the phrase alone would be outside
    assert pieces(best_pieces(scores, *free(6))[0][0], TAGS) == [("ARG1", 3, 4)]
    assert pieces(best_pieces(scores, cut, crossed)[0][0], TAGS) == [("ARG1", 3, 5)]


def test_a_dependents_relation_tells_its_label() -> None:
    habits = np.zeros((2, 2, 3), np.float32)
    habits[1, 0] = [1, -1, -2]  # before the predicate: ARG0, hardly ARG1, seldom nothing
    top = np.array([[0, 0, -1]])
    found = by_relation(top, np.array([2]), np.array([1, 1, 0]), habits)
    assert found.tolist() == [[[-2, 1, 1, -1, -1], [-2, 1, 1, -1, -1], [0, 0, 0, 0, 0]]]


def constant(tags: int, winner: int) -> PairScorer:
    """A scorer that gives every pair the same tag."""
    bias = np.full(tags, -1.0, np.float32)
    bias[winner] = 1.0
    return PairScorer(0, 1, np.zeros((24, 1), np.float32), np.zeros((1, tags), np.float32), bias)


def flat(words: int) -> Syntax:
    """Every word a root."""
    return Syntax(np.zeros(words, np.int64), np.arange(words), np.zeros(words, np.int64))


def test_frames_stay_in_their_sentence() -> None:
    words = find_words("Guards fled. They hid.")
    scorer = RoleScorer(constant(3, 2), ("O", "B-ARG0", "I-ARG0"), np.zeros((1, 2, 2), np.float32))
    logits = np.array([-1, 1, -1, -1, 1, -1], np.float32)
    found = frames(words, np.zeros((6, 2), np.float32), logits, [Range(0, 3), Range(3, 6)], flat(6), scorer)
    assert [f.predicate for f in found] == [words[1], words[4]]
    assert [a.at for a in found[1].arguments] == [Range(words[3].start, words[5].end)]


def test_no_predicates_no_arguments() -> None:
    scorer = RoleScorer(constant(3, 2), ("O", "B-ARG0", "I-ARG0"), np.zeros((1, 2, 2), np.float32))
    words = find_words("They hid.")
    nothing = [(Range(0, 3), np.zeros(0, np.int64))]
    assert arguments(words, np.zeros((3, 2), np.float32), nothing, flat(3), scorer) == [[]]


def test_sentences_decoded_in_step_are_as_those_decoded_alone() -> None:
    """Long and short sentences, with one predicate and with several, in any order."""
    rng = np.random.default_rng(3)
    names = ("O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1")
    scorer = RoleScorer(
        PairScorer(0, 6, rng.normal(size=(24, 6)), rng.normal(size=(6, 5)), np.zeros(5)),
        names,
        rng.normal(size=(1, 2, 3)).astype(np.float32),
    )
    sizes = [4, 31, 1, 12, 7, 30]
    text = " ".join(["word"] * sum(sizes))
    words = find_words(text)
    edges = np.cumsum([0, *sizes])
    sentences = [Range(int(a), int(b)) for a, b in itertools.pairwise(edges)]
    heads = np.concatenate([np.maximum(np.arange(s.start, s.end) - 1, s.start) for s in sentences])
    syntax = Syntax(np.zeros(len(words), np.int64), heads, np.zeros(len(words), np.int64))
    wide = rng.normal(size=(len(words), 12)).astype(np.float32)
    asked = [(s, np.arange(s.start, s.end, 3)) for s in sentences]
    together = arguments(words, wide, asked, syntax, scorer)
    assert together == [arguments(words, wide, [one], syntax, scorer)[0] for one in asked]
    assert sum(len(a) for rows in together for a in rows) > 20


def test_how_many_are_decoded_in_step_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    words = find_words("Guards fled. They hid in a barn. The rain fell and fell.")
    random = np.random.default_rng(2)
    scorer = RoleScorer(constant(3, 2), ("O", "B-ARG0", "I-ARG0"), np.zeros((1, 2, 2), np.float32))
    wide = random.normal(size=(len(words), 2)).astype(np.float32)
    asked = [(Range(0, 3), np.array([1])), (Range(3, 9), np.array([4])), (Range(9, 15), np.array([11, 13]))]
    whole = arguments(words, wide, asked, flat(len(words)), scorer)
    monkeypatch.setattr(roles, "AT_ONCE", 1)
    assert arguments(words, wide, asked, flat(len(words)), scorer) == whole


def test_the_frames_of_an_endless_sentence_stay_in_their_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "LONGEST", 4)
    monkeypatch.setattr("accordingto.reading.parsing.LONGEST", 4)
    words = find_words("guards fled and they hid and rain fell and")
    scorer = RoleScorer(constant(3, 2), ("O", "B-ARG0", "I-ARG0"), np.zeros((1, 2, 2), np.float32))
    heads = np.array([1, 1, 1, 1, 1, 4, 4, 4, 1])  # the roots of later pieces stand below the first one's
    syntax = Syntax(np.zeros(9, np.int64), heads, np.zeros(9, np.int64))
    logits = np.array([-1, 1, -1, -1, 1, -1, -1, 1, -1], np.float32)
    found = frames(words, np.zeros((9, 2), np.float32), logits, [Range(0, 9)], syntax, scorer)
    assert [f.predicate for f in found] == [words[1], words[4], words[7]]
    ends = [max(a.at.end for a in f.arguments) for f in found]
    assert ends[0] <= words[3].end
    assert ends[2] <= words[7].end
