"""Sources: the list, one source's page, and the audit of anonymous ones by outlet and reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from sqlalchemy import Connection, Row, func, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import Found, Wanted, browse_groups
from accordingto.ledger.voices import Heard, Voice
from accordingto.ledger.voices import voices as group_voices
from accordingto.record import Act
from accordingto.web.grouppages import EACH, WHOLE, group, newest
from accordingto.web.incidentrows import bucket_words
from accordingto.web.parts import Bucket, Filters, Link, Paging
from accordingto.web.saidby import NOBODY, Key, said
from accordingto.web.views import AnonymousPage, AnonymousRow, SourcePage, SourceRow
from accordingto.web.words import act_sign, countries, distinct, sign, signs, type_words

PAGE = 50
DENIALS = frozenset(str(a) for a in (Act.DENY, Act.SILENT, Act.DECLINE, Act.REFUSE, Act.UNCERTAIN))
AUDITED = 4000  # newest uses of unnamed sources that the audit counts
TOLD = 12  # descriptions and reasons of a row of the audit
UNNAMED = ("anonymous", "group")


def source_rows(connection: Connection, wanted: Wanted, **paged: Any) -> tuple[list[SourceRow], Found]:
    """Sources, those that speak in most reports first."""
    found = browse_groups(connection, "heard", wanted, by_count=True, **paged)
    few = [r.id for r in found.rows if r.pieces <= EACH // 4]
    many = [r.id for r in found.rows if r.pieces > EACH // 4]
    held = newest(connection, "heard", few, EACH, Heard) | newest(connection, "heard", many, 1, Heard)
    known = {v.id: v for v in group_voices(h for some in held.values() for _, h in some)}
    rows = sorted(
        found.rows, key=lambda r: r.id == NOBODY
    )  # claims that name nobody have no source to list first
    return [source_row(r, known[r.id], whole=r.id in set(few)) for r in rows], found


def source_row(row: Row[Any], v: Voice, *, whole: bool) -> SourceRow:
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
        acts=acts_of(v.claims) if whole else (),
    )


def sector_words(code: str | None) -> str | None:
    """A sector in words."""
    known = signs().get(f"sector:{code}")
    return known.words if known else code


def acts_of(counts: dict[str, int], base: str = "/claims?act=") -> tuple[Link, ...]:
    """How often each act comes, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    return tuple(Link(act_sign(act).words, f"{base}{act}", n) for act, n in ranked)


def source_page(
    connection: Connection, key: str, *, filters: Filters, after: Key | None = None
) -> SourcePage:
    """One source's page; its claims a page at a time, the newest first. Its denials stand on the first page of all its claims.

    Raises:
        UserError: where there is none.
    """
    row = group(connection, "heard", key)
    pieces = newest(connection, "heard", [key], WHOLE, Heard)[key]
    v = group_voices(h for _, h in pieces)[0]
    acts = frozenset({filters.act} if filters.act else ())
    claims, following = said(connection, key, acts=acts, type=filters.type, after=after)
    first = not (filters.act or filters.type or after)
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
        paging=pages(key, filters, following, after),
        filters=filters,
    )


def pages(key: str, filters: Filters, following: Key | None, after: Key | None) -> Paging:
    """The links to the next claims of a source and to the first, under the same filters."""
    base, given = f"/sources/{key}", {"type": filters.type, "act": filters.act}
    asked = {name: value for name, value in given.items() if value}
    more = urlencode(asked | {"after": f"{following[0]}~{following[1]}"}) if following else None
    begin = base + (f"?{urlencode(asked)}" if asked else "")
    return Paging(f"{base}?{more}" if more else None, begin if after else None)


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
    report: str
    outlet: str | None


def anonymous_page(connection: Connection, filters: Filters) -> AnonymousPage:
    """The audit of unnamed sources: by outlet, and by the reason given."""
    p = tables.pieces.c
    query = select(p.body).where((p.kind == "heard") & p.type.in_(UNNAMED))
    if filters.since:
        query = query.where(p.day >= filters.since)
    if filters.until:
        query = query.where(p.day <= filters.until)
    some = query.order_by(p.day.desc(), p.id.desc()).limit(AUDITED).subquery()
    found = connection.scalar(select(func.aggregate_strings(some.c.body, ",")))  # thousands of rows as one
    uses = msgspec.json.decode(f"[{found or ''}]", type=list[Use])
    outlets: dict[str, list[Use]] = defaultdict(list)
    reasons: dict[str, list[Use]] = defaultdict(list)
    for h in uses:
        outlets[h.outlet or "no outlet known"].append(h)
        reasons[h.reason or "no reason given"].append(h)
    by_reason = audit_rows(reasons)
    return AnonymousPage(
        filters=filters,
        uses=len(uses),
        with_reason=sum(r.with_reason for r in by_reason),
        of=AUDITED if len(uses) == AUDITED else None,
        by_outlet=audit_rows(outlets),
        by_reason=by_reason,
        claims_url="/claims?kind=anonymous",
    )


def audit_rows(held: dict[str, list[Use]]) -> tuple[AnonymousRow, ...]:
    """Rows of the audit, the most uses first."""
    return tuple(
        audit_row(words, rows) for words, rows in sorted(held.items(), key=lambda x: (-len(x[1]), x[0]))
    )


def audit_row(words: str, rows: Sequence[Use]) -> AnonymousRow:
    """One row of the audit."""
    described = Counter([(h.by or "not described", h.key) for h in rows])
    reasons = Counter([h.reason for h in rows if h.reason])
    return AnonymousRow(
        words=words,
        uses=len(rows),
        with_reason=reasons.total(),
        reports=len({h.report for h in rows}),
        descriptions=tuple(Link(by, f"/sources/{key}", n) for (by, key), n in described.most_common(TOLD)),
        reasons=tuple(Link(reason, "/anonymous#reasons", n) for reason, n in reasons.most_common(TOLD)),
    )
