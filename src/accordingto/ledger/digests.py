"""What lists show of an incident, stored beside it: a tenth of the whole, read by the hundred on every page."""

from __future__ import annotations

from functools import cache

import msgspec

from accordingto.ledger.disputes import disputed
from accordingto.ledger.names import name_key

VOICES = 4  # sources that a list names


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where an incident was."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class Bounds(msgspec.Struct, frozen=True, array_like=True):
    """What the counts of a field come to."""

    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None


class Digest(msgspec.Struct, frozen=True, array_like=True):
    """An incident as lists show it.

    `clashing`: the fields in dispute, contested or denied by somebody, `denied` those that are only denied; `rival`: some accounts hold rival
    values, not only denials; `telling`: a place, a target or a count is told; `voices`: the first that speak, but for outlets
    in their own words; `speaking`: how many these are in all; `corrected`: the fields that somebody set, each with who had the last word.
    """

    id: str
    type: str
    title: str
    earliest: str | None
    latest: str | None
    place: Place | None
    state: str
    grading: str
    review: str
    reports: int
    origins: int
    killed: Bounds | None
    wounded: Bounds | None
    clashing: tuple[str, ...]
    rival: bool
    telling: bool
    voices: tuple[str, ...]
    denied: tuple[str, ...] = ()
    speaking: int = 0
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def contested(self) -> tuple[str, ...]:
        """The fields on which accounts clash."""
        return tuple(name for name in self.clashing if name not in self.denied)


class StoredPlace(msgspec.Struct, frozen=True):
    """A place as the whole incident has it."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None


class StoredValue(msgspec.Struct, frozen=True):
    """A value of a field."""

    value: str | float | int | bool | None = None
    stance: str = ""
    by: str | None = None
    kind: str = ""
    flat: bool = False


class StoredField(msgspec.Struct, frozen=True):
    """A field."""

    state: str
    values: tuple[StoredValue, ...] = ()
    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None


class StoredCorrection(msgspec.Struct, frozen=True):
    """A value that somebody set."""

    field: str
    value: str | int
    who: str


class StoredGrading(msgspec.Struct, frozen=True):
    """A grading."""

    value: str = ""


class Stored(msgspec.Struct, frozen=True):
    """A stored incident, as far as its digest needs it; what it lacks was not known when it was stored."""

    id: str
    type: str
    title: str
    earliest: str | None = None
    latest: str | None = None
    place: StoredPlace | None = None
    reports: tuple[msgspec.Raw, ...] = ()
    origins: int = 0
    state: str = ""
    grading: StoredGrading = StoredGrading()
    review: str = ""
    fields: dict[str, StoredField] = {}
    corrected: tuple[StoredCorrection, ...] = ()


@cache
def reading() -> tuple[msgspec.json.Decoder[Stored], msgspec.msgpack.Decoder[Digest]]:
    """Decoders of a whole incident and of a digest."""
    return msgspec.json.Decoder(Stored), msgspec.msgpack.Decoder(Digest)


def digest(body: bytes) -> bytes:
    """The digest of an incident as JSON."""
    i = reading()[0].decode(body)
    p = i.place
    voices: dict[str, str] = {}
    for name in (v.by for f in i.fields.values() for v in f.values if v.by and v.kind != "reporter"):
        voices.setdefault(name_key(name), name)
    made = Digest(
        id=i.id,
        type=i.type,
        title=i.title,
        earliest=i.earliest,
        latest=i.latest,
        place=Place(p.name, p.country, p.lat, p.lon, p.precision) if p else None,
        state=i.state,
        grading=i.grading.value,
        review=i.review,
        reports=len(i.reports),
        origins=i.origins,
        killed=bounds(i, "killed"),
        wounded=bounds(i, "wounded"),
        clashing=disputed(i.fields),
        rival=any(f.state == "contested" for f in i.fields.values()),
        telling=is_telling(i),
        voices=tuple(voices.values())[:VOICES],
        denied=tuple(name for name, f in i.fields.items() if f.state == "denied"),
        speaking=len(voices),
        corrected=tuple({c.field: c.who for c in i.corrected}.items()),
    )
    return msgspec.msgpack.encode(made)


def bounds(i: Stored, name: str) -> Bounds | None:
    """What a field's counts come to: the number that somebody set, else what the sources tell."""
    for number in (c.value for c in reversed(i.corrected) if c.field == name):
        return Bounds(number, number, number) if isinstance(number, int) else None
    field = i.fields.get(name)
    return Bounds(field.low, field.best, field.high) if field else None


def is_telling(incident: Stored) -> bool:
    """Whether a place, a target or a count is told."""
    asked = ("target", "killed", "wounded")
    return incident.place is not None or any(
        v.stance == "asserts" and v.value
        for name in asked
        if name in incident.fields
        for v in incident.fields[name].values
    )


def read_digest(body: bytes) -> Digest:
    """A digest from its row."""
    return reading()[1].decode(body)
