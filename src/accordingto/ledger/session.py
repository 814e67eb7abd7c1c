"""Opening a ledger: a SQLite file by path, any database by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, event, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from accordingto.errors import FatalError, UserError
from accordingto.ledger import folding, tables
from accordingto.ledger.migrations import STEPS, migrate, missing
from accordingto.ledger.rights import (
    BESIDE,
    is_forbidden,
    is_there,
    kept_in,
    make_private,
    may_only_read,
    outdated,
    reader_of,
    refused,
    shown,
)

WRITERS = 0x6163636F  # PostgreSQL's advisory lock that a ledger's writers take, one after the other
WAIT_MS = 30_000  # how long a writer waits for another
CACHE_KB = 65_536  # of a SQLite connection; indexes in random order need more than its own 2 MB
ROOMY_KB = 1_048_576  # of one that derives thousands of reports; taken only as far as it is needed
STATE = select(tables.changes.c.number)
MAY_WRITE = text(  # to what every change of a ledger goes to
    "SELECT current_setting('transaction_read_only') = 'off' "
    "AND coalesce(has_table_privilege(to_regclass('changes')::oid, 'UPDATE'), true)"
)


class ReadOnly(UserError):
    """Something would be written to a ledger that its user may only read."""


class Ledger:
    """An open ledger. A context manager; `begin()` gives a connection in a transaction.

    `read_only`: its file, or the folder that it lies in, or its database lets nobody like this user write.
    """

    def __init__(self, engine: Engine, *, read_only: bool = False) -> None:
        self.engine = engine
        self.read_only = read_only

    def files(self) -> tuple[Path, ...]:
        """The files that it is kept in, whether all are there just now or not; none for a database server."""
        kept = kept_in(self.engine.url)
        return tuple(kept.with_name(kept.name + end) for end in ("", *BESIDE)) if kept else ()

    def expect_writing(self) -> None:
        """Let the run end here where nothing can be written.

        Raises:
            ReadOnly: where it may only be read.
        """
        if self.read_only:
            raise self._closed()

    def _closed(self) -> ReadOnly:
        """Why nothing can be written, and what would help."""
        if kept_in(self.engine.url):
            return ReadOnly(
                f"You may not write to the ledger {self.engine.url.database} or beside it; "
                "use one that is yours, or get the right to write to this one and its folder."
            )
        where = shown(self.engine.url.render_as_string(hide_password=False))
        return ReadOnly(
            f"You may not write to the ledger {where}; use one that is yours, or get the right to write to this one."
        )

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

        Raises:
            ReadOnly: where the ledger may only be read.
        """
        self.expect_writing()
        try:
            with self.engine.connect() as connection, _apart(connection, anew, patient), connection.begin():
                _take_turn(connection, None if patient else 1)
                yield connection
                if not silent:
                    number = tables.changes.c.number
                    connection.execute(tables.changes.update().values(number=number + 1))
        except DatabaseError as error:
            if is_forbidden(error):
                raise self._closed() from error
            raise

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

    Only where its tables lack something it is written to: to open it again waits for no writer. A file that the user may
    read but not write is opened for reading.

    Raises:
        UserError: where there is none and `create` is false, the file is another program's database, or the URL makes no sense.
        FatalError: where it can't be opened, is no ledger, is of a newer version, or must be brought up to date while
            somebody else writes.
    """
    url, named = str(where), shown(where)
    none = UserError(
        f"There is no ledger at {named}; make one with `accordingto add --ledger {named} REPORT…`."
    )
    if "://" not in url:
        path = Path(url)
        if not is_there(path) and not create:
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
        if "@" in (address.host or ""):
            raise ArgumentError("an @ in a password is written %40")
        read_only = may_only_read(address)
        engine = (
            create_engine(address, creator=reader_of(address))
            if read_only
            else create_engine(address, pool_pre_ping=kept_in(address) is None)
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise UserError(f"{named!r} is no ledger ({error}); give a file or a database URL.") from error
    if not create and is_absent(address):
        raise none
    if kept := kept_in(address):
        make_private(kept)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_reading if read_only else _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        lacking, may_write = look(engine if read_only else create_engine(address, poolclass=NullPool))
        read_only = read_only or not may_write
        if len(lacking) == len(STEPS) and not create:
            raise none
        if lacking and read_only:
            raise outdated(named)
        if lacking:
            with engine.begin() as connection:
                _take_turn(connection, WAIT_MS)
                migrate(connection)
    except DatabaseError as error:
        engine.dispose()
        raise refused(named, error) from error
    return Ledger(engine, read_only=read_only)


def is_absent(address: URL) -> bool:
    """True for a SQLite file that isn't there; looking into it would make it."""
    name = address.database or ""
    return (
        address.get_backend_name() == "sqlite" and not name.startswith("file:") and not Path(name).is_file()
    )


def look(engine: Engine) -> tuple[list[int], bool]:
    """The steps that a ledger lacks, and whether its database lets this user write.

    By a connection that leaves a database of another program as it is.
    """
    with engine.connect().execution_options(reading=True) as connection:
        may_write = connection.dialect.name != "postgresql" or bool(connection.scalar(MAY_WRITE))
        return missing(connection), may_write


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
    folding.teach(connection)


def _prepare_reading(connection: object, _: ConnectionPoolEntry) -> None:
    """The same for a file that may only be read, which keeps the journal that it has."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("query_only=ON", f"busy_timeout={WAIT_MS}", f"cache_size=-{CACHE_KB}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    folding.teach(connection)


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once, so that two queue up and never deadlock; readers take none, and can't fail."""
    if connection.get_execution_options().get("reading", False):
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.execute(text("BEGIN IMMEDIATE"))
