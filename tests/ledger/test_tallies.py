"""Which counts of the dead and wounded are an event's own, and of whom they are."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, struck, told

from accordingto.ledger.contest import settle


def killed_by(s: Story) -> list[tuple[object, str | None]]:
    """Each count of the dead with the part that it counts."""
    return [(x.value, x.part) for a in accounts(s) for x in a.statements if x.field == "killed"]


def counted(text: str, *numbers: tuple[str, int, str]) -> Story:
    """A report of one strike whose dead are counted in a claim by the mayor."""
    s, v = struck(f"{text}, the mayor said.")
    c = s.claim("the mayor", "said", text)
    for words, number, of in numbers:
        s.figure(words, number, event=v, claims=(c,), of=of)
    return s


def test_deaths_told_together_are_one_count() -> None:
    s = counted(
        "A strike on Marda killed two nurses and three villagers",
        ("two", 2, "nurses"),
        ("three", 3, "villagers"),
    )
    assert killed_by(s) == [(5, None), (2, "medics")]
    s = counted(
        "A strike on Marda killed four men, three women and two children",
        ("four", 4, "men"), ("three", 3, "women"), ("two", 2, "children"),
    )  # fmt: skip
    assert killed_by(s) == [(9, None), (3, "women"), (2, "children")]
    s = counted(
        "A strike on Marda killed six soldiers and two rebels", ("six", 6, "soldiers"), ("two", 2, "rebels")
    )
    assert killed_by(s) == [(8, "fighters")]


def test_some_of_those_counted_are_no_count_of_all() -> None:
    s = counted(
        "A strike on Marda killed nine people, including four Danes",
        ("nine", 9, "people"),
        ("four", 4, "Danes"),
    )
    assert killed_by(s) == [(9, None), (4, "some")]
    text = "A strike on Marda killed nine people. The dead included four women and five men"
    s = counted(text, ("nine", 9, "people"), ("four", 4, "women"), ("five", 5, "men"))
    assert killed_by(s) == [(9, None), (4, "women"), (5, "some")]


def test_three_of_them_children_are_children() -> None:
    s = counted(
        "A strike on Marda killed nine people, three of them children",
        ("nine", 9, "nine people"),
        ("three", 3, "three"),
    )
    assert killed_by(s) == [(9, None), (3, "children")]


def test_the_dead_of_long_ago_are_not_the_events() -> None:
    s = Story(
        "A quake struck Marda on Monday, killing 12. It was the first since 2015, when 9,000 people died."
    )
    v = s.event("disaster", "quake", place=s.place("Marda"), on=s.time("Monday", "2031-03-03"))
    s.time("2015", "2015-01-01", "2015-12-31")
    s.figure("12", 12, event=v)
    s.figure("9,000", 9000)
    assert killed_by(s) == [(12, None)]


@pytest.mark.parametrize(
    "text",
    [
        "No one was killed",
        "nobody had been killed or hurt",
        "the blast killed no one",
        "there were no casualties",
        "it caused no deaths",
        "it went off without casualties",
    ],
)
def test_who_says_that_nobody_was_killed_counts_none(text: str) -> None:
    s, v = struck(
        f"A strike hit Marda. The mayor said that {text}. Medics said that two soldiers were killed."
    )
    s.claim("The mayor", "said", text)
    c = s.claim("Medics", "said#2", "that two soldiers were killed")
    s.figure("two", 2, event=v, claims=(c,), of="soldiers")
    assert told(s, "killed") == [(0, "asserts", "The mayor"), (2, "asserts", "Medics")]
    killed = settle([x for a in accounts(s) for x in a.statements], {})["killed"]
    assert (killed.state, killed.low, killed.high) == ("contested", 0, 2)


@pytest.mark.parametrize(
    "text",
    [
        "no one else was killed",
        "no one was killed by its forces",
        "no casualties were reported",
        "he hoped that nobody was killed",
        "no deaths among its soldiers",
        "no one was arrested",
    ],
)
def test_who_says_less_counts_nobody(text: str) -> None:
    s, _ = struck(f"A strike hit Marda. The mayor said that {text}.")
    s.claim("The mayor", "said", text)
    assert told(s, "killed") == []


def test_a_count_of_none_is_not_outgrown() -> None:
    s, _ = struck("A strike hit Marda. No one was killed, the mayor said.")
    s.claim("the mayor", "said", "No one was killed")
    other = Story("A strike hit Marda, killing six.", published="2031-03-06", outlet="Courier")
    other.figure("six", 6, event=other.event("strike", "strike", place=other.place("Marda")))
    statements = [x for a in (*accounts(s), *accounts(other)) for x in a.statements]
    assert settle(statements, {})["killed"].state == "contested"


@pytest.mark.parametrize(
    "text",
    [
        "Every year some 900 people die on the road",
        "The toll has risen from 900 to 12",
        "A total that excludes 900 who were killed at sea",
        "The strikes brought to 900 the number killed this year",
    ],
)
def test_counts_of_others_are_not_the_events(text: str) -> None:
    s, v = struck(f"A strike hit Marda, killing 12. {text}, the mayor said.")
    c = s.claim("the mayor", "said", text)
    s.figure("12", 12, event=v)
    s.figure("900", 900, event=v, claims=(c,), cumulative="this year" in text)
    assert [x for x, *_ in told(s, "killed")] == [12]


def test_the_wounded_are_not_the_women_who_were_counted_before_them() -> None:
    s = Story("The strike killed 12 people, two of them women, and wounded 30.")
    v = s.event("strike", "strike")
    s.figure("30", 30, "wounded", event=v, of="women")
    s.parts["F"][0] = msgspec.structs.replace(s.parts["F"][0], unit="women")
    assert [(x.value, x.part) for a in accounts(s) for x in a.statements if x.field == "wounded"] == [
        (30, None)
    ]


def test_who_was_killed_a_day_before_is_no_count_of_the_event() -> None:
    s = Story("A strike on Marda killed five people, a day after 20 people were killed in Tel Rif.")
    v = s.event("strike", "strike")
    s.figure("five people", 5, event=v)
    s.figure("20 people", 20, event=v)
    assert told(s, "killed") == [(5, "asserts", "Coast Wire")]


def test_what_happened_in_between_parts_no_count() -> None:
    s = counted(
        "Two soldiers died and, hours after the strike on Marda, three villagers died",
        ("Two", 2, "soldiers"),
        ("three", 3, "villagers"),
    )
    assert killed_by(s)[0] == (5, None)


def test_the_dead_of_a_war_that_goes_on_are_no_incident_s() -> None:
    s = Story("The clinic in Marda said the war had killed at least 2,100 people.")
    c = s.claim("The clinic", "said", "the war had killed at least 2,100 people")
    v = s.event("invasion", "war", claims=(c,))
    s.figure("2,100", 2100, event=v, claims=(c,))
    assert killed_by(s) == []


def test_the_dead_of_an_incursion_are_its_own() -> None:
    s = Story("The clinic said a two-day incursion into Marda had killed nine people.")
    c = s.claim("The clinic", "said", "a two-day incursion into Marda had killed nine people")
    v = s.event("invasion", "incursion", place=s.place("Marda"), claims=(c,))
    s.figure("nine", 9, event=v, claims=(c,))
    assert killed_by(s) == [(9, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The two sides exchanged prisoners on Saturday. The bodies of 90 soldiers were also returned.",
        "Belmar repatriated the bodies of 90 soldiers on Saturday.",
        "Belmar handed over 90 bodies on Saturday.",
        "Aland received the bodies of 90 soldiers in an exchange.",
        "Belmar returned the bodies of 90 soldiers killed in action.",
    ],
)
@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_bodies_handed_over_are_no_strike_s_dead(text: str, gap: str, joined: bool) -> None:
    s, v = struck(f"A strike hit Marda.{gap}{text}")
    s.figure("90", 90, event=v if joined else None)
    assert killed_by(s) == []


@pytest.mark.parametrize(
    "text", ["Hospitals received 90 bodies.", "The sides exchanged fire and 90 bodies were found."]
)
def test_bodies_that_nobody_hands_over_are_dead(text: str) -> None:
    s, v = struck(f"A strike hit Marda. {text}")
    s.figure("90", 90, event=v)
    assert killed_by(s) == [(90, None)]


def test_bodies_that_are_found_are_dead() -> None:
    s, _ = struck("A strike hit Marda. Residents returning to the town found the bodies of 14 people.")
    s.figure("14", 14)
    assert killed_by(s) == [(14, None)]


def test_whose_bodies_were_handed_over_the_blast_has_killed() -> None:
    s, v = struck("A strike hit Marda. The bodies of the 12 dead were handed over to their families.")
    s.figure("12", 12, event=v)
    assert killed_by(s) == [(12, None)]


def test_a_count_in_a_paragraph_of_another_thing_is_not_the_strike_s() -> None:
    s, _ = struck("A strike hit Marda.\n\nThe two sides swapped prisoners on Saturday; 90 had died.")
    s.event("release", "swapped")
    s.figure("90", 90)
    assert killed_by(s) == []


@pytest.mark.parametrize(
    ("where", "counted"),
    [
        ("There were no casualties in Tel Rif", False),
        ("In Tel Rif, nobody was killed", False),
        ("Tel Rif was hit too, but nobody was killed", False),
        ("There were no casualties in Marda", True),
        ("Marda was hit again, but nobody was killed", True),
        ("Nobody was killed in Aland", True),
        ("There were no casualties", True),
    ],
)
def test_no_casualties_elsewhere_are_another_s(where: str, counted: bool) -> None:
    s, v = struck(f"A strike wounded seven people in Marda. {where}, the mayor said.")
    s.figure("seven", 7, "wounded", event=v)
    for name in ("Tel Rif", "Aland", "Marda"):
        if name in where:
            s.place(f"{name}#{2 if name == 'Marda' else 1}")
    s.claim("the mayor", "said", where)
    assert killed_by(s) == ([(0, None)] if counted else [])


def test_where_the_speaker_is_does_not_tell_where_nobody_was_hurt() -> None:
    s, _ = struck("A strike hit Marda. Nobody was killed, the mayor of Tel Rif said.")
    s.place("Tel Rif")
    s.claim("the mayor of Tel Rif", "said", "Nobody was killed")
    assert killed_by(s) == [(0, None)]


def test_no_casualties_in_one_town_say_nothing_of_its_province() -> None:
    s = Story("A quake hit Rif Province, killing 38. There were no casualties in Tel Rif, police said.")
    v = s.event("disaster", "quake", place=s.place("Rif Province"))
    s.place("Tel Rif")
    s.figure("38", 38, event=v)
    s.claim("police", "said", "There were no casualties in Tel Rif")
    assert [x.field for a in accounts(s) for x in a.statements if x.value == 0] == []


@pytest.mark.parametrize(("type", "word"), [("repression", "fired"), ("protest", "rallied")])
def test_nobody_hurt_is_said_of_what_its_sentence_tells(type: str, word: str) -> None:
    s = Story(
        f"A strike killed 22 in Marda. Later a crowd {word} in the air, but nobody was hurt, guards said."
    )
    v = s.event("strike", "strike", place=s.place("Marda"))
    s.figure("22", 22, event=v)
    c = s.claim("guards", "said", f"Later a crowd {word} in the air, but nobody was hurt")
    s.event(type, word, claims=(c,))
    strike, later = accounts(s)
    assert [x.value for x in strike.statements if x.field in ("killed", "wounded")] == [22]
    assert [x.value for x in later.statements if x.field in ("killed", "wounded")] == [0, 0]


def test_nobody_hurt_in_what_the_strike_destroyed_is_said_of_the_strike() -> None:
    s, _ = struck("A strike destroyed a school in Marda, which had been evacuated, and nobody was hurt.")
    s.event("destruction", "destroyed", place="P1")
    s.event("evacuation_order", "evacuated", place="P1")
    assert [x.value for x in accounts(s)[0].statements if x.field in ("killed", "wounded")] == [0, 0]


@pytest.mark.parametrize(
    ("words", "counted"), [("two people have died", [3, 2]), ("900 have died since the war began", [3])]
)
def test_a_running_toll_is_set_against_another_voice_s(words: str, counted: list[int]) -> None:
    s = Story(f"Riots in Marda have killed three people, the clinic said.\n\nThe mayor says {words}.")
    c = s.claim("the clinic", "said", "Riots in Marda have killed three people")
    v = s.event("repression", "killed", place=s.place("Marda"), claims=(c,))
    s.figure("three", 3, event=v, claims=(c,), cumulative=True)
    d = s.claim("The mayor", "says", words)
    number = words.split()[0]
    s.figure(number, counted[-1] if number == "two" else 900, claims=(d,), cumulative=True)
    assert [x for x, _ in killed_by(s)] == counted


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("A bomb hit Marda on Monday, three days after a blast killed 14 people in the town.", []),
        ("A bomb hit Marda on Monday, a week after gunmen had killed at least 14 people there.", []),
        ("A bomb hit Marda on Monday, hours after a truce expired, killing 14 people.", [14]),
        ("A bomb hit Marda two days after troops arrived and killed 14 people.", [14]),
        ("A bomb hit Marda, hours after a rocket killed 14 people.", []),
        ("A bomb hit Marda, two days after troops had killed 14 people there.", []),
        ("A bomb hit Marda, two days after the Front killed 14 people there.", []),
        ("A bomb hit Marda a week after the truce killing no one, a second one 14 people.", [14]),
        ("A bomb hit Marda a week after the truce and the vote and killed 14 people.", [14]),
        ("A bomb hit on Marda in the night, an hour after dusk, killed 14 people.", [14]),
        ("The bomb hit on Marda minutes after the bell rang left 14 people dead.", [14]),
        ("The bomb hit on Marda a week after the truce claimed 14 lives.", [14]),
    ],
)
def test_a_count_of_what_came_before_is_not_the_event_s(words: str, found: list[int]) -> None:
    s = Story(words)
    v = s.event("bombing", "bomb hit", place=s.place("Marda"))
    s.figure("14", 14, event=v)
    assert [v for v, _, _ in told(s, "killed")] == found
