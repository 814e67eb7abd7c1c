"""Payloads come in by every way there is; what comes out is parsed, and nothing in it may run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import html as lxml_html
from starlette.testclient import TestClient
from tests.ledger.builder import Story
from tests.web import stage

from accordingto.errors import ReportError
from accordingto.intake.report import RawReport
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter, record_failure
from accordingto.ledger.session import open_ledger
from accordingto.reading.invisible import seen
from accordingto.record import Record

ELEMENTS = frozenset(
    {
        "iframe",
        "object",
        "embed",
        "base",
        "frame",
        "applet",
        "marquee",
        "math",
        "xss",
        "plaintext",
        "audio",
        "video",
        "body body",
        "style",
        "template",
    }
)
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "background",
    "poster",
    "srcdoc",
    "data-src",
    "data-map",
)


def faults(text: str) -> Iterator[str]:
    """What could run in a page."""
    tree = lxml_html.fromstring(text)
    for e in tree.iter():
        if not isinstance(e.tag, str):
            continue
        if e.tag in ELEMENTS:
            yield f"<{e.tag}>"
        if e.tag == "script" and not (
            e.get("src", "").startswith("/static/") or e.get("type") == "application/json"
        ):
            yield f"script {lxml_html.tostring(e)[:80]!r}"
        if e.tag == "meta" and (e.get("http-equiv") or "").lower() == "refresh":
            yield "refresh"
        for name, value in e.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"{name}={value[:40]}"
            if (e.tag, name, value) == ("link", "href", "data:,"):  # the desk's own: no icon
                continue
            plain = "".join(c for c in value if c.isprintable() and not c.isspace()).lower()
            if (
                name in ADDRESSES
                and not plain.startswith(("/", "#", "?", "http://", "https://", "mailto:"))
                and plain
            ):
                yield f"{name}={value[:60]}"


def story(n: int, payload: str) -> tuple[RawReport, Record]:
    """A report that has a payload in every place that a report has."""
    text = f"{payload} A strike hit {payload} in Marda on 3 March. {payload} said that {payload} people died there."
    s = Story(text, f"2031-03-{1 + n % 28:02d}", payload, payload, payload)
    if "#" not in payload:  # the builder's own sign
        place, day = s.place("Marda"), s.time("3 March", "2031-03-03")
        kind = "anonymous" if n % 2 else "organization"
        said = s.claim(f"{payload}#3", "said", f"that {payload} people died there", kind=kind)
        event = s.event("strike", "strike", target=f"{payload}#2", on=day, place=place, claims=(said,))
        s.figure(f"{payload} people", n, event=event, claims=(said,), cumulative=n % 3 == 0, place=place)
    made = s.record()
    document = msgspec.structs.replace(made.document, url=payload)
    raw = RawReport(payload, text, s.raw.original, "text/plain", author=payload)
    return raw, msgspec.structs.replace(made, document=document)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    assert len(stage.PAYLOADS) >= 200
    with open_ledger(tmp_path_factory.mktemp("xss") / "ledger.db") as book:
        for n, payload in enumerate(stage.PAYLOADS):
            raw, record = story(n, payload)
            enter(book, report=raw, record=record, model=payload)
            record_failure(book, ReportError(payload, payload))
        whole = Story("\n\n".join(stage.PAYLOADS), "2031-04-01", "Coast Wire", "All", "all")
        enter(book, report=whole.raw, record=whole.record(), model="m")
        bring_up_to_date(book)
        with stage.client(book) as browser:
            yield browser


def test_no_page_of_the_lists_runs_anything(poisoned: TestClient) -> None:
    for url in stage.urls(poisoned):
        page = poisoned.get(url)
        assert page.status_code == 200, url
        assert list(faults(page.text)) == [], url


def test_no_page_of_a_report_or_what_it_tells_runs_anything(poisoned: TestClient) -> None:
    seen = set()
    url = "/reports.json"
    while url:
        page = poisoned.get(url).json()
        seen |= {r["url"] for r in page["rows"]}
        url = stage.json_url(page["paging"]["next"]) if page["paging"]["next"] else None
    assert len(seen) == len(stage.PAYLOADS) + 1
    for at in sorted(seen)[::10]:
        page = poisoned.get(at)
        assert page.status_code == 200
        assert list(faults(page.text)) == [], at


def test_a_report_full_of_payloads_stays_text(poisoned: TestClient) -> None:
    page = poisoned.get(f"/reports/{len(stage.PAYLOADS) + 1}")
    assert page.status_code == 200
    assert list(faults(page.text)) == []
    shown = in_sight(lxml_html.fromstring(page.text).text_content())
    assert [p for p in stage.PAYLOADS if in_sight(p) not in shown] == []


def in_sight(text: str) -> str:
    """A text without what nobody sees: such characters at the edge of a line are no part of a report."""
    return " ".join(seen(text).text.split())


def test_what_a_url_asks_for_stays_text(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty.db") as book, stage.client(book) as browser:
        for n, payload in enumerate(stage.PAYLOADS):
            url, name = (("/search", "q"), ("/incidents", "place"), ("/claims", "q"), ("/login", "next"))[
                n % 4
            ]
            page = browser.get(url, params={name: payload})
            assert page.status_code in (200, 422), (url, payload)
            assert list(faults(page.text)) == [], (url, payload)


def test_addresses_of_reports_are_links_only_where_they_are_of_the_web(poisoned: TestClient) -> None:
    for n in range(1, 40):
        link = poisoned.get(f"/reports/{n}.json").json()["link"]
        assert link is None or link.startswith(("http://", "https://"))


def test_json_says_that_it_is_json(poisoned: TestClient) -> None:
    answer = poisoned.get("/reports/1.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert poisoned.get("/map.geojson").headers["content-type"].startswith("application/geo+json")
