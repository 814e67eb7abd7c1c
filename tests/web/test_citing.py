from __future__ import annotations

import msgspec
import pytest
from starlette.testclient import TestClient

from accordingto.record import Act, Claim, Quotation
from accordingto.spans import Span
from accordingto.web.citing import citation
from accordingto.web.views import ReportPage


@pytest.mark.parametrize(
    ("quotation", "outlet", "published", "cited"),
    [
        (
            Quotation.INDIRECT,
            "Coast Wire",
            "2031-03-04",
            "The Front denies, as reported: “it”. Coast Wire, “A Title”, 4 March 2031, characters 5–7, 9–12.",
        ),
        (Quotation.DIRECT, None, None, "The Front denies: “it”. “A Title”, undated, characters 5–7, 9–12."),
    ],
)
def test_a_citation(quotation: Quotation, outlet: str | None, published: str | None, cited: str) -> None:
    spans = (Span(5, 7, "it"), Span(9, 12, "was"))
    claim = Claim("C1", "S1", None, None, spans, quotation, Act.DENY)
    told = citation(claim, who="The Front", words="it", title="A Title", outlet=outlet, published=published)
    assert told == cited


def test_the_offsets_of_a_citation_lead_to_its_words(browser: TestClient) -> None:
    report = msgspec.json.decode(browser.get("/reports/2.json").content, type=ReportPage)
    pieces = sorted((x.start, x.text) for p in report.paragraphs for x in p.pieces)
    assert report.claims
    for card in report.claims:
        start, end = (int(n) for n in card.cite.rstrip(".").rpartition("characters ")[2].split("–"))
        printed = "".join(text for at, text in pieces if start <= at < end)
        assert printed == card.words
    listed = {c["cite"] for c in browser.get("/claims.json").json()["rows"]}
    assert {c.cite for c in report.claims} <= listed


def test_a_card_and_a_row_give_the_citation_and_the_address_of_the_words(browser: TestClient) -> None:
    report = browser.get("/reports/2.json").json()["claims"][0]
    text = browser.get("/reports/2").text
    assert f'data-link="/reports/2#{report["anchor"]}"' in text
    assert 'data-cite="Rescue workers says, as reported' in text
    assert "data-cite=" in browser.get("/claims").text
