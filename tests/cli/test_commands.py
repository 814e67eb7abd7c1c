from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from accordingto import __version__
from accordingto.cli import main as program

REPORT = """Bridge Closed After Flood in Quelimane

QUELIMANE, Mozambique, 4 March 2031 (Coast Wire) — The bridge was closed on Tuesday, the mayor said.

The company that built it denied any fault. Two engineers, who spoke on the condition of anonymity because they
feared for their jobs, said that the steel was bad.
"""


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *args: str
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["accordingto", *args])
    monkeypatch.setenv("COLUMNS", "100")
    code = 0
    try:
        program.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return code, out, err


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    return lambda *args: run(capsys, monkeypatch, *args)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bridge.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [[], ["read"], ["add"], ["claims"], ["models"], ["schema"], ["gazetteer"], ["gazetteer", "import"]],
)
def test_help(call, command: list[str]) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = call(*command, "--help")
    assert code == 0
    assert "Usage: accordingto" in out
    if not command:
        assert "3 ledger" in " ".join(out.split())


def test_version(call) -> None:  # type: ignore[no-untyped-def]
    assert call("--version")[1].strip() == f"accordingto {__version__}"


def test_read_as_text(call, file: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = call("read", str(file))
    assert (code, err) == (0, "")
    assert "Bridge Closed After Flood" in out
    assert "Coast Wire · 2031-03-04" in out
    assert "denies" in out
    assert "set aside (dateline)" in out
    assert "\x1b[" not in out


def test_read_as_json(call, file: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = call("read", str(file), "--format", "json", "--published", "2031-03-09")
    [record] = json.loads(out)
    assert code == 0
    assert record["document"]["published"] == "2031-03-09"
    assert {"deny", "assert"} <= {c["act"] for c in record["claims"]}


def test_read_as_html_into_a_file(call, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = call("read", str(file), "--format", "html", "--output", str(tmp_path / "x.html"))
    assert (code, out) == (0, "")
    assert "<h1" in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_one_bad_report_does_not_stop_the_others(call, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").write_text("")
    code, out, err = call("read", str(tmp_path / "empty.txt"), str(file))
    assert code == 1
    assert "Bridge Closed" in out
    assert "empty.txt: the file is empty" in err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["read", "x.txt", "--published", "2031-02-30"], "no date"),
        (["claims", "--ledger", "none.db"], "no ledger"),
        (["claims", "--since", "soon"], "--since"),
        (["read", "x.txt", "--as", "docx"], "docx"),
        (["read"], "FILE"),
        (["sing"], "sing"),
        (["claims", "--act", "mumble"], "mumble"),
    ],
)
def test_wrong_commands_end_with_2(
    call, args: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text(REPORT)
    code, _, err = call(*args)
    assert code == 2
    assert says in err


def test_a_file_that_is_no_ledger_ends_with_3(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "x.db").write_text("no database " * 300)
    assert call("claims", "--ledger", str(tmp_path / "x.db"))[0] == 3


def test_add_and_claims(call, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    book = str(tmp_path / "l.db")
    assert call("add", "--ledger", book, str(file))[1] == "Reports: 1 entered.\n"
    assert "1 already there" in call("add", "--ledger", book, str(file))[1]
    (tmp_path / "bad.jsonl").write_text('{"text": "cut')
    code, out, err = call("add", "--ledger", book, str(tmp_path / "bad.jsonl"))
    assert (code, "1 failed" in out, "bad.jsonl#1" in err) == (1, True, True)
    code, out, _ = call("claims", "--ledger", book, "--act", "deny")
    assert code == 0
    assert "denies" in out
    assert "1 claim." in out
    lines = call("claims", "--ledger", book, "--json")[1].splitlines()
    assert len(lines) >= 3
    assert all(json.loads(x)["outlet"] == "Coast Wire" for x in lines)


def test_the_summary_as_json(call, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    out = call("add", "--json", "--ledger", str(tmp_path / "l.db"), str(file))[1]
    assert json.loads(out) == {"entered": 1, "known": 0, "reread": 0, "failed": []}


def test_a_report_under_a_name_that_is_taken(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    book, file = str(tmp_path / "l.db"), tmp_path / "r.jsonl"
    for killed in ("Six", "Four"):
        file.write_text(json.dumps({"id": "7", "text": f"{killed} people died in Marda, police said."}))
        out = call("add", "--ledger", book, str(file))[1]
    assert out == "Reports: 1 entered.\n  7: another report has this name; this one is 7~2\n"
    file.write_text(json.dumps({"id": "7", "text": "Nine people died in Marda, police said."}))
    told = json.loads(call("add", "--json", "--ledger", book, str(file))[1])
    assert told["renamed"] == [{"name": "7", "as": "7~3"}]
    assert call("judge", "reject", "7~3:V1", "--ledger", book, "--who", "Ana", "--why", "test")[0] == 0


def test_models_and_schema(call) -> None:  # type: ignore[no-untyped-def]
    assert "onnxruntime" in call("models")[1]
    assert json.loads(call("schema")[1])["title"] == "accordingto record"


def test_standard_input() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "accordingto", "read", "-", "--format", "json"],
        input=REPORT.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["document"]["title"].startswith("Bridge")


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    cells = ["9000009", "Testfurt", "Testfurt", "", "10", "20", "P", "PPL", "TD", "", "01", "", "", "", "900"]
    made = tmp_path / "TD.txt"
    made.write_text("\t".join([*cells, "", "", "Africa/Ndjamena", "2031-01-01"]) + "\n", encoding="utf-8")
    return made


def test_a_geonames_dump_is_imported(  # type: ignore[no-untyped-def]
    call, dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "own.sqlite"
    code, out, err = call("gazetteer", "import", str(dump), "--output", str(made))
    assert (code, err) == (0, "")
    assert str(made) in out
    report = tmp_path / "report.txt"
    report.write_text(
        "Flood in Testfurt\n\nThe river broke its banks in the town of Testfurt, the mayor said.\n"
    )
    monkeypatch.setenv("ACCORDINGTO_GAZETTEER", str(made))
    _, out, _ = call("read", str(report), "--format", "json")
    assert {p["country"] for p in json.loads(out)[0]["places"]} == {"TCD"}
    code, _, err = call("gazetteer", "import", str(tmp_path / "none.zip"))
    assert code == 2
    assert "no such file" in err


def test_a_gazetteer_takes_no_other_files_place(  # type: ignore[no-untyped-def]
    call, dump: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACCORDINGTO_LEDGER", "l.db")
    assert call("add", "--no-meaning", str(file))[0] == 0
    assert call("add", "--no-meaning", "--ledger", "l2.db", str(file))[0] == 0
    (tmp_path / "link").symlink_to("l2.db")
    (tmp_path / "notes.md").write_text("mine")
    before = {f.name: f.read_bytes() for f in tmp_path.iterdir()}
    for target, says in (
        ("l.db", "the ledger itself"),
        ("l2.db", "no gazetteer"),
        ("link", "no gazetteer"),
        ("TD.txt", "the dump that is read"),
        ("notes.md", "no gazetteer"),
        (".", "no gazetteer"),
    ):
        code, out, err = call("gazetteer", "import", "TD.txt", "-o", target)
        assert (code, out, says in err) == (2, "", True), (target, err)
        monkeypatch.setenv("ACCORDINGTO_GAZETTEER", target)
        assert call("gazetteer", "import", "TD.txt")[0] == 2
        monkeypatch.delenv("ACCORDINGTO_GAZETTEER")
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir()} == before


def test_a_gazetteer_is_made_anew_in_its_place(call, dump: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = tmp_path / "own.sqlite"
    made.touch()
    for _ in range(2):
        assert call("gazetteer", "import", str(dump), "-o", str(made))[0] == 0
    code, _, err = call("gazetteer", "import", str(dump), "-o", "/dev/null/own.sqlite")
    assert (code, "can't be made" in err) == (2, True)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["TD.txt", "own.sqlite"]


def test_another_programs_database_is_never_made_a_ledger(call, file: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE x (a)")
        made.commit()
    before = other.read_bytes()
    for command in (["add", str(file)], ["claims"], ["rebuild"], ["verify"]):
        code, out, err = call(*command, "--ledger", str(other))
        assert (code, out, "another program's database" in err) == (2, "", True), command
    assert other.read_bytes() == before


def test_what_is_passed_over_not_read_or_overridden_is_said(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, book = tmp_path / "in", str(tmp_path / "l.db")
    folder.mkdir()
    for name in ("a.pdf", "b.docx", "README.md", ".hidden"):
        (folder / name).write_text("x")
    rows = [{"text": f"{n} people died in Marda, police said.", "date": "2031-03-05"} for n in ("Six", "Two")]
    (folder / "r.jsonl").write_text("\n".join(json.dumps(r) for r in rows))
    code, out, err = call("add", "--no-meaning", "--ledger", book, str(folder))
    assert (code, out) == (0, "Reports: 2 entered.\n")
    assert "2 files passed over (.docx 1, .pdf 1); name them to read them." in err
    assert "r.jsonl: fields not read: date; the day is read from `published`" in err
    told = json.loads(call("add", "--json", "--no-meaning", "--ledger", book, str(folder))[1])
    assert told["passed_over"] == {".docx": 1, ".pdf": 1}
    own = [{"text": r["text"], "published": r["date"]} for r in rows]
    (folder / "r.jsonl").write_text("\n".join(json.dumps(r) for r in own))
    code, _, err = call("read", str(folder / "r.jsonl"), "--published", "2031-03-07")
    assert (code, err) == (
        0,
        "accordingto: --published went before the day that 2 reports give themselves.\n",
    )
    (folder / "r.jsonl").write_text(json.dumps(own[0]))
    assert call("read", str(folder / "r.jsonl"), "--published", "2031-03-07")[::2] == (0, "")


@pytest.mark.parametrize("day", ["0031-03-05", "9999-12-31"])
def test_a_day_of_publication_lies_in_the_years_of_reports(call, file: Path, day: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = call("read", str(file), "--published", day)
    assert (code, "is no day of a report" in err) == (2, True)


@pytest.mark.parametrize("id", ["", "  "])
def test_an_incident_needs_an_id(call, file: Path, tmp_path: Path, id: str) -> None:  # type: ignore[no-untyped-def]
    code, _, err = call("incident", id, "--ledger", str(tmp_path / "l.db"))
    assert (code, "No incident's id is given" in err) == (2, True)
