from __future__ import annotations

import numpy as np

from accordingto.reading.constituents import ancestors, dependents

# The army struck the old school in Kutum: struck is the root
HEADS = np.array([1, 2, 2, 5, 5, 2, 7, 5])


def test_ancestors_end_at_the_root() -> None:
    found = ancestors(HEADS)
    assert found[:, 6].tolist() == [6, 7, 5, 2]
    assert found[-1].tolist() == [2] * 8
    assert ancestors(np.array([0])).tolist() == [[0]]


def test_words_stand_below_a_dependent() -> None:
    root, school, leaf = dependents(HEADS, np.array([2, 5, 0])).tolist()
    assert root == [1, 1, -1, 5, 5, 5, 5, 5]
    assert school == [-1, -1, -1, 3, 4, -1, 7, 7]
    assert leaf == [-1] * 8


def test_in_a_sentence_of_roots_nothing_stands_below_anything() -> None:
    assert dependents(np.arange(3), np.array([1])).tolist() == [[-1, -1, -1]]
