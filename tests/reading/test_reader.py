from __future__ import annotations

import json
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest

from accordingto.errors import AccordingToError, FatalError, ReportError, UserError
from accordingto.intake.report import RawReport
from accordingto.reading.reader import Reader, Reading
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
    with pytest.raises(ReportError, match=r"character 16 of its text is only half of one \(U\+D83D\)"):
        reader.read(broken)
    first, second = reader.stream([broken, "The mayor said that two people died."])
    assert isinstance(first, ReportError)
    assert first.reason.startswith("character 16")
    assert isinstance(second, Record)


def test_a_nul_in_a_text_is_said_to_stand_there(reader: Reader) -> None:
    with pytest.raises(ReportError, match="character 7 of its text is a NUL"):
        reader.read("Police\0 said that two people died.")


SAID = "Two men died on Monday, police said."


def test_a_time_of_publication_counts_by_its_day(reader: Reader) -> None:
    record = reader.read(SAID, published=datetime(2031, 3, 7, 23, 30))
    assert record == reader.read(SAID, published=date(2031, 3, 7))
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record
    [streamed] = reader.stream([RawReport("a", SAID, b"", "text/plain", published=datetime(2031, 3, 7, 23))])
    assert streamed == record


def test_what_is_no_day_of_publication_is_said_with_what_to_give(reader: Reader) -> None:
    with pytest.raises(ReportError, match=r"'2031-03-07'; give a day as datetime\.date"):
        reader.read(SAID, published="2031-03-07")  # type: ignore[arg-type]
    bad, good = reader.stream([RawReport("a", SAID, b"", "text/plain", published="7 March"), SAID])  # type: ignore[arg-type]
    assert isinstance(bad, ReportError)
    assert (bad.name, "7 March" in bad.reason) == ("a", True)
    assert isinstance(good, Record)


def test_a_report_that_no_document_can_be_made_of_leaves_the_others(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_is_town", lambda name: 1 / 0)  # asked of the first report's opening alone
    bad, good = reader.stream(["BORIN: Two men died on Monday, police said.", SAID])
    assert isinstance(bad, ReportError)
    assert (bad.name, "ZeroDivisionError" in bad.reason) == ("text 1", True)
    assert isinstance(good, Record)


@pytest.mark.parametrize("odd", [b"Two men died.", None, Path("report.txt")])
def test_what_is_no_report_is_named_as_such(reader: Reader, odd: object) -> None:
    bad, good = reader.stream([odd, SAID])  # type: ignore[list-item]
    assert isinstance(bad, ReportError)
    assert (bad.name, type(odd).__name__ in bad.reason) == ("text 1", True)
    assert isinstance(good, Record)
    with pytest.raises(UserError, match=type(odd).__name__):
        reader.read(odd)  # type: ignore[arg-type]


def test_a_text_alone_is_no_stream(reader: Reader) -> None:
    with pytest.raises(UserError, match="list"):
        next(reader.stream(SAID))


@pytest.mark.parametrize(
    ("name", "value"),
    [("reports", 0), ("windows", 0), ("threads", -1), ("context", -1), ("longest", 10), ("longest", 1000)],
)
def test_a_reader_that_could_read_nothing_is_not_made(name: str, value: int) -> None:
    with pytest.raises(UserError, match=f"{name} is {value}"):
        Reading(**{name: value})


@pytest.mark.parametrize("odd", [5, ["x"], "half a letter \ud83d", "a\x00b", b"bytes"])
@pytest.mark.parametrize("field", ["title", "url", "outlet"])
def test_what_is_told_of_a_report_must_be_words(reader: Reader, field: str, odd: object) -> None:
    with pytest.raises(ReportError, match=field):
        reader.read(SAID, **{field: odd})  # type: ignore[arg-type]
    with pytest.raises(ReportError, match=field):
        reader.read("half a letter \ud83d", **{field: odd})  # type: ignore[arg-type]


def test_paths_may_be_given_as_text(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="nowhere"):
        Reader(str(tmp_path / "nowhere"))
    with pytest.raises(AccordingToError, match="no-places"):
        Reader(gazetteer=str(tmp_path / "no-places"))
    made = Reader(tables_dir=str(tmp_path))
    assert made.making == Reader(tables_dir=tmp_path).making
    assert made.making.reader().making == made.making


@pytest.mark.parametrize("words", ["killed, ", "shot killed bombed wounded "])
def test_a_sentence_without_end_takes_little_memory(reader: Reader, words: str) -> None:
    """Pairs of words would take gigabytes: each word with each verb of its sentence."""
    tracemalloc.start()
    try:
        reader.read(words * (24_000 // len(words)))
        assert tracemalloc.get_traced_memory()[1] < 250_000_000
    finally:
        tracemalloc.stop()
