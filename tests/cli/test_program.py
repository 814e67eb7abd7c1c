from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import OperationalError
from tests.cli.test_commands import run
from tests.ledger.test_incidents import army_and_medics, rival

from accordingto.ledger import tables
from accordingto.ledger.entries import enter
from accordingto.ledger.rights import refused
from accordingto.ledger.session import open_ledger

SPOKEN = "the \x1b]0;owned\x07\x1b[2Jroad was shut\x9b2J"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    return lambda *args: run(capsys, monkeypatch, *args)


@pytest.fixture
def book(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ACCORDINGTO_LEDGER", ledger_url)
    with open_ledger(ledger_url) as ledger:
        for s in (army_and_medics(), rival()):
            enter(ledger, report=s.raw, record=s.record(), model="m")
    return ledger_url


def keys(url: str) -> list[tuple[object, ...]]:
    with open_ledger(url) as ledger, ledger.begin() as c:
        return sorted(tuple(r) for r in c.execute(select(tables.blocks.c.key)))


def test_a_judgement_derives_with_the_users_tables(  # type: ignore[no-untyped-def]
    call, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "type_families.csv").write_text("type,family\nstrike,parade\n")
    monkeypatch.setenv("ACCORDINGTO_DATA_DIR", str(own))
    found = [json.loads(x) for x in call("incidents", "--json")[1].splitlines()]
    before = keys(book)
    assert call("judge", "review", found[0]["id"], "reviewed", "--who", "Ana", "--why", "seen")[0] == 0
    assert keys(book) == before


def test_a_locked_ledger_ends_with_3(call, book: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("accordingto.cli.listing.bring_up_to_date", locked)
    code, _, err = call("incidents")
    assert (code, "database is locked" in err) == (3, True)


def test_being_stopped_is_said(call, book: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("accordingto.cli.listing.bring_up_to_date", stopped)
    code, _, err = call("incidents")
    assert (code, "what was entered so far stays" in err) == (130, True)


@pytest.mark.parametrize("command", ["schema", "incidents"])
def test_a_reader_who_has_enough_is_no_failure(book: str, command: str) -> None:
    given, taken = os.pipe()
    os.close(given)
    done = subprocess.run(
        [sys.executable, "-m", "accordingto", command], stdout=taken, stderr=subprocess.PIPE, check=False
    )
    os.close(taken)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_name_that_is_no_utf8_is_read_too(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "reports"
    folder.mkdir()
    body = "The road to Kor was shut on Tuesday, the mayor said. It will open soon, she added.\n"
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xe9.txt")).write_text(body)
    (folder / "c.txt").write_text(f"{body}Nobody was hurt.\n")
    code, out, err = call("add", "--no-meaning", "--ledger", str(tmp_path / "l.db"), str(folder))
    assert (code, err) == (0, "")
    assert out == "Reports: 2 entered.\n"
    missing = os.fsdecode(os.fsencode(folder) + b"/d\xe9.txt")
    code, _, err = call("add", "--no-meaning", "--ledger", str(tmp_path / "l.db"), missing)
    assert (code, "d�.txt: nothing is there" in err) == (1, True)


def test_no_report_commands_the_terminal(call, ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from tests.ledger.builder import Story

    monkeypatch.setenv("ACCORDINGTO_LEDGER", ledger_url)
    s = Story(f"The mayor said {SPOKEN}.", outlet="Coast\x1b[2J Wire", name="x\x1b[2J.txt")
    s.claim("The mayor", "said", SPOKEN)
    with open_ledger(ledger_url) as ledger:
        enter(ledger, report=s.raw, record=s.record(), model="m")
    for command in ("claims", "sources", "commitments", "verify"):
        _, out, err = call(command)
        assert not set(out + err) & {"\x1b", "\x07", "\x9b"}
    assert "road was shut" in call("claims")[1]
    code, _, err = call("judge", "reject", "\x1b[2J:V1", "--who", "Ana", "--why", "x")
    assert (code, "\x1b" in err) == (2, False)


def test_a_read_report_is_plain(call, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.txt").write_text(f"The mayor said that {SPOKEN} on Tuesday.\n")
    code, out, _ = call("read", str(tmp_path / "a.txt"))
    assert code == 0
    assert "road was shut" in out
    assert not set(out) & {"\x1b", "\x07", "\x9b"}


def test_a_password_has_no_line_end(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    from accordingto.cli.accounts import password

    monkeypatch.setattr(sys, "stdin", io.StringIO("secret words\r\n", newline=""))
    assert password(True) == "secret words"


def test_an_account_is_changed_in_one_way_or_not_at_all(  # type: ignore[no-untyped-def]
    call, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a long enough password\n"))
    assert call("accounts", "add", "bob", "--password-stdin")[0] == 0
    before = call("accounts", "list")[1]
    for options, says in (((), "Nothing of bob would change"), (("--close", "--open"), "not both")):
        code, out, err = call("accounts", "set", "bob", *options)
        assert (code, out, says in err) == (2, "", True)
    assert call("accounts", "list")[1] == before
    assert call("accounts", "set", "bob", "--close")[:2] == (0, "bob is changed.\n")
    assert "closed" in call("accounts", "list")[1]


@pytest.mark.parametrize(
    "given",
    [("--https",), ("--name", "desk.example.org"), ("--name", "Desk.example.org:8443"), ("--name", "192.0.2.7"),
     ("--name", "2001:db8::1"), ("--name", "localhost", "--name", "desk.example.org"), ("--sign-in",), ("--host", "0.0.0.0")],
)  # fmt: skip
def test_where_others_may_ask_a_desk_is_not_opened_without_an_admin(  # type: ignore[no-untyped-def]
    call, tmp_path: Path, given: tuple[str, ...]
) -> None:
    code, _, error = call("serve", str(tmp_path / "ledger.db"), "--port", "1", *given)
    assert code == 2
    assert "there is no admin yet" in error


class Opened(Exception):
    """A desk would be open now."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """The options of a desk that `serve` would open, without opening it."""
    from accordingto.cli.serve import serve
    from accordingto.web import processes

    def made(_: object, options: object) -> None:
        raise Opened(options)

    @contextmanager
    def listening(*_: object) -> Iterator[None]:
        yield

    def asked(ledger: Path, **given: object):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(processes, "make_desk", made)
        monkeypatch.setattr(processes, "listen", listening)
        plain = {
            "host": "127.0.0.1",
            "port": 8765,
            "name": None,
            "sign_in": False,
            "https": False,
            "tiles": None,
        }
        with pytest.raises(Opened) as caught:
            serve(str(ledger), **(plain | given), workers=1)  # type: ignore[arg-type]
        return caught.value.args[0]

    return asked


def test_on_this_machine_a_desk_is_open_to_who_sits_there(opened, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for given in ({}, {"name": ["desk.localhost", "127.0.0.9", "::1"]}, {"host": "::1"}):
        assert not opened(tmp_path / "ledger.db", **given).signs_in, given


@pytest.mark.parametrize(
    ("host", "asked"), [("127.0.0.5", "127.0.0.5"), ("0:0:0:0:0:0:0:1", "[::1]"), ("localhost", "localhost")]
)
def test_a_desk_answers_at_the_address_that_it_prints(  # type: ignore[no-untyped-def]
    opened, tmp_path: Path, host: str, asked: str
) -> None:
    hosts = opened(tmp_path / "ledger.db", host=host, name=["Mine.localhost:80", ""]).hosts
    assert {asked, "localhost", "mine.localhost"} <= set(hosts)
    assert "" not in hosts


def test_where_people_sign_in_a_ledger_that_may_only_be_read_is_not_opened(  # type: ignore[no-untyped-def]
    call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accordingto.ledger import session

    path = tmp_path / "ledger.db"
    open_ledger(path).close()
    monkeypatch.setattr(session, "may_only_read", lambda _: True)
    code, _, error = call("serve", str(path), "--sign-in")
    assert code == 2
    assert "you may only read it" in error
    assert "no admin" not in error


def test_a_user_without_a_name_is_me(monkeypatch: pytest.MonkeyPatch) -> None:
    from accordingto.cli import serve

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4242")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert serve.user() == "me"


REPORT = "The road to Kor was shut on Tuesday, the mayor said. It will open soon, she added.\n"


@pytest.mark.parametrize("name", ["l.db", "./l.db", "link.db", "hard.db", "l.db-wal", "l.db-shm"])
def test_an_export_never_takes_the_ledgers_place(call, tmp_path: Path, name: str) -> None:  # type: ignore[no-untyped-def]
    book = tmp_path / "l.db"
    with open_ledger(book) as ledger:
        for s in (army_and_medics(), rival()):
            enter(ledger, report=s.raw, record=s.record(), model="m")
    (tmp_path / "link.db").symlink_to(book)
    os.link(book, tmp_path / "hard.db")
    for address in (str(book), f"sqlite:///{book}"):
        code, _, err = call("export", "--ledger", address, "--to", "csv", "-o", f"{tmp_path}/{name}")
        assert (code, "the ledger itself" in err) == (2, True)
    assert call("verify", "--ledger", str(book))[0] == 0


@pytest.mark.parametrize("given", ["s.txt", ".", "*.txt"])
def test_a_read_never_overwrites_what_it_reads(call, tmp_path: Path, given: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "s.txt").write_text(REPORT)
    (tmp_path / "link.html").symlink_to("s.txt")
    for name in ("s.txt", "link.html"):
        code, _, err = call("read", f"{tmp_path}/{given}", "--format", "html", "-o", f"{tmp_path}/{name}")
        assert (code, "files that are read" in err) == (2, True)
    assert (tmp_path / "s.txt").read_text() == REPORT


def test_an_output_is_whole_or_as_it_was(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "s.txt").write_text(REPORT)
    kept = tmp_path / "kept.json"
    kept.write_text("before")
    kept.chmod(0o640)
    (tmp_path / "link.json").symlink_to(kept)
    monkeypatch.setattr("accordingto.cli.read.json.dumps", lambda *_, **__: "\ud800")  # can't be written
    with pytest.raises(UnicodeEncodeError):
        call("read", str(tmp_path / "s.txt"), "--format", "json", "-o", str(kept))
    monkeypatch.undo()
    assert kept.read_text() == "before"
    call("read", str(tmp_path / "s.txt"), "--format", "json", "-o", str(tmp_path / "link.json"))
    assert json.loads(kept.read_text())[0]["document"]["text"] == REPORT
    assert (tmp_path / "link.json").is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert sorted(f.name for f in tmp_path.iterdir()) == ["kept.json", "link.json", "s.txt"]


def program(*args: str, shell: str = "") -> subprocess.CompletedProcess[str]:
    command = " ".join([sys.executable, "-m", "accordingto", *args, shell])
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)


def test_devices_and_pipes_are_written_to_as_they_are(book: str, tmp_path: Path) -> None:
    plain = program("export", "--to", "csv").stdout
    assert plain
    for shell in ("-o /dev/stdout", "-o /dev/stderr 2>&1", "-o >(cat) | cat"):
        done = program("export", "--to", "csv", shell=shell)
        assert (done.returncode, done.stdout) == (0, plain), shell
    out = tmp_path / "out.csv"
    assert program("export", "--to", "csv", "-o", "/dev/stdout", shell=f"> {out}").returncode == 0
    assert out.read_text() == plain


@pytest.mark.parametrize("command", ["export --to csv", "claims --json", "incidents", "schema", "--help"])
def test_a_full_disk_is_said_to_be_full(book: str, command: str) -> None:
    done = program(command, shell="> /dev/full")
    assert (done.returncode, "No space left" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_a_full_disk_is_said_of_a_named_output_too(book: str) -> None:
    done = program("export", "--to", "csv", "-o", "/dev/full")
    assert (done.returncode, "/dev/full can't be written" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


def test_a_closed_output_is_no_failure(book: str) -> None:
    done = program("claims", "--json", shell=">&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_being_stopped_while_modules_are_imported_is_said_too() -> None:
    code = (
        "import os, signal, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == sys.argv[1]: os.kill(os.getpid(), signal.SIGINT)\n"
        "from accordingto.cli.main import main\n"
        "module = sys.argv[1]\n"
        "sys.meta_path.insert(0, Stop())\n"
        "main()"
    )
    for module in ("typer", "accordingto.cli.program"):
        done = subprocess.run(
            [sys.executable, "-c", code, module], capture_output=True, text=True, check=False
        )
        assert done.stderr == "accordingto: stopped; what was entered so far stays.\n", module
        assert done.returncode == 130


def test_the_program_begins_without_the_reader() -> None:
    code = "import sys, accordingto.cli.main; print([m for m in ('numpy', 'onnxruntime', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_ledger_that_may_only_be_read_is_listed_but_not_added_to(  # type: ignore[no-untyped-def]
    call, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "://" in book:
        pytest.skip("SQLite's file")
    shown = {command: call(*command.split())[1] for command in ("claims", "verify", "export --to csv")}
    monkeypatch.setattr("accordingto.ledger.rights.may", lambda path, right: right == os.R_OK)
    for command, out in shown.items():
        assert call(*command.split()) == (0, out, "")
    (tmp_path / "s.txt").write_text(REPORT)
    key = json.loads(call("incidents", "--json")[1].splitlines()[0])["id"]
    for command in (
        ("add", str(tmp_path / "s.txt")),
        ("rebuild",),
        ("judge", "reject", key, "--who", "Ana", "--why", "x"),
    ):
        code, _, err = call(*command)
        assert (code, "You may not write to the ledger" in err) == (2, True)


def test_what_waits_in_a_ledger_that_may_only_be_read_is_named(  # type: ignore[no-untyped-def]
    call, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "://" in book:
        pytest.skip("SQLite's file")
    monkeypatch.setattr("accordingto.ledger.rights.may", lambda path, right: right == os.R_OK)
    code, _, err = call("incidents")
    assert (code, "What came in last is in no list yet" in err) == (0, True)


def test_a_ledger_on_a_full_disk_shows_what_was_derived_last(call, book: str) -> None:  # type: ignore[no-untyped-def]
    if "://" in book:
        pytest.skip("SQLite's file")

    def filled(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # no more than there are

    event.listen(Engine, "connect", filled)
    try:
        for command in ("incidents", "stats", "claims", "export --to csv"):
            code, out, err = call(*command.split())
            assert (code, "is full" in err, "in no list yet" in err) == (0, True, True), command
            assert out or command.startswith("export")  # of which there is nothing yet
        assert "claims." in call("claims")[1]
    finally:
        event.remove(Engine, "connect", filled)
    assert call("incidents")[2] == ""


def test_a_disk_that_fails_is_not_taken_for_a_wrong_file() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | (19 << 8)
    said = str(refused("l.db", OperationalError("BEGIN", {}, error)))
    assert "has room" in said
    assert "ledger at all" not in said


def test_a_rebuild_names_the_records_that_are_damaged_and_ends_with_1(call, book: str) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(book) as ledger, ledger.write() as connection:
        first = select(tables.records.c.id).order_by(tables.records.c.id).limit(1).scalar_subquery()
        connection.execute(
            tables.records.update().where(tables.records.c.id == first).values(body=b"no record")
        )
    code, out, err = call("rebuild", "--no-meaning")
    assert (code, out) == (1, "Made again from 1 report; 1 failed.\n")
    assert "failed: " in err
    assert "comparing failed" in err


def test_failed_reports_are_named_when_a_run_ends_before_its_end(  # type: ignore[no-untyped-def]
    call, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("accordingto.ledger.deriving.bring_up_to_date", locked)
    code, _, err = call("add", str(tmp_path / "none.txt"), "--no-meaning")
    assert code == 3
    assert f"failed: {tmp_path / 'none.txt'}: nothing is there" in err
    assert "database is locked" in err


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_letters_that_an_encoding_lacks_are_written_as_their_codes(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("“We heard it 😀,” Mayor Zoë Łódź said — twice.", encoding="utf-8")
    run = [sys.executable, "-m", "accordingto"]
    settings = {**os.environ, "ACCORDINGTO_LEDGER": str(tmp_path / "l.db"), "PYTHONIOENCODING": encoding}
    for command in (["add", "--no-meaning", "a.txt"], ["claims"], ["claims", "--json"], ["incidents"]):
        done = subprocess.run([*run, *command], env=settings, cwd=tmp_path, capture_output=True, check=False)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        if command == ["claims", "--json"]:
            told = json.loads(done.stdout.decode(encoding))
            assert (told["who"], "😀" in told["content"][0]["text"]) == ("Zoë Łódź", True)


def test_reports_from_a_closed_standard_input_fail_by_name(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m accordingto add --no-meaning --ledger '{tmp_path / 'l.db'}' - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "failed: -: standard input is closed" in done.stderr
    account = command.replace("add --no-meaning", "accounts add z --password-stdin").replace(" - <", " <")
    done = subprocess.run(["bash", "-c", account], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_fault_is_told_by_the_code_though_nobody_reads_to_the_end(book: str, as_json: list[str]) -> None:
    reading = "| true; exit ${PIPESTATUS[0]}"
    assert program("verify", *as_json, shell=reading).returncode == 0
    with open_ledger(book) as ledger, ledger.write() as connection:
        connection.execute(tables.claims.update().values(act="confirm"))
    done = program("verify", *as_json, shell=reading)
    assert (done.returncode, done.stderr) == (3, "")


def test_claims_that_cannot_be_read_end_with_3_and_what_to_do(call, book: str) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(book) as ledger, ledger.write() as connection:
        connection.execute(tables.claims.update().values(body="no JSON"))
    code, _, err = call("claims")
    assert (code, "run `accordingto rebuild`" in err) == (3, True)
    assert call("rebuild", "--no-meaning")[0] == 0
    assert call("claims")[0] == 0
    assert "all as they came in" in call("verify")[1]
