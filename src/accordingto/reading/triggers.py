"""Scores to mentions of events: triggers with type, factuality and participants, and which name one event."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Argument, Happening, Part, Syntax
from accordingto.reading.pairs import Floats, PairScorer, probable_pieces
from accordingto.reading.parsing import extents, tree_around
from accordingto.reading.roles import RoleScorer, arguments
from accordingto.reading.sentences import characters
from accordingto.record import Factuality
from accordingto.spans import Range

NEAR = 80  # words between a trigger and a participant, as in training
BACK = 60
TOGETHER = (
    400  # triggers whose participants are looked for at once; more than a report of ordinary length has
)
EAGER = -1.0  # taken from the score of being no trigger; tuned on gold/dev (`make eval`)
KNOWN = 1.0  # the same where the word often names an event (`data/events.csv`); tuned on gold/dev and the held-out articles
FLOOR = 0.25  # chance from which a word belongs to a participant; tuned on gold/dev and the held-out snippets
CERTAIN = 0.35  # the highest chance that a piece needs, but for counts of killed and wounded; tuned likewise
LED = 0.3  # chance from which a verb belongs to the particle behind it
BEFORE_NOUNS = ("amod", "compound")
CLIMB = 3  # words to the noun that a piece describes
LONGEST_PHRASE = 25  # words


@dataclass(frozen=True, slots=True)
class EventScorer:
    """The learned numbers and labels of the event heads."""

    types: tuple[str, ...]
    factuality: tuple[str, ...]
    parts: PairScorer
    part_tags: tuple[str, ...]
    same: PairScorer
    roles: RoleScorer


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the triggers of one document: lines and sentences as word ranges, and the trees.

    `hints` (words,): 1 for a word that often names an event, -1 for one that alone never does, else 0.
    """

    lines: Sequence[Range]
    sentences: Sequence[Range]
    syntax: Syntax
    relation_tags: tuple[str, ...]
    hints: NDArray[np.int64]


def happenings(
    words: Sequence[Range], wide: Floats, scores: Floats, around: Around, scorer: EventScorer
) -> tuple[Happening, ...]:
    """The event mentions of one document; `scores` (words, types + factualities)."""
    kinds = len(scorer.types)
    raised = scores[:, :kinds].copy()
    raised[:, 0] -= np.where(around.hints > 0, KNOWN, EAGER)
    types = softmax(raised)
    found = [
        (at, kind)
        for at, kind in with_verbs(triggers(types, around.lines), types, around)
        if (around.hints[at.start : at.end] >= 0).any()
    ]
    if not found:
        return ()
    again = likenesses([t.start for t, _ in found], wide, scorer.same)
    out = []
    parts = chances_of([at for at, _ in found], wide, scorer)
    framed = frames_of([at for at, _ in found], words, wide, around, scorer)
    for (at, kind), earlier, chances in zip(found, again, parts, strict=True):
        facts = scores[at.start : at.end, kinds:].mean(0)
        out.append(
            Happening(
                characters(words, at),
                scorer.types[kind],
                Factuality(scorer.factuality[int(facts.argmax())]),
                participants(words, chances, at, around, scorer),
                framed[at.start],
                earlier,
                float(types[at.start : at.end, kind].mean()),
            )
        )
    return tuple(out)


def softmax(scores: Floats) -> Floats:
    """Row-wise."""
    out: Floats = np.exp(scores - scores.max(1, keepdims=True))
    out /= out.sum(1, keepdims=True)
    return out


def triggers(types: Floats, lines: Sequence[Range]) -> list[tuple[Range, int]]:
    """Runs of words of one type inside a line, as word range and type number."""
    best = types.argmax(1)
    starts = {line.start for line in lines}
    out: list[tuple[Range, int]] = []
    for i in np.flatnonzero(best):
        kind = int(best[i])
        if out and out[-1][1] == kind and out[-1][0].end == i and int(i) not in starts:
            out[-1] = (Range(out[-1][0].start, int(i) + 1), kind)
        else:
            out.append((Range(int(i), int(i) + 1), kind))
    return out


def with_verbs(found: Sequence[tuple[Range, int]], types: Floats, around: Around) -> list[tuple[Range, int]]:
    """Runs of which one that is a word that alone never names an event takes the verb on which it hangs: "were taken [out]"."""
    out: list[tuple[Range, int]] = []
    for at, kind in found:
        verb = at.start - 1
        led = verb >= 0 and at.end - at.start == 1 and around.syntax.heads[at.start] == verb
        if not led or around.hints[at.start] >= 0 or around.hints[verb] < 0 or types[verb, 0] > 1 - LED:
            out.append((at, kind))
            continue
        if out and out[-1][0].end == at.start:
            before, other = out.pop()
            out.append(
                (Range(before.start, at.end), max(kind, other, key=lambda k: types[verb : at.end, k].sum()))
            )
        else:
            out.append((Range(verb, at.end), kind))
    return out


def likenesses(found: Sequence[int], wide: Floats, scorer: PairScorer) -> list[tuple[float, ...]]:
    """For each trigger the scores that it names the event of each earlier one again, nearest first, `BACK` at most."""
    pairs = [(i, j) for i in range(len(found)) for j in range(i - 1, max(0, i - BACK) - 1, -1)]
    if not pairs:
        return [() for _ in found]
    at = np.array([(found[i], found[j]) for i, j in pairs])
    scores = iter(scorer(wide, at[:, 0], at[:, 1])[:, 0].tolist())
    return [tuple(itertools.islice(scores, min(i, BACK))) for i in range(len(found))]


def chances_of(found: Sequence[Range], wide: Floats, scorer: EventScorer) -> Iterator[Floats]:
    """For each trigger the chances (words near it, tags) that a word is a part of its event."""
    for some in (found[i : i + TOGETHER] for i in range(0, len(found), TOGETHER)):
        near = [np.arange(max(0, at.start - NEAR), min(len(wide), at.end + NEAR)) for at in some]
        left = np.repeat([at.start for at in some], [len(n) for n in near])
        chances = softmax(scorer.parts(wide, left, np.concatenate(near)))
        yield from np.split(chances, np.cumsum([len(n) for n in near])[:-1])


def participants(
    words: Sequence[Range], chances: Floats, at: Range, around: Around, scorer: EventScorer
) -> tuple[Part, ...]:
    """The participants of one trigger; whole phrases, but for times and counts."""
    low = max(0, at.start - NEAR)
    out = []
    for role, a, b, sure in probable_pieces(chances, scorer.part_tags, floor=FLOOR):
        if sure < CERTAIN and role not in ("killed", "wounded"):
            continue
        piece = Range(low + a, low + b)
        if role not in ("time", "killed", "wounded"):
            piece = phrase(piece, at, around, climb=role != "place")
        out.append(Part(role, characters(words, piece), sure))
    return tuple(out)


def phrase(piece: Range, trigger: Range, around: Around, *, climb: bool) -> Range:
    """A piece grown to the phrase of its head word, where that is no long way and does not swallow the trigger.

    One that only describes the noun it stands before ("the American woman") is grown to that noun's, if `climb`.
    """
    heads = around.syntax.heads
    head = next((w for w in range(*piece) if not piece.start <= heads[w] < piece.end), piece.start)
    if climb and around.relation_tags[around.syntax.relations[head]] in BEFORE_NOUNS:
        noun = int(heads[head])
        if piece.end <= noun < piece.end + CLIMB and not trigger.start <= noun < trigger.end:
            head = noun
    whole = extents([head], around.syntax, around.sentences, around.relation_tags)[head]
    grown = Range(min(piece.start, whole.start), max(piece.end, whole.end))
    swallows = grown.start < trigger.end and trigger.start < grown.end
    return piece if swallows or grown.end - grown.start > LONGEST_PHRASE else grown


def frames_of(
    found: Sequence[Range], words: Sequence[Range], wide: Floats, around: Around, scorer: EventScorer
) -> dict[int, tuple[Argument, ...]]:
    """By first word, each trigger's arguments as a predicate of PropBank, without those that overlap it.

    The triggers of one tree are decoded together.
    """
    inside: dict[Range, list[Range]] = {}
    for at in found:
        number = bisect_right(around.sentences, at.start, key=lambda s: s.start) - 1
        inside.setdefault(tree_around(at.start, around.sentences[number]), []).append(at)
    out = {}
    asked = [(sentence, np.array([at.start for at in mine])) for sentence, mine in inside.items()]
    found_of = arguments(words, wide, asked, around.syntax, scorer.roles)
    for mine, rows in zip(inside.values(), found_of, strict=True):
        for at, row in zip(mine, rows, strict=True):
            trigger = characters(words, at)
            out[at.start] = tuple(a for a in row if not a.at.overlaps(trigger))
    return out
