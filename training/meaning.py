"""How well the embedding head reproduces the untouched encoder: `python -m training.meaning`, after `training.export`.

Cosines with all-MiniLM-L6-v2's own embedding (in floats, of the sentence alone) on the sentences of GUM's dev part, read
alone and read inside their documents.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import numpy as np

from accordingto.reading.network import Network
from accordingto.reading.reader import CONTEXT, LONGEST, Reader
from accordingto.reading.windows import cut
from training import treebanks
from training.export import MODEL
from training.model import Encoder
from training.teacher import LONGEST as LONGEST_SENTENCE
from training.teacher import embed
from training.train import default_encoder


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--out", type=Path, default=MODEL)
    args = ap.parse_args()
    encoder = Encoder.pretrained(default_encoder())
    encoder.eval()
    reader = Reader(args.out)
    network: Network = reader.network
    docs = treebanks.treebank(args.shared / "corpora", "gum", "dev", network.tokenizer)
    alone, inside = [], []
    for doc in docs:
        windows = cut(0, [len(p) for p in doc.pieces], doc.cuts, LONGEST, CONTEXT)
        scores = network.scores(windows, [doc.pieces], [doc.features], batch_size=1)[0]
        for s in doc.trees:
            pieces = [i for p in doc.pieces[s.start : s.end] for i in p]
            if s.end - s.start < 3 or len(pieces) > LONGEST_SENTENCE:
                continue
            goal = embed(encoder, [pieces])[0].numpy()
            text = doc.text[doc.words[s.start].start : doc.words[s.end - 1].end]
            alone.append(float(reader.embed([text])[0] @ goal))
            mean = scores.hidden[s.start : s.end].mean(0, keepdims=True)
            inside.append(float(network.decoder.meaning(mean)[0] @ goal))
    print(
        f"{len(alone)} sentences: mean cosine alone {np.mean(alone):.3f}, in their text {np.mean(inside):.3f}"
    )


if __name__ == "__main__":
    main()
