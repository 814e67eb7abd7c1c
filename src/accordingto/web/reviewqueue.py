"""The review queue: what is most doubtful first; merges, places, figures. Every query is bounded.

A question is asked once: whoever answers it writes a judgement, and what was judged is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.browsing import After, Wanted, browse_incidents, report_rows
from accordingto.ledger.contest import FieldValue, State
from accordingto.ledger.digests import read_digest
from accordingto.ledger.history import Standing, standing
from accordingto.ledger.incidents import Incident
from accordingto.ledger.judgements import Judgement, Kind, active, find
from accordingto.ledger.naming import among
from accordingto.web.excerpts import Texts
from accordingto.web.formviews import ReviewItem, ReviewSide
from accordingto.web.incidentrows import (
    Numbers,
    holders,
    incident_url,
    place_of,
    report_numbers,
    value_words,
    whole_incidents,
    words_url,
)
from accordingto.web.parts import Link, Span
from accordingto.web.placedoubts import Doubt, place_doubt
from accordingto.web.reportrows import report_title
from accordingto.web.words import day_words, sign

LOOKED_AT = 200  # open questions of each kind that are looked for
ASKED = 12  # questions on one page
SIFTED = 3000  # matches, in the order of their scores, that are looked through at once
WINDOWS = 5  # how often so many are, until enough questions are found
UNJUDGED = 1000  # newest incidents without a judgement that are looked through
SURE = 0.75  # score from which a merge is not doubtful
QUOTED = 3  # quotations that one value shows
KINDS = ("merge", "apart", "place", "figure")
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
    return Doubts(
        merge=pairs(connection, judged, together=True),
        apart=pairs(connection, judged, together=False),
        place=doubted(connection, "place", judged),
        figure=doubted(connection, "figure", judged),
    )


def questions(
    connection: Connection, held: Doubts, kind: str | None = None, skip: int = 0
) -> list[ReviewItem]:
    """A page of questions of one kind, without the first few, or of all kinds, the most doubtful first."""
    out: list[ReviewItem] = []
    for k in KINDS if kind is None else (kind,):
        some = getattr(held, k)[skip : skip + ASKED]
        if k in ("merge", "apart"):
            out += merges(connection, some, together=k == "merge")
        else:
            out += about_incidents(connection, some, k)
    return out if kind else spread(out)


def spread(items: Sequence[ReviewItem]) -> list[ReviewItem]:
    """Merges first, then places, then figures, each kind with its share of the page."""
    share = ASKED // len(KINDS)
    kept = [x for k in KINDS for x in [i for i in items if i.kind.value == k][:share]]
    return (kept + [i for i in items if i not in kept])[:ASKED]


# Merges.


def pairs(connection: Connection, judged: Sequence[Judgement], *, together: bool) -> list[Row[Any]]:
    """Matches of doubtful score in one incident, the lowest first, or of any score between two, the highest first.

    Those judged are left out.
    """
    settled = {
        frozenset((j.subjects[0], s))
        for j in judged
        if j.kind in (Kind.SAME, Kind.NOT_SAME)
        for s in j.subjects[1:]
    }
    documents = {key.partition(":")[0] for pair in settled for key in pair}
    found: list[Row[Any]] = []
    for window in range(WINDOWS):
        rows, more = sifted(connection, window * SIFTED, together=together)
        told = told_by(connection, [r for r in rows if r.document in documents and r.document2 in documents])
        keys = {n: a.key for n, a in told.items()}
        found += [r for r in rows if frozenset((keys.get(r.one), keys.get(r.other))) not in settled]
        if len(found) >= LOOKED_AT or not more:
            break
    return found[:LOOKED_AT]


def sifted(connection: Connection, start: int, *, together: bool) -> tuple[Sequence[Row[Any]], bool]:
    """What may be asked of the next `SIFTED` matches in the order of their scores, and whether more follow."""
    one, other = tables.accounts.alias(), tables.accounts.alias()
    k = tables.links.c
    order = [c if together else c.desc() for c in (k.score, k.one, k.other)]
    some = select(k.one, k.other, k.score).order_by(*order).offset(start).limit(SIFTED)
    window = (some.where(k.score < SURE) if together else some).subquery()
    s = window.c
    query: Select[Any] = select(
        s.one, s.other, s.score, one.c.incident, other.c.incident.label("second"),
        one.c.report, other.c.report.label("report2"), one.c.document, other.c.document.label("document2"),
    ).select_from(window).join(one, one.c.id == s.one).join(other, other.c.id == s.other)  # fmt: skip
    alike = one.c.incident == other.c.incident
    query = query.where(alike if together else ~alike)
    rows = connection.execute(query.order_by(s.score if together else s.score.desc(), s.one, s.other)).all()
    return rows, connection.scalar(select(func.count()).select_from(window)) == SIFTED


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
    reports = report_rows(connection, sorted({n for r in held for n in (r.report, r.report2)}))
    shown = Shown(told_by(connection, held), reports, Texts(connection))
    return [merge_item(connection, r, shown, together=together) for r in held]


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


def doubted(connection: Connection, kind: str, judged: Sequence[Judgement]) -> list[tuple[Incident, str]]:
    """The newest unreviewed incidents whose place or count is doubtful, with the doubt in words, the gravest first; no judged ones."""
    wanted = Wanted(state=State.CONTESTED) if kind == "figure" else Wanted(state="machine")
    doubt = place_doubt if kind == "place" else figure_doubt
    settled = settled_incidents(connection, judged, kind)
    found: list[tuple[Incident, Doubt]] = []
    looked = 0
    after: After | None = None
    while len(found) < LOOKED_AT and looked < UNJUDGED:
        some = browse_incidents(connection, wanted, after=after, limit=LOOKED_AT)
        told = [d for d in (read_digest(r.digest) for r in some.rows) if d.review == "machine"]
        told = [d for d in told if d.id not in settled]
        may = [d.id for d in told if (d.place if kind == "place" else {*COUNTS} & {*d.contested})]
        found += [(i, why) for i in whole_incidents(connection, may) if (why := doubt(i))]
        looked, after = looked + len(told), some.next
        if after is None:
            break
    found = sorted(found[:LOOKED_AT], key=lambda x: x[1].rank)
    return [(i, told.words) for i, told in found]


def settled_incidents(connection: Connection, judged: Sequence[Judgement], kind: str) -> set[str]:
    """The incidents of which somebody judged this already."""
    fields = ("where",) if kind == "place" else COUNTS
    anchors: dict[str, list[str]] = {}
    for j in judged:
        about = j.kind in (Kind.RIGHT, Kind.WRONG, Kind.VALUE) and j.field in fields
        if about or (j.kind is Kind.PLACE and kind == "place"):
            for s in j.subjects:
                anchors.setdefault(s.partition(":")[0], []).append(s)
    a = tables.accounts.c
    query = select(a.report, a.document, a.incident, a.body).order_by(a.report, a.id)
    rows = connection.execute(query.where(among(connection, a.document, sorted(anchors))))
    out = set()
    for _, group in groupby(rows, key=lambda r: r.report):
        held = list(group)
        told = [decoded(r.body) for r in held]
        found = (find(s, told) for s in anchors[held[0].document])
        out |= {held[n].incident for n in found if n is not None}
    return out


def figure_doubt(i: Incident) -> Doubt | None:
    """Why an incident's counts are doubtful."""
    names = [n for n in COUNTS if i.fields[n].state is State.CONTESTED]
    return Doubt(0, f"Accounts clash on how many were {' and '.join(names)}.") if names else None


def about_incidents(
    connection: Connection, held: Sequence[tuple[Incident, str]], kind: str
) -> Iterator[ReviewItem]:
    """Questions about places or counts."""
    numbers = report_numbers(connection, [i.id for i, _ in held])
    texts = Texts(connection)
    for i, doubt in held:
        standing_now = standing(connection, i.id)
        make = place_item if kind == "place" else figure_item
        yield make(i, doubt, standing_now, Quoted(numbers[i.id], texts))


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where an incident's values are told: its reports' numbers by name, and their texts."""

    numbers: Numbers
    texts: Texts

    def span(self, v: FieldValue) -> Span:
        """The words around a value, with the link to them."""
        number = self.numbers.of(v)
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
    field = next(n for n in COUNTS if i.fields[n].state is State.CONTESTED)
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
        edit_url=f"{incident_url(i.id)}?told={field}:#value",
        sides=field_sides(i, field, quoted),
    )


def field_sides(i: Incident, field: str, quoted: Quoted) -> tuple[ReviewSide, ...]:
    """The values of a field, a side each, with the words around them."""
    out = []
    for (text, stance), values in holders(field, i.fields[field]).items():
        spans = list(dict.fromkeys(quoted.span(v) for v in values if v.span))
        by = dict.fromkeys(v.by or "no one named" for v in values)
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
