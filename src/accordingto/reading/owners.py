"""Which country, place or body an office or institution belongs to: “the governor of Gao”, “the German minister”."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from accordingto.reading.actors import ENDS, JOINS, read_phrase
from accordingto.reading.entities import Found, words_of
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range

NATIONAL = (Class.DEMONYM, Class.COUNTRY)
BEFORE, BEHIND = 70, 90  # characters beside a name in which its bearer's office may be told
EDGE = re.compile(r"[.!?][\s”\"]|[\n“”\"]")  # of a sentence or quotation
LINK = re.compile(
    r"\s+(of|in|at|for)\s+(?:(?!(?:said|says|told|who|which|that|and|to|\w+ed)\b)[a-z’'-]+\s+){0,4}"
)
OF_BODY = re.compile(r"\s+(?:of|for|at)\s+")
TO_NAME = re.compile(
    r"(?:\s+(?:of|in|at|for)(?:(?:\s+(?:the|of|and|[A-Z][\w’'-]*))+|\s+[^,.;]{1,50},))?,?\s+"
)
FROM_NAME = re.compile(r"(?:,|\s+(?:who\s+)?(?:is|was|as)\b|\s+\()\s*(?:[\w’'-]+\s+){0,5}")
FEW_WORDS = re.compile(r"(?:[\w’'.-]+\s+){0,4}$")
COUNTRY = "country of"
SORT = "sort of body"
OF_COUNTRIES = frozenset("president minister premier chancellor".split())  # offices that countries have
OWN_SORT = frozenset(("party", "union"))  # nouns of bodies that no sector tells apart, yet are no other's
Belonging = dict[str, set[str]]  # sorts of owners, and those told of each sort


class Owners:
    """Which country, place or body an office or institution of one document belongs to: “the governor of Gao”, “the German minister”.

    What it belongs to is kept apart from where it is and what it is for: a country's envoy for another one is not that one's envoy.
    """

    def __init__(
        self,
        text: str,
        mentions: Sequence[tuple[Range, int]],
        entities: Sequence[Found],
        lexicon: Lexicon,
    ) -> None:
        self.text, self.mentions, self.entities, self.lexicon = text, mentions, entities, lexicon

    def of_phrase(self, at: Range, head: str) -> Belonging:
        """What a description belongs to, by the names before and behind its head."""
        found = bounded(head).search(self.text, *at)
        if found is None:
            return {}
        return gathered((*self.ahead(at.start, found.start()), *self.behind(found.end(), at.end)))

    def of_bearer(self, names: Iterable[Range], head: str, until: int) -> Belonging:
        """What the office with a head belongs to that is told beside any of a person's names, none of it behind `until`."""
        return gathered(told for name in names for told in self.told_beside(name, bounded(head), until))

    def lands(self, owned: Belonging, head: str) -> set[str]:
        """The countries that an office with a head belongs to; of one that countries have, else its places, whose names no table has as countries'."""
        if owned.get(COUNTRY) or head not in OF_COUNTRIES:
            return owned.get(COUNTRY, set())
        return {self.seated(number) or number for number in owned.get("place", ())}

    def seated(self, number: str) -> str | None:
        """The country in whose name a seat of government is called: “Paris’s foreign minister”."""
        items = self.lexicon.items(self.entities[int(number)].name)
        entry = items[0].entry if len(items) == 1 else None
        return entry.country if entry is not None and entry.kind is Class.SEAT else None

    def told_beside(self, name: Range, head: re.Pattern[str], until: int) -> Iterator[tuple[str, str]]:
        """The owners of an office that is told right before a name or right behind it."""
        text = self.text
        first = max(0, name.start - BEFORE)
        first += max((m.end() for m in EDGE.finditer(text[first : name.start])), default=0)
        last = min(until, name.end + BEHIND)
        edge = EDGE.search(text, name.end, last)
        last = edge.start() if edge else last
        for m in head.finditer(text, first, name.start):
            if TO_NAME.fullmatch(text, m.end(), name.start):
                start = FEW_WORDS.search(text, first, m.start())
                yield from self.ahead(start.start() if start else m.start(), m.start())
                yield from self.behind(m.end(), name.start)
                yield from self.behind(name.end, last)
        after = head.search(text, name.end, last)
        if after and FROM_NAME.fullmatch(text, name.end, after.start()):
            yield from self.ahead(name.end, after.start())
            yield from self.behind(after.end(), last)

    def ahead(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The owners among the words before a head."""
        words = self.text[start:end]
        yield from ((COUNTRY, c) for c in nations_in(words, self.lexicon))
        yield from ((SORT, word) for word in sort_of(words, self.lexicon))
        for m, n in self.mentions[self.first(start) : self.first(end)]:
            if m.end <= end and self.entities[n].kind is not EntityKind.PERSON:
                yield from self.owner(m, n, "of")

    def behind(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The owner that is joined to a head by “of”, “in” or “for”."""
        if noun := OF_BODY.match(self.text, start, end):
            yield from ((SORT, word) for word in sort_of(self.text[noun.end() : end], self.lexicon))
        link = LINK.match(self.text, start, end)
        if link is None:
            return
        number = self.first(link.end(1))
        for m, n in self.mentions[number : number + 1]:
            if m.start <= link.end() and m.end <= end:
                yield from self.owner(m, n, "in" if link[1] == "at" else link[1])

    def first(self, start: int) -> int:
        """The number of the first mention that begins at a character or behind it."""
        return bisect_left(self.mentions, (Range(start, 0), 0))

    def owner(self, name: Range, number: int, link: str) -> Iterator[tuple[str, str]]:
        """A name as an owner: its sort, and the country or entity that it is."""
        words = self.text[slice(*name)]
        items, nations = self.lexicon.items(words), nations_in(words, self.lexicon)
        kind = self.entities[number].kind
        unknown = all(i.entry is None for i in items) and words.istitle() and len(items) == 1
        if len(items) == 1 and nations:
            yield from ((f"country {link}", country) for country in nations)
        elif kind in (EntityKind.ORGANIZATION, EntityKind.GROUP) and not unknown:
            words = " ".join(sorted(own_words(words_of(self.entities[number].name))))
            yield "body in" if link == "in" else "body", words
        elif link != "for" or kind is EntityKind.PLACE:  # a single name there is most often that of a place
            yield "place for" if link == "for" else "place", str(number)


def nations_in(text: str, lexicon: Lexicon) -> set[str]:
    """The countries that a text names, or whose people it names."""
    entries = (i.entry for i in lexicon.items(text))
    return {e.country for e in entries if e is not None and e.kind in NATIONAL and e.country}


def sort_of(text: str, lexicon: Lexicon) -> set[str]:
    """What sort of body a text begins with: its sector and its words, of which bodies of one sort share some; “the agency” may be any.

    A noun that many bodies share tells its sort only with another word: “the port authority”.
    """
    items = lexicon.items(text)
    core = items[: next((n for n, i in enumerate(items) if i.entry is None and i.key in ENDS), len(items))]
    words = own_words(t.key for i in core for t in i.tokens)
    found = read_phrase(core, acts=False) if core else None
    if found is not None and found.sector and (not found.weak or len(words) > 1):
        return words | {found.sector}
    return words if core and core[-1].key in OWN_SORT else set()


def own_words(words: Iterable[str]) -> set[str]:
    """The words of a body's name that tell it from others, in whatever order: “Interior Ministry”, “Ministry of the Interior”."""
    return {w for w in words if w not in ENDS and w not in JOINS and w != "the"}


@lru_cache(1 << 12)
def bounded(word: str) -> re.Pattern[str]:
    """A word as it stands in a text, in whatever case."""
    return re.compile(rf"\b{re.escape(word)}\b", re.I)


def gathered(told: Iterable[tuple[str, str]]) -> Belonging:
    """Owners by their sort."""
    out: Belonging = {}
    for sort, owner in told:
        out.setdefault(sort, set()).add(owner)
    return out


def shared(one: Belonging, other: Belonging) -> bool:
    """Whether two belong to the same country, place or body; bodies of the same sort may be two."""
    return any(one[sort] & other[sort] for sort in (one.keys() & other.keys()) - {SORT})


def elsewhere(one: Belonging, other: Belonging) -> bool:
    """Whether two differ in an owner of a sort that both tell: the governors of Gao and Kidal, spokesmen for the army and the police."""
    return any(not one[sort] & other[sort] for sort in one.keys() & other.keys())
