"""Which side the report puts a body on: the state's, or that of those who bear arms against it or beside it.

“The army” and “the police” never mean a body that the report calls rebels, a militia or a paramilitary, and the other way round; none of
these ever means a charity, a group for people's rights or a newspaper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from accordingto.reading.actors import before_name, read_phrase
from accordingto.reading.entities import Found, words_of
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range

STATE, ARMED = "state", "armed"
BESIDE = frozenset(("NGO", "MED"))  # sectors that watch the others and are on no side
BEHIND = 60  # characters behind a name in which it is told what it is
TOLD_BEHIND = re.compile(
    r"\s+([a-z]+(?:\s(?:group|force|fighter|movement|coalition|faction)s?\b)?)|,\s+(?:an?|the)\s+([^,.;:\n“”\"]+)"
)
NO_STATE = frozenset(("front", "movement", "resistance"))  # last words of names that no body of a state bears
ANY_SIDE = frozenset(("liberation", "resistance"))  # words of names that armies of states and of rebels bear


class Sides:
    """The sides of one document's bodies; `of` are the mentions of each entity."""

    def __init__(
        self, text: str, of: Mapping[int, Sequence[Range]], entities: Sequence[Found], lexicon: Lexicon
    ) -> None:
        self.text, self.of, self.entities, self.lexicon = text, of, entities, lexicon
        self._known: dict[int, str | None] = {}
        self._phrases: dict[str, str | None] = {}
        self._beside: dict[str, bool] = {}
        self._watching: dict[int, bool] = {}

    def opposed(self, said: str, number: int) -> bool:
        """Whether a description is of the other side than an entity, or one of them is on none; never of a person."""
        if self.entities[number].kind is EntityKind.PERSON:
            return False
        side = self.of_phrase(said)
        if side not in (STATE, ARMED):
            return self.beside(said) and self.of_entity(number) in (STATE, ARMED)
        theirs = self.of_entity(number)
        if {side, theirs} == {STATE, ARMED} or self.watches(number):
            return True
        return side == STATE and theirs is None and self.nobodys_army(self.entities[number].name)

    def nobodys_army(self, name: str) -> bool:
        """Whether a name is that of an army and of no country: “Lakeland Freedom Army”."""
        kinds = {i.entry.kind for i in self.lexicon.items(name) if i.entry is not None}
        return words_of(name)[-1:] == ("army",) and kinds.isdisjoint((Class.DEMONYM, Class.COUNTRY))

    def apart(self, said: str, other: str) -> bool:
        """Whether two descriptions are of different sides."""
        return {self.of_phrase(said), self.of_phrase(other)} == {STATE, ARMED}

    def beside(self, said: str) -> bool:
        """Whether a description or a name is that of a body that watches the sides."""
        if said not in self._beside:
            found = read_phrase(self.lexicon.items(said), acts=False)
            self._beside[said] = found is not None and not found.weak and found.sector in BESIDE
        return self._beside[said]

    def watches(self, number: int) -> bool:
        """Whether a body watches the sides: by its name, or as the report calls it ("the newspaper El Dia") where it has no side."""
        if number not in self._watching:
            told = self._told(self.of.get(number, ())) if self.of_entity(number) is None else ()
            self._watching[number] = self.beside(self.entities[number].name) or not BESIDE.isdisjoint(told)
        return self._watching[number]

    def of_phrase(self, said: str) -> str | None:
        """The side of a description, where its noun alone tells: not of “the forces”, which may be anybody's."""
        if said not in self._phrases:
            found = read_phrase(self.lexicon.items(said), acts=False)
            self._phrases[said] = None if found is None or found.weak else self._side(found.sector)
        return self._phrases[said]

    def of_entity(self, number: int) -> str | None:
        """The side of a body: of one that the tables know, else as the report calls it beside the name, else by the name's words."""
        if number not in self._known:
            name = self.entities[number].name
            found = read_phrase(self.lexicon.items(name), acts=False, named=True)
            side = self._side(found.sector) if found else None
            if found is None or side is None or found.sector not in self._sectors(name, Class.BODY):
                told = map(self._side, self._told(self.of.get(number, ())))
                side = ARMED if ARMED in told else self._by_words(name, side)
            self._known[number] = side
        return self._known[number]

    def _side(self, sector: str | None) -> str | None:
        return self.lexicon.sides.get(sector or "")

    def _sectors(self, name: str, kind: Class) -> set[str | None]:
        entries = (i.entry for i in self.lexicon.items(name))
        return {e.sector for e in entries if e is not None and e.kind is kind}

    def _by_words(self, name: str, head: str | None) -> str | None:
        words = words_of(name)
        armed = ARMED in map(self._side, self._sectors(name, Class.WORD))
        if head == STATE and (armed or ANY_SIDE.intersection(words)):
            return None
        return head or (ARMED if armed or NO_STATE.intersection(words[-1:]) else None)

    def _told(self, places: Iterable[Range]) -> Iterator[str | None]:
        """The sectors of what the report calls a body, right before and behind its name."""
        for at in places:
            line = self.text[self.text.rfind("\n", 0, at.start) + 1 : at.start]
            behind = TOLD_BEHIND.match(self.text, at.end, at.end + BEHIND)
            for words in (before_name(line, self.lexicon), behind and (behind[1] or behind[2])):
                found = read_phrase(self.lexicon.items(words), acts=False) if words else None
                if found is not None:
                    yield found.sector
