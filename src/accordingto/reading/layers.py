"""What the network sees in one document, in document offsets: the input of every later stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accordingto.record import TimeType
from accordingto.spans import Range


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity as the network found it; `label` is one of the nine newswire classes.

    Person, Location, Organization, NORP, Date, Misc, Money, Facility, Product.
    """

    at: Range
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution relation as the network found it: source, cue and contents, linked.

    `source` is the source mention, `None` where it is elided; `cue` is `None` for a bare quotation.
    Spans follow PolNeAR's conventions (contents keep their quotation marks and "that").
    """

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Layers:
    """All layers of one document. Words, sentences and paragraphs are in text order.

    `words` are regex tokens (runs of word characters, single punctuation marks); a sentence is a
    range of characters without white space at its edges; a paragraph never crosses a line break.
    """

    words: tuple[Range, ...]
    sentences: tuple[Range, ...]
    paragraphs: tuple[Range, ...]
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression (TimeML): its words, type, ISO 8601 value and bounds, `None` where left open."""

    at: Range
    type: TimeType
    value: str | None
    earliest: date | None
    latest: date | None
