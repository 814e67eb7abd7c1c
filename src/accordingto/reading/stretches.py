"""Stretches of a text and of days: which one holds a character, how far apart two are, which times can be told as days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from accordingto.record import Time, TimeType
from accordingto.spans import Range


def placed(time: Time) -> bool:
    """Whether a time is a day or a part of one that can be told."""
    return time.type in (TimeType.DATE, TimeType.TIME) and time.value not in (
        None,
        "PRESENT_REF",
        "PAST_REF",
        "FUTURE_REF",
    )


def apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    """The days between two stretches of days; none where they touch."""
    return max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)


def holding(stretches: Sequence[Range], at: int) -> Range:
    """The last stretch that begins at or before a character; an empty one where there is none."""
    i = bisect_right(stretches, at, key=lambda s: s.start) - 1
    return stretches[i] if i >= 0 else Range(at, at)
