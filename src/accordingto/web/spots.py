"""The map of all incidents: one by one where they are few, else counted by the places of a grid.

Whoever draws asks for a frame and a zoom, and again when these change. Counts are exact at every zoom: each incident with coordinates
is in one feature, whose area covers all the places that it stands for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sqlalchemy import Connection, Row, case, func, select

from accordingto.ledger import tables
from accordingto.ledger.browsing import Wanted, narrowed_incidents
from accordingto.ledger.contest import State
from accordingto.ledger.digests import read_digest
from accordingto.pages.map import DEGREE
from accordingto.web.incidentrows import MAPPED, feature
from accordingto.web.words import place_view

CELL = 64  # pixels of a cell's side
FINEST = 14  # zoom
TILE = 256  # pixels of the world at zoom 0
FLATTEST = 85.0  # degrees of latitude to which Mercator's map goes
METRES = 156_543.0  # of a pixel on the equator at zoom 0
NAMED = 3  # places that a group names


class Frame(NamedTuple):
    """What a map shows, in degrees; `west` is greater than `east` across the 180th meridian."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point is in it."""
        between = (
            self.west <= lon <= self.east if self.west <= self.east else lon >= self.west or lon <= self.east
        )
        return self.south <= lat <= self.north and between


class Spot(NamedTuple):
    """All incidents of one place, as exactly as it is known."""

    lat: float
    lon: float
    precision: str | None
    place: str
    incidents: int
    contested: int

    @property
    def radius_m(self) -> int:
        """How far the true spot may be."""
        return place_view(self.place, None, self.lat, self.lon, self.precision).radius_m or 1000


def find_spots(connection: Connection, wanted: Wanted) -> tuple[Spot, ...]:
    """Every place with how many incidents it has under a filter."""
    c = tables.incidents.c
    contested = func.sum(case((c.state == State.CONTESTED, 1), else_=0))
    told = (c.lat, c.lon, c.precision, func.min(c.place), func.count(), contested)
    query, _ = narrowed_incidents(connection, wanted, select(*told))
    query = query.where(c.lat.is_not(None) & c.lon.is_not(None)).group_by(c.lat, c.lon, c.precision)
    return tuple(Spot(*row) for row in connection.execute(query).all())


def features(
    connection: Connection,
    wanted: Wanted,
    spots: Sequence[Spot],
    url: Mapping[str, str],
    *,
    frame: Frame | None = None,
    zoom: int | None = None,
) -> dict[str, Any]:
    """GeoJSON of the incidents in a frame; `grouped` says that they are counted, since they are more than `MAPPED`.

    `spots`: all places under the filter; `url`: its query, for the lists that groups lead to. `total` counts the
    incidents in the frame.
    """
    seen = [s for s in spots if frame is None or frame.holds(s.lat, s.lon)]
    total = sum(s.incidents for s in seen)
    if total > MAPPED:
        made = grouped(seen, fitting(seen, zoom), url)
    else:
        made = [
            f for f in (feature(read_digest(row.digest)) for row in placed(connection, wanted, frame)) if f
        ]
    return {"type": "FeatureCollection", "features": made, "grouped": total > MAPPED, "total": total}


def placed(connection: Connection, wanted: Wanted, frame: Frame | None) -> Sequence[Row[Any]]:
    """The incidents with coordinates, the newest first, of a frame or of all."""
    c = tables.incidents.c
    query, _ = narrowed_incidents(connection, wanted, select(c.digest))
    query = query.where(c.lat.is_not(None) & c.lon.is_not(None))
    if frame is not None:
        west, east = c.lon >= frame.west, c.lon <= frame.east
        across = west & east if frame.west <= frame.east else west | east
        query = query.where(c.lat.between(frame.south, frame.north) & across)
    return connection.execute(query.order_by(c.day.desc(), c.id.desc()).limit(MAPPED)).all()


def world(lat: float, lon: float) -> tuple[float, float]:
    """A point on Mercator's map of side 1."""
    flat = math.radians(max(-FLATTEST, min(FLATTEST, lat)))
    return (lon + 180) / 360, (1 - math.asinh(math.tan(flat)) / math.pi) / 2


Cell = tuple[int, int]


@lru_cache(maxsize=20_000)
def finest_cell(lat: float, lon: float) -> Cell:
    """The cell of the finest grid in which a point is."""
    x, y = world(lat, lon)
    side = TILE * 2**FINEST / CELL
    return int(x * side), int(y * side)


def cell_of(spot: Spot, zoom: int) -> Cell:
    """The cell of a grid in which a place is; four cells are one of the zoom before."""
    x, y = finest_cell(spot.lat, spot.lon)
    coarser = FINEST - zoom
    return x >> coarser, y >> coarser


def fitting(spots: Sequence[Spot], zoom: int | None) -> int:
    """The finest zoom up to the one asked for whose cells are no more than a map takes."""
    most = MAPPED if zoom is not None else MAPPED // 4
    found = min(FINEST, FINEST if zoom is None else zoom)
    cells = {cell_of(s, found) for s in spots}
    while found > 0 and len(cells) > most:
        cells = {(x >> 1, y >> 1) for x, y in cells}
        found -= 1
    return found


def grouped(spots: Iterable[Spot], zoom: int, url: Mapping[str, str]) -> list[dict[str, Any]]:
    """A feature for each cell of a grid; a place wider than a cell stands for itself."""
    cells: dict[Any, list[Spot]] = {}
    for s in spots:
        metres = METRES * math.cos(math.radians(min(abs(s.lat), FLATTEST))) / 2**zoom
        wide = s.radius_m > CELL * metres
        cells.setdefault((s.lat, s.lon, s.precision) if wide else cell_of(s, zoom), []).append(s)
    return [group(some, url) for some in cells.values()]


def group(spots: Sequence[Spot], url: Mapping[str, str]) -> dict[str, Any]:
    """One feature for some places: how many incidents, where, and how far they lie apart."""
    most = sorted(spots, key=lambda s: (-s.incidents, s.place))
    incidents, contested = sum(s.incidents for s in spots), sum(s.contested for s in spots)
    lat = sum(s.lat * s.incidents for s in spots) / incidents
    lon = sum(s.lon * s.incidents for s in spots) / incidents
    names = list(dict.fromkeys(s.place for s in most))
    where = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    count = f"{incidents:,} incident{'' if incidents == 1 else 's'}"
    one = place_view(most[0].place, None, most[0].lat, most[0].lon, most[0].precision)
    query = dict(url) if len(names) > 1 or url.get("place") else {**url, "place": names[0]}
    return {
        "type": "Feature",
        "id": f"{most[0].lat:.4f},{most[0].lon:.4f},{most[0].precision}",
        "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        "properties": {
            "title": f"{count} in {where}",
            "url": "/incidents" + (f"?{urlencode(query)}" if query else "") if len(names) == 1 else None,
            "incidents": incidents,
            "contested": contested,
            "places": len(spots),
            "state": "many",
            "state_words": f"{contested:,} of them contested" if contested else "none contested",
            "place": where,
            "precision": one.precision if len(spots) == 1 else None,
            "precision_words": one.precision_words
            if len(spots) == 1
            else f"{len(spots)} places; zoom in to part them",
            "radius_m": max(int(apart_m(lat, lon, s)) + s.radius_m for s in spots),
            "bounds": [
                min(s.lon for s in spots),
                min(s.lat for s in spots),
                max(s.lon for s in spots),
                max(s.lat for s in spots),
            ],
        },
    }


def apart_m(lat: float, lon: float, spot: Spot) -> float:
    """Metres between a point and a place, by the haversine formula."""
    a, b = math.radians(lat), math.radians(spot.lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(spot.lon - lon) / 2) ** 2
    return 2 * math.degrees(math.asin(math.sqrt(min(half, 1.0)))) * DEGREE * 1000
