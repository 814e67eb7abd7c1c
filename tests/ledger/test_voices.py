from __future__ import annotations

import msgspec
from sqlalchemy import select
from tests.ledger.builder import Story, later

from accordingto.ledger import tables
from accordingto.ledger.deriving import SUMMED, bring_up_to_date, rebuild
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import sources
from accordingto.ledger.queries import ledger_id
from accordingto.ledger.session import Ledger, open_ledger
from accordingto.ledger.speakers import Speakers, named_id
from accordingto.ledger.voices import Heard, Voice, heard, voices


def rows(*stories: Story) -> list[Heard]:
    return [h for s in stories for h in heard(s.record(), s.raw.name, Speakers(s.record()))]


def told(day: str, outlet: str) -> Story:
    s = Story("The army said it won. The army denied losses. Two officials said it lost.", day, outlet)
    s.claim("The army", "said", "it won", party="XAA MIL")
    s.claim("The army#2", "denied", "losses", act="deny")
    s.claim("Two officials", "said#2", "it lost", kind="anonymous")
    return s


def test_named_and_anonymous_sources_over_reports() -> None:
    found = {
        v.name or v.description: v for v in voices(rows(told("2031-03-04", "A"), told("2031-03-05", "B")))
    }
    army = found["The army"]
    assert army.claims == {"assert": 2, "deny": 2}
    assert (army.named, army.country, army.sector, army.outlets) == (True, "XAA", "MIL", {"A": 1, "B": 1})
    assert (army.first, army.last) == ("2031-03-04", "2031-03-05")
    officials = found["Two officials"]
    assert (officials.named, officials.name, officials.kind) == (False, None, "anonymous")
    assert officials.claims == {"assert": 2}


def stored(book: Ledger) -> dict[str, bytes]:
    with book.begin() as connection:
        g = tables.groups.c
        query = select(g.key, g.sum).where((g.kind == "heard") & g.sum.is_not(None))
        return {row.key: row.sum for row in connection.execute(query)}


def counted(book: Ledger) -> list[Voice]:
    """All sources as their pieces tell them, the most heard first."""
    with book.begin() as connection:
        bodies = list(connection.scalars(select(tables.pieces.c.body).where(tables.pieces.c.kind == "heard")))
    found = voices(msgspec.json.decode(b, type=Heard) for b in bodies)
    return sorted(found, key=lambda v: (len(v.reports), v.id), reverse=True)


def test_sums_of_sources_keep_in_step(ledger_url: str) -> None:
    stories = [told(later("2031-03-04", n), f"Outlet {n}") for n in range(SUMMED + 1)]
    with open_ledger(ledger_url) as book:
        for n, s in enumerate(stories):
            enter(book, report=s.raw, record=s.record(), model="m")
            if n == SUMMED - 2:
                bring_up_to_date(book)
                assert stored(book) == {}
        bring_up_to_date(book)
        army = next(v for v in sources(book) if v.name == "The army")
        assert set(stored(book)) == {v.id for v in counted(book)} >= {army.id}
        assert army.claims == {"assert": SUMMED + 1, "deny": SUMMED + 1}
        assert sources(book) == counted(book)

        again = told("2031-03-04", "Outlet 0")
        again.claim("The army", "it won", "losses", act="promise")
        enter(book, report=stories[0].raw, record=again.record(), model="newer")
        bring_up_to_date(book)
        assert sources(book) == counted(book)
        assert next(v for v in sources(book) if v.name == "The army").claims["promise"] == 1

        before = sources(book)
        rebuild(book)
        assert sources(book) == before
        with book.write() as connection:  # as a ledger of an earlier step has it
            connection.execute(tables.groups.update().values(sum=None))
        assert sources(book) == before


def test_the_group_is_another_one_in_another_report() -> None:
    stories = []
    for n, party in enumerate(("XAA REB", "XBB REB")):
        s = Story(f"The group said that rain fell {n}.", "2031-03-04", f"Wire {n}", None, f"r{n}")
        s.claim("The group", "said", f"that rain fell {n}", party=party)
        stories.append(s)
    [both] = voices(rows(*stories))
    assert (both.named, both.name, both.description, both.country) == (False, None, "The group", None)
    assert both.id == ledger_id("the group", named=True) != named_id("the group")
    assert voices(rows(stories[0]))[0].country == "XAA"
