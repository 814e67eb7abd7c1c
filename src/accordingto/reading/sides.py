"""Which side the report puts a body on: the state's, or that of those who bear arms against it or beside it.

“The army” and “the police” never mean a body that the report calls rebels, a militia or a paramilitary, and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from accordingto.reading.actors import before_name, read_phrase
from accordingto.reading.entities import Found, words_of
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range
from accordingto.vocabularies import sector_codes

STATE, ARMED = "state", "armed"
BEHIND = 60  # characters behind a name in which it is told what it is
TOLD_BEHIND = re.compile(
    r"\s+([a-z]+(?:\s(?:group|force|fighter|movement|coalition|faction)s?\b)?)|,\s+(?:an?|the)\s+([^,.;:\n“”\"]+)"
)
NO_STATE = frozenset(("front", "movement", "resistance"))  # last words of names that no body of a state bears


class Sides:
    """The sides of one document's bodies; `of` are the mentions of each entity."""

    def __init__(
        self, text: str, of: Mapping[int, Sequence[Range]], entities: Sequence[Found], lexicon: Lexicon
    ) -> None:
        self.text, self.of, self.entities, self.lexicon = text, of, entities, lexicon
        self._codes = {s.code: s.side for s in sector_codes()}
        self._known: dict[int, str | None] = {}
        self._phrases: dict[str, str | None] = {}

    def opposed(self, said: str, number: int) -> bool:
        """Whether a description is of the other side than an entity; never of a person."""
        if self.entities[number].kind is EntityKind.PERSON or self.of_phrase(said) not in (STATE, ARMED):
            return False
        return {self.of_phrase(said), self.of_entity(number)} == {STATE, ARMED}

    def apart(self, said: str, other: str) -> bool:
        """Whether two descriptions are of different sides."""
        return {self.of_phrase(said), self.of_phrase(other)} == {STATE, ARMED}

    def of_phrase(self, said: str) -> str | None:
        """The side of a description, where its noun alone tells: not of “the forces”, which may be anybody's."""
        if said not in self._phrases:
            found = read_phrase(self.lexicon.items(said), acts=False)
            self._phrases[said] = self._codes.get(found.sector or "") if found and not found.weak else None
        return self._phrases[said]

    def of_entity(self, number: int) -> str | None:
        """The side of a body, by its name, else by what the report calls it beside the name."""
        if number not in self._known:
            self._known[number] = self._named(number) or self._told(self.of.get(number, ()))
        return self._known[number]

    def _named(self, number: int) -> str | None:
        name = self.entities[number].name
        items = self.lexicon.items(name)
        found = read_phrase(items, acts=False, named=True)
        if found is not None and (side := self._codes.get(found.sector or "")):
            return side
        called = (i.entry.sector for i in items if i.entry is not None and i.entry.kind is Class.WORD)
        sides = [self._codes.get(s or "") for s in called]
        return ARMED if ARMED in sides or NO_STATE.intersection(words_of(name)[-1:]) else None

    def _told(self, places: Iterable[Range]) -> str | None:
        for at in places:
            line = self.text[self.text.rfind("\n", 0, at.start) + 1 : at.start]
            behind = TOLD_BEHIND.match(self.text, at.end, at.end + BEHIND)
            for words in (before_name(line, self.lexicon), behind and (behind[1] or behind[2])):
                found = read_phrase(self.lexicon.items(words), acts=False) if words else None
                if found is not None and self._codes.get(found.sector or "") == ARMED:
                    return ARMED
        return None
