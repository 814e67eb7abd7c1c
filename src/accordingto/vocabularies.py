"""Tables of knowledge: CSV files under `data/`, which a user's own files extend.

Lines that begin with `#` are comments; the first other line names the columns, which are the fields of
a row type. A user's file of the same name adds rows; a row whose key is known replaces it: what stands in the first column of
the package's table, wherever the user's has that column. The tables in `FIXED` are read where no user's folder is known, so no file extends them.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import msgspec

from accordingto.errors import UserError

Row = TypeVar("Row", bound=msgspec.Struct)
FIXED = frozenset(
    {
        "beside_words",
        "bodies",
        "country_codes",
        "given_names",
        "match_weights",
        "parts",
        "provenance_words",
        "sides",
        "signs",
        "speaker_places",
    }
)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that a column may hold, and the table, or the thing, that has them."""

    codes: frozenset[str]
    file: str

    def __str__(self) -> str:
        few = (
            f" has {', '.join(sorted(self.codes))}" if len(self.codes) <= LISTED else " lists those there are"
        )
        return f"{self.file}{few}"


NO_CODES: Mapping[str, Codes] = {}
LISTED = 60  # codes that a message names


def table(
    name: str, row_type: type[Row], *, extra_dir: Path | None = None, known: Mapping[str, Codes] = NO_CODES
) -> tuple[Row, ...]:
    """The rows of `data/NAME.csv`, in file order, with the user's own from `extra_dir` after them.

    Empty cells become the field's default (or an empty string); numbers and booleans are converted. `known`: columns
    whose codes another table lists.

    Raises:
        UserError: where the folder, a file, a column or a value is wrong; names file, line and column.
    """
    text = (resources.files("accordingto.data") / f"{name}.csv").read_text(encoding="utf-8")
    rows = dict(read(text, f"{name}.csv", row_type))
    if extra_dir is not None and (own := extra_dir / f"{name}.csv") in own_tables(extra_dir):
        key = next(lines(text, name))[1][0]
        rows.update(read(text_of(own), str(own), row_type, known, key))
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


def read(
    text: str, file: str, row_type: type[Row], known: Mapping[str, Codes] = NO_CODES, key: str | None = None
) -> Iterator[tuple[str, Row]]:
    """Key and row of each line of a CSV text; the key stands in the column `key`, each once, else in the first.

    Raises:
        UserError: where a column or a value is wrong.
    """
    columns: list[str] | None = None
    keyed, first = key, dict[str, int]()
    fields = set(row_type.__struct_fields__)
    for number, cells in lines(text, file):
        if columns is None:
            columns = cells
            if unknown := set(columns) - fields - {"comment"}:
                raise UserError(
                    f"{file}, line {number}: unknown column {sorted(unknown)}; known: {sorted(fields)}."
                )
            keyed = keyed or columns[0]
            if keyed not in columns:
                raise UserError(f"{file}, line {number}: the column {keyed!r} is missing; add it.")
            continue
        if len(cells) > len(columns):
            raise UserError(
                f"{file}, line {number}: {len(cells)} cells for {len(columns)} columns; quote commas."
            )
        values = {c: v for c, v in zip(columns, cells, strict=False) if v and c != "comment"}
        for column, codes in known.items():
            if values.get(column) and values[column] not in codes.codes:
                raise UserError(f"{file}, line {number}: {values[column]!r} is no {column}; {codes}.")
        try:
            row = msgspec.convert(values, row_type, strict=False)
        except msgspec.ValidationError as error:
            why = not_among(values, row_type) or f"{error}; correct that cell."
            raise UserError(f"{file}, line {number}: {why}") from error
        if wrong := impossible(row):
            raise UserError(f"{file}, line {number}: {wrong}; correct them.")
        told = values.get(keyed or "", "")
        if key and first.setdefault(told, number) != number:
            raise UserError(
                f"{file}, line {number}: the {key} {told!r} stands in line {first[told]} too; make one row of them."
            )
        yield told, row


def impossible(row: msgspec.Struct) -> str | None:
    """What of a row's numbers can't be: a point that is not on the earth, bounds the wrong way round; `None` where all can be."""
    lat, lon, *bounds = (getattr(row, name, None) for name in ("lat", "lon", "low", "best", "high"))
    if (lat is None) != (lon is None):
        return "of lat and lon only one is given"
    if lat is not None and lon is not None and not is_on_earth(lat, lon):
        return f"lat {lat:g} and lon {lon:g} are no point on the earth"
    told = [b for b in bounds if b is not None]
    return None if told == sorted(told) else f"the bounds {', '.join(f'{b:g}' for b in told)} do not ascend"


def is_on_earth(lat: float, lon: float) -> bool:
    """Whether degrees of latitude and longitude can be."""
    return -90 <= lat <= 90 and -180 <= lon <= 180


def not_among(values: Mapping[str, str], row_type: type[msgspec.Struct]) -> str | None:
    """Which value is none of its column's few, and which those are; `None` where something else is wrong."""
    for field in msgspec.structs.fields(row_type):
        choices = choices_of(field.type)
        if choices and field.name in values and values[field.name] not in choices:
            few = ", ".join(c for c in choices if c)
            return f"{values[field.name]!r} is no {field.name}; there are {few}."
    return None


def choices_of(kind: Any) -> tuple[str, ...]:
    """The values of an enum or a `Literal`; none for other types."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(m.value) for m in kind)
    among = get_args(kind)
    return tuple(among) if among and all(isinstance(a, str) for a in among) else ()


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


def type_codes(extra_dir: Path | None = None, *, besides: frozenset[str] = frozenset()) -> Codes:
    """The codes of event types, the user's own too, for columns of other tables; `besides` stand there as well."""
    return Codes(besides | {t.code for t in event_types(extra_dir)}, "event_types.csv")


class CountryName(msgspec.Struct, frozen=True):
    """One row of `country_names.csv`: `usual` where pages call the country so though another name of it is shorter."""

    name: str
    country: str | None = None
    part: bool = False
    usual: bool = False


class CountryCode(msgspec.Struct, frozen=True):
    """One row of `country_codes.csv`: ISO 3166-1 alpha-2 and alpha-3."""

    alpha2: str
    alpha3: str


@cache
def country_codes() -> Codes:
    """The alpha-3 codes of countries, for columns of other tables."""
    return Codes(
        frozenset(c.alpha3 for c in table("country_codes", CountryCode)), "country_codes.csv (alpha-3)"
    )


def country_code(asked: str) -> str | None:
    """The alpha-3 code of a country that somebody asks for: by its code, alpha-2 in capitals, or a name of it, in any letters.

    "Georgia" is the country here, though a report's "Georgia" is a state of the U.S. as often.
    """
    told = asked.strip()
    if len(told) == 2 and told.isupper():
        return {c.alpha2: c.alpha3 for c in table("country_codes", CountryCode)}.get(told)
    named = _countries_by_name().get(_plain_name(told))
    return named or (told.upper() if re.fullmatch(r"[A-Za-z]{3}", told) else None)


@cache
def _countries_by_name() -> dict[str, str]:
    rows = [r for r in table("country_names", CountryName) if r.country and not r.part]
    held = {_plain_name(r.name): r.country for r in rows if r.country}
    shorter = {k.removeprefix("republic of "): code for k, code in held.items()}
    return shorter | held


def _plain_name(name: str) -> str:
    """A name without article, marks on letters and capitals."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in letters if not unicodedata.combining(c)).removeprefix("the ").strip()


class SectorCode(msgspec.Struct, frozen=True):
    """One row of `sector_codes.csv`: an actor's sector, PLOVER's code for it, its side in an event.

    `side` is `state`, `armed`, `civilian` or empty; `fighters`: whether they carry arms by trade.
    """

    code: str
    what: str
    plover: str
    side: Literal["", "state", "armed", "civilian"] = ""
    fighters: bool = False


def sector_codes(extra_dir: Path | None = None) -> tuple[SectorCode, ...]:
    """The sectors of actors."""
    return table("sector_codes", SectorCode, extra_dir=extra_dir)


def sectors_known(extra_dir: Path | None = None) -> Codes:
    """The codes of sectors, the user's own too, for columns of other tables."""
    return Codes(frozenset(s.code for s in sector_codes(extra_dir)), "sector_codes.csv")
