"""Running tolls beside a single deed. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Part
from accordingto.reading.tolls import risen, with_tolls
from accordingto.record import Factuality, Figure, Measure
from accordingto.spans import Range, span


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def read(
    layers: Callable[..., Layers],
    text: str,
    deed: str,
    count: str,
    *,
    kind: str = "strike",
    factuality: Factuality = Factuality.OCCURRED,
) -> list[FoundEvent]:
    figure = FoundFigure(
        place(text, count), 901, 900, None, Measure.KILLED, of=place(text, "people"), cumulative=True
    )
    at = place(text, deed)
    event = FoundEvent(kind, at, (at,), (Part("killed", figure.at, 0.9),), factuality)
    return with_tolls(text, layers(text, [], []), [figure], [event])


def test_a_running_toll_is_no_count_of_the_deed_beside_it(layers: Callable[..., Layers]) -> None:
    text = "The dead of the latest strikes add to the more than 900 people who have been killed in nine months of war."
    strike, toll = read(layers, text, "strikes", "more than 900")
    assert (text[slice(*strike.trigger)], strike.parts) == ("strikes", ())
    assert (text[slice(*toll.trigger)], toll.type, toll.factuality) == (
        "killed",
        "killing",
        Factuality.CLAIMED,
    )
    assert [(p.role, text[slice(*p.at)]) for p in toll.parts] == [
        ("killed", "more than 900"),
        ("target", "people"),
    ]


@pytest.mark.parametrize(
    ("text", "deed", "kind", "factuality"),
    [
        (
            "The siege goes on; more than 900 people have been killed since March.",
            "siege",
            "blockade",
            Factuality.ONGOING,
        ),
        (
            "Daily strikes go on; more than 900 people have been killed since March.",
            "strikes",
            "strike",
            Factuality.ONGOING,
        ),
        (
            "After the strike more than 900 people have been killed, doctors say.",
            "strike",
            "strike",
            Factuality.OCCURRED,
        ),
        (
            "More than 900 people have been killed since March.",
            "killed",
            "killing",
            Factuality.OCCURRED,
        ),
    ],
)
def test_a_toll_stays_with_what_goes_on_with_the_day_and_with_its_own_verb(
    text: str, deed: str, kind: str, factuality: Factuality, layers: Callable[..., Layers]
) -> None:
    count = "More than 900" if "More than" in text else "more than 900"
    (event,) = read(layers, text, deed, count, kind=kind, factuality=factuality)
    assert event.parts


@pytest.mark.parametrize(
    ("text", "rose"),
    [
        ("The death toll from Thursday's airstrike on a market in Kor, Freedonia, has climbed to 31", True),
        ("The death toll rose to 31", True),
        ("The death toll is not known. A crane that fell went through floors 2 to 31", False),
    ],
)
def test_a_toll_has_risen_however_long_its_subject_but_not_across_a_full_stop(text: str, rose: bool) -> None:
    at = place(text, "31")
    assert risen(text, Figure("F1", span(text, at), 31, 31, 31, Measure.KILLED)) is rose
