from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from accordingto.errors import FatalError
from accordingto.reading.meaning import LONGEST, Embedder
from accordingto.reading.network import model_folder

SAID = "The army said that the warehouse held weapons."
LIKE = "According to the military, arms were stored in the depot."
OTHER = "A vaccination campaign began in three districts."


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return Embedder(threads=2)


def test_what_means_the_same_is_nearer_than_what_does_not(embedder: Embedder) -> None:
    said, like, other = embedder([SAID, LIKE, OTHER])
    assert said @ like > 0.5 > said @ other
    assert np.allclose([said @ said, like @ like], 1, atol=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    [alone] = embedder([SAID])
    assert np.array_equal(embedder([OTHER, LIKE, SAID, ""])[2], alone)
    assert np.array_equal(Embedder(threads=1)([SAID])[0], alone)


def test_texts_without_words_get_zeros_and_long_ones_are_cut(embedder: Embedder) -> None:
    empty, long, longer = embedder([" ", "school " * LONGEST, "school " * LONGEST * 2])
    assert not empty.any()
    assert np.array_equal(long, longer)
    assert embedder([]).shape == (0, 384)
    assert embedder.size == 384


def test_nothing_is_loaded_before_the_first_text(tmp_path: Path) -> None:
    embedder = Embedder(tmp_path)
    with pytest.raises(FatalError, match="make model"):
        embedder([SAID])


def test_the_table_of_word_pieces_is_a_file_of_its_own(tmp_path: Path) -> None:
    for name in ("meaning.onnx", "tokenizer.json"):
        shutil.copy(model_folder() / name, tmp_path / name)
    with pytest.raises(FatalError, match=r"training\.export"):
        Embedder(tmp_path)([SAID])
    before = Embedder(tmp_path).name
    shutil.copy(model_folder() / "words.bin", tmp_path / "words.bin")
    assert Embedder(tmp_path).name != before
    assert Embedder(tmp_path)([SAID]).any()
