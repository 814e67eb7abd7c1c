"""Rows of commitments."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from accordingto.web.grouppages import trimmed


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("We want the quay open by May,", "We want the quay open by May"),
        ("draining” of the lower harbor", "“draining” of the lower harbor"),
        ("the draining “for good", "the draining “for good”"),
        ("to “drain” and “fill", "to “drain” and “fill”"),
        ("to “drain” it", "to “drain” it"),
        ("to open the bridge.", "to open the bridge."),
    ],
)
def test_words_of_a_commitment_are_shown_without_what_their_sentence_left(words: str, shown: str) -> None:
    assert trimmed(words) == shown


def test_the_speaker_of_a_commitment_leads_to_its_page(browser: TestClient) -> None:
    (row,) = browser.get("/commitments.json").json()["rows"]
    source = browser.get(f"{row['speaker_url']}.json").json()
    assert source["name"] == row["speaker"] == "The Northern Front"
    assert row["speaker_url"] in browser.get("/commitments").text
