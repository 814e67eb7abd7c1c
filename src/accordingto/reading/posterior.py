"""The spans that are likely enough under a linear-chain CRF over BIOES tags, in numpy.

The best tag sequence as a whole (Viterbi's) isn't the one from which most spans are right: here each span has its own chance,
summed over all sequences in which it stands (forward-backward, Rabiner 1989), and those are taken that together promise most
(minimum Bayes risk, Goodman 1996). It helps names; sources, cues and contents need each other, which only whole sequences know, so
of theirs the chances alone are asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.viterbi import spans_of
from accordingto.spans import Range

Wide = NDArray[np.float64]
LEAST = 1e-300  # what stands for a sum of nothing


@dataclass(frozen=True, slots=True)
class Crf:
    """A CRF's labels and numbers: `tags` in BIOES, `moves` (from, to), `first` and `last` (tags,); forbidden about -10000."""

    tags: tuple[str, ...]
    moves: NDArray[np.float32]
    first: NDArray[np.float32]
    last: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Taste:
    """`scale` flattens the network's scores, which are too sure; a span needs a chance above `floor`."""

    scale: float
    floor: float


@dataclass(frozen=True, slots=True)
class Ways:
    """Sums over all ways to a word's tag, its own score included (`ahead`), and over all ways on from it (`behind`).

    Both (longest, sequences, tags), scaled to 1 at each word; `logs` and `back` (longest, sequences): logarithms of what they were
    scaled by; `total` (sequences,): that of the sum over all ways.
    """

    ahead: Wide
    behind: Wide
    logs: Wide
    back: Wide
    total: Wide

    def chances(self) -> Wide:
        """Shape (longest, sequences, tags): how likely a word has a tag."""
        both = self.ahead * self.behind
        out: Wide = both / np.maximum(both.sum(2, keepdims=True), LEAST)
        return out

    def to(self, words: NDArray[np.int64], row: int, tag: int) -> Wide:
        """The logarithms of the sums over all ways to a tag at those words."""
        out: Wide = np.log(np.maximum(self.ahead[words, row, tag], LEAST)) + self.logs[words, row]
        return out

    def on(self, words: NDArray[np.int64], row: int, tag: int) -> Wide:
        """The logarithms of the sums over all ways on from a tag at those words."""
        out: Wide = np.log(np.maximum(self.behind[words, row, tag], LEAST)) + self.back[words, row]
        return out


def probable_tags(scores: Sequence[NDArray[np.float32]], crf: Crf, taste: Taste) -> list[NDArray[np.int64]]:
    """The tags of the chosen spans of every sequence; each of the `scores` is (words, tags), at least one word."""
    out: list[NDArray[np.int64]] = [np.empty(0, np.int64)] * len(scores)
    for order in alike(scores):
        emissions = [scores[i].astype(np.float64) * taste.scale for i in order]
        ways = both_ways(emissions, crf)
        chances = ways.chances()
        for row, i in enumerate(order):
            found = likely(emissions[row], ways, row, chances[:, row], crf, taste.floor)
            out[i] = painted(best_apart(found), len(scores[i]), crf.tags)
    return out


def alike(scores: Sequence[NDArray[np.float32]]) -> list[list[int]]:
    """The numbers of the sequences, the longest first, in groups in which none is shorter than half the longest: little is padded."""
    out: list[list[int]] = []
    for i in sorted(range(len(scores)), key=lambda i: -len(scores[i])):
        if not out or 2 * len(scores[i]) < len(scores[out[-1][0]]):
            out.append([])
        out[-1].append(i)
    return out


def span_chances(
    scores: Sequence[NDArray[np.float32]], tags: Sequence[NDArray[np.int64]], crf: Crf
) -> list[Wide]:
    """For each sequence (words,): how likely the span is that a word stands in under the given tags; 0 in none.

    Each of the `scores` is (words, tags), at least one word; each of the `tags` (words,) is a tagging that the CRF allows.
    """
    out = [np.zeros(len(s)) for s in scores]
    for order in alike(scores):
        emissions = [scores[i].astype(np.float64) for i in order]
        ways = both_ways(emissions, crf)
        for row, i in enumerate(order):
            e, t = emissions[row], tags[i]
            words = np.arange(len(t))
            along = e[words, t]
            along[1:] += crf.moves[t[:-1], t[1:]]
            sums = np.cumsum(along)
            for _, at in spans_of(t, crf.tags):
                a, b = at.start, at.end - 1
                ahead = ways.to(words[a : at.start + 1], row, int(t[a])) + sums[b] - sums[a]
                chance = ahead + ways.on(words[b : at.end], row, int(t[b])) - ways.total[row]
                out[i][a : at.end] = np.exp(chance[0])
    return out


def both_ways(emissions: Sequence[Wide], crf: Crf) -> Ways:
    """The sums over all ways; `emissions` the longest first. All sequences in step."""
    lengths = np.array([len(e) for e in emissions])
    longest, rows, tags = int(lengths[0]), len(emissions), len(crf.tags)
    grid = np.zeros((longest, rows, tags))
    for row, e in enumerate(emissions):
        grid[: len(e), row] = e
    moves, last = np.exp(crf.moves.astype(np.float64)), np.exp(crf.last.astype(np.float64))
    tops = grid.max(2, keepdims=True)
    grid = np.exp(grid - tops)
    ahead, behind = np.zeros_like(grid), np.zeros_like(grid)
    sizes, backs = np.ones((longest, rows)), np.ones((longest, rows))
    longer = np.searchsorted(-lengths, -np.arange(longest + 1)).tolist()  # sequences longer than t
    state = np.exp(crf.first.astype(np.float64)) * grid[0]
    for t in range(longest):
        now = longer[t]
        if t:
            state = (ahead[t - 1, :now] @ moves) * grid[t, :now]
        sizes[t, :now] = size = state.sum(1)
        ahead[t, :now] = state / size[:, None]
    for t in range(longest - 1, -1, -1):
        now, later = longer[t], longer[t + 1]
        behind[t, later:now] = last
        if later:
            state = (behind[t + 1, :later] * grid[t + 1, :later]) @ moves.T
            backs[t, :later] = size = state.sum(1)
            behind[t, :later] = state / size[:, None]
    there = np.arange(longest)[:, None] < lengths
    tops = np.where(there, tops[..., 0], 0.0)
    logs = np.cumsum(np.log(sizes) + tops, 0)
    after = np.concatenate([np.log(backs[:-1]) + tops[1:], np.zeros((1, rows))])
    back = np.cumsum(after[::-1], 0)[::-1]
    each = np.arange(rows)
    total = np.log((ahead[lengths - 1, each] * last).sum(1)) + logs[lengths - 1, each]
    return Ways(ahead, behind, logs, back, total)


def likely(
    emissions: Wide, ways: Ways, row: int, chances: Wide, crf: Crf, floor: float
) -> list[tuple[float, str, Range]]:
    """The spans of one sequence whose chance is above the floor: by how much, kind, words; the first to end first.

    `chances` (words, tags) are those of single tags.
    """
    out = []
    above = chances > floor
    there: NDArray[np.bool_] = np.asarray(above.any(0))
    number = {tag: i for i, tag in enumerate(crf.tags)}
    for kind in dict.fromkeys(crf.tags[i][2:] for i in np.flatnonzero(there).tolist() if crf.tags[i] != "O"):
        begin, inner, end, alone = (number[f"{p}-{kind}"] for p in "BIES")
        out += [
            (float(chances[w, alone]) - floor, kind, Range(w, w + 1))
            for w in np.flatnonzero(above[:, alone]).tolist()
        ]
        if not (there[begin] and there[end]):
            continue
        starts, ends = np.flatnonzero(above[:, begin]), np.flatnonzero(above[:, end])
        sums = np.concatenate([[0.0], np.cumsum(emissions[:, inner] + crf.moves[inner, inner])])
        a, b = starts[:, None], ends[None]
        through = (
            crf.moves[begin, inner]
            + sums[b]
            - sums[np.minimum(a + 1, len(emissions))]
            - crf.moves[inner, inner]
        )
        between = np.where(b == a + 1, crf.moves[begin, end], through + crf.moves[inner, end])
        chance = np.exp(
            np.where(
                b > a, ways.to(a, row, begin) + between + emissions[b, end] + ways.on(b, row, end), -np.inf
            )
            - ways.total[row]
        )
        out += [
            (float(chance[i, j]) - floor, kind, Range(int(starts[i]), int(ends[j]) + 1))
            for i, j in np.argwhere(chance > floor)
        ]
    return sorted(out, key=lambda x: (x[2].end, x[2].start, x[1]))


def best_apart(found: Sequence[tuple[float, str, Range]]) -> list[tuple[str, Range]]:
    """Of spans with their worth, the first to end first, those that don't overlap and are worth most together."""
    ends = [at.end for _, _, at in found]
    best, taken = [0.0], [False]
    for i, (worth, _, at) in enumerate(found):
        before = bisect_right(ends, at.start, hi=i)
        taken.append(best[before] + worth > best[i])
        best.append(max(best[i], best[before] + worth))
    out, i = [], len(found)
    while i:
        if taken[i]:
            out.append(found[i - 1][1:])
            i = bisect_right(ends, found[i - 1][2].start, hi=i - 1)
        else:
            i -= 1
    return out[::-1]


def painted(spans: Sequence[tuple[str, Range]], words: int, tags: tuple[str, ...]) -> NDArray[np.int64]:
    """Shape (words,): the tags of spans that don't overlap."""
    out = np.zeros(words, np.int64)
    for kind, at in spans:
        if at.end - at.start == 1:
            out[at.start] = tags.index(f"S-{kind}")
        else:
            out[at.start : at.end] = tags.index(f"I-{kind}")
            out[at.start], out[at.end - 1] = tags.index(f"B-{kind}"), tags.index(f"E-{kind}")
    return out
