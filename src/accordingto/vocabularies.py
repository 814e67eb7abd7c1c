"""Tables of knowledge: CSV files under `data/`, which a user's own files extend.

Lines that begin with `#` are comments; the first other line names the columns, which are the fields of
a row type. A user's file of the same name adds rows; a row whose first column is known replaces it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TypeVar

import msgspec

from accordingto.errors import UserError

Row = TypeVar("Row", bound=msgspec.Struct)


def table(name: str, row_type: type[Row], *, extra_dir: Path | None = None) -> tuple[Row, ...]:
    """The rows of `data/NAME.csv`, in file order, with the user's own from `extra_dir` after them.

    Empty cells become the field's default (or an empty string); numbers and booleans are converted.

    Raises:
        UserError: where a file, a column or a value is wrong; names file, line and column.
    """
    path = resources.files("accordingto.data") / f"{name}.csv"
    rows = dict(read(path.read_text(encoding="utf-8"), f"{name}.csv", row_type))
    own = extra_dir / f"{name}.csv" if extra_dir else None
    if own is not None and own.exists():
        rows.update(read(own.read_text(encoding="utf-8"), str(own), row_type))
    return tuple(rows.values())


def read(text: str, file: str, row_type: type[Row]) -> Iterator[tuple[str, Row]]:
    """Key (first column) and row of each line of a CSV text."""
    kept = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    reader = csv.reader(line for _, line in kept)
    columns: list[str] | None = None
    fields = set(row_type.__struct_fields__)
    for (number, _), cells in zip(kept, reader, strict=False):
        if columns is None:
            columns = [c.strip() for c in cells]
            if unknown := set(columns) - fields - {"comment"}:
                raise UserError(
                    f"{file}, line {number}: unknown column {sorted(unknown)}; known: {sorted(fields)}."
                )
            continue
        if len(cells) > len(columns):
            raise UserError(
                f"{file}, line {number}: {len(cells)} cells for {len(columns)} columns; quote commas."
            )
        values = {c: v.strip() for c, v in zip(columns, cells, strict=False) if v.strip() and c != "comment"}
        try:
            yield cells[0], msgspec.convert(values, row_type, strict=False)
        except msgspec.ValidationError as error:
            raise UserError(f"{file}, line {number}: {error}; correct that cell.") from error


class EventType(msgspec.Struct, frozen=True):
    """One row of `event_types.csv`: a type of events and its counterparts in ACLED and PLOVER.

    `target` is the word before whom or what it is done to, where that is not "against".
    """

    code: str
    what: str
    acled_event: str = ""
    acled_sub_event: str = ""
    acled_disorder: str = ""
    plover: str = ""
    target: str = ""


class VagueNumber(msgspec.Struct, frozen=True):
    """One row of `vague_numbers.csv`: what a vague word stands for in one view ("words", "acled", a user's own)."""

    key: str
    words: str
    view: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


def event_types(extra_dir: Path | None = None) -> tuple[EventType, ...]:
    """The event types, the package's first, in a fixed order that the network's labels follow."""
    return table("event_types", EventType, extra_dir=extra_dir)


class SectorCode(msgspec.Struct, frozen=True):
    """One row of `sector_codes.csv`: an actor's sector, PLOVER's code for it, its side in an event.

    `side` is `state`, `armed`, `civilian` or empty; `fighters`: whether they carry arms by trade.
    """

    code: str
    what: str
    plover: str
    side: str = ""
    fighters: bool = False


def sector_codes(extra_dir: Path | None = None) -> tuple[SectorCode, ...]:
    """The sectors of actors."""
    return table("sector_codes", SectorCode, extra_dir=extra_dir)
