"""Opening a ledger beside another program's work, and people who are signed in meanwhile."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from tests.ledger.test_ledger import add, report

from accordingto.errors import FatalError, UserError
from accordingto.ledger import session, tables
from accordingto.ledger.lists import incidents
from accordingto.ledger.people import Lasting, add_account, sign_in, signed_in
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.roles import Role

LASTING = Lasting(8 * 3600, 7 * 24 * 3600)


@pytest.fixture
def book(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(session, "WAIT_MS", 50)
    with open_ledger(ledger_url) as ledger:
        add(ledger, report())
        yield ledger


def test_a_reader_opens_a_ledger_that_is_being_written_to(book: Ledger, ledger_url: str) -> None:
    with book.write() as connection:
        connection.execute(tables.pending.delete())
        with open_ledger(ledger_url, create=False) as other:
            assert list(incidents(other)) == []


def test_a_ledger_of_an_earlier_step_that_is_being_written_to_is_busy(book: Ledger, ledger_url: str) -> None:
    with book.write() as connection:
        connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step > 5))
    with book.write(), pytest.raises(FatalError, match="writing"):
        open_ledger(ledger_url)


def test_another_programs_database_stays_as_it_is(ledger_url: str, tmp_path: Path) -> None:
    with open_ledger(ledger_url) as book:  # so that it holds nothing that reminds of a ledger
        url = book.engine.url
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(tmp_path / "other.db"))
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    engine.dispose()
    before = (tmp_path / "other.db").read_bytes() if engine.dialect.name == "sqlite" else b""
    with pytest.raises(UserError, match="no ledger"):
        open_ledger(url.render_as_string(hide_password=False), create=False)
    assert not before or (tmp_path / "other.db").read_bytes() == before


def test_a_mistyped_address_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no ledger"):
        open_ledger(f"sqlite:///{tmp_path / 'typo.db'}", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_has_the_journal_that_readers_need_not_wait_for(book: Ledger) -> None:
    if book.engine.dialect.name != "sqlite":
        pytest.skip("SQLite's journal")
    with sqlite3.connect(str(book.engine.url.database)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()


@pytest.mark.parametrize("later", [120.0, 9 * 3600.0])
def test_a_session_holds_and_ends_while_another_program_writes(
    book: Ledger, later: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "WAIT_MS", 5_000)  # too long for a page
    add_account(book, "ana", role=Role.READER, password="a long password")
    token = sign_in(book, "ana", "a long password", 1000.0)
    assert token is not None
    begun = time.perf_counter()
    with book.write():
        found = signed_in(book, token, 1000.0 + later, LASTING)
    assert time.perf_counter() - begun < 2
    assert (found.name if found else None) == ("ana" if later < LASTING.idle_s else None)
    with book.begin() as connection:
        assert connection.scalar(select(tables.sessions.c.used_at)) == 1000.0
    signed_in(book, token, 1000.0 + later, LASTING)
    with book.begin() as connection:
        used = connection.scalar(select(tables.sessions.c.used_at))
        assert used == (1000.0 + later if found else None)
