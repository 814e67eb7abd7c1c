"""Export the trained network: `python -m training.export` writes the model folder that ships.

`reader.onnx` and `meaning.onnx` (int8 weights, dynamic quantization) with the table of word pieces that they share
(`words.bin`, see `training.sharing`), `decoder.npz`, `tokenizer.json`; `--float` keeps a float model beside it in the
work folder, to measure what int8 costs.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from accordingto.reading.learned import OUTPUTS
from accordingto.reading.linking import FEATURES
from training import corpora, snippets, treebanks
from training.encoders import chosen_encoder, write_name
from training.labels import ACTS, VERDICTS
from training.model import CLAIMS, Encoder, Judge, Layer, Network
from training.quantizing import halve, quantize
from training.sharing import export_meaning, share_words
from training.shipped import SIGNS as SIGN_TAGS
from training.shipped import restart, signs_of
from training.train import SIGNS, build

INPUTS = ("pieces", "shape", "first")
PAIRS = ("roles", "coref", "parts", "same")
FITTED = ("/claims/", "/places/", "/kinds/")  # layers that are fitted on the network as it ships
MODEL = Path(__file__).parent.parent / "src/accordingto/data/model"


def joined(linears: Sequence[nn.Linear]) -> nn.Linear:
    """One layer that gives what several give, side by side."""
    out = nn.Linear(linears[0].in_features, sum(x.out_features for x in linears))
    with torch.no_grad():
        out.weight.copy_(torch.cat([x.weight for x in linears]))
        out.bias.copy_(torch.cat([x.bias for x in linears]))
    return out


def attended(q: Tensor, k: Tensor, v: Tensor, layer: Layer, windows: int) -> Tensor:
    """What each row of `q` (windows, rows, size) takes from the pieces of `k` and `v` (windows, pieces, size).

    No piece is hidden: a batch holds windows of one length (`reading.network.batches`). Written so that onnxruntime makes one
    product of the turning of `k`, the scaling and the product.
    """
    size = layer.out.in_features // layer.heads
    q, k, v = (x.reshape(windows, -1, layer.heads, size).transpose(1, 2) for x in (q, k, v))
    mixed = torch.softmax(q @ k.transpose(-1, -2) * size**-0.5, -1) @ v
    return mixed.transpose(1, 2).reshape(windows, -1, layer.heads * size)


class Whole(nn.Module):
    """A layer of the encoder for all pieces."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, x: Tensor, windows: int) -> Tensor:
        """(windows, pieces, size)."""
        q, k, v = self.layer.qkv(x).split(self.layer.out.in_features, -1)
        return finished(self.layer, x, attended(q, k, v, self.layer, windows))


class Last(nn.Module):
    """The last layer for the words' first pieces alone, which take from all pieces."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer = layer
        size = layer.qkv.in_features
        self.q, self.kv = nn.Linear(size, size), nn.Linear(size, 2 * size)
        with torch.no_grad():
            for linear, rows in ((self.q, slice(0, size)), (self.kv, slice(size, None))):
                linear.weight.copy_(layer.qkv.weight[rows])
                linear.bias.copy_(layer.qkv.bias[rows])

    def forward(self, x: Tensor, words: Tensor, windows: int) -> Tensor:
        """(windows, words, size), from all pieces' vectors and those of the words' first pieces."""
        k, v = self.kv(x).split(self.layer.out.in_features, -1)
        return finished(self.layer, words, attended(self.q(words), k, v, self.layer, windows))


def finished(layer: Layer, x: Tensor, mixed: Tensor) -> Tensor:
    """What follows attention in a layer."""
    x = layer.norm1(x + layer.out(mixed))
    return layer.norm2(x + layer.down(F.gelu(layer.up(x))))


class Words(nn.Module):
    """The network as it ships: only what the words in `first` need, the place of each one's first piece.

    `tags` holds parts of speech, predicate, mention and sentence end; `wide` the vectors of arcs and relations and, for
    each of `PAIRS`, the left and right vectors; one matrix product for each of the two streams makes it. `attribution` is anyone's.
    """

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net
        encoder = net.encoder
        self.lower = nn.ModuleList(Whole(layer) for layer in encoder.layers[:-1])
        self.last = Last(encoder.layers[-1])
        sides = {name: [getattr(net, name).left, getattr(net, name).right] for name in PAIRS}
        self.wide_grammar = joined([net.syntax.project, *sides["roles"], *sides["coref"]])
        self.wide_words = joined([*sides["parts"], *sides["same"]])
        self.tags = joined([net.tags, net.ends])
        self.claims = joined([net.claims.content, net.claims.cue, net.claims.source])

    def forward(self, pieces: Tensor, shape: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        encoder = self.net.encoder
        x = encoder.norm(
            encoder.word(pieces) + encoder.place.weight[: pieces.shape[1]] + encoder.shape(shape)
        )
        windows, size = first.shape[0], encoder.size
        rows = (first + (torch.arange(windows) * pieces.shape[1])[:, None]).reshape(-1)

        def of_words(of_pieces: Tensor) -> Tensor:
            return of_pieces.reshape(-1, size).index_select(0, rows).reshape(windows, -1, size)

        hidden = []
        for layer in self.lower:
            x = layer(x, windows)
            hidden.append(x)
        picked = [of_words(h) for h in hidden[1 - self.net.grammar.used :]]
        words = self.last(x, picked[-1], windows)
        grammar = self.net.grammar([*picked, words])
        return (
            self.net.attribution(words),
            self.net.inner(words),
            self.net.names(words),
            self.net.links.project(words),
            self.tags(grammar),
            self.net.triggers(words),
            self.net.fillers(words),
            torch.cat([self.wide_grammar(grammar), self.wide_words(words)], -1),
            self.claims(words),
            self.net.places(words),
            self.net.kinds(words),
        )


def decoder_arrays(net: Network) -> dict[str, np.ndarray]:
    """What `accordingto.reading.network.Decoder` holds."""
    out: dict[str, np.ndarray] = {}
    said = corpora.bioes(corpora.ATTRIBUTION)
    tags = {"attribution": said, "inner": said, "names": corpora.bioes(corpora.NAMES)}
    with torch.no_grad():
        for name, kinds in tags.items():
            crf = getattr(net, f"{name}_crf")
            out[f"{name}_tags"] = np.array(kinds)
            out[f"{name}_moves"] = (crf.moves + crf.no_moves).numpy()
            out[f"{name}_first"] = (crf.first + crf.no_first).numpy()
            out[f"{name}_last"] = (crf.last + crf.no_last).numpy()
        out["link_bias"] = net.links.bias.numpy()
        out["link_distance"] = net.links.distance.numpy()
        out["link_none"] = net.links.none.numpy()
        for name in PAIRS:
            pairs = getattr(net, name)
            out[f"{name}_distance"] = pairs.distance.weight.numpy()
            out[f"{name}_out"] = pairs.out.weight.numpy().T
            out[f"{name}_bias"] = pairs.out.bias.numpy()
        syntax = net.syntax
        out["arc_weight"] = syntax.weight.numpy() / np.sqrt(syntax.arc)
        out["arc_head"] = syntax.head_bias.numpy()
        out["arc_root"] = syntax.root.weight.numpy()[0]
        out["arc_root_bias"] = syntax.root.bias.numpy()
        out["relation_weight"] = syntax.labels.numpy() / np.sqrt(syntax.label)
        out["relation_dep"] = syntax.label_dep.weight.numpy().T
        out["relation_head"] = syntax.label_head.weight.numpy().T
        out["relation_bias"] = syntax.label_dep.bias.numpy()
    out["pos_tags"] = np.array(treebanks.UPOS)
    out["relation_tags"] = np.array(treebanks.RELATIONS)
    out["roles_tags"] = np.array(treebanks.ROLE_TAGS)
    out["type_tags"] = np.array(snippets.TYPES)
    out["factuality_tags"] = np.array(snippets.FACTUALITY)
    out["parts_tags"] = np.array(snippets.PART_TAGS)
    out["fillers_tags"] = np.array(("O", *corpora.FILLERS.values()))
    out |= judge_arrays(net.claims)
    labels = (len(treebanks.ROLE_TAGS) + 1) // 2
    # these two are counted by training.habits
    out["roles_habits"] = np.zeros((len(treebanks.RELATIONS), 2, labels), np.float32)
    out["relation_usual"] = np.zeros((len(treebanks.UPOS), len(treebanks.RELATIONS)), np.float32)
    out["link_weights"] = np.zeros((2, len(FEATURES)), np.float32)  # fitted by training.links
    out["link_weights"][:, 0] = 1.0
    out["link_none_weights"] = np.array([1.0, 0.0], np.float32)
    return small(out)


def small(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Numbers in the fewest bytes that keep them: large arrays in half floats."""
    return {
        k: v if v.dtype.kind == "U" else v.astype(np.float16 if v.size > 4000 else np.float32)
        for k, v in arrays.items()
    }


def judge_arrays(judge: Judge) -> dict[str, np.ndarray]:
    """What `accordingto.reading.acts.ClaimHead` is made of."""
    numbers = {
        "attention": judge.attention.weight.T,
        "mixed": judge.mixed.weight.T,
        "lexical": judge.lexical.weight[:-1],
        "bias": judge.mixed.bias,
        "out": judge.out.weight.T,
        "direct": judge.direct.weight[:-1],
        "out_bias": judge.out.bias,
        "absent": torch.cat([judge.cue.bias, judge.source.bias]),
    }
    return {f"claims_{k}": v.detach().numpy().copy() for k, v in numbers.items()} | {
        "claims_widths": np.array(CLAIMS, np.float32),
        "claims_tags": np.array((*ACTS, *VERDICTS)),
        SIGN_TAGS: np.array(tuple(judge.known), np.str_),
    }


def export(net: Network, folder: Path) -> None:
    """Write the float graph and the decoder's numbers into `folder`."""
    net.eval()
    example = (
        torch.ones(2, 9, dtype=torch.long),
        torch.zeros(2, 9, dtype=torch.long),
        torch.ones(2, 7, dtype=torch.long),
    )
    axes = {name: {0: "windows", 1: "words" if name == "first" else "pieces"} for name in INPUTS}
    axes |= {name: {0: "windows", 1: "words"} for name in OUTPUTS}
    torch.onnx.export(
        Words(net),
        example,
        str(folder / "float.onnx"),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    np.savez(folder / "decoder.npz", **decoder_arrays(net))


def trained(work: Path) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """The numbers of the network that training left, at its end, else at its last checkpoint, and the signs that its head for claims knows."""
    weights = work / "network.pt"
    if weights.exists():
        return dict(torch.load(weights, weights_only=True)), tuple(json.loads((work / SIGNS).read_text()))
    state = torch.load(work / "checkpoint.pt", weights_only=True)
    return dict(state["net"]), tuple(state["signs"])


def main() -> None:
    """Export, quantize, put in place."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--encoder", type=Path, default=None)
    ap.add_argument("--out", type=Path, default=MODEL)
    ap.add_argument(
        "--model",
        type=Path,
        default=None,
        help="a model's folder: export that one anew, as a graph of today's form",
    )
    ap.add_argument("--float", action="store_true", help="ship float weights (for comparison only)")
    args = ap.parse_args()
    encoder = chosen_encoder(args.encoder)
    args.work.mkdir(parents=True, exist_ok=True)
    new: tuple[str, ...] = ()
    if args.model:
        net = build(encoder, signs_of(args.model))
        new = restart(net, args.model)
    else:
        state, signs = trained(args.work)
        net = build(encoder, signs)
        net.load_state_dict(state)
    args.out.mkdir(parents=True, exist_ok=True)
    export(net, args.work)
    if args.model:  # with what was counted and fitted since
        with np.load(args.work / "decoder.npz") as fresh, np.load(args.model / "decoder.npz") as counted:
            arrays = {k: fresh[k] for k in fresh.files} | {k: counted[k] for k in counted.files}
        if "claims." in new:  # without a head that judges claims
            arrays = {k: v for k, v in arrays.items() if not k.startswith("claims_")}
            arrays["claims_widths"] = np.array(CLAIMS, np.float32)
        np.savez(args.work / "decoder.npz", **arrays)
    target = args.out / "reader.onnx"
    if args.float:
        shutil.copy(args.work / "float.onnx", target)
    else:
        graph = onnx.load(args.work / "float.onnx", load_external_data=False).graph
        heads = [
            n.name
            for n in graph.node
            if n.op_type == "MatMul" and not n.name.startswith(("/lower", "/last", "/wide"))
        ]
        # small heads stay float: they cost little and int8 costs them 0.3 F1
        quantize(args.work / "float.onnx", target, floats=heads)
        halve(target, but=FITTED)
    meaning = args.out / "meaning.onnx"
    export_meaning(Encoder.pretrained(encoder), args.work, meaning)
    share_words([meaning] if args.float else [meaning, target])
    for graph in (target, meaning):
        onnx.checker.check_model(str(graph))
    shutil.copy(args.work / "decoder.npz", args.out / "decoder.npz")
    shutil.copy(encoder / "tokenizer.json", args.out / "tokenizer.json")
    write_name(encoder, args.out)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
