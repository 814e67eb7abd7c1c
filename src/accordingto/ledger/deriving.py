"""Deriving: records and judgements → accounts, links, incidents and pieces; the ledger's second road.

Reports that came in, were read again or were judged stand in `pending`. One transaction takes them all: it
makes their rows again, compares their accounts with those under the same blocks, and clusters anew only the
parts of the match graph that they touch. Killed at any moment, the old state stands and they are still pending.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from sqlalchemy import Connection, func, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.blocking import blocks
from accordingto.ledger.copies import LEAST, Shingles, are_copies, shingles, sketch
from accordingto.ledger.knowledge import Knowledge, knowledge
from accordingto.ledger.matching import compare
from accordingto.ledger.merging import clear, copy_groups, members_of, merge
from accordingto.ledger.observing import observe
from accordingto.ledger.pieces import pieces
from accordingto.ledger.session import Ledger
from accordingto.record import Record

T = TypeVar("T")
CHUNK = 200  # reports whose rows are made in one go
MANY = 400  # values in one IN list
KEPT = 40_000  # accounts kept decoded during one run


@dataclass(slots=True)
class Store:
    """Accounts decoded during one run, by row id; the oldest go first."""

    connection: Connection
    held: dict[int, tuple[int, Account]] = field(default_factory=dict)

    def get(self, ids: Iterable[int]) -> dict[int, tuple[int, Account]]:
        """Report number and account of each id."""
        wanted = set(ids)
        missing = wanted - self.held.keys()
        if missing and len(self.held) > KEPT:
            self.held = {k: v for k, v in self.held.items() if k in wanted}
            missing = wanted - self.held.keys()
        t = tables.accounts
        for some in chunks(sorted(missing), MANY):
            rows = self.connection.execute(select(t.c.id, t.c.report, t.c.body).where(t.c.id.in_(some)))
            for row in rows:
                self.held[row.id] = (row.report, unpack(row.body))
        return {i: self.held[i] for i in wanted if i in self.held}


def pack(account: Account) -> bytes:
    """An account as stored."""
    return msgspec.msgpack.encode(account)


def unpack(body: bytes) -> Account:
    """An account from its stored form."""
    return msgspec.msgpack.decode(body, type=Account)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


Progress = Callable[[int, int], None]


def bring_up_to_date(
    ledger: Ledger, *, tables_dir: Path | None = None, progress: Progress | None = None
) -> int:
    """Derive what is pending, in one transaction; returns how many reports it was."""
    with ledger.begin() as reading:
        if not reading.scalar(select(func.count()).select_from(tables.pending)):
            return 0
    with ledger.write() as connection:
        return derive(connection, knowledge(tables_dir), progress)


def rebuild(ledger: Ledger, *, tables_dir: Path | None = None, progress: Progress | None = None) -> int:
    """Make everything derived again from records and judgements; returns how many reports there are."""
    with ledger.write() as connection:
        for table in tables.DERIVED:
            connection.execute(table.delete())
        connection.execute(tables.pending.delete())
        everything = select(tables.reports.c.id)
        connection.execute(tables.pending.insert().from_select(["report"], everything))
        return derive(connection, knowledge(tables_dir), progress)


def derive(connection: Connection, known: Knowledge, progress: Progress | None) -> int:
    """Derive all that is pending; the caller holds the transaction."""
    reports = list(connection.scalars(select(tables.pending.c.report).order_by(tables.pending.c.report)))
    store = Store(connection)
    touched: set[int] = set()
    gone: set[str] = set()
    grouped: set[tuple[str, str]] = set()
    for some in chunks(reports, CHUNK):
        grouped |= keys_of_pieces(connection, some)
        gone |= forget(connection, some)
        new = enter_accounts(connection, some, known)
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


def newest(connection: Connection, reports: Sequence[int]) -> Iterator[tuple[int, str, Record]]:
    """Number, name and newest record of each report."""
    r, t = tables.records, tables.reports
    last = select(func.max(r.c.id)).where(r.c.report.in_(reports)).group_by(r.c.report)
    query = select(r.c.report, r.c.body, t.c.name).join(t, t.c.id == r.c.report).where(r.c.id.in_(last))
    for row in connection.execute(query.order_by(r.c.report)):
        yield row.report, row.name, msgspec.json.decode(zlib.decompress(row.body), type=Record)


def enter_accounts(connection: Connection, reports: Sequence[int], known: Knowledge) -> set[int]:
    """Rows of accounts, blocks, shingles and pieces; returns the accounts' ids."""
    found: list[tuple[int, Account]] = []
    other: dict[Any, list[dict[str, Any]]] = {tables.pieces: [], tables.shingles: [], tables.sketches: []}
    for number, name, record in newest(connection, reports):
        found += [(number, a) for a in observe(record, name, known)]
        other[tables.pieces] += pieces(record, number, name)
        grams = shingles(record)
        other[tables.shingles].append({"report": number, "body": grams.tobytes()})
        other[tables.sketches] += [{"hash": h, "report": number} for h in sorted(set(sketch(grams)))]
    for table, rows in other.items():
        if rows:
            connection.execute(table.insert(), rows)
    if not found:
        return set()
    t = tables.accounts
    made = connection.execute(
        t.insert().returning(t.c.id, sort_by_parameter_order=True),
        [{"report": n, "document": a.document, "body": pack(a)} for n, a in found],
    )
    ids = list(made.scalars())
    keys = [
        {"key": b.key, "account": i, "open": b.open}
        for i, (_, a) in zip(ids, found, strict=True)
        for b in sorted(blocks(a))
    ]
    if keys:
        merged = {(k["key"], k["account"]): k for k in sorted(keys, key=lambda k: bool(k["open"]))}
        connection.execute(tables.blocks.insert(), list(merged.values()))
    return set(ids)


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
            first = func.min(func.coalesce(p.day, "9999"))
            last = func.max(func.coalesce(p.day, "9999"))
            told = (p.kind, p.key, first, func.count(), last, func.max(p.type), func.max(p.who))
            query = select(*told).where((p.kind == kind) & p.key.in_(keys))
            columns = ["kind", "key", "day", "pieces", "last", "type", "who"]
            connection.execute(g.insert().from_select(columns, query.group_by(p.kind, p.key)))


def find_copies(connection: Connection, reports: Sequence[int]) -> set[tuple[int, int]]:
    """Near-copies of these reports among all; enters the pairs and returns them, smaller number first."""
    mine, theirs = tables.sketches.alias(), tables.sketches.alias()
    query = (
        select(mine.c.report, theirs.c.report.label("other"))
        .join(theirs, mine.c.hash == theirs.c.hash)
        .where(mine.c.report.in_(reports) & (mine.c.report != theirs.c.report))
        .group_by(mine.c.report, theirs.c.report)
        .having(func.count() >= LEAST)
    )
    pairs = sorted({(min(r.report, r.other), max(r.report, r.other)) for r in connection.execute(query)})
    t = tables.shingles
    grams: dict[int, Shingles] = {}
    for some in chunks(sorted({n for p in pairs for n in p}), MANY):
        for row in connection.execute(select(t).where(t.c.report.in_(some))):
            grams[row.report] = np.frombuffer(row.body, dtype=np.uint64)
    found = {p for p in pairs if are_copies(grams[p[0]], grams[p[1]])}
    if found:
        rows = [{"one": a, "other": b} for a, b in sorted(found)]
        connection.execute(tables.copies.insert(), rows)
    return found


def link(connection: Connection, new: set[int], copies: set[tuple[int, int]], store: Store) -> set[int]:
    """Compare new accounts with those under the same blocks; enters the matches and returns their accounts."""
    mine, theirs = tables.blocks.alias(), tables.blocks.alias()
    pairs: set[tuple[int, int]] = set()
    for some in chunks(sorted(new), MANY):
        query = (
            select(mine.c.account, theirs.c.account.label("other"))
            .join(theirs, mine.c.key == theirs.c.key)
            .where(mine.c.account.in_(some) & (mine.c.account != theirs.c.account))
            .where(mine.c.open | theirs.c.open)
            .distinct()
        )
        pairs |= {(min(r.account, r.other), max(r.account, r.other)) for r in connection.execute(query)}
    rows = []
    for batch in chunks(sorted(pairs), 5000):
        known = store.get({i for p in batch for i in p})
        for a, b in batch:
            (m, one), (n, other) = known[a], known[b]
            match = compare(one, other, copies=(min(m, n), max(m, n)) in copies)
            if match.is_match:
                rows.append({"one": a, "other": b, "score": match.score, "reason": match.reason})
    if rows:
        connection.execute(tables.links.insert(), rows)
    return {i for r in rows for i in (int(r["one"]), int(r["other"]))}  # type: ignore[call-overload]


def of_copies(connection: Connection, reports: Sequence[int]) -> set[int]:
    """The accounts of all near-copies of these reports: they share an origin with what is new."""
    t = tables.accounts
    out: set[int] = set()
    for some in chunks(sorted(copy_groups(connection, reports)), MANY):
        out |= set(connection.scalars(select(t.c.id).where(t.c.report.in_(some))))
    return out
