"""How near two accounts are in time and place, as signs.

An account has its own day, or else two windows in which it may lie: the days before its report was published, and the
day of what its report told just before it. Words such as “died on Friday after the strike” lend a happening the day of
what is new; so a gap of some days speaks less where the later account's day is that of its report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.bodies import bodies
from accordingto.ledger.names import WATERS, name_key, same_name
from accordingto.ledger.signs import Apart, Sign
from accordingto.record import Precision

REACH_KM = {Precision.EXACT: 1.0, Precision.NEAR: 5.0, Precision.ADMIN2: 25.0, Precision.ADMIN1: 120.0}
SAME_SPOT_KM = 1.0
TOLD_KM = 0.1  # less is no distance
EARTH_KM = 6371.0  # radius
FINE_DAYS = 10  # a time of at most so many days tells when; a longer one is coarse
SHARP_DAYS = 2  # a night, or a day told across a time zone
CLOSE_DAYS = 7  # a gap that a follow-up may have
LAST_DAYS = 550  # how far apart two tellings of one lasting thing may lie
FAR_TIMES = 4  # so many times the reach of two coordinates, and they are two places
ALIKE = 0.6  # share of letters in one order from which two spellings may be of one name
WINDOWS = (
    (3, "days"),
    (10, "weeks"),
    (45, "months"),
    (400, "a year"),
)  # how long ago an undated thing may be
LARGE = (Precision.COUNTRY, Precision.REGION)


@dataclass(frozen=True, slots=True)
class Window:
    """Days in which an account may lie. `own`: the text says so of the event itself."""

    first: date
    last: date
    own: bool

    @property
    def days(self) -> int:
        """Its length."""
        return (self.last - self.first).days + 1


def windows(a: Account) -> list[Window]:
    """The event's own days, or those of what was told before it."""
    if a.dated and a.earliest and a.latest:
        return [Window(a.earliest, a.latest, True)]
    return [Window(*a.before, False)] if a.before else []


def when(a: Account, b: Account) -> list[list[Sign]]:
    """Signs of time: one list for each reading of the two times; empty where every reading is ruled out.

    Raises:
        Apart: where every reading is ruled out.
    """
    readings, refused = [], ""
    for w in windows(a):
        for v in windows(b):
            try:
                readings.append(between(w, v, a, b))
            except Apart as apart:
                refused = refused or str(apart)
    if not (a.dated and b.dated) or a.lent_day or b.lent_day:
        try:
            readings.append(undated(a, b))
        except Apart as apart:
            refused = refused or str(apart)
    if not readings:
        raise Apart(refused or "nothing tells when")
    return readings


def between(w: Window, v: Window, a: Account, b: Account) -> list[Sign]:
    """Two windows that the texts tell."""
    own = w.own and v.own and not a.lent_day and not b.lent_day
    lent = [] if own else [Sign("time of what was told before")]
    gap = max((v.first - w.last).days, (w.first - v.last).days)
    longest = max(w.days, v.days)
    if gap <= 0:
        if longest <= SHARP_DAYS:
            same = w.first == v.first
            return [Sign("same day", "same day") if same else Sign("same night", "same night or day"), *lent]
        if longest <= FINE_DAYS:
            return [Sign("times overlap", "times that overlap"), *lent]
        return [Sign("coarse times overlap", "times that overlap"), *lent]
    if gap == 1:
        return [Sign("a day apart", "a day apart"), *lent]
    if gap <= CLOSE_DAYS:
        later, account = (v, b) if v.first > w.last else (w, a)
        if later.own and fresh(account):
            return [Sign("days apart and freshly told", f"{gap} days apart"), *lent]
        if longest > SHARP_DAYS or not own:
            return [Sign("days apart", f"{gap} days apart"), *lent]
    if a.lasting and b.lasting and gap <= LAST_DAYS:
        return [Sign("lasting", "a thing that lasts"), *lent]
    raise Apart(f"{gap} days apart")


def undated(a: Account, b: Account) -> list[Sign]:
    """At least one without a day of its own: how long before its report the other lies.

    Raises:
        Apart: where the other lies after the report, or more than a year before.
    """
    if not (a.latest and b.latest and a.earliest and b.earliest):
        return [Sign("time unknown")]
    firmly = [x.dated and not x.lent_day for x in (a, b)]
    if not any(firmly):
        lag = abs((told_on(a) - told_on(b)).days)
    else:
        loose, firm = (b, a) if firmly[0] else (a, b)
        if firm.days and firm.days > FINE_DAYS and (firm.earliest or told_on(firm)) <= told_on(loose):
            return [Sign("coarse times overlap", "times that overlap")]
        lag = (told_on(loose) - (firm.latest or told_on(firm))).days
        if -CLOSE_DAYS <= lag < -1 and fresh(firm):
            return [Sign("days apart and freshly told", f"{-lag} days after it was reported")]
        if lag < -1 and not (a.lasting and b.lasting):
            raise Apart(f"{-lag} days after it was reported")
    for most, name in WINDOWS:
        if lag <= most:
            words = "days that overlap" if most <= 3 else f"told {lag} days later"
            return [Sign(f"undated within {name}", words)]
    if a.lasting and b.lasting and lag <= LAST_DAYS:
        return [Sign("lasting", "a thing that lasts")]
    raise Apart(f"{lag} days apart")


def told_on(a: Account) -> date:
    """The day of an account's report, else of the account."""
    day = a.published or a.latest
    assert day is not None
    return day


def fresh(a: Account) -> bool:
    """True where an account's day is that of its report, or the day before."""
    return a.published is not None and a.latest is not None and abs((a.published - a.latest).days) <= 1


def where(a: Account, b: Account) -> list[Sign]:
    """Distance within what the coordinates stand for, a shared name, or one place within the other.

    Raises:
        Apart: where both are told of the event itself and lie far apart.
    """
    p, q = a.place, b.place
    if p is None or q is None:
        return [Sign("place unknown")]
    if a.placed and b.placed and not a.lent_place and not b.lent_place:
        found = relation(p, q)
        if found.name == "elsewhere" and (water := shared_water(a, b)):
            return [Sign("place told in the report", f"both reports name {water}")]
        return [found]
    try:
        found = relation(p, q)
    except Apart:
        found = Sign("elsewhere")
    if found.name in ("elsewhere", "two provinces", "two countries") and told_of(a, b):
        return [
            Sign(
                "place told in the report",
                f"both reports name {q.name if not a.placed or a.lent_place else p.name}",
            )
        ]
    return [Sign(f"{found.name} by report", found.words)]


def told_of(a: Account, b: Account) -> bool:
    """True where the place of one stands in the other's report, which has none for the event."""
    return any(
        (not x.placed or x.lent_place)
        and y.placed
        and y.place is not None
        and name_key(y.place.name) in x.names
        for x, y in ((a, b), (b, a))
    )


def shared_water(a: Account, b: Account) -> str | None:
    """A water of one that no gazetteer knows, where the other's report names it, too: the Meghna, the Meghna River."""
    for x, y in ((a, b), (b, a)):
        if x.place and x.place.unresolved:
            keys = {k for n in (x.place.name, x.place.told) if n for k in (name_key(n), place_key(n))}
            told = {n for n in y.names if not keys.isdisjoint((n, place_key(n)))}
            if any(not WATERS.isdisjoint(n.split()) for n in (*keys, *told)) and told:
                return x.place.name
    return None


def place_key(name: str) -> str:
    """A place's name without the word for a water: the Meghna River is the Meghna; Lake Chad is not Chad."""
    words = name_key(name).split()
    bare = " ".join(w for w in words if w not in WATERS)
    return " ".join(words) if not bare or bare in bodies().countries else bare


def relation(p: Location, q: Location) -> Sign:
    """How two places stand to each other.

    Raises:
        Apart: where they lie far apart.
    """
    if p.country and q.country and p.country != q.country:
        if same_name(p.name, q.name) or one_spelling(p, q):
            return Sign("same name in two countries", f"both in {p.told or p.name}")
        return Sign("two countries", f"{p.country} and {q.country}")
    same = p.geonameid == q.geonameid if p.geonameid and q.geonameid else same_name(p.name, q.name)
    if same or one_spelling(p, q):
        large = p.precision in LARGE or p.precision is Precision.ADMIN1
        return Sign("same large area" if large else "same place", f"both in {p.name}")
    away = distance_km(p, q)
    if p.fine and q.fine and away is not None:
        return near(away, p, q)
    if p.precision is q.precision is Precision.ADMIN1:
        return provinces(away, p, q)
    inner, outer = (p, q) if p.fine else (q, p)
    if outer.precision in LARGE and outer.country and outer.country == inner.country:
        return Sign("inside a country", f"{inner.name} and {outer.name}")
    if outer.precision is Precision.ADMIN1 and away is not None and inner.precision is not Precision.ADMIN1:
        return within(away, inner, outer)
    return Sign("elsewhere", f"{p.name} and {q.name}")


def within(away: float, inner: Location, outer: Location) -> Sign:
    """A place and a province: in it where the gazetteer says so; a town of another one lies in that one, however near.

    A building of a province, of which no more is known, has that province's point: that says less.

    Raises:
        Apart: where they lie far apart.
    """
    names = [n for n in (outer.name, outer.admin1) if n]
    inside = Sign("inside", f"{inner.name} lies in or near {outer.name}")
    if inner.admin1 and any(same_name(inner.admin1, n) for n in names):
        return inside
    if away > FAR_TIMES * REACH_KM[Precision.ADMIN1]:
        raise Apart(f"{inner.name} lies far from {outer.name}")
    near, whole = away <= REACH_KM[Precision.ADMIN1], len({name_key(n) for n in names}) == 1
    other = inner.fine and inner.admin1 and not any(may_be_one(inner.admin1, n) for n in names)
    if other and (whole or not near):
        return Sign("two provinces", f"{inner.name} lies in {inner.admin1}, not in {outer.name}")
    return inside if near else Sign("elsewhere", f"{inner.name} and {outer.name}")


def provinces(away: float | None, p: Location, q: Location) -> Sign:
    """Two provinces under two ids or names: the one may be the other in another spelling, else they are neighbours or apart.

    Raises:
        Apart: where their middles lie further apart than both reach.
    """
    if any(may_be_one(x, y) for x in (p.name, p.told) for y in (q.name, q.told) if x and y):
        return Sign("elsewhere", f"{p.name} and {q.name}")
    if away is not None and away > 2 * REACH_KM[Precision.ADMIN1]:
        raise Apart(f"{p.name} and {q.name} are two")
    return Sign("two provinces", f"{p.name} and {q.name}")


@lru_cache(maxsize=65536)
def may_be_one(one: str, other: str) -> bool:
    """True for two names of which the one holds the other, or that are spelled much alike: Dabar Qoro, Dabarqora.

    A word of both, as “State”, tells nothing.
    """
    if same_name(one, other):
        return True
    words = [name_key(x).split() for x in (one, other)]
    a, b = ("".join(w for w in mine if w not in theirs) for mine, theirs in (words, words[::-1]))
    if not (a and b):
        return True  # Goa, the State of Goa
    first, second = sorted((a, b))  # the ratio depends on the order
    return SequenceMatcher(None, first, second, autojunk=False).ratio() > ALIKE


def one_spelling(p: Location, q: Location) -> bool:
    """True where two reports spell two places alike, however each was resolved."""
    if not (p.told and q.told):
        return False
    key = place_key if p.unresolved or q.unresolved else name_key
    return key(p.told) == key(q.told)


def near(away: float, p: Location, q: Location) -> Sign:
    """Two named spots: the same, within reach of their precision, or elsewhere.

    Raises:
        Apart: where they are too far apart.
    """
    reach = reach_km(p) + reach_km(q)
    words = f"{away:.1f} km apart" if away < 10 else f"{away:.0f} km apart"
    if away <= SAME_SPOT_KM:
        return Sign("same place", words if away >= TOLD_KM else "in the same spot")
    if away <= reach:
        return Sign("near place", words)
    if away <= FAR_TIMES * reach:
        return Sign("elsewhere", words)
    raise Apart(words)


def reach_km(p: Location) -> float:
    """How far from its point a fine place may lie."""
    return REACH_KM.get(p.precision or Precision.NEAR, 5.0)


def distance_km(p: Location, q: Location) -> float | None:
    """Great-circle distance (haversine); None where a coordinate is unknown."""
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    la, lb = math.radians(p.lat), math.radians(q.lat)
    h = math.sin((lb - la) / 2) ** 2
    h += math.cos(la) * math.cos(lb) * math.sin(math.radians(q.lon - p.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
