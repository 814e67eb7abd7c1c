from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from accordingto import placefile
from accordingto.errors import FatalError, UserError
from accordingto.geonames import entries
from accordingto.placefile import Entry, fold, readable
from accordingto.reading.gazetteer import Gazetteer, package_file


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ḩalab", "halab"),
        ("Al-Ḩasakah", "al hasakah"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("  St.  John's ", "st johns"),
        ("سوق", ""),
    ],
)
def test_names_are_folded(name: str, key: str) -> None:
    assert fold(name) == key


def test_machine_transliterations_are_not_readable() -> None:
    assert readable("Nukus")
    assert readable("al-Bab")
    assert not readable("nwkws")
    assert not readable("Нукус")


def test_the_file_is_there_small_and_says_where_it_is_from() -> None:
    assert package_file().stat().st_size <= 20_000_000
    assert "GeoNames" in placefile.about(package_file())["source"]


def test_candidates_are_not_chosen(gazetteer: Gazetteer) -> None:
    tripoli = {c.country for c in gazetteer.candidates("Tripoli")}
    assert {"LBY", "LBN"} <= tripoli
    assert gazetteer.candidates("Qwxyzabad") == ()


def test_cities_come_most_populous_first(gazetteer: Gazetteer) -> None:
    found = [c for c in gazetteer.candidates("Valencia") if c.is_settlement]
    assert [c.population for c in found] == sorted((c.population for c in found), reverse=True)


@pytest.mark.parametrize("name", ["Sloviansk", "Kharkov"])
def test_a_name_in_another_spelling_is_still_its_own(gazetteer: Gazetteer, name: str) -> None:
    own = [c.name for c in gazetteer.candidates(name) if c.own]
    assert own in (["Slovyansk"], ["Kharkiv"])


def test_a_name_that_another_town_once_bore_is_not_its_own(gazetteer: Gazetteer) -> None:
    assert {c.name: c.own for c in gazetteer.candidates("Sloviansk")}["Nikopol"] is False


def test_a_city_knows_its_division(gazetteer: Gazetteer) -> None:
    city = next(c for c in gazetteer.candidates("Kaduna") if c.is_settlement)
    assert (city.country, city.feature) == ("NGA", "PPL")
    assert city.admin1 is not None
    assert "Kaduna" in city.admin1


@pytest.mark.parametrize(
    ("name", "country", "feature"),
    [
        ("Mozambique", "MOZ", "PCLI"),
        ("U.K.", "GBR", "PCLI"),
        ("Sahel", None, "RGN"),
        ("Strait of Hormuz", None, "STRT"),
        ("Donbas", "UKR", "RGN"),
        ("Neb.", "USA", "ADM1"),
    ],
)
def test_countries_regions_and_waters(
    gazetteer: Gazetteer, name: str, country: str | None, feature: str
) -> None:
    first = gazetteer.candidates(name)[0]
    assert (first.country, first.feature) == (country, feature)


def test_demonyms(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("Kenyans") == "KEN"
    assert gazetteer.demonym("Table") is None
    kenya = gazetteer.country("KEN")
    assert kenya is not None
    assert kenya.name == "Kenya"
    assert gazetteer.country("QQQ") is None


def test_a_users_tables_extend_it(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(
        "name,alternates,country,lat,lon,kind\nMarsh Belt,the Marshes,TCD,12,15,RGN\n"
    )
    (tmp_path / "demonyms.csv").write_text("demonym,country\nMarshman,TCD\n")
    own = Gazetteer(tables_dir=tmp_path)
    assert [c.name for c in own.candidates("Marsh Belt")] == ["Marsh Belt"]
    assert own.candidates("Sahel")
    assert own.demonym("Marshman") == "TCD"


def test_a_malformed_table_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("name,lat\nMarsh Belt,north\n")
    with pytest.raises(UserError, match="line 2"):
        Gazetteer(tables_dir=tmp_path)


def test_a_missing_or_broken_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="gazetteer import"):
        Gazetteer(tmp_path / "none.sqlite")
    (tmp_path / "bad.sqlite").write_bytes(b"no database at all, but long enough to be read as one" * 20)
    with pytest.raises(FatalError, match="make it anew"):
        Gazetteer(tmp_path / "bad.sqlite")


DUMP = [
    ["9000001", "Upper Testland", "Upper Testland", "", "10", "20", "A", "ADM1", "TD", "", "77", "", "", "", "5000"],
    ["9000002", "Testville", "Testville", "Testwil,tstfl", "10.1", "20.2", "P", "PPL", "TD", "", "77", "", "", "", "900"],
    ["9000003", "Old Testville", "Old Testville", "", "10", "20", "P", "PPLH", "TD", "", "77", "", "", "", "0"],
    ["9000004", "Test Hill Hotel", "Test Hill Hotel", "", "10", "20", "S", "HTLX", "TD", "", "77", "", "", "", "0"],
    ["9000005", "Test Bridge", "Test Bridge", "", "10", "20", "S", "BDG", "TD", "", "77", "", "", "", "0"],
]  # fmt: skip


def dump(folder: Path, rows: list[list[str]] = DUMP) -> Path:
    path = folder / "TD.txt"
    lines = ["\t".join([*r, "", "", "Africa/Ndjamena", "2031-01-01"]) + "\n" for r in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_a_dump_becomes_entries(tmp_path: Path) -> None:
    found = {e.id: e for e in entries(dump(tmp_path))}
    assert set(found) == {9000001, 9000002, 9000005}
    assert found[9000002] == Entry(9000002, ("Testville", "Testwil"), "TCD", 9000001, 10.1, 20.2, 900, "PPL")


def test_a_dump_is_added_to_another_file(tmp_path: Path) -> None:
    first = tmp_path / "first.sqlite"
    placefile.write(first, [Entry(-1, ("Lone Town",), "NER", None, 1.0, 2.0, 50, "PPL")], {"source": "test"})
    both = tmp_path / "both.sqlite"
    assert placefile.write(both, entries(dump(tmp_path)), {"source": "test"}, onto=first) == 4
    own = Gazetteer(both)
    [town] = own.candidates("testwil")
    assert (town.name, town.country, town.admin1) == ("Testville", "TCD", "Upper Testland")
    assert own.candidates("Lone Town")[0].geonameid is None
    own.close()


@pytest.mark.parametrize(("lat", "lon"), [("112.5", "20"), ("10", "424.1"), ("nan", "20")])
def test_a_point_that_is_not_on_the_earth_is_told_with_its_line(tmp_path: Path, lat: str, lon: str) -> None:
    with pytest.raises(UserError, match=rf"line 2: latitude {lat} and longitude {lon} are no point"):
        list(entries(dump(tmp_path, [DUMP[0], [*DUMP[1][:4], lat, lon, *DUMP[1][6:]]])))


def test_what_is_no_dump_is_told_with_its_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("just,some,cells\n")
    with pytest.raises(UserError, match="line 1"):
        list(entries(bad))
    with pytest.raises(UserError, match="no such file"):
        list(entries(tmp_path / "none.zip"))
    (tmp_path / "bad.zip").write_bytes(b"PK?")
    with pytest.raises(UserError, match="no zip"):
        list(entries(tmp_path / "bad.zip"))
    with pytest.raises(UserError, match="can't be read"):
        list(entries(tmp_path))
    bad.write_bytes("São Tomé\n".encode("latin-1"))
    with pytest.raises(UserError, match="UTF-8"):
        list(entries(bad))


def test_a_half_written_file_never_stays(tmp_path: Path) -> None:
    bad = dump(tmp_path, [["x", *DUMP[1][1:]]])
    with pytest.raises(UserError, match="GeoNames dump"):
        placefile.write(tmp_path / "out.sqlite", entries(bad), {})
    assert [p.name for p in tmp_path.iterdir()] == ["TD.txt"]


def test_the_towns_of_a_frame_come_most_populous_first() -> None:
    with contextlib.closing(Gazetteer()) as gazetteer:
        found = gazetteer.within(12.0, 17.0, 30.0, 35.0, most=20)
    assert len(found) == 20
    assert "Khartoum" in [name for name, *_ in found[:3]]
    assert all(12 <= lat <= 17 and 30 <= lon <= 35 for _, lat, lon, _ in found)
    people = [population for *_, population in found]
    assert people == sorted(people, reverse=True)
