"""ACLED's columns: for tools that read its tables. The data are this ledger's, not ACLED's.

Fatalities are the lowest figure told, as ACLED takes the most conservative; `country` is the ISO 3166-1 alpha-3
code. What nobody says has happened, planned or possible, is left out. Time and place precision as in `coding`: 1 a
day, 2 up to a week, 3 up to a month, else none; 1 a town or spot, 2 near it or a district, 3 wider, a country none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from accordingto.coding.precision import ACLED_GEO, ACLED_TIME, scaled
from accordingto.exporting.rows import Cell, flat, join, sources, values
from accordingto.exporting.tabular import lines
from accordingto.ledger.contest import State
from accordingto.ledger.exports import Exported
from accordingto.settings import load as load_settings
from accordingto.vocabularies import EventType, event_types

OTHER = EventType("", "", "Strategic developments", "Other", "Strategic developments")
PLACES = {str(precision): code for precision, code in ACLED_GEO.items()}


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """CSV lines in ACLED's columns, with the event types of the user's own folder too."""
    types = {t.code: t for t in event_types(load_settings().data_dir) if t.acled_event}
    told = (i for i in incidents if i.incident.fields["happened"].state is not State.UNKNOWN)
    return lines(row(i, types.get(i.incident.type, OTHER)) for i in told)


def row(exported: Exported, kind: EventType) -> dict[str, Cell]:
    """One incident."""
    i = exported.incident
    flat_row = flat(exported)
    killed = i.fields["killed"]
    actors = values(i.fields["actor"])
    targets = values(i.fields["target"])
    return {
        "event_id_cnty": i.id,
        "event_date": i.earliest,
        "year": int(i.earliest[:4]) if i.earliest else None,
        "time_precision": time_precision(i.earliest, i.latest),
        "disorder_type": kind.acled_disorder,
        "event_type": kind.acled_event,
        "sub_event_type": kind.acled_sub_event,
        "actor1": join(actors),
        "actor2": join(targets),
        "country": flat_row["country"],
        "location": flat_row["place"],
        "latitude": flat_row["lat"],
        "longitude": flat_row["lon"],
        "geo_precision": PLACES.get(str(flat_row["precision"])) if flat_row["place"] else None,
        "source": join(sources(exported)),
        "notes": f"{i.title}. State: {i.state}; grading: {i.grading.value} ({join(i.grading.reasons)}).",
        "fatalities": killed.low if killed.low is not None else killed.best,
        "fatalities_high": killed.high,
        "fatalities_state": str(killed.state),
        "caveats": flat_row["caveats"],
        "tags": f"review={i.review}",
    }


def time_precision(earliest: str | None, latest: str | None) -> int | None:
    """1 for a day, 2 for up to a week, 3 for up to a month; beyond that none."""
    if earliest is None or latest is None:
        return None
    return scaled((date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1, ACLED_TIME)
