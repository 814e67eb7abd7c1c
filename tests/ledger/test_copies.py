from __future__ import annotations

import random

from accordingto.ledger.copies import LEAST, are_copies, containment, groups, shingles, sketch
from accordingto.record import Document, Record

WORDS = (
    "The ambulance service said that a drone strike on a grain depot outside the town killed six people before dawn "
    "on Monday and that fourteen more were brought to the hospital, three of them children. The army said that it "
    "had hit a weapons store and did not say whether civilians had been killed. A spokesman for the front denied "
    "that the group had ever kept arms there and accused the army of bombing food before the rains."
)


def grams(text: str):  # type: ignore[no-untyped-def]
    return shingles(Record(Document("d", text)))


def test_a_cut_reprint_with_another_opening_is_a_copy() -> None:
    reprint = "MARDA (Harbour Post, from wire) — " + WORDS[: len(WORDS) * 2 // 3]
    a, b = grams(WORDS), grams(reprint)
    assert are_copies(set(a.tolist()), set(b.tolist()))
    assert len(set(sketch(a)) & set(sketch(b))) >= LEAST


def test_the_same_facts_in_other_words_are_no_copy() -> None:
    other = (
        "Six people were killed when a drone hit a depot for grain near the town early on Monday, medics said; the "
        "military spoke of an arms cache, which the front rejected as a lie. Hospitals treated fourteen wounded."
    )
    assert containment(grams(WORDS), grams(other)) < 0.1


def test_short_texts_are_never_copies() -> None:
    a = grams("A strike hit the town on Monday, the army said.")
    assert not are_copies(set(a.tolist()), set(a.tolist()))
    assert sketch(a) == ()


def test_groups_do_not_depend_on_order() -> None:
    pairs = [(1, 2), (2, 5), (7, 8)]
    expected = {1: 1, 2: 1, 5: 1, 7: 7, 8: 7, 9: 9}
    for seed in range(10):
        mixed = [tuple(random.Random(seed + n).sample(p, 2)) for n, p in enumerate(pairs)]
        random.Random(seed).shuffle(mixed)
        assert groups([9, 8, 7, 5, 2, 1], mixed) == expected  # type: ignore[arg-type]
