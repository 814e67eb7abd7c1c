"""Which words of a candidate's phrase a key of MUC-4 would quote: the ways to cut it, and a log-linear choice among them.

A key quotes "two men" for a perpetrator but "vehicles" for two burned vehicles, a colonel with his rank where he is
accused and without it where he is killed; so each role weighs the traits of a cut for itself, beside weights that all roles share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Layers
from accordingto.spans import Range
from training.mucstrings import normal

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
Floats = NDArray[np.float32]
BEFORE, BEHIND = 9, 25  # words on either side of the head where a cut may begin or end
ENDS = frozenset(
    "who whom whose which that where when while in at on from near with for to during after before by located "
    "belonging against under was were had has is are of and or as also accused suspected involved commanded wanted "
    "implicated responsible".split()
)  # words before which a cut may end
ARTICLES = ("the", "a", "an")


@dataclass(frozen=True, slots=True, eq=False)
class Prose:
    """A message's words: their ranges, small letters, parts of speech, relations without subtype and heads' numbers."""

    text: str
    at: tuple[Range, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    relations: tuple[str, ...]
    heads: tuple[int, ...]

    @classmethod
    def of(cls, text: str, layers: Layers, pos_tags: tuple[str, ...], relations: tuple[str, ...]) -> Prose:
        """The prose of a message that the network has read."""
        tree = layers.syntax
        assert tree is not None
        return cls(
            text,
            layers.words,
            tuple(text[w.start : w.end].lower() for w in layers.words),
            tuple(pos_tags[p] for p in tree.pos),
            tuple(relations[r].split(":")[0] for r in tree.relations),
            tuple(int(h) for h in tree.heads),
        )

    def chars(self, at: Range) -> str:
        """The characters of a range of words."""
        return self.text[self.at[at.start].start : self.at[at.end - 1].end]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: its head word, its phrase, and the name that the head belongs to, as ranges of words."""

    head: int
    phrase: Range
    name: Range | None = None
    label: str = ""


def cuts(prose: Prose, place: Place) -> dict[str, Range]:
    """The strings that a candidate may be quoted by, as keys are compared; each holds the head."""
    head, phrase, name = place.head, place.phrase, place.name
    low, ends = max(phrase.start, head - BEFORE), {head + 1, phrase.end}
    if name is not None:
        low = min(low, name.start)
        ends.add(name.end)
    for i in range(head + 1, min(phrase.end, head + BEHIND)):
        if prose.words[i] in ENDS or not prose.words[i][0].isalnum():
            ends.add(i)
    out: dict[str, Range] = {}
    for a in range(low, head + 1):
        if prose.words[a] in ARTICLES or not prose.words[a][0].isalnum():
            continue
        for b in sorted(ends):
            string = normal(prose.chars(Range(a, b)))
            if string:
                out.setdefault(string, Range(a, b))
    return out or {normal(prose.words[head]) or prose.words[head]: Range(head, head + 1)}


@cache
def hashed(key: str) -> int:
    """A key as 64 bits: a file of weights holds none of the corpus's words and names."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")


def traits(prose: Prose, place: Place, at: Range) -> Iterator[int]:
    """What tells whether a cut would be quoted, hashed."""
    return map(hashed, described(prose, place, at))


def described(prose: Prose, place: Place, at: Range) -> Iterator[str]:
    """The traits of a cut: where it begins and ends, and the words at its edges, in and out."""
    head, phrase, (a, b) = place.head, place.phrase, at
    begins, ends = place.name if place.name is not None else (-1, -1)
    left = "name" if a == begins else "head" if a == head else "phrase" if a <= phrase.start else "inside"
    right = "name" if b == ends else "head" if b == head + 1 else "phrase" if b == phrase.end else "inside"
    yield "any"
    yield from (f"left {left} {place.label}", f"right {right} {place.label}", f"{left} {right} {place.label}")
    yield from (f"long {min(b - a, 8)}", f"before {min(head - a, 5)}", f"behind {min(b - head, 6)}")
    yield f"last {prose.tags[b - 1]}"
    if a < head:
        yield from (f"first {prose.tags[a]}", f"first {prose.relations[a]}", f"first word {prose.words[a]}")
    else:
        yield "first head"
    if a > phrase.start:
        yield from (f"out {prose.tags[a - 1]}", f"out word {prose.words[a - 1]}")
    else:
        yield "out nothing"
    mode = "with" if b > head + 1 else "without" if b < phrase.end else ""
    if mode:
        follows = prose.words[head + 1] if prose.tags[head + 1] == "ADP" else prose.tags[head + 1]
        yield from (f"{mode} {follows}", f"{mode} {prose.words[head]} {prose.words[head + 1]}")
    if b < phrase.end:
        yield from (f"next {prose.tags[b]} {right}", f"next word {prose.words[b]}")
    if "NUM" in prose.tags[a:head]:
        yield "number"
    if "PUNCT" in prose.tags[a:b]:
        yield "punctuation"


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The weights of traits: one row each, a weight for each role (see `ROLES`) and one that all share."""

    weights: Mapping[int, Floats]

    def chances(self, prose: Prose, place: Place) -> tuple[list[str], Floats]:
        """The cuts and the chance of each to be quoted, shape (cuts, roles)."""
        found = cuts(prose, place)
        scores = np.zeros((len(found), len(ROLES)), np.float32)
        for row, at in zip(scores, found.values(), strict=True):
            for trait in traits(prose, place, at):
                if (mine := self.weights.get(trait)) is not None:
                    row += mine[:-1] + mine[-1]
        out: Floats = np.exp(scores - scores.max(0))
        return list(found), out / out.sum(0)
