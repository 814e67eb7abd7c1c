"""Words to arrays that fit the network, and the map back.

A window is a run of words whose word pieces fit the network's length. Each window but the first of a
document repeats some words of its predecessor as context; only what is new in it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.reading import sentences
from accordingto.spans import Range

CLS, SEP, PAD = 101, 102, 0
LONGEST_WORD = 12  # pieces of one word that the network sees; the rest of a very long word is left out


def word_features(text: str, words: Sequence[Range]) -> NDArray[np.int64]:
    """Shape (words, 2): each word's case and what stands before it (see `sentences`)."""
    out = np.zeros((len(words), 2), np.int64)
    out[:, 0] = [sentences.case_of(text[a:b]) for a, b in words]
    out[:, 1] = sentences.breaks_before(text, words)
    return out


def pieces_of(text: str, words: Sequence[Range], tokenizer: Tokenizer) -> list[list[int]]:
    """The word pieces of each word (at least one, at most `LONGEST_WORD`)."""
    if not words:
        return []
    encoding = tokenizer.encode([text[a:b] for a, b in words], is_pretokenized=True, add_special_tokens=False)
    out: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
        if word is not None and len(out[word]) < LONGEST_WORD:
            out[word].append(piece)
    unknown = tokenizer.token_to_id("[UNK]") or PAD
    return [p or [unknown] for p in out]


@dataclass(frozen=True, slots=True)
class Window:
    """Words `[start, end)` of one document, of which `[keep, end)` are new here."""

    document: int
    start: int
    keep: int
    end: int
    length: int  # word pieces, with the two special ones


def cut(document: int, sizes: Sequence[int], cuts: Sequence[int], longest: int, context: int) -> list[Window]:
    """Cut a document into windows.

    Args:
        sizes: word pieces of each word.
        cuts: exclusive word numbers at which a window may end (`sentences.rough_ends`).
        longest: word pieces of a window at most, special ones included; more than `LONGEST_WORD` + 2.
        context: word pieces repeated from before.
    """
    room = longest - 2
    total = np.concatenate([[0], np.cumsum(np.asarray(sizes, np.int64))])
    windows: list[Window] = []
    keep, n = 0, len(sizes)
    places = np.asarray(cuts, np.int64)
    while keep < n:
        start = keep
        while start > 0 and total[keep] - total[start - 1] <= min(context, room - LONGEST_WORD):
            start -= 1
        fits = int(np.searchsorted(total, total[start] + room, "right")) - 1
        i = int(np.searchsorted(places, fits, "right")) - 1
        end = int(places[i]) if i >= 0 and places[i] > keep else fits
        windows.append(Window(document, start, keep, end, int(total[end] - total[start]) + 2))
        keep = end
    return windows


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side; all arrays are (windows, pieces) but for `first`.

    `first` is (windows, words): the place of each word's first piece, 0 where there is no word.
    """

    windows: tuple[Window, ...]
    pieces: NDArray[np.int64]
    shape: NDArray[np.int64]  # case * 4 + break before
    mask: NDArray[np.int64]
    first: NDArray[np.int64]


def collate(
    windows: Sequence[Window],
    pieces: Sequence[Sequence[Sequence[int]]],
    features: Sequence[NDArray[np.int64]],
) -> Batch:
    """Put windows into one batch; `pieces` and `features` are indexed by document number."""
    longest = max(w.length for w in windows)
    most = max(w.end - w.start for w in windows)
    ids = np.zeros((len(windows), longest), np.int64)
    shape, mask = np.zeros_like(ids), np.zeros_like(ids)
    first = np.zeros((len(windows), most), np.int64)
    for row, w in enumerate(windows):
        sizes = np.fromiter((len(p) for p in pieces[w.document][w.start : w.end]), np.int64, w.end - w.start)
        f = features[w.document][w.start : w.end]
        ids[row, 0], ids[row, w.length - 1] = CLS, SEP
        ids[row, 1 : w.length - 1] = [p for word in pieces[w.document][w.start : w.end] for p in word]
        shape[row, 1 : w.length - 1] = np.repeat(f[:, 0] * 4 + f[:, 1], sizes)
        mask[row, : w.length] = 1
        first[row, : len(sizes)] = 1 + np.cumsum(sizes) - sizes
    return Batch(tuple(windows), ids, shape, mask, first)
