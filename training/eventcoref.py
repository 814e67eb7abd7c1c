"""Fit what makes two mentions one event: `python -m training.eventcoref --files g h --model FOLDER`.

The weights of `accordingto.reading.eventcoref` are fitted on snippets that the model has not been trained on (name their
files), with the mentions that the model itself finds in them: marginal likelihood of the true earlier mentions, or of none
(Lee et al. 2017). Prints pair scores of five-fold cross-fitting, then writes `data/event_join_weights.csv`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from accordingto.reading import eventcoref, events
from accordingto.reading.reader import Reader
from training import snippets
from training.corpora import Doc

OUT = Path(__file__).parent.parent / "src/accordingto/data/event_join_weights.csv"
HEAD = """# What makes two mentions of a report one event; a mention joins the best earlier one that scores above 0.
# source: fitted by `python -m training.eventcoref` on our own snippets (files {files}), which the model had not read
feature,weight
"""
DECAY = 0.02  # of the squared weights, a mention


@dataclass(slots=True)
class Report:
    """One snippet's pairs; `right` (pairs,) where both mentions have one event number, `count` mentions."""

    pairs: eventcoref.Pairs
    right: np.ndarray
    count: int
    events: list[int | None]


def report(reader: Reader, doc: Doc) -> Report:
    """The pairs of a snippet's found mentions."""
    text = doc.text
    [layers] = reader.layers([text])
    headlines = [p for p in layers.paragraphs[:1]] if "\n" in text else []
    mentions = events.prepared(text, layers, events.EventTables.load())
    seen = eventcoref.describe(text, mentions, layers, headlines)
    pairs = eventcoref.pairs_of(mentions, seen, events.attached(layers, mentions))
    gold = [(doc.words[t.at.start].start, doc.words[t.at.end - 1].end, t.event) for t in doc.triggers or ()]
    mine: list[int | None] = []
    for h in mentions:
        mine.append(next((e for a, b, e in gold if a < h.trigger.end and h.trigger.start < b), None))
    right = np.array(
        [mine[i] is not None and mine[i] == mine[j] for i, j in zip(pairs.later, pairs.earlier, strict=True)],
        bool,
    )
    return Report(pairs, right, len(mentions), mine)


def likelihood(reports: Sequence[Report], weights: Tensor) -> Tensor:
    """Mean negative log-likelihood of a right antecedent, or of none where there is none."""
    total, count = torch.zeros(()), 0
    for r in reports:
        if not len(r.right):
            continue
        scores = torch.tensor(r.pairs.features, dtype=torch.float32) @ weights
        later = torch.tensor(r.pairs.later)
        size = r.count
        sums = torch.ones(size).scatter_add(0, later, scores.exp())
        good = torch.zeros(size).scatter_add(0, later, scores.exp() * torch.tensor(r.right))
        has = torch.zeros(size).scatter_add(0, later, torch.tensor(r.right, dtype=torch.float32)) > 0
        total = total - (torch.where(has, good, torch.ones(size)) / sums).log().sum()
        count += size
    return total / max(count, 1)


def fit(reports: Sequence[Report]) -> np.ndarray:
    """The weights."""
    weights = torch.zeros(len(eventcoref.FEATURES), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=80, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = likelihood(reports, weights) + DECAY * (weights[1:] ** 2).mean()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy()


def scored(reports: Sequence[Report], weights: np.ndarray) -> tuple[int, int, int]:
    """Gold, found and right pairs of mentions in one event, among mentions that are marked."""
    gold = found = right = 0
    for r in reports:
        owner = {i: n for n, g in enumerate(eventcoref.groups(r.count, r.pairs, weights)) for i in g}
        known = [i for i in range(r.count) if r.events[i] is not None]
        for x, i in enumerate(known):
            for j in known[:x]:
                a, b = r.events[i] == r.events[j], owner[i] == owner[j]
                gold, found, right = gold + a, found + b, right + (a and b)
    return gold, found, right


def main() -> None:
    """Fit, print, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--files", nargs="+", default=["g", "h"])
    ap.add_argument("--folder", type=Path, default=snippets.FOLDER)
    ap.add_argument("--model", type=Path, default=None)
    args = ap.parse_args()
    reader = Reader(args.model)
    docs, _ = snippets.load(reader.network.tokenizer, folder=args.folder)
    reports = [report(reader, d) for d in docs if d.id[0] in args.files]
    folds = [reports[k::5] for k in range(5)]
    sums = np.zeros(3, int)
    for k in range(5):
        sums += scored(folds[k], fit([r for j, f in enumerate(folds) if j != k for r in f]))
    print(f"cross-fitted pairs: P {sums[2] / sums[1]:.3f} R {sums[2] / sums[0]:.3f} of {sums[0]}")
    weights = fit(reports)
    rows = [f"{f},{w:.3f}" for f, w in zip(eventcoref.FEATURES, weights, strict=True)]
    OUT.write_text(HEAD.format(files=" ".join(args.files)) + "\n".join(rows) + "\n")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
