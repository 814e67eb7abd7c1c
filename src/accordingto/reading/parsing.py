"""Scores to dependency trees: biaffine arcs and relations (Dozat and Manning 2017), one tree a sentence.

A root is its own head. Where the best heads of a sentence make no tree, the maximum spanning arborescence is taken
(Chu and Liu 1965; Edmonds 1967).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Syntax
from accordingto.reading.pairs import Floats, Ints
from accordingto.spans import Range

ARC, LABEL = 128, 64
FEW = 64  # words whose relations are weighed together
LONGEST = 300  # words that make one tree: what it takes grows with their square, and no sentence in print has so many
SLACK = 1e-3  # for sums of floats in another order
LOOSE = frozenset(
    "case cc conj punct mark discourse parataxis cop nsubj aux csubj advcl advcl:relcl cc:preconj nsubj:outer".split()
)


@dataclass(frozen=True, slots=True)
class RelationScorer:
    """The learned numbers of the relations that words of one part of speech have; `among` (relations,) are their numbers.

    `pairs` (64, relations * 64), `dep` and `head` (64, relations), `bias` (relations,).
    """

    among: Ints
    pairs: Floats
    dep: Floats
    head: Floats
    bias: Floats


def by_part_of_speech(
    weight: Floats, dep: Floats, head: Floats, bias: Floats, usual: Floats
) -> tuple[RelationScorer, ...]:
    """The scorers of all parts of speech.

    `weight` (relations, 64, 64), `dep` and `head` (64, relations), `bias` (relations,); `usual` (parts of speech, relations): which
    relations words of a part of speech have at all, all where a row has none.
    """
    out = []
    for row in usual:
        among: Ints = np.flatnonzero(row) if row.any() else np.arange(len(weight))
        pairs = np.ascontiguousarray(weight[among].transpose(1, 0, 2).reshape(LABEL, -1))
        out.append(RelationScorer(among, pairs, dep[:, among], head[:, among], bias[among]))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class TreeScorer:
    """The learned numbers of arcs and relations.

    `weight` (128, 128), `head` (128,), `root` (128,), `root_bias` (1,); `relations` one scorer for each part of speech.
    """

    weight: Floats
    head: Floats
    root: Floats
    root_bias: Floats
    relations: tuple[RelationScorer, ...]


def parse(wide: Floats, tags: NDArray[np.int64], sentences: Sequence[Range], scorer: TreeScorer) -> Syntax:
    """The trees of one document; `wide` (words, at least 384) activated vectors, `tags` part-of-speech numbers.

    Of a sentence beyond `LONGEST` each piece has a tree, and the roots of all but the first stand below that of the first.
    """
    raw = wide[:, : 2 * ARC + 2 * LABEL]
    vectors = np.maximum(raw, 0.1 * raw)
    heads = np.arange(len(wide))
    mixed = vectors[:, :ARC] @ scorer.weight
    own = vectors[:, :ARC] @ scorer.root + scorer.root_bias
    bias = vectors[:, ARC : 2 * ARC] @ scorer.head
    for s in sentences:
        tops = []
        for start in range(s.start, s.end, LONGEST):
            at = slice(start, min(start + LONGEST, s.end))
            scores = mixed[at] @ vectors[at, ARC : 2 * ARC].T + bias[at]
            np.fill_diagonal(scores, own[at])
            heads[at] = start + tree(scores)
            tops.append(start + int(np.flatnonzero(heads[at] == np.arange(at.start, at.stop))[0]))
        heads[tops] = tops[:1] * len(tops)
    return Syntax(tags, heads, relations(vectors[:, 2 * ARC :], heads, tags, scorer.relations))


def relations(vectors: Floats, heads: Ints, tags: Ints, scorers: Sequence[RelationScorer]) -> Ints:
    """Shape (words,): the best relation of each word to its head, of those that its part of speech has."""
    dep, head = vectors[:, :LABEL], vectors[heads, LABEL:]
    best = np.zeros(len(heads), np.int64)
    for tag in np.unique(tags).tolist():
        mine, scorer = np.flatnonzero(tags == tag), scorers[tag]
        for at in range(0, len(mine), FEW):  # what is between the two products stays in the processor's cache
            some = mine[at : at + FEW]
            mixed = (dep[some] @ scorer.pairs).reshape(-1, len(scorer.among), LABEL)
            scores = np.matmul(mixed, head[some, :, None])[..., 0] + dep[some] @ scorer.dep
            scores += head[some] @ scorer.head + scorer.bias
            best[some] = scorer.among[scores.argmax(1)]
    return best


def tree(scores: Floats) -> Ints:
    """Heads of one sentence from (words, words) scores, the root its own head; always a tree with one root."""
    heads: Ints = scores.argmax(1)
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    if len(roots) == 1 and not loop(heads).any():
        return heads
    best: Ints | None = None
    top = -np.inf
    alone = np.where(np.eye(len(scores), dtype=bool), -np.inf, scores)
    highest = alone.max(1)
    for root in np.argsort(-scores.diagonal())[:3]:
        if scores[root, root] + highest.sum() - highest[root] + SLACK < top:
            continue  # not even the best heads of all other words would make a better tree
        found = arborescence(alone, int(root))
        others = np.arange(len(scores)) != root
        total = scores[root, root] + scores[others, found[others]].sum()
        if total > top:
            best, top = found, total
    assert best is not None
    return best


def loop(heads: Ints) -> NDArray[np.bool_]:
    """Which words stand on a circle of two or more; roots are their own heads."""
    at = heads.copy()
    for _ in range(int(np.ceil(np.log2(len(heads) + 1)))):
        at = at[at]
    on = np.zeros(len(heads), bool)
    for start in np.unique(at):
        word = start
        while heads[word] != word and not on[word]:
            on[word] = True
            word = heads[word]
    return on


@dataclass(frozen=True, slots=True)
class Contracted:
    """A circle that stands for one word, its first; the others are taken out of the matrix meanwhile.

    `circle` (k,) its words, `heads` (k,) theirs on it; for each word of the sentence, `entered` (words,) which of the circle
    takes it best for a head, `left` (words,) which of the circle is its best head, both by their place in `circle`.
    """

    circle: Ints
    heads: Ints
    entered: Ints
    left: Ints


def arborescence(scores: Floats, root: int) -> Ints:
    """The heads of the best tree with that root; `scores` with minus infinity on the diagonal.

    Circles are contracted one after the other in one copy of the matrix, and broken again in the opposite order.
    """
    open_scores = scores.astype(np.float64)
    heads: Ints = open_scores.argmax(1)
    heads[root] = root
    made: list[Contracted] = []
    while len(circle := np.flatnonzero(one_circle(heads))):
        made.append(contracted(open_scores, heads, circle))
    for c in reversed(made):
        first = c.circle[0]
        entry = heads[first]
        below = np.flatnonzero(heads == first)
        heads[below] = c.circle[c.left[below]]
        heads[c.circle] = c.heads
        heads[c.circle[c.entered[entry]]] = entry
    return heads


def contracted(scores: NDArray[np.float64], heads: Ints, circle: Ints) -> Contracted:
    """Let the first word of a circle stand for all of it, in `scores` and in `heads`, which are changed."""
    first, others = circle[0], circle[1:]
    into = scores[circle] - scores[circle, heads[circle]][:, None]
    out = scores[:, circle]
    made = Contracted(circle, heads[circle], into.argmax(0), out.argmax(1))
    scores[first], scores[:, first] = into.max(0), out.max(1)
    scores[others] = scores[:, others] = scores[first, first] = -np.inf
    heads[np.isin(heads, circle)] = first
    heads[others] = others
    heads[first] = scores[first].argmax()
    return made


def one_circle(heads: Ints) -> NDArray[np.bool_]:
    """The words of one circle, none where there is no circle."""
    state = np.zeros(len(heads), np.int64)
    on = np.zeros(len(heads), bool)
    for start in range(len(heads)):
        path, word = [], start
        while state[word] == 0:
            state[word] = 1
            path.append(word)
            word = int(heads[word])
        if state[word] == 1 and heads[word] != word and word in path:
            on[path[path.index(word) :]] = True
            return on
        state[path] = 2
    return on


def tree_around(word: int, sentence: Range) -> Range:
    """The words of the tree that a word of a sentence stands in: all of it, or the piece of a very long one."""
    start = word - (word - sentence.start) % LONGEST
    return Range(start, min(start + LONGEST, sentence.end))


def start_of(at: Range) -> int:
    """Where a range begins."""
    return at.start


def children(heads: Sequence[int], start: int) -> dict[int, list[int]]:
    """The words below each word of a sentence, whose words are numbered from `start` on."""
    out: dict[int, list[int]] = {}
    for word, up in enumerate(heads, start):
        if up != word:
            out.setdefault(up, []).append(word)
    return out


def extents(
    heads: Sequence[int], syntax: Syntax, sentences: Sequence[Range], names: tuple[str, ...]
) -> dict[int, Range]:
    """The words of the phrase of each head word."""
    loose = [n in LOOSE for n in names]
    below: dict[Range, dict[int, list[int]]] = {}
    out: dict[int, Range] = {}
    for head in heads:
        s = sentences[bisect_right(sentences, head, key=start_of) - 1]
        if s not in below:
            below[s] = children(syntax.heads[s.start : s.end].tolist(), s.start)
        inside = {head}
        waiting = [w for w in below[s].get(head, ()) if not loose[syntax.relations[w]]]
        while waiting:
            w = waiting.pop()
            inside.add(w)
            waiting += below[s].get(w, ())
        low, high = head, head + 1
        while low - 1 in inside:
            low -= 1
        while high in inside:
            high += 1
        out[head] = Range(low, high)
    return out
