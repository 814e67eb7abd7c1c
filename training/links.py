"""Fit the ranker of links: `python -m training.links`, after `training.export`.

The network's own scores are too sure of themselves on the articles that it was trained on, so the few
weights that join them with the features of `accordingto.reading.linking` are fitted on PolNeAR's dev part,
with the marked spans. Prints what two-fold cross-fitting gives (each half read with the other half's
weights), then writes the weights of both halves together into `decoder.npz`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from accordingto.reading import decoding, linking
from accordingto.reading.learned import Decoder, load_decoder
from accordingto.reading.network import Network
from accordingto.reading.reader import CONTEXT, LONGEST
from accordingto.reading.windows import cut
from training import corpora
from training.export import MODEL


@dataclass(slots=True)
class Article:
    """Pairs of one article: features (cues, spans, features) and what is right."""

    contents: Tensor
    cue_of: Tensor
    sources: Tensor
    none: Tensor
    source_of: Tensor


def articles(network: Network, folder: Path) -> list[Article]:
    """The dev articles with their marked spans."""
    decoder = network.decoder
    docs = corpora.polnear(folder / "corpora/polnear", "dev", network.tokenizer)
    out = []
    for doc in docs:
        windows = cut(0, [len(p) for p in doc.pieces], doc.cuts, LONGEST, CONTEXT)
        scores = network.scores(windows, [doc.pieces], [doc.features], batch_size=1)[0]
        text = decoding.Text(tuple(doc.words), decoding.lines_of(doc.features[:, 1]))
        cues = [a.cue for a in doc.links]
        sources = sorted({a.source for a in doc.links if a.source})
        contents = [(c, i) for i, a in enumerate(doc.links) for c in a.content]
        spans = [c for c, _ in contents]
        marks = linking.Marks(
            doc.words, cues, sources, spans, text.lines, decoding.sentence_words(text, scores.ends)
        )
        if not cues or not sources:
            continue
        number = {s: i for i, s in enumerate(sources)}
        out.append(
            Article(
                torch.from_numpy(linking.features(marks, spans, 1, scores.links, decoder)),
                torch.tensor([i for _, i in contents]),
                torch.from_numpy(linking.features(marks, sources, 0, scores.links, decoder)),
                torch.from_numpy(none_scores(marks, scores.links, decoder)),
                torch.tensor([number[a.source] if a.source else len(sources) for a in doc.links]),
            )
        )
    return out


def none_scores(marks: linking.Marks, vectors: np.ndarray, decoder: Decoder) -> np.ndarray:
    """The network's own score of a cue's having no source."""
    size = len(decoder.link_none)
    own = (
        linking.means(vectors, marks.cues, 0, size) @ decoder.link_none / np.sqrt(size) + decoder.link_bias[2]
    )
    return own.astype(np.float32)


def fit(items: Sequence[Article]) -> tuple[Tensor, Tensor]:
    """Weights (2, features) and those of no source (2,), by L-BFGS with a little decay."""
    weights = torch.zeros(2, len(linking.FEATURES))
    weights[:, 0] = 1.0
    none = torch.tensor([1.0, 0.0])
    weights.requires_grad_(True)
    none.requires_grad_(True)
    best = torch.optim.LBFGS([weights, none], max_iter=120, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        best.zero_grad()
        losses = [F.cross_entropy((a.contents @ weights[1]).T, a.cue_of, reduction="sum") for a in items]
        for a in items:
            scores = torch.cat([a.sources @ weights[0], (a.none * none[0] + none[1])[:, None]], 1)
            losses.append(F.cross_entropy(scores, a.source_of, reduction="sum"))
        loss = torch.stack(losses).sum() + 0.5 * (weights**2).sum()
        loss.backward()
        return loss

    best.step(closure)
    return weights.detach(), none.detach()


def accuracy(items: Sequence[Article], weights: Tensor, none: Tensor) -> tuple[float, float]:
    """The share of sources and of contents that are linked rightly."""
    right = [0, 0]
    for a in items:
        scores = torch.cat([a.sources @ weights[0], (a.none * none[0] + none[1])[:, None]], 1)
        right[0] += int((scores.argmax(1) == a.source_of).sum())
        owner = torch.tensor(linking.choose_cues((a.contents @ weights[1]).numpy()))
        right[1] += int((owner == a.cue_of).sum())
    return (
        100 * right[0] / sum(len(a.source_of) for a in items),
        100 * right[1] / sum(len(a.cue_of) for a in items),
    )


def main() -> None:
    """Fit, report, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--out", type=Path, default=MODEL)
    args = ap.parse_args()
    items = articles(Network(args.out), args.shared)
    plain = torch.zeros(2, len(linking.FEATURES))
    plain[:, 0] = 1.0
    print(
        "network alone: source {:.1f}, content {:.1f}".format(
            *accuracy(items, plain, torch.tensor([1.0, 0.0]))
        )
    )
    halves = [items[::2], items[1::2]]
    folds = [accuracy(halves[1 - i], *fit(halves[i])) for i in (0, 1)]
    print("cross-fitted:  source {:.1f}, content {:.1f}".format(*tuple(np.mean(folds, 0))))
    weights, none = fit(items)
    for name, row in zip(linking.FEATURES, weights.T.tolist(), strict=True):
        print(f"  {name:22} source {row[0]:7.2f}  content {row[1]:7.2f}")
    path = args.out / "decoder.npz"
    load_decoder(path)
    with np.load(path) as data:
        arrays = {k: data[k] for k in data.files}
    arrays |= {"link_weights": weights.numpy(), "link_none_weights": none.numpy()}
    np.savez(path, **arrays)


if __name__ == "__main__":
    main()
