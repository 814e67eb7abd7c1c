"""Place names to places: each toponym or facility of a document with its id, coordinates and their precision.

Toponyms are looked up (`toponyms`), chosen together (`placeranking`) and given a precision that says what the
coordinates stand for: a town stands for itself, a part of a country is a region, a school stands where its town
does, and only near it. What no table knows and nothing near it places keeps its name alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.reading.placeranking import Weights, choose, choose_as_told, kilometres, town_of
from accordingto.reading.tokens import lowered
from accordingto.reading.toponyms import SHARED_SEATS, Toponym, agreed, alike, look_up, words_for_people
from accordingto.record import Place, Precision
from accordingto.spans import Cover, Range, span
from accordingto.vocabularies import table

SMALL_TOWN = 60_000  # people, below which a place is not known around the world
FAR = 150.0  # km beyond which a village does not stand in the town or district named with it
REACH = 700  # characters back to the last settlement, for a facility whose sentence names none
LINK = re.compile(r"^\s*(?:,|\(|(?:,\s*)?(?:in|near|at|of|outside|inside)\b)[^.;\n“”]{0,45}$")
MISSION = re.compile(r"\b(?:embassy|consulate|high commission)\b", re.I)  # stands not where its name tells
PHYSICAL = re.compile(  # stand in no town
    r"\s(?:islands?|isles?|atoll|archipelago|reef|shoal|mountains?|hills?|river|lake|bay|valley|plateau|pass|canal|delta|desert|heights)$",
    re.I,
)
BESIDE = re.compile(r"\bneighbou?ring\s+$", re.I)
IN_LAND = re.compile(r"\b(?:in|across|inside)\s+(?:[a-z-]+\s+){0,2}$", re.I)  # "in neighbouring Kenya"
QUARTERS = 15  # characters behind a name in which it may be told that it is a town's quarter
QUARTER = re.compile(r"\b(?:neighbou?rhood|quarter|suburb|slum|borough|ward)s?\b", re.I)
LISTED = re.compile(
    r"(?:\s*+(?:,|\b(?:and|or|the|in|of|towns?|cit(?:y|ies)|villages?|camps?)\b|(?<![\w’'-])[A-Z][\w’'-]*+))+\s*+"
)  # each word whole: a run of capitals can be cut in only one way
ANOTHER = re.compile(r",?\s+and\s+(?:the\s+)?(?:\w+\s+of\s+)?[A-Z]|,\s+[A-Z][\w’'-]*,?\s+and\b")
WITHIN = re.compile(r"[A-Z][\w’'-]*(?:[ -][A-Z][\w’'-]*)*")


class FacilityWord(msgspec.Struct, frozen=True):
    """One row of `facility_words.csv`."""

    word: str
    feature: str


@dataclass(frozen=True, slots=True)
class Located:
    """A place name and what it means; all but `at` and `name` None where that is not known.

    `country` is ISO 3166-1 alpha-3, `feature` a GeoNames code, `score` the ranker's share of belief.
    """

    at: Range
    name: str
    geonameid: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    precision: Precision | None = None
    score: float | None = None


Placed = dict[Range, Located]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a report was written: the names of its datelines, and the countries of which it speaks anyway.

    One that speaks of none, or of neighbours alone, speaks of that of its dateline, but for the seats of bodies of many
    countries. `beside` are the countries that it calls neighbouring, `rulers` the names that mean governments.
    """

    at: frozenset[Range] = frozenset()
    lands: frozenset[str] = frozenset()
    beside: frozenset[Range] = frozenset()
    rulers: frozenset[Range] = frozenset()

    @classmethod
    def of(
        cls, text: str, placed: Placed, datelines: Sequence[Range], rulers: frozenset[Range], spoken: set[str]
    ) -> Written:
        """From the places that are known; `spoken` are the countries of which the text speaks by demonyms and the like."""
        at = frozenset(x for x in placed if any(d.overlaps(x) for d in datelines))
        known = [p for p in placed.values() if p.country]
        beside = {p.at: p.country for p in known if BESIDE.search(text, max(0, p.at.start - 15), p.at.start)}
        lands = spoken | {p.country for p in known if p.country and p.at not in at}
        here = {p.country for p in known if p.country and p.at in at and p.name not in SHARED_SEATS}
        return cls(at, frozenset(lands - {*beside.values()} or here), frozenset(beside), rulers)


class PlaceFinder:
    """Resolves the place names of documents; load it once. Not safe to share between threads.

    Args:
        gazetteer: a file of place names; None for the package's own.
        tables_dir: a folder with the user's own tables.

    Raises:
        FatalError: where the gazetteer is missing or can't be read.
        UserError: where a table of the user's is malformed.
    """

    def __init__(self, gazetteer: Path | None = None, *, tables_dir: Path | None = None) -> None:
        self.gazetteer = Gazetteer(gazetteer, tables_dir=tables_dir)
        self.weights = Weights.load(tables_dir)
        words = table("facility_words", FacilityWord, extra_dir=tables_dir)
        self._features = {lowered(w.word): w.feature for w in words}
        longest = sorted((re.escape(w.word) for w in words), key=len, reverse=True)
        self.facility = re.compile(rf"(?<![\w-])({'|'.join(longest)})(?![\w-])", re.I)

    def resolve(
        self,
        text: str,
        spans: Sequence[Range],
        *,
        around: Sequence[Range] = (),
        datelines: Sequence[Range] = (),
    ) -> list[Located]:
        """The places of `spans`, in their order; `around` are other place names that tell the context.

        `datelines` are the stretches that tell where the report was written, where unknown villages needn't lie.
        """
        asked = list(dict.fromkeys(spans))
        every = sorted({*asked, *around})
        toponyms = agreed(alike(text, [look_up(text, at, self.gazetteer) for at in every]))
        people = Counter(words_for_people(text, self.gazetteer))
        chosen = choose_as_told(toponyms, people, self.weights)
        placed = {
            t.at: located(t, town_of(t, *c), c[1])
            for t, c in zip(toponyms, chosen, strict=True)
            if c is not None
        }
        astray = {
            t.at
            for t in toponyms
            if t.at in placed and not t.told and (far_off(text, t, placed) or out_of_place(t, placed, people))
        }
        placed = {at: p for at, p in placed.items() if at not in astray}
        keys = {t.at: fold(t.name) for t in toponyms}
        written = Written.of(
            text, placed, datelines, rulers(placed, asked), lands_beside(toponyms, placed) | {*people}
        )
        for t in toponyms:
            if t.at not in placed:
                inside = None if MISSION.search(t.name) else self._named_inside(t, placed, keys, people)
                feature = self.feature_of(t.name)
                in_town = feature is not None or QUARTER.search(text[t.at.start : t.at.end + QUARTERS])
                apart = Written(lands=written.lands, rulers=written.rulers) if in_town else written
                holder = inside or standing_in(text, t.at, placed, feature=feature, written=apart)
                placed[t.at] = unknown(text, t, holder, feature)
        return [placed[at] for at in spans]

    def feature_of(self, name: str) -> str | None:
        """The feature code of a facility's name, by its last word that tells; None where none does."""
        found = self.facility.findall(name)
        return self._features[lowered(found[-1])] if found else None

    def _named_inside(
        self, toponym: Toponym, placed: Placed, keys: dict[Range, str], people: Counter[str]
    ) -> Located | None:
        """The town in a facility's own name ("Kabul airport"), where the document's places allow it."""
        whole = f" {fold(toponym.name)} "
        for at, p in placed.items():
            if len(keys[at]) > 3 and f" {keys[at]} " in whole and p.precision is not Precision.COUNTRY:
                return p
        here = {p.country for p in placed.values() if p.country}
        for m in WITHIN.finditer(toponym.name):
            words = m[0].split(" ")
            for count in range(len(words), 0, -1):
                name = " ".join(words[:count])
                if len(name) < 4 or name == toponym.name or self.facility.fullmatch(name):
                    continue
                found = Toponym(toponym.at, name, self.gazetteer.candidates(name))
                if known := same_name(found, placed):
                    return known
                near = [c for c in found.candidates if c.country in here and not remote(c, placed)]
                if big := [c for c in near if c.population > 20_000]:
                    best = choose([replace(found, candidates=tuple(big))], people, self.weights)[0]
                    return located(found, *best) if best else None
        return None


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


def remote(candidate: Candidate, placed: Placed) -> bool:
    """Whether a candidate lies far from every town that the document names in its country."""
    lat, lon = candidate.lat, candidate.lon or 0.0
    towns = [p for p in placed.values() if p.precision is Precision.EXACT and p.country == candidate.country]
    far = (lat is not None and kilometres(lat, lon, p.lat or 0.0, p.lon or 0.0) >= FAR for p in towns)
    return bool(towns) and all(far)


def far_off(text: str, toponym: Toponym, placed: Placed) -> bool:
    """Whether a place was found far from the one that it is said to stand in ("Kyoto's Fushimi Ward")."""
    mine = placed[toponym.at]
    if any(c.geonameid == mine.geonameid and (c.known or c.population > 300_000) for c in toponym.candidates):
        return False
    keys = {c.geonameid for c in toponym.within} - {None}
    holder = next((p for p in placed.values() if p.geonameid in keys and p.at != toponym.at), None)
    if holder is None or None in (mine.lat, holder.lat) or mine.precision is not Precision.EXACT:
        return False
    less = 2 * people_of(toponym.candidates, mine) <= people_of(toponym.within, holder)
    if (holder.precision is Precision.EXACT and not less) or beside_in_list(text, toponym.at, holder.at):
        return False  # "Khan Younis, Rafah": a list, for one town in another is much the smaller
    if mine.country != holder.country:
        return holder.precision is not Precision.COUNTRY or mine.country is not None
    if holder.precision is Precision.ADMIN1:
        return mine.admin1 != holder.admin1 and distance(mine, holder) > 2 * FAR
    return holder.precision in (Precision.EXACT, Precision.ADMIN2) and distance(mine, holder) > FAR


def people_of(candidates: Sequence[Candidate], found: Located) -> int:
    """How many people live in a place, 0 where that is not known."""
    return max((c.population for c in candidates if c.geonameid == found.geonameid), default=0)


def out_of_place(toponym: Toponym, placed: Placed, people: Counter[str]) -> bool:
    """Whether the only place found is a small one in a country of which nothing else in the report speaks.

    The file has no villages below 500 people and no quarters: the report most likely means one that it lacks.
    """
    mine = placed[toponym.at]
    small = [c for c in toponym.candidates if c.geonameid == mine.geonameid and c.population < SMALL_TOWN]
    if not small or small[0].known or small[0].is_country or small[0].feature == "PPLC":
        return False
    others = [p for p in placed.values() if p.name != mine.name and p.country]
    spoken = Counter(p.country for p in others) + people
    return not spoken[mine.country] and sum(spoken.values()) > 1


def distance(a: Located, b: Located) -> float:
    """Kilometres between two places that have coordinates."""
    return kilometres(a.lat or 0.0, a.lon or 0.0, b.lat or 0.0, b.lon or 0.0)


def same_name(toponym: Toponym, placed: Placed) -> Located | None:
    """The place that the document means elsewhere by one of a toponym's candidates."""
    keys = {c.geonameid for c in toponym.candidates} - {None}
    meant = (p for p in placed.values() if p.geonameid in keys and p.precision is not Precision.COUNTRY)
    return next(meant, None)


def standing_in(
    text: str, at: Range, placed: Placed, *, feature: str | None = None, written: Written = Written()
) -> Located | None:
    """The place that an unknown one stands in: named right after it, in its sentence, or last before it; else a country.

    A road, a railway or an airfield stands in no town named a sentence before, an airfield maybe in any country of which the report speaks.
    Where that was `written` lends its country at most, as a government does, but to no facility: "spying for Iran. At Memmingen airport".
    """
    others = [p for p in placed.values() if not p.at.overlaps(at) and p.country]
    named = [p for p in others if p.at not in written.rulers]
    if after := [p for p in named if p.at.start >= at.end and LINK.match(text[at.end : p.at.start])]:
        return min(after, key=lambda p: p.at.start)
    start = max(text.rfind("\n", 0, at.start), text.rfind(". ", 0, at.start)) + 1
    end = min((e for x in ("\n", ". ") if (e := text.find(x, at.end)) >= 0), default=len(text))
    land = land_told(text, Range(start, at.start), named, written)
    beside = {p.country for p in named if p.at in written.beside} - {land and land.country}
    told = [p for p in named if p.at not in written.at and p.country not in beside]
    towns = [p for p in told if p.precision in (Precision.EXACT, Precision.NEAR)]
    for some in (towns, [p for p in told if p.precision in (Precision.ADMIN1, Precision.ADMIN2)]):
        if inside := [p for p in some if start <= p.at.start < end]:
            return min(inside, key=lambda p: abs(p.at.start - at.start))
    near = [p for p in towns if land is None or p.country == land.country]
    before = [p for p in near if at.start - REACH <= p.at.start < at.start]
    if before and feature not in OUTSIDE:
        return max(before, key=lambda p: p.at.start)
    if feature and feature.startswith("AIR") and len(written.lands) > 1:  # an airfield
        return land
    here = [p for p in others if p.at in written.at and p.country in written.lands]
    rule = [] if feature else [p for p in others if p.at in written.rulers and p.at.start < start]
    so_far = [p for p in told if p.at.start < at.start] + rule
    return land or land_of(here, so_far, [p for p in told if p.at.start > at.start])


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
    """The country in which the words `before` a name say that they are: those of its sentence, or a neighbour in its paragraph."""
    line = text.rfind("\n", 0, before.end) + 1
    lands = [p for p in told if p.at in written.beside and line <= p.at.start < before.end]
    wide = [p for p in told if p.precision in (Precision.COUNTRY, Precision.REGION)]
    here = [p for p in wide if before.start <= p.at.start < before.end]
    lands += [p for p in here if IN_LAND.search(text, before.start, p.at.start)]
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


def land_alone(found: Located) -> Located:
    """A place's country without more: its middle is no place where anything happened."""
    return replace(found, geonameid=None, admin1=None, lat=None, lon=None, precision=None)


def place(text: str, found: Located, name: str) -> Place:
    """A place of the record; `name` is its id."""
    return Place(
        id=name,
        span=span(text, found.at),
        name=found.name,
        geonameid=found.geonameid,
        country=found.country,
        admin1=found.admin1,
        lat=found.lat,
        lon=found.lon,
        feature=found.feature,
        precision=found.precision,
        score=found.score,
    )


def located(toponym: Toponym, candidate: Candidate, score: float) -> Located:
    """A chosen candidate as a place."""
    return Located(
        at=toponym.at,
        name=candidate.name,
        geonameid=candidate.geonameid,
        country=candidate.country,
        admin1=candidate.name if candidate.feature == "ADM1" else candidate.admin1,
        lat=candidate.lat,
        lon=candidate.lon,
        feature=candidate.feature,
        precision=precision(candidate, toponym.part) if candidate.lat is not None else None,
        score=round(score, 3),
    )


def precision(candidate: Candidate, part: bool) -> Precision:
    """What a candidate's coordinates stand for; `part` for a part of it ("northern Gaza")."""
    if part and not candidate.is_settlement:
        return Precision.REGION
    if candidate.is_country:
        return Precision.COUNTRY
    if candidate.is_division:
        return Precision.ADMIN1 if candidate.feature == "ADM1" else Precision.ADMIN2
    if candidate.is_settlement:
        return Precision.NEAR if part else Precision.EXACT
    return Precision.EXACT if candidate.feature in SMALL else Precision.REGION


OUTSIDE = frozenset({"RD", "RR", "OILP", "AIRP", "AIRB", "AIRF"})
SMALL = frozenset(
    "AIRP AIRB AIRF BLDG BDG BRKS CMPRF CST DAM HSP HSTS HTL MFG MILB MSQE NVB PAL PRN PRT PS PSN SQR ST MT RSRT PASS".split()
)
