"""Sources, tolls and commitments: lists of groups of pieces, and the page of one; bounded however long a series is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, Select, select, text

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.browsing import NEWEST, After, Found, Wanted, browse_groups, report_rows
from accordingto.ledger.commitments import Commitment, Occasion, Spoken, days_of
from accordingto.ledger.commitments import commitments as group_commitments
from accordingto.ledger.lists import Filter, suits
from accordingto.ledger.outcomes import Deed
from accordingto.ledger.speakers import named_id
from accordingto.ledger.tolls import Toll, TollEntry
from accordingto.ledger.tolls import TollPoint as Point
from accordingto.ledger.tolls import tolls as group_tolls
from accordingto.ledger.voices import described
from accordingto.ledger.wording import bounds_words, number_words
from accordingto.reading.timevalues import moved
from accordingto.record import Measure
from accordingto.web.parts import Link, TollMove
from accordingto.web.reportrows import report_title
from accordingto.web.views import CommitmentRow, OccasionView, TollPage, TollPoint, TollRow
from accordingto.web.words import sign

P = TypeVar("P", bound=msgspec.Struct)
EACH = 120  # newest pieces of each group that lists look at
SIFTED = 200  # groups that are read at once where only some of their commitments fit
WHOLE = 2000  # newest pieces of one group that its page looks at
MOVING = 300  # newest counts among which the tolls that moved are looked for
OF_A_GROUP = "FROM pieces WHERE kind = :kind AND key = k.value ORDER BY day DESC, id DESC LIMIT :each"
AS_ONE = """'["' || p.key || '",' || p.report || ',' || p.body || ']'"""  # a row for each takes much longer
SQLITE_NEWEST = text(
    f"SELECT group_concat(piece) FROM (SELECT {AS_ONE} AS piece FROM json_each(:keys) AS k JOIN pieces AS p "
    f"ON p.id IN (SELECT id {OF_A_GROUP}) ORDER BY p.day DESC, p.id DESC)"
)
POSTGRES_NEWEST = text(
    f"SELECT string_agg({AS_ONE}, ',' ORDER BY p.day DESC, p.id DESC) "
    "FROM unnest(CAST(:keys AS text[])) AS k(value) CROSS JOIN LATERAL "
    f"(SELECT id, day, key, report, body {OF_A_GROUP}) AS p"
)


def newest(
    connection: Connection, kind: str, keys: Sequence[str], each: int, type: type[P]
) -> dict[str, list[tuple[int, P]]]:
    """The newest pieces of each group, with the numbers of their reports, by key."""
    if not keys:
        return {}
    sqlite = connection.dialect.name == "sqlite"
    given = {"kind": kind, "each": each, "keys": json.dumps(list(keys)) if sqlite else list(keys)}
    out: dict[str, list[tuple[int, P]]] = {}
    found = connection.execute(SQLITE_NEWEST if sqlite else POSTGRES_NEWEST, given).scalar_one()
    decoder = pieces_of(type)
    for key, report, piece in decoder.decode(f"[{found or ''}]"):
        out.setdefault(key, []).append((report, piece))
    return out


@cache
def pieces_of(type: Any) -> msgspec.json.Decoder[list[tuple[str, int, Any]]]:
    """The decoder of pieces with their keys and reports."""
    return msgspec.json.Decoder(list[tuple[str, int, type]])


Refs = dict[str, Link]
"""Links to reports by their numbers."""


def numbered(pieces: Iterable[tuple[int, P]]) -> Iterator[P]:
    """Pieces with their report's number in the place of its name, which several reports may have."""
    return (msgspec.structs.replace(piece, report=str(number)) for number, piece in pieces)


def refs(connection: Connection, numbers: Iterable[str]) -> Refs:
    """Links to the reports of these numbers, by title."""
    rows = report_rows(connection, sorted({int(n) for n in numbers}))
    return {str(n): Link(report_title(row), f"/reports/{n}") for n, row in rows.items()}


# Tolls.


def toll_rows(connection: Connection, wanted: Wanted, **paged: Any) -> tuple[list[TollRow], Found]:
    """Running tolls, those with the newest count first."""
    found = browse_groups(connection, "toll", wanted, **paged)
    held = newest(connection, "toll", [r.id for r in found.rows], EACH, Point)
    tolls = {row.id: group_tolls(numbered(held[row.id]))[0] for row in found.rows}
    links = refs(connection, (t.series[-1].report for t in tolls.values()))
    return [toll_row(row, tolls[row.id], links) for row in found.rows], found


def toll_row(row: Row[Any], toll: Toll, links: Refs) -> TollRow:
    """One toll with its newest count."""
    return TollRow(
        id=toll.id,
        url=f"/tolls/{toll.id}",
        authority=toll.authority or "the report itself",
        measure=toll.measure.replace("_", " "),
        population=counted_of(toll),
        place=toll.place.name if toll.place else None,
        since=toll.since,
        last=toll_point(toll.series[-1], links, share=toll.measure == Measure.SHARE),
        points=max(len(toll.series), row.pieces if row.pieces > EACH else 0),
        change=change(toll),
    )


def counted_of(toll: Toll) -> str | None:
    """Whom a toll counts; a share's unit is no people."""
    return None if toll.measure == Measure.SHARE and toll.population in ("percent", "%") else toll.population


def toll_point(e: TollEntry, links: Refs, *, share: bool = False) -> TollPoint:
    """One count of a series."""
    return TollPoint(
        as_of=e.as_of,
        low=e.low,
        best=e.best,
        high=e.high,
        words=toll_words(e, share=share),
        comparator=e.comparator,
        caveats=e.caveats,
        report=links.get(e.report),
    )


def toll_words(e: TollEntry, *, share: bool = False) -> str:
    """A count with its comparator: `more than 40,000`; a share in percent."""
    unit = " %" if share else ""
    if e.comparator and e.best is not None:
        return f"{e.comparator} {number_words(e.best)}{unit}"
    return f"{bounds_words(e.low, e.best, e.high) or '?'}{unit}"


def change(toll: Toll) -> str | None:
    """How the last count differs from the one before: `+1,200`."""
    counts = [e.best for e in toll.series if e.best is not None]
    if len(counts) < 2 or counts[-1] == counts[-2]:
        return None
    apart = counts[-1] - counts[-2]
    return f"{'+' if apart > 0 else '−'}{number_words(abs(apart))}"


def toll_page(connection: Connection, key: str) -> TollPage:
    """One toll's page.

    Raises:
        UserError: where there is none.
    """
    row = group(connection, "toll", key)
    pieces = newest(connection, "toll", [key], WHOLE, Point)[key]
    toll = group_tolls(numbered(pieces))[0]
    links = refs(connection, (e.report for e in toll.series))
    share = toll.measure == Measure.SHARE
    series = tuple(toll_point(e, links, share=share) for e in toll.series)
    caveats = tuple(dict.fromkeys(c for e in toll.series for c in e.caveats))
    return TollPage(toll_row(row, toll, links), series, caveats, f"/tolls/{key}/plot.json")


def group(connection: Connection, kind: str, key: str) -> Row[Any]:
    """One group.

    Raises:
        UserError: where there is none.
    """
    g = tables.groups.c
    query: Select[Any] = select(g.key.label("id"), g.pieces, g.who, g.type, g.day, g.last).where(
        (g.kind == kind) & (g.key == key)
    )
    row = connection.execute(query).first()
    if row is None:
        what = {"toll": "running toll", "heard": "source"}[kind]
        raise UserError(f"There is no {what} {key[:20]} in this ledger; look for it in the list.")
    return row


def tolls_that_moved(connection: Connection, wanted: Wanted, most: int) -> list[TollMove]:
    """Tolls whose last count differs from the one before, the newest first."""
    p = tables.pieces.c
    recent = select(p.key, p.day).where(p.kind == "toll")
    if wanted.since:
        recent = recent.where(p.day >= wanted.since)
    if wanted.until:
        recent = recent.where(p.day <= wanted.until)
    rows = connection.execute(recent.order_by(p.day.desc(), p.id.desc()).limit(MOVING))
    keys = list(dict.fromkeys(r.key for r in rows))[: most * 6]
    held = newest(connection, "toll", keys, EACH, Point)
    grouped = (group_tolls(numbered(held[k]))[0] for k in keys if len(held[k]) > 1)
    moved = [t for t in grouped if change(t)][:most]
    links = refs(connection, (t.series[-1].report for t in moved))
    return [move(t, links) for t in moved]


def move(toll: Toll, links: Refs) -> TollMove:
    """How a toll moved last."""
    counts = [e for e in toll.series if e.best is not None]
    return TollMove(
        id=toll.id,
        url=f"/tolls/{toll.id}",
        authority=toll.authority or "the report itself",
        measure=toll.measure.replace("_", " "),
        population=counted_of(toll),
        place=toll.place.name if toll.place else None,
        before=toll_words(counts[-2], share=toll.measure == Measure.SHARE),
        after=toll_words(counts[-1], share=toll.measure == Measure.SHARE),
        change=change(toll),
        before_as_of=counts[-2].as_of,
        as_of=counts[-1].as_of,
        report=links.get(toll.series[-1].report),
    )


# Commitments.


def commitment_rows(
    connection: Connection, wanted: Wanted, *, after: After | None = None, limit: int = 50
) -> tuple[list[CommitmentRow], Found]:
    """Warnings, promises, requests and refusals, the last spoken first; `q` is searched in what is promised, too."""
    kept, found = fitting(connection, wanted, after, limit)
    kept.sort(key=lambda c: (days_of(c.occasions[-1].date) or ("", ""), c.id), reverse=True)
    links = refs(connection, (o.report for c in kept for o in (*c.occasions, *c.outcome_claims)))
    urls = speaker_urls(connection, [c.speaker for c in kept])
    return [commitment_row(c, links, urls.get(c.speaker)) for c in kept], found


def speaker_urls(connection: Connection, speakers: Sequence[str | None]) -> dict[str | None, str]:
    """The pages of those speakers that have one, by their name or else by how they are described."""
    keys = {key: s for s in speakers if s for key in (described(s), named_id(s))}
    g = tables.groups.c
    held = set(connection.scalars(select(g.key).where((g.kind == "heard") & g.key.in_(sorted(keys)))))
    return {s: f"/sources/{key}" for key, s in keys.items() if key in held}


def fitting(
    connection: Connection, wanted: Wanted, after: After | None, limit: int
) -> tuple[list[Commitment], Found]:
    """The commitments of the next groups until they fill a page; of no more than `NEWEST` groups.

    Only whole commitments tell their outcome, their days and all their words: a group has those of one kind from one speaker
    to one addressee.
    """
    asked = Filter(since=wanted.since, until=wanted.until, state=wanted.state, words=wanted.q)
    groups = replace(wanted, since=begun_by(wanted.since), state=None, q=None)
    each = limit if groups == wanted else max(limit, SIFTED)
    kept: list[Commitment] = []
    for _ in range(0, NEWEST, each):
        found = browse_groups(connection, "spoken", groups, after=after, limit=each)
        held = commitments_of(connection, [r.id for r in found.rows])
        for row in found.rows:
            kept += [c for c in held[row.id] if suits(c, asked)]
            if len(kept) >= limit and row is not found.rows[-1]:
                return kept, Found(found.rows, (str(row.day), row.id))
        after = found.next
        if after is None or len(kept) >= limit:
            return kept, found
    return kept, Found((), after, cut=True)


def begun_by(since: str | None) -> str | None:
    """The first day of a week or month that `since` may be in: what was spoken in it has that day."""
    return moved(date.fromisoformat(since).replace(day=1), -6).isoformat() if since else None


def commitments_of(connection: Connection, keys: Sequence[str]) -> dict[str, list[Commitment]]:
    """The commitments of each group."""
    said = newest(connection, "spoken", keys, EACH, Spoken)
    speakers = {key: some[0][1].speaker_key for key, some in said.items()}
    done = newest(connection, "deed", sorted(set(speakers.values())), EACH, Deed)
    return {
        key: group_commitments(numbered(some), numbered(done.get(speakers[key], ())))
        for key, some in said.items()
    }


def commitment_row(c: Commitment, links: Refs, speaker_url: str | None = None) -> CommitmentRow:
    """One commitment in the list."""
    return CommitmentRow(
        id=c.id,
        kind=sign("commitment", c.kind),
        speaker=c.speaker or "no one named",
        addressee=c.addressee,
        what=trimmed(c.what),
        condition=c.condition,
        occasions=tuple(occasion(o, links) for o in c.occasions),
        outcome=sign("outcome", c.outcome),
        outcome_reports=tuple(occasion(o, links) for o in c.outcome_claims),
        speaker_url=speaker_url,
    )


def trimmed(words: str) -> str:
    """Words cut from a sentence, without the comma they end in, and with both marks of a quotation of which they hold one."""
    words = words.rstrip(" ,;:")
    opened, closed = words.find("“"), words.find("”")
    if closed >= 0 and not 0 <= opened < closed:
        words = f"“{words}"
    return f"{words}”" if words.rfind("“") > words.rfind("”") else words


def occasion(o: Occasion, links: Refs) -> OccasionView:
    """When something was spoken or done, and where it is told."""
    link = links.get(o.report)
    at = f"#{o.claim}" if o.claim else ""
    return OccasionView(o.date, Link(link.words, link.url + at) if link else None)
