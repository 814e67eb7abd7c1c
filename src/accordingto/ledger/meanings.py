"""Vectors of claims and incidents: made, kept, and searched by nearness of meaning.

Each claim ("source: content") and each incident (its title) has a vector of signed bytes, as many as the model's vectors have
numbers (384 for the one that ships). Beside them stand pages of codes, the vectors' signs as bits. A search first counts differing bits over all codes, then orders the nearest by
their vectors; so a million claims need 48 MB to look through, plain tables that both databases have, and no index that
could be stale. A code whose vector is gone drops out at the second step.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, func, literal, select

from accordingto.ledger import tables
from accordingto.ledger.session import Ledger, begins

Vectors = NDArray[np.float32]
Key = int | str
BATCH = 1024  # texts made into vectors and written in one transaction
MANY = 400  # values in one IN list
PAGE = 4096  # claim numbers a page
LONGEST = 400  # characters of a text; the rest of a long claim is left out
NEAREST = 1000  # codes whose vectors are looked at: `python -m benchmarks.vectors` measures what that misses


class Embed(Protocol):
    """Makes vectors of texts: `reading.meaning.Embedder`."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two models can't be compared."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """Shape (texts, size), unit length; of one size for one model."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that has vectors: where its texts and vectors are, and how its keys are parted into pages.

    `texts` selects key, source and words; `fits` joins a vector to what it is of; `page` tells the page of a key,
    `on` is the condition of a page's vectors.
    """

    name: str
    texts: Select[Any]
    key: Column[Any]
    table: Table
    own: Column[Any]
    fits: ColumnElement[bool]
    dtype: str
    page: Callable[[Any], int]
    on: Callable[[Connection, int], ColumnElement[bool]]


CLAIMS = Kind(
    "claim",
    select(tables.claims.c.id, func.coalesce(tables.claims.c.who, ""), tables.claims.c.words),
    tables.claims.c.id,
    tables.claim_meanings,
    tables.claim_meanings.c.claim,
    tables.claim_meanings.c.claim == tables.claims.c.id,
    "int64",
    lambda key: int(key) // PAGE,
    lambda _, page: tables.claim_meanings.c.claim.between(page * PAGE, (page + 1) * PAGE - 1),
)
INCIDENTS = Kind(
    "incident",
    select(tables.incidents.c.id, literal("").label("who"), tables.incidents.c.title),
    tables.incidents.c.id,
    tables.incident_meanings,
    tables.incident_meanings.c.incident,
    (tables.incident_meanings.c.incident == tables.incidents.c.id)
    & (tables.incident_meanings.c.words == tables.incidents.c.title),
    "S17",
    lambda key: int(key[1:3], 16),
    lambda connection, page: begins(connection, tables.incident_meanings.c.incident, f"I{page:02x}"),
)
KINDS = (CLAIMS, INCIDENTS)


def text_of(who: str, words: str) -> str:
    """What the vector of a claim is made of."""
    return (f"{who}: {words}" if who else words)[:LONGEST]


def pack(vectors: Vectors) -> NDArray[np.int8]:
    """Vectors as signed bytes; each by its own scale, which its unit length gives back."""
    scale = 127 / np.maximum(np.abs(vectors).max(1, keepdims=True), 1e-9)
    packed: NDArray[np.int8] = np.rint(vectors * scale).astype(np.int8)
    return packed


def unpack(packed: NDArray[np.int8]) -> Vectors:
    """Vectors at unit length again."""
    out = packed.astype(np.float32)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return out


def codes(vectors: NDArray[Any]) -> NDArray[np.uint64]:
    """Shape (vectors, words): the signs as bits, in whole words of 64 (6 for vectors of 384 numbers)."""
    bits = np.packbits(vectors > 0, axis=1)
    return np.ascontiguousarray(np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))).view(np.uint64)


def in_rows(joined: bytes, dtype: type[np.generic], count: int) -> NDArray[Any]:
    """Shape (count, size): rows of one size that stand one behind the other; without rows none of any size."""
    return np.frombuffer(joined, dtype).reshape(count, -1 if count else 0)


def model_of(connection: Connection) -> str | None:
    """The model that made the ledger's vectors; None where there are none."""
    return connection.scalar(select(tables.meaning_models.c.name))


def fill(
    ledger: Ledger,
    embed: Embed,
    *,
    anew: bool = False,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Make the vectors that are missing; returns how many. Killed at any moment, the rest is made next time.

    `anew`: vectors of another model are thrown away first; else they stay, and nothing is made.
    """
    with ledger.write() as connection:
        known = model_of(connection)
        if known is not None and known != embed.name:
            if not anew:
                return 0
            for table in (tables.meaning_pages, *(k.table for k in KINDS), tables.meaning_models):
                connection.execute(table.delete())
            known = None
        if known is None:
            connection.execute(tables.meaning_models.insert().values(name=embed.name))
    made = 0
    for kind in KINDS:
        for some in missing(ledger, kind):
            vectors = embed([text_of(who, words) for _, who, words in some])
            with ledger.write() as connection:
                made += keep(connection, kind, some, vectors)
            if progress:
                progress(len(some))
    return made


def prune(ledger: Ledger) -> int:
    """Throw away the vectors of incidents that are no more; returns how many."""
    own, incidents = INCIDENTS.own, tables.incidents.c
    with ledger.write() as connection:
        query = select(own).outerjoin_from(INCIDENTS.table, tables.incidents, incidents.id == own)
        gone = list(connection.scalars(query.where(incidents.id.is_(None))))
        for part in (gone[i : i + MANY] for i in range(0, len(gone), MANY)):
            connection.execute(INCIDENTS.table.delete().where(own.in_(part)))
        for page in sorted({INCIDENTS.page(key) for key in gone}):
            write_page(connection, INCIDENTS, page)
    return len(gone)


def missing(ledger: Ledger, kind: Kind) -> Iterator[list[tuple[Key, str, str]]]:
    """Key, source and words of what has no vector, in order, in batches; each batch is read when it is due."""
    last: Key | None = None
    while True:
        query = kind.texts.outerjoin_from(kind.key.table, kind.table, kind.fits)
        query = query.where(kind.own.is_(None)).order_by(kind.key).limit(BATCH)
        if last is not None:
            query = query.where(kind.key > last)
        with ledger.begin() as connection:
            rows = [(row[0], row[1], row[2]) for row in connection.execute(query)]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def keep(connection: Connection, kind: Kind, some: Sequence[tuple[Key, str, str]], vectors: Vectors) -> int:
    """Write vectors of what still stands as it was read and has none, and the pages that they are on."""
    packed = pack(vectors)
    ids = [key for key, _, _ in some]
    as_read: set[tuple[Key, str, str]] = set()
    for part in (ids[i : i + MANY] for i in range(0, len(ids), MANY)):
        query = kind.texts.outerjoin_from(kind.key.table, kind.table, kind.fits)
        query = query.where(kind.own.is_(None) & kind.key.in_(part))
        as_read |= {(row[0], row[1], row[2]) for row in connection.execute(query)}
    rows = [
        {kind.own.name: row[0], "words": row[2], "body": packed[n].tobytes()}
        for n, row in enumerate(some)
        if row in as_read
    ]
    rows = [{k: v for k, v in row.items() if k in kind.table.c} for row in rows]
    new = [row[kind.own.name] for row in rows]
    for part in (new[i : i + MANY] for i in range(0, len(new), MANY)):  # vectors of an earlier title
        connection.execute(kind.table.delete().where(kind.own.in_(part)))
    if rows:
        connection.execute(kind.table.insert(), rows)
    for page in sorted({kind.page(key) for key in new}):
        write_page(connection, kind, page)
    return len(rows)


def write_page(connection: Connection, kind: Kind, page: int) -> None:
    """Make one page again from its vectors."""
    query = select(kind.own, kind.table.c.body).where(kind.on(connection, page))
    rows = list(connection.execute(query.order_by(kind.own)))
    keys = np.array([r[0].encode() if isinstance(r[0], str) else r[0] for r in rows], kind.dtype).tobytes()
    made = codes(in_rows(b"".join(r.body for r in rows), np.int8, len(rows))).tobytes()
    t = tables.meaning_pages
    connection.execute(t.delete().where((t.c.kind == kind.name) & (t.c.page == page)))
    values = {"kind": kind.name, "page": page, "stamp": zlib.crc32(made, zlib.crc32(keys))}
    connection.execute(t.insert().values(members=keys, codes=made, **values))


@dataclass(frozen=True, slots=True)
class Near:
    """Something near in meaning: its key, and the cosine of the two vectors."""

    key: Key
    cosine: float


@dataclass(slots=True)
class Held:
    """Pages held in memory (page: stamp, keys, codes), and all of them joined."""

    pages: dict[int, tuple[int, NDArray[Any], NDArray[np.uint64]]] = field(default_factory=dict)
    keys: NDArray[Any] = field(default_factory=lambda: np.zeros(0, np.int64))
    codes: NDArray[np.uint64] = field(default_factory=lambda: np.zeros((0, 0), np.uint64))


class MeaningIndex:
    """Looks through a ledger's vectors; keep one for many searches: it reads again only the pages that changed."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._held = {kind.name: Held() for kind in KINDS}
        self._lock = threading.Lock()

    def nearest(self, kind: Kind, vector: Vectors, count: int = NEAREST) -> list[Near]:
        """The nearest things, nearest first, at most `count`; `vector` (size,) at unit length."""
        with self.ledger.begin() as connection:
            with self._lock:
                keys, held = self._refreshed(connection, kind)
            if not len(keys):
                return []
            differing = distances(held, codes(vector[None])[0])
            count = min(count, len(keys))
            chosen = keys[np.argpartition(differing, count - 1)[:count]]
            wanted = [k.decode() if isinstance(k, bytes) else k for k in chosen.tolist()]
            found: dict[Key, bytes] = {}
            for part in (wanted[i : i + MANY] for i in range(0, len(wanted), MANY)):
                query = select(kind.own, kind.table.c.body).where(kind.own.in_(part))
                found |= {row[0]: row.body for row in connection.execute(query)}
        if not found:
            return []
        rows = in_rows(b"".join(found.values()), np.int8, len(found))
        cosines = (unpack(rows) @ vector).tolist()
        near = [Near(key, cosine) for key, cosine in zip(found, cosines, strict=True)]
        return sorted(near, key=lambda n: (-n.cosine, n.key))

    def _refreshed(self, connection: Connection, kind: Kind) -> tuple[NDArray[Any], NDArray[np.uint64]]:
        """Keys and codes of all pages as they stand."""
        t, held = tables.meaning_pages.c, self._held[kind.name]
        mine = t.kind == kind.name
        stamps = {row.page: row.stamp for row in connection.execute(select(t.page, t.stamp).where(mine))}
        old = {page: kept[0] for page, kept in held.pages.items()}
        if stamps == old:
            return held.keys, held.codes
        fresh = {p: held.pages[p] for p, stamp in stamps.items() if old.get(p) == stamp}
        due = sorted(stamps.keys() - fresh.keys())
        for part in (due[i : i + MANY] for i in range(0, len(due), MANY)):
            query = select(t.page, t.stamp, t.members, t.codes).where(mine & t.page.in_(part))
            for row in connection.execute(query):
                keys = np.frombuffer(row.members, kind.dtype)
                fresh[row.page] = (row.stamp, keys, in_rows(row.codes, np.uint64, len(keys)))
        order = sorted(fresh)
        held.keys = np.concatenate([fresh[p][1] for p in order] or [np.zeros(0, kind.dtype)])
        full = [fresh[p][2] for p in order if len(fresh[p][1])]
        held.codes = np.concatenate(full or [np.zeros((0, 0), np.uint64)])
        ends = np.cumsum([0, *(len(fresh[p][1]) for p in order)]).tolist()
        for page, start, end in zip(order, ends, ends[1:], strict=False):  # as parts of the whole, kept once
            held.pages[page] = (fresh[page][0], held.keys[start:end], held.codes[start:end])
        for page in held.pages.keys() - fresh.keys():
            del held.pages[page]
        return held.keys, held.codes


def distances(known: NDArray[np.uint64], code: NDArray[np.uint64], step: int = 16_384) -> NDArray[np.uint16]:
    """Shape (codes,): how many bits differ; in steps that stay in the processor's cache."""
    out = np.empty(len(known), np.uint16)
    for at in range(0, len(known), step):
        part = known[at : at + step] ^ code
        np.bitwise_count(part).sum(1, dtype=np.uint16, out=out[at : at + step])
    return out
