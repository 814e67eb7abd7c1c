"""Whose a deed is that a noun tells. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.layers import Happening, Layers, Name, Part
from accordingto.reading.owneddeeds import with_owner
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = ("root", "dep", "nmod:poss", "conj", "case", "nmod")
Hangs = dict[str, tuple[str, str]]
Told = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "hangs", "parts", "wanted"),
    [
        ("his arrest came", "arrest", "detention", {"his": ("arrest", "nmod:poss")}, [], [("target", "his")]),
        ("Berg's arrest and trial", "trial", "legal", {"Berg": ("arrest", "nmod:poss"), "trial": ("arrest", "conj")}, [], [("target", "Berg")]),
        ("his killing of guards", "killing", "killing", {"his": ("killing", "nmod:poss")}, [], []),
        ("his lawsuit came", "lawsuit", "legal", {"his": ("lawsuit", "nmod:poss")}, [], []),
        ("its release came", "release", "release", {"its": ("release", "nmod:poss")}, [], []),
        ("his arrest shocked Ada", "arrest", "detention", {"his": ("arrest", "nmod:poss")}, [("target", "Ada")], [("target", "Ada")]),
        ("Berg's victory came", "victory", "politics", {"Berg": ("victory", "nmod:poss")}, [("target", "Berg")], [("actor", "Berg")]),
    ],
)  # fmt: skip
def test_whose_arrest_it_is_was_arrested_and_whose_victory_it_is_won(
    text: str, trigger: str, kind: str, hangs: Hangs, parts: Told, wanted: Told, tree: Callable[..., Layers]
) -> None:
    def place(words: str) -> Range:
        return Range(text.index(words), text.index(words) + len(words))

    names = (Name(place("Berg"), "Person", 1.0),) if "Berg" in text else ()
    told = Happening(
        place(trigger),
        kind,
        Factuality.OCCURRED,
        tuple(Part(r, place(w), 0.9) for r, w in parts),
        (),
        (),
        0.9,
    )
    found = with_owner(text, told, replace(tree(text, hangs, LABELS), names=names))
    assert [(p.role, text[slice(*p.at)]) for p in found.parts] == wanted
