"""Windows to scores: the only file that runs the neural network.

The reader is one ONNX graph (see `data/model/MODEL_CARD.md`): word pieces in, one row a word out, for
each head; the sentence embedding (`meaning`) is another. Windows run side by side, one in each thread, which is faster than many threads for one window. `Network`
also counts the seconds of processor time that its forward passes took.

Backends: onnxruntime with int8 weights everywhere; onnxruntime on CUDA where its GPU build is installed and finds a
device; OpenVINO in bfloat16, with the int8 weights written out as floats, where it is asked for: even with bfloat16 tiles (AMX)
it was measured slower (docs/speed.md).
"""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.crews import processors
from accordingto.errors import FatalError, UserError
from accordingto.reading.learned import OUTPUTS, Decoder, Scores, load_decoder
from accordingto.reading.pairs import Floats
from accordingto.reading.windows import Batch, Window, WordPieces, collate

BACKENDS = ("onnxruntime", "cuda", "openvino")
SLOWER = ["SkipLayerNormFusion"]  # onnxruntime's fused operators that take longer than their parts
WORDS = "words.bin"  # rows of word pieces that the graphs of a folder share, as the external data of ONNX


class Backend(Protocol):
    """Runs a graph; safe to call from several threads at once."""

    name: str

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> list[Floats]:
        """The arrays of the outputs asked for when it was opened."""


class Onnx:
    """onnxruntime, on the processor or on CUDA."""

    def __init__(self, graph: Path, outputs: Sequence[str], *, cuda: bool) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        if not has_vnni():
            options.add_session_config_entry("session.x64quantprecision", "1")
        provider = "CUDAExecutionProvider" if cuda else "CPUExecutionProvider"
        self.name = "cuda" if cuda else "onnxruntime"
        self._outputs = outputs
        self._session = onnxruntime.InferenceSession(
            str(graph), options, providers=[provider], disabled_optimizers=SLOWER
        )

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> list[Floats]:
        """One forward pass."""
        out: list[Floats] = self._session.run(self._outputs, inputs)
        return out


class OpenVino:
    """OpenVINO in bfloat16, from the graph with its weights written out as floats."""

    name = "openvino"

    def __init__(self, graph: Path, outputs: Sequence[str]) -> None:
        import openvino

        from accordingto.reading.unquantized import unquantized

        self._outputs = outputs
        core = openvino.Core()
        hints = {"INFERENCE_PRECISION_HINT": "bf16", "INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1}
        self._model = core.compile_model(core.read_model(unquantized(graph)), "CPU", hints)

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> list[Floats]:
        """One forward pass."""
        answer = self._model.create_infer_request().infer(inputs)
        return [np.asarray(answer[name], np.float32) for name in self._outputs]


def has_vnni() -> bool:
    """Whether the processor sums products of bytes in 32 bits (VNNI); where the system doesn't tell, no."""
    return "vnni" in processor()


@cache
def processor() -> str:
    """What the system tells of the processor, nothing where it tells nothing."""
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""


def choose() -> str:
    """The fastest backend that is installed and fits the machine."""
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        return "cuda"
    return "onnxruntime"


def open_backend(graph: Path, outputs: Sequence[str], backend: str | None = None) -> Backend:
    """A graph ready to run on a backend; None for the fastest that fits the machine.

    Raises:
        UserError: where there is no such backend or it is not installed.
        FatalError: where the graph can't be loaded.
    """
    try:
        return _opened(graph, outputs, backend or choose())
    except UserError:
        raise
    except Exception as error:
        raise unloadable(graph, error) from error


def unloadable(path: Path, error: Exception) -> FatalError:
    """What to tell of a part of the model that is there and can't be read."""
    return FatalError(f"The model at {path} can't be loaded ({error}); reinstall accordingto.")


def present(folder: Path, graph: str, *others: str, what: str = "model") -> Path:
    """The path of a graph whose folder holds all files that it needs.

    Raises:
        FatalError: where one is missing.
    """
    if lacking := next((folder / f for f in (graph, *others) if not (folder / f).exists()), None):
        raise FatalError(f"No {what} at {lacking}: reinstall accordingto, or build one with `make model`.")
    return folder / graph


def _opened(graph: Path, outputs: Sequence[str], name: str) -> Backend:
    if name not in BACKENDS:
        raise UserError(f"No backend {name!r}; there are: {', '.join(BACKENDS)}.")
    if name == "openvino":
        if not (importlib.util.find_spec("openvino") and importlib.util.find_spec("onnx")):
            raise UserError("OpenVINO is not installed: pip install 'accordingto[openvino]'.")
        return OpenVino(graph, outputs)
    if name == "cuda" and "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        raise UserError(
            "onnxruntime has no CUDA here: pip install 'accordingto[gpu]' on a machine with a GPU."
        )
    return Onnx(graph, outputs, cuda=name == "cuda")


def model_folder() -> Path:
    """The folder of the model that ships with the package."""
    return Path(str(resources.files("accordingto.data") / "model"))


def load_tokenizer(folder: Path) -> Tokenizer:
    """A model's word pieces, without padding and truncation.

    Raises:
        FatalError: where they can't be loaded.
    """
    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library has no type of its own
        raise unloadable(path, error) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def loaded_decoder(path: Path) -> Decoder:
    """The numbers that decode the scores.

    Raises:
        FatalError: where they can't be loaded.
    """
    try:
        return load_decoder(path)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise unloadable(path, error) from error


def digest(folder: Path, *files: str) -> str:
    """Twelve hex digits of the files' bytes, and of the table of word pieces that graphs share where there is one."""
    made = hashlib.sha256()
    for name in (*files, *([WORDS] if (folder / WORDS).exists() else [])):
        made.update((folder / name).read_bytes())
    return made.hexdigest()[:12]


class Network:
    """The network, ready to run.

    Args:
        folder: holds `reader.onnx`, `decoder.npz`, `tokenizer.json` and, where the graph refers to it, `words.bin`.
        threads: windows that run at once; 0 means one a core.
        backend: one of `BACKENDS`; None for the fastest that fits the machine.

    Raises:
        FatalError: where the model is missing or can't be loaded.
        UserError: where the backend is unknown or not installed.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 0, backend: str | None = None) -> None:
        self.folder = folder or model_folder()
        path = present(self.folder, "reader.onnx", "decoder.npz", "tokenizer.json")
        self.name = f"minilm-l6-int8-{digest(self.folder, path.name, 'decoder.npz', 'tokenizer.json')}"
        self._run = open_backend(path, OUTPUTS, backend)
        self.backend = self._run.name
        self.threads = threads or processors()
        self.decoder = loaded_decoder(self.folder / "decoder.npz")
        self.tokenizer = load_tokenizer(self.folder)
        self.pieces = WordPieces(self.tokenizer)
        self.seconds = 0.0
        self._counting = Lock()
        self._pool: tuple[int, ThreadPoolExecutor] | None = None

    def run(self, batch: Batch) -> list[Floats]:
        """One forward pass: the arrays of `OUTPUTS`, each (windows, words, …)."""
        inputs: dict[str, Any] = {k: getattr(batch, k) for k in ("pieces", "shape", "first")}
        begun = time.thread_time()
        answer = self._run(inputs)
        with self._counting:
            self.seconds += time.thread_time() - begun
        return answer

    def _workers(self) -> ThreadPoolExecutor:
        """The threads that windows run on, made at first use and anew in a process that was forked off since."""
        with self._counting:
            if self._pool is None or self._pool[0] != os.getpid():
                self._pool = os.getpid(), ThreadPoolExecutor(self.threads)
            return self._pool[1]

    def scores(
        self,
        windows: Sequence[Window],
        pieces: Sequence[Sequence[Sequence[int]]],
        features: Sequence[NDArray[np.int64]],
        *,
        batch_size: int,
    ) -> list[Scores]:
        """Scores of whole documents: windows run in batches of one length, then put together again.

        `pieces` and `features` are indexed by document number; so is what comes back.
        """
        sizes = self.decoder.sizes()
        out = [[np.zeros((len(p), n), np.float32) for n in sizes] for p in pieces]
        groups = list(batches(windows, batch_size))
        made = [collate(group, pieces, features) for group in groups]
        # each answer is copied while it is still in the processor's cache
        answers = (
            self._workers().map(self.run, made) if self.threads > 1 and len(made) > 1 else map(self.run, made)
        )
        for group, heads in zip(groups, answers, strict=True):
            for row, w in enumerate(group):
                for head, values in zip(out[w.document], heads, strict=True):
                    head[w.keep : w.end] = values[row, : w.end - w.keep]
        return [Scores(*heads) for heads in out]


def batches(windows: Sequence[Window], batch_size: int) -> Iterator[list[Window]]:
    """Groups of windows of one length, longest first: the network knows of no padding."""
    ordered = sorted(windows, key=lambda w: -w.length)
    for _, same in itertools.groupby(ordered, key=lambda w: w.length):
        while group := list(itertools.islice(same, batch_size)):
            yield group
