"""In which place an unknown one stands: its anchor, named right after it, in its sentence or before, else a country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accordingto.reading.located import Located, Placed, land_alone
from accordingto.reading.toponyms import SHARED_SEATS, Toponym
from accordingto.record import Precision
from accordingto.spans import Cover, Range

REACH = 700  # characters back to the last settlement, for a facility whose sentence names none
LINK = re.compile(r"^\s*(?:,|\(|(?:,\s*)?(?:in|near|at|of|outside|inside)\b)[^.;\n“”]{0,45}$")
PHYSICAL = re.compile(  # stand in no town
    r"\s(?:islands?|isles?|atoll|archipelago|reef|shoal|mountains?|hills?|river|lake|bay|valley|plateau|pass|canal|delta|desert|heights)$",
    re.I,
)
BESIDE = re.compile(r"\bneighbou?ring\s+$", re.I)
IN_LAND = re.compile(r"\b(?:in|across|inside)\s+(?:[a-z-]+\s+){0,2}$", re.I)  # "in neighbouring Kenya"
LISTED = re.compile(
    r"(?:\s*+(?:,|\b(?:and|or|the|in|of|towns?|cit(?:y|ies)|villages?|camps?)\b|(?<![\w’'-])[A-Z][\w’'-]*+))+\s*+"
)  # each word whole: a run of capitals can be cut in only one way
ANOTHER = re.compile(r",?\s+and\s+(?:the\s+)?(?:\w+\s+of\s+)?[A-Z]|,\s+[A-Z][\w’'-]*,?\s+and\b")
SCENE = re.compile(r"\b(?:in|at|near|outside|across|inside)\s+(?:the\s+)?$", re.I)
TOLD = re.compile(r"\s*(?:,|\(|(?:,\s*)?(?:in|near|at|outside|inside)\b(?:\s+[a-z-]+){0,4})\s*")
HEARD = 2  # mentions of a name and demonyms of a country that count, however often it speaks of "Chinese officials"
SHARE = 3  # the part of the most often named country's names that another needs, to be one that the report is about
OWNED = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,2}")  # "Kenya's", "Kenya's coastal"
OF_A_BODY = (
    re.compile(  # "the University's Rift School": where the body sits, not where the report was before
        r"\b(?:University|Universities|College|Institute|Academy)(?:\s+of(?:\s+[A-Z][\w-]*)+)?['’]s?\s+$"
    )
)
HOLDING = frozenset(
    (None, "CMPRF")
)  # what holds another sentence's places, beside towns: an unknown village, a camp
OUTSIDE = frozenset({"RD", "RR", "OILP", "AIRP", "AIRB", "AIRF"})


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report was written: the names of its datelines, and the countries of which it speaks anyway.

    One that speaks of none, or of neighbours alone, speaks of that of its dateline, but for the seats of bodies of many
    countries. `beside` are the countries that it calls neighbouring, `rulers` the names that mean governments, `home` the countries that the
    report is about (see `home_lands`; None where nobody looked).
    """

    at: frozenset[Range] = frozenset()
    lands: frozenset[str] = frozenset()
    beside: frozenset[Range] = frozenset()
    rulers: frozenset[Range] = frozenset()
    home: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        text: str,
        placed: Placed,
        datelines: Sequence[Range],
        rulers: frozenset[Range],
        spoken: set[str],
        home: frozenset[str],
    ) -> Written:
        """From the places that are known; `spoken` are the countries of which the text speaks by demonyms and the like."""
        at = frozenset(x for x in placed if any(d.overlaps(x) for d in datelines))
        known = [p for p in placed.values() if p.country]
        beside = {p.at: p.country for p in known if BESIDE.search(text, max(0, p.at.start - 15), p.at.start)}
        lands = spoken | {p.country for p in known if p.country and p.at not in at}
        here = {p.country for p in known if p.country and p.at in at and p.name not in SHARED_SEATS}
        return cls(at, frozenset(lands - {*beside.values()} or here), frozenset(beside), rulers, home)

    def may_hold(self, text: str, found: Located, *, close: bool) -> bool:
        """Whether a place may be where an unknown one stands that nothing ties to it.

        In a land that the report is about, else only where it is said to be the scene of a `close` one's sentence ("In Lyon, …").
        """
        if self.home is None or found.country in self.home:
            return True
        return close and SCENE.search(text, max(0, found.at.start - 20), found.at.start) is not None


def unknown(text: str, toponym: Toponym, anchor: Located | None, feature: str | None) -> Located:
    """A place that the gazetteer does not know, by the one that it stands in, its `anchor`."""
    if anchor is None:
        return Located(toponym.at, toponym.name, feature=feature)
    if anchor.precision is Precision.COUNTRY:
        anchor = land_alone(anchor)
    settled = anchor.precision in (Precision.EXACT, Precision.NEAR)
    beside = settled and PHYSICAL.search(toponym.name) is not None
    beside = beside or (anchor.precision is Precision.EXACT and beside_in_list(text, toponym.at, anchor.at))
    return replace(
        anchor,
        at=toponym.at,
        name=toponym.name,
        geonameid=None,
        feature=feature,
        precision=Precision.REGION if beside else Precision.NEAR if settled else anchor.precision,
        score=anchor.score and round(anchor.score * 0.8, 3),
    )


def standing_in(
    text: str, at: Range, placed: Placed, *, feature: str | None = None, written: Written = Written()
) -> Located | None:
    """The place that an unknown one stands in: named right after it, in its sentence, or last before it; else a country.

    A road, a railway or an airfield stands in no town named a sentence before, an airfield maybe in any country of which the report speaks;
    nothing stands in another sentence's facility or park, nor what a university owns in another sentence's town.
    Where that was `written` lends its country at most, as a government does, but to no facility: "spying for Iran. At Memmingen airport".
    """
    others = [p for p in placed.values() if not p.at.overlaps(at) and p.country]
    named = [p for p in others if p.at not in written.rulers]
    if after := linked(text, at, named, written):
        return after
    start = max(text.rfind("\n", 0, at.start), text.rfind(". ", 0, at.start)) + 1
    end = min((e for x in ("\n", ". ") if (e := text.find(x, at.end)) >= 0), default=len(text))
    land = land_told(text, Range(start, at.start), named, written)
    beside = {p.country for p in named if p.at in written.beside} - {land and land.country}
    told = [p for p in named if p.at not in written.at and p.country not in beside]
    here = [p for p in told if start <= p.at.start < end and p.precision is not Precision.COUNTRY]
    close = [p for p in here if written.may_hold(text, p, close=True)]
    if land is not None and OWNED.fullmatch(text, land.at.end, at.start):
        close = [p for p in close if p.country == land.country]
    if here and not close and any(p.precision is Precision.EXACT for p in here):
        return land  # in a sentence on places abroad
    told = [p for p in told if p.precision is Precision.COUNTRY or written.may_hold(text, p, close=False)]
    for some in ((Precision.EXACT, Precision.NEAR), (Precision.ADMIN1, Precision.ADMIN2)):
        if inside := [p for p in close if p.precision in some]:
            return min(inside, key=lambda p: abs(p.at.start - at.start))
    towns = [p for p in told if p.feature in HOLDING or (p.feature or "").startswith("PPL")]
    towns = [p for p in towns if p.precision in (Precision.EXACT, Precision.NEAR)]
    near = [p for p in towns if land is None or p.country == land.country]
    before = [p for p in near if at.start - REACH <= p.at.start < at.start]
    owned = OF_A_BODY.search(text, max(0, at.start - 80), at.start) is not None
    if before and feature not in OUTSIDE and not owned:
        return max(before, key=lambda p: p.at.start)
    airfield = feature is not None and feature.startswith("AIR")
    if (airfield or owned) and len(written.lands) > 1:
        return land
    here = [p for p in others if p.at in written.at and p.country in written.lands]
    rule = [] if feature else [p for p in others if p.at in written.rulers and p.at.start < start]
    so_far = [p for p in told if p.at.start < at.start] + rule
    return land or land_of(here, so_far, [p for p in told if p.at.start > at.start])


def at_town(text: str, at: Range, placed: Placed) -> Located | None:
    """The town at which a site's name says that it is, whatever else that names: “the State University of Freedonia at Lakeside”."""
    towns = (p for other, p in placed.items() if other.start == at.end + len(" at "))
    found = next(towns, None) if text.startswith(" at ", at.end) else None
    return found if found is not None and found.precision is Precision.EXACT else None


def linked(text: str, at: Range, named: Sequence[Located], written: Written) -> Located | None:
    """The place that is named right behind another as the one in which it stands; behind a comma no town abroad."""
    after = [p for p in named if p.at.start >= at.end and LINK.match(text[at.end : p.at.start])]
    found = min(after, key=lambda p: p.at.start, default=None)
    if found is None or text[at.end] != "," or found.precision is not Precision.EXACT:
        return found
    return found if written.may_hold(text, found, close=True) else None


def told_in(text: str, at: Range, placed: Placed, written: Written) -> bool:
    """Whether the words behind a name tell in which place it stands: not the next of a list."""
    named = [p for p in placed.values() if p.country and p.at not in written.rulers]
    found = linked(text, at, named, written)
    right = found is not None and TOLD.fullmatch(text, at.end, found.at.start) is not None
    return right and found is not None and not beside_in_list(text, at, found.at)


def home_lands(placed: Placed, people: Counter[str], datelines: Sequence[Range]) -> frozenset[str]:
    """The countries that a report is about: that of its dateline, those of many of its names and demonyms.

    A country with one name in it is only where no other has two.
    """
    names = Counter((p.name, p.country) for p in placed.values() if p.country)
    spoken: Counter[str] = Counter()
    for (_, land), n in names.items():
        spoken[land or ""] += min(n, HEARD)
    spoken += Counter({land: min(n, HEARD) for land, n in people.items()})
    most = max(spoken.values(), default=0)
    wrote = {p.country for p in placed.values() if p.country and any(d.overlaps(p.at) for d in datelines)}
    if wrote and most < HEARD:
        return frozenset(wrote)
    return frozenset(wrote | {c for c, n in spoken.items() if n == most or (n > 1 and n * SHARE >= most)})


def rulers(placed: Placed, asked: Sequence[Range]) -> frozenset[Range]:
    """The names of countries and capitals that are used as no places: governments ("Kyiv rejected the offer")."""
    cover = Cover(asked)
    known = [p for p in placed.values() if not cover.touching(p.at)]
    return frozenset(p.at for p in known if p.precision is Precision.COUNTRY or p.feature == "PPLC")


def lands_beside(toponyms: Sequence[Toponym], placed: Placed) -> set[str]:
    """The countries that are named right behind a place in them, which "BAMAKO, March 18" does not lie in."""
    pairs = ((c.country, placed.get(t.at)) for t in toponyms for c in t.within)
    return {land for land, p in pairs if land and (p is None or p.country == land)}


def land_told(text: str, before: Range, told: Sequence[Located], written: Written) -> Located | None:
    """The country in which the words `before` a name say that they are: those of its sentence, one that owns it, or a neighbour in its paragraph."""
    line = text.rfind("\n", 0, before.end) + 1
    lands = [p for p in told if p.at in written.beside and line <= p.at.start < before.end]
    wide = [p for p in told if p.precision in (Precision.COUNTRY, Precision.REGION)]
    here = [p for p in wide if before.start <= p.at.start < before.end]
    lands += [
        p
        for p in here
        if IN_LAND.search(text, before.start, p.at.start) or OWNED.fullmatch(text, p.at.end, before.end)
    ]
    return max(lands, key=lambda p: p.at.start, default=None)


def beside_in_list(text: str, one: Range, other: Range) -> bool:
    """Whether two places are named as of one list: "the town of A, B and the city of C"."""
    first, last = sorted((one, other))
    if not LISTED.fullmatch(text, first.end, max(first.end, last.start)):
        return False
    return "nd" in text[first.end : last.start] or ANOTHER.match(text, last.end) is not None


def land_of(here: Sequence[Located], told: Sequence[Located], later: Sequence[Located]) -> Located | None:
    """The country that most places lie in where a report was written and was `told` so far; else the only one told `later`."""
    so_far, lands = Counter(p.country for p in (*here, *told)), {p.country for p in here}
    everywhere = so_far + Counter(p.country for p in later)
    most = max(so_far, key=lambda c: (so_far[c], c in lands, everywhere[c]), default=None)
    code = most or (next(iter(everywhere)) if len(everywhere) == 1 else None)
    return next((land_alone(p) for p in (*here, *told, *later) if code and p.country == code), None)
