"""Tables of knowledge: CSV files under `data/`, which a user's own files extend.

Lines that begin with `#` are comments; the first other line names the columns, which are the fields of
a row type. A user's file of the same name adds rows; a row whose first column is known replaces it. The tables in `FIXED`
are read where no user's folder is known, so no file extends them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

import msgspec

from accordingto.errors import UserError

Row = TypeVar("Row", bound=msgspec.Struct)
FIXED = frozenset({"bodies", "country_codes", "match_weights", "parts", "provenance_words", "sides", "signs"})


def table(name: str, row_type: type[Row], *, extra_dir: Path | None = None) -> tuple[Row, ...]:
    """The rows of `data/NAME.csv`, in file order, with the user's own from `extra_dir` after them.

    Empty cells become the field's default (or an empty string); numbers and booleans are converted.

    Raises:
        UserError: where the folder, a file, a column or a value is wrong; names file, line and column.
    """
    path = resources.files("accordingto.data") / f"{name}.csv"
    rows = dict(read(path.read_text(encoding="utf-8"), f"{name}.csv", row_type))
    if extra_dir is not None and (own := extra_dir / f"{name}.csv") in own_tables(extra_dir):
        rows.update(read(text_of(own), str(own), row_type))
    return tuple(rows.values())


@cache
def names() -> frozenset[str]:
    """The names of the package's tables."""
    files = resources.files("accordingto.data").iterdir()
    return frozenset(f.name.removesuffix(".csv") for f in files if f.name.endswith(".csv"))


def own_tables(folder: Path) -> frozenset[Path]:
    """The tables in a user's folder; files of other kinds, and hidden ones, count for nothing.

    Raises:
        UserError: where there is no such folder, or a table in it that would extend none.
    """
    try:
        files = sorted(f for f in folder.iterdir() if f.suffix == ".csv" and not f.name.startswith("."))
    except OSError as error:
        raise UserError(
            f"The folder of tables {folder} can't be read ({error.strerror}); correct ACCORDINGTO_DATA_DIR."
        ) from None
    for file in files:
        if file.stem not in names():
            raise UserError(
                f"{file}: there is no table of that name; see docs/tables.md for those there are."
            )
        if file.stem in FIXED:
            raise UserError(f"{file}: this table can't be extended; take the file away.")
    return frozenset(files)


def text_of(file: Path) -> str:
    """The text of a user's table, with or without a byte order mark.

    Raises:
        UserError: where it can't be read, or is in another encoding than UTF-8.
    """
    try:
        data = file.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UserError(f"{file} can't be read ({error.strerror}); correct it or take it away.") from None
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{file}, line {number}: this is no UTF-8; save the table as CSV UTF-8.") from None


def lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table that are no comments, each with its number and its cells without spaces around them.

    Raises:
        UserError: where a line is no CSV; no cell goes over its line's end.
    """
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and line[0] != "#":
            try:
                yield number, [c.strip() for c in next(csv.reader([line], strict=True))]
            except csv.Error as error:
                raise UserError(f"{file}, line {number}: {error}; correct the quotation marks.") from None


def compiled(pattern: str, file: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A table's pattern, ready to search.

    Raises:
        UserError: where it is no regular expression.
    """
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise UserError(f"{file}: {pattern!r} is no regular expression ({error}); correct it.") from error


def read(text: str, file: str, row_type: type[Row]) -> Iterator[tuple[str, Row]]:
    """Key (first column) and row of each line of a CSV text."""
    columns: list[str] | None = None
    fields = set(row_type.__struct_fields__)
    for number, cells in lines(text, file):
        if columns is None:
            columns = cells
            if unknown := set(columns) - fields - {"comment"}:
                raise UserError(
                    f"{file}, line {number}: unknown column {sorted(unknown)}; known: {sorted(fields)}."
                )
            continue
        if len(cells) > len(columns):
            raise UserError(
                f"{file}, line {number}: {len(cells)} cells for {len(columns)} columns; quote commas."
            )
        values = {c: v for c, v in zip(columns, cells, strict=False) if v and c != "comment"}
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
