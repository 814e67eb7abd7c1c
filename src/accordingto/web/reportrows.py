"""Reports and claims as rows of lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import Found, counted
from accordingto.ledger.lists import incidents_of_claims
from accordingto.ledger.queries import Body, body_of, entered_ids, ledger_id
from accordingto.web.citing import citation
from accordingto.web.parts import ClaimView, Link, ReportRow
from accordingto.web.words import claim_sign, sign


def report_title(row: Row[Any]) -> str:
    """A report's title, else its name."""
    return str(row.title or row.name.rpartition("/")[2] or row.name)


def report_row(row: Row[Any], claims: int, copies: int = 0) -> ReportRow:
    """One report in a list."""
    return ReportRow(
        id=row.id,
        url=f"/reports/{row.id}",
        title=report_title(row),
        outlet=row.outlet,
        author=row.author,
        published=row.published,
        entered=row.entered_at.strftime("%Y-%m-%dT%H:%M:%S"),
        claims=claims,
        copies=copies,
    )


def report_list(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[ReportRow, ...]:
    """Reports in a list, with how many claims and near-copies each has."""
    ids = [r.id for r in rows]
    claims = counted(connection, tables.claims.c.report, ids)
    one, other = (counted(connection, c, ids) for c in (tables.copies.c.one, tables.copies.c.other))
    return tuple(report_row(r, claims.get(r.id, 0), one.get(r.id, 0) + other.get(r.id, 0)) for r in rows)


def claim_list(connection: Connection, found: Found | Iterable[Row[Any]]) -> tuple[ClaimView, ...]:
    """Rows of `browse_claims` as pages show them."""
    rows = list(found.rows if isinstance(found, Found) else found)
    bodies = [body_of(r.name, r.body) for r in rows]
    about = incidents_of_claims(
        connection, [(r.report, b.claim.id) for r, b in zip(rows, bodies, strict=True)]
    )
    known = entered_ids(connection, ((r.report, r.who) for r in rows))
    titles = incident_titles(connection, {x for some in about.values() for x in some})
    return tuple(
        claim_view(
            r,
            b,
            [
                Link(titles[x], f"/incidents/{x}")
                for x in about.get((r.report, b.claim.id), ())
                if x in titles
            ],
            known.get((r.report, r.who)),
        )
        for r, b in zip(rows, bodies, strict=True)
    )


def incident_titles(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Titles of incidents by id."""
    t = tables.incidents.c
    query = select(t.id, t.title).where(t.id.in_(sorted(ids)))
    return {r.id: r.title for r in connection.execute(query)}


def claim_view(row: Row[Any], body: Body, incidents: Sequence[Link], known: str | None) -> ClaimView:
    """One claim in a list; `known` is the id under which its source was entered."""
    c, s = body.claim, body.source
    anonymous = s.kind in ("anonymous", "group")
    who = row.who or ("the report itself" if s.kind == "reporter" else "no one named")
    title = report_title(row)
    return ClaimView(
        id=c.id,
        who=who,
        source_url=f"/sources/{ledger_id(row.who, s.named, known)}",
        anonymous=anonymous,
        kind=sign("kind", s.kind).words,
        act=claim_sign(c),
        words=row.words,
        direct=c.quotation == "direct",
        report=Link(title, f"/reports/{row.report}"),
        outlet=row.outlet,
        published=row.published,
        url=f"/reports/{row.report}#c{c.start}",
        cite=citation(c, who=who, words=row.words, title=title, outlet=row.outlet, published=row.published),
        said_on=c.said_on.value if c.said_on else None,
        incidents=tuple(incidents),
    )
