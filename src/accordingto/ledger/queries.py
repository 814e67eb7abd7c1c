"""Reading the ledger: lists of claims. Nothing here writes.

Words are looked for as parts of words, without regard to case, in content and source; full-text search
comes with the ledger's own issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from accordingto.ledger import tables
from accordingto.ledger.session import Ledger
from accordingto.record import Claim, Source, Struct


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims; None means all. Dates are ISO days of publication, inclusive."""

    source: str | None = None
    act: str | None = None
    kind: str | None = None
    words: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    offset: int = 0


class SourceRow(Struct, frozen=True):
    """The source of a listed claim."""

    id: str
    name: str | None
    kind: str
    named: bool
    description: str | None


class ClaimRow(Struct, frozen=True):
    """One listed claim: the record's claim with its report, its source and its words."""

    report: str
    title: str | None
    outlet: str | None
    published: str | None
    source: SourceRow
    who: str | None
    act: str
    text: str
    claim: Claim
    incidents: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON: the claim's own fields beside the others, `content` as text in `text`."""
        row: dict[str, Any] = msgspec.to_builtins(self)
        own: dict[str, Any] = row.pop("claim")
        own.pop("source")
        return own | row


class Body(msgspec.Struct, frozen=True):
    """What `claims.body` holds."""

    claim: Claim
    source: Source


def claims(ledger: Ledger, wanted: ClaimFilter = ClaimFilter()) -> Iterator[ClaimRow]:
    """The claims that a filter lets through, by date of publication, report and place in it."""
    query = _select(wanted)
    with ledger.begin() as connection:
        for row in connection.execute(query):
            body = msgspec.json.decode(row.body, type=Body)
            s = body.source
            yield ClaimRow(
                report=row.name,
                title=row.title,
                outlet=row.outlet,
                published=row.published,
                source=SourceRow(s.id, row.who if s.named else None, s.kind, s.named, s.description),
                who=row.who,
                act=row.act,
                text=row.words,
                claim=body.claim,
            )


def count_claims(ledger: Ledger, wanted: ClaimFilter = ClaimFilter()) -> int:
    """How many claims a filter lets through, whatever its limit."""
    query = _select(ClaimFilter(**{**_fields(wanted), "limit": None, "offset": 0}))
    with ledger.begin() as connection:
        return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def _fields(wanted: ClaimFilter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ClaimFilter.__slots__}


def _select(wanted: ClaimFilter) -> Select[Any]:
    c, r = tables.claims, tables.reports
    query = select(c.c.act, c.c.who, c.c.words, c.c.body, r.c.name, r.c.title, r.c.outlet, r.c.published)
    query = query.join(r, r.c.id == c.c.report)
    for condition in _conditions(wanted):
        query = query.where(condition)
    query = query.order_by(func.coalesce(r.c.published, "9999"), r.c.id, c.c.number)
    return query.limit(wanted.limit).offset(wanted.offset) if wanted.limit is not None else query


def _conditions(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    c, r = tables.claims, tables.reports
    if wanted.source:
        yield c.c.who.icontains(wanted.source, autoescape=True)
    if wanted.act:
        yield c.c.act == wanted.act
    if wanted.kind:
        yield c.c.kind == wanted.kind
    for word in (wanted.words or "").split():
        yield c.c.words.icontains(word, autoescape=True) | c.c.who.icontains(word, autoescape=True)
    if wanted.since:
        yield r.c.published >= wanted.since
    if wanted.until:
        yield r.c.published <= wanted.until
