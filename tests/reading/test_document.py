from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.reading.document import document_of, evidence, full_date
from accordingto.record import PartKind

REPORT = """Bridge Closed After Flood in Quelimane

By Ana Ruiz and Tom Odhiambo

QUELIMANE, Mozambique, 4 March 2031 (Coast Wire) — The bridge was closed on Tuesday, the mayor said.

What you should know. Our paper names its sources wherever it can.

"It will open soon," he added.

(Reporting by Ana Ruiz; editing by Li Wen)
This story has been updated with a quotation."""


def test_parts_of_a_printed_report() -> None:
    d = document_of(REPORT)
    kinds = [p.kind for p in d.parts]
    assert kinds == [
        PartKind.HEADLINE,
        PartKind.BYLINE,
        PartKind.DATELINE,
        PartKind.BODY,
        PartKind.EDITOR_NOTE,
        PartKind.BODY,
        PartKind.BYLINE,
        PartKind.EDITOR_NOTE,
    ]
    assert d.title == "Bridge Closed After Flood in Quelimane"
    assert d.published == date(2031, 3, 4)
    assert d.outlet == "Coast Wire"


def test_notes_and_credits_are_no_evidence() -> None:
    d = document_of(REPORT)
    read = [d.text[a:b] for a, b in evidence(d)]
    assert read == [
        "Bridge Closed After Flood in Quelimane",
        "The bridge was closed on Tuesday, the mayor said.",
        '"It will open soon," he added.',
    ]


def test_the_caller_goes_before_the_dateline() -> None:
    assert document_of(REPORT, published=date(2031, 3, 9)).published == date(2031, 3, 9)


def test_without_a_date_it_stays_open() -> None:
    assert document_of("The mayor said no.\nHe left.").published is None


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("NAIROBI, July 3 (Lake News) - The court ruled.", "NAIROBI, July 3 (Lake News) -"),
        ("KYOTO – The court ruled.", "KYOTO –"),
        ("KYOTO—Judges met.", "KYOTO—"),
        ("Rustenburg – The court ruled.", "Rustenburg –"),
        ("The court ruled - and left.", None),
        ("UN officials said: no one came.", None),
    ],
)
def test_datelines(opening: str, dateline: str | None) -> None:
    d = document_of(opening, headline_first=False)
    found = [d.text[p.start : p.end] for p in d.parts if p.kind is PartKind.DATELINE]
    assert found == ([dateline] if dateline else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("March 4, 2031", date(2031, 3, 4)),
        ("4 Sept. 2031", date(2031, 9, 4)),
        ("Feb 30, 2031", None),
        ("March 4", None),
    ],
)
def test_full_dates(text: str, day: date | None) -> None:
    assert full_date(text) == day


def test_other_languages_are_named_as_such() -> None:
    german = (
        "Der Bürgermeister sagte am Montag, dass die Brücke nach dem Hochwasser gesperrt bleibt und niemand. "
        * 5
    )
    assert document_of(german).language == "und"
    assert (
        document_of("The mayor said that the bridge was closed to all of the traffic. " * 5).language == "en"
    )


@given(st.text(max_size=300), st.none() | st.booleans())
def test_any_text_gives_sound_parts(text: str, headline: bool | None) -> None:
    d = document_of(text, headline_first=headline)
    assert d.text == text
    at = 0
    for part in d.parts:
        assert at <= part.start < part.end <= len(text)
        assert not text[at : part.start].strip()
        at = part.end
    assert not text[at:].strip()
