"""Pages of the list of claims, as `browsing` has those of the other lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import (
    UNDATED,
    After,
    Found,
    Terms,
    Wanted,
    narrowed_incidents,
    page,
    searched,
)
from accordingto.ledger.naming import among, few


def browse_claims(
    connection: Connection, wanted: Wanted, *, after: After | None = None, limit: int = 50
) -> Found:
    """Claims, the newest day of publication first, joined with their reports.

    `place`, `type`, `actor` and `state` are those of the incidents that a claim is about.
    """
    c = tables.claims.c
    asked: Terms = [
        (columns, words)
        for columns, words in ((("words", "who"), wanted.q), (("who",), wanted.source))
        if words
    ]
    columns = {"words": c.words, "who": c.who}
    found, cut = searched(connection, tables.claims, asked, columns, every=wanted.every)
    told, cut_too = is_about(connection, wanted)
    query = select(c.id, c.day).where(*claim_conditions(wanted))
    for condition in (found, told):
        query = query if condition is None else query.where(condition)
    got = page(connection, query, (c.day, c.id), after, limit, cut or cut_too)
    return Found(claims_of(connection, [row.id for row in got.rows]), got.next, got.cut)


def claim_conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The plain conditions of a filter on claims; each has an index with the day."""
    c = tables.claims.c
    if wanted.since:
        yield (c.day >= wanted.since) & (c.day < UNDATED)
    if wanted.until:
        yield c.day <= wanted.until
    if wanted.act:
        yield c.act == wanted.act
    if wanted.kind:
        yield c.kind == wanted.kind


def is_about(connection: Connection, wanted: Wanted) -> tuple[ColumnElement[bool] | None, bool]:
    """The condition that a claim is about an incident that a filter lets through, and whether its search was cut off.

    None where the filter asks nothing of incidents.
    """
    if not (wanted.place or wanted.type or wanted.actor or wanted.state):
        return None, False
    asked = Wanted(
        place=wanted.place, type=wanted.type, actor=wanted.actor, state=wanted.state, every=wanted.every
    )
    c, about = tables.claims, tables.claim_incidents
    fitting, cut = narrowed_incidents(connection, asked, select(tables.incidents.c.id))
    same = (about.c.report == c.c.report) & (about.c.number == c.c.number)
    claims = few(connection, select(c.c.id).join(about, same).where(about.c.incident.in_(fitting)))
    if claims is not None:
        return among(connection, c.c.id, claims), cut
    return exists().where(same & about.c.incident.in_(fitting)), cut  # so many that a page is soon full


def claims_of(connection: Connection, ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Claims by id, in that order, with `title`, `outlet`, `published` and `name` of their reports."""
    c, r = tables.claims.c, tables.reports.c
    query: Select[Any] = select(
        c.id, c.day, c.report, c.number, c.act, c.who, c.words, c.body,
        r.title, r.outlet, r.published, r.name,
    ).join(tables.reports, r.id == c.report)  # fmt: skip
    found = {x.id: x for x in connection.execute(query.where(c.id.in_(ids)))}
    return [found[id] for id in ids if id in found]
