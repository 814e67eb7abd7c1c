"""Two accounts → whether they tell of one incident: a score and the sentence that explains it.

The score is a sum of points for evidence, turned into 0–1 by the logistic function; 0.5 and more is a match.
The points are set by hand on the cases of `tests/ledger/test_matching.py` (two schools in one night, rising tolls
under different place names, follow-ups, anniversaries, a later like attack); they are not fitted to data.
What forbids a match altogether is said in one sentence with score 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from accordingto.ledger.accounts import Account, Count, Location
from accordingto.ledger.names import overlap, same_name
from accordingto.record import Precision

MATCH = 0.5
BASE = -2.0
REACH_KM = {Precision.EXACT: 1.0, Precision.NEAR: 5.0, Precision.ADMIN2: 25.0, Precision.ADMIN1: 120.0}
SAME_SPOT_KM = 1.0
FINE_DAYS = 10  # a time of at most so many days tells when; a longer one is coarse
LIKE_WORDS = 0.3  # share of words from which two sentences are much alike
FAR_APART = 3.0  # ratio of two counts of the same from which they speak against one incident
MEASURES = ("killed", "wounded", "detained", "missing", "displaced")


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two accounts tell of one incident, 0 to 1, and why."""

    score: float
    reason: str

    @property
    def is_match(self) -> bool:
        """True from 0.5 on."""
        return self.score >= MATCH


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points for or against, and the words that say so; `forbids` ends it."""

    points: float
    words: str | None = None
    forbids: bool = False


def compare(one: Account, other: Account, *, copies: bool = False) -> Match:
    """The score of two accounts; the order of the two makes no difference.

    `copies`: their reports are near-copies of each other.
    """
    a, b = sorted((one, other), key=lambda x: x.order)
    if a.key == b.key:
        return Match(1.0, "the same words of the same document")
    points, words = BASE, []
    for find in (kind, time, place, site, figures, who, wording):
        found = find(a, b)
        if found.forbids:
            return Match(0.0, found.words or "told apart")
        points += found.points
        if found.words:
            words.append(found.words)
    if copies and a.type == b.type and a.trigger == b.trigger:
        points += 3.0
        words.append("one report copies the other")
    score = 1 / (1 + math.exp(-points))
    return Match(round(score, 4), ", ".join(words) or "nothing in common but type and time")


def kind(a: Account, b: Account) -> Evidence:
    """Type family, and the reader's own word that one report's events are several."""
    if a.family != b.family:
        return Evidence(0, f"{a.type} and {b.type} are different things", True)
    if a.hypothetical != b.hypothetical:
        return Evidence(0, "one is planned, the other is told as fact", True)
    if a.document == b.document:
        if a.consequence == b.consequence:
            return Evidence(0, "one report tells them as two", True)
        return Evidence(1.0, f"one report tells {a.type} and {b.type} together")
    same = a.type == b.type
    return Evidence(0.6, f"both {a.type}") if same else Evidence(0.0)


def time(a: Account, b: Account) -> Evidence:
    """Overlap of the days; a time that is only the publication's reaches back some days."""
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return Evidence(-1.0)
    gap = max((b.earliest - a.latest).days, (a.earliest - b.latest).days)
    if gap > 1 or (gap == 1 and not (a.dated and b.dated)):
        return Evidence(0, f"{gap} days apart", True)
    if gap == 1:
        return Evidence(-0.4, "a day apart")
    spans = [x.days or 1 for x in (a, b)]
    if not (a.dated and b.dated):
        return Evidence(1.0 if max(spans) <= FINE_DAYS else -0.5, "days that overlap")
    if max(spans) <= 2:
        return Evidence(2.0, "same day" if a.earliest == b.earliest else "same night or day")
    return Evidence(1.0 if max(spans) <= FINE_DAYS else 0.0, "times that overlap")


def place(a: Account, b: Account) -> Evidence:
    """Distance within what the coordinates stand for, a shared name, or one place within the other."""
    p, q = a.place, b.place
    if p is None or q is None:
        return Evidence(-0.3)
    if p.country and q.country and p.country != q.country:
        return Evidence(0, f"{p.country} and {q.country}", True)
    sure = 1.0 if a.placed and b.placed else 0.5
    same = p.geonameid == q.geonameid if p.geonameid and q.geonameid else same_name(p.name, q.name)
    if same and p.fine and q.fine:
        return Evidence(2.0 * sure, f"both in {p.name}")
    if same:
        large = p.precision in (Precision.COUNTRY, Precision.REGION)
        return Evidence(-0.8 if large else 0.8 * sure, f"both in {p.name}")
    away = distance_km(p, q)
    if p.fine and q.fine and away is not None:
        return near(away, p, q, sure, a.placed and b.placed)
    inner, outer = (p, q) if p.fine else (q, p)
    if outer.precision is Precision.ADMIN1 and away is not None:
        if away <= REACH_KM[Precision.ADMIN1] or (inner.admin1 and same_name(inner.admin1, outer.name)):
            return Evidence(0.6 * sure, f"{inner.name} lies in or near {outer.name}")
        return Evidence(0, f"{inner.name} lies far from {outer.name}", a.placed and b.placed)
    return Evidence(-1.0)


def near(away: float, p: Location, q: Location, sure: float, placed: bool) -> Evidence:
    """Two named spots: within reach of their precision, close by, or too far."""
    reach = sum(REACH_KM.get(x.precision or Precision.NEAR, 5.0) for x in (p, q))
    words = f"{away:.1f} km apart" if away < 10 else f"{away:.0f} km apart"
    if away <= SAME_SPOT_KM:
        return Evidence(2.0 * sure, words)
    if away <= reach:
        return Evidence(0.8 * sure, words)
    if away <= 2 * reach or not placed:
        return Evidence(-1.5, words)
    return Evidence(0, words, True)


def distance_km(p: Location, q: Location) -> float | None:
    """Great-circle distance (haversine); None where a coordinate is unknown."""
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    la, lb = math.radians(p.lat), math.radians(q.lat)
    h = math.sin((lb - la) / 2) ** 2
    h += math.cos(la) * math.cos(lb) * math.sin(math.radians(q.lon - p.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def site(a: Account, b: Account) -> Evidence:
    """What was hit: the same named site, the same class, or two different ones."""
    for x in a.site_names:
        for y in b.site_names:
            if same_name(x, y):
                return Evidence(2.0, f"same {x}")
    for x in a.site_names:
        for y in b.site_names:
            if x.split()[-1] == y.split()[-1]:
                return Evidence(0, f"{x} and {y} are two", True)
    common = sorted(set(a.sites) & set(b.sites))
    if common:
        return Evidence(0.8, f"same {common[0]}")
    if a.sites and b.sites:
        return Evidence(-4.0, f"{a.sites[0]} and {b.sites[0]}")
    return Evidence(0.0)


def figures(a: Account, b: Account) -> Evidence:
    """Counts of the same measure and people: equal, grown with the days, or far apart."""
    points, words = 0.0, []
    for measure in MEASURES:
        pairs = [
            (x, y)
            for x in a.counts
            if x.measure == measure
            for y in b.counts
            if y.measure == measure and x.part == y.part
        ]
        if not pairs:
            continue
        best = max((agreement(x, y, a, b) for x, y in pairs), key=lambda e: e.points)
        points += best.points if measure == "killed" else best.points / 2
        if best.words:
            words.append(f"{best.words} ({measure})" if best.points <= 0 else f"both {measure} {best.words}")
    return Evidence(points, ", ".join(words) or None)


def agreement(x: Count, y: Count, a: Account, b: Account) -> Evidence:
    """Two counts of the same; `a` was published first."""
    first, second = (c.best if c.best is not None else c.low for c in (x, y))
    if first is None or second is None:
        return Evidence(0.0)
    if first == second:
        return Evidence(1.2, f"{first:g}")
    small, large = sorted((first, second))
    if small == 0:
        return Evidence(-0.3, f"{first:g} and {second:g}")
    grown = second > first and a.published != b.published
    if large / small > FAR_APART:
        return Evidence(-0.5 if grown else -1.5, f"{first:g} and {second:g}")
    return (
        Evidence(0.3, f"{first:g}, later {second:g}")
        if grown
        else Evidence(-0.3, f"{first:g} and {second:g}")
    )


def who(a: Account, b: Account) -> Evidence:
    """Participants in common. Rival accounts name different actors, so a difference says nothing."""
    points, words = 0.0, []
    for role, worth in (("actor", 0.6), ("target", 0.6), ("recipient", 0.4)):
        mine = [p.name for p in a.parties if p.role == role]
        theirs = [p.name for p in b.parties if p.role == role]
        shared = next((m for m in mine for t in theirs if same_name(m, t)), None)
        if shared:
            points += worth
            words.append(f"same {role} ({shared})")
    return Evidence(points, ", ".join(words) or None)


def wording(a: Account, b: Account) -> Evidence:
    """The same trigger word; much the same sentence."""
    points, words = 0.0, []
    if a.trigger == b.trigger:
        points, words = 0.4, ["same word for it"]
    alike = overlap(frozenset(a.words), frozenset(b.words))
    if alike >= LIKE_WORDS:
        points += 0.5
        words.append("much the same words")
    return Evidence(points, ", ".join(words) or None)
