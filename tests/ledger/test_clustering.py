from __future__ import annotations

import random

from accordingto.ledger.clustering import cluster, components

SCORES = {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.55, (2, 3): 0.8, (3, 4): 0.7, (2, 4): 0.05}


def score(i: int, j: int) -> float:
    return SCORES.get((min(i, j), max(i, j)), 0.1)


LINKS = [p for p, s in SCORES.items() if s >= 0.5]


def test_parts_of_a_graph() -> None:
    assert components([5, 1, 2, 3, 9], [(3, 1), (9, 5)]) == [[1, 3], [2], [5, 9]]


def test_best_pairs_first_and_the_mean_decides() -> None:
    assert cluster(5, score, links=LINKS) == [[0, 1], [2, 3], [4]]


def test_a_forbidden_pair_keeps_groups_apart() -> None:
    none = lambda i, j: 0.0 if {i, j} == {0, 2} else 0.9  # noqa: E731
    assert cluster(3, none, links=[(0, 1), (1, 2)]) == [[0, 1], [2]]


def test_people_decide() -> None:
    assert cluster(5, score, links=LINKS, same=[(0, 4)])[0] == [0, 1, 4]
    assert [0, 1] not in cluster(2, score, links=[(0, 1)], apart=[(1, 0)])
    assert cluster(2, score, links=[(0, 1)], apart=[(0, 1)], same=[(0, 1)]) == [[0], [1]]


def test_the_order_of_links_makes_no_difference() -> None:
    for seed in range(30):
        mixed = LINKS[:]
        random.Random(seed).shuffle(mixed)
        assert cluster(5, score, links=mixed) == cluster(5, score, links=LINKS)


def test_what_a_deed_brought_about_does_not_keep_its_reports_apart() -> None:
    scores = {
        (0, 1): 0.9,
        (0, 2): 0.65,
        (1, 2): 0.1,
    }  # a flood, what it washed away, another report of the flood
    told = lambda i, j: scores[min(i, j), max(i, j)]  # noqa: E731
    links = [(0, 1), (0, 2)]
    assert cluster(3, told, links=links) == [[0, 1], [2]]
    assert cluster(3, told, links=links, consequences={1}) == [[0, 1, 2]]
