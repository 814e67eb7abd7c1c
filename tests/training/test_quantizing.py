from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")


def product(file: Path, rows: int) -> None:
    """A graph of two products, the first with a large table."""
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(5)
    tables = [
        numpy_helper.from_array(rng.normal(size=shape).astype(np.float32), name)
        for name, shape in (("large", (rows, 64)), ("small", (64, 3)))
    ]
    nodes = [
        helper.make_node("MatMul", ["x", "large"], ["y"], name="/head/MatMul"),
        helper.make_node("MatMul", ["y", "small"], ["z"], name="/out/MatMul"),
    ]
    ends = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["n", None]) for n in ("x", "z")]
    graph = helper.make_graph(nodes, "two", ends[:1], ends[1:], tables)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), file)


def says(graph: Path | bytes, rows: int) -> np.ndarray:
    import onnxruntime

    model = graph if isinstance(graph, bytes) else str(graph)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    x = np.random.default_rng(6).normal(size=(4, rows)).astype(np.float32)
    return np.asarray(session.run(None, {"x": x})[0])


def test_a_large_table_takes_half_the_bytes_and_says_the_same(tmp_path: Path) -> None:
    from training.quantizing import halve

    from accordingto.reading.unquantized import unquantized

    file = tmp_path / "two.onnx"
    product(file, 400)
    before, size = says(file, 400), file.stat().st_size
    halve(file)
    assert file.stat().st_size < 0.55 * size
    after = says(file, 400)
    assert 0 < np.abs(after - before).max() < 1e-3 * np.abs(before).max()
    whole = unquantized(file)
    assert np.allclose(says(whole, 400), after, atol=1e-4)
    names = {i.name: i for i in onnx.load_from_string(whole).graph.initializer}
    assert names["large"].data_type == onnx.TensorProto.FLOAT


def test_what_is_fitted_later_and_what_is_small_stays(tmp_path: Path) -> None:
    from training.quantizing import LARGE, halve

    file = tmp_path / "two.onnx"
    for rows, spared in ((400, ("/head/",)), (LARGE // 64, ())):
        product(file, rows)
        before = says(file, rows)
        halve(file, but=spared)
        assert np.array_equal(says(file, rows), before)
