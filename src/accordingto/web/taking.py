"""The lists of the desk as files to take along: everything that the filters let through, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import Connection

from accordingto import hooks
from accordingto.exporting.rows import Cell, join
from accordingto.exporting.tabular import lines
from accordingto.ledger.browsing import Found, Wanted, browse_incidents, browse_reports
from accordingto.ledger.claimlists import browse_claims
from accordingto.ledger.exports import Exported, with_caveats
from accordingto.ledger.merging import unpack
from accordingto.ledger.orders import Order
from accordingto.ledger.session import Ledger
from accordingto.web.grouppages import commitment_rows, toll_rows
from accordingto.web.parts import ClaimView, ReportRow
from accordingto.web.reportrows import claim_list, report_list
from accordingto.web.sourcepages import source_rows
from accordingto.web.views import CommitmentRow, SourceRow, TollRow

PAGE = 200  # rows that are held at once
SEARCHED = 5  # times as many where words are searched, which each page does anew
Browse = Callable[..., tuple[Iterable[Any], Found]]


def incidents_out(
    ledger: Ledger, wanted: Wanted, format: str, base: str, sort: Order = Order.NEWEST
) -> Iterator[str]:
    """Incidents in a format of the exporters; `base` is the desk's address."""
    pieces: Iterator[str] = hooks.load(hooks.EXPORTERS, format)(exported(ledger, wanted, base, sort))
    return pieces


def exported(ledger: Ledger, wanted: Wanted, base: str, sort: Order) -> Iterator[Exported]:
    """All incidents that the filters let through, in an order."""
    for some in pages(ledger, wanted, partial(incidents, sort=sort)):
        yield from with_caveats(ledger, [unpack(r.body) for r in some], base=base)


def table_out(
    ledger: Ledger, wanted: Wanted, what: str, base: str, *, by_count: bool = False
) -> Iterator[str]:
    """One list as CSV; `base` is the desk's address, for links to the words. `by_count`: tolls with the most counts first."""
    browse, row = LISTS[what]
    browse = partial(browse, by_count=True) if by_count else browse
    return lines(row(r, base) for some in pages(ledger, wanted, browse) for r in some)


def pages(ledger: Ledger, wanted: Wanted, browse: Browse) -> Iterator[list[Any]]:
    """All pages of a list, however many matches a search has; no connection stays open between two."""
    wanted, after = replace(wanted, every=True), None
    searched = wanted.q or wanted.source or wanted.place or wanted.actor
    limit = SEARCHED * PAGE if searched else PAGE
    while True:
        with ledger.begin() as connection:
            rows, found = browse(connection, wanted, after=after, limit=limit)
            some = list(rows)
        yield some
        if found.next is None:
            return
        after = found.next


def incidents(c: Connection, wanted: Wanted, **at: Any) -> tuple[Iterable[Any], Found]:
    """A page of incidents."""
    found = browse_incidents(c, wanted, whole=True, **at)
    return found.rows, found


def claims(c: Connection, wanted: Wanted, **at: Any) -> tuple[Iterable[Any], Found]:
    """A page of claims."""
    found = browse_claims(c, wanted, **at)
    return claim_list(c, found), found


def reports(c: Connection, wanted: Wanted, **at: Any) -> tuple[Iterable[Any], Found]:
    """A page of reports."""
    found = browse_reports(c, wanted, **at)
    return report_list(c, found.rows), found


def claim_cells(c: ClaimView, base: str) -> dict[str, Cell]:
    """One claim as a row."""
    return {
        "published": c.published,
        "outlet": c.outlet,
        "report": c.report.words,
        "who": c.who,
        "unnamed": "yes" if c.anonymous else "no",
        "kind": c.kind,
        "act": c.act.value,
        "words": c.words,
        "direct": "yes" if c.direct else "no",
        "said_on": c.said_on,
        "incidents": join(i.url.rpartition("/")[2] for i in c.incidents),
        "citation": c.cite,
        "address": base + c.url,
    }


def report_cells(r: ReportRow, base: str) -> dict[str, Cell]:
    """One report as a row."""
    return {
        "published": r.published,
        "outlet": r.outlet,
        "author": r.author,
        "title": r.title,
        "claims": r.claims,
        "near_copies": r.copies,
        "entered": r.entered,
        "address": base + r.url,
    }


def source_cells(s: SourceRow, base: str) -> dict[str, Cell]:
    """One source as a row."""
    return {
        "name": s.name,
        "named": "yes" if s.named else "no",
        "kind": s.kind,
        "country": s.country,
        "sector": s.sector,
        "reports": s.reports,
        "since": s.first,
        "acts": join(f"{a.words}: {a.count}" for a in s.acts),
        "address": base + s.url,
    }


def toll_cells(t: TollRow, base: str) -> dict[str, Cell]:
    """One running toll as a row, with its newest count."""
    return {
        "measure": t.measure,
        "population": t.population,
        "place": t.place,
        "authority": t.authority,
        "since": t.since,
        "as_of": t.last.as_of,
        "words": t.last.words,
        "low": t.last.low,
        "best": t.last.best,
        "high": t.last.high,
        "caveats": join(t.last.caveats),
        "counts": t.points,
        "address": base + t.url,
    }


def commitment_cells(c: CommitmentRow, base: str) -> dict[str, Cell]:
    """One commitment as a row."""
    told = (o.report.url for o in c.occasions if o.report)
    return {
        "kind": c.kind.value,
        "speaker": c.speaker,
        "addressee": c.addressee,
        "what": c.what,
        "condition": c.condition,
        "dates": join(o.date for o in c.occasions if o.date),
        "outcome": c.outcome.value,
        "addresses": join(base + url for url in told),
    }


LISTS: dict[str, tuple[Browse, Callable[[Any, str], dict[str, Cell]]]] = {
    "claims": (claims, claim_cells),
    "reports": (reports, report_cells),
    "sources": (source_rows, source_cells),
    "tolls": (toll_rows, toll_cells),
    "commitments": (commitment_rows, commitment_cells),
}
