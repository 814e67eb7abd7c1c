"""TIMEX3 values: days, weeks, months, seasons as ISO 8601 strings, and the days that they span."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

YEARS = {"Y": 1, "DE": 10, "CE": 100}
PRECISION = {"Y": 4, "DE": 3, "CE": 2}  # digits of a year
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def shifted(day: date, months: int) -> date:
    """`day` some months away, cut to the month's last day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(day: date, days: int) -> date:
    """`day` some days away; the calendar's edge where that lies beyond it."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def week(day: date) -> str:
    """The ISO week of a day: 2024-W36."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"


def ago(day: date, count: int, unit: str) -> str | None:
    """What lies `count` units from a day (negative: before), at the unit's own precision."""
    if abs(count) > 4000:
        return None
    if unit == "D":
        return moved(day, count).isoformat()
    if unit == "W":
        return week(moved(day, 7 * count))
    if unit == "M":
        return shifted(day, count).isoformat()[:7]
    if unit == "Q":
        then = shifted(day, 3 * count)
        return f"{then.year:04d}-Q{(then.month + 2) // 3}"
    if unit in YEARS:
        year = day.year + YEARS[unit] * count
        return f"{year:04d}"[: PRECISION[unit]] if year > 0 else None
    return day.isoformat()


def part_of(day: date, share: float, unit: str) -> date:
    """`day` moved by part of a unit (negative: back): half a year, half a week; hours move no day."""
    if unit in YEARS:
        return shifted(day, round(12 * YEARS[unit] * share))
    return moved(day, round({"W": 7, "M": 30, "Q": 91}.get(unit, 0) * share))


def season(day: date, shift: int, code: str) -> str:
    """The season of a day's year, or some years away; a winter counts by its December."""
    winter = code == "WI" and day.month <= 2
    return f"{day.year + shift - winter}-{code}"


def duration(count: str, unit: str) -> str:
    """A duration: P3Y, PXM, PT6H, PXDE."""
    if unit in ("S", "MIN", "H"):
        return f"PT{count}{unit[0]}"
    return f"P{count}{unit}"


def hours(since: str | None, minutes: str | None, hour: int, until: str | None, half: str) -> list[str]:
    """An hour of a 24-hour clock, or the two ends of "2-3 p.m."; empty where there is no such hour.

    `half` is "a", "p" or nothing; the first end is of the half of the last, "11-2 p.m." of the one before.
    """
    if hour > 24 or int(until or 0) > 59:
        return []
    last = hour % 12 + 12 * (half == "p") if half and hour <= 12 else hour
    ends = [f"{last:02d}:{int(until or 0):02d}"]
    if since is None or int(since) > 12 or int(minutes or 0) > 59:
        return ends
    first = int(since) % 12 + 12 * (half == "p")
    first -= 12 if first > last and first >= 12 else 0
    return [f"{first:02d}:{int(minutes or 0):02d}", *ends] if first <= last else ends


def bounds(value: str | None) -> tuple[date | None, date | None]:
    """The first and last day that a value allows; None where it tells none."""
    if not value or value[0] == "P" or "X" in value:
        return None, None
    first, _, last = value.partition("/")
    try:
        return _bounds(first.split("T")[0])[0], _bounds((last or first).split("T")[0])[1]
    except ValueError:
        return None, None


def _bounds(v: str) -> tuple[date | None, date | None]:
    if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", v):
        first = date.fromisocalendar(int(m[1]), int(m[2]), 6 if m[3] else 1)
        return first, moved(first, 1 if m[3] else 6)
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", v):
        first = date(int(m[1]), 3 * int(m[2]) - 2, 1)
        return first, moved(shifted(first, 3), -1)
    if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", v):
        a, b = SEASON_MONTHS[m[2]]
        first = date(int(m[1]), a, 1)
        return first, moved(shifted(first, b - a + 1), -1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", v):
        return date.fromisoformat(v), date.fromisoformat(v)
    if re.fullmatch(r"\d{4}-\d\d", v):
        first = date.fromisoformat(v + "-01")
        return first, moved(shifted(first, 1), -1)
    if re.fullmatch(r"\d{2,4}", v):
        missing = 4 - len(v)
        return date(max(1, int(v + "0" * missing)), 1, 1), date(int(v + "9" * missing), 12, 31)
    return None, None
