"""What the tables say of a claim's words."""

from __future__ import annotations

import pytest

from accordingto.ledger.accounts import Field
from accordingto.ledger.knowledge import FIELDS, knowledge


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("denied that any militants used the hospital", "use_of_site"),
        ("said no fighters had used the school", "use_of_site"),
        ("said there were no weapons in the hospital", "use_of_site"),
        ("denied that any weapons were stored there", "use_of_site"),
        ("denied that it had ever supplied any weapons", "happened"),
        ("denied sending any fighters to Aland", "happened"),
        ("denied that any arms had been delivered to the rebels", "happened"),
        ("denied using tear gas", "instrument"),
    ],
)
def test_what_a_denial_is_about(words: str, field: str) -> None:
    assert knowledge().field_of(words) == field


@pytest.mark.parametrize(
    ("words", "use"),
    [
        ("there were no weapons there", True),
        ("it had given any weapons to the militia", False),
        ("that it supplied any arms", False),
        ("any arms had been delivered to the rebels", False),
    ],
)
def test_weapons_that_go_to_somebody_are_no_use_of_a_site(words: str, use: bool) -> None:
    assert any(p.search(words) for p, _ in knowledge().uses) is use


def test_the_fields_of_the_tables_are_those_of_incidents() -> None:
    assert FIELDS.codes == frozenset(map(str, Field))
