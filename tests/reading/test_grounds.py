"""Reasons that are given for deeds. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


def given(reader: Reader, text: str) -> list[tuple[str, str]]:
    """Source and content of the claims whose cue is a ground."""
    claims = [c for c in reader.read(text).claims if c.cue and c.cue.text.startswith("on the ground")]
    return [(c.source_span.text if c.source_span else "", c.content[0].text) for c in claims]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (
            "The court granted bail to Musa Bello on the ground that he had been in jail for a year.",
            "The court",
            "that he had been in jail for a year",
        ),
        (
            "The ministry refused to sign the accord, on the grounds that it said nothing of Kutum.",
            "The ministry",
            "that it said nothing of Kutum",
        ),
        (
            "The request was rejected by the board on the ground that it came too late.",
            "the board",
            "that it came too late",
        ),
    ],
)
def test_who_does_something_on_the_ground_that_says_so(
    text: str, source: str, content: str, reader: Reader
) -> None:
    assert given(reader, text) == [(source, content)]


def test_the_reason_is_no_part_of_what_is_refused(reader: Reader) -> None:
    text = "He dismissed the request of the union on the grounds that only the chief judge can decide it."
    dismissed = next(c for c in reader.read(text).claims if c.cue and c.cue.text == "dismissed")
    assert [x.text for x in dismissed.content] == ["the request of the union"]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the road was closed on the grounds that it was unsafe.",
        "If the board rejects the request on the ground that it came too late, the union will sue.",
        "The request was rejected on the ground that it came too late.",
        "Soldiers on the ground that day saw no smoke.",
    ],
)
def test_nobody_gives_a_reason_that_is_part_of_what_is_said_or_supposed(text: str, reader: Reader) -> None:
    assert given(reader, text) == []
