from __future__ import annotations

import time
from pathlib import Path

from lxml import html as lxml_html
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.session import open_ledger
from accordingto.web.comparing import LONGEST, aligned, lines

SENTENCES = [f"Boat {n} left the harbor of Marda before dawn, the pilots said on day {n}." for n in range(60)]


def test_a_long_paragraph_is_compared_sentence_by_sentence() -> None:
    long, short = " ".join(SENTENCES), " ".join(SENTENCES[:5])
    rows = list(aligned(*lines(long, short)))
    assert [r.kind for r in rows] == ["same"] * 5 + ["one"] * 55
    one, other = lines(short, " ".join(SENTENCES[:4]))
    assert (len(one), len(other)) == (1, 1)


def test_whatever_the_reports_hold_comparing_ends_soon() -> None:
    begun = time.thread_time()
    for word in ("a b ", "said that "):
        one, other = lines(word * (LONGEST // len(word)), ("x " + word) * (LONGEST // len(word)))
        assert sum(1 for _ in aligned(one, other))
    assert time.thread_time() - begun < 5


def test_what_is_shared_is_a_share_of_the_shorter_one_and_said_to_be(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "two.db") as book:
        short = " ".join(SENTENCES[:6])
        for name, text in (("short", short), ("long", "\n\n".join([short, *SENTENCES[20:40]]))):
            stage.put(book, Story(text, name=name, title=name))
        with stage.client(book) as browser:
            assert browser.get("/reports/1/compare/2.json").json()["shared"] == 100
            for url in ("/reports/1/compare/2", "/reports/1"):
                said = " ".join(lxml_html.fromstring(browser.get(url).text).text_content().split())
                assert "100 % of the shorter stands in the longer" in said, url
                assert "the same" not in said


def test_two_short_reports_in_the_same_words_share_all(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "short.db") as book:
        for name in ("one", "two"):
            stage.put(book, Story(SENTENCES[0], name=name, title=name))
        with stage.client(book) as browser:
            assert browser.get("/reports/1/compare/2.json").json()["shared"] == 100
