"""Verifying: whether what the ledger holds is what came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from accordingto.ledger import chain, claimrows, originals, tables
from accordingto.ledger.judgements import Judgement
from accordingto.ledger.session import Ledger

COLUMNS = ("kind", "who", "why", "made_at", "withdraws")  # of a judgement, beside its body
PAGE = 200  # rows fetched at once, since each may be large


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how much was checked, the log's head, and every fault as one sentence."""

    reports: int
    records: int
    judgements: int
    lines: int
    head: str
    faults: tuple[str, ...]


class StoredDocument(msgspec.Struct):
    """What lists show of a report, as its record has it."""

    document: str = msgspec.field(name="id")
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None


class StoredRecord(msgspec.Struct):
    """The document of a stored record; the rest of it is passed over."""

    document: StoredDocument


def verify(ledger: Ledger, *, head: str | None = None) -> Verdict:
    """Check the log's chain, every report's bytes, record and judgement against it, and claims against their records.

    `head`: a hash that `verify` once gave; the log must still hold it.
    """
    with ledger.begin() as connection:
        faults, digests, hashes = walk(connection)
        faults += list(check_reports(connection, digests))
        faults += list(check_records(connection, digests))
        faults += list(check_claims(connection))
        faults += list(check_judgements(connection, digests))
        faults += [
            f"{subject} is in the log and no longer in the ledger" for subject in digests if digests[subject]
        ]
        if head is not None and head not in hashes:
            faults.append(f"the log no longer holds the line {head}: its end was cut off or written anew")
        counts = [
            len(list(connection.scalars(select(t.c.id))))
            for t in (tables.reports, tables.records, tables.judgements)
        ]
        lines, last = chain.head(connection)
    return Verdict(counts[0], counts[1], counts[2], lines, last, tuple(faults))


def walk(connection: Connection) -> tuple[list[str], dict[str, str], set[str]]:
    """Follow the chain: its faults, the digest of each subject, all its hashes."""
    faults: list[str] = []
    digests: dict[str, str] = {}
    hashes = {chain.START}
    previous, expected = chain.START, 1
    for line in connection.execute(select(tables.log).order_by(tables.log.c.number)):
        if line.number != expected:
            faults.append(f"the log jumps from line {expected - 1} to line {line.number}")
        mine = chain.line_hash(
            line.previous, line.number, line.kind, line.subject, line.digest, line.written_at
        )
        if mine != line.hash or line.previous != previous:
            faults.append(f"line {line.number} of the log ({line.subject}) was changed")
        previous, expected = line.hash, line.number + 1
        hashes.add(line.hash)
        digests[line.subject] = line.digest
    return faults, digests, hashes


def check_reports(connection: Connection, digests: dict[str, str]) -> Iterator[str]:
    """Reports whose stored bytes are not those that came in; takes what it finds out of `digests`."""
    t, o = tables.reports.c, tables.originals
    changed = set(originals.changed(connection))
    query = (
        select(t.id, t.name, t.sha256, o.c.sha256.label("held"))
        .outerjoin(o, o.c.sha256 == t.sha256)
        .order_by(t.id)
    )
    for row in connection.execute(query.execution_options(yield_per=PAGE)):
        logged = digests.pop(chain.report_subject(row.id), None)
        if row.held is None:
            yield f"report {row.id} ({row.name}): its stored bytes are gone"
        elif row.held in changed:
            yield f"report {row.id} ({row.name}): its stored bytes were changed"
        if logged is None:
            yield f"report {row.id} ({row.name}) is not in the log"
        elif logged != row.sha256:
            yield f"report {row.id} ({row.name}): its hash is not the one in the log"


def check_records(connection: Connection, digests: dict[str, str]) -> Iterator[str]:
    """Records that were changed or never logged; reports that are listed otherwise than their first record has them."""
    t, r = tables.records.c, tables.reports.c
    columns = (r.name, r.document, r.title, r.outlet, r.url, r.published)
    query = select(t.report, t.model, t.body, *columns).outerjoin(tables.reports, r.id == t.report)
    compared: set[int] = set()
    for row in connection.execute(query.order_by(t.id).execution_options(yield_per=PAGE)):
        logged = digests.pop(chain.record_subject(row.report, row.model), None)
        body = originals.unpacked(row.body)
        if logged is None:
            yield f"the record of report {row.report} by {row.model} is not in the log"
        elif body is None or chain.digest(body) != logged:
            yield f"the record of report {row.report} by {row.model} was changed"
        elif row.report not in compared and row.name is not None:
            told = msgspec.json.decode(body, type=StoredRecord).document
            if wrong := differing(row, told, told.__struct_fields__):
                yield f"report {row.report} ({row.name}): not as in its record: {wrong}"
        compared.add(row.report)


def check_claims(connection: Connection) -> Iterator[str]:
    """Reports whose claims are listed otherwise than their newest record has them, or can't be."""
    r = tables.reports.c
    for report, wrong in claimrows.faults(connection):
        name = connection.scalar(select(r.name).where(r.id == report))
        yield f"report {report} ({name}): its claims are not those of its record: {wrong}; `accordingto rebuild` makes them again"


def check_judgements(connection: Connection, digests: dict[str, str]) -> Iterator[str]:
    """Judgements that were changed or never logged, or whose columns tell something else than they do."""
    t = tables.judgements.c
    for row in connection.execute(select(tables.judgements).order_by(t.id)):
        logged = digests.pop(row.key, None)
        if logged is None:
            yield f"judgement {row.key} is not in the log"
        elif chain.digest(row.body.encode()) != logged:
            yield f"judgement {row.key} was changed"
        elif wrong := differing(row, msgspec.json.decode(row.body, type=Judgement), COLUMNS):
            yield f"judgement {row.key}: not as it was made: {wrong}"


def differing(row: object, told: object, names: Sequence[str]) -> str:
    """The columns of a row that hold something else than what was logged, in words; empty where none does."""
    return ", ".join(name for name in names if getattr(row, name) != getattr(told, name))
