"""How well the sentence embedding is kept: `python -m training.meaning`, after `training.export` or `training.sharing`.

Cosines of what the shipped int8 graph says with what the encoder (all-MiniLM-L6-v2) itself says, in floats, of each sentence of GUM's
dev part.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import numpy as np
import torch

from accordingto.reading.meaning import LONGEST, Embedder
from training import treebanks
from training.encoders import chosen_encoder, load_tokenizer
from training.export import MODEL
from training.model import Encoder
from training.sharing import Sentence


def main() -> None:
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--encoder", type=Path, default=None)
    ap.add_argument("--out", type=Path, default=MODEL)
    ap.add_argument("--every", type=int, default=1, help="take every so manieth sentence only")
    args = ap.parse_args()
    encoder = chosen_encoder(args.encoder)
    tokenizer = load_tokenizer(encoder)
    docs = treebanks.treebank(args.shared / "corpora", "gum", "dev", tokenizer)
    texts = [
        doc.text[doc.words[s.start].start : doc.words[s.end - 1].end]
        for doc in docs
        for s in doc.trees
        if s.end - s.start >= 3
    ][:: args.every]
    model = Sentence(Encoder.pretrained(encoder)).eval()
    goals = []
    with torch.no_grad():
        for text in texts:
            pieces = torch.tensor([tokenizer.encode(text).ids[:LONGEST]])
            goals.append(model(pieces, torch.ones_like(pieces))[0].numpy())
    embedder = Embedder(args.out)
    embedder(texts[:1])
    begun = time.perf_counter()
    made = embedder(texts)
    spent = time.perf_counter() - begun
    cosines = np.sort((made * np.array(goals)).sum(1))
    print(
        f"{len(texts)} sentences: mean cosine {cosines.mean():.3f}, 5th percentile {cosines[len(texts) // 20]:.3f}, "
        f"worst {cosines[0]:.3f}; {spent / len(texts) * 1000:.1f} ms a sentence on {embedder.threads} threads"
    )


if __name__ == "__main__":
    main()
