from __future__ import annotations

import re
import threading

import pytest
from starlette.testclient import TestClient
from tests.web import stage
from tests.web.test_guards import desk, guarded, sign_in  # noqa: F401

from accordingto.ledger.history import everything
from accordingto.ledger.judgements import Judgement, Kind, judge, now
from accordingto.ledger.lists import incident
from accordingto.ledger.session import Ledger
from accordingto.web import reviewqueue


def strike(browser: TestClient) -> dict:  # type: ignore[type-arg]
    url = browser.get("/incidents.json?type=strike").json()["rows"][0]["url"]
    page: dict = browser.get(f"{url}.json").json()  # type: ignore[type-arg]
    return page


def form(browser: TestClient, page: dict, **more: str) -> dict[str, str]:  # type: ignore[type-arg]
    return {
        "csrf": stage.csrf(browser),
        "version": page["version"],
        "anchor": page["anchor"],
        "why": "looked",
    } | more


def send(browser: TestClient, page: dict, **more: str):  # type: ignore[no-untyped-def,type-arg]
    return browser.post(f"/incidents/{page['id']}/judge", data=form(browser, page, **more))


def test_split_and_undo(browser: TestClient) -> None:
    page = strike(browser)
    assert len(page["reports"]) == 2
    done = send(browser, page, act="split", event=page["events"][1]["value"])
    assert done.status_code == 303, done.text
    assert len(browser.get("/incidents.json?type=strike").json()["rows"]) == 2
    after = strike(browser)
    key = done.headers["location"].partition("done=")[2]
    assert browser.get(done.headers["location"]).status_code == 200
    assert key in {h["judgement"] for h in after["history"]} | {
        h["judgement"] for h in browser.get(f"/incidents/{page['id']}.json").json()["history"]
    }
    assert browser.post(f"/judgements/{key}/undo", data={"csrf": stage.csrf(browser)}).status_code == 303
    assert len(browser.get("/incidents.json?type=strike").json()["rows"]) == 1
    assert browser.post(f"/judgements/{key}/undo", data={"csrf": stage.csrf(browser)}).status_code == 422


def test_a_refused_judgement_leads_back_to_the_incident(browser: TestClient) -> None:
    page = strike(browser)
    at = f"/incidents/{page['id']}"

    def links(referer: str) -> list[str]:
        sent = form(browser, page, act="merge", other="I-nobody")
        answer = browser.post(f"{at}/judge", data=sent, headers={"referer": referer})
        assert answer.status_code == 422
        assert "Unprocessable" not in answer.text
        return re.findall(r'<a class="button[^>]*href="([^"]*)"', answer.text)

    host = str(browser.base_url)
    assert f"{at}?from=2031-03-01" in links(f"{host}{at}?from=2031-03-01")
    assert at not in links(f"http://elsewhere.example{at}")
    assert at not in links("")


def test_what_is_merged_is_meant_by_an_id_that_it_had_too(browser: TestClient) -> None:
    page = strike(browser)
    march = browser.get("/incidents.json?type=protest").json()["rows"][0]["id"]
    assert send(browser, page, act="merge", other=march).status_code == 303
    now = strike(browser)
    [former] = {page["id"], march} - {now["id"]}
    itself = send(browser, now, act="merge", other=former)
    assert (itself.status_code, "with itself" in itself.text) == (422, True)


def test_merge_wrong_right_place_review_reject(browser: TestClient) -> None:
    page = strike(browser)
    march = browser.get("/incidents.json?type=protest").json()["rows"][0]
    done = send(browser, page, act="merge", other=march["id"])
    assert done.status_code == 303
    assert len(strike(browser)["reports"]) == 3
    browser.post(f"/judgements/{done.headers['location'][-17:]}/undo", data={"csrf": stage.csrf(browser)})
    page = strike(browser)
    assert len(page["reports"]) == 2
    assert send(browser, page, act="wrong", field="killed", value="8").status_code == 303
    page = strike(browser)
    killed = next(c for c in page["columns"] if c["key"] == "killed")
    assert killed["summary"] == "6"
    assert any(
        v["struck"] for g in page["groups"] for r in g["rows"] for c in r["cells"] for v in c["values"]
    )
    assert send(browser, page, act="right", field="killed", value="6").status_code == 303
    assert (
        send(
            browser, strike(browser), act="place", name="Old Marda", lat="10.03", lon="40.02", country="xaa"
        ).status_code
        == 303
    )
    page = strike(browser)
    assert (page["place"]["name"], page["place"]["country"], page["place"]["radius_m"]) == (
        "Old Marda",
        "XAA",
        12000,
    )
    assert send(browser, page, act="review", review="reviewed").status_code == 303
    page = strike(browser)
    assert (page["review"]["value"], page["actions"]["reviews"]) == (
        "reviewed",
        ["second-reviewed", "assigned"],
    )
    assert (
        send(browser, page, act="review", review="second-reviewed").status_code == 422
    )  # by the same person
    assert send(browser, page, act="reject").status_code == 303
    assert browser.get("/incidents.json?type=strike").json()["rows"] == []
    assert browser.get("/incidents.json?type=strike&state=rejected").json()["rows"]


@pytest.mark.parametrize(
    "written",
    ["{id}", " {id} ", "http://localhost:8765/incidents/{id}", "http://localhost/incidents/{id}?done=J1#history",
     "https://desk.example/incidents/{id}/brief", "/incidents/{id}.json", "{short}", "http://localhost/incidents/{id}/"],
)  # fmt: skip
def test_the_other_incident_is_told_by_what_people_have_of_it(browser: TestClient, written: str) -> None:
    march = browser.get("/incidents.json?type=protest").json()["rows"][0]["id"]
    other = written.format(id=march, short=march[:9])
    done = send(browser, strike(browser), act="merge", other=other)
    assert done.status_code == 303, done.text
    assert len(strike(browser)["reports"]) == 3


def test_what_is_no_incident_or_several_says_so(browser: TestClient) -> None:
    page = strike(browser)
    for other, words in (
        ("the march", "is no incident"),
        ("http://localhost/reports/1", "is no incident"),
        ("I", "is no incident"),
    ):
        answer = send(browser, page, act="merge", other=other)
        assert answer.status_code == 422
        assert words in answer.text


def test_a_country_by_its_name_is_told_its_code(browser: TestClient) -> None:
    for name in ("Sudan", "the sudan"):
        answer = send(browser, strike(browser), act="place", name="Omdurman", country=name)
        assert answer.status_code == 422
        assert "SDN" in answer.text
    assert send(browser, strike(browser), act="place", name="Omdurman", country="sdn").status_code == 303


@pytest.mark.parametrize("version", ["9" * 5000, "9" * 19, "-1", "٣", "x", ""])
def test_an_odd_version_is_a_clash_and_no_mistake_of_ours(browser: TestClient, version: str) -> None:
    answer = send(browser, strike(browser), act="review", review="reviewed", version=version)
    assert answer.status_code == 409


def test_forms_that_say_too_little(browser: TestClient) -> None:
    page = strike(browser)
    for more in (
        {"act": "bless"}, {"act": "review", "why": " "}, {"act": "merge", "other": page["id"]}, {"act": "merge", "other": "I1"},
        {"act": "split", "event": "x"}, {"act": "wrong", "field": "killed", "value": "77"}, {"act": "wrong", "field": "x"},
        {"act": "place", "name": ""}, {"act": "place", "name": "M", "lat": "x", "lon": "1"}, {"act": "place", "name": "M", "lat": "91", "lon": "1"},
        {"act": "place", "name": "M", "lat": "nan", "lon": "1"}, {"act": "place", "name": "M", "lat": "1"}, {"act": "review", "review": "blessed"},
        {"act": "place", "name": "M", "country": "ZZZ"}, {"act": "place", "name": "M", "country": "Ethiopia"},
        {"act": "right", "field": "killed", "value": "77"}, {"act": "wrong", "field": "wounded", "value": "3"},
    ):  # fmt: skip
        assert send(browser, page, **more).status_code == 422, more
    assert everything_in(browser) == 0


def everything_in(browser: TestClient) -> int:
    return len(everything(browser.app.state.desk.ledger))  # type: ignore[attr-defined]


def test_a_second_reviewers_edit_is_never_lost(guarded: Ledger) -> None:  # noqa: F811
    with desk(guarded) as ann, desk(guarded) as rex:
        sign_in(ann, "ann")
        sign_in(rex, "rex")
        ann.get("/about")
        seen_by_ann, seen_by_rex = strike(ann), strike(rex)
        mine = {
            "csrf": stage.csrf(ann, "/about"),
            "version": seen_by_ann["version"],
            "anchor": seen_by_ann["anchor"],
            "why": "read it",
        }
        theirs = mine | {"csrf": stage.csrf(rex, "/about")}
        url = f"/incidents/{seen_by_ann['id']}/judge"
        assert (
            ann.post(url, data={**mine, "act": "wrong", "field": "killed", "value": "6"}).status_code == 303
        )
        clash = rex.post(url, data={**theirs, "act": "wrong", "field": "killed", "value": "8"})
        assert clash.status_code == 409
        assert "ann" in clash.text
        assert "8" in clash.text
        shown = rex.post(
            url,
            data={**theirs, "act": "wrong", "field": "killed", "value": "8"},
            headers={"accept": "application/json"},
        ).json()
        assert ["value", "8"] in shown["mine"]
        assert [(t["who"], t["words"]) for t in shown["theirs"]] == [("ann", "struck out as wrong: killed 6")]
        assert len(everything(guarded)) == 1
        again = dict(shown["again"]) | {"csrf": stage.csrf(rex, "/about")}
        assert rex.post(shown["again_url"], data=again).status_code == 303
        assert [p.who for p in everything(guarded)] == ["ann", "rex"]
        assert {h["who"] for h in strike(rex)["history"] if h["kind"] == "judgement"} == {"ann", "rex"}
        assert seen_by_rex["id"] == strike(rex)["id"]


def test_of_many_at_once_one_is_taken_and_none_is_lost(book: Ledger) -> None:
    with stage.client(book) as browser:
        page = strike(browser)
        sent = form(browser, page, act="review", review="assigned")
        statuses: list[int] = []

        def post() -> None:
            statuses.append(browser.post(f"/incidents/{page['id']}/judge", data=sent).status_code)

        threads = [threading.Thread(target=post) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert sorted(statuses) == [303, 409, 409, 409]
        assert len(everything(book)) == 1


def test_what_was_judged_apart_is_merged_only_after_that_is_taken_back(browser: TestClient) -> None:
    page = strike(browser)
    send(browser, page, act="split", event=page["events"][1]["value"])
    one, other = browser.get("/incidents.json?type=strike").json()["rows"]
    page = browser.get(one["url"] + ".json").json()
    refused = send(browser, page, act="merge", other=other["id"])
    assert refused.status_code == 422
    assert "take that back first" in refused.text
    assert "You judged these to be apart on " in refused.text
    undo = re.search(r'action="(/judgements/J\w+/undo)"', refused.text)
    assert undo is not None
    assert browser.post(undo[1], data={"csrf": stage.csrf(browser)}).status_code == 303
    assert len(browser.get("/incidents.json?type=strike").json()["rows"]) == 1


def test_who_merged_two_incidents_may_split_any_account_off_again(browser: TestClient) -> None:
    march = browser.get("/incidents.json?type=protest").json()["rows"][0]
    for n in range(3):
        page = strike(browser)
        done = send(browser, page, act="merge", other=march["id"])
        page = browser.get(done.headers["location"].partition("?")[0] + ".json").json()
        assert len(page["events"]) == 3
        told = next(h for h in page["history"] if h["judgement"] == done.headers["location"][-17:])
        assert (told["words"], [link["words"] for link in told["about"]]) == (
            f"judged to be one: {march['title']}",
            ["Teachers March"],
        )
        parted = send(browser, page, act="split", event=page["events"][n]["value"])
        assert parted.status_code == 303, parted.text
        left = [r["reports"] for r in browser.get("/incidents.json").json()["rows"] if r["type"] != "speech"]
        assert sorted(left) == [1, 2]
        for key in (parted.headers["location"][-17:], done.headers["location"][-17:]):
            assert (
                browser.post(f"/judgements/{key}/undo", data={"csrf": stage.csrf(browser)}).status_code == 303
            )


def test_the_incident_was_merged_away_meanwhile(browser: TestClient) -> None:
    page = strike(browser)
    march = browser.get("/incidents.json?type=protest").json()["rows"][0]
    other = browser.get(march["url"] + ".json").json()
    assert send(browser, page, act="merge", other=march["id"]).status_code == 303
    answers = {p["id"]: browser.get(f"/incidents/{p['id']}/brief?x=1") for p in (page, other)}
    gone, kept = sorted((page, other), key=lambda p: answers[p["id"]].status_code, reverse=True)
    assert answers[kept["id"]].status_code == 200
    assert answers[gone["id"]].headers["location"] == f"/incidents/{kept['id']}/brief?x=1"
    assert incident(browser.app.state.desk.ledger, gone["id"]).id == kept["id"]  # type: ignore[attr-defined]
    assert send(browser, gone, act="review", review="reviewed").status_code == 409


def asked(browser: TestClient) -> list[dict]:  # type: ignore[type-arg]
    items: list[dict] = browser.get("/review.json").json()["items"]  # type: ignore[type-arg]
    return items


def test_the_review_queue_asks_takes_answers_and_takes_them_back(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewqueue, "SURE", 1.1)
    kinds = {i["kind"]["value"]: i for i in asked(browser)}
    assert set(kinds) == {"merge", "place"}
    for item in kinds.values():
        assert item["sides"]
        assert item["doubt"]
        answer = {"csrf": stage.csrf(browser), "item": item["id"], "answer": "y", "version": item["version"]}
        done = browser.post("/review", data=answer, headers={"accept": "application/json"}).json()
        assert item["id"] not in {i["id"] for i in asked(browser)}
        shown = browser.get("/review.json?done=" + done["judgement"]).json()
        assert shown["undo_url"] == done["undo_url"]
        back = browser.post(done["undo_url"], data={"csrf": stage.csrf(browser), "back": "review"})
        assert back.headers["location"] == "/review"
        assert item["id"] in {i["id"] for i in asked(browser)}
        for wrong in ({"item": "x"}, {"item": "merge~a~b"}, {"item": "place~I1"}, {"answer": "maybe"}):
            assert browser.post("/review", data=answer | wrong).status_code == 422, wrong


def test_no_means_apart(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewqueue, "SURE", 1.1)
    item = next(i for i in asked(browser) if i["kind"]["value"] == "merge")
    answer = {"csrf": stage.csrf(browser), "item": item["id"], "answer": "n", "version": item["version"]}
    assert browser.post("/review", data=answer).status_code == 303
    assert len(browser.get("/incidents.json?type=strike").json()["rows"]) == 2


def test_an_answer_meets_another_persons(book: Ledger, browser: TestClient) -> None:
    item = browser.get("/review.json").json()["items"][0]
    incident = browser.get(item["incident"]["url"] + ".json").json()
    judge(
        book, Judgement(Kind.REVIEW, (incident["anchor"],), "someone else", "read", now(), review="assigned")
    )
    answer = {"csrf": stage.csrf(browser), "item": item["id"], "answer": "n", "version": item["version"]}
    clash = browser.post("/review", data=answer)
    assert clash.status_code == 409
    assert "someone else" in clash.text
    shown = browser.post("/review", data=answer, headers={"accept": "application/json"}).json()
    again = dict(shown["again"]) | {"csrf": stage.csrf(browser)}
    assert browser.post(shown["again_url"], data=again).status_code == 303


@pytest.mark.parametrize(("kind", "given"), [("merge", "n"), ("place", "n"), ("place", "y"), ("figure", "n")])
def test_an_answer_sent_twice_is_one(
    book: Ledger, browser: TestClient, monkeypatch: pytest.MonkeyPatch, kind: str, given: str
) -> None:
    monkeypatch.setattr(reviewqueue, "SURE", 1.1)
    page = strike(browser)
    asked_now = {i["kind"]["value"]: i["id"] for i in asked(browser)}
    item = asked_now.get(kind, f"figure~{page['id']}~killed")
    answer = {"csrf": stage.csrf(browser), "item": item, "answer": given, "version": page["version"]}
    plain = {"accept": "application/json"}
    first, second = (browser.post("/review", data=answer, headers=plain).json() for _ in range(2))
    assert first["judgement"] == second["judgement"]
    assert len(everything(book)) == 1
    browser.post(first["undo_url"], data={"csrf": stage.csrf(browser)})
    third = browser.post("/review", data=answer, headers=plain).json()
    assert third["judgement"] != first["judgement"]


def test_of_one_persons_answers_the_last_holds(book: Ledger, browser: TestClient) -> None:
    page = strike(browser)
    one, other = (e["value"] for e in page["events"][:2])
    sent = {"csrf": stage.csrf(browser), "item": f"merge~{one}~{other}", "version": page["version"]}
    for given, left in (("n", 2), ("y", 1), ("n", 2), ("y", 1)):
        done = browser.post("/review", data=sent | {"answer": given}, headers={"accept": "application/json"})
        assert len(browser.get("/incidents.json?type=strike").json()["rows"]) == left
        shown = browser.get("/review.json?done=" + done.json()["judgement"]).json()
        assert len(shown["done_about"]) == left
        assert "still" not in shown["done_words"]
    assert len(everything(book)) == 4


def test_no_answer_is_taken_that_anothers_would_overrule(book: Ledger, browser: TestClient) -> None:
    page = strike(browser)
    one, other = (e["value"] for e in page["events"][:2])
    judge(book, Judgement(Kind.NOT_SAME, (one, other), "someone else", "two towns", now()))
    version = strike(browser)["version"]
    sent = {"csrf": stage.csrf(browser), "item": f"apart~{one}~{other}", "answer": "y", "version": version}
    refused = browser.post("/review", data=sent)
    assert refused.status_code == 422
    assert "someone else judged these to be apart" in refused.text
