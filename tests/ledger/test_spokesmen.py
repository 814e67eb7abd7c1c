from __future__ import annotations

import pytest

from accordingto.ledger.spokesmen import body_of


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("A Syrian army spokesman", "the Syrian army"),
        ("a spokesman for the Syrian army", "the Syrian army"),
        ("an official of the Front", "the Front"),
        ("a senior Hamas official", "Hamas"),
        ("An army spokesman", "the army"),
        ("a US official", "the US government"),
        ("a hospital official", None),
        ("a security official", None),
        ("a local official", None),
        ("a Ukrainian officer", None),
        ("a former Syrian army officer", None),
        ("A spokesman", None),
        ("residents", None),
    ],
)
def test_the_body_that_somebody_speaks_for(words: str, body: str | None) -> None:
    assert body_of(words) == body
