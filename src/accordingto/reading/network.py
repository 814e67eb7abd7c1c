"""Windows to scores: the only file that runs the neural network.

The network is one ONNX graph (see `data/model/MODEL_CARD.md`): word pieces in, one row a word out, for
each head. `Network` also keeps the count of the seconds that its forward passes took.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.errors import FatalError
from accordingto.reading.windows import Batch, Window, collate

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one document; each array has one row a word.

    `attribution` and `names` are emissions (words, tags) for a linear-chain CRF, `ends` the logits of a
    sentence ending after the word (words,), `links` the vectors (words, 3 * 64) for cue, source, content.
    """

    attribution: Floats
    names: Floats
    ends: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class Decoder:
    """The learned numbers that decoding needs beside the scores.

    Tags are BIOES; transitions are (from, to), forbidden ones about -10000. `link_bias` is for source,
    content and no source; `link_distance` is (2, buckets) for source and content; `link_none` (64,);
    `link_weights` (2, features) and `link_none_weights` (2,) are those of the ranker in `linking`.
    """

    attribution_tags: tuple[str, ...]
    attribution_moves: Floats
    attribution_first: Floats
    attribution_last: Floats
    names_tags: tuple[str, ...]
    names_moves: Floats
    names_first: Floats
    names_last: Floats
    link_bias: Floats
    link_distance: Floats
    link_none: Floats
    link_weights: Floats
    link_none_weights: Floats


def load_decoder(path: Path) -> Decoder:
    """The decoder's numbers from the `.npz` file that the exporter wrote."""
    with np.load(path, allow_pickle=False) as data:
        fields: dict[str, NDArray[np.float32]] = {k: data[k] for k in data.files if not k.endswith("_tags")}
        tags = {k: tuple(str(t) for t in data[k]) for k in data.files if k.endswith("_tags")}
    return Decoder(attribution_tags=tags["attribution_tags"], names_tags=tags["names_tags"], **fields)


def model_folder() -> Path:
    """The folder of the model that ships with the package."""
    return Path(str(resources.files("accordingto.data") / "model"))


class Network:
    """The network, ready to run.

    Args:
        folder: holds `reader.onnx`, `decoder.npz` and `tokenizer.json`.
        threads: processor threads; 0 means all cores.

    Raises:
        FatalError: where the model is missing or can't be loaded.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 0) -> None:
        self.folder = folder or model_folder()
        path = self.folder / "reader.onnx"
        if not path.exists():
            raise FatalError(f"No model at {path}: reinstall accordingto, or build one with `make model`.")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        data = path.read_bytes()
        rest = (self.folder / "decoder.npz").read_bytes() + (self.folder / "tokenizer.json").read_bytes()
        self.name = f"minilm-l6-int8-{hashlib.sha256(data + rest).hexdigest()[:12]}"
        self.backend = "onnxruntime"
        try:
            self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise FatalError(
                f"The model at {path} can't be loaded ({error}); reinstall accordingto."
            ) from error
        self.decoder = load_decoder(self.folder / "decoder.npz")
        self.tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.seconds = 0.0

    def run(self, batch: Batch) -> list[Floats]:
        """One forward pass: attribution, names, ends, links, each (windows, words, …)."""
        begun = time.perf_counter()
        out: list[Floats] = self._session.run(
            None, {"pieces": batch.pieces, "shape": batch.shape, "mask": batch.mask, "first": batch.first}
        )
        self.seconds += time.perf_counter() - begun
        return out

    def scores(
        self,
        windows: Sequence[Window],
        pieces: Sequence[Sequence[Sequence[int]]],
        features: Sequence[NDArray[np.int64]],
        *,
        batch_size: int,
    ) -> list[Scores]:
        """Scores of whole documents: windows run in batches of like length, then put together again.

        `pieces` and `features` are indexed by document number; so is what comes back.
        """
        decoder = self.decoder
        sizes = (len(decoder.attribution_tags), len(decoder.names_tags), 1, 3 * len(decoder.link_none))
        out = [[np.zeros((len(p), n), np.float32) for n in sizes] for p in pieces]
        for group in batches(windows, batch_size):
            heads = self.run(collate(group, pieces, features))
            heads[2] = heads[2][..., None]
            for row, w in enumerate(group):
                for head, values in zip(out[w.document], heads, strict=True):
                    head[w.keep : w.end] = values[row, w.keep - w.start : w.end - w.start]
        return [Scores(a, n, e[:, 0], link) for a, n, e, link in out]


def batches(windows: Sequence[Window], batch_size: int) -> Iterator[list[Window]]:
    """Groups of windows of like length, so that little padding is computed."""
    ordered = sorted(windows, key=lambda w: w.length)
    for i in range(0, len(ordered), batch_size):
        yield ordered[i : i + batch_size]
