"""What kind of source somebody is (a person, a body, someone unnamed …): the rules' answer, weighed with what the network makes of the words that name them.

A log-linear model over signs (`kindsigns`) and six numbers a word, an output of the graph; a source of several claims is judged by all of them. It was fitted by
`training.kinds` on claims of real reports that were labelled under the project's guidelines. Without it the rules of `sourcekinds` decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.record import SourceKind

Floats = NDArray[np.float32]
KINDS = tuple(k for k in SourceKind if k is not SourceKind.REPORTER)
SOMEBODY = "somebody"  # the sign of a noun for one person, who is no body
SURELY = 0.2  # by so much, in log odds a claim, another kind must outweigh that of the rules


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a document's words tell of the sources that they name, (words, kinds), and the weights of signs, each (kinds,)."""

    scores: Floats
    weights: Mapping[str, Floats]

    def choose(
        self, ruled: SourceKind, every: Sequence[tuple[range, Sequence[str]]], *, known: bool
    ) -> SourceKind:
        """The likeliest kind by all claims of a source, each with the words that name it there and its signs; the rules' own where that is nearly as likely.

        Who is `known` by name is no anonymous source, and who isn't no person; whom a noun for one person names is no body and no group.
        """
        if ruled not in KINDS or not every:
            return ruled
        total = np.zeros(len(KINDS), np.float32)
        for words, mine in every:
            if words:
                total += self.scores[words.start : words.stop].mean(0)
            for s in mine:
                if s in self.weights:
                    total += self.weights[s]
        barred = KINDS.index(SourceKind.ANONYMOUS if known else SourceKind.PERSON)
        if KINDS[barred] is not ruled:
            total[barred] = -np.inf
        if any(SOMEBODY in mine for _, mine in every):
            for kind in {SourceKind.ORGANIZATION, SourceKind.GROUP} - {ruled}:
                total[KINDS.index(kind)] = -np.inf
        best = int(total.argmax())
        ahead = (total[best] - total[KINDS.index(ruled)]) / len(every)
        return KINDS[best] if ahead > SURELY else ruled
