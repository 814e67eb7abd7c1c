"""Lists from the ledger: incidents, contested fields, tolls, commitments, sources. Nothing here writes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from string import hexdigits
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.commitments import Commitment, Spoken, days_of, first_day
from accordingto.ledger.commitments import commitments as group_commitments
from accordingto.ledger.contest import FieldState, State, still_held
from accordingto.ledger.corrections import in_words
from accordingto.ledger.disputes import disputed
from accordingto.ledger.folding import Words
from accordingto.ledger.incidents import Incident
from accordingto.ledger.merging import batches, unpack
from accordingto.ledger.naming import among, few, under
from accordingto.ledger.orders import Order, ordered
from accordingto.ledger.outcomes import Deed
from accordingto.ledger.session import Ledger, begins
from accordingto.ledger.tolls import Toll, TollPoint
from accordingto.ledger.tolls import tolls as group_tolls
from accordingto.ledger.voices import Heard, Voice
from accordingto.ledger.voices import voices as group_voices
from accordingto.reading.timevalues import moved, shifted
from accordingto.record import Struct
from accordingto.vocabularies import country_code

REJECTED = "rejected"
PAST_HEX = "g"  # a letter after all those of ids
AT_ONCE = 100  # incidents read at once; who lists them may soon have enough
SOME = 1_000  # incidents that are put in order; of more, the list is walked until it is full
MANY_PIECES = 10_000  # pieces from which the list of their groups is walked until it is full
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows of a list; None means all. Days are ISO, inclusive.

    `since` and `until` are about when incidents happened, counts are of, words were spoken. `state` is an
    incident's state, grading or review, a commitment's outcome, `named` or `anonymous` of a source.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    type: str | None = None
    source: str | None = None
    state: str | None = None
    words: str | None = None
    limit: int | None = None


class ContestedField(Struct, frozen=True):
    """One contested or denied field of one incident; `corrected`: what people set it to, in words."""

    incident: str
    title: str
    field: str
    state: State
    earliest: str | None
    contest: FieldState
    corrected: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON: the field's values and bounds beside what it belongs to."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        contest: dict[str, Any] = plain.pop("contest")
        return plain | contest


def incident_conditions(wanted: Filter, connection: Connection) -> Iterator[ColumnElement[bool]]:
    """A filter on the table of incidents. Rejected ones only come where they are asked for."""
    c = tables.incidents.c
    if wanted.since:
        yield c.latest >= wanted.since
    if wanted.until:
        yield c.day <= wanted.until
    texts = list(text_conditions(wanted))
    if texts:
        ids = few(connection, select(c.id).where(*texts), SOME)
        yield and_(*texts) if ids is None else among(connection, c.id, ids)
    if wanted.type:
        yield c.type == wanted.type
    if wanted.state:
        yield (c.state == wanted.state) | (c.grading == wanted.state) | (c.review == wanted.state)
    if wanted.state != REJECTED:
        yield c.review != REJECTED


def text_conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """What a filter asks of an incident's texts; an index of their own holds them without the bodies."""
    c = tables.incidents.c
    if wanted.place:
        yield in_place(wanted.place)
    if wanted.source:
        yield c.who.icontains(wanted.source, autoescape=True)
    for word in (wanted.words or "").split():
        yield c.words.icontains(word, autoescape=True) | c.who.icontains(word, autoescape=True)


def in_place(place: str) -> ColumnElement[bool]:
    """The condition that an incident is in a country, by its code or a name of it, or in a place by a word's beginning.

    A place is looked for as its gazetteer names it, and as reports print it: the end of a title (“…, Marib”), a “school in Marib”.
    """
    c = tables.incidents.c
    printed = (c.words.icontains(f"{mark} {place}", autoescape=True) for mark in (",", " in"))
    after = (literal(mark, Words()).concat(c.place) for mark in (" ", "-"))  # a word begins behind either
    begins_so = (
        text.icontains(f"{mark}{place}", autoescape=True)
        for mark, text in zip((" ", "-"), after, strict=True)
    )
    named = c.place.icontains(place, autoescape=True) & or_(*begins_so)  # by the index first
    country = country_code(place)
    return or_(named, *printed, *([c.country == country] if country else []))


def incidents(
    ledger: Ledger, wanted: Filter = Filter(), *, clashing: bool = False, sort: Order = Order.OLDEST
) -> Iterator[Incident]:
    """Incidents by the day they began; where no report tells, by the day of the first report.

    `clashing`: only those with a field that is contested or denied.
    """
    t = tables.incidents
    with ledger.begin() as connection:
        query = select(t.c.body).where(*incident_conditions(wanted, connection))
        if clashing:
            query = query.where(t.c.contested)
        query = ordered(query, sort).limit(wanted.limit)
        with closing(connection.scalars(query.execution_options(yield_per=AT_ONCE))) as bodies:
            for body in bodies:  # a reader may stop midway: the cursor must not stay open
                yield unpack(body)


def incidents_by_id(ledger: Ledger, keys: Sequence[str], wanted: Filter = Filter()) -> dict[str, Incident]:
    """Those of some incidents that a filter lets through, by id; its limit doesn't count."""
    t = tables.incidents
    found: dict[str, Incident] = {}
    with ledger.begin() as connection:
        for some in batches(keys):
            query = select(t.c.body).where(t.c.id.in_(some), *incident_conditions(wanted, connection))
            found |= {i.id: i for i in map(unpack, connection.scalars(query))}
    return found


def home_of(connection: Connection, id: str) -> str | None:
    """Where the account is now that gave an incident this id, or one that begins so; None where accounts of several incidents did.

    Incidents that merge or find an earlier account take another id.
    """
    homes = homes_of(connection, id)
    return homes[0] if len(homes) == 1 else None


def homes_of(connection: Connection, start: str) -> list[str]:
    """The incidents, two at most, whose accounts gave one an id that begins so."""
    t = tables.accounts.c
    near = t.first.between(start, start + PAST_HEX)  # holds in any language's order, so that the index serves
    query = select(t.incident).where(near, begins(connection, t.first, start), t.incident.is_not(None))
    return [x for x in connection.scalars(query.distinct().order_by(t.incident).limit(2)) if x]


def incident(ledger: Ledger, key: str) -> Incident:
    """One incident by its id, one that it had before, or the id's beginning where that is enough.

    Raises:
        UserError: where none or several have it.
    """
    t = tables.incidents
    if key and key[0] in hexdigits:
        key = f"I{key}"
    with ledger.begin() as connection:
        query = select(t.c.body).where(begins(connection, t.c.id, key)).order_by(t.c.id).limit(2)
        found = list(connection.scalars(query))
        if not found and (homes := homes_of(connection, key)):
            found = list(connection.scalars(select(t.c.body).where(t.c.id.in_(homes))))
    if len(found) != 1:
        what = "Several incidents begin with" if found else "There is no incident"
        raise UserError(f"{what} {key} in this ledger; `accordingto incidents` lists them.")
    return unpack(found[0])


def contested(
    ledger: Ledger, wanted: Filter = Filter(), *, sort: Order = Order.OLDEST
) -> Iterator[ContestedField]:
    """Fields on which accounts clash, by incident; `state` narrows to `contested` or `denied`."""
    states = {State(wanted.state)} if wanted.state in list(State) else {State.CONTESTED, State.DENIED}
    other = wanted.state if wanted.state not in list(State) else None
    open_ended = Filter(**{**fields_of(wanted), "state": other, "limit": None})
    left = wanted.limit
    for i in incidents(ledger, open_ended, clashing=True, sort=sort):
        for name in disputed(i.fields):
            field = i.fields[name]
            if field.state in states:
                if left is not None and left <= 0:
                    return
                left = left - 1 if left is not None else None
                rivals = msgspec.structs.replace(field, values=still_held(field.values))
                fixed = in_words(i.corrected, name)
                yield ContestedField(i.id, i.title, name, field.state, i.earliest, rivals, fixed)


def fields_of(wanted: Filter) -> dict[str, Any]:
    """A filter's values by name."""
    return {name: getattr(wanted, name) for name in Filter.__slots__}


def tolls(ledger: Ledger, wanted: Filter = Filter()) -> list[Toll]:
    """Running tolls by their first day; whole series, of which a point fits the filter."""
    if wanted.state:
        return []  # a toll has no state
    with ledger.begin() as connection:
        keys = keys_of(connection, "toll", wanted, wanted.limit)
        found = {t.id: t for t in group_tolls(bodies(connection, "toll", keys, TollPoint))}
    return [found[k] for k in keys]


def commitments(ledger: Ledger, wanted: Filter = Filter()) -> list[Commitment]:
    """Warnings, promises, requests and refusals by their first day."""
    with ledger.begin() as connection:
        narrowed = wanted.state or wanted.words or wanted.since or wanted.until
        keys = keys_of(connection, "spoken", wanted, None if narrowed else wanted.limit)
        said = bodies(connection, "spoken", keys, Spoken)
        done = bodies(connection, "deed", sorted({s.speaker_key for s in said}), Deed)
    found = [c for c in group_commitments(said, done) if suits(c, wanted)]
    found.sort(key=lambda c: (first_day(c.occasions[0].date), c.id))
    return found[: wanted.limit]


def suits(c: Commitment, wanted: Filter) -> bool:
    """What only the whole commitment tells: its outcome, its words, whether it was spoken within the days."""
    since, until = wanted.since or "", wanted.until or "9999"
    windows = [w for o in c.occasions if (w := days_of(o.date))]
    if (wanted.since or wanted.until) and not any(a <= until and since <= b for a, b in windows):
        return False
    text = " ".join(x for x in (c.what, c.condition, c.speaker, c.addressee) if x).casefold()
    words = (wanted.words or "").casefold().split()
    return (not wanted.state or c.outcome == wanted.state) and all(w in text for w in words)


def sources(ledger: Ledger, wanted: Filter = Filter()) -> list[Voice]:
    """Sources by how many reports they speak in, of equals the named ones first; nobody at all comes last."""
    named = {"named": True, "anonymous": False}.get(wanted.state or "")
    rows: list[Voice] = []
    with ledger.begin() as connection:
        limit = None if wanted.state else wanted.limit
        for keys in batches(keys_of(connection, "heard", wanted, limit, by_count=True)):
            found = summed(connection, keys)
            rows += [found[k] for k in keys if not wanted.state or found[k].named == named]
            if wanted.limit is not None and len(rows) >= wanted.limit:
                break
    rows = rows[: wanted.limit]
    rows.sort(
        key=lambda v: (
            not (v.name or v.description),
            -len(v.reports),
            not v.named,
            v.name or v.description or "",
        )
    )
    return rows


def summed(connection: Connection, keys: Sequence[str]) -> dict[str, Voice]:
    """Sources by key: from their stored sums, else from all their pieces."""
    g = tables.groups.c
    query = select(g.sum).where((g.kind == "heard") & g.key.in_(keys) & g.sum.is_not(None))
    decode = msgspec.json.Decoder(Voice).decode
    found = {v.id: v for v in (decode(zlib.decompress(b)) for b in connection.scalars(query))}
    missing = [k for k in keys if k not in found]
    return found | {v.id: v for v in group_voices(bodies(connection, "heard", missing, Heard))}


def keys_of(
    connection: Connection, kind: str, wanted: Filter, limit: int | None, *, by_count: bool = False
) -> list[str]:
    """The keys of the groups of which a piece fits the filter, in the order of the list."""
    p, g = tables.pieces.c, tables.groups.c
    conditions = list(piece_conditions(kind, wanted))
    query = select(g.key).where(g.kind == kind)
    if wanted.source:
        conditions.append(under(connection, wanted.source))
    if conditions:
        fitting = select(p.key).where(p.kind == kind, *conditions)
        keys = few(connection, fitting, MANY_PIECES)
        if keys is None:  # so many that the list is soon full
            query = query.where(fitting.where(p.key == g.key).correlate(tables.groups).exists())
        else:
            query = query.where(among(connection, g.key, sorted(set(keys))))
    order = (g.pieces.desc(), g.key.desc()) if by_count else (g.day, g.key)
    return list(connection.scalars(query.order_by(*order).limit(limit)))


def piece_in(kind: str, place: str) -> ColumnElement[bool]:
    """The condition that a piece is of a place, by any part of its name or by its country's name or code; a source is of its country."""
    p = tables.pieces.c
    country = country_code(place)
    if kind == "heard":
        return p.place == (country or place.upper())
    plain = func.replace(p.place, "'", "", type_=Words())  # “Marib” finds Ma'rib
    named = p.place.icontains(place, autoescape=True)
    named |= plain.icontains(place.replace("'", ""), autoescape=True)
    if country:
        named |= p.place.endswith(f" {country}", autoescape=True)  # it is stored as “Marib YEM”
    return named


def piece_conditions(kind: str, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """A filter on the table of pieces, but for who speaks. A source's place is its country, by its code or a name of it."""
    p = tables.pieces.c
    if kind == "spoken":
        yield from spoken_conditions(wanted)
    elif wanted.since:
        yield p.day >= wanted.since
    if kind != "spoken" and wanted.until:
        yield p.day <= wanted.until
    if wanted.place:
        yield piece_in(kind, wanted.place)
    if wanted.type:
        yield p.type == wanted.type
    for word in (wanted.words or "").split():
        yield func.coalesce(p.words, "").icontains(word, autoescape=True) | func.coalesce(
            p.who, ""
        ).icontains(word, autoescape=True)


def spoken_conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """A filter's days on what was spoken: all that may be within them, in weeks, months and years too; `suits` decides.

    A piece's day is the first of those that it stands for; one of before may be a month or a year as it was read.
    """
    p = tables.pieces.c
    coarse = func.length(p.day) < len("2031-03-04")
    if wanted.since:
        day = date.fromisoformat(wanted.since)
        months = [shifted(day.replace(day=1), -n).isoformat() for n in range(12)]
        yield (p.day >= moved(day, -6).isoformat()) | p.day.in_(months) | coarse
    if wanted.until:
        yield (p.day <= wanted.until) | coarse


def bodies(connection: Connection, kind: str, keys: Sequence[str], type: type[P]) -> list[P]:
    """All pieces of some groups."""
    p = tables.pieces.c
    out: list[P] = []
    decode = msgspec.json.Decoder(type).decode
    for some in batches(keys):
        query = select(p.body).where((p.kind == kind) & p.key.in_(some))
        out += [decode(b) for b in connection.scalars(query).all()]
    return out


def incidents_of_claims(
    connection: Connection, claims: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """The incidents that claims speak of, by report number and claim id."""
    wanted = set(claims)
    t = tables.claim_incidents.c
    out: dict[tuple[int, str], tuple[str, ...]] = {}
    for some in batches(sorted({r for r, _ in wanted})):
        query = select(t.report, t.claim, t.incident).where(t.report.in_(some)).order_by(t.incident)
        for row in connection.execute(query):
            if (row.report, row.claim) in wanted:
                out[row.report, row.claim] = (*out.get((row.report, row.claim), ()), row.incident)
    return out
