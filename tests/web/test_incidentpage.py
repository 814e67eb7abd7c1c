"""The head of an incident's page: title and sentence tell one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html
from sqlalchemy import select
from tests.ledger.builder import Story, strike
from tests.web import stage

from accordingto.ledger import tables
from accordingto.ledger.contest import FieldState, State
from accordingto.ledger.grading import Grading
from accordingto.ledger.incidents import Incident, IncidentPlace
from accordingto.ledger.merging import unpack
from accordingto.ledger.session import open_ledger
from accordingto.web.incidentpage import sentence


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
    (option,) = page.xpath("//select[@id='wrong-killed']/option")
    assert option.get("value") == "20"
    assert set(option.text.split(" / ")) == cells
