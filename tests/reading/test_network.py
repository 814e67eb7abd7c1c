from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from accordingto.errors import FatalError
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


def test_a_missing_or_broken_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="make model"):
        Network(tmp_path)
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
    with pytest.raises(FatalError, match=r"decoder\.npz"):
        Network(tmp_path)
    for name in ("decoder.npz", "tokenizer.json"):
        shutil.copy(model_folder() / name, tmp_path / name)
    (tmp_path / "reader.onnx").write_bytes(b"no graph")
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


def test_systems_that_do_not_tell_a_process_its_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert Network().threads == Embedder().threads == os.cpu_count()
