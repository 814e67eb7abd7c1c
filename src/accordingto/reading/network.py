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
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.errors import FatalError
from accordingto.reading.pairs import Floats, PairScorer
from accordingto.reading.parsing import ARC, LABEL, TreeScorer
from accordingto.reading.triggers import EventScorer
from accordingto.reading.windows import Batch, Window, collate

OUTPUTS = ("attribution", "names", "links", "tags", "triggers", "wide", "hidden")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say of one document; each array has one row a word.

    `attribution` and `names` are emissions (words, tags) for a linear-chain CRF; `links` the vectors
    (words, 3 * 64) for cue, source, content; `tags` logits: parts of speech, then predicate, mention, sentence end;
    `triggers` logits of event types, then of factualities; `wide` the vectors of trees and pairs (see `parsing` and
    `pairs`); `hidden` the encoder's last layer.
    """

    attribution: Floats
    names: Floats
    links: Floats
    tags: Floats
    triggers: Floats
    wide: Floats
    hidden: Floats

    @property
    def ends(self) -> Floats:
        """Shape (words,): the logits of a sentence ending after the word."""
        ends: Floats = self.tags[:, -1]
        return ends


@dataclass(frozen=True, slots=True)
class Meaning:
    """The learned numbers that make a sentence's embedding of the mean of its words' hidden rows."""

    up: Floats
    up_bias: Floats
    down: Floats
    skip: Floats
    bias: Floats

    def __call__(self, mean: Floats) -> Floats:
        """Shape (sentences, size) at unit length."""
        inner = mean @ self.up + self.up_bias
        inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
        out: Floats = inner @ self.down + mean @ self.skip + self.bias
        out /= np.linalg.norm(out, axis=1, keepdims=True) + 1e-9
        return out


@dataclass(frozen=True, slots=True)
class Decoder:
    """The learned numbers and labels that decoding needs beside the scores.

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
    pos_tags: tuple[str, ...]
    relation_tags: tuple[str, ...]
    roles_tags: tuple[str, ...]
    trees: TreeScorer
    roles: PairScorer
    coref: PairScorer
    events: EventScorer
    meaning: Meaning

    def sizes(self) -> tuple[int, ...]:
        """The width of each of the network's `OUTPUTS`."""
        pairs = (self.roles, self.coref, self.events.parts, self.events.same)
        return (
            len(self.attribution_tags),
            len(self.names_tags),
            3 * len(self.link_none),
            len(self.pos_tags) + 3,
            len(self.events.types) + len(self.events.factuality),
            2 * ARC + 2 * LABEL + 2 * sum(p.size for p in pairs),
            len(self.meaning.up),
        )


def load_decoder(path: Path) -> Decoder:
    """The decoder's numbers from the `.npz` file that the exporter wrote."""
    with np.load(path, allow_pickle=False) as data:
        numbers = {k: data[k].astype(np.float32) for k in data.files if not k.endswith("_tags")}
        tags = {k: tuple(str(t) for t in data[k]) for k in data.files if k.endswith("_tags")}
    at = 2 * ARC + 2 * LABEL
    scorers = {}
    for name in ("roles", "coref", "parts", "same"):
        distance = numbers[f"{name}_distance"]
        size = distance.shape[1]
        scorers[name] = PairScorer(at, size, distance, numbers[f"{name}_out"], numbers[f"{name}_bias"])
        at += 2 * size
    trees = TreeScorer(
        *(numbers[f"arc_{k}"] for k in ("weight", "head", "root", "root_bias")),
        *(numbers[f"relation_{k}"] for k in ("weight", "dep", "head", "bias")),
    )
    events = EventScorer(
        tags["type_tags"], tags["factuality_tags"], scorers["parts"], tags["parts_tags"], scorers["same"]
    )
    fields = Decoder.__dataclass_fields__
    plain: dict[str, Any] = {f: x for f, x in (numbers | tags).items() if f in fields}
    meaning = Meaning(*(numbers[f"meaning_{k}"] for k in ("up", "up_bias", "down", "skip", "bias")))
    return Decoder(
        **plain,
        trees=trees,
        roles=scorers["roles"],
        coref=scorers["coref"],
        events=events,
        meaning=meaning,
    )


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
        """One forward pass: the arrays of `OUTPUTS`, each (windows, words, …)."""
        begun = time.perf_counter()
        out: list[Floats] = self._session.run(
            OUTPUTS, {"pieces": batch.pieces, "shape": batch.shape, "mask": batch.mask, "first": batch.first}
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
        sizes = self.decoder.sizes()
        out = [[np.zeros((len(p), n), np.float32) for n in sizes] for p in pieces]
        for group in batches(windows, batch_size):
            heads = self.run(collate(group, pieces, features))
            for row, w in enumerate(group):
                for head, values in zip(out[w.document], heads, strict=True):
                    head[w.keep : w.end] = values[row, w.keep - w.start : w.end - w.start]
        return [Scores(*heads) for heads in out]


def batches(windows: Sequence[Window], batch_size: int) -> Iterator[list[Window]]:
    """Groups of windows of like length, so that little padding is computed."""
    ordered = sorted(windows, key=lambda w: w.length)
    for i in range(0, len(ordered), batch_size):
        yield ordered[i : i + batch_size]
