"""What a warning, promise, request or question says of the deed that it speaks of; who turns a thing down; what is in dispute."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import told

from accordingto.ledger.disputes import disputed


@pytest.mark.parametrize(
    ("act", "cue", "content", "type", "trigger"),
    [
        ("request", "called on", "others to cease the supply of shells", "arms_transfer", "supply"),
        ("request", "demanded", "the release of the two nurses", "release", "release"),
        ("request", "called for", "an end to the shelling of Marda", "strike", "shelling"),
        ("warn", "warned", "it would answer if the Front carried out the raid", "attack", "raid"),
        ("warn", "warned", "that any strike on Marda would be answered", "strike", "strike"),
        ("promise", "promised", "to free the nurses", "release", "free"),
        ("ask", "asked", "whether the army had shelled Marda", "strike", "shelled"),
        ("announce", "said", "it would impose fines if the Front moved the shells", "arms_transfer", "moved"),
    ],
)
def test_who_speaks_of_a_deed_that_may_come_does_not_say_that_it_was(
    act: str, cue: str, content: str, type: str, trigger: str
) -> None:
    s = Story(f"Belmar {cue} {content}. The {trigger} was seen on Monday.")
    c = s.claim("Belmar", cue, content, act=act)
    s.event(type, trigger, claims=(c,))
    assert ("asserts", "Belmar") not in [(how, by) for _, how, by in told(s, "happened")]
    assert ("Belmar", "asserts", "Belmar") not in told(s, "actor")


@pytest.mark.parametrize(
    ("act", "cue", "content", "type", "trigger"),
    [
        ("request", "called for", "an inquiry into the strike on Marda", "strike", "strike"),
        ("ask", "asked", "why soldiers shot a farmer", "attack", "shot"),
        ("warn", "warned", "that two wells had been shelled", "strike", "shelled"),
        ("promise", "promised", "to punish those who looted the depot", "destruction", "looted"),
    ],
)
def test_who_takes_a_deed_for_granted_says_that_it_was(
    act: str, cue: str, content: str, type: str, trigger: str
) -> None:
    s = Story(f"Belmar {cue} {content}.")
    c = s.claim("Belmar", cue, content, act=act)
    s.event(type, trigger, claims=(c,))
    assert (True, "asserts", "Belmar") in told(s, "happened")


def test_who_denies_a_deed_does_not_say_by_a_request_that_it_was() -> None:
    s = Story("Belmar denied the shipment. It asked for proof of the shipment, and spies saw a shipment.")
    one = s.claim("Belmar", "denied", "the shipment", act="deny")
    two = s.claim("Belmar", "asked", "for proof of the shipment", act="request")
    s.event("arms_transfer", "shipment", claims=(one, two))
    assert [how for _, how, by in told(s, "happened") if by == "Belmar"] == ["denies"]


def test_who_asks_for_a_deed_is_not_its_doer() -> None:
    s = Story("Belmar asked other countries about the shipment of shells that reached the Front.")
    c = s.claim(
        "Belmar", "asked", "other countries about the shipment of shells that reached the Front", act="ask"
    )
    s.event("arms_transfer", "shipment", actor="Belmar", claims=(c,))
    assert ("Belmar", "asserts", "Belmar") not in told(s, "actor")


@pytest.mark.parametrize(
    ("act", "cue", "content", "type", "trigger"),
    [
        ("refuse", "rejected", "the widow's application for bail", "legal", "rejected"),
        ("refuse", "refused", "requests to send guns for the raid", "attack", "raid"),
        ("refuse", "rejected", "the truce", "negotiation", "truce"),
        ("deny", "denied", "their request for a visit", "meeting", "visit"),
        ("deny", "denied", "bail to two men accused of the raid", "attack", "raid"),
    ],
)
def test_who_turns_a_thing_down_denies_no_deed(
    act: str, cue: str, content: str, type: str, trigger: str
) -> None:
    s = Story(f"Belmar {cue} {content}.")
    c = s.claim("Belmar", cue, content, act=act)
    s.event(type, trigger, target=content.split(" ", 1)[1] if cue == "rejected" else None, claims=(c,))
    everything = [*told(s, "happened"), *told(s, "actor"), *told(s, "target")]
    assert "denies" not in [how for _, how, _ in everything]


def test_who_denies_that_a_request_was_made_denies_it() -> None:
    s = Story("Belmar denied that requests had been made and denied a meeting.")
    c = s.claim("Belmar", "denied#2", "a meeting", act="deny")
    s.event("meeting", "meeting", factuality="denied", claims=(c,))
    assert (True, "denies", "Belmar") in told(s, "happened")


def test_there_does_nothing() -> None:
    s = Story("Belmar said there was no raid on Marda.")
    c = s.claim("Belmar", "said", "there was no raid on Marda", act="deny")
    s.event("attack", "raid", actor="there", factuality="negated", claims=(c,))
    assert "there" not in [value for value, _, _ in told(s, "actor")]


def field(state: str, *denied: tuple[str | None, str], flat: bool = False) -> SimpleNamespace:
    values = [SimpleNamespace(stance="denies", by=by, kind=kind, flat=flat) for by, kind in denied]
    return SimpleNamespace(state=state, values=values)


def test_what_only_a_report_says_was_not_is_no_dispute() -> None:
    army, outlet = ("The army", "organization"), (None, "reporter")
    assert disputed({"happened": field("denied", outlet)}) == ()
    assert disputed({"happened": field("denied", outlet, army)}) == ("happened",)
    assert disputed({"happened": field("denied", outlet, army, flat=True)}) == ()
    assert disputed({"happened": field("agreed"), "killed": field("contested")}) == ("killed",)


def test_beside_a_deed_that_is_denied_its_target_is_no_second_dispute() -> None:
    army, front = ("The army", "organization"), ("The Front", "organization")
    happened = field("denied", army)
    assert disputed({"happened": happened, "target": field("denied", army)}) == ("happened",)
    flat = field("denied", army, flat=True)
    assert disputed({"happened": flat, "target": field("denied", army)}) == ()
    assert disputed({"happened": happened, "actor": field("denied", front)}) == ("happened", "actor")
    assert disputed({"happened": field("single-source"), "actor": field("denied", army)}) == ("actor",)
