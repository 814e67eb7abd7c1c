"""Deriving: records and judgements → accounts, links, incidents and pieces; the ledger's second road.

Reports that came in, were read again or were judged stand in `pending`. One transaction takes them all: it
makes their rows again, compares their accounts with those under the same blocks, and clusters anew only the
parts of the match graph that they touch. Killed at any moment, the old state stands and they are still pending.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from accordingto.crews import processors
from accordingto.ledger import bulk, claimrows, tables
from accordingto.ledger.merging import clear, copy_groups, members_of, merge
from accordingto.ledger.naming import note
from accordingto.ledger.pairing import MANY, Store, chunks, find_copies, link
from accordingto.ledger.preparing import PIECE, WHO, Prepared, Report, crew
from accordingto.ledger.session import Ledger, roomy
from accordingto.ledger.voices import Heard, voices

CHUNK = 200  # reports whose rows are made in one go
SUMMED = 20  # reports from which the sum of a source is stored
AT_ONCE = 50  # sources whose sums are made in one go
ALONE = 1_000  # pending reports up to which no worker process pays

log = logging.getLogger("accordingto.ledger")

Progress = Callable[[int, int], None]


def bring_up_to_date(
    ledger: Ledger,
    *,
    tables_dir: Path | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> int:
    """Derive what is pending, in one transaction; returns how many reports it was.

    `workers`: processes that read records beside this one, which writes; by default one for each further processor, where
    there is much to do.
    """
    with ledger.begin() as reading:
        if not reading.scalar(select(func.count()).select_from(tables.pending)):
            return 0
    with ledger.write() as connection, roomy(connection):
        return derive(connection, tables_dir, progress, workers)


def rebuild(
    ledger: Ledger,
    *,
    tables_dir: Path | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> int:
    """Make everything derived again from records and judgements, claims too; returns how many reports there are."""
    with ledger.write(anew=True) as connection, roomy(connection):
        for table in tables.DERIVED:
            connection.execute(table.delete())
        claimrows.remake(connection)
        connection.execute(tables.pending.delete())
        everything = select(tables.reports.c.id)
        connection.execute(tables.pending.insert().from_select(["report"], everything))
        return derive(connection, tables_dir, progress, workers)


def derive(
    connection: Connection, tables_dir: Path | None, progress: Progress | None, workers: int | None = None
) -> int:
    """Derive all that is pending; the caller holds the transaction."""
    r = tables.reports.c
    waiting = select(tables.pending.c.report).join(tables.reports, r.id == tables.pending.c.report)
    by_day = waiting.order_by(func.coalesce(r.published, ""), r.id)  # so that accounts that meet are at hand
    reports = list(connection.scalars(by_day))
    if workers is None:
        workers = processors() - 1 if len(reports) > ALONE else 0
    store = Store(connection)
    touched: set[int] = set()
    gone: set[str] = set()
    grouped: set[tuple[str, str]] = set()
    with crew(workers, tables_dir) as prepared:
        for made in prepared(newest(connection, some) for some in chunks(reports, CHUNK)):
            some = [m.number for m in made]
            keep_failures(connection, made)
            grouped |= keys_of_pieces(connection, some)
            gone |= forget(connection, some)
            new = enter_accounts(connection, made)
            touched |= new | link(connection, new, find_copies(connection, some), store)
            grouped |= keys_of_pieces(connection, some)
            if progress:
                progress(len(some), len(reports))
    count_groups(connection, grouped)
    touched |= members_of(connection, gone) | of_copies(connection, reports)
    clear(connection, gone)
    merge(connection, touched, store.get)
    connection.execute(tables.pending.delete())
    return len(reports)


def keep_failures(connection: Connection, made: Sequence[Prepared]) -> None:
    """Say which reports could not be compared, and keep the reasons, each once; such a report has no rows until it is derived again."""
    f, r = tables.failures, tables.reports
    for number, reason in ((m.number, m.failure) for m in made if m.failure):
        name = connection.execute(select(r.c.name).where(r.c.id == number)).scalar_one()
        log.warning("%r: %s", name, reason)
        if not connection.scalar(select(f.c.id).where((f.c.name == name) & (f.c.reason == reason)).limit(1)):
            connection.execute(f.insert().values(name=name, reason=reason, failed_at=datetime.now(UTC)))


def forget(connection: Connection, reports: Sequence[int]) -> set[str]:
    """Take out what was derived from these reports; returns the incidents that they were in."""
    t = tables.accounts
    old = list(connection.execute(select(t.c.id, t.c.incident).where(t.c.report.in_(reports))))
    for ids in chunks([row.id for row in old], MANY):
        connection.execute(tables.blocks.delete().where(tables.blocks.c.account.in_(ids)))
        for column in (tables.links.c.one, tables.links.c.other):
            connection.execute(tables.links.delete().where(column.in_(ids)))
    for table in (tables.claim_incidents, tables.accounts, tables.pieces, tables.shingles, tables.sketches):
        connection.execute(table.delete().where(table.c.report.in_(reports)))
    for column in (tables.copies.c.one, tables.copies.c.other):
        connection.execute(tables.copies.delete().where(column.in_(reports)))
    return {row.incident for row in old if row.incident}


def newest(connection: Connection, reports: Sequence[int]) -> list[Report]:
    """Number, name and newest record of each report."""
    r, t = tables.records, tables.reports
    last = select(func.max(r.c.id)).where(r.c.report.in_(reports)).group_by(r.c.report)
    query = select(r.c.report, t.c.name, r.c.body).join(t, t.c.id == r.c.report).where(r.c.id.in_(last))
    return [Report(*row) for row in connection.execute(query.order_by(r.c.report))]


def enter_accounts(connection: Connection, made: Sequence[Prepared]) -> set[int]:
    """Enter rows of accounts, blocks, shingles and pieces; returns the accounts' ids.

    Ids go on from the largest: writers come one at a time.
    """
    note(connection, (row[WHO] for m in made for row in m.pieces))
    bulk.insert(connection, tables.pieces, PIECE, [row for m in made for row in m.pieces])
    bulk.insert(connection, tables.shingles, ("report", "body"), [(m.number, m.grams) for m in made])
    sketched = [(h, m.number) for m in made for h in m.sketch]
    bulk.insert(connection, tables.sketches, ("hash", "report"), sketched)
    last = connection.scalar(select(func.max(tables.accounts.c.id))) or 0
    told = list(enumerate(((m.number, a) for m in made for a in m.accounts), last + 1))
    accounts = [(i, number, a.document, a.body, a.first) for i, (number, a) in told]
    bulk.insert(connection, tables.accounts, ("id", "report", "document", "body", "first"), accounts)
    keys = [(key, i, is_open) for i, (_, a) in told for key, is_open in a.blocks]
    bulk.insert(connection, tables.blocks, ("key", "account", "open"), keys)
    return {i for i, _ in told}


def keys_of_pieces(connection: Connection, reports: Sequence[int]) -> set[tuple[str, str]]:
    """Kind and key of the groups that these reports have pieces of."""
    p = tables.pieces.c
    query = select(p.kind, p.key).where(p.report.in_(reports)).distinct()
    return {(row.kind, row.key) for row in connection.execute(query)}


def count_groups(connection: Connection, grouped: set[tuple[str, str]]) -> None:
    """Count the pieces of some groups anew; a group without any is gone."""
    p, g = tables.pieces.c, tables.groups
    for kind in sorted({kind for kind, _ in grouped}):
        for keys in chunks(sorted(key for k, key in grouped if k == kind), MANY):
            connection.execute(g.delete().where((g.c.kind == kind) & g.c.key.in_(keys)))
            first, last = (func.coalesce(end(p.day), "9999") for end in (func.min, func.max))
            told = (p.kind, p.key, first, func.count(), last, func.max(p.type), func.max(p.who))
            query = select(*told).where((p.kind == kind) & p.key.in_(keys))
            columns = ["kind", "key", "day", "pieces", "last", "type", "who"]
            connection.execute(g.insert().from_select(columns, query.group_by(p.kind, p.key)))
            if kind == "heard":
                sum_up(connection, keys)


def sum_up(connection: Connection, keys: Sequence[str]) -> None:
    """Store the sums of those sources that speak in many reports: a list of them needn't put all their pieces together."""
    p, g = tables.pieces.c, tables.groups
    heard = (g.c.kind == "heard") & g.c.key.in_(keys) & (g.c.pieces >= SUMMED)
    large = list(connection.scalars(select(g.c.key).where(heard).order_by(g.c.key)))
    decode = msgspec.json.Decoder(Heard).decode
    for some in chunks(large, AT_ONCE):
        query = select(p.body).where((p.kind == "heard") & p.key.in_(some))
        found = voices(decode(b) for b in connection.scalars(query))
        rows = [{"of": v.id, "made": zlib.compress(msgspec.json.encode(v), 1)} for v in found]
        chosen = g.update().where((g.c.kind == "heard") & (g.c.key == bindparam("of")))
        connection.execute(chosen.values(sum=bindparam("made")), rows)


def of_copies(connection: Connection, reports: Sequence[int]) -> set[int]:
    """The accounts of all near-copies of these reports: they share an origin with what is new."""
    t = tables.accounts
    out: set[int] = set()
    for some in chunks(sorted(copy_groups(connection, reports)), MANY):
        out |= set(connection.scalars(select(t.c.id).where(t.c.report.in_(some))))
    return out
