"""Incidents as rows of lists, as contested fields, as buckets of a timeline and as features of a map."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, case, func, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account, Statement
from accordingto.ledger.browsing import UNDATED, Wanted, narrowed_incidents
from accordingto.ledger.contest import FieldState, FieldValue, State, still_held
from accordingto.ledger.corrections import before, held, set_words
from accordingto.ledger.digests import Bounds, Digest, read_digest
from accordingto.ledger.disputes import disputed
from accordingto.ledger.incidents import Incident
from accordingto.ledger.merging import unpack
from accordingto.ledger.titles import days
from accordingto.ledger.values import is_number
from accordingto.ledger.wording import bounds_words, span_words, words_of
from accordingto.web.parts import (
    Bucket,
    ContestRow,
    Corrected,
    IncidentRow,
    Link,
    PlaceView,
    RivalValue,
    Span,
)
from accordingto.web.words import alike_key, day_words, place_view, sign, type_words

CLASHING = (State.CONTESTED, State.DENIED)
MAPPED = 400  # incidents, or groups of them, on one map
SHOWN = 0.9  # of all incidents a timeline shows at least so many
GAINED = 3  # times as short a timeline must be without the oldest and latest few to leave them out
BARS = 60  # bars of a timeline before it goes from days to months, from months to years


def rows(found: Iterable[Row[Any]]) -> tuple[IncidentRow, ...]:
    """Rows of `browse_incidents` as pages show them."""
    return tuple(incident_row(read_digest(r.digest)) for r in found)


def incident_url(key: str) -> str:
    """Where an incident is shown."""
    return f"/incidents/{key}"


def incident_row(i: Digest) -> IncidentRow:
    """One incident in a list."""
    when = when_words(i)
    return IncidentRow(
        id=i.id,
        url=incident_url(i.id),
        title=i.title,
        short=i.title.removesuffix(f", {when}"),
        type=i.type,
        type_words=type_words(i.type),
        day=when,
        earliest=i.earliest,
        latest=i.latest,
        place=place_of(i),
        state=sign("state", i.state),
        grading=sign("grading", i.grading),
        review=sign("review", i.review),
        reports=i.reports,
        origins=i.origins,
        killed=counted(i.killed),
        wounded=counted(i.wounded),
        contested=tuple(sign("clash", n).words for n in i.contested),
        denied=tuple(sign("clash", n).words for n in i.denied),
        said_by=i.voices,
        speaking=i.speaking,
        corrected=corrected_words(i.corrected),
    )


def corrected_words(corrected: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What people set right, by person: `corrected by ann: killed, when`."""
    by: dict[str, list[str]] = {}
    for name, who in corrected:
        by.setdefault(who, []).append(sign("field", name).words.lower())
    return tuple(f"corrected by {who}: {', '.join(names)}" for who, names in by.items())


def corrected_of(i: Incident, field: str) -> Corrected | None:
    """What people set a field to."""
    last = held(i.corrected, field)
    if last is None:
        return None
    others = (f"{set_words(c)} by {c.who}" for c in before(i.corrected, field))
    return Corrected(set_words(last), last.who, tuple(others))


def counted(field: FieldState | Bounds | None) -> str | None:
    """A count in words."""
    return bounds_words(field.low, field.best, field.high) if field else None


def when_words(i: Incident | Digest) -> str:
    """The day or days of an incident in words."""
    return days(day_of(i.earliest), day_of(i.latest)) or "undated"


def day_of(iso: str | None) -> date | None:
    """An ISO day as a date."""
    return date.fromisoformat(iso) if iso else None


def place_of(i: Incident | Digest) -> PlaceView | None:
    """Where an incident happened."""
    p = i.place
    return place_view(p.name, p.country, p.lat, p.lon, p.precision) if p else None


def told_words(field: str, told: FieldValue | Statement) -> str:
    """What is told of a field in words: a count with its bounds and the part of the people that it is of, days as a month."""
    if told.end and told.end != told.value:
        return span_words(str(told.value), told.end)
    return words_of(told) if is_number(told.value) else value_words(field, told.value)


def value_words(field: str, value: Any) -> str:
    """A value of a field in words."""
    if value is True:
        return "it happened"
    if value is False:
        return "it did not happen"
    if value is None:
        return "it" if field == "happened" else "–"
    if field == "when":
        return day_words(str(value))
    if field == "type":
        return type_words(str(value))
    return f"{value:,}" if isinstance(value, int | float) else str(value)


class Numbers(NamedTuple):
    """The numbers of an incident's reports by their names, and by what each tells where two have one name."""

    named: Mapping[str, int]
    told: Mapping[tuple[Any, ...], int]

    def of(self, v: FieldValue) -> int | None:
        """The number of the report that holds a value."""
        return self.told.get(told_as(v), self.named.get(v.report))


def told_as(v: FieldValue | Statement) -> tuple[Any, ...]:
    """What one report's value and another's differ in, if not in the report's name."""
    return v.report, v.claim, v.by, v.value, v.span


def contest_rows(i: Incident, numbers: Numbers, *, fields: Sequence[str] | None = None) -> list[ContestRow]:
    """The clashing fields of one incident; `numbers` are those of its reports."""
    out = []
    for name in disputed(i.fields):
        field = i.fields[name]
        if fields is None or name in fields:
            out.append(
                ContestRow(
                    incident=Link(i.title, incident_url(i.id)),
                    day=when_words(i),
                    field=name,
                    field_words=sign("field", name).words,
                    state=sign("state", field.state),
                    values=rivals(name, field, numbers),
                    corrected=corrected_of(i, name),
                )
            )
    return out


def rivals(name: str, field: FieldState, numbers: Numbers) -> tuple[RivalValue, ...]:
    """The values of a field, each with those who hold it: asserted ones first."""
    return tuple(
        RivalValue(
            text=text,
            stance=sign("stance", stance),
            by=tuple(dict.fromkeys(v.by or "no one named" for v in values)),
            words=tuple(Span(v.span.text, words_url(v, numbers)) for v in values if v.span),
        )
        for (text, stance), values in holders(name, field).items()
    )


def holders(name: str, field: FieldState) -> dict[tuple[str, str], list[FieldValue]]:
    """The rival values of a field by words and stance: asserted ones first, two spellings of one name together; no count that is overtaken."""
    held: dict[tuple[str, str], list[FieldValue]] = {}
    spelled: dict[str, str] = {}
    for v in sorted(still_held(field.values), key=lambda v: v.stance != "asserts"):
        text = told_words(name, v)
        held.setdefault((spelled.setdefault(alike_key(text), text), v.stance), []).append(v)
    return held


def words_url(v: FieldValue, numbers: Numbers) -> str | None:
    """Where a value's words stand."""
    number = numbers.of(v)
    return f"/reports/{number}#c{v.span.start}" if number and v.span else None


def report_numbers(connection: Connection, incidents: Sequence[str]) -> dict[str, Numbers]:
    """For each incident the numbers of its reports; what they tell is read only where two have one name."""
    a, r = tables.accounts.c, tables.reports.c
    query = select(a.incident, r.name, r.id).join(tables.reports, r.id == a.report)
    named: dict[str, dict[str, int]] = {i: {} for i in incidents}
    doubled = set()
    for row in connection.execute(query.where(a.incident.in_(incidents)).order_by(r.id)):
        if named[row.incident].setdefault(row.name, row.id) != row.id:
            doubled.add(row.incident)
    told: dict[str, dict[tuple[Any, ...], int]] = {i: {} for i in incidents}
    decode = msgspec.msgpack.Decoder(Account).decode
    whole = select(a.incident, a.report, a.body).where(a.incident.in_(sorted(doubled))).order_by(a.report)
    for row in connection.execute(whole) if doubled else ():
        for s in decode(row.body).statements:
            told[row.incident].setdefault(told_as(s), row.report)
    return {i: Numbers(named[i], told[i]) for i in incidents}


def whole_incidents(connection: Connection, ids: Sequence[str]) -> list[Incident]:
    """Incidents by id, in that order."""
    t = tables.incidents.c
    found = {r.id: r.body for r in connection.execute(select(t.id, t.body).where(t.id.in_(ids)))}
    return [unpack(found[id]) for id in ids]


class DayCount(NamedTuple):
    """Incidents of one day, and those of them that are contested."""

    day: str
    incidents: int
    contested: int


def day_counts(connection: Connection, wanted: Wanted) -> tuple[DayCount, ...]:
    """Incidents by day, whatever days the filter has; undated ones are left out."""
    c = tables.incidents.c
    contested = func.sum(case((c.state == State.CONTESTED, 1), else_=0))
    always = replace(wanted, since=None, until=None)
    query, _ = narrowed_incidents(connection, always, select(c.day, func.count(), contested))
    found = connection.execute(query.where(c.day < UNDATED).group_by(c.day).order_by(c.day)).all()
    return tuple(DayCount(*row) for row in found)


class Timeline(NamedTuple):
    """A timeline, and where the few lead that are too old or too late for it."""

    buckets: tuple[Bucket, ...]
    older: Link | None = None
    later: Link | None = None


def timeline(counted: Sequence[DayCount], since: str | None, until: str | None) -> tuple[Bucket, ...]:
    """Incidents by day, month or year, whichever gives at most `BARS` bars, of the days from `since` to `until`."""
    begin = bisect_left(counted, since, key=lambda d: d.day) if since else 0
    end = bisect_right(counted, until, key=lambda d: d.day) if until else len(counted)
    days = counted[begin:end]
    length = bucket_length(days[0].day, days[-1].day) if days else 10
    counts: dict[str, tuple[int, int]] = {}
    for day, some, contested in days:
        n, clashes = counts.get(day[:length], (0, 0))
        counts[day[:length]] = (n + some, clashes + contested)
    return tuple(
        Bucket((start + "-01-01")[:10] if length < 10 else start, bucket_words(start), n, clashes)
        for start, (n, clashes) in counts.items()
    )


class Stretch(NamedTuple):
    """The days that a timeline shows, and how many incidents are older and later than these."""

    first: str
    last: str
    older: int
    later: int


def stretch(counted: Sequence[DayCount], since: str | None, until: str | None) -> Stretch | None:
    """The shortest stretch that holds most incidents, where a few old or late ones would crush them; None where nothing is gained by it. An
    end that somebody chose stays.
    """
    begin = bisect_left(counted, since, key=lambda d: d.day) if since else 0
    end = bisect_right(counted, until, key=lambda d: d.day) if until else len(counted)
    days = counted[begin:end]
    if not days:
        return None
    sums = [0, *accumulate(d.incidents for d in days)]
    wanted = sums[-1] * SHOWN
    found: tuple[int, int, int] | None = None
    last = 0
    for first in range(1 if since else len(days)):
        last = max(last, bisect_left(sums, sums[first] + wanted), len(days) if until else 0)
        if last > len(days):
            break
        length = day_number(days[last - 1].day) - day_number(days[first].day)
        found = min(found or (length, first, last), (length, first, last))
    if found is None:
        return None
    length, first, last = found
    if (first == 0 and last == len(days)) or length * GAINED > day_number(days[-1].day) - day_number(
        days[0].day
    ):
        return None
    return Stretch(days[first].day, days[last - 1].day, sums[first], sums[-1] - sums[last])


def day_number(iso: str) -> int:
    """A day as a number of days."""
    return date.fromisoformat(iso).toordinal()


def bucket_length(first: str, last: str) -> int:
    """How many characters of an ISO day a bucket has: 10, 7 or 4."""
    days_apart = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return 10 if days_apart <= BARS else 7 if days_apart <= BARS * 30 else 4


def bucket_words(start: str) -> str:
    """`2031`, `March 2031`, `6 March 2031`."""
    if len(start) == 10:
        return day_words(start)
    return start if len(start) == 4 else day_words(f"{start}-01").partition(" ")[2]


def feature(i: Incident | Digest) -> dict[str, Any] | None:
    """One incident as a feature: an area of `radius_m`, never a point; None without coordinates."""
    place = place_of(i)
    if place is None or place.lat is None or place.lon is None:
        return None
    state = sign("state", i.state)
    return {
        "type": "Feature",
        "id": i.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "id": i.id,
            "title": i.title,
            "url": incident_url(i.id),
            "day": when_words(i),
            "state": state.value,
            "state_words": f"{state.symbol} {state.words}",
            "place": place.name,
            "precision": place.precision,
            "precision_words": place.precision_words,
            "radius_m": place.radius_m,
        },
    }
