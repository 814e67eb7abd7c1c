"""The smaller place where an event was, told beside another mention of it: “a raid in the [West Bank] … the raid on [Nablus]”.

The fullest mention may tell no more than the country or province. The smallest named place is where something happened, so one inside of that
which hangs on another mention, or is marked as its place, tells where it was, unless there are several or it is only one of many.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.locatives import Locatives
from accordingto.reading.placeranking import kilometres
from accordingto.reading.stretches import holding
from accordingto.record import Factuality, Place, Precision
from accordingto.spans import Range

WIDE = frozenset((Precision.COUNTRY, Precision.ADMIN1, Precision.REGION))
NARROW = frozenset((Precision.EXACT, Precision.NEAR, Precision.ADMIN2))
HUNG = frozenset(("", "of", "in", "at", "near", "on", "against"))
LASTING = frozenset(
    ("invasion", "hunger_disease", "economy", "disaster", "protest", "displacement", "politics")
)
SEVERAL = re.compile(
    r"\b(?:includ\w+|such as|elsewhere|other|others|another|also|several|various|across|both|second|first)\b",
    re.I,
)
REGION = 200  # kilometres from the middle of a region of no known province within which a place may lie in it


def narrower(
    text: str, wide: Place, event: FoundEvent, places: Sequence[Place], told: Locatives, layers: Layers
) -> Place:
    """The one smaller place inside of a country, province or region at which other mentions of an event put it; else that itself."""
    if (
        wide.precision not in WIDE
        or wide.country is None
        or event.factuality not in (Factuality.OCCURRED, Factuality.CLAIMED)
        or event.type in LASTING
        or many(text, event.trigger)
    ):
        return wide
    marked = [p.at for p in event.parts if p.role == "place"]
    found: dict[str, Place] = {}
    for m in event.mentions:
        around = holding(layers.sentences, m.start)
        for p in places:
            if not (around.contains(p.span.range) and within(p, wide)):
                continue
            if told.hangs_on(p, m) in HUNG or any(x.overlaps(p.span.range) for x in marked):
                if many(text, m) or SEVERAL.search(text, *around):
                    return wide
                found.setdefault(p.name, p)
    return next(iter(found.values())) if len(found) == 1 else wide


def many(text: str, mention: Range) -> bool:
    """Whether a mention is of several deeds: "raids", "a wave of strikes"."""
    return text[mention.end - 1] == "s" or text[mention.start : mention.end].endswith("ing")


def within(place: Place, wide: Place) -> bool:
    """Whether a place is a smaller one inside of another, as far as is known."""
    if (
        place.country != wide.country
        or place.precision not in NARROW
        or place.lat is None
        or place.lon is None
    ):
        return False
    if wide.precision is Precision.COUNTRY or (wide.feature or "").startswith("PCL"):
        return True
    if wide.admin1 is not None:
        return place.admin1 == wide.admin1 and place.geonameid != wide.geonameid
    if wide.lat is None or wide.lon is None:
        return False
    return kilometres(place.lat, place.lon, wide.lat, wide.lon) <= REGION
