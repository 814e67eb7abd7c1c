"""Taggings are drawn as often as the CRF holds them likely."""

import itertools
from collections import Counter

import numpy as np
from tokenizers import Tokenizer
from training.corpora import base_doc
from training.draws import Moves, drawn, likely

FORBIDDEN = -1e4


def crf(rng: np.random.Generator, tags: int) -> Moves:
    moves = rng.normal(size=(tags, tags))
    moves[1, 0] = FORBIDDEN
    return Moves(moves, rng.normal(size=tags), rng.normal(size=tags))


def test_draws_are_as_frequent_as_the_crf_says() -> None:
    rng = np.random.default_rng(3)
    scores, chain = rng.normal(size=(3, 3)), crf(rng, 3)
    value = {
        path: chain.first[path[0]]
        + chain.last[path[-1]]
        + sum(scores[t, tag] for t, tag in enumerate(path))
        + sum(chain.moves[a, b] for a, b in itertools.pairwise(path))
        for path in itertools.product(range(3), repeat=3)
    }
    whole = sum(np.exp(v) for v in value.values())
    draws = 40_000
    seen = Counter(map(tuple, likely(scores, chain, rng, draws).tolist()))
    for path, v in value.items():
        assert abs(seen[path] / draws - np.exp(v) / whole) < 0.01, path
        if (1, 0) in itertools.pairwise(path):
            assert seen[path] == 0


def test_each_paragraph_is_a_sequence_of_its_own(tokenizer: Tokenizer) -> None:
    doc = base_doc("x", "One two three.\n\nFour five.", tokenizer)
    rng = np.random.default_rng(4)
    chain = Moves(np.zeros((2, 2)), np.array([0.0, FORBIDDEN]), np.zeros(2))  # no sequence begins with tag 1
    scores = np.tile([0.0, 50.0], (len(doc.words), 1))  # but every word would have it
    tags = drawn(doc, scores, chain, rng, 5)
    second = next(i for i, w in enumerate(doc.words) if doc.text[w.start : w.end] == "Four")
    assert tags.shape == (5, len(doc.words))
    assert {i for i, column in enumerate(tags.T) if not column.any()} == {0, second}
