"""Which words stand below a word in a dependency tree, and below which of its dependents."""

from __future__ import annotations

import numpy as np

from accordingto.reading.layers import Syntax
from accordingto.reading.pairs import Ints

JOINED = ("flat", "inner", "compound", "fixed")  # relations of the further words of one name
DESCRIBING = (*JOINED, "det", "amod", "nmod", "nummod")
LONGEST = 20  # words before a noun that can belong to it


def noun_start(head: int, syntax: Syntax) -> int | None:
    """The first word of the phrase that a noun ends: its articles, adjectives and owners; None where it is a clause's predicate."""
    first = head
    for i in range(head - 1, max(-1, head - LONGEST), -1):
        part, up = i, int(syntax.heads[i])
        while up not in (head, part):
            part, up = up, int(syntax.heads[up])
        if up == head and syntax.relation(part) == "nsubj":
            return None
        if up == head and first == i + 1 and syntax.relation(part) in DESCRIBING:
            first = i
    return first


def ancestors(heads: Ints) -> Ints:
    """Shape (depth, words): each word, its head, its head's head, up to the root, which is its own head."""
    rows = [np.arange(len(heads))]
    while len(rows) <= len(heads) and (above := heads[rows[-1]]).tolist() != rows[-1].tolist():
        rows.append(above)
    return np.stack(rows)


def dependents(heads: Ints, chosen: Ints) -> Ints:
    """Shape (chosen, words): the dependent of a chosen word that a word stands below or is; -1 for words not below it.

    `heads` (words,) are those of one sentence, numbered from 0; a root is its own head.
    """
    up = ancestors(heads)
    words = np.arange(len(heads))
    if len(up) == 1:
        return np.full((len(chosen), len(heads)), -1)
    hit = up[None, 1:] == chosen[:, None, None]
    top = up[hit.argmax(1), words]
    below = hit.any(1) & (words != chosen[:, None])
    return np.where(below, top, -1)
