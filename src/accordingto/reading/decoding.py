"""Scores to labelled spans and links, in document offsets.

Tags are decoded one paragraph at a time (no span crosses a line break), then cues are linked: every
content goes to its best cue, every cue to its best source or to none. Scores of links are bilinear in
the words' vectors, with a learned bias for the signed distance in words.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Attribution, Layers, Name
from accordingto.reading.network import Decoder, Floats, Scores
from accordingto.reading.viterbi import best_tags, spans_of
from accordingto.spans import Range

FARTHEST = 250  # words between a cue and what belongs to it


@dataclass(frozen=True, slots=True)
class Text:
    """What decoding must know of one document: its words and its lines, as word ranges."""

    words: tuple[Range, ...]
    lines: tuple[Range, ...]


def lines_of(breaks: NDArray[np.int64]) -> tuple[Range, ...]:
    """The word ranges between line breaks (`sentences.breaks_before`)."""
    if not len(breaks):
        return ()
    starts = [int(i) for i in np.flatnonzero(breaks >= 2)]
    if not starts or starts[0] != 0:
        starts = [0, *starts]
    return tuple(Range(a, b) for a, b in zip(starts, [*starts[1:], len(breaks)], strict=True))


def decode(texts: Sequence[Text], scores: Sequence[Scores], decoder: Decoder) -> list[Layers]:
    """The layers of many documents."""
    names = tag(
        texts, [s.names for s in scores], decoder.names_moves, decoder.names_first, decoder.names_last
    )
    said = tag(
        texts,
        [s.attribution for s in scores],
        decoder.attribution_moves,
        decoder.attribution_first,
        decoder.attribution_last,
    )
    return [layers_of(t, s, n, a, decoder) for t, s, n, a in zip(texts, scores, names, said, strict=True)]


def tag(
    texts: Sequence[Text], scores: Sequence[Floats], moves: Floats, first: Floats, last: Floats
) -> list[NDArray[np.int64]]:
    """Each document's best tags, its lines decoded apart and put together again."""
    flat = [s[line.start : line.end] for t, s in zip(texts, scores, strict=True) for line in t.lines]
    rows = iter(best_tags(flat, moves, first, last))
    empty = np.empty(0, np.int64)
    return [np.concatenate([empty, *(next(rows) for _ in t.lines)]) for t in texts]


def layers_of(
    text: Text, scores: Scores, names: NDArray[np.int64], said: NDArray[np.int64], decoder: Decoder
) -> Layers:
    """The layers of one document from its tags."""
    words = text.words
    sure = confidence(scores.names, names)
    found = tuple(
        Name(characters(words, at), label, float(sure[at.start : at.end].mean()))
        for label, at in spans_of(names, decoder.names_tags)
    )
    parts: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
    for kind, at in spans_of(said, decoder.attribution_tags):
        parts[kind].append(at)
    attributions = link(words, parts, scores.links, confidence(scores.attribution, said), decoder)
    return Layers(
        words=words,
        sentences=sentences(text, scores.ends),
        paragraphs=tuple(characters(words, line) for line in text.lines),
        names=found,
        attributions=attributions,
    )


def characters(words: Sequence[Range], at: Range) -> Range:
    """A word range as characters."""
    return Range(words[at.start].start, words[at.end - 1].end)


def confidence(scores: Floats, tags: NDArray[np.int64]) -> Floats:
    """Each word's softmax probability of its tag, (words,)."""
    if not len(tags):
        return np.zeros(0, np.float32)
    top = scores - scores.max(1, keepdims=True)
    chosen = np.take_along_axis(top, tags[:, None], 1)[:, 0]
    out: Floats = (np.exp(chosen) / np.exp(top).sum(1)).astype(np.float32)
    return out


def sentences(text: Text, ends: Floats) -> tuple[Range, ...]:
    """Sentences as characters: a sentence ends where the network says so and at each line's end."""
    out: list[Range] = []
    for line in text.lines:
        cuts = [line.start + 1 + int(i) for i in np.flatnonzero(ends[line.start : line.end] > 0)]
        edges = [line.start, *cuts, line.end]
        out += [characters(text.words, Range(a, b)) for a, b in itertools.pairwise(edges) if a < b]
    return tuple(out)


def buckets(distance: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Signed word distances to classes: fine near 0, coarse far off (as in training)."""
    half = count // 2
    size = np.minimum((np.log2(np.abs(distance) + 1.0) * 1.6).astype(np.int64), half - 1)
    return np.where(distance < 0, size, size + half)


def link(
    words: Sequence[Range],
    parts: dict[str, list[Range]],
    vectors: Floats,
    sure: Floats,
    decoder: Decoder,
) -> tuple[Attribution, ...]:
    """Join sources, cues and contents (word ranges) into attributions, in text order.

    A content with no cue in reach is a bare quotation; a cue to which no content comes is dropped.
    """
    size = len(decoder.link_none)
    cues, sources, contents = parts["cue"], parts["source"], parts["content"]

    def means(spans: Sequence[Range], part: int) -> Floats:
        ends = np.array([(s.start, s.end - 1) for s in spans]).reshape(-1, 2)
        out: Floats = vectors[ends, part * size : part * size + size].mean(1)
        return out

    def table(spans: Sequence[Range], kind: int) -> Floats:
        away = np.array([s.start for s in spans])[None] - np.array([c.start for c in cues])[:, None]
        score = means(cues, 0) @ means(spans, kind + 1).T / math.sqrt(size)
        score = score + decoder.link_distance[kind][buckets(away, decoder.link_distance.shape[1])]
        out: Floats = np.where(np.abs(away) <= FARTHEST, score + decoder.link_bias[kind], -np.inf)
        return out

    def attribution(cue: Range | None, source: Range | None, content: Sequence[Range]) -> Attribution:
        used = [p for p in (source, cue, *content) if p is not None]
        score = float(np.mean([sure[p.start : p.end].mean() for p in used]))
        chars = [characters(words, p) if p is not None else None for p in (source, cue)]
        return Attribution(chars[0], chars[1], tuple(characters(words, c) for c in content), score)

    owner: list[int] = [-1] * len(contents)
    source_of: list[Range | None] = [None] * len(cues)
    if cues and contents:
        scores = table(contents, 1)
        reach = np.isfinite(scores.max(0))
        owner = [int(i) if ok else -1 for i, ok in zip(scores.argmax(0), reach, strict=True)]
    if cues and sources:
        scores = table(sources, 0)
        none = means(cues, 0) @ decoder.link_none / math.sqrt(size) + decoder.link_bias[2]
        best = scores.argmax(1)
        source_of = [sources[int(j)] if scores[i, j] > none[i] else None for i, j in enumerate(best)]
    out = [
        attribution(cue, source_of[i], mine)
        for i, cue in enumerate(cues)
        if (mine := [c for c, o in zip(contents, owner, strict=True) if o == i])
    ]
    out += [attribution(None, None, [c]) for c, o in zip(contents, owner, strict=True) if o < 0]
    first = [min(p.start for p in (a.source, a.cue, *a.content) if p is not None) for a in out]
    return tuple(out[i] for i in np.argsort(first, kind="stable"))
