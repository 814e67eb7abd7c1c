from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from tests.cli.test_commands import run
from tests.ledger.test_incidents import army_and_medics, rival

from accordingto.ledger import tables
from accordingto.ledger.entries import enter
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
    import io

    from accordingto.cli.accounts import password

    monkeypatch.setattr(sys, "stdin", io.StringIO("secret words\r\n", newline=""))
    assert password(True) == "secret words"


def test_a_user_without_a_name_is_me(monkeypatch: pytest.MonkeyPatch) -> None:
    from accordingto.cli import serve

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4242")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert serve.user() == "me"
