"""Whose word a statement is, and how many independent voices some statements are."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, told

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.independence import one_voice_each, short_form, voices
from accordingto.ledger.speakers import named_id


def say(
    by: str | None, kind: str, *, echo: bool = False, of: str | None = None, day: str = "d1"
) -> Statement:
    source = f"S {by}" if by else f"S {kind} {day}"
    return Statement(Field.HAPPENED, True, Stance.ASSERTS, by, kind, None, day, day, source, echo=echo, of=of)


POLICE = say("the Marda police", "organization")


@pytest.mark.parametrize(
    ("other", "many"),
    [
        (say(None, "group"), 1),
        (say("rescuers", "anonymous", echo=True), 1),
        (say("the agency", "anonymous"), 1),
        (say("Coast Wire", "reporter"), 1),
        (say("residents", "anonymous"), 2),
        (say("rescuers", "anonymous"), 2),
        (say(None, "group", day="d2"), 2),
    ],
)
def test_words_that_take_up_another_source_are_no_second_voice(other: Statement, many: int) -> None:
    assert len(voices([POLICE, other], {})) == many


def test_words_of_nobody_and_the_outlets_are_one_voice() -> None:
    assert len(voices([say("Coast Wire", "reporter"), say(None, "group")], {})) == 1
    assert len(voices([say(None, "group"), say(None, "anonymous")], {})) == 1


def test_a_spokesman_is_the_voice_of_his_body() -> None:
    body = say("the Rescue League", "organization")
    man = say("Adnan Kell", "person", of=body.source)
    assert len(voices(one_voice_each([body, man], {}), {})) == 1


def test_a_spokesman_is_known_by_the_words_for_him() -> None:
    s = Story("A strike hit Marda, a spokesman for the Front said. The Front said four died.")
    c = s.claim("a spokesman for the Front", "said", "A strike hit Marda", kind="anonymous")
    d = s.claim("The Front", "said#2", "four died")
    s.event("strike", "strike", claims=(c, d))
    (found,) = accounts(s)
    by = {x.by: x.of for x in found.statements}
    assert by["a spokesman for the Front"] == named_id("the Front")
    assert by["The Front"] is None


def test_what_a_headline_credits_to_somebody_unnamed_is_an_echo() -> None:
    s = Story("Strike hits Marda, rescuers say\n\nA strike hit Marda on Monday, the Rescue League said.")
    c = s.claim("rescuers", "say", "Strike hits Marda", kind="anonymous")
    d = s.claim("the Rescue League", "said", "A strike hit Marda on Monday")
    s.event("strike", "strike", claims=(c, d))
    (found,) = accounts(s)
    assert {x.by: x.echo for x in found.statements if x.claim} == {
        "rescuers": True,
        "the Rescue League": False,
    }


@pytest.mark.parametrize(
    ("whole", "short", "one"),
    [
        ("The White Lamps rescue service", "White Lamps", True),
        ("the Western Brigades", "the Brigades", True),
        ("UN", "United Nations", True),
        ("The White Lamps Fund", "White Lamps", False),
        ("Belmar Rescue League", "Belmar", False),
    ],
)
def test_a_shorter_name_of_one_body(whole: str, short: str, one: bool) -> None:
    assert short_form(whole, short) is one


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("the strike on the Front", "the Front"),
        ("the strike on Marda on the Front", "the Front"),
        ("the Front for the strike on Marda", "the Front"),
        ("smugglers for the strike", "smugglers"),
        ("the barge for the strike", "the barge"),
        ("heavy rain for the strike", None),
        ("the strike on a lack of care", None),
    ],
)
def test_blame_names_people_and_bodies_not_causes(words: str, who: str | None) -> None:
    s = Story(f"A strike hit Marda. Belmar blamed {words}.")
    s.event("strike", "strike")
    s.claim("Belmar", "blamed", words, act="accuse")
    assert [v for v, how, _ in told(s, "actor") if how == "asserts"] == ([who] if who else [])
