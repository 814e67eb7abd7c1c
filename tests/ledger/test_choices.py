"""States and types by which lists are narrowed."""

from __future__ import annotations

import pytest

from accordingto.errors import UserError
from accordingto.ledger.choices import known_state, known_type


@pytest.mark.parametrize(
    ("given", "of", "value"),
    [
        ("single-source", "incidents", "single-source"),
        ("single source", "incidents", "single-source"),
        ("Contested", "incidents", "contested"),
        ("reviewed twice", "incidents", "second-reviewed"),
        ("not reviewed", "incidents", "machine"),
        ("weak", "incidents", "weak"),
        ("kept", "commitments", "kept"),
        ("anonymous", "sources", "anonymous"),
        (None, "incidents", None),
    ],
)
def test_states(given: str | None, of: str, value: str | None) -> None:
    assert known_state(given, of=of) == value


@pytest.mark.parametrize(
    ("given", "of", "value"),
    [
        ("strike", "incidents", "strike"),
        ("arms transfer", "incidents", "arms_transfer"),
        ("killed", "tolls", "killed"),
        ("promise", "commitments", "promise"),
        ("organization", "sources", "organization"),
    ],
)
def test_types(given: str, of: str, value: str) -> None:
    assert known_type(given, of=of) == value


@pytest.mark.parametrize(
    ("of", "named"), [("incidents", "single-source"), ("commitments", "broken"), ("sources", "named")]
)
def test_an_unknown_state_is_refused_with_the_choices(of: str, named: str) -> None:
    with pytest.raises(UserError, match=named):
        known_state("blessed", of=of)


@pytest.mark.parametrize(
    ("of", "named"), [("incidents", "protest"), ("commitments", "warning"), ("tolls", "displaced")]
)
def test_an_unknown_type_is_refused_with_the_choices(of: str, named: str) -> None:
    with pytest.raises(UserError, match=named):
        known_type("blessed", of=of)


@pytest.mark.parametrize("given", ["open", "agreed", "named"])
def test_a_toll_has_no_state(given: str) -> None:
    assert known_state(None, of="tolls") is None
    with pytest.raises(UserError, match="a toll has no state"):
        known_state(given, of="tolls")
