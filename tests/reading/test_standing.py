"""Whether names are used as places, by the fitted weights. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.placenames import find_place_names
from accordingto.reading.places import PlaceFinder
from accordingto.reading.placeuses import PlaceUses
from accordingto.reading.reader import Reader
from accordingto.reading.standing import Standing, signs

Make = Callable[..., Layers]
TEXT = "Chad sent aid. Floods reached Chad at night."
NAMES = [("Chad", "Location"), ("Chad#2", "Location")]


def used(layers: Layers) -> list[int]:
    """Where the names begin that are used as places."""
    found, _ = find_place_names(TEXT, layers, PlaceFinder(), PlaceUses.load())
    return [at.start for at in found]


def test_the_network_and_the_signs_are_summed() -> None:
    standing = Standing(np.array([1.0, -4.0, 2.0], np.float32), {"rule": 1.5, "always": -1.0})
    assert standing.is_place(range(1), [])
    assert not standing.is_place(range(1, 2), ["rule"])
    assert not standing.is_place(range(3), ["always"])  # the mean of the words is -1/3
    assert standing.is_place(range(3), ["rule", "always", "unheard of"])


def test_signs_tell_the_rules_answer_and_the_words_around() -> None:
    words = ["floods", "reached", "chad", "at", "night", "."]
    told = set(signs(words, range(2, 3), "Location", ruled=True, ruler=True, known=True))
    assert told >= {
        "rule",
        "rule Location",
        "rule ruler",
        "ruler",
        "known",
        "before 1 reached",
        "before 2 floods",
    }
    assert told >= {"behind 1 at", "behind 2 night", "behind 3 ."}
    told = set(signs(words, range(1), "Facility", ruled=False, ruler=False, known=False))
    assert {s for s in told if not s.startswith("behind")} == {"always", "label Facility"}


@pytest.mark.parametrize(
    ("weights", "expected"),
    [({"rule": 9.0, "always": -1.0}, "rule"), ({"always": 1.0}, "both"), ({"always": -9.0}, "none")],
)
def test_the_weights_decide_over_the_rules(layers: Make, weights: dict[str, float], expected: str) -> None:
    seen = layers(TEXT, NAMES, [])
    by_rule = used(seen)
    standing = Standing(np.zeros(len(seen.words), np.float32), weights)
    found = used(replace(seen, standing=standing))
    assert found == {"rule": by_rule, "both": [0, TEXT.rindex("Chad")], "none": []}[expected]


def test_the_model_that_ships_knows_governments_from_places(reader: Reader) -> None:
    text = "Peru said on Monday it would close the border. Thousands of families live in Peru, and rivers in northern Peru have burst their banks."
    assert [p.span.text for p in reader.read(text).places] == ["Peru", "northern Peru"]
    assert reader.read(text).places[0].span.start == text.index("Peru, and")
    assert reader.network.decoder.places is not None
