"""The front page: what is new, what is contested, tolls that moved; and what the search finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from sqlalchemy import Connection, Table, func, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import (
    Found,
    Wanted,
    browse_incidents,
    browse_reports,
    counted,
    narrowed_incidents,
)
from accordingto.ledger.claimlists import browse_claims, claims_of
from accordingto.ledger.contest import State
from accordingto.ledger.digests import Digest, read_digest
from accordingto.ledger.incidents import Incident
from accordingto.web.grouppages import tolls_that_moved
from accordingto.web.incidentrows import (
    Numbers,
    Timeline,
    contest_rows,
    incident_row,
    report_numbers,
    rows,
    whole_incidents,
)
from accordingto.web.parts import Choices, ClaimView, ContestRow, Filters, IncidentRow, Link
from accordingto.web.reportrows import claim_list, report_list
from accordingto.web.views import FrontPage, SearchPage, Totals

NEW, CONTESTED, MOVED, LATEST = 9, 5, 6, 6
FIELDS = 3  # clashing fields that are shown of one incident
SIFTED = 40  # newest incidents among which the new ones are chosen
HITS = 15
FEW = 5  # incidents that hold the words; where fewer do, those that the claims are about stand beside them
SOME = 5  # claims near in meaning beside those that hold the words, at least


def front_page(
    connection: Connection,
    filters: Filters,
    wanted: Wanted,
    choices: Choices,
    urls: tuple[str, str, str],
    known: tuple[Totals, Timeline],
) -> FrontPage:
    """The front page under the filters; `urls` of the timeline, the map and the list; `known`: totals and timeline."""
    return FrontPage(
        filters=filters,
        choices=choices,
        totals=known[0],
        new=tuple(incident_row(i) for i in newest(connection, wanted)),
        contested=contested(connection, wanted),
        tolls=tuple(tolls_that_moved(connection, wanted, MOVED)),
        reports=report_list(connection, latest_reports(connection, wanted).rows),
        timeline=known[1].buckets,
        older=known[1].older,
        later=known[1].later,
        timeline_url=urls[0],
        map_url=urls[1],
        incidents_url=urls[2],
    )


def newest(connection: Connection, wanted: Wanted) -> list[Digest]:
    """The newest incidents of which more is told than a type and a day; others only where too few are."""
    found = browse_incidents(connection, wanted, limit=SIFTED)
    some = [read_digest(r.digest) for r in found.rows]
    telling = [i for i in some if i.telling][:NEW]
    kept = {i.id for i in telling + [i for i in some if not i.telling][: NEW - len(telling)]}
    return [i for i in some if i.id in kept]


def latest_reports(connection: Connection, wanted: Wanted) -> Found:
    """The reports published last within the days of the filter."""
    return browse_reports(connection, Wanted(since=wanted.since, until=wanted.until), limit=LATEST)


def contested(connection: Connection, wanted: Wanted) -> tuple[ContestRow, ...]:
    """The clashing fields of the newest contested incidents, then of denied ones where too few are contested."""
    ids: list[str] = []
    for state in (State.CONTESTED, State.DENIED):
        left = CONTESTED - len(ids)
        found = browse_incidents(connection, replace(wanted, state=state), limit=left) if left else None
        ids += [r.id for r in found.rows] if found else []
    some = whole_incidents(connection, ids)
    numbers = report_numbers(connection, [i.id for i in some])
    return tuple(row for i in some for row in clashes(i, numbers[i.id]))


def clashes(incident: Incident, numbers: Numbers) -> list[ContestRow]:
    """The first clashing fields of one incident, rival values before denials, in the order of the matrix."""
    found = contest_rows(incident, numbers)
    kept = sorted(found, key=lambda row: row.state.value != State.CONTESTED)[:FIELDS]
    return [row for row in found if row in kept]


def totals(connection: Connection) -> Totals:
    """What the ledger holds. Whole tables are counted by `count(*)` alone, which looks at no row; most groups are sources."""
    count = select(func.count())
    fewer = counted(connection, tables.groups.c.kind, ["toll", "spoken", "deed"])

    def held(table: Table) -> int:
        return connection.scalar(count.select_from(table)) or 0

    contested, _ = narrowed_incidents(
        connection, Wanted(state=State.CONTESTED), count.select_from(tables.incidents)
    )
    return Totals(
        reports=held(tables.reports),
        claims=held(tables.claims),
        incidents=held(tables.incidents),
        contested=connection.scalar(contested) or 0,
        tolls=fewer.get("toll", 0),
        sources=held(tables.groups) - sum(fewer.values()),
    )


def search_page(
    connection: Connection, q: str, near: tuple[Sequence[int], Sequence[int]] | None = None
) -> SearchPage:
    """What words find: incidents, claims, reports; `near` are ids of claims that hold the words and of those near in meaning alone, best
    first.
    """
    words = q.strip()
    if not any(c.isalnum() for c in words):
        problem = "There is no word in it; give the words to search for." if words else None
        return SearchPage(q, False, (), (), (), problem=problem)
    wanted = Wanted(q=words)
    i = browse_incidents(connection, wanted, limit=HITS)
    c = browse_claims(connection, wanted, limit=HITS)
    r = browse_reports(connection, wanted, limit=HITS)
    said, meant = near or ((), ())
    beside = max(HITS - len(said), SOME)
    incidents = rows(i.rows)
    claims = claim_list(connection, c if near is None else claims_of(connection, said[:HITS]))
    alike = claim_list(connection, claims_of(connection, meant[:beside])) if near else ()
    return SearchPage(
        q=q,
        meaning=near is not None,
        incidents=incidents,
        claims=claims,
        near=alike,
        reports=report_list(connection, r.rows),
        more_incidents=more("/incidents", words, i),
        more_claims=more("/claims", words, c),
        about=about((*claims, *alike), incidents) if len(incidents) < FEW else (),
    )


def about(claims: Sequence[ClaimView], shown: Sequence[IncidentRow]) -> tuple[Link, ...]:
    """The incidents that claims are about, in their order, without those shown."""
    urls = {i.url for i in shown}
    links = {link.url: link for c in claims for link in c.incidents if link.url not in urls}
    return tuple(links.values())[:HITS]


def more(path: str, words: str, found: Found) -> str | None:
    """The list of all that a search found, where it found more than is shown."""
    return f"{path}?{urlencode({'q': words})}" if found.next else None
