"""What is said to be so by no one who is named. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "who", "verb"),
    [
        ("He also reportedly said the world should stop selling arms to Chad.", "He", "said"),
        ("Asked about the raid, Bello reportedly replied that nobody had been killed.", "Bello", "replied"),
        (
            "The driver of the truck reportedly told police that the brakes had failed near Kano.",
            "The driver of the truck",
            "told",
        ),
    ],
)
def test_who_reportedly_says_something_says_it_inside_of_hearsay(
    text: str, who: str, verb: str, reader: Reader
) -> None:
    outer, inner = reader.read(text).claims[-2:]
    assert outer.source_span is None
    assert outer.cue is not None
    assert outer.cue.text == "reportedly"
    assert outer.content[0].text == who
    assert outer.act == "assert"
    assert inner.source_span is not None
    assert inner.cue is not None
    assert (inner.source_span.text, inner.cue.text, inner.parent) == (who, verb, outer.id)


def test_whom_hearsay_is_about_is_part_of_it_inside_of_what_others_say_too(reader: Reader) -> None:
    outer, inner = reader.read("Police said Lee allegedly had a dispute with a neighbour in Kano.").claims
    assert (inner.parent, inner.source_span) == (outer.id, None)
    assert inner.content[0].text == "Lee"
