"""Fit the head for claims inside claims on the network as it will ship: `python -m training.innerhead`, between `training.train` and `training.export`.

A soup's layers are not those that the head learned with, since they are in part those of a model that knew of no such claims. So the network
reads the contents once more, as it is, and the head alone goes on learning from what it says of their words. One in ten articles is measured with
and not learned from: the head stays as it did best there, which may be as it was. Changes `network.pt` in the work folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.batches import Chains, cut_windows, example
from training.corpora import Doc
from training.encoders import chosen_encoder, load_tokenizer
from training.losses import HALF
from training.material import HERE, Material, configuration
from training.model import Network
from training.train import SIGNS, build

EPOCHS, RATE, HELD = 6, 5e-4, 10
Seen = tuple[Tensor, Chains]  # what the network says of the words (sequences, words, size), and their tags


@torch.no_grad()
def seen(net: Network, docs: Sequence[Doc], config: dict[str, int]) -> list[Seen]:
    """What the network says of the words of the documents' contents, batch by batch."""
    net.eval()
    rng = random.Random(config["seed"])
    windows = sorted(cut_windows(docs, config["longest"], rng), key=lambda w: w.length)
    out = []
    for i in range(0, len(windows), config["batch"]):
        x = example(docs, windows[i : i + config["batch"]], rng)
        if x.inner is None:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
            last = net.encoder(x.pieces, x.shape, x.mask)[-1]
        words = torch.take_along_dim(last, x.first[..., None], 1).float().flatten(0, 1)
        out.append((words[x.inner.at], x.inner))
    return out


def loss_of(net: Network, part: Seen) -> Tensor:
    """The loss of a batch, a word of its contents."""
    words, chains = part
    loss: Tensor = net.inner_crf.loss(net.scored("inner", words), chains.tags, chains.lengths)
    return loss / chains.lengths.sum()


def mean_loss(net: Network, parts: Sequence[Seen]) -> float:
    """The mean loss of batches that are not learned from."""
    net.eval()
    with torch.no_grad():
        return sum(loss_of(net, p).item() for p in parts) / max(1, len(parts))


def main() -> None:
    """Read, go on learning, keep."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--encoder", type=Path, default=None)
    ap.add_argument("--config", type=Path, default=HERE / "config.json")
    ap.add_argument("--work", type=Path, default=Path("work"))
    args = ap.parse_args()
    if not (args.work / "network.pt").exists():
        raise SystemExit(
            f"No network.pt in {args.work}: training is not at its end, go on with `python -m training.train`."
        )
    config = configuration(args.config)
    torch.manual_seed(config["seed"])
    encoder = chosen_encoder(args.encoder)
    material = Material(args.shared, load_tokenizer(encoder), config, args.work / "taggings.npz")
    docs = list({d.id: d for d in material.read_through}.values())
    net = build(encoder, tuple(json.loads((args.work / SIGNS).read_text())))
    net.load_state_dict(torch.load(args.work / "network.pt", weights_only=True))
    learned = seen(net, [d for i, d in enumerate(docs) if i % HELD], config)
    held = seen(net, docs[::HELD], config)
    least = mean_loss(net, held)
    print(f"{len(docs)} documents; loss on one in ten of them {least:.4f}", flush=True)
    numbers = [*net.inner.parameters(), *net.inner_crf.parameters()]
    optimizer = torch.optim.AdamW(numbers, lr=RATE, weight_decay=config["decay"])
    rng = random.Random(config["seed"])
    for number in range(EPOCHS):
        net.inner.train()
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - number / EPOCHS)
        for part in rng.sample(learned, len(learned)):
            loss_of(net, part).backward()
            torch.nn.utils.clip_grad_norm_(numbers, config["clip"])
            optimizer.step()
            optimizer.zero_grad()
        loss = mean_loss(net, held)
        print(f"epoch {number + 1}: {loss:.4f}", flush=True)
        if loss < least:
            least = loss
            torch.save(net.state_dict(), args.work / "network.pt")


if __name__ == "__main__":
    main()
