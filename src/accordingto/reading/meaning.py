"""Texts to vectors: the sentence embedding of all-MiniLM-L6-v2, for search and for matching.

Near in meaning is near in angle. The encoder is the one that the reader was trained from, untouched (Reimers and Gurevych
2019): mean of the last layer over all pieces, at unit length, in int8. It is read from `meaning.onnx` at first use and
shares its table of word pieces with the reader.

One text a pass, side by side on the threads: as fast as batches on a processor, and a vector doesn't depend on its
neighbours (int8 activations are scaled by what is in the pass).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from accordingto.crews import processors
from accordingto.reading.network import (
    Backend,
    digest,
    load_tokenizer,
    model_folder,
    open_backend,
    present,
)
from accordingto.reading.pairs import Floats

SIZE = 384
LONGEST = (
    256  # word pieces of a text, special ones included, as the encoder was trained; the rest is left out
)
SPECIAL = 2  # pieces that stand around every text


class Embedder:
    """Makes vectors of texts; nothing is loaded before the first.

    Args:
        folder: holds `meaning.onnx`, `words.bin` and `tokenizer.json`; None for the model that ships.
        threads: texts at once; 0 means one a core.
        backend: one of `network.BACKENDS`; None for the fastest that fits the machine.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 0, backend: str | None = None) -> None:
        self.folder = folder or model_folder()
        self.threads = threads or processors()
        self._backend = backend

    @cached_property
    def name(self) -> str:
        """The embedding's name with the hash of its weights: vectors of two names can't be compared.

        Raises:
            FatalError: where the model is missing.
        """
        self._graph()
        return f"minilm-l6-meaning-{digest(self.folder, 'meaning.onnx', 'tokenizer.json')}"

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, 384), unit length; a text without a word gets zeros.

        Raises:
            FatalError: where the model is missing or can't be loaded.
            UserError: where the backend is unknown or not installed.
        """
        run = self._run
        out = np.zeros((len(texts), SIZE), np.float32)
        rows = [x.ids for x in self._tokenizer.encode_batch(list(texts))]
        # the longest first, so that no thread is left with one at the end
        order = sorted((n for n, row in enumerate(rows) if len(row) > SPECIAL), key=lambda n: -len(rows[n]))

        def one(n: int) -> Floats:
            pieces = np.array([rows[n]], np.int64)
            vector: Floats = run({"pieces": pieces, "mask": np.ones_like(pieces)})[0][0]
            return vector

        if self.threads > 1 and len(order) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                vectors = list(pool.map(one, order))
        else:
            vectors = [one(n) for n in order]
        if order:
            out[order] = vectors
        return out

    def _graph(self) -> Path:
        return present(self.folder, "meaning.onnx", "tokenizer.json", what="sentence embedding")

    @cached_property
    def _run(self) -> Backend:
        return open_backend(self._graph(), ("meaning",), self._backend)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = load_tokenizer(self.folder)
        tokenizer.enable_truncation(LONGEST)
        return tokenizer
