"""Scores to chains of phrases that mean one thing: word-level coreference (Dobrovolskii 2021).

A phrase is found by its head word; each looks for the best earlier phrase among the last sixty, or has none. One that the
network leaves without any, and whose noun stood before with the same describing words, means what that one meant: words read in windows don't
reach far back. A phrase's words are the head's subtree without what only hangs beside it (conjuncts, prepositions,
punctuation at the edges).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Phrase, Syntax
from accordingto.reading.pairs import Floats, PairScorer
from accordingto.reading.parsing import extents
from accordingto.spans import Range

BACK = 60  # as in training
REACH = 400  # words
DESCRIBING = ("amod", "compound", "flat")  # relations of the words that tell one noun's things apart


@dataclass(frozen=True, slots=True)
class Forms:
    """The words as strings, numbered: `number` (words,) is the same for equal words; `noun` (words,) marks nouns and names."""

    number: NDArray[np.int64]
    noun: NDArray[np.bool_]


def chains(
    words: Sequence[Range],
    wide: Floats,
    mention: NDArray[np.float32],
    syntax: Syntax,
    sentences: Sequence[Range],
    scorer: PairScorer,
    relation_names: tuple[str, ...],
    *,
    forms: Forms | None = None,
    single: bool = False,
) -> tuple[tuple[Phrase, ...], ...]:
    """The chains of one document; `mention` (words,) are logits. `single` keeps phrases that stand alone."""
    found = np.flatnonzero(mention > 0)
    if not len(found):
        return ()
    chosen = antecedents(found, wide, scorer)
    if forms is not None:
        again = repeated(found, syntax, forms, relation_names)
        chosen = [b if a < 0 else a for a, b in zip(chosen, again, strict=True)]
    groups: dict[int, list[int]] = {}
    owner: list[int] = []
    for i, other in enumerate(chosen):
        owner.append(owner[other] if other >= 0 else i)
        groups.setdefault(owner[-1], []).append(int(found[i]))
    kept = [g for g in groups.values() if single or len(g) > 1]
    spans = extents([w for g in kept for w in g], syntax, sentences, relation_names)
    return tuple(
        tuple(Phrase(Range(words[spans[w].start].start, words[spans[w].end - 1].end), words[w]) for w in g)
        for g in kept
    )


def antecedents(found: NDArray[np.int64], wide: Floats, scorer: PairScorer) -> list[int]:
    """For each phrase the number of its best earlier phrase, -1 for none (scores not above 0)."""
    n = len(found)
    others = np.arange(n)[:, None] - np.arange(BACK, 0, -1)[None]  # (phrases, BACK), the farthest first
    near = (others >= 0) & (found[:, None] - found[np.maximum(others, 0)] <= REACH)
    left, column = np.nonzero(near)
    table = np.full((n, BACK), -np.inf, np.float32)
    if len(left):
        table[left, column] = scorer(wide, found[left], found[others[left, column]])[:, 0]
    best = table.argmax(1)
    return [int(others[i, b]) if table[i, b] > 0 else -1 for i, b in enumerate(best)]


def repeated(
    found: NDArray[np.int64], syntax: Syntax, forms: Forms, relation_names: tuple[str, ...]
) -> list[int]:
    """For each phrase the number of the last one with the same noun and describing words before it, -1 for none."""
    describing = np.isin(
        syntax.relations, [i for i, r in enumerate(relation_names) if r.split(":")[0] in DESCRIBING]
    )
    beside: dict[int, list[int]] = {}
    for word in np.flatnonzero(describing).tolist():
        beside.setdefault(int(syntax.heads[word]), []).append(int(forms.number[word]))
    last: dict[tuple[int, ...], int] = {}
    out = []
    for i, head in enumerate(found.tolist()):
        if not forms.noun[head]:
            out.append(-1)
            continue
        key = (int(forms.number[head]), *sorted(beside.get(head, ())))
        out.append(last.get(key, -1))
        last[key] = i
    return out
