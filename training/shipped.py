"""A shipped model read back as a network to train on: the int8 weights as the floats that they stand for.

So anyone can go on from the package's model with corpora of their own, and a later cycle of our own training begins
where the last one ended (warm restart, Loshchilov and Hutter 2017).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from accordingto.reading.unquantized import unquantized
from training.model import Judge, Network, Pairs

SIGNS = "claims_signs_tags"
ROUNDED = 0.1  # of a table's length: what int8 may change of it
PAIRS = ("roles", "coref", "parts", "same")
HEADS = ("attribution", "inner", "names", "triggers", "fillers", "places", "kinds")
JOINED = (
    "tags",
    "claims",
    "wide",
    "wide_grammar",
    "wide_words",
    "last.q",
    "last.kv",
)  # layers of the graph that stand for several of the network


def restart(net: Network, folder: Path) -> tuple[str, ...]:
    """Fill `net` with the model in `folder`; a wider scorer of pairs keeps what it knew and grows from there.

    Gives the heads that the model lacks, which stay as they were, as the beginnings of their numbers' names.

    Raises:
        SystemExit: the model was trained from another encoder, or its labels are not those of `net`.
    """
    numbers, made = graph_of(folder / "reader.onnx")
    if not alike(net, numbers, made):
        raise SystemExit(
            f"The model in {folder} was trained from another encoder: give that one as --encoder."
        )
    arrays = {k: v for k, v in np.load(folder / "decoder.npz").items() if v.dtype.kind != "U"}
    state = net.state_dict()
    names = {k.removeprefix("net."): v for k, v in numbers.items() if k.startswith("net.")}
    top = f"encoder.layers.{len(net.encoder.layers) - 1}"
    for name, matrix in made.items():
        if name not in JOINED:
            first, _, rest = name.partition(".")  # a sequence of layers stands under its name twice
            place = {"lower": f"encoder.layers.{rest}", "last": f"{top}.{rest}"}.get(first)
            short = f".{place or (rest if rest.startswith(first + '.') else name)}.weight"
            names[next(k for k in state if f".{k}".endswith(short))] = matrix.T
    names[f"{top}.qkv.weight"] = np.concatenate([made["last.q"].T, made["last.kv"].T])
    names[f"{top}.qkv.bias"] = np.concatenate([numbers["last.q.bias"], numbers["last.kv.bias"]])
    names.pop("encoder.word.weight")  # the table of word pieces stays that of the untouched encoder
    for name in state:
        if name in names:
            state[name].copy_(same(torch.from_numpy(np.array(names[name], np.float32)), state[name], name))
    net.load_state_dict(state)
    with torch.no_grad():
        split(made["tags"].T, numbers["tags.bias"], [net.tags, net.ends])
        widths = [arrays[f"{p}_distance"].shape[1] for p in PAIRS]
        wide, bias = wide_of(numbers, made)
        at = net.syntax.project.out_features
        split(wide[:at], bias[:at], [net.syntax.project])
        for name, width in zip(PAIRS, widths, strict=True):
            grow(getattr(net, name), wide[at : at + 2 * width], bias[at : at + 2 * width], name, arrays)
            at += 2 * width
        fill_numbers(net, arrays)
        judged = "claims_mixed" in arrays
        if judged:
            split(
                made["claims"].T,
                numbers["claims.bias"],
                [net.claims.content, net.claims.cue, net.claims.source],
            )
            fill_judge(net.claims, arrays, signs_of(folder))
        net.grammar.weights.copy_(torch.from_numpy(mix_of(folder / "reader.onnx")).log())
    new = [head for head in HEADS if not any(k.startswith(f"{head}.") for k in names)]
    if "inner" in new:  # what is said inside of what is said begins as what is said does
        net.inner.load_state_dict(net.attribution.state_dict())
        net.inner_crf.load_state_dict(net.attribution_crf.state_dict())
    new += [] if judged else ["claims"]
    return tuple(f"{head}." for head in new)


def fits(net: Network, folder: Path) -> bool:
    """Whether the model in `folder` was trained from the encoder of `net`."""
    return alike(net, *graph_of(folder / "reader.onnx"))


def alike(net: Network, numbers: dict[str, np.ndarray], made: dict[str, np.ndarray]) -> bool:
    """Whether a graph's layers are as many and as large as the encoder's, and its table of word pieces, which is never trained, is the same."""
    table, encoder = numbers["net.encoder.word.weight"], net.encoder
    lower = {name.split(".")[1] for name in made if name.startswith("lower.")}
    inner = next((matrix.shape[1] for name, matrix in made.items() if name.endswith(".up")), 0)
    if (table.shape, len(lower) + 1, inner) != (
        tuple(encoder.word.weight.shape),
        len(encoder.layers),
        encoder.layers[0].up.out_features,
    ):
        return False
    own = encoder.word.weight.detach().numpy()
    return bool(np.linalg.norm(own - table) < ROUNDED * np.linalg.norm(own))


def signs_of(folder: Path) -> tuple[str, ...]:
    """The signs that a model's head for claims knows, in order; none where it has no such head."""
    with np.load(folder / "decoder.npz") as arrays:
        return tuple(map(str, arrays[SIGNS])) if SIGNS in arrays.files else ()


def fill_judge(judge: Judge, arrays: dict[str, np.ndarray], signs: tuple[str, ...]) -> None:
    """The head for claims but for its first layer; a sign that the model didn't know begins with no say."""
    tensor = {
        k: torch.from_numpy(np.array(v, np.float32)) for k, v in arrays.items() if k.startswith("claims_")
    }
    judge.attention.weight.copy_(tensor["claims_attention"].T)
    judge.mixed.weight.copy_(tensor["claims_mixed"].T)
    judge.mixed.bias.copy_(tensor["claims_bias"])
    judge.out.weight.copy_(tensor["claims_out"].T)
    judge.out.bias.copy_(tensor["claims_out_bias"])
    for table, name in ((judge.lexical, "claims_lexical"), (judge.direct, "claims_direct")):
        table.weight.zero_()
        for row, sign in enumerate(signs):
            if sign in judge.known:
                table.weight[judge.known[sign]] = tensor[name][row]


def mix_of(file: Path) -> np.ndarray:
    """Shape (layers,): the shares of the upper layers in what grammar reads, which the graph holds ready made, the lowest apart."""
    graph = onnx.load(file, load_external_data=False).graph
    numbers = {i.name: i for i in graph.initializer}
    nodes = {n.name: n for n in graph.node}
    first, others = (
        numpy_helper.to_array(numbers[nodes[f"/grammar/{x}"].input[0]]) for x in ("Mul", "Split")
    )
    return np.concatenate([first.reshape(-1), others.reshape(-1)]).astype(np.float32)


def graph_of(file: Path) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """A graph's named numbers, and the matrices of its linear layers by the layers' names."""
    plain = onnx.load_from_string(unquantized(file))
    numbers = {i.name: numpy_helper.to_array(i) for i in plain.graph.initializer}
    for name in [n for n in numbers if n.endswith(".weight_quantized")]:
        base = name.removesuffix("_quantized")
        zero = numbers[f"{base}_zero_point"].astype(np.float32)
        numbers[base] = (numbers[name].astype(np.float32) - zero) * numbers[f"{base}_scale"]
    made = {}
    for node in plain.graph.node:
        if node.op_type == "MatMul" and node.input[1] in numbers:
            parts = node.name.strip("/").split("/")[:-1]
            made[".".join(p for i, p in enumerate(parts) if not (p + ".").startswith("net."))] = numbers[
                node.input[1]
            ]
    return numbers, made


def same(value: Tensor, like: Tensor, name: str) -> Tensor:
    """The value, which must have the shape that the network expects."""
    if value.shape != like.shape:
        raise SystemExit(
            f"{name} is {tuple(value.shape)} in the model and {tuple(like.shape)} here: other labels?"
        )
    return value


def wide_of(numbers: dict[str, np.ndarray], made: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and biases of the vectors of trees and pairs, made by one layer or by two."""
    names = [n for n in ("wide", "wide_grammar", "wide_words") if n in made]
    return (
        np.concatenate([made[n].T for n in names]),
        np.concatenate([numbers[f"{n}.bias"] for n in names]),
    )


def split(rows: np.ndarray, bias: np.ndarray, linears: list[nn.Linear]) -> None:
    """Give several layers the rows of the one that stood for them."""
    at = 0
    for linear in linears:
        size = linear.out_features
        linear.weight.copy_(torch.from_numpy(rows[at : at + size].copy()))
        linear.bias.copy_(torch.from_numpy(bias[at : at + size].copy()))
        at += size


def grow(pairs: Pairs, rows: np.ndarray, bias: np.ndarray, name: str, arrays: dict[str, np.ndarray]) -> None:
    """Fill a scorer of pairs; further units keep their random inputs and begin with no say in the scores."""
    width = len(rows) // 2
    for linear, part in ((pairs.left, slice(0, width)), (pairs.right, slice(width, 2 * width))):
        linear.weight[:width] = torch.from_numpy(rows[part].copy())
        linear.bias[:width] = torch.from_numpy(bias[part].copy())
    pairs.distance.weight[:, :width] = torch.from_numpy(arrays[f"{name}_distance"].astype(np.float32))
    out = torch.from_numpy(arrays[f"{name}_out"].astype(np.float32).T.copy())
    pairs.out.weight[:, :width] = same(out, pairs.out.weight[:, :width], name)
    pairs.out.weight[:, width:] = 0.0
    pairs.out.bias.copy_(torch.from_numpy(arrays[f"{name}_bias"].astype(np.float32)))


def fill_numbers(net: Network, arrays: dict[str, np.ndarray]) -> None:
    """The learned numbers that are kept beside the graph."""
    tensor = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in arrays.items()}
    for name in ("attribution", "names", "inner"):
        if f"{name}_moves" not in tensor:
            continue
        crf = getattr(net, f"{name}_crf")
        crf.moves.copy_(tensor[f"{name}_moves"] - crf.no_moves)
        crf.first.copy_(tensor[f"{name}_first"] - crf.no_first)
        crf.last.copy_(tensor[f"{name}_last"] - crf.no_last)
    net.links.bias.copy_(tensor["link_bias"])
    net.links.distance.copy_(tensor["link_distance"])
    net.links.none.copy_(tensor["link_none"])
    syntax = net.syntax
    syntax.weight.copy_(tensor["arc_weight"] * syntax.arc**0.5)
    syntax.head_bias.copy_(tensor["arc_head"])
    syntax.root.weight.copy_(tensor["arc_root"][None])
    syntax.root.bias.copy_(tensor["arc_root_bias"])
    syntax.labels.copy_(tensor["relation_weight"] * syntax.label**0.5)
    syntax.label_dep.weight.copy_(tensor["relation_dep"].T)
    syntax.label_dep.bias.copy_(tensor["relation_bias"])
    syntax.label_head.weight.copy_(tensor["relation_head"].T)
