"""Accounts: one report's account of one event, with all that matching and contest need of it.

An account is made from one record alone, never from the ledger, and says the same whenever it is made. Its
`key` is anchored in the text (document and trigger), so it outlives a newer model's reading.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

from accordingto.ledger.provenance import Credit
from accordingto.record import PartKind, Place, Precision, Record, Struct
from accordingto.spans import Span


class Stance(StrEnum):
    """How a speaker stands to a value."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DECLINES = "declines"
    SILENT = "silent"
    UNCERTAIN = "uncertain"


class Field(StrEnum):
    """What may be told, and contested, of an incident."""

    HAPPENED = "happened"
    ACTOR = "actor"
    TARGET = "target"
    USE_OF_SITE = "use_of_site"
    KILLED = "killed"
    WOUNDED = "wounded"
    WHEN = "when"
    WHERE = "where"
    INSTRUMENT = "instrument"


AGAIN = "~"  # between a report's name and its number, where another report had the name before
NUMERIC = frozenset({Field.KILLED, Field.WOUNDED})
Value = bool | int | float | str | None


class Statement(Struct, frozen=True):
    """One value of one field, by one voice, at one place of one report.

    `part`: the value counts only a part of the people (children, fighters), and which. `day`: when it
    was said, else published. `at`: keys of the places that a count's sentence names. `source`: the speaker's resolved id, one for a named source everywhere.
    `echo`: a headline's words, credited to somebody unnamed, of whom the report tells more closely below. `of`: the
    resolved id of the body whose spokesman somebody is. `flat`: says that a thing was not, “no one was arrested”, and denies no
    word of others.
    """

    field: Field
    value: Value
    stance: Stance
    by: str | None
    kind: str
    party: str | None
    report: str
    document: str
    source: str
    claim: str | None = None
    span: Span | None = None
    low: float | int | None = None
    high: float | int | None = None
    part: str | None = None
    day: str | None = None
    end: str | None = None
    caveats: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    echo: bool = False
    of: str | None = None
    flat: bool = False


class Location(Struct, frozen=True):
    """Where something happened, as far as a report tells; `told`: in the report's own spelling."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None
    precision: Precision | None = None
    admin1: str | None = None
    told: str | None = None

    @property
    def fine(self) -> bool:
        """True where it is a town or a spot with coordinates, not a province or a country."""
        small = self.precision in (Precision.EXACT, Precision.NEAR, Precision.ADMIN2)
        return small and self.lat is not None and self.lon is not None

    @property
    def unresolved(self) -> bool:
        """True where nothing is known of it but its name, and perhaps its country."""
        return self.lat is None and self.geonameid is None and self.precision is None


def location(place: Place) -> Location:
    """A record's place as a location."""
    return Location(
        place.name,
        place.country,
        place.lat,
        place.lon,
        place.geonameid,
        place.precision,
        place.admin1,
        place.span.text,
    )


class Party(Struct, frozen=True):
    """A participant: role, name as the record's entity has it, and its party where known."""

    role: str
    name: str
    party: str | None = None
    named: bool = True
    person: bool = False


class Count(Struct, frozen=True):
    """A figure of the event's own toll."""

    measure: str
    low: float | int | None
    best: float | int | None
    high: float | int | None
    part: str | None = None


class Account(Struct, frozen=True):
    """One report's account of one event.

    `dated`: the text itself gives the time; else `earliest` and `latest` come from the day of
    publication. `placed`: the event itself has a place; else `place` is the report's only or first one.
    `headline`: stands in the headline. `kin`: its family and others that it may be told as. `lasting`: goes on for weeks or more. `before`: for an undated
    event, the days of what the report tells just before it. `names`: keys of all names in the report; `towns`:
    of its towns and spots; `lands`: the countries of its places. `credits`: who told of it before, says the
    report. `lent_day`, `lent_place`: the words that tell it stand nearer to another event.
    `hypothetical`: planned or conditional. `apart`: keys of the accounts that the report tells apart from it. `hours`: the parts
    of the day in which the report tells it. `again`: the key of the account that it takes up (“the flood”), if that is told before it. `words`: telling words of the trigger's sentence.
    `claims`: the claims that speak of it, each with its number in the record. `trigger` is the word for it without its
    ending, to compare; `told` is as the report has it.
    """

    key: str
    document: str
    report: str
    event: str
    outlet: str | None
    published: date | None
    type: str
    family: str
    consequence: bool
    trigger: str
    start: int
    earliest: date | None
    latest: date | None
    dated: bool
    place: Location | None
    placed: bool
    parties: tuple[Party, ...] = ()
    sites: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    hypothetical: bool = False
    headline: bool = False
    kin: tuple[str, ...] = ()
    lasting: bool = False
    before: tuple[date, date] | None = None
    names: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    lent_day: bool = False
    lent_place: bool = False
    credits: tuple[Credit, ...] = ()
    apart: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: dict[str, int] = {}  # noqa: RUF012  (msgspec copies it)
    told: str = ""
    again: str | None = None

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """Canonical order: earliest published first, then by document and place in it."""
        day = self.published.isoformat() if self.published else "9999"
        return (day, self.document, self.start, self.type, self.report)

    @property
    def days(self) -> int | None:
        """How many days the time spans; None where a bound is open."""
        if self.earliest is None or self.latest is None:
            return None
        return (self.latest - self.earliest).days + 1


def account_key(document: str, start: int, end: int, type: str) -> str:
    """The anchor of an account: its document, its trigger's offsets and its type."""
    return f"{document}:{start}-{end}:{type}"


def main_place(record: Record) -> Location | None:
    """The place that a report is mostly about: the one named most often, the first among equals.

    A dateline says where it was written, and counts only where nothing else does.
    """
    lines = [p for p in record.document.parts if p.kind is PartKind.DATELINE]
    places = [p for p in record.places if p.precision is not Precision.REGION]
    told = [p for p in places if not any(x.start <= p.span.start < x.end for x in lines)] or places
    if not told:
        return None
    named = Counter((p.geonameid or p.name) for p in told)
    most = max(named.values())
    return location(next(p for p in told if named[p.geonameid or p.name] == most))
