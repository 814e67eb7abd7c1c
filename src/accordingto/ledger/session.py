"""Opening a ledger: a SQLite file by path, any database by URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, event, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from accordingto.errors import FatalError, UserError
from accordingto.ledger import tables
from accordingto.ledger.migrations import STEPS, migrate, missing

WRITERS = 0x6163636F  # PostgreSQL's advisory lock that a ledger's writers take, one after the other
WAIT_MS = 30_000  # how long a writer waits for another
NOT_AVAILABLE = "55P03"  # PostgreSQL's code of a lock that did not come free in time
CACHE_KB = 65_536  # of a SQLite connection; indexes in random order need more than its own 2 MB
ROOMY_KB = 1_048_576  # of one that derives thousands of reports; taken only as far as it is needed
STATE = select(tables.changes.c.number)


class Ledger:
    """An open ledger. A context manager; `begin()` gives a connection in a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def begin(self) -> Connection:
        """A connection for reading; close it, or use it in a `with`."""
        return self.engine.connect().execution_options(reading=True)

    @contextmanager
    def write(
        self, *, anew: bool = False, silent: bool = False, patient: bool = True
    ) -> Iterator[Connection]:
        """A connection in a transaction that no other writer's overlaps; committed at the end.

        `anew`: for whoever makes whole tables again. SQLite then doesn't look up what each row refers to, and
        empties a table at once instead of row by row. `silent`: for what no page of the ledger shows, such as sessions;
        else the ledger's number of changes goes up with it, and no answer kept before is given again.
        Where another writer is at work and it is not `patient`, it ends at once with SQLAlchemy's OperationalError.
        """
        with self.engine.connect() as connection, _apart(connection, anew, patient), connection.begin():
            _take_turn(connection, None if patient else 1)
            yield connection
            if not silent:
                number = tables.changes.c.number
                connection.execute(tables.changes.update().values(number=number + 1))

    def state(self) -> int:
        """How often the ledger has changed: all that pages show of it follows from this number."""
        with self.begin() as connection:
            return state_of(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def state_of(connection: Connection) -> int:
    """How often the ledger has changed, as a transaction sees it; ask before all else that an answer is made of."""
    return int(connection.execute(STATE).scalar_one())


def open_ledger(where: str | Path, *, create: bool = True) -> Ledger:
    """Open the ledger at a path (SQLite) or URL, and bring its tables up to date.

    Only where its tables lack something it is written to: to open it again waits for no writer.

    Raises:
        UserError: where there is none and `create` is false, or the URL makes no sense.
        FatalError: where it can't be opened, is no ledger, is of a newer version, or must be brought up to date while
            somebody else writes.
    """
    none = UserError(
        f"There is no ledger at {where}; make one with `accordingto add --ledger {where} REPORT…`."
    )
    url = str(where)
    if "://" not in url:
        path = Path(url)
        if not path.exists() and not create:
            raise none
        if path.is_dir():
            raise UserError(f"{url} is a folder; give the ledger a file name, such as {path / 'ledger.db'}.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FatalError(
                f"The ledger {url} can't be made ({error.strerror}); choose another place."
            ) from error
        url = f"sqlite:///{path}"
    try:
        address = make_url(url)
        engine = create_engine(address)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UserError(f"{url!r} is no ledger ({error}); give a file or a database URL.") from error
    if not create and is_absent(address):
        raise none
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        lacking = look(address)
        if len(lacking) == len(STEPS) and not create:
            raise none
        if lacking:
            with engine.begin() as connection:
                _take_turn(connection, WAIT_MS)
                migrate(connection)
    except DatabaseError as error:
        engine.dispose()
        if is_busy(error):
            raise FatalError(
                f"The ledger {where} must be brought up to date, and another program is writing to it; try again when "
                "that is done."
            ) from error
        raise FatalError(
            f"The ledger {where} can't be used ({error.orig}); is it a ledger at all?"
        ) from error
    return Ledger(engine)


def is_absent(address: URL) -> bool:
    """True for a SQLite file that isn't there; looking into it would make it."""
    name = address.database or ""
    return (
        address.get_backend_name() == "sqlite" and not name.startswith("file:") and not Path(name).is_file()
    )


def look(address: URL) -> list[int]:
    """The steps that a ledger lacks, by a connection that leaves a database of another program as it is."""
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        return missing(connection)


def is_busy(error: DatabaseError) -> bool:
    """Whether somebody else was writing all the while."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_BUSY or getattr(error.orig, "sqlstate", None) == NOT_AVAILABLE


def begins(connection: Connection, column: ColumnElement[str], start: str) -> ColumnElement[bool]:
    """The condition that an id begins so. PostgreSQL may order texts by a language, in which no bound is one."""
    if connection.dialect.name == "sqlite":
        return (column >= start) & (column < f"{start}~")
    return column.startswith(start, autoescape=True)


def _take_turn(connection: Connection, wait_ms: int | None) -> None:
    """Wait for PostgreSQL's other writers, at most so long; SQLite takes its lock as a transaction begins."""
    if connection.dialect.name == "postgresql":
        if wait_ms:
            connection.execute(text(f"SET LOCAL lock_timeout = {wait_ms}"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS})
        if wait_ms:
            connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


@contextmanager
def _apart(connection: Connection, anew: bool, patient: bool) -> Iterator[None]:
    """What SQLite is told for one transaction; it takes no effect once that has begun."""
    if connection.dialect.name != "sqlite" or (patient and not anew):
        yield
        return
    cursor = connection.connection.cursor()
    try:
        cursor.execute(f"PRAGMA foreign_keys={'OFF' if anew else 'ON'}")
        cursor.execute(f"PRAGMA busy_timeout={WAIT_MS if patient else 0}")
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={WAIT_MS}")


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """Much memory for one long transaction: SQLite would else write each page of an index anew for every few rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size=-{ROOMY_KB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KB}")


def _prepare_sqlite(connection: object, _: ConnectionPoolEntry) -> None:
    """Write-ahead log, foreign keys, patience; transactions are begun by us, not by the driver."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    pragmas = (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={WAIT_MS}",
        f"cache_size=-{CACHE_KB}",
    )
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that two queue up and never deadlock; readers take none, and can't fail."""
    if connection.get_execution_options().get("reading", False):
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.execute(text("BEGIN IMMEDIATE"))
