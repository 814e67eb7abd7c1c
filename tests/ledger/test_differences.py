"""Two deeds of one day in one town are two incidents, and one deed that rivals tell otherwise is one."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Account
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
