from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.lists import Filter, incidents
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.web.frontpage import CONTESTED, NEW


def denied(day: int) -> Story:
    """A raid that is only denied, a day in April."""
    s = Story(
        f"The Army denied that there was a raid on {day} April.",
        f"2031-04-{day + 1:02d}",
        "Coast Wire",
        f"Denial {day}",
        f"denied{day}",
    )
    said = s.claim("The Army", "denied", f"that there was a raid on {day} April", act="deny")
    s.event(
        "raid", "raid", on=s.time(f"{day} April", f"2031-04-{day:02d}"), factuality="denied", claims=(said,)
    )
    return s


@pytest.fixture
def denials(book: Ledger) -> TestClient:
    """The small ledger and, newer than its contested strike, more denied incidents than the front page shows."""
    stage.put(
        book, *(denied(day) for day in range(1, 2 * CONTESTED + 1, 2)), *(denied(d) for d in (14, 18, 22, 26))
    )
    return stage.client(book)


def test_rival_accounts_lead_before_newer_denials(denials: TestClient) -> None:
    page = denials.get("/index.json").json()
    states = [row["state"]["value"] for row in page["contested"]]
    assert states[0] == "contested"
    assert "denied" in states
    incidents = list(dict.fromkeys(row["incident"]["url"] for row in page["contested"]))
    assert len(incidents) == CONTESTED


def test_new_incidents_are_those_of_which_something_is_told(denials: TestClient) -> None:
    page = denials.get("/index.json").json()
    listed = denials.get("/incidents.json").json()["rows"]
    assert len(listed) > NEW
    told = {i["id"] for i in listed if i["place"]}
    assert told & {i["id"] for i in listed[NEW:]}, "some are older than what newest alone would show"
    assert {i["id"] for i in page["new"]} >= told
    order = [i["id"] for i in listed]
    assert [order.index(i["id"]) for i in page["new"]] == sorted(order.index(i["id"]) for i in page["new"])


def test_a_denied_value_says_so_in_words(denials: TestClient) -> None:
    rivals = lxml_html.fromstring(denials.get("/").text).find_class("denying")
    told = {" ".join(r.text_content().split()) for r in rivals}
    assert any(t.startswith("✗denies that it happened The Army") for t in told), told


def test_contested_are_as_many_as_the_command_line_lists(denials: TestClient, book: Ledger) -> None:
    contested = {i.id for i in incidents(book, Filter(state="contested"))}
    assert contested
    page = denials.get("/index.json").json()
    assert page["totals"]["contested"] == len(contested)
    assert {r["id"] for r in denials.get("/incidents.json?state=contested").json()["rows"]} == contested
    assert sum(b["contested"] for b in page["timeline"]) == len(contested)


def test_what_one_only_denies_is_no_clash(denials: TestClient) -> None:
    rows = denials.get("/incidents.json?state=denied").json()["rows"]
    assert rows
    assert all(r["contested"] == [] and r["denied"] for r in rows)
    shown = lxml_html.fromstring(denials.get("/incidents?state=denied").text).get_element_by_id("results")
    assert "denied: whether it happened" in shown.text_content()
    assert "clash on" not in shown.text_content()


def test_a_search_shows_the_incidents_that_the_found_claims_are_about(browser: TestClient) -> None:
    page = browser.get("/search.json?q=hit+weapons").json()
    assert page["claims"]
    assert page["incidents"] == []
    (link,) = page["about"]
    assert link["url"] in {i["url"] for c in page["claims"] for i in c["incidents"]}
    assert "Incidents that these claims are about" in browser.get("/search?q=hit+weapons").text
    found = browser.get("/search.json?q=marda").json()
    assert {a["url"] for a in found["about"]}.isdisjoint(i["url"] for i in found["incidents"])


def test_the_oldest_few_stand_before_the_timeline(tmp_path: Path) -> None:
    stories = []
    for n in range(42):
        day = "1961-03-04" if n == 0 else "2044-03-04" if n == 1 else f"2031-{n % 9 + 1:02}-{n % 27 + 1:02}"
        s = Story(
            f"Raiders attacked mill {n} in Marda on that day.",
            "2044-12-09" if n == 1 else "2031-12-09",
            "Coast Wire",
            f"Raid {n}",
            f"raid-{n}",
        )
        on = s.time("that day", day)
        s.event("attack", "attacked", target=f"mill {n}", on=on, place=s.place("Marda"))
        stories.append(s)
    with open_ledger(tmp_path / "old.db") as book:
        stage.put(book, *stories)
        with stage.client(book) as browser:
            for url in ("/index.json", "/incidents.json"):
                page = browser.get(url).json()
                assert page["timeline"][0]["start"] >= "2031-01-01"
                assert page["older"]["count"] == 1
                (row,) = browser.get(page["older"]["url"].replace("?", ".json?")).json()["rows"]
                assert row["earliest"] == "1961-03-04"
                assert page["timeline"][-1]["start"] < "2032"
                (row,) = browser.get(page["later"]["url"].replace("?", ".json?")).json()["rows"]
                assert (page["later"]["count"], row["earliest"]) == (1, "2044-03-04")
            assert "‹ 1 before " in browser.get("/incidents").text
            assert re.search(r"1 after [^<]* ›", browser.get("/incidents").text)
            assert browser.get("/incidents.json?from=1950-01-01").json()["older"] is None
