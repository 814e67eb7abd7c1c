"""Sources, cues and contents to attributions: which belong together.

Each content chooses a cue, each cue a source or none. A pair's score is the network's bilinear score of
their words' vectors and a few features of where they stand to one another, weighted by a log-linear
ranker (fitted by `training.links`). Since no cue stands without content, a cue that was left without takes
the content that is cheapest to take from a cue with several.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from accordingto.reading.layers import Attribution
from accordingto.reading.learned import Decoder
from accordingto.reading.pairs import Floats, Ints, buckets
from accordingto.reading.sentences import characters
from accordingto.spans import Range

FARTHEST = 250  # words between a cue and what belongs to it
LIKELY = 0.48  # the least mean chance of an attribution's parts; tuned on PolNeAR's dev part
STEAL = 4.0  # the most that a cue without content may cost the pair that it breaks
FEATURES = (
    "network",
    "distance",
    "same sentence",
    "next sentence",
    "same line",
    "next line",
    "lines away",
    "cues between",
    "contents between",
    "sources between",
    "adjoins",
    "after",
    "after and adjoins",
    "after, next sentence",
    "after, next line",
)


@dataclass(frozen=True, eq=False)
class Marks:
    """The spans of one document that are to be linked; all but `words` are ranges of word numbers."""

    words: Sequence[Range]
    cues: Sequence[Range]
    sources: Sequence[Range]
    contents: Sequence[Range]
    lines: Sequence[Range]
    sentences: Sequence[Range]

    @cached_property
    def parts(self) -> tuple[Ints, ...]:
        """Shape (2, spans) each: the first words and the exclusive ends, sorted each by itself, of cues, contents and sources."""
        return tuple(np.sort(edges(s).T) for s in (self.cues, self.contents, self.sources))

    @cached_property
    def starts(self) -> tuple[Ints, Ints]:
        """The first words of sentences and of lines."""
        return edges(self.sentences)[:, 0], edges(self.lines)[:, 0]


def edges(spans: Sequence[Range]) -> Ints:
    """Shape (spans, 2): first word and exclusive end."""
    return np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(-1, 2)


def means(vectors: Floats, spans: Sequence[Range], part: int, size: int) -> Floats:
    """Shape (spans, size): the mean of each span's first and last word vector in one of three parts."""
    ends, at = edges(spans), slice(part * size, part * size + size)
    out: Floats = (vectors[ends[:, 0], at] + vectors[ends[:, 1] - 1, at]) * np.float32(0.5)
    return out


def between(low: Ints, high: Ints, spans: Ints) -> Ints:
    """How many spans lie wholly between `low` and `high`, elementwise; `spans` (2, spans) as of `Marks.parts`."""
    found: Ints = spans[1].searchsorted(high, "right") - spans[0].searchsorted(low, "left")
    return np.maximum(found, 0)


def features(marks: Marks, spans: Sequence[Range], kind: int, vectors: Floats, decoder: Decoder) -> Floats:
    """Shape (cues, spans, features): the pairs of all cues with sources (kind 0) or contents (kind 1)."""
    size = len(decoder.link_none)
    cue, other = edges(marks.cues)[:, None], edges(spans)[None]
    away = other[..., 0] - cue[..., 0]
    score = means(vectors, marks.cues, 0, size) @ means(vectors, spans, kind + 1, size).T / math.sqrt(size)
    score = score + decoder.link_distance[kind][buckets(away, decoder.link_distance.shape[1])]
    after = away > 0
    low = np.where(after, cue[..., 1], other[..., 1])
    high = np.where(after, other[..., 0], cue[..., 0])
    sentences, lines = (
        np.abs(starts.searchsorted(other[..., 0], "right") - starts.searchsorted(cue[..., 0], "right"))
        for starts in marks.starts
    )
    gap = np.maximum(high - low, 0)
    adjoins = gap <= 1
    same_line, next_line, next_sentence = lines == 0, lines == 1, sentences == 1
    columns = (
        score + decoder.link_bias[kind],
        np.log1p(gap),
        sentences == 0,
        next_sentence,
        same_line,
        next_line,
        np.minimum(lines, 4),
        *(np.minimum(between(low, high, spans), 4) for spans in marks.parts),
        adjoins,
        after,
        after & adjoins,
        after & next_sentence,
        after & next_line,
    )
    out = np.empty((*away.shape, len(columns)), np.float32)
    for number, column in enumerate(columns):
        out[..., number] = column
    return out


def pair_scores(marks: Marks, spans: Sequence[Range], kind: int, vectors: Floats, decoder: Decoder) -> Floats:
    """Shape (cues, spans): the ranker's score of each pair, minus infinity out of reach."""
    found = features(marks, spans, kind, vectors, decoder)
    away = np.abs(edges(spans)[:, 0] - edges(marks.cues)[:, 0, None])
    out: Floats = np.where(away <= FARTHEST, found @ decoder.link_weights[kind], -np.inf)
    return out


def choose_cues(scores: Floats) -> list[int]:
    """For each content (column) its cue (row), -1 where none is in reach; few cues are left without."""
    owner = [int(i) if np.isfinite(scores[i, j]) else -1 for j, i in enumerate(scores.argmax(0))]
    while True:
        held = np.bincount([o for o in owner if o >= 0], minlength=len(scores))
        best: tuple[float, int, int] | None = None
        for cue in np.flatnonzero(held == 0):
            for j, o in enumerate(owner):
                free = o < 0 or held[o] > 1
                cost = float(scores[o, j] - scores[cue, j]) if o >= 0 else 0.0
                if (
                    free
                    and np.isfinite(scores[cue, j])
                    and cost <= STEAL
                    and (best is None or cost < best[0])
                ):
                    best = (cost, int(cue), j)
        if best is None:
            return owner
        owner[best[2]] = best[1]


def no_source_scores(marks: Marks, vectors: Floats, decoder: Decoder) -> Floats:
    """Shape (cues,): the score of each cue's having no source."""
    size = len(decoder.link_none)
    learned = means(vectors, marks.cues, 0, size) @ decoder.link_none / math.sqrt(size) + decoder.link_bias[2]
    out: Floats = learned * decoder.link_none_weights[0] + decoder.link_none_weights[1]
    return out


def link(
    marks: Marks, vectors: Floats, sure: Floats, decoder: Decoder, *, likely: float = LIKELY
) -> tuple[Attribution, ...]:
    """The attributions of one document, in text order.

    `vectors` and `sure` (the chance of the span that a word stands in) have one row a word. A content with no cue in reach is a
    bare quotation; a cue to which no content comes is dropped, and so is what isn't `likely`.
    """
    cues, sources, contents = marks.cues, marks.sources, marks.contents
    owner: list[int] = [-1] * len(contents)
    source_of: list[Range | None] = [None] * len(cues)
    if cues and contents:
        owner = choose_cues(pair_scores(marks, contents, 1, vectors, decoder))
    if cues and sources:
        scores = pair_scores(marks, sources, 0, vectors, decoder)
        none = no_source_scores(marks, vectors, decoder)
        best = scores.argmax(1)
        source_of = [sources[int(j)] if scores[i, j] > none[i] else None for i, j in enumerate(best)]

    def attribution(cue: Range | None, source: Range | None, content: Sequence[Range]) -> Attribution:
        used = [p for p in (source, cue, *content) if p is not None]
        score = float(np.mean([sure[p.start] for p in used]))
        chars = [characters(marks.words, p) if p is not None else None for p in (source, cue)]
        return Attribution(chars[0], chars[1], tuple(characters(marks.words, c) for c in content), score)

    out = [
        attribution(cue, source_of[i], mine)
        for i, cue in enumerate(cues)
        if (mine := [c for c, o in zip(contents, owner, strict=True) if o == i])
    ]
    out += [attribution(None, None, [c]) for c, o in zip(contents, owner, strict=True) if o < 0]
    out = [a for a in out if a.score >= likely]
    first = [min(p.start for p in (a.source, a.cue, *a.content) if p is not None) for a in out]
    return tuple(out[i] for i in np.argsort(first, kind="stable"))
