"""Attributions by rule, beside the network's. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Per police, nine people were killed.", "police"),
        ("Nine people were killed on Monday, per the state police command.", "the state police command"),
    ],
)
def test_per_somebody_is_on_their_word(text: str, who: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert claim.source_span is not None
    assert claim.source_span.text == who
    assert claim.content[0].text.lower().startswith("nine people were killed")


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose 4 percent per year.",
        "The bank lends 200 dollars, per household, to farmers.",
        "Output fell, per capita incomes with it.",
    ],
)
def test_a_rate_is_on_nobodys_word(text: str, reader: Reader) -> None:
    assert reader.read(text).claims == ()


def test_per_may_be_a_name(reader: Reader) -> None:
    (claim,) = reader.read("Per Olsson, a spokesman, said nine people were killed.").claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Per Olsson"


@pytest.mark.parametrize("by", ["Attacks declined by half.", "Exports declined to 5 million tonnes."])
def test_what_becomes_less_declines_nothing(by: str, reader: Reader) -> None:
    assert reader.read(by).claims == ()
    assert [c.act for c in reader.read("The mayor declined by email to comment.").claims] == ["decline"]


def test_a_silence_behind_an_apposition_is_its_subjects(reader: Reader) -> None:
    text = "Norwich Fittings, formally known as Lake Steel Works, did not immediately respond to questions on Wednesday."
    (claim,) = reader.read(text).claims
    assert claim.source_span is not None
    assert claim.source_span.text == "Norwich Fittings"
