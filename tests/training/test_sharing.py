from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

CONFIG = {
    "hidden_size": 16, "vocab_size": 300, "max_position_embeddings": 64, "num_attention_heads": 2,
    "intermediate_size": 32, "num_hidden_layers": 1,
}  # fmt: skip


def encoder(words: object = None):  # type: ignore[no-untyped-def]
    from training.model import Encoder

    made = Encoder(CONFIG)
    if words is not None:
        with torch.no_grad():
            made.word.weight.copy_(words)
    return made


@pytest.mark.filterwarnings("ignore")
def test_two_graphs_use_one_table(tmp_path: Path) -> None:
    import numpy as np
    import onnxruntime
    from training.sharing import WORDS, export_meaning, share_words

    first = encoder()
    graphs = [tmp_path / "one.onnx", tmp_path / "other.onnx"]
    for graph, net in zip(graphs, (first, encoder(first.word.weight)), strict=True):
        export_meaning(net, tmp_path, graph)

    def says(graph: Path) -> object:
        session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        pieces = np.array([[101, 7, 250, 102]])
        return session.run(None, {"pieces": pieces, "mask": np.ones_like(pieces)})[0]

    before = [says(g) for g in graphs]
    share_words(graphs)
    assert (tmp_path / WORDS).stat().st_size == 300 * 16
    assert all(np.array_equal(a, says(g)) for a, g in zip(before, graphs, strict=True))
    share_words(graphs)  # what is shared already stays so
    assert all(np.array_equal(a, says(g)) for a, g in zip(before, graphs, strict=True))
    (tmp_path / WORDS).write_bytes(bytes(300 * 16))
    assert not any(np.array_equal(a, says(g)) for a, g in zip(before, graphs, strict=True))


@pytest.mark.filterwarnings("ignore")
def test_other_word_pieces_are_refused(tmp_path: Path) -> None:
    from training.sharing import export_meaning, share_words

    graphs = [tmp_path / "one.onnx", tmp_path / "other.onnx"]
    for graph in graphs:
        export_meaning(encoder(), tmp_path, graph)
    with pytest.raises(SystemExit, match=r"other\.onnx has other word pieces"):
        share_words(graphs)
