"""Lists find what a user asks for in the words that the reports print."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story

from accordingto.errors import UserError
from accordingto.ledger.browsing import Wanted, browse_groups, browse_incidents
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.lists import Filter, home_of, homes_of, incident, incidents, tolls
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


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("XBB", 1), ("xbb", 1), ("xb", 0), ("bel", 1), ("Belmar", 1), ("elmar", 0), ("old", 1), ("Old Mar", 1), ("mar", 1), ("m", 1), ("ld", 0),
    ],
)  # fmt: skip
def test_lists_and_desk_find_the_same_incidents_by_place(ledger_url: str, place: str, found: int) -> None:
    with open_ledger(ledger_url) as book:
        for n, (town, kind) in enumerate((("Old Marda", "strike"), ("Belmar", "protest"))):
            s = Story(f"In {town} something happened {n}.", name=f"r{n}")
            s.event(kind, "happened", place=s.place(town))
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        listed = {i.id for i in incidents(book, Filter(place=place))}
        with book.begin() as connection:
            shown = {r.id for r in browse_incidents(connection, Wanted(place=place)).rows}
        assert listed == shown
        assert len(listed) == found


LANDS = {"strike": ("Marda", "UKR"), "protest": ("Belmar", "TUR"), "arson": ("Old Marda", "GEO")}


@pytest.mark.parametrize(
    ("place", "lands"),
    [
        ("Ukraine", ["UKR"]), ("UKR", ["UKR"]), ("UA", ["UKR"]), ("ukraine ", ["UKR"]), ("Turkey", ["TUR"]), ("Türkiye", ["TUR"]),
        ("turkiye", ["TUR"]), ("Georgia", ["GEO"]), ("the United States", []), ("Ua", []), ("Marda", ["GEO", "UKR"]),
    ],
)  # fmt: skip
def test_a_country_is_found_by_its_names_and_codes(ledger_url: str, place: str, lands: list[str]) -> None:
    with open_ledger(ledger_url) as book:
        for kind, (town, land) in LANDS.items():
            s = Story(f"In {town} something happened. The mayor said so.", name=land)
            s.event(kind, "happened", place=s.place(town))
            s.claim("The mayor", "said", "so", party=f"{land} GOV")
            s.parts["P"] = [msgspec.structs.replace(p, country=land) for p in s.parts["P"]]
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        listed = list(incidents(book, Filter(place=place)))
        with book.begin() as connection:
            shown = {r.id for r in browse_incidents(connection, Wanted(place=place)).rows}
            heard = browse_groups(connection, "heard", Wanted(place=place)).rows
    assert {i.id for i in listed} == shown
    assert sorted(LANDS[i.type][1] for i in listed) == lands
    assert len(heard) == (0 if place == "Marda" else len(lands))


@pytest.mark.parametrize(
    ("place", "found"), [("ukraine", 1), ("UA", 1), ("ukr", 1), ("Georgia", 0), ("Mali", 0)]
)
def test_a_toll_is_found_by_the_country_of_its_place(ledger_url: str, place: str, found: int) -> None:
    toll = Story("The clinic said 400 people have been killed in Marda since November.")
    said = toll.claim("The clinic", "said", "400 people have been killed in Marda since November")
    toll.figure("400", 400, claims=(said,), cumulative=True, place=toll.place("Marda"))
    toll.parts["P"] = [msgspec.structs.replace(p, country="UKR") for p in toll.parts["P"]]
    with open_ledger(ledger_url) as book:
        enter(book, report=toll.raw, record=toll.record(), model="m")
        bring_up_to_date(book)
        assert len(tolls(book, Filter(place=place))) == found
        with book.begin() as connection:
            assert len(browse_groups(connection, "toll", Wanted(place=place)).rows) == found


def two_tellings() -> list[Story]:
    """Two reports of one strike, the earlier of which came in last."""
    said = {"A strike hit a school in Marda on Monday, medics said.": "2031-03-05", "Monday's strike hit a school in Marda.": "2031-03-04"}  # fmt: skip
    stories = [Story(text, day, outlet=f"Wire {day}") for text, day in said.items()]
    for s in stories:
        monday = s.time("Monday", "2031-03-03")
        s.event("strike", "strike", target="a school", on=monday, place=s.place("Marda"))
    return stories


def test_an_incident_is_found_by_the_printed_beginning_of_an_id_that_it_had(ledger_url: str) -> None:
    ids = []
    with open_ledger(ledger_url) as book:
        for s in two_tellings():
            enter(book, report=s.raw, record=s.record(), model="m")
            bring_up_to_date(book)
            ids += [i.id for i in incidents(book)]
        assert len(set(ids)) == 2
        former, now = ids
        assert [incident(book, key).id for key in (former, former[:9], now[:9])] == [now] * 3
        with pytest.raises(UserError, match="There is no incident Iabc"):
            incident(book, "Iabc")
        assert incident(book, "I").id == now


def test_the_beginning_of_the_former_ids_of_several_incidents_is_none(ledger_url: str) -> None:
    stories = two_tellings()
    other = Story("A strike hit a bridge in Belmar on Monday.", "2031-03-06")
    other.event("strike", "strike", on=other.time("Monday", "2031-03-03"), place=other.place("Belmar"))
    with open_ledger(ledger_url) as book:
        for s in (*stories, other):
            enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        with book.begin() as connection:
            assert len(homes_of(connection, "I")) == 2
            assert home_of(connection, "I") is None
        with pytest.raises(UserError, match="Several incidents begin with I "):
            incident(book, "I")
