"""What the untouched encoder says of sentences: the goals of the embedding head.

The sentence embedding of all-MiniLM-L6-v2 is the mean of the last layer over all pieces, at unit length (Reimers and
Gurevych 2019).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from accordingto.reading.windows import CLS, SEP
from accordingto.spans import Range
from training.corpora import Doc
from training.model import Encoder

LONGEST = 126  # word pieces of a sentence; longer ones are no goals


def sentences_of(doc: Doc) -> list[Range]:
    """Word ranges of the sentences, by the marked ends or by rule."""
    if doc.ends is None:
        cuts = doc.cuts
    else:
        cuts = sorted({*(int(i) + 1 for i in np.flatnonzero(doc.ends == 1)), len(doc.words)})
    return [Range(a, b) for a, b in itertools.pairwise([0, *cuts]) if b - a >= 3]


def embed(encoder: Encoder, batch: Sequence[Sequence[int]]) -> Tensor:
    """(sentences, size) at unit length, of word piece rows without special pieces."""
    longest = max(map(len, batch)) + 2
    pieces, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(2))
    for row, ids in enumerate(batch):
        pieces[row, : len(ids) + 2] = torch.tensor([CLS, *ids, SEP])
        mask[row, : len(ids) + 2] = 1
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = encoder(pieces, torch.zeros_like(pieces), mask).float()
    return F.normalize((hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


def teach(docs: Sequence[Doc], encoder: Encoder, cache: Path, *, share: float, seed: int) -> None:
    """Give a share of all sentences their embedding; kept in `cache` between legs."""
    rng = random.Random(seed)
    chosen = [
        (doc, s)
        for doc in docs
        for s in sentences_of(doc)
        if rng.random() < share and sum(len(p) for p in doc.pieces[s.start : s.end]) <= LONGEST
    ]
    if cache.exists():
        goals = np.load(cache)
    else:
        encoder.eval()
        rows = [[i for p in doc.pieces[s.start : s.end] for i in p] for doc, s in chosen]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        goals = np.zeros((len(rows), encoder.size), np.float16)
        for i in range(0, len(order), 64):
            part = order[i : i + 64]
            goals[part] = embed(encoder, [rows[j] for j in part]).numpy()
        np.save(cache, goals)
    if len(goals) != len(chosen):
        raise SystemExit(f"{cache} is of other corpora; delete it.")
    for (doc, s), goal in zip(chosen, goals, strict=True):
        doc.meanings.append((s, goal))
