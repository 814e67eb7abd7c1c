"""Two events that one report tells apart are two incidents, whatever else is told of them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Account
from accordingto.ledger.deriving import bring_up_to_date
from accordingto.ledger.entries import enter
from accordingto.ledger.judgements import Judgement, Kind, judge, now
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.lists import incidents
from accordingto.ledger.matching import compare
from accordingto.ledger.observing import observe
from accordingto.ledger.session import open_ledger


@dataclass(frozen=True)
class Told:
    """An event as a test tells it: type, trigger, target, who was killed."""

    type: str
    trigger: str
    target: str | None = None
    killed: tuple[str, int] | None = None


def report(
    text: str, *told: Told, cue: tuple[str, str, str] | None = None, outlet: str = "Coast Wire"
) -> Story:
    s = Story(text, outlet=outlet)
    if cue:
        s.claim(*cue)
    day, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    for t in told:
        event = s.event(t.type, t.trigger, target=t.target, on=day, place=town)
        if t.killed:
            s.figure(*t.killed, event=event)
    return s


def two(story: Story) -> tuple[Account, Account]:
    first, second = observe(story.record(), story.raw.name, knowledge())
    return first, second


BUS = "A bomb killed six passengers in Marda on Monday morning. In the evening gunmen shot dead a judge."
BLAST = Told("bombing", "killed", "six passengers", ("six", 6))
JUDGE = Told("attack", "shot dead", "a judge")
APART = {
    "the morning and the evening": report(BUS, BLAST, JUDGE),
    "hours later": report(
        "A car bomb killed nine people in Marda on Monday. Hours later a drone strike killed two commanders.",
        Told("bombing", "bomb", "nine people", ("nine", 9)),
        Told("strike", "strike", "two commanders", ("two", 2)),
    ),
    "with people on both sides": report(
        "A car bomb killed nine people in Marda on Monday. Five hours later a strike killed two people.",
        Told("bombing", "bomb", "nine people", ("nine", 9)),
        Told("strike", "strike", "two people", ("two", 2)),
    ),
    "separately": report(
        "A bomb killed three soldiers in Marda on Monday. Separately, the army said, a strike killed eight.",
        Told("attack", "bomb", "three soldiers", ("three", 3)),
        Told("strike", "strike", None, ("eight", 8)),
    ),
    "in another attack": report(
        "Gunmen attacked a post in Marda on Monday. In another attack a shop was burned.",
        Told("attack", "attacked"),
        Told("attack", "attack#2", "a shop"),
    ),
    "what was done after people were killed": report(
        "Troops raided houses in Marda on Monday after gunmen killed a guard.",
        Told("attack", "raided"),
        Told("killing", "killed", "a guard", ("a guard", 1)),
    ),
    "a deed within the words for who was arrested for it": report(
        "On Monday in Marda police arrested two men suspected of helping rebels who abducted pupils.",
        Told("detention", "arrested", "two men suspected of helping rebels who abducted pupils"),
        Told("detention", "abducted", "pupils"),
    ),
}
ONE = {
    "told again": report(
        "A strike killed four people in Marda on Monday. Hours later the strike was condemned; it killed six.",
        Told("strike", "strike", None, ("four", 4)),
        Told("strike", "strike#2", None, ("six", 6)),
    ),
    "what was said later": report(
        "A strike killed four people in Marda on Monday. Hours later medics said bombs killed six.",
        Told("strike", "strike", None, ("four", 4)),
        Told("bombing", "killed#2", None, ("six", 6)),
        cue=("medics", "said", "bombs killed six"),
    ),
    "the same count": report(
        "A strike killed four people in Marda on Monday. It hit in the morning. In the evening four were buried after an attack.",
        Told("strike", "hit", None, ("four", 4)),
        Told("attack", "attack", None, ("four#2", 4)),
    ),
    "what killed people, told after them": report(
        "Four people were killed in Marda on Monday after a strike on the mill.",
        Told("killing", "killed", "Four people", ("Four", 4)),
        Told("strike", "strike", "the mill"),
    ),
    "what came at a late hour and killed": report(
        "A strike came after dark and killed four people in Marda on Monday.",
        Told("strike", "strike"),
        Told("killing", "killed", "four people", ("four", 4)),
    ),
    "no words of order": report(
        "A strike killed four people in Marda on Monday. An attack killed six people, medics said.",
        Told("strike", "strike", None, ("four", 4)),
        Told("attack", "attack", None, ("six", 6)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("story", APART.values(), ids=list(APART))
def test_two_that_a_report_tells_apart(story: Story) -> None:
    first, second = two(story)
    assert compare(first, second).score == 0


@pytest.mark.parametrize("story", ONE.values(), ids=list(ONE))
def test_words_of_order_alone_part_nothing(story: Story) -> None:
    first, second = two(story)
    assert compare(first, second).score > 0


@pytest.mark.parametrize(
    ("what", "place", "on", "alone"),
    [
        ("a mill", None, None, False),
        ("a school", None, None, True),
        ("a mill", "Belmar", None, True),
        ("a mill", None, "Sunday", True),
    ],
)
def test_what_is_denied_of_a_deed_just_told_is_no_deed_beside_it(
    what: str, place: str | None, on: str | None, alone: bool
) -> None:
    s = report(
        f"A jet bombed a mill in Marda on Monday. The army denied that {what} was hit in Belmar on Sunday.",
        Told("strike", "bombed", "a mill"),
    )
    target = f"{what}#2" if what == "a mill" else what
    c = s.claim("The army", "denied", f"that {what} was hit", act="deny")
    where, when = s.place(place) if place else None, s.time(on, "2031-03-02") if on else None
    s.event("strike", "hit", target=target, place=where, on=when, factuality="denied", claims=(c,))
    first, *others = observe(s.record(), s.raw.name, knowledge())
    denied = {x.by for x in first.statements if x.field == "happened" and x.stance == "denies"}
    assert (len(others), denied, c in first.claims) == (alone, set() if alone else {"The army"}, not alone)


def test_reports_that_fit_both_join_them_never(ledger_url: str) -> None:
    """Four vague reports are like either; people may still say that the two are one."""
    vague = "An attack in Marda on Monday was condemned, Report {}."
    with open_ledger(ledger_url) as book:
        for n in range(4):
            told = report(vague.format(n), Told("attack", "attack"), outlet=f"Outlet {n}")
            enter(book, report=told.raw, record=told.record(), model="m")
        s = APART["the morning and the evening"]
        enter(book, report=s.raw, record=s.record(), model="m")
        bring_up_to_date(book)
        mine = [[e.event for e in i.events if e.report == s.raw.name] for i in incidents(book)]
        assert sorted(m for m in mine if m) == [["V1"], ["V2"]]
        keys = tuple(a.key for a in two(s))
        judge(book, Judgement(Kind.SAME, keys, "ann", "one raid", now()))
        bring_up_to_date(book)
        mine = [[e.event for e in i.events if e.report == s.raw.name] for i in incidents(book)]
        assert [m for m in mine if m] == [["V1", "V2"]]


@pytest.mark.parametrize(
    ("told", "denied", "alone"),
    [
        ("12 prisoners", "any prisoners", False),
        ("12 prisoners", "no prisoners", False),
        ("12 prisoners", "any doctors", True),
        ("12 prisoners", "a prisoner", True),
    ],
)
def test_who_denies_any_denies_what_was_told(told: str, denied: str, alone: bool) -> None:
    s = Story(f"{told} were executed, a council said. The army denied that {denied} were executed.")
    one = s.claim("a council", "said", f"{told} were executed", kind="anonymous")
    other = s.claim("The army", "denied", f"that {denied} were executed", act="deny")
    s.event("killing", "executed", target=told, factuality="claimed", claims=(one,))
    s.event("killing", "executed#2", target=denied, factuality="denied", claims=(other,))
    first, *others = observe(s.record(), s.raw.name, knowledge())
    assert len(others) == alone
    assert (
        (True, "The army") in [(x.value, x.by) for x in first.statements if x.stance == "denies"]
    ) is not alone
    assert [x.value for x in first.statements if x.field == "target"] == [told]


@pytest.mark.parametrize(("who", "alone"), [("Belmar", False), ("Aland", True)])
def test_who_is_blamed_and_denies_firing_denies_that_deed(who: str, alone: bool) -> None:
    s = Story(
        f"The army said Belmar shelled a mill in Tel Rif. {who} denied opening fire in Marda, where a jet was seen."
    )
    one = s.claim("The army", "said", "Belmar shelled a mill in Tel Rif")
    other = s.claim(who + ("#2" if who == "Belmar" else ""), "denied", "opening fire", act="deny")
    s.claim("Marda", "seen", "in Marda, where a jet was seen", kind="anonymous")
    s.event(
        "strike",
        "shelled",
        actor="Belmar",
        target="a mill",
        place=s.place("Tel Rif"),
        factuality="claimed",
        claims=(one,),
    )
    s.event("strike", "fire", place=s.place("Marda"), factuality="denied", claims=(other,))
    assert len(observe(s.record(), s.raw.name, knowledge())) == 1 + alone


@pytest.mark.parametrize(
    ("later", "one"),
    [
        ("The flood carried off a weir.", True),
        ("A flood carried off a weir.", False),
        ("The flood in the north carried off a weir.", False),
        ("The flood of Tuesday carried off a weir.", False),
    ],
)
def test_a_definite_noun_takes_up_what_was_told(later: str, one: bool) -> None:
    s = Story(f"The Ana burst its banks in Marda on Monday.\n\n{later}")
    day, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    s.event("disaster", "burst", target="its banks", on=day, place=town)
    other = s.time("Tuesday", "2031-03-04") if "Tuesday" in later else None
    s.event("disaster", "flood", on=other)
    first, second = two(s)
    assert (second.again == first.key) is one
    assert ("tells them as two" in compare(first, second).reason) is not one


@pytest.mark.parametrize(
    ("who", "what", "alone"),
    [("The Front", "a depot", False), ("The Front", "a drone", True), ("The clinic", "a depot", True)],
)
def test_who_is_blamed_and_tells_it_their_own_way_answers_the_blame(who: str, what: str, alone: bool) -> None:
    s = Story(
        f"A strike hit a mill in Marda on Monday. The army blamed the Front. {who} said that it had hit {what}."
    )
    s.event("strike", "strike", target="a mill", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
    s.entity("Front")
    s.claim("The army", "blamed", "the Front", act="accuse")
    c = s.claim(who, "said", f"that it had hit {what}")
    s.event("strike", "hit#2", target=what, factuality="claimed", claims=(c,))
    first, *others = observe(s.record(), s.raw.name, knowledge())
    assert len(others) == alone
    assert [x.value for x in first.statements if x.field == "target"] == [
        "a mill",
        *([] if alone else [what]),
    ]


@pytest.mark.parametrize(("denied", "alone"), [("prisoners", False), ("doctors", True)])
def test_who_denies_what_befalls_such_people_denies_what_was_told(denied: str, alone: bool) -> None:
    s = Story(f"Guards beat 12 prisoners, a council said. The army denied that {denied} were mistreated.")
    one = s.claim("a council", "said", "Guards beat 12 prisoners", kind="anonymous")
    other = s.claim("The army", "denied", f"that {denied} were mistreated", act="deny")
    s.event("abuse", "beat", target="12 prisoners", factuality="claimed", claims=(one,))
    target = "prisoners#2" if denied == "prisoners" else denied
    s.event("abuse", "mistreated", target=target, factuality="denied", claims=(other,))
    assert len(observe(s.record(), s.raw.name, knowledge())) == 1 + alone
