"""What a number counts where the words before it tell."""

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


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("She spoke to a crowd of about 500.", "people"),
        ("Bara has a population of 12,000.", "people"),
        ("Zeru, a city of three million, was calm.", "people"),
        ("The mill has a workforce of 900.", "people"),
        ("He was a father of three.", "children"),
        ("A crowd of 500 herders gathered.", "herders"),
    ],
)
def test_a_body_of_so_many_has_people(text: str, unit: str, layers: Make) -> None:
    [figure] = find(text, layers)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("They spent millions on posters.", "money"),
        ("They pay thousands to smugglers.", "money"),
        ("The mine cost them 3 million.", "money"),
        ("They raise millions of chickens.", "other"),
        ("The ban cost thousands their jobs.", "other"),
    ],
)
def test_what_is_spent_without_a_unit_is_money(text: str, measure: str, layers: Make) -> None:
    [figure] = find(text, layers)
    assert figure.measure.value == measure


@pytest.mark.parametrize("text", ["She took 911 calls.", "The 911 operators slept."])
def test_a_hotline_counts_nothing(text: str, layers: Make) -> None:
    assert find(text, layers) == ()


@pytest.mark.parametrize(
    ("text", "span", "best", "unit"),
    [
        ("The lead is one-half of 1 percent.", "one-half of 1 percent", 0.5, "percent"),
        ("It fell by one-tenth of a percent.", "one-tenth of a percent", 0.1, "percent"),
        ("A quarter of 1% voted.", "A quarter of 1%", 0.25, "percent"),
        ("A third of the town voted.", "A third", 33.3, "percent"),
        ("She is 6’3” tall.", "6’3”", 6.25, "foot"),
    ],
)
def test_a_part_of_a_percent_and_a_height_are_one_figure(
    text: str, span: str, best: float, unit: str, layers: Make
) -> None:
    [figure] = find(text, layers)
    assert (text[slice(*figure.at)], figure.best, figure.unit) == (span, best, unit)


def test_under_age_so_many_is_a_limit(layers: Make) -> None:
    [figure] = find("Children under age 14 stayed home.", layers)
    assert (figure.low, figure.high) == (None, 13)
