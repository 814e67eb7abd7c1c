"""Names as they begin a line and as they stand within one."""

from __future__ import annotations

import pytest

from accordingto.web.snippets import begun, date, within


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


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2031-03-07", '<time datetime="2031-03-07">7 March 2031</time>'),
        ("2031-03", '<time datetime="2031-03">March 2031</time>'),
        ("2031-W10", '<time datetime="2031-W10">3–9 March 2031</time>'),
        ("2031-W10-WE", "8–9 March 2031"),
        ("2031-03-07/2031-03-11", "7–11 March 2031"),
        ("2031-03-07T10:20:00+00:00", '<time datetime="2031-03-07">7 March 2031</time>'),
        ("<soon>", "&lt;soon&gt;"),
        (None, "undated"),
    ],
)
def test_days_weeks_and_spans_stand_in_words(iso: str | None, shown: str) -> None:
    assert str(date(iso)) == shown
