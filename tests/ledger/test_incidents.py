from __future__ import annotations

import random

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Location
from accordingto.ledger.incidents import Incident, Ruling, build
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe
from accordingto.ledger.titles import days


def army_and_medics() -> Story:
    s = Story(
        "A drone strike on a depot in Marda killed six people on Monday, the ambulance service said. The Eastern "
        "Command said its aircraft had hit a weapons store. It did not say whether civilians had been killed. The "
        "Front denied that it stored arms at the site.",
        outlet="Coast Wire",
    )
    c1 = s.claim(
        "the ambulance service", "said", "A drone strike on a depot in Marda killed six people on Monday"
    )
    c2 = s.claim("The Eastern Command", "said#2", "its aircraft had hit a weapons store", party="XAA MIL")
    s.claim("It", "did not say", "whether civilians had been killed", act="silent", party="XAA MIL")
    s.claim("The Front", "denied", "that it stored arms at the site", act="deny", party="XAA REB")
    day, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    v = s.event(
        "strike", "strike", actor="The Eastern Command", target="a depot", on=day, place=town,
        factuality="claimed", claims=(c1, c2),
    )  # fmt: skip
    s.figure("six", 6, event=v, claims=(c1,))
    return s


def rival() -> Story:
    s = Story(
        "The army said nine fighters died in Monday's strike on the depot in Marda. The ambulance service said the "
        "dead were eight. A witness denied that the army was responsible.",
        published="2031-03-05",
        outlet="Courier",
    )
    c1 = s.claim(
        "The army", "said", "nine fighters died in Monday's strike on the depot in Marda", party="XAA MIL"
    )
    c2 = s.claim("The ambulance service", "said#2", "the dead were eight")
    c3 = s.claim("A witness", "denied", "that the army was responsible", act="deny", kind="anonymous")
    v = s.event(
        "strike", "strike", target="the depot", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"),
        factuality="claimed", claims=(c1, c2, c3),
    )  # fmt: skip
    s.figure("nine", 9, event=v, claims=(c1,), of="fighters")
    s.figure("eight", 8, event=v, claims=(c2,))
    return s


def incident(*stories: Story, ruling: Ruling = Ruling(), origins: dict[str, str] | None = None) -> Incident:
    accounts = [a for s in stories for a in observe(s.record(), s.raw.name, knowledge())]
    return build(accounts, origins or {}, ruling)


def stances(found: Incident, field: str) -> list[tuple[object, str, str | None]]:
    return [(v.value, v.stance, v.by) for v in found.fields[field].values]


def test_one_report() -> None:
    found = incident(army_and_medics())
    assert found.title == "Strike on a depot, Marda, 3 March 2031"
    assert (found.earliest, found.latest, found.review, found.origins) == (
        "2031-03-03",
        "2031-03-03",
        "machine",
        1,
    )
    killed = found.fields["killed"]
    assert (killed.state, killed.low, killed.best, killed.high) == ("single-source", 6, 6, 6)
    assert (None, "silent", "It") in stances(found, "killed")
    assert found.fields["use_of_site"].state == "contested"
    assert {s for _, s, _ in stances(found, "use_of_site")} == {"asserts", "denies"}
    assert found.fields["happened"].state == "agreed"
    assert found.state == "contested"
    assert found.fields["wounded"].state == "unknown"
    span = killed.values[0].span
    assert span is not None
    assert span.text == "six"


def test_a_rival_account_and_a_risen_toll() -> None:
    found = incident(army_and_medics(), rival())
    assert found.origins == 2
    killed = found.fields["killed"]
    assert (killed.best, killed.state) == (8, "single-source")  # six was the same voice, two days before
    assert (9, "asserts", "The army") in stances(found, "killed")  # kept, though it counts fighters only
    actor = stances(found, "actor")
    assert ("The Eastern Command", "asserts", "The Eastern Command") in actor
    assert ("the army", "denies", "A witness") in actor
    assert found.grading.value == "confirmed"


def test_a_belligerent_who_says_so_confirms() -> None:
    s = Story("The army said that it had struck Marda on Monday.")
    c = s.claim("The army", "said", "it had struck Marda on Monday", party="XAA MIL")
    s.event(
        "strike", "struck", actor="The army", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"),
        factuality="claimed", claims=(c,),
    )  # fmt: skip
    found = incident(s)
    assert found.grading.value == "confirmed"
    assert found.grading.reasons[0] == "The army says that it did it"


def test_who_denies_a_deed_does_not_confirm_it() -> None:
    s = Story("The army said that it had struck Marda. Medics saw the strike. The army denied the strike.")
    own = s.claim("The army", "said", "it had struck Marda", party="XAA MIL")
    seen = s.claim("Medics", "saw", "the strike", kind="anonymous")
    denied = s.claim("The army#2", "denied", "the strike#2", act="deny", party="XAA MIL")
    s.event(
        "strike",
        "struck",
        actor="The army",
        place=s.place("Marda"),
        factuality="denied",
        claims=(own, seen, denied),
    )
    found = incident(s)
    assert found.grading.value != "confirmed"
    assert "The army denies it" in found.grading.reasons


@pytest.mark.parametrize(
    ("denied", "admitted", "grade"),
    [("2031-03-04", "2031-03-20", "confirmed"), ("2031-03-20", "2031-03-04", "contested")],
)
def test_who_gives_up_a_denial_confirms(denied: str, admitted: str, grade: str) -> None:
    first = Story("Medics said the army had struck Marda on March 3.", published="2031-03-03")
    seen = first.claim("Medics", "said", "the army had struck Marda on March 3", kind="anonymous")
    no = Story("The army denied that it had struck Marda on March 3.", published=denied)
    not_us = no.claim(
        "The army", "denied", "that it had struck Marda on March 3", act="deny", party="XAA MIL"
    )
    yes = Story("The army admitted that it had struck Marda on March 3.", published=admitted)
    us = yes.claim("The army", "admitted", "that it had struck Marda on March 3", party="XAA MIL")
    for s, actor, fate, claim in (
        (first, "the army", "claimed", seen),
        (no, "The army", "denied", not_us),
        (yes, "The army", "claimed", us),
    ):
        day = s.time("March 3", "2031-03-03")
        s.event(
            "strike", "struck", actor=actor, on=day, place=s.place("Marda"), factuality=fate, claims=(claim,)
        )
    found = incident(first, no, yes)
    assert found.grading.value == grade
    assert ("The army denies it" in found.grading.reasons) is (grade != "confirmed")


def test_a_denied_shipment() -> None:
    s = Story("Belmar denied sending drones to Aland.")
    c = s.claim("Belmar", "denied", "sending drones to Aland", act="deny")
    s.event("arms_transfer", "sending", factuality="denied", claims=(c,))
    found = incident(s)
    assert found.fields["happened"].state == "denied"
    assert (found.state, found.grading.value) == ("denied", "discounted")


def test_copies_are_one_voice() -> None:
    def told(outlet: str) -> Story:
        s = Story(f"{outlet}: A strike hit Marda on Monday.", outlet=outlet)
        s.event("strike", "strike", on=s.time("Monday", "2031-03-03"), place=s.place("Marda"))
        return s

    a, b = told("Coast"), told("Harbour")
    assert incident(a, b).grading.value == "fair"
    ids = {s.document.id: "one" for s in (a, b)}
    copied = incident(a, b, origins=ids)
    assert (copied.grading.value, copied.origins, copied.fields["happened"].state) == (
        "weak",
        1,
        "single-source",
    )
    assert len(copied.fields["happened"].values) == 2


def test_contested_tolls_of_one_day() -> None:
    s = Story("The mayor said that the strike killed six. The army said that it killed two.")
    c1 = s.claim("The mayor", "said", "the strike killed six")
    c2 = s.claim("The army", "said#2", "it killed two")
    v = s.event("strike", "strike", factuality="claimed", claims=(c1, c2))
    s.figure("six", 6, event=v, claims=(c1,))
    s.figure("two", 2, event=v, claims=(c2,))
    killed = incident(s).fields["killed"]
    assert (killed.state, killed.low, killed.high) == ("contested", 2, 6)


def test_at_least_five_and_seven_agree() -> None:
    s = Story("The mayor said that the strike killed at least five. The army said that it killed seven.")
    c1 = s.claim("The mayor", "said", "the strike killed at least five")
    c2 = s.claim("The army", "said#2", "it killed seven")
    v = s.event("strike", "strike", factuality="claimed", claims=(c1, c2))
    s.parts["F"].clear()
    s.figure("at least five", 5, event=v, claims=(c1,), low=5)
    f = s.parts["F"][0]
    s.parts["F"][0] = type(f)(f.id, f.span, 5, 5, None, f.measure, f.unit, event=v, claims=(c1,))
    s.figure("seven", 7, event=v, claims=(c2,))
    assert incident(s).fields["killed"].state == "agreed"


@pytest.mark.parametrize("seed", range(20))
def test_order_makes_no_difference(seed: int) -> None:
    accounts = [a for s in (army_and_medics(), rival()) for a in observe(s.record(), s.raw.name, knowledge())]
    mixed = accounts[:]
    random.Random(seed).shuffle(mixed)
    assert build(mixed, {}).to_dict() == build(accounts, {}).to_dict()


def test_what_people_judged() -> None:
    ruling = Ruling(wrong=(("killed", 6),), place=Location("Upper Marda", "XAA"), review="reviewed")
    found = incident(army_and_medics(), ruling=ruling)
    assert found.fields["killed"].best is None
    assert found.place is not None
    assert (found.place.name, found.review) == ("Upper Marda", "reviewed")


def test_json_is_the_contracts() -> None:
    row = incident(army_and_medics()).to_dict()
    assert list(row) == [
        "id", "type", "title", "earliest", "latest", "place", "reports", "origins", "events", "state", "grading",
        "review", "fields", "provenance", "corrected",
    ]  # fmt: skip
    assert list(row["fields"]) == [
        "happened", "actor", "target", "use_of_site", "killed", "wounded", "when", "where", "instrument",
    ]  # fmt: skip
    assert set(row["fields"]["killed"]) == {"state", "values", "low", "best", "high"}
    assert set(row["fields"]["actor"]) == {"state", "values"}
    assert list(row["fields"]["killed"]["values"][0]) == [
        "value", "stance", "by", "kind", "party", "report", "claim", "span",
    ]  # fmt: skip


def test_dates_in_words() -> None:
    from datetime import date

    assert days(date(2031, 3, 6), date(2031, 3, 7)) == "6–7 March 2031"
    assert days(date(2031, 2, 28), date(2031, 3, 1)) == "28 February–1 March 2031"
    assert days(date(2030, 12, 31), date(2031, 1, 1)) == "31 December 2030–1 January 2031"
    assert days(None, None) is None
    assert days(None, date(2031, 1, 1)) == "reported 1 January 2031"


def test_what_no_report_tells_is_not_guessed() -> None:
    s = Story("A strike killed two, people in Marda said.")
    s.place("Marda")
    s.event("strike", "strike")
    found = incident(s)
    assert (found.earliest, found.latest, found.place) == (None, "2031-03-04", None)
    assert found.title == "Strike, reported 4 March 2031"


def two_towns(second: str) -> Story:
    s = Story(
        f"A strike in Marda killed nine people, the town's council said. Two people died in a strike {second}, medics "
        "said.",
        "2031-03-05",
    )
    a = s.claim("the town's council", "said", "A strike in Marda killed nine people")
    b = s.claim("medics", "said#2", f"Two people died in a strike {second}")
    day = {"on": None, "place": s.place("Marda"), "factuality": "claimed"}
    one = s.event("strike", "strike", claims=(a,), **day)  # type: ignore[arg-type]
    two = s.event("strike", "strike#2", claims=(b,), **day)  # type: ignore[arg-type]
    if "Tel Rif" in second:
        s.place("Tel Rif")
    s.figure("nine", 9, event=one, claims=(a,))
    s.figure("Two", 2, event=two, claims=(b,))
    return s


def test_counts_of_two_towns_in_one_report_are_no_contest() -> None:
    assert incident(two_towns("in Tel Rif")).fields["killed"].state == "single-source"
    assert incident(two_towns("there")).fields["killed"].state == "contested"


def test_of_a_reports_two_towns_the_one_that_others_tell_counts() -> None:
    other = Story("A strike in Marda killed nine people, rescuers said.", "2031-03-06", outlet="Courier")
    c = other.claim("rescuers", "said", "A strike in Marda killed nine people")
    v = other.event("strike", "strike", place=other.place("Marda"), factuality="claimed", claims=(c,))
    other.figure("nine", 9, event=v, claims=(c,))
    killed = incident(two_towns("in Tel Rif"), other).fields["killed"]
    assert (killed.state, killed.low, killed.high) == ("agreed", 9, 9)


def test_a_first_toll_that_was_given_up_is_no_count() -> None:
    s = Story("A strike in Marda killed nine people. Reports put the first toll at four.", "2031-03-05")
    v = s.event("strike", "strike", place=s.place("Marda"))
    s.figure("nine", 9, event=v)
    s.figure("four", 4, event=v)
    assert stances(incident(s), "killed") == [(9, "asserts", "Coast Wire")]


def test_gunmen_are_no_answer_to_a_denial() -> None:
    s = Story("Gunmen attacked Marda. The Coast Front denied any role in the attack.", "2031-03-05")
    c = s.claim("The Coast Front", "denied", "any role in the attack", act="deny", party="XAA REB")
    v = s.event("attack", "attacked", actor="Gunmen", place=s.place("Marda"))
    assert v
    assert c
    assert incident(s).fields["actor"].state == "denied"


def shelling(deed: str, aimed: str, hit: str) -> Story:
    s = Story(
        f"The army {deed} {aimed} in Marda on Monday, a spokesman said. {hit} damaged, teachers said.",
        "2031-03-04",
    )
    a = s.claim("a spokesman", "said", f"The army {deed} {aimed} in Marda on Monday", kind="anonymous")
    b = s.claim("teachers", "said#2", f"{hit} damaged", kind="anonymous")
    day, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    kind = "clash" if deed == "fought" else "strike"
    s.event(kind, deed, actor="The army", target=aimed, on=day, place=town, factuality="claimed", claims=(a,))
    s.event(
        "destruction",
        "damaged",
        target=hit.removesuffix(" were"),
        on=day,
        place=town,
        factuality="claimed",
        claims=(b,),
    )
    return s


@pytest.mark.parametrize(
    ("deed", "aimed", "line"), [("shelled", "rebel positions", "Strike on"), ("fought", "rebels", "Clash:")]
)
def test_what_was_damaged_beside_the_target_is_no_rival_of_it(deed: str, aimed: str, line: str) -> None:
    found = incident(shelling(deed, aimed, "Two schools were"))
    assert found.title == f"{line} {aimed}, Marda, 3 March 2031"
    assert found.fields["target"].state == "single-source"
    assert {v for v, _, _ in stances(found, "target")} == {aimed, "Two schools"}


def test_what_was_damaged_is_told_where_no_target_is() -> None:
    s = Story("Shelling in Marda damaged two schools on Monday.")
    day, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    s.event("strike", "Shelling", on=day, place=town)
    s.event("destruction", "damaged", target="two schools", on=day, place=town)
    found = incident(s)
    assert found.title == "Strike on two schools, Marda, 3 March 2031"
    assert found.fields["target"].state == "single-source"


def test_the_dead_rival_the_target_that_a_side_tells() -> None:
    s = Story("The army said that a strike hit militants in Marda. Medics said that it killed civilians.")
    a = s.claim("The army", "said", "a strike hit militants in Marda")
    b = s.claim("Medics", "said#2", "it killed civilians", kind="anonymous")
    town = s.place("Marda")
    s.event("strike", "strike", target="militants", place=town, factuality="claimed", claims=(a,))
    s.event("killing", "killed", target="civilians", place=town, factuality="claimed", claims=(b,))
    assert incident(s).fields["target"].state == "contested"


def test_the_day_of_another_deed_is_not_shown_as_this_one_s() -> None:
    s = Story("Troops in Marda freed pupils who were abducted on Monday.", "2031-03-06")
    monday, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    s.event("release", "freed", target="pupils", on=monday, place=town)
    s.event("detention", "abducted", on=monday, place=town)
    freed, abducted = (build([a], {}) for a in observe(s.record(), s.raw.name, knowledge()))
    assert (freed.earliest, freed.latest) == (None, "2031-03-06")
    assert freed.title == "Release of pupils, Marda, reported 6 March 2031"
    assert (abducted.earliest, abducted.latest) == ("2031-03-03", "2031-03-03")


@pytest.mark.parametrize(
    ("text", "deed", "other"),
    [
        ("Rebels seized Marda on Monday after two days of fighting.", "seized", "fighting"),
        ("The firm shipped shells to Marda on Monday in breach of an embargo.", "shipped", "embargo"),
        ("Police arrested four men in Marda on Monday after a protest.", "arrested", "protest"),
        ("After a protest, police arrested four men in Marda on Monday.", "arrested", "protest"),
        ("On Monday, despite a truce, troops shelled Marda.", "shelled", "truce"),
        ("Militants abducted on Monday were freed in Marda.", "abducted", "freed"),
    ],
)
def test_a_deed_keeps_its_day_beside_a_nearer_word_for_another(text: str, deed: str, other: str) -> None:
    s = Story(text, "2031-03-06")
    monday, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    types = {"seized": "territory", "shipped": "arms_transfer", "shelled": "strike", "truce": "ceasefire"}
    for word in sorted((deed, other), key=text.index):
        s.event(types.get(word, "detention"), word, on=monday, place=town)
    found = {a.told: build([a], {}) for a in observe(s.record(), s.raw.name, knowledge())}
    assert (found[deed].earliest, found[deed].latest) == ("2031-03-03", "2031-03-03")
    assert found[deed].fields["when"].state == "single-source"
    assert found[other].earliest is None


@pytest.mark.parametrize(
    "text",
    [
        "Jets bombed Marda on Monday, killing nine people.",
        "Jets bombed Marda before dawn on Monday, killing nine people.",
        "On Monday jets bombed Marda in a raid over the river, killing nine people.",
    ],
)
def test_two_deeds_of_one_day_both_keep_it(text: str) -> None:
    s = Story(text, "2031-03-06")
    monday, town = s.time("Monday", "2031-03-03"), s.place("Marda")
    s.event("strike", "bombed", on=monday, place=town)
    s.event("killing", "killing", on=monday, place=town)
    found = [build([a], {}).earliest for a in observe(s.record(), s.raw.name, knowledge())]
    assert found == ["2031-03-03", "2031-03-03"]
