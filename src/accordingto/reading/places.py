"""Place names to places: each toponym or facility of a document with its id, coordinates and their precision.

Toponyms are looked up (`toponyms`), chosen together (`placeranking`) and given a precision that says what the
coordinates stand for: a town stands for itself, a part of a country is a region, a school stands where its town
does, and only near it. What no table knows and nothing near it places keeps its name alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from accordingto.placefile import fold
from accordingto.reading.anchors import (
    PHYSICAL,
    Written,
    at_town,
    beside_in_list,
    home_lands,
    lands_beside,
    rulers,
    standing_in,
    told_in,
    unknown,
)
from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.reading.located import SMALL, Located, Placed, distance, land_alone, located
from accordingto.reading.placeranking import Weights, choose, choose_as_told, kilometres, town_of
from accordingto.reading.tokens import lowered
from accordingto.reading.toponyms import COMPASS, Toponym, agreed, alike, look_up, words_for_people
from accordingto.record import Place, Precision
from accordingto.spans import Range, span
from accordingto.vocabularies import table

SMALL_TOWN = 60_000  # people, below which a place is not known around the world
SMALLEST = (
    500  # people of a town that a report on its land may mean by a name that a larger one elsewhere bears
)
MANY = 4  # names of a land that a report is on, in which two villages abroad that nothing else tells of are others
CITY = 600_000  # people, below which a square or a camp of that name is none
FAMED = 2_000_000  # people of a city whose name in that of a facility tells its land
BY_NAME_ALONE = re.compile(  # called after places anywhere
    r"\b(?:hotel|street|road|avenue|square|park|restaurant|caf[eé]|bar|club|cinema|theatre|theater|bridge|gate|tower|plaza|house|mall|market|stadium|camp|base|fort|hill)\b",
    re.I,
)
CAPITAL = re.compile(r"\b[A-Z][a-z]{3,}\b(?!-)")
SIDE_BEFORE = re.compile(r"\b(?:North|South|East|West|New|Port|San|Fort)\s$")
SQUARE = re.compile(r"\b(?:square|plaza|park|avenue|avenida|street|boulevard|roundabout)\b", re.I)
CAMP = re.compile(
    r"\s+(?:squatter camp|informal settlement|(?:refugee|displacement|IDP) camp|slum|township)\b"
)
FAR = 150.0  # km beyond which a village does not stand in the town or district named with it
MISSION = re.compile(r"\b(?:embassy|consulate|high commission)\b", re.I)  # stands not where its name tells
QUARTERS = 15  # characters behind a name in which it may be told that it is a town's quarter
QUARTER = re.compile(r"\b(?:neighbou?rhood|quarter|suburb|slum|borough|ward)s?\b", re.I)
WITHIN = re.compile(r"[A-Z][\w’'-]*(?:[ -][A-Z][\w’'-]*)*")


class FacilityWord(msgspec.Struct, frozen=True):
    """One row of `facility_words.csv`."""

    word: str
    feature: str


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
        placed = without_lone_villages(toponyms, placed, people, datelines)
        sides = {t.at for t in toponyms if t.compass}
        home = home_lands({at: p for at, p in placed.items() if at not in sides}, people, datelines)
        placed |= self._brought_home(toponyms, placed, people, home)
        astray = {
            t.at
            for t in toponyms
            if t.at in placed
            and not t.told
            and (
                far_off(text, t, placed)
                or out_of_place(text, t, placed, people)
                or (t.compass and home and placed[t.at].country not in home)
            )
        }
        placed = {at: p for at, p in placed.items() if at not in astray}
        written = Written.of(
            text, placed, datelines, rulers(placed, asked), lands_beside(toponyms, placed) | {*people}, home
        )
        self._place_unknown(text, toponyms, placed, written, people)
        return [placed[at] for at in spans]

    def _brought_home(
        self, toponyms: Sequence[Toponym], placed: Placed, people: Counter[str], home: frozenset[str]
    ) -> Placed:
        """Other places for the names of towns in a land of which nothing else is told, where a land of the report has as large a one."""
        out: Placed = {}
        for t in toponyms:
            mine = placed.get(t.at)
            if mine is None or t.told or not mine.country:
                continue
            spoken = spoken_beside(mine, placed, people)
            town = is_small_town(t, mine) and not spoken[mine.country]
            if (mine.country in home and not town) or (spoken[mine.country] and not t.compass):
                continue
            least = 0 if t.compass else SMALLEST if town else max(people_of(t.candidates, mine), 1)
            near = tuple(c for c in t.candidates if c.country in home and c.population >= least)
            near = tuple(
                c
                for c in near
                if c.country != mine.country
                and (not town or (spoken[c.country or ""] and not remote(c, placed)))
            )
            near = tuple(c for c in near if not (t.compass and c.is_settlement))
            if any(c.geonameid == mine.geonameid and (c.known or c.is_country) for c in t.candidates):
                near = near if t.compass else ()
            if near and (best := choose([replace(t, candidates=near)], people, self.weights)[0]):
                out[t.at] = located(t, town_of(t, *best), best[1])
        return out

    def _place_unknown(
        self,
        text: str,
        toponyms: Sequence[Toponym],
        placed: Placed,
        written: Written,
        people: Counter[str],
    ) -> None:
        """Adds to `placed` what the gazetteer does not know: first what is told to lie in a place, which other mentions of the name share."""
        keys = {t.at: fold(t.name) for t in toponyms}
        missing = [t for t in toponyms if t.at not in placed]
        told = {t.at for t in missing if told_in(text, t.at, placed, written)}
        lent: dict[str, Located] = {}
        for t in sorted(missing, key=lambda t: t.at not in told):
            if t.at not in told and (same := lent.get(keys[t.at])):
                placed[t.at] = replace(same, at=t.at)
                continue
            named_in = not t.compass and not MISSION.search(t.name)
            inside = at_town(text, t.at, placed) if named_in else None
            inside = inside or (self._named_inside(t, placed, keys, people) if named_in else None)
            feature = self.feature_of(t.name)
            in_town = feature is not None or QUARTER.search(text[t.at.start : t.at.end + QUARTERS])
            apart = replace(written, at=frozenset(), beside=frozenset()) if in_town else written
            holder = inside or standing_in(text, t.at, placed, feature=feature, written=apart)
            if named_in and holder is not None and holder.precision is None and inside is None:
                holder = self._famed_inside(text[slice(*t.at)]) or holder
            if t.compass:
                holder = (
                    land_alone(holder)
                    if holder and holder.country and written.home == frozenset({holder.country})
                    else None
                )
            placed[t.at] = unknown(text, t, holder, feature)
            if placed[t.at].lat is not None:
                lent.setdefault(keys[t.at], placed[t.at])

    def feature_of(self, name: str) -> str | None:
        """The feature code of a facility's name, by its last word that tells; None where none does."""
        found = self.facility.findall(name)
        return self._features[lowered(found[-1])] if found else None

    def _named_inside(
        self,
        toponym: Toponym,
        placed: Placed,
        keys: dict[Range, str],
        people: Counter[str],
    ) -> Located | None:
        """The town in a facility's own name ("Kabul airport"), where the document's places allow it."""
        mine = keys[toponym.at]
        for at, p in placed.items():
            inside = len(keys[at]) > 3 and keys[at] != mine and f" {keys[at]} " in f" {mine} "
            if inside and p.precision is not Precision.COUNTRY:
                return p
        here = {p.country for p in placed.values() if p.country}
        for m in WITHIN.finditer(toponym.name):
            words = m[0].split(" ")
            for count in range(len(words), 0, -1):
                name = " ".join(words[:count])
                if len(name) < 4 or name == toponym.name or self.facility.fullmatch(name):
                    continue
                if PHYSICAL.fullmatch(f" {name}") or COMPASS.fullmatch(fold(name)):
                    continue  # of "Lake Korong", no Lake County
                found = Toponym(toponym.at, name, self.gazetteer.candidates(name))
                if known := same_name(found, placed):
                    return known
                near = [
                    c
                    for c in found.candidates
                    if c.country in here and (told_of_itself(c) or not remote(c, placed))
                ]
                if big := [
                    c
                    for c in near
                    if c.population > 20_000 or (c.known and c.lat is not None and not c.is_country)
                ]:
                    best = choose([replace(found, candidates=tuple(big))], people, self.weights)[0]
                    return located(found, *best) if best else None
        return None

    def _famed_inside(self, name: str) -> Located | None:
        """The land of a large city or known region in a facility's own name ("Mindanao Railway"), in a report on other lands."""
        if BY_NAME_ALONE.search(name):
            return None
        for m in CAPITAL.finditer(name):
            if self.facility.fullmatch(m[0]) or SIDE_BEFORE.search(name, 0, m.start()):
                continue
            found = next((c for c in self.gazetteer.candidates(m[0]) if c.own), None)
            if found is None or not found.country or found.is_country:
                continue
            if found.known or (found.is_settlement and found.population >= FAMED):
                return land_alone(located(Toponym(Range(*m.span()), m[0], (found,)), found, 1.0))
        return None


def told_of_itself(candidate: Candidate) -> bool:
    """Whether a known town or site needs no town nearby: "the Punggye-ri testing site"."""
    return candidate.known and (candidate.is_settlement or candidate.feature in SMALL)


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


def is_small_town(toponym: Toponym, found: Located) -> bool:
    """Whether a place was taken for a town that is not known around the world."""
    same = [c for c in toponym.candidates if c.geonameid == found.geonameid]
    return any(c.feature == "PPL" and not c.known and c.population < SMALL_TOWN for c in same)


def out_of_place(text: str, toponym: Toponym, placed: Placed, people: Counter[str]) -> bool:
    """Whether the only place found is a small one in a country of which nothing else in the report speaks.

    The file has no villages below 500 people and no quarters: the report most likely means one that it lacks. A square, and a camp that
    bears a city's name, is no city abroad either.
    """
    mine = placed[toponym.at]
    quarter = SQUARE.search(toponym.name) or CAMP.match(text, toponym.at.end)
    most = CITY if quarter else SMALL_TOWN
    small = [c for c in toponym.candidates if c.geonameid == mine.geonameid and c.population < most]
    if not small or small[0].known or small[0].is_country or small[0].feature == "PPLC":
        return False
    spoken = spoken_beside(mine, placed, people)
    return not spoken[mine.country or ""] and sum(spoken.values()) > 1


def without_lone_villages(
    toponyms: Sequence[Toponym], placed: Placed, people: Counter[str], datelines: Sequence[Range]
) -> Placed:
    """The places without the one or two villages of a land of which nothing else speaks, in a report on another land."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for p in placed.values():
        names[p.country or ""].add(p.name)
    if max((len(n) for land, n in names.items() if land), default=0) < MANY:
        return placed
    small = {
        t.at
        for t in toponyms
        if (mine := placed.get(t.at))
        and mine.feature == "PPL"
        and not t.told
        and people_of(t.candidates, mine) < SMALL_TOWN
        if not any(d.overlaps(t.at) for d in datelines)
    }
    firm = {p.country for at, p in placed.items() if at not in small} | {*people}
    alone = {land for land, n in names.items() if land and len(n) <= MANY // 2 and land not in firm}
    return {at: p for at, p in placed.items() if p.country not in alone}


def spoken_beside(mine: Located, placed: Placed, people: Counter[str]) -> Counter[str]:
    """How often a report speaks of countries, by demonyms and by other names than that of a place."""
    return Counter(p.country for p in placed.values() if p.name != mine.name and p.country) + people


def same_name(toponym: Toponym, placed: Placed) -> Located | None:
    """The place that the document means elsewhere by one of a toponym's candidates."""
    keys = {c.geonameid for c in toponym.candidates} - {None}
    meant = (p for p in placed.values() if p.geonameid in keys and p.precision is not Precision.COUNTRY)
    return next(meant, None)


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
