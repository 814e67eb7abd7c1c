"""One incident's page: header, matrix, history, reasons, what may be done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.browsing import counted, report_rows
from accordingto.ledger.corrections import TYPE
from accordingto.ledger.corrections import held as held_by
from accordingto.ledger.digests import read_digest
from accordingto.ledger.disputes import disputed
from accordingto.ledger.history import Standing, Target, past, standing, targets
from accordingto.ledger.incidents import Incident, count_of
from accordingto.ledger.judgements import REVIEWS, Judgement, Kind
from accordingto.ledger.lists import home_of
from accordingto.ledger.merging import copy_groups, origins_of, unpack
from accordingto.ledger.titles import same_spelling, small
from accordingto.web.incidentrows import (
    CLASHING,
    corrected_of,
    corrected_words,
    incident_row,
    incident_url,
    place_of,
    value_words,
    when_words,
)
from accordingto.web.incidentrows import counted as counted_words
from accordingto.web.matrix import Known, columns, groups, told_fields, untold
from accordingto.web.parts import EventRow, HistoryItem, IncidentRow, JoinReason, Link, ReportRow, ToldField
from accordingto.web.reportrows import report_row
from accordingto.web.views import Actions, IncidentPage
from accordingto.web.words import day_words, distinct, place_view, sign, type_words

ID = re.compile(r"I[0-9a-f]{1,16}")
MOST = 400  # accounts, joins and the like that one page shows
NEAR = 5
MINUTE = len("2031-03-07T10:20")
BETWEEN = (Kind.SAME, Kind.NOT_SAME)


class Moved(UserError):
    """An incident has another id than before: it was merged, or an earlier account was found."""

    def __init__(self, before: str, now: str) -> None:
        super().__init__(f"The incident {before} is now {now}.")
        self.before, self.now = before, now


def find_incident(connection: Connection, key: str) -> Incident:
    """An incident by its id.

    Raises:
        Moved: where it has another id now.
        UserError: where there is none.
    """
    body = None
    if ID.fullmatch(key):
        body = connection.scalar(select(tables.incidents.c.body).where(tables.incidents.c.id == key))
        if body is None and (now := home_of(connection, key)):
            raise Moved(key, now)
    if body is None:
        raise UserError(f"There is no incident {key[:20]} in this ledger.")
    return unpack(body)


def incident_page(connection: Connection, key: str, *, may_judge: bool) -> IncidentPage:
    """The page of one incident.

    Raises:
        UserError: where there is none.
    """
    i = find_incident(connection, key)
    held = standing(connection, key)
    accounts = sorted((a for _, a in held.accounts.values()), key=lambda a: a.order)[:MOST]
    numbers = {a.document: n for n, a in held.accounts.values()}
    rows = report_rows(connection, sorted(set(numbers.values())))
    claims = counted(connection, tables.claims.c.report, list(rows))
    reports = tuple(
        report_row(rows[n], claims.get(n, 0))
        for n in sorted(rows, key=lambda n: (rows[n].published or "9999", n))
    )
    copies = copy_groups(connection, rows)
    known = Known(
        numbers=numbers,
        titles={r.id: r.title for r in reports},
        outlets={r.id: r.outlet for r in reports},
        origins=origins_of(held.accounts.values(), copies),
        wrong=struck_out(held),
    )
    shown = columns(i)
    said = groups(accounts, shown, known)
    return IncidentPage(
        id=i.id,
        version=str(held.version),
        anchor=min(accounts, key=lambda a: a.order).key if accounts else "",
        title=i.title,
        sentence=sentence(i),
        type=i.type,
        type_words=type_words(i.type),
        type_corrected=corrected_of(i, TYPE),
        day=when_words(i),
        place=place_of(i),
        state=sign("state", i.state),
        grading=sign("grading", i.grading.value),
        grading_reasons=i.grading.reasons,
        review=sign("review", i.review),
        reports=reports,
        origins=i.origins,
        columns=shown,
        untold=untold(i),
        groups=said,
        history=history(connection, i.id, held, reports, may_judge=may_judge),
        joins=joins(connection, held, rows_titles(reports)),
        events=tuple(event_row(a, numbers, rows_titles(reports)) for a in accounts),
        near=near(connection, held, key),
        map_url=f"{incident_url(i.id)}/map.geojson" if i.place and i.place.lat is not None else None,
        brief_url=f"{incident_url(i.id)}/brief",
        actions=actions(i, held, told_fields(said), may_judge=may_judge),
    )


def rows_titles(reports: Sequence[ReportRow]) -> dict[int, str]:
    """Titles by number."""
    return {r.id: r.title for r in reports}


def struck_out(held: Standing) -> frozenset[tuple[str, str]]:
    """Fields and values that are judged wrong and still are."""
    gone = held.withdrawn
    return frozenset(
        (j.field, str(j.value))
        for _, j in held.judged
        if j.kind is Kind.WRONG and j.key not in gone and j.field
    )


def sentence(i: Incident) -> str:
    """The incident in one sentence: what, where, when, who says it, what is contested; what and where as the title has it."""
    f = i.fields
    doer = held_by(i.corrected, "actor")
    told_doers = (v.value for v in f["actor"].values if v.stance == "asserts" and v.value)
    actors = distinct(map(str, [doer.value] if doer else told_doers))
    what, where = headed(i)
    by = f" by {' or '.join(actors)}" if 0 < len(actors) <= 2 and not names_doer(what, actors) else ""
    toll = [
        f"{words} {name}" for name in ("killed", "wounded") if (words := counted_words(count_of(i, name)))
    ]
    told = f"{len(i.reports)} {'report' if len(i.reports) == 1 else 'reports'}"
    if i.origins != len(i.reports):
        told += f" of {i.origins} {'origin' if i.origins == 1 else 'origins'}"
    clash = {s: [sign("clash", n).words for n in disputed(f) if f[n].state == s] for s in CLASHING}
    end = "".join(f"; {state}: {', '.join(names)}" for state, names in clash.items() if names)
    by_whom = corrected_words(list({c.field: c.who for c in i.corrected}.items()))
    end += "".join(f"; {words}" for words in by_whom)
    counts = f", {', '.join(toll)}" if toll else ""
    return f"{what}{by}{where}, {when_words(i)}{counts} – told in {told}{end}."


def names_doer(what: str, actors: Sequence[str]) -> bool:
    """Whether the words of a title tell already who did it: “Coup by the Hill Party”, “Iva Tamm resigned”."""
    said = what.casefold()
    return " by " in said or any(small(a).casefold() in said for a in actors)


def headed(i: Incident) -> tuple[str, str]:
    """What the title says that happened and to whom; and the place that it names apart, ` in Marda`, where it names one."""
    what = i.title.removesuffix(f", {when_words(i)}")
    head, comma, last = what.rpartition(", ")
    if comma and i.place and same_spelling(last, i.place.name):
        return head, f" in {last}"
    return what, ""


def history(
    connection: Connection, key: str, held: Standing, reports: Sequence[ReportRow], *, may_judge: bool
) -> tuple[HistoryItem, ...]:
    """Reports as they came in and judgements as they were made, oldest first."""
    items = [  # those of one minute by their days, as `reports` come
        HistoryItem(
            r.entered,
            "report",
            r.title,
            who=r.outlet,
            url=r.url,
            why=f"published {day_words(r.published)}" if r.published else None,
        )
        for r in reports
    ]
    links = {r.id: Link(r.title, r.url) for r in reports}
    told = {a.document: links[n] for n, a in held.accounts.values() if n in links}
    judged = [j for _, j in held.judged]
    aims = targets(connection, [j for j in judged if j.kind in BETWEEN])
    for j in judged:
        about = others(j, aims.get(j.key, ()), key, told)
        items.append(judged_item(j, held.withdrawn, may_judge=may_judge, about=about))
    return tuple(sorted(items, key=lambda x: x.at[:MINUTE]))


def others(j: Judgement, aims: Sequence[Target], key: str, told: Mapping[str, Link]) -> tuple[Link, ...]:
    """What an incident was judged to be apart from or one with: other incidents, else the reports of the one that was joined; where that
    is not told, its own but for the first."""
    if found := incidents_of(aims, but=key):
        return found
    if merged := merged_with(j):
        rest = [told.get(s.partition(":")[0]) for s in j.subjects[-merged[1] :]]
        return tuple(dict.fromkeys(r for r in rest if r))
    first, *rest = (told.get(s.partition(":")[0]) for s in j.subjects) if aims else (None,)
    return tuple(dict.fromkeys(r for r in rest if r and r != first))


def merged_with(j: Judgement) -> tuple[str, int] | None:
    """The title of the incident that a judgement joined, and how many accounts it had, the last ones; None where it tells neither."""
    told = j.value if j.kind is Kind.SAME and isinstance(j.value, dict) else {}
    title, accounts = told.get("title"), told.get("accounts")
    return (
        (title, accounts) if isinstance(title, str) and isinstance(accounts, int) and accounts > 0 else None
    )


def incidents_of(aims: Sequence[Target], *, but: str | None = None) -> tuple[Link, ...]:
    """The incidents that a judgement is about."""
    found = {t.incident: t.title for t in aims if t.incident and t.incident != but}
    return tuple(Link(title or id, incident_url(id)) for id, title in found.items())


def judged_now(connection: Connection, j: Judgement) -> HistoryItem:
    """A judgement made just now, with the incidents that it is about, and whether they are as it has them."""
    about = incidents_of(targets(connection, [j])[j.key])
    item = judged_item(j, frozenset(), about=about)
    if j.kind is Kind.SAME and len(about) > 1:
        return msgspec.structs.replace(
            item, words=f"{item.words}, but still {len(about)}: others judged otherwise"
        )
    if j.kind is Kind.NOT_SAME and len(about) == 1:
        return msgspec.structs.replace(item, words=f"{item.words}, but still one")
    return item


def judged_item(
    j: Judgement, gone: frozenset[str], *, may_judge: bool = False, about: tuple[Link, ...] = ()
) -> HistoryItem:
    """A judgement as a step of the history."""
    shown = past(j, gone)
    what = judged_words(j, shown.what) if j.kind is not Kind.WITHDRAW else None
    return HistoryItem(
        at=j.made_at,
        kind="judgement",
        words=": ".join(x for x in (sign("history", str(j.kind)).words, what) if x),
        who=j.who,
        why=j.why,
        judgement=j.key,
        withdrawn=shown.withdrawn,
        can_undo=may_judge and not shown.withdrawn and j.kind is not Kind.WITHDRAW,
        about=about,
    )


def judged_words(j: Judgement, what: str | None) -> str | None:
    """What a judgement gives, in words: a field with its value, a review, a place."""
    if j.field:
        return f"{sign('field', j.field).words.lower()} {value_words(j.field, j.value)}"
    if j.place:
        return place_words(j.place)
    if merged := merged_with(j):
        return merged[0]
    return sign("review", j.review).words if j.review else what


def place_words(p: Location) -> str:
    """A place that somebody gave, with its country and what its coordinates stand for."""
    seen = place_view(p.name, p.country, p.lat, p.lon, p.precision)
    land = seen.country_name if seen.country_name != p.name else None
    parts = (p.name, p.admin1 if p.admin1 != p.name else None, land)
    return f"{', '.join(x for x in parts if x)} ({seen.precision_words})"


def event_row(a: Account, numbers: dict[str, int], titles: dict[int, str]) -> EventRow:
    """One account as it may be split off."""
    number = numbers[a.document]
    words = ", ".join(dict.fromkeys([a.told or a.trigger, *(p.name for p in a.parties)][:4]))
    return EventRow(
        value=a.key,
        words=words,
        report=Link(titles[number], f"/reports/{number}#c{a.start}"),
        outlet=a.outlet,
        published=a.published.isoformat() if a.published else None,
    )


def joins(connection: Connection, held: Standing, titles: dict[int, str]) -> tuple[JoinReason, ...]:
    """The matches between the accounts, the most doubtful first."""
    k = tables.links.c
    ids = list(held.accounts)[:MOST]
    query = select(k.one, k.other, k.score, k.reason).where(k.one.in_(ids) & k.other.in_(ids))

    def linked(account: int) -> Link:
        number, a = held.accounts[account]
        return Link(f"{titles[number]}: {a.told or a.trigger}", f"/reports/{number}#c{a.start}")

    found = connection.execute(query.order_by(k.score).limit(MOST))
    return tuple(JoinReason(linked(r.one), linked(r.other), round(r.score, 2), r.reason) for r in found)


def near(connection: Connection, held: Standing, key: str) -> tuple[IncidentRow, ...]:
    """Incidents that match one of these accounts and yet stand apart."""
    a, k = tables.accounts, tables.links.c
    ids = list(held.accounts)[:MOST]
    found: dict[str, float] = {}
    for mine, theirs in ((k.one, k.other), (k.other, k.one)):
        query = select(a.c.incident, k.score).join(a, a.c.id == theirs).where(mine.in_(ids))
        for row in connection.execute(query.where(a.c.incident != key).limit(MOST)):
            found[row.incident] = max(found.get(row.incident, 0.0), row.score)
    best = sorted(found, key=lambda x: -found[x])[:NEAR]
    t = tables.incidents.c
    told = {r.id: r.digest for r in connection.execute(select(t.id, t.digest).where(t.id.in_(best)))}
    return tuple(incident_row(read_digest(told[x])) for x in best if x in told)


def actions(i: Incident, held: Standing, told: tuple[ToldField, ...], *, may_judge: bool) -> Actions:
    """What may be done: reviews go in order."""
    following = {
        "machine": ("assigned", "reviewed"),
        "assigned": ("reviewed",),
        "reviewed": ("second-reviewed", "assigned"),
        "second-reviewed": ("final", "reviewed"),
        "final": ("reviewed",),
    }.get(i.review, ("reviewed",))
    assert set(following) <= set(REVIEWS)
    words = sign("review", i.review).words
    return Actions(may_judge, following if may_judge else (), words, told if may_judge else ())
