"""Pairs of accounts that lie too far apart in days or kilometres to be compared, found for thousands at once.

Most pairs under one block are ruled out by `nearness` alone. What it would say of two accounts that have days of their own, or
resolved places of their own, takes a few numbers of each; numpy tells it here for a whole batch. A pair that is kept is
compared in full; one that is dropped would have been `Apart`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordingto.ledger.accounts import Account
from accordingto.ledger.names import name_key
from accordingto.ledger.nearness import CLOSE_DAYS, EARTH_KM, FAR_TIMES, LAST_DAYS, reach_km

Pairs = NDArray[np.int64]
"""Row ids of accounts, shape (pairs, 2)."""
Outlines = NDArray[Any]
"""Values of `OUTLINE`."""
OUTLINE = np.dtype(
    [
        ("key", np.int64),
        ("dated", np.bool_),
        ("first", np.int64),
        ("last", np.int64),
        ("lasting", np.bool_),
        ("placed", np.bool_),
        ("lat", np.float64),
        ("lon", np.float64),
        ("reach", np.float64),
        ("geonameid", np.int64),
        ("country", np.int64),
        ("told", np.int64),
    ]
)
"""What screening knows of an account. Days as ordinals, degrees as radians, kilometres; names hashed, 0 for none."""
SLACK = 1e-6  # km; the last digits of two ways to reckon


def outline(a: Account) -> tuple[Any, ...]:
    """One account's row of `OUTLINE`; `dated` and `placed` only where that is its own, not lent, and whole."""
    first = last = 0
    dated = a.dated and not a.lent_day and a.earliest is not None and a.latest is not None
    if dated and a.earliest and a.latest:
        first, last = a.earliest.toordinal(), a.latest.toordinal()
    told_when = (hash(a.key), dated, first, last, a.lasting)
    p = a.place
    own = a.placed and not a.lent_place and p is not None and p.fine and bool(p.geonameid)
    if not own or p is None or p.lat is None or p.lon is None:
        return (*told_when, False, 0.0, 0.0, 0.0, 0, 0, 0)
    country = hash(p.country) if p.country else 0
    told = hash(name_key(p.told)) if p.told else 0
    spot = (np.radians(p.lat), np.radians(p.lon), reach_km(p), p.geonameid, country, told)
    return (*told_when, True, *spot)


def near_enough(pairs: Outlines) -> NDArray[np.bool_]:
    """Which pairs must be compared in full: one value a pair, of outlines in two columns."""
    a, b = pairs.T
    kept: NDArray[np.bool_] = (a["key"] == b["key"]) | ~(too_late(a, b) | too_far(a, b))
    return kept


def too_late(a: Outlines, b: Outlines) -> NDArray[np.bool_]:
    """Where two days that the texts tell lie further apart than `nearness.between` allows in any case."""
    gap = np.maximum(b["first"] - a["last"], a["first"] - b["last"])
    lasting = a["lasting"] & b["lasting"] & (gap <= LAST_DAYS)
    apart: NDArray[np.bool_] = a["dated"] & b["dated"] & (gap > CLOSE_DAYS) & ~lasting
    return apart


def too_far(a: Outlines, b: Outlines) -> NDArray[np.bool_]:
    """Where two spots of one country, of two names, lie further apart than `nearness.near` allows."""
    h = np.sin((b["lat"] - a["lat"]) / 2) ** 2
    h += np.cos(a["lat"]) * np.cos(b["lat"]) * np.sin((b["lon"] - a["lon"]) / 2) ** 2
    away = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    one_land = (a["country"] == b["country"]) | (a["country"] == 0) | (b["country"] == 0)
    one_name = (a["geonameid"] == b["geonameid"]) | ((a["told"] == b["told"]) & (a["told"] != 0))
    far = away > FAR_TIMES * (a["reach"] + b["reach"]) + SLACK
    apart: NDArray[np.bool_] = a["placed"] & b["placed"] & one_land & ~one_name & far
    return apart
