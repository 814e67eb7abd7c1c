"""Names that somebody speaks under, found by any part of them: a list's `source` filter without looking at every claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Select,
    Text,
    any_,
    bindparam,
    false,
    func,
    inspect,
    literal_column,
    select,
    text,
    true,
)

from accordingto.ledger import bulk, tables
from accordingto.ledger.folding import small

MANY = 400  # values in one IN list
FEW = 5_000  # claims that are put in order; of a source with more, its list is walked until it is full
NAMES = 2_000  # names that are looked up one by one
SHORTEST = 3  # letters that a trigram holds
ASKED = 3  # trigrams that are looked up: the rarest; each common one would take longer than all of these
RARITY = {c: n for n, c in enumerate(" eatoinsrhldcumfgpywbvkxjqz")}  # by English; what is not there is rarer
BY_PART = text(  # in one row: between two rows another thread may take the processor
    "SELECT json_group_array(name) FROM (SELECT name FROM names WHERE id IN "
    "(SELECT rowid FROM name_search WHERE name_search MATCH :wanted) LIMIT :most)"
)


def note(connection: Connection, names: Iterable[str | None]) -> None:
    """Enter the names that are new. The caller holds the writers' lock."""
    t = tables.names
    wanted = sorted({n[: tables.CLIPPED] for n in names if n})
    for some in (wanted[i : i + MANY] for i in range(0, len(wanted), MANY)):
        known = set(connection.scalars(select(t.c.name).where(t.c.name.in_(some))))
        bulk.insert(connection, t, ("name",), [(n,) for n in some if n not in known])


def among(
    connection: Connection, column: ColumnElement[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """The condition that a column holds one of many values, sent as one: thousands of marks take longer than the query."""
    if connection.dialect.name == "sqlite":
        held = func.json_each(msgspec.json.encode(values).decode()).table_valued("value")
        return column.in_(select(held.c.value))
    if not values:
        return false()
    kind = BigInteger if isinstance(values[0], int) else Text
    return column == any_(bindparam(None, list(values), type_=ARRAY(kind)))


def clipped(table: str) -> ColumnElement[str]:
    """A table's `who` as its index has it."""
    return literal_column(f"substr({table}.who, 1, {tables.CLIPPED})")


def names_with(connection: Connection, words: str, most: int) -> list[str]:
    """The names that hold these words as they stand, without regard to case; at most so many."""
    t = tables.names
    if not (has_trigrams(connection) and len(words) >= SHORTEST and "\x00" not in words):
        found = select(t.c.name).where(t.c.name.icontains(words, autoescape=True))
        return list(connection.scalars(found.limit(most)))
    wide = by_part(connection, " AND ".join(map(phrase, rarest(words))), 2 * most)
    if len(wide) < 2 * most:
        return [n for n in wide if small(words) in small(n)][:most]
    return by_part(connection, phrase(words), most)


def by_part(connection: Connection, wanted: str, most: int) -> list[str]:
    """The names that a query of their trigrams finds."""
    found = connection.execute(BY_PART, {"wanted": wanted, "most": most}).scalar_one()
    return msgspec.json.decode(found, type=list[str])


def phrase(words: str) -> str:
    """Words as FTS5 takes them when they must stand together."""
    return '"' + words.replace('"', '""') + '"'


def rarest(words: str) -> list[str]:
    """The trigrams of some words that probably the fewest names have."""
    parts = {words[i : i + SHORTEST] for i in range(len(words) - SHORTEST + 1)}
    rare = {part: sum(RARITY.get(c, len(RARITY)) for c in part.lower()) for part in parts}
    return sorted(parts, key=lambda part: (-rare[part], part))[:ASKED]


KNOWN: WeakKeyDictionary[Engine, bool] = WeakKeyDictionary()
"""Whether the names of an open ledger are indexed by three letters."""


def has_trigrams(connection: Connection) -> bool:
    """True for a SQLite ledger whose names are indexed by three letters; PostgreSQL uses its index by itself."""
    if connection.dialect.name != "sqlite":
        return False
    if connection.engine not in KNOWN:
        KNOWN[connection.engine] = bool(inspect(connection).has_table("name_search"))
    return KNOWN[connection.engine]


def names_of(connection: Connection, words: str) -> list[str] | None:
    """The names that hold these words; None where they are more than `NAMES`."""
    names = names_with(connection, words, NAMES + 1)
    return None if len(names) > NAMES else names


def claims_by(connection: Connection, words: str) -> list[int] | None:
    """Ids of the claims of all sources whose names hold these words; None where they are more than `FEW`."""
    names = names_of(connection, words)
    if names is None:
        return None
    c = tables.claims.c
    if connection.dialect.name == "sqlite":
        return few(connection, select(c.id).where(among(connection, clipped("claims"), names)))
    asked = func.unnest(bindparam(None, names, type_=ARRAY(Text))).table_valued("name").render_derived()
    under_it = select(c.id).where(clipped("claims") == asked.c.name).limit(FEW + 1).lateral()
    return few(connection, select(under_it.c.id).select_from(asked).join(under_it, true()))  # ends at `FEW`


def few(connection: Connection, ids: Select[Any], most: int | None = None) -> list[Any] | None:
    """What a query gives; None where it is more than `most`, by default `FEW`: then it is quicker to walk the list."""
    most = FEW if most is None else most
    found = list(connection.scalars(ids.limit(most + 1)))
    return None if len(found) > most else found


def is_by(connection: Connection, words: str) -> ColumnElement[bool]:
    """The condition that a claim's source is one whose name holds these words."""
    ids = claims_by(connection, words)
    c = tables.claims.c
    return c.who.icontains(words, autoescape=True) if ids is None else among(connection, c.id, ids)


def under(connection: Connection, words: str) -> ColumnElement[bool]:
    """The condition that a piece stands under a name that holds these words."""
    names = names_of(connection, words)
    if names is None:
        return tables.pieces.c.who.icontains(words, autoescape=True)
    return among(connection, clipped("pieces"), names)
