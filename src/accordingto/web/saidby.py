"""The claims of one source, the newest reports first: all, those of one act, of some days, that hold some words, or that speak of
events of one type.

A source's pieces tell in which reports it speaks, by which acts and of what; only these reports are looked at.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from accordingto.ledger import tables
from accordingto.ledger.bodies import is_any_state_s, of_state
from accordingto.ledger.browsing import Terms, Wanted, searched
from accordingto.ledger.names import name_key, tagged
from accordingto.ledger.queries import body_of
from accordingto.ledger.speakers import is_bare, named_id
from accordingto.ledger.voices import Heard, described
from accordingto.record import Claim, Source, SourceKind
from accordingto.web.parts import ClaimView
from accordingto.web.reportrows import claim_list

REPORTS = 12  # reports whose claims a page of a source shows
PASSED_OVER = 20  # times so many that are looked through for words before a page goes on without any claim
NOBODY = described(None)
"""The key of all claims that name and describe nobody."""

Key = tuple[str, str | int]


class Typed(msgspec.Struct, frozen=True):
    """Of an event what tells which claims speak of its type."""

    id: str
    type: str
    claims: tuple[str, ...] = ()


class Events(msgspec.Struct, frozen=True):
    """A stored record's events; the rest of it is passed over."""

    events: tuple[Typed, ...] = ()


def said(
    connection: Connection,
    key: str,
    *,
    acts: Collection[str] = (),
    wanted: Wanted = Wanted(),
    after: Key | None = None,
) -> tuple[tuple[ClaimView, ...], Key | None, bool]:
    """The claims of a source in the next `REPORTS` reports that have any such, the key after which more follow, and whether a search
    for words was cut off. Where words are searched, reports in which only others say them are passed over.
    """
    asked: Terms = [(("words",), wanted.q)] if wanted.q else []
    c = tables.claims.c
    holding, cut = searched(connection, tables.claims, asked, {"words": c.words})
    for _ in range(PASSED_OVER):
        found, after = said_in(connection, key, acts, wanted, holding, after)
        if found or after is None:
            break
    return found, after, cut


def said_in(
    connection: Connection,
    key: str,
    acts: Collection[str],
    wanted: Wanted,
    holding: ColumnElement[bool] | None,
    after: Key | None,
) -> tuple[tuple[ClaimView, ...], Key | None]:
    """The claims of a source in its next reports, and the key after which more follow; `holding`: those that hold the words."""
    rows = speaking(connection, key, acts, wanted, holding, after)
    pieces = {x.report: msgspec.json.decode(x.body, type=Heard) for x in rows[:REPORTS]}
    c, r = tables.claims.c, tables.reports.c
    there = c.report.in_(list(pieces))
    heard = connection.scalars(select(c.who).where(there).distinct())
    names = spellings(key, {h.by for h in pieces.values()}, heard)
    told: Select[Any] = select(
        c.id, c.day, c.report, c.record, c.number, c.act, c.who, c.words, c.body,
        r.title, r.outlet, r.published, r.name,
    ).join(tables.reports, r.id == c.report)  # fmt: skip
    told = told.where(there & or_(c.who.in_(names), c.who.is_(None)))
    if acts:
        told = told.where(c.act.in_(sorted(acts)))
    if holding is not None:
        told = told.where(holding)
    found = connection.execute(told.order_by(c.day.desc(), c.report.desc(), c.number)).all()
    kept = of_source(found, key, pieces)
    if wanted.type:
        kept = of_type(connection, kept, wanted.type)
    last = rows[REPORTS - 1] if len(rows) > REPORTS else None
    return claim_list(connection, kept), (last.day, last.id) if last else None


def speaking(
    connection: Connection,
    key: str,
    acts: Collection[str],
    wanted: Wanted,
    holding: ColumnElement[bool] | None,
    after: Key | None,
) -> Sequence[Row[Any]]:
    """The next pieces of a source, and one more where more follow: those of these acts, days and this type alone, in whose reports
    some claim holds the words.

    What is looked for in a piece's JSON stands there with its quotation marks, which no words inside it have.
    """
    p = tables.pieces.c
    day = func.coalesce(p.day, "")
    query: Select[Any] = select(p.report, day.label("day"), p.id, p.body).where(
        (p.kind == "heard") & (p.key == key)
    )
    if acts:
        query = query.where(or_(*(p.body.contains(f'"{act}":', autoescape=True) for act in sorted(acts))))
    if wanted.type:
        query = query.where(p.body.contains(f'"{wanted.type}"', autoescape=True))
    if wanted.since:
        query = query.where(p.day >= wanted.since)
    if wanted.until:
        query = query.where(p.day <= wanted.until)
    if holding is not None:
        query = query.where(p.report.in_(select(tables.claims.c.report).where(holding)))
    if after is not None:
        query = query.where((day < after[0]) | ((day == after[0]) & (p.id < int(after[1]))))
    return connection.execute(query.order_by(day.desc(), p.id.desc()).limit(REPORTS + 1)).all()


def spellings(key: str, known: Collection[str | None], heard: Iterable[str | None]) -> list[str]:
    """Those of the names heard in some reports that mean the source: a piece keeps but the first of its report."""
    states = {of_state(n, "") for n in known if n and is_any_state_s(n)}

    def means(who: str) -> bool:
        if who in known or key in (described(who), named_id(who)):
            return True
        return bool(states) and is_any_state_s(who) and of_state(who, "") in states

    return sorted(who for who in heard if who and means(who))


def of_source(rows: Iterable[Row[Any]], key: str, pieces: dict[int, Heard]) -> list[Row[Any]]:
    """The claims that are the source's by more than its name."""
    return [x for x in rows if is_of(x, body_of(x.name, x.body).source, key, pieces[x.report])]


def is_of(row: Row[Any], source: Source, key: str, piece: Heard) -> bool:
    """True for a claim of this source. A report's own words are its outlet's; those of no known outlet are nobody's."""
    if row.who is None and source.kind is SourceKind.REPORTER:
        return key == (tagged("S", "outlet", name_key(row.outlet)) if row.outlet else NOBODY)
    if piece.named:
        return source.named and row.who is not None
    return described(row.who) == key and (not source.named or row.who is None or is_bare(row.who))


def of_type(connection: Connection, rows: Sequence[Row[Any]], type: str) -> list[Row[Any]]:
    """The claims that speak of an event of this type, as their records tell."""
    t = tables.records.c
    held = connection.execute(select(t.id, t.body).where(t.id.in_(sorted({x.record for x in rows}))))
    decoder = msgspec.json.Decoder(Events)
    events = {
        x.id: [e for e in decoder.decode(zlib.decompress(x.body)).events if e.type == type] for x in held
    }
    return [x for x in rows if speaks_of(body_of(x.name, x.body).claim, events.get(x.record, ()))]


def speaks_of(claim: Claim, events: Iterable[Typed]) -> bool:
    """True for a claim about one of these events, or one that tells it."""
    return any(e.id in claim.about or claim.id in e.claims for e in events)
