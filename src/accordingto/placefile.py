"""The file of place names: its layout, how names are folded, and how it is written.

One SQLite file with two tables: `places`, one row a place, and `names`, one row a folded name with the
places that bear it, most populous first. To keep it small, a missing feature means PPL and a missing country that of the
first-order division. The package's own file is made when the package is built
(`hatch_build.py`); `accordingto gazetteer import` makes one from a GeoNames dump. This module needs nothing
but the standard library, so that the build can load it alone.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

VERSION = "1"
MOST = 120  # places kept for one name: the most populous
LONGEST = 32  # letters of a name that an English report may use
SCALE = 10_000  # coordinates are stored as whole numbers of a ten-thousandth of a degree
PLAIN = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
    }
)
SILENT = re.compile(r"[’‘'`ʿʾʻʼ´.]")
GAPS = re.compile(r"[^0-9a-z]+")
TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin1 INTEGER, lat INTEGER, lon INTEGER,
  population INTEGER, feature TEXT);
CREATE TABLE names (key TEXT PRIMARY KEY, places BLOB) WITHOUT ROWID;
CREATE INDEX countries ON places (country) WHERE feature = 'PCLI';
CREATE TEMP TABLE bears (key TEXT, place INTEGER);
"""


class Entry(NamedTuple):
    """One place to write; `id` is its GeoNames id, or negative where it has none.

    `country` is ISO 3166-1 alpha-3 or empty; `admin1` the id of the first-order division that it stands in;
    `feature` a GeoNames feature code; `names` all names, the first one its own.
    """

    id: int
    names: tuple[str, ...]
    country: str
    admin1: int | None
    lat: float | None
    lon: float | None
    population: int
    feature: str


@lru_cache(1 << 14)
def fold(name: str) -> str:
    """A name as it is looked up: no marks, apostrophes and dots, lower case, one blank between words."""
    if name.isascii():
        return GAPS.sub(" ", SILENT.sub("", name.lower())).strip()
    plain = unicodedata.normalize("NFKD", name.translate(PLAIN))
    bare = SILENT.sub("", "".join(c for c in plain if not unicodedata.combining(c)).lower())
    return GAPS.sub(" ", bare).strip()


def readable(name: str) -> bool:
    """Whether a name may stand in an English report: Latin letters, the first or second word a capital.

    GeoNames' machine transliterations ("swldw") are all in lower case.
    """
    if len(name) > LONGEST:
        return False
    if len(name) < 2 or any(0x24F < ord(c) < 0x1E00 or ord(c) > 0x206F for c in name):
        return not name.isascii() and all(ord(c) < 0x250 or 0x2B0 <= ord(c) < 0x370 for c in name)
    return any(w[:1].isupper() for w in re.split(r"[\s\-’‘'`ʿʾ]+", name)[:2])


def write(path: Path, entries: Iterable[Entry], about: dict[str, str], *, onto: Path | None = None) -> int:
    """Write a file of places anew and return how many it holds; a half-written file never stays.

    `about` says where the places come from. Entries come as a stream, their order does not matter; they are
    added to the places of the file `onto`, of which those of the same id are replaced and keep their names.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".accordingto-{secrets.token_hex(6)}.part")
    base = sqlite3.connect(part)
    try:
        base.execute("PRAGMA journal_mode=OFF")
        base.execute("PRAGMA page_size=8192")
        base.executescript(TABLES)
        if onto is not None:
            copy(base, onto)
        for entry in entries:
            add(base, entry)
        rows = base.execute(
            "SELECT key, place FROM bears JOIN places ON place = id GROUP BY key, place"
            " ORDER BY key, population DESC, place"
        )
        base.executemany("INSERT INTO names VALUES (?, ?)", grouped(rows))
        count: int = base.execute("SELECT count(*) FROM places").fetchone()[0]
        base.executemany("INSERT INTO about VALUES (?, ?)", sorted({**about, "version": VERSION}.items()))
        base.commit()
        base.execute("VACUUM")
    except BaseException:
        base.close()
        part.unlink(missing_ok=True)
        raise
    base.close()
    part.replace(path)
    return count


def copy(base: sqlite3.Connection, other: Path) -> None:
    """All places and names of another file."""
    old = sqlite3.connect(f"{other.resolve().as_uri()}?mode=ro", uri=True)
    try:
        base.executemany(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", old.execute("SELECT * FROM places")
        )
        names = old.execute("SELECT key, places FROM names")
        base.executemany(
            "INSERT INTO bears VALUES (?, ?)", ((k, p) for k, blob in names for p in unpacked(blob))
        )
    finally:
        old.close()


def add(base: sqlite3.Connection, entry: Entry) -> None:
    """One place and its names."""
    lat, lon = (None if x is None else round(x * SCALE) for x in (entry.lat, entry.lon))
    feature = None if entry.feature == "PPL" else entry.feature
    country = None if entry.admin1 is not None else entry.country
    row = (entry.id, entry.names[0], country, entry.admin1, lat, lon, entry.population, feature)
    base.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    keys = {fold(n) for n in entry.names} - {""}
    base.executemany("INSERT INTO bears VALUES (?, ?)", [(k, entry.id) for k in sorted(keys)])


def grouped(rows: Iterable[tuple[str, int]]) -> Iterator[tuple[str, bytes]]:
    """Each name with its places as packed 32-bit numbers."""
    last: str | None = None
    places: list[int] = []
    for key, place in rows:
        if key != last:
            if last is not None:
                yield last, packed(places)
            last, places = key, []
        if len(places) < MOST:
            places.append(place)
    if last is not None:
        yield last, packed(places)


def packed(places: list[int]) -> bytes:
    """Ids as signed little-endian 32-bit numbers."""
    return struct.pack(f"<{len(places)}i", *places)


def unpacked(blob: bytes) -> tuple[int, ...]:
    """The ids that `packed` wrote."""
    return struct.unpack(f"<{len(blob) // 4}i", blob)


def about(path: Path) -> dict[str, str]:
    """What a file says of itself; empty where it is none. Another program's file, and its folder, stay as they are."""
    if not path.exists():
        return {}
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            return dict(base.execute("SELECT key, value FROM about"))
        finally:
            base.close()
    except sqlite3.Error:
        return {}
