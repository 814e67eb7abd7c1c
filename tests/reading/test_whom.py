"""Which entity a phrase means. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from accordingto.reading.layers import Layers, Name, Phrase, Syntax
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import Entity, EntityKind, Mention, MentionForm
from accordingto.spans import Range

TEXT = "Ada Brook and her aunt left. Milo Kent stayed. The northern woman spoke."
LABELS = ("root", "dep", "conj")


def place(words: str) -> Range:
    return Range(TEXT.index(words), TEXT.index(words) + len(words))


def person(number: int, name: str) -> Entity:
    at = place(name)
    mention = Mention(at.start, at.end, name, MentionForm.NAME)
    return Entity(f"E{number}", name, EntityKind.PERSON, mentions=(mention,))


@pytest.fixture
def seen(layers: Callable[..., Layers]) -> Layers:
    bare = layers(TEXT, [], [])
    words = [TEXT[slice(*w)] for w in bare.words]
    heads, relations = np.arange(len(words)), np.zeros(len(words), np.int64)
    for word, head, label in (
        ("Brook", "Ada", 1),
        ("and", "aunt", 1),
        ("her", "aunt", 1),
        ("aunt", "Ada", 2),
    ):
        heads[words.index(word)], relations[words.index(word)] = words.index(head), label
    for word, head in (("The", "woman"), ("northern", "woman"), ("Milo", "Kent")):
        heads[words.index(word)], relations[words.index(word)] = words.index(head), 1
    chain = tuple(
        Phrase(place(w), place(w.split()[-1])) for w in ("Ada Brook", "Milo Kent", "The northern woman")
    )
    names = tuple(Name(place(n), "Person", 1.0) for n in ("Ada Brook", "Milo Kent"))
    return replace(
        bare,
        names=names,
        chains=(chain,),
        syntax=Syntax(np.zeros(len(words), np.int64), heads, relations, LABELS),
    )


@pytest.mark.parametrize(
    ("phrase", "means"),
    [
        ("Ada Brook and her aunt", None),
        ("Ada Brook", "E1"),
        ("Milo Kent", None),
        ("The northern woman", "E1"),
    ],
)
def test_two_are_not_one_of_them_and_a_persons_name_means_no_other(
    phrase: str, means: str | None, seen: Layers
) -> None:
    assert entity_of(TEXT, place(phrase), seen, Mentioned([person(1, "Ada Brook")])) == means
