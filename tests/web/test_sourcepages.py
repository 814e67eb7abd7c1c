"""The page of one source."""

from __future__ import annotations

from pathlib import Path

from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.session import open_ledger


def test_a_source_is_described_once_however_its_article_is_spelled(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "described.db") as book:
        for n, (who, text) in enumerate(
            (
                (
                    "The city's hospital",
                    "The city's hospital said on Friday that six people were dead in Marda.",
                ),
                (
                    "the city's hospital",
                    "Nine people were dead in Marda, the city's hospital said on Saturday.",
                ),
            )
        ):
            s = Story(text, f"2031-03-0{n + 4}", "Coast Wire", f"Hospital {n}", f"hospital-{n}")
            s.claim(who, "said", "people were dead in Marda")
            stage.put(book, s)
        with stage.client(book) as browser:
            (row,) = browser.get("/sources.json").json()["rows"]
            page = browser.get(f"{row['url']}.json").json()
    assert page["reports"] == 2
    assert [d.casefold() for d in page["described"]] == ["the city's hospital"]
