"""Tables of the terminal."""

from __future__ import annotations

import pytest

from accordingto.ledger.contest import FieldState, State
from accordingto.pages.tables import bounds
from accordingto.web.words import bounds_words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (None, None, None, "–"),
        (4, 4, 4, "4"),
        (4, 6, 9, "4–9 (best 6)"),
        (41, 40, None, "41 or more"),
        (None, 9, 9, "9 or fewer"),
        (None, 1200, None, "1,200"),
    ],
)
def test_bounds_in_words(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert bounds(FieldState(State.SINGLE, (), low, best, high)) == words
    assert (bounds_words(low, best, high) or "–") == words  # the desk says the same
