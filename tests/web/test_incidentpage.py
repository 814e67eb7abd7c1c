"""The head of an incident's page: title and sentence tell one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.ledger.builder import Story, strike
from tests.web import stage

from accordingto.ledger import tables
from accordingto.ledger.contest import FieldState, State
from accordingto.ledger.grading import Grading
from accordingto.ledger.incidents import Incident, IncidentPlace
from accordingto.ledger.merging import unpack
from accordingto.ledger.session import open_ledger
from accordingto.web.incidentpage import names_doer, sentence


def hit(outlet: str, target: str, day: str = "2031-03-04") -> Story:
    """A report of one strike in Marda, with what was hit in its own words."""
    text = f"A strike hit {target} in Marda on 3 March, residents said. It came at dawn and many people heard it."
    s = Story(text, day, outlet, f"Strike, {outlet} says", f"hit-{outlet}")
    said = s.claim("residents", "said", f"A strike hit {target} in Marda on 3 March")
    on, place = s.time("3 March", "2031-03-03"), s.place("Marda")
    s.event("strike", "strike", target=target, on=on, place=place, claims=(said,))
    return s


def test_title_and_sentence_name_one_target(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with open_ledger(tmp_path / "targets.db") as book:
        some = (("Coast Wire", "a command post"), ("Harbor Post", "a school"), ("Hill Daily", "a school"))
        stage.put(book, *(hit(*s) for s in some))
        with book.begin() as c:
            bodies = list(c.scalars(select(tables.incidents.c.body)))
        (found,) = (unpack(b) for b in bodies)
    told = [v.value for v in found.fields["target"].values]
    assert "a command post" in told
    assert found.title == "Strike on a school, Marda, 3 March 2031"
    assert sentence(found).startswith("Strike on a school in Marda, 3 March 2031")
    assert "command post" not in sentence(found)


@pytest.mark.parametrize(
    ("title", "place", "begins"),
    [
        ("Strike on a school, Marda, 3 March 2031", "Marda", "Strike on a school in Marda, 3 March"),
        ("Strike on a school, Mirda, 3 March 2031", "Marda", "Strike on a school in Mirda, 3 March"),
        ("Strike on the Marda school, 3 March 2031", "Marda", "Strike on the Marda school, 3 March"),
        ("Strike, Marda, 3 March 2031", "Marda", "Strike in Marda, 3 March"),
        ("Strike on a bridge, a mill, 3 March 2031", None, "Strike on a bridge, a mill, 3 March"),
        ("Strike on a bridge, a mill, 3 March 2031", "Marda", "Strike on a bridge, a mill, 3 March"),
    ],
)
def test_the_sentence_takes_what_and_where_from_the_title(title: str, place: str | None, begins: str) -> None:
    fields = {n: FieldState(State.UNKNOWN, ()) for n in ("actor", "target", "killed", "wounded")}
    at = IncidentPlace(place) if place else None
    made = Incident(
        "I1", "strike", title, "2031-03-03", "2031-03-03", at, ("r",), 1, (), State.UNKNOWN, Grading("weak", ()), "machine", fields
    )  # fmt: skip
    assert sentence(made).startswith(begins)


def test_values_of_one_number_are_struck_out_together_and_told_with_their_bounds(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "bounds.db") as book:
        for outlet, words, low in (("Coast Wire", "at least 20", 20), ("Harbor Post", "20", None)):
            s = strike(
                f"A strike hit Marda on 3 March and killed {words} people.",
                day=("3 March", "2031-03-03"),
                outlet=outlet,
            )
            s.figure(f"{words} people", 20, event="V1", low=low)
            stage.put(book, s)
        with stage.client(book) as browser:
            url = browser.get("/incidents.json").json()["rows"][0]["url"]
            page = lxml_html.fromstring(browser.get(url).text)
    cells = {v.text_content() for v in page.xpath("//td[@data-label='Killed']//*[@class='v']")}
    assert cells == {"20 or more", "20"}
    option, another = page.xpath("//select[@id='value-told']/optgroup[@label='Killed']/option")
    assert (option.get("value"), another.get("value")) == ("killed:20", "killed:")
    assert set(option.text.split(" / ")) == cells


def page_of(browser: TestClient, type_: str = "strike") -> tuple[str, HtmlElement]:
    """The address of the first incident of a type, and its page."""
    url = browser.get(f"/incidents.json?type={type_}").json()["rows"][0]["url"]
    return url, lxml_html.fromstring(browser.get(url).text)


def judged(browser: TestClient, url: str, **form: str) -> HtmlElement:
    """The page to which a judgement leads."""
    page = browser.get(f"{url}.json").json()
    sent = {
        "csrf": stage.csrf(browser),
        "why": "looked",
        "version": page["version"],
        "anchor": page["anchor"],
    }
    done = browser.post(f"{url}/judge", data=sent | form)
    assert done.status_code == 303, done.text
    return lxml_html.fromstring(browser.get(done.headers["location"]).text)


def test_accounts_are_told_by_the_word_that_the_report_has(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "words.db") as book:
        for outlet in ("Coast Wire", "Harbor Post"):
            text = (
                "Rockets were fired at Marda on 3 March, residents said. It came at dawn and many heard it."
            )
            s = Story(text, "2031-03-04", outlet, f"Rockets, {outlet} says", f"fired-{outlet}")
            said = s.claim("residents", "said", "Rockets were fired at Marda on 3 March")
            on, place = s.time("3 March", "2031-03-03"), s.place("Marda")
            s.event("strike", "fired", on=on, place=place, claims=(said,))
            stage.put(book, s)
        with stage.client(book) as browser:
            _, page = page_of(browser)
    joins = page.xpath("//section[@aria-labelledby='h-joins']//li/span/a/text()")
    assert joins == ["Rockets, Coast Wire says: fired", "Rockets, Harbor Post says: fired"]
    assert all("“fired" in o for o in page.xpath("//select[@id='split-event']/option/text()"))


def test_the_words_behind_a_value_name_outlet_and_title(browser: TestClient) -> None:
    _, page = page_of(browser)
    told = page.xpath("//a[@data-words='eight people' or .//text()='8']/@data-who")
    assert told == ["Rescue workers, in Harbor Post, “Strike on Depot in Marda Kills Eight”"]


def test_an_incident_shows_its_id_to_be_copied_and_merged_by(browser: TestClient) -> None:
    url, page = page_of(browser, "protest")
    (button,) = page.xpath("//*[@data-copy]")
    assert button.get("data-copy") == url.rpartition("/")[2]
    (short,) = page.xpath("//code[following-sibling::*[@data-copy]]/text()")
    strike_url, _ = page_of(browser)
    merged = judged(browser, strike_url, act="merge", other=short)
    assert len(merged.xpath("//section[@aria-labelledby='h-reports']//li")) == 3


def test_after_accounts_are_parted_or_joined_the_others_are_named_and_linked(browser: TestClient) -> None:
    url, page = page_of(browser)
    event = page.xpath("//select[@id='split-event']/option/@value")[1]
    parted = judged(browser, url, act="split", event=event)
    (notice,) = parted.xpath("//*[@role='status' and contains(@class, 'undo')]/p")
    (link,) = notice.xpath("./a")
    assert notice.text_content().startswith("Kept – judged to be apart: ")
    assert link.get("href") != url
    other = lxml_html.fromstring(browser.get(link.get("href")).text)
    assert link.text == other.xpath("//h1")[0].text
    assert url in other.xpath("//ol[@class='history']//a/@href")

    march, _ = page_of(browser, "protest")
    joined = judged(browser, march, act="merge", other=url)
    (notice,) = joined.xpath("//*[@role='status' and contains(@class, 'undo')]/p")
    assert notice.text_content().startswith("Kept – judged to be one: ")
    assert [a.get("href") for a in notice.xpath("./a")] == ["/reports/1"]


def test_a_clash_of_judgements_is_told_in_words(browser: TestClient) -> None:
    url, _ = page_of(browser)
    page = browser.get(f"{url}.json").json()
    sent = {
        "csrf": stage.csrf(browser),
        "why": "read it",
        "version": page["version"],
        "anchor": page["anchor"],
    }
    judged(browser, url, act="review", review="reviewed")
    for form, told in (
        ({"act": "review", "review": "assigned"}, ["set the review", "assigned", "read it"]),
        (
            {"act": "wrong", "field": "killed", "value": "8"},
            ["strike out a wrong value", "Killed", "8", "read it"],
        ),
        ({"act": "split", "event": page["events"][1]["value"]}, ["split an account off", "read it"]),
    ):
        clash = browser.post(f"{url}/judge", data=sent | form)
        assert clash.status_code == 409, clash.text
        shown = lxml_html.fromstring(clash.text).xpath("//section[@aria-labelledby='h-mine']//dl")[0]
        assert sorted(x.text for x in shown.xpath("./dd")) == sorted(told)
        assert {"act", "field", "event"}.isdisjoint(x.text for x in shown.xpath("./dt"))


@pytest.mark.parametrize("below", ["", ".json", "/brief", "/brief.json", "/map.geojson", "?from=mail"])
def test_a_former_address_leads_to_where_the_incident_is_now(browser: TestClient, below: str) -> None:
    march, _ = page_of(browser, "protest")
    strike_url, _ = page_of(browser)
    judged(browser, strike_url, act="merge", other=march)
    former = [u for u in (march, strike_url) if browser.get(u).status_code != 200]
    (now,) = {march, strike_url} - set(former)
    assert len(former) == 1
    for _ in range(2):
        answer = browser.get(former[0] + below)
        assert (answer.status_code, answer.headers.get("location")) == (307, now + below)
    assert browser.get(now + below).status_code == 200


@pytest.mark.parametrize(
    ("what", "actors", "told"),
    [
        ("Coup by the Hill Party", ["the Hill Party"], True),
        ("Iva Tamm resigned", ["Iva Tamm"], True),
        ("The mayor ousted", ["the court"], False),
        ("Strike on a depot", [], False),
        ("Clash: the army and the Lake Front", ["The army", "Lake Front"], True),
    ],
)
def test_a_title_that_names_the_doer_needs_no_more_of_him(what: str, actors: list[str], told: bool) -> None:
    assert names_doer(what, actors) is told
