"""What a report states of an event by blame, denial, answers and counts that carry no event of their own."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Account
from accordingto.ledger.commitments import spoken
from accordingto.ledger.contest import settle
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe
from accordingto.ledger.sayings import saying
from accordingto.ledger.speakers import Speakers
from accordingto.record import Event, Participant, Role


def accounts(s: Story) -> tuple[Account, ...]:
    return observe(s.record(), "r", knowledge())


def told(s: Story, field: str) -> list[tuple[object, str, str | None]]:
    return [(x.value, str(x.stance), x.by) for a in accounts(s) for x in a.statements if x.field == field]


def struck(text: str) -> tuple[Story, str]:
    s = Story(text)
    return s, s.event("strike", "strike", place=s.place("Marda"))


def test_who_is_blamed_did_it_says_who_blames() -> None:
    s, _ = struck("A strike hit Marda. The army blamed the Hill Front, a rebel group. The Front denied it.")
    s.entity("Hill Front")
    s.claim("The army", "blamed", "the Hill Front, a rebel group", act="accuse")
    s.claim("The Front", "denied", "it#2", act="deny")
    assert told(s, "actor") == [("Hill Front", "asserts", "The army"), ("Hill Front", "denies", "The Front")]
    assert ("True", "denies") not in [(str(v), how) for v, how, _ in told(s, "happened")]
    assert (True, "asserts", "The army") in told(s, "happened")


def test_what_somebody_else_is_accused_of_is_no_strike() -> None:
    s, _ = struck("A strike hit Marda. The army accused the Front of storing arms under the market.")
    s.claim("The army", "accused", "the Front of storing arms under the market", act="accuse")
    assert told(s, "actor") == []
    assert told(s, "use_of_site") == [("weapons store", "asserts", "The army")]


def test_nobody_claimed_it() -> None:
    s, _ = struck("A strike hit Marda. No group claimed responsibility. The Front claimed responsibility.")
    s.claim("No group", "claimed", "responsibility")
    s.claim("The Front", "claimed#2", "responsibility#2")
    assert told(s, "actor") == [("The Front", "asserts", "The Front")]


@pytest.mark.parametrize(
    "words", ["firing on the town", "any role", "that its aircraft had flown", "responsibility", "the strike"]
)
def test_who_denies_having_done_it_denies_only_that(words: str) -> None:
    s = Story(f"A strike hit Marda. The army denied {words}.")
    c = s.claim("The army", "denied", words + ("#1" if words != "the strike" else ""), act="deny")
    s.event("strike", "strike#2" if words == "the strike" else "strike", factuality="denied", claims=(c,))
    assert told(s, "actor") == [("The army", "denies", "The army")]
    assert told(s, "happened") == []


def test_who_refuses_to_do_a_thing_says_that_it_is_not_done() -> None:
    s = Story("An envoy said that the Front refused to free the hostages.")
    one = s.claim("An envoy", "said", "that the Front refused to free the hostages", kind="anonymous")
    inner = s.claim("the Front", "refused", "free the hostages", act="refuse")
    s.event(
        "release", "free", actor="the Front", target="the hostages", factuality="denied", claims=(one, inner)
    )
    assert told(s, "happened") == [(True, "denies", "An envoy"), (True, "denies", "the Front")]
    assert ("the Front", "denies", "the Front") not in told(s, "actor")


def test_a_secret_thing_is_denied_with_its_doer() -> None:
    s = Story("Belmar denied that it had met the Front.")
    c = s.claim("Belmar", "denied", "that it had met the Front", act="deny")
    s.event("meeting", "met", factuality="denied", claims=(c,))
    assert told(s, "actor") == [("Belmar", "denies", "Belmar")]
    assert told(s, "happened") == [(True, "denies", "Belmar")]


def test_one_claim_that_is_not_negated_is_no_denial() -> None:
    s = Story("The army abducted him, his family says; the army denied that he was abducted.")
    one = s.claim("his family", "says", "The army abducted him", kind="anonymous", act="accuse")
    other = s.claim("the army", "denied", "that he was abducted", act="deny")
    s.event("detention", "abducted", factuality="denied", claims=(one, other))
    s.event("detention", "abducted#2", factuality="denied", claims=(other,))
    assert set(told(s, "happened")) == {(True, "asserts", "his family"), (True, "denies", "the army")}


def test_a_count_called_a_fantasy() -> None:
    s, v = struck(
        "A strike hit Marda. The Front said that 37 had died. The police called that number a fantasy."
    )
    c = s.claim("The Front", "said", "that 37 had died")
    s.claim("The police", "called", "that number a fantasy", act="request")
    s.figure("37", 37, event=v, claims=(c,))
    assert (37, "denies", "The police") in told(s, "killed")
    assert told(s, "actor") == []


def test_counts_without_an_event() -> None:
    s, _ = struck(
        "A strike hit Marda and killed 12 people, five of them children, three more than first said."
    )
    s.figure("12", 12)
    s.figure("five", 5)
    s.figure("three", 3)
    assert [(x.value, x.part) for a in accounts(s) for x in a.statements if x.field == "killed"] == [
        (12, None),
        (5, "children"),
    ]


def test_a_running_toll_of_a_day_is_its_toll_and_that_of_a_siege_is_not() -> None:
    for type, found in (("strike", [12]), ("blockade", [])):
        s = Story("Two more died in Marda, bringing the dead to 12.")
        v = s.event(type, "Marda")
        s.figure("12", 12, event=v, cumulative=True)
        s.figure("Two", 2, event=v, cumulative=True)
        assert [value for value, _, _ in told(s, "killed")] == found


@pytest.mark.parametrize(
    ("text", "type", "trigger", "found"),
    [
        ("At least 900 people had been killed in Marda since the war began.", "invasion", "war", []),
        ("At least 900 people had been killed in Marda since the war began.", "clash", "war", []),
        ("Since fighting erupted in May, 900 people have died in Marda.", "killing", "died", []),
        ("Strikes have killed 900 people in Marda in two years of civil war.", "strike", "Strikes", []),
        ("The war in Marda has killed 900 people.", "invasion", "war", []),
        ("A raid brought to 900 the number killed in Marda since 3 May 2030.", "attack", "raid", []),
        ("At least 900 people have died since the floods in Marda began.", "disaster", "floods", [900]),
        ("The toll of the strike in Marda has risen to 900 since Tuesday.", "strike", "strike", [900]),
    ],
)
def test_what_has_come_together_since_a_war_began_is_no_incidents_toll(
    text: str, type: str, trigger: str, found: list[int]
) -> None:
    s = Story(text)
    for words, day in (("3 May 2030", "2030-05-03"), ("Tuesday", "2031-03-03")):
        if words in text:
            s.time(words, day)
    s.figure("900", 900, event=s.event(type, trigger, place=s.place("Marda")), cumulative=True)
    assert [value for value, _, _ in told(s, "killed")] == found


def test_the_speaker_is_the_doer() -> None:
    s = Story("The army said that its aircraft had struck Marda. The medics said that they had been struck.")
    a = s.claim("The army", "said", "that its aircraft had struck Marda")
    b = s.claim("The medics", "said#2", "that they had been struck")
    s.event("strike", "struck", claims=(a,))
    s.event("strike", "struck#2", claims=(b,))
    assert told(s, "actor") == [("The army", "asserts", "The army")]


def test_places_weapons_and_numbers_do_nothing() -> None:
    for words in ("Two schools", "Air", "12", "Drones", "they"):
        s = Story(f"{words} struck Marda.")
        s.event("strike", "struck", target=words)
        record = s.record()
        v = record.events[0]
        people = (Participant(Role.ACTOR, None, v.participants[0].span),)
        s.parts["V"][0] = Event(v.id, v.type, v.trigger, people)
        assert told(s, "actor") == [], words


def test_what_tells_the_kind_of_strike_is_no_target() -> None:
    s = Story("A car bomb in Marda; an air strike on the depot in the hills, which burned.")
    s.event("bombing", "bomb", target="car")
    s.event("strike", "strike", target="the depot in the hills, which burned")
    assert [x.name for a in accounts(s) for x in a.parties] == ["the depot in the hills"]


def test_a_denial_that_was_given_up() -> None:
    first = Story("The Joint Command denied that Marda had been struck.", published="2031-03-04")
    c = first.claim("The Joint Command", "denied", "that Marda had been struck", act="deny")
    first.event("strike", "struck", factuality="denied", claims=(c,))
    later = Story("The Joint Command admitted that Marda had been struck.", published="2031-03-06")
    c = later.claim("The Joint Command", "admitted", "that Marda had been struck", act="confirm")
    later.event("strike", "struck", claims=(c,))
    both = [x for s in (first, later) for a in accounts(s) for x in a.statements]
    assert settle(both, {})["happened"].state == "single-source"


def test_two_counts_of_one_crowd() -> None:
    s = Story(
        "A march filled Marda. The organizers said 300 people came; the police spoke of 80. Five cars burned."
    )
    s.event("protest", "march", place=s.place("Marda"))
    c = s.claim("The organizers", "said", "300 people came")
    s.figure("300", 300, "other", claims=(c,), of="people")
    s.figure("80", 80, "other", of="people")
    s.figure("Five", 5, "other", of="cars")
    assert told(s, "actor") == [
        ("300 people", "asserts", "The organizers"),
        ("80 people", "asserts", "Coast Wire"),
    ]
    said = [x for a in accounts(s) for x in a.statements]
    assert settle(said, {})["actor"].state == "contested"


def test_one_count_of_a_crowd_is_no_contest() -> None:
    s = Story("A march filled Marda. The organizers said 300 people came.")
    s.event("protest", "march", place=s.place("Marda"))
    s.figure("300", 300, "other", claims=(s.claim("The organizers", "said", "300 people came"),), of="people")
    assert told(s, "actor") == []


def test_there_was_none() -> None:
    s = Story("The Front declared a truce. The army said that no truce had been agreed.")
    c = s.claim("The army", "said", "that no truce had been agreed")
    s.event("ceasefire", "truce", factuality="ongoing", claims=(c,))
    assert (True, "denies", "The army") in told(s, "happened")


def test_what_a_party_aimed_at_and_what_the_reporter_saw() -> None:
    s, _ = struck("A strike hit Marda. The army said that it had aimed at a command post.")
    s.claim("The army", "said", "that it had aimed at a command post")
    assert told(s, "target") == [("a command post", "asserts", "The army")]
    s, _ = struck("A strike hit a school in Marda. The army said that it had aimed at a command post.")
    s.parts["V"].clear()
    s.event("strike", "strike", target="a school", place="P1")
    s.claim("The army", "said", "that it had aimed at a command post")
    said = [x for a in accounts(s) for x in a.statements]
    assert settle(said, {})["target"].state == "contested"


def test_whom_a_witness_calls_they_is_not_the_witness() -> None:
    s = Story("Rosa Pierre said they burned the post. The police said he slept when the boat sank.")
    one = s.claim("Rosa Pierre", "said", "they burned the post", kind="person")
    two = s.claim("The police", "said#2", "he slept when the boat sank")
    s.event("destruction", "burned", claims=(one,))
    s.event("accident", "sank", claims=(two,))
    assert told(s, "actor") == []


@pytest.mark.parametrize(
    "words", ["its strike on Marda had not killed 12 people", "12 people had not been killed"]
)
@pytest.mark.parametrize("factuality", ["occurred", "negated"])
def test_a_count_that_is_negated_is_denied(words: str, factuality: str) -> None:
    s = Story(f"A strike hit Marda. The army said that {words}.")
    c = s.claim("The army", "said", words)
    v = s.event("strike", "strike", factuality=factuality, claims=(c,))
    s.figure("12", 12, event=v, claims=(c,))
    assert told(s, "killed") == [(12, "denies", "The army")]


@pytest.mark.parametrize(
    "words",
    ["no fewer than 12 people died", "no warning came before 12 died", "it had not said that 12 died"],
)
def test_a_negation_of_something_else_denies_no_count(words: str) -> None:
    s, v = struck(f"A strike hit Marda. The army said {words}.")
    s.figure("12", 12, event=v, claims=(s.claim("The army", "said", words),))
    assert told(s, "killed") == [(12, "asserts", "The army")]


@pytest.mark.parametrize(("act", "found"), [("warn", []), ("assert", [(1000, "uncertain", "The agency")])])
def test_who_might_be_killed_is_no_count(act: str, found: list[object]) -> None:
    s = Story("The agency warned that a strike on Belmar could kill 1,000 people.")
    c = s.claim("The agency", "warned", "that a strike on Belmar could kill 1,000 people", act=act)
    v = s.event("strike", "strike", factuality="possible", claims=(c,))
    s.figure("1,000", 1000, event=v, claims=(c,))
    assert told(s, "killed") == found


@pytest.mark.parametrize(
    ("factuality", "denied", "how"),
    [("possible", False, "uncertain"), ("negated", False, "denies"), ("denied", True, "asserts")],
)
def test_the_outlets_own_count_stands_as_its_event_does(factuality: str, denied: bool, how: str) -> None:
    s = Story("The army denied a strike on Marda. In Marda 12 people died.")
    claims = (s.claim("The army", "denied", "a strike on Marda", act="deny"),) if denied else ()
    s.figure("12", 12, event=s.event("strike", "strike", factuality=factuality, claims=claims))
    assert told(s, "killed") == [(12, how, "Coast Wire")]


def test_a_crowd_that_is_only_warned_of_is_no_count() -> None:
    s = Story("The police warned that a march of 300 people could fill Marda. The union spoke of 80 people.")
    c = s.claim("The police", "warned", "that a march of 300 people could fill Marda", act="warn")
    s.event("protest", "march", place=s.place("Marda"), factuality="possible", claims=(c,))
    s.figure("300", 300, "other", claims=(c,), of="people")
    s.figure("80", 80, "other", of="people#2")
    assert told(s, "actor") == [("80 people", "uncertain", "Coast Wire")]


@pytest.mark.parametrize("act", ["assert", "deny", "refuse"])
@pytest.mark.parametrize(("cue", "words"), [("claimed", "responsibility"), ("later claimed", "the attack")])
def test_who_claims_a_deed_is_its_doer_whatever_act_was_read(act: str, cue: str, words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The Hill Front {cue} {words}.")
    c = s.claim("The Hill Front", cue, words, act=act)
    held = s.parts["V"][0]
    s.parts["V"][0] = msgspec.structs.replace(held, claims=(c,)) if words == "the attack" else held
    assert told(s, "actor") == [("The Hill Front", "asserts", "The Hill Front")]
    assert (True, "asserts", "The Hill Front") in told(s, "happened")


@pytest.mark.parametrize(
    ("cue", "words"), [("denied", "claiming responsibility"), ("did not claim", "responsibility")]
)
def test_who_claims_nothing_is_no_doer(cue: str, words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The Hill Front {cue} {words}.")
    s.claim("The Hill Front", cue, words, act="deny")
    assert "asserts" not in {how for _, how, _ in told(s, "actor")}


def test_a_spokesman_claims_a_deed_for_his_body() -> None:
    s, _ = struck("A strike hit Marda. Yan Sokol of the Hill Front claimed responsibility.")
    body = s.entity("Hill Front")
    s.claim("Yan Sokol", "claimed", "responsibility", kind="person")
    speaker = s.parts["E"][-1]
    s.parts["E"][-1] = msgspec.structs.replace(speaker, affiliation=body)
    assert told(s, "actor") == [("Hill Front", "asserts", "Yan Sokol")]


def test_who_calls_an_attack_something_claims_none() -> None:
    s, _ = struck("A strike hit Marda. The army claimed the attack was staged.")
    s.claim("The army", "claimed", "the attack was staged")
    assert told(s, "actor") == []


@pytest.mark.parametrize("act", ["assert", "confirm", "deny"])
@pytest.mark.parametrize(
    ("cue", "words"),
    [("would neither confirm nor deny", "the strike"), ("did not confirm or deny", "that it had hit Marda")],
)
def test_who_neither_confirms_nor_denies_does_neither(act: str, cue: str, words: str) -> None:
    s = Story(f"A strike hit Marda. The army {cue} {words}.")
    c = s.claim("The army", cue, words, act=act)
    s.event("strike", "strike", claims=(c,))
    found = {how for field in ("happened", "actor") for _, how, by in told(s, field) if by == "The army"}
    assert found == {"declines"}


@pytest.mark.parametrize(
    "words",
    [
        "the police had foiled a plot to bomb the market",
        "it had called off a plan to bomb the market",
        "an attempt to bomb the market was foiled",
        "it had prevented a move to bomb the market",
    ],
)
def test_what_was_foiled_did_not_happen(words: str) -> None:
    s = Story(f"The ministry said that {words}.")
    c = s.claim("The ministry", "said", f"that {words}")
    s.event("bombing", "bomb", target="the market", factuality="negated", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "The ministry")]
    assert "asserts" not in {how for _, how, _ in told(s, "target")}
    assert told(s, "actor") == []


def test_who_had_not_fired_denies_to_be_the_doer() -> None:
    s = Story("The army said that it had not fired on the market.")
    c = s.claim("The army", "said", "that it had not fired on the market")
    s.event("strike", "fired", factuality="negated", claims=(c,))
    assert told(s, "actor") == [("The army", "denies", "The army")]


def test_a_foiled_plan_binds_nobody_and_did_not_happen() -> None:
    s = Story("Police foiled a plan to bomb a market.")
    c = s.claim("Police", "plan", "to bomb a market", act="promise")
    s.event("bombing", "bomb", target="a market", factuality="negated", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "Coast Wire")]
    assert spoken(s.record(), "r", Speakers(s.record())) == ()


def test_who_promises_not_to_do_a_thing_is_bound() -> None:
    s = Story("The rebels promised not to attack the market.")
    c = s.claim("The rebels", "promised", "not to attack the market", act="promise")
    s.event("attack", "attack", factuality="negated", claims=(c,))
    assert [x.what for x in spoken(s.record(), "r", Speakers(s.record()))] == ["not to attack the market"]
    assert told(s, "happened") == []


def test_a_plan_that_nobody_has_is_no_promise() -> None:
    s = Story("They had found a plan to attack the port.")
    c = s.claim("They", "plan", "to attack the port", act="promise", kind="anonymous")
    s.parts["S"][0] = msgspec.structs.replace(s.parts["S"][0], description=None)
    s.event("attack", "attack", factuality="possible", claims=(c,))
    assert spoken(s.record(), "r", Speakers(s.record())) == ()


def test_who_asks_to_cancel_a_thing_does_not_say_that_there_is_none() -> None:
    s = Story("The mayor asked to cancel the agreement with Belmar.")
    c = s.claim("The mayor", "asked", "to cancel the agreement with Belmar", act="request")
    s.event("agreement", "agreement", target="Belmar", factuality="negated", claims=(c,))
    assert told(s, "happened") == []
    assert "denies" not in {how for _, how, _ in told(s, "target")}


@pytest.mark.parametrize(
    ("day", "found"), [("2030-11-04", "strike"), ("2031-02-28", "raid")]
)  # the raid, four months or four days ago
def test_blame_goes_to_the_news_not_to_what_is_recalled(day: str, found: str) -> None:
    s = Story(
        "A strike hit Marda. A raid on Tel Rif had killed nine.\n\nThe army blamed the Front.", "2031-03-04"
    )
    s.event("strike", "strike", place=s.place("Marda"), on=s.time("Marda#1", "2031-03-03"))
    s.event("attack", "raid", place=s.place("Tel Rif"), on=s.time("nine", day))
    s.entity("Front")
    s.claim("The army", "blamed", "the Front", act="accuse")
    assert [a.told for a in accounts(s) if any(x.field == "actor" for x in a.statements)] == [found]


@pytest.mark.parametrize(
    ("cue", "words", "who", "rest"),
    [
        ("accused", "a corporal of the fort", "a corporal of the fort", ""),
        ("accused", "members of the Front of the massacre", "members of the Front", "the massacre"),
        ("accused", "a corporal of the massacre", "a corporal", "the massacre"),
        ("accused", "a corporal of cruelty", "a corporal", "cruelty"),
        ("blamed", "marksmen in the pay of the Front", "marksmen in the pay of the Front", ""),
    ],
)
def test_whose_men_are_blamed_is_no_deed(cue: str, words: str, who: str, rest: str) -> None:
    s, _ = struck(f"A strike hit Marda. The army {cue} {words}.")
    s.claim("The army", cue, words, act="accuse")
    found = saying(s.record().claims[0], knowledge())
    assert found is not None
    assert found.who is not None
    assert (found.who.text, found.deed or "") == (who, rest)


@pytest.mark.parametrize(
    ("between", "found"),
    [
        (", who", [("a corporal", "asserts", "The army"), ("a corporal", "denies", "who")]),
        (". A clerk", [("a corporal", "asserts", "The army"), ("A clerk", "denies", "A clerk")]),
    ],
)
def test_who_is_blamed_and_denies_having_been_there_denies_that(between: str, found: list[object]) -> None:
    s, _ = struck(f"A strike hit Marda. The army accused a corporal{between} denies that he was in town.")
    s.claim("The army", "accused", "a corporal", act="accuse")
    who = between.removeprefix(", ").removeprefix(". ")
    s.claim(who, "denies", "that he was in town", act="deny", kind="anonymous")
    mine = told(s, "actor")
    assert mine == found


@pytest.mark.parametrize(
    ("cue", "words", "who"),
    [
        ("said", "the Hill Front was behind the strike", "the Hill Front"),
        ("showed", "that aides knew the Hill Front was behind the strike", "the Hill Front"),
        ("blamed", "the strike on the Hill Front, not on the weather", "the Hill Front"),
    ],
)
def test_who_is_blamed_is_told_without_what_stands_before(cue: str, words: str, who: str) -> None:
    s, _ = struck(f"A strike hit Marda. A letter {cue} {words}.")
    s.claim("A letter", cue, words, act="accuse", kind="document")
    assert [v for v, how, _ in told(s, "actor") if how == "asserts"] == [who]
