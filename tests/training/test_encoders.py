from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from training.encoders import chosen_encoder, write_name

from accordingto.reading.network import encoder_name, model_folder

CONFIG = {
    "hidden_size": 16, "vocab_size": 30522, "max_position_embeddings": 256, "num_attention_heads": 2,
    "intermediate_size": 32, "num_hidden_layers": 2,
}  # fmt: skip


def encoder(folder: Path, **other: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(CONFIG | other))
    (folder / "model.safetensors").touch()
    shutil.copy(model_folder() / "tokenizer.json", folder)
    return folder


def test_any_small_bert_will_do(tmp_path: Path) -> None:
    assert chosen_encoder(encoder(tmp_path / "heron")) == tmp_path / "heron"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"model_type": "roberta"}, "model_type roberta"),
        ({"num_hidden_layers": 1}, "num_hidden_layers 1"),
        ({"max_position_embeddings": 128}, "max_position_embeddings 128"),
        ({"num_attention_heads": 3}, "num_attention_heads 3"),
        ({"hidden_act": "relu"}, "hidden_act relu"),
        ({"vocab_size": 300}, "30522 word pieces, 300 in its table"),
    ],
)
def test_what_the_network_cannot_be_made_of_is_refused(
    tmp_path: Path, other: dict[str, Any], words: str
) -> None:
    with pytest.raises(SystemExit, match=words):
        chosen_encoder(encoder(tmp_path, **other))


def test_word_pieces_with_capitals_or_other_special_ones_are_refused(tmp_path: Path) -> None:
    file = encoder(tmp_path) / "tokenizer.json"
    told = json.loads(file.read_text())
    told["normalizer"]["lowercase"] = False
    file.write_text(json.dumps(told))
    with pytest.raises(SystemExit, match="tell capitals"):
        chosen_encoder(tmp_path)
    vocab = told["model"]["vocab"]
    vocab["[SEP]"], vocab["[MASK]"] = vocab["[MASK]"], vocab["[SEP]"]
    file.write_text(json.dumps(told))
    with pytest.raises(SystemExit, match=r"\[SEP\] is not word piece 102"):
        chosen_encoder(tmp_path)


def test_a_folder_that_is_not_whole_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"config\.json"):
        chosen_encoder(tmp_path)


def test_a_models_folder_tells_its_encoder(tmp_path: Path) -> None:
    made = tmp_path / "model"
    made.mkdir()
    write_name(encoder(tmp_path / "Heron (tiny)"), made)
    assert encoder_name(made) == "Heron-tiny-"
    write_name(encoder(tmp_path / "minilm-l6"), made)
    assert encoder_name(made) == "minilm-l6"
