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
REMEMBERED = 1 << 16  # words whose pieces are kept
LONGEST_WORD = 12  # pieces of one word that the network sees; the rest of a very long word is left out


def word_features(text: str, words: Sequence[Range]) -> NDArray[np.int64]:
    """Shape (words, 2): each word's case and what stands before it (see `sentences`)."""
    out = np.zeros((len(words), 2), np.int64)
    out[:, 0] = [sentences.case_of(text[a:b]) for a, b in words]
    out[:, 1] = sentences.breaks_before(text, words)
    return out


class WordPieces:
    """Words to their pieces; those of words met before are kept, since most words of a report are."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._unknown = tokenizer.token_to_id("[UNK]") or PAD
        self._known: dict[str, list[int]] = {}

    def of(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word: at least one, at most `LONGEST_WORD`. Safe to call from several threads."""
        known = self._known
        mine = {word: known.get(word) for word in words}
        fresh = [word for word, pieces in mine.items() if pieces is None]
        if fresh:
            made = self._cut(fresh)
            mine.update(made)
            if len(known) > REMEMBERED:
                self._known = made
            else:
                known.update(made)
        return [mine[word] or [self._unknown] for word in words]

    def _cut(self, words: Sequence[str]) -> dict[str, list[int]]:
        encoding = self._tokenizer.encode(list(words), is_pretokenized=True, add_special_tokens=False)
        out: dict[str, list[int]] = {word: [] for word in words}
        for piece, number in zip(encoding.ids, encoding.word_ids, strict=True):
            if number is not None and len(out[words[number]]) < LONGEST_WORD:
                out[words[number]].append(piece)
        return out


def pieces_of(text: str, words: Sequence[Range], pieces: WordPieces) -> list[list[int]]:
    """The word pieces of each word of a text."""
    return pieces.of([text[a:b] for a, b in words])


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

    `first` is (windows, words): the place of each word's first piece, 0 where there is no word. Of what only repeats the window before
    it says nothing, unless asked to (see `collate`).
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
    *,
    context: bool = False,
) -> Batch:
    """Put windows into one batch; `pieces` and `features` are indexed by document number.

    `first` has the words that are new in each window, with `context` all.
    """
    longest = max(w.length for w in windows)
    skipped = [0 if context else w.keep - w.start for w in windows]
    ids = np.zeros((len(windows), longest), np.int64)
    shape, mask = np.zeros_like(ids), np.zeros_like(ids)
    most = max(w.end - w.start - s for w, s in zip(windows, skipped, strict=True))
    first = np.zeros((len(windows), most), np.int64)
    for row, (w, skip) in enumerate(zip(windows, skipped, strict=True)):
        sizes = np.fromiter((len(p) for p in pieces[w.document][w.start : w.end]), np.int64, w.end - w.start)
        f = features[w.document][w.start : w.end]
        ids[row, 0], ids[row, w.length - 1] = CLS, SEP
        ids[row, 1 : w.length - 1] = [p for word in pieces[w.document][w.start : w.end] for p in word]
        shape[row, 1 : w.length - 1] = np.repeat(f[:, 0] * 4 + f[:, 1], sizes)
        mask[row, : w.length] = 1
        first[row, : len(sizes) - skip] = (1 + np.cumsum(sizes) - sizes)[skip:]
    return Batch(tuple(windows), ids, shape, mask, first)
