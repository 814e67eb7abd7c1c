"""The review queue: what is most doubtful first; merges, places, figures. Every query is bounded.

A question is asked once: whoever answers it writes a judgement, and what was judged is not asked again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.browsing import Wanted, browse_incidents, report_rows
from accordingto.ledger.contest import FieldValue
from accordingto.ledger.history import Standing, standing
from accordingto.ledger.incidents import Incident
from accordingto.ledger.judgements import Judgement, Kind, active
from accordingto.ledger.merging import unpack
from accordingto.ledger.naming import among
from accordingto.web.formviews import ReviewItem, ReviewSide
from accordingto.web.incidentrows import (
    holders,
    incident_url,
    place_of,
    report_numbers,
    value_words,
    words_url,
)
from accordingto.web.parts import Link, Span
from accordingto.web.reportrows import report_title
from accordingto.web.words import day_words, sign

LOOKED_AT = 200  # candidates of each kind that one page of the queue looks at
ASKED = 40  # questions on one page
SIFTED = 3000  # matches of lowest score among which the doubtful are looked for
SURE = 0.75  # score from which a merge is not doubtful
QUOTED = 3  # quotations that one value shows
AROUND = 90  # characters shown on each side of a trigger
KINDS = ("merge", "apart", "place", "figure")
PARAGRAPH, LINE, SPACE = re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"\s+")
VAGUE = frozenset({"admin1", "country", "region"})
COUNTS = ("killed", "wounded")


class Doubts(NamedTuple):
    """What is doubtful in one state of the ledger, at most `LOOKED_AT` of each kind: looked for once, then counted and asked."""

    merge: Sequence[Row[Any]]
    apart: Sequence[Row[Any]]
    place: Sequence[tuple[Incident, str]]
    figure: Sequence[tuple[Incident, str]]

    @property
    def counts(self) -> dict[str, int]:
        """How many questions of each kind are waiting."""
        return {kind: len(getattr(self, kind)) for kind in KINDS}


def doubts(connection: Connection) -> Doubts:
    """What is doubtful, the most doubtful of each kind first."""
    judged = active(connection)
    touched = judged_incidents(connection)
    return Doubts(
        merge=pairs(connection, judged, together=True),
        apart=pairs(connection, judged, together=False),
        place=doubted(connection, "place", touched),
        figure=doubted(connection, "figure", touched),
    )


def questions(connection: Connection, held: Doubts, kind: str | None = None) -> list[ReviewItem]:
    """The questions of one kind, or of all, the most doubtful first."""
    out: list[ReviewItem] = []
    if kind in (None, "merge"):
        out += merges(connection, held.merge, together=True)
    if kind in (None, "apart"):
        out += merges(connection, held.apart, together=False)
    if kind in (None, "place"):
        out += about_incidents(connection, held.place, "place")
    if kind in (None, "figure"):
        out += about_incidents(connection, held.figure, "figure")
    return out[:ASKED] if kind else spread(out)


def spread(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Merges first, then places, then figures, each kind with its share of the page."""
    share = ASKED // len(KINDS)
    kept = [x for k in KINDS for x in [i for i in items if i.kind.value == k][:share]]
    return (kept + [i for i in items if i not in kept])[:ASKED]


# Merges.


def pairs(connection: Connection, judged: Sequence[Judgement], *, together: bool) -> list[Row[Any]]:
    """Matches of doubtful score in one incident, or of any score between two; those judged are left out."""
    one, other = tables.accounts.alias(), tables.accounts.alias()
    k = tables.links.c
    lowest = select(k.one, k.other, k.score).order_by(k.score).limit(SIFTED).subquery()
    s = lowest.c
    query: Select[Any] = select(
        s.one, s.other, s.score,
        one.c.incident, other.c.incident.label("second"), one.c.report, other.c.report.label("report2"),
    ).select_from(lowest).join(one, one.c.id == s.one).join(other, other.c.id == s.other)  # fmt: skip
    if together:
        query = query.where((one.c.incident == other.c.incident) & (s.score < SURE)).order_by(s.score)
    else:
        query = query.where(one.c.incident != other.c.incident).order_by(s.score.desc())
    rows = connection.execute(query.limit(LOOKED_AT)).all()
    settled = {
        frozenset((j.subjects[0], s))
        for j in judged
        if j.kind in (Kind.SAME, Kind.NOT_SAME)
        for s in j.subjects[1:]
    }
    if not settled:
        return list(rows)
    told = told_by(connection, rows)
    return [r for r in rows if frozenset((told[r.one].key, told[r.other].key)) not in settled]


def told_by(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, Account]:
    """The accounts of some matches by their ids."""
    a = tables.accounts.c
    ids = sorted({n for r in rows for n in (r.one, r.other)})
    query = select(a.id, a.body).where(among(connection, a.id, ids))
    return {r.id: decoded(r.body) for r in connection.execute(query)}


def decoded(body: bytes) -> Account:
    """A stored account."""
    return msgspec.msgpack.decode(body, type=Account)


def merges(connection: Connection, held: Sequence[Row[Any]], *, together: bool) -> list[ReviewItem]:
    """Questions whether two accounts tell of one incident."""
    rows = held[:ASKED]
    reports = report_rows(connection, sorted({n for r in rows for n in (r.report, r.report2)}))
    shown = Shown(told_by(connection, rows), reports, Texts(connection))
    return [merge_item(connection, r, shown, together=together) for r in rows]


class Texts:
    """Texts of reports, each read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held: dict[int, str] = {}

    def around(self, number: int, start: int) -> str:
        """The words around a place in a report."""
        if number not in self.held:
            self.held[number] = text_of(self.connection, number)
        return excerpt(self.held[number], start)


def excerpt(text: str, start: int) -> str:
    """The words of the paragraph around a place, some `AROUND` characters on each side; cut words are left out."""
    breaks = PARAGRAPH if PARAGRAPH.search(text) else LINE
    first = max((m.end() for m in breaks.finditer(text, 0, start)), default=0)
    found = breaks.search(text, start)
    last = found.start() if found else len(text)
    a, b = max(first, start - AROUND), min(last, start + AROUND)
    if a > first and not text[a - 1].isspace():
        a = next((m.end() for m in SPACE.finditer(text, a, start)), start)
    if b < last and not text[b].isspace():
        b = max((m.start() for m in SPACE.finditer(text, start, b)), default=last)
    words = " ".join(text[a:b].split())
    return f"{'… ' if a > first else ''}{words}{' …' if b < last else ''}"


class DocumentText(msgspec.Struct):
    """The text of a stored record."""

    text: str


class RecordText(msgspec.Struct):
    """The document of a stored record."""

    document: DocumentText


def text_of(connection: Connection, number: int) -> str:
    """A report's text from its newest record; empty where there is none."""
    r = tables.records.c
    body = connection.scalar(select(r.body).where(r.report == number).order_by(r.id.desc()).limit(1))
    return msgspec.json.decode(zlib.decompress(body), type=RecordText).document.text if body else ""


class Shown(NamedTuple):
    """What questions about matches show: accounts by id, reports by number, texts."""

    told: dict[int, Account]
    reports: dict[int, Row[Any]]
    texts: Texts


def merge_item(connection: Connection, r: Row[Any], shown: Shown, *, together: bool) -> ReviewItem:
    """One question about two accounts."""
    a, b = shown.told[r.one], shown.told[r.other]
    held = standing(connection, r.incident)
    k = tables.links.c
    reason = connection.scalar(select(k.reason).where((k.one == r.one) & (k.other == r.other)))
    t = tables.incidents.c
    title = connection.scalar(select(t.title).where(t.id == r.incident)) or r.incident
    kind = "merge" if together else "apart"
    edit = (
        incident_url(r.incident) + "#events"
        if together
        else f"{incident_url(r.incident)}?other={r.second}#merge"
    )
    return ReviewItem(
        id=f"{kind}~{a.key}~{b.key}",
        kind=sign("doubt", kind),
        question="Do these two tell of one incident?",
        yes="One incident" if together else "Merge them",
        no="Two incidents" if together else "Keep apart",
        doubt=f"{reason} (score {r.score:.2f})",
        version=str(held.version),
        incident=Link(title, incident_url(r.incident)),
        edit_url=edit,
        sides=tuple(
            side(account, shown.reports[n], shown.texts.around(n, account.start))
            for account, n in ((a, r.report), (b, r.report2))
        ),
    )


def side(a: Account, report: Row[Any], words: str) -> ReviewSide:
    """One account, with the words that tell it."""
    days = " to ".join(dict.fromkeys(day_words(d.isoformat()) for d in (a.earliest, a.latest) if d))
    facts = [
        ("type", a.type.replace("_", " ")),
        ("when", days + ("" if a.dated else " (from the day of publication)") if days else "–"),
        ("where", a.place.name + ("" if a.placed else " (the report’s main place)") if a.place else "–"),
        ("who", ", ".join(dict.fromkeys(p.name for p in a.parties)) or "–"),
        ("counts", ", ".join(f"{c.best} {c.measure}" for c in a.counts if c.best is not None) or "–"),
    ]
    return ReviewSide(
        title=report_title(report),
        url=f"/reports/{report.id}#c{a.start}",
        outlet=report.outlet,
        published=report.published,
        words=(Span(words, f"/reports/{report.id}#c{a.start}"),),
        facts=tuple(facts),
    )


# Places and figures.


def doubted(connection: Connection, kind: str, touched: Set[str]) -> list[tuple[Incident, str]]:
    """The newest unreviewed incidents whose place or count is doubtful, with the doubt in words."""
    wanted = Wanted(state="contested") if kind == "figure" else Wanted(state="machine")
    found = browse_incidents(connection, wanted, limit=LOOKED_AT, whole=True)
    some = (unpack(r.body) for r in found.rows)
    doubt = place_doubt if kind == "place" else figure_doubt
    held = [(i, words) for i in some if i.review == "machine" and (words := doubt(i))]
    return [(i, words) for i, words in held if i.id not in touched or not answered(connection, i, kind)]


def judged_incidents(connection: Connection) -> set[str]:
    """The incidents with an account in a document of which something was judged."""
    a, j = tables.accounts.c, tables.judged.c
    return set(connection.scalars(select(a.incident).where(a.document.in_(select(j.document)))))


def answered(connection: Connection, i: Incident, kind: str) -> bool:
    """True where somebody judged this already."""
    held = standing(connection, i.id)
    fields = ("where",) if kind == "place" else COUNTS
    kinds = (Kind.PLACE,) if kind == "place" else ()
    return any(
        j.key not in held.withdrawn
        and (j.kind in kinds or (j.kind in (Kind.RIGHT, Kind.WRONG) and j.field in fields))
        for _, j in held.judged
    )


def place_doubt(i: Incident) -> str | None:
    """Why an incident's place is doubtful; None where it isn't, or where there is none to judge."""
    if i.place is None:
        return None
    told = {str(v.value) for v in i.fields["where"].values if v.stance == "asserts" and v.value}
    if i.place.precision is None:
        return "It is known by its name only: no coordinates were found."
    if len(told) > 1:
        return f"The reports name {len(told)} places: {', '.join(sorted(told)[:4])}."
    if i.place.precision in VAGUE:
        return f"Only roughly known: {sign('precision', i.place.precision).words}."
    return None


def figure_doubt(i: Incident) -> str | None:
    """Why an incident's counts are doubtful."""
    names = [n for n in COUNTS if i.fields[n].state in ("contested", "denied")]
    return f"Accounts clash on how many were {' and '.join(names)}." if names else None


def about_incidents(
    connection: Connection, held: Sequence[tuple[Incident, str]], kind: str
) -> Iterator[ReviewItem]:
    """Questions about places or counts."""
    some = held[:ASKED]
    numbers = report_numbers(connection, [i.id for i, _ in some])
    texts = Texts(connection)
    for i, doubt in some:
        standing_now = standing(connection, i.id)
        make = place_item if kind == "place" else figure_item
        yield make(i, doubt, standing_now, Quoted(numbers.get(i.id, {}), texts))


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where an incident's values are told: its reports' numbers by name, and their texts."""

    numbers: dict[str, int]
    texts: Texts

    def span(self, v: FieldValue) -> Span:
        """The words around a value, with the link to them."""
        number = self.numbers.get(v.report)
        assert v.span is not None
        words = self.texts.around(number, v.span.start) if number else v.span.text
        return Span(words or v.span.text, words_url(v, self.numbers))


def place_item(i: Incident, doubt: str, held: Standing, quoted: Quoted) -> ReviewItem:
    """Is this the place?"""
    place = place_of(i)
    assert place is not None
    country = place.country_name or place.country or "country not known"
    where = place.name if place.name == country else f"{place.name}, {country}"
    return ReviewItem(
        id=f"place~{i.id}",
        kind=sign("doubt", "place"),
        question=f"Did it happen in {where}?",
        yes="That is the place",
        no="Not the place",
        doubt=doubt,
        version=str(held.version),
        incident=Link(i.title, incident_url(i.id)),
        edit_url=f"{incident_url(i.id)}#place",
        sides=field_sides(i, "where", quoted),
        map_url=f"{incident_url(i.id)}/map.geojson" if place.radius_m else None,
    )


def figure_item(i: Incident, doubt: str, held: Standing, quoted: Quoted) -> ReviewItem:
    """Are the counts read rightly?"""
    field = next(n for n in COUNTS if i.fields[n].state in ("contested", "denied"))
    best = i.fields[field].best
    return ReviewItem(
        id=f"figure~{i.id}~{field}",
        kind=sign("doubt", "figure"),
        question=f"Is {value_words(field, best)} {field} read rightly?",
        yes="Read rightly",
        no="Wrong",
        doubt=doubt,
        version=str(held.version),
        incident=Link(i.title, incident_url(i.id)),
        edit_url=f"{incident_url(i.id)}#wrong",
        sides=field_sides(i, field, quoted),
    )


def field_sides(i: Incident, field: str, quoted: Quoted) -> tuple[ReviewSide, ...]:
    """The values of a field, a side each, with the words around them."""
    out = []
    for (text, stance), values in holders(field, i.fields[field]).items():
        spans = list(dict.fromkeys(quoted.span(v) for v in values if v.span))
        by = dict.fromkeys(v.by or "someone unnamed" for v in values)
        out.append(
            ReviewSide(
                title=text,
                url=next((s.url for s in spans if s.url), incident_url(i.id)),
                outlet=None,
                published=None,
                words=tuple({s.words: s for s in reversed(spans)}.values())[::-1][:QUOTED],
                facts=((sign("stance", stance).words, ", ".join(by)),),
            )
        )
    return tuple(out)
