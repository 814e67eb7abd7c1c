"""The stretches of a window that are tagged as one sequence each, with their tags."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.windows import Window
from training.corpora import Doc


def lines_of(doc: Doc, w: Window) -> list[tuple[int, int]]:
    """The lines of a window, as numbers of its words."""
    breaks = doc.features[w.start : w.end, 1]
    edges = [0, *(int(i) for i in np.flatnonzero(breaks >= 2) if i), w.end - w.start]
    return list(itertools.pairwise(edges))


def holders_of(doc: Doc, w: Window) -> list[tuple[int, int]]:
    """What a window has of the contents in which claims inside claims are known, as numbers of its words."""
    cut = ((max(h.start, w.start) - w.start, min(h.end, w.end) - w.start) for h in doc.holders)
    return [(a, b) for a, b in cut if a < b]


def sequences(
    docs: Sequence[Doc], windows: Sequence[Window], layer: str, width: int
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For each sequence of the windows whose document has `layer` (BIOES) its places in the batch's (windows x words) rows and its tags.

    Lines, but for claims inside claims the contents that hold them; spans that an edge cuts end or begin there.
    """
    rows = []
    for row, w in enumerate(windows):
        doc = docs[w.document]
        tags = getattr(doc, layer)
        if tags is None:
            continue
        for a, b in holders_of(doc, w) if layer == "inner" else lines_of(doc, w):
            mine = tags[w.start + a : w.start + b].copy()
            if mine[-1] and (mine[-1] - 1) % 4 in (0, 1):  # cut by the window's end: close it
                mine[-1] += 3 if (mine[-1] - 1) % 4 == 0 else 1
            if mine[0] and (mine[0] - 1) % 4 in (1, 2):  # cut by the window's start
                mine[0] += -1 if (mine[0] - 1) % 4 == 1 else 1
            rows.append((np.arange(row * width + a, row * width + b), mine))
    return rows
