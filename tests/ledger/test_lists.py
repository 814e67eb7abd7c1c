"""Lists find what a user asks for in the words that the reports print."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story

from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, incidents, tolls
from accordingto.ledger.session import open_ledger


def renamed(s: Story, name: str) -> Story:
    """A story whose places the gazetteer spells in another way than the report."""
    s.parts["P"] = [msgspec.structs.replace(p, name=name) for p in s.parts["P"]]
    return s


@pytest.mark.parametrize(
    ("place", "found"), [("Marda", 1), ("marda", 1), ("Ma'rda", 1), ("XAA", 1), ("Belmar", 0), ("school", 0)]
)
def test_a_place_is_found_as_it_is_printed_and_as_the_gazetteer_has_it(
    ledger_url: str, place: str, found: int
) -> None:
    strike = Story("A strike hit a school in Marda. The Belmar army said so.")
    strike.event("strike", "strike", target="a school in Marda", place=strike.place("Marda"))
    toll = Story("The clinic said 400 people have been killed in Marda since November.")
    said = toll.claim("The clinic", "said", "400 people have been killed in Marda since November")
    toll.time("November", "2030-11-01", "2030-11-30")
    toll.figure("400", 400, claims=(said,), cumulative=True, place=toll.place("Marda"))
    with open_ledger(ledger_url) as book:
        for s in (strike, toll):
            enter(book, report=s.raw, record=renamed(s, "Ma'rda").record(), model="m")
        bring_up_to_date(book)
        assert len(list(incidents(book, Filter(place=place)))) == found
        assert len(tolls(book, Filter(place=place))) == found
