from __future__ import annotations

import gc
import os
import select
import signal
import sys
from typing import Any

import numpy as np
import onnxruntime
import pytest

from accordingto.errors import UserError
from accordingto.reading import network as network_module
from accordingto.reading.learned import OUTPUTS
from accordingto.reading.network import CUDA, Network, batches, offers_cuda
from accordingto.reading.reader import BRISK, UNCHECKED, brisk
from accordingto.reading.sentences import find_words, rough_ends
from accordingto.reading.windows import LONGEST_WORD, Window, collate, cut, pieces_of, word_features

TEXT = (
    "Two shells fell on the fish market in Mocha on Sunday, killing at least four people, the health office said. "
    "A spokesman for the coast guard, Samir Qaid, denied that its boats had fired."
)


def batch(network: Network) -> object:
    words = find_words(TEXT)
    features = word_features(TEXT, words)
    pieces = pieces_of(TEXT, words, network.pieces)
    windows = cut(0, [len(p) for p in pieces], rough_ends(TEXT, words, features[:, 1]), 192, 40)
    return collate(windows, [pieces], [features])


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(UserError, match="onnxruntime, cuda, openvino"):
        Network(backend="abacus")


def test_one_is_chosen_that_is_there() -> None:
    network = Network()
    assert network.backend == Network(backend=network.backend).backend
    assert network.backend != "openvino"  # which is slower wherever it was measured


class NoGpu:
    """An onnxruntime that was built for CUDA, on a machine without a GPU: its sessions run on the processor."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses

    def __getattr__(self, name: str) -> Any:
        return getattr(onnxruntime, name)

    def get_available_providers(self) -> list[str]:
        return [CUDA, "CPUExecutionProvider"]

    def InferenceSession(self, graph: str, options: Any, *, providers: list[str], **how: Any) -> Any:
        if self.refuses and CUDA in providers:
            raise RuntimeError("CUDA failure 100: no CUDA-capable device is detected")
        if CUDA in providers and how.get("enable_fallback", 1):
            print("EP Error: falling back")
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], **how)


@pytest.mark.parametrize("refuses", [False, True])
def test_without_a_gpu_the_processor_reads_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], refuses: bool
) -> None:
    monkeypatch.setattr(network_module, "onnxruntime", NoGpu(refuses=refuses))
    assert offers_cuda()
    network = Network(threads=1)
    assert network.backend == "onnxruntime"
    assert len(network.run(batch(network))) == len(OUTPUTS)  # type: ignore[arg-type]
    assert capfd.readouterr() == ("", "")


def test_cuda_asked_for_without_a_gpu_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_module, "onnxruntime", NoGpu())
    with pytest.raises(UserError, match=r"can't use CUDA here.*onnxruntime-gpu\[cuda,cudnn\]"):
        Network(backend="cuda")


def test_an_onnxruntime_without_cuda_names_the_clash_of_the_two_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(network_module, "offers_cuda", lambda: False)
    with pytest.raises(UserError, match=r"overwrites the other.*pip uninstall onnxruntime"):
        Network(backend="cuda")


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
    pieces = pieces_of(TEXT, words, networks[0].pieces)
    windows = cut(0, [len(p) for p in pieces], rough_ends(TEXT, words, features[:, 1]), 20, 4)
    assert len(windows) > 2
    seen = [n.scores(windows, [pieces], [features], batch_size=1)[0] for n in networks]
    assert np.array_equal(seen[0].attribution, seen[1].attribution)


def test_processors_without_vnni_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Network(threads=1)
    monkeypatch.setattr(network_module, "has_vnni", lambda: False)
    other = Network(threads=1)
    for a, b in zip(one.run(batch(one)), other.run(batch(other)), strict=True):  # type: ignore[arg-type]
        assert np.array_equal(a, b)


def test_a_batch_holds_windows_of_one_length() -> None:
    windows = [Window(0, 0, 0, n, n + 2) for n in (4, 9, 4, 4, 9, 1, 4)]
    groups = [[w.length for w in g] for g in batches(windows, 3)]
    assert groups == [[11, 11], [6, 6, 6], [6], [3]]


def test_the_network_is_asked_only_for_what_is_new_in_a_window() -> None:
    words = find_words(TEXT)
    features = word_features(TEXT, words)
    pieces = [[5]] * len(words)
    windows = cut(0, [1] * len(words), rough_ends(TEXT, words, features[:, 1]), 22, 6)
    asked = [collate([w], [pieces], [features]).first for w in windows]
    assert sum(a.shape[1] for a in asked) == len(words)
    assert [int(a[0, 0]) for a in asked] == [1 + w.keep - w.start for w in windows]
    whole = collate([windows[1]], [pieces], [features], context=True).first
    assert whole.shape[1] == windows[1].end - windows[1].start > asked[1].shape[1]


def test_words_are_cut_to_the_same_pieces_again() -> None:
    network = Network(threads=1)
    words = ["Mocha", "unbelievably", "\u200b", "Mocha", "x" * 90]
    fresh, kept = network.pieces.of(words), network.pieces.of(words)
    assert fresh == kept
    assert fresh[0] == fresh[3]
    assert all(1 <= len(p) <= LONGEST_WORD for p in fresh)
    assert [network.tokenizer.id_to_token(i) for i in fresh[2]] == ["[UNK]"]


def test_threads_get_their_turn_sooner_while_reports_stream() -> None:
    before, seldom = sys.getswitchinterval(), gc.get_threshold()
    with brisk():
        assert sys.getswitchinterval() == pytest.approx(BRISK)
        assert gc.get_threshold() == (UNCHECKED, *seldom[1:])
    assert sys.getswitchinterval() == before
    assert gc.get_threshold() == seldom


def test_whoever_collects_nothing_still_does_not_while_many_are_read() -> None:
    seldom = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with brisk():
            assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*seldom)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_reads_on() -> None:
    network = Network(threads=2)
    words = find_words(TEXT)
    features = word_features(TEXT, words)
    pieces = pieces_of(TEXT, words, network.pieces)
    windows = cut(0, [len(p) for p in pieces], rough_ends(TEXT, words, features[:, 1]), 20, 4)
    here = network.scores(windows, [pieces], [features], batch_size=1)[0].names
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, network.scores(windows, [pieces], [features], batch_size=1)[0].names.tobytes())
        os._exit(0)
    try:
        assert select.select([reading], [], [], 60)[0], "the child waits for threads that it doesn't have"
        with os.fdopen(reading, "rb") as answer:
            assert answer.read(here.nbytes) == here.tobytes()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
