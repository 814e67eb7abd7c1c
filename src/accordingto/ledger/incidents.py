"""Accounts → one incident: what is known of one happening from all reports that tell of it.

An incident is derived, never stored as truth: its id is the tagged hash of its canonically first account, so that it
comes out the same whatever order the reports came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from accordingto.ledger.accounts import AGAIN, Account, Field, Location, Party, Stance, Statement
from accordingto.ledger.contest import FieldState, State, settle, shown
from accordingto.ledger.corrections import NAMES, TYPE, Correction, held, window
from accordingto.ledger.grading import Grading, grade
from accordingto.ledger.independence import one_voice_each, ordered
from accordingto.ledger.knowledge import Knowledge, knowledge
from accordingto.ledger.names import tagged
from accordingto.ledger.provenance import Credit, chain
from accordingto.ledger.titles import title
from accordingto.ledger.wording import means
from accordingto.record import Precision, Role, Struct

FINER = (Precision.EXACT, Precision.NEAR, Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY)
DAMAGE = "destruction"  # the type of what a deed destroys, whatever it was aimed at
MAIN = ("happened", "actor", "killed", "use_of_site", "wounded")  # fields whose contest contests the whole


class EventRef(Struct, frozen=True):
    """An event of a record."""

    report: str
    event: str


class IncidentPlace(Struct, frozen=True):
    """Where an incident happened."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: str | None = None


class Incident(Struct, frozen=True):
    """One incident, as `accordingto incidents --json` gives it."""

    id: str
    type: str
    title: str
    earliest: str | None
    latest: str | None
    place: IncidentPlace | None
    reports: tuple[str, ...]
    origins: int
    events: tuple[EventRef, ...]
    state: State
    grading: Grading
    review: str
    fields: dict[str, FieldState]
    provenance: tuple[Credit, ...] = ()
    corrected: tuple[Correction, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON; low, best and high only where a field is a number."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        for name, field in plain["fields"].items():
            if name not in ("killed", "wounded"):
                for bound in ("low", "best", "high"):
                    field.pop(bound)
        return plain


class Ruling(Struct, frozen=True):
    """What people have judged of one incident: values struck out, its place, its review state, and what they set, the last word last."""

    wrong: tuple[tuple[str, Any], ...] = ()
    place: Location | None = None
    review: str = "machine"
    corrected: tuple[Correction, ...] = ()

    def set(self, field: str) -> str | int | None:
        """The value that somebody set for a field; None where nobody did."""
        last = held(self.corrected, field)
        return last.value if last else None


def incident_id(accounts: Sequence[Account]) -> str:
    """The id: a hash of the canonically first account's anchor."""
    return tagged("I", min(accounts, key=lambda a: a.order).key)


def build(accounts: Sequence[Account], origins: Mapping[str, str], ruling: Ruling = Ruling()) -> Incident:
    """One incident from its accounts. `origins`: each document's origin, shared by near-copies."""
    every = sorted(accounts, key=lambda a: a.order)
    members = current(every, origins)
    given = [(a, s) for a in members for s in a.statements if not struck(s, ruling)]
    told = one_voice_each([s for _, s in given], origins)
    days = ruling.set(Field.WHEN)
    earliest, latest = window(days) if days else when(members)
    where = ruling.place or place_of(members)
    type_ = type_of(members)
    called = str(ruling.set(TYPE) or type_)
    known = knowledge()
    atlas = {a.place.name: a.place for a in members if a.placed and a.place}
    aimed = without_damage(members, type_, known)
    keys = {a.key for a in aimed}
    apart = [s for (a, _), s in zip(given, told, strict=True) if a.key in keys or s.field is not Field.TARGET]
    fields = settle(
        apart if any(is_target(s) for s in apart) else told,
        origins,
        atlas=atlas,
        mutual=all(known.is_mutual(a.type) or known.is_talk(a.type) for a in members),
    )
    if len(apart) < len(told):
        hit = tuple(shown(s) for s in ordered(s for s in told if s.field is Field.TARGET))
        fields[Field.TARGET] = msgspec.structs.replace(fields[Field.TARGET], values=hit)
    return Incident(
        id=incident_id(every),
        type=called,
        title=title(called, recast(aimed, ruling), origins, where, earliest, latest, known),
        earliest=earliest.isoformat() if earliest else None,
        latest=latest.isoformat() if latest else None,
        place=shown_place(where) if where else None,
        reports=tuple(dict.fromkeys(a.report for a in every)),
        origins=len({origins.get(a.document, a.document) for a in every}),
        events=tuple(EventRef(a.report, a.event) for a in every),
        state=overall(fields),
        grading=grade(told, fields, origins),
        review=ruling.review,
        fields=fields,
        provenance=chain((c for a in members for c in a.credits), [(a.report, a.outlet) for a in members]),
        corrected=ruling.corrected,
    )


def recast(accounts: Sequence[Account], ruling: Ruling) -> Sequence[Account]:
    """The accounts as a title tells them: with the doer and the target that somebody set in place of their own."""
    cast = {str(f): str(name) for f in NAMES if (name := ruling.set(f))}
    if not cast:
        return accounts
    new = tuple(Party(role, name) for role, name in cast.items())
    return [
        msgspec.structs.replace(a, parties=(*new, *(p for p in a.parties if p.role not in cast)))
        for a in accounts
    ]


def count_of(i: Incident, name: str) -> FieldState:
    """What the counts of a field come to: the number that somebody set, else what the sources tell."""
    told, last = i.fields[name], held(i.corrected, name)
    if last is None or isinstance(last.value, str):
        return told
    return msgspec.structs.replace(told, low=last.value, best=last.value, high=last.value)


def dead(i: Incident) -> float:
    """How many an incident killed as far as is told: the best number, else a bound; nobody where none tells."""
    told = count_of(i, "killed")
    return next((n for n in (told.best, told.low, told.high) if n is not None), 0)


def current(accounts: Sequence[Account], origins: Mapping[str, str]) -> list[Account]:
    """The accounts without those of a report that came again later, corrected: under the same name, by the same outlet, much
    the same text."""
    last: dict[tuple[str, str | None, str], tuple[str, int]] = {}
    for a in accounts:
        of, age = edition(a, origins)
        last[of] = max(last.get(of, age), age)
    return [a for a in accounts if (e := edition(a, origins))[1] == last[e[0]]]


def edition(a: Account, origins: Mapping[str, str]) -> tuple[tuple[str, str | None, str], tuple[str, int]]:
    """Which report an account's is, under whatever number it came, and how new: its day, then its number."""
    name, _, number = a.report.rpartition(AGAIN)
    again = bool(name) and number.isdecimal()
    of = (name if again else a.report, a.outlet, origins.get(a.document, a.document))
    return of, (a.published.isoformat() if a.published else "", int(number) if again else 0)


def without_damage(members: Sequence[Account], type: str, known: Knowledge) -> Sequence[Account]:
    """The accounts without those of what was destroyed, where another tells what was aimed at: a school that was damaged in
    the shelling of a base is no other word for the base, and no name of a clash."""
    aims = any(p.role == Role.TARGET for a in members if not a.consequence for p in a.parties)
    fight = any(a.type != DAMAGE for a in members) and known.is_mutual(type)
    return [a for a in members if a.type != DAMAGE] if aims or fight else members


def is_target(s: Statement) -> bool:
    """True for what somebody says was hit."""
    return s.field is Field.TARGET and s.stance is Stance.ASSERTS


def struck(s: Statement, ruling: Ruling) -> bool:
    """True for a value that a person has judged wrong."""
    return any(field == s.field and means(value, s) for field, value in ruling.wrong)


def overall(fields: Mapping[str, FieldState]) -> State:
    """The incident's state: contested where a main field is, else whether it happened."""
    if any(fields[name].state is State.CONTESTED for name in MAIN):
        return State.CONTESTED
    return fields["happened"].state


def type_of(members: Sequence[Account]) -> str:
    """The type most accounts give; a consequence (a killing) only where no cause is told."""
    kinds = [a.type for a in members if not a.consequence] or [a.type for a in members]
    return min(set(kinds), key=lambda t: (-kinds.count(t), kinds.index(t)))


def when(members: Sequence[Account]) -> tuple[date | None, date | None]:
    """The days that the accounts' own times tell, the sharpest of them, no lent ones; else only that it was by the first report."""
    timed = [a for a in members if a.dated and tells_when(a) and a.earliest and a.latest]
    if not timed:
        reported = [a.published for a in members if a.published and not a.hypothetical]
        return None, min(reported, default=None)
    narrow = min(a.days or 1 for a in timed)
    sharp = [a for a in timed if (a.days or 1) <= max(narrow, 2)]
    first = min(a.earliest for a in sharp if a.earliest)
    last = max(a.latest for a in sharp if a.latest)
    return first, last


def tells_when(a: Account) -> bool:
    """True where somebody tells an account's day as its own; of what nobody says has happened, where it is not lent."""
    own = any(s.field is Field.WHEN for s in a.statements)
    told = any(s.field is Field.HAPPENED and s.stance is Stance.ASSERTS for s in a.statements)
    return own or not (told or a.lent_day)


def place_of(members: Sequence[Account]) -> Location | None:
    """The finest place that an account has for the event itself, by most accounts; never only its report's."""
    placed = [a.place for a in members if a.placed and a.place]
    if not placed:
        return None
    ranks = {p: n for n, p in enumerate(FINER)}
    keys = [(p.geonameid or p.name) for p in placed]
    return min(
        placed,
        key=lambda p: (
            ranks.get(p.precision or Precision.REGION, 9) if p.lat is not None else 9,
            -keys.count(p.geonameid or p.name),
            keys.index(p.geonameid or p.name),
        ),
    )


def shown_place(p: Location) -> IncidentPlace:
    """A location as lists show it."""
    return IncidentPlace(
        p.name, p.country, p.lat, p.lon, p.geonameid, str(p.precision) if p.precision else None
    )
