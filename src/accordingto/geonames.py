"""A GeoNames dump to the entries of a file of place names (`placefile`).

GeoNames publishes one tab-separated file of all places (`allCountries.zip`) and one for each country
(`IQ.zip`), 19 columns and no header. Kept are divisions, settlements, waters, regions, mountains, forests and the
facilities that `facility_words.csv` knows; historical places are not.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import msgspec

from accordingto.errors import UserError
from accordingto.placefile import Entry, readable
from accordingto.vocabularies import CountryCode, is_on_earth, table

COLUMNS = 19
CLASSES = frozenset("APHLTVU")
GONE = frozenset("PPLH PPLCH PPLQ PPLW ADM1H ADM2H ADM3H ADM4H ADMDH PCLH RGNH".split())
PLACE, NAME, ASCII, OTHERS, LAT, LON, CLASS, FEATURE, COUNTRY, _, FIRST = range(11)
PEOPLE = 14


class Facility(msgspec.Struct, frozen=True):
    """The feature codes of `facility_words.csv`."""

    word: str
    feature: str


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The dump's lines: a text file, or the one text in a zip beside its readme.

    Raises:
        UserError: where there is no such file, it can't be read or no dump is in it.
    """
    if not path.exists():
        raise UserError(f"{path}: no such file; GeoNames publishes allCountries.zip and one zip a country.")
    try:
        if path.suffix.lower() != ".zip":
            with path.open(encoding="utf-8", newline="\n") as file:
                yield file
            return
        with zipfile.ZipFile(path) as pack:
            inside = [n for n in pack.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
            if len(inside) != 1:
                raise UserError(f"{path}: holds {len(inside)} text files where one dump should be.")
            with pack.open(inside[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except zipfile.BadZipFile as error:
        raise UserError(f"{path} is no zip file ({error}); download it again.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is no UTF-8 text ({error}); is it a GeoNames dump?") from error
    except OSError as error:
        raise UserError(
            f"{path} can't be read ({error.strerror}); give a dump's text file or zip."
        ) from error


def rows(path: Path) -> Iterator[list[str]]:
    """The cells of each line.

    Raises:
        UserError: where a line has too few columns; names file and line.
    """
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) != COLUMNS:
                raise UserError(
                    f"{path}, line {number}: {len(cells)} columns where a GeoNames dump has {COLUMNS}."
                )
            yield cells


def entries(path: Path) -> Iterator[Entry]:
    """The places of a dump that may be named in reports; reads the file twice.

    Raises:
        UserError: where the file is no GeoNames dump.
    """
    codes = {c.alpha2: c.alpha3 for c in table("country_codes", CountryCode)}
    kept = {f.feature for f in table("facility_words", Facility)}
    first = {(c[COUNTRY], c[FIRST]): int(c[PLACE]) for c in rows(path) if c[FEATURE] == "ADM1"}
    for number, c in enumerate(rows(path), 1):
        feature = c[FEATURE]
        if feature in GONE or not (c[CLASS] in CLASSES or feature in kept):
            continue
        names = [c[NAME], c[ASCII], *(n for n in c[OTHERS].split(",") if readable(n))]
        above = first.get((c[COUNTRY], c[FIRST])) if feature != "ADM1" and c[CLASS] != "H" else None
        try:
            lat, lon = float(c[LAT]), float(c[LON])
            if not is_on_earth(lat, lon):
                raise ValueError(f"latitude {c[LAT]} and longitude {c[LON]} are no point on the earth")
            yield Entry(
                int(c[PLACE]),
                tuple(dict.fromkeys(n for n in names if n)),
                codes.get(c[COUNTRY], ""),
                above,
                lat,
                lon,
                int(c[PEOPLE] or 0),
                feature or "PPL",
            )
        except ValueError as error:
            raise UserError(f"{path}, line {number}: {error}; is it a GeoNames dump?") from error
