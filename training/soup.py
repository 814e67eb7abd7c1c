"""A model soup: the weighted mean of one training's weights at several moments (Wortsman et al. 2022).

The moments are those of `soup` in the configuration, each the number of epochs done and its weight; at each of them
`training.train` keeps the network in the work folder. The table of word pieces is never averaged, since it never moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

FIXED = "encoder.word."

State = Mapping[str, Tensor]


def kept(work: Path, epoch: int) -> Path:
    """Where the network stands as it was after so many epochs."""
    return work / f"after-{epoch}.pt"


def averaged(states: Sequence[tuple[State, float]]) -> dict[str, Tensor]:
    """The weighted mean, number by number, over those of the states that have it; the last one has them all."""
    last = states[-1][0]
    out = {}
    for name, value in last.items():
        have = [(s[name], w) for s, w in states if name in s]
        if name.startswith(FIXED) or not value.is_floating_point() or len(have) == 1:
            out[name] = value
        else:
            total = sum(w for _, w in have)
            out[name] = torch.stack([s * (w / total) for s, w in have]).sum(0)
    return out


def cook(work: Path, last: State, moments: Mapping[str, float]) -> State:
    """The soup of a finished training: `last`, its weights at the end, with the moments that were kept before.

    Raises:
        SystemExit: a moment was not kept.
    """
    if not moments:
        return last
    *before, (_, weight) = sorted((int(k), w) for k, w in moments.items())
    for epoch, _ in before:
        if not kept(work, epoch).exists():
            raise SystemExit(
                f"No weights after epoch {epoch} in {work}, which `soup` in the configuration asks for: train on from there, "
                "or leave that epoch out of `soup`."
            )
    states = [(torch.load(kept(work, epoch), weights_only=True), w) for epoch, w in before]
    return averaged([*states, (last, weight)])
