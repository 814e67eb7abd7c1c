"""Those of whom something is believed. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Gunmen thought to be bandits abducted 12 farmers in Zamfara on Monday.",
            ["Gunmen", "to be bandits"],
        ),
        (
            "Fighters said to be loyal to the former president attacked a barracks in Gao.",
            ["Fighters", "to be loyal to the former president"],
        ),
        (
            "Militants believed to be from al-Shabaab killed six soldiers near Garissa.",
            ["Militants", "to be from al-Shabaab"],
        ),
        ("Men suspected to be rebels burned two villages.", ["Men", "to be rebels"]),
        (
            "A drone believed to have been launched from Yemen hit a house in Eilat.",
            ["A drone", "to have been launched from Yemen"],
        ),
        (
            "Rebels feared to be hiding in the forest shot two rangers dead.",
            ["Rebels", "to be hiding in the forest"],
        ),
        (
            "Men thought to have been sent by the rebels burned two villages.",
            ["Men", "to have been sent by the rebels"],
        ),
        ("The gunmen, believed to be bandits, abducted 12 farmers.", ["The gunmen", "to be bandits"]),
    ],
)
def test_who_is_believed_to_be_something_says_nothing(text: str, content: list[str], reader: Reader) -> None:
    record = reader.read(text)
    [claim] = record.claims
    assert (claim.source_span, [c.text for c in claim.content]) == (None, content)
    assert claim.said_on is None
    assert all(e.factuality == "occurred" for e in record.events)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Fighters said to reporters that they would leave.", "Fighters", "that they would leave"),
        ("Police believe them to be bandits.", "Police", "them to be bandits"),
    ],
)
def test_who_believes_so_does(text: str, source: str, content: str, reader: Reader) -> None:
    [claim] = reader.read(text).claims
    assert (claim.source_span and claim.source_span.text, [c.text for c in claim.content]) == (
        source,
        [content],
    )


def test_whoever_believes_what_something_is_does_so(reader: Reader) -> None:
    record = reader.read("The mayor survived what many farmers believed to be a plot by the army.")
    assert [c.source_span and c.source_span.text for c in record.claims] == ["many farmers"]


def test_whose_something_is_that_is_suspected_is_no_source(reader: Reader) -> None:
    record = reader.read("Anger has grown over Freedonia's perceived support for the military in Bor.")
    (claim,) = [c for c in record.claims if c.cue and c.cue.text == "perceived"]
    assert claim.source_span is None
    assert [x.text for x in claim.content] == ["Freedonia's", "support for the military in Bor"]
