"""Windows to scores: the only file that runs the neural network.

The reader is one ONNX graph (see `data/model/MODEL_CARD.md`): word pieces in, one row a word out, for
each head; the sentence embedding (`meaning`) is another. Windows run side by side, one in each thread, which is faster than many threads for one window. `Network`
also counts the seconds of processor time that its forward passes took.

Backends: onnxruntime with int8 weights everywhere; onnxruntime on CUDA where its GPU build is installed and a session
does run there; OpenVINO in bfloat16, with the int8 weights written out as floats, where it is asked for: even with bfloat16 tiles (AMX)
it was measured slower (docs/speed.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
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
from accordingto.reading.windows import CLS, SEP, Batch, Window, WordPieces, collate

BACKENDS = ("onnxruntime", "cuda", "openvino")
CUDA = "CUDAExecutionProvider"
GPU_ROAD = (  # both packages unpack into one folder, where the one without CUDA may win
    "`pip uninstall onnxruntime`, then `pip install --force-reinstall 'onnxruntime-gpu[cuda,cudnn]'` "
    "(docs/dependencies.md)"
)
SLOWER = ["SkipLayerNormFusion"]  # onnxruntime's fused operators that take longer than their parts
WORDS = "words.bin"  # rows of word pieces that the graphs of a folder share, as the external data of ONNX
ENCODER = "encoder.txt"  # the name of the encoder that a folder's model was trained from, where it is not the usual one
USUAL_ENCODER = "minilm-l6"


class Backend(Protocol):
    """Runs a graph; safe to call from several threads at once."""

    name: str

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> list[Floats]:
        """The arrays of the outputs asked for when it was opened."""


class Onnx:
    """onnxruntime, on the processor or on CUDA; `name` tells which of them it is in truth.

    Raises:
        UserError: where CUDA is asked for and the session can't run on it.
    """

    def __init__(self, graph: Path, outputs: Sequence[str], *, cuda: bool) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        if not has_vnni():
            options.add_session_config_entry("session.x64quantprecision", "1")
        self.name = "cuda" if cuda else "onnxruntime"
        self._outputs = outputs
        with cuda_libraries() if cuda else contextlib.nullcontext():
            self._session = onnxruntime.InferenceSession(
                str(graph),
                options,
                providers=[CUDA if cuda else "CPUExecutionProvider"],
                disabled_optimizers=SLOWER,
                enable_fallback=0,
            )
        if cuda and CUDA not in self._session.get_providers():
            raise UserError(
                "onnxruntime can't use CUDA here: no GPU, no driver, or CUDA's libraries are missing. "
                f"On a machine with a GPU: {GPU_ROAD}; else leave ACCORDINGTO_BACKEND unset."
            )

    def __call__(self, inputs: dict[str, NDArray[np.int64]]) -> list[Floats]:
        """One forward pass."""
        out: list[Floats] = self._session.run(self._outputs, inputs)
        return out


@contextlib.contextmanager
def cuda_libraries() -> Iterator[None]:
    """CUDA's libraries loaded where they came as Python packages; what onnxruntime prints of missing ones is kept back."""
    if importlib.util.find_spec("nvidia") and hasattr(onnxruntime, "preload_dlls"):
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(OSError, RuntimeError):
            onnxruntime.preload_dlls()
    onnxruntime.set_default_logger_severity(4)
    try:
        yield
    finally:
        onnxruntime.set_default_logger_severity(2)  # as it is from the start


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


def offers_cuda() -> bool:
    """Whether the onnxruntime that is installed was built for CUDA; whether there is a GPU shows when a graph is opened."""
    return CUDA in onnxruntime.get_available_providers()


def open_backend(graph: Path, outputs: Sequence[str], backend: str | None = None) -> Backend:
    """A graph ready to run on a backend; None for the fastest that runs on the machine.

    Raises:
        UserError: where there is no such backend, or it is not installed or can't run here.
        FatalError: where the graph can't be loaded.
    """
    try:
        return _opened(graph, outputs, backend) if backend else _fastest(graph, outputs)
    except UserError:
        raise
    except Exception as error:
        raise unloadable(graph, error) from error


def unloadable(path: Path, error: object) -> FatalError:
    """What to tell of a part of the model that is there and can't be read."""
    if path.parent == model_folder():
        return FatalError(f"The model at {path} can't be loaded ({error}); reinstall accordingto.")
    return FatalError(
        f"The model at {path} can't be loaded ({error}): the folder is not whole, or another version's. "
        "Write it anew with `python -m training.export` (docs/training.md)."
    )


def present(folder: Path, graph: str, *others: str, what: str = "model") -> Path:
    """The path of a graph whose folder holds all files that it needs.

    Raises:
        FatalError: where one is missing.
    """
    if lacking := next((folder / f for f in (graph, *others) if not (folder / f).exists()), None):
        raise FatalError(f"No {what} at {lacking}: reinstall accordingto, or build one with `make model`.")
    return folder / graph


def _fastest(graph: Path, outputs: Sequence[str]) -> Backend:
    if offers_cuda():
        with contextlib.suppress(Exception):  # no GPU, or a broken graph, of which the processor will tell
            return Onnx(graph, outputs, cuda=True)
    return Onnx(graph, outputs, cuda=False)


def _opened(graph: Path, outputs: Sequence[str], name: str) -> Backend:
    if name not in BACKENDS:
        raise UserError(f"No backend {name!r}; there are: {', '.join(BACKENDS)}.")
    if name == "openvino":
        if not (importlib.util.find_spec("openvino") and importlib.util.find_spec("onnx")):
            raise UserError("OpenVINO is not installed: pip install 'accordingto[openvino]'.")
        return OpenVino(graph, outputs)
    if name == "cuda" and not offers_cuda():
        raise UserError(
            "The onnxruntime that is installed has no CUDA; with onnxruntime-gpu beside it one overwrites the other. "
            f"On a machine with a GPU: {GPU_ROAD}."
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
    if (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")) != (CLS, SEP):
        raise unloadable(path, f"its [CLS] and [SEP] are not pieces {CLS} and {SEP}")
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
    except KeyError as error:
        raise unloadable(path, f"it lacks {error}") from error
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise unloadable(path, error) from error


def encoder_name(folder: Path) -> str:
    """The name of the encoder that a folder's model was trained from."""
    path = folder / ENCODER
    return path.read_text(encoding="utf-8").strip() if path.exists() else USUAL_ENCODER


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
        backend: one of `BACKENDS`; None for the fastest that runs on the machine.

    Raises:
        FatalError: where the model is missing or can't be loaded, or its files don't go together.
        UserError: where the backend is unknown, not installed or can't run here.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 0, backend: str | None = None) -> None:
        self.folder = folder or model_folder()
        path = present(self.folder, "reader.onnx", "decoder.npz", "tokenizer.json")
        made = digest(self.folder, path.name, "decoder.npz", "tokenizer.json")
        self.name = f"{encoder_name(self.folder)}-int8-{made}"
        self._run = open_backend(path, OUTPUTS, backend)
        self.backend = self._run.name
        self.threads = threads or processors()
        self.decoder = loaded_decoder(self.folder / "decoder.npz")
        self.tokenizer = load_tokenizer(self.folder)
        self.pieces = WordPieces(self.tokenizer)
        self.seconds = 0.0
        self._counting = Lock()
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        self._try(path)

    def _try(self, graph: Path) -> None:
        """Read a word of the last piece, so that files that don't go together are found before a report is read."""
        last = np.array([[CLS, max(self.tokenizer.get_vocab().values()), SEP]])
        word = {"pieces": last, "shape": np.zeros_like(last), "first": np.ones((1, 1), np.int64)}
        try:
            widths = tuple(a.shape[-1] for a in self._run(word))
        except Exception as error:
            raise unloadable(graph, error) from error
        if widths != self.decoder.sizes():
            raise unloadable(
                graph, f"it gives {widths} numbers a word, decoder.npz has {self.decoder.sizes()}"
            )

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
