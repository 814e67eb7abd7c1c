"""Blocking: which accounts are compared at all, so that work grows with the reports and not with their square.

An account has keys of family × time × place. Accounts of a day and a spot meet in bins of four days and half-degree
cells; a freshly told one looks a week back, one without a day of its own a month and a half, by cell. One of coarse
place is looked up by week and country. Who was hit, by name, is looked up by year; lasting things by year and place. Coarse in
time and place and without a name is too little to match on. Two fine accounts never meet through a coarse key; one whose place is only
that of its report meets those of its own day in the country.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.days import shifted
from accordingto.ledger.names import name_key, tagged
from accordingto.ledger.nearness import CLOSE_DAYS, FINE_DAYS, LAST_DAYS, SHARP_DAYS, WINDOWS, fresh
from accordingto.record import Role

LONGEST = 400  # days; a longer time is a period, not an incident's day
WEEKS, MONTHS = WINDOWS[1][0], WINDOWS[2][0]  # days that an undated account looks back
BIN = 4  # days
SENTENCE = 5  # telling words from which a sentence is hardly written twice


class Block(NamedTuple):
    """A key; `open`: compared with all under the key, else only with the open ones under it."""

    key: str
    open: bool


class Reach(NamedTuple):
    """Days in which like accounts may lie; `open` as in `Block`; `fine`: days, not months."""

    first: date
    last: date
    open: bool
    fine: bool


def blocks(account: Account) -> frozenset[Block]:
    """The keys of an account; only its own anchor where neither time nor place nor a name says anything."""
    found: dict[str, bool] = {f"={account.key}": True}  # the same document come in by two files
    if account.published is None and len(account.words) >= SENTENCE:
        found[f"{account.family}|#{tagged('W', *account.words)}"] = True  # a copy of its report without a day
    for key, is_open in _keys(account):
        for family in account.kin:
            whole = f"{family}|{key}"
            found[whole] = found.get(whole, False) or is_open
    return frozenset(Block(k, o) for k, o in found.items())


def reaches(a: Account) -> Iterator[Reach]:
    """The days in which an account looks for others of its kind."""
    if a.earliest is None or a.latest is None:
        return
    days = (a.latest - a.earliest).days + 1
    if a.dated:
        if days > LONGEST:
            return
        back = CLOSE_DAYS if (fresh(a) or a.lent_day) and days <= FINE_DAYS else 1
        yield Reach(shifted(a.earliest, -back), shifted(a.latest, 1), True, days <= FINE_DAYS)
        return
    yield Reach(shifted(a.latest, -WEEKS), shifted(a.latest, 1), True, True)
    yield Reach(shifted(a.latest, -MONTHS), a.latest, True, False)
    if a.before and (a.before[1] - a.before[0]).days < FINE_DAYS:
        yield Reach(shifted(a.before[0], -1), shifted(a.before[1], 1), True, True)


def _keys(a: Account) -> Iterator[tuple[str, bool]]:
    cells = cells_of(a.place) if a.place and a.place.fine else ()
    land = a.place.country or name_key(a.place.name) if a.place else None
    loose = not (a.dated and a.placed and cells) or a.lent_day or a.lent_place
    firm = a.placed and not a.lent_place and bool(cells)
    own = {name_key(n) for n in (a.place.name, a.place.told) if n} if a.place else set()
    towns = set(a.towns) if loose else own
    nowhere = not a.lands and (a.place is None or a.place.country is None)
    hit = {name_key(p.name) for p in a.parties if p.named and p.role != Role.ACTOR} | set(a.site_names)
    actors = {name_key(p.name) for p in a.parties if p.named and p.role == Role.ACTOR}
    yield f"@{a.document}", True
    for reach in reaches(a):
        spread = [shifted(reach.first, n) for n in range((reach.last - reach.first).days + 1)]
        months = {d.isoformat()[:7] for d in spread}
        yield from ((f"{m}|~{town}", loose or not reach.fine) for m in months for town in towns)
        yield from ((f"{m}|{cell}", not reach.fine) for m in months for cell in cells)
        yield from ((f"{m}|={site}", True) for m in months for site in a.site_names)
        if reach.fine:
            weeks = {week_of(d) for d in spread}
            bins = {d.toordinal() // BIN for d in spread}
            yield from ((f"{d}|{cell}", True) for d in bins for cell in cells)
            yield from ((f"{d}|*", nowhere) for d in bins)
            yield from ((f"{w}|{land}", not cells) for w in weeks if land)
            yield from ((f"{w}|={name}", loose) for w in weeks for name in actors | hit)
            yield from ((f"{d}|@{land}", not firm) for d in own_days(a) if land)
    telling = {f"={name}" for name in hit}
    telling |= {
        f"~{town}|{n}" for town in towns for n in (*a.sites, *(f"{c.measure}{c.best}" for c in a.counts))
    }
    for year in _years(a):
        yield from ((f"{year}|{x}", loose) for x in telling)
    if a.lasting and a.latest:
        first = min(a.earliest or a.latest, shifted(a.latest, -LAST_DAYS))
        for year in range(first.year, a.latest.year + 1):
            yield from ((f"{year}|~{town}", True) for town in towns)
            yield from ((f"{year}|{at}", True) for at in (cells or (land,)) if at)


def week_of(day: date) -> str:
    """A day's week by ISO 8601: `2032-W11` without the letter."""
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02d}"


def own_days(a: Account) -> list[date]:
    """The days of an account that is told to the day; none for a longer time."""
    if a.earliest is None or a.latest is None or not a.dated or (a.latest - a.earliest).days >= SHARP_DAYS:
        return []
    return [shifted(a.earliest, n) for n in range((a.latest - a.earliest).days + 1)]


def _years(a: Account) -> set[int]:
    """The years of an account; those in which an undated one may lie."""
    if a.earliest is None or a.latest is None:
        return set()
    first = a.earliest if a.dated and not a.lent_day else shifted(a.latest, -LONGEST)
    return set(range(max(first.year, a.latest.year - 2), a.latest.year + 1))


def cells_of(place: Location) -> tuple[str, ...]:
    """The half-degree cells that a place lies in or borders on: those around its point within a quarter degree."""
    assert place.lat is not None
    assert place.lon is not None
    cells = {
        f"{math.floor((place.lat + dy) * 2)},{math.floor((place.lon + dx) * 2)}"
        for dy in (-0.25, 0.25)
        for dx in (-0.25, 0.25)
    }
    return tuple(sorted(cells))
