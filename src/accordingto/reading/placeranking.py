"""Which candidate a toponym means: a log-linear ranker over a document's toponyms together.

A name means one place throughout a document. Features that need nothing else (population, kind, name,
what is named right after) give a first guess; the guesses of the other names then give the context (same country,
same division, near by), twice. The weights stand in `data/place_weights.csv`, fitted by `python -m training.places`.
What a language model makes of the sentence could be one more column of `plain_features`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate
from accordingto.reading.lands import Holders
from accordingto.reading.toponyms import SHARED_SEATS, Kind, Toponym
from accordingto.vocabularies import table

Floats = NDArray[np.float64]
EARTH = 6371.0  # km
ROUNDS = 2
UNCOUNTED = 0.65  # the feature of population where none is known of a place in `regions.csv`
OPEN = 0.75  # share of belief in a division, below which the city may be meant
LARGE_CITY = 1_000_000  # people, from which a city goes before the wide division that it names ("New York")
NAMESAKE = 120.0  # km within which a town and a division of one name belong together
SMALLER = 50  # times that a division has the people of a village, from which its name means the division
SEAT = 15.0  # km from a division's point within which its chief town stands, however spelt
CELLS = 1 << 20  # pairs of candidates that are compared at once, so that thousands of names fit memory
NAMESAKES = 8  # times the people of a town that the largest abroad of its name has, from which the town needs neighbours
KNOWN_ABROAD = 400_000  # people of that one, where it is no seat of the world's bodies
NEIGHBOURS = 1.5  # other names of its division that it needs, …
OFTEN = 3  # … but where it is told so often in a report that names nothing abroad
KNOWN_AT_HOME = 100_000  # people of the largest town of a name in its country, …
DWARFED = 45  # … from which one with so many times fewer needs others close by, …
BESIDE = 0.8  # … in sum of their closeness (40 km)
FAVOURITES = 3  # candidates of each other name that make the context
PLAIN = (
    "population",
    "country",
    "first-order division",
    "other division",
    "capital",
    "region or water",
    "own name",
    "most populous",
    "among the regions",
    "no coordinates",
    "division as told",
    "settlement as told",
    "not as told",
    "stands in what is named after it",
    "near what is named after it",
    "holds what is named before it",
    "country by its own name",
    "country of a demonym",
    "share of the demonyms",
)
CONTEXT = (
    "share in the same country",
    "country is named",
    "same division",
    "division is named",
    "within 50 km or so",
    "within 300 km or so",
)
FEATURES = PLAIN + CONTEXT


class Weight(msgspec.Struct, frozen=True):
    """One row of `place_weights.csv`: a feature, its weight in the first guess and with the context."""

    feature: str
    first: float
    second: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The ranker's numbers: shape (len(PLAIN),) for the first guess, (len(FEATURES),) with the context."""

    first: Floats
    second: Floats

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> Weights:
        """The package's weights, or the user's own from `extra_dir`."""
        rows = {w.feature: w for w in table("place_weights", Weight, extra_dir=extra_dir)}
        return cls(np.array([rows[f].first for f in PLAIN]), np.array([rows[f].second for f in FEATURES]))


@dataclass(frozen=True, slots=True)
class Names:
    """The different names of one document: for each the toponyms (numbers) and the candidates.

    `flat` has all candidates in one row; `bounds` (names + 1,) says where each name's begin; `owner` is the
    name of each; `unit` (candidates, 3) their places on the unit sphere, zero without coordinates; `lesser`
    those that are small beside a town of their name in another country, `often` those of a name that is told again and again,
    `dwarfed` those that are small beside one in their own country.
    """

    members: tuple[tuple[int, ...], ...]
    flat: tuple[Candidate, ...]
    bounds: tuple[int, ...]
    owner: NDArray[np.int64]
    unit: Floats
    country: NDArray[np.int64]
    division: NDArray[np.int64]
    key: NDArray[np.int64]
    lesser: NDArray[np.bool_]
    often: NDArray[np.bool_]
    dwarfed: NDArray[np.bool_]


def group(toponyms: Sequence[Toponym]) -> Names:
    """Toponyms that are the same name, told to be of the same kind and in the same lands, together."""
    groups: dict[tuple[str, Kind, tuple[Holders, ...]], list[int]] = {}
    for number, t in enumerate(toponyms):
        if t.candidates:
            groups.setdefault((fold(t.name), t.kind, t.told), []).append(number)
    flat = [c for g in groups.values() for c in toponyms[g[0]].candidates]
    sizes = [len(toponyms[g[0]].candidates) for g in groups.values()]
    codes = {code: n for n, code in enumerate(sorted({c.country or "" for c in flat}))}
    unit = on_sphere([(c.lat or 0.0, c.lon or 0.0) for c in flat])
    unit[[i for i, c in enumerate(flat) if c.lat is None]] = 0.0
    return Names(
        members=tuple(tuple(g) for g in groups.values()),
        flat=tuple(flat),
        bounds=tuple(np.cumsum([0, *sizes]).tolist()),
        owner=np.repeat(np.arange(len(sizes)), sizes),
        unit=unit,
        country=np.array([codes[c.country or ""] if c.country else -1 for c in flat], np.int64),
        division=np.array([c.key if c.feature == "ADM1" else c.admin1_key or 0 for c in flat], np.int64),
        key=np.array([c.key for c in flat], np.int64),
        lesser=np.array([x for g in groups.values() for x in lesser(toponyms[g[0]].candidates)], np.bool_),
        often=np.repeat([len(g) >= OFTEN for g in groups.values()], sizes).astype(np.bool_),
        dwarfed=np.array([x for g in groups.values() for x in dwarfed(toponyms[g[0]])], np.bool_),
    )


def lesser(candidates: Sequence[Candidate]) -> list[bool]:
    """Which candidates are small beside the largest town of the name, or a country, which lies abroad: the Geneva of New York."""
    largest = max(
        (c for c in candidates if c.is_settlement or c.is_country), key=lambda c: c.population, default=None
    )
    if largest is None or (largest.population < KNOWN_ABROAD and largest.name not in SHARED_SEATS):
        return [False] * len(candidates)
    return [
        c.is_settlement and c.country != largest.country and c.population * NAMESAKES <= largest.population
        for c in candidates
    ]


def dwarfed(toponym: Toponym) -> list[bool]:
    """Which candidates are small beside a town of the name in their own country, unless told ("Cleveland, Fla."): that of Florida, and far districts."""
    largest: dict[str | None, Candidate] = {}
    for c in toponym.candidates:
        if c.is_settlement and c.population >= max(KNOWN_AT_HOME, largest.get(c.country, c).population):
            largest[c.country] = c
    return [
        not toponym.told
        and (town := largest.get(c.country)) is not None
        and (
            c.population * DWARFED <= town.population
            if c.is_settlement
            else (
                c.is_division
                and c.feature != "ADM1"
                and toponym.kind is not Kind.DIVISION
                and c.population <= town.population
                and c.admin1_key != town.admin1_key
            )
        )
        for c in toponym.candidates
    ]


def plain_features(toponyms: Sequence[Toponym], names: Names, people: Counter[str]) -> Floats:
    """Shape (candidates, len(PLAIN)); `people` counts the countries whose demonyms the text uses."""
    out = np.zeros((len(names.flat), len(PLAIN)))
    total = sum(people.values()) or 1
    held: set[int | str] = set()
    for t in toponyms:
        if t.within:
            held |= {x for c in t.candidates for x in (c.admin1_key, c.country) if x}
    for n, members in enumerate(names.members):
        start, end = names.bounds[n], names.bounds[n + 1]
        kind = toponyms[members[0]].kind
        within = [c for m in members for c in toponyms[m].within]
        holders = {c.key for c in within if not c.is_country} | {
            c.country for c in within if c.is_country and c.country
        }
        places = around(within)
        best = max((c.population for c in names.flat[start:end] if c.is_settlement), default=-1)
        named = {m for m in members if preceded(toponyms, m)}
        for i in range(start, end):
            c = names.flat[i]
            out[i, 0] = np.log10(c.population + 1.0) / 7 if c.population or not c.known else UNCOUNTED
            out[i, 1] = c.is_country
            out[i, 2] = c.feature == "ADM1"
            out[i, 3] = c.is_division and c.feature != "ADM1"
            out[i, 4] = c.feature == "PPLC"
            out[i, 5] = not (c.is_country or c.is_division or c.is_settlement)
            out[i, 6] = c.own
            out[i, 7] = c.is_settlement and c.population == best
            out[i, 8] = c.known
            out[i, 9] = c.lat is None
            out[i, 10] = kind is Kind.DIVISION and c.is_division
            out[i, 11] = kind is Kind.SETTLEMENT and c.is_settlement
            out[i, 12] = (kind is Kind.DIVISION and c.is_settlement) or (
                kind is Kind.SETTLEMENT and (c.is_division or c.is_country)
            )
            out[i, 13] = bool(holders) and (
                c.admin1_key in holders or (c.country in holders and not c.is_country)
            )
            out[i, 15] = bool(named) and (c.key in held or (c.is_country and c.country in held))
            out[i, 16] = c.is_country and c.own
            out[i, 17] = c.country in people
            out[i, 18] = people[c.country] / total if c.country else 0.0
        if len(places):
            out[start:end, 14] = closeness(names.unit[start:end], places, 80.0).max(1)
    return out


def preceded(toponyms: Sequence[Toponym], number: int) -> bool:
    """Whether the toponym before this one has it as what is named right after."""
    return number > 0 and bool(toponyms[number - 1].within) and (
        0 <= toponyms[number].at.start - toponyms[number - 1].at.end < 12
    )  # fmt: skip


def around(candidates: Sequence[Candidate]) -> Floats:
    """Places on the unit sphere of divisions and settlements, shape (n, 3)."""
    exact = [c for c in candidates if not c.is_country and c.feature != "ADM1"]
    return on_sphere([(c.lat, c.lon or 0.0) for c in exact if c.lat is not None])


def on_sphere(points: Sequence[tuple[float, float]]) -> Floats:
    """Latitudes and longitudes in degrees to points of the unit sphere, shape (n, 3)."""
    rad = np.radians(np.array(points, np.float64).reshape(-1, 2))
    lat, lon = rad[:, 0], rad[:, 1]
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)


def closeness(places: Floats, others: Floats, scale: float) -> Floats:
    """Shape (places, others): exp(-distance / scale), scale in km; 0 where either has no coordinates."""
    cosine = np.clip(places @ others.T, -1.0, 1.0)
    chord = EARTH * np.sqrt(np.maximum(2.0 - 2.0 * cosine, 0.0))
    near: Floats = np.exp(-chord / scale)
    near[~places.any(1)] = 0.0
    near[:, ~others.any(1)] = 0.0
    return near


def context_features(names: Names, mass: Floats) -> Floats:
    """Shape (candidates, len(CONTEXT)), from the share of belief `mass` (candidates,) in each candidate."""
    chosen = [
        i for n in range(len(names.members)) for i in favourites(mass, names.bounds[n], names.bounds[n + 1])
    ]
    size = max(CELLS // max(len(chosen), 1), 1)
    blocks = (slice(start, start + size) for start in range(0, len(names.flat), size))
    return np.vstack([context_of(names, mass, chosen, rows) for rows in blocks])


def context_of(names: Names, mass: Floats, chosen: Sequence[int], rows: slice) -> Floats:
    """The rows `rows` of `context_features`; `chosen` are the candidates that make the context."""
    belief = mass[chosen]
    owner = names.owner[chosen]
    other = owner[None] != names.owner[rows, None]
    same = (names.country[rows, None] == names.country[chosen][None]) & (names.country[rows] >= 0)[:, None]
    country = np.array([names.flat[i].is_country for i in chosen])
    wide = np.array([not (names.flat[i].is_division or names.flat[i].is_settlement) for i in chosen])
    rest = max(len(names.members) - 1, 1)
    division = names.division[rows, None] == names.division[chosen][None]
    division &= (names.division[rows] != 0)[:, None]
    holder = names.key[chosen][None] == np.array([c.admin1_key or 0 for c in names.flat[rows]])[:, None]
    weight = other * belief[None]
    alone = names.lesser[rows] & ((weight * division).sum(1) < NEIGHBOURS)
    alone &= ~names.often[rows] | ((weight * ~same).sum(1) > OPEN)
    weight[alone] = 0.0  # one name of its land is no reason to mean it
    close = weight * ~wide[None]
    near = closeness(names.unit[rows], names.unit[chosen], 40.0)
    lone = names.dwarfed[rows] & ((close * near).sum(1) < BESIDE)  # a state that is told is no reason either
    weight[lone] = close[lone] = 0.0
    return np.stack(
        [
            (weight * same).sum(1) / rest,
            (weight * same * country[None]).sum(1),
            np.minimum((weight * division).sum(1), 2.0) / 2,
            (weight * holder).max(1, initial=0.0),
            np.log1p((close * near).sum(1)),
            np.log1p((close * closeness(names.unit[rows], names.unit[chosen], 250.0)).sum(1)),
        ],
        1,
    )


def favourites(mass: Floats, start: int, end: int) -> list[int]:
    """The candidates of one name that most belief stands in."""
    best = np.argsort(-mass[start:end], kind="stable")[:FAVOURITES]
    return [start + int(i) for i in best if mass[start + int(i)] > 0.02]


def shares(scores: Floats, names: Names) -> Floats:
    """Scores to shares that sum to one for each name (softmax)."""
    out = np.zeros_like(scores)
    for start, end in zip(names.bounds, names.bounds[1:], strict=False):
        e = np.exp(scores[start:end] - scores[start:end].max())
        out[start:end] = e / e.sum()
    return out


def believe(plain: Floats, names: Names, weights: Weights) -> Floats:
    """The share of belief in each candidate, after the first guess and `ROUNDS` rounds of context."""
    mass = shares(plain @ weights.first, names)
    for _ in range(ROUNDS):
        mass = shares(np.hstack([plain, context_features(names, mass)]) @ weights.second, names)
    return mass


def choose(
    toponyms: Sequence[Toponym], people: Counter[str], weights: Weights
) -> list[tuple[Candidate, float] | None]:
    """For each toponym the candidate that it means and the share of belief in it; None without candidates."""
    out: list[tuple[Candidate, float] | None] = [None] * len(toponyms)
    names = group(toponyms)
    if not names.flat:
        return out
    mass = believe(plain_features(toponyms, names, people), names, weights)
    for n, members in enumerate(names.members):
        start, end = names.bounds[n], names.bounds[n + 1]
        best = start + int(mass[start:end].argmax())
        for m in members:
            out[m] = names.flat[best], float(mass[best])
    return out


def choose_as_told(
    toponyms: Sequence[Toponym], people: Counter[str], weights: Weights
) -> list[tuple[Candidate, float] | None]:
    """`choose`, and once more with the candidates that lie where they are told to, of the names that it placed elsewhere."""
    chosen = choose(toponyms, people, weights)
    astray = {
        fold(t.name)
        for t, c in zip(toponyms, chosen, strict=True)
        if c is not None and t.told and c[0] not in t.held
    }
    if not astray:
        return chosen
    held = [replace(t, candidates=t.held) if fold(t.name) in astray and t.told else t for t in toponyms]
    return choose(held, people, weights)


def town_of(toponym: Toponym, division: Candidate, score: float) -> Candidate:
    """The town that a division is named after, where no word says that the division is meant ("Idlib").

    Of a wide one ("New York") only a large city, and only where the ranker's `score` leaves it open.
    """
    large = LARGE_CITY if score < OPEN else math.inf
    if not division.is_division or division.known or toponym.kind is Kind.DIVISION or toponym.part:
        return division
    towns = [
        c
        for c in toponym.candidates
        if c.is_settlement
        and c.country == division.country
        and (c.own or toponym.kind is Kind.SETTLEMENT or seat(c, division))
        and c.population * SMALLER >= division.population
        and (apart(c, division) < NAMESAKE or (c.admin1_key == division.key and c.population > large))
    ]
    return max(towns, key=lambda c: c.population, default=division)


def seat(town: Candidate, division: Candidate) -> bool:
    """Whether a town stands where a small division has its point: its seat under another spelling ("Jenin", "Janīn")."""
    return division.feature != "ADM1" and apart(town, division) < SEAT


def apart(a: Candidate, b: Candidate) -> float:
    """Kilometres between two candidates; without end where one has no coordinates."""
    if a.lat is None or b.lat is None:
        return math.inf
    return kilometres(a.lat, a.lon or 0.0, b.lat, b.lon or 0.0)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two points on the globe."""
    la1, lo1, la2, lo2 = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
