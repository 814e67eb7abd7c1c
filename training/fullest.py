"""Fit the weights of `accordingto.reading.fullest`: `python -m training.fullest --model FOLDER`.

An item is an event that the reader finds and the marks of a newswire article have (`training/marked.py`), with two mentions or
more; which of them the marks call the fullest is the choice (a conditional logit, McFadden 1974). The network should not have learned from
the articles, or it is surer of their mentions than it is elsewhere: so the folder is that of a model before, or `--held` leaves only the articles
held out. Articles are five folds: the printed shares are of items that the weights did not see. Prints the weights, writes nothing.
"""

from __future__ import annotations

import argparse
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from accordingto.reading.document import document_of, headlines
from accordingto.reading.events import EventTables, grouped
from accordingto.reading.fullest import WEIGHTS
from accordingto.reading.reader import Reader
from accordingto.reading.wirecopy import flowing
from accordingto.spans import Range
from training import marked
from training.corpora import read_lines
from training.snippets import OPEN

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of an event's mentions, (mentions, features), which of them is the fullest, and the fold."""

    rows: NDArray[np.float64]
    fullest: int
    fold: int


def choices(reader: Reader, text: str, marks: Sequence[marked.Mark], fold: int) -> list[Choice]:
    """The choices of one article."""
    plain = [Range(a, b) for o, a, b in marks if (m := OPEN.match(o)) and m.group(2)]
    doc = document_of(text)
    layers = reader.layers([text])[0]
    out = []
    for mine, rows in grouped(flowing(text), layers, headlines(doc), EventTables.load()):
        right = [i for i, h in enumerate(mine) if any(h.trigger.overlaps(at) for at in plain)]
        if len(mine) > 1 and right:
            out.append(Choice(np.array(rows), right[0], fold))
    return out


def fitted(items: Sequence[Choice], strength: float = 1.0) -> NDArray[np.float64]:
    """The weights that make the right choices likeliest; `strength` holds them near zero."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = strength * weights @ weights / 2, strength * weights
        for item in items:
            scores = item.rows @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            total -= np.log(chances[item.fullest])
            slope = slope + chances @ item.rows - item.rows[item.fullest]
        return float(total), slope

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(WEIGHTS)), jac=True).x
    return found


def right(items: Sequence[Choice], weights: NDArray[np.float64]) -> int:
    """How many choices the weights make rightly."""
    return sum(int((item.rows @ weights).argmax()) == item.fullest for item in items)


def main() -> None:
    """Fit and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument(
        "--model", type=Path, default=None, help="the folder of a model; the shipped one if left out"
    )
    ap.add_argument("--held", action="store_true", help="only articles that were held out of training")
    args = ap.parse_args()
    reader, marks = Reader(args.model), marked.read()
    wanted = marked.parts(marks)[1] if args.held else set(marks)
    items: list[Choice] = []
    for x in read_lines(args.shared / "corpora/newswire_ner/train.jsonl.gz"):
        if x["id"] in wanted:
            fold = zlib.crc32(x["id"].encode()) % FOLDS
            items += choices(reader, x["text"], marks[x["id"]], fold)
    unseen = sum(
        right([i for i in items if i.fold == k], fitted([i for i in items if i.fold != k]))
        for k in range(FOLDS)
    )
    now = right(items, np.array(list(WEIGHTS.values())))
    print(
        f"{len(items)} events; right: {now} with today's weights, {unseen} with weights that did not see them"
    )
    for name, weight in zip(WEIGHTS, fitted(items), strict=True):
        print(f"{name:10} {weight:.2f}")


if __name__ == "__main__":
    main()
