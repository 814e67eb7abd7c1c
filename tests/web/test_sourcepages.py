"""The page of one source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.ledger.deriving import SUMMED
from accordingto.ledger.session import open_ledger
from accordingto.web import saidby, sourcepages


def test_a_source_is_described_once_however_its_article_is_spelled(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "described.db") as book:
        for n, (who, text) in enumerate(
            (
                (
                    "The city's hospital",
                    "The city's hospital said on Friday that six people were dead in Marda.",
                ),
                (
                    "the city's hospital",
                    "Nine people were dead in Marda, the city's hospital said on Saturday.",
                ),
            )
        ):
            s = Story(text, f"2031-03-0{n + 4}", "Coast Wire", f"Hospital {n}", f"hospital-{n}")
            s.claim(who, "said", "people were dead in Marda")
            stage.put(book, s)
        with stage.client(book) as browser:
            (row,) = browser.get("/sources.json").json()["rows"]
            page = browser.get(f"{row['url']}.json").json()
    assert page["reports"] == 2
    assert [d.casefold() for d in page["described"]] == ["the city's hospital"]


def walked(browser: TestClient, url: str | None) -> list[dict[str, Any]]:
    """The claims of a source's page and of those that follow."""
    claims: list[dict[str, Any]] = []
    while url:
        path, _, query = url.partition("?")
        page = browser.get(f"{path}.json?{query}").json()
        claims += page["claims"]
        url = page["paging"]["next"]
    return claims


def harbor(n: int, published: str | None) -> Story:
    """A report in which a body speaks under two spellings, one of its claims of a strike; and two speak of whom no more is told."""
    s = Story(
        f"The Harbor Board said that quay {n} was open. The harbor board denied the raid. They said that a boat burned. "
        "It was added that the crew swam. A strike hit a depot in Marda, harbor workers said.",
        published,
        "Coast Wire",
        f"Harbor {n}",
        f"harbor-{n}",
    )
    s.claim("The Harbor Board", "said", f"that quay {n} was open")
    if n % 2:
        s.claim("The harbor board", "denied", "the raid", act="deny")
    s.claim("They", "said#2", "that a boat burned", kind="group")
    s.claim("It", "was added", "that the crew swam", kind="group")
    s.parts["S"][-1] = msgspec.structs.replace(s.parts["S"][-1], description=None)
    said = s.claim("harbor workers", "said#3", "A strike hit a depot in Marda", kind="group")
    if n == 0:
        s.event("strike", "strike", target="a depot", place=s.place("Marda"), claims=(said,))
    return s


@pytest.fixture
def harbors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(saidby, "REPORTS", 2)
    days = ["2031-03-01", "2031-03-02", "2031-03-03", "2031-03-04", None, None, None]
    with open_ledger(tmp_path / "harbors.db") as book:
        stage.put(book, *(harbor(n, day) for n, day in enumerate(days)))
        with stage.client(book) as browser:
            yield browser


def test_every_count_of_a_source_leads_to_as_many(harbors: TestClient, browser: TestClient) -> None:
    for desk in (harbors, browser):
        for row in desk.get("/sources.json").json()["rows"]:
            page = desk.get(f"{row['url']}.json").json()
            assert len(walked(desk, row["url"])) == sum(a["count"] for a in page["acts"])
            for act in page["acts"]:
                assert len(walked(desk, act["url"])) == act["count"], act
            for type_ in page["on"]:
                told = walked(desk, type_["url"])
                assert len({c["report"]["url"] for c in told}) == type_["count"], type_


def test_the_list_tells_of_those_who_speak_most_what_their_pages_tell(tmp_path: Path) -> None:
    stories = []
    for n in range(SUMMED + 12):
        s = Story(
            f"The Harbor Board said that quay {n} was open.",
            "2031-03-02",
            "Coast Wire",
            f"Harbor {n}",
            f"h{n}",
        )
        s.claim("The Harbor Board", "said", f"that quay {n} was open", party="XAA GOV")
        stories.append(s)
    with open_ledger(tmp_path / "many.db") as book:
        stage.put(book, *stories)
        with stage.client(book) as desk:
            (row,) = desk.get("/sources.json").json()["rows"]
            page = desk.get(f"{row['url']}.json").json()
            assert (
                row["acts"]
                == page["acts"]
                == [{"words": "says", "url": f"{row['url']}?act=assert", "count": SUMMED + 12}]
            )
            assert (
                (row["country"], row["sector"]) == (page["country"], page["sector"]) == ("XAA", "Government")
            )
            assert f'href="{row["url"]}?act=assert"' in desk.get("/sources").text
            assert f"says: {SUMMED + 12}" in desk.get("/sources.csv").text


def test_claims_without_any_word_for_their_source_stand_beside_those_of_a_pronoun(
    harbors: TestClient,
) -> None:
    *_, nobody = harbors.get("/sources.json").json()["rows"]
    assert (nobody["name"], nobody["reports"]) == ("no one named", 7)
    told = [c["words"] for c in walked(harbors, nobody["url"])]
    assert sorted(told) == sorted(["that a boat burned", "that the crew swam"] * 7)


def test_the_denials_of_a_source_are_those_of_all_its_reports(harbors: TestClient) -> None:
    rows = harbors.get("/sources.json?q=harbor+board").json()["rows"]
    (url,) = (r["url"] for r in rows)
    page = harbors.get(f"{url}.json").json()
    assert len(page["claims"]) < 5
    assert [c["published"] for c in page["denials"]] == ["2031-03-04", "2031-03-02"]
    assert harbors.get(f"{url}.json?act=deny").json()["denials"] == []
    assert "All its claims" in harbors.get(f"{url}?act=deny").text
    assert "All its claims" not in harbors.get(url).text


def test_the_audit_counts_the_described_apart_from_nobody(harbors: TestClient) -> None:
    page = harbors.get("/anonymous.json").json()
    assert (page["uses"], page["of_nobody"]) == (7, 7)
    assert harbors.get(f"{page['nobody_url']}.json").json()["reports"] == 7
    assert [d["words"] for r in page["by_outlet"] for d in r["descriptions"]] == ["harbor workers"]
    assert "claims stand without any source" in harbors.get("/anonymous").text


def test_a_description_stands_once_as_it_is_mostly_spelled_and_a_reason_leads_to_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sourcepages, "TOLD", 1)
    with open_ledger(tmp_path / "audit.db") as book:
        for n, who in enumerate(("Dockers", "dockers", "dockers", "a pilot")):
            s = Story(f"In the port, {who} fearing a fine said that boat {n} burned.", name=f"port-{n}")
            s.claim(who, "said", f"that boat {n} burned", kind="anonymous")
            if n == 1:
                fear = s.at("fearing a fine")
                s.parts["S"][0] = msgspec.structs.replace(s.parts["S"][0], anonymity_reason=fear)
                start = s.parts["C"][0].start
            stage.put(book, s)
        with stage.client(book) as browser:
            (row,) = browser.get("/anonymous.json").json()["by_outlet"]
            text = browser.get("/anonymous").text
            page = browser.get(row["reasons"][0]["url"].partition("#")[0]).text
            whole = browser.get(row["url"].replace("?", ".json?")).json()
            other = browser.get("/anonymous.json?q=fearing+a+fine").json()
            none = browser.get("/anonymous.json?source=Harbor+Post").json()
    assert [(d["words"], d["count"]) for d in row["descriptions"]] == [("dockers", 3)]
    assert (row["uses"], row["with_reason"], row["more"]) == (4, 1, 1)
    assert row["reasons"][0]["url"] == f"/reports/2#c{start}"
    assert f'id="c{start}"' in page or f"id=c{start}" in page
    assert '<a class="soft" href="/anonymous?source=Coast+Wire">and 1 more</a>' in text
    assert [(r["words"], len(r["descriptions"]), r["more"]) for r in whole["by_outlet"]] == [
        ("Coast Wire", 2, 0)
    ]
    assert (other["uses"], other["with_reason"], none["uses"]) == (1, 1, 0)
    assert text.count("With a reason</th>") == 1


def test_the_claims_of_a_source_are_narrowed_by_words_and_days(harbors: TestClient) -> None:
    (url,) = (r["url"] for r in harbors.get("/sources.json?q=harbor+board").json()["rows"])
    every = walked(harbors, url)
    days = sorted({c["published"] for c in every if c["published"]})
    assert len(days) > 2
    some = walked(harbors, f"{url}?from={days[1]}&to={days[1]}")
    assert some == [c for c in every if c["published"] == days[1]]
    denied = walked(harbors, f"{url}?q=raid&act=deny")
    assert {c["act"]["value"] for c in denied} == {"deny"}
    assert denied == [c for c in every if c["act"]["value"] == "deny"]
    assert walked(harbors, f"{url}?q=zeppelin") == []
    shown = harbors.get(f"{url}?q=raid&from={days[0]}").text
    assert 'with “<span dir="auto">raid</span>” from' in shown
    assert '<mark class="hit">raid</mark>' in shown
    assert harbors.get(f"{url}?from={days[1]}&to={days[0]}").status_code == 422
    assert harbors.get(f"{url}?place=Marda").status_code == 422


def test_reports_in_which_only_others_say_the_words_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saidby, "REPORTS", 1)
    with open_ledger(tmp_path / "passed.db") as book:
        for n in range(3):
            s = Story(
                f"The harbor board said that {'the ferry sank' if n == 0 else 'all was calm'}. The union said that the ferry sank.",
                f"2031-03-0{n + 1}",
                name=f"ferry-{n}",
            )
            s.claim("The harbor board", "said", "that the ferry sank" if n == 0 else "that all was calm")
            s.claim("The union", "said#2", "the ferry sank#2" if n == 0 else "that the ferry sank")
            stage.put(book, s)
        with stage.client(book) as browser:
            (url,) = (r["url"] for r in browser.get("/sources.json?q=harbor+board").json()["rows"])
            page = browser.get(f"{url}.json?q=ferry").json()
    assert [c["published"] for c in page["claims"]] == ["2031-03-01"]
    assert page["paging"]["next"] is None
