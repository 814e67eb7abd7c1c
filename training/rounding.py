"""What int8 does to a layer, done while training (quantization-aware training, Jacob et al. 2018).

onnxruntime's dynamic quantization multiplies signed weights, symmetric a column, by activations on 256 steps between the least
and the most of a pass. Where a layer rounds so while it learns, with the gradient passed through as if it did not, it learns numbers
that bear it.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Rounded(torch.autograd.Function):
    """Activations as int8 holds them: one range for each window, zero among its steps."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """`x` (windows, ..., size) or (rows, size), which is one range."""
        over = tuple(range(1, x.dim())) if x.dim() > 2 else (0, 1)
        low, high = x.amin(over, keepdim=True).clamp(max=0), x.amax(over, keepdim=True).clamp(min=0)
        step = (high.float() - low.float()).clamp(min=1e-9) / 255
        zero = (-low / step).round()
        return ((x / step + zero).round().sub_(zero).mul_(step)).to(x.dtype)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        """As if nothing were rounded (straight through)."""
        return grads[0]


class RoundedWeights(torch.autograd.Function):
    """Weights as int8 holds them: symmetric, one range for each output."""

    @staticmethod
    def forward(ctx: Any, weight: Tensor) -> Tensor:
        """`weight` (outputs, inputs)."""
        step = weight.abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
        return (weight / step).round_().mul_(step)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        """As if nothing were rounded (straight through)."""
        return grads[0]


class Linear8(nn.Linear):
    """A linear layer that ships in int8; while it learns and `rounds`, it computes as it will then."""

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        """(..., outputs)."""
        if self.training and self.rounds:
            return F.linear(Rounded.apply(x), RoundedWeights.apply(self.weight), self.bias)
        return super().forward(x)


def round_from_now(net: nn.Module, rounds: bool) -> None:
    """Let all layers that ship in int8 round while they learn, or not."""
    for module in net.modules():
        if isinstance(module, Linear8):
            module.rounds = rounds
