from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.ledger.test_meanings import Words, enter_all, told
from tests.web import stage

from accordingto.ledger.contest import FieldState, FieldValue, State
from accordingto.ledger.meanings import MeaningIndex, fill
from accordingto.ledger.ranking import Search
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.tolls import Toll, TollEntry
from accordingto.web import formviews, grouppages, incidentrows, rowsnippets, views, words
from accordingto.web.parts import Part

TYPES: dict[str, type[Part]] = {
    "/": views.FrontPage,
    "/incidents": views.IncidentsPage,
    "/reports": views.ReportsPage,
    "/sources": views.SourcesPage,
    "/anonymous": views.AnonymousPage,
    "/claims": views.ClaimsPage,
    "/tolls": views.TollsPage,
    "/commitments": views.CommitmentsPage,
    "/search?q=depot": views.SearchPage,
    "/reports/1": views.ReportPage,
    "/reports/1/compare/2": views.ComparePage,
    "/review": formviews.ReviewPage,
    "/add": formviews.AddPage,
    "/about": formviews.AboutPage,
    "/api": formviews.ApiPage,
    "/login": formviews.LoginPage,
}


def test_every_page_is_there_as_html_and_as_json(browser: TestClient) -> None:
    for url in stage.urls(browser):
        page = browser.get(url)
        assert page.status_code == 200, url
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert lxml_html.fromstring(page.text).find(".//h1") is not None, url
        data = browser.get(stage.json_url(url))
        assert (data.status_code, data.headers["content-type"]) == (200, "application/json"), url


@pytest.mark.parametrize("url", TYPES)
def test_json_is_the_page_itself(browser: TestClient, url: str) -> None:
    page = msgspec.json.decode(browser.get(stage.json_url(url)).content, type=TYPES[url])
    assert isinstance(page, TYPES[url])


def strike(browser: TestClient) -> views.IncidentPage:
    rows = browser.get("/incidents.json?type=strike").json()["rows"]
    return msgspec.json.decode(browser.get(rows[0]["url"] + ".json").content, type=views.IncidentPage)


def test_the_matrix_has_a_row_a_source_and_a_cell_a_field(browser: TestClient) -> None:
    page = strike(browser)
    assert [c.key for c in page.columns][:3] == ["happened", "actor", "target"]
    rows = [r for g in page.groups for r in g.rows]
    assert {r.who for r in rows} >= {"Rescue workers"}
    assert all(len(r.cells) == len(page.columns) for r in rows)
    killed = [
        v
        for r in rows
        for c in r.cells
        if c.column == "killed"
        for v in c.values
        if v.stance.value == "asserts"
    ]
    assert {v.text for v in killed} == {"6", "8"}
    assert {(v.text, v.standing.value) for v in killed} == {("6", "overtaken"), ("8", "alone")}
    # one voice's six have grown to another's eight, which bears them out
    assert [c.state.value for c in page.columns if c.key == "killed"] == ["agreed"]
    site = {v.standing.value for r in rows for c in r.cells if c.column == "use_of_site" for v in c.values}
    assert site == {"contested"}
    assert all(v.standing.words and v.standing.symbol for v in killed)


def test_a_cell_leads_to_its_words_in_the_report(browser: TestClient) -> None:
    values = [v for g in strike(browser).groups for r in g.rows for c in r.cells for v in c.values]
    assert values
    for v in values:
        path, _, anchor = v.url.partition("#")
        report = msgspec.json.decode(browser.get(f"{path}.json").content, type=views.ReportPage)
        pieces = [x for p in report.paragraphs for x in p.pieces]
        assert v.words == "" or any(x.anchor == anchor and v.words.startswith(x.text[:5]) for x in pieces), v


def test_the_printed_text_is_whole_and_its_marks_nest(browser: TestClient) -> None:
    report = msgspec.json.decode(browser.get("/reports/2.json").content, type=views.ReportPage)
    text = " ".join("".join(x.text for x in p.pieces) for p in report.paragraphs)
    assert "Rescue workers said that eight people were killed." in text
    eight = next(x for p in report.paragraphs for x in p.pieces if x.text == "eight people")
    assert [m.kind for m in eight.marks] == ["claim", "figure"]


def test_filters_stand_in_the_url_and_narrow_every_list(browser: TestClient) -> None:
    assert browser.get("/incidents.json?place=Marda").json()["rows"]
    assert browser.get("/incidents.json?place=Nowhere").json()["rows"] == []
    assert browser.get("/incidents.json?from=2031-03-04&to=2031-03-09&type=strike").json()["rows"] == []
    assert {r["act"]["value"] for r in browser.get("/claims.json?act=deny").json()["rows"]} == {"deny"}
    assert [r["who"] for r in browser.get("/claims.json?q=bridge").json()["rows"]] == ["The Northern Front"]
    assert browser.get("/claims.json?from=&to=&q=").json()["rows"]
    assert [r["outlet"] for r in browser.get("/reports.json?source=Harbor").json()["rows"]] == [
        "Harbor Post"
    ] * 2
    page = browser.get("/incidents.json?place=Marda&type=strike").json()
    assert page["timeline_url"] == "/timeline.json?place=Marda&type=strike"


def test_a_toll_that_moved_is_on_the_front_page(browser: TestClient) -> None:
    moved = browser.get("/index.json").json()["tolls"]
    assert [(t["before"], t["after"], t["change"]) for t in moved] == [("40", "52", "+12")]
    points = browser.get(moved[0]["url"] + "/plot.json").json()["points"]
    assert [p["best"] for p in points] == [40, 52]


def test_search_finds_incidents_claims_and_reports(browser: TestClient) -> None:
    found = browser.get("/search.json?q=depo").json()
    assert found["incidents"]
    assert found["reports"]
    assert browser.get("/search.json?q=killed").json()["claims"]
    assert browser.get("/search.json?q=%22%20OR%20*").status_code == 200
    assert browser.get("/search.json", params={"q": "???"}).json()["problem"]


def test_maps_are_areas(browser: TestClient) -> None:
    found = browser.get("/map.geojson").json()["features"]
    assert found
    assert all(f["properties"]["radius_m"] > 0 and f["properties"]["precision_words"] for f in found)
    assert browser.get("/timeline.json").json()["buckets"]


def test_pages_follow_one_another_and_end(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(tmp_path / "many.db") as book:
        stage.put(book, *(stage.toll(f"2031-03-{1 + n % 28:02d}", f"{n}", n, f"r{n}") for n in range(1, 121)))
        with stage.client(book) as browser:
            seen: list[int] = []
            url: str | None = "/reports.json"
            while url:
                page = browser.get(url).json()
                seen += [r["id"] for r in page["rows"]]
                following = page["paging"]["next"]
                url = stage.json_url(following) if following else None
            assert len(seen) == len(set(seen)) == 120
            days = [r["published"] for r in browser.get("/reports.json").json()["rows"]]
            assert days == sorted(days, reverse=True)
            claims = browser.get("/claims.json").json()
            following = browser.get(stage.json_url(claims["paging"]["next"])).json()
            assert not {c["url"] for c in claims["rows"]} & {c["url"] for c in following["rows"]}


def test_refusals_are_pages_that_say_what_to_do(browser: TestClient) -> None:
    for url, status in (
        ("/nope", 404),
        ("/reports/999", 404),
        ("/incidents/I0000000000000000", 404),
        ("/incidents?from=bad", 422),
        ("/reports/1/compare/1", 404),
    ):
        page = browser.get(url)
        assert page.status_code == status
        assert "<h1" in page.text
        data = browser.get(stage.json_url(url))
        assert data.status_code == status
        assert data.json()["message"]


def test_an_empty_ledger_has_every_page(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(tmp_path / "empty.db") as book, stage.client(book) as browser:
        for url in (
            "/",
            "/incidents",
            "/reports",
            "/sources",
            "/anonymous",
            "/claims",
            "/tolls",
            "/commitments",
            "/review",
            "/about",
            "/timeline.json",
            "/map.geojson",
        ):
            assert browser.get(url).status_code == 200, url


def test_the_desk_on_each_database(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        stage.fill(book)
        with stage.client(book) as browser:
            for url in stage.urls(browser):
                assert browser.get(url).status_code == 200, url
            for query in (
                "q=depot",
                "place=Marda",
                "source=Rescue",
                "actor=depot",
                "state=contested",
                "state=machine",
                "from=2031-01-01",
            ):
                assert browser.get(f"/incidents.json?{query}").json()["rows"], query
            assert [c["who"] for c in browser.get("/claims.json?q=promised+bridge").json()["rows"]] in (
                [],
                ["The Northern Front"],
            )


def test_the_ledger_is_not_written_by_looking(browser: TestClient, book: Ledger) -> None:
    if book.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite tells a reader that something was written")
    with book.begin() as c:
        before = c.exec_driver_sql("PRAGMA data_version").scalar()
        for url in ("/", "/incidents", "/review"):
            browser.get(url)
        assert c.exec_driver_sql("PRAGMA data_version").scalar() == before


def test_search_finds_what_is_near_in_meaning(tmp_path: Path) -> None:
    ledger = open_ledger(tmp_path / "near.db")
    enter_all(ledger, told("the military hit a warehouse", "one"), told("the ferry sank", "two"))
    fill(ledger, Words())
    browser = stage.client(ledger, finder=Search(MeaningIndex(ledger), Words()))
    found = browser.get("/search.json?q=army+depot").json()
    assert found["meaning"] is True
    assert found["claims"] == []
    assert "the military hit a warehouse" in str(found["near"][0])
    assert "ferry" not in str(found["near"][0])
    page = browser.get("/search?q=army+depot").text
    assert (
        page.index("No claim has all these words") < page.index("Near in meaning") < page.index("a warehouse")
    )
    said = browser.get("/search.json?q=warehouse").json()
    assert "the military hit a warehouse" in str(said["claims"][0])
    assert "warehouse" not in str(said["near"])
    plain = stage.client(ledger).get("/search.json?q=army+depot").json()
    assert (plain["meaning"], plain["claims"]) == (False, [])
    ledger.close()


def test_cues_are_counted_and_a_printed_headline_is_shown_once(browser: TestClient) -> None:
    report = browser.get("/reports/2.json").json()
    cues = {
        m["id"] for p in report["paragraphs"] for x in p["pieces"] for m in x["marks"] if m["kind"] == "cue"
    }
    assert report["counts"]["cue"] == len(cues) > 0
    shown = lxml_html.fromstring(browser.get("/reports/2").text)
    (heading,) = shown.findall(".//h1")
    assert ("unseen" in (heading.get("class") or "")) == any(
        p["kind"] == "headline" for p in report["paragraphs"]
    )


def test_only_what_is_told_has_a_column_and_the_rest_is_named(browser: TestClient) -> None:
    page = strike(browser)
    told = {c.column for g in page.groups for r in g.rows for c in r.cells if c.values}
    assert {c.key for c in page.columns} == told
    assert page.untold == ("how many were wounded",)
    assert "contested: " in page.sentence
    assert "happened," not in page.sentence.replace("whether it happened,", "")


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["the army", "Army"], ["the army"]),
        (["An Army", "the army", "Navy"], ["An Army", "Navy"]),
        (["Theodore", "odore"], ["Theodore", "odore"]),
    ],
)
def test_one_name_in_two_spellings_is_named_once(names: list[str], kept: list[str]) -> None:
    assert words.distinct(names) == kept


@pytest.mark.parametrize(
    ("text", "q", "hits"),
    [
        ("The depot; the Depots", "depot", ["depot", "Depots"]),
        ("a (b) .*", "(b) .*", []),
        ("Grain <depot> & fire", "fire depot", ["depot", "fire"]),
        ("nothing", "", []),
    ],
)
def test_words_that_were_searched_are_marked(text: str, q: str, hits: list[str]) -> None:
    pieces = rowsnippets.hits(text, q)
    assert "".join(words for words, _ in pieces) == text
    assert [words for words, hit in pieces if hit] == hits


def test_marked_words_are_escaped(browser: TestClient) -> None:
    found = browser.get("/search?q=depot").text
    assert '<mark class="hit">' in found
    assert "<script>" not in browser.get("/search?q=%3Cscript%3Edepot").text


def test_every_sign_of_a_matrix_is_explained(browser: TestClient) -> None:
    about = browser.get("/about.json").json()
    explained = {s["value"] for _, some in about["legend"] for s, _ in some}
    page = strike(browser)
    used = {c.state.value for c in page.columns} | {page.grading.value}
    used |= {v.stance.value for g in page.groups for r in g.rows for c in r.cells for v in c.values}
    assert used <= explained


def test_a_list_does_not_repeat_the_day_of_a_title(browser: TestClient) -> None:
    rows = browser.get("/incidents.json").json()["rows"]
    assert any(r["short"] != r["title"] for r in rows)
    for r in rows:
        assert r["title"] in (r["short"], f"{r['short']}, {r['day']}")


def test_a_list_without_rows_says_why(browser: TestClient, tmp_path: Path) -> None:
    assert "No claim fits these filters." in browser.get("/claims?q=nothing+like+it").text
    with open_ledger(tmp_path / "empty.db") as book, stage.client(book) as empty:
        for name in ("incidents", "claims", "reports", "sources", "tolls", "commitments"):
            text = empty.get(f"/{name}").text
            assert "in this ledger yet" in text, name
            assert "data-map" not in text
            assert 'class="take"' not in text


@pytest.mark.parametrize(
    ("share", "words", "population"), [(True, "about 50 %", None), (False, "about 50", "percent")]
)
def test_a_share_is_told_in_percent(share: bool, words: str, population: str | None) -> None:
    entry = TollEntry(None, 45, 50, 55, "about", (), "r", None)
    assert grouppages.toll_words(entry, share=share) == words
    made = Toll("T1", "Bulletin", "share" if share else "killed", "percent", None, None, (entry,))
    assert grouppages.counted_of(made) == population


def test_two_spellings_of_one_value_are_one_rival() -> None:
    def by(who: str, value: str, stance: str = "asserts") -> FieldValue:
        return FieldValue(value, stance, who, "organization", None, "r", None, None)

    field = FieldState(State.CONTESTED, (by("A", "the army"), by("B", "The Army"), by("C", "army", "denies")))
    found = incidentrows.holders("actor", field)
    assert {key: [v.by for v in held] for key, held in found.items()} == {
        ("the army", "asserts"): ["A", "B"],
        ("the army", "denies"): ["C"],
    }


@pytest.mark.parametrize(
    "url",
    [
        "/incidents/Ideadbeef",
        "/incidents/Ideadbeef/brief",
        "/reports/seven",
        "/reports/1/compare/x",
        "/sources/S",
        "/tolls/T1",
    ],
)
def test_an_id_that_nothing_has_is_not_there(browser: TestClient, url: str) -> None:
    for asked in (url, f"{url}.json"):
        answer = browser.get(asked)
        assert answer.status_code == 404
        assert f"There is no {url.split('/')[1].removesuffix('s')} " in answer.text
        assert "pattern" not in answer.text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=notadate", "from: “notadate” is no day; give it as 2031-03-07"),
        ("to=2031-13-45", "to: “2031-13-45” is no day; give it as 2031-03-07"),
        ("act=shout", "act: “shout” is not known; it takes assert, confirm, deny, "),
        ("from=" + "9" * 99, "from: “" + "9" * 30 + "…” is no day"),
    ],
)
def test_what_is_wrong_with_a_filter_is_said_in_plain_words(
    browser: TestClient, query: str, said: str
) -> None:
    answer = browser.get(f"/claims.json?{query}")
    assert answer.status_code == 422
    assert answer.json()["message"].startswith(said)


def test_a_crumb_in_another_script_leaves_the_arrow_before_it(book: Ledger) -> None:
    stage.put(book, Story("A strike hit the harbor.", name="ar", title="ضربة على الميناء"))
    with stage.client(book) as browser:
        rows = browser.get("/reports.json").json()["rows"]
        url = next(r["url"] for r in rows if r["title"].startswith("ضربة"))
        crumb = lxml_html.fromstring(browser.get(url).text).xpath("//ol[@class='crumbs']/li")[-1]
    assert crumb.get("dir") is None
    assert [(x.get("dir"), x.text) for x in crumb] == [("auto", "ضربة على الميناء")]
