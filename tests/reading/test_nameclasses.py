"""Names whose class the network got wrong. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.nameclasses import with_classes, with_given_names

LEXICON = Lexicon.load()


@pytest.mark.parametrize(
    ("text", "name", "label", "wanted"),
    [
        ("Men of the Islamic State left.", "Islamic State", "Location", "Organization"),
        ("Karl Berg met Boko Haram.", "Boko Haram", "Person", "Organization"),
        ("Karl Berg met al-Qaida.", "al-Qaida", "Misc", "Organization"),
        ("Karl Berg left Kyoto.", "Kyoto", "Location", "Location"),
        ("Karl Berg spoke for Mrs. Lima.", "Mrs. Lima", "Organization", "Person"),
        ("Karl Berg spoke for Ms. Park.", "Park", "Location", "Person"),
        ("Karl Berg wrote to Miss Lakeside.", "Miss Lakeside", "Organization", "Organization"),
        ("Karl Berg saw Gen. Lima.", "Gen. Lima", "Organization", "Person"),
        ("Karl Berg saw Hannah Berg.", "Hannah Berg", "Organization", "Person"),
        ("Karl Berg saw Lakeside Berg.", "Lakeside Berg", "Organization", "Organization"),
        ("Karl Berg said no. Then Berg left.", "Berg#2", "Organization", "Person"),
        ("Karl Berg said no. Then the Berg family left.", "Berg#2", "Organization", "Organization"),
        ("Karl Berg said no. Another Berg left.", "Berg#2", "Organization", "Organization"),
        ("Karl Berg said no. Then Berg fell.", "Berg#2", "Location", "Location"),
        ('Karl Berg said no. "BERG: It rained."', "BERG", "Organization", "Person"),
    ],
)
def test_a_name_gets_the_class_that_it_surely_has(
    layers: Callable[..., Layers], text: str, name: str, label: str, wanted: str
) -> None:
    found = layers(text, [("Karl Berg", "Person")] * text.startswith("Karl") + [(name, label)], []).names
    classes = {text[slice(*n.at)]: n.label for n in with_classes(text, found, LEXICON)}
    assert classes[name.partition("#")[0]] == wanted


def test_a_word_of_a_bodys_name_may_be_that_body(layers: Callable[..., Layers]) -> None:
    text = "Karl Berg said no. Berg Sons closed. Then Berg fell."
    names = [("Karl Berg", "Person"), ("Berg Sons", "Organization"), ("Berg#3", "Organization")]
    found = with_classes(text, layers(text, names, []).names, LEXICON)
    assert [n.label for n in found] == ["Person", "Organization", "Organization"]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Then Hannah Berg left.", "Berg", "Hannah Berg"),
        ("Then Dr Berg left.", "Berg", "Berg"),
        ("Will Berg stay? He will.", "Berg", "Berg"),
        ("It snowed. Hannah, Berg said, left.", "Berg", "Berg"),
    ],
)
def test_a_given_name_belongs_to_the_name_behind_it(
    layers: Callable[..., Layers], text: str, name: str, wanted: str
) -> None:
    (found,) = with_given_names(text, layers(text, [(name, "Person")], []).names)
    assert text[slice(*found.at)] == wanted


def test_a_surname_alone_tells_that_a_given_name_before_it_makes_a_person(
    layers: Callable[..., Layers],
) -> None:
    text = "Hannah Berg Says No. Then Berg left Lakeside Berg."
    names = [("Hannah Berg", "Organization"), ("Berg#2", "Person"), ("Lakeside Berg", "Organization")]
    found = with_classes(text, layers(text, names, []).names, LEXICON)
    assert [n.label for n in found] == ["Person", "Person", "Organization"]


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [
        ("Karl Berg's Senate", "Organization", ["Karl Berg Person", "Senate Organization"]),
        ("Karl P. Berg’s Gallery", "Facility", ["Karl P. Berg Person", "Gallery Facility"]),
        ("Karl Berg's Escape", "Misc", ["Karl Berg's Escape Misc"]),
        ("Kyoto Harbour's Council", "Organization", ["Kyoto Harbour's Council Organization"]),
        ("Karl's Gallery", "Organization", ["Karl's Gallery Organization"]),
    ],
)
def test_what_is_called_somebodys_is_parted_from_the_person(
    layers: Callable[..., Layers], name: str, label: str, wanted: list[str]
) -> None:
    text = f"She left {name} on Monday."
    found = with_classes(text, layers(text, [(name, label)], []).names, LEXICON)
    assert [f"{text[slice(*n.at)]} {n.label}" for n in found] == wanted
