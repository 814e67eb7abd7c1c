"""Scores to labelled spans, trees, chains, events and links, in document offsets.

Tags are decoded one paragraph at a time (no span crosses a line break), then sources, cues and contents
are linked (see `linking`).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.acts import Telling
from accordingto.reading.chains import Forms, chains
from accordingto.reading.inner import Marked, linked, marked
from accordingto.reading.kinds import Kinds
from accordingto.reading.layers import Happening, Layers, Name
from accordingto.reading.learned import Decoder, Scores
from accordingto.reading.linking import Marks, link
from accordingto.reading.pairs import Floats
from accordingto.reading.parsing import parse, start_of
from accordingto.reading.posterior import Crf, Taste, probable_tags, span_chances
from accordingto.reading.roles import frames
from accordingto.reading.sentences import characters
from accordingto.reading.standing import Standing
from accordingto.reading.triggers import Around, happenings
from accordingto.reading.turns import Turn, told
from accordingto.reading.viterbi import best_tags, spans_of
from accordingto.record import Factuality
from accordingto.spans import Range

UNMARKED = 2.0  # what ending a sentence without a mark inside a line costs; tuned on EWT and GUM dev
NAMES = Taste(scale=0.8, floor=0.4)  # tuned on newswire_ner's dev part
STRETCH = 3000  # words; longer than nearly every report
ENDLESS = 1000  # words; no sentence has so many: time stays linear


@dataclass(frozen=True, slots=True)
class Text:
    """What decoding must know of one document: its words and its lines, as word ranges.

    `hints` (words,) say which words often name events (`events.EventWords`), `forms` (words,) are the same number for
    equal words (`sentences.forms`); None where nothing is known. `turns` are those of a transcript, `entries` the first
    words of lines past which nobody's words go on.
    """

    words: tuple[Range, ...]
    lines: tuple[Range, ...]
    hints: NDArray[np.int64] | None = None
    forms: NDArray[np.int64] | None = None
    turns: tuple[Turn, ...] = ()
    entries: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which layers are decoded beside the ones that every record needs: PropBank frames take time."""

    frames: bool = False
    single_phrases: bool = False


def lines_of(breaks: NDArray[np.int64]) -> tuple[Range, ...]:
    """The word ranges between line breaks (`sentences.breaks_before`)."""
    if not len(breaks):
        return ()
    starts = [int(i) for i in np.flatnonzero(breaks >= 2)]
    if not starts or starts[0] != 0:
        starts = [0, *starts]
    return tuple(Range(a, b) for a, b in zip(starts, [*starts[1:], len(breaks)], strict=True))


def decode(
    texts: Sequence[Text], scores: Sequence[Scores], decoder: Decoder, wanted: Wanted = Wanted()
) -> list[Layers]:
    """The layers of many documents."""
    names = tag(texts, [s.names for s in scores], lambda rows: probable_tags(rows, decoder.names(), NAMES))
    attributed = [s.attribution for s in scores]
    crf = decoder.attribution()
    said = tag(texts, attributed, lambda rows: best_tags(rows, crf.moves, crf.first, crf.last))
    chances = spans_surely(texts, attributed, said, crf)
    turned = [told(t.turns, a, c, crf.tags) for t, a, c in zip(texts, said, chances, strict=True)]
    spans = [spans_of(tags, crf.tags) for tags, _ in turned]
    contents = [[at for kind, at in found if kind == "content"] for found in spans]
    inner = marked([s.inner for s in scores], contents, decoder.inner())
    return [
        layers_of(t, s, n, Said(found, sure, held), decoder, wanted)
        for t, s, n, found, (_, sure), held in zip(texts, scores, names, spans, turned, inner, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """Attribution's spans by their kind, for each word the chance of the one that it stands in, (words,), and what contents hold."""

    spans: Sequence[tuple[str, Range]]
    chances: Floats
    inner: Marked


def tag(
    texts: Sequence[Text],
    scores: Sequence[Floats],
    tagged: Callable[[Sequence[Floats]], list[NDArray[np.int64]]],
) -> list[NDArray[np.int64]]:
    """Each document's tags, its lines tagged apart and put together again."""
    flat = [s[line.start : line.end] for t, s in zip(texts, scores, strict=True) for line in t.lines]
    rows = iter(tagged(flat))
    empty = np.empty(0, np.int64)
    return [np.concatenate([empty, *(next(rows) for _ in t.lines)]) for t in texts]


def spans_surely(
    texts: Sequence[Text], scores: Sequence[Floats], tags: Sequence[NDArray[np.int64]], crf: Crf
) -> list[Floats]:
    """For each document (words,) the chance of the span that a word stands in, 0 in none."""
    lines = [
        (t, line)
        for t, text in enumerate(texts)
        for line in text.lines
        if tags[t][line.start : line.end].any()
    ]
    found = span_chances(
        [scores[t][line.start : line.end] for t, line in lines],
        [tags[t][line.start : line.end] for t, line in lines],
        crf,
    )
    out: list[Floats] = [np.zeros(len(t), np.float32) for t in tags]
    for (t, line), chances in zip(lines, found, strict=True):
        out[t][line.start : line.end] = chances
    return out


def layers_of(
    text: Text,
    scores: Scores,
    names: NDArray[np.int64],
    said: Said,
    decoder: Decoder,
    wanted: Wanted,
) -> Layers:
    """The layers of one document from its tags."""
    words = text.words
    sure = confidence(scores.names, names)
    spans = [
        (at, label, float(sure[at.start : at.end].mean()))
        for label, at in spans_of(names, decoder.names_tags)
    ]
    if text.forms is not None:
        spans = consistent(spans, text.forms)
    found = tuple(Name(characters(words, at), label, certainty) for at, label, certainty in spans)
    parts: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
    for kind, at in said.spans:
        parts[kind].append(at)
    pos = scores.tags[:, : len(decoder.pos_tags)].argmax(1)
    ends = sentence_words(text, scores.ends - UNMARKED * (pos != decoder.pos_tags.index("PUNCT")))
    attributions = tuple(
        a
        for stretch in stretches(text.lines, text.entries, ends)
        for a in link(
            Marks(
                words=words,
                cues=inside(parts["cue"], stretch),
                sources=inside(parts["source"], stretch),
                contents=inside(parts["content"], stretch),
                lines=text.lines,
                sentences=ends,
            ),
            scores.links,
            said.chances,
            decoder,
        )
    )
    turned = tuple((characters(words, t.speaker), characters(words, t.said)) for t in text.turns if t.before)
    syntax = replace(parse(scores.wide, pos, ends, decoder.trees), labels=decoder.relation_tags)
    return Layers(
        words=words,
        sentences=tuple(characters(words, s) for s in ends),
        paragraphs=tuple(characters(words, line) for line in text.lines),
        names=found,
        attributions=attributions,
        inner=linked(said.inner, words, text.lines, ends, scores.links, decoder),
        syntax=syntax,
        frames=frames(words, scores.wide, scores.tags[:, -3], ends, syntax, decoder.roles)
        if wanted.frames
        else (),
        chains=chains(
            words,
            scores.wide,
            scores.tags[:, -2],
            syntax,
            ends,
            decoder.coref,
            decoder.relation_tags,
            forms=spelled(text, pos, decoder),
            single=wanted.single_phrases,
        ),
        happenings=only_claimed(
            happenings(
                words,
                scores.wide,
                scores.triggers,
                Around(
                    text.lines,
                    ends,
                    syntax,
                    decoder.relation_tags,
                    text.hints if text.hints is not None else np.zeros(len(words), np.int64),
                ),
                decoder.events,
            ),
            turned,
        ),
        turns=turned,
        telling=Telling(decoder.claims, scores.claims) if decoder.claims else None,
        standing=Standing(scores.places[:, 0], decoder.places) if decoder.places else None,
        kinds=Kinds(scores.kinds, decoder.kinds) if decoder.kinds else None,
    )


def only_claimed(found: Sequence[Happening], turns: Sequence[tuple[Range, Range]]) -> tuple[Happening, ...]:
    """The event mentions; in the turns of a transcript nothing is told by the reporter."""
    return tuple(
        replace(h, factuality=Factuality.CLAIMED)
        if h.factuality is Factuality.OCCURRED and any(said.contains(h.trigger) for _, said in turns)
        else h
        for h in found
    )


def spelled(text: Text, pos: NDArray[np.int64], decoder: Decoder) -> Forms | None:
    """What chains must know of the words' spelling, where it is known."""
    nouns = [decoder.pos_tags.index(tag) for tag in ("NOUN", "PROPN")]
    return None if text.forms is None else Forms(text.forms, np.isin(pos, nouns))


def consistent(
    names: Sequence[tuple[Range, str, float]], forms: NDArray[np.int64]
) -> list[tuple[Range, str, float]]:
    """Names (word range, class, certainty) with one class for all that are the same words: the one surest in sum.

    Within one report a name hardly ever means things of two classes (Gale, Church and Yarowsky 1992, of senses).
    """
    keys = [tuple(forms[at.start : at.end].tolist()) for at, _, _ in names]
    votes: dict[tuple[int, ...], dict[str, float]] = {}
    for key, (_, label, certainty) in zip(keys, names, strict=True):
        mine = votes.setdefault(key, {})
        mine[label] = mine.get(label, 0.0) + certainty
    return [
        (at, max(votes[key], key=votes[key].__getitem__), certainty)
        for key, (at, _, certainty) in zip(keys, names, strict=True)
    ]


def confidence(scores: Floats, tags: NDArray[np.int64]) -> Floats:
    """Each word's softmax probability of its tag, (words,)."""
    if not len(tags):
        return np.zeros(0, np.float32)
    top = scores - scores.max(1, keepdims=True)
    chosen = np.take_along_axis(top, tags[:, None], 1)[:, 0]
    out: Floats = (np.exp(chosen) / np.exp(top).sum(1)).astype(np.float32)
    return out


def sentence_words(text: Text, ends: Floats) -> tuple[Range, ...]:
    """Sentences as word ranges: one ends where the network says so, at each line's end, and before it has no end."""
    out: list[Range] = []
    for line in text.lines:
        cuts = [line.start + 1 + int(i) for i in np.flatnonzero(ends[line.start : line.end] > 0)]
        edges = [line.start, *cuts, line.end]
        out += [
            Range(start, min(start + ENDLESS, b))
            for a, b in itertools.pairwise(edges)
            for start in range(a, b, ENDLESS)
        ]
    return tuple(out)


def stretches(
    lines: Sequence[Range], entries: frozenset[int] = frozenset(), sentences: Sequence[Range] = ()
) -> list[Range]:
    """Runs of whole lines of about `STRETCH` words, in which links are looked for: time stays linear.

    None goes on where a line of `entries` begins. A line beyond `STRETCH` is taken by its sentences.
    """
    out: list[Range] = []
    for line in itertools.chain.from_iterable(parts_of(line, sentences) for line in lines):
        if out and line.start not in entries and out[-1].end - out[-1].start < STRETCH:
            out[-1] = Range(out[-1].start, line.end)
        else:
            out.append(line)
    return out


def parts_of(line: Range, sentences: Sequence[Range]) -> list[Range]:
    """A line, or the sentences of one beyond `STRETCH`."""
    if line.end - line.start <= STRETCH:
        return [line]
    first = bisect_left(sentences, line.start, key=start_of)
    last = bisect_left(sentences, line.end, key=start_of)
    return list(sentences[first:last])


def inside(spans: Sequence[Range], at: Range) -> list[Range]:
    """The spans that lie in a stretch."""
    return [s for s in spans if at.contains(s)]
