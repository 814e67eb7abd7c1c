"""Float graphs to int8 ones.

Weights are signed and symmetric a column, as onnxruntime's dynamic quantization makes them: processors with VNNI multiply unsigned
activations by signed weights, at twice the speed of unsigned ones and more. Processors without it would add such products in sums
of 16 bits, which overflow and cost up to two points and more of some figures (docs/training.md): there `reading.network` has
onnxruntime shift the weights by 128 as it loads them, which makes the same numbers unsigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic


def quantize(source: Path, target: Path, *, floats: Sequence[str] = ()) -> None:
    """Write the int8 form of a float graph; products whose nodes are in `floats` stay as they are."""
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=list(floats),
    )
