"""Names that somebody speaks under, found by any part of them: a list's `source` filter without looking at every claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, inspect, literal_column, select, text

from accordingto.ledger import bulk, tables

MANY = 400  # values in one IN list
FEW = 5_000  # claims that are put in order; of a source with more, its list is walked until it is full
SHORTEST = 3  # letters that a trigram holds


def note(connection: Connection, names: Iterable[str | None]) -> None:
    """Enter the names that are new. The caller holds the writers' lock."""
    t = tables.names
    wanted = sorted({n[: tables.CLIPPED] for n in names if n})
    for some in (wanted[i : i + MANY] for i in range(0, len(wanted), MANY)):
        known = set(connection.scalars(select(t.c.name).where(t.c.name.in_(some))))
        bulk.insert(connection, t, ("name",), [(n,) for n in some if n not in known])


def clipped(table: str) -> ColumnElement[str]:
    """A table's `who` as its index has it."""
    return literal_column(f"substr({table}.who, 1, {tables.CLIPPED})")


def names_with(connection: Connection, words: str) -> Select[Any]:
    """The names that hold these words as they stand, without regard to case."""
    t = tables.names
    if has_trigrams(connection) and len(words) >= SHORTEST and "\x00" not in words:
        phrase = '"' + words.replace('"', '""') + '"'
        found = text("SELECT rowid FROM name_search WHERE name_search MATCH :phrase")
        chosen = found.bindparams(bindparam("phrase", phrase, unique=True)).columns(t.c.id)
        return select(t.c.name).where(t.c.id.in_(chosen))
    return select(t.c.name).where(t.c.name.icontains(words, autoescape=True))


def has_trigrams(connection: Connection) -> bool:
    """True for a SQLite ledger whose names are indexed by three letters; PostgreSQL uses its index by itself."""
    return connection.dialect.name == "sqlite" and inspect(connection).has_table("name_search")


def claims_by(connection: Connection, words: str) -> list[int] | None:
    """Ids of the claims of all sources whose names hold these words; None where they are more than `FEW`."""
    c = tables.claims.c
    query = select(c.id).where(clipped("claims").in_(names_with(connection, words))).limit(FEW + 1)
    ids = list(connection.scalars(query))
    return None if len(ids) > FEW else ids


def is_by(connection: Connection, words: str) -> ColumnElement[bool]:
    """The condition that a claim's source is one whose name holds these words."""
    ids = claims_by(connection, words)
    c = tables.claims.c
    return c.who.icontains(words, autoescape=True) if ids is None else c.id.in_(ids)


def groups_by(connection: Connection, kind: str, words: str) -> ColumnElement[bool]:
    """The condition that a group has a piece under a name that holds these words."""
    p, g = tables.pieces.c, tables.groups.c
    named = clipped("pieces").in_(names_with(connection, words))
    return g.key.in_(select(p.key).where((p.kind == kind) & named))
