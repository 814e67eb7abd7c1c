from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accordingto.reading.figures import FigureTables, FoundFigure, find_figures
from accordingto.reading.layers import Layers
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.times import find_times
from accordingto.spans import Range

FIGURES, TIMES = FigureTables.load(), TimeTables.load()
Make = Callable[..., Layers]


def find(text: str, layers: Layers) -> tuple[FoundFigure, ...]:
    times = find_times(text, within=[Range(0, len(text))], published=date(2031, 3, 7), tables=TIMES)
    return find_figures(text, layers, times, FIGURES)


def told(text: str, layers: Layers) -> list[tuple[str, str]]:
    return [(text[f.at.start : f.at.end], f.measure.value) for f in find(text, layers)]


@pytest.mark.parametrize(
    "text",
    [
        "Two hostages were killed in a strike in Khan Younis on Friday, Hamas said.",
        "The army said two hostages had been killed by bombing.",
        "Two hostages are dead.",
        "All two captives are dead.",
        "Two detainees died of cholera in Homs.",
        "The shelling killed two hostages.",
        "Captors killed two hostages.",
        "Two hostages died in captivity.",
        "Two of the hostages have died.",
        "The bodies of two hostages were returned.",
        "Medics received the remains of two dead hostages.",
        "Two hostages were shot dead.",
        "Two captives were executed in Mosul.",
        "Two abductees perished.",
        "Two prisoners of war were killed.",
        "Two hostages, a nurse and a cook, were killed.",
        "Two hostages killed in Sirte were buried.",
        "Two hostages who were killed in Sirte were buried.",
        "Two dead hostages were handed back.",
        "Among the dead were two hostages.",
        "The number of hostages killed rose to two.",
        "Hostages killed: two",
        "Dead hostages: two",
    ],
)
def test_those_held_who_are_told_to_be_dead_are_killed(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["killed"]


@pytest.mark.parametrize(
    "text",
    [
        "Three detainees were wounded.",
        "The shelling injured three hostages.",
        "Three wounded detainees were moved to Sirte.",
    ],
)
def test_those_held_who_are_told_to_be_hurt_are_wounded(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["wounded"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels freed 181 detainees.", ["detained"]),
        ("They exchanged 318 detainees.", ["detained"]),
        ("The group holds 40 hostages.", ["detained"]),
        ("Officials said 12 hostages remain.", ["detained"]),
        ("They released 30 hostages after a guard was killed.", ["detained"]),
        ("There are 59 hostages in Sirte.", ["detained"]),
        ("They freed 12 of the 25 hostages.", ["detained", "detained"]),
        ("Two of the 12 hostages were killed.", ["killed", "detained"]),
        ("They freed 12 hostages and wounded three guards.", ["detained", "wounded"]),
        ("The raid freed 12 hostages, and three gunmen were killed.", ["detained", "killed"]),
        ("The families of 12 hostages said their sons were killed.", ["detained"]),
        ("The kidnappers of 12 hostages were killed in the raid.", ["detained"]),
        ("Lawyers for 12 detainees were wounded.", ["detained"]),
        ("The families of 12 hostages killed in Sirte met.", ["killed"]),
        ("The families of 12 hostages who were killed met.", ["killed"]),
        ("All of the 12 hostages were killed.", ["killed"]),
        ("The executions of 12 hostages shocked Sirte.", ["detained"]),
        ("The 12 hostages were taken to hospital for checks.", ["detained"]),
        ("Police made 12 arrests over the deaths of two women.", ["detained", "killed"]),
        ("The 40 detainees received food aid.", ["detained"]),
        ("Five hostages and six soldiers were killed.", ["killed", "killed"]),
        ("They freed five hostages and six soldiers were killed.", ["detained", "killed"]),
        ("Detainees: 40", ["detained"]),
        ("The gunmen threatened to kill 12 hostages.", ["detained"]),
        ("The 12 hostages will be killed, the gunmen said.", ["detained"]),
        ("The 12 hostages are believed to have been killed.", ["killed"]),
    ],
)
def test_those_held_are_detained_whatever_else_is_said(text: str, wanted: list[str], layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "About 60,000 children have not been vaccinated in Kano.",
        "About 60,000 children haven't been vaccinated in Kano.",
        "About 60,000 children have yet to be vaccinated.",
        "Nurses were unable to vaccinate 60,000 children.",
        "Nurses failed to vaccinate 60,000 children.",
        "Nurses were prevented from vaccinating 60,000 children.",
        "Some 60,000 people did not receive food rations.",
        "Some 60,000 people will no longer receive food aid.",
        "Some 60,000 families have never received aid.",
        "Some 60,000 families have received no food aid.",
        "Convoys could not reach 60,000 people.",
        "Convoys cannot reach 60,000 people.",
        "The agency stopped feeding 60,000 people.",
        "The agency has suspended food aid for 60,000 people.",
        "Some 60,000 children still need to be vaccinated.",
    ],
)
def test_who_gets_no_aid_is_in_need(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["in_need"]


@pytest.mark.parametrize(
    "text",
    [
        "The stock is enough to feed 4,000 families.",
        "The agency seeks to reach 4,000 families.",
        "The agency plans to find and vaccinate 4,000 children.",
        "The drive to vaccinate 4,000 children began.",
        "The ministry launched a plan for vaccinating 4,000 children.",
        "Nurses will vaccinate 4,000 children.",
        "The gift could feed 4,000 people.",
        "Some 4,000 people will receive food aid.",
        "The agency would need lorries to reach 4,000 people.",
        "The campaign targets 4,000 children.",
        "The new centre will help 4,000 people.",
    ],
)
def test_whom_aid_is_only_to_reach_is_not_reached(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["other"]


@pytest.mark.parametrize(
    "text",
    [
        "The agency has reached 4,000 people.",
        "It not only reached 4,000 people but fed them.",
        "Despite plans to close, the agency reached 4,000 people.",
        "The agency, which did not close, has vaccinated 4,000 children.",
        "The agency managed to reach 4,000 people.",
        "The team was able to vaccinate 4,000 children.",
        "Lorries were used to feed 4,000 people.",
        "The agency continues to feed 4,000 people.",
        "Some 4,000 people have received food aid, not cash.",
        "Convoys did not stop until they reached 4,000 people.",
        "No fewer than 4,000 children have been vaccinated.",
        "So far only 4,000 have been helped.",
    ],
)
def test_who_is_reached_still_is(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["reached"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Only 12,000 of the planned 90,000 people received food.", [("12,000", "reached", "people"), ("90,000", "other", "people")]),
        ("Some 4,500 people out of a target of 6,000 have been vaccinated.", [("Some 4,500", "reached", "people"), ("6,000", "other", "people")]),
        ("The plan aims to reach 80,000 people, but so far only 12,000 have been helped.", [("80,000", "other", "people"), ("12,000", "reached", "people")]),
        ("Nurses vaccinated 45,000 of 60,000 children.", [("45,000", "reached", "children"), ("60,000", "other", "children")]),
        ("It has vaccinated 12,000 of the 60,000 children it hopes to reach.", [("12,000", "reached", "children"), ("60,000", "other", "children")]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_part_of_a_target_is_not_said_of_the_target(
    text: str, wanted: list[tuple[str, str, str]], layers: Make
) -> None:
    found = find(text, layers(text, [], []))
    assert [(text[slice(*f.at)], f.measure.value, text[slice(*(f.of or f.at))]) for f in found] == wanted


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Two men were not wounded.", "other"),
        ("Two men were not hurt.", "other"),
        ("Two suspects were not arrested, he said.", "other"),
        ("Some 400 families were not displaced.", "other"),
        ("Some 400 families were unable to flee.", "other"),
        ("Two men were wounded, not killed.", "wounded"),
        ("The army said the two men were not killed by its troops.", "killed"),
    ],
)
def test_what_is_said_not_to_have_befallen_people_is_not_counted(
    text: str, measure: str, layers: Make
) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == [measure]


@pytest.mark.parametrize(
    ("text", "names", "number"),
    [
        ("On Monday, 40 people died in Dadu; on Tuesday, 12.", [], "12"),
        ("In January, 60 people were killed; in February, 41.", [], "41"),
        ("On Friday 30 people were killed and on Saturday, 45.", [], "45"),
        ("In Dadu 40 people died; in Sukkur, 8.", [], "8"),
        ("In Homs, 12, and in Hama, 7, died.", [("Homs", "Person"), ("Hama", "Location")], "7"),
        ("The dead were: Homs, 12; Hama, 7.", [("Homs", "Person"), ("Hama", "Location")], "12"),
        ("Rebels killed 40 people last year and, this year, 12.", [], "12"),
        ("By Tuesday, 12, mostly women, had died.", [], "12"),
    ],
)
def test_a_count_of_a_day_or_place_is_no_age(
    text: str, names: list[tuple[str, str]], number: str, layers: Make
) -> None:
    found = dict(told(text, layers(text, names, [])))
    assert "age" not in found.values()
    assert number in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Ruiz, 34, died.", [("Ana Ruiz", "Person")]),
        ("Her mother, 34, survived.", []),
        ("In the house, Zainab, 34, died.", [("Zainab", "Person")]),
        ("A farmer in Homs, 34, died.", [("Homs", "Location")]),
        ("His wife, Monday, 34, died.", [("Monday", "Person")]),
        ("April, 34, said she fled.", [("April", "Person")]),
        ("The dead are Zainab, 34; Omar, 40.", [("Zainab", "Person"), ("Omar", "Person")]),
        ("The median age is 34 years.", []),
        ("The miners had an average age of 34 years.", []),
        ("The mean age was 34 years.", []),
        ("The average age of the miners was 34.", []),
        ("Women under the age of 34 were freed.", []),
    ],
)
def test_an_age_is_one(text: str, names: list[tuple[str, str]], layers: Make) -> None:
    found = told(text, layers(text, names, []))
    assert found[0] in (("34", "age"), ("34 years", "age"))


def test_the_age_of_so_many_is_one(layers: Make) -> None:
    text = "The average age of the 12 victims was 34 years."
    assert told(text, layers(text, [], []))[1] == ("34 years", "age")


def test_how_long_something_lasts_is_no_age(layers: Make) -> None:
    text = "The ban lasted 34 years, and the age of rail had begun."
    assert told(text, layers(text, [], [])) == [("34 years", "duration")]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Children under five got the vaccine.", (None, 5, 4)),
        ("Children under the age of five got the vaccine.", (None, 5, 4)),
        ("Children below the age of five got the vaccine.", (None, 5, 4)),
        ("Women over the age of 60 were freed.", (61, 60, None)),
        ("Children up to the age of five got the vaccine.", (None, 5, 5)),
        ("She left at the age of five.", (5, 5, 5)),
    ],
)
def test_an_age_that_is_a_limit_has_bounds(
    text: str, bounds: tuple[int | None, int, int | None], layers: Make
) -> None:
    assert [(f.low, f.best, f.high, f.measure.value) for f in find(text, layers(text, [], []))] == [
        (*bounds, "age")
    ]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Two men were killed and a third man was wounded, police said.", "wounded"),
        ("Two men died and a third injured.", "wounded"),
        ("A fifth person was hospitalised.", "wounded"),
        ("Two were found dead, and a third is missing.", "missing"),
        ("Three climbers died; a fourth remains missing.", "missing"),
        ("Another third soldier was killed.", "killed"),
    ],
)
def test_one_more_counts_one(text: str, measure: str, layers: Make) -> None:
    last = find(text, layers(text, [], []))[-1]
    assert (last.low, last.best, last.high, last.measure.value) == (1, 1, 1, measure)
    assert not last.ordinal
    assert not last.cumulative


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("She was the 37th to die.", 37),
        ("He was the 12th journalist to be killed.", 12),
        ("It was the fifth attack this month.", 5),
        ("The third man was wounded.", 3),
        ("A 37th person has died.", 37),
        ("A fourth air raid hit a school.", 4),
    ],
)
def test_the_place_in_a_count_counts_up_to_itself(text: str, best: int, layers: Make) -> None:
    assert [(f.best, f.ordinal) for f in find(text, layers(text, [], []))] == [(best, True)]


@pytest.mark.parametrize(
    "text", ["A third party was told.", "He gave a fourth reason.", "A third option was named."]
)
def test_one_more_thing_that_nothing_befell_is_no_figure(text: str, layers: Make) -> None:
    assert find(text, layers(text, [], [])) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nine soldiers embraced martyrdom.",
        "Nine soldiers attained martyrdom.",
        "Nine men succumbed to their injuries.",
        "Nine more succumbed to wounds in hospital.",
        "Nine soldiers including a captain were martyred.",
        "Nine people including children died.",
        "The army lost nine men.",
        "The army lost nine fighters.",
        "The battalion has already lost nine men.",
        "Security forces in Bara lost nine members in an ambush.",
    ],
)
def test_other_ways_to_say_that_people_died(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["killed"]


@pytest.mark.parametrize(
    "text",
    [
        "The party lost nine seats.",
        "The team lost nine men to injury.",
        "The army lost nine officers to retirement.",
        "The police force has lost nine officers since 2010.",
        "Police lost nine officers to budget cuts.",
        "The army said the party lost nine members.",
        "The militia lost nine men who deserted.",
        "He eliminated nine rivals.",
        "Nine people including a man who was killed last year owned it.",
        "The army lost the town and nine officers surrendered.",
    ],
)
def test_ways_that_do_not_say_so(text: str, layers: Make) -> None:
    assert [m for _, m in told(text, layers(text, [], []))] == ["other"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SITREP 14: Some 40 people died.", ["Some 40"]),
        ("Situation report 14 says 40 died.", ["40"]),
        ("Bulletin 14: 40 people died.", ["40"]),
        ("Article 5 is clear.", []),
        ("The bulletin named 14 people.", ["14"]),
    ],
)
def test_the_number_of_a_document_is_no_figure(text: str, numbers: list[str], layers: Make) -> None:
    assert [n for n, _ in told(text, layers(text, [], []))] == numbers


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The families got $150 each.", "each"),
        ("They paid Rs1 million for each bereaved family.", "family"),
        ("It pays $2,000 for every victim.", "victim"),
        ("The state gave $2,000 to each family.", "family"),
        ("It paid $2,000 each year.", "year"),
        ("Two banks got 16 percent each.", None),
        ("Two men each left.", None),
        ("It paid $2,000 for a family home.", None),
    ],
)
def test_a_sum_for_each_is_per_what_it_names(text: str, per: str | None, layers: Make) -> None:
    assert [f.per for f in find(text, layers(text, [], []))][-1] == per


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Six nurses who risked their lives at Bara left.", ["other"]),
        ("The fire kept hundreds of tenants from home and put lives at risk.", ["other"]),
        ("The dam saved 40 lives.", ["other"]),
        ("Another 40 lives were saved at Bara.", ["other"]),
        ("The road changed the lives of nine farmers.", ["other"]),
        ("The well improved the life of around 1,600 herders.", ["other"]),
        ("One woman who lives in Bara wept.", ["other"]),
        ("Some 40 lives were lost.", ["killed"]),
        ("The flood took the lives of nine farmers.", ["killed"]),
        ("The lives of nine miners were lost.", ["killed"]),
        ("Floods cost 14 herders their lives.", ["killed"]),
        ("Six men laid down their lives.", ["killed"]),
        ("The well was to change 300 lives, and 40 lives were lost.", ["other", "killed"]),
    ],
)
def test_lives_that_are_not_lost_are_no_toll(text: str, wanted: list[str], layers: Make) -> None:
    assert [measure for _, measure in told(text, layers(text, [], []))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The clash left 70 killed and wounded.", ["other"]),
        ("About 500 herders were killed or injured in the raid.", ["other"]),
        ("They lost over 6,000 dead and wounded.", ["other"]),
        ("The clash left 12 killed and wounded 30 others.", ["killed", "wounded"]),
        ("Twelve herders were killed and several injured.", ["killed"]),
        ("Nine herders were killed and injured people filled the ward.", ["killed"]),
    ],
)
def test_dead_and_wounded_in_one_number_are_neither(text: str, wanted: list[str], layers: Make) -> None:
    assert [measure for _, measure in told(text, layers(text, [], []))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dozens of gunmen poured into the yard.", ["other"]),
        ("Hundreds of fans streamed into the square.", ["other"]),
        ("About 300 soldiers crossed into Chad.", ["other"]),
        ("Some 4,000 herders poured into Chad.", ["displaced"]),
        ("Some 200 soldiers fled over the border.", ["displaced"]),
        ("High rents hurt millions of tenants.", ["other"]),
        ("The blast hurt 12.", ["wounded"]),
        ("The blast hurt 12 tenants.", ["wounded"]),
        ("At least 18 drivers are needed.", ["other"]),
        ("Some 13 guards are the least needed.", ["other"]),
        ("About 4,000 herders needed aid.", ["in_need"]),
        ("About 4,000 herders need shelter.", ["in_need"]),
        ("About 4,000 herders are at risk.", ["in_need"]),
    ],
)
def test_who_comes_or_is_wanted_is_not_displaced_or_in_need(
    text: str, wanted: list[str], layers: Make
) -> None:
    assert [measure for _, measure in told(text, layers(text, [], []))] == wanted


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("Five men spoke. “You underestimated our skill,” one said.", False),
        ("Five men died. The toll is an underestimate.", True),
        ("Five men died. Officials underestimate the number of deaths.", True),
        ("Five men died. The count may be underestimated.", True),
    ],
)
def test_only_an_underestimated_number_is_limited(text: str, limited: bool, layers: Make) -> None:
    [first, *_] = find(text, layers(text, [], []))
    assert bool(first.caveats) == limited
