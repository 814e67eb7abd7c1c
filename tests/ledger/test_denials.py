"""What a denial denies: who did it, a detail of it, or that it happened."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, struck, told

from accordingto.record import Participant, Quotation, Role


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


TAKEN_FOR_GRANTED = [
    "that it had paid the families of the eight people who were killed in the strike",
    "that it had received a warning before the strike that killed eight people",
    "that it had threatened the woman whose eight sons were killed in the strike",
]


@pytest.mark.parametrize("words", TAKEN_FOR_GRANTED)
@pytest.mark.parametrize("read", ["occurred", "denied"])
def test_a_denial_takes_for_granted_what_stands_in_a_clause_below(words: str, read: str) -> None:
    s = Story(f"The ministry denied {words}.")
    c = s.claim("The ministry", "denied", words, act="deny")
    v = s.event("strike", "strike", factuality=read, claims=(c,))
    s.figure("eight", 8, event=v, claims=(c,))
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]
    assert told(s, "killed") == [(8, "asserts", "Coast Wire")]
    assert told(s, "actor") == []


def test_who_denies_a_role_does_not_deny_the_dead() -> None:
    s = Story("The Front denied any role in the attack that killed eight people.")
    c = s.claim("The Front", "denied", "any role in the attack that killed eight people", act="deny")
    v = s.event("attack", "attack", claims=(c,))
    s.figure("eight", 8, event=v, claims=(c,))
    assert told(s, "actor") == [("The Front", "denies", "The Front")]
    assert told(s, "killed") == [(8, "asserts", "Coast Wire")]


def test_who_denies_a_count_denies_it() -> None:
    s = Story("A strike hit Marda. The army denied that eight people had been killed.")
    c = s.claim("The army", "denied", "that eight people had been killed", act="deny")
    v = s.event("strike", "strike", place=s.place("Marda"))
    s.figure("eight", 8, event=v, claims=(c,))
    assert (8, "denies", "The army") in told(s, "killed")


@pytest.mark.parametrize(
    "words",
    [
        "having spoken to the newspaper",
        "having received a warning",
        "ignoring safety rules",
        "that it had sold the building",
        "paying for the party",
    ],
)
def test_who_denies_another_deed_does_not_deny_to_be_the_doer(words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The council denied {words}.")
    s.claim("The council", "denied", words, act="deny")
    assert told(s, "actor") == []
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]


@pytest.mark.parametrize(
    "words",
    [
        "having bombed the town",
        "firing on the town",
        "carrying out the raid",
        "sending anyone to Marda",
        "that its fighters had been near the town",
        "having anything to do with it",
        "reports that its soldiers had attacked the town",
    ],
)
def test_who_denies_the_deed_in_other_words_denies_to_be_the_doer(words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The Front denied {words}.")
    s.claim("The Front", "denied", words, act="deny")
    assert told(s, "actor") == [("The Front", "denies", "The Front")]


@pytest.mark.parametrize("words", ["storing weapons in the mill", "using the school as a base"])
def test_who_denies_a_use_of_the_site_denies_only_that(words: str) -> None:
    s, _ = struck(f"A strike hit Marda. The Front denied {words}.")
    s.claim("The Front", "denied", words, act="deny")
    assert [how for _, how, _ in told(s, "use_of_site")] == ["denies"]
    assert told(s, "actor") == []


def test_who_denies_a_strike_is_no_doer_in_others_words() -> None:
    s = Story("Medics said that a strike hit Marda. The army denied that it had fired.")
    one = s.claim("Medics", "said", "that a strike hit Marda", kind="group")
    two = s.claim("The army", "denied", "that it had fired", act="deny")
    s.event("strike", "strike", actor="The army", factuality="denied", claims=(one, two))
    assert told(s, "actor") == [("The army", "denies", "The army")]


def test_a_spokesman_denies_for_his_body() -> None:
    s, _ = struck("A strike hit Marda. Yan Sokol of the Hill Front denied any role.")
    body = s.entity("Hill Front")
    s.claim("Yan Sokol", "denied", "any role", act="deny", kind="person")
    s.parts["E"][-1] = msgspec.structs.replace(s.parts["E"][-1], affiliation=body)
    assert told(s, "actor") == [("Hill Front", "denies", "Yan Sokol")]


def test_who_denies_hiding_a_count_denies_no_count() -> None:
    s, v = struck("A strike hit Marda and killed eight people. Officials denied hiding the number of dead.")
    s.figure("eight", 8, event=v)
    s.claim("Officials", "denied", "hiding the number of dead", act="deny", kind="group")
    assert told(s, "killed") == [(8, "asserts", "Coast Wire")]
    assert told(s, "actor") == []


@pytest.mark.parametrize("words", ["it had been warned of the strike", "that they were told of the strike"])
def test_who_denies_having_been_warned_denies_no_strike(words: str) -> None:
    s = Story(f"The council denied {words}.")
    c = s.claim("The council", "denied", words, act="deny")
    s.event("strike", "strike", place=None, factuality="claimed", claims=(c,))
    assert told(s, "actor") == []
    assert told(s, "happened") == []


def test_what_a_denied_link_is_with_is_not_denied() -> None:
    s = Story("The governor denied that the raid was linked to the election.")
    c = s.claim("The governor", "denied", "that the raid was linked to the election", act="deny")
    s.event("politics", "election", claims=(c,))
    assert (True, "denies", "The governor") not in told(s, "happened")


def test_a_rejected_accusation_names_no_doer() -> None:
    s, _ = struck("A strike hit Marda. The army rejected accusations that its troops had fired on the town.")
    s.claim("The army", "rejected", "accusations that its troops had fired on the town", act="deny")
    s.claim("The army", "accusations", "that its troops had fired on the town", act="accuse")
    assert {how for _, how, _ in told(s, "actor")} == {"denies"}


@pytest.mark.parametrize(
    "words", ["discuss the strike", "investigate the strike", "punish those behind the strike"]
)
@pytest.mark.parametrize("how", ["claimed", "possible"])
def test_who_will_not_speak_of_a_deed_or_look_into_it_does_not_deny_it(words: str, how: str) -> None:
    s = Story(f"The mayor said that Marda was hit. The army refused to {words}.")
    said = s.claim("The mayor", "said", "that Marda was hit")
    c = s.claim("The army", "refused", f"to {words}", act="refuse")
    s.event("strike", "hit", place=s.place("Marda"), factuality="claimed", claims=(said,))
    s.event("strike", "strike", actor="The army", factuality=how, claims=(c,))
    against = [x for a in accounts(s) for x in a.statements if x.stance == "denies"]
    assert (against, told(s, "actor")) == ([], [])


@pytest.mark.parametrize(
    ("words", "trigger", "how"),
    [("to free the captives", "free", "negated"), ("to carry out the raid", "raid", "possible")],
)
def test_who_refuses_to_do_a_thing_has_not_done_it(words: str, trigger: str, how: str) -> None:
    s = Story(f"The army refused {words}.")
    c = s.claim("The army", "refused", words, act="refuse")
    s.event("attack", trigger, actor="The army", factuality=how, claims=(c,))
    assert told(s, "happened") == [(True, "denies", "The army")]
    assert told(s, "actor") == []


def test_a_count_within_what_somebody_refuses_to_look_into_is_not_denied() -> None:
    s = Story("The army refused to investigate the strike that killed nine people.")
    c = s.claim("The army", "refused", "to investigate the strike that killed nine people", act="refuse")
    v = s.event("strike", "strike", factuality="claimed", claims=(c,))
    s.figure("nine", 9, event=v, claims=(c,))
    assert told(s, "killed") == [(9, "asserts", "Coast Wire")]


def test_who_denies_having_done_it_says_nothing_of_whom_it_hit() -> None:
    s = Story("Shells hit Marda. The Front denied that its fighters had fired on the market.")
    c = s.claim("The Front", "denied", "that its fighters had fired on the market", act="deny")
    s.event("strike", "fired", target="the market", factuality="denied", claims=(c,))
    assert told(s, "actor") == [("The Front", "denies", "The Front")]
    assert (told(s, "target"), told(s, "happened")) == ([], [])


@pytest.mark.parametrize(
    "words",
    [
        "that, after the truce began, {}",
        "that when the crowd came, {}",
        "reports that once the rain stopped, {}",
        "that it paid families, or that {}",
    ],
)
def test_a_clause_that_opens_a_denial_is_not_what_is_denied(words: str) -> None:
    told_so = words.format("police shot the marchers")
    s = Story(f"The governor denied {told_so}.")
    c = s.claim("The governor", "denied", told_so, act="deny")
    s.event("repression", "shot", actor="police", factuality="denied", claims=(c,))
    assert told(s, "happened") == [(True, "denies", "The governor")]


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("it foiled an attack on Marda and killed six rebels", "asserts"),
        ("it foiled an attack on Marda, killing six rebels", "asserts"),
        ("it foiled an attack that would have killed six", "denies"),
        ("there was no attack and no raid that killed six", "denies"),
    ],
)
def test_whom_a_foiled_attack_cost_their_lives_is_told(words: str, how: str) -> None:
    s = Story(f"The army said {words}.")
    c = s.claim("The army", "said", words)
    v = s.event("attack", "attack", factuality="negated", claims=(c,))
    s.figure("six", 6, event=v, claims=(c,))
    assert told(s, "killed") == [(6, how, "The army")]


def test_what_a_denial_tells_by_the_way_is_given_and_the_rest_of_it_is_denied() -> None:
    words = "that the army, which has shelled Marda for weeks, had used fire bombs"
    s = Story(f"The minister denied {words}.")
    c = s.claim("The minister", "denied", words, act="deny")
    s.event("strike", "shelled", actor="the army", place=s.place("Marda"), claims=(c,))
    fire = Participant(Role.INSTRUMENT, None, s.at("fire bombs"))
    s.parts["V"][0] = msgspec.structs.replace(
        s.parts["V"][0], participants=(*s.parts["V"][0].participants, fire)
    )
    assert told(s, "happened") == [(True, "asserts", "Coast Wire")]
    assert told(s, "actor") == [("the army", "asserts", "Coast Wire")]
    assert told(s, "instrument") == []


def test_a_clause_goes_on_behind_what_is_told_by_the_way() -> None:
    words = "that its guards, who hold the mill, had shot the miller"
    s = Story(f"The Front denied {words}.")
    c = s.claim("The Front", "denied", words, act="deny")
    s.event("killing", "shot", factuality="denied", claims=(c,))
    assert told(s, "actor") == [("The Front", "denies", "The Front")]
    assert told(s, "happened") == []


def test_what_somebody_will_not_allow_is_not_told_as_done() -> None:
    s = Story("The general refused to allow an inquiry into the fire.")
    c = s.claim("The general", "refused", "to allow an inquiry into the fire", act="refuse")
    s.event("investigation", "inquiry", factuality="possible", claims=(c,))
    assert told(s, "happened") == [(True, "uncertain", "Coast Wire")]


@pytest.mark.parametrize(
    ("words", "how"),
    [
        ("no shells had arrived", "denies"),
        ("that none of the shells had ever arrived", "denies"),
        ("that guns and no more than 20 shells had arrived", "asserts"),
        ("no fewer than 20 shells had arrived", "asserts"),
    ],
)
def test_what_none_of_which_came_did_not_happen(words: str, how: str) -> None:
    s = Story(f"A Belmar firm sold shells. The Front said {words}.")
    c = s.claim("The Front", "said", words)
    s.event("arms_transfer", "arrived", actor="A Belmar firm", target="shells", claims=(c,))
    against = [
        (v, by) for f in ("happened", "actor", "target") for v, how, by in told(s, f) if how == "denies"
    ]
    assert (True, how, "The Front") in told(s, "happened")
    assert against == ([(True, "The Front")] if how == "denies" else [])


@pytest.mark.parametrize("words", ["There was no such raid", "No raid took place"])
def test_who_says_that_there_was_none_clears_himself_of_nothing(words: str) -> None:
    s = Story(f"A raid hit Marda. “{words},” said Yan Sokol.")
    c = s.claim("Yan Sokol", "said", f"{words},", act="deny", kind="person")
    s.event("attack", "raid", factuality="denied", claims=(c,))
    assert told(s, "actor") == []
    assert (True, "denies", "Yan Sokol") in told(s, "happened")


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("Clinics are not targets", False),
        ("Clinics and schools must never be targets", False),
        ("A clinic is no target", False),
        ("The clinic was not a target", True),
        ("Clinics were not targeted", True),
        ("Our clinics are not targets", True),
    ],
)
def test_who_says_what_may_never_be_hit_does_not_deny_what_was(words: str, denied: bool) -> None:
    s, _ = struck(f"A strike hit a clinic in Marda. “{words},” said Yan Sokol.")
    s.claim("Yan Sokol", "said", f"{words},", act="deny", kind="person")
    assert [by for _, how, by in told(s, "target") if how == "denies"] == ["Yan Sokol"] * denied


@pytest.mark.parametrize(
    ("deed", "laid"),
    [
        ("counting some bodies twice", False),
        ("failing to warn the town", False),
        ("ignoring the strike", False),
        ("having covered up the strike", False),
        ("carrying out the strike", True),
        ("deliberately shelling the town", True),
        ("being behind it", True),
        ("planning the strike", True),
        ("committing a war crime", True),
        ("the strike", True),
    ],
)
def test_who_is_accused_of_something_else_did_not_do_it(deed: str, laid: bool) -> None:
    s, _ = struck(
        f"A strike hit Marda. The mayor accused the council of {deed}. The council said no. It denied that."
    )
    s.claim("The mayor", "accused", f"the council of {deed}", act="accuse")
    s.claim("The council", "denied", "that", act="deny")
    doers = [("the council", "asserts", "The mayor"), ("the council", "denies", "The council")]
    assert told(s, "actor") == (doers if laid else [])
    assert (True, "denies", "The council") not in told(s, "happened")


@pytest.mark.parametrize(
    "words",
    [
        "he had been visiting his sister and was never abducted",
        "he had left and wasn't abducted",
        "he was not abducted",
    ],
)
def test_who_says_that_he_was_not_abducted_denies_that_it_happened(words: str) -> None:
    s = Story(f"Gunmen seized a priest in Marda. Father Yan said that {words}.")
    s.event("detention", "seized", place=s.place("Marda"))
    c = s.claim("Father Yan", "said", f"that {words}", kind="person")
    s.event("detention", "abducted", factuality="negated", claims=(c,))
    found = [(x.field, x.value) for x in accounts(s)[1].statements if x.stance == "denies"]
    assert found == [("happened", True)]


def test_a_victim_s_denial_of_what_others_told_before() -> None:
    s = Story("Gunmen abducted a priest. Father Yan said that he had left and wasn't abducted.")
    c = s.claim("Father Yan", "said", "that he had left and wasn't abducted", kind="person")
    s.event("detention", "abducted", claims=(c,))
    assert (True, "denies", "Father Yan") in told(s, "happened")
    assert (True, "asserts", "Father Yan") not in told(s, "happened")


def test_who_says_that_it_abducted_nobody_was_not_the_doer() -> None:
    s = Story("Gunmen abducted a priest. The Front said that it had not abducted anyone.")
    c = s.claim("The Front", "said", "that it had not abducted anyone")
    s.event("detention", "abducted#2", factuality="negated", claims=(c,))
    assert told(s, "actor") == [("The Front", "denies", "The Front")]


SECOND = [
    "Most of them were old, it said.",
    "“My house is gone,” said Yan Sokol.",
    "The mayor declined to comment.",
]


def reported(
    between: str, answer: str, *, first: str = "The army shelled Marda, killing four monks"
) -> Story:
    """A claim that tells a deed, a second one that tells none, and the army's answer."""
    s = Story(f"{first}, a council said. {between} The army {answer}.")
    s.entity("The army")
    c = s.claim("a council", "said", first, kind="anonymous")
    if "it said" in between:
        s.claim("it", "said#2", "Most of them were old", kind="anonymous")
        s.parts["C"][-1] = msgspec.structs.replace(s.parts["C"][-1], source=s.parts["C"][0].source)
    elif "Sokol" in between:
        s.claim("Yan Sokol", "said#2", "My house is gone,", kind="person")
        s.parts["C"][-1] = msgspec.structs.replace(s.parts["C"][-1], quotation=Quotation.DIRECT)
    elif between:
        s.claim("The mayor", "declined", "to comment", act="decline", kind="person")
    v = s.event("strike", "shelled", actor="The army", factuality="claimed", claims=(c,))
    if "four" in first:
        s.figure("four", 4, event=v, claims=(c,))
    cue, words = answer.split(maxsplit=1)
    s.claim("The army#2", cue, words, act="deny")
    return s


@pytest.mark.parametrize("answer", ["denied it", "denied the allegations", "rejected the accusation"])
@pytest.mark.parametrize("between", ["", *SECOND])
def test_an_answer_goes_to_the_deed_behind_what_tells_none(between: str, answer: str) -> None:
    s = reported(between, answer)
    assert [x for x in told(s, "happened") if x[1] == "denies"] == [(True, "denies", "The army")]


@pytest.mark.parametrize(
    "answer",
    [
        "rejected the claim",
        "denied it",
        "dismissed the accusation",
        "called the accusation false",
        "called the report false",
    ],
)
def test_who_rejects_a_claim_that_tells_a_deed_denies_no_count_alone(answer: str) -> None:
    s = reported("", answer)
    assert (True, "denies", "The army") in told(s, "happened")
    assert told(s, "killed") == [(4, "asserts", "a council")]


@pytest.mark.parametrize(("words", "denied"), [("This is a lie", True), ("This is no lie", False)])
def test_this_is_a_lie(words: str, denied: bool) -> None:
    s = Story(f"The army shelled Marda, a council said. “{words},” a spokesman said.")
    c = s.claim("a council", "said", "The army shelled Marda", kind="anonymous")
    s.claim("a spokesman", "said#2", f"{words},", act="deny", kind="anonymous")
    s.event("strike", "shelled", factuality="claimed", claims=(c,))
    assert ((True, "denies", "a spokesman") in told(s, "happened")) is denied


@pytest.mark.parametrize("first", ["40 people died", "40 people were killed in the strike"])
def test_who_rejects_a_claim_that_only_counts_denies_the_count(first: str) -> None:
    s = Story(f"A strike hit Marda. The council said {first}. The army rejected the claim.")
    c = s.claim("The council", "said", first)
    s.claim("The army", "rejected", "the claim", act="deny")
    v = s.event("strike", "strike", claims=(c,) if "strike" in first else ())
    s.figure("40", 40, event=v, claims=(c,))
    assert ("The army", "denies") in [(by, how) for _, how, by in told(s, "killed")]
    assert (True, "denies", "The army") not in told(s, "happened")


def test_who_rejects_a_claim_and_counts_himself_denies_the_count() -> None:
    s = Story(
        "A blast in Marda killed 30, a council said. The army rejected the claim and put the toll at eight."
    )
    c = s.claim("a council", "said", "A blast in Marda killed 30", kind="anonymous")
    s.claim("The army", "rejected", "the claim", act="deny")
    e = s.claim("The army#1", "put", "the toll at eight")
    v = s.event("bombing", "blast", claims=(c,))
    s.figure("30", 30, event=v, claims=(c,))
    s.figure("eight", 8, event=v, claims=(e,))
    assert (30, "denies", "The army") in told(s, "killed")
    assert (True, "denies", "The army") not in told(s, "happened")


def test_an_answer_to_a_later_claim_with_a_deed_of_its_own() -> None:
    s = Story(
        "Soldiers killed nine men, a council said. Troops arrested its head, a council said. The army denied the allegation."
    )
    one = s.claim("a council", "said", "Soldiers killed nine men", kind="anonymous")
    two = s.claim("a council#2", "said#2", "Troops arrested its head", kind="anonymous")
    s.claim("The army", "denied", "the allegation", act="deny")
    s.event("killing", "killed", actor="Soldiers", factuality="claimed", claims=(one,))
    s.event("detention", "arrested", factuality="claimed", claims=(two,))
    first, second = accounts(s)
    assert [x.by for x in first.statements if x.stance == "denies"] == []
    assert [x.by for x in second.statements if x.stance == "denies"] == ["The army"]


def test_the_report_is_all_that_was_told_of_one_thing() -> None:
    s = Story(
        "Belmar sent crates of rockets, two officials said.\n\nThe rockets arrived in May, two officials said. Belmar denied the report."
    )
    one = s.claim("two officials", "said", "Belmar sent crates of rockets", kind="anonymous")
    two = s.claim("two officials#2", "said#2", "The rockets arrived in May", kind="anonymous")
    s.claim("Belmar#2", "denied", "the report", act="deny")
    s.event("arms_transfer", "sent", target="crates of rockets", factuality="claimed", claims=(one,))
    s.event("arms_transfer", "arrived", target="The rockets", factuality="claimed", claims=(two,))
    assert [[x.by for x in a.statements if x.stance == "denies"] for a in accounts(s)] == [["Belmar"]] * 2


@pytest.mark.parametrize(("words", "own"), [("overloaded", 1), ("hit", 2)])
def test_a_state_that_some_tell_and_others_deny_is_no_accident(words: str, own: int) -> None:
    s = Story(
        f"A ferry sank off Marda. Survivors said it was {words}. The owner denied that the boat was {words}."
    )
    one = s.claim("Survivors", "said", f"it was {words}", kind="group")
    two = s.claim("The owner", "denied", f"that the boat was {words}", act="deny")
    s.event("accident", "sank", place=s.place("Marda"))
    s.event("accident", words, factuality="denied", claims=(one, two))
    assert len(accounts(s)) == own
