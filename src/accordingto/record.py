"""The record: what is known from one document.

These types are the JSON contract: field order, names and null rules are those of `docs/record.md`.
Every span's text equals `document.text[start:end]`. Unknown is `None`, never a guess; lists are empty
rather than absent; order is order of appearance.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from accordingto.spans import Span


class PartKind(StrEnum):
    """What a stretch of the printed report is."""

    HEADLINE = "headline"
    BODY = "body"
    BYLINE = "byline"
    DATELINE = "dateline"
    EDITOR_NOTE = "editor_note"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    FACILITY = "facility"
    GROUP = "group"
    WEAPON = "weapon"
    EVENT = "event"
    OTHER = "other"


class MentionForm(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class SourceKind(StrEnum):
    """Who or what speaks."""

    PERSON = "person"
    ORGANIZATION = "organization"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    MEDIA = "media"
    GROUP = "group"
    REPORTER = "reporter"


class Quotation(StrEnum):
    """How the words are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What the speaker does by speaking."""

    ASSERT = "assert"
    CONFIRM = "confirm"
    DENY = "deny"
    DECLINE = "decline"
    SILENT = "silent"
    UNCERTAIN = "uncertain"
    ACCUSE = "accuse"
    WARN = "warn"
    PROMISE = "promise"
    REQUEST = "request"
    REFUSE = "refuse"
    ESTIMATE = "estimate"
    ANNOUNCE = "announce"
    OPINE = "opine"
    ASK = "ask"


class Role(StrEnum):
    """A participant's part in an event."""

    ACTOR = "actor"
    TARGET = "target"
    RECIPIENT = "recipient"
    INSTRUMENT = "instrument"
    LOCATION = "location"


class Factuality(StrEnum):
    """Whether the event happened, and on whose word."""

    OCCURRED = "occurred"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"
    CONDITIONAL = "conditional"
    ONGOING = "ongoing"


class Measure(StrEnum):
    """What a figure measures."""

    KILLED = "killed"
    WOUNDED = "wounded"
    DETAINED = "detained"
    MISSING = "missing"
    DISPLACED = "displaced"
    REACHED = "reached"
    IN_NEED = "in_need"
    WEAPONS = "weapons"
    ATTACKS = "attacks"
    MONEY = "money"
    SHARE = "share"
    AGE = "age"
    DURATION = "duration"
    DISTANCE = "distance"
    OTHER = "other"


class TimeType(StrEnum):
    """The type of a time expression (TimeML)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """What a place's coordinates stand for."""

    EXACT = "exact"
    NEAR = "near"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    REGION = "region"


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of the record's types: frozen, slotted, strict about field names."""


class Part(Struct, frozen=True):
    """A stretch of the report and what it is; house notes and credits are never evidence."""

    kind: PartKind
    start: int
    end: int


class Document(Struct, frozen=True):
    """One report as it was given.

    `published` is `None` where neither the caller, the metadata nor the dateline tells: relative
    dates then stay open.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str = "en"
    parts: tuple[Part, ...] = ()


class Actor(Struct, frozen=True):
    """An entity as a party: ISO 3166-1 alpha-3 country and PLOVER/CAMEO sector."""

    country: str | None = None
    sector: str | None = None


class Mention(Span, frozen=True):
    """One mention of an entity."""

    form: MentionForm


class Entity(Struct, frozen=True):
    """Someone or something that the document names or describes.

    `name` is the fullest name used in the document; `affiliation` is an entity id.
    """

    id: str
    name: str
    kind: EntityKind
    description: str | None = None
    affiliation: str | None = None
    actor: Actor | None = None
    mentions: tuple[Mention, ...] = ()


class Source(Struct, frozen=True):
    """Who speaks. `entity` is `None` for anonymous sources, which carry their description."""

    id: str
    kind: SourceKind
    entity: str | None = None
    named: bool = False
    description: str | None = None
    anonymity_reason: Span | None = None


class SaidOn(Struct, frozen=True):
    """When something was said; `span` is the words that tell."""

    value: str
    span: Span


class Claim(Struct, frozen=True):
    """One attribution relation: a source, a cue and a content (Pareti 2015; PolNeAR 2018)."""

    id: str
    source: str
    source_span: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    quotation: Quotation
    act: Act
    said_on: SaidOn | None = None
    medium: str | None = None
    parent: str | None = None
    about: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """Where the claim begins: its first source, cue or content character."""
        return min(s.start for s in (self.source_span, self.cue, *self.content) if s is not None)


class Participant(Struct, frozen=True):
    """Someone or something in an event."""

    role: Role
    entity: str | None
    span: Span


class Event(Struct, frozen=True):
    """One thing that happened, may happen, or is denied."""

    id: str
    type: str
    trigger: Span
    participants: tuple[Participant, ...] = ()
    time: str | None = None
    place: str | None = None
    factuality: Factuality = Factuality.OCCURRED
    claims: tuple[str, ...] = ()


class Figure(Struct, frozen=True):
    """A number that counts or measures; low, best and high are what the words allow."""

    id: str
    span: Span
    low: float | int | None
    best: float | int | None
    high: float | int | None
    measure: Measure
    unit: str | None = None
    per: str | None = None
    ordinal: bool = False
    of: Span | None = None
    event: str | None = None
    place: str | None = None
    as_of: str | None = None
    cumulative: bool = False
    claims: tuple[str, ...] = ()
    caveats: tuple[Span, ...] = ()


class Time(Struct, frozen=True):
    """A time expression (TimeML) with its ISO 8601 value and bounds, `None` where left open."""

    id: str
    span: Span
    type: TimeType
    value: str | None
    earliest: date | None = None
    latest: date | None = None


class Place(Struct, frozen=True):
    """A place name resolved to GeoNames; `precision` says what the coordinates stand for."""

    id: str
    span: Span
    name: str
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    precision: Precision | None = None
    score: float | None = None


class Record(Struct, frozen=True):
    """All that is known from one document; see the module's docstring for its rules."""

    document: Document
    entities: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as plain dicts, lists, strings and numbers, ready for `json.dumps`."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return plain

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Record:
        """The record that `to_dict` gave.

        Raises:
            msgspec.ValidationError: where a field is missing, unknown or of the wrong type.
        """
        return msgspec.convert(data, cls)


def document_id(text: str, title: str | None, published: date | None) -> str:
    """The content hash of a document: SHA-256 over text, title and publication date, 16 bytes as hex."""
    canonical = "\x1f".join((text, title or "", published.isoformat() if published else ""))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:32]
