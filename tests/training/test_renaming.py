from __future__ import annotations

import random

import numpy as np
from training.corpora import Doc
from training.renaming import names_of, renamed

from accordingto.spans import Range


def doc(id: str, words: str, tags: list[int]) -> Doc:
    """A document whose word pieces are numbers of its words' letters, with BIOES tags of one class."""
    parts = words.split()
    return Doc(
        id,
        words,
        [Range(i, i + 1) for i in range(len(parts))],
        np.array([[2 if w[0].isupper() else 1, 1] for w in parts]),
        [[ord(c) for c in w] for w in parts],
        [len(parts)],
        names=np.array(tags),
    )


BEGIN, INSIDE, END, SINGLE = 1, 2, 3, 4  # one class


def words_of(d: Doc) -> str:
    return " ".join("".join(map(chr, p)) for p in d.pieces)


def test_spans_come_from_tags() -> None:
    assert names_of(np.array([SINGLE, 0, BEGIN, INSIDE, END, BEGIN, END, 8])) == [
        (0, Range(0, 1)),
        (0, Range(2, 5)),
        (0, Range(5, 7)),
        (1, Range(7, 8)),
    ]


def test_a_name_changes_everywhere_in_its_document_and_stays_marked() -> None:
    long = doc("a", "Ann Bo Cy met dogs", [BEGIN, INSIDE, END, 0, 0])
    short = doc("b", "Zed saw Zed run", [SINGLE, 0, SINGLE, 0])
    seen = set()
    for seed in range(30):
        one, other = renamed([long, short], 1.0, random.Random(seed))
        seen.add(words_of(other))
        for d in (one, other):
            assert d.names is not None
            assert len(d.pieces) == len(d.features) == len(d.names) == d.cuts[-1]
            assert len(names_of(d.names)) == (1 if d.id == "a" else 2)
    assert seen == {"Zed saw Zed run", "Ann Bo Cy saw Ann Bo Cy run"}


def test_without_a_rate_nothing_changes_and_other_layers_are_left_alone() -> None:
    named = doc("a", "Ann met Bo", [SINGLE, 0, SINGLE])
    unnamed = doc("b", "dogs ran", [0, 0])
    unnamed.names = None
    same, other = renamed([named, unnamed], 0.0, random.Random(1))
    assert words_of(same) == "Ann met Bo"
    assert other is unnamed
