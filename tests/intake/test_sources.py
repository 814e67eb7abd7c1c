from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.errors import ReportError, UserError
from accordingto.intake.report import Known, RawReport
from accordingto.intake.sources import from_bytes, load

BODY = "The mayor said that the bridge would be closed for a week. " * 8


def failure(data: bytes, **more: object) -> str:
    [only] = from_bytes(data, "x", **more)
    assert isinstance(only, ReportError)
    assert only.name == "x"
    return only.reason


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (bytes(range(256)) * 20, "binary"),
        (b"abc\x00def" * 50, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, says: str) -> None:
    assert says in failure(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "“Nous sommes prêts,” said José Núñez in São Paulo – a café owner. " * 10
    [report] = from_bytes(text.encode(encoding), "x", format="text")
    assert isinstance(report, RawReport)
    assert report.text == text


def test_line_ends_become_newlines_and_bytes_are_kept() -> None:
    data = b"Title\r\n\r\nThe mayor said no.\r"
    [report] = from_bytes(data, "x")
    assert report.text == "Title\n\nThe mayor said no.\n"
    assert report.original == data


def test_a_text_too_long_for_one_report_is_refused() -> None:
    assert "split" in failure(("word " * 500_000).encode())


def test_json_lines_go_on_after_a_broken_one() -> None:
    good = json.dumps({"id": "a", "text": BODY, "published": "2031-03-01", "outlet": "Lakeside"})
    data = "\n".join([good, good[:40], json.dumps({"title": "no text"}), json.dumps({"text": " "}), good])
    found = from_bytes(data.encode(), "f.jsonl", format="jsonl")
    assert [isinstance(x, RawReport) for x in found] == [True, False, False, False, True]
    assert found[0].name == "a"
    assert found[0].published == date(2031, 3, 1)
    assert "cut short" in found[1].reason
    assert "f.jsonl#2" in str(found[1])
    assert "empty" in found[3].reason


def test_an_impossible_date_in_json_names_the_field() -> None:
    [bad] = from_bytes(json.dumps({"text": BODY, "published": "2031-02-30"}).encode(), "x", format="jsonl")
    assert "published" in bad.reason


def test_a_page_gives_headline_and_metadata(samples: Path) -> None:
    [page] = load([samples / "11_page.html"])
    assert isinstance(page, RawReport)
    assert page.published == date(2031, 3, 5)
    assert page.text.startswith("Landslide Buries Part of a Village Near Manizales\n")
    assert "Home" not in page.text
    assert page.headline_first


@pytest.mark.parametrize(
    "page",
    [b"<html><body></body></html>", b"<html><body><nav><a href='/'>x</a></nav></body></html>", b"<html><p"],
)
def test_a_page_without_an_article_is_a_failure(page: bytes) -> None:
    assert isinstance(from_bytes(page, "x", format="html")[0], ReportError)


def test_text_given_as_html_is_a_failure() -> None:
    assert "no HTML" in failure(BODY.encode(), format="html")


def test_an_unknown_format_is_the_users_to_mend() -> None:
    with pytest.raises(UserError, match="jsonl"):
        from_bytes(b"x", "x", format="docx")


def test_folders_are_read_in_order_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b" / "c.txt").write_text("")
    (tmp_path / "b" / "d.txt").write_text(BODY)
    (tmp_path / ".hidden.txt").write_text(BODY)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    found = list(load([tmp_path, tmp_path / "none.txt"], known=Known(date(2031, 1, 1), "Outlet")))
    assert [Path(x.name).name for x in found] == ["a.txt", "c.txt", "d.txt", "none.txt"]
    assert [isinstance(x, RawReport) for x in found] == [True, False, True, False]
    assert found[0].published == date(2031, 1, 1)
    assert found[0].outlet == "Outlet"


def test_globs(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt", "three.html"):
        (tmp_path / name).write_text(BODY)
    assert len(list(load([str(tmp_path / "*.txt")]))) == 2


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    [bad] = load([tmp_path / "a.txt"], max_bytes=10)
    assert "max_bytes" in bad.reason


@given(st.binary(max_size=400), st.sampled_from([None, "text", "jsonl"]))
def test_any_bytes_give_reports_or_failures(data: bytes, format: str | None) -> None:
    for item in from_bytes(data, "x", format=format):
        assert isinstance(item, RawReport | ReportError)
