"""Names as they begin a line and as they stand within one."""

from __future__ import annotations

import pytest

from accordingto.web.snippets import begun, within


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("the health office", "The health office"),
        ("élus locaux", "Élus locaux"),
        ("al-Nau Hospital", "al-Nau Hospital"),
        ("eBay", "eBay"),
        ("example.org", "example.org"),
        ("https://example.org/a", "https://example.org/a"),
        ("", ""),
    ],
)
def test_a_name_begins_a_line_with_a_capital_where_that_is_no_other_name(name: str, shown: str) -> None:
    assert begun(name) == shown


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("The Israeli military", "the Israeli military"),
        ("A doctor", "a doctor"),
        ("The New York Times", "The New York Times"),
        ("The Hague", "The Hague"),
        ("Al-Nau Hospital", "Al-Nau Hospital"),
        ("the army", "the army"),
        ("The", "The"),
        ("", ""),
    ],
)
def test_within_a_line_a_description_has_no_capital_article(name: str, told: str) -> None:
    assert within(name) == told
