"""Place names to candidates, from one local file; which candidate is meant is not chosen here.

The file (`accordingto.placefile`) comes with the package or is made by `accordingto gazetteer import`; the
tables `regions.csv` and `demonyms.csv` add what GeoNames' cities and divisions lack, and the user's own tables
extend both.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import msgspec

from accordingto.errors import FatalError
from accordingto.placefile import SCALE, VERSION, fold, unpacked
from accordingto.vocabularies import country_codes, table

VOWELS = re.compile("[aeiouwy]")
FEWEST = 4  # consonants by which two spellings of a name are told to be one
NO_PLACE = "NONE"  # the kind of a row of `regions.csv` that only says that a name is none
FAR = (
    15.0  # degrees beyond which a stored region is another than the row of `regions.csv` that bears its name
)
REMEMBERED = 4096  # names whose candidates are kept: reports repeat them
COUNTRIES = frozenset({"PCLI", "PCLD", "PCLF", "PCLS", "PCLIX", "PCL", "PCLH", "TERR"})
COLUMNS = (
    "p.id, p.name, coalesce(p.country, a.country), p.admin1, a.name, p.lat, p.lon, p.population, p.feature"
)
SELECT = f"SELECT {COLUMNS} FROM places p LEFT JOIN places a ON a.id = p.admin1"
Row = tuple[
    int, str, str | None, int | None, str | None, int | None, int | None, int | None, str | None
]  # as SELECT gives it


class Region(msgspec.Struct, frozen=True):
    """One row of `regions.csv`; `alternates` are parted by "|"."""

    name: str
    alternates: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = "RGN"
    geonameid: int | None = None


class Demonym(msgspec.Struct, frozen=True):
    """One row of `demonyms.csv`."""

    demonym: str
    country: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    `key` is a number of its own (the GeoNames id, negative where there is none), `admin1_key` that of its
    first-order division; `feature` a GeoNames feature code; `own` whether the name asked for is the place's first
    name, in whatever spelling; `known` whether it stands in `regions.csv`, all of whose names count as its own.
    """

    key: int
    name: str
    country: str | None
    admin1_key: int | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int
    feature: str
    own: bool = False
    known: bool = False

    @property
    def geonameid(self) -> int | None:
        """Its GeoNames id, where it has one."""
        return self.key if self.key > 0 else None

    @property
    def is_country(self) -> bool:
        """Whether it is a country or a territory of its own."""
        return self.feature in COUNTRIES

    @property
    def is_division(self) -> bool:
        """Whether it is a part of a country."""
        return self.feature.startswith("ADM")

    @property
    def is_settlement(self) -> bool:
        """Whether it is a city, town or village."""
        return self.feature.startswith("PPL")

    def lies_in(self, lands: Collection[int | str]) -> bool:
        """Whether it is a part of one of some countries (alpha-3 codes) and first-order divisions (keys)."""
        return self.admin1_key in lands or (self.country in lands and not self.is_country)


def package_file() -> Path:
    """The file of place names that ships with the package."""
    return Path(str(resources.files("accordingto.data") / "gazetteer.sqlite"))


class Gazetteer:
    """Candidates for place names. Not safe to share between threads.

    Args:
        path: a file that `accordingto gazetteer import` wrote; None for the package's own.
        tables_dir: a folder with the user's own tables.

    Raises:
        FatalError: where the file is missing or is none.
        UserError: where a table of the user's is malformed.
    """

    def __init__(self, path: Path | None = None, *, tables_dir: Path | None = None) -> None:
        self.path = path or package_file()
        if not self.path.exists():
            raise FatalError(
                f"No gazetteer at {self.path}: reinstall accordingto, or make one with "
                "`accordingto gazetteer import`."
            )
        try:
            self._base = sqlite3.connect(
                f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self.about: dict[str, str] = dict(self._base.execute("SELECT key, value FROM about"))
        except sqlite3.Error as error:
            raise FatalError(
                f"The gazetteer at {self.path} can't be read ({error}); make it anew."
            ) from error
        if self.about.get("version") != VERSION:
            raise FatalError(f"The gazetteer at {self.path} is of another version; make it anew.")
        self._seen: dict[str, tuple[Candidate, ...]] = {}
        self._regions: dict[str, list[Candidate]] = {}
        self._by_id: dict[int, Candidate] = {}
        known = {"country": country_codes()}
        for number, region in enumerate(table("regions", Region, extra_dir=tables_dir, known=known), 1):
            self._add(region, -1_000_000 - number)
        self._demonyms = {
            fold(d.demonym): d.country for d in table("demonyms", Demonym, extra_dir=tables_dir, known=known)
        }

    def _add(self, region: Region, number: int) -> None:
        made = Candidate(
            key=region.geonameid or number,
            name=region.name,
            country=region.country or None,
            admin1_key=None,
            admin1=None,
            lat=region.lat,
            lon=region.lon,
            population=0,
            feature=region.kind,
            known=True,
        )
        self._by_id[made.key] = made
        for key in dict.fromkeys(map(dotted, (region.name, *region.alternates.split("|")))):
            if key:
                self._regions.setdefault(key, []).append(made)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places that bear a name: those of `regions.csv` first, then the most populous first."""
        if (known := self._seen.get(name)) is not None:
            return known
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        found = self._seen[name] = self._candidates(name)
        return found

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        key = fold(name)
        out: dict[int, Candidate] = {}
        for c in (*self._regions.get(key, ()), *self._regions.get(f"{key}.", ())[: name.endswith(".")]):
            out[c.key] = replace(c, own=True)
        rows = [c for c in out.values() if c.feature != NO_PLACE]
        for c in self._stored(key):
            if c.feature == "RGN" and c.key not in out and (row := far_twin(c, rows)):
                people = c.population if row.country == c.country else 0
                out[row.key] = replace(out[row.key], population=max(people, out[row.key].population))
                continue
            if (known := self._by_id.get(c.key)) is not None:
                listed = c.key in out
                c = replace(
                    c, name=known.name, lat=known.lat, lon=known.lon, known=listed, own=c.own or listed
                )
            out[c.key] = c
        return tuple(out.values())

    def _stored(self, key: str) -> Iterator[Candidate]:
        found = self._base.execute("SELECT places FROM names WHERE key = ?", (key,)).fetchone()
        if found is None:
            return
        for number in unpacked(found[0]):
            row = self._base.execute(f"{SELECT} WHERE p.id = ?", (number,)).fetchone()
            yield candidate(row, key)

    def country(self, code: str) -> Candidate | None:
        """A country by its ISO 3166-1 alpha-3 code."""
        row = self._base.execute(f"{SELECT} WHERE p.country = ? AND p.feature = 'PCLI'", (code,)).fetchone()
        if row is None:
            return None
        found = candidate(row, "")
        known = self._by_id.get(found.key)
        return replace(found, name=known.name, lat=known.lat, lon=known.lon) if known else found

    def within(
        self, south: float, north: float, west: float, east: float, *, most: int = 900
    ) -> list[tuple[str, float, float, int]]:
        """The most populous towns of a frame in degrees, as (name, lat, lon, population). Reads the whole file."""
        found = self._base.execute(
            "SELECT name, lat, lon, population FROM places WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "
            "AND (feature IS NULL OR feature LIKE 'PPL%') ORDER BY population DESC, id LIMIT ?",
            (*(int(x * SCALE) for x in (south, north, west, east)), most),
        )
        return [(name, lat / SCALE, lon / SCALE, people or 0) for name, lat, lon, people in found]

    def demonym(self, word: str) -> str | None:
        """The country of a word for its people or things ("Kenyan", "Kenyans"), as alpha-3 code."""
        key = fold(word)
        return self._demonyms.get(key) or self._demonyms.get(key.removesuffix("s"))

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def far_twin(region: Candidate, rows: Sequence[Candidate]) -> Candidate | None:
    """The row of `regions.csv` that bears the name of a stored region far away: reports mean the row; None where one lies near."""
    if any(c.lat is None or degrees(c, region) < FAR for c in rows):
        return None
    return next(iter(rows), None)


def degrees(one: Candidate, other: Candidate) -> float:
    """How far two places lie apart, roughly, in degrees."""
    across = abs((one.lon or 0.0) - (other.lon or 0.0))
    shrunk = math.cos(math.radians(one.lat or 0.0))
    return math.hypot((one.lat or 0.0) - (other.lat or 0.0), min(across, 360 - across) * shrunk)


def dotted(name: str) -> str:
    """A folded name, with the dot of an abbreviation ("Kan." is not "Kan")."""
    return fold(name) + "." * name.endswith(".")


def respelt(one: str, other: str) -> bool:
    """Whether two folded names are one in two spellings, alike but for vowels ("Slovyansk", "Sloviansk"), from four consonants on."""
    if one == other:
        return True
    x, y = VOWELS.sub("", one), VOWELS.sub("", other)
    return x == y and len(x) >= FEWEST and one[:1] == other[:1]


def candidate(row: Row, key: str) -> Candidate:
    """A stored place as a candidate for the folded name `key`."""
    number, name, country, admin1_key, admin1, lat, lon, population, feature = row
    return Candidate(
        key=number,
        name=name,
        country=country or None,
        admin1_key=admin1_key,
        admin1=admin1,
        lat=None if lat is None else lat / SCALE,
        lon=None if lon is None else lon / SCALE,
        population=population or 0,
        feature=feature or "PPL",
        own=respelt(fold(name), key),
    )
