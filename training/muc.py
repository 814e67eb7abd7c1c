"""`python -m training.muc`: the head for MUC-4's roles fitted on the corpus's train part; needs torch.

The network reads the train part once (minutes; `--cache FILE` keeps what it saw). A candidate is a role's where one of
its strings stands in the key. The messages are parted in four: each part is judged by a head fitted on the others, and
the chance from which roles are filled is the one that finds most there. The four heads are joined to one. It is a
benchmark's, no part of the package; run this again after a new network.
"""

from __future__ import annotations

import argparse
import os
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
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
from training import mucchoice
from training.corpora import SHARES_TEST, read_lines
from training.fillers import Floats, Head, Look, Ranked, look
from training.fillerstrings import ROLES, Choice, cuts
from training.fillerwords import Counts
from training.mucstrings import normal

SEED = 7
PARTS = 4
FLOORS = np.arange(0.1, 0.5, 0.02)
BATCH = 16  # messages
RATE = 2e-3
SHARED = Path(os.environ.get("ACCORDINGTO_SHARED", "../shared"))
Key = dict[str, list[set[str]]]  # role → entities → strings
Example = tuple[Look, Key]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a head is and how long it is fitted."""

    inner: int = 48
    epochs: int = 10


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


def quoted(key: Key) -> list[set[str]]:
    """All strings of each role."""
    return [set().union(*key[r]) for r in ROLES]


def answers(seen: Look, key: Key) -> Floats:
    """Shape (candidates, roles): 1 where a string of the candidate is in the role's key."""
    strings = quoted(key)
    called = [{*names, *cuts(seen.prose, p)} for names, p in zip(seen.names, seen.places, strict=True)]
    return np.array([[bool(c & s) for s in strings] for c in called], np.float32).reshape(-1, len(ROLES))


def f1(items: Sequence[tuple[list[Ranked], Key]], floor: float) -> float:
    """F1 of all roles together over messages, each key entity found once at most."""
    hit = said = gold = 0
    for found, key in items:
        for role, ranked in zip(ROLES, found, strict=True):
            strings = [s for chance, s in ranked if chance >= floor]
            hit += sum(any(s in e for s in strings) for e in key[role])
            said, gold = said + len(strings), gold + len(key[role])
    return 2 * hit / max(said + gold, 1)


def batches(data: Sequence[Example], rng: np.random.Generator) -> list[list[int]]:
    """The numbers of messages in random groups."""
    order = [int(n) for n in rng.permutation(len(data))]
    return [order[i : i + BATCH] for i in range(0, len(order), BATCH)]


def together(scores: torch.Tensor, entity: torch.Tensor, count: int) -> torch.Tensor:
    """Shape (entities, roles): the log-sum-exp of each entity's candidates."""
    number = entity[:, None].expand(-1, scores.shape[1])
    top = torch.full((count, scores.shape[1]), -torch.inf).scatter_reduce(0, number, scores.detach(), "amax")
    total = torch.zeros_like(top).scatter_add(0, number, torch.exp(scores - top[entity]))
    return top + torch.log(total)


def fit(data: Sequence[Example], choice: Choice, size: Size, seed: int) -> Head:
    """A head by the cross-entropy of entities; inputs are dropped for a whole batch at once, which costs little."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    known = [(seen.words, answers(seen, key)) for seen, key in data]
    counts = Counts(known)
    rows = [
        np.concatenate([seen.features, counts.habits(mine).features(mine[0])], 1)
        for (seen, _), mine in zip(data, known, strict=True)
    ]
    joined_rows = np.concatenate(rows)
    mean, scale = joined_rows.mean(0), joined_rows.std(0) + 0.05
    inputs = [torch.from_numpy((r - mean) / scale) for r in rows]
    entities = [seen.entities() for seen, _ in data]
    wanted = []
    for entity, (_, fills) in zip(entities, known, strict=True):
        wanted.append(np.zeros((int(entity.max()) + 1, len(ROLES)), np.float32))
        np.maximum.at(wanted[-1], entity, fills)
    inner, outer = nn.Linear(len(mean), size.inner), nn.Linear(size.inner, len(ROLES))
    with torch.no_grad():
        outer.bias.fill_(-5.0)  # few candidates fill a role
    optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], weight_decay=0.05)
    total = size.epochs * -(-len(data) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=total, pct_start=0.15)
    for group in (g for _ in range(size.epochs) for g in batches(data, rng)):
        ends = np.cumsum([0, *(len(wanted[n]) for n in group)])
        entity = np.concatenate([entities[n] + end for n, end in zip(group, ends, strict=False)])
        kept = F.dropout(torch.ones(len(mean)), 0.3)
        hidden = F.linear(torch.cat([inputs[n] for n in group]), inner.weight * kept, inner.bias)
        scores = outer(F.dropout(torch.relu(hidden), 0.3))
        chances = together(scores, torch.from_numpy(entity), int(ends[-1]))
        right = torch.from_numpy(np.concatenate([wanted[n] for n in group]))
        loss = F.binary_cross_entropy_with_logits(chances, right, reduction="sum") / len(right)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    weights = [p.detach().numpy() for p in (inner.weight.T, inner.bias, outer.weight.T, outer.bias)]
    return Head(mean, scale, *weights, np.zeros(len(ROLES), np.float32), counts.habits(), choice)


def joined(heads: Sequence[Head], floor: float, data: Sequence[Example], choice: Choice) -> Head:
    """One head that gives the mean of several heads' scores, their inner layers side by side, each with its own scaling."""
    n = len(heads)
    scaled = [h.inner / h.scale[:, None] for h in heads]
    return Head(
        heads[0].mean,
        heads[0].scale,
        np.concatenate([i * heads[0].scale[:, None] for i in scaled], 1),
        np.concatenate(
            [h.inner_bias + (heads[0].mean - h.mean) @ i for h, i in zip(heads, scaled, strict=True)]
        ),
        np.concatenate([h.outer for h in heads]) / n,
        np.mean([h.outer_bias for h in heads], 0),
        np.full(len(ROLES), floor, np.float32),
        Counts((seen.words, answers(seen, key)) for seen, key in data).habits(),
        choice,
    )


def crossed(data: Sequence[Example], size: Size) -> tuple[Head, float]:
    """The head, and the F1 of its parts where they had not looked."""
    data = [e for e in data if e[0].names]
    taught = [mucchoice.lessons(seen, quoted(key)) for seen, key in data]
    heads, items = [], []
    for part in range(PARTS):
        used = [n for n in range(len(data)) if n % PARTS != part]
        choice = mucchoice.fitted((x for n in used for x in taught[n]), seed=SEED)
        heads.append(fit([data[n] for n in used], choice, size, SEED + part))
        mine = [(heads[-1].ranked(seen), key) for seen, key in data[part::PARTS]]
        print(f"part {part + 1}: {100 * max(f1(mine, t) for t in FLOORS):.1f}", flush=True)
        items += mine
    floor = max(FLOORS, key=lambda t: f1(items, t))
    choice = mucchoice.fitted((x for mine in taught for x in mine), seed=SEED)
    return joined(heads, floor, data, choice), f1(items, floor)


def main() -> None:
    """Read, fit, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=SHARED)
    ap.add_argument("--model", type=Path, default=None, help="another model's folder")
    ap.add_argument("--cache", type=Path, default=None, help="keep (or take) what the network saw here")
    ap.add_argument("--inner", type=int, default=Size().inner)
    ap.add_argument("--epochs", type=int, default=Size().epochs)
    args = ap.parse_args()
    torch.set_num_threads(1)  # the products are small
    reader = Reader(args.model)
    if args.cache is not None and args.cache.exists():
        data = pickle.loads(args.cache.read_bytes())
    else:
        data = examples(reader, args.shared)
        if args.cache is not None:
            args.cache.write_bytes(pickle.dumps(data))
    head, score = crossed(data, Size(args.inner, args.epochs))
    head.save(reader.model)
    print(f"F1 of all five roles, each part by the heads of the others: {100 * score:.1f}")


if __name__ == "__main__":
    main()
