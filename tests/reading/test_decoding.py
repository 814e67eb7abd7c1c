from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordingto.reading.decoding import (
    ENDLESS,
    STRETCH,
    Text,
    consistent,
    lines_of,
    sentence_words,
    stretches,
)
from accordingto.reading.learned import load_decoder
from accordingto.reading.linking import Marks, choose_cues, link
from accordingto.reading.network import model_folder
from accordingto.reading.pairs import buckets
from accordingto.reading.sentences import breaks_before, case_of, find_words, forms, rough_ends
from accordingto.reading.viterbi import best_tags, spans_of
from accordingto.reading.windows import cut
from accordingto.spans import Range


def test_viterbi_finds_the_best_path_of_all() -> None:
    random = np.random.default_rng(5)
    moves = random.normal(size=(3, 3)).astype(np.float32)
    first, last = random.normal(size=(2, 3)).astype(np.float32)
    scores = [random.normal(size=(n, 3)).astype(np.float32) for n in (4, 1, 5, 3)]

    def value(path: tuple[int, ...], s: np.ndarray) -> float:
        steps = sum(moves[a, b] for a, b in itertools.pairwise(path))
        return float(first[path[0]] + last[path[-1]] + steps + sum(s[i, t] for i, t in enumerate(path)))

    for s, found in zip(scores, best_tags(scores, moves, first, last), strict=True):
        best = max(itertools.product(range(3), repeat=len(s)), key=lambda p: value(p, s))
        assert tuple(found) == best


def test_spans_of_tags() -> None:
    names = ("O", "B-x", "I-x", "E-x", "S-x")
    assert spans_of(np.array([0, 1, 2, 3, 0, 4, 4]), names) == [
        ("x", Range(1, 4)),
        ("x", Range(5, 6)),
        ("x", Range(6, 7)),
    ]


def test_lines() -> None:
    text = "One two.\nThree\n\nfour five"
    words = find_words(text)
    assert lines_of(breaks_before(text, words)) == (Range(0, 3), Range(3, 4), Range(4, 6))
    assert lines_of(np.zeros(0, np.int64)) == ()


@pytest.mark.parametrize(
    ("word", "case"), [("army", 1), ("Army", 2), ("NATO", 3), ("UNicef", 4), ("I", 5), ("12", 0), (",", 0)]
)
def test_case(word: str, case: int) -> None:
    assert case_of(word) == case


def test_rough_ends() -> None:
    text = "It fell. “We ran,” he said.\nNo one died at 3.5 km."
    words = find_words(text)
    pieces = [0, *rough_ends(text, words, breaks_before(text, words))]
    assert [text[words[a].start : words[b - 1].end] for a, b in itertools.pairwise(pieces)] == [
        "It fell.",
        "“We ran,” he said.",
        "No one died at 3.5 km.",
    ]


def test_distances_grow_coarse_and_keep_their_sign() -> None:
    found = buckets(np.array([-300, -1, 0, 1, 2, 300]), 24)
    assert list(found) == sorted(found[:2])[::-1] + sorted(found[2:])
    assert found[1] < 12 <= found[2]


@given(st.lists(st.integers(1, 12), max_size=120), st.integers(20, 60), st.integers(0, 8), st.integers(1, 9))
def test_windows_cover_every_word_once(sizes: list[int], longest: int, context: int, step: int) -> None:
    cuts = sorted({*range(step, len(sizes), step), len(sizes)}) if sizes else []
    windows = cut(0, sizes, cuts, longest, context)
    assert [i for w in windows for i in range(w.keep, w.end)] == list(range(len(sizes)))
    assert all(w.length <= longest and w.start <= w.keep < w.end for w in windows)


def test_a_cue_without_content_takes_one_that_another_can_spare() -> None:
    near = np.array([[3.0, 2.5, -9.0], [0.0, 2.0, -9.0], [-9.0, -9.0, 1.0]], np.float32)
    assert choose_cues(near) == [0, 1, 2]
    far = np.array([[3.0, 9.0], [-9.0, -9.0]], np.float32)
    assert choose_cues(far) == [0, 0]
    assert choose_cues(np.array([[-np.inf]], np.float32)) == [-1]


@pytest.mark.parametrize(("content", "kept"), [(0.5, True), (0.3, True), (0.1, False)])
def test_an_attribution_must_be_likely(content: float, kept: bool) -> None:
    words = find_words("Medics said two died")
    marks = Marks(words, [Range(1, 2)], [Range(0, 1)], [Range(2, 4)], [Range(0, 4)], [Range(0, 4)])
    decoder = load_decoder(model_folder() / "decoder.npz")
    vectors = np.zeros((4, 3 * len(decoder.link_none)), np.float32)
    sure = np.array([0.9, 0.3, content, content], np.float32)
    found = link(marks, vectors, sure, decoder)
    assert [(a.source, a.cue, a.content) for a in found] == (
        [(words[0], words[1], (Range(words[2].start, words[3].end),))] if kept else []
    )


def test_equal_names_have_one_class() -> None:
    text = "Jordan sent aid. Jordan denied it. Omar Jordan spoke. Aid came from Jordan."
    words = find_words(text)
    at = [i for i, w in enumerate(words) if text[w.start : w.end] == "Jordan"]
    names = [
        (Range(at[0], at[0] + 1), "Person", 0.5),
        (Range(at[1], at[1] + 1), "Location", 0.4),
        (Range(at[2] - 1, at[2] + 1), "Person", 0.9),
        (Range(at[3], at[3] + 1), "Location", 0.3),
    ]
    found = consistent(names, forms(text, words))
    assert [label for _, label, _ in found] == ["Location", "Location", "Person", "Location"]
    assert [(span, sure) for span, _, sure in found] == [(span, sure) for span, _, sure in names]
    assert consistent([], forms(text, words)) == []


def test_a_line_without_end_is_linked_by_its_sentences() -> None:
    """Time would grow with the square of what is linked together."""
    short, long = Range(0, 40), Range(40, 40 + 4 * STRETCH)
    step = STRETCH // 2 - 1
    sentences = [short, *(Range(a, min(a + step, long.end)) for a in range(long.start, long.end, step))]
    found = stretches([short, long], frozenset(), sentences)
    assert [found[0].start, found[-1].end] == [0, long.end]
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    assert all(s.end - s.start <= 2 * STRETCH for s in found)
    assert {s.start for s in found} <= {s.start for s in sentences}
    assert stretches([short, Range(40, 80)]) == [Range(0, 80)]


def test_no_sentence_goes_on_for_ever() -> None:
    line = Range(0, 2 * ENDLESS + 5)
    text = Text(tuple(Range(w, w + 1) for w in range(line.end)), (line,))
    ends = np.full(line.end, -1.0, np.float32)
    ends[2] = 1.0
    found = sentence_words(text, ends)
    assert found[:2] == (Range(0, 3), Range(3, 3 + ENDLESS))
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    assert found[-1].end == line.end
