"""ACLED's columns: for tools that read its tables. The data are this ledger's, not ACLED's.

Types come by the rules of the coded view (`acledcodes`); `rule` names the row that decided and `flag` what a person
should look at. What ACLED does not code is left out, and so is what nobody says has happened. Fatalities are the lowest
figure told, as ACLED takes the most conservative; `country` is the ISO 3166-1 alpha-3 code. Time and place precision as in `coding`: 1 a
day, 2 up to a week, 3 up to a month, else none; 1 a town or spot, 2 near it or a district, 3 wider, a country none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from accordingto.coding.precision import ACLED_GEO, ACLED_TIME, scaled
from accordingto.coding.situations import Codebooks
from accordingto.exporting.acledcodes import Coded, coded
from accordingto.exporting.rows import Cell, flat, join, sources, values
from accordingto.exporting.tabular import lines
from accordingto.ledger.contest import State
from accordingto.ledger.exports import Exported
from accordingto.reading.lexicon import Lexicon
from accordingto.settings import load as load_settings

PLACES = {str(precision): code for precision, code in ACLED_GEO.items()}


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """CSV lines in ACLED's columns, by the package's tables and those of the user's own folder."""
    own = load_settings().data_dir
    books, lexicon = Codebooks.load(own), Lexicon.load(own)
    told = (i for i in incidents if i.incident.fields["happened"].state is not State.UNKNOWN)
    codes = ((i, coded(i.incident, books, lexicon)) for i in told)
    return lines(row(i, code) for i, code in codes if code)


def row(exported: Exported, code: Coded) -> dict[str, Cell]:
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
        "disorder_type": code.disorder_type,
        "event_type": code.event_type,
        "sub_event_type": code.sub_event_type,
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
        "rule": code.rule,
        "flag": code.flag,
    }


def time_precision(earliest: str | None, latest: str | None) -> int | None:
    """1 for a day, 2 for up to a week, 3 for up to a month; beyond that none."""
    if earliest is None or latest is None:
        return None
    return scaled((date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1, ACLED_TIME)
