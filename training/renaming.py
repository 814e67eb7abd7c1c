"""Other names in old sentences: now and then a document's names change for others of their class.

A name that always means the same is learned by heart; in new places the sentence around it must tell its class
(mention replacement, Dai and Adel 2020). All mentions of one name in a document change alike.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordingto.spans import Range
from training.corpora import Doc

Words = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name's word pieces and its features (case, break before), one entry a word."""

    pieces: Words
    features: NDArray[np.int64]


def names_of(tags: NDArray[np.int64]) -> list[tuple[int, Range]]:
    """Class and words of each BIOES span of a tag row."""
    out, start = [], 0
    for i in np.flatnonzero(tags):
        kind, place = divmod(int(tags[i]) - 1, 4)
        if place in (0, 3):
            start = int(i)
        if place in (2, 3):
            out.append((kind, Range(start, int(i) + 1)))
    return out


def name_at(doc: Doc, at: Range) -> Name:
    """The name that stands there."""
    return Name(tuple(tuple(p) for p in doc.pieces[at.start : at.end]), doc.features[at.start : at.end])


def renamed(docs: Sequence[Doc], rate: float, rng: random.Random) -> list[Doc]:
    """The documents, in those that have only names a share of the names changed for others of their class."""
    bank: dict[int, list[Name]] = {}
    for doc in docs:
        if doc.names is not None:
            for kind, at in names_of(doc.names):
                bank.setdefault(kind, []).append(name_at(doc, at))
    only_names = lambda doc: doc.names is not None and doc.attribution is None and doc.triggers is None  # noqa: E731
    return [changed(doc, bank, rate, rng) if only_names(doc) else doc for doc in docs]


def changed(doc: Doc, bank: dict[int, list[Name]], rate: float, rng: random.Random) -> Doc:
    """One document with some names changed; its `text` and `words` are no longer true and are left empty."""
    assert doc.names is not None
    pieces: list[list[int]] = []
    rows: list[tuple[int, int]] = []
    tags: list[int] = []
    moved = np.zeros(len(doc.pieces) + 1, np.int64)  # old word number → new
    chosen: dict[tuple[int, Words], Name | None] = {}
    done = 0

    def copy(until: int) -> None:
        for i in range(done, until):
            moved[i] = len(pieces)
            pieces.append(doc.pieces[i])
            rows.append((int(doc.features[i, 0]), int(doc.features[i, 1])))
            tags.append(int(doc.names[i]))  # type: ignore[index]

    for kind, at in names_of(doc.names):
        old = name_at(doc, at)
        key = (kind, old.pieces)
        if key not in chosen:
            chosen[key] = rng.choice(bank[kind]) if rng.random() < rate else None
        new = chosen[key]
        if new is None or (doc.features[at.start + 1 : at.end, 1] > 1).any():
            continue
        copy(at.start)
        moved[at.start : at.end] = len(pieces)
        first, last = len(pieces), len(pieces) + len(new.pieces) - 1
        pieces += [list(p) for p in new.pieces]
        rows.append((int(new.features[0, 0]), int(doc.features[at.start, 1])))
        rows += [(int(case), int(gap)) for case, gap in new.features[1:]]
        tags += [
            1 + 4 * kind + (3 if first == last else 0 if i == first else 2 if i == last else 1)
            for i in range(first, last + 1)
        ]
        done = at.end
    copy(len(doc.pieces))
    moved[-1] = len(pieces)
    cuts = sorted({int(moved[c]) for c in doc.cuts})
    return replace(
        doc,
        text="",
        words=[],
        features=np.array(rows, np.int64).reshape(-1, 2),
        pieces=pieces,
        cuts=cuts,
        names=np.array(tags, np.int64),
    )
