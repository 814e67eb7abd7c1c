"""Blocking: which accounts are compared at all, so that work grows with the reports and not with their square.

An account has keys of family × time × place cell. Two fine accounts are compared where they share a fine key
(day, cell of one degree); an account of coarse place is looked up by week and country, one of coarse time by
month and cell. Coarse in both is too little to match on. Two fine accounts never meet through a coarse key.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.matching import FINE_DAYS
from accordingto.ledger.names import name_key

LONGEST = 400  # days; a longer time is a period, not an incident's day


class Block(NamedTuple):
    """A key; `open`: compared with all under the key, else only with the open ones under it."""

    key: str
    open: bool


def blocks(account: Account) -> frozenset[Block]:
    """The keys of an account; only its own anchor where neither time nor place nor a name says anything."""
    return frozenset(_blocks(account))


def _blocks(a: Account) -> Iterator[Block]:
    yield Block(f"={a.key}", True)  # the same document come in by two files
    days = a.days
    if days is None or days > LONGEST or a.earliest is None or a.latest is None:
        return
    first, last = a.earliest - timedelta(days=1), a.latest + timedelta(days=1)
    all_days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    weeks = {d.strftime("%G-%V") for d in all_days}
    months = {d.strftime("%Y-%m") for d in all_days}
    fine_time = days <= FINE_DAYS
    cells = cells_of(a.place) if a.place and a.place.fine else ()
    where = a.place.country or name_key(a.place.name) if a.place else None
    if fine_time and cells:
        for cell in cells:
            yield from (Block(f"{a.family}|{d.toordinal()}|{cell}", True) for d in all_days)
            yield from (Block(f"{a.family}|{m}|{cell}", False) for m in months)
        yield from (Block(f"{a.family}|{w}|{where}", False) for w in weeks)
    elif fine_time and where:
        yield from (Block(f"{a.family}|{w}|{where}", True) for w in weeks)
    elif cells:
        for cell in cells:
            yield from (Block(f"{a.family}|{m}|{cell}", True) for m in months)
    if fine_time and not a.placed:
        for name in {name_key(p.name) for p in a.parties if p.named}:
            yield from (Block(f"{a.family}|{w}|={name}", True) for w in weeks)
    elif fine_time:
        for name in {name_key(p.name) for p in a.parties if p.named}:
            yield from (Block(f"{a.family}|{w}|={name}", False) for w in weeks)


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
