from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.placenames import find_places
from accordingto.reading.places import PlaceFinder
from accordingto.reading.placeuses import PlaceUses

FINDER = PlaceFinder()
USES = PlaceUses.load()


def places(layers: Callable[..., Layers], text: str, names: list[str], label: str = "Location") -> list[str]:
    found = find_places(text, layers(text, [(n, label) for n in names], []), (), finder=FINDER, uses=USES)
    return [text[slice(*p.at)] for p in found]


@pytest.mark.parametrize(
    ("text", "names", "used"),
    [
        ("The carrier Hainan sailed. The Hainan was seen near Sanya.", ["Hainan", "Hainan#2", "Sanya"], ["Sanya"]),
        ("The carrier Hainan sailed. Two people died in Hainan.", ["Hainan", "Hainan#2"], ["Hainan"]),
        ("Its third carrier, the Hainan, left Sanya.", ["Hainan", "Sanya"], ["Sanya"]),
        ("A boat hit the USS Moundou near Sanya.", ["USS Moundou", "Sanya"], ["Sanya"]),
        ("Two tankers Iran had seized in the Gulf left.", ["Gulf"], ["Gulf"]),
    ],
)  # fmt: skip
def test_a_ship_is_no_place_and_what_it_is_named_after_is_one(
    layers: Callable[..., Layers], text: str, names: list[str], used: list[str]
) -> None:
    assert places(layers, text, names) == used


@pytest.mark.parametrize(
    ("text", "name", "used"),
    [
        ("The Gwangju Buk Police Station sought an order.", "Gwangju Buk Police Station", False),
        ("Two men died at the Gwangju Buk Police Station on Monday.", "Gwangju Buk Police Station", True),
        ("Chad’s Supreme Court had stopped the vote.", "Supreme Court", False),
        (
            "Shells hit near Moundou District Court, which had been hit before.",
            "Moundou District Court",
            True,
        ),
    ],
)
def test_a_body_that_acts_is_no_place(
    layers: Callable[..., Layers], text: str, name: str, used: bool
) -> None:
    assert places(layers, text, [name], "Facility") == ([name] if used else [])


@pytest.mark.parametrize(
    ("text", "name", "used"),
    [
        ("The epicentre lay at 12.4 degrees North.", "North", False),
        ("It was felt 30 kilometres to the Northeast of Pala.", "Northeast", False),
        ("Two people died in the North of the country.", "North", True),
        ("Britain voted to leave the European Union.", "European Union", False),
        ("The exit from the E.U. was slow.", "E.U.", False),
        ("Wages rose across the European Union.", "European Union", True),
        ("They read the U.N.’s record.", "U.N.", False),
        ("Two men died at the United Nations headquarters.", "United Nations", True),
        ("Marchers recalled what happened on Bloody Sunday.", "Bloody Sunday", False),
        ("Berg took money from Wall Street.", "Wall Street", False),
        ("A bomb went off on Wall Street.", "Wall Street", True),
    ],
)
def test_points_of_the_compass_and_bodies_of_states(
    layers: Callable[..., Layers], text: str, name: str, used: bool
) -> None:
    found = places(layers, text, [name])
    assert [f.removesuffix(" headquarters") for f in found] == ([name] if used else [])


def test_the_holder_of_an_office_is_no_place_of_its_list(layers: Callable[..., Layers]) -> None:
    text = "They met the mayor of Moundou, Amin Tolba, and left. Rain fell in Moundou, Velmo, and Sarh."
    names = ["Moundou", "Amin Tolba", "Moundou#2", "Velmo", "Sarh"]
    assert places(layers, text, names) == ["Moundou", "Moundou", "Velmo", "Sarh"]


def test_a_name_cut_before_its_bracket_ends_is_two(layers: Callable[..., Layers]) -> None:
    text = "Two guards died at Mall del Litoral (Manta) on Monday."
    assert places(layers, text, ["Mall del Litoral (Manta"]) == ["Mall del Litoral", "Manta"]
