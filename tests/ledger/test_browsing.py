from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ledger.builder import Story

from accordingto.ledger import browsing, naming
from accordingto.ledger.browsing import Wanted, browse_groups
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.session import Ledger, open_ledger

SAID = (
    ("Israel Defense Forces", "2031-03-04"),
    ("IDF", None),
    ("The Israeli military", "2031-03-05"),
    ("The Coast Guard", "2031-03-09"),
    ("The Pilots", None),
    ("The Weavers", None),
)


@pytest.fixture
def book(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url) as ledger:
        for n, (who, day) in enumerate(SAID):
            s = Story(f"{who} said that rain fell {n}.", day, "Coast Wire", None, f"r{n}")
            s.claim(who, "said", f"that rain fell {n}")
            enter(ledger, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(ledger)
        yield ledger


def pages(book: Ledger, wanted: Wanted, limit: int = 50, **how: bool) -> list[tuple[str, int]]:
    """Last day (or pieces) and number of pieces of all groups, page by page."""
    out, after = [], None
    with book.begin() as connection:
        while True:
            found = browse_groups(connection, "heard", wanted, after=after, limit=limit, **how)
            out += [(r.day, r.pieces) for r in found.rows]
            if found.next is None:
                return out
            after = found.next


@pytest.mark.parametrize("names", [2000, 0])
@pytest.mark.parametrize("most", [10_000, 0])
@pytest.mark.parametrize("q", ["IDF", "israel", "Israeli military", "defense Israel", "the military"])
def test_a_source_is_found_by_each_of_its_names(
    book: Ledger, q: str, most: int, names: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browsing, "MANY_PIECES", most)
    monkeypatch.setattr(naming, "NAMES", names)
    assert pages(book, Wanted(q=q)) == [("2031-03-05", 3)]
    assert pages(book, Wanted(source=q), by_count=True) == [(3, 3)]
    assert pages(book, Wanted(q=f"{q} weavers")) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_what_is_undated_comes_last_and_fits_no_days(book: Ledger, limit: int) -> None:
    dated = [("2031-03-09", 1), ("2031-03-05", 3)]
    assert pages(book, Wanted(), limit) == [*dated, ("9999", 1), ("9999", 1)]
    assert pages(book, Wanted(since="2031-03-05"), limit) == dated
    assert pages(book, Wanted(since="2040-01-01"), limit) == []
    assert pages(book, Wanted(until="2031-03-04"), limit) == dated[1:]
    assert [n for _, n in pages(book, Wanted(), limit, by_count=True)] == [3, 1, 1, 1]
