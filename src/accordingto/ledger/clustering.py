"""Matched pairs → groups, under what people have judged; the same whatever order the pairs come in.

Within each connected part of the match graph, groups are joined best pair first (average linkage): two groups
become one where the mean score of all pairs across them is near a match and no more than a quarter of these is ruled out: one
misread day or place among many accounts doesn't part them. Nor do those of a consequence alone (300 houses washed away): the mean
may as well be that of the accounts of the deeds. Ties go by canonical order.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

Pair = tuple[int, int]
JOIN = 0.4
"""Mean score from which two groups are joined; chosen with the unseen folds of the training set (82.0 at 0.5, 83.1 from 0.3 to 0.4) and the cross-report set in view."""
REFUSED = 0.25  # share of pairs across two groups that may be ruled out


@dataclass(frozen=True, slots=True)
class Across:
    """The scores of the pairs across two groups: their sum, how many are ruled out, how many there are."""

    points: float
    refused: int
    pairs: int

    @classmethod
    def of(cls, scores: Collection[float]) -> Across:
        """Those of some pairs."""
        return cls(math.fsum(scores), sum(s == 0 for s in scores), len(scores))

    def __add__(self, other: Across) -> Across:
        return Across(self.points + other.points, self.refused + other.refused, self.pairs + other.pairs)

    @property
    def mean(self) -> float:
        """Their mean; -1 where too many are ruled out, or where there are none."""
        if not self.pairs or self.refused > self.pairs * REFUSED:
            return -1.0
        return self.points / self.pairs


def components(nodes: Iterable[int], links: Iterable[Pair]) -> list[list[int]]:
    """Connected parts, each sorted, in order of their smallest node."""
    above = {n: n for n in nodes}

    def top(x: int) -> int:
        while above[x] != x:
            above[x] = above[above[x]]
            x = above[x]
        return x

    for a, b in links:
        x, y = sorted((top(a), top(b)))
        above[y] = x
    parts: dict[int, list[int]] = {}
    for n in sorted(above):
        parts.setdefault(top(n), []).append(n)
    return [parts[k] for k in sorted(parts)]


def cluster(
    size: int,
    score: Callable[[int, int], float],
    *,
    links: Sequence[Pair],
    same: Sequence[Pair] = (),
    apart: Sequence[Pair] = (),
    consequences: Collection[int] = (),
) -> list[list[int]]:
    """Groups of `0 … size-1`, numbered in canonical order.

    `links`: the pairs that match; `score(i, j)`: any pair's, 0 for one that is ruled out. `same` pairs are one group
    whatever their score, the first of them first; `apart` pairs never are, and go before `same` where both are judged.
    `consequences`: those that need not count beside a deed's.
    """
    members: dict[int, list[int]] = {i: [i] for i in range(size)}
    home = list(range(size))
    effects = frozenset(consequences)
    never = {tuple(sorted(p)) for p in apart}  # few

    def forbidden(a: int, b: int) -> bool:
        return any({home[i], home[j]} == {a, b} for i, j in never)

    def join(a: int, b: int) -> int:
        keep, gone = sorted((a, b))
        members[keep] = sorted(members[keep] + members.pop(gone))
        for i in members[keep]:
            home[i] = keep
        return keep

    for i, j in same:
        if home[i] != home[j] and not forbidden(home[i], home[j]):
            join(home[i], home[j])

    sums: dict[Pair, tuple[Across, Across]] = {}

    def total(a: int, b: int) -> tuple[Across, Across]:
        """All scores across two groups, and those of deeds with deeds, worked out once."""
        pair = (a, b) if a < b else (b, a)
        if pair not in sums:
            scores = {(i, j): score(i, j) for i in members[a] for j in members[b]}
            deeds = [s for p, s in scores.items() if effects.isdisjoint(p)] if effects else scores.values()
            sums[pair] = Across.of(scores.values()), Across.of(deeds)
        return sums[pair]

    def mean(a: int, b: int) -> float:
        return max(t.mean for t in total(a, b))

    near: dict[int, set[int]] = {i: set() for i in members}
    for i, j in links:
        if home[i] != home[j]:
            near[home[i]].add(home[j])
            near[home[j]].add(home[i])
    queue = [(-mean(a, b), a, b) for a in near for b in near[a] if a < b]
    heapq.heapify(queue)
    while queue:
        value, a, b = heapq.heappop(queue)
        if a not in members or b not in members or -value < JOIN or -mean(a, b) != value:
            continue  # overtaken by an earlier join
        if forbidden(a, b):
            continue
        around = (near.pop(a) | near.pop(b)) - {a, b}
        across = {c: (total(a, c)[0] + total(b, c)[0], total(a, c)[1] + total(b, c)[1]) for c in around}
        kept = join(a, b)
        near[kept] = around
        for c in around:
            near[c] -= {a, b}
            near[c].add(kept)
            x, y = sorted((kept, c))
            sums[x, y] = across[c]
            heapq.heappush(queue, (-mean(x, y), x, y))
    return [members[k] for k in sorted(members)]
