"""How the words beside a number loosen it: "more than 40", "up to 300", "about 20"; the words are `approximators.csv`'s."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

from accordingto.reading.numbers import Amount

Bounds = tuple[Amount | None, Amount | None, Amount | None]


class Bound(StrEnum):
    """How a word loosens a number; NONE marks words whose "over" is theirs and loosens nothing."""

    ABOVE = "above"
    FROM = "from"
    BELOW = "below"
    UNTIL = "until"
    ABOUT = "about"
    NONE = "none"


class Approximator(msgspec.Struct, frozen=True):
    """One row of `approximators.csv`."""

    key: str
    words: str
    bound: Bound
    place: Literal["before", "after"]
    needs: str = ""


def bounded(
    bound: Bound, low: Amount | None, best: Amount | None, high: Amount | None, *, counts: bool
) -> Bounds:
    """Bounds loosened by one approximator; counts of things go up and down by one."""
    if best is None and bound in (Bound.BELOW, Bound.UNTIL):
        return (None if high is not None else low), best, high
    step = 1 if counts and isinstance(best, int) else 0
    if bound is Bound.ABOVE:
        return (best + step if best is not None else low), best, None
    if bound is Bound.FROM:
        return (best if best is not None else low), best, None
    if bound is Bound.BELOW:
        return None, best, (best - step if best is not None else None)
    if bound is Bound.UNTIL:
        return None, best, best
    return (low, None, high) if best is None else (None, best, None)
