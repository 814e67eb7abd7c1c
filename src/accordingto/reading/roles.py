"""Scores to predicates and their arguments (PropBank), one frame a predicate, inside its sentence.

The scores of a predicate's words are those of the network, with what arguments are in trees: words below one dependent of
the predicate are mostly one argument, words below different ones are not, and a dependent's relation tells its label.
No numbered argument stands twice (Punyakanok, Roth and Yih 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.constituents import dependents
from accordingto.reading.layers import Argument, Frame, Syntax
from accordingto.reading.pairs import Floats, Ints, PairScorer
from accordingto.reading.parsing import LONGEST, tree_around
from accordingto.reading.sentences import characters
from accordingto.spans import Range

FORBIDDEN = -1e4
OPENING = 0.5  # what opening a piece costs; these four were tuned on EWT dev (`python -m benchmarks.layers`)
CUT = 2.0  # what it costs that a piece begins or ends between two words below one dependent of the predicate
CROSSED = 1.0  # what it costs that a piece goes on from the words below one dependent to those below another
HABIT = 0.2  # the weight of what a dependent's relation says of its label
UNEVEN, ROOM = 1.5, 8  # sentences this much longer than the shortest, in words, are decoded with it
ROUNDS = 4  # labels of one predicate that are made single, at most
AT_ONCE = (
    1 << 18
)  # pairs of a predicate and a word that are decoded in step; more than a report of ordinary length has


@dataclass(frozen=True, slots=True)
class RoleScorer:
    """The learned numbers of roles.

    `tags`: O, then B and I of each label in turn. `habits` (relations, 2, labels + 1): how much likelier a label, last none,
    is for a dependent of that relation, before and after its predicate, than for any dependent, as a logarithm.
    """

    pairs: PairScorer
    tags: tuple[str, ...]
    habits: Floats


def frames(
    words: Sequence[Range],
    wide: Floats,
    predicate: NDArray[np.float32],
    sentences: Sequence[Range],
    syntax: Syntax,
    scorer: RoleScorer,
) -> tuple[Frame, ...]:
    """The frames of one document; `predicate` (words,) are logits, `sentences` the word ranges of the trees."""
    trees = [tree_around(w, s) for s in sentences for w in range(s.start, s.end, LONGEST)]
    asked = [(s, s.start + np.flatnonzero(predicate[s.start : s.end] > 0)) for s in trees]
    found = arguments(words, wide, asked, syntax, scorer)
    return tuple(
        Frame(words[word], mine)
        for (_, heads), rows in zip(asked, found, strict=True)
        for word, mine in zip(heads.tolist(), rows, strict=True)
    )


def arguments(
    words: Sequence[Range],
    wide: Floats,
    asked: Sequence[tuple[Range, Ints]],
    syntax: Syntax,
    scorer: RoleScorer,
) -> list[list[tuple[Argument, ...]]]:
    """The arguments of given predicate words, each tree's together; each predicate's a tuple in text order.

    `asked`: trees as word ranges, with the numbers of their predicates' words. Those of like length are decoded in step.
    """
    out: list[list[tuple[Argument, ...]]] = [[] for _ in asked]
    order = sorted((i for i, (_, heads) in enumerate(asked) if len(heads)), key=lambda i: length(asked[i][0]))
    while order:
        longest = length(asked[order[0]][0]) * UNEVEN + ROOM
        fits: list[int] = []
        pairs = 0
        for i in order:
            pairs += len(asked[i][1]) * length(asked[i][0])
            if fits and (length(asked[i][0]) > longest or pairs > AT_ONCE):
                break
            fits.append(i)
        order = order[len(fits) :]
        scored = [scored_words(wide, *asked[i], syntax, scorer) for i in fits]
        scores, cut, crossed = stacked(scored)
        tags, _ = best_pieces(scores, cut, crossed)
        row = 0
        for i, (mine, *costs_of) in zip(fits, scored, strict=True):
            n, size = mine.shape[:2]
            for k in range(n):
                found = once_each(
                    mine[k], tags[row + k, :size], (costs_of[0][k], costs_of[1][k]), scorer.tags
                )
                out[i].append(
                    tuple(
                        Argument(
                            label, characters(words, Range(asked[i][0].start + a, asked[i][0].start + b))
                        )
                        for label, a, b in pieces(found, scorer.tags)
                        if label != "V"
                    )
                )
            row += n
    return out


def length(at: Range) -> int:
    """How many words a range has."""
    return at.end - at.start


def scored_words(
    wide: Floats, sentence: Range, predicates: Ints, syntax: Syntax, scorer: RoleScorer
) -> tuple[Floats, Floats, Floats]:
    """The scores of a sentence's words for each of its predicates, (predicates, words, tags), and the two `costs`."""
    inside = np.arange(*sentence)
    left, right = np.repeat(predicates, len(inside)), np.tile(inside, len(predicates))
    scores = scorer.pairs(wide, left, right).reshape(len(predicates), len(inside), -1)
    own = predicates - sentence.start
    heads = np.where(
        syntax.heads[inside] < sentence.start, inside, syntax.heads[inside]
    )  # a later piece's root
    top = dependents(heads - sentence.start, own)
    return scores + HABIT * by_relation(top, own, syntax.relations[inside], scorer.habits), *costs(top)


def stacked(scored: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[Floats, Floats, Floats]:
    """The rows of several sentences as one array each, the shorter ones followed by words that can only be O."""
    rows, longest = sum(len(x) for x, _, _ in scored), max(x.shape[1] for x, _, _ in scored)
    scores = np.full((rows, longest, scored[0][0].shape[2]), FORBIDDEN, np.float32)
    scores[:, :, 0] = 0.0
    cut, crossed = np.zeros((2, rows, longest), np.float32)
    at = 0
    for x, c, d in scored:
        end, size = at + len(x), x.shape[1]
        scores[at:end, :size], cut[at:end, :size], crossed[at:end, :size] = x, c, d
        at = end
    return scores, cut, crossed


def by_relation(top: Ints, predicates: Ints, relations: Ints, habits: Floats) -> Floats:
    """Shape (predicates, words, tags): what is added to the scores of words below a dependent, by its relation and side."""
    rows = habits[relations[top], (top > predicates[:, None]).astype(np.int64)] * (top >= 0)[..., None]
    return np.concatenate([rows[..., -1:], np.repeat(rows[..., :-1], 2, axis=-1)], axis=-1)


def costs(top: Ints) -> tuple[Floats, Floats]:
    """Shapes (predicates, words): what a piece's edge before a word costs, and a piece's going on there."""
    before, after = top[:, :-1], top[:, 1:]
    both = (before >= 0) & (after >= 0)
    cut, crossed = np.zeros(top.shape, np.float32), np.zeros(top.shape, np.float32)
    cut[:, 1:] = CUT * (both & (before == after))
    crossed[:, 1:] = CROSSED * (both & (before != after))
    return cut, crossed


def best_pieces(scores: Floats, cut: Floats, crossed: Floats) -> tuple[Ints, Floats]:
    """The best valid tags of each row and their values (Viterbi 1967).

    `scores` (rows, words, tags); `cut` and `crossed` (rows, words) as of `costs`. An I only follows its own B or I, so a step
    needs no table of all pairs of tags.
    """
    rows, length, _ = scores.shape
    none, opened, inner = scores[..., 0], scores[..., 1::2] - OPENING, scores[..., 2::2]
    each = np.arange(rows)
    outside, begun = none[:, 0], opened[:, 0]
    within = np.full_like(begun, FORBIDDEN)
    ended = np.zeros((length, rows), np.int64)  # the tag of the best piece that ends before a word
    leaves, opens = (
        np.zeros((length, rows), bool),
        np.zeros((length, rows), bool),
    )  # from a piece, to O and to a B
    stays = np.zeros((length, *begun.shape), bool)  # an I that follows an I
    for t in range(1, length):
        stays[t] = within > begun
        lasting = np.maximum(begun, within)
        label = lasting.argmax(1)
        ending = lasting[each, label]
        ended[t] = 1 + 2 * label + stays[t][each, label]
        leaves[t], opens[t] = ending - cut[:, t] > outside, ending > outside
        begun = opened[:, t] + (np.maximum(ending, outside) - cut[:, t])[:, None]
        within = inner[:, t] + lasting - crossed[:, t, None]
        outside = none[:, t] + np.maximum(outside, ending - cut[:, t])
    state = np.empty((rows, scores.shape[2]), np.float32)
    state[:, 0], state[:, 1::2], state[:, 2::2] = outside, begun, within
    tags = np.zeros((rows, length), np.int64)
    tags[:, -1] = state.argmax(1)
    for t in range(length - 1, 0, -1):
        now = tags[:, t]
        label = np.maximum(now - 1, 0) // 2
        onward = 1 + 2 * label + stays[t][each, label]
        from_piece = np.where(now == 0, leaves[t], opens[t])
        tags[:, t - 1] = np.where((now > 0) & (now % 2 == 0), onward, np.where(from_piece, ended[t], 0))
    return tags, state.max(1)


def once_each(scores: Floats, tags: Ints, around: tuple[Floats, Floats], names: tuple[str, ...]) -> Ints:
    """The best tags of one predicate in which no numbered argument stands twice.

    `scores` (words, tags), `tags` their best ones without that rule. A label that is there twice may stay in one of its
    places: each is tried, the rest decoded anew, and the best kept.
    """
    for _ in range(ROUNDS):
        places: dict[str, list[Range]] = {}
        for label, a, b in pieces(tags, names):
            if label[-1].isdigit():
                places.setdefault(label, []).append(Range(a, b))
        label, where = max(places.items(), key=lambda x: len(x[1]), default=("", []))
        if len(where) < 2:
            break
        begin = names.index(f"B-{label}")
        trials = np.repeat(scores[None], len(where), axis=0)
        for trial, kept in zip(trials, where, strict=True):
            trial[: kept.start, begin : begin + 2] = trial[kept.end :, begin : begin + 2] = FORBIDDEN
        found, values = best_pieces(trials, *(np.repeat(x[None], len(where), axis=0) for x in around))
        best = int(values.argmax())
        scores, tags = trials[best], found[best]
    return tags


def pieces(tags: NDArray[np.int64], names: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """The labelled pieces of one row of valid B/I tags, as (label, start, exclusive end)."""
    out: list[tuple[str, int, int]] = []
    for i in np.flatnonzero(tags):
        name = names[tags[i]]
        if name[0] == "B":
            out.append((name[2:], int(i), int(i) + 1))
        else:
            out[-1] = (out[-1][0], out[-1][1], int(i) + 1)
    return out
