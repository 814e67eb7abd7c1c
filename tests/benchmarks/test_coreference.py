from __future__ import annotations

import pytest
from benchmarks.coreference import Tally, aligned, cubed, links

GOLD = [frozenset("abc"), frozenset("de")]
FOUND = [frozenset("ab"), frozenset("cde")]


def test_the_three_measures_on_a_case_reckoned_by_hand() -> None:
    assert links(GOLD, FOUND) == (2, 3)
    kept, size = cubed(GOLD, FOUND)
    assert (kept, size) == (pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1 + 1), 5)
    assert aligned(GOLD, FOUND) == pytest.approx(0.8 + 0.8)


def test_a_perfect_answer_scores_a_hundred() -> None:
    tally = Tally()
    tally.add(GOLD, GOLD)
    table, mean = tally.rows()
    assert mean == pytest.approx(100)
    assert table["mentions in chains"].f1 == pytest.approx(100)
