"""Whether few rows are put in order or a long list is walked until it is full, the list is the same."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_deriving import add, stories

from accordingto.ledger import lists, naming, queries
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.lists import Filter, incidents, sources
from accordingto.ledger.queries import ClaimFilter, claims
from accordingto.ledger.session import Ledger, open_ledger

FILTERS = (
    Filter(place="mar"),
    Filter(place="XBB"),
    Filter(source="medics"),
    Filter(source="no such voice"),
    Filter(words="school", place="Marda"),
    Filter(words="school four"),
    Filter(type="strike", state="machine", until="2031-03-04"),
)
SPOKEN = (
    Filter(source="medics"),
    Filter(source="MEDICS", type="organization"),
    Filter(type="organization"),
    Filter(type="anonymous", since="2031-03-05"),
    Filter(place="xaa"),
    Filter(words="strike"),
    Filter(state="named", limit=1),
    Filter(state="anonymous"),
)


def spoken(n: int, who: str, kind: str, day: str | None) -> Story:
    """A strike that somebody tells of."""
    s = Story(
        f"{who} said that a strike on a school in Marda killed four people {n}.",
        day,
        f"Outlet {n}",
        None,
        f"s{n}",
    )
    said = s.claim(who, "said", f"that a strike on a school in Marda killed four people {n}", kind=kind)
    s.event(
        "strike", "strike", target="a school", place=s.place("Marda"), factuality="claimed", claims=(said,)
    )
    return s


def told(book: Ledger) -> list[list[str]]:
    """Everything that the filters let through, in order."""
    out = [[i.id for i in incidents(book, f)] for f in FILTERS]
    out += [[v.id for v in sources(book, f)] for f in SPOKEN]
    for wanted in (
        ClaimFilter(source="medics"),
        ClaimFilter(source="s"),
        ClaimFilter(act="assert", since="2031-03-05"),
        ClaimFilter(until="2031-03-04", limit=2),
        ClaimFilter(kind="anonymous"),
        *(ClaimFilter(incidents=f) for f in FILTERS),
    ):
        out.append([f"{c.report} {c.claim.id}" for c in claims(book, wanted)])
    return out


@pytest.mark.parametrize("most", [0, 1])
def test_a_walked_list_is_the_same(ledger_url: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = ("Medics of Marda", "the medics", "A witness", "Old Medics", "A neighbour")
    with open_ledger(ledger_url) as book:
        add(book, *stories())
        add(
            book,
            *(
                spoken(
                    n, who, "anonymous" if who.startswith("A ") else "organization", f"2031-03-0{4 + n % 3}"
                )
                for n, who in enumerate(voices)
            ),
        )
        add(book, spoken(9, "Late Medics", "organization", None))
        bring_up_to_date(book)
        expected = told(book)
        assert sum(map(bool, expected)) >= 15
        for module, names in ((lists, "SOME MANY_PIECES"), (queries, "SOME"), (naming, "FEW NAMES")):
            for name in names.split():
                monkeypatch.setattr(module, name, most)
        assert told(book) == expected
