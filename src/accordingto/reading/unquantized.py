"""The int8 graph with its weights written out as floats, for backends that compute in floats.

Each dynamically quantized product (MatMulInteger and what scales it) becomes one MatMul with the weights that the
integers stand for, tables of half floats become floats; the embeddings stay as they are. Needs the package `onnx`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any


def unquantized(graph: Path) -> bytes:
    """A graph without integer products, as a serialized model that holds all its data."""
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(graph)
    numbers = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    halves = {name for name, table in numbers.items() if table.dtype == "float16"}
    makers = {o: n for n in model.graph.node for o in n.output}
    users: dict[str, list[Any]] = {}
    for n in model.graph.node:
        for i in n.input:
            users.setdefault(i, []).append(n)
    gone: set[str] = set()
    replaced: dict[str, Any] = {}
    for node in model.graph.node:
        if node.op_type == "Cast" and node.input[0] in halves:
            gone.add(node.name)
            whole = numpy_helper.from_array(numbers[node.input[0]].astype("float32"), node.output[0])
            model.graph.initializer.append(whole)
        if node.op_type != "MatMulInteger":
            continue
        quantizer = makers[node.input[0]]
        weights = numbers[node.input[1]].astype("float32") - numbers[node.input[3]].astype("float32")
        [cast] = users[node.output[0]]
        [scaled] = users[cast.output[0]]
        scale = makers[next(i for i in scaled.input if i != cast.output[0])]
        weight_scale = next(numbers[i] for i in scale.input if i in numbers)
        name = f"{node.input[1]}_float"
        model.graph.initializer.append(numpy_helper.from_array(weights * weight_scale, name))
        product = helper.make_node(
            "MatMul", [quantizer.input[0], name], [scaled.output[0]], name=f"{node.name}_float"
        )
        gone |= {quantizer.name, node.name, cast.name, scale.name}
        replaced[scaled.name] = product
    nodes = [replaced.get(n.name, n) for n in model.graph.node if n.name not in gone]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    used = {i for n in nodes for i in n.input}
    kept = [i for i in model.graph.initializer if i.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    out: bytes = model.SerializeToString()
    return out
