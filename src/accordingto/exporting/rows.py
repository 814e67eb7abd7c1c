"""An incident as one flat row, with its sources and caveats; what table formats share.

What a person set right (`corrected`) is what type, title, days, place and the numbers of the dead and wounded say; all other columns are the
sources' own values.
"""

from __future__ import annotations

from collections.abc import Iterable

from accordingto.ledger.contest import FieldState, of_all
from accordingto.ledger.corrections import in_words
from accordingto.ledger.exports import Exported
from accordingto.ledger.incidents import count_of
from accordingto.ledger.names import name_key
from accordingto.ledger.wording import words_of

NAMED = ("actor", "target", "instrument", "use_of_site")
COUNTED = ("killed", "wounded")
Cell = str | int | float | None


def flat(exported: Exported) -> dict[str, Cell]:
    """One row; several values of a cell are parted by ` | `."""
    i = exported.incident
    place = i.place
    row: dict[str, Cell] = {
        "id": i.id,
        "type": i.type,
        "title": i.title,
        "earliest": i.earliest,
        "latest": i.latest,
        "reported": exported.reported,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonameid": place.geonameid if place else None,
        "precision": place.precision if place else None,
        "state": str(i.state),
        "grading": i.grading.value,
        "grading_reasons": join(i.grading.reasons),
        "review": i.review,
        "happened": str(i.fields["happened"].state),
    }
    for name in NAMED:
        row[name] = join(values(i.fields[name]))
        row[f"{name}_state"] = str(i.fields[name].state)
    for name in COUNTED:
        f = count_of(i, name)
        row |= {f"{name}_low": f.low, f"{name}_best": f.best, f"{name}_high": f.high}
        row[f"{name}_state"] = str(f.state)
        row[f"{name}_by"] = join(
            once(f"{words_of(v)}: {v.by or 'the report'}" for v in of_all(f.values) if v.stance == "asserts")
        )
    row |= {
        "denied_by": join(
            once(
                f"{name}: {v.by or 'the report'}"
                for name, f in i.fields.items()
                for v in f.values
                if v.stance == "denies"
            )
        ),
        "corrected": join(
            f"{f}: {in_words(i.corrected, f)}" for f in dict.fromkeys(c.field for c in i.corrected)
        ),
        "sources": join(sources(exported)),
        "caveats": join(exported.caveats),
        "reports": join(i.reports),
        "titles": join(exported.titles),
        "origins": i.origins,
        "address": exported.address,
    }
    return row


def values(field: FieldState) -> list[str]:
    """What is asserted, each once."""
    return once(str(v.value) for v in field.values if v.stance == "asserts" and v.value is not None)


def sources(exported: Exported) -> list[str]:
    """Everyone who says anything of the incident, each under one spelling of the name."""
    return once(sorted({v.by for f in exported.incident.fields.values() for v in f.values if v.by}))


def once(items: Iterable[str]) -> list[str]:
    """Of items that differ only in case or articles the first: "The army" and "the army"."""
    first: dict[str, str] = {}
    for x in items:
        first.setdefault(name_key(x), x)
    return list(first.values())


def join(items: Iterable[str]) -> str:
    """Several values in one cell."""
    return " | ".join(dict.fromkeys(items))
