from __future__ import annotations

import numpy as np
import pytest

from accordingto.errors import UserError
from accordingto.reading.learned import OUTPUTS
from accordingto.reading.network import Network, choose, has_tiles
from accordingto.reading.sentences import find_words, rough_ends
from accordingto.reading.windows import collate, cut, pieces_of, word_features

TEXT = (
    "Two shells fell on the fish market in Mocha on Sunday, killing at least four people, the health office said. "
    "A spokesman for the coast guard, Samir Qaid, denied that its boats had fired."
)


def batch(network: Network) -> object:
    words = find_words(TEXT)
    features = word_features(TEXT, words)
    pieces = pieces_of(TEXT, words, network.tokenizer)
    windows = cut(0, [len(p) for p in pieces], rough_ends(TEXT, words, features[:, 1]), 192, 40)
    return collate(windows, [pieces], [features])


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(UserError, match="onnxruntime, cuda, openvino"):
        Network(backend="abacus")


def test_one_is_chosen_that_is_there() -> None:
    network = Network(backend=choose())
    assert network.backend == choose()
    if not has_tiles():
        assert choose() != "openvino"


def test_openvino_says_what_onnxruntime_says() -> None:
    pytest.importorskip("openvino")
    pytest.importorskip("onnx")
    one, other = Network(threads=1), Network(threads=1, backend="openvino")
    answers = [dict(zip(OUTPUTS, n.run(batch(n)), strict=True)) for n in (one, other)]  # type: ignore[arg-type]
    for name in ("attribution", "names"):
        a, b = (x[name].argmax(-1) for x in answers)
        assert (a == b).mean() > 0.9
    cosine = [
        np.sum(a * b) / np.linalg.norm(a) / np.linalg.norm(b) for a, b in [[x["wide"] for x in answers]]
    ]
    assert min(cosine) > 0.98


def test_threads_do_not_change_a_reading() -> None:
    words = find_words(TEXT)
    features = word_features(TEXT, words)
    networks = [Network(threads=n) for n in (1, 3)]
    pieces = pieces_of(TEXT, words, networks[0].tokenizer)
    windows = cut(0, [len(p) for p in pieces], rough_ends(TEXT, words, features[:, 1]), 20, 4)
    assert len(windows) > 2
    seen = [n.scores(windows, [pieces], [features], batch_size=1)[0] for n in networks]
    assert np.array_equal(seen[0].attribution, seen[1].attribution)
