"""Attributions inside of what is said: sources quote further sources, and a report's records hold what these say, too.

The network tags them apart from the others; each content is a sequence of its own under a further CRF, so none crosses its edge. Most contents
hold none: where no word looks most like part of a cue, nothing is decoded.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Attribution
from accordingto.reading.learned import Decoder
from accordingto.reading.linking import Marks, link
from accordingto.reading.pairs import Floats
from accordingto.reading.posterior import Crf, span_chances
from accordingto.reading.viterbi import best_tags, spans_of
from accordingto.spans import Range

FEWEST = 3  # words of a content in which something is looked for
LIKELY = 0.35  # the least mean chance of an attribution's parts; tuned with the next one on gold/dev and reports held out
EAGER = 1.0  # added to the scores of being part of a cue: the labels that it was learned from miss some

Marked = list[tuple[Range, NDArray[np.int64], Floats]]


def marked(scores: Sequence[Floats], contents: Sequence[Sequence[Range]], crf: Crf) -> list[Marked]:
    """For each document its contents (word ranges) that hold something: the tags of their words and the chances of the spans these stand in.

    `scores` (words, tags) are the network's, of each document.
    """
    cue = np.array([tag.endswith("-cue") for tag in crf.tags], np.float32)
    every = [
        (number, at, scores[number][at.start : at.end] + EAGER * cue)
        for number, mine in enumerate(contents)
        for at in mine
        if at.end - at.start >= FEWEST
    ]
    here = [(number, at, row) for number, at, row in every if cue[row.argmax(1)].any()]
    rows = [row for _, _, row in here]
    tags = best_tags(rows, crf.moves, crf.first, crf.last)
    held = [i for i, t in enumerate(tags) if t.any()]
    chances = span_chances([rows[i] for i in held], [tags[i] for i in held], crf)
    out: list[Marked] = [[] for _ in scores]
    for i, sure in zip(held, chances, strict=True):
        number, at, _ = here[i]
        out[number].append((at, tags[i], sure.astype(np.float32)))
    return out


def linked(
    found: Marked,
    words: Sequence[Range],
    lines: Sequence[Range],
    sentences: Sequence[Range],
    links: Floats,
    decoder: Decoder,
) -> tuple[Attribution, ...]:
    """The attributions inside of one document's contents, in text order; bare quotations are none."""
    out: list[Attribution] = []
    sure = np.zeros(len(words), np.float32)
    for at, tags, chances in found:
        parts: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
        for kind, span in spans_of(tags, decoder.attribution_tags):
            parts[kind].append(Range(span.start + at.start, span.end + at.start))
        if not parts["cue"] or not parts["content"]:
            continue
        sure[at.start : at.end] = chances
        marks = Marks(
            words=words,
            cues=parts["cue"],
            sources=parts["source"],
            contents=parts["content"],
            lines=lines,
            sentences=sentences,
        )
        out += [a for a in link(marks, links, sure, decoder, likely=LIKELY) if a.cue]
    return tuple(out)
