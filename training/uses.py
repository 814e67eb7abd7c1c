"""`python -m training.uses`: whether a name is used as a place, fitted on labelled names of real reports; needs torch.

`training/labelled/places.csv` says of names in articles of the newswire's train part whether they are used as places (see its README).
The network reads the articles once (`--cache FILE` keeps what it saw) and stays as it is. A logistic regression over its last layer's mean over a
name's words and the signs of `accordingto.reading.standing` is fitted by L-BFGS, five times on four fifths of the articles,
then on all; the network's part goes into the graph, the rest into `decoder.npz`. Run it again after a new network.
"""

from __future__ import annotations

import argparse
import csv
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

from accordingto.reading import placenames
from accordingto.reading.reader import Reader
from accordingto.reading.standing import Floats
from training.claims import into_graph, seeing
from training.export import MODEL
from training.labels import PLACES, folds, texts

SEED, FOLDS, RARE = 7, 5, 3
STATES, SIGNS = 33.0, 3.7  # how strongly weights are drawn to 0: of states (of unit variance), of signs


@dataclass(frozen=True, slots=True)
class Name:
    """One labelled name: the mean of the network's last states, its signs, the label, the rules' answer."""

    article: str
    states: Floats
    signs: tuple[str, ...]
    place: bool
    ruled: bool


def read() -> dict[str, dict[tuple[int, int], bool]]:
    """Article → its labelled names (start, end) and whether each is used as a place."""
    out: dict[str, dict[tuple[int, int], bool]] = {}
    with PLACES.open(encoding="utf-8", newline="") as lines:
        for r in csv.DictReader(lines):
            out.setdefault(r["article"], {})[int(r["start"]), int(r["end"])] = r["place"] == "1"
    return out


def names(model: Path, shared: Path, labelled: Mapping[str, Mapping[tuple[int, int], bool]]) -> list[Name]:
    """The labelled names as the network and the rules see them."""
    out: list[Name] = []
    told = placenames.told
    with tempfile.TemporaryDirectory() as work:
        reader = Reader(seeing(model, Path(work)))
        for article, text in texts(shared, labelled).items():
            noted: list[tuple[tuple[int, int], tuple[str, ...], range, bool]] = []

            def noting(
                words: Sequence[str], at: range, n: placenames.Named, beside: Sequence[str], *, ruled: bool
            ) -> tuple[str, ...]:
                found = told(words, at, n, beside, ruled=ruled)
                noted.append(((n.at.start, n.at.end), found, at, ruled))  # noqa: B023
                return found

            with patch.object(placenames, "told", noting):
                seen = reader.trace(text)
            states = seen.scores.claims
            for span, found, at, ruled in noted:
                if span in labelled[article] and at:
                    mean = states[at.start : at.stop].mean(0).astype(np.float16)
                    out.append(Name(article, mean, found, labelled[article][span], ruled))
    return out


def known_signs(some: Sequence[Name]) -> dict[str, int]:
    """The signs that are common enough, numbered."""
    count = Counter(s for n in some for s in set(n.signs))
    return {s: i for i, s in enumerate(sorted(s for s, c in count.items() if c >= RARE))}


def arrays(some: Sequence[Name], known: Mapping[str, int]) -> tuple[Tensor, Tensor, Tensor]:
    """States (names, size), signs (names, signs), labels (names,)."""
    told = torch.zeros(len(some), len(known))
    for i, n in enumerate(some):
        told[i, [known[s] for s in n.signs if s in known]] = 1.0
    states = torch.from_numpy(np.stack([n.states for n in some]).astype(np.float32))
    return states, told, torch.tensor([float(n.place) for n in some])


def fit(some: Sequence[Name], known: Mapping[str, int]) -> tuple[Tensor, Tensor]:
    """The weights of states (size,) and signs (signs,); "always" bears what scaling the states takes away."""
    states, told, right = arrays(some, known)
    middle, spread = states.mean(0), states.std(0).clamp(min=1e-4)
    scaled = (states - middle) / spread
    a, b = torch.zeros(states.shape[1], requires_grad=True), torch.zeros(len(known), requires_grad=True)
    best = torch.optim.LBFGS([a, b], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        best.zero_grad()
        lost = torch.nn.functional.binary_cross_entropy_with_logits(
            scaled @ a + told @ b, right, reduction="sum"
        )
        loss = lost + 0.5 * STATES * (a**2).sum() + 0.5 * SIGNS * (b**2).sum()
        loss.backward()
        return loss

    best.step(closure)
    weights, signs = (a / spread).detach(), b.detach().clone()
    signs[known["always"]] -= (middle * weights).sum()
    return weights, signs


def f1(found: np.ndarray, right: np.ndarray) -> str:
    """Precision, recall and F1 in percent."""
    both = (found & right).sum()
    p, r = both / found.sum(), both / right.sum()
    return f"P {p:.1%}, R {r:.1%}, F1 {2 * p * r / (p + r):.1%}"


def main() -> None:
    """Fit, report, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--model", type=Path, default=MODEL, help="the model's folder, which gets the weights")
    ap.add_argument(
        "--cache", type=Path, default=None, help="keep what the network saw here, or take it from here"
    )
    args = ap.parse_args()
    if args.cache and args.cache.exists():
        every: list[Name] = pickle.loads(args.cache.read_bytes())
    else:
        every = names(args.model, args.shared, read())
        if args.cache:
            args.cache.write_bytes(pickle.dumps(every))
    fold = folds((n.article for n in every), FOLDS, SEED)
    found, right = np.zeros(len(every), bool), np.array([n.place for n in every])
    for k in range(FOLDS):
        mine = [n for n in every if fold[n.article] != k]
        known = known_signs(mine)
        weights, signs = fit(mine, known)
        others = [i for i, n in enumerate(every) if fold[n.article] == k]
        states, told, _ = arrays([every[i] for i in others], known)
        found[others] = (states @ weights + told @ signs > 0).numpy()
    print(
        f"{len(every)} names; the rules: {f1(np.array([n.ruled for n in every]), right)}; weighed: {f1(found, right)}"
    )
    known = known_signs(every)
    weights, signs = fit(every, known)
    into_graph(args.model / "reader.onnx", "places", weights[:, None], torch.zeros(1))
    path = args.model / "decoder.npz"
    with np.load(path) as data:
        kept = {k: data[k] for k in data.files if not k.startswith("places_")}
    names_of = np.array(sorted(known, key=known.__getitem__))
    np.savez(path, **kept, places_weights=signs.numpy().astype(np.float32), places_signs_tags=names_of)


if __name__ == "__main__":
    main()
