"""What the network sees in one document, in document offsets: the input of every later stage."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.acts import Telling
from accordingto.reading.kinds import Kinds
from accordingto.reading.standing import Standing
from accordingto.record import Factuality, TimeType
from accordingto.spans import Cover, Range


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


@dataclass(frozen=True, slots=True, eq=False)
class Syntax:
    """Parts of speech and trees (Universal Dependencies), each array (words,).

    `pos` are numbers of `pos_tags`, `relations` of `relation_tags` in the model's decoder; `heads` are word numbers, a
    root is its own head. Words beyond the first of one syntactic word hang on it by `inner`. `labels` are the relations' names
    by their numbers.
    """

    pos: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    labels: tuple[str, ...] = ()

    def relation(self, word: int) -> str:
        """A word's relation to its head, without its subtype; none where the labels are not known."""
        return self.labels[int(self.relations[word])].split(":")[0] if self.labels else ""


@dataclass(frozen=True, slots=True)
class Argument:
    """A PropBank argument: its label ("ARG0", "ARGM-TMP", "C-ARG1") and its words."""

    label: str
    at: Range


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate word with its arguments (PropBank)."""

    predicate: Range
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that mentions something: its words and its head word."""

    at: Range
    head: Range


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase with its role in an event; `killed` and `wounded` are counting phrases, `time` a time phrase."""

    role: str
    at: Range
    score: float


@dataclass(frozen=True, slots=True)
class Happening:
    """A mention of an event: trigger, type, factuality as its words tell, participants.

    `arguments` are those of the trigger as a predicate of PropBank. `again` are scores that it names the event of earlier
    happenings of the document again, the one before it first; above 0 it likely does.
    """

    trigger: Range
    type: str
    factuality: Factuality
    parts: tuple[Part, ...]
    arguments: tuple[Argument, ...]
    again: tuple[float, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Layers:
    """All layers of one document. Words, sentences and paragraphs are in text order.

    `words` are regex tokens (runs of word characters, single punctuation marks); a sentence is a
    range of characters without white space at its edges; a paragraph never crosses a line break.
    `inner` are attributions inside of the contents of `attributions`: what sources say that others say.
    `chains` are phrases that mean one thing, at least two each. `syntax` is None and `frames` are empty
    where they were not asked for (`Wanted`). `turns` are the labels of a transcript, each with what is said behind it. `telling` judges claims, `standing` names of places and `kinds` sources; None where the
    model has no head for them.
    """

    words: tuple[Range, ...]
    sentences: tuple[Range, ...]
    paragraphs: tuple[Range, ...]
    names: tuple[Name, ...]
    attributions: tuple[Attribution, ...]
    inner: tuple[Attribution, ...] = ()
    syntax: Syntax | None = None
    frames: tuple[Frame, ...] = ()
    chains: tuple[tuple[Phrase, ...], ...] = ()
    happenings: tuple[Happening, ...] = ()
    turns: tuple[tuple[Range, Range], ...] = ()
    telling: Telling | None = None
    standing: Standing | None = None
    kinds: Kinds | None = None
    _starts: list[int] = field(init=False, repr=False, compare=False)
    _linked: list[tuple[Phrase, tuple[Phrase, ...]]] = field(init=False, repr=False, compare=False)
    _heads: Cover = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        linked = [(p, chain) for chain in self.chains for p in chain]
        object.__setattr__(self, "_starts", [w.start for w in self.words])
        object.__setattr__(self, "_linked", linked)
        object.__setattr__(self, "_heads", Cover([p.head for p, _ in linked]))

    def with_attributions(self, attributions: Iterable[Attribution]) -> Layers:
        """The same layers with other attributions; what is looked up in the rest is shared."""
        out = copy(self)
        object.__setattr__(out, "attributions", tuple(attributions))
        return out

    def word_at(self, at: int) -> int:
        """The number of the first word that begins at a character or behind it."""
        return bisect_left(self._starts, at)

    def linked(self, at: Range) -> Iterator[tuple[Phrase, tuple[Phrase, ...]]]:
        """The phrases whose head word overlaps a stretch, each with its chain, in the order of the chains."""
        return (self._linked[k] for k in self._heads.touching(at))

    def words_in(self, at: Range) -> range:
        """The numbers of the words that begin in a stretch."""
        return range(self.word_at(at.start), self.word_at(at.end))


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression (TimeML): its words, type, ISO 8601 value and bounds, `None` where left open."""

    at: Range
    type: TimeType
    value: str | None
    earliest: date | None
    latest: date | None
