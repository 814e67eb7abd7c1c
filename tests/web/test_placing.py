"""Where a place lies that somebody gives by its name."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.web.test_judging import form, send, strike

from accordingto.errors import UserError
from accordingto.ledger.incidents import IncidentPlace
from accordingto.reading.gazetteer import Candidate
from accordingto.record import Precision
from accordingto.web.placing import Unclear, place_given

AT = "I0000000000000001"
MARDA = IncidentPlace("Marda", "XAA", 10.01, 40.01, 7, "near")


def town(key: int, name: str, country: str, lat: float, people: int, feature: str = "PPL") -> Candidate:
    return Candidate(key, name, country, None, f"Province {key}", lat, 40.0, people, feature, own=True)


TOWNS = {
    "Tollin": [town(1, "Tollin", "XAA", 12.5, 90_000)],
    "Ost": [town(2, "Ost", "XAA", 13.0, 50_000), town(3, "Ost", "XBB", -4.0, 40_000)],
    "Kell": [town(4, "Kell", "XBB", 20.0, 800_000), town(5, "Kell", "XAA", 14.0, 300)],
    "Rif": [town(6, "Rif", "XAA", 15.0, 900, "ADM2"), town(7, "Rif", "XAA", 15.1, 900)],
    "Marda": [town(8, "Marda", "XAA", 10.01, 900), town(9, "Marda", "XBB", 2.0, 800)],
    "Wide": [town(10, "Wide", "XAA", 17.0, 5000, "ADM1")],
}


def given(before: IncidentPlace | None = MARDA, **sent: str):  # type: ignore[no-untyped-def]
    return place_given(sent, before, lambda name: TOWNS.get(name, []), AT)


def test_a_place_with_another_name_lies_where_that_name_does() -> None:
    left = {"country": "XAA", "lat": "10.01", "lon": "40.01", "precision": "near"}
    for sent in ({"country": "xaa"}, left, {}):
        found = given(name="Tollin", **sent)
        assert (found.name, found.country, found.lat, found.geonameid) == ("Tollin", "XAA", 12.5, 1)
        assert (found.precision, found.admin1) == (Precision.EXACT, "Province 1")
    assert given(name="Wide", country="XAA").precision is Precision.ADMIN1
    assert given(name="Rif", country="XAA").geonameid == 7  # the town of a district of its name
    assert given(name="Tollin, Province 1").name == "Tollin"
    assert given(None, name="Tollin").lat == 12.5


def test_what_nothing_bears_is_known_by_its_name_only() -> None:
    found = given(name="Nowhere", country="XAA", lat="10.01", lon="40.01", precision="near")
    assert (found.name, found.country, found.lat, found.precision) == ("Nowhere", "XAA", None, None)
    assert given(name="Tollin", country="XAA", precision="none").lat is None


def test_degrees_that_somebody_gives_hold() -> None:
    found = given(name="Tollin", country="XAA", lat="1.5", lon="2", precision="admin2")
    assert (found.lat, found.lon, found.precision) == (1.5, 2.0, Precision.ADMIN2)
    assert given(name="Marda", country="XAA", lat="10.01", lon="40.01").precision is Precision.NEAR


def test_the_same_place_known_less_exactly() -> None:
    found = given(name="Marda", country="XAA", precision="admin1")
    assert (found.lat, found.geonameid, found.precision) == (10.01, 7, Precision.ADMIN1)
    kept = given(IncidentPlace("Old Mill", "XAA", 10.2, 40.2, None, "near"), name="Old Mill", country="XAA")
    assert (kept.lat, kept.precision) == (10.2, Precision.NEAR)


def test_of_several_places_one_is_asked_for() -> None:
    with pytest.raises(Unclear) as asked:
        given(name="Ost", country="XAA", why="looked")
    page = asked.value.page
    assert [c.words for c in page.choices][:2] == [
        "Ost, Province 2, XAA (50,000 people)",
        "Ost, Province 3, XBB (40,000 people)",
    ]
    second = dict(page.choices[1].again)
    assert (second["country"], second["lat"], second["geonameid"], second["why"]) == (
        "XBB",
        "-4.0",
        "3",
        "looked",
    )
    chosen = given(**second)
    assert (chosen.country, chosen.lat, chosen.geonameid, chosen.admin1) == ("XBB", -4.0, 3, "Province 3")
    assert given(**dict(page.choices[-1].again)).lat is None
    with pytest.raises(Unclear):  # far larger, but in another country than the form says
        given(name="Kell", country="XAA")
    assert given(name="Kell", country="").geonameid == 4
    assert given(name="Ost", country="XBB").geonameid == 3  # a country that somebody gave narrows them
    with pytest.raises(Unclear):  # the same name again: another place of that name may be meant
        given(name="Marda", country="XAA")


def test_bad_degrees_and_precisions() -> None:
    for sent in ({"lat": "x", "lon": "1"}, {"precision": "somewhere"}):
        with pytest.raises(UserError):
            given(name="Tollin", **sent)


def test_the_page_asks_which_and_takes_the_answer(browser: TestClient) -> None:
    page = strike(browser)
    asked = send(browser, page, act="place", name="Springfield", country="USA")
    assert (asked.status_code, "Which Springfield?" in asked.text) == (422, True)
    sent = form(browser, page, act="place", name="Springfield", country="USA")
    plain = browser.post(f"/incidents/{page['id']}/judge", data=sent, headers={"accept": "application/json"})
    assert (plain.status_code, plain.json()["name"]) == (422, "Springfield")
    where = strike(browser)["place"]
    assert where == page["place"]
    assert send(browser, page, act="place", name="Kharkiv", country="UKR", lat=str(where["lat"] or ""), lon=str(where["lon"] or "")).status_code == 303  # fmt: skip
    after = strike(browser)
    assert (after["place"]["name"], round(after["place"]["lat"])) == ("Kharkiv", 50)
    assert any(
        "Kharkiv, Kharkivska Oblast, Ukraine (at the place named)" in h["words"] for h in after["history"]
    )
