"""The sources of a document while they are being made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accordingto.reading.entities import Found, words_of
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.pronouns import FEMALE, MALE, by_words, gender_fits, sex_fits
from accordingto.reading.sourcekinds import DETERMINERS, plural
from accordingto.reading.statebodies import land_of
from accordingto.record import EntityKind, SourceKind
from accordingto.spans import Range

BODIES = frozenset((SourceKind.ORGANIZATION, SourceKind.MEDIA))  # that a definite description names


@dataclass(slots=True)
class Speaker:
    """A source; `entity` is a number in the document's entities."""

    kind: SourceKind
    entity: int | None
    named: bool
    description: str | None
    head: str
    words: frozenset[str]
    first: Range | None = None
    definite: bool = False  # told of as a body of its own: "the ministry", "Harbour police"
    several: bool = False  # two or more, each told of: "the mayor and her deputy"
    somebody: bool = False  # told of by a noun for one person: “Freedonia’s president”
    person: bool = False  # told of by a noun of the tables for a person or people, or a pronoun: “sources”, “she”, no “cancer”

    @property
    def unnamed(self) -> bool:
        """Whether it is one without a name of its own, that words tell of."""
        return self.entity is None and not self.several and bool(self.words)

    @property
    def is_told(self) -> bool:
        """Whether it is one without a name, told of by an article and a noun: “a nurse”."""
        return self.unnamed and not DETERMINERS.isdisjoint(words_of(self.description or "")[:1])

    @property
    def one(self) -> bool:
        """Whether it is one person without a name."""
        return self.person and not self.named and not self.several and not plural((self.head,))

    def of_sex(self, word: str) -> bool:
        """Whether its noun lets a pronoun mean it: “the policewoman” is no “he”."""
        return sex_fits(word, by_words(FEMALE, MALE, self.head))


class Heard:
    """The sources of one document that were heard so far, and those mentions, each with where it begins, in order of appearance."""

    def __init__(self, text: str, entities: Sequence[Found]) -> None:
        self.text, self.entities = text, entities
        self.found: list[Speaker] = []
        self.recent: list[tuple[int, Speaker]] = []
        self.inner: set[int] = set()  # where mentions begin that stand in another's words

    def of_entity(self, number: int, kind: SourceKind, at: Range) -> Speaker:
        """The one source of an entity."""
        known = next((s for s in self.found if s.entity == number), None)
        if known is None:
            entity = self.entities[number]
            known = Speaker(kind, number, True, entity.description, "", frozenset(words_of(entity.name)), at)
            self.found.append(known)
        return known

    def of_names(self, numbers: Sequence[int], at: Range) -> Speaker:
        """The one source that names make together, in whatever order."""
        meaning = frozenset(words_of(self.text[slice(*at)])) - DETERMINERS
        known = next((s for s in self.found if s.entity is None and s.words == meaning), None)
        if known is None:
            kinds = {self.entities[n].kind for n in numbers}
            crowd = kinds & {EntityKind.PERSON, EntityKind.GROUP}
            kind = SourceKind.GROUP if crowd else SourceKind.ORGANIZATION
            known = Speaker(kind, None, True, self.text[slice(*at)], "", meaning, at, True, bool(crowd))
            self.found.append(known)
        return known

    def topical(self, speaker: Speaker, at: Range) -> bool:
        """Whether a speaker's last word is in the paragraph of `at` or the one before."""
        here = self.text.rfind("\n", 0, at.start)
        line = self.text.rfind("\n", 0, len(self.text[: max(0, here)].rstrip()))
        last = max((p for p, s in self.recent if s is speaker), default=-1)
        return last >= line

    def can_be(self, word: str, speaker: Speaker) -> bool:
        """Whether a singular pronoun can mean a speaker."""
        if speaker.entity is not None and self.entities[speaker.entity].kind is EntityKind.PERSON:
            return self.fits(word, speaker.entity)
        return speaker.one and speaker.of_sex(word)

    def fits(self, word: str, number: int) -> bool:
        """Whether a pronoun can mean a person, an entity of that number."""
        return gender_fits(word, self.entities[number])


def of_country(found: Iterable[Speaker], body: str, head: str, bodies: Lexicon) -> Speaker | None:
    """The earlier source that is the same body of the same country: “Freedonia’s army”, “the Freedonian army”."""
    land = land_of(body, head, bodies)
    same = (s for s in found if s.head == head and s.description)
    return next((s for s in same if land and land_of(s.description or "", head, bodies) == land), None)


def so_opened(found: Iterable[Speaker], body: str) -> Speaker | None:
    """The earlier source without a name that was told of in the very same words."""
    said = body.casefold()
    return next((s for s in found if s.unnamed and (s.description or "").casefold() == said), None)
