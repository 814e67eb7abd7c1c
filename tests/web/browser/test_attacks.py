"""Report text is data: payloads in titles, texts, outlets and addresses run nowhere in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.ledger.builder import Story
from tests.web import stage
from tests.web.browser.served import served, visit

from accordingto.ledger.session import open_ledger

A_REPORT = 64  # payloads in the text of one report


def poisoned(number: int, payloads: list[str]) -> Story:
    """A report that holds payloads everywhere that a report has words."""
    told = " ".join(
        f"In Marda on 3 March a strike hit {p} and officials said that {p} burned." for p in payloads
    )
    story = Story(told, "2031-03-04", payloads[0], payloads[1], f"poison{number}{payloads[2]}")
    said = story.claim("officials", "said", f"that {payloads[0]} burned", kind="anonymous")
    place, day = story.place("Marda"), story.time("3 March", "2031-03-03")
    story.event("strike", "strike", target=payloads[0], on=day, place=place, claims=(said,))
    return story


@pytest.fixture
def poisoned_desk(chrome: Browser, tmp_path: Path) -> Iterator[str]:
    with open_ledger(tmp_path / "poison.db") as book:
        chunks = [stage.PAYLOADS[i : i + A_REPORT] for i in range(0, len(stage.PAYLOADS), A_REPORT)]
        stage.put(book, *(poisoned(n, c) for n, c in enumerate(chunks) if len(c) > 2))
        with served(book) as url:
            yield url


def test_no_payload_runs(poisoned_desk: str, new_page: Callable[..., Page], complaints: list[str]) -> None:
    page = new_page(viewport={"width": 1280, "height": 2000})
    page.route("**/countries-*.json", lambda route: route.abort())  # the shapes carry no words of reports
    page.add_init_script(
        "window.__xss = 0; window.alert = window.confirm = window.prompt = () => { window.__xss = 1 }"
    )
    incident = page.request.get(f"{poisoned_desk}/incidents.json").json()["rows"][0]["url"]
    paths = [
        "/",
        "/incidents",
        incident,
        f"{incident}/brief",
        "/reports",
        "/reports/1",
        "/reports/2",
        "/claims",
    ]
    paths += ["/reports/1/compare/2", "/sources", "/anonymous", "/review", "/add"]
    for path in paths:
        visit(page, poisoned_desk + path)
        for value in page.locator("[data-words]").all()[:2]:
            value.focus()
        for area in page.locator("path.area").all()[:1]:
            area.dispatch_event("click")
        assert page.evaluate("window.__xss") == 0, path
        assert (
            page.locator("main script, main iframe, main object, main [onerror], main [onload]").count() == 0
        ), path
    for payload in stage.PAYLOADS[::50]:
        page.goto(f"{poisoned_desk}/search", wait_until="load")
        page.fill("#q", payload[:190])
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=*")
        assert page.evaluate("window.__xss") == 0, payload
    told = [c for c in complaints if "Content Security Policy" in c or "dialog" in c]
    assert told == []
