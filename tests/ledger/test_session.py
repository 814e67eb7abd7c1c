"""Opening a ledger beside another program's work, and people who are signed in meanwhile."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import make_url
from tests.ledger.test_ledger import TEXT, add, report

from accordingto.cli.listing import derive_pending
from accordingto.errors import FatalError, UserError
from accordingto.ledger import session, tables
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.lists import incidents
from accordingto.ledger.people import Lasting, add_account, sign_in, signed_in
from accordingto.ledger.queries import claims
from accordingto.ledger.rights import shown
from accordingto.ledger.session import Ledger, ReadOnly, open_ledger
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


def test_a_new_ledger_is_its_owners_alone_and_an_old_one_stays_as_it_is(tmp_path: Path) -> None:
    for where in (tmp_path / "new.db", f"sqlite:///{tmp_path / 'other.db'}"):
        with open_ledger(where) as ledger:
            add(ledger, report())
            held = [f for f in ledger.files() if f.exists()]
            assert len(held) == 3
            assert {f.stat().st_mode & 0o777 for f in held} == {0o600}
    shared = tmp_path / "new.db"
    shared.chmod(0o640)
    with open_ledger(shared) as ledger:
        add(ledger, report("b"))
    assert shared.stat().st_mode & 0o777 == 0o640


NOBODY = 65534
Rights = Callable[[int, int], AbstractContextManager[Path]]


@pytest.fixture
def rights() -> Iterator[Rights]:
    """A ledger of one report, its file and its folder under these modes, for a user whom modes bind."""
    folder = Path(tempfile.mkdtemp())  # pytest's own are closed to other users
    path = folder / "ledger.db"
    with open_ledger(path) as ledger:
        add(ledger, report())
        bring_up_to_date(ledger)
        list(incidents(ledger))

    @contextmanager
    def under(file: int, around: int) -> Iterator[Path]:
        path.chmod(file)
        folder.chmod(around)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield path
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)

    yield under
    shutil.rmtree(folder)


@pytest.mark.parametrize(("file", "around"), [(0o444, 0o555), (0o444, 0o777), (0o644, 0o555)])
def test_a_ledger_that_may_only_be_read_is_read(rights: Rights, file: int, around: int) -> None:
    with rights(file, around) as path:
        for create in (False, True):
            with open_ledger(path, create=create) as ledger:
                assert ledger.read_only
                with ledger.begin() as connection:
                    assert len(list(connection.scalars(select(tables.reports.c.id)))) == 1
                with pytest.raises(ReadOnly, match="may not write"), ledger.write():
                    pass
        left = sorted(f.name for f in path.parent.iterdir())
    assert left == ["ledger.db"]  # nothing that would keep its owner from writing


def test_a_ledger_that_may_only_be_read_shows_what_a_writer_has_not_put_away(rights: Rights) -> None:
    with rights(0o644, 0o755) as path:
        pass
    with open_ledger(path) as writer:
        add(writer, report("b", f"{TEXT} It rained."))
        with rights(0o444, 0o555), open_ledger(path) as reader, reader.begin() as connection:
            assert len(list(connection.scalars(select(tables.reports.c.id)))) == 2
        path.chmod(0o644)


def test_a_ledger_that_may_not_be_read_is_said_to_be_so(rights: Rights) -> None:
    for around in (0o755, 0o644):
        with rights(0o000, around) as path, pytest.raises(FatalError) as refused:
            open_ledger(path)
        assert "is it a ledger" not in str(refused.value)
        assert "right" in str(refused.value)


def test_an_older_ledger_that_may_only_be_read_says_what_it_lacks(rights: Rights) -> None:
    with rights(0o644, 0o755) as path:
        pass
    with open_ledger(path) as ledger, ledger.write() as connection:
        connection.execute(tables.schema_steps.delete().where(tables.schema_steps.c.step > 5))
    with rights(0o444, 0o555), pytest.raises(FatalError, match="up to date, and you may not write"):
        open_ledger(path, create=False)


@pytest.fixture
def reader_url(book: Ledger) -> Iterator[str]:
    """A ledger with something pending, under a role that may only read it."""
    if book.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL's roles")
    name = "ledger_looker"
    with book.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP ROLE IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD 'looker-pw'")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {name}")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    yield book.engine.url.set(username=name, password="looker-pw").render_as_string(hide_password=False)
    with book.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {name}")
        connection.exec_driver_sql(f"DROP ROLE {name}")


def test_a_role_that_may_only_read_lists_what_was_derived_last(
    reader_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_ledger(reader_url, create=False) as book:
        derive_pending(book, None)
        assert [c.who for c in claims(book)] == ["The army", "Two medics"]
        with pytest.raises(ReadOnly, match="may not write"), book.write():
            pass
    said = capsys.readouterr().err
    assert "What came in last is in no list yet" in said
    assert "looker-pw" not in said


def test_a_role_that_loses_its_right_meanwhile_is_told_so(reader_url: str, book: Ledger) -> None:
    with book.engine.begin() as connection:
        connection.exec_driver_sql("GRANT UPDATE ON changes TO ledger_looker")
    with open_ledger(reader_url) as other, pytest.raises(ReadOnly, match="may not write"):
        add(other, report("b", "The army denied it. Two medics said that 100% were civilians. Again."))


def test_a_server_that_only_reads_is_read(book: Ledger, ledger_url: str) -> None:
    if book.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL's setting")
    with open_ledger(f"{ledger_url}?options=-cdefault_transaction_read_only%3Don") as other:
        assert len(list(claims(other))) == 2
        with pytest.raises(ReadOnly, match="may not write"):
            add(other, report("b", "The army denied it. Two medics said that 100% were civilians. Again."))


def test_a_role_that_may_not_even_read_is_told_so(reader_url: str, book: Ledger) -> None:
    with book.engine.begin() as connection:
        connection.exec_driver_sql("REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM ledger_looker")
    with pytest.raises(FatalError, match="may not read"):
        open_ledger(reader_url)


def test_a_connection_that_was_dropped_is_made_anew(book: Ledger) -> None:
    if book.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL's connections")
    before = book.state()
    engine = create_engine(book.engine.url)
    with engine.begin() as connection:
        others = "pid <> pg_backend_pid() AND datname = current_database()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")
    engine.dispose()
    assert book.state() == before


@pytest.mark.parametrize(
    "where",
    [
        "postgresql+psycopg://tester:secretpw@127.0.0.1:1/ledger",
        "postgresql+psycopg://tester:pa@secretpw@127.0.0.1:1/ledger",
        "postgresql+psycopg://tester:pa/secretpw@127.0.0.1:1/ledger",
        "postgresql+psycopg://tester:secretpw@127.0.0.1:port/ledger",
        "postgresql+psycopg://127.0.0.1:1/ledger?user=tester&password=secretpw",
        "mysql://tester:secretpw@127.0.0.1/ledger",
        "nonsense://tester:secretpw@127.0.0.1/ledger",
    ],
)
def test_no_message_holds_a_password(where: str) -> None:
    pytest.importorskip("psycopg")
    assert "secretpw" not in shown(where)
    assert "127.0.0.1" in shown(where)
    with pytest.raises((UserError, FatalError)) as found:
        open_ledger(where, create=False)
    assert "secretpw" not in str(found.value)


def test_a_database_without_a_ledger_is_named_without_its_password(book: Ledger) -> None:
    if book.engine.dialect.name != "postgresql":
        pytest.skip("a database with a password")
    address = make_url(book.engine.url).set(password="secretpw").render_as_string(hide_password=False)
    with book.engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    with pytest.raises(UserError, match="no ledger") as found:
        open_ledger(address, create=False)
    assert "secretpw" not in str(found.value)
    with pytest.raises(FatalError) as found:
        open_ledger(address.replace("/accordingto", "/no_such_database"))
    assert "secretpw" not in str(found.value)


@pytest.mark.parametrize("where", ["ledger.db", "/a/led:ger@home.db", "postgresql://ana@host:5432/l"])
def test_what_holds_no_password_is_named_as_it_is(where: str) -> None:
    assert shown(where) == where
