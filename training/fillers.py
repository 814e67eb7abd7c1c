"""Who and what fills MUC-4's roles, by a small head on our network's outputs: candidates, features, the head itself.

A candidate is the head word of a noun phrase; what it is called is its phrase cut in several ways. Its features are the
network's vectors for pairs at the word, its scores of names and of triggers there and on the message's average, the class of its
name, and its parts in the event mentions around it. One hidden layer gives the chance of each role; strings are judged
by their surest place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Layers
from accordingto.reading.learned import Decoder, Scores
from accordingto.reading.parsing import extents
from accordingto.reading.triggers import softmax
from accordingto.spans import Range
from training.mucstrings import core, normal

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
HEAD = Path(__file__).parent.parent / "benchmarks/muc_head.npz"
LABELS = ("Person", "Location", "Organization", "NORP", "Date", "Misc", "Money", "Facility", "Product")
TYPES = tuple(
    "attack bombing strike killing destruction detention abuse threat clash death accusation legal".split()
)
PARTS = ("actor", "target", "instrument", "place", "recipient")
WIDTH = len(PARTS) + 4  # a type's features: its parts, ARG0, ARG1, same sentence, trigger
EXTRAS = 4
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A message's candidates: what each is called, the likeliest first, and their features (candidates, features)."""

    names: tuple[tuple[str, ...], ...]
    features: Floats


def look(
    text: str, layers: Layers, scores: Scores, decoder: Decoder, told: Mapping[str, Sequence[Sequence[str]]]
) -> Look:
    """The candidates of one message; `told` are the fillers that the rules over its events give, role → entities → strings."""
    assert layers.syntax is not None
    starts = [w.start for w in layers.words]
    words = lambda at: Range(bisect_left(starts, at.start), bisect_left(starts, at.end))  # noqa: E731
    sentences = tuple(words(s) for s in layers.sentences)
    nouns = [decoder.pos_tags.index(p) for p in ("NOUN", "PROPN")]
    heads = np.flatnonzero(np.isin(layers.syntax.pos, nouns))
    named = {i: (n.label, words(n.at)) for n in layers.names for i in range(*words(n.at))}
    plain = around(layers, words, sentences)
    phrases = extents([int(i) for i in heads], layers.syntax, sentences, decoder.relation_tags)
    chars = lambda at: text[layers.words[at.start].start : layers.words[at.end - 1].end]  # noqa: E731
    names, kept = [], []
    for i in (int(h) for h in heads):
        at = phrases[i]
        cut = [core(chars(at)), core(chars(Range(at.start, i + 1))), chars(at), chars(Range(at.start, i + 1))]
        called = [normal(c) for c in (*cut, chars(Range(i, i + 1)))]
        if i in named:
            label, name = named[i]
            plain[i, LABELS.index(label)] = 1
            plain[i, -1] = i != name.end - 1
            called.insert(0, normal(chars(name)))
        plain[i, -2] = layers.syntax.pos[i] == nouns[1]
        plain[i, -3] = i / len(starts)
        called = [c for c in dict.fromkeys(called) if c]
        if called:
            names.append(tuple(called))
            kept.append(i)
    fills = softmax(scores.fillers)
    plainly = np.concatenate([scores.names, scores.triggers, fills], 1)
    mean = np.repeat(np.concatenate([plainly.mean(0), fills.max(0)])[None], len(kept), 0)
    vectors = scores.wide[kept, decoder.roles.pairs.at :]  # those of the trees stand before
    mine = surest([c[0] for c in names], fills[kept])
    features = np.concatenate([vectors, plainly[kept], mean, mine, by_rules(names, told), plain[kept]], 1)
    return Look(tuple(names), features.astype(np.float32))


def by_rules(names: Sequence[Sequence[str]], told: Mapping[str, Sequence[Sequence[str]]]) -> Floats:
    """Shape (candidates, 2 x roles): whether the rules give a candidate's string to a role; whether one that shares its words."""
    out = np.zeros((len(names), 2 * len(ROLES)), np.float32)
    for k, role in enumerate(ROLES):
        strings = {normal(s) for entity in told.get(role, ()) for s in entity}
        words = [set(s.split()) for s in strings]
        for i, called in enumerate(names):
            out[i, 2 * k] = any(c in strings for c in called)
            own = set(called[0].split())
            out[i, 2 * k + 1] = any(own <= w or w <= own for w in words)
    return out


def surest(names: Sequence[str], fills: Floats) -> Floats:
    """Shape (candidates, classes): of each class the highest chance that any place of a candidate's string has, and the mean."""
    out = np.zeros((len(names), 2 * fills.shape[1]), np.float32)
    numbers: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        numbers.setdefault(name, []).append(i)
    for mine in numbers.values():
        out[mine] = np.concatenate([fills[mine].max(0), fills[mine].mean(0)])
    return out


def around(layers: Layers, words: object, sentences: Sequence[Range]) -> Floats:
    """Each word's parts in the mentions of events; one place in each type's block for each part."""
    assert callable(words)
    out = np.zeros((len(layers.words), len(LABELS) + len(TYPES) * WIDTH + EXTRAS), np.float32)
    starts = [s.start for s in sentences]
    for h in layers.happenings:
        if h.type not in TYPES:
            continue
        base = len(LABELS) + TYPES.index(h.type) * WIDTH
        for p in h.parts:
            if p.role in PARTS:
                at, column = words(p.at), base + PARTS.index(p.role)
                out[at.start : at.end, column] = np.maximum(out[at.start : at.end, column], p.score)
        for a in h.arguments:
            if a.label in ("ARG0", "ARG1"):
                at = words(a.at)
                out[at.start : at.end, base + len(PARTS) + (a.label == "ARG1")] = 1
        trigger = words(h.trigger)
        sentence = sentences[max(0, bisect_right(starts, trigger.start) - 1)]
        out[sentence.start : sentence.end, base + len(PARTS) + 2] = 1
        out[trigger.start : trigger.end, base + len(PARTS) + 3] = 1
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The head's weights: features scaled, one hidden layer, the roles; and from what chance a role is filled."""

    mean: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    floors: Floats

    @classmethod
    def load(cls, model: str, path: Path = HEAD) -> Head | None:
        """The weights that `python -m training.muc` wrote; None where it wrote none for this network."""
        if not path.exists():
            return None
        with np.load(path) as file:
            if str(file["model"]) != model:
                return None
            return cls(**{k: file[k].astype(np.float32) for k in cls.__slots__})

    def save(self, model: str, path: Path = HEAD) -> None:
        """As half-precision numbers, with the name of the network that it stands on."""
        numbers = {k: getattr(self, k).astype(np.float16) for k in self.__slots__}
        np.savez_compressed(path, model=np.array(model), **numbers)

    def chances(self, seen: Look) -> Floats:
        """Shape (candidates, roles)."""
        x = (seen.features - self.mean) / self.scale
        inner = np.maximum(x @ self.inner + self.inner_bias, 0)
        out: Floats = 1 / (1 + np.exp(-(inner @ self.outer + self.outer_bias)))
        return out

    def fillers(self, seen: Look) -> dict[str, list[list[str]]]:
        """Role → entities, one mention each, the surest first."""
        chances = self.chances(seen)
        return {r: [[s] for s in chosen(seen, chances[:, k], self.floors[k])] for k, r in enumerate(ROLES)}


def chosen(seen: Look, chances: Floats, floor: float) -> list[str]:
    """The strings whose surest place reaches the floor, without those that share all words with a surer one."""
    best: dict[str, float] = {}
    for called, chance in zip(seen.names, chances, strict=True):
        best[called[0]] = max(best.get(called[0], 0.0), float(chance))
    kept: list[str] = []
    for s in sorted((s for s in best if best[s] >= floor), key=lambda s: -best[s]):
        words = set(s.split())
        if not any(words <= set(k.split()) or set(k.split()) <= words or short(s, k) for k in kept):
            kept.append(s)
    return kept


def short(one: str, other: str) -> bool:
    """Whether one of two names is the other's first letters: "eln", "army of national liberation"."""
    letters, name = sorted((one, other), key=lambda s: len(s.split()))
    if " " in letters or " " not in name:
        return False
    firsts = [w[0] for w in name.split() if w not in ("of", "the", "for", "and", "de", "la", "del")]
    return sorted(letters) == sorted(firsts)
