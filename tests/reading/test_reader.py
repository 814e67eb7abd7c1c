from __future__ import annotations

import pytest

from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Reader
from accordingto.record import PartKind, Record


def test_bare_texts_stream_beside_reports(reader: Reader) -> None:
    text = "The mayor said that it rained."
    raw = RawReport("a", text, text.encode(), "text/plain")
    first, second, odd = reader.stream([text, raw, "half \ud83d of it"])
    assert isinstance(odd, ReportError)
    assert odd.name == "text 3"
    assert first == second == reader.read(text)


def test_copy_in_capitals_keeps_the_place_of_its_dateline(reader: Reader) -> None:
    text = (
        "SAN SALVADOR, 8 MAY 2031 (LAKE NEWS) -- THE MAYOR SAID TODAY THAT THE BRIDGE WAS CLOSED AFTER THE FLOOD. "
        "HE ADDED THAT CREWS HAD BEGUN TO REPAIR IT AND THAT THE ROAD WOULD OPEN SOON."
    )
    record = reader.read(text)
    assert [p.kind for p in record.document.parts] == [PartKind.DATELINE, PartKind.BODY]
    assert [(p.span.text, p.country) for p in record.places] == [("SAN SALVADOR", "SLV")]
    assert str(record.document.published) == "2031-05-08"
    assert record.document.outlet == "LAKE NEWS"


def test_a_date_line_names_no_place(reader: Reader) -> None:
    text = "Bridge Closed After Flood\n\nMonday, March 4, 2031\n\nThe mayor said that the bridge was closed."
    assert reader.read(text).places == ()


def test_half_a_character_is_said_to_be_one(reader: Reader) -> None:
    broken = "The mayor said \ud83d that two people died."
    with pytest.raises(ReportError, match=r"character 16 is only half of one \(U\+D83D\)"):
        reader.read(broken)
    first, second = reader.stream([broken, "The mayor said that two people died."])
    assert isinstance(first, ReportError)
    assert first.reason.startswith("character 16")
    assert isinstance(second, Record)
