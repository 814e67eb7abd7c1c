"""Reading the ledger: lists of claims. Nothing here writes.

`words` are looked for as parts of words, without regard to case, in content and source; `text` is full-text search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from accordingto.errors import FatalError
from accordingto.ledger import tables
from accordingto.ledger.bodies import is_any_state_s
from accordingto.ledger.claimrows import UNDATED
from accordingto.ledger.claimrows import Body as Body
from accordingto.ledger.lists import SOME, Filter, incident_conditions, incidents_of_claims
from accordingto.ledger.naming import among, few, is_by
from accordingto.ledger.searching import matching
from accordingto.ledger.session import Ledger
from accordingto.ledger.speakers import named_id
from accordingto.ledger.voices import described, has_name
from accordingto.record import Claim, Struct

PAGE = 400  # rows whose incidents are looked up at once


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims; None means all. Dates are ISO days of publication, inclusive.

    `incidents`: only claims about an incident that this filter lets through.
    """

    source: str | None = None
    act: str | None = None
    kind: str | None = None
    words: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    offset: int = 0
    text: str | None = None
    incidents: Filter | None = None


class SourceRow(Struct, frozen=True):
    """The source of a listed claim: `id` in its record, `ledger_id` in `accordingto sources`, over all reports."""

    id: str
    ledger_id: str
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


def claims(ledger: Ledger, wanted: ClaimFilter = ClaimFilter()) -> Iterator[ClaimRow]:
    """The claims that a filter lets through, by date of publication, report and place in it."""
    with ledger.begin() as connection:
        query = _select(wanted, connection)
        for some in connection.execute(query).partitions(PAGE):
            yield from _rows(connection, some)


def _rows(connection: Connection, some: Sequence[Row[Any]]) -> Iterator[ClaimRow]:
    """Listed claims with the incidents that they speak of."""
    bodies = [body_of(row.name, row.body) for row in some]
    pairs = [(row.report, b.claim.id) for row, b in zip(some, bodies, strict=True)]
    about = incidents_of_claims(connection, pairs)
    known = entered_ids(connection, ((row.report, row.who) for row in some))
    for row, body, pair in zip(some, bodies, pairs, strict=True):
        s = body.source
        yield ClaimRow(
            report=row.name,
            title=row.title,
            outlet=row.outlet,
            published=row.published,
            source=SourceRow(
                s.id,
                ledger_id(row.who, s.named, known.get((row.report, row.who))),
                row.who if s.named else None,
                s.kind,
                s.named,
                s.description,
            ),
            who=row.who,
            act=row.act,
            text=row.words,
            claim=body.claim,
            incidents=about.get(pair, ()),
        )


def body_of(report: str, body: str) -> Body:
    """What a claim's row holds; `report` is its report's name.

    Raises:
        FatalError: where it can't be read.
    """
    try:
        return msgspec.json.decode(body, type=Body)
    except (msgspec.MsgspecError, UnicodeError, TypeError) as error:
        raise FatalError(
            f"A claim of {report} can't be read from the ledger ({error}); run `accordingto rebuild`, which makes it again."
        ) from error


def claims_by_id(
    ledger: Ledger, ids: Sequence[int], wanted: ClaimFilter = ClaimFilter()
) -> dict[int, ClaimRow]:
    """Those of some claims that a filter lets through, by their number; its text, limit and offset don't count."""
    plain = ClaimFilter(**{**_fields(wanted), "text": None, "limit": None, "offset": 0})
    found: dict[int, ClaimRow] = {}
    with ledger.begin() as connection:
        query = _select(plain, connection).add_columns(tables.claims.c.id)
        for part in (ids[i : i + PAGE] for i in range(0, len(ids), PAGE)):
            rows = connection.execute(query.where(tables.claims.c.id.in_(part))).all()
            found |= zip((row.id for row in rows), _rows(connection, rows), strict=True)
    return found


def ledger_id(who: str | None, named: bool, known: str | None = None) -> str:
    """A source's id over all reports: that under which its report was entered, else by name; by description where it has none."""
    if who and named and known:
        return known
    return named_id(who) if who and has_name(who, named) else described(who)


def entered_ids(connection: Connection, said: Iterable[tuple[int, str | None]]) -> dict[tuple[int, str], str]:
    """The ids under which reports' sources were entered, by the report's number and the name: those of bodies that every state
    has go by their country.
    """
    p = tables.pieces.c
    reports = sorted({report for report, who in said if who and is_any_state_s(who)})
    if not reports:
        return {}
    query = select(p.report, p.who, p.key).where((p.kind == "heard") & among(connection, p.report, reports))
    return {
        (row.report, row.who): row.key
        for row in connection.execute(query)
        if row.who and is_any_state_s(row.who) and row.key != described(row.who)
    }


def count_claims(ledger: Ledger, wanted: ClaimFilter = ClaimFilter()) -> int:
    """How many claims a filter lets through, whatever its limit."""
    everything = ClaimFilter(**{**_fields(wanted), "limit": None, "offset": 0})
    with ledger.begin() as connection:
        query = _select(everything, connection)
        return connection.scalar(select(func.count()).select_from(query.subquery())) or 0


def _fields(wanted: ClaimFilter) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in ClaimFilter.__slots__}


def _select(wanted: ClaimFilter, connection: Connection) -> Select[Any]:
    """The claims of a filter with their reports; of a page only its own claims are read whole."""
    c, r = tables.claims, tables.reports
    conditions = list(_conditions(wanted, connection))
    if wanted.text is not None:
        conditions.append(matching(wanted.text, connection.dialect))
    order = (c.c.day, r.c.name, c.c.report, c.c.number)  # whatever order the reports came in
    query = select(
        c.c.report, c.c.act, c.c.who, c.c.words, c.c.body, r.c.name, r.c.title, r.c.outlet, r.c.published
    ).join(r, r.c.id == c.c.report)
    if wanted.limit is None:
        return query.where(*conditions).order_by(*order)
    page = select(c.c.id).join(r, r.c.id == c.c.report).where(*conditions).order_by(*order)
    page = page.limit(wanted.limit).offset(wanted.offset)
    return query.where(c.c.id.in_(page)).order_by(*order)


def _conditions(wanted: ClaimFilter, connection: Connection) -> Iterator[ColumnElement[bool]]:
    c = tables.claims
    if wanted.source:
        yield is_by(connection, wanted.source)
    if wanted.act:
        yield c.c.act == wanted.act
    if wanted.kind:
        yield c.c.kind == wanted.kind
    for word in (wanted.words or "").split():
        yield c.c.words.icontains(word, autoescape=True) | c.c.who.icontains(word, autoescape=True)
    if wanted.since:
        yield (c.c.day >= wanted.since) & (c.c.day < UNDATED)
    if wanted.until:
        yield c.c.day <= wanted.until
    if wanted.incidents is not None:
        yield is_about(connection, wanted.incidents)


def is_about(connection: Connection, wanted: Filter) -> ColumnElement[bool]:
    """The condition that a claim is about an incident that a filter lets through."""
    c, about, i = tables.claims, tables.claim_incidents, tables.incidents.c
    fitting = select(i.id).where(*incident_conditions(wanted, connection))
    same = (about.c.report == c.c.report) & (about.c.number == c.c.number)
    incidents = few(connection, fitting, SOME)
    if incidents is not None:
        told = select(c.c.id).join(about, same).where(among(connection, about.c.incident, incidents))
        claims = few(connection, told)
        if claims is not None:
            return among(connection, c.c.id, claims)
    return exists().where(same & about.c.incident.in_(fitting))
