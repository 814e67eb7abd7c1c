"""How exactly time and place of an event are known, in the scales of ACLED and UCDP."""

from __future__ import annotations

import re

from accordingto.record import Event, Place, Precision, Record, Time, TimeType

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# The longest interval, in days, of each code; a longer one has none.
ACLED_TIME = ((1, 1), (7, 2), (31, 3))
UCDP_DATE = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
ACLED_GEO = {
    Precision.EXACT: 1,
    Precision.NEAR: 2,
    Precision.ADMIN2: 2,
    Precision.ADMIN1: 3,
    Precision.REGION: 3,
}
UCDP_WHERE = {
    Precision.EXACT: 1,
    Precision.NEAR: 2,
    Precision.ADMIN2: 3,
    Precision.ADMIN1: 4,
    Precision.REGION: 5,
    Precision.COUNTRY: 6,
}
WATERS = frozenset(("SEA", "OCN", "GULF", "STRT"))


def time_of(record: Record, event: Event) -> Time | None:
    """The time expression of an event."""
    return next((t for t in record.times if t.id == event.time), None)


def place_of(record: Record, event: Event) -> Place | None:
    """The place of an event."""
    return next((p for p in record.places if p.id == event.place), None)


def days(time: Time | None) -> int | None:
    """The length in days of the interval in which an event lies; `None` where it is open."""
    if time is None or time.type is TimeType.SET:
        return None
    if time.value and DAY.match(time.value):
        return 1
    if time.earliest is None or time.latest is None:
        return None
    return (time.latest - time.earliest).days + 1


def scaled(length: int | None, scale: tuple[tuple[int, int], ...]) -> int | None:
    """The code of an interval's length."""
    return None if length is None else next((code for most, code in scale if length <= most), None)


def acled_time_precision(record: Record, event: Event) -> int | None:
    """ACLED: 1 the day, 2 a week or less, 3 a month or less."""
    return scaled(days(time_of(record, event)), ACLED_TIME)


def ucdp_date_prec(record: Record, event: Event) -> int | None:
    """UCDP: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year."""
    return scaled(days(time_of(record, event)), UCDP_DATE)


def acled_geo_precision(record: Record, event: Event) -> int | None:
    """ACLED: 1 the town, 2 near it or a small part of a region, 3 a larger region; a country alone has none."""
    place = place_of(record, event)
    return ACLED_GEO.get(place.precision) if place and place.precision else None


def ucdp_where_prec(record: Record, event: Event) -> int | None:
    """UCDP: 1 the place, 2 near it, 3 second and 4 first order division, 5 an area, 6 a country, 7 open waters."""
    place = place_of(record, event)
    if place is None or place.precision is None:
        return None
    if place.feature in WATERS and place.country is None:
        return 7
    return UCDP_WHERE[place.precision]
