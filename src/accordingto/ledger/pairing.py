"""Which reports and which accounts belong together: near-copies by their sketches, matches by their blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import msgspec
import numpy as np
from sqlalchemy import ColumnElement, Connection, Text, cast, func, select

from accordingto.ledger import bulk, tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.copies import LEAST, SKETCH, are_copies
from accordingto.ledger.matching import compare
from accordingto.ledger.screening import OUTLINE, Outlines, Pairs, near_enough, outline

T = TypeVar("T")
MANY = 400  # values in one IN list
HALF = 32  # bits of a number, where a pair is one
LOWER = (1 << HALF) - 1
BATCH = 5_000  # pairs compared with their accounts at hand
KEPT = 40_000  # accounts kept decoded during one run
FEW = 300  # reports that a hash may stand in to be looked up without need
COUNTED = 5_000  # up to so many reports a hash is counted; beyond, it is as common as any


@dataclass(slots=True)
class Store:
    """Accounts decoded during one run, by row id; the oldest go first."""

    connection: Connection
    held: dict[int, tuple[int, Account]] = field(default_factory=dict)
    outlines: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def get(self, ids: Iterable[int]) -> dict[int, tuple[int, Account]]:
        """Report number and account of each id."""
        wanted = set(ids)
        missing = wanted - self.held.keys()
        if missing and len(self.held) > KEPT:
            self.held = {k: v for k, v in self.held.items() if k in wanted}
            self.outlines = {k: v for k, v in self.outlines.items() if k in wanted}
            missing = wanted - self.held.keys()
        t = tables.accounts
        for some in chunks(sorted(missing), MANY):
            rows = self.connection.execute(select(t.c.id, t.c.report, t.c.body).where(t.c.id.in_(some)))
            for row in rows:
                self.held[row.id] = (row.report, unpack(row.body))
        return {i: self.held[i] for i in wanted if i in self.held}

    def outlined(self, ids: Sequence[int]) -> Outlines:
        """The outlines of accounts that `get` gave last, in the order asked for."""
        for i in ids:
            if i not in self.outlines:
                self.outlines[i] = outline(self.held[i][1])
        return np.array([self.outlines[i] for i in ids], OUTLINE)


def unpack(body: bytes) -> Account:
    """An account from its stored form."""
    return msgspec.msgpack.decode(body, type=Account)


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def find_copies(connection: Connection, reports: Sequence[int]) -> set[tuple[int, int]]:
    """Near-copies of these reports among all; enters the pairs and returns them, smaller number first.

    Two sketches with `LEAST` hashes in common share one even when any `LEAST - 1` of the one are left out. So
    each report is looked up by its rarest hashes only: runs of words that stand in every report of an outlet
    ("reporting by …") cost nothing, and the pairs found are the same.
    """
    pairs = candidates(connection, reports)
    sketched = hashes(connection, pairs, SKETCH)
    pairs = {(a, b) for a, b in pairs if len(sketched[a] & sketched[b]) >= LEAST}
    grams = hashes(connection, pairs)
    found = sorted((a, b) for a, b in pairs if are_copies(grams[a], grams[b]))
    bulk.insert(connection, tables.copies, ("one", "other"), found)
    return set(found)


def hashes(
    connection: Connection, pairs: set[tuple[int, int]], first: int | None = None
) -> dict[int, frozenset[int]]:
    """The hashed runs of words of some reports, the smallest `first` of them or all. A sketch is the smallest `SKETCH`."""
    t = tables.shingles.c
    body = t.body if first is None else func.substr(t.body, 1, first * np.dtype(np.uint64).itemsize)
    out: dict[int, frozenset[int]] = {}
    for some in chunks(sorted({n for p in pairs for n in p}), MANY):
        for report, packed in connection.execute(select(t.report, body).where(t.report.in_(some))).all():
            out[report] = frozenset(np.frombuffer(packed, dtype=np.uint64).tolist())
    return out


def candidates(connection: Connection, reports: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs of these reports and any that may have `LEAST` hashes in common, smaller number first.

    Each report is looked up by its rarer hashes: by those that are needed, and by more that stand in few reports. All
    but `left` of them looked up, two sketches have `LEAST - left` of those in common, or they are no pair.
    """
    t = tables.sketches.c
    sketches: dict[int, list[int]] = {}
    for h, report in connection.execute(select(t.hash, t.report).where(t.report.in_(reports))).all():
        sketches.setdefault(report, []).append(h)
    common = spread(connection, reports)
    asking: dict[int, list[int]] = {}
    needed: dict[int, int] = {}
    for report, held in sketches.items():
        order = sorted(held, key=lambda h: (common[h], h))
        enough = len(order) - LEAST + 1
        asked = [h for n, h in enumerate(order) if n < enough or common[h] <= FEW]
        needed[report] = LEAST - (len(order) - len(asked))
        for h in asked:
            if common[h] > 1:
                asking.setdefault(h, []).append(report)
    met = [np.empty(0, np.int64)]
    for some in chunks(sorted(asking), MANY):
        query = select(t.hash, numbers(t.report)).where(t.hash.in_(some)).group_by(t.hash)
        for h, held in connection.execute(query):
            others = np.fromstring(held, np.int64, sep=" ")
            met += [others | n << HALF for n in asking[h]]
    pairs, shared = (x.tolist() for x in np.unique(np.concatenate(met), return_counts=True))
    found = ((p >> HALF, p & LOWER) for p, n in zip(pairs, shared, strict=True) if n >= needed[p >> HALF])
    return {(min(n, m), max(n, m)) for n, m in found if n != m}


def numbers(column: ColumnElement[int]) -> ColumnElement[str]:
    """The numbers of a group as one text, with spaces between: a row for each of them would take most of the time."""
    return func.aggregate_strings(cast(column, Text), " ")


def spread(connection: Connection, reports: Sequence[int]) -> dict[int, int]:
    """In how many reports each hash of these reports' sketches stands, counted up to `COUNTED`."""
    mine, theirs = tables.sketches.alias(), tables.sketches.alias()
    own = select(mine.c.hash).where(mine.c.report.in_(reports)).distinct().subquery()
    some = select(theirs.c.hash).where(theirs.c.hash == own.c.hash).limit(COUNTED).correlate(own)
    number = select(func.count()).select_from(some.subquery()).correlate(own).scalar_subquery()
    return {row.hash: row.n for row in connection.execute(select(own.c.hash, number.label("n"))).all()}


def link(connection: Connection, new: set[int], copies: set[tuple[int, int]], store: Store) -> set[int]:
    """Compare new accounts with those under the same blocks; enters the matches and returns their accounts."""
    rows = []
    pairs = under_one_block(connection, new)
    for batch in np.split(pairs, range(BATCH, len(pairs), BATCH)):
        ids, at = np.unique(batch, return_inverse=True)
        known = store.get(ids.tolist())
        near = near_enough(store.outlined(ids.tolist())[at.reshape(-1, 2)])
        for a, b in batch[near].tolist():
            (m, one), (n, other) = known[a], known[b]
            match = compare(one, other, copies=(min(m, n), max(m, n)) in copies)
            if match.is_match:
                rows.append((a, b, match.score, match.reason))
    bulk.insert(connection, tables.links, ("one", "other", "score", "reason"), rows)
    return {i for one, other, _, _ in rows for i in (one, other)}


def under_one_block(connection: Connection, new: set[int]) -> Pairs:
    """Pairs of a new account and another under one key, one of them open; each once, smaller number first.

    An open account meets all under its key; another only the open ones, which have an index of their own.
    """
    mine, theirs = tables.blocks.alias(), tables.blocks.alias()
    found = [np.empty(0, np.int64)]
    for some in chunks(sorted(new), MANY):
        for condition in (mine.c.open, ~mine.c.open & theirs.c.open):
            query = (
                select(mine.c.account, numbers(theirs.c.account))
                .join(theirs, mine.c.key == theirs.c.key)
                .where(mine.c.account.in_(some) & (mine.c.account != theirs.c.account))
                .where(condition)
                .group_by(mine.c.account)
            )
            for account, others in connection.execute(query):
                ids = np.fromstring(others, np.int64, sep=" ")
                found.append(np.minimum(ids, account) << HALF | np.maximum(ids, account))
    whole = np.unique(np.concatenate(found))
    return np.stack([whole >> HALF, whole & LOWER], axis=1)
