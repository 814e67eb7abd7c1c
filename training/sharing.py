"""The sentence embedding's graph, and the table of word pieces that it shares with the reader: `python -m training.sharing`.

`meaning.onnx` is the untouched all-MiniLM-L6-v2: six layers in int8, the mean over all pieces, unit length. Training keeps
the reader's word pieces as they were in that encoder, so one table serves both graphs: `words.bin`, as the external data
of ONNX, in int8. `training.export` does all this for both; run alone, this module writes the embedding only.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import ModelProto, TensorProto, numpy_helper
from onnx.external_data_helper import set_external_data
from torch import Tensor, nn

from training.encoders import chosen_encoder, write_name
from training.model import Encoder
from training.quantizing import quantize

LONGEST = 256  # word pieces of a text, special ones included; what is longer is cut
WORDS = "words.bin"
MODEL = Path(__file__).parent.parent / "src/accordingto/data/model"


class Sentence(nn.Module):
    """Word pieces and mask of texts → their embeddings, (texts, size), at unit length."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.place = nn.Parameter(encoder.place.weight[:LONGEST].detach().clone())

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        x = self.encoder.norm(self.encoder.word(pieces) + self.place[: pieces.shape[1]])
        seen = mask.float()
        for layer in self.encoder.layers:
            x = layer(x, (1.0 - seen[:, None, None, :]) * -1e4)
        return F.normalize((x * seen[..., None]).sum(1) / seen.sum(1, keepdim=True), dim=-1)


def export_meaning(encoder: Encoder, work: Path, target: Path) -> None:
    """Write the int8 graph of the untouched encoder to `target`, its table still inside (see `share_words`)."""
    example = torch.ones(2, 9, dtype=torch.long)
    axes = {name: {0: "texts", 1: "pieces"} for name in ("pieces", "mask")} | {"meaning": {0: "texts"}}
    torch.onnx.export(
        Sentence(encoder).eval(),
        (example, example),
        str(work / "meaning.onnx"),
        input_names=["pieces", "mask"],
        output_names=["meaning"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize(work / "meaning.onnx", target)


def word_table(model: ModelProto) -> TensorProto:
    """The int8 rows of word pieces: the largest table that a Gather reads.

    Raises:
        SystemExit: where there is none.
    """
    read = {n.input[0] for n in model.graph.node if n.op_type == "Gather"}
    tables = [i for i in model.graph.initializer if i.name in read and len(i.dims) == 2]
    if not tables:
        raise SystemExit("The graph reads no table of word pieces.")
    return max(tables, key=lambda i: i.dims[0])


def share_words(graphs: list[Path]) -> None:
    """Move the table of word pieces out of graphs of one folder into one file that all refer to.

    Raises:
        SystemExit: where their tables differ: the reader was trained without its word pieces kept.
    """
    models = [onnx.load(g) for g in graphs]
    tables = [word_table(m) for m in models]
    rows = numpy_helper.to_array(tables[0])
    for graph, table in zip(graphs[1:], tables[1:], strict=True):
        if not np.array_equal(rows, numpy_helper.to_array(table)):
            raise SystemExit(f"{graph.name} has other word pieces than {graphs[0].name}: they can't share.")
    (graphs[0].parent / WORDS).write_bytes(rows.tobytes())
    for graph, model, table in zip(graphs, models, tables, strict=True):
        table.raw_data = rows.tobytes()
        set_external_data(table, WORDS, 0, rows.nbytes)
        table.ClearField("raw_data")
        graph.write_bytes(model.SerializeToString())


def main() -> None:
    """Write `meaning.onnx` and `words.bin`; a reader beside them stays as it is."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--work", type=Path, default=Path("work"))
    ap.add_argument("--encoder", type=Path, default=None)
    ap.add_argument("--out", type=Path, default=MODEL)
    args = ap.parse_args()
    args.work.mkdir(exist_ok=True)
    target = args.out / "meaning.onnx"
    encoder = chosen_encoder(args.encoder)
    export_meaning(Encoder.pretrained(encoder), args.work, target)
    share_words([target])
    write_name(encoder, args.out)
    onnx.checker.check_model(str(target))
    sizes = ", ".join(f"{p.name} {p.stat().st_size / 1e6:.1f} MB" for p in (target, args.out / WORDS))
    print(sizes)


if __name__ == "__main__":
    main()
