"""Texts to vectors: the sentence embedding of the model's encoder (all-MiniLM-L6-v2 as it ships), for search and for matching.

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
from accordingto.errors import AccordingToError
from accordingto.reading.network import (
    Backend,
    digest,
    encoder_name,
    load_tokenizer,
    model_folder,
    open_backend,
    present,
    unloadable,
)
from accordingto.reading.pairs import Floats
from accordingto.reading.windows import CLS, SEP

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
        made = digest(self.folder, "meaning.onnx", "tokenizer.json")
        return f"{encoder_name(self.folder)}-meaning-{made}"

    @cached_property
    def size(self) -> int:
        """Numbers of a vector, as many as the graph gives (384 for the model that ships); found by a text of the last word piece.

        Raises:
            FatalError: where the model is missing, can't be loaded or doesn't know that piece.
        """
        graph = self._graph()
        try:
            return len(self._vector([CLS, max(self._tokenizer.get_vocab().values()), SEP]))
        except AccordingToError:
            raise
        except Exception as error:
            raise unloadable(graph, error) from error

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Shape (texts, size), unit length; a text without a word gets zeros.

        Raises:
            FatalError: where the model is missing or can't be loaded.
            UserError: where the backend is unknown or not installed.
        """
        out = np.zeros((len(texts), self.size), np.float32)
        rows = [x.ids for x in self._tokenizer.encode_batch(list(texts))]
        # the longest first, so that no thread is left with one at the end
        order = sorted((n for n, row in enumerate(rows) if len(row) > SPECIAL), key=lambda n: -len(rows[n]))

        ordered = [rows[n] for n in order]
        if self.threads > 1 and len(order) > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                vectors = list(pool.map(self._vector, ordered))
        else:
            vectors = [self._vector(row) for row in ordered]
        if order:
            out[order] = vectors
        return out

    def _vector(self, row: Sequence[int]) -> Floats:
        """The vector of a text's word pieces."""
        pieces = np.array([row], np.int64)
        vector: Floats = self._run({"pieces": pieces, "mask": np.ones_like(pieces)})[0][0]
        return vector

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
