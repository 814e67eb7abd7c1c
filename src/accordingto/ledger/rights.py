"""What may be done with a ledger's file or database, and why one can't be opened, in words that help."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError

from accordingto.errors import FatalError

NOT_AVAILABLE = "55P03"  # PostgreSQL's code of a lock that did not come free in time
FULL = "53100"  # its code of a disk that takes no more
FORBIDDEN = ("42501", "25006")  # its codes of a role without the right, and of a server that only reads
BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside its file


def shown(where: str | Path) -> str:
    """A ledger's path or URL as messages show it: without its password, even where that makes the URL one that can't be read."""
    hidden = re.sub(r"(://[^:@/?#]*:)[^?]*@", r"\1***@", str(where))
    return re.sub(r"([?&]password=)[^&]*", r"\1***", hidden) if "://" in hidden else hidden


def outdated(where: str) -> FatalError:
    """Why a ledger can't be opened by somebody who may not write to it."""
    return FatalError(
        f"The ledger {where} must be brought up to date, and you may not write to it; let whoever may do so open it once."
    )


def refused(where: str, error: DatabaseError) -> FatalError:
    """Why a ledger can't be opened."""
    if is_busy(error):
        return FatalError(
            f"The ledger {where} must be brought up to date, and another program is writing to it; try again when "
            "that is done."
        )
    if is_forbidden(error) and not str(error.statement).startswith("SELECT"):
        return outdated(where)
    if is_forbidden(error):
        return FatalError(
            f"You may not read the ledger {where} ({error.orig}); get the right to, or use another."
        )
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return FatalError(
            f"The ledger {where} can't be opened ({error.orig}); look at the rights to it, to its folder and to the files "
            f"beside it ({', '.join(BESIDE)})."
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL):
        return FatalError(
            f"The ledger {where} can't be used ({error.orig}); see that its disk is sound and has room."
        )
    return FatalError(f"The ledger {where} can't be used ({error.orig}); is it a ledger at all?")


def is_there(path: Path) -> bool:
    """Whether there is something at a path.

    Raises:
        FatalError: where its folder lets nobody look.
    """
    try:
        return path.exists()
    except OSError as error:
        raise FatalError(
            f"The ledger {path} can't be opened ({error.strerror}); look at the rights to its folder."
        ) from error


def kept_in(address: URL) -> Path | None:
    """The file that SQLite keeps a ledger in; None for another database, or one in memory."""
    name = address.database or ""
    plain = name and not name.startswith(("file:", ":"))
    return Path(name) if address.get_backend_name() == "sqlite" and plain else None


def make_private(kept: Path) -> None:
    """Make a ledger's file where there is none, for its owner alone: it holds what people wrote, and hashes of passwords.

    SQLite gives the files beside it the same rights. A file that is there keeps those that it has; where none can be made,
    SQLite says why when it tries.
    """
    with suppress(OSError):
        os.close(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def may_only_read(address: URL) -> bool:
    """Whether a ledger's file is there and this user may read it, but not write to it or beside it.

    Raises:
        FatalError: where it may not even be read.
    """
    kept = kept_in(address)
    if kept is None or not is_there(kept) or not kept.is_file():
        return False
    if not may(kept, os.R_OK):
        raise FatalError(f"You may not read the ledger {kept}; get the right to, or use another.")
    beside = [kept.with_name(kept.name + end) for end in BESIDE[:2]]
    room = may(kept.parent, os.W_OK | os.X_OK) or all(b.exists() and may(b, os.W_OK) for b in beside)
    return not (may(kept, os.W_OK) and room)


def may(path: Path, right: int) -> bool:
    """Whether this process has a right to a path."""
    return os.access(path, right, effective_ids=os.access in os.supports_effective_ids)


def reader_of(address: URL) -> Callable[[], sqlite3.Connection]:
    """How to open a file that may only be read.

    SQLite makes files beside a ledger even to read it, which a closed folder refuses, and which would keep its owner from
    writing later. So where no writer has such files there, it is told that nobody writes.
    """

    def opened() -> sqlite3.Connection:
        kept = kept_in(address)
        assert kept is not None
        where = f"{kept.resolve().as_uri()}?mode=ro"
        log, shared = (kept.with_name(kept.name + end) for end in BESIDE[:2])
        if not log.exists() or not (log.stat().st_size or shared.exists()):
            where += "&immutable=1"
        return sqlite3.connect(where, uri=True, check_same_thread=False)

    return opened


def is_busy(error: DatabaseError) -> bool:
    """Whether somebody else was writing all the while."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_BUSY or getattr(error.orig, "sqlstate", None) == NOT_AVAILABLE


def is_full(error: DatabaseError) -> bool:
    """Whether the disk has no room for what would be written."""
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return code == sqlite3.SQLITE_FULL or getattr(error.orig, "sqlstate", None) == FULL


def is_forbidden(error: DatabaseError) -> bool:
    """Whether PostgreSQL lets this user, or anybody, not do that."""
    return getattr(error.orig, "sqlstate", None) in FORBIDDEN
