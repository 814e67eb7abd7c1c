from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select
from tests.ledger.builder import Story, later

from accordingto.ledger import tables
from accordingto.ledger.deriving import SUMMED, bring_up_to_date, rebuild
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import sources
from accordingto.ledger.queries import claims, ledger_id
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


@pytest.mark.parametrize(
    ("told", "country"),
    [
        (["XAA"], "XAA"),
        ([None, None, None, "XAA"], "XAA"),
        ([None, None, None, None, "XAA"], None),  # one report in five
        (["XAA", "XBB", None], None),  # as often as another
        (["XBB", "XAA", "XAA", None, None, None, None], "XAA"),
    ],
)
def test_a_source_has_the_country_and_sector_that_its_reports_mostly_tell(
    told: list[str | None], country: str | None
) -> None:
    heard_in = [
        Heard(
            "S1",
            "Ivo Tamm",
            "person",
            True,
            land,
            land,
            {"assert": 1},
            (),
            None,
            f"r{n}",
            f"d{n}",
            None,
            None,
        )
        for n, land in enumerate(told)
    ]
    (found,) = voices(heard_in)
    assert (found.country, found.sector) == (country, country)


def stored(book: Ledger) -> dict[str, bytes]:
    with book.begin() as connection:
        g = tables.groups.c
        query = select(g.key, g.sum).where((g.kind == "heard") & g.sum.is_not(None))
        return {row.key: row.sum for row in connection.execute(query)}


def counted(book: Ledger) -> list[Voice]:
    """All sources as their pieces tell them, the most heard first, of equals the named ones."""
    with book.begin() as connection:
        bodies = list(connection.scalars(select(tables.pieces.c.body).where(tables.pieces.c.kind == "heard")))
    found = voices(msgspec.json.decode(b, type=Heard) for b in bodies)
    return sorted(found, key=lambda v: (-len(v.reports), not v.named, v.name or v.description or ""))


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


def ministry(n: int, party: str, *places: str) -> Story:
    s = Story(
        f"The Interior Ministry said that {n} roads were shut in Marda, not in Belmar.",
        "2031-03-04",
        f"Wire {n}",
        None,
        f"r{n}",
    )
    s.claim("Interior Ministry", "said", f"that {n} roads were shut", party=party)
    for p in places:
        s.place(p)
    return s


def test_a_body_that_every_state_has_is_its_country_s() -> None:
    found = voices(rows(ministry(1, "XAA GOV"), ministry(2, "XBB GOV"), ministry(3, "XAA GOV")))
    assert sorted((v.name, v.country, tuple(sorted(v.reports))) for v in found) == [
        ("Interior Ministry", "XAA", ("r1", "r3")),
        ("Interior Ministry", "XBB", ("r2",)),
    ]


def test_a_body_whose_country_is_not_told_is_that_of_the_country_of_its_report() -> None:
    about = [ministry(1, " GOV", "Marda"), ministry(2, " GOV", "Belmar"), ministry(3, " GOV", "Marda")]
    assert sorted(tuple(sorted(v.reports)) for v in voices(rows(*about))) == [("r1", "r3"), ("r2",)]
    assert len(voices(rows(ministry(1, " GOV"), ministry(2, " GOV")))) == 2
    told = voices(rows(ministry(1, " GOV", "Marda"), ministry(2, "XAA GOV", "Marda")))
    assert len(told) == 2  # what a report is about proves nothing


@pytest.mark.parametrize(("party", "named"), [(" COP", False), ("XAA COP", True)])
def test_the_police_whose_country_nobody_tells_are_listed_by_what_they_are_called(
    party: str, named: bool
) -> None:
    stories = []
    for n, who in enumerate(("The police", "Police")):
        s = Story(f"{who} said that rain fell {n}.", "2031-03-04", f"Wire {n}", None, f"r{n}")
        s.claim(who, "said", f"that rain fell {n}", party=party)
        stories.append(s)
    [both] = voices(rows(*stories))
    assert (both.named, both.reports) == (named, ("r0", "r1"))


def test_claims_know_under_which_id_their_source_is_listed(ledger_url: str) -> None:
    with open_ledger(ledger_url) as book:
        for s in (ministry(1, "XAA GOV"), ministry(2, "XBB GOV")):
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        listed = {v.reports: v.id for v in sources(book)}
        assert {(c.report,): c.source.ledger_id for c in claims(book)} == listed
        assert len(set(listed.values())) == 2


def test_a_pronoun_is_nobody_by_name() -> None:
    s = Story("They said that rain fell. Many feared a flood. Fishers saw none.")
    s.claim("They", "said", "that rain fell", kind="group")
    s.claim("Many", "feared", "a flood", kind="group")
    s.claim("Fishers", "saw", "none", kind="group")
    found = voices(rows(s))
    assert sorted((v.description or "", sum(v.claims.values())) for v in found) == [("", 2), ("Fishers", 1)]
    assert {v.id for v in found} == {ledger_id("They", named=False), ledger_id("Fishers", named=False)}


@pytest.mark.parametrize(
    ("parties", "country", "sector"),
    [
        (["XBB REF", " GOV", " GOV", " GOV", "", ""], None, "GOV"),  # one report takes her for another
        (["XAA GOV", "", "", ""], "XAA", "GOV"),  # few tell anything
        (["XAA GOV", "", "", "", ""], None, None),
        ([" GOV", " LEG", "", ""], None, None),
        (["XAA GOV", "XAA LEG"], "XAA", None),
    ],
)
def test_who_a_source_is_by_most_reports(parties: list[str], country: str | None, sector: str | None) -> None:
    stories = []
    for n, party in enumerate(parties):
        s = Story(f"Iva Tamm said that rain fell {n}.", f"2031-03-0{n + 1}", f"Wire {n}", None, f"r{n}")
        s.claim("Iva Tamm", "said", f"that rain fell {n}", kind="person", party=party)
        stories.append(s)
    for order in (stories, stories[::-1]):
        [found] = voices(rows(*order))
        assert (found.country, found.sector) == (country, sector)


def test_a_name_with_an_initial_or_a_seat_is_the_same_person() -> None:
    names = [
        "Iva Tamm",
        "Iva B. Tamm",
        "Iva Tamm (Mard.)",
        "Iva Tamm (R-Mard.)",
        "Iva B. Tamm (D)",
        "Iva B. Tamm's",
    ]
    assert len({named_id(n) for n in names}) == 1
    others = [
        "I.B. Tamm",
        "Iva B.C. Tamm",
        "Iva Tamm Jr.",
        "Odo B. Tamm",
        "Iva Brandt Tamm",
        "Iva Tamm (Hill Party)",
    ]
    assert len({named_id(n) for n in (*names, *others)}) == 1 + len(others)
    assert named_id("Iva B. Tamm Jr.") == named_id("Iva Tamm Jr.")


def test_a_source_has_the_name_that_most_reports_have() -> None:
    stories = []
    for n, name in enumerate(("Iva B. Tamm", "Iva Tamm", "Iva Tamm")):
        s = Story(f"{name} said that rain fell {n}.", "2031-03-04", f"Wire {n}", None, f"r{n}")
        s.claim(name, "said", f"that rain fell {n}", kind="person")
        stories.append(s)
    assert [v.name for v in voices(rows(*stories))] == ["Iva Tamm"]


def test_initials_before_a_name_without_a_blank() -> None:
    assert named_id("J.R.Tamm") == named_id("JR Tamm") == named_id("J. R. Tamm") == named_id("J.R. Tamm")
    assert named_id("U.S.") == named_id("US")
