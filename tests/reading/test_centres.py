"""Whom the sentences before a pronoun are about. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.layers import Layers, Name, Phrase
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import Entity, EntityKind, Mention, MentionForm
from accordingto.spans import Range

LABELS = ("root", "dep", "nsubj", "obj", "nsubj:pass")


def person(number: int, name: str, text: str) -> Entity:
    start = text.index(name)
    mention = Mention(start, start + len(name), name, MentionForm.NAME)
    return Entity(f"E{number}", name, EntityKind.PERSON, mentions=(mention,))


@pytest.mark.parametrize(
    ("text", "hangs", "means"),
    [
        ("Ada left. Milo stayed. He was jailed.", {"Milo": ("stayed", "nsubj")}, "E2"),
        ("Ada left. Milo saw her. He sang. He was jailed.", {"Milo": ("saw", "nsubj"), "He": ("sang", "nsubj")}, "E2"),
        ("Ada left. Guards stayed. He was jailed.", {"Guards": ("stayed", "nsubj")}, "E1"),
        ("Milo saw Ada. He was jailed.", {"Milo": ("saw", "nsubj")}, "E1"),
        ("Ada left. Milo stayed. “He was jailed.”", {"Milo": ("stayed", "nsubj")}, "E1"),
    ],
)  # fmt: skip
def test_he_goes_with_the_sentence_before(
    text: str, hangs: dict[str, tuple[str, str]], means: str, tree: Callable[..., Layers]
) -> None:
    seen = tree(text, hangs, LABELS)
    at = Range(text.rindex("He"), text.rindex("He") + 2)
    ada = Range(text.index("Ada"), text.index("Ada") + 3)
    syntax = seen.syntax
    assert syntax is not None
    word = seen.word_at(at.start)
    syntax.heads[word], syntax.relations[word] = word + 2, LABELS.index("nsubj:pass")
    for sentence in seen.sentences:
        inside = [*seen.words_in(sentence)]
        roots = [w for w in inside if any(syntax.heads[v] == w and v != w for v in inside)] or inside[1:2]
        for w in inside:
            if syntax.heads[w] == w and w != roots[0]:
                syntax.heads[w], syntax.relations[w] = roots[0], 1
    chain = (Phrase(ada, ada), Phrase(at, at))
    names = (Name(ada, "Person", 1.0),)
    people = Mentioned([person(1, "Ada", text), *([person(2, "Milo", text)] if "Milo" in text else [])])
    assert entity_of(text, at, replace(seen, chains=(chain,), names=names), people) == means
