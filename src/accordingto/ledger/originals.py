"""The bytes that reports came in, each file's once by its hash, however many reports are in it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, func, select

from accordingto.intake.report import RawReport
from accordingto.ledger import chain, tables

PAGE = 20  # rows fetched at once, since each may be large


def keep(connection: Connection, report: RawReport) -> None:
    """Keep a report's original, unless it is there. The caller holds the writers' lock."""
    t = tables.originals
    if connection.scalar(select(t.c.sha256).where(t.c.sha256 == report.sha256)) is None:
        body = zlib.compress(report.original)
        connection.execute(t.insert().values(sha256=report.sha256, body=body))


def original(connection: Connection, report: int) -> bytes | None:
    """The bytes that a report came in; None where the ledger has no such report, or no longer its bytes."""
    t, r = tables.originals.c, tables.reports.c
    packed = connection.scalar(
        select(t.body).join(tables.reports, r.sha256 == t.sha256).where(r.id == report)
    )
    return None if packed is None else zlib.decompress(packed)


def changed(connection: Connection) -> Iterator[str]:
    """Hashes whose bytes are no longer theirs."""
    query = select(tables.originals).execution_options(yield_per=PAGE)
    for row in connection.execute(query):
        if digest_of(row.body) != row.sha256:
            yield row.sha256


def digest_of(packed: bytes) -> str | None:
    """The digest of compressed bytes; None where they can't even be unpacked."""
    body = unpacked(packed)
    return None if body is None else chain.digest(body)


def unpacked(packed: bytes) -> bytes | None:
    """Compressed bytes as they were; None where they can't be unpacked."""
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None


def move(connection: Connection) -> None:
    """Move the bytes that stand with each report into a table of their own.

    Of the copies that the reports of one file have, the first that is whole is kept. The database moves the others
    itself, so that they never are in memory together.
    """
    t, o = tables.reports, tables.originals
    tables.metadata.create_all(connection, tables=[o])
    full = func.length(t.c.original) > 0
    shared = select(t.c.sha256).where(full).group_by(t.c.sha256).having(func.count() > 1)
    for sha256 in list(connection.scalars(shared)):
        mine = full & (t.c.sha256 == sha256)
        for number in list(connection.scalars(select(t.c.id).where(mine).order_by(t.c.id))):
            packed = connection.scalar(select(t.c.original).where(t.c.id == number))
            if packed is not None and digest_of(packed) == sha256:
                _copy(connection, t.c.id == number)
                break
    first = select(func.min(t.c.id)).where(full).group_by(t.c.sha256)
    _copy(connection, t.c.id.in_(first))
    connection.execute(t.update().where(full).values(original=b""))


def _copy(connection: Connection, chosen: ColumnElement[bool]) -> None:
    """Copy the bytes of chosen reports, one for each hash, where they aren't there yet."""
    t, o = tables.reports.c, tables.originals
    there = select(o.c.sha256).where(o.c.sha256 == t.sha256).exists()
    connection.execute(
        o.insert().from_select(["sha256", "body"], select(t.sha256, t.original).where(chosen & ~there))
    )
