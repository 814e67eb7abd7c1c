"""The map counts every incident once, whatever it shows, and its areas hold all that they stand for."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger import tables
from accordingto.ledger.session import Ledger
from accordingto.web import spots
from accordingto.web.spots import Frame, Spot, apart_m, features, fitting, group, grouped

PRECISIONS = ("near", "admin1", "country", "exact", None)


def scattered(seed: int, count: int) -> list[Spot]:
    rng = random.Random(seed)
    return [
        Spot(
            rng.uniform(-80, 80), rng.uniform(-180, 180), rng.choice(PRECISIONS), f"Town {n}", rng.randrange(1, 40), 1
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("zoom", range(0, 13, 3))
def test_groups_count_each_place_once(zoom: int) -> None:
    some = scattered(zoom, 300)
    made = grouped(some, zoom, {})
    for name, count in (("incidents", sum(s.incidents for s in some)), ("contested", 300), ("places", 300)):
        assert sum(f["properties"][name] for f in made) == count
    assert len({f["id"] for f in made}) == len(made)


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_the_area_of_a_group_holds_all_that_it_stands_for(count: int) -> None:
    some = scattered(count, count)
    made = group(some, {})
    lon, lat = made["geometry"]["coordinates"]
    west, south, east, north = made["properties"]["bounds"]
    for s in some:
        assert south <= s.lat <= north
        assert west <= s.lon <= east
        assert apart_m(lat, lon, s) + s.radius_m <= made["properties"]["radius_m"] + 5


def test_zooming_in_parts_groups_until_each_place_is_alone() -> None:
    some = [Spot(10 + n / 100, 20 + n / 100, "exact", f"Town {n}", 5, 0) for n in range(40)]
    sizes = [len(grouped(some, zoom, {})) for zoom in range(13)]
    assert sizes[0] == 1
    assert sizes == sorted(sizes)
    assert sizes[-1] == 40


def test_a_place_wider_than_a_cell_stands_for_itself() -> None:
    wide, near = Spot(10, 20, "country", "Land", 7, 0), Spot(10.01, 20.01, "near", "Town", 9, 2)
    assert len(grouped([wide, near], 1, {})) == 1
    assert {f["properties"]["place"] for f in grouped([wide, near], 9, {})} == {"Land", "Town"}
    land = next(f["properties"] for f in grouped([wide, near], 9, {}) if f["properties"]["place"] == "Land")
    assert (land["radius_m"], land["precision"]) == (250_000, "country")


def test_a_map_takes_no_more_groups_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    some = scattered(1, 2000)
    for asked in (None, 3, 12, 24):
        zoom = fitting(some, asked)
        assert len({spots.cell_of(s, zoom) for s in some}) <= spots.MAPPED
        assert asked is None or zoom <= asked
    assert fitting(some[:1], 24) == spots.FINEST


def test_a_frame_may_lie_across_the_180th_meridian() -> None:
    frame = Frame(-20, 20, 170, -170)
    assert frame.holds(0, 175)
    assert frame.holds(0, -175)
    assert not frame.holds(0, 0)
    assert not frame.holds(30, 175)


def raid(n: int, place: str) -> Story:
    """A raid of a day of its own in one of two places."""
    day = f"2031-{1 + n // 28:02d}-{1 + n % 28:02d}"
    s = Story(f"Troops raided {place} on {n}, residents said.", day, "Coast Wire", f"Raid {n}", f"raid{n}")
    said = s.claim("residents", "said", f"Troops raided {place} on {n}")
    s.event("detention", "raided", on=s.time(str(n), day), place=s.place(place), claims=(said,))
    return s


@pytest.fixture
def raids(book: Ledger) -> TestClient:
    """Twelve raids more: eight in Marda, four in a province."""
    stage.put(book, *(raid(n * 5, "Marda" if n % 3 else "Rif Province") for n in range(12)))
    return stage.client(book)


def every(browser: TestClient, query: str = "") -> list[dict]:  # type: ignore[type-arg]
    rows = browser.get(f"/incidents.json{query}").json()["rows"]
    return [r for r in rows if r["place"] and r["place"]["lat"] is not None]


def test_few_incidents_are_shown_one_by_one(raids: TestClient) -> None:
    found = raids.get("/map.geojson").json()
    assert {f["id"] for f in found["features"]} == {r["id"] for r in every(raids)}
    assert (found["grouped"], found["total"]) == (False, len(every(raids)))


def test_many_are_counted_by_place_and_all_of_them(
    raids: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spots, "MAPPED", 6)
    for query in ("", "?type=detention", "?type=detention&to=2031-02-10"):
        found = raids.get(f"/map.geojson{query}").json()
        assert found["grouped"]
        assert found["total"] == len(every(raids, query)) > 6
        assert sum(f["properties"]["incidents"] for f in found["features"]) == found["total"]
    close = raids.get("/map.geojson?type=detention&south=-90&north=90&west=-180&east=180&zoom=14").json()[
        "features"
    ]
    assert {f["properties"]["place"]: f["properties"]["incidents"] for f in close} == {
        "Marda": 8,
        "Rif Province": 4,
    }
    marda = next(f["properties"] for f in close if f["properties"]["place"] == "Marda")
    assert marda["url"] == "/incidents?type=detention&place=Marda"
    assert len(every(raids, marda["url"].removeprefix("/incidents"))) == 8


def test_a_frame_shows_what_is_in_it_and_one_by_one_where_that_is_little(
    raids: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spots, "MAPPED", 6)
    place = next(r["place"] for r in every(raids, "?type=detention") if r["place"]["name"] == "Rif Province")
    lat, lon = place["lat"], place["lon"]
    frame = f"south={lat - 0.1}&north={lat + 0.1}&west={lon - 0.1}&east={lon + 0.1}"
    found = raids.get(f"/map.geojson?type=detention&{frame}").json()
    inside = {r["id"] for r in every(raids, "?type=detention") if r["place"]["name"] == "Rif Province"}
    assert len(inside) == 4
    assert {f["id"] for f in found["features"]} == inside
    assert not found["grouped"]
    empty = raids.get("/map.geojson?south=-80&north=-79&west=0&east=1").json()
    assert (empty["features"], empty["total"]) == ([], 0)


def test_what_is_rejected_or_filtered_out_is_not_counted(book: Ledger, raids: TestClient) -> None:
    before = raids.get("/map.geojson").json()["total"]
    with book.write() as connection:
        t = tables.incidents
        key = every(raids, "?type=detention")[0]["id"]
        connection.execute(update(t).where(t.c.id == key).values(review="rejected"))
    assert raids.get("/map.geojson").json()["total"] == before - 1


def test_a_frame_that_makes_no_sense_is_refused(browser: TestClient) -> None:
    for query in ("south=91000", "west=nan", "zoom=-1", "zoom=99", "south=x"):
        assert browser.get(f"/map.geojson?{query}").status_code == 422, query


def test_features_need_no_frame(browser: TestClient, book: Ledger) -> None:
    from accordingto.ledger.browsing import Wanted

    with book.begin() as c:
        found = features(c, Wanted(), spots.find_spots(c, Wanted()), {})
    assert found == browser.get("/map.geojson").json()
