"""What a dependent's relation tells of its PropBank label, counted on EWT's train part: `python -m training.habits`.

For each relation and side of the predicate, how much likelier a label is than for any dependent, as a logarithm; the gold
trees and arguments are counted, so nothing of the network is in it. Writes `roles_habits` into the model's `decoder.npz`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from accordingto.reading.network import Network
from training import treebanks
from training.corpora import Doc

MODEL = Path(__file__).parent.parent / "src/accordingto/data/model"
BELIEF = 5.0  # dependents of any relation that each relation is taken to have had besides
MOST = 4.0  # logarithms are cut here


def habits(docs: Iterable[Doc]) -> np.ndarray:
    """Shape (relations, 2, labels + 1): by relation and side (before, after the predicate), no label last."""
    labels = list(dict.fromkeys(tag[2:] for tag in treebanks.ROLE_TAGS if tag != "O"))
    counts = np.zeros((len(treebanks.RELATIONS), 2, len(labels) + 1))
    for doc in docs:
        if doc.heads is None or doc.relations is None:
            continue
        below: dict[int, list[int]] = {}
        for word, head in enumerate(doc.heads.tolist()):
            if head >= 0 and head != word:
                below.setdefault(head, []).append(word)
        for p in doc.predicates:
            for word in below.get(p.word, []):
                place = word - p.sentence.start
                if 0 <= place < len(p.tags):
                    tag = treebanks.ROLE_TAGS[p.tags[place]]
                    label = len(labels) if tag == "O" else labels.index(tag[2:])
                    counts[doc.relations[word], int(word > p.word), label] += 1
    prior = (counts.sum((0, 1)) + 1) / (counts.sum() + counts.shape[2])
    chances = (counts + BELIEF * prior) / (counts.sum(2, keepdims=True) + BELIEF)
    return np.clip(np.log(chances / prior), -MOST, MOST).astype(np.float32)


def main() -> None:
    """Count and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--out", type=Path, default=MODEL)
    args = ap.parse_args()
    tokenizer = Network(args.out).tokenizer
    found = habits(treebanks.treebank(args.shared / "corpora", "ewt", "train", tokenizer))
    path = args.out / "decoder.npz"
    with np.load(path) as data:
        arrays = {k: data[k] for k in data.files}
    np.savez(path, **(arrays | {"roles_habits": found.astype(np.float16)}))
    print(f"{path}: habits of {int((np.abs(found).sum((1, 2)) > 0).sum())} relations")


if __name__ == "__main__":
    main()
