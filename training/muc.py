"""`python -m training.muc`: the head for MUC-4's roles fitted on the corpus's train part; needs torch.

The network reads the train part once (minutes; `--cache FILE` keeps what it saw). A candidate is a role's where one of
its strings stands in the key. Every sixth message is held out: it tells how long to train and the chance from which a
role is filled. The head is a benchmark's, no part of the package; run this again after a new network.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import torch
from benchmarks.muc import FromEvents, one_by_one
from torch import nn
from torch.nn import functional as F

from accordingto.reading.events import EventTables
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.reader import Reader
from training.corpora import SHARES_TEST, read_lines
from training.fillers import ROLES, Head, Look, chosen, look
from training.mucstrings import normal

SEEDS = (7, 8, 9)  # one head each, joined
HELD_OUT = 6  # every so many messages
UNSEEN = 0.85  # of a floor, for messages that the network has not read, where it is less sure; tuned on dev
FLOORS = np.arange(0.1, 0.6, 0.05)
SHARED = Path("../shared")
Key = dict[str, list[set[str]]]  # role → entities → strings
Example = tuple[Look, Key]


def examples(reader: Reader, folder: Path) -> list[Example]:
    """The train part as the network sees it, with its key."""
    out = []
    rules, tables = FromEvents(Lexicon.load()), EventTables.load()
    for x in read_lines(folder / "corpora/muc4/train.jsonl.gz"):
        if x["id"] == SHARES_TEST:
            continue
        day = date.fromisoformat(x["date"]) if x["date"] else None
        seen = reader.trace(x["text"], published=day)
        key = {r: [{normal(m["mention"]) for m in e} for e in x["role_fillers"][r]] for r in ROLES}
        told = rules(one_by_one(seen, tables))
        text = seen.record.document.text
        out.append((look(text, seen.layers, seen.scores, reader.network.decoder, told), key))
    return out


def answers(seen: Look, key: Key) -> np.ndarray:
    """Shape (candidates, roles): 1 where a string of the candidate is in the role's key."""
    strings = [set().union(*key[r]) for r in ROLES]
    return np.array([[any(c in s for c in called) for s in strings] for called in seen.names], np.float32)


def f1(items: list[tuple[np.ndarray, Example]], role: int, floor: float) -> float:
    """A role's F1 over messages, each key entity found once at most."""
    hit = said = gold = 0
    for chances, (seen, key) in items:
        found = chosen(seen, chances[:, role], floor)
        entities = key[ROLES[role]]
        hit += sum(any(s in e for s in found) for e in entities)
        said, gold = said + len(found), gold + len(entities)
    return 2 * hit / max(said + gold, 1)


def head_of(net: nn.Sequential, mean: np.ndarray, scale: np.ndarray, floors: np.ndarray) -> Head:
    """The net's weights as a head."""
    inner, outer = net[1], net[4]
    weights = [p.detach().numpy() for p in (inner.weight.T, inner.bias, outer.weight.T, outer.bias)]
    return Head(mean, scale, *weights, floors.astype(np.float32))


def fit(data: list[Example], *, size: int, epochs: int, seed: int) -> tuple[Head, float]:
    """The best head of all epochs, and the F1 of the held-out messages under it."""
    torch.manual_seed(seed)
    held = [e for i, e in enumerate(data) if i % HELD_OUT == 0 and e[0].names]
    used = [e for i, e in enumerate(data) if i % HELD_OUT and e[0].names]
    x = np.concatenate([s.features for s, _ in used])
    mean, scale = x.mean(0), x.std(0) + 0.05
    xs = torch.from_numpy((x - mean) / scale)
    ys = torch.from_numpy(np.concatenate([answers(*e) for e in used]))
    net = nn.Sequential(
        nn.Dropout(0.3), nn.Linear(x.shape[1], size), nn.ReLU(), nn.Dropout(0.3), nn.Linear(size, len(ROLES))
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
    best: tuple[Head, float] | None = None
    rng = random.Random(seed)
    order = list(range(0, len(xs), 512))
    for epoch in range(epochs):
        net.train()
        mixed = torch.randperm(len(xs))
        rng.shuffle(order)
        for i in order:
            rows = mixed[i : i + 512]
            loss = F.binary_cross_entropy_with_logits(net(xs[rows]), ys[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        net.eval()
        head = head_of(net, mean, scale, np.full(len(ROLES), 0.3))
        items = [(head.chances(e[0]), e) for e in held]
        floors = np.array([max(FLOORS, key=lambda t: f1(items, k, t)) for k in range(len(ROLES))])
        score = float(np.mean([f1(items, k, floors[k]) for k in range(len(ROLES))]))
        print(f"epoch {epoch + 1}: held out {100 * score:.1f}", flush=True)
        if best is None or score > best[1]:
            kept = head_of(net, mean, scale, floors)
            best = Head(*(np.array(getattr(kept, k)) for k in Head.__slots__)), score  # the net goes on
    assert best is not None
    return best


def joined(heads: Sequence[Head]) -> Head:
    """One head that gives the mean of several heads' scores: their inner layers side by side."""
    n, first = len(heads), heads[0]
    return Head(
        first.mean,
        first.scale,
        np.concatenate([h.inner for h in heads], 1),
        np.concatenate([h.inner_bias for h in heads]),
        np.concatenate([h.outer for h in heads]) / n,
        np.mean([h.outer_bias for h in heads], 0),
        UNSEEN * np.mean([h.floors for h in heads], 0),
    )


def main() -> None:
    """Read, fit, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--model", type=Path, default=None, help="another model's folder")
    ap.add_argument("--cache", type=Path, default=None, help="keep (or take) what the network saw here")
    ap.add_argument("--size", type=int, default=64)
    ap.add_argument("--epochs", type=int, default=10)
    args = ap.parse_args()
    torch.set_num_threads(1)  # the products are small
    reader = Reader(args.model)
    if args.cache is not None and args.cache.exists():
        data = pickle.loads(args.cache.read_bytes())
    else:
        data = examples(reader, args.shared)
        if args.cache is not None:
            args.cache.write_bytes(pickle.dumps(data))
    fitted = [fit(data, size=args.size, epochs=args.epochs, seed=seed) for seed in SEEDS]
    joined([head for head, _ in fitted]).save(reader.model)
    print("held out, mean F1 of the five roles:", *(f"{100 * score:.1f}" for _, score in fitted))


if __name__ == "__main__":
    main()
