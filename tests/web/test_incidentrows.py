"""Rows of incidents on lists and on the front page."""

from __future__ import annotations

from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.web.incidentrows import Numbers, rivals


def test_rival_counts_are_told_with_their_bounds() -> None:
    told = (
        FieldValue(20, "asserts", "the mayor", "person", None, "a", "C1", None, low=20),
        FieldValue(8, "asserts", "the army", "organization", None, "b", "C1", None),
    )
    found = rivals("killed", FieldState(State.CONTESTED, told, 8, 20, None), Numbers({}, {}))
    assert [v.text for v in found] == ["20 or more", "8"]
