"""Fit the ranker of places: `python -m training.places`.

The weights of `accordingto.reading.placeranking` are fitted on the toponyms of geo/train (LGL) with their marked
spans: first those of the first guess, then, over the context that the guesses of the round before give, those of the
second; every word of context is computed as in reading. A candidate is right where it has the marked GeoNames id or
lies within 25 km of the marked point. Prints the accuracy within 161 km and writes `data/place_weights.csv`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from benchmarks.corpora import lines
from benchmarks.places import Marked, kilometres, marked
from torch import Tensor

from accordingto.reading import placeranking as ranking
from accordingto.reading.gazetteer import Gazetteer
from accordingto.reading.toponyms import look_up, words_for_people

OUT = Path(__file__).parent.parent / "src/accordingto/data/place_weights.csv"
# LGL is news of small towns, which speaks of the Athens and the Paris near by; a report from anywhere means the
# capital and the country far more often. These weights are therefore held near a prior (by FIRM of the decay).
PRIOR = {"capital": 1.5, "country": 1.0, "country by its own name": 1.0}
FIRM = 40.0
HEAD = """# The weights of the ranker of places: of the first guess, and of the second with the context.
# source: fitted on geo/train (LGL) by `python -m training.places`
feature,first,second
"""


@dataclass(slots=True)
class Article:
    """One article's names with their features; `right` (candidates,) and how often each name is marked."""

    names: ranking.Names
    plain: np.ndarray
    right: np.ndarray
    times: np.ndarray


def article(text: str, toponyms: Sequence[Marked], gazetteer: Gazetteer) -> Article | None:
    """The features of one article, and which candidates are right."""
    from collections import Counter

    found = [look_up(text, t.at, gazetteer) for t in toponyms]
    names = ranking.group(found)
    if not names.flat:
        return None
    plain = ranking.plain_features(found, names, Counter(words_for_people(text, gazetteer)))
    right, times = np.zeros(len(names.flat)), np.zeros(len(names.members))
    for n, members in enumerate(names.members):
        for m in members:
            gold = toponyms[m]
            for i in range(names.bounds[n], names.bounds[n + 1]):
                c = names.flat[i]
                if c.key == gold.geonameid:
                    right[i] += 1.0
                elif c.lat is not None and kilometres((c.lat, c.lon or 0.0), gold.point) <= 25:
                    right[i] += 0.3
            times[n] += 1
    return Article(names, plain, (right > 0) * np.maximum(right, 0.3), times)


def fit(rows: Sequence[tuple[np.ndarray, Article]], size: int, decay: float) -> np.ndarray:
    """Weights (size,) by L-BFGS: the share of belief in what is right, for each name; with a little decay."""
    weights = torch.zeros(size, dtype=torch.float64, requires_grad=True)
    items: list[tuple[Tensor, Tensor, float]] = []
    for features, a in rows:
        for n in range(len(a.names.members)):
            start, end = a.names.bounds[n], a.names.bounds[n + 1]
            if end - start > 1 and a.right[start:end].any():
                right = torch.tensor(a.right[start:end])
                items.append(
                    (torch.tensor(features[start:end]), right / right.max(), 1 + float(np.log(a.times[n])))
                )
    names = ranking.FEATURES[:size]
    prior = torch.tensor([PRIOR.get(f, 0.0) for f in names], dtype=torch.float64)
    firm = torch.tensor([FIRM if f in PRIOR else 1.0 for f in names], dtype=torch.float64)
    best = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        best.zero_grad()
        losses = [-w * torch.log((torch.softmax(x @ weights, 0) * r).sum() + 1e-9) for x, r, w in items]
        loss = torch.stack(losses).sum() + decay * (firm * (weights - prior) ** 2).sum()
        loss.backward()
        return loss

    best.step(closure)
    return weights.detach().numpy()


def main() -> None:
    """Fit, report, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--decay", type=float, default=1.0)
    ap.add_argument("--rounds", type=int, default=3)
    args = ap.parse_args()
    torch.set_num_threads(1)
    gazetteer = Gazetteer()
    made = [
        article(x["text"], marked(x), gazetteer) for x in lines(args.shared / "corpora/geo/train.jsonl.gz")
    ]
    items = [a for a in made if a is not None]
    first = fit([(a.plain, a) for a in items], len(ranking.PLAIN), args.decay)
    masses = [ranking.shares(a.plain @ first, a.names) for a in items]
    for _ in range(args.rounds):
        rows = [
            np.hstack([a.plain, ranking.context_features(a.names, m)])
            for a, m in zip(items, masses, strict=True)
        ]
        second = fit(list(zip(rows, items, strict=True)), len(ranking.FEATURES), args.decay)
        masses = [ranking.shares(x @ second, a.names) for x, a in zip(rows, items, strict=True)]
    written = [*first.tolist(), *[0.0] * len(ranking.CONTEXT)]
    body = [f"{f},{a:.4g},{b:.4g}" for f, a, b in zip(ranking.FEATURES, written, second, strict=True)]
    OUT.write_text(HEAD + "\n".join(body) + "\n", encoding="utf-8")
    print("\n".join(body))


if __name__ == "__main__":
    main()
