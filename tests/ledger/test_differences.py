"""Two deeds of one day in one town are two incidents, and one deed that rivals tell otherwise is one."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Account, Party
from accordingto.ledger.differences import other_doer
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.matching import compare
from accordingto.ledger.observing import observe


def told(
    text: str,
    trigger: str,
    *,
    type: str = "attack",
    actor: str | None = None,
    target: str | None = None,
    killed: tuple[str, int] | None = None,
) -> Account:
    s = Story(text, outlet=text[:9])
    event = s.event(
        type,
        trigger,
        actor=actor,
        target=target,
        on=s.time("Monday", "2031-03-03"),
        place=s.place("Marda"),
    )
    if killed:
        s.figure(*killed, event=event)
    [account] = observe(s.record(), s.raw.name, knowledge())
    return account


BOMB = told(
    "A car bomb killed seven people in Marda on Monday morning.",
    "bomb",
    type="bombing",
    killed=("seven", 7),
)
JUDGE = told(
    "Gunmen shot dead a judge in Marda on Monday evening.",
    "shot dead",
    actor="Gunmen",
    target="a judge",
    killed=("a judge", 1),
)
ROBBER = told(
    "Police shot dead a robber in Marda on Monday night.",
    "shot dead",
    actor="Police",
    target="a robber",
    killed=("a robber", 1),
)
CARS = told(
    "Settlers burned seven cars in Marda on Monday evening.",
    "burned",
    actor="Settlers",
    target="seven cars",
)
BOY = told("Soldiers shot a boy in Marda on Monday afternoon.", "shot", actor="Soldiers", target="a boy")
TEACHER = told(
    "Soldiers shot dead a teacher, Ana Belmonte, in Marda on Monday.",
    "shot dead",
    actor="Soldiers",
    target="a teacher",
    killed=("a teacher", 1),
)

TWO = {
    "morning and evening, seven and one": (BOMB, JUDGE),
    "gunmen and police, a judge and a robber": (JUDGE, ROBBER),
    "evening and afternoon, settlers and soldiers": (CARS, BOY),
    "gunmen and soldiers, a judge and a teacher": (JUDGE, TEACHER),
}
ONE = {
    "rival doers, one target": (
        told("The army shelled a market in Marda on Monday.", "shelled", actor="The army", target="a market"),
        told("Rebels shelled the market of Marda on Monday.", "shelled", actor="Rebels", target="the market"),
    ),
    "rival doers and as many dead": (
        told("The army killed nine people in Marda on Monday.", "killed", actor="The army", killed=("nine", 9)),
        told("Rebels killed nine people in Marda on Monday.", "killed", actor="Rebels", killed=("nine", 9)),
    ),
    "one of them names no doer": (
        told("A judge was shot dead in Marda on Monday.", "shot dead", target="A judge", killed=("A judge", 1)),
        JUDGE,
    ),
    "a name and a word for it": (
        told("The Coast Front attacked a post in Marda on Monday.", "attacked", actor="The Coast Front"),
        told("Gunmen attacked soldiers in Marda on Monday.", "attacked", actor="Gunmen"),
    ),
    "two hours for one target": (
        told("A strike hit a school in Marda on Monday morning.", "strike", type="strike", target="a school"),
        told("A strike hit the school of Marda on Monday evening.", "strike", type="strike", target="the school"),
    ),
    "one of several dead": (
        told("A bomb killed a teacher in Marda on Monday.", "bomb", type="bombing", target="a teacher"),
        told("A bomb killed nine people in Marda on Monday.", "bomb", type="bombing", killed=("nine", 9)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", TWO.values(), ids=list(TWO))
def test_two_deeds_of_one_day_in_one_town(pair: tuple[Account, Account]) -> None:
    assert not compare(*pair).is_match, compare(*pair)
    assert compare(*pair) == compare(*pair[::-1])


@pytest.mark.parametrize("pair", ONE.values(), ids=list(ONE))
def test_one_deed_that_is_told_otherwise(pair: tuple[Account, Account]) -> None:
    assert compare(*pair).is_match, compare(*pair)


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("The Coast Front", "The Harbour Front", True),
        ("Settlers", "Israeli soldiers", True),
        ("Gunmen", "Police", True),
        ("Gunmen", "The Coast Front", False),
        ("Ukraine", "The military administration", False),
        ("Russia", "Russian troops", False),
        ("Residents", "Villagers", False),
    ],
)
def test_doers(one: str, other: str, two: bool) -> None:
    assert other_doer(one, other) is two
    assert other_doer(other, one) is two


@pytest.mark.parametrize("words", ["nationwide", "countrywide"])
def test_whom_the_police_held_nationwide_are_not_those_of_a_town(words: str) -> None:
    town = told(
        "Police detained 43 people in Marda on Monday.", "detained", type="detention", target="43 people"
    )
    s = Story(f"The police said 412 people had been detained {words} on Monday.", outlet="Courier")
    s.event("detention", "detained", target="412 people", on=s.time("Monday", "2031-03-03"))
    [land] = observe(s.record(), "r", knowledge())
    assert compare(town, land).score == 0


def pact(text: str, trigger: str, sides: str, type: str = "ceasefire") -> Account:
    s = Story(text, outlet=text[:12])
    s.event(type, trigger, on=s.time("Monday", "2031-03-03"))
    [account] = observe(s.record(), s.raw.name, knowledge())
    names = [
        n for n in ("Israel", "Hamas", "Iran", "Serbia", "Kosovo", "India", "Pakistan", "France") if n in text
    ]
    party = Party("actor", sides)
    return msgspec.structs.replace(account, parties=(party,), names=tuple(n.casefold() for n in names))


GAZA = pact("Israel and Hamas agreed a ceasefire on Monday.", "ceasefire", "Israel and Hamas")


@pytest.mark.parametrize(
    "other",
    [
        pact("India and Pakistan agreed a ceasefire on Monday.", "ceasefire", "India and Pakistan"),
        pact("Envoys of Serbia and Kosovo agreed a truce on Monday.", "truce", "Envoys of Serbia and Kosovo"),
        pact("Sudan and South Sudan agreed a ceasefire on Monday.", "ceasefire", "Sudan and South Sudan"),
    ],
    ids=lambda a: a.parties[0].name,
)
def test_what_two_sides_do_is_not_what_two_others_do(other: Account) -> None:
    assert compare(GAZA, other).score == compare(other, GAZA).score == 0


@pytest.mark.parametrize(
    "other",
    [
        pact("The two sides agreed a ceasefire on Monday.", "ceasefire", "The two sides"),
        pact(
            "Israeli soldiers and militants agreed a truce on Monday.",
            "truce",
            "Israeli soldiers and militants",
        ),
        pact("The army and the rebels agreed a ceasefire on Monday.", "ceasefire", "The army and the rebels"),
        pact(
            "Iran and France brought about a ceasefire of Israel on Monday.", "ceasefire", "Iran and France"
        ),
        pact("Qatar announced a ceasefire on Monday.", "ceasefire", "Qatar"),
    ],
    ids=lambda a: a.parties[0].name,
)
def test_two_sides_under_other_names(other: Account) -> None:
    assert compare(GAZA, other).is_match, compare(GAZA, other)


def nowhere(text: str, actor: str, target: str, killed: tuple[str, int]) -> Account:
    s = Story(text, outlet=text[:12])
    event = s.event("killing", "killed", actor=actor, target=target, on=s.time("Monday", "2031-03-03"))
    s.figure(*killed, event=event)
    [account] = observe(s.record(), s.raw.name, knowledge())
    return account


def test_other_people_without_a_place_are_another_deed() -> None:
    farmers = nowhere("Gunmen killed nine farmers on Monday.", "Gunmen", "nine farmers", ("nine", 9))
    soldiers = nowhere("The Front killed six soldiers on Monday.", "The Front", "six soldiers", ("six", 6))
    as_many = nowhere("The Front killed nine soldiers on Monday.", "The Front", "nine soldiers", ("nine", 9))
    more = nowhere("Gunmen killed 12 farmers on Monday.", "Gunmen", "12 farmers", ("12", 12))
    assert not compare(farmers, soldiers).is_match
    assert compare(farmers, as_many).is_match  # rivals
    assert compare(farmers, more).is_match
