"""What joined numbers give each other, and which of them run on. All text is invented."""

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


def find(text: str, layers: Make) -> tuple[FoundFigure, ...]:
    times = find_times(text, within=[Range(0, len(text))], published=date(2031, 3, 7), tables=TIMES)
    return find_figures(text, layers(text, [], []), times, FIGURES)


def measures(text: str, layers: Make) -> list[tuple[float | None, str]]:
    return [(f.best, f.measure.value) for f in find(text, layers)]


@pytest.mark.parametrize("mark", [": ", " — ", " - "])
@pytest.mark.parametrize(
    ("whole", "measure"),
    [
        ("Six people were killed in raids, officials said", "killed"),
        ("Six people were wounded in shelling overnight", "wounded"),
        ("Bandits abducted six people in the state on Sunday, police said", "detained"),
        ("The flood displaced six families in the north", "displaced"),
    ],
)
def test_parts_by_place_measure_what_their_whole_does(
    whole: str, measure: str, mark: str, layers: Make
) -> None:
    text = f"{whole}{mark}three in Kor region, two in Ostan and one in Farwa."
    parts = measures(text, layers)[-3:]
    assert parts == [(3, measure), (2, measure), (1, measure)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Six people were killed, officials said: three in Kor and two in Ostan.",
         [(6, "killed"), (3, "killed"), (2, "killed")]),  # not all of them
        ("Monks returned the remains of 62 fighters: 40 to Kor and 22 to Ostan.",
         [(62, "killed"), (40, "killed"), (22, "killed")]),
        ("At least 248 were killed in Kor, a monitor said: 92 Druze and 156 troops.",
         [(248, "killed"), (92, "killed"), (156, "killed")]),
        ("Police said 20 people were killed on Monday, 12 of them in Kor, eight in Ostan.",
         [(20, "killed"), (12, "killed"), (8, "killed")]),
        # what is no part of the whole
        ("The flood killed 40 people: the army sent 300 soldiers and 12 boats.",
         [(40, "killed"), (300, "other"), (12, "other")]),
        ("Ten people were killed, officials said: three schools and two clinics were damaged.",
         [(10, "killed"), (3, "other"), (2, "other")]),
        ("Six people were killed, officials said: 40 in Kor had marched.", [(6, "killed"), (40, "other")]),
    ],
)  # fmt: skip
def test_a_whole_lends_its_measure_to_its_parts_alone(
    text: str, wanted: list[tuple[int, str]], layers: Make
) -> None:
    assert measures(text, layers) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police said 214 people died in the first half, compared with 130 a year earlier.",
         [(214, "killed"), (130, "killed")]),
        ("The agency evacuated 5,000 people in May, compared with 3,200 in April.",
         [(5000, "displaced"), (3200, "displaced")]),
        ("The war has displaced 12 million people inside Freedonia and over 4.5 million abroad.",
         [(12000000, "displaced"), (4500000, "displaced")]),
        ("Deaths fell by 20 per cent to 80.", [(20, "share"), (80, "killed")]),
        ("The death toll rose by 20 percent to 80.", [(20, "share"), (80, "killed")]),
        ("On Monday, 40 people died in Kor; on Tuesday, 12.", [(40, "killed"), (12, "killed")]),
        ("Shells killed 14 people on Sunday and 12 on Monday.", [(14, "killed"), (12, "killed")]),
        ("The rebels freed 181 detainees and the government 137.", [(181, "detained"), (137, "detained")]),
        # what is no toll
        ("Police said 214 people died, compared with 130 arrests a year earlier.",
         [(214, "killed"), (130, "detained")]),
        ("Prices rose by 20 per cent to 80.", [(20, "share"), (80, "other")]),
        ("Shells killed 14 people and 300 shops have burned since May.", [(14, "killed"), (300, "other")]),
    ],
)  # fmt: skip
def test_a_toll_lends_its_measure_to_what_it_was_before_and_to_that_of_another_time(
    text: str, wanted: list[tuple[int, str]], layers: Make
) -> None:
    assert measures(text, layers)[: len(wanted)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shelling killed 14 people in Kor on Friday and 300 since the start of the year.",
         [(14, "killed", False), (300, "killed", True)]),
        ("Six people were killed in Kor this week and 84 since the war began.",
         [(6, "killed", False), (84, "killed", True)]),
        ("Since the start of the year, 92 people have been killed in Kor, 30 of them on Sunday.",
         [(92, "killed", True), (30, "killed", False)]),
        ("Since January, 200 people have died in raids, 12 of them on Monday.",
         [(200, "killed", True), (12, "killed", False)]),
        ("More than 500 people have been killed since March, including 12 on Monday.",
         [(500, "killed", True), (12, "killed", False)]),
        ("Since January, 60 people have been killed in Kor, 14 of them in the past week.",
         [(60, "killed", True), (14, "killed", False)]),
        (
            "Since January 214 people have died, compared with 130 in the same months of 2030.",
            [(214, "killed", True), (130, "killed", False)],
        ),
        # these go on as before
        ("More than 500 people have been killed since March, including 12 children.",
         [(500, "killed", True), (12, "killed", True)]),
        ("Since March, 14 people have been killed and 30 wounded.", [(14, "killed", True), (30, "wounded", True)]),
        ("So far 14 people have been killed and 30 wounded.", [(14, "killed", True), (30, "wounded", True)]),
    ],
)  # fmt: skip
def test_a_running_toll_is_that_of_which_it_is_told(
    text: str, wanted: list[tuple[int, str, bool]], layers: Make
) -> None:
    assert [(f.best, f.measure.value, f.cumulative) for f in find(text, layers)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The agency aims to vaccinate 80,000 children, but so far only 12,000 have been vaccinated.",
        "The agency aims to vaccinate 80,000 children. So far only 12,000 have been vaccinated.",
    ],
)
def test_what_is_aimed_at_is_no_running_toll(text: str, layers: Make) -> None:
    by_number = {f.best: f.cumulative for f in find(text, layers)}
    assert by_number[12000]
    assert not by_number[80000]


@pytest.mark.parametrize(
    ("text", "measure", "thing"),
    [
        ("The hospital, which has 600 beds, received 47 wounded on Monday.", "wounded", None),
        ("The hospital has 12 doctors and admitted 30 injured on Monday.", "wounded", None),
        ("The clinic, which has 200 beds, treated 30 wounded and 12 dead.", "killed", None),
        ("Two aftershocks shook Kor on Monday, leaving 1,347 wounded.", "wounded", None),
        ("In Kor 1,482 people were killed and 3,119 injured.", "wounded", "people"),
        ("The blast left 12 guards dead and 30 wounded.", "wounded", "guards"),
        ("In Kor ten people were killed, two more than first thought, and 17 wounded.", "wounded", "people"),
        ("Some 40 passengers were on board, 12 of them wounded.", "wounded", "passengers"),
    ],
)
def test_a_word_for_what_befell_people_takes_no_noun_of_something_else(
    text: str, measure: str, thing: str | None, layers: Make
) -> None:
    last = find(text, layers)[-1]
    assert (last.measure.value, last.of and text[last.of.start : last.of.end]) == (measure, thing)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The army said 12 people had been killed. A clinic spoke of 26.", [(12, "killed"), (26, "killed")]),
        (
            "The mayor said 12 people had been hurt. The prefecture says 14, some of them badly.",
            [(12, "wounded"), (14, "wounded")],
        ),
        (
            "The army said 12 people had been killed. It rained. The governor says the number is closer to 30.",
            [(12, "killed"), (30, "killed")],
        ),
        (
            "The army said 12 people had been killed. A clinic spoke of 26 tents.",
            [(12, "killed"), (26, "other")],
        ),
        ("The fair drew 12 singers. A clinic spoke of 26.", [(12, "other"), (26, "other")]),
        ("The displaced in Kor now number 11,000.", [(11000, "displaced")]),
        ("The town is on the line of route number 11.", [(11, "other")]),
    ],
)
def test_a_number_alone_that_another_gives_counts_what_was_counted(
    text: str, wanted: list[tuple[float, str]], layers: Make
) -> None:
    assert measures(text, layers) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "At least 355 people died; local groups raise that figure to 690 while the ministry recognizes 210.",
            [(355, "killed"), (690, "killed"), (210, "killed")],
        ),
        ("The flood killed 30 people. The army admits only 12.", [(30, "killed"), (12, "killed")]),
        ("The flood killed 30 people. The hospital admits 12.", [(30, "killed"), (12, "other")]),
    ],
)
def test_rival_tolls_measure_what_the_first_does(
    text: str, wanted: list[tuple[float, str]], layers: Make
) -> None:
    assert measures(text, layers) == wanted
