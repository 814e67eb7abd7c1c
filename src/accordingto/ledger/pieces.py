"""Pieces: what one report adds to tolls, commitments and sources; rows that are grouped by key when listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from accordingto.ledger.commitments import Spoken, days_of, spoken
from accordingto.ledger.outcomes import Deed, deeds
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.tolls import TollPoint, toll_points
from accordingto.ledger.voices import Heard, heard
from accordingto.record import Record

TYPES: dict[str, type[Any]] = {"toll": TollPoint, "spoken": Spoken, "deed": Deed, "heard": Heard}


def pieces(
    record: Record, report: int, name: str, *, speakers: Speakers | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of one record for `tables.pieces`; `name` is the report's name, `speakers` the record's if known."""
    speakers = speakers or Speakers(record)
    published = record.document.published.isoformat() if record.document.published else None
    for t in toll_points(record, name, speakers):
        where = " ".join(x for x in (t.place.name, t.place.country) if x) if t.place else None
        yield row(report, "toll", t, (t.measure, t.as_of, where, t.authority, t.population))
    for s in spoken(record, name, speakers):
        who = " ".join(x for x in (s.speaker, s.addressee) if x)
        begun = (days_of(s.date) or (None,))[0]
        yield row(report, "spoken", s, (s.kind, begun, None, who, f"{s.what} {s.condition or ''}"))
    for d in deeds(record, name, speakers):
        yield row(report, "deed", d, (None, d.date, None, d.actor, None))
    for h in heard(record, name, speakers):
        where = h.country
        yield row(report, "heard", h, (h.kind, published, where, h.by, " ".join(h.on)))


def row(
    report: int,
    kind: str,
    piece: TollPoint | Spoken | Deed | Heard,
    columns: tuple[str | None, str | None, str | None, str | None, str | None],
) -> dict[str, Any]:
    """One row: type, day, place, who and words are what lists filter by."""
    type_, day, place, who, words = columns
    return {
        "report": report,
        "kind": kind,
        "key": piece.key,
        "type": type_,
        "day": day[:10] if day else None,
        "place": place,
        "who": who,
        "words": words,
        "body": msgspec.json.encode(piece).decode(),
    }
