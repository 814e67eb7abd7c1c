"""`python -m training.claims`: how well claims are judged, on labelled articles held out of training; needs torch.

The head that judges claims (`model.Judge`, in numpy `accordingto.reading.acts`) is trained with the network (`training/claimed.py`). Here
it is measured, and beside it one that is fitted anew on the network as it is, from all other labelled claims (`training/labelled`); `--put` gives the
model that one, which is how a head comes to a network that was trained without. The network reads the articles once (minutes; `--cache FILE` keeps
what it saw).
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor
from torch.nn import functional as F

from accordingto.reading.acts import LONGEST, NO_CLAIM, Floats, rule, shortened
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from training.claimed import kept_signs, parts, told
from training.corpora import IGNORE
from training.encoders import chosen_encoder
from training.export import MODEL, judge_arrays, small
from training.labels import ACTS, FURTHER, SINGLE, VERDICTS, WHOLE, Row, read, texts
from training.losses import SMOOTH
from training.model import Judge
from training.shipped import restart, signs_of
from training.train import build

SEED, EPOCHS, BATCH = 7, 8, 64
RATE, DECAY = 2e-3, 0.1


@dataclass(frozen=True, slots=True)
class Item:
    """One claim as the head sees it; `states` are the network's last ones of the content's words."""

    article: str
    states: Floats  # (words of the content, size)
    cue: Floats  # (size,)
    source: Floats  # (size,)
    signs: tuple[str, ...]
    act: int  # IGNORE where it is no claim
    verdict: int
    found: bool
    ruled: str  # by the tables alone


def seeing(model: Path, folder: Path) -> Path:
    """A copy of a model whose claims' vectors are the network's last states themselves."""
    for file in model.iterdir():
        shutil.copy(file, folder / file.name)
    graph = onnx.load(folder / "reader.onnx", load_external_data=False)
    product, added = (
        next(n for n in graph.graph.node if n.name == f"/claims/{x}") for x in ("MatMul", "Add")
    )
    same = helper.make_node("Identity", [product.input[0]], [added.output[0]], name="/claims/Identity")
    kept = [n for n in graph.graph.node if n.name not in (product.name, added.name)]
    del graph.graph.node[:]
    graph.graph.node.extend([*kept, same])
    onnx.save(graph, folder / "reader.onnx")
    with np.load(folder / "decoder.npz") as data:
        arrays = {k: data[k] for k in data.files if not k.startswith(("claims_", "places_", "kinds_"))}
    size = next(
        numpy_helper.to_array(i).shape[0] for i in graph.graph.initializer if i.name == product.input[1]
    )
    np.savez(folder / "decoder.npz", **arrays, claims_widths=np.array([size, 0, 0], np.float32))
    return folder


def items(model: Path, shared: Path, labelled: Mapping[str, Sequence[Row]]) -> list[Item]:
    """All labelled claims as the network sees them."""
    text = texts(shared, labelled)
    tables = ReadingTables.load()
    out = []
    with tempfile.TemporaryDirectory() as work:
        reader = Reader(seeing(model, Path(work)))
        for article, rows in labelled.items():
            seen = reader.trace(text[article])
            states = seen.scores.claims.astype(np.float16)
            for row in rows:
                out += item(text[article], row, seen.layers.words_in, states, tables)
    return out


def item(text: str, row: Row, words_in: object, states: Floats, tables: ReadingTables) -> Iterator[Item]:
    """A claim as the head sees it; nothing where its content has no word."""
    assert callable(words_in)
    content = [i for c in row.content for i in words_in(c)]
    if not content:
        return
    none = np.zeros(states.shape[1], np.float16)
    cue, source = (list(words_in(at)) if at else [] for at in (row.cue, row.source))
    yield Item(
        row.article,
        states[list(shortened(content))],
        states[cue].astype(np.float32).mean(0).astype(np.float16) if cue else none,
        states[source[-1]] if source else none,
        tuple(told(text, row, tables)),
        ACTS.index(row.act) if row.act in ACTS else IGNORE,
        VERDICTS.index(row.act) if row.act in VERDICTS else VERDICTS.index("ok"),
        row.found,
        rule(text, row.cue, row.content, (), tables).value,
    )


@dataclass(slots=True)
class Batch:
    """Some claims side by side; `there` says which of the `states` (claims, words, size) are words of a content."""

    states: Tensor
    there: Tensor
    cue: Tensor
    source: Tensor
    signs: Tensor
    act: Tensor
    verdict: Tensor
    found: Tensor

    def of(self, numbers: Tensor) -> Batch:
        """Some of the claims, no longer than the longest of them."""
        longest = int(self.there[numbers].sum(1).max())
        rest = (getattr(self, k)[numbers] for k in ("cue", "source", "signs", "act", "verdict", "found"))
        return Batch(self.states[numbers, :longest].float(), self.there[numbers, :longest], *rest)


def batch(some: Sequence[Item], known: Mapping[str, int]) -> Batch:
    """Claims side by side."""
    states = torch.zeros(len(some), LONGEST, some[0].states.shape[1], dtype=torch.bfloat16)
    there = torch.zeros(len(some), LONGEST, dtype=torch.bool)
    numbers = [[known[s] for s in dict.fromkeys(i.signs) if s in known] for i in some]
    told = torch.full((len(some), max(map(len, numbers))), -1)
    for n, (i, mine) in enumerate(zip(some, numbers, strict=True)):
        states[n, : len(i.states)] = torch.from_numpy(i.states.astype(np.float32))
        there[n, : len(i.states)] = True
        told[n, : len(mine)] = torch.tensor(mine)
    vectors = (
        torch.from_numpy(np.stack([getattr(i, k) for i in some]).astype(np.float32))
        for k in ("cue", "source")
    )
    labels = (torch.tensor([getattr(i, k) for i in some]) for k in ("act", "verdict", "found"))
    return Batch(states, there, *vectors, told, *labels)


def numbered(some: Sequence[Item]) -> dict[str, int]:
    """The signs that are common enough, numbered."""
    return {s: n for n, s in enumerate(kept_signs(i.signs for i in some))}


def fit(some: Sequence[Item], known: Mapping[str, int], seed: int) -> Judge:
    """A head fitted on claims: cross-entropy of acts (of claims alone) and of verdicts (of those that the reader found)."""
    torch.manual_seed(seed)
    every, size = batch(some, known), some[0].states.shape[1]
    verdicts = torch.where(every.found, every.verdict, IGNORE)
    head = Judge(size, tuple(known))
    best = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    pieces = -(-len(some) // BATCH)
    rates = torch.optim.lr_scheduler.OneCycleLR(best, RATE, total_steps=EPOCHS * pieces)
    order = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for chosen in np.array_split(order.permutation(len(some)), pieces):
            numbers = torch.from_numpy(chosen)
            x = every.of(numbers)
            scores = head(x.states, x.there, x.cue, x.source, x.signs)
            loss = F.cross_entropy(scores[:, : len(ACTS)], x.act, label_smoothing=SMOOTH)
            loss = loss + 0.5 * F.cross_entropy(scores[:, len(ACTS) :], verdicts[numbers])
            best.zero_grad()
            loss.backward()
            best.step()
            rates.step()
    return head.eval()


@torch.no_grad()
def judged(head: Judge, some: Sequence[Item], known: Mapping[str, int]) -> Floats:
    """Shape (claims, labels)."""
    every = batch(some, known)
    batches = [every.of(n) for n in torch.arange(len(some)).split(256)]
    out: Floats = torch.cat([head(x.states, x.there, x.cue, x.source, x.signs) for x in batches]).numpy()
    return out


def report(every: Sequence[Item], scores: Floats) -> None:
    """How well claims are judged that a head was not fitted on."""
    right = scores[:, : len(ACTS)].argmax(1) == np.array([i.act for i in every])
    claims = np.array([i.act != IGNORE for i in every])
    found = np.array([i.found for i in every])
    ruled = np.array([i.ruled == ACTS[i.act] if i.act != IGNORE else False for i in every])
    for name, which in (("all claims", claims), ("found by the reader", claims & found)):
        print(
            f"{name}: {which.sum()}, act right {right[which].mean():.1%}, by the tables {ruled[which].mean():.1%}"
        )
    verdicts = np.exp(scores[:, len(ACTS) :])
    chance = (verdicts / verdicts.sum(1, keepdims=True))[:, 0]
    none = np.array([VERDICTS[i.verdict] == NO_CLAIM for i in every])
    good = np.array([VERDICTS[i.verdict] == "ok" for i in every])
    for floor in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        out = found & (chance >= floor)
        print(
            f"dropped from {floor:.1f} on: {(out & none).sum()} of {(found & none).sum()} that are no claims, "
            f"{(out & good).sum()} of {(found & good).sum()} that are, {(out & ~none & ~good).sum()} cut wrongly"
        )


def into_graph(file: Path, layer: str, weight: Tensor, bias: Tensor) -> None:
    """Give one of the graph's layers its numbers: `weight` (size, outputs), `bias` (outputs,)."""
    graph = onnx.load(file, load_external_data=False)
    nodes = {n.name: n for n in graph.graph.node}
    numbers = {i.name: i for i in graph.graph.initializer}
    product, added = nodes[f"/{layer}/MatMul"], nodes[f"/{layer}/Add"]
    for name, value in ((product.input[1], weight), (next(i for i in added.input if i in numbers), bias)):
        made = np.ascontiguousarray(value.detach().numpy(), np.float32)
        numbers[name].CopyFrom(numpy_helper.from_array(made, name))
    onnx.save(graph, file)


def head_of(model: Path, encoder: Path) -> Judge | None:
    """A model's own head, where it has one; `encoder` is that which it was trained from."""
    net = build(encoder, signs_of(model))
    return None if "claims." in restart(net, model) else net.claims.eval()


def put(head: Judge, model: Path) -> None:
    """Give a model that head."""
    first = [head.content, head.cue, head.source]
    weight, bias = torch.cat([x.weight for x in first]).T, torch.cat([x.bias for x in first])
    into_graph(model / "reader.onnx", "claims", weight, bias)
    path = model / "decoder.npz"
    with np.load(path) as data:
        arrays = {k: data[k] for k in data.files if not k.startswith("claims_")}
    np.savez(path, **arrays, **small(judge_arrays(head)))


def main() -> None:
    """Measure, fit, write where it is asked for."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--model", type=Path, default=MODEL, help="the model's folder")
    ap.add_argument("--encoder", type=Path, default=None, help="the one that the model was trained from")
    ap.add_argument("--put", action="store_true", help="give the model the head that is fitted anew")
    ap.add_argument(
        "--cache", type=Path, default=None, help="keep what the network saw here, or take it from here"
    )
    ap.add_argument("--threads", type=int, default=2)
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    rows, further = read(), read(SINGLE) | read(WHOLE) | read(FURTHER)
    if args.cache and args.cache.exists():
        every: list[Item] = pickle.loads(args.cache.read_bytes())
    else:
        every = items(args.model, args.shared, rows | further)
        if args.cache:
            args.cache.write_bytes(pickle.dumps(every))
    _, held = parts(rows)
    mine = [i for i in every if i.article not in held]
    measured = [i for i in every if i.article in held]
    if (own := head_of(args.model, chosen_encoder(args.encoder))) is not None:
        print("The model's own head, on the articles held out")
        report(measured, judged(own, measured, own.known))
    known = numbered(mine)
    fresh = fit(mine, known, SEED)
    print(f"\nOne fitted anew, on {len(mine)} claims")
    report(measured, judged(fresh, measured, known))
    if args.put:
        put(fresh, args.model)


if __name__ == "__main__":
    main()
