"""Titles that read well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
import pytest

from accordingto.ledger.accounts import Account, Location, Party
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.titles import days, same_spelling, title
from accordingto.record import Precision


def told(
    type: str, targets: Sequence[str], place: Location | None = None, origins: dict[str, str] | None = None
) -> str:
    day = date(2031, 3, 4)
    accounts = [
        Account(
            f"d{n}:0-1:{type}", f"d{n}", f"r{n}", "V1", None, day, type, "violence", False, "x", 0, day, day, True,
            place, place is not None, parties=(Party("target", t),),
        )
        for n, t in enumerate(targets)
    ]  # fmt: skip
    return title(type, accounts, origins or {}, place, day, day, knowledge()).removesuffix(", 4 March 2031")


def at(name: str, told: str | None = None) -> Location:
    return Location(name, "XAA", told=told)


def known(name: str, told: str, precision: Precision = Precision.EXACT) -> Location:
    return Location(name, "XAA", 1.0, 2.0, 7, precision, told=told)


@pytest.mark.parametrize(
    ("type", "target", "place", "line"),
    [
        ("strike", "Jabaliya", at("Jabālyā"), "Strike on Jabaliya"),
        ("blockade", "Gaza", at("Gaza Strip"), "Blockade of Gaza"),
        ("strike", "rockets", at("Marda"), "Strike, Marda"),
        ("strike", "a school in Demoso", at("Dimawso", "Demoso"), "Strike on a school in Demoso"),
        ("strike", "12", at("Marda"), "Strike, Marda"),
        ("abuse", "they", at("Marda"), "Abuse, Marda"),
        ("detention", "Two policemen", at("Marda"), "Detention of two policemen, Marda"),
        ("detention", "Iran's president", None, "Detention of Iran's president"),
        ("attack", "their convoy", at("Marda"), "Attack on the convoy, Marda"),
        ("accident", "A ferry", at("Marda"), "Accident: a ferry, Marda"),
        ("legal", "Mariam Diarra", None, "Court case: Mariam Diarra"),
        ("displacement", "6,200 people", at("Marda"), "Displacement of 6,200 people, Marda"),
        ("strike", "a school", at("Dimawso", "the town"), "Strike on a school, Dimawso"),
        (
            "health_campaign",
            "around 21,000 children, which is about half of those that it is for",
            at("Marda"),
            "Health campaign for around 21,000 children, Marda",
        ),
    ],
)
def test_title(type: str, target: str, place: Location | None, line: str) -> None:
    assert told(type, [target], place) == line


@pytest.mark.parametrize(
    ("target", "place", "line"),
    [
        ("a mosque in Palmyra", known("Tadmur", "Palmyra"), "Strike on a mosque in Palmyra"),
        ("a mosque", known("Tadmur", "Palmyra"), "Strike on a mosque, Palmyra"),
        ("a warehouse in Raqqa", known("Ar Raqqah", "Raqqa"), "Strike on a warehouse in Raqqa"),
        ("a warehouse in Raqqa", known("Ar Raqqah", "Ar Raqqah"), "Strike on a warehouse in Raqqa"),
        ("a hospital", known("Ar Raqqah", "Raqqa"), "Strike on a hospital, Raqqa"),
        ("a hospital", known("Al Fallūjah", "Fallujah’s"), "Strike on a hospital, Fallujah"),
        ("a hospital", known("Ar Raqqah", "RAQQA"), "Strike on a hospital, Ar Raqqah"),
        ("a port", known("United Kingdom", "UK", Precision.COUNTRY), "Strike on a port, UK"),
        ("a mosque", known("Tadmur", "the desert town"), "Strike on a mosque, Tadmur"),
        (
            "a mosque",
            known("Marda District", "Marda", Precision.ADMIN2),
            "Strike on a mosque, Marda District",
        ),
        ("a mosque", known("Marda", "Old Quarter", Precision.NEAR), "Strike on a mosque, Marda"),
        ("a tall building", known("At Tall", "At Tall"), "Strike on a tall building, At Tall"),
    ],
)
def test_a_place_is_told_once_as_the_reports_spell_it(target: str, place: Location, line: str) -> None:
    assert told("strike", [target], place) == line


def test_copies_don_t_outvote_and_no_side_s_word_stands_for_all() -> None:
    targets = ["a command post", "a command post", "a school"]
    assert told("strike", targets) == "Strike on a command post"
    assert told("strike", targets, origins={"d0": "d0", "d1": "d0"}) == "Strike on a school"


def test_spellings() -> None:
    assert same_spelling("Jabaliya", "Jabālyā")
    assert same_spelling("Demoso", "Dimawso")
    assert not same_spelling("Marda", "Mardin")
    assert same_spelling("Raqqa", "Ar Raqqah")
    assert not same_spelling("Asmara", "As Mara")


def test_a_site_leads_before_what_was_in_it() -> None:
    assert told("strike", ["food", "a grain depot", "a weapons store"]) == "Strike on a grain depot"
    assert told("strike", ["a grain depot", "food", "food"]) == "Strike on food"


def test_what_one_side_calls_the_place_does_not_lead() -> None:
    assert (
        told("strike", ["a weapons store used by the Sabala Front", "a grain depot"])
        == "Strike on a grain depot"
    )


def by(
    type: str,
    *parties: tuple[str, str],
    word: str = "",
    place: Location | None = None,
    towns: tuple[str, ...] = (),
) -> str:
    day = date(2031, 3, 4)
    account = Account(
        f"d:0-1:{type}", "d", "r", "V1", None, day, type, knowledge().family(type), False, "x", 0, day, day, True,
        place, place is not None, parties=tuple(Party(role, name) for role, name in parties), told=word, towns=towns,
    )  # fmt: skip
    return title(type, [account], {}, place, day, day, knowledge()).removesuffix(", 4 March 2031")


@pytest.mark.parametrize(
    ("type", "parties", "word", "line"),
    [
        ("request", [("actor", "the dockers")], "asked", "Request by the dockers"),
        ("request", [("recipient", "the port office")], "asked", "Request to the port office"),
        (
            "request",
            [("actor", "Dock Union"), ("recipient", "the port office")],
            "asked",
            "Request by Dock Union to the port office",
        ),
        ("protest", [("actor", "lorry drivers")], "marched", "Protest by lorry drivers"),
        ("protest", [("actor", "they")], "marched", "Protest"),
        ("protest", [("actor", "she and her allies")], "marched", "Protest"),
        ("request", [("actor", "his")], "asked", "Request"),
        ("politics", [("actor", "DEMOCRATIC")], "debate", "Debate"),
        ("politics", [("actor", "at least")], "debate", "Debate"),
        (
            "politics",
            [("actor", "the Democratic Hill Party")],
            "debate",
            "Debate by the Democratic Hill Party",
        ),
        ("attack", [("target", "at least two dockers")], "struck", "Attack on at least two dockers"),
        ("attack", [("target", "whose ferry")], "struck", "Attack on the ferry"),
        ("meeting", [("actor", "Republican")], "met", "Meeting"),
        ("sanction", [("actor", "also Orland and Tamar")], "banned", "Sanction"),
        ("meeting", [("actor", "Orland and Tamar")], "met", "Meeting: Orland and Tamar"),
        ("politics", [], "election", "Election"),
        ("politics", [("actor", "Iva Tamm")], "Resigned", "Iva Tamm resigned"),
        ("politics", [("actor", "the Hill Party")], "coup", "Coup by the Hill Party"),
        (
            "politics",
            [("target", "the mayor"), ("actor", "the court")],
            "ousted",
            "The mayor ousted",
        ),
        ("death", [("actor", "a fever")], "died", "Death"),
        ("support", [("actor", "Orland")], "backed", "Support by Orland"),
    ],
)
def test_without_a_target_a_title_tells_who_did_it(
    type: str, parties: list[tuple[str, str]], word: str, line: str
) -> None:
    assert by(type, *parties, word=word) == line


@pytest.mark.parametrize(
    ("type", "parties", "word", "line"),
    [
        ("disaster", [("target", "30 houses")], "landslide", "Landslide: 30 houses"),
        ("disaster", [("target", "30 houses")], "disaster", "Disaster: 30 houses"),
        ("disaster", [("target", "the lower town")], "inundated", "The lower town inundated"),
        ("accident", [("target", "a ferry carrying salt")], "capsized", "A ferry carrying salt capsized"),
        ("accident", [("target", "two lorries")], "crash", "Crash of two lorries"),
        ("hunger_disease", [("target", "40 children")], "cholera outbreak", "Cholera outbreak: 40 children"),
        ("legal", [("target", "Mariam Diarra")], "trial", "Trial of Mariam Diarra"),
        (
            "legal",
            [("target", "Mariam Diarra"), ("actor", "a court")],
            "sentenced",
            "Mariam Diarra sentenced",
        ),
        ("politics", [("actor", "Iva Tamm")], "resignation", "Resignation of Iva Tamm"),
        ("politics", [("actor", "Iva Tamm")], "resign", "Resignation of Iva Tamm"),
        ("politics", [("actor", "Iva Tamm")], "stepping down", "Resignation of Iva Tamm"),
        ("politics", [("actor", "the Hill Party")], "winning", "Victory of the Hill Party"),
        ("politics", [("target", "the crown"), ("actor", "Iva Tamm")], "win", "Political event: the crown"),
        ("politics", [("actor", "Iva Tamm")], "introducing", "Political event by Iva Tamm"),
        ("politics", [("actor", "Iva Tamm")], "take over", "Political event by Iva Tamm"),
        ("politics", [], "declassify", "Political event"),
        ("politics", [("actor", "Iva Tamm")], "bid", "Political event: bid by Iva Tamm"),
        ("economy", [("actor", "Iva Tamm")], "funding", "Economic event: funding by Iva Tamm"),
        ("politics", [("actor", "Iva Tamm")], "took power", "Iva Tamm took power"),
        ("politics", [("target", "power"), ("actor", "Iva Tamm")], "took", "Political event: power"),
        ("legal", [("actor", "the union")], "sued", "Court case: the union sued"),
        ("politics", [("target", "the mayor")], "appoint", "Political event: the mayor"),
        ("politics", [("target", "the mayor")], "referred to", "Political event: the mayor"),
        ("politics", [("actor", "the Hill Party")], "COUP", "Political event: COUP by the Hill Party"),
        ("accusation", [("target", "the army")], "blamed", "Accusation against the army"),
        (
            "arms_transfer",
            [("actor", "Orland"), ("recipient", "Tamar")],
            "sent",
            "Arms transfer by Orland to Tamar",
        ),
    ],
)
def test_the_report_s_own_word_leads_where_the_type_says_little(
    type: str, parties: list[tuple[str, str]], word: str, line: str
) -> None:
    assert by(type, *parties, word=word) == line


def test_the_noun_of_most_origins_leads_a_title() -> None:
    accounts = [
        msgspec.structs.replace(flood(n), told=word)
        for n, word in enumerate(("storm", "storm", "flood", "swept"))
    ]
    line = title("disaster", accounts, {"d0": "d0", "d1": "d0"}, None, None, None, knowledge())
    assert line == "Storm"
    line = title("disaster", accounts[1:], {}, None, None, None, knowledge())
    assert line == "Storm"
    line = title(
        "disaster",
        [*accounts[1:], msgspec.structs.replace(flood(5), told="flood")],
        {},
        None,
        None,
        None,
        knowledge(),
    )
    assert line == "Flood"


def flood(number: int) -> Account:
    return Account(
        f"d{number}:0-1:disaster", f"d{number}", f"r{number}", "V1", None, None, "disaster", "harm", False, "x", 0, None, None, True, None, False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("type", "target", "line"),
    [
        ("politics", "himself", "Political event"),
        ("threat", "about sanctions", "Threat"),
        ("legal", "the appeal", "Court case"),
        ("legal", "not a single guard", "Court case"),
        ("attack", "Election", "Attack"),
        ("attack", "Israeli", "Attack"),
        ("attack", "Israelis", "Attack on Israelis"),
        ("displacement", "at least 300 families", "Displacement of at least 300 families"),
        ("destruction", "hill settlements", "Destruction of hill settlements"),
        ("investigation", "the shelling of Marda", "Investigation of the shelling of Marda"),
    ],
)
def test_what_is_no_target(type: str, target: str, line: str) -> None:
    assert by(type, ("target", target)) == line


def test_where_somebody_met_is_not_whom() -> None:
    assert by("meeting", ("target", "Marda"), place=known("Marda", "Marda")) == "Meeting, Marda"
    assert by("meeting", ("target", "Europe")) == "Meeting"
    assert by("meeting", ("target", "France")) == "Meeting: France"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1979-01-01", "1979-12-31", "1979"),
        ("2020-05-01", "2020-05-31", "May 2020"),
        ("1980-01-01", "1989-12-31", "the 1980s"),
        ("1976-01-01", "1983-12-31", "1976–1983"),
        ("2022-05-01", "2022-06-30", "May–June 2022"),
        ("2021-12-01", "2022-01-31", "December 2021–January 2022"),
        ("2022-05-01", "2022-05-30", "1–30 May 2022"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-09-06", "2024-09-07", "6–7 September 2024"),
    ],
)
def test_days(first: str, last: str, words: str) -> None:
    assert days(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_a_place_in_whoever_does_or_gets_something_is_told_once_too() -> None:
    where = known("Libya", "Libya", Precision.COUNTRY)
    parties = [("actor", "Orland"), ("recipient", "forces in eastern Libya")]
    line = by("arms_transfer", *parties, place=where)
    assert line == "Arms transfer by Orland to forces in eastern Libya"
    assert by("arms_transfer", ("actor", "Orland"), place=where) == "Arms transfer by Orland, Libya"
