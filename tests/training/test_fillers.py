from __future__ import annotations

from pathlib import Path

import numpy as np
from training.fillers import Head, Look, distinct, pooled, short, standing, surest
from training.fillerstrings import ROLES, Choice, Place, Prose, cuts, hashed, traits
from training.fillerwords import KINDS, WIDTH, Counts, Habits, keys

from accordingto.spans import Range

TEXT = "two burned vehicles of the bank"
WORDS = TEXT.split()
PROSE = Prose(
    TEXT,
    tuple(Range(TEXT.index(w), TEXT.index(w) + len(w)) for w in WORDS),
    tuple(WORDS),
    ("NUM", "VERB", "NOUN", "ADP", "DET", "NOUN"),
    ("nummod", "amod", "root", "case", "det", "nmod"),
    (2, 2, 2, 5, 5, 2),
)
VEHICLES, BANK = Place(2, Range(0, 6)), Place(5, Range(4, 6))


def seen(*names: tuple[str, ...], places: tuple[Place, ...] = (VEHICLES, BANK)) -> Look:
    words = tuple(keys(PROSE, p, n[0]) for n, p in zip(names, places, strict=True))
    return Look(names, np.eye(len(names), 3, dtype=np.float32), words, places, PROSE)


def test_strings_are_named_once() -> None:
    found = [(0.9, "guerrillas"), (0.6, "red front guerrillas"), (0.5, "bank"), (0.4, "rfl")]
    assert [s for _, s in distinct(found)] == ["guerrillas", "bank", "rfl"]
    assert [s for _, s in distinct([(0.9, "red front of labor"), (0.4, "rfl")])] == ["red front of labor"]


def test_an_entity_is_at_least_as_sure_as_its_surest_place() -> None:
    scores = np.array([[0.0, -9.0], [-2.0, 1.0], [0.0, -9.0]], np.float32)
    chances, best = pooled(scores, np.array([0, 1, 0]))
    assert best.tolist() == [[0, 0], [1, 1]]
    assert np.isclose(chances[0, 0], 2 / 3)  # two places at one half
    assert np.isclose(chances[1, 1], 1 / (1 + np.exp(-1)))


def test_first_letters_are_the_same_body() -> None:
    assert short("rfl", "red front of labor")
    assert not short("rfl", "bank")
    assert not short("rfl", "green front of labor")


def test_a_string_is_known_by_its_surest_place() -> None:
    fills = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]], np.float32)
    out = surest(["bank", "bank", "bridge"], fills)
    assert np.allclose(out[0], [0.9, 0.8, 0.55, 0.45])
    assert np.allclose(out[0], out[1])
    assert np.allclose(out[2], [0.5, 0.5, 0.5, 0.5])


def test_where_a_candidate_stands() -> None:
    out = standing(["bank", "bridge", "bank"], [1, 2, 7], [Range(0, 5), Range(5, 10)], {7: 3})
    assert np.allclose(out[:, 0], np.log1p([2, 1, 2]))
    assert np.allclose(out[:, 1], [0.1, 0.2, 0.1])
    assert out[:, 2].tolist() == [1, 1, 0]
    assert out[:, 4].tolist() == [1, 1, 0]
    assert np.isclose(out[2, 7], np.log(4))


def test_a_phrase_is_cut_around_its_head() -> None:
    found = cuts(PROSE, VEHICLES)
    assert found["vehicles"] == Range(2, 3)
    assert found["burned vehicles"] == Range(1, 3)
    assert found["two burned vehicles of bank"] == Range(0, 6)
    assert all(at.start <= 2 < at.end for at in found.values())
    assert list(cuts(PROSE, BANK)) == ["bank"]  # an article is no part of it
    assert hashed("number") in set(traits(PROSE, VEHICLES, Range(0, 3)))
    assert hashed("number") not in set(traits(PROSE, VEHICLES, Range(1, 3)))


def test_each_role_weighs_cuts_for_itself() -> None:
    row = np.zeros(len(ROLES) + 1, np.float32)
    row[ROLES.index("PerpInd")], row[ROLES.index("Target")] = 3, -3
    strings, chances = Choice({hashed("number"): row}).chances(PROSE, VEHICLES)
    numbered = [s.startswith("two") for s in strings]
    assert numbered[int(chances[:, ROLES.index("PerpInd")].argmax())]
    assert not numbered[int(chances[:, ROLES.index("Target")].argmax())]
    assert np.allclose(chances.sum(0), 1)


def test_words_are_counted_without_the_message_that_is_judged() -> None:
    vehicles, bank = keys(PROSE, VEHICLES, "vehicles"), keys(PROSE, BANK, "bank")
    assert (vehicles[0], vehicles[2], bank[2]) == tuple(map(hashed, ("0 vehicl", "2 /root", "2 vehicl/nmod")))
    fills = np.zeros((2, len(ROLES)), np.float32)
    fills[0, ROLES.index("Target")] = 1
    messages = [((vehicles, bank), fills)] * 3
    counts = Counts(messages)
    whole, less = counts.habits().features([vehicles]), counts.habits(messages[0]).features([vehicles])
    assert whole.shape == (1, WIDTH)
    assert whole[0, ROLES.index("Target")] > less[0, ROLES.index("Target")] > 0
    assert np.allclose([whole[0, len(ROLES)], less[0, len(ROLES)]], np.log([4, 3]))
    assert not Counts(messages[:2]).habits().rows  # too few messages


def test_a_head_comes_back_from_its_file(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    numbers = lambda *shape: rng.normal(size=shape).astype(np.float16).astype(np.float32)  # noqa: E731
    width = 3 + WIDTH
    head = Head(
        numbers(width),
        np.ones(width, np.float32),
        numbers(width, 4),
        numbers(4),
        numbers(4, 5),
        numbers(5),
        np.full(5, 0.0, np.float32),
        Habits({keys(PROSE, BANK, "bank")[0]: numbers(WIDTH // KINDS)}),
        Choice({hashed("number"): numbers(len(ROLES) + 1)}),
    )
    head.save("a network", tmp_path / "head.npz")
    assert Head.load("another", tmp_path / "head.npz") is None
    again = Head.load("a network", tmp_path / "head.npz")
    assert again is not None
    view = seen(("vehicles",), ("bank",))
    assert np.allclose(head.scores(view), again.scores(view))
    assert again.scores(view).shape == (2, len(ROLES))
    assert head.ranked(view) == again.ranked(view)
    assert sorted(again.fillers(view)) == sorted(ROLES)
