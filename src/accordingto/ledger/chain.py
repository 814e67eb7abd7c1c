"""The log: every report, record and judgement that came in, each line chained to the one before by its hash.

Changing or taking out anything that was entered breaks the chain or its digest. Cutting off the log's end together with
what it names can only be seen against a head written down elsewhere; `accordingto verify` prints it.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from accordingto.ledger import tables

START = "0" * 64


def report_subject(number: int) -> str:
    """How the log names a report."""
    return f"report {number}"


def record_subject(report: int, model: str) -> str:
    """How the log names a record."""
    return f"record of report {report} by {model}"


def digest(data: bytes) -> str:
    """SHA-256 as hex."""
    return hashlib.sha256(data).hexdigest()


def line_hash(previous: str, number: int, kind: str, subject: str, digest: str, written_at: str) -> str:
    """A line's hash, over the hash before it and all its own fields."""
    text = "\x1f".join((previous, str(number), kind, subject, digest, written_at))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def append(connection: Connection, kind: str, subject: str, data: bytes) -> None:
    """Add a line about `data`. The caller holds the writers' lock, so that lines never fork."""
    append_digest(connection, kind, subject, digest(data))


def append_digest(connection: Connection, kind: str, subject: str, mine: str) -> None:
    """Add a line about what has the digest `mine`; see `append`."""
    t = tables.log
    last = connection.execute(select(t.c.number, t.c.hash).order_by(t.c.number.desc()).limit(1)).first()
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    now = datetime.now(UTC).isoformat()
    connection.execute(
        t.insert().values(
            number=number,
            kind=kind,
            subject=subject,
            digest=mine,
            written_at=now,
            previous=previous,
            hash=line_hash(previous, number, kind, subject, mine, now),
        )
    )


def head(connection: Connection) -> tuple[int, str]:
    """How many lines there are, and the last one's hash."""
    t = tables.log
    last = connection.execute(select(t.c.number, t.c.hash).order_by(t.c.number.desc()).limit(1)).first()
    return (last.number, last.hash) if last else (0, START)
