from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from accordingto.web.reviewqueue import AROUND, excerpt

LONG = " ".join(f"word{n:03d}" for n in range(80))


def test_an_excerpt_keeps_whole_words_and_says_where_it_was_cut() -> None:
    for start in (0, 91, 300, 301, 302, 303, len(LONG) - 7):
        quoted = excerpt(LONG, start)
        inner = quoted.removeprefix("… ").removesuffix(" …")
        assert set(inner.split()) <= set(LONG.split()), quoted
        assert quoted.startswith("… ") == (not LONG.startswith(inner))
        assert quoted.endswith(" …") == (not LONG.endswith(inner))
        assert AROUND <= len(inner) + 8 <= 2 * AROUND + 8


def test_an_excerpt_stays_in_its_paragraph() -> None:
    assert (
        excerpt("A Headline\n\nOne storm came.\nIt left.\n\nAnother part.", 15) == "One storm came. It left."
    )
    assert excerpt("A Headline\nOne storm came.\nIt left.", 15) == "One storm came."


def test_a_word_longer_than_an_excerpt_is_not_lost() -> None:
    assert excerpt("x" * 400, 0).strip("… ")


@pytest.mark.parametrize("kind", ["place"])
def test_a_value_in_question_is_shown_with_the_words_around_it(browser: TestClient, kind: str) -> None:
    (item,) = browser.get(f"/review.json?kind={kind}").json()["items"]
    (side,) = item["sides"]
    assert side["title"] == "Rif Province"
    assert side["words"][0]["words"] == "Teachers marched through Rif Province on 5 March, the union said."
    assert side["facts"] == [["says", "the union"]]
