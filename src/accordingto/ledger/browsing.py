"""Pages of long lists, newest first where no other order is wanted, each query bounded: incidents, reports, groups. Nothing here writes.

A page begins after a key (day, id), so that the thousandth page costs what the first does. Where words are searched,
only the `NEWEST` matches entered last are looked at, unless `every` is wanted; `Found.cut` says that there were more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)

from accordingto.ledger import tables
from accordingto.ledger.contest import State
from accordingto.ledger.folding import PLAIN
from accordingto.ledger.lists import MANY_PIECES, REJECTED, in_place, piece_in
from accordingto.ledger.naming import among, claims_by, clipped, few, names_of
from accordingto.ledger.orders import Order, sorted_page

NEWEST = 2000  # matches of a search that are looked at
GRADINGS = frozenset({"confirmed", "fair", "weak", "discounted"})
UNDATED = "9999"  # the day of what nothing dates
After = tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows; None means all. Days are ISO, inclusive. `q`, `place`, `actor`, `source` are words.

    `every`: all matches of a search, not only the newest.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    type: str | None = None
    actor: str | None = None
    source: str | None = None
    state: str | None = None
    act: str | None = None
    kind: str | None = None
    q: str | None = None
    every: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one page; `next` begins the page after it; `cut`: a search found more than it looked at."""

    rows: Sequence[Row[Any]]
    next: After | None
    cut: bool = False


Terms = Sequence[tuple[tuple[str, ...], str]]
"""Columns of a search and the words wanted in any of them."""


def terms(words: str) -> list[str]:
    """The words of a query as FTS5 takes them: quoted, so that none is an operator; the last may be a beginning."""
    found = re.findall(r"[^\W_]+", words)
    quoted = [f'"{w}"' for w in found]
    return [*quoted[:-1], f"{quoted[-1]} *"] if quoted and len(found[-1]) > 2 else quoted


def tsquery(words: str) -> str:
    """The words of a query as PostgreSQL takes them, like `terms`: all must be there, the last may be a beginning."""
    found = re.findall(r"[^\W_]+", words)
    return " & ".join(f"'{w}'" for w in found) + (":*" if len(found[-1]) > 2 else "")


SEARCH = {
    index: text(  # in one row: between two rows another thread may take the processor
        f"SELECT json_group_array(rowid) FROM (SELECT rowid FROM {index} WHERE {index} MATCH :wanted "
        "ORDER BY rowid DESC LIMIT :most)"
    )
    for index in ("claim_search", "incident_search", "report_search")
}


def search_ids(
    connection: Connection, index: str, wanted: Terms, *, every: bool = False
) -> tuple[list[int], bool]:
    """Row ids (SQLite) that hold all the words, the newest `NEWEST` or every one, and whether there were more."""
    parts = [f"{{{' '.join(columns)}}} : ({' '.join(terms(w))})" for columns, w in wanted if terms(w)]
    if not parts:
        return [], False
    given = {"wanted": " AND ".join(parts), "most": -1 if every else NEWEST + 1}
    ids = msgspec.json.decode(connection.execute(SEARCH[index], given).scalar_one(), type=list[int])
    return (ids, False) if every else (ids[:NEWEST], len(ids) > NEWEST)


def searched(
    connection: Connection,
    table: Table,
    wanted: Terms,
    columns: Mapping[str, ColumnElement[Any]],
    *,
    every: bool = False,
) -> tuple[ColumnElement[bool] | None, bool]:
    """The condition that a search comes to, None where nothing is searched, and whether it was cut off.

    A page that lists, counts and maps what it found searches once.
    """
    asked = tuple((names, words) for names, words in wanted if words.strip())
    if not asked:
        return None, False
    if not all(re.search(r"[^\W_]", words) for _, words in asked):
        return false(), False
    held = SEARCHED.setdefault(connection, {})
    key = (table.name, asked, every)
    if key not in held:
        held[key] = found_ids(connection, table, asked, columns, every=every)
    ids, cut = held[key]
    if connection.dialect.name == "sqlite":
        return among(connection, literal_column(f"{table.name}.rowid"), ids), cut
    return among(connection, next(iter(table.primary_key.columns)), ids), cut


SEARCHED: WeakKeyDictionary[Connection, dict[Any, tuple[list[Any], bool]]] = WeakKeyDictionary()
"""What was searched for under a connection, which sees one state of the ledger and is closed with its page."""


def found_ids(
    connection: Connection,
    table: Table,
    asked: Terms,
    columns: Mapping[str, ColumnElement[Any]],
    *,
    every: bool = False,
) -> tuple[list[Any], bool]:
    """What a search finds: ids of the newest `NEWEST` rows or of every one, on SQLite row ids, and whether there were more.

    On PostgreSQL words over all columns go through the text index, words of one column by ILIKE.
    """
    if connection.dialect.name == "sqlite":
        index = {"claims": "claim_search", "incidents": "incident_search", "reports": "report_search"}
        return search_ids(connection, index[table.name], asked, every=every)
    conditions: list[ColumnElement[bool]] = []
    for names, words in asked:
        if table is tables.claims and names == ("who",) and (ids := claims_by(connection, words)) is not None:
            conditions.append(among(connection, tables.claims.c.id, ids))
            continue
        if len(names) > 1:
            plain = getattr(func, PLAIN)(tsquery(words))
            query = func.to_tsquery(literal_column("'english'::regconfig"), plain)
            conditions.append(literal_column(f"{table.name}.search").op("@@", is_comparison=True)(query))
        else:
            conditions.append(columns[names[0]].icontains(words, autoescape=True))
    key = next(iter(table.primary_key.columns))
    entered = tables.incidents.c.day if table is tables.incidents else key
    newest = select(key).where(*conditions).order_by(entered.desc()).limit(None if every else NEWEST + 1)
    ids = list(connection.scalars(newest))
    return (ids, False) if every else (ids[:NEWEST], len(ids) > NEWEST)


def incident_terms(wanted: Wanted) -> Terms:
    """What a filter searches incidents for."""
    asked = (
        (("words", "who", "place"), wanted.q),
        (("words",), wanted.actor),
        (("who",), wanted.source),
    )
    return [(columns, words) for columns, words in asked if words]


def incident_conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The plain conditions of a filter on incidents; each has an index."""
    c = tables.incidents.c
    if wanted.since:
        yield (c.day >= wanted.since) & (c.day < UNDATED)
    if wanted.until:
        yield c.day <= wanted.until
    if wanted.type:
        yield c.type == wanted.type
    if wanted.state in list(State):
        yield c.state == wanted.state
    elif wanted.state in GRADINGS:
        yield c.grading == wanted.state
    elif wanted.state:
        yield c.review == wanted.state
    if wanted.state != REJECTED:
        yield c.review != REJECTED


def browse_incidents(
    connection: Connection,
    wanted: Wanted,
    *,
    after: After | None = None,
    limit: int = 50,
    whole: bool = False,
    sort: Order = Order.NEWEST,
) -> Found:
    """Incidents, the newest day first or in another order; rows have `id`, `day` and `digest`, or the whole `body`."""
    c = tables.incidents.c
    if sort is Order.NEWEST:
        query, cut = narrowed_incidents(connection, wanted, select(c.id, c.day))
        got = page(connection, query, (c.day, c.id), after, limit, cut)
    else:
        query, cut = narrowed_incidents(connection, wanted, select(c.id, c.day, c.origins, c.killed))
        key = (after[0], str(after[1])) if after else None
        got = Found(*sorted_page(connection, query, sort, key, limit), cut)
    ids = [row.id for row in got.rows]
    told: Select[Any] = select(c.id, c.day, c.body if whole else c.digest)
    held = {row.id: row for row in connection.execute(told.where(among(connection, c.id, ids)))}
    return Found([held[id] for id in ids], got.next, cut)


def narrowed_incidents(
    connection: Connection, wanted: Wanted, query: Select[Any]
) -> tuple[Select[Any], bool]:
    """A query on incidents under a filter, and whether its search was cut off."""
    c = tables.incidents.c
    columns = {"words": c.words, "who": c.who, "place": c.place}
    found, cut = searched(connection, tables.incidents, incident_terms(wanted), columns, every=wanted.every)
    query = query.where(*incident_conditions(wanted))
    if wanted.place:
        there, cut_too = placed(connection, wanted.place, every=wanted.every)
        query, cut = query.where(there), cut or cut_too
    return (query if found is None else query.where(found)), cut


def placed(connection: Connection, place: str, *, every: bool = False) -> tuple[ColumnElement[bool], bool]:
    """The condition that an incident is in a place, as `lists` has it, on SQLite without regard to accents, too."""
    if connection.dialect.name != "sqlite":
        return in_place(place), False
    found, cut = searched(connection, tables.incidents, [(("place",), place)], {}, every=every)
    return (in_place(place) if found is None else or_(found, in_place(place))), cut


def page(
    connection: Connection,
    query: Select[Any],
    order: tuple[ColumnElement[Any], ColumnElement[Any]],
    after: After | None,
    limit: int,
    cut: bool,
) -> Found:
    """One page of a query, descending by two columns (day, key), that begins after a key; the undated come last."""
    day, key = order
    dated = after is None or after[0] != UNDATED
    rows: list[Row[Any]] = []
    if dated:
        some = query.where(day < UNDATED)
        if after is not None:
            some = query.where(and_(day <= after[0], or_(day < after[0], key < after[1])))
        rows += connection.execute(some.order_by(day.desc(), key.desc()).limit(limit + 1))
    if len(rows) <= limit:
        some = query.where(day == UNDATED)
        if after is not None and not dated:
            some = some.where(key < after[1])
        rows += connection.execute(some.order_by(key.desc()).limit(limit + 1 - len(rows)))
    following = (str(rows[limit - 1].day), rows[limit - 1].id) if len(rows) > limit else None
    return Found(rows[:limit], following, cut)


def browse_reports(
    connection: Connection, wanted: Wanted, *, after: After | None = None, limit: int = 50
) -> Found:
    """Reports, the newest day of publication first; without their bytes."""
    r = tables.reports.c
    day: ColumnElement[Any] = literal_column(tables.DAY)
    asked: Terms = [
        (columns, words)
        for columns, words in ((("title", "outlet"), wanted.q), (("outlet",), wanted.source))
        if words
    ]
    columns = {"title": r.title, "outlet": r.outlet}
    found, cut = searched(connection, tables.reports, asked, columns, every=wanted.every)
    query = select(*report_columns(), day.label("day"))
    if wanted.since:
        query = query.where((day >= wanted.since) & (day < UNDATED))
    if wanted.until:
        query = query.where(day <= wanted.until)
    if found is not None:
        query = query.where(found)
    return page(connection, query, (day, r.id), after, limit, cut)


def report_columns() -> tuple[ColumnElement[Any], ...]:
    """What lists show of a report: all but its bytes."""
    r = tables.reports.c
    return (r.id, r.name, r.title, r.outlet, r.url, r.author, r.published, r.entered_at, r.document)


def report_rows(connection: Connection, ids: Sequence[int]) -> dict[int, Row[Any]]:
    """Reports by number, as lists show them."""
    query = select(*report_columns()).where(tables.reports.c.id.in_(ids))
    return {row.id: row for row in connection.execute(query)}


def counted(connection: Connection, column: ColumnElement[Any], ids: Sequence[Any]) -> dict[Any, int]:
    """How many rows there are for each of some values of an indexed column."""
    query = select(column, func.count()).where(column.in_(ids)).group_by(column)
    return {row[0]: row[1] for row in connection.execute(query)}


def browse_groups(
    connection: Connection,
    kind: str,
    wanted: Wanted,
    *,
    after: After | None = None,
    limit: int = 50,
    by_count: bool = False,
) -> Found:
    """Groups of pieces (`heard`, `toll`, `spoken`): the newest last day first, or the largest first.

    Words are looked for in each name that a group's pieces stand under.
    """
    g = tables.groups.c
    first: ColumnElement[Any] = g.pieces if by_count else g.last
    query: Select[Any] = select(g.key.label("id"), first.label("day"), g.day.label("begun"), g.pieces, g.type)
    query = query.where(g.kind == kind)
    told = [w for words in (wanted.source, wanted.q, wanted.actor) for w in (words or "").split()]
    if told:
        fitting = select(tables.pieces.c.key).where(*named(connection, kind, told))
        keys = few(connection, fitting, MANY_PIECES)
        if keys is None:  # so many that a page is soon full
            query = query.where(fitting.where(tables.pieces.c.key == g.key).correlate(tables.groups).exists())
        else:
            query = query.where(among(connection, g.key, sorted(set(keys))))
            if connection.dialect.name == "sqlite":  # by these keys, not by the index of the order
                first = literal_column(f"+groups.{first.key}")
    if wanted.kind or wanted.type:
        query = query.where(g.type == (wanted.kind or wanted.type))
    if wanted.since:
        query = query.where((g.last >= wanted.since) & (g.last < UNDATED))
    if wanted.until:
        query = query.where(g.day <= wanted.until)
    if wanted.place:
        p = tables.pieces.c
        there = select(p.key).where((p.kind == kind) & piece_in(kind, wanted.place))
        query = query.where(g.key.in_(there))
    if not by_count:
        return page(connection, query, (first, g.key), after, limit, cut=False)
    if after is not None:
        query = query.where(tuple_(first, g.key) < tuple_(int(after[0]), str(after[1])))
    rows = connection.execute(query.order_by(first.desc(), g.key.desc()).limit(limit + 1)).all()
    following = (str(rows[limit - 1].day), rows[limit - 1].id) if len(rows) > limit else None
    return Found(rows[:limit], following)


def named(connection: Connection, kind: str, words: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """The conditions that a piece of this kind stands under a name that holds all these words."""
    p = tables.pieces.c
    yield p.kind == kind
    names = names_of(connection, max(words, key=len))
    long = [n for n in names or () if len(n) >= tables.CLIPPED]
    if names is not None:
        whole = [n for n in names if len(n) < tables.CLIPPED and all(w.lower() in n.lower() for w in words)]
        yield among(connection, clipped("pieces"), whole + long)
    for word in words if names is None or long else ():
        yield p.who.icontains(word, autoescape=True)
