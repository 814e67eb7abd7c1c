"""What somebody won't do, opposes or rules out: it says of no deed that it was not."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import struck, told


@pytest.mark.parametrize("how", ["will not", "is not going to", "has no plans to", "should not"])
def test_what_somebody_will_not_do_is_not_denied(how: str) -> None:
    s = Story(f"The port council said it {how} remove the old crane in Marda.")
    c = s.claim("The port council", "said", f"it {how} remove the old crane in Marda", act="announce")
    s.event(
        "sanction",
        "remove",
        actor="The port council",
        target="the old crane",
        factuality="negated",
        claims=(c,),
    )
    denied = [f for f in ("happened", "actor", "target") for _, x, _ in told(s, f) if x == "denies"]
    assert denied == []


def test_what_somebody_had_not_done_is_denied() -> None:
    s = Story("The port council said it had not removed the old crane in Marda.")
    c = s.claim("The port council", "said", "it had not removed the old crane in Marda")
    s.event("sanction", "removed", actor="The port council", factuality="negated", claims=(c,))
    assert "denies" in [x for f in ("happened", "actor") for _, x, _ in told(s, f)]


def test_who_balks_at_a_thing_does_not_deny_being_its_doer() -> None:
    s = Story("The guild balked at storming the mill in Marda.")
    c = s.claim("The guild", "balked at", "storming the mill in Marda", act="refuse")
    s.event("attack", "storming", actor="The guild", target="the mill", factuality="negated", claims=(c,))
    assert (told(s, "actor"), told(s, "target")) == ([], [])
    assert told(s, "happened") == [(True, "denies", "The guild")]


@pytest.mark.parametrize(
    ("cue", "act", "denied"), [("opposition to", "refuse", False), ("denied", "deny", True)]
)
def test_who_opposes_this_denies_no_count(cue: str, act: str, denied: bool) -> None:
    s, _ = struck(f"A strike hit Marda. The mayor said six were killed. The guild {cue} this.")
    c = s.claim("The mayor", "said", "six were killed", kind="person")
    s.figure("six", 6, event="V1", claims=(c,))
    s.claim("The guild", cue, "this", act=act)
    assert ("denies" in [x for f in ("happened", "killed") for _, x, _ in told(s, f)]) is denied


def test_whom_a_failure_is_blamed_on_did_nothing() -> None:
    s = Story("The mayor blamed the fog crew for the failure of the guild to send aid to Marda.")
    c = s.claim(
        "The mayor", "blamed", "the fog crew for the failure of the guild to send aid to Marda", act="accuse"
    )
    s.event("aid", "aid", factuality="negated", claims=(c,))
    assert "asserts" not in [x for f in ("happened", "actor") for _, x, _ in told(s, f)]


def test_who_is_accused_of_making_use_of_a_deed_did_not_do_it() -> None:
    s, _ = struck("A strike hit Marda. The guild accused the mayor of politicizing the Marda tragedy.")
    c = s.claim("The guild", "accused", "the mayor of politicizing the Marda tragedy", act="accuse")
    s.parts["V"][0] = msgspec.structs.replace(s.parts["V"][0], claims=(c,))
    assert told(s, "actor") == []
