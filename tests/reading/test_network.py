from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from accordingto.errors import FatalError
from accordingto.reading import network as network_module
from accordingto.reading.meaning import Embedder
from accordingto.reading.network import Network, load_tokenizer, loaded_decoder, model_folder


def test_whatever_changes_a_reading_changes_the_models_name(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder(), folder)
    before = Network(folder, threads=1).name
    assert before == Network(threads=1).name
    with np.load(folder / "decoder.npz") as data:
        arrays = {k: data[k] for k in data.files}
    np.savez(folder / "decoder.npz", **(arrays | {"link_bias": arrays["link_bias"] + 1}))
    assert Network(folder, threads=1).name != before


def test_a_missing_or_broken_model_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FatalError, match="make model"):
        Network(tmp_path)
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(FatalError, match=r"decoder\.npz"):
        Network(tmp_path)
    for name in ("decoder.npz", "tokenizer.json"):
        shutil.copy(model_folder() / name, tmp_path / name)
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(FatalError, match=r"training\.export"):
        Network(tmp_path)
    monkeypatch.setattr(network_module, "model_folder", lambda: tmp_path)
    with pytest.raises(FatalError, match="reinstall"):
        Network(tmp_path)
    for name, load in (("decoder.npz", loaded_decoder), ("tokenizer.json", load_tokenizer)):
        (tmp_path / name).write_bytes(b"neither")
        with pytest.raises(FatalError, match=name):
            load(tmp_path / name if name == "decoder.npz" else tmp_path)
    (tmp_path / "meaning.onnx").write_bytes(b"no graph")
    (tmp_path / "tokenizer.json").unlink()
    with pytest.raises(FatalError, match=r"tokenizer\.json"):
        _ = Embedder(tmp_path).name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of the user's own."""
    return Path(shutil.copytree(model_folder(), tmp_path / "mine"))


@pytest.mark.parametrize("lacking", ["inner_moves", "kinds_signs_tags", "link_weights"])
def test_a_model_of_an_older_version_is_refused(folder: Path, lacking: str) -> None:
    with np.load(folder / "decoder.npz") as data:
        arrays = {k: data[k] for k in data.files if k != lacking}
    np.savez(folder / "decoder.npz", **arrays)
    with pytest.raises(FatalError, match=rf"lacks.*{lacking}.*training\.export"):
        Network(folder)


def test_word_pieces_that_the_network_does_not_know_are_refused_before_a_report_is_read(folder: Path) -> None:
    told = json.loads((folder / "tokenizer.json").read_text())
    told["model"]["vocab"]["caravanserai"] = len(told["model"]["vocab"])
    (folder / "tokenizer.json").write_text(json.dumps(told))
    for load in (lambda: Network(folder), lambda: Embedder(folder)(["a report"])):
        with pytest.raises(FatalError, match=r"training\.export"):
            load()
    vocab = told["model"]["vocab"]
    vocab["[CLS]"], vocab["[SEP]"] = vocab["[SEP]"], vocab["[CLS]"]
    (folder / "tokenizer.json").write_text(json.dumps(told))
    with pytest.raises(FatalError, match="pieces 101 and 102"):
        Network(folder)


def test_a_graph_and_numbers_of_two_models_are_refused(folder: Path) -> None:
    with np.load(folder / "decoder.npz") as data:
        arrays = {k: data[k] for k in data.files}
    np.savez(folder / "decoder.npz", **(arrays | {"claims_widths": arrays["claims_widths"] * 2}))
    with pytest.raises(FatalError, match=r"decoder\.npz"):
        Network(folder)


def test_a_table_of_word_pieces_that_is_cut_short_is_not_blamed_on_the_package(folder: Path) -> None:
    (folder / "words.bin").write_bytes((folder / "words.bin").read_bytes()[:1000])
    for load in (lambda: Network(folder), lambda: Embedder(folder)(["a report"])):
        with pytest.raises(FatalError, match=r"not whole.*training\.export"):
            load()


def test_a_model_is_named_after_its_encoder(folder: Path) -> None:
    assert Network(folder).name.startswith("minilm-l6-int8-")
    (folder / "encoder.txt").write_text("heron-tiny\n")
    assert Network(folder).name.startswith("heron-tiny-int8-")
    assert Embedder(folder).name.startswith("heron-tiny-meaning-")


def test_systems_that_do_not_tell_a_process_its_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert Network().threads == Embedder().threads == os.cpu_count()
