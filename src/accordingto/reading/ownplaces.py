"""In which places the own sentence of a mention says that its deed was, and when two mentions are in different ones.

A report of a round of attacks tells one after the other in the same words: "Shelling killed two people in Donetsk. Shelling killed six in
Kherson." Whether a town lies in a province no table tells here, so names alone part two mentions only where each counts its own people,
or where words part them ("elsewhere", "hours later"). A mention that is brought in as known is in another place only where that stands beside
its word ("the attack in Bokkos").
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accordingto.reading.lands import DIVISIONS, POSSESSIVE, SETTLEMENTS, SIDE
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.lexicon import Class, Lexicon, fold
from accordingto.spans import Range

DEEDS = frozenset(
    "strike bombing attack clash accident killing detention disaster protest politics meeting negotiation".split()
)
WIDE = frozenset(("disaster",))  # one may go over many towns, so that only lands part two
COUNTING = frozenset(("killed", "wounded"))
LOCATIVE = re.compile(
    rf"\b(?:in|at|near|on|of|outside|inside|around)\s+(?:(?:the|both)\s+)?(?:(?:[\w-]+\s+){{0,3}}(?:{SETTLEMENTS})\s+(?:of\s+)?)?$",
    re.I,
)
JOINED = re.compile(
    r"\s*(?:,|and|or|,\s*(?:and|or))\s+(?:the\s+)?", re.I
)  # between two names that stand in a row
PART_OF = re.compile(
    rf"(?:{SIDE}|part|parts|parts\s+of)\s+(?:the\s+)?$|(?:{DIVISIONS})\s+of\s+(?:the\s+)?$", re.I
)
DIVISION = re.compile(
    rf"(?:['’]s)?\s+(?:{DIVISIONS}|area|strip|valley|peninsula)\b|['’]s\s+(?:{SIDE}|north|south|east|west|cent)",
    re.I,
)
HELD = re.compile(  # what stands between a place and the one that holds it: ", a district of", " in", ", "
    rf"(?:,|,? (?:in|of)|,\s(?:an?|the)\s(?:[\w’'-]+\s){{1,5}}?(?:of|in|near|outside))\s(?:the\s)?(?:{SIDE}\s)*",
    re.I,
)
ANEW = re.compile(  # opens a sentence that tells of something else
    r"\W*(?:and\s+|but\s+)?(?:separately|elsewhere|(?:\w+\s+){0,3}(?:minutes|hours)\s+(?:later|earlier)|in\s+an?(?:other)?\s+separate\s+\w+|in\s+another\s+\w+)\b",
    re.I,
)
PEOPLE = re.compile(
    r"(?:(?:at|least|more|than|about|some|nearly|around|up|to)\s+)*"
    r"(\d[\d,.]*|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens|scores|hundreds|thousands)\b(?!-)",
    re.I,
)
BOUND = re.compile(r" (?:in|at|near|outside|on) (?:the )?")
COMMA = re.compile(r",\s+")
NEARBY = 60  # characters before a name in which the words stand that lead to it


@dataclass(frozen=True, slots=True)
class Where:
    """The places that a mention's own sentence names for it, folded, with those that the report says hold them; the lands among them.

    `wide`: one of them is more than a town, or may be. `counts`: how many its sentence says were killed, wounded or the deed done to.
    `definite`: it is named as known ("the strike"); `anew`: its sentence opens as one that tells of something else.
    """

    names: frozenset[str] = frozenset()
    holders: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    wide: bool = False
    counts: frozenset[tuple[str, str]] = frozenset()
    definite: bool = False
    anew: bool = False
    broad: bool = False  # a deed that goes over many towns
    bound: bool = (
        False  # a place stands right beside the trigger: "the attack in Bokkos", "the Bokkos attack"
    )
    start: int = 0  # of the trigger


NOWHERE = Where()


class Grounds:
    """Where the mentions of one document are, each by its own sentence."""

    def __init__(self, text: str, layers: Layers, lexicon: Lexicon | None) -> None:
        self._text, self._layers, self._lexicon = text, layers, lexicon
        self._names = [at for n in layers.names if n.label == "Location" for at in each(text, n.at)]
        self._misread = [n.at for n in layers.names if n.label == "Person"]
        self._holders = dict(holding(text, self._names))

    def of(self, mention: Happening, *, definite: bool, new: bool) -> Where:
        """The places of one mention; `definite` and `new` as it is brought in."""
        if mention.type not in DEEDS:
            return NOWHERE
        around = sentence_of(mention.trigger, self._layers.sentences)
        parts = [p for p in mention.parts if around.contains(p.at)]
        mine = [n for n in within(self._names, around) if self._is_own(n, mention, parts)]
        misread = within(self._misread, around)
        mine += [n for n in misread if any(p.role == "place" and p.at == n for p in parts)]
        names = [self._folded(n) for n in mine]
        lands = {c for n in mine if (c := self._land(n))}
        towns = [n for n in mine if not self._land(n)]
        return Where(
            frozenset(names),
            frozenset(h for n in names for h in self._holders.get(n, ())),
            frozenset(lands),
            not towns or any(map(self._is_wide, towns)),
            frozenset(self._counts(mention, around)),
            definite,
            not definite and bool(names or new) and ANEW.match(self._text, *around) is not None,
            mention.type in WIDE,
            any(self._is_beside(n, mention.trigger) for n in mine),
            mention.trigger.start,
        )

    def _is_own(self, name: Range, mention: Happening, parts: Sequence[Part]) -> bool:
        """Whether a name stands where the deed is said to be, or is what it is done to."""
        text, layers = self._text, self._layers
        for p in parts:
            if (p.role == "place" and p.at.overlaps(name)) or (p.role == "target" and p.at == name):
                return True
        led = LOCATIVE.search(text[max(0, name.start - NEARBY) : name.start])
        if led is None or layers.syntax is None:
            return False
        if any(p.role == "target" and p.at.contains(name) for p in parts):
            return not led[0].startswith("of")  # "a village in Plateau state", not "the governor of Zamfara"
        last = layers.word_at(name.end) - 1
        return layers.words[int(layers.syntax.heads[last])].overlaps(mention.trigger)

    def _is_beside(self, name: Range, trigger: Range) -> bool:
        before = self._text[trigger.end : name.start] if trigger.end < name.start else ""
        return BOUND.fullmatch(before) is not None or self._text[name.end : trigger.start] in (
            " ",
            "’s ",
            "'s ",
        )

    def _folded(self, name: Range) -> str:
        return fold(POSSESSIVE.sub("", self._text[slice(*name)]).removeprefix("the "))

    def _land(self, name: Range) -> str | None:
        """The code of the country that a name names whole."""
        items = self._lexicon.items(self._text[slice(*name)]) if self._lexicon else ()
        entry = items[0].entry if len(items) == 1 else None
        return entry.country if entry and entry.kind is Class.COUNTRY else None

    def _is_wide(self, name: Range) -> bool:
        """Whether the words beside a name say that it is no town: "Plateau state", "northern Gaza"."""
        before = self._text[max(0, name.start - NEARBY) : name.start]
        inside = re.search(
            rf"^(?:{SIDE})\s|\s(?:{DIVISIONS}|Strip|Bank|Valley)$", self._text[slice(*name)], re.I
        )
        return bool(inside or PART_OF.search(before) or DIVISION.match(self._text, name.end))

    def _counts(self, mention: Happening, around: Range) -> Iterator[tuple[str, str]]:
        """How many the mention's own sentence says were killed, wounded or the deed done to."""
        for p in mention.parts:
            if p.role in COUNTING | {"target"} and around.contains(p.at):
                m = PEOPLE.match(self._text, *p.at)
                if m and (p.role in COUNTING or m[1].casefold() not in ("a", "an")):
                    yield p.role, m[1].casefold()


def sentence_of(at: Range, sentences: Sequence[Range]) -> Range:
    """The sentence that holds a stretch, or that stretch where none does."""
    found = bisect_right(sentences, at.start, key=lambda s: s.start) - 1
    return sentences[found] if found >= 0 and sentences[found].contains(at) else at


def within(names: Sequence[Range], around: Range) -> list[Range]:
    """The names in a stretch; they are in text order."""
    first = bisect_left(names, around.start, key=lambda n: n.start)
    last = bisect_left(names, around.end, key=lambda n: n.start)
    return [n for n in names[first:last] if around.contains(n)]


def each(text: str, name: Range) -> Iterator[Range]:
    """The names in a stretch that is labelled as one: "Garissa, Kenya"."""
    start = name.start
    for m in COMMA.finditer(text, *name):
        yield Range(start, m.start())
        start = m.end()
    yield Range(start, name.end)


def holding(text: str, names: Sequence[Range]) -> Iterator[tuple[str, frozenset[str]]]:
    """For each name those of places that the text says hold it: "Salaheddine, a district of Aleppo", "Garissa, Kenya", "Dikwa in Borno"."""
    out: dict[str, set[str]] = {}
    for one, other in itertools.pairwise(names):
        if other.start - one.end < NEARBY and HELD.fullmatch(text, one.end, other.start):
            mine = fold(POSSESSIVE.sub("", text[slice(*one)]))
            out.setdefault(mine, set()).add(fold(POSSESSIVE.sub("", text[slice(*other)])))
    for mine, theirs in out.items():
        yield mine, frozenset(theirs)


def lie_apart(some: Sequence[Where], others: Sequence[Where]) -> bool:
    """Whether the mentions of two events are in different places: some two are, and no two are in one."""
    if any(a.names & b.names for a in some for b in others):
        return False
    return any(are_apart(a, b) for a in some for b in others)


def together(some: Sequence[Where]) -> Where:
    """The places of several mentions as those of one."""
    return Where(
        frozenset(n for w in some for n in w.names),
        frozenset(h for w in some for h in w.holders),
        wide=any(w.wide for w in some if w.names),
    )


def elsewhere(one: Where, other: Where) -> bool:
    """Whether two mentions name different places and the report doesn't say that one holds the other, however they are brought in."""
    if not (one.names and other.names) or one.names & other.names:
        return False
    return not (one.names & other.holders or other.names & one.holders)


def are_apart(one: Where, other: Where) -> bool:
    """Whether two mentions are in different places."""
    if not elsewhere(one, other):
        return False
    later = max(one, other, key=lambda w: w.start)
    if later.definite and not later.bound:
        return False
    lands = bool(one.lands and other.lands) and not one.lands & other.lands
    if lands:
        return True
    if one.broad or other.broad or one.wide or other.wide:
        return False
    counted = bool(one.counts and other.counts and not one.counts & other.counts)
    # "the attack in Bokkos" may name again that in Plateau state
    return counted or (later.anew and not later.definite)
