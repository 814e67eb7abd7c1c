"""Setting right and striking out by the one form of an incident's page."""

from __future__ import annotations

import csv

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient
from tests.web import stage
from tests.web.test_judging import send, strike

from accordingto.ledger.corrections import Correction
from accordingto.ledger.lists import incidents
from accordingto.ledger.session import Ledger
from accordingto.web.incidentrows import Numbers, contest_rows
from accordingto.web.parts import Corrected


def column(page: dict, key: str) -> dict:  # type: ignore[type-arg]
    found: dict = next(c for c in page["columns"] if c["key"] == key)  # type: ignore[type-arg]
    return found


def told(page: dict, key: str) -> list[str]:  # type: ignore[type-arg]
    return [c["value"] for t in page["actions"]["told"] if t["key"] == key for c in t["values"]]


def test_the_form_sets_the_value_right(browser: TestClient) -> None:
    page = strike(browser)
    was = column(page, "killed")
    assert told(page, "killed") == ["killed:8", "killed:6"]
    done = send(browser, page, act="value", told="killed:8", right="1,049")
    assert done.status_code == 303, done.text
    page = strike(browser)
    now = column(page, "killed")
    assert now["corrected"] == {"text": "1,049", "who": "desk", "before": []} | {
        "who": now["corrected"]["who"]
    }
    who = now["corrected"]["who"]
    assert now | {"corrected": None} == was
    assert [h["words"] for h in page["history"] if h["kind"] == "judgement"] == ["corrected: killed 1,049"]
    assert "1,049 killed" in page["sentence"]
    assert f"corrected by {who}: killed" in page["sentence"]
    whole = browser.get(f"/incidents/{page['id']}").text
    assert f'<b dir="auto">1,049</b> <span class="small">corrected by <span dir="auto">{who}</span>' in whole
    row = browser.get("/incidents.json?type=strike").json()["rows"][0]
    assert (row["killed"], row["wounded"], row["corrected"]) == (
        "1,049",
        row["wounded"],
        [f"corrected by {who}: killed"],
    )
    assert f"corrected by {who}: killed" in browser.get("/incidents?type=strike").text
    brief = browser.get(f"/incidents/{page['id']}/brief").text
    assert '<b dir="auto">1,049</b>' in brief
    [line] = csv.DictReader(browser.get("/incidents.csv?type=strike").text.splitlines())
    assert (line["killed_best"], f"killed: 1,049, corrected by {who}" in line["corrected"]) == ("1049", True)
    key = done.headers["location"][-17:]
    assert browser.post(f"/judgements/{key}/undo", data={"csrf": stage.csrf(browser)}).status_code == 303
    assert column(strike(browser), "killed") == was


def test_the_type_and_the_days_go_with_the_whole_incident(browser: TestClient) -> None:
    page = strike(browser)
    assert send(browser, page, act="value", told="type:", right="bombing").status_code == 303
    page = browser.get("/incidents.json?type=bombing").json()["rows"][0]
    page = browser.get(f"/incidents/{page['id']}.json").json()
    assert page["type_corrected"]["text"] == "bombing"
    assert page["title"].startswith("Bombing")
    assert send(browser, page, act="value", field="when", value="2031-02-27/2031-02-28").status_code == 303
    page = browser.get(f"/incidents/{page['id']}.json").json()
    assert page["day"] == "27–28 February 2031"
    assert column(page, "when")["corrected"]["text"] == "27–28 February 2031"
    assert "corrected: when 27–28 February 2031" in [h["words"] for h in page["history"]]
    assert browser.get("/incidents.json?to=2031-02-28").json()["rows"][0]["id"] == page["id"]


def test_what_no_account_tells_can_be_set_too(browser: TestClient) -> None:
    page = strike(browser)
    assert "wounded" not in [c["key"] for c in page["columns"]]
    assert send(browser, page, act="value", told="wounded:", right="3").status_code == 303
    page = strike(browser)
    assert column(page, "wounded")["corrected"]["text"] == "3"
    assert "how many were wounded" not in page["untold"]


def test_the_same_form_strikes_out_and_sets_the_place(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = strike(browser)
    assert send(browser, page, act="wrong", told="killed:8", right="").status_code == 303
    page = strike(browser)
    assert column(page, "killed")["summary"] == "6"
    assert told(page, "killed") == ["killed:6"]
    assert send(browser, page, act="value", told="where:", right="Nowhere Hill").status_code == 303
    page = strike(browser)
    assert page["place"]["name"] == "Nowhere Hill"
    assert column(page, "where")["corrected"]["text"] == "Nowhere Hill"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "value", "told": "killed:8", "right": "many"}, "is no count"), ({"act": "value", "told": "when:", "right": "2031-02-30"}, "is no day"),
        ({"act": "value", "told": "type:", "right": "picnic"}, "is no type"), ({"act": "value", "told": "happened:True", "right": "no"}, "set"),
        ({"act": "value", "told": "actor:", "right": ""}, "Give the name"), ({"act": "wrong", "told": "killed:", "right": ""}, "Choose the value"),
        ({"act": "wrong", "told": "", "right": ""}, "Choose the value"), ({"act": "value", "told": "where:", "right": " "}, "Give the place"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_is_wrong(browser: TestClient, sent: dict[str, str], words: str) -> None:
    answer = send(browser, strike(browser), **sent)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert [h for h in strike(browser)["history"] if h["kind"] == "judgement"] == []


def test_the_pencil_of_a_cell_points_the_form_at_its_value(browser: TestClient) -> None:
    page = strike(browser)
    whole = browser.get(f"/incidents/{page['id']}").text
    assert 'href="?told=killed%3A8#value" data-told="killed:8"' in whole
    assert 'data-told="killed:"' in whole
    pointed = browser.get(f"/incidents/{page['id']}?told=killed:8").text
    assert '<option value="killed:8" selected>' in pointed
    assert '<details id="value" open>' in pointed
    assert '<form method="post"' in pointed
    assert pointed.count("Strike out</button>") == 1


def test_a_clash_has_what_was_set_beside_it(book: Ledger) -> None:
    clashing = next(i for i in incidents(book) if i.fields["use_of_site"].state == "contested")
    told = (Correction("use_of_site", "military", "ben"), Correction("use_of_site", "none", "ann"))
    rows = contest_rows(replace(clashing, corrected=told), Numbers({}, {}))
    assert {r.field: r.corrected for r in rows}["use_of_site"] == Corrected(
        "none", "ann", ("military by ben",)
    )
