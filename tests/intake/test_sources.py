from __future__ import annotations

import io
import json
import os
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.errors import ReportError, UserError
from accordingto.intake.pagedates import to_date
from accordingto.intake.report import Known, Notes, RawReport
from accordingto.intake.sources import from_bytes, load

BODY = "The mayor said that the bridge would be closed for a week. " * 8
NO_DAYS = ["0001-01-01", "9999-12-31"]


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


def test_what_to_do_with_a_pdf_is_said_after_what_it_is() -> None:
    assert failure(b"%PDF-1.7 ...") == "this is a PDF file, not a text; save its text first."
    assert failure(b"\x89PNG\r\n\x1a\n\x00\x00") == "this is a PNG picture, not a text."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "“Nous sommes prêts,” said José Núñez in São Paulo – a café owner. " * 10
    [report] = from_bytes(text.encode(encoding), "x", format="text")
    assert isinstance(report, RawReport)
    assert report.text == text


def test_a_few_bad_bytes_spoil_no_utf8() -> None:
    text = "“It’s shut,” said José Núñez – a café owner. " * 3
    for bad in (b"\xff", b"\xe2\x80"):
        [report] = from_bytes(text.encode() + bad + b" It opened again.", "x", format="text")
        assert report.text == text + "\ufffd It opened again."
    [western] = from_bytes("“It’s shut,” said José Núñez at the CAFÉ’S door.".encode("cp1252"), "x")
    assert western.text == "“It’s shut,” said José Núñez at the CAFÉ’S door."


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


def test_a_line_in_another_encoding_spoils_no_other_line() -> None:
    told = "José Muñoz of Peñalver said: “No — señor Núñez was killed at the café.”"
    line = json.dumps({"text": told}, ensure_ascii=False)
    plain = json.dumps({"text": BODY}).encode()
    for order in ((1, 0, 1), (0, 1, 0), (0, 1)):
        data = b"\n".join([plain, *(line.encode("utf-8" if utf8 else "cp1252") for utf8 in order), plain])
        found = from_bytes(data, "f", format="jsonl")
        assert [x.text for x in found if isinstance(x, RawReport)] == [BODY, *[told] * len(order), BODY]


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_id_that_is_blank_names_no_report(blank: str) -> None:
    [report] = from_bytes(json.dumps({"id": blank, "text": BODY}).encode(), "f.jsonl", format="jsonl")
    assert report.name == "f.jsonl#1"


def test_an_impossible_date_in_json_names_the_field() -> None:
    [bad] = from_bytes(json.dumps({"text": BODY, "published": "2031-02-30"}).encode(), "x", format="jsonl")
    assert "published" in bad.reason


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_day_at_the_calendars_edge_is_no_day_of_publication(day: str) -> None:
    [line] = from_bytes(json.dumps({"text": BODY, "published": day}).encode(), "x", format="jsonl")
    assert isinstance(line, ReportError)
    assert day in line.reason
    [page] = from_bytes(paged(f'<meta name="date" content="{day}">'), "x")
    assert page.published is None
    assert to_date(day) is None


GOOD = [json.dumps({"id": x, "text": BODY}) for x in "abc"]
PRETTY = [json.dumps({"id": x, "text": BODY}, indent=2) for x in "abc"]
CUT = '{"id": "d", "text": "The mayor sa'
BROKEN = '{"text": "The mayor", said", "more": {"a": 1}, "links": [{"b": 2}, {"c": 3}]}'


@pytest.mark.parametrize(
    ("data", "failed"),
    [
        ("\n".join([*GOOD[:1], '{"text": "a\x00b"}', *GOOD[1:]]), ["f#2"]),
        ("\n".join(GOOD) + "\n" + "\x00" * 5000, ["f#4"]),
        (f"[{','.join([*GOOD, CUT])}", ["f#4"]),
        (f"[{','.join([GOOD[0], BROKEN, *GOOD[1:]])}]", ["f#2"]),
        (f"[{','.join([BROKEN, *GOOD, BROKEN])}]", ["f#1", "f#5"]),
        (f"[{','.join([GOOD[0], '{}', '7', *GOOD[1:]])},]", ["f#2", "f#3"]),
        ("[\n" + ",\n".join([*GOOD, CUT]), ["f#4"]),
        ("[\n" + ",\n".join(GOOD) + ",\n", ["f"]),
        (",\n".join(GOOD) + ",\n]\n", []),
        ("[\n" + ",\n".join([*PRETTY[:2], PRETTY[2][:40], PRETTY[2]]) + "\n]", ["f#3"]),
        ("\n".join(PRETTY), []),
    ],
)
def test_a_broken_json_item_costs_no_other(data: str, failed: list[str]) -> None:
    found = from_bytes(data.encode(), "f", format="jsonl")
    assert [x.name for x in found if isinstance(x, RawReport)] == ["a", "b", "c"]
    assert [x.name for x in found if isinstance(x, ReportError)] == failed
    assert all("whole JSON" in x.reason for x in found if x.name == "f#4" and CUT in data)


def test_a_json_list_that_is_broken_throughout_takes_no_time() -> None:
    for data in ("[" + ',{"a":[1' * 100_000, '[{"text":"' + ',{"' * 100_000):
        assert all(isinstance(x, ReportError) for x in from_bytes(data.encode(), "x", format="jsonl"))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2031-03-07T14:00:00Z", "2031-03-07"),
        ("2031-03-07T23:30:00.5+05:30", "2031-03-07"),
        ("2031-03-07T00:10:00-0800", "2031-03-07"),
        ("2031-03-07 14:00", "2031-03-07"),
        (" 2031-03-07 ", "2031-03-07"),
        ("", None),
        (None, None),
    ],
)
def test_a_time_of_publication_counts_by_its_day_as_written(told: str | None, day: str | None) -> None:
    [report] = from_bytes(json.dumps({"text": BODY, "published": told}).encode(), "x", format="jsonl")
    assert isinstance(report, RawReport)
    assert report.published == (date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("told", ["7 March 2031", "2031-02-30", "2031-03-07Tomorrow", 1930000000])
def test_what_is_no_day_is_quoted_with_the_way_to_write_it(told: object) -> None:
    data = json.dumps({"text": BODY, "published": told}).encode()
    [bad] = from_bytes(data, "x", format="jsonl")
    assert isinstance(bad, ReportError)
    assert str(told) in bad.reason
    assert "write it as 2031-03-07" in bad.reason
    [report] = from_bytes(data, "x", format="jsonl", known=Known(date(2031, 3, 7)))
    assert report.published == date(2031, 3, 7)


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_may_be_one_object_or_a_list(indent: int | None) -> None:
    one = {"text": BODY, "title": "Bridge"}
    [report] = from_bytes(json.dumps(one, indent=indent).encode(), "f.json", format="jsonl")
    assert (report.name, report.title) == ("f.json#1", "Bridge")
    several = json.dumps([one, {"text": ""}, {**one, "id": "b"}], indent=indent).encode()
    found = from_bytes(several, "f.json")
    assert [x.name for x in found] == ["f.json#1", "f.json#2", "b"]
    assert [isinstance(x, RawReport) for x in found] == [True, False, True]
    assert json.loads(found[2].original) == {**one, "id": "b"}
    assert "no report" in failure(b"[]", format="jsonl")


def test_json_nested_without_end_is_a_failure() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    for data in (deep, b'{"text": "x", "more": ' + deep + b"}"):
        assert isinstance(from_bytes(data, "x", format="jsonl")[0], ReportError)


def test_line_ends_in_json_become_newlines() -> None:
    [report] = from_bytes(json.dumps({"text": "One.\r\n\r\nTwo.\rThree."}).encode(), "x", format="jsonl")
    assert report.text == "One.\n\nTwo.\nThree."


def paged(head: str, body: str = BODY) -> bytes:
    return f"<html><head>{head}</head><body><article><p>{body}</p></article></body></html>".encode()


@pytest.mark.parametrize(
    ("head", "encoding", "name"),
    [
        ("<meta charset='gb2312'>", "gb18030", "Wałęsa"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">', "cp1250", "Řehoř"),
        ("<meta charset=punycode>", "utf-8", "Núñez"),
        ("<meta charset=gb2312>", "utf-8", "Núñez"),
        ("<meta charset=utf-8>", "cp1252", "Núñez"),
    ],
)
def test_a_pages_declared_encoding_goes_before_a_guess(head: str, encoding: str, name: str) -> None:
    body = BODY + f"“Nobody was hurt,” {name} said. " * 3
    [page] = from_bytes(paged(head, body).decode().encode(encoding), "x")
    assert page.text.strip() == body.strip()


def test_a_page_too_long_for_one_report_is_refused() -> None:
    assert "split" in failure(paged("", "".join(f"<p>{n} {BODY}</p>" for n in range(450))), format="html")


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


def test_a_glob_gives_each_file_once(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.txt", "sub/deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY)
    found = [Path(x.name).name for x in load([str(tmp_path / "**")])]
    assert found == ["a.txt", "b.txt", "c.txt"]


def test_a_path_that_cannot_be_is_a_failure_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    bad, good = load(["x" * 300, tmp_path / "a.txt"])
    assert isinstance(bad, ReportError)
    assert isinstance(good, RawReport)


def test_a_file_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BODY.encode())))
    for path in (tmp_path / "a.txt", "-"):
        [bad] = load([path], max_bytes=10)
        assert isinstance(bad, ReportError)
        assert "max_bytes" in bad.reason


def test_linked_folders_are_read_once_and_broken_links_named(tmp_path: Path) -> None:
    for name in ("day1/a.txt", "away/b.txt", "day1/deep/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BODY)
    for link, target in (
        ("day1/other", tmp_path / "away"),
        ("day1/again", tmp_path / "away"),
        ("day1/loop", tmp_path / "day1"),
        ("day1/gone.txt", tmp_path / "nowhere"),
        ("day1/gone", tmp_path / "nowhere"),
        ("day1/gone.png", tmp_path / "nowhere"),
        ("day1/.gone.txt", tmp_path / "nowhere"),
    ):
        (tmp_path / link).symlink_to(target)
    found = {
        str(Path(x.name).relative_to(tmp_path / "day1")): isinstance(x, RawReport)
        for x in load([tmp_path / "day1"])
    }
    assert found == {"a.txt": True, "again/b.txt": True, "deep/c.txt": True, "gone": False, "gone.txt": False}
    for path in (tmp_path / "day1/gone.txt", tmp_path / "day1/g*.txt"):
        [bad] = load([path])
        assert isinstance(bad, ReportError)
        assert "link leads nowhere" in bad.reason


def test_a_folder_that_may_not_be_read_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/one.txt", "locked/two.txt", "z/three.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(BODY)
    scandir = os.scandir

    def guarded(path: object) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    for path in (tmp_path, f"{tmp_path}/*"):
        found = list(load([path]))
        assert [Path(x.name).name for x in found] == ["one.txt", "locked", "three.txt"]
        assert [isinstance(x, RawReport) for x in found] == [True, False, True]
        assert "Permission denied" in str(found[1])


def test_closed_standard_input_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    [bad] = load(["-"])
    assert isinstance(bad, ReportError)
    assert "closed" in bad.reason


@pytest.mark.parametrize("holds", ["nothing", "pictures"])
def test_a_folder_without_reports_is_not_said_to_be_missing(tmp_path: Path, holds: str) -> None:
    if holds == "pictures":
        (tmp_path / "a.png").write_bytes(b"\x89PNG")
        (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    for path in (tmp_path, f"{tmp_path.parent}/{tmp_path.name[:-1]}?"):
        [bad] = load([path])
        assert isinstance(bad, ReportError)
        assert "no report in it (.txt" in bad.reason
        assert "nothing is there" not in bad.reason


def test_a_named_pipe_is_read_and_has_the_same_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for limit, right in ((10_000, True), (10, False)):
        writer = threading.Thread(target=pipe.write_text, args=(BODY,))
        writer.start()
        [found] = load([pipe], max_bytes=limit)
        writer.join()
        assert isinstance(found, RawReport) == right, found
    (tmp_path / "a.txt").write_text(BODY)
    assert len(list(load([tmp_path]))) == 1  # a folder's pipes are let be: nobody may ever write to them


@given(st.binary(max_size=400), st.sampled_from([None, "text", "jsonl"]))
def test_any_bytes_give_reports_or_failures(data: bytes, format: str | None) -> None:
    for item in from_bytes(data, "x", format=format):
        assert isinstance(item, RawReport | ReportError)


@pytest.mark.parametrize("data", ["\u00a0\n", " \n", "\u3000\u2003"])
def test_a_file_of_spaces_is_empty(data: str) -> None:
    for kind in ("text", "jsonl"):
        [bad] = from_bytes(data.encode(), "f", format=kind)
        assert isinstance(bad, ReportError)
        assert "empty" in bad.reason


@pytest.mark.parametrize(
    ("sent", "own", "encoding"),
    [
        ("windows-1254", "iso-8859-2", "cp1254"),
        ("ISO-8859-9", "", "cp1254"),
        ("utf-8", "windows-1254", "cp1254"),
        ("nonsense", "windows-1254", "cp1254"),
        ("x\x00\ud800", "windows-1254", "cp1254"),
        ("iso-8859-2", "iso-8859-2", "utf-8-sig"),
        ("iso-8859-2", "iso-8859-2", "utf-16"),
    ],
)
def test_the_encoding_it_was_sent_in_goes_before_the_pages_own_and_a_mark_before_both(
    sent: str, own: str, encoding: str
) -> None:
    head = f"<meta charset={own}>" if own else ""
    words = "Iğdır and Şırnak were quiet, the harbor office said, and no boat had left the pier. "
    page = f"<html><head>{head}</head><body><article><p>{words * 4}</p></article></body></html>"
    [report] = from_bytes(page.encode(encoding), "x", format="html", known=Known(charset=sent))
    assert isinstance(report, RawReport)
    assert "Iğdır and Şırnak" in report.text
    [plain] = from_bytes(
        (words * 4).encode("cp1254"), "x", format="text", known=Known(charset="windows-1254")
    )
    assert isinstance(plain, RawReport)
    assert plain.text.startswith(words)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (rb"{\rtf1\ansi Gunmen killed six people in Kirkuk, police said.}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old office document"),
        (b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nSix died.", "save it as HTML or text"),
        (
            b"From: <Saved by X>\nSubject: Six\nContent-Type: multipart/related;\n\tboundary=y\n\n--y\n<p>Six",
            "save it as HTML or text",
        ),
        (BODY.encode("utf-16-le"), "save it as UTF-8"),
        (BODY.encode("utf-16-be"), "save it as UTF-8"),
        (BODY.encode("utf-32"), "save it as UTF-8"),
        (BODY.encode("utf-32-be"), "save it as UTF-8"),
    ],
)
@pytest.mark.parametrize("format", [None, "text", "html", "jsonl"])
def test_what_is_saved_as_something_else_is_said_by_name(data: bytes, says: str, format: str | None) -> None:
    assert says in failure(data, format=format)


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann Omar\nTo: the desk\nSubject: Kirkuk\n\nGunmen killed six people, police said.\n",
        "Note: this is short.\n\nThe letter began with MIME-Version: 1.0 and said nothing more.\n",
        "Content: six people died.\nPolice: gunmen did it.\n",
    ],
)
def test_a_text_that_begins_like_a_letter_is_a_text(text: str) -> None:
    [report] = from_bytes(text.encode(), "x")
    assert isinstance(report, RawReport)
    assert report.text == text


def line(**fields: object) -> RawReport:
    [report] = from_bytes(json.dumps(fields).encode(), "x", format="jsonl")
    assert isinstance(report, RawReport)
    return report


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("<p>Six died.</p><p>The army denied it &amp; left.</p>", "Six died.\n\nThe army denied it & left."),
        ("Six died.<br><br>The army left.<br/>It was late.", "Six died.\n\nThe army left.\nIt was late."),
        ("<div class='a'><a href='/x'>Gunmen</a> killed <b>six</b>.</div>", "Gunmen killed six."),
        ("<p>It killed <s>44</s> 12.<script>x()</script></p>", "It killed 12."),
        ("<ul><li>Six died.</li><li>Two fled.</li></ul>", "Six died.\n\nTwo fled."),
        ("<B>KIRKUK</B> - Six\ndied.", "KIRKUK - Six died."),
        ("<!-- x --><p>Six died.</p>", "Six died."),
        ("<!--x-->Six <b>died</b>.", "Six died."),
        ("<p hidden>Six died.</p ><P\nclass=x >Two fled.</P>", "Two fled."),
        ("<br />Six <b>died</b>.", "Six died."),
        ('<!DOCTYPE html><html lang="en"><body>Six died.</body></html>', "Six died."),
    ],
)
def test_html_in_a_text_of_json_is_read_without_its_tags(given: str, read: str) -> None:
    assert line(text=given).text == read


@pytest.mark.parametrize(
    "text",
    [
        "Fewer than < 10 died & 5 > 4.",
        "The & sign.",
        "<3 said the mayor.",
        "<Reuters> Six died.",
        "<I am here>, said the mayor.",
        "<A man told us> that <Section 3> and <section 4 of the treaty> were broken.",
        "He wrote <p> on it.\n\n  Twice.",
        "It killed <b>six</b> of <i>them</i>.",
    ],
)
def test_a_lone_mark_makes_no_html_of_a_text(text: str) -> None:
    assert line(text=text).text == text


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (r"Six died \ud83d today.", "Six died � today."),
        (r"Six died \udc00\ud83d today.", "Six died �� today."),
        (r"Six died \ud83d\ude00 today.", "Six died 😀 today."),
        (r"Six died \\ud83d today.", r"Six died \ud83d today."),
        (r"Six died \ud83d\u0020today.", "Six died � today."),
    ],
)
def test_half_an_emoji_in_json_is_read_as_a_replacement(raw: str, read: str) -> None:
    [report] = from_bytes(b'{"text": "%s"}' % raw.encode(), "x", format="jsonl")
    assert isinstance(report, RawReport)
    assert report.text == read


def noted(*lines: dict[str, object], **known: object) -> Notes:
    notes = Notes()
    data = "\n".join(json.dumps({"text": BODY, **fields}) for fields in lines).encode()
    from_bytes(data, "x", known=Known(notes=notes, **known), format="jsonl")  # type: ignore[arg-type]
    return notes


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        ([{"date": "2031-03-05", "source": "Herald"}, {"headline": "Six"}], ("date", "source", "headline")),
        ([{"date": "2031-03-05", "title": "Six", "outlet": "Herald"}], ("date",)),
        ([{"published": "2031-03-05", "lang": "en"}], None),
        ([{"published": None, "lang": "en"}], None),
        ([{"date": "2031-03-05"}, {"published": "2031-03-05"}], None),
        ([{"id": "a", "url": "https://x.example"}], None),
    ],
)
def test_fields_of_other_names_are_noted_where_no_day_is_told(
    lines: list[dict[str, object]], fields: tuple[str, ...] | None
) -> None:
    assert noted(*lines).unread == ({"x": fields} if fields else {})
    assert noted(*lines, published=date(2031, 1, 1)).unread == {}


def test_what_is_known_of_all_and_goes_before_their_own_is_counted() -> None:
    own = {"published": "2031-03-05", "outlet": "Herald"}
    notes = noted(own, own, {"published": "2031-01-01"}, {}, published=date(2031, 1, 1), outlet="Wire")
    assert notes.overridden == {"published": 2, "outlet": 2}
    assert noted(own, own).overridden == {}


def test_files_of_a_folder_that_are_passed_over_are_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "c.PDF", "d.docx", "README.md", ".hidden", "none"):
        (tmp_path / name).write_text(BODY)
    notes = Notes()
    assert len(list(load([tmp_path], known=Known(notes=notes)))) == 1
    assert notes.passed_over == {".pdf": 2, ".docx": 1, "": 1}
    notes = Notes()
    list(load([tmp_path / "a.txt", str(tmp_path / "*.docx")], known=Known(notes=notes)))
    assert notes.passed_over == {}
