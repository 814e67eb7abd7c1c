"""`python -m training.kinds`: what kind of source somebody is, fitted on labelled claims of real reports; needs torch.

The network reads the articles of `training/labelled` once (`--cache FILE` keeps what it saw) and stays as it is. A multinomial logistic regression over its
last layer's mean over the words that name a source and the signs of `accordingto.reading.kindsigns` is fitted by L-BFGS: five times on four fifths of the
articles, which tells how well it does, then on those that are not held out (`training/claimed.py`); the network's part goes into the graph, the rest into
`decoder.npz`. Run it again after a new network.
"""

from __future__ import annotations

import argparse
import os
import pickle
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from accordingto.reading import claims, kindsigns
from accordingto.reading.claims import Draft, kind_signs
from accordingto.reading.entities import Found
from accordingto.reading.kinds import KINDS, Floats, Kinds
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.record import SourceKind
from training.claimed import parts
from training.claims import into_graph, seeing
from training.export import MODEL
from training.labels import ACTS, FURTHER, INNER, Row, folds, read, texts, with_inner

FOLDS, SEED, RARE = 5, 7, 4  # a sign that fewer claims have is not kept
LEAST = 0.05  # a sign whose weights are all smaller is left out
STATES, SIGNS = 33.0, 3.7  # how strongly weights are drawn to 0: of states (of unit variance), of signs


@dataclass(frozen=True, slots=True)
class Told:
    """What one claim tells of its source, which is number `source` of its article, and which kind that is by rule and by label."""

    article: str
    source: int
    states: Floats  # (size,): the mean over the words that name it, nothing where none does
    signs: tuple[str, ...]
    ruled: SourceKind
    kind: SourceKind
    known: bool  # has an entity


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of states (size, kinds) and of signs, each (kinds,)."""

    states: Floats
    signs: dict[str, Floats]


def told_of(model: Path, shared: Path, labelled: Mapping[str, Sequence[Row]]) -> list[Told]:
    """The claims that the reader finds as they are labelled."""
    out: list[Told] = []
    with tempfile.TemporaryDirectory() as work:
        reader = Reader(seeing(model, Path(work)))
        for article, text in texts(shared, labelled).items():
            found: list[tuple[Draft, int, range, list[str]]] = []

            def noting(
                text: str,
                drafts: Sequence[Draft],
                entities: Sequence[Found],
                layers: Layers,
                tables: ReadingTables,
            ) -> None:
                number: dict[int, int] = {}
                for d in drafts:
                    at = layers.words_in(kindsigns.naming(text, d.source)) if d.source else range(0)
                    mine = number.setdefault(id(d.speaker), len(number))
                    found.append((d, mine, at, kind_signs(text, d, entities, tables)))  # noqa: B023

            with patch.object(claims, "with_kinds", noting):
                states = reader.trace(text).scores.claims
            right = [r for r in labelled[article] if r.act in ACTS and r.cue and r.kind in KINDS]
            for draft, number, at, signs in found:
                same = [r for r in right if draft.cue and r.cue and r.cue.overlaps(draft.cue)]
                row = next(
                    (r for r in same if any(a.overlaps(b) for a in r.content for b in draft.content)), None
                )
                if row is not None:
                    mean = states[at.start : at.stop].mean(0) if at else np.zeros(states.shape[1])
                    kind = SourceKind(row.kind)
                    known = draft.speaker.entity is not None
                    told = mean.astype(np.float16), tuple(signs), draft.speaker.kind, kind, known
                    out.append(Told(article, number, *told))
    return out


def fit(some: Sequence[Told]) -> Fitted:
    """The weights that make the labelled kinds likeliest, drawn towards 0."""
    count = Counter(s for t in some for s in t.signs)
    known = {s: n for n, s in enumerate(sorted(s for s, c in count.items() if c >= RARE))}
    rows = [[known[s] for s in t.signs if s in known] for t in some]
    flat = torch.tensor([n for r in rows for n in r])
    starts = torch.tensor(np.cumsum([0, *map(len, rows[:-1])]))
    goal = torch.tensor([KINDS.index(t.kind) for t in some])
    states = torch.from_numpy(np.stack([t.states for t in some]).astype(np.float32))
    there = states.abs().sum(1, keepdim=True) > 0
    spread = states[there[:, 0]].std(0).clamp(min=1e-4)
    scaled = states / spread
    a = torch.zeros(states.shape[1], len(KINDS), requires_grad=True)
    b = torch.zeros(len(known), len(KINDS), requires_grad=True)
    best = torch.optim.LBFGS([a, b], max_iter=150, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        best.zero_grad()
        scores = scaled @ a + F.embedding_bag(flat, b, starts, mode="sum")
        loss = F.cross_entropy(scores, goal, reduction="sum")
        loss = loss + 0.5 * STATES * (a**2).sum() + 0.5 * SIGNS * (b**2).sum()
        loss.backward()
        return loss

    best.step(closure)
    weights: Floats = (a / spread[:, None]).detach().numpy()
    return Fitted(weights, {s: b[n].detach().numpy() for s, n in known.items()})


def answers(some: Sequence[Told], fitted: Fitted) -> list[bool]:
    """Whether each claim's source gets the labelled kind, all claims of a source judged together."""
    scores = np.stack([t.states for t in some]).astype(np.float32) @ fitted.states
    kinds = Kinds(scores, fitted.signs)
    every: dict[tuple[str, int], list[int]] = {}
    for n, t in enumerate(some):
        every.setdefault((t.article, t.source), []).append(n)
    chosen = {
        key: kinds.choose(
            some[mine[0]].ruled, [(range(n, n + 1), some[n].signs) for n in mine], known=some[mine[0]].known
        )
        for key, mine in every.items()
    }
    return [chosen[t.article, t.source] is t.kind for t in some]


def main() -> None:
    """Read, fit, report, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--model", type=Path, default=MODEL, help="the model's folder, which gets the weights")
    ap.add_argument(
        "--cache", type=Path, default=None, help="keep what the network saw here, or take it from here"
    )
    args = ap.parse_args()
    within = read(INNER)
    labelled = within | with_inner(read() | read(FURTHER), within)
    if args.cache and args.cache.exists():
        every: list[Told] = pickle.loads(args.cache.read_bytes())
    else:
        every = told_of(args.model, args.shared, labelled)
        if args.cache:
            args.cache.write_bytes(pickle.dumps(every))
    fold = folds((t.article for t in every), FOLDS, SEED)
    good: list[bool] = []
    for n in range(FOLDS):
        fitted = fit([t for t in every if fold[t.article] != n])
        good += answers([t for t in every if fold[t.article] == n], fitted)
    ruled = np.mean([t.ruled is t.kind for t in every])
    print(f"{len(every)} claims: {np.mean(good):.1%} of the kinds right, {ruled:.1%} by the rules")
    _, held = parts(read())
    fitted = fit([t for t in every if t.article not in held])
    into_graph(args.model / "reader.onnx", "kinds", torch.from_numpy(fitted.states), torch.zeros(len(KINDS)))
    path = args.model / "decoder.npz"
    with np.load(path) as data:
        kept = {k: data[k] for k in data.files if not k.startswith("kinds_")}
    telling = {s: w for s, w in fitted.signs.items() if np.abs(w).max() >= LEAST}
    weights = np.stack(list(telling.values())).astype(np.float16)
    np.savez(path, **kept, kinds_weights=weights, kinds_signs_tags=np.array(list(telling)))


if __name__ == "__main__":
    main()
