"""One report's page: the text as printed under its marks, a card for each claim, event and figure."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from sqlalchemy import Connection, Row, select

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.browsing import report_rows
from accordingto.ledger.copies import containment
from accordingto.ledger.lists import incidents_of_claims
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.voices import audit_key
from accordingto.pages.happenings import Count, count_list, event_cards
from accordingto.pages.view import ASIDE, cards, heading
from accordingto.record import Claim, PartKind, Record
from accordingto.spans import Range, Span
from accordingto.web.citing import citation
from accordingto.web.incidentrows import rows
from accordingto.web.parts import Link, PlaceView, Sign
from accordingto.web.printed import ClaimCard, CopyView, EventCard, FigureCard, Mark, Paragraph, Piece
from accordingto.web.reportrows import incident_titles, report_title
from accordingto.web.views import ReportPage
from accordingto.web.words import claim_sign, place_view, sign, type_words

COPIES = 50  # near-copies that are listed
SHOWN = 50  # incidents that are listed
OUTERMOST = ("claim", "source", "cue", "event", "place", "time", "figure")


class Stored(msgspec.Struct, frozen=True):
    """A report as it stands in the ledger, with its newest record."""

    id: int
    name: str
    outlet: str | None
    author: str | None
    url: str | None
    entered: str
    sha256: str
    media_type: str
    model: str
    record: Record


def stored(connection: Connection, number: int) -> Stored:
    """A report with its newest record.

    Raises:
        UserError: where there is none.
    """
    t, r = tables.reports.c, tables.records.c
    columns = (t.id, t.name, t.outlet, t.author, t.url, t.entered_at, t.sha256, t.media_type, r.model, r.body)
    query = select(*columns).join(tables.records, r.report == t.id).where(t.id == number)
    row = connection.execute(query.order_by(r.id.desc()).limit(1)).first()
    if row is None:
        raise UserError(f"There is no report {number} in this ledger; /reports lists them.")
    record = msgspec.json.decode(zlib.decompress(row.body), type=Record)
    entered = row.entered_at.strftime("%Y-%m-%dT%H:%M:%S")
    head = (row.id, row.name, row.outlet, row.author, row.url, entered)
    return Stored(*head, row.sha256, row.media_type, row.model, record)


def report_page(connection: Connection, number: int) -> ReportPage:
    """The page of one report.

    Raises:
        UserError: where there is none.
    """
    s = stored(connection, number)
    record = s.record
    about = incidents_of_claims(connection, [(number, c.id) for c in record.claims])
    homes, told = accounts_of(connection, number)
    titles = incident_titles(connection, {*homes.values(), *itertools.chain(*about.values())})
    marks = find_marks(record) + [(at, None) for at in told]
    links = {
        c.id: tuple(Link(titles[i], f"/incidents/{i}") for i in about.get((number, c.id), ()) if i in titles)
        for c in record.claims
    }
    return ReportPage(
        id=s.id,
        name=s.name,
        title=heading(record),
        outlet=s.outlet,
        author=s.author,
        link=safe_link(s.url),
        published=record.document.published.isoformat() if record.document.published else None,
        entered=s.entered,
        language=record.document.language,
        model=s.model,
        sha256=s.sha256,
        media_type=s.media_type,
        paragraphs=paragraphs(record, marks),
        claims=claim_cards(record, links, s.outlet),
        events=events(record, homes, titles),
        figures=tuple(figure_card(f.span.start, c) for f, c in count_list(record) if f.event is None),
        counts=mark_counts(record),
        copies=copies(connection, number),
        incidents=rows(incidents(connection, sorted(titles)[:SHOWN])),
        map_url=f"/reports/{number}/map.geojson",
    )


def safe_link(url: str | None) -> str | None:
    """A report's own address where it is one of the web; anything else is no link."""
    return url if url and re.match(r"https?://[^\s\"'<>\\]+$", url, re.I) else None


def incidents(connection: Connection, ids: Sequence[str]) -> Sequence[Row[Any]]:
    """Incidents by id."""
    t = tables.incidents.c
    return connection.execute(select(t.digest).where(t.id.in_(ids)).order_by(t.day, t.id)).all()


class SpanOnly(msgspec.Struct, frozen=True):
    """The span of a stored statement."""

    span: Span | None = None


class AccountPart(msgspec.Struct, frozen=True):
    """The event of a stored account, and where its statements stand."""

    event: str
    statements: tuple[SpanOnly, ...] = ()


def accounts_of(connection: Connection, number: int) -> tuple[dict[str, str], list[Range]]:
    """The incident of each event of a report, by the event's id; and the spans to which the matrix leads."""
    t = tables.accounts.c
    decode = msgspec.msgpack.Decoder(AccountPart).decode
    rows = [
        (decode(r.body), r.incident)
        for r in connection.execute(select(t.body, t.incident).where(t.report == number))
    ]
    homes = {a.event: incident for a, incident in rows if incident}
    return homes, [s.span.range for a, _ in rows for s in a.statements if s.span]


def find_marks(record: Record) -> list[tuple[Range, Mark | None]]:
    """Every span that is marked; None for participants, whose spans only part the text so that links find them."""
    out: list[tuple[Range, Mark | None]] = []
    said = {c.id: f"{c.who} {c.act_word}" for c in cards(record)}
    told = {e.id: f"{e.type}: {e.factuality}" for e in event_cards(record)}
    counts = {f.id: count_title(c) for f, c in count_list(record)}
    for c in record.claims:
        out += [(s.range, Mark("claim", c.id, said[c.id])) for s in c.content]
        out += [(s.range, Mark("source", c.id, said[c.id])) for s in (c.source_span,) if s]
        out += [(s.range, Mark("cue", c.id, said[c.id])) for s in (c.cue,) if s]
    for e in record.events:
        out.append((e.trigger.range, Mark("event", e.id, told[e.id])))
        out += [(p.span.range, None) for p in e.participants]
    out += [(f.span.range, Mark("figure", f.id, counts[f.id])) for f in record.figures]
    for p in record.places:
        where = place_view(p.name, p.country, p.lat, p.lon, p.precision)
        country = f", {where.country_name}" if where.country_name not in (None, p.name) else ""
        out.append((p.span.range, Mark("place", p.id, f"{p.name}{country}: {where.precision_words}")))
    for t in record.times:
        out.append((t.span.range, Mark("time", t.id, t.value or "open")))
    return [(at, m) for at, m in out if at.end > at.start]


def count_title(count: Count) -> str:
    """What a figure's mark says."""
    return "; ".join(x for x in (f"{count.value} {count.measure}".strip(), *count.caveats) if x)


def mark_counts(record: Record) -> dict[str, int]:
    """How many there are of each kind of mark."""
    return {
        "claim": len(record.claims),
        "source": len(record.sources),
        "cue": len({c.cue.range for c in record.claims if c.cue}),
        "event": len(record.events),
        "figure": len(record.figures),
        "place": len(record.places),
        "time": len(record.times),
    }


def paragraphs(record: Record, marks: Sequence[tuple[Range, Mark | None]]) -> tuple[Paragraph, ...]:
    """The text as printed: a paragraph for each part and each blank line in it."""
    text, out = record.document.text, []
    parts = record.document.parts
    if not parts:
        return tuple(
            Paragraph("body", None, False, pieces(text, at, marks))
            for at in blocks(text, Range(0, len(text)))
        )
    for part in parts:
        label = ASIDE.get(part.kind)
        aside = label is not None and part.kind is not PartKind.DATELINE
        for at in blocks(text, Range(part.start, part.end)):
            out.append(Paragraph(str(part.kind), label, aside, pieces(text, at, marks)))
    return tuple(out)


def blocks(text: str, at: Range) -> Iterator[Range]:
    """The stretches of a part between line breaks, without white space at their edges."""
    for m in re.finditer(r"[^\n]*\S[^\n]*", text[at.start : at.end]):
        yield Range(at.start + m.start(), at.start + m.end())


def pieces(text: str, at: Range, marks: Sequence[tuple[Range, Mark | None]]) -> tuple[Piece, ...]:
    """One paragraph cut where any mark begins or ends; the marks over each piece, the widest outermost."""
    here = [(r, m) for r, m in marks if r.overlaps(at)]
    edges = sorted({at.start, at.end, *(min(max(x, at.start), at.end) for r, _ in here for x in r)})
    starts = {r.start for r, _ in here}
    out = []
    for a, b in itertools.pairwise(edges):
        over = sorted(
            ((r, m) for r, m in here if m is not None and r.start <= a and b <= r.end),
            key=lambda x: (x[0].start - x[0].end, OUTERMOST.index(x[1].kind), x[1].id),
        )
        shown = tuple(Mark(m.kind, m.id, m.title, r.start == a) for r, m in over)
        out.append(Piece(text[a:b], a, shown, f"c{a}" if a in starts else None))
    return tuple(out)


def claim_cards(
    record: Record, links: Mapping[str, tuple[Link, ...]], outlet: str | None
) -> tuple[ClaimCard, ...]:
    """The claims, each after the claim that it stands in."""
    speakers = Speakers(record)
    title, day = heading(record), record.document.published
    published = day.isoformat() if day else None
    return tuple(
        ClaimCard(
            id=c.id,
            anchor=f"c{c.claim.start}",
            who=c.who,
            source_url=f"/sources/{audit_key(speakers.of(c.claim))}",
            about_who=c.about_who,
            kind=sign("kind", c.kind).words,
            anonymous=c.anonymous,
            reason=c.reason,
            act=claim_sign(c.claim),
            stands_out=c.stands_out,
            cue=c.claim.cue.text if c.claim.cue else None,
            words=said(c.claim),
            direct=c.claim.quotation == "direct",
            depth=c.depth,
            parent=c.parent,
            said_on=c.claim.said_on.value if c.claim.said_on else None,
            medium=c.claim.medium,
            cite=citation(
                c.claim, who=c.who, words=said(c.claim), title=title, outlet=outlet, published=published
            ),
            incidents=links.get(c.id, ()),
        )
        for c in cards(record)
    )


def said(claim: Claim) -> str:
    """The words of a claim, on one line."""
    return " … ".join(" ".join(s.text.split()) for s in claim.content)


def events(record: Record, homes: Mapping[str, str], titles: Mapping[str, str]) -> tuple[EventCard, ...]:
    """The events in order."""
    spans = {f.id: f.span for f in record.figures}
    return tuple(
        EventCard(
            id=e.id,
            anchor=f"c{e.event.trigger.start}",
            type=type_words(e.event.type),
            trigger=e.trigger,
            factuality=Sign(str(e.event.factuality), e.factuality, e.sign),
            facts=e.facts,
            figures=tuple(figure_card(spans[c.id].start, c) for c in e.counts),
            carried_by=e.carried,
            contested_by=e.contested,
            incident=Link(titles[homes[e.id]], f"/incidents/{homes[e.id]}")
            if homes.get(e.id) in titles
            else None,
        )
        for e in event_cards(record)
    )


def figure_card(start: int, c: Count) -> FigureCard:
    """One figure."""
    return FigureCard(c.id, f"c{start}", c.words, c.value, c.measure, c.by, c.running, c.caveats)


def copies(connection: Connection, number: int) -> tuple[CopyView, ...]:
    """The near-copies of a report, the nearest first."""
    t, s = tables.copies.c, tables.shingles.c
    pairs = connection.execute(
        select(t.one, t.other).where((t.one == number) | (t.other == number)).limit(COPIES)
    )
    others = sorted({n for p in pairs for n in (p.one, p.other)} - {number})
    if not others:
        return ()
    query = select(s.report, s.body).where(s.report.in_([number, *others]))
    grams = {r.report: np.frombuffer(r.body, dtype=np.uint64) for r in connection.execute(query)}
    rows = report_rows(connection, others)
    found = [
        CopyView(
            Link(report_title(rows[n]), f"/reports/{n}"),
            rows[n].outlet,
            rows[n].published,
            f"/reports/{number}/compare/{n}",
            round(100 * containment(grams[number], grams[n])),
        )
        for n in others
    ]
    return tuple(sorted(found, key=lambda c: -c.shared))


def places_geojson(connection: Connection, number: int) -> dict[str, Any]:
    """The places of a report as areas, each once."""
    record = stored(connection, number).record
    seen: dict[tuple[object, ...], dict[str, Any]] = {}
    for p in record.places:
        where = place_view(p.name, p.country, p.lat, p.lon, p.precision)
        if where.radius_m is not None:
            seen.setdefault((p.lat, p.lon, p.precision), place_feature(where, p.id, p.span))
    return {"type": "FeatureCollection", "features": list(seen.values())}


def place_feature(where: PlaceView, key: str, at: Span) -> dict[str, Any]:
    """One place as a feature."""
    return {
        "type": "Feature",
        "id": key,
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]},
        "properties": {
            "id": key,
            "title": where.name,
            "url": f"#c{at.start}",
            "state": "place",
            "state_words": where.country_name or "",
            "place": where.name,
            "precision": where.precision,
            "precision_words": where.precision_words,
            "radius_m": where.radius_m,
        },
    }
