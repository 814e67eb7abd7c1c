"""Who speaks by a colon alone in a headline. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader

BODY = "\n\nBOR — The ministers came to the town on Monday."


@pytest.mark.parametrize(
    ("headline", "said", "who"),
    [
        (
            "Foreign ministers to meet in Bor on Monday: Chad FM",
            "Foreign ministers to meet in Bor on Monday",
            "Chad FM",
        ),
        ("Nine killed in Bor raid: army", "Nine killed in Bor raid", "army"),
    ],
)
def test_a_headline_names_its_speaker_behind_a_colon(
    headline: str, said: str, who: str, reader: Reader
) -> None:
    (claim,) = (c for c in reader.read(headline + BODY).claims if c.start < len(headline))
    assert claim.cue is None
    assert claim.source_span is not None
    assert ([x.text for x in claim.content], claim.source_span.text) == ([said], who)


@pytest.mark.parametrize(
    "headline",
    [
        "Nobody is safe in Bor: why the army fails",
        "War in Bor: a family waits",
        "Clashes in Bor: army denies raid",
    ],
)
def test_what_else_follows_a_colon_speaks_not(headline: str, reader: Reader) -> None:
    assert all(c.cue for c in reader.read(headline + BODY).claims)
