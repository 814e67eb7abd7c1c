"""What a phrase can't mean. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.layers import Layers, Phrase
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import Actor, Entity, EntityKind, Mention, MentionForm
from accordingto.spans import Range

LABELS = ("root", "dep", "compound", "amod", "det", "nmod", "case", "nmod:poss")
Hangs = dict[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.rindex(words), text.rindex(words) + len(words))


@pytest.mark.parametrize(
    ("text", "name", "kind", "country", "phrase", "chained", "hangs", "means"),
    [
        ("Kor is far. A Kor judge spoke", "Kor", EntityKind.PLACE, None, "A Kor judge", "Kor", {"judge": ("spoke", "dep")}, None),
        ("Kor is far. The Kor government spoke", "Kor", EntityKind.PLACE, None, "The Kor government", "Kor", {"government": ("spoke", "dep")}, "E1"),
        ("Front met. Some Front deputies spoke", "Front", EntityKind.ORGANIZATION, None, "Some Front deputies", "Front", {"deputies": ("spoke", "dep")}, None),
        ("Front met. The Front fighters spoke", "Front", EntityKind.ORGANIZATION, None, "The Front fighters", "Front", {"fighters": ("spoke", "dep")}, "E1"),
        ("Kor is far. The country is poor", "Kor", EntityKind.PLACE, None, "The country", "country", {"country": ("poor", "dep")}, None),
        ("Mali is far. The country is poor", "Mali", EntityKind.PLACE, "MLI", "The country", "country", {"country": ("poor", "dep")}, "E1"),
        ("Mali is far. The town is poor", "Mali", EntityKind.PLACE, "MLI", "The town", "town", {"town": ("poor", "dep")}, None),
        ("Ada left. Guards took his land", "Ada", EntityKind.PERSON, None, "his land", "land", {"land": ("took", "dep")}, None),
        ("Ada left. Guards took his doctor", "Ada", EntityKind.PERSON, None, "his doctor", "doctor", {"doctor": ("took", "dep")}, "E1"),
        ("Ada left. The lawyers spoke", "Ada", EntityKind.PERSON, None, "The lawyers", "lawyers", {"lawyers": ("spoke", "dep")}, None),
        ("Ada left. The lawyer spoke", "Ada", EntityKind.PERSON, None, "The lawyer", "lawyer", {"lawyer": ("spoke", "dep")}, "E1"),
        ("Ada left. Any lawyer spoke", "Ada", EntityKind.PERSON, None, "Any lawyer", "lawyer", {"lawyer": ("spoke", "dep")}, None),
        ("Peter Kor left. The woman spoke", "Peter Kor", EntityKind.PERSON, None, "The woman", "woman", {"woman": ("spoke", "dep")}, None),
        ("Kor is far. The bill is law", "Kor", EntityKind.PLACE, None, "The bill", "bill", {"bill": ("law", "dep")}, None),
        ("Front met. The meeting ended", "Front", EntityKind.ORGANIZATION, None, "The meeting", "meeting", {"meeting": ("ended", "dep")}, None),
    ],
)  # fmt: skip
def test_a_phrase_means_nothing_of_another_kind(
    text: str,
    name: str,
    kind: EntityKind,
    country: str | None,
    phrase: str,
    chained: str,
    hangs: Hangs,
    means: str | None,
    tree: Callable[..., Layers],
) -> None:
    at, told = place(text, phrase), Range(0, len(name))
    seen = tree(text, hangs, LABELS, onward=False)
    syntax = seen.syntax
    assert syntax is not None
    inside = seen.words_in(at)
    for w in range(inside.start, inside.stop - 1):
        syntax.heads[w], syntax.relations[w] = inside.stop - 1, LABELS.index("compound")
    chain = (Phrase(told, told), Phrase(at, place(text, chained)))
    actor = Actor(country=country) if country else None
    entity = Entity(
        "E1", name, kind, actor=actor, mentions=(Mention(told.start, told.end, name, MentionForm.NAME),)
    )
    assert entity_of(text, at, replace(seen, chains=(chain,)), Mentioned([entity])) == means


def test_those_around_somebody_are_not_who_is_named(tree: Callable[..., Layers]) -> None:
    text = "The parents of Ana Ruiz left"
    ana = place(text, "Ana Ruiz")
    seen = tree(text, {"parents": ("Ana", "dep"), "Ruiz": ("Ana", "compound")}, LABELS)
    entity = Entity(
        "E1", "Ana Ruiz", EntityKind.PERSON, mentions=(Mention(*ana, "Ana Ruiz", MentionForm.NAME),)
    )
    assert entity_of(text, Range(0, ana.end), seen, Mentioned([entity])) is None
    assert entity_of(text, ana, seen, Mentioned([entity])) == "E1"
