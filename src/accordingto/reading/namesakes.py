"""Whom a name means that several persons of a report bear: “Lima” after Rosa Lima and Pedro Lima.

Narrowed down, in this order, by: an office before the name that one of them holds; “Mr” and “Mrs”; whose surname it is rather than a
given name; who is not called by the given name elsewhere; whom the network's chain names, unless that is somebody's kin and another fits.
Else it is who was last named in full, if that one spoke or did something there
and is nobody's kin (“his wife, Rosa Lima”), or who came first in the report.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from accordingto.reading.appositions import title_before
from accordingto.reading.belonging import affiliate
from accordingto.reading.constituents import head_among
from accordingto.reading.entities import Found, describe, part_of, words_of
from accordingto.reading.layers import Layers
from accordingto.reading.offices import HONORS, NEAR_ONE, heads, offices
from accordingto.reading.pronouns import HE, SHE, gender_fits
from accordingto.reading.tables import ReadingTables
from accordingto.record import EntityKind, MentionForm
from accordingto.spans import Range

KIN_BEFORE = re.compile(r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|whose)|['’]s?)\s(?:[\w-]+\s){0,2}([\w-]+),?\s$")
KIN_TOLD = re.compile(
    r"(?:\b(?:his|her|their)|['’]s?)\s(?:[\w-]+\s){0,2}([\w-]+)|(?:(?:the|an?)\s)?(?:[\w-]+\s)?([\w-]+) of (?:[A-Z]|the\b)"
)
LEADING = 48  # characters before a name in which it is told whose kin somebody is
SIR = frozenset(("mr", "sir", "lord"))
MADAM = frozenset(("mrs", "ms", "miss", "lady", "dame"))
SHORT = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "congressman": "representative",
    "congresswoman": "representative",
}
FAMILY_FIRST = re.compile(r"[^\W_]+ [^\W_]+-[^\W_]+")  # “Kim Yong-su”


def settle(text: str, entities: Sequence[Found], layers: Layers, tables: ReadingTables) -> None:
    """Give each name that several persons bear to the one whom it means, with what is told of that one beside it."""
    people = Namesakes(text, entities, layers, tables)
    for at, owner in sorted(((at, e) for e in entities for at in e.shared), key=lambda x: x[0]):
        meant = people.meant(at) or owner
        if meant is not owner:
            move(text, at, owner, meant)
        describe(text, at, meant, tables, layers)
    affiliate(text, entities, tables)


def move(text: str, at: Range, owner: Found, meant: Found) -> None:
    """Take a mention by name from one entity to another."""
    owner.mentions.remove((at, MentionForm.NAME))
    meant.mentions = sorted([*meant.mentions, (at, MentionForm.NAME)])
    for entity in (owner, meant):
        entity.names = {text[slice(*m)].casefold() for m, _ in entity.mentions}


class Namesakes:
    """The persons of a document, and whom a name means that several bear."""

    def __init__(self, text: str, entities: Sequence[Found], layers: Layers, tables: ReadingTables) -> None:
        self.text = text
        self.layers = layers
        self.tables = tables
        self.people = [e for e in entities if e.kind is EntityKind.PERSON]
        self.sources = [a.source for a in layers.attributions if a.source is not None]

    def meant(self, at: Range) -> Found | None:
        """The person whom a name alone means; None where nobody was named so in full before."""
        name = words_of(self.text[slice(*at)])
        full = [
            (m, e)
            for e in self.people
            if part_of(name, words_of(e.name))
            for m, _ in e.mentions
            if m.end <= at.start and len(words_of(self.text[slice(*m)])) > 1
        ]
        full.sort(key=lambda x: x[0])
        fits = list({id(e): e for _, e in full}.values())
        fits = self.surnamed(name, self.of_gender(at, self.entitled(at, fits)))
        if self.speaks(at):
            fits = [e for e in fits if any(e is f and self.speaks(m) for m, f in full)] or fits
        if len(fits) < 2:
            return fits[0] if fits else None
        fits = self.by_surname(name, fits)
        if len(fits) < 2:
            return fits[0]
        linked = [e for e in fits if any(e is f and self.linked(at, m) for m, f in full)]
        if len(linked) == 1 and not (self.kin(linked[0]) and not all(map(self.kin, fits))):
            return linked[0]
        last, newest = next((m, e) for m, e in reversed(full) if any(e is f for f in fits))
        return newest if self.leads(last) and not self.kin(newest) else fits[0]

    def entitled(self, at: Range, fits: list[Found]) -> list[Found]:
        """Those of some persons who bear the title that stands before a name; all where none does."""
        title = title_before(self.text, at.start, self.tables)
        words = words_of(title or "")
        if not words:
            return fits
        words = tuple(SHORT.get(w, w) for w in words)
        whole = [e for e in fits if set(words) <= {SHORT.get(w, w) for w in offices(e)}]
        return whole or [e for e in fits if words[-1] in {SHORT.get(w, w) for w in heads(e)}] or fits

    def by_surname(self, name: tuple[str, ...], fits: list[Found]) -> list[Found]:
        """Those of some persons who are nowhere called by their given name alone, whom a surname therefore means; all where each is, or
        where the report names the others more often in full ("Hillary" beside a Bill Clinton who is told of once).
        """
        called = [[words_of(self.text[slice(*m)]) for m, _ in e.mentions if m not in e.shared] for e in fits]
        given = [words_of(e.name)[:1] in {*c} - {name} for e, c in zip(fits, called, strict=True)]
        told: Counter[bool] = Counter()
        for g, c in zip(given, called, strict=True):
            told[g] += sum(len(words) > 1 for words in c)
        return (
            [e for e, g in zip(fits, given, strict=True) if not g]
            if told[False] >= max(told[True], 1)
            else fits
        )

    def of_gender(self, at: Range, fits: list[Found]) -> list[Found]:
        """Those of some persons whom “Mr” or “Mrs” before a name fits, or the pronouns that mean the same; all where neither tells."""
        title = words_of(title_before(self.text, at.start, self.tables) or "")[-1:]
        word = "he" if title and title[0] in SIR else "she" if title and title[0] in MADAM else None
        word = word or self.gender((at,))
        if word is None:
            return fits
        return [
            e
            for e in fits
            if gender_fits(word, e) and self.gender([m for m, _ in e.mentions]) in (None, word)
        ] or fits

    def gender(self, mentions: Iterable[Range]) -> str | None:
        """“he” or “she” where the pronouns for whom some mentions mean, by the network's chains, are all of one kind."""
        said = {w for m in mentions for w in self.chained(m)}
        he, she = bool(said & HE), bool(said & SHE)
        return None if he is she else "he" if he else "she"

    def chained(self, at: Range) -> Iterator[str]:
        """The head words of all phrases that mean what a name does, lower case."""
        for _, chain in self.layers.linked(at):
            yield from (self.text[slice(*p.head)].lower() for p in chain)

    def surnamed(self, name: tuple[str, ...], fits: list[Found]) -> list[Found]:
        """Those of some persons whose surname a word is; all where it is nobody's."""
        ends = [e for e in fits if words_of(e.name)[-1:] == name]
        first = [e for e in fits if words_of(e.name)[:1] == name and FAMILY_FIRST.fullmatch(e.name)]
        return [e for e in fits if e in ends or e in first] or fits

    def linked(self, at: Range, full: Range) -> bool:
        """Whether a chain of the network's holds two names."""
        return any(p.head.overlaps(full) for _, chain in self.layers.linked(at) for p in chain)

    def speaks(self, at: Range) -> bool:
        """Whether somebody is a source under a name."""
        return any(s.contains(at) and s.end <= at.end + 2 for s in self.sources)

    def leads(self, at: Range) -> bool:
        """Whether a report goes on with somebody whom it names in full: who speaks or does something there, or is met there in office."""
        if self.speaks(at):
            return True
        syntax, inside = self.layers.syntax, self.layers.words_in(at)
        if syntax is None or not inside:
            return False
        relation = syntax.relation(head_among(inside, syntax))
        if relation == "nsubj":
            return True
        title = words_of(title_before(self.text, at.start, self.tables) or "")
        return (
            relation in ("obj", "obl")
            and bool(title)
            and not HONORS.issuperset(title)
            and title[0] != "former"
        )

    def kin(self, entity: Found) -> bool:
        """Whether a person is told of as somebody's kin or friend: “his wife, Rosa Lima”, “Rosa Lima, the widow of …”."""
        told = [KIN_TOLD.match(entity.description or "")]
        told += [KIN_BEFORE.search(self.text, max(0, m.start - LEADING), m.start) for m, _ in entity.mentions]
        return any(m and any(g and NEAR_ONE.fullmatch(g) for g in m.groups()) for m in told)
