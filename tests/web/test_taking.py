from __future__ import annotations

import csv
import io
import json

import pytest
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.session import open_ledger
from accordingto.web import taking


def rows(browser: TestClient, url: str) -> list[dict[str, str]]:
    """A CSV file's rows."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize("name", ["claims", "reports", "sources", "tolls", "commitments"])
def test_each_list_is_a_file_with_as_many_rows(browser: TestClient, name: str) -> None:
    listed = browser.get(f"/{name}.json").json()["rows"]
    assert len(rows(browser, f"/{name}.csv")) == len(listed) > 0


def test_filters_narrow_files(browser: TestClient) -> None:
    denied = rows(browser, "/claims.csv?act=deny")
    assert {r["act"] for r in denied} == {"deny"}
    assert all(r["citation"] and r["address"].startswith("http://localhost/reports/") for r in denied)
    assert rows(browser, "/claims.csv?q=nothing+like+it") == []
    assert browser.get("/claims.csv?from=bad").status_code == 422


def test_incidents_in_every_format(browser: TestClient) -> None:
    ids = [i["id"] for i in browser.get("/incidents.json").json()["rows"]]
    assert [r["id"] for r in rows(browser, "/incidents.csv")] == ids
    assert [r["event_id_cnty"] for r in rows(browser, "/incidents-acled.csv")] == ids
    features = json.loads(browser.get("/incidents.geojson").text)["features"]
    assert [f["id"] for f in features] == ids
    lines = browser.get("/incidents.jsonl").text.splitlines()
    assert [json.loads(x)["id"] for x in lines] == ids
    strikes = rows(browser, "/incidents.csv?type=strike")
    assert {r["type"] for r in strikes} == {"strike"}


def test_incidents_tell_when_and_where_they_were_reported(tmp_path) -> None:  # type: ignore[no-untyped-def]
    later, sooner = (
        Story(
            f"Raiders attacked a mill in Marda. {n} medics said so.",
            day,
            "Coast Wire",
            f"Raid {n}",
            f"raid-{n}",
        )
        for n, day in ((1, "2031-03-09"), (2, "2031-03-08"))
    )
    for s in (later, sooner):
        s.event("attack", "attacked", actor="Raiders", target="a mill", place=s.place("Marda"))
    with open_ledger(tmp_path / "raids.db") as book:
        stage.put(book, later, sooner)
        with stage.client(book) as browser:
            (row,) = rows(browser, "/incidents.csv")
            (coded,) = rows(browser, "/incidents-acled.csv")
            told = json.loads(browser.get("/incidents.jsonl").text)
    at = f"http://localhost/incidents/{row['id']}"
    assert (row["earliest"], row["latest"], row["reported"]) == ("", "2031-03-08", "2031-03-08")
    assert (row["titles"], row["address"]) == ("Raid 1 | Raid 2", at)
    assert (coded["event_date"], coded["year"], coded["time_precision"]) == ("2031-03-08", "2031", "3")
    assert "it is that of the first report" in coded["flag"]
    assert (coded["address"], told["address"], told["reported"]) == (at, at, "2031-03-08")


@pytest.mark.parametrize("name", ["incidents", "claims", "reports", "sources", "tolls"])
def test_a_file_goes_on_past_the_first_page(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    whole = rows(browser, f"/{name}.csv")
    monkeypatch.setattr(taking, "PAGE", 1)
    assert rows(browser, f"/{name}.csv") == whole
    assert len(whole) > 1 or name == "tolls"


def test_a_file_holds_nothing_that_a_spreadsheet_runs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(tmp_path / "formula.db") as book:
        story = Story("The Army denied the raid.", "2031-03-06", "@sum", "=1+1", "formula")
        story.claim("The Army", "denied", "the raid", act="deny")
        stage.put(book, story)
        with stage.client(book) as browser:
            (row,) = rows(browser, "/reports.csv")
    assert (row["title"], row["outlet"]) == ("'=1+1", "'@sum")


def test_pages_lead_to_files_with_their_filters_from_the_first_row(browser: TestClient) -> None:
    assert 'href="/claims.csv?act=assert"' in browser.get("/claims?act=assert&after=2099-01-01~9999").text
    text = browser.get("/incidents?type=strike").text
    for name in ("incidents.csv", "incidents-acled.csv", "incidents.geojson", "incidents.jsonl"):
        assert f'href="/{name}?type=strike"' in text
    assert 'href="/claims.csv"' in browser.get("/claims").text
