"""ACLED's columns: for tools that read its tables. The data are this ledger's, not ACLED's.

Types come by the rules of the coded view (`acledcodes`); `rule` names the row that decided and `flag` what a person
should look at. What ACLED does not code is left out, and so is what nobody says has happened. Fatalities are the lowest
figure told, by the rule of the coded view ("dozens" are 12, "more than 20" are 20); what no report dates has the day of the first
one, time precision 3, and a flag; what a person set right goes before what is told, with a flag, too; `country` is the ISO 3166-1 alpha-3 code. Time and place precision as in `coding`: 1 a
day, 2 up to a week, 3 up to a month, else none; 1 a town or spot, 2 near it or a district, 3 wider, a country none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from accordingto.coding.deaths import conservative
from accordingto.coding.precision import ACLED_GEO, ACLED_TIME, scaled
from accordingto.coding.situations import Codebooks
from accordingto.exporting.acledcodes import Coded, coded
from accordingto.exporting.rows import Cell, flat, join, sources, values
from accordingto.exporting.tabular import lines
from accordingto.ledger.accounts import Field
from accordingto.ledger.contest import FieldState, FieldValue, State, of_all
from accordingto.ledger.corrections import held
from accordingto.ledger.exports import Exported
from accordingto.ledger.incidents import Incident
from accordingto.ledger.values import as_number, is_number
from accordingto.reading.lexicon import Lexicon
from accordingto.settings import load as load_settings

SUMMED = re.compile(r"(?:,(?!\d)|\b(?:and|plus|as well as)\b)(?!\s*(?:if|or|perhaps|possibly|maybe)\b)", re.I)
TWICE = re.compile(r"\b(\w+) and \1\b", re.I)  # “thousands and thousands”
REPORTED = 3  # the time precision of what only its report dates
BY_REPORT = "no report tells the day: it is that of the first report"
PLACES = {str(precision): code for precision, code in ACLED_GEO.items()}


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """CSV lines in ACLED's columns, by the package's tables and those of the user's own folder."""
    own = load_settings().data_dir
    books, lexicon = Codebooks.load(own), Lexicon.load(own)
    told = (i for i in incidents if i.incident.fields["happened"].state is not State.UNKNOWN)
    codes = ((i, coded(i.incident, books, lexicon)) for i in told)
    return lines(row(i, code, books.vague) for i, code in codes if code)


def row(exported: Exported, code: Coded, vague: dict[str, int]) -> dict[str, Cell]:
    """One incident."""
    i = exported.incident
    flat_row = flat(exported)
    day = i.earliest or exported.reported
    killed = i.fields["killed"]
    dead = held(i.corrected, Field.KILLED)
    least, most = (dead.value, dead.value) if dead else (fatalities(killed, vague), killed.high)
    actors, targets = parties(i, Field.ACTOR), parties(i, Field.TARGET)
    corrected = [f"{f} corrected by {who}" for f, who in {c.field: c.who for c in i.corrected}.items()]
    return {
        "event_id_cnty": i.id,
        "event_date": day,
        "year": int(day[:4]) if day else None,
        "time_precision": time_precision(i.earliest, i.latest) if i.earliest else REPORTED if day else None,
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
        "fatalities": least,
        "fatalities_high": most if most is None or least is None else max(most, least),
        "fatalities_state": str(killed.state),
        "caveats": flat_row["caveats"],
        "tags": f"review={i.review}",
        "rule": code.rule,
        "flag": join(x for x in (code.flag, BY_REPORT if day and not i.earliest else None, *corrected) if x)
        or None,
        "address": exported.address,
    }


def parties(i: Incident, field: Field) -> list[str]:
    """Who took this part: whom somebody set, else whom the sources tell."""
    last = held(i.corrected, field)
    return [str(last.value)] if last else values(i.fields[field])


def fatalities(killed: FieldState, vague: dict[str, int]) -> float | int | None:
    """ACLED's number: the lowest that is told, of counts that a later one has not overtaken."""
    told = [v for v in of_all(killed.values) if v.stance == "asserts" and is_number(v.value)]
    numbers = [conservative_value(v, vague) for v in told if stands(v, killed)]
    return min((n for n in numbers if n is not None), default=None)


def stands(v: FieldValue, field: FieldState) -> bool:
    """True for a count that lies within the field's own numbers."""
    exact = v.low is None and v.high is None
    low, high = (v.value, v.value) if exact else (v.low, v.high)
    above = field.low is None or low is None or float(low) >= field.low
    return above and (field.high is None or high is None or float(high) <= field.high)


def conservative_value(v: FieldValue, vague: dict[str, int]) -> float | int | None:
    """One count under ACLED's rule; in a sum ("two soldiers and dozens of villagers") each vague word is put at its number."""
    words, value = TWICE.sub(r"\1", v.span.text if v.span else ""), as_number(v.value)
    if v.low is not None and SUMMED.search(words):
        return min(v.low, value) - sum(vague.get(w, 0) for w in re.findall(r"\w+", words.casefold()))
    return conservative(words, v.low, value, v.high, vague)


def time_precision(earliest: str | None, latest: str | None) -> int | None:
    """1 for a day, 2 for up to a week, 3 for up to a month; beyond that none."""
    if earliest is None or latest is None:
        return None
    return scaled((date.fromisoformat(latest) - date.fromisoformat(earliest)).days + 1, ACLED_TIME)
