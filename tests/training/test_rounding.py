import numpy as np
import onnxruntime
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
rounding = pytest.importorskip("training.rounding")


def as_shipped(x):
    """What onnxruntime's dynamic quantization makes of `x`, as floats again."""
    helper = onnx.helper
    node = helper.make_node("DynamicQuantizeLinear", ["x"], ["q", "step", "zero"])
    back = helper.make_node("DequantizeLinear", ["q", "step", "zero"], ["y"])
    info = lambda name: helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)  # noqa: E731
    graph = helper.make_graph([node, back], "rounding", [info("x")], [info("y")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


@pytest.mark.parametrize(("low", "high"), [(-3.0, 5.0), (0.5, 2.0), (-4.0, -1.0), (-0.17, 6.1)])
def test_activations_are_rounded_as_onnxruntime_does(low, high):
    x = np.random.default_rng(1).uniform(low, high, (40, 16)).astype(np.float32)
    mine = rounding.Rounded.apply(torch.from_numpy(x)).numpy()
    assert np.abs(mine - as_shipped(x)).max() < 1e-5
    assert np.abs(mine - x).max() > 1e-4


def test_each_window_has_a_range_of_its_own():
    x = torch.randn(3, 7, 16)
    x[1] *= 100
    alone = torch.cat([rounding.Rounded.apply(x[i : i + 1]) for i in range(3)])
    assert torch.equal(rounding.Rounded.apply(x), alone)


def test_weights_have_at_most_255_values_a_row():
    weight = torch.randn(5, 3000)
    seen = rounding.RoundedWeights.apply(weight)
    assert all(len(row.unique()) <= 255 for row in seen)
    assert (seen - weight).abs().max() <= weight.abs().max() / 127 / 2 + 1e-6


def test_gradients_pass_and_only_learning_rounds():
    layer = rounding.Linear8(16, 4)
    x = torch.randn(6, 16, requires_grad=True)
    plain = layer(x)
    rounding.round_from_now(layer, True)
    assert not torch.equal(layer(x), plain)
    layer(x).sum().backward()
    assert x.grad is not None
    assert layer.weight.grad.abs().sum() > 0
    assert torch.equal(layer.eval()(x), plain)
