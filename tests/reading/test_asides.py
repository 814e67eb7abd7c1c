"""Deeds that a sentence sets apart from those before it. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.asides import of_another, with_asides
from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Part
from accordingto.record import Factuality, Measure
from accordingto.spans import Range

BEFORE = "Gunmen attacked a convoy near Menaka on Monday, killing 18. "
WEAPONS = frozenset(("mine", "landmine", "bomb", "fire", "drone"))


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def read(
    layers: Callable[..., Layers],
    sentence: str,
    count: str | None,
    said: list[tuple[str | None, ...]],
    *,
    lent: str | None = None,
    measure: Measure = Measure.KILLED,
) -> tuple[str, list[FoundEvent]]:
    text = BEFORE + sentence
    at = place(text, "attacked")
    parts = (Part("instrument", place(text, lent), 0.8),) if lent else ()
    attack = FoundEvent("attack", at, (at,), parts, Factuality.OCCURRED)
    number = place(text, count) if count else None
    figures = [FoundFigure(number, 5, 5, 5, measure)] if number else []
    return text, with_asides(text, layers(text, [], said), figures, [attack], WEAPONS)


@pytest.mark.parametrize(
    ("sentence", "count", "doer", "role", "hit"),
    [
        ("Separately, a landmine killed four farmers near Douentza.", "four", "a landmine", "instrument", "four"),
        ("On the same day, a roadside bomb killed five outside Gossi.", "five", "a roadside bomb", "instrument", "five"),
        ("Elsewhere in Kayah state, a landmine killed two girls.", "two", "a landmine", "instrument", "two"),
        ("The previous day, a mine killed five.", "five", "a mine", "instrument", "five"),
        ("On Tuesday, a mine killed two in Bria.", "two", "a mine", "instrument", "two"),
        ("Separately, gunmen killed a doctor in Bamenda.", None, "gunmen", "actor", "a doctor"),
        ("Separately, sniper fire killed a child.", None, "sniper fire", "instrument", "a child"),
        ("In Bara, troops killed five.", "five", "troops", "actor", "five"),
        ("In another incident, gunmen killed five.", "five", "gunmen", "actor", "five"),
    ],
)  # fmt: skip
def test_a_deed_set_apart_is_an_event_of_its_own(
    sentence: str, count: str | None, doer: str, role: str, hit: str, layers: Callable[..., Layers]
) -> None:
    text, [attack, deed] = read(layers, sentence, count, [])
    parts = {(p.role, text[slice(*p.at)]) for p in deed.parts}
    assert (text[slice(*deed.trigger)], deed.type) == ("killed", "killing")
    assert {(role, doer), ("target", hit)} <= parts
    assert attack.parts == ()


def test_what_was_lent_to_the_deed_before_comes_home_and_a_wounding_is_an_attack(
    layers: Callable[..., Layers],
) -> None:
    sentence = "Separately, a landmine wounded five."
    text, [attack, deed] = read(layers, sentence, "five", [], lent="a landmine", measure=Measure.WOUNDED)
    assert (attack.parts, deed.type) == ((), "attack")
    assert next((p.role, text[slice(*p.at)], p.score) for p in deed.parts) == (
        "instrument",
        "a landmine",
        0.8,
    )


@pytest.mark.parametrize(
    ("sentence", "count", "said"),
    [
        ("The bomb killed five civilians.", "five", []),
        ("It also killed five.", "five", []),
        ("A mine killed five.", "five", []),  # nothing sets it apart
        ("Separately, the bomb killed five.", "five", []),  # known from before
        ("On Monday, a mine killed five.", "five", []),  # the day of the deed before
        ("In Menaka, a mine killed five.", "five", []),
        ("On Tuesday, officials said gunmen killed five.", "five", [("officials", "said", "gunmen killed five")]),
        ("On Tuesday, officials said five people were killed.", "five", []),
        ("Separately, a mine killed nobody.", None, []),
        ("In Bara, a strike on a bus killed five.", "five", []),  # its event is the strike
    ],
)  # fmt: skip
def test_what_goes_on_with_a_deed_is_no_event_of_its_own(
    sentence: str, count: str | None, said: list[tuple[str | None, ...]], layers: Callable[..., Layers]
) -> None:
    assert len(read(layers, sentence, count, said)[1]) == 1


def test_a_sentence_that_names_its_event_gets_no_other(layers: Callable[..., Layers]) -> None:
    text = BEFORE + "Separately, a blast killed five."
    figure = FoundFigure(place(text, "five"), 5, 5, 5, Measure.KILLED)
    blast = FoundEvent("bombing", place(text, "blast"), (place(text, "blast"),), (), Factuality.OCCURRED)
    assert with_asides(text, layers(text, [], []), [figure], [blast], WEAPONS) == [blast]


def test_without_a_table_of_weapons_no_doer_is_guessed(layers: Callable[..., Layers]) -> None:
    text = BEFORE + "Separately, a landmine killed five."
    figure = FoundFigure(place(text, "five"), 5, 5, 5, Measure.KILLED)
    [deed] = with_asides(text, layers(text, [], []), [figure], [])
    assert {p.role for p in deed.parts} == {"killed", "target"}


@pytest.mark.parametrize(
    ("sentence", "another"),
    [
        ("Separately, five people died.", True),
        ("Elsewhere in the state, five people died.", True),
        ("In a separate incident, five people died.", True),
        ("The previous day, five people died.", True),
        ("Later the same day, five people died.", False),
        ("In the market, five people died.", False),
        ("Meanwhile, hospitals treated five.", False),
    ],
)
def test_some_openings_tell_of_another_deed(sentence: str, another: bool) -> None:
    assert of_another(sentence, Range(0, len(sentence))) is another
