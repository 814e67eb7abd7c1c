"""What is done for a purpose and says nothing. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    "text",
    [
        "Thousands defied the ban to demand the reopening of the university in Bor.",
        "Residents gathered in the square to demand an inquiry into the raid.",
        "The miners downed tools on Monday to protest the closure of the pit.",
    ],
)
def test_the_purpose_of_a_deed_is_no_claim(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The union held a press briefing on Monday to demand the resignation of the mayor.", "demand"),
        ("The mayor vowed to oppose the closure of the pit in Bor.", "oppose"),
    ],
)
def test_what_is_said_on_a_medium_or_vowed_is(text: str, verb: str, reader: Reader) -> None:
    claims = reader.read(text).claims
    assert len(claims) == 1
    told = " ".join(x.text for x in claims[0].content)
    assert claims[0].cue is not None
    assert verb in f"{claims[0].cue.text} {told}"
