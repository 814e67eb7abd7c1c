"""A report's places as a small map: inline SVG, no script, no tiles.

The ground is the gazetteer's own cities as faint dots, which draw coasts and valleys well enough. A place is an area
whose size says how exact it is, never a false point.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accordingto.record import Place, Precision, Record

WIDTH, HEIGHT = 380, 260
KILOMETRES = {
    Precision.EXACT: 3.0,
    Precision.NEAR: 12.0,
    Precision.ADMIN2: 30.0,
    Precision.ADMIN1: 90.0,
    Precision.COUNTRY: 250.0,
    Precision.REGION: 150.0,
}
DEGREE = 111.2  # kilometres of a degree of latitude
LEAST = 1.6  # degrees that a map shows at least
NAMES = 5  # cities of the ground that are named

City = tuple[str, float, float, int]
Ground = Callable[[float, float, float, float], Sequence[City]]


@dataclass(frozen=True, slots=True)
class Dot:
    """A city of the ground; `name` only where it is written."""

    x: float
    y: float
    r: float
    name: str | None


@dataclass(frozen=True, slots=True)
class Area:
    """A place of the report: its circle, its name, whether its borders are vague, and its events."""

    x: float
    y: float
    r: float
    name: str
    title: str
    vague: bool
    events: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map ready to draw; `scale` is the length of its bar in pixels, `bar` what it stands for."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    areas: tuple[Area, ...]
    scale: float
    bar: str


def map_of(record: Record, ground: Ground) -> Map | None:
    """The map of a record's places; None where none of them has coordinates.

    `ground(south, north, west, east)` gives the cities to draw, most populous first, as (name, lat, lon, population).
    Countries are drawn only where nothing smaller is known.
    """
    known = [p for p in record.places if p.lat is not None and p.lon is not None]
    small = [p for p in known if p.precision not in (Precision.COUNTRY, None)]
    shown = small or known
    if not shown:
        return None
    south, north, west, east = frame([(p.lat or 0.0, p.lon or 0.0) for p in shown])
    squeeze = math.cos(math.radians((south + north) / 2))
    pixels = min(WIDTH / ((east - west) * squeeze), HEIGHT / (north - south))

    def xy(lat: float, lon: float) -> tuple[float, float]:
        middle = (lon - (west + east) / 2) * squeeze * pixels
        return WIDTH / 2 + middle, HEIGHT / 2 - (lat - (south + north) / 2) * pixels

    wide, high = WIDTH / 2 / pixels / squeeze, HEIGHT / 2 / pixels
    centre = ((south + north) / 2, (west + east) / 2)
    cities = ground(centre[0] - high, centre[0] + high, centre[1] - wide, centre[1] + wide)
    areas = areas_of(record, shown, xy, pixels / DEGREE)
    kilometres = nice(WIDTH / pixels * DEGREE / 4)
    return Map(
        WIDTH,
        HEIGHT,
        dots_of(cities, xy, areas),
        areas,
        round(kilometres / DEGREE * pixels, 1),
        f"{kilometres:,} km",
    )


def frame(points: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """South, north, west and east of a frame with a margin around all points."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    margin = max(LEAST, max(lats) - min(lats), max(lons) - min(lons)) * 0.25
    grow = max(0.0, LEAST - (max(lats) - min(lats))) / 2 + margin
    side = max(0.0, LEAST - (max(lons) - min(lons))) / 2 + margin
    return max(-88.0, min(lats) - grow), min(88.0, max(lats) + grow), min(lons) - side, max(lons) + side


def areas_of(
    record: Record, places: Sequence[Place], xy: Callable[[float, float], tuple[float, float]], per_km: float
) -> tuple[Area, ...]:
    """One area a place, mentions of the same place together, the largest first."""
    events: dict[str, int] = {}
    for e in record.events:
        if e.place is not None:
            events[e.place] = events.get(e.place, 0) + 1
    grouped: dict[tuple[str, float, float], list[Place]] = {}
    for p in places:
        grouped.setdefault((p.name, p.lat or 0.0, p.lon or 0.0), []).append(p)
    out = []
    for (name, lat, lon), mentions in grouped.items():
        x, y = xy(lat, lon)
        precision = mentions[0].precision or Precision.REGION
        count = sum(events.get(p.id, 0) for p in mentions)
        told = f"{name}: {precision.value}" + (f", {count} events" if count else "")
        r = max(4.0, min(KILOMETRES[precision] * per_km, HEIGHT / 2.2))
        vague = precision not in (Precision.EXACT, Precision.NEAR)
        out.append(Area(round(x, 1), round(y, 1), round(r, 1), name, told, vague, count))
    return tuple(sorted(out, key=lambda a: -a.r))


def dots_of(
    cities: Sequence[City], xy: Callable[[float, float], tuple[float, float]], areas: Sequence[Area]
) -> tuple[Dot, ...]:
    """The ground; a few large cities are named where no other name stands near."""
    taken = [(a.x, a.y) for a in areas]
    named = 0
    out = []
    for name, lat, lon, population in cities:
        x, y = xy(lat, lon)
        free = all(abs(x - a) > 70 or abs(y - b) > 14 for a, b in taken)
        shown = named < NAMES and free and 30 < x < WIDTH - 70 and 12 < y < HEIGHT - 12
        if shown:
            named += 1
            taken.append((x, y))
        size = 0.5 + 0.32 * max(0.0, math.log10(max(population, 1)) - 2.5)
        out.append(Dot(round(x, 1), round(y, 1), round(size, 2), name if shown else None))
    return tuple(out)


def nice(kilometres: float) -> int:
    """A round length not above the given one."""
    power = 10 ** math.floor(math.log10(max(kilometres, 1)))
    return int(max(m * power for m in (1, 2, 5) if m * power <= max(kilometres, 1)))
