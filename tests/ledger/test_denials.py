"""What a denial denies: who did it, a detail of it, or that it happened."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, struck, told

from accordingto.record import Participant, Role


@pytest.mark.parametrize("words", ["he had been tortured in Marda", "he saw guards who tortured men"])
def test_a_victim_is_not_whom_a_denial_clears(words: str) -> None:
    s = Story(f"Yan Sokol said that {words}. The prison service denied it.")
    c = s.claim("Yan Sokol", "said", f"that {words}", kind="person")
    s.claim("The prison service", "denied", "it", act="deny")
    s.event("abuse", "tortured", claims=(c,))
    assert told(s, "actor") == []
    if "been" in words:
        assert (True, "denies", "The prison service") in told(s, "happened")


@pytest.mark.parametrize("words", ["sending any weapons to Marda", "that it had supplied any arms to Marda"])
def test_who_denies_sending_weapons_speaks_of_no_store(words: str) -> None:
    s = Story(f"Arms were sent to Marda. Belmar denied {words}.")
    s.event("arms_transfer", "sent")
    s.claim("Belmar", "denied", words, act="deny")
    assert told(s, "use_of_site") == []
    assert ("Belmar", "denies", "Belmar") in told(s, "actor")
    assert (True, "denies", "Belmar") in told(s, "happened")


def test_who_denies_having_fired_rockets_speaks_of_no_store() -> None:
    s, _ = struck("A strike hit Marda. The Front denied firing any rockets.")
    s.claim("The Front", "denied", "firing any rockets", act="deny")
    assert (told(s, "use_of_site"), told(s, "actor")) == ([], [("The Front", "denies", "The Front")])


@pytest.mark.parametrize("words", ["had been near the clinic", "were in the town", "had not been there"])
def test_who_denies_having_been_there_denies_having_done_it(words: str) -> None:
    s = Story(f"A strike hit the clinic. The Front denied that its fighters {words}.")
    c = s.claim("The Front", "denied", f"that its fighters {words}", act="deny")
    s.event("strike", "strike", factuality="denied", claims=(c,))
    assert told(s, "actor") == [("The Front", "denies", "The Front")]
    assert told(s, "happened") == []


def test_a_denied_detail_of_an_accident_is_no_accident() -> None:
    s = Story("A ferry sank off Marda. The company denied that the boat was overloaded.")
    c = s.claim("The company", "denied", "that the boat was overloaded", act="deny")
    s.event("accident", "sank", place=s.place("Marda"))
    s.event("accident", "overloaded", factuality="denied", claims=(c,))
    s.parts["C"][0] = msgspec.structs.replace(s.parts["C"][0], about=("V2",))
    (found,) = accounts(s)
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]
    assert list(found.claims) == [c]


@pytest.mark.parametrize(
    "words", ["that officers had used tear gas", "using tear gas", "that tear gas had been used"]
)
def test_who_denies_an_instrument_denies_only_that(words: str) -> None:
    s = Story(f"Officers broke up a march in Marda. The police denied {words}.")
    c = s.claim("The police", "denied", words, act="deny")
    s.event("repression", "broke up", place=s.place("Marda"))
    s.event(
        "repression",
        "gas",
        actor="officers" if "officers" in words else None,
        factuality="denied",
        claims=(c,),
    )
    assert told(s, "instrument") == [("tear gas", "denies", "The police")]
    assert told(s, "actor") == []
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]


@pytest.mark.parametrize("words", ["that the strike was unlawful", "that its maps had caused the strike"])
def test_who_denies_a_quality_or_a_cause_does_not_deny_the_deed(words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The court denied {words}.")
    c = s.claim("The court", "denied", words, act="deny")
    s.parts["V"].clear()
    s.event("strike", "strike#2", claims=(c,))
    assert (True, "denies", "The court") not in told(s, "happened")


@pytest.mark.parametrize(
    "words",
    ["that the strike was carried out by its aircraft", "that the strike had been ordered by it"],
)
def test_who_denies_that_its_own_did_it_denies_to_be_the_doer(words: str) -> None:
    s, _ = struck(f"A strike hit Marda. Belmar denied {words}.")
    s.claim("Belmar", "denied", words, act="deny")
    assert told(s, "actor") == [("Belmar", "denies", "Belmar")]
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]


def test_who_denies_a_quality_of_what_was_told_before_is_no_doer() -> None:
    s = Story("A strike hit Marda, medics said. The army denied that the strike was unlawful.")
    one = s.claim("medics", "said", "A strike hit Marda", kind="group")
    two = s.claim("The army", "denied", "that the strike was unlawful", act="deny")
    s.event("strike", "strike", actor="The army", place=s.place("Marda"), claims=(one, two))
    assert (True, "denies", "The army") not in told(s, "happened")
    assert told(s, "actor") == []


def test_an_instrument_is_told_whole() -> None:
    s = Story("Tear Gas Was Used in Marda.")
    v = s.event("repression", "Gas")
    held = s.parts["V"][0]
    s.parts["V"][0] = msgspec.structs.replace(
        held, participants=(Participant(Role.INSTRUMENT, None, s.at("Tear")),)
    )
    assert v == "V1"
    assert [value for value, _, _ in told(s, "instrument")] == ["Tear Gas"]


def test_a_target_told_by_its_number_keeps_the_bound() -> None:
    s = Story("Gunmen attacked at least 49 people in Marda.")
    s.event("attack", "attacked")
    held = s.parts["V"][0]
    s.parts["V"][0] = msgspec.structs.replace(
        held, participants=(Participant(Role.TARGET, None, s.at("at least 49 people")),)
    )
    assert [value for value, _, _ in told(s, "target")] == ["at least 49 people"]
