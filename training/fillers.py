"""Who and what fills MUC-4's roles, by a small head on our network's outputs: candidates, features, the head itself.

A candidate is the head word of a noun phrase; candidates that are called the same are one entity. A candidate's features are the
network's vectors for pairs at the word, its scores of names and of triggers there and on the message's average, the class of its
name, its parts in the event mentions around it, where and how often it stands, and how often its words fill the roles in
the train part. One hidden layer gives its score for each role; an entity's is the log-sum-exp of its candidates'. By which
words it is quoted is chosen at its surest place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.layers import Layers
from accordingto.reading.learned import Decoder, Scores
from accordingto.reading.parsing import extents
from accordingto.reading.triggers import softmax
from accordingto.spans import Range
from training.fillerstrings import ROLES, Choice, Place, Prose
from training.fillerwords import Habits, Keys, keys
from training.mucstrings import core, normal

HEAD = Path(__file__).parent.parent / "benchmarks/muc_head.npz"
LABELS = ("Person", "Location", "Organization", "NORP", "Date", "Misc", "Money", "Facility", "Product")
TYPES = tuple(
    "attack bombing strike killing destruction detention abuse threat clash death accusation legal".split()
)
PARTS = ("actor", "target", "instrument", "place", "recipient")
WIDTH = len(PARTS) + 4  # a type's features: its parts, ARG0, ARG1, same sentence, trigger
EXTRAS = 4
FAINT = 0.01  # the chance from which an entity is looked at
Floats = NDArray[np.float32]
Ranked = list[tuple[float, str]]  # chance and string, the surest first


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A message's candidates: what each is called, the likeliest first, and their features (candidates, features).

    `words` are their keys in the counts of words, `places` where they stand in `prose`.
    """

    names: tuple[tuple[str, ...], ...]
    features: Floats
    words: tuple[Keys, ...]
    places: tuple[Place, ...]
    prose: Prose

    def entities(self) -> NDArray[np.int64]:
        """Shape (candidates,): the number of the entity that each belongs to."""
        numbers: dict[str, int] = {}
        return np.array([numbers.setdefault(called[0], len(numbers)) for called in self.names], np.int64)


def look(
    text: str, layers: Layers, scores: Scores, decoder: Decoder, told: Mapping[str, Sequence[Sequence[str]]]
) -> Look:
    """The candidates of one message; `told` are the fillers that the rules over its events give, role → entities → strings."""
    assert layers.syntax is not None
    starts = [w.start for w in layers.words]

    def words(at: Range) -> Range:
        return Range(bisect_left(starts, at.start), bisect_left(starts, at.end))

    sentences = tuple(words(s) for s in layers.sentences)
    nouns = [decoder.pos_tags.index(p) for p in ("NOUN", "PROPN")]
    heads = np.flatnonzero(np.isin(layers.syntax.pos, nouns))
    named = {i: (n.label, words(n.at)) for n in layers.names for i in range(*words(n.at))}
    plain = around(layers, words, sentences)
    phrases = extents([int(i) for i in heads], layers.syntax, sentences, decoder.relation_tags)
    prose = Prose.of(text, layers, decoder.pos_tags, decoder.relation_tags)
    chars = prose.chars
    names, places = [], []
    for i in (int(h) for h in heads):
        at = phrases[i]
        place = Place(i, at)
        whole, front = chars(at), chars(Range(at.start, i + 1))
        called = [normal(c) for c in (core(whole), core(front), whole, front, chars(Range(i, i + 1)))]
        if i in named:
            label, name = named[i]
            place = Place(i, at, name, label)
            plain[i, LABELS.index(label)] = 1
            plain[i, -1] = i != name.end - 1
            called.insert(0, normal(chars(name)))
        plain[i, -2] = layers.syntax.pos[i] == nouns[1]
        plain[i, -3] = i / len(starts)
        called = [c for c in dict.fromkeys(called) if c]
        if called:
            names.append(tuple(called))
            places.append(place)
    kept = [p.head for p in places]
    fills = softmax(scores.fillers)
    plainly = np.concatenate([scores.names, scores.triggers, fills], 1)
    mean = np.repeat(np.concatenate([plainly.mean(0), fills.max(0)])[None], len(kept), 0)
    vectors = scores.wide[kept, decoder.roles.pairs.at :]  # those of the trees stand before
    mine = surest([c[0] for c in names], fills[kept])
    stands = standing([c[0] for c in names], kept, sentences, chain_sizes(layers, words))
    features = np.concatenate(
        [vectors, plainly[kept], mean, mine, by_rules(names, told), plain[kept], stands], 1
    )
    found = tuple(keys(prose, p, c[0]) for p, c in zip(places, names, strict=True))
    return Look(tuple(names), features.astype(np.float32), found, tuple(places), prose)


def chain_sizes(layers: Layers, words: Callable[[Range], Range]) -> dict[int, int]:
    """By head word, the phrases of the chain that it belongs to."""
    return {words(p.head).start: len(chain) for chain in layers.chains for p in chain}


def standing(
    names: Sequence[str], kept: Sequence[int], sentences: Sequence[Range], chained: Mapping[int, int]
) -> Floats:
    """Shape (candidates, 9): how often and where first a string stands, and where the candidate itself does."""
    count, first = Counter(names), dict(zip(reversed(names), reversed(kept), strict=True))
    starts, size = [s.start for s in sentences], max((s.end for s in sentences), default=1)
    rows = []
    for name, i in zip(names, kept, strict=True):
        sentence = max(0, bisect_right(starts, i) - 1)
        rows.append(
            (
                np.log1p(count[name]),
                first[name] / size,
                first[name] == i,
                min(sentence, 10) / 10,
                sentence == 0,
                sentence / len(starts),
                np.log(size) - 5,
                np.log1p(chained.get(i, 0)),
                np.log1p(i),
            )
        )
    return np.array(rows, np.float32).reshape(len(rows), 9)


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


def around(layers: Layers, words: Callable[[Range], Range], sentences: Sequence[Range]) -> Floats:
    """Each word's parts in the mentions of events; one place in each type's block for each part."""
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
    """The head: features scaled, one hidden layer, the roles; words and strings; and from what chance a role is filled."""

    mean: Floats
    scale: Floats
    inner: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats
    floors: Floats
    habits: Habits
    choice: Choice

    @classmethod
    def load(cls, model: str, path: Path = HEAD) -> Head | None:
        """The weights that `python -m training.muc` wrote; None where it wrote none for this network."""
        if not path.exists():
            return None
        with np.load(path) as file:
            if str(file["model"]) != model:
                return None
            numbers = {k: file[k].astype(np.float32) for k in cls.__slots__ if k in file.files}
            tables = {k: rows_of(file[f"{k}_keys"], file[f"{k}_rows"]) for k in ("habits", "choice")}
        return cls(**numbers, habits=Habits(tables["habits"]), choice=Choice(tables["choice"]))

    def save(self, model: str, path: Path = HEAD) -> None:
        """As half-precision numbers, with the name of the network that it stands on."""
        kept: dict[str, NDArray[Any]] = {
            k: getattr(self, k).astype(np.float16) for k in self.__slots__ if k not in ("habits", "choice")
        }
        for name, table in (("habits", self.habits.rows), ("choice", self.choice.weights)):
            kept[f"{name}_keys"] = np.array(list(table), np.uint64)
            kept[f"{name}_rows"] = np.array(list(table.values()), np.float16)
        np.savez_compressed(path, model=np.array(model), **kept)

    def scores(self, seen: Look) -> Floats:
        """Shape (candidates, roles): each candidate's score for each role, a logit."""
        x = (np.concatenate([seen.features, self.habits.features(seen.words)], 1) - self.mean) / self.scale
        out: Floats = np.maximum(x @ self.inner + self.inner_bias, 0) @ self.outer + self.outer_bias
        return out

    def ranked(self, seen: Look) -> list[Ranked]:
        """For each role the strings to fill it with, one an entity, with the chance that they are right."""
        if not seen.names:
            return [[] for _ in ROLES]
        return ranked(seen, self.scores(seen), self.choice)

    def fillers(self, seen: Look) -> dict[str, list[list[str]]]:
        """Role → entities, one mention each, the surest first."""
        return {
            role: [[s] for chance, s in found if chance >= floor]
            for role, floor, found in zip(ROLES, self.floors, self.ranked(seen), strict=True)
        }


def rows_of(keys: NDArray[np.uint64], rows: NDArray[np.float16]) -> dict[int, Floats]:
    """A table from its file: hashed keys, and their rows."""
    return dict(zip(keys.tolist(), rows.astype(np.float32), strict=True))


def ranked(seen: Look, scores: Floats, choice: Choice) -> list[Ranked]:
    """What `Head.ranked` gives, from the candidates' scores."""
    entity = seen.entities()
    chances, best = pooled(scores, entity)
    cut: dict[int, tuple[list[str], Floats]] = {}
    out = []
    for k in range(len(ROLES)):
        found: Ranked = []
        for e in np.flatnonzero(chances[:, k] >= FAINT):
            i = int(best[e, k])
            if i not in cut:
                cut[i] = choice.chances(seen.prose, seen.places[i])
            strings, fits = cut[i]
            at = int(fits[:, k].argmax())
            found.append((float(chances[e, k] * fits[at, k]), strings[at]))
        out.append(distinct(sorted(found, key=lambda x: -x[0])))
    return out


def pooled(scores: Floats, entity: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Both (entities, roles): the chance of each entity, by the log-sum-exp of its candidates, and its surest candidate."""
    chances = np.zeros((int(entity.max()) + 1, scores.shape[1]), np.float32)
    best = np.zeros(chances.shape, np.int64)
    for e in range(len(chances)):
        mine = np.flatnonzero(entity == e)
        best[e] = mine[scores[mine].argmax(0)]
        chances[e] = 1 / (1 + np.exp(-np.logaddexp.reduce(scores[mine], 0)))
    return chances, best


def distinct(found: Ranked) -> Ranked:
    """The strings without those that share all words with a surer one, or are its first letters."""
    kept: Ranked = []
    for chance, s in found:
        words = set(s.split())
        if not any(words <= set(k.split()) or set(k.split()) <= words or short(s, k) for _, k in kept):
            kept.append((chance, s))
    return kept


def short(one: str, other: str) -> bool:
    """Whether one of two names is the other's first letters: "eln", "army of national liberation"."""
    letters, name = sorted((one, other), key=lambda s: len(s.split()))
    if " " in letters or " " not in name:
        return False
    firsts = [w[0] for w in name.split() if w not in ("of", "the", "for", "and", "de", "la", "del")]
    return sorted(letters) == sorted(firsts)
