"""Float graphs to int8 ones.

Weights are signed and symmetric a column, as onnxruntime's dynamic quantization makes them: processors with VNNI multiply unsigned
activations by signed weights, at twice the speed of unsigned ones and more. Processors without it would add such products in sums
of 16 bits, which overflow and cost up to two points and more of some figures (docs/training.md): there `reading.network` has
onnxruntime shift the weights by 128 as it loads them, which makes the same numbers unsigned.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LARGE = 10_000  # numbers of what is kept in half floats


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


def halve(file: Path, *, but: Sequence[str] = ()) -> None:
    """Keep a graph's large tables of floats in half floats, which it makes floats again as it is loaded (half the bytes, no time).

    Tables of nodes whose names begin with one of `but` stay floats.
    """
    model = onnx.load(file, load_external_data=False)
    graph = model.graph
    spared = {i for n in graph.node if n.name.startswith(tuple(but)) for i in n.input} if but else set()
    made = []
    for table in graph.initializer:
        if table.data_type != TensorProto.FLOAT or table.name in spared or np.prod(table.dims) < LARGE:
            continue
        whole, half = table.name, f"{table.name}_half"
        table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table).astype(np.float16), half))
        made.append(helper.make_node("Cast", [half], [whole], name=f"{half}/Cast", to=TensorProto.FLOAT))
    nodes = [*made, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, file)
