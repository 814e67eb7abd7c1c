"""Whether a name is used as a place: the rules' answer weighed with what the network makes of the name and with the words around it.

A logistic regression, fitted on names of real reports that were labelled under the project's guidelines (`training/labelled`); the network's
part is one number a word, an output of the graph. Without it the rules of `placenames` decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ALLOWED = -2.0  # log odds above which the rules are believed: costs 0.3 F1 on the labelled names, spares what the guidelines tell by name
BEHIND, BEFORE = 3, 2  # words around a name that are looked at


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document's words tell of names: a number a word (words,), and the weights of signs."""

    scores: Floats
    weights: Mapping[str, float]

    def is_place(self, words: range, signs: Sequence[str]) -> bool:
        """Whether a name of some words that has some signs is likelier a place than not; the rules are believed a little longer."""
        told = float(self.scores[words.start : words.stop].mean()) if words else 0.0
        total = told + sum(self.weights.get(s, 0.0) for s in signs)
        return total > (ALLOWED if "rule" in signs else 0.0)


def signs(
    words: Sequence[str], at: range, label: str, *, ruled: bool, ruler: bool, known: bool
) -> Iterator[str]:
    """What is told of a name beside the network's numbers.

    `words` are the document's in small letters, `at` the numbers of the name's, `label` its class; `ruled` is the rules' answer, `ruler` whether it
    names a country or capital, `known` whether the gazetteer has it.
    """
    yield "always"
    yield f"label {label}"
    if ruled:
        yield "rule"
        yield f"rule {label}"
    if ruler:
        yield "ruler"
    if ruled and ruler:
        yield "rule ruler"
    if known:
        yield "known"
    for away in range(1, BEFORE + 1):
        if at.start >= away:
            yield f"before {away} {words[at.start - away]}"
    for away in range(1, BEHIND + 1):
        if at.stop - 1 + away < len(words):
            yield f"behind {away} {words[at.stop - 1 + away]}"
