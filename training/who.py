"""Fit the ranker of whom a pronoun or a description means: `python -m training.who`.

Reads the articles of `training/labelled/claims.csv` and `further.csv` with the reader as it is, notes what the ranker is asked and what it knows, and fits its
weights by maximum likelihood with decay: the right candidate is one whose name is the labelled one. Prints what five-fold
cross-fitting by articles gives beside the rules alone, then writes `data/who_weights.csv`.
"""

from __future__ import annotations

import argparse
import csv
import os
import pickle
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from torch import Tensor

from accordingto.reading import sources
from accordingto.reading.document import document_of
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.whoranking import Asked, Candidate, Choosing, Features, best_of
from accordingto.record import Document
from training.labels import FURTHER, folds, read, texts

OUT = Path(__file__).parent.parent / "src/accordingto/data/who_weights.csv"
FOLDS, SEED, DECAY = 5, 7, 2.0
ROUNDS = 2
HEADER = (
    '# The weights of the ranker of whom "he", "she" and definite descriptions mean.\n'
    "# source: fitted on training/labelled by `python -m training.who`\n"
)
RARE = 5  # a feature that fewer candidates have is left out
ARTICLES = frozenset("the a an of and in for mr mrs ms dr".split())


@dataclass(frozen=True, slots=True)
class Question:
    """One mention: the candidates' features, which of them are right, which one the rules chose."""

    article: str
    pronoun: bool
    rows: tuple[Features, ...]
    right: tuple[bool, ...]
    ruled: int


def words(name: str) -> frozenset[str]:
    """A name's words without articles and titles."""
    return frozenset(re.findall(r"\w+", name.lower())) - ARTICLES


def same(one: str, other: str) -> bool:
    """Whether two names may be one's: the words of one are among the other's."""
    a, b = words(one), words(other)
    return bool(a and b) and (a <= b or b <= a)


def asked_of(
    reader: Reader, seen: Mapping[str, tuple[Document, Layers]], choose: Choosing
) -> dict[str, list[tuple[Asked, Sequence[Candidate], Sequence[Features]]]]:
    """What the ranker is asked in each article while `choose` decides."""
    out: dict[str, list[tuple[Asked, Sequence[Candidate], Sequence[Features]]]] = {}
    for article, (document, layers) in seen.items():
        mine = out.setdefault(article, [])

        def noting(
            asked: Asked, candidates: Sequence[Candidate], rows: Sequence[Features], mine: list = mine
        ) -> int:  # type: ignore[type-arg]
            mine.append((asked, candidates, rows))
            return choose(asked, candidates, rows)

        with patch.object(sources, "best_of", lambda weights, noting=noting: noting):
            reader.record_of(document, layers)
    return out


def questions(
    asked: Mapping[str, list[tuple[Asked, Sequence[Candidate], Sequence[Features]]]],
    who: Mapping[tuple[str, int], str],
) -> list[Question]:
    """The mentions whose bearer is labelled; those of which no candidate is right have none that is."""
    out = []
    for article, every in asked.items():
        for a, candidates, rows in every:
            name = who.get((article, a.at.start))
            if name is None:
                continue
            equal = [c.called.casefold() == name.casefold() for c in candidates]
            right = equal if any(equal) else [not c.is_new and same(c.called, name) for c in candidates]
            if not any(right):
                right = [c.is_new for c in candidates]
            ruled = next(
                (k for k, r in enumerate(rows) if r.get("chosen by rule") or r.get("new by rule")), -1
            )
            out.append(Question(article, a.pronoun, tuple(rows), tuple(right), ruled))
    return out


def fit(some: Sequence[Question], names: Sequence[str]) -> dict[str, float]:
    """The weights that make the right candidates likeliest, drawn towards 0."""
    number = {n: i for i, n in enumerate(names)}
    some = [q for q in some if any(q.right)]
    longest = max(len(q.rows) for q in some)
    x = torch.zeros(len(some), longest, len(names))
    there = torch.zeros(len(some), longest, dtype=torch.bool)
    right = torch.zeros(len(some), longest, dtype=torch.bool)
    for i, q in enumerate(some):
        for j, row in enumerate(q.rows):
            there[i, j], right[i, j] = True, q.right[j]
            for f, v in row.items():
                if f in number:
                    x[i, j, number[f]] = v
    weights = torch.zeros(len(names), requires_grad=True)
    best = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        best.zero_grad()
        scores = (x @ weights).masked_fill(~there, -1e4)
        lost = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, -1e4), 1)
        loss = lost.sum() + 0.5 * DECAY * (weights**2).sum()
        loss.backward()
        return loss

    best.step(closure)
    return dict(zip(names, weights.detach().tolist(), strict=True))


def answered(q: Question, weights: Mapping[str, float]) -> bool:
    """Whether the ranker answers rightly."""
    scores = [sum(v * weights.get(f, 0.0) for f, v in row.items()) for row in q.rows]
    return q.right[int(np.argmax(scores))]


def features(some: Iterable[Question]) -> list[str]:
    """The features that are common enough, in alphabetical order."""
    count = Counter(f for q in some for row in q.rows for f in row)
    return sorted(f for f, c in count.items() if c >= RARE)


def crossed(some: Sequence[Question]) -> tuple[float, float, float]:
    """The shares answered rightly by a ranker that had not read the article, by the rules, and by whoever knows the answer."""
    fold = folds((q.article for q in some), FOLDS, SEED)
    good = []
    for n in range(FOLDS):
        mine = [q for q in some if fold[q.article] != n]
        weights = fit(mine, features(mine))
        good += [answered(q, weights) for q in some if fold[q.article] == n]
    ruled = [q.ruled >= 0 and q.right[q.ruled] for q in some]
    return float(np.mean(good)), float(np.mean(ruled)), float(np.mean([any(q.right) for q in some]))


def main() -> None:
    """Read, fit twice (the second time with what the first one chooses), report, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--model", type=Path, default=None, help="another model's folder")
    ap.add_argument("--cache", type=Path, default=None, help="keep (or take) what the network saw here")
    args = ap.parse_args()
    torch.set_num_threads(1)
    labelled = read() | read(FURTHER)
    text = texts(args.shared, labelled)
    reader = Reader(args.model)
    if args.cache is not None and args.cache.exists():
        seen: dict[str, tuple[Document, Layers]] = pickle.loads(args.cache.read_bytes())
    else:
        seen = {a: (document_of(t), reader.trace(t).layers) for a, t in text.items()}
        if args.cache is not None:
            args.cache.write_bytes(pickle.dumps(seen))
    who = {
        (r.article, r.source.start): text[r.article][slice(*r.who)]
        for rows in labelled.values()
        for r in rows
        if r.source and r.who
    }
    columns: dict[bool, dict[str, float]] = {
        True: {"chosen by rule": 1.0},
        False: {"chosen by rule": 1.0, "new by rule": 1.0},
    }
    for step in range(ROUNDS):
        every = {f for c in columns.values() for f in c}
        both = {f: (columns[True].get(f, 0.0), columns[False].get(f, 0.0)) for f in every}
        found = questions(asked_of(reader, seen, best_of(both)), who)
        for pronoun in (True, False):
            mine = [q for q in found if q.pronoun is pronoun]
            good, ruled, best = crossed(mine)
            print(
                f"round {step + 1}, {'he and she' if pronoun else 'descriptions'}: {len(mine)}, {good:.1%} right, "
                f"{ruled:.1%} by the rules, {best:.1%} have a right candidate",
                flush=True,
            )
            columns[pronoun] = fit(mine, features(mine))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "pronoun", "description"))
        for f in sorted({f for c in columns.values() for f in c}):
            writer.writerow((f, *(round(columns[p].get(f, 0.0), 3) for p in (True, False))))


if __name__ == "__main__":
    main()
