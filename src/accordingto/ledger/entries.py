"""The ledger's road: reports and their records go in, once each, and are never changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, Connection, literal_column, select

from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.ledger import chain, claimrows, originals, tables
from accordingto.ledger.accounts import AGAIN
from accordingto.ledger.session import Ledger
from accordingto.record import Record


class Outcome(StrEnum):
    """What entering did."""

    ENTERED = "entered"
    KNOWN = "known"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Entered:
    """The report's number in the ledger, what was done, and the name that it has there."""

    report: int
    outcome: Outcome
    name: str


def enter(ledger: Ledger, *, report: RawReport, record: Record, model: str) -> Entered:
    """Enter a report with its record, in one transaction.

    The same bytes with the same document are one entry, however often and under whatever name they come; a
    record by another model is added beside the older one, which stays. Where another report has the name already, this
    one gets its number behind it (`name~12`), so that a name means one report.
    """
    with ledger.write() as connection:
        return _enter(connection, report, record, model)


def _enter(connection: Connection, report: RawReport, record: Record, model: str) -> Entered:
    t = tables.reports
    document = record.document
    same = (t.c.sha256 == report.sha256) & (t.c.document == document.id)
    known = connection.scalar(select(t.c.id).where(same))
    number = known if known is not None else _add_report(connection, report, record)
    r = tables.records
    if known is not None and connection.scalar(
        select(r.c.id).where((r.c.report == number) & (r.c.model == model))
    ):
        return Entered(number, Outcome.KNOWN, name_of(connection, number))
    body = msgspec.json.encode(record)
    made = connection.execute(
        r.insert().values(report=number, model=model, body=zlib.compress(body), read_at=datetime.now(UTC))
    ).inserted_primary_key
    assert made is not None
    chain.append(connection, "record", chain.record_subject(number, model), body)
    _index(connection, number, int(made[0]), record)
    mark(connection, [number])
    outcome = Outcome.ENTERED if known is None else Outcome.REREAD
    return Entered(number, outcome, name_of(connection, number))


def _add_report(connection: Connection, report: RawReport, record: Record) -> int:
    document = record.document
    originals.keep(connection, report)
    key = connection.execute(
        tables.reports.insert().values(
            name=report.name,
            sha256=report.sha256,
            document=document.id,
            media_type=report.media_type,
            title=document.title,
            outlet=document.outlet,
            url=document.url,
            author=report.author,
            published=document.published.isoformat() if document.published else None,
            entered_at=datetime.now(UTC),
        )
    ).inserted_primary_key
    assert key is not None
    number = int(key[0])
    if taken(connection, report.name, number):
        t = tables.reports
        connection.execute(t.update().where(t.c.id == number).values(name=f"{report.name}{AGAIN}{number}"))
    chain.append_digest(connection, "report", chain.report_subject(number), report.sha256)
    return number


def taken(connection: Connection, name: str, number: int) -> bool:
    """True where another report than this one has a name."""
    t = tables.reports.c
    query = select(t.name).where(beginning() == name[: tables.CLIPPED], t.id != number)
    return name in set(connection.scalars(query))


def name_of(connection: Connection, number: int) -> str:
    """A report's name in the ledger."""
    t = tables.reports.c
    return str(connection.execute(select(t.name).where(t.id == number)).scalar_one())


def beginning() -> ColumnElement[str]:
    """A name as its index has it. Beside a condition on the whole name SQLite would not use that index."""
    return literal_column(f"substr(name, 1, {tables.CLIPPED})")


def mark(connection: Connection, reports: Iterable[int]) -> None:
    """Note reports whose derived rows are to be made again."""
    t = tables.pending
    wanted = sorted(set(reports))
    known = set(connection.scalars(select(t.c.report).where(t.c.report.in_(wanted))))
    new = [{"report": n} for n in wanted if n not in known]
    if new:
        connection.execute(t.insert(), new)


def _index(connection: Connection, report: int, record_number: int, record: Record) -> None:
    """Make the report's claim rows again from its newest record."""
    t = tables.claims
    connection.execute(t.delete().where(t.c.report == report))
    claimrows.enter(connection, claimrows.rows_of(record, record_number, report))


def record_failure(ledger: Ledger, failure: ReportError) -> None:
    """Keep the reason why a report could not be entered, once however often it is tried."""
    f = tables.failures
    alike = select(f.c.name, f.c.reason).where(beginning() == failure.name[: tables.CLIPPED])
    with ledger.write() as connection:
        if (failure.name, failure.reason) not in {tuple(row) for row in connection.execute(alike)}:
            connection.execute(
                f.insert().values(name=failure.name, reason=failure.reason, failed_at=datetime.now(UTC))
            )


def known_reports(ledger: Ledger, model: str) -> frozenset[tuple[str, str]]:
    """Bytes' hash and document id of every report that this model has read already."""
    t, r = tables.reports, tables.records
    with ledger.begin() as connection:
        query = select(t.c.sha256, t.c.document).join(r, r.c.report == t.c.id).where(r.c.model == model)
        return frozenset((row.sha256, row.document) for row in connection.execute(query))


def stored_bytes(ledger: Ledger, report: int) -> bytes:
    """The original bytes of a report.

    Raises:
        LookupError: where the ledger has no such report, or no longer its bytes.
    """
    with ledger.begin() as connection:
        found = originals.original(connection, report)
    if found is None:
        raise LookupError(f"no bytes of a report {report} in this ledger")
    return found
