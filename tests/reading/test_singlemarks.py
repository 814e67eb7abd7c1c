"""Single quotation marks are marks of quotation, and apostrophes are none. All reports are invented."""

from __future__ import annotations

import pytest

from accordingto.integrity import violations
from accordingto.reading.reader import Reader
from accordingto.reading.singlemarks import of_words, with_double_marks
from accordingto.record import Quotation


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "'We will stay,' said Lima. 'They hit the miners' school.'",
            "“We will stay,” said Lima. “They hit the miners' school.”",
        ),
        (
            "‘The “new” dam isn’t safe.’ The miners’ hall fell.",
            "“The ‘new’ dam isn’t safe.” The miners’ hall fell.",
        ),
        (
            "“He told us, ‘Go home now.’ We went,” she said.",
            "“He told us, ‘Go home now.’ We went,” she said.",
        ),
        (
            "\"He told us, 'Go home now.' We went,\" she said. 'We ran.'",
            "\"He told us, 'Go home now.' We went,\" she said. “We ran.”",
        ),
        ("The 'people's council' of the '90s met.", "The 'people's council' of the '90s met."),
        ("The miners' hall, 'til now a school, fell.", "The miners' hall, 'til now a school, fell."),
    ],
)
def test_marks_around_a_sentence_are_seen_as_double(text: str, shown: str) -> None:
    assert with_double_marks(text) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("the dam ‘unsafe’", "the dam “unsafe”"),
        ("the ‘rebels’ and the miners’ hall", "the “rebels” and the miners’ hall"),
        ("the miners’ hall", "the miners’ hall"),
    ],
)
def test_marks_around_words_are_known(words: str, shown: str) -> None:
    assert of_words(words) == shown


@pytest.mark.parametrize("marks", ["''", "‘’"])
def test_a_quotation_in_single_marks_is_direct(reader: Reader, marks: str) -> None:
    opens, closes = marks
    text = (
        f"{opens}We will not leave our homes,{closes} said Musa Haddad on Monday. "
        f"{opens}They shelled the miners{closes} school again.{closes}"
    )
    record = reader.read(text)
    (claim,) = record.claims
    assert claim.quotation is Quotation.DIRECT
    assert [c.text for c in claim.content] == [
        "We will not leave our homes,",
        f"They shelled the miners{closes} school again.",
    ]
    assert violations(record) == ()


def test_words_in_single_marks_make_a_content_mixed(reader: Reader) -> None:
    (claim,) = reader.read("Freedonia's dam 'irreplaceable', says minister").claims
    assert claim.quotation is Quotation.MIXED
    assert claim.content[0].text == "Freedonia's dam 'irreplaceable'"


def test_a_quotation_inside_a_quotation_is_direct(reader: Reader) -> None:
    record = reader.read(
        "“My brother told me, ‘The army will come tonight.’ We fled at once,” Rosa Lima said."
    )
    outer, inner = record.claims
    assert (outer.quotation, inner.quotation) == (Quotation.DIRECT, Quotation.DIRECT)
    assert inner.content[0].text == "The army will come tonight."
