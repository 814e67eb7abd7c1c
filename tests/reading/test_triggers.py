from __future__ import annotations

import numpy as np
import pytest

from accordingto.reading.chains import Forms, chains, repeated
from accordingto.reading.layers import Syntax
from accordingto.reading.pairs import PairScorer, probable_pieces
from accordingto.reading.parsing import extents
from accordingto.reading.roles import RoleScorer
from accordingto.reading.sentences import find_words, forms
from accordingto.reading.triggers import (
    Around,
    EventScorer,
    happenings,
    likenesses,
    phrase,
    triggers,
    with_verbs,
)
from accordingto.record import Factuality
from accordingto.spans import Range

NAMES = ("root", "nsubj", "det", "case", "nmod", "punct", "conj", "cc", "obj")


def constant(at: int, tags: int, winner: int, size: int = 1) -> PairScorer:
    """A scorer that gives every pair the same tag."""
    bias = np.full(tags, -1.0, np.float32)
    bias[winner] = 1.0
    zeros = np.zeros((24, size), np.float32)
    return PairScorer(at, size, zeros, np.zeros((size, tags), np.float32), bias)


def scores(words: int, types: dict[int, int]) -> np.ndarray:
    out = np.zeros((words, 5), np.float32)
    out[:, 0] = 3
    for word, kind in types.items():
        out[word, kind] = 9
        out[word, 4] = 2
    return out


def test_runs_of_one_type_are_one_trigger_but_not_across_lines() -> None:
    types = np.zeros((6, 3), np.float32)
    types[[0, 5], 0] = 1
    types[[1, 2, 3], 1] = 1
    types[4, 2] = 1
    whole = [Range(0, 6)]
    assert triggers(types, whole) == [(Range(1, 4), 1), (Range(4, 5), 2)]
    assert triggers(types, [Range(0, 3), Range(3, 6)])[:2] == [(Range(1, 3), 1), (Range(3, 4), 1)]


@pytest.mark.parametrize(
    ("chances", "hangs_on", "wanted"),
    [
        ((0.5, 0.1), 1, [(Range(1, 3), 2)]),  # the verb before "out" is seen faintly
        ((0.9, 0.1), 1, [(Range(2, 3), 2)]),  # not at all
        ((0.5, 0.1), 3, [(Range(2, 3), 2)]),  # "out" is not its particle
        ((0.1, 0.8), 1, [(Range(1, 3), 2)]),  # the verb is seen as another deed, less surely
    ],
)
def test_a_particle_takes_its_verb(
    chances: tuple[float, float], hangs_on: int, wanted: list[tuple[Range, int]]
) -> None:
    types = np.array([[1, 0, 0], [*chances, 0], [0.1, 0, 0.9], [1, 0, 0]], np.float32)
    heads = np.array([1, 1, hangs_on, 1])
    syntax = Syntax(np.zeros(4, np.int64), heads, np.zeros(4, np.int64))
    around = Around([Range(0, 4)], [Range(0, 4)], syntax, NAMES, np.array([-1, 0, -1, 0]))
    assert with_verbs(triggers(types, around.lines), types, around) == wanted


def test_mentions_are_scored_against_all_earlier_ones_the_nearest_first() -> None:
    text = "Raid kills two. The raid went on. A march began."
    words = find_words(text)
    scorer = EventScorer(
        ("O", "attack", "protest"),
        ("occurred", "claimed"),
        constant(0, 3, 1),
        ("O", "B-actor", "I-actor"),
        constant(2, 1, 0),
        RoleScorer(
            constant(0, 3, 1), ("O", "B-ARGM-TMP", "I-ARGM-TMP"), np.zeros((len(NAMES), 2, 2), np.float32)
        ),
    )
    wide = np.zeros((len(words), 4), np.float32)
    whole = [Range(0, len(words))]
    flat = Syntax(np.zeros(len(words), np.int64), np.zeros(len(words), np.int64), np.full(len(words), 5))
    around = Around(whole, whole, flat, NAMES, np.zeros(len(words), np.int64))
    found = happenings(words, wide, scores(len(words), {0: 1, 5: 1, 10: 2}), around, scorer)
    assert [(text[slice(*h.trigger)], h.type, len(h.again)) for h in found] == [
        ("Raid", "attack", 0),
        ("raid", "attack", 1),
        ("march", "protest", 2),
    ]
    assert likenesses([0, 5, 10], wide, constant(2, 1, 0))[2] == found[2].again == (1.0, 1.0)
    assert {h.factuality for h in found} == {Factuality.CLAIMED}
    assert {p.role for p in found[0].parts} == {"actor"}
    assert {a.label for a in found[0].arguments} == {"ARGM-TMP"}
    assert not any(a.at.overlaps(found[0].trigger) for a in found[0].arguments)
    assert happenings(words, wide, scores(len(words), {}), around, scorer) == ()


def test_a_piece_is_where_its_label_is_probable_with_small_gaps() -> None:
    chances = np.array([[0.9, 0.1, 0], [0.5, 0.4, 0.1], [0.8, 0, 0.2], [0.3, 0, 0.7], [1, 0, 0]], np.float32)
    assert probable_pieces(chances, ("O", "B-actor", "I-actor"), floor=0.4) == [
        ("actor", 1, 4, pytest.approx(0.7))
    ]
    assert probable_pieces(chances, ("O", "B-actor", "I-actor"), floor=0.75) == []


def test_a_phrase_is_its_heads_subtree_without_what_hangs_beside_it() -> None:
    text = "Near the gate of Mocha, guards and boys fled."
    words = find_words(text)
    heads = np.array([2, 2, 9, 4, 2, 2, 9, 8, 6, 9, 9])
    relations = np.array(
        [NAMES.index(r) for r in "case det obj case nmod punct nsubj cc conj root punct".split()]
    )
    syntax = Syntax(np.zeros(11, np.int64), heads, relations)
    spans = extents([2, 4, 6], syntax, [Range(0, 11)], NAMES)
    shown = {w: text[words[s.start].start : words[s.end - 1].end] for w, s in spans.items()}
    assert shown == {2: "the gate of Mocha", 4: "Mocha", 6: "guards"}


def test_chains_need_two_phrases_unless_single_ones_are_wanted() -> None:
    words = find_words("Guards fled. They hid.")
    syntax = Syntax(np.zeros(6, np.int64), np.array([1, 1, 1, 4, 4, 4]), np.array([1, 0, 5, 1, 0, 5]))
    mention = np.array([1, -1, -1, 1, -1, -1], np.float32)
    wide = np.zeros((6, 2), np.float32)
    ends = [Range(0, 3), Range(3, 6)]
    joined = chains(words, wide, mention, syntax, ends, constant(0, 1, 0), NAMES)
    assert [[p.head for p in c] for c in joined] == [[words[0], words[3]]]
    never = PairScorer(
        0, 1, np.zeros((24, 1), np.float32), np.zeros((1, 1), np.float32), np.array([-1.0], np.float32)
    )
    assert chains(words, wide, mention, syntax, ends, never, NAMES) == ()
    assert len(chains(words, wide, mention, syntax, ends, never, NAMES, single=True)) == 2


def test_a_phrase_told_again_in_the_same_words_is_the_same_thing() -> None:
    text = "The old school burned. A new school opened. He saw the old school and the School."
    words = find_words(text)
    at = {w: i for i, w in enumerate(text[w.start : w.end] for w in words)}
    heads, relations = np.arange(len(words)), np.full(len(words), NAMES.index("obj"))
    names = (*NAMES, "amod")
    for adjective, noun in ((1, 2), (6, 7), (13, 14)):
        heads[adjective], relations[adjective] = noun, names.index("amod")
    syntax = Syntax(np.zeros(len(words), np.int64), heads, relations)
    nouns = np.isin(np.arange(len(words)), [2, 7, 14, at["School"]])
    found = np.array([2, 7, 10, 14, at["School"]])
    assert [text[words[i].start : words[i].end] for i in found] == [
        "school",
        "school",
        "He",
        "school",
        "School",
    ]
    assert repeated(found, syntax, Forms(forms(text, words), nouns), names) == [-1, -1, -1, 0, -1]


def test_a_piece_that_describes_a_noun_grows_to_the_nouns_phrase() -> None:
    text = "Police are investigating the killing of the young Kutum woman there"
    words = find_words(text)
    names = (*NAMES, "amod", "compound")
    heads = np.array([2, 2, 2, 4, 2, 9, 9, 9, 9, 4, 2])
    relations = [names.index("obj")] * len(words)
    relations[7], relations[8], relations[6], relations[5] = (
        names.index("amod"), names.index("compound"), names.index("det"), names.index("case"),
    )  # fmt: skip
    syntax = Syntax(np.zeros(len(words), np.int64), heads, np.array(relations))
    around = Around(
        [Range(0, len(words))], [Range(0, len(words))], syntax, names, np.zeros(len(words), np.int64)
    )
    assert phrase(Range(8, 9), Range(2, 3), around, climb=True) == Range(6, 10)
    assert phrase(Range(8, 9), Range(2, 3), around, climb=False) == Range(8, 9)
    assert phrase(Range(8, 9), Range(9, 10), around, climb=True) == Range(8, 9)
