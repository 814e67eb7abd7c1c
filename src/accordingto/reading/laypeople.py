"""Whom a report tells to hold no office: witnesses, drivers, those beaten or detained, their kin, those who tell a court.

An office that nobody has named, “the minister”, “the judge”, isn't theirs, however near they spoke.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from accordingto.reading.antecedents import Antecedents
from accordingto.reading.entities import words_of
from accordingto.reading.layers import Happening, Layers
from accordingto.reading.offices import (
    HONORS,
    NEAR_ONE,
    STAND_INS,
    alike,
    cut_short,
    heads,
    holds_another,
    is_office,
    offices,
)
from accordingto.reading.pronouns import SINGULAR
from accordingto.reading.sourcekinds import DETERMINERS, head_end
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, Factuality
from accordingto.spans import Range

AGED = re.compile(r",\s+(?:aged\s+)?\d{1,2}(?=[,.;])")
CALLING = re.compile(r"(?<![\w-])([\w-]+)\s$")  # the word before a name: “Witness”
IN_COURT = re.compile(
    r"(?:,[^,.;\n]{1,60},)?\s+(?:\w+ly\s+)?(?:told|testified)\s+(?:(?:in|before|to|at)\s+)?(?:the|an?|that)\s+"
    r"(?:[\w-]+\s+){0,2}(?:court|jury|judges?|tribunal)\b"
)
OWN_KIN = re.compile(r"\b(?:his|her|my)((?:\s[\w-]+){1,3})", re.I)
HARM = frozenset("abuse attack detention killing".split())
TOLD = (Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED)
LONGEST = 30  # characters of a word before a name
DOCTOR = frozenset(("dr", "dr.", "doctor"))


class Laypeople:
    """The people of one document who hold no office; `places` are the mentions of each entity, by its number."""

    def __init__(
        self,
        text: str,
        people: Antecedents,
        places: dict[int, list[Range]],
        layers: Layers,
        tables: ReadingTables,
    ) -> None:
        self.text, self.people, self.places, self.layers, self.tables = text, people, places, layers, tables
        self.meant_by: dict[int, list[frozenset[str]]] = {}  # by whose words somebody was meant before
        self._surely: dict[int, bool] = {}
        self._harmed: set[int] | None = None

    def note(self, number: int | None, at: Range) -> None:
        """Note by which office a description means somebody."""
        body = self.text[slice(*at)]
        core = words_of(body[: head_end(body)])
        if number is not None and core and is_office(core[-1], self.tables.titles):
            self.meant_by.setdefault(number, []).append(frozenset(core) - DETERMINERS)

    def hold_another(
        self, number: int, core: Sequence[str], told: Iterable[Collection[str]], before: int
    ) -> bool:
        """Whether somebody holds no office such as a description names, as far as told before a place, or holds another one where somebody else
        is told to hold that: “President Ana Ruiz met General Luis Soto”. `told` as for `offices.holds_another`.
        """
        entity, titles, lay = self.people.entities[number], self.tables.titles, self.holds_none(number, core)
        if holds_another(entity, core, told, titles, lay=lay):
            return True
        words, own = alike(core[-1]), offices(entity)
        if not is_office(core[-1], titles) or not heads(entity) - HONORS or any(w in words for w in own):
            return False
        others = (
            e for n, e in enumerate(self.people.entities) if n != number and e.mentions[0][0].start < before
        )
        return not any(cut_short(w, core[-1]) for w in own) and any(heads(e) & set(words) for e in others)

    def holds_none(self, number: int, core: Sequence[str]) -> bool:
        """Whether somebody is told to hold no office such as a description names, or has already been meant by another."""
        if not is_office(core[-1], self.tables.titles):
            return self.surely(number)
        same = {w for said in core for w in alike(said)}
        another = any(same.isdisjoint(held) for held in self.meant_by.get(number, ()))
        return another or self.likely(number)

    def surely(self, number: int) -> bool:
        """Whether somebody is called by an occupation, tells a court what happened, or is hurt or held, or whose kin are, with no office told."""
        if number not in self._surely:
            self._surely[number] = self._told(number)
        return self._surely[number]

    def likely(self, number: int) -> bool:
        """The same, also of who is called a doctor or whose age stands behind the name."""
        entity = self.people.entities[number]
        doctor = any(t.lower() in DOCTOR for t in entity.titles)
        aged = any(AGED.match(self.text, m.end) for m in self.places.get(number, ()))
        return doctor or aged or self.surely(number)

    def _told(self, number: int) -> bool:
        entity, places = self.people.entities[number], self.places.get(number, ())
        if entity.kind is not EntityKind.PERSON:
            return False
        if any(self.occupied(m) or IN_COURT.match(self.text, m.end) for m in places):
            return True
        return not entity.titles and entity.description is None and number in self.harmed

    def occupied(self, name: Range) -> bool:
        """Whether a noun for a person that is no office stands right before a name: “Witness”, “Driver”."""
        found = CALLING.search(self.text, max(0, name.start - LONGEST), name.start)
        word = found[1] if found else ""
        plain = word.lower() in self.tables.persons and word.lower() not in STAND_INS
        return plain and self.tables.titles.fullmatch(word.title()) is None

    @property
    def harmed(self) -> set[int]:
        """Those who are told to have been hurt or held, or to have kin who were."""
        if self._harmed is None:
            self._harmed = {n for h in self.layers.happenings for n in self.hurt_by(h)}
        return self._harmed

    def hurt_by(self, h: Happening) -> Iterator[int]:
        """Whom a deed is done to, and whose kin."""
        if h.type not in HARM or h.factuality not in TOLD:
            return
        for part in h.parts:
            if part.role == "target" and self.text[slice(*part.at)].lower() in SINGULAR:
                yield from self.people.in_chain(part.at)
            elif part.role == "target":
                yield from (n for m, n in self.people.mentions if m == part.at)
        for a in self.layers.attributions:
            if a.source and any(c.contains(h.trigger) and self.tells_of_kin(c) for c in a.content):
                yield from (n for m, n in self.people.mentions if a.source.contains(m))

    def tells_of_kin(self, content: Range) -> bool:
        """Whether somebody's words tell of kin: “his brother”."""
        return any(NEAR_ONE.search(w) for m in OWN_KIN.finditer(self.text, *content) for w in m[1].split())
