"""Deeds of which a sentence leaves open whether they were. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.layers import Happening, Layers
from accordingto.reading.unsettled import left_open
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = "root nsubj obj ccomp csubj advcl mark nmod obl det case acl:relcl xcomp".split()
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "deed", "hangs", "read", "wanted"),
    [
        ("It was not clear whether it was an attack", "attack", {"whether": ("attack", "mark"), "attack": ("clear", "csubj"), "an": ("attack", "det")}, "negated", "possible"),
        ("It is not clear if it was an attack", "attack", {"if": ("attack", "mark"), "attack": ("clear", "advcl"), "an": ("attack", "det")}, "claimed", "possible"),
        ("It is unclear whether rebels attacked them", "attacked", {"whether": ("attacked", "mark"), "attacked": ("unclear", "csubj")}, "claimed", "possible"),
        ("It is unclear if guards led the raid", "raid", {"if": ("led", "mark"), "led": ("unclear", "csubj"), "raid": ("led", "obj"), "the": ("raid", "det")}, "ongoing", "possible"),
        ("It is unclear if guards led the raid", "raid", {"if": ("led", "mark"), "led": ("unclear", "csubj"), "raid": ("led", "obj"), "the": ("raid", "det")}, "occurred", "occurred"),
        ("It is unclear whether a man near a raid left", "raid", {"whether": ("left", "mark"), "left": ("unclear", "csubj"), "man": ("left", "nsubj"), "raid": ("man", "nmod")}, "occurred", "occurred"),
        ("They will leave if rebels attacked them", "attacked", {"if": ("attacked", "mark"), "attacked": ("leave", "advcl")}, "claimed", "claimed"),
        ("It was clear that rebels attacked them", "attacked", {"that": ("attacked", "mark"), "attacked": ("clear", "csubj")}, "occurred", "occurred"),
        ("It is unclear whether they will attack", "attack", {"whether": ("attack", "mark"), "attack": ("unclear", "csubj")}, "planned", "planned"),
    ],
)  # fmt: skip
def test_what_is_asked_is_possible(
    text: str, deed: str, hangs: Hangs, read: str, wanted: str, tree: Callable[..., Layers]
) -> None:
    told = Happening(place(text, deed), "attack", Factuality(read), (), (), (), 0.9)
    assert left_open(text, told, tree(text, hangs, LABELS)).factuality == wanted
