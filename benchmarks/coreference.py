"""The CoNLL score of coreference: the mean of MUC, B-cubed and entity CEAF (Pradhan et al. 2014)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.spans import Counts, Table

Chain = frozenset[Hashable]


def links(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[int, int]:
    """MUC: links of `chains` that `others` keep, and all links."""
    owner = {m: i for i, c in enumerate(others) for m in c}
    kept = 0
    for c in chains:
        parts = {owner.get(m, ("alone", m)) for m in c}
        kept += len(c) - len(parts)
    return kept, sum(len(c) - 1 for c in chains)


def cubed(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, int]:
    """B-cubed: the sum over mentions of how much of their chain is together in `others`."""
    owner = {m: c for c in others for m in c}
    total = sum(len(c & owner.get(m, frozenset())) / len(c) for c in chains for m in c)
    return total, sum(len(c) for c in chains)


def aligned(gold: Sequence[Chain], found: Sequence[Chain]) -> float:
    """CEAF: the best one-to-one alignment's similarity (phi 4)."""
    if not gold or not found:
        return 0.0
    table = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])
    return float(table[linear_sum_assignment(-table)].sum())


class Tally:
    """Sums over documents; recall and precision sides apart."""

    def __init__(self) -> None:
        self.sums: dict[str, list[float]] = {k: [0.0] * 4 for k in ("MUC", "B-cubed", "CEAF-e")}
        self.mentions = Counts()

    def add(self, gold: Sequence[Chain], found: Sequence[Chain]) -> None:
        """One document's chains of two or more."""
        for name, measure in (("MUC", links), ("B-cubed", cubed)):
            values = (*measure(gold, found), *measure(found, gold))
            self.sums[name] = [a + b for a, b in zip(self.sums[name], values, strict=True)]
        same = aligned(gold, found)
        values = (same, len(gold), same, len(found))
        self.sums["CEAF-e"] = [a + b for a, b in zip(self.sums["CEAF-e"], values, strict=True)]
        g, f = {m for c in gold for m in c}, {m for c in found for m in c}
        self.mentions.add(len(g), len(f), len(g & f))

    def rows(self) -> tuple[Table, float]:
        """The three measures as a table, and their mean F1."""
        table = Table()
        table.rows["mentions in chains"] = self.mentions
        scores = []
        for name, (kept, all_gold, right, all_found) in self.sums.items():
            r, p = kept / all_gold if all_gold else 0.0, right / all_found if all_found else 0.0
            scores.append(200 * p * r / (p + r) if p + r else 0.0)
            table.rows[name] = Ratio(p, r, int(all_gold))
        return table, sum(scores) / 3


class Ratio(Counts):
    """Counts that are known by their precision and recall alone."""

    def __init__(self, precision: float, recall: float, gold: int) -> None:
        super().__init__(gold, 0, 0)
        self.p, self.r = precision, recall

    @property
    def precision(self) -> float:
        return 100 * self.p

    @property
    def recall(self) -> float:
        return 100 * self.r

    @property
    def f1(self) -> float:
        return 200 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0
