"""Attributions as readers who have not seen the marks would make them: `python -m training.teachers`, before `training.train`.

People agree on few attributions to the letter (`docs/accuracy.md`), so an annotator's marks are one draw of many, and a network that
learns them by heart learns the draw. Here PolNeAR's train part is halved by documents; each half is read by a teacher that learned
from the other. A teacher begins from the shipped model with its upper layers and its heads of attribution as they were before any training;
with another encoder (`--encoder`) from that one alone. Other corpora with marks of attribution (`corpora` in the configuration) are halved and read with PolNeAR.
From what the teachers hold likely, whole taggings are drawn (forward filtering, backward sampling), and the training reads some of
them in the place of the annotator's (distillation, Hinton et al. 2015; across folds as in CrossWeigh, Wang et al. 2019). Texts
without marks are read by all teachers and the shipped model together, their scores averaged.

Writes `taggings.npz` in the work folder: for each document an array (draws, words) of tags.
"""

from __future__ import annotations

import argparse
import os
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from accordingto.reading.windows import collate, cut
from training import corpora, marked, snippets
from training.batches import epoch
from training.draws import Moves, drawn
from training.encoders import chosen_encoder, load_tokenizer
from training.export import MODEL
from training.losses import HALF
from training.material import HERE, configuration, read_corpora
from training.model import Network
from training.shipped import fits, restart
from training.train import Cycle, build, optimizer_of, step

FOLDS = 2
UPPER = 4  # layers of a teacher that begin anew
DRAWS = 4
HEADS = ("attribution", "links")
CONTEXT = 48
WHOLE = "rstuvwxy"  # files of our own reports that are read
Named = tuple[str, corpora.Doc]  # with the name of its corpus


def fresh(encoder: Path, folder: Path) -> Network:
    """The shipped network, its upper layers and heads of attribution as before any training; of another encoder, that one untrained."""
    net = build(encoder, ())
    if not fits(net, folder):
        return net
    begun = {k: v.clone() for k, v in net.state_dict().items()}
    restart(net, folder)
    depth = len(net.encoder.layers)
    anew = (*(f"encoder.layers.{depth - i - 1}." for i in range(UPPER)), *HEADS)
    net.load_state_dict({k: begun[k] if k.startswith(anew) else v for k, v in net.state_dict().items()})
    return net


def taught(net: Network, docs: Sequence[corpora.Doc], config: dict[str, Any], epochs: int, seed: int) -> None:
    """Train on the attributions of the documents."""
    cycle = Cycle(0, epochs, 1.0, 0, {})
    optimizer = optimizer_of(net, config, 0)
    net.train()
    begun = time.time()
    for number in range(epochs):
        torch.manual_seed(seed + number)
        mean = 0.0
        for share, x in epoch(docs, config | {"seed": seed}, number):
            factor = cycle.factor(number + share, config["warmup"])
            parts = step(net, x, optimizer, factor, config)
            mean = 0.98 * mean + 0.02 * parts["attribution"].item() if "attribution" in parts else mean
        print(f"epoch {number + 1}: {mean:.4f} after {time.time() - begun:.0f} s", flush=True)


@torch.no_grad()
def scores_of(net: Network, doc: corpora.Doc, longest: int) -> NDArray[np.float32]:
    """Shape (words, tags): what the network says of each word's tag, read as the reader reads."""
    net.eval()
    windows = cut(0, [len(p) for p in doc.pieces], doc.cuts, longest, CONTEXT)
    rows = []
    for part in (windows[i : i + 8] for i in range(0, len(windows), 8)):
        x = collate(part, [doc.pieces], [doc.features])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            layers = net.encoder(*(torch.from_numpy(a) for a in (x.pieces, x.shape, x.mask)))
        words = torch.take_along_dim(layers[-1].float(), torch.from_numpy(x.first)[..., None], 1)
        said = net.attribution(words)
        rows += [said[i, : w.end - w.keep] for i, w in enumerate(part)]
    return torch.cat(rows).numpy()


def moves_of(nets: Sequence[Network]) -> Moves:
    """The mean of the networks' CRFs of attribution."""
    crfs = [net.attribution_crf for net in nets]
    mean = lambda name: torch.stack([getattr(c, name) for c in crfs]).mean(0).double()  # noqa: E731
    with torch.no_grad():
        parts = [(mean(name) + getattr(crfs[0], f"no_{name}")).numpy() for name in ("moves", "first", "last")]
    return Moves(*parts)


def unmarked(shared: Path, tokenizer: Tokenizer, config: dict[str, Any]) -> list[tuple[str, corpora.Doc]]:
    """News without marks of attribution, with the names of their corpora: newswire that has events marked, and our own whole reports."""
    events = {*marked.read(), *marked.read(marked.WIDER)}
    wire = dict(read_corpora(shared, tokenizer, config, "names")).get("newswire", [])
    own = snippets.parts(snippets.load(tokenizer)[0])[0]
    return [("newswire", d) for d in wire if d.id in events] + [("own", d) for d in own if d.id[0] in WHOLE]


def read(
    key: str, doc: corpora.Doc, nets: Sequence[Network], config: dict[str, Any]
) -> dict[str, NDArray[np.int8]]:
    """The taggings that networks hold likely together, under the document's key, which seeds the draws."""
    rng = np.random.default_rng([config["seed"], zlib.crc32(key.encode())])
    mean = np.mean([scores_of(net, doc, config["longest"]) for net in nets], 0)
    return {key: drawn(doc, mean, moves_of(nets), rng, DRAWS)}


def arguments() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--encoder", type=Path, default=None)
    ap.add_argument("--start", type=Path, default=MODEL, help="the shipped model's folder")
    ap.add_argument("--config", type=Path, default=HERE / "config.json")
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument(
        "--fold",
        type=int,
        default=None,
        help="work on that fold alone, beside others: train its teacher or, where all are there, read its documents",
    )
    return ap.parse_args()


def of_fold(docs: Sequence[Named], fold: int) -> list[Named]:
    """The documents that a fold's teacher reads and has not learned from."""
    return [d for i, d in enumerate(docs) if i % FOLDS == fold]


def teacher(fold: int, docs: Sequence[Named], config: dict[str, Any], args: argparse.Namespace) -> Network:
    """The teacher of a fold: from the work folder, else trained and kept there."""
    file = args.work / f"teacher-{fold}.pt"
    seed = config["seed"] + fold
    torch.manual_seed(seed)
    net = fresh(chosen_encoder(args.encoder), args.start)
    if file.exists():
        net.load_state_dict(torch.load(file, weights_only=True))
    else:
        mine = {d.id for _, d in of_fold(docs, fold)}
        taught(net, [d for _, d in docs if d.id not in mine], config, args.epochs, seed)
        torch.save(net.state_dict(), file)
    return net


def readings(
    fold: int, docs: Sequence[Named], config: dict[str, Any], args: argparse.Namespace
) -> dict[str, NDArray[np.int8]]:
    """The taggings of a fold's documents by its teacher, and those of its share of unmarked news by all networks: kept, else made now."""
    file = args.work / f"taggings-{fold}.npz"
    if not file.exists():
        encoder = chosen_encoder(args.encoder)
        teachers = [teacher(n, docs, config, args) for n in range(FOLDS)]
        every, shipped = [*teachers], build(encoder, ())
        if fits(shipped, args.start):
            restart(shipped, args.start)
            every.append(shipped)
        mine = [(corpus, d, [teachers[fold]]) for corpus, d in of_fold(docs, fold)]
        news = unmarked(args.shared, load_tokenizer(encoder), config)[fold::FOLDS]
        mine += [(corpus, d, every) for corpus, d in news if d.words]
        out: dict[str, NDArray[np.int8]] = {}
        for corpus, doc, nets in mine:
            out |= read(f"{corpus}/{doc.id}", doc, nets, config)
        np.savez_compressed(file, **out)
    with np.load(file) as kept:
        return {k: kept[k] for k in kept.files}


def main() -> None:
    """Train the teachers that are not there yet, then read with them."""
    args = arguments()
    config = configuration(args.config)
    if config["taught_from"] >= sum(c["epochs"] for c in config["cycles"]):
        print("No epoch of the configuration reads what teachers say (taught_from): none are trained.")
        return
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(chosen_encoder(args.encoder))
    docs = [
        (name, d)
        for name, some in read_corpora(args.shared, tokenizer, config, "attribution")
        for d in some
        if d.words
    ]
    if not docs:
        raise SystemExit(
            "No corpus of the configuration has marks of attribution: set taught_from past the last epoch."
        )
    folds = range(FOLDS) if args.fold is None else [args.fold]
    for fold in folds:
        teacher(fold, docs, config, args)
    if not all((args.work / f"teacher-{n}.pt").exists() for n in range(FOLDS)):
        print("Another fold's teacher still learns: run this once more when it has.")
        return
    out = {k: v for fold in folds for k, v in readings(fold, docs, config, args).items()}
    if args.fold is None:
        np.savez_compressed(args.work / "taggings.npz", **out)
    print(f"{len(out)} documents read by teachers")


if __name__ == "__main__":
    main()
