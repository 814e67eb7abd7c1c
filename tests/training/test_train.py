from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from training.corpora import Doc, base_doc

torch = pytest.importorskip("torch")
train = pytest.importorskip("training.train")
model = pytest.importorskip("training.model")

CONFIG = {
    "hidden_size": 16, "vocab_size": 30522, "max_position_embeddings": 256, "num_attention_heads": 2,
    "intermediate_size": 32, "num_hidden_layers": 3,
}  # fmt: skip


def net() -> object:
    return model.Network(model.Encoder(CONFIG), train.LABELS)


@pytest.fixture
def command(tmp_path: Path, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Training of a tiny network on three invented documents, into a work folder."""
    docs = []
    for n in range(3):
        doc = base_doc(f"d{n}", f"Mayor Dell {n} said that the dam at Orrin held. " * 12, tokenizer)
        doc.names = np.zeros(len(doc.words), np.int64)
        docs.append(doc)

    class Few:
        signs = ()

        def __init__(self, *_: object) -> None:
            pass

        def of(self, _: int) -> list[Doc]:
            return docs

    monkeypatch.setattr(train, "Material", Few)
    monkeypatch.setattr(train, "chosen_encoder", lambda _: tmp_path)
    monkeypatch.setattr(train, "load_tokenizer", lambda _: tokenizer)
    monkeypatch.setattr(model.Encoder, "pretrained", classmethod(lambda cls, _: cls(CONFIG)))
    settings = {"longest": 32, "batch": 2, "cycles": [{"epochs": 2, "rate": 1.0, "frozen": 0}]}
    (tmp_path / "mine.json").write_text(json.dumps(settings))

    def run(work: str, *more: str) -> dict[str, object] | None:
        told = ["train", "--config", str(tmp_path / "mine.json"), "--work", str(tmp_path / work), *more]
        monkeypatch.setattr(sys, "argv", told)
        train.main()
        done = tmp_path / work / "network.pt"
        return torch.load(done, weights_only=True) if done.exists() else None

    return run


def test_training_goes_to_its_end_unless_it_is_told_to_stop(command) -> None:  # type: ignore[no-untyped-def]
    assert command("whole") is not None
    assert command("leg", "--stop-after", "0") is None


def test_a_training_that_was_stopped_within_an_epoch_goes_on_as_if_it_had_not_been(command) -> None:  # type: ignore[no-untyped-def]
    whole = command("whole")
    for _ in range(3):
        assert command("legs", "--stop-after", "0") is None
    legs = command("legs")
    assert all(torch.equal(whole[k], legs[k]) for k in whole)


def test_a_beginning_is_refused_where_a_training_has_begun(command, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    command("leg", "--stop-after", "0")
    with pytest.raises(SystemExit, match=r"without --start.*--work"):
        command("leg", "--start", str(tmp_path))


def test_layers_that_rested_in_one_cycle_learn_in_the_next() -> None:
    made = net()
    config = {"head_rate": 1e-3, "encoder_rate": 1e-4, "layer_decay": 0.9, "decay": 0.01}
    train.optimizer_of(made, config, 2)
    learning = lambda: [all(p.requires_grad for p in layer.parameters()) for layer in made.encoder.layers]  # type: ignore[attr-defined]  # noqa: E731
    assert learning() == [False, False, True]
    train.optimizer_of(made, config, 0)
    assert learning() == [True, True, True]
