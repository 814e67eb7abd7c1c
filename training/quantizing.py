"""Float graphs to int8 ones that every processor computes alike.

Weights are signed and symmetric a column, as onnxruntime's dynamic quantization makes them, then shifted by 128: the same
numbers, unsigned. Processors without VNNI multiply unsigned by signed bytes in sums of 16 bits, which overflow; unsigned by
unsigned they widen first. The signed weights cost such processors up to two points and more of some figures (docs/training.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

SHIFT = 128


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
    model = onnx.load(target)
    unsigned(model)
    target.write_bytes(model.SerializeToString())


def unsigned(model: ModelProto) -> None:
    """Shift the signed weights of all integer products and their zero points, in place."""
    names = {n.input[i] for n in model.graph.node if n.op_type == "MatMulInteger" for i in (1, 3)}
    for number in model.graph.initializer:
        if number.name in names:
            values = numpy_helper.to_array(number)
            if values.dtype == np.int8:
                shifted = (values.astype(np.int16) + SHIFT).astype(np.uint8)
                number.CopyFrom(numpy_helper.from_array(shifted, number.name))
