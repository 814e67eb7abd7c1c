from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient
from tests.ledger.builder import Story, strike
from tests.ledger.test_incidents import army_and_medics, rival
from tests.web import stage
from tests.web.test_taking import rows

from accordingto.ledger import browsing
from accordingto.ledger.browsing import Wanted
from accordingto.ledger.lists import incidents
from accordingto.ledger.orders import Order
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.settings import load
from accordingto.web import frontpage, snippets
from accordingto.web.app import make_app
from accordingto.web.desk import Desk
from accordingto.web.grouppages import commitment_rows
from accordingto.web.words import countries, place_view

SAME = "same.txt"


def named_same(story: Story) -> Story:
    story.raw = replace(story.raw, name=SAME)
    return story


@pytest.fixture
def namesakes(tmp_path: Path) -> Iterator[TestClient]:
    """Reports that all have one name."""
    with open_ledger(tmp_path / "same.db") as book:
        stage.put(
            book,
            stage.toll("2031-03-01", "40", 40, SAME),
            stage.toll("2031-03-08", "52", 52, SAME),
            named_same(army_and_medics()),
            named_same(rival()),
        )
        with stage.client(book) as browser:
            yield browser


def test_a_count_leads_to_its_report_where_two_have_one_name(namesakes: TestClient) -> None:
    (toll,) = namesakes.get("/tolls.json").json()["rows"]
    series = namesakes.get(f"{toll['url']}.json").json()["series"]
    assert [p["report"]["url"] for p in series] == ["/reports/1", "/reports/2"]
    assert toll["last"]["report"]["url"] == "/reports/2"


def test_a_contested_value_leads_to_its_report_where_two_have_one_name(namesakes: TestClient) -> None:
    clash = [v for row in namesakes.get("/index.json").json()["contested"] for v in row["values"]]
    led = {(w["words"], w["url"].partition("#")[0]) for v in clash for w in v["words"]}
    assert {url for _, url in led} == {"/reports/3", "/reports/4"}
    for words, url in led:
        report = namesakes.get(f"{url}.json").json()
        text = " ".join("".join(x["text"] for x in p["pieces"]) for p in report["paragraphs"])
        assert words in text, url


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ("place=Marda", "Marda"),
        ("place=XAA&type=protest", "Protest"),
        ("actor=Eastern+Command", "Marda"),
        ("state=contested", "Marda"),
    ],
)
def test_claims_are_narrowed_by_their_incidents(browser: TestClient, query: str, about: str) -> None:
    found = browser.get(f"/claims.json?{query}").json()["rows"]
    assert 0 < len(found) < len(browser.get("/claims.json").json()["rows"])
    assert all(any(about in i["words"] for i in c["incidents"]) for c in found)
    assert len(rows(browser, f"/claims.csv?{query}")) == len(found)


def test_claims_of_very_many_incidents_are_narrowed_too(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = browser.get("/claims.json?place=Marda").json()["rows"]
    monkeypatch.setattr("accordingto.ledger.naming.FEW", 0)
    assert browser.get("/claims.json?place=Marda&after=").json()["rows"] == few
    assert browser.get("/claims.json?place=Nowhere").json()["rows"] == []


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/sources.json?state=named", "state"),
        ("/reports.json?place=Marda", "place"),
        ("/reports.csv?place=Marda", "place"),
        ("/incidents?act=deny", "act"),
        ("/commitments.json?place=Marda", "place"),
    ],
)
def test_a_filter_that_a_list_does_not_know_is_refused(browser: TestClient, url: str, name: str) -> None:
    answer = browser.get(url)
    assert answer.status_code == 422
    assert f"{name}: this list has no such filter" in answer.text
    assert browser.get(f"{url.partition('=')[0]}=").status_code == 200


@pytest.mark.parametrize(
    "url", ["/claims", "/incidents.json", "/reports.csv", "/anonymous.json", "/map.geojson", "/tolls", "/"]
)
def test_what_is_no_filter_at_all_is_refused(browser: TestClient, url: str) -> None:
    answer = browser.get(f"{url}?foo=1")
    assert answer.status_code == 422
    assert "foo: this list has no such filter; it takes from, to" in answer.text
    assert browser.get(f"{url}?foo=&utm_source=mail&fbclid=x&gclid=y").status_code == 200
    assert browser.get(f"{url}?after=").status_code == 200


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/claims?kind=zzz", "kind: is one of person, organization"),
        ("/claims.csv?type=zzz", "type: is one of strike"),
        ("/incidents?type=zzz", "type: is one of strike"),
        ("/incidents.json?state=zzz", "single-source"),
        ("/timeline.json?type=zzz", "type: is one of strike"),
        ("/sources?kind=promise", "kind: is one of person"),
        ("/sources.csv?type=killed", "type: is one of person"),
        ("/tolls.json?type=strike", "type: is one of killed"),
        ("/tolls?kind=person", "kind: is one of killed"),
        ("/commitments?kind=person", "kind: is one of warning"),
        ("/commitments?state=contested", "state: is one of open"),
    ],
)
def test_a_value_that_a_filter_never_has_is_refused(browser: TestClient, url: str, says: str) -> None:
    answer = browser.get(url)
    assert answer.status_code == 422
    assert says in answer.text


@pytest.mark.parametrize("name", ["incidents", "claims", "sources", "tolls", "commitments"])
def test_every_choice_that_a_page_offers_is_taken(browser: TestClient, name: str) -> None:
    offered = browser.get(f"/{name}.json").json()["choices"]
    form = lxml_html.fromstring(browser.get(f"/{name}").text)
    for select in form.xpath("//select[@name='type' or @name='kind' or @name='state']"):
        for value in select.xpath("./option/@value"):
            url = f"/{name}.json?{select.get('name')}={value}"
            assert browser.get(url).status_code == 200, url
    assert offered["types"]


def test_only_filters_that_a_list_knows_are_described(browser: TestClient) -> None:
    paths = browser.get("/openapi.json").json()["paths"]
    assert {p["name"] for p in paths["/reports.json"]["get"]["parameters"]} == {
        "from", "to", "source", "q", "after"
    }  # fmt: skip


def promise(day: str, what: str) -> Story:
    s = Story(f"The Northern Front promised {what}.", day, "Coast Wire", None, what)
    s.claim("The Northern Front", "promised", what, act="promise")
    return s


def test_commitments_are_found_by_what_is_promised_and_by_kind(browser: TestClient) -> None:
    page = browser.get("/commitments.json?q=bridge&kind=promise").json()
    assert [c["speaker"] for c in page["rows"]] == ["The Northern Front"]
    assert [k["value"] for k in page["choices"]["kinds"]] == ["warning", "promise", "request", "refusal"]
    assert browser.get("/commitments.json?q=northern+bridge").json()["rows"]
    for none in ("q=tunnel", "kind=warning"):
        assert browser.get(f"/commitments.json?{none}").json()["rows"] == []


def test_a_page_of_commitments_is_filled_past_those_of_another_outcome(book: Ledger) -> None:
    kept = Story("The Northern Front opened the bridge.", "2031-03-09", "Harbor Post", None, "kept")
    kept.event("meeting", "opened", actor="The Northern Front", target="the bridge")
    others = []
    for n in range(1, 6):
        s = Story(f"The Council of Dock {n} promised to pay.", "2031-03-20", "Coast Wire", None, f"o{n}")
        s.claim(f"The Council of Dock {n}", "promised", "to pay", act="promise")
        others.append(s)
    stage.put(book, kept, *others)
    with book.begin() as c:
        (row,), found = commitment_rows(c, Wanted(state="kept"), limit=1)
        assert (row.what, found.next) == ("to open the bridge", None)
        listed, after = [], None
        while True:
            some, found = commitment_rows(c, Wanted(), after=after, limit=2)
            listed += [r.id for r in some]
            if (after := found.next) is None:
                break
        assert len(listed) == len(set(listed)) == 6


def test_what_nothing_dates_is_not_of_a_day(tmp_path: Path) -> None:
    story = Story("The Army denied the raid.", None, "Coast Wire", None, "undated")
    story.claim("The Army", "denied", "the raid", act="deny")
    with open_ledger(tmp_path / "undated.db") as book:
        stage.put(book, story, strike("A strike hit Marda.", published=None))  # type: ignore[arg-type]
        with stage.client(book) as browser:
            for name in ("reports", "claims", "incidents"):
                assert browser.get(f"/{name}.json").json()["rows"], name
                assert browser.get(f"/{name}.json?from=2040-01-01").json()["rows"] == [], name


def test_a_search_leads_to_the_whole_lists(browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browser.get("/search.json?q=bridge").json()["more_claims"] is None
    monkeypatch.setattr(frontpage, "HITS", 1)
    links = lxml_html.fromstring(browser.get("/search?q=killed+").text).xpath("//a[.='All of them']/@href")
    assert links == ["/claims?q=killed"]
    assert len(browser.get(links[0].replace("?", ".json?")).json()["rows"]) > 1


@pytest.mark.parametrize(
    "url", ["/claims.csv?q=killed", "/reports.csv?source=Coast", "/incidents.csv?place=Marda"]
)
def test_a_file_holds_every_match(browser: TestClient, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    whole = rows(browser, url)
    monkeypatch.setattr(browsing, "NEWEST", 1)
    assert rows(browser, url) == whole
    assert len(whole) > 1 or url.startswith("/incidents")


def test_a_type_of_the_users_own_tables_is_taken(book: Ledger, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/event_types.csv").write_text("code,what\nparade,parades\n")
    settings = load({"ACCORDINGTO_DATA_DIR": str(tmp_path / "own")})
    browser = TestClient(make_app(Desk(book, settings, stage.MANY)), base_url="http://localhost")
    for url in ("/incidents.json", "/claims.json", "/incidents.csv", "/index.json"):
        assert browser.get(f"{url}?type=parade").status_code == 200, url
        assert browser.get(f"{url}?type=zzz").status_code == 422, url
    assert stage.client(book).get("/incidents.json?type=parade").status_code == 422


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/claims?q=bridge", "1 claim shown"),
        ("/tolls", "1 toll shown"),
        ("/", "2 incidents shown; 1 field contested or denied"),
        ("/search?q=bridge", "0 incidents, 1 claim, 0 reports found"),
    ],
)
def test_what_a_screen_reader_is_told_is_counted_rightly(browser: TestClient, url: str, said: str) -> None:
    shown = lxml_html.fromstring(browser.get(url).text).get_element_by_id("results")
    assert shown.get("data-said") == said


@pytest.mark.parametrize(
    ("name", "country", "words"),
    [
        ("Democratic Republic of the Congo", "COD", "Democratic Republic of the Congo"),
        ("the United States", "USA", "the United States"),
        ("Dire Dawa", "ETH", "Dire Dawa, Ethiopia"),
        ("Georgia", "USA", "Georgia, United States"),
    ],
)
def test_a_country_is_not_named_twice(name: str, country: str, words: str) -> None:
    shown = snippets.place(place_view(name, country, None, None, None))
    assert re.sub("<[^>]+>", "", str(shown)) == words


def test_a_speaker_without_a_name_is_parted_from_the_tag_that_says_so(tmp_path: Path) -> None:
    s = Story("A doctor said that the ward was full.", "2031-03-04", "Coast Wire", "Ward", "ward")
    s.claim("A doctor", "said", "that the ward was full", kind="anonymous")
    with open_ledger(tmp_path / "ward.db") as book:
        stage.put(book, s)
        shown = lxml_html.fromstring(stage.client(book).get("/reports/1").text)
    [card] = shown.find_class("card")
    assert "A doctor unnamed" in " ".join(card.text_content().split())


@pytest.mark.parametrize(
    ("code", "name"),
    [("USA", "United States"), ("MMR", "Myanmar"), ("COD", "DR Congo"), ("SYR", "Syria"), ("GBR", "Britain")],
)
def test_a_country_is_called_by_its_usual_name(code: str, name: str) -> None:
    assert countries()[code] == name


def raid(n: int, day: str | None, killed: int, reports: int) -> list[Story]:
    """So many reports of one raid."""
    out = []
    for m in range(reports):
        text = f"Raiders{m} attacked a mill{n} in Marda. The medics{m} said {killed} people were killed."
        s = Story(text, "2031-04-09", f"Wire {m}", f"Raid {n}", f"raid-{n}-{m}")
        on = s.time(f"mill{n}", day) if day else None
        said = s.claim(f"The medics{m}", "said", f"{killed} people were killed")
        event = s.event("attack", "attacked", target=f"a mill{n}", on=on, place=s.place("Marda"))
        s.figure(f"{killed} people", killed, event=event, claims=(said,))
        out.append(s)
    return out


@pytest.fixture
def raids(tmp_path: Path) -> Iterator[TestClient]:
    told = [
        (1, "2031-01-05", 4, 1),
        (2, "2031-02-05", 11, 1),
        (3, "2031-03-05", 4, 3),
        (4, "2031-03-25", 0, 2),
    ]
    with open_ledger(tmp_path / "raids.db") as book:
        stage.put(book, *(s for one in told for s in raid(*one)))
        with stage.client(book) as made:
            yield made


@pytest.mark.parametrize(
    ("sort", "order"),
    [("newest", "4321"), ("", "4321"), ("oldest", "1234"), ("reports", "3421"), ("killed", "2314")],
)
def test_incidents_in_each_order_page_by_page(
    raids: TestClient, monkeypatch: pytest.MonkeyPatch, sort: str, order: str
) -> None:
    by_days = {"2031-01-05": "1", "2031-02-05": "2", "2031-03-05": "3", "2031-03-25": "4"}

    def found(url: str) -> str:
        got = ""
        while url:
            page = raids.get(url.replace("/incidents?", "/incidents.json?")).json()
            got += "".join(by_days[r["earliest"]] for r in page["rows"])
            url = page["paging"]["next"]
        return got

    url = f"/incidents?sort={sort}"
    assert found(url) == order
    browse = browsing.browse_incidents
    monkeypatch.setattr(browse, "__kwdefaults__", {**(browse.__kwdefaults__ or {}), "limit": 1})
    assert found(url) == order
    assert found(f"{url}&to=2031-03-05") == order.replace("4", "")
    listed = rows(raids, f"/incidents.csv?sort={sort}")
    assert "".join(by_days[r["earliest"]] for r in listed) == order
    same = incidents(raids.app.state.desk.ledger, sort=Order(sort or "newest"))  # type: ignore[attr-defined]
    assert "".join(by_days[i.earliest or ""] for i in same) == order


def test_heads_of_columns_lead_to_orders_under_the_same_filters(raids: TestClient) -> None:
    text = raids.get("/incidents?sort=killed&type=attack").text
    assert (
        '<th scope="col" class="num" aria-sort="descending"><a href="/incidents?type=attack&amp;sort=killed">Killed</a></th>'
        in text
    )
    assert '<th scope="col"><a href="/incidents?type=attack">When</a></th>' in text
    assert '<option value="killed" selected>most killed</option>' in text
    text = raids.get("/incidents").text
    assert '<th scope="col" aria-sort="descending"><a href="/incidents?sort=oldest">When</a></th>' in text
    text = raids.get("/incidents?sort=oldest").text
    assert '<th scope="col" aria-sort="ascending"><a href="/incidents">When</a></th>' in text


def test_tolls_by_how_often_they_were_counted(browser: TestClient) -> None:
    assert [t["points"] for t in browser.get("/tolls.json?sort=counts").json()["rows"]] == [2]
    assert rows(browser, "/tolls.csv?sort=counts")[0]["counts"] == "2"
    assert (
        'aria-sort="descending"><a href="/tolls?sort=counts">Counts</a>'
        in browser.get("/tolls?sort=counts").text
    )


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/incidents?sort=loudest", "sort: “loudest” is not known; it takes oldest, newest"),
        ("/incidents.csv?sort=counts", "sort: “counts” is not known"),
        ("/tolls.json?sort=killed", "sort: “killed” is not known"),
        ("/reports?sort=newest", "sort: this list has no such filter"),
        ("/timeline.json?sort=newest", "sort: this list has no such filter"),
        ("/incidents?after=zzz", "after: is no key that a list gives"),
        ("/reports.json?after=2031-03-01~x", "after: is no key"),
        ("/sources?after=x~S0000000000000001", "after: is no key"),
        ("/claims?from=2031-03-05&to=2031-03-04", "from: it is later than “to”"),
        ("/incidents.csv?from=2032-03-05&to=2031-03-04", "from: it is later than “to”"),
    ],
)
def test_orders_keys_and_days_that_can_not_be_are_refused(browser: TestClient, url: str, says: str) -> None:
    answer = browser.get(url)
    assert (answer.status_code, says in answer.text) == (422, True), answer.text
