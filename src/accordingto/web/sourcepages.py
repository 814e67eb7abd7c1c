"""Sources: the list, one source's page, and the audit of anonymous ones by outlet and reason."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from sqlalchemy import Connection, Row, Text, cast, func, literal, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import Found, Wanted, browse_groups
from accordingto.ledger.queries import body_of
from accordingto.ledger.voices import Heard, Voice
from accordingto.ledger.voices import voices as group_voices
from accordingto.record import Act
from accordingto.web.grouppages import EACH, WHOLE, group, newest
from accordingto.web.incidentrows import bucket_words
from accordingto.web.parts import Bucket, Choices, Filters, Link, Paging
from accordingto.web.saidby import NOBODY, Key, said
from accordingto.web.views import AnonymousPage, AnonymousRow, SourcePage, SourceRow
from accordingto.web.words import act_sign, countries, distinct, sign, signs, type_words

PAGE = 50
CUT = "There may be more; the newest 2,000 claims with these words were looked at. Add a word."
DENIALS = frozenset(str(a) for a in (Act.DENY, Act.SILENT, Act.DECLINE, Act.REFUSE, Act.UNCERTAIN))
AUDITED = 4000  # newest uses of unnamed sources that the audit counts
REASONED = 200  # newest reports that give a reason in which its words are looked for
LONGEST = 200  # characters by which a filter narrows
TOLD = 12  # descriptions and reasons of a row of the audit
UNNAMED = ("anonymous", "group")


def source_rows(connection: Connection, wanted: Wanted, **paged: Any) -> tuple[list[SourceRow], Found]:
    """Sources, those that speak in most reports first."""
    found = browse_groups(connection, "heard", wanted, by_count=True, **paged)
    known = heard_of(connection, [r.id for r in found.rows])
    rows = sorted(
        found.rows, key=lambda r: r.id == NOBODY
    )  # claims that name nobody have no source to list first
    return [source_row(r, known[r.id]) for r in rows], found


class Summed(msgspec.Struct, frozen=True):
    """What the list shows of a source, from its stored sum; the rest of that, all its reports, is passed over."""

    id: str
    name: str | None
    description: str | None
    kind: str
    named: bool
    country: str | None
    sector: str | None
    claims: dict[str, int]


def heard_of(connection: Connection, keys: Sequence[str]) -> dict[str, Summed | Voice]:
    """Sources by key: those that speak in many reports from their stored sums, others from their pieces."""
    g = tables.groups.c
    query = select(g.sum).where((g.kind == "heard") & g.key.in_(keys) & g.sum.is_not(None))
    decode = msgspec.json.Decoder(Summed).decode
    sums = [decode(zlib.decompress(b)) for b in connection.scalars(query)]
    found: dict[str, Summed | Voice] = {s.id: s for s in sums}
    pieces = newest(connection, "heard", [k for k in keys if k not in found], EACH, Heard)
    return found | {v.id: v for v in group_voices(h for some in pieces.values() for _, h in some)}


def source_row(row: Row[Any], v: Summed | Voice) -> SourceRow:
    """One source in the list."""
    return SourceRow(
        id=v.id,
        url=f"/sources/{v.id}",
        name=v.name or v.description or "no one named",
        named=v.named,
        kind=sign("kind", v.kind).words,
        country=countries().get(v.country or "", v.country),
        sector=sector_words(v.sector),
        reports=row.pieces,
        first=None if row.begun == "9999" else row.begun,
        acts=acts_of(v.claims, f"/sources/{v.id}?act="),
    )


def sector_words(code: str | None) -> str | None:
    """A sector in words."""
    known = signs().get(f"sector:{code}")
    return known.words if known else code


def acts_of(counts: dict[str, int], base: str) -> tuple[Link, ...]:
    """How often each act comes, the most frequent first; `base` and an act lead to the claims of a source that do it."""
    ranked = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    return tuple(Link(act_sign(act).words, f"{base}{act}", n) for act, n in ranked)


def source_page(
    connection: Connection, key: str, *, filters: Filters, choices: Choices, after: Key | None = None
) -> SourcePage:
    """One source's page; its claims a page at a time, the newest first. Its denials stand on the first page of all its claims.

    Raises:
        UserError: where there is none.
    """
    row = group(connection, "heard", key)
    pieces = newest(connection, "heard", [key], WHOLE, Heard)[key]
    v = group_voices(h for _, h in pieces)[0]
    acts = frozenset({filters.act} if filters.act else ())
    wanted = Wanted(since=filters.since, until=filters.until, type=filters.type, q=filters.q)
    claims, following, cut = said(connection, key, acts=acts, wanted=wanted, after=after)
    first = not (filters.any or after)
    denials = said(connection, key, acts=DENIALS)[0] if first and not DENIALS.isdisjoint(v.claims) else ()
    name = v.name or v.description or "no one named"
    return SourcePage(
        id=key,
        name=name,
        named=v.named,
        kind=sign("kind", v.kind).words,
        country=countries().get(v.country or "", v.country),
        sector=sector_words(v.sector),
        first=v.first,
        last=v.last,
        reports=row.pieces,
        of_reports=WHOLE if row.pieces > WHOLE else None,
        acts=acts_of(v.claims, f"/sources/{key}?act="),
        on=ranked(v.on, lambda t: f"/sources/{key}?{urlencode({'type': t})}", type_words),
        outlets=ranked(v.outlets, lambda o: f"/reports?{urlencode({'source': o})}"),
        reasons=v.anonymity_reasons,
        described=tuple(distinct(h.by for _, h in pieces if h.by))[:TOLD],
        timeline=said_over_time(h for _, h in pieces),
        denials=denials,
        claims=claims,
        paging=pages(key, filters, following, after, CUT if cut else None),
        filters=filters,
        choices=choices,
    )


def pages(
    key: str, filters: Filters, following: Key | None, after: Key | None, cut: str | None = None
) -> Paging:
    """The links to the next claims of a source and to the first, under the same filters."""
    base, given = f"/sources/{key}", msgspec.to_builtins(filters)
    asked = {name: value for name, value in given.items() if value}
    more = urlencode(asked | {"after": f"{following[0]}~{following[1]}"}) if following else None
    begin = base + (f"?{urlencode(asked)}" if asked else "")
    return Paging(f"{base}?{more}" if more else None, begin if after else None, cut)


def ranked(counts: dict[str, int], url: Any, words: Any = str) -> tuple[Link, ...]:
    """Words with their counts, the most frequent first."""
    return tuple(Link(words(w), url(w), n) for w, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])))


def said_over_time(heard: Iterable[Heard]) -> tuple[Bucket, ...]:
    """Claims by month: all, and denials and silences among them."""
    counts: Counter[str] = Counter()
    denials: Counter[str] = Counter()
    for h in heard:
        month = (h.published or "")[:7]
        if month:
            counts[month] += sum(h.acts.values())
            denials[month] += sum(n for act, n in h.acts.items() if act in DENIALS)
    return tuple(Bucket(f"{m}-01", bucket_words(m), counts[m], denials[m]) for m in sorted(counts))


class Use(msgspec.Struct, frozen=True):
    """What the audit needs of a stored `Heard`; the rest of it is passed over."""

    key: str
    by: str | None
    reason: str | None
    outlet: str | None


Uses = list[tuple[int, Use]]
"""Uses of unnamed sources, each with the number of its report."""


def anonymous_page(connection: Connection, filters: Filters) -> AnonymousPage:
    """The audit of sources that are described but not named: by outlet, and by the reason given. Claims of nobody at all are counted apart."""
    p = tables.pieces.c
    query = select(p.report, p.body).where((p.kind == "heard") & (p.type.in_(UNNAMED) | (p.key == NOBODY)))
    if filters.since:
        query = query.where(p.day >= filters.since)
    if filters.until:
        query = query.where(p.day <= filters.until)
    some = query.order_by(p.day.desc(), p.id.desc()).limit(AUDITED).subquery()
    as_one = literal("[") + cast(some.c.report, Text) + literal(",") + some.c.body + literal("]")
    found = connection.scalar(select(func.aggregate_strings(as_one, ",")))  # thousands of rows as one
    looked = msgspec.json.decode(f"[{found or ''}]", type=Uses)
    every = [(report, h) for report, h in looked if h.key != NOBODY]
    uses = [
        (report, h)
        for report, h in every
        if filters.source in (None, outlet_of(h)) and filters.q in (None, reason_of(h))
    ]
    outlets: dict[str, Uses] = defaultdict(list)
    reasons: dict[str, Uses] = defaultdict(list)
    for report, h in uses:
        outlets[outlet_of(h)].append((report, h))
        reasons[reason_of(h)].append((report, h))
    told = reason_urls(connection, uses)
    most = None if filters.source or filters.q else TOLD
    by_reason = audit_rows(reasons, told, filters, most, "q")
    return AnonymousPage(
        filters=filters,
        uses=len(uses),
        with_reason=sum(r.with_reason for r in by_reason),
        of=AUDITED if len(looked) == AUDITED else None,
        by_outlet=audit_rows(outlets, told, filters, most, "source"),
        by_reason=by_reason,
        claims_url="/claims?kind=anonymous",
        of_nobody=len(looked) - len(every),
        nobody_url=f"/sources/{NOBODY}",
    )


def outlet_of(h: Use) -> str:
    """The outlet of a use, in words."""
    return h.outlet or "no outlet known"


def reason_of(h: Use) -> str:
    """The reason that a use gives, in words."""
    return h.reason or "no reason given"


def reason_urls(connection: Connection, uses: Uses) -> dict[tuple[int, str], str]:
    """Where the words of a claim stand for whose source a reason is given, by report and reason; of so many reports as are looked at."""
    reports = list(dict.fromkeys(report for report, h in uses if h.reason))[:REASONED]
    c = tables.claims.c
    rows = connection.execute(
        select(c.report, c.body)
        .where(c.report.in_(reports) & c.kind.in_(UNNAMED))
        .order_by(c.report, c.number)
    )
    urls: dict[tuple[int, str], str] = {}
    for row in rows:
        body = body_of(str(row.report), row.body)
        if body.source.anonymity_reason:
            urls.setdefault(
                (row.report, body.source.anonymity_reason.text), f"/reports/{row.report}#c{body.claim.start}"
            )
    return urls


def audit_rows(
    held: dict[str, Uses], told: dict[tuple[int, str], str], filters: Filters, most: int | None, name: str
) -> tuple[AnonymousRow, ...]:
    """Rows of the audit, the most uses first; each leads to the audit of it alone, by the filter of that name, where it has more than
    `most` descriptions.
    """
    ranked = sorted(held.items(), key=lambda x: (-len(x[1]), x[0]))
    days = {k: v for k, v in (("from", filters.since), ("to", filters.until)) if v}
    urls = {w: f"/anonymous?{urlencode({**days, name: w})}" for w in held if len(w) <= LONGEST}
    return tuple(audit_row(words, rows, told, most, urls.get(words)) for words, rows in ranked)


def audit_row(
    words: str, rows: Uses, told: dict[tuple[int, str], str], most: int | None, url: str | None
) -> AnonymousRow:
    """One row of the audit; a description that is spelled in several ways stands there as it mostly is. `url`: the audit of this row alone."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for _, h in rows:
        spelled[h.key][h.by or "not described"] += 1
    described = sorted(
        (Link(c.most_common(1)[0][0], f"/sources/{key}", c.total()) for key, c in spelled.items()),
        key=lambda link: -(link.count or 0),
    )
    reasons = Counter([h.reason for _, h in rows if h.reason])
    where = {h.reason: told.get((n, h.reason), f"/reports/{n}") for n, h in reversed(rows) if h.reason}
    return AnonymousRow(
        words=words,
        uses=len(rows),
        with_reason=reasons.total(),
        reports=len({report for report, _ in rows}),
        descriptions=tuple(described[:most]),
        reasons=tuple(Link(reason, where[reason], n) for reason, n in reasons.most_common(TOLD)),
        more=sum(link.count or 0 for link in described[most:]) if most else 0,
        url=url,
    )
