from __future__ import annotations

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.incidents import build
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe
from accordingto.ledger.provenance import credits
from accordingto.pages.incident import credit

SAYS = {
    "The strike was first reported by the newspaper Marda Courier.": ("Marda Courier", "first"),
    "As the Marda Courier first reported, the strike hit a depot.": ("Marda Courier", "first"),
    "The Marda Courier was the first to report the strike.": ("Marda Courier", "first"),
    "The Marda Courier earlier reported the strike.": ("Marda Courier", "earlier"),
    "Officials reported the strike on Monday.": None,
    "The strike was first reported by residents.": None,
}


def story(last: str, outlet: str) -> Story:
    s = Story(f"A strike hit a depot in Marda on Monday.\n\n{last}", outlet=outlet)
    s.event("strike", "strike", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
    return s


@pytest.mark.parametrize("words", SAYS)
def test_who_told_it_before(words: str) -> None:
    found = credits(story(words, "Coast Wire").record(), "r")
    expected = SAYS[words]
    assert [(c.to, c.how) for c in found.get("V1", ())] == ([expected] if expected else [])


def test_the_chain_leads_to_the_report() -> None:
    first = story("Nothing else is known.", "Marda Courier")
    second = story("The strike was first reported by the newspaper Marda Courier.", "Coast Wire")
    accounts = [
        a for name, s in (("a", first), ("b", second)) for a in observe(s.record(), name, knowledge())
    ]
    [told] = build(accounts, {}).provenance
    assert (told.report, told.to, told.of) == ("b", "Marda Courier", "a")
    assert credit(told).startswith("first told by Marda Courier [a], says Coast Wire [b]")


def test_an_outlet_does_not_credit_itself() -> None:
    s = story("As the Marda Courier first reported, the strike hit a depot.", "The Marda Courier")
    assert credits(s.record(), "r") == {}
