"""Which names of places in a sentence tell where its event was, though no part of the event marks them.

“In [Kor] nine were killed”, “[Kor], where nine were killed”, “a [Kor] rally”, “[Kor] is tense as nine were killed”; not “a man from [Kor] was
killed” nor “as [Lod] negotiates”. Such a name is brought in by a preposition of place or by “where”, hangs on the event's own word, or is
the subject of the clause on which the event's hangs; in a row of names the first tells for all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from accordingto.reading.constituents import climb, head_among, preposition
from accordingto.reading.lands import DIVISIONS, SETTLEMENTS, SIDE
from accordingto.reading.layers import Layers
from accordingto.record import Place, Precision
from accordingto.spans import Range

LEAD = 90  # characters before a name in which the words stand that lead to it
PARTS = (
    r"parts?|areas?|outskirts|heart|cent(?:er|re)|coasts?|edge|vicinity|streets?|banks?|north|south|east|west|"
    r"(?:north|south)(?:east|west)|interior|border|shores?|suburbs?|hills?|mountains?|island|peninsula|waters"
)
NO_WORD = (  # of those that may stand between a preposition and a name
    r"(?:of|to|from|for|with|by|on|in|at|and|or|that|which|who|as|but|than|least|all|once|first|last|order|response|case|addition|"
    r"fact|support|\w+day|\w*\d\w*|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
LOCATIVE = re.compile(
    r"\b(?:in|at|near|inside|outside|across|around|throughout|within|along|off|report(?:s|ed|ing)? from)\s+"
    rf"(?:(?!{NO_WORD})[\w’'.-]+\s+){{0,4}}?(?:(?:{SETTLEMENTS}|{DIVISIONS}|{SIDE}|{PARTS})\s+of\s+)?(?:the\s+)?$",
    re.I,
)
NOT_THERE = re.compile(  # in what it is the greatest, not where it is
    r"\b(?:largest|biggest|oldest|youngest|longest|highest|tallest|richest|poorest|strongest|smallest|greatest|busiest|finest|worst|best|most \w+)"
    r"\s+in\s+(?:the\s+)?(?:[\w’'-]+\s+)?$",
    re.I,
)
LOCALS = r"mayors?|governors?|prefects?|council|hospital|authorities|police|residents|villagers"  # who tell of their own place, or act there
OF_LOCALS = re.compile(rf"\b(?:{LOCALS})\s+of\s+(?:the\s+)?(?:(?:{SETTLEMENTS})\s+of\s+)?$", re.I)
ITS_LOCALS = re.compile(
    rf"(?:['’]s)?\s(?:(?:{DIVISIONS}|city|town|regional|provincial|deputy)\s)?(?:{LOCALS})\b", re.I
)
WAY = r"roads?|routes?|highways?|motorways?|railways?|lines?|bridges?|crossings?"
ALONG = re.compile(rf"\b(?:{WAY})\s+(?:from|to|between)\s+(?:the\s+)?$", re.I)
ON = re.compile(r"\bon\s+(?:the\s+)?$", re.I)
STREET = re.compile(r"\b(?:Avenue|Street|Square|Road|Bridge|Island|Highway|Boulevard)$")  # what people are on
VISITED = re.compile(
    rf"\bvisit(?:s|ed|ing)?\s+(?:the\s+)?(?:[\w’'-]+\s+)?(?:(?:{SETTLEMENTS})\s+of\s+)?$", re.I
)
ROW = re.compile(
    r"(?:,|,?\s+(?:and|or))\s+(?:the\s+)?(?:(?:in|at|near)\s+(?:the\s+)?)?", re.I
)  # from a name to the next one
WHERE = re.compile(r",?\s(?:and\s)?where\b[^;:]*", re.I)
OFFICE = re.compile(  # what somebody heads or is sent to
    r"\b(?:(?:ambassadors?|envoys?|consuls?|representatives?)\s+(?:of|to|for|from)|(?:governors?|mayors?|chiefs?|heads?|presidents?|ministers?|"
    r"premiers?|commanders?|commissioners?|bishops?|archbishops?|kings?|emirs?|sultans?|leaders?|chair(?:man|woman|person)?|directors?|"
    r"senators?|lawmakers?|judges?)\s+(?:of|for))\s+(?:the\s+)?"
    rf"(?:(?:{SIDE}|{SETTLEMENTS}|{DIVISIONS}|(?-i:[A-Z][\w’'-]*))\s+(?:of\s+)?(?:the\s+)?){{0,3}}$",
    re.I,
)
FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.I)
FREED = re.compile(
    r"\b(?:independence|freedom|secession|autonomy|liberation)\s+(?:\w+\s+){0,2}from\s+(?:the\s+)?$", re.I
)
SEAT = re.compile(
    rf"\s(?:provincial|state|regional|departmental|district|county)\s(?:{SETTLEMENTS})\s(?:of\s)?|,\sthe\s(?:[\w-]+\s){{0,2}}(?:{SETTLEMENTS})\sof\s",
    re.I,
)
INSIDE = re.compile(
    rf"(?:,|,?\sin)\s(?:the\s)?(?:(?:{SIDE})\s)*", re.I
)  # from a place to the one that holds it
DIVISION = re.compile(rf"(?:['’]s)?\s(?:{DIVISIONS})\b", re.I)
CHAIN = re.compile(
    rf"(?:,|,?\s+(?:and|or))\s+(?:(?:in|at|near)\s+)?(?:the\s+)?(?:(?:{DIVISIONS}|{SETTLEMENTS})\s+of\s+)?",
    re.I,
)  # from one name of a phrase to the next
HOLDING = frozenset((Precision.ADMIN1, Precision.ADMIN2, Precision.COUNTRY))
TOOK_PLACE = re.compile(
    r"(?:it|this|th(?:e|is|at) (?:incident|attack|event|accident|crime|meeting|protest|clash|blast|crash|tragedy)) "
    r"(?:also |reportedly |allegedly )?(?:occurred|happened|took place|unfolded)\b",
    re.I,
)
NAMED = frozenset(
    ("compound", "flat", "appos", "conj")
)  # from one word of a row of names or of a name up to the next
OWN = frozenset(("nmod", "obl", "compound", "amod"))
OWNING = frozenset(
    ("compound", "flat", "inner", "nmod")
)  # from the name of a place up to those who are of it
VILLAGE = "village"  # of which only the country is known
TOWN = "PPL"  # how the kinds of settlements begin, and of those the seats of states
SEAT_OF_STATE = "PPLC"
VISITS = re.compile(r"visit(?:s|ed|ing)?", re.I)
STEPS = 3
CLAUSES = frozenset(("acl", "advcl", "ccomp", "csubj"))  # that hold a name and not the mention
SUBORDINATE = frozenset(("acl", "advcl"))  # that hold a mention and not the name
BESIDE = frozenset(
    ("obl", "nmod", "appos", "compound", "flat", "inner", "conj")
)  # from a name up to what is told of a main verb
ASIDE = frozenset(
    ("advcl", "acl", "obl", "obj", "nmod", "mark")
)  # from a mention up to the verb that tells how its place is
OPENING = re.compile(r"\W*(?:[A-Z][a-z]+,? )?(?:in|at|near|outside|across)\s[^,]*", re.I)


class Locatives:
    """The names of places of one document: asked whether one tells where a mention of an event was."""

    def __init__(self, text: str, places: Sequence[Place], layers: Layers) -> None:
        self.text, self.layers = text, layers
        self.places = sorted(places, key=lambda p: p.span.start)
        self._led: dict[str, bool] = {}
        self._owners: dict[tuple[str, bool, bool], Range | bool] = {}
        for p in self.places:
            self._led[p.id] = self.leads(p)

    def leads(self, place: Place) -> bool:
        """Whether a preposition of place stands before a name, or before the first in a row of them, or it is of those who live there."""
        start = place.span.start
        lead = self.text[max(0, start - LEAD) : start]
        if LOCATIVE.search(lead):
            return NOT_THERE.search(lead) is None
        if ALONG.search(lead) or (STREET.search(place.span.text) and ON.search(lead)):
            return True
        if OF_LOCALS.search(lead) or ITS_LOCALS.match(self.text, place.span.end):
            return True
        if self.explains(place):
            return True
        i = bisect_left(self.places, start, key=lambda p: p.span.start) - 1
        one = self.places[i] if i >= 0 else None
        return (
            one is not None
            and self._led[one.id]
            and not self.acts(place)
            and ROW.fullmatch(self.text, one.span.end, start) is not None
        )

    def acts(self, place: Place) -> bool:
        """Whether a name is the subject of a clause: “In Goma, [Chad] urged calm”."""
        syntax = self.layers.syntax
        return (
            syntax is not None
            and syntax.relation(head_among(self.layers.words_in(place.span.range), syntax)) == "nsubj"
        )

    def explains(self, place: Place) -> bool:
        """Whether a name stands behind a noun that it names and that a preposition of place leads to: “at a jail, [Redgate]”."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        word = head_among(self.layers.words_in(place.span.range), syntax)
        noun = int(syntax.heads[word])
        return (
            syntax.relation(word) == "appos"
            and noun < word
            and LOCATIVE.search(self.text, max(0, words[noun].start - LEAD), words[noun].start) is not None
        )

    def tells(self, place: Place, mention: Range, around: Range, *, hung: frozenset[str], met: bool) -> bool:
        """Whether a name of the sentence `around` tells where a mention was.

        `hung` are prepositions by which it may hang on its word; people who `met` may have done so where they visited.
        """
        start = place.span.start
        if met and (VISITED.search(self.text, max(0, start - LEAD), start) or self.visited(place)):
            return True
        if self._led[place.id] and self.of_clause(place.span.range, mention, around):
            return True
        where = WHERE.match(self.text, place.span.end, around.end)
        return (where is not None and mention.start < where.end()) or self.hangs_on(place, mention) in hung

    def visited(self, place: Place) -> bool:
        """Whether a name is joined to the object of a visit: “visited the port and [Kor]”."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        word = head_among(self.layers.words_in(place.span.range), syntax)
        first = int(syntax.heads[word])
        return (
            syntax.relation(word) == "conj"
            and syntax.relation(first) == "obj"
            and VISITS.fullmatch(self.text, *words[int(syntax.heads[first])]) is not None
        )

    def is_scene(self, place: Place, mention: Range) -> bool:
        """Whether a name is itself the subject of the clause on which that of a mention hangs: “[Kor] remains poor, with nine killed”."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        name = head_among(self.layers.words_in(place.span.range), syntax)
        verb = int(syntax.heads[name])
        told = climb(syntax, head_among(self.layers.words_in(mention), syntax))
        if syntax.relation(name) != "nsubj" or verb not in told[1:] or words[verb].overlaps(mention):
            return False
        below = {syntax.relation(w) for w in told[: told.index(verb)]}
        return "advcl" in below and below <= ASIDE and name < verb and place.span.end <= mention.start

    def of_doers(self, place: Place, mention: Range) -> bool:
        """Whether a name of a town or province, no seat of a state, is that of the subject of a mention: “[Kor]'s council will meet”."""
        syntax = self.layers.syntax
        feature = place.feature or ""
        town = feature.startswith(TOWN) and feature != SEAT_OF_STATE
        if syntax is None or not (town or place.precision in (Precision.ADMIN1, Precision.ADMIN2)):
            return False
        word = head_among(self.layers.words_in(place.span.range), syntax)
        for _ in range(STEPS):
            if syntax.relation(word) not in OWNING or preposition(
                self.text, word, self.layers, syntax
            ) not in ("", "'", "’"):
                return False
            word = int(syntax.heads[word])
            if syntax.relation(word) == "nsubj":
                break
        deed = head_among(self.layers.words_in(mention), syntax)
        verb = int(syntax.heads[word])
        while deed != verb and syntax.relation(deed) == "xcomp":
            deed = int(syntax.heads[deed])
        return syntax.relation(word) == "nsubj" and deed == verb and word < verb

    def of_person(self, place: Place, mentions: Sequence[Range], *, office: bool, moved: bool) -> bool:
        """Whether a name tells what somebody heads or where those are from who take part: “removed as governor of [Kor]”, “troops from
        [Kor]”; people who `moved` did so from there, what hangs on the event's word is told of it, and `office` tells whether offices matter.
        """
        key = place.id, office, moved
        if key not in self._owners:
            self._owners[key] = self._owner(place, office=office, moved=moved)
        owner = self._owners[key]
        return owner if isinstance(owner, bool) else not any(owner.overlaps(m) for m in mentions)

    def _owner(self, place: Place, *, office: bool, moved: bool) -> Range | bool:
        """The word for those who are from a place, of whom a name may tell; True where it tells of somebody whatever the event, False where it doesn't."""
        first, start = self.first(place), place.span.start
        lead = self.text[max(0, start - LEAD) : start]
        if FREED.search(lead) or (office and OFFICE.search(lead)):
            return True
        syntax = self.layers.syntax
        if (
            moved
            or syntax is None
            or ALONG.search(self.text, max(0, first.span.start - LEAD), first.span.start)
            or not FROM.search(self.text, max(0, first.span.start - 12), first.span.start)
        ):
            return False
        word = head_among(self.layers.words_in(first.span.range), syntax)
        above = self.layers.words[int(syntax.heads[word])]
        return syntax.relation(word) == "nmod" and above

    def first(self, place: Place) -> Place:
        """The first of the row of names in which one stands: “[Kor], Farwa and Lam”."""
        i = bisect_left(self.places, place.span.start, key=lambda p: p.span.start)
        while i > 0 and ROW.fullmatch(self.text, self.places[i - 1].span.end, self.places[i].span.start):
            i -= 1
        return self.places[i] if i < len(self.places) else place

    def smallest(self, place: Place) -> Place:
        """The place inside of a province that stands right before or behind its name, if any: “the Lam provincial capital of [Kor]”, “at [Kor]
        in Lam district”.
        """
        behind = (p for p in self.places if p.span.start > place.span.end)
        if (one := next(behind, None)) and SEAT.fullmatch(self.text, place.span.end, one.span.start):
            return one
        before = [p for p in self.places if p.span.end <= place.span.start]
        holds = place.precision in HOLDING or DIVISION.match(self.text, place.span.end) is not None
        if (
            holds
            and before
            and self._led[before[-1].id]
            and INSIDE.fullmatch(self.text, before[-1].span.end, place.span.start)
        ):
            return before[-1]
        return place

    def told_next(self, around: Range) -> Place | None:
        """The place in a sentence that tells nothing but where what stands before it was: “This incident also occurred in [Kor]”."""
        if TOOK_PLACE.match(self.text, *around) is None:
            return None
        return next((p for p in self.places if around.contains(p.span.range) and self._led[p.id]), None)

    def led(self) -> frozenset[str]:
        """The ids of the places to which a preposition of place leads."""
        return frozenset(id for id, led in self._led.items() if led)

    def of_clause(self, at: Range, mention: Range, around: Range) -> bool:
        """Whether words for a place open the sentence or no clause but that of which is said or meant parts it from a mention."""
        syntax = self.layers.syntax
        if syntax is None or OPENING.fullmatch(self.text, around.start, at.start):
            return True
        name = climb(syntax, head_among(self.layers.words_in(at), syntax))
        told = climb(syntax, head_among(self.layers.words_in(mention), syntax))
        meeting = next((w for w in name if w in told), None)
        if meeting is None:
            return True
        mine = [syntax.relation(w) for w in name[: name.index(meeting)]]
        its = {syntax.relation(w) for w in told[: told.index(meeting)]}
        if mine and mine[-1] == "obl" and BESIDE.issuperset(mine):
            return True  # “lived in [Kor] until the day she died”
        return CLAUSES.isdisjoint(mine) and its.isdisjoint(SUBORDINATE)

    def hangs_on(self, place: Place, mention: Range) -> str | None:
        """The preposition by which a name hangs on a mention's word, empty where it is a part of it; None where it doesn't."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return None
        word = head_among(self.layers.words_in(place.span.range), syntax)
        for _ in range(STEPS):
            above = int(syntax.heads[word])
            if words[above].overlaps(mention):
                return (
                    preposition(self.text, word, self.layers, syntax)
                    if syntax.relation(word) in OWN
                    else None
                )
            if syntax.relation(word) not in NAMED:
                return None
            word = above
        return None


def foremost(text: str, places: Sequence[Place]) -> list[Place]:
    """The first name of each row or chain of names that grow larger among the places of one phrase: “[Lam Square], in the Old Town, district of
    Kor”; a country or what lies in none tells for no other.
    """
    out: list[Place] = []
    last: Place | None = None
    for p in sorted(places, key=lambda p: p.span.start):
        wide = out and out[-1].precision in (Precision.COUNTRY, Precision.REGION)
        if last is None or wide or not CHAIN.fullmatch(text, last.span.end, p.span.start):
            out.append(p)
        last = p
    return out


def size(place: Place, *, hit: bool) -> int:
    """How large a place is, roughly: the smallest named place is where something happened, but a building that was hit is hit in a town."""
    order = (
        *(("exact", "near") if hit else ("near", "exact")),
        "admin2",
        "admin1",
        VILLAGE,
        "country",
        "region",
    )
    known = place.precision or (VILLAGE if place.country else "")
    return order.index(known) if known in order else len(order)
