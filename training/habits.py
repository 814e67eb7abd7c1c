"""What a dependent's relation tells of its PropBank label, counted on EWT's train part: `python -m training.habits`.

For each relation and side of the predicate, how much likelier a label is than for any dependent, as a logarithm; the gold
trees and arguments are counted, so nothing of the network is in it. Which relations words of a part of speech have is counted
on EWT's and GUM's train parts. Writes `roles_habits` and `relation_usual` into the model's `decoder.npz`.
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
RARE = 0.0001  # of the words of a part of speech: relations that fewer have are not looked for


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


def usual(docs: Iterable[Doc]) -> np.ndarray:
    """Shape (parts of speech, relations): 1 where words of that part of speech have that relation often enough."""
    counts = np.zeros((len(treebanks.UPOS), len(treebanks.RELATIONS)))
    for doc in docs:
        if doc.pos is not None and doc.relations is not None:
            known = (doc.pos >= 0) & (doc.relations >= 0)
            np.add.at(counts, (doc.pos[known], doc.relations[known]), 1)
    return (counts > RARE * counts.sum(1, keepdims=True)).astype(np.float32)


def main() -> None:
    """Count and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path(os.environ.get("ACCORDINGTO_SHARED", "../shared")))
    ap.add_argument("--out", type=Path, default=MODEL)
    args = ap.parse_args()
    tokenizer = Network(args.out).tokenizer
    ewt, gum = (
        treebanks.treebank(args.shared / "corpora", name, "train", tokenizer) for name in ("ewt", "gum")
    )
    found, often = habits(ewt), usual([*ewt, *gum])
    path = args.out / "decoder.npz"
    with np.load(path) as data:
        arrays = {k: data[k] for k in data.files}
    np.savez(
        path,
        **(arrays | {"roles_habits": found.astype(np.float16), "relation_usual": often.astype(np.float16)}),
    )
    print(
        f"{path}: habits of {int((np.abs(found).sum((1, 2)) > 0).sum())} relations; {often.sum(1).mean():.1f} for a part of speech"
    )


if __name__ == "__main__":
    main()
