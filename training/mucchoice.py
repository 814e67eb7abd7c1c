"""The choice of strings fitted: for every candidate that fills a role, the cuts that the key quotes against the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.fillers import Look
from training.fillerstrings import ROLES, Choice, cuts, traits

Floats = NDArray[np.float32]
FEWEST = 4  # lessons that a trait needs
EPOCHS = 12
RATE = 0.1
DECAY = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One candidate's cuts under one role: each cut's traits, and which cuts the key quotes."""

    role: int
    traits: tuple[tuple[int, ...], ...]
    right: NDArray[np.bool_]


def lessons(seen: Look, strings: Sequence[set[str]]) -> list[Lesson]:
    """The lessons of one message, each set of cuts once a role; `strings` are those of the key, by role."""
    found: dict[tuple[int, tuple[str, ...]], Lesson] = {}
    for place in seen.places:
        ways = cuts(seen.prose, place)
        for role, quoted in enumerate(strings):
            right = np.array([w in quoted for w in ways])
            if right.any() and not right.all() and (role, tuple(ways)) not in found:
                told = tuple(tuple(traits(seen.prose, place, at)) for at in ways.values())
                found[role, tuple(ways)] = Lesson(role, told, right)
    return list(found.values())


def fitted(taught: Iterable[Lesson], *, seed: int) -> Choice:
    """Weights under which the right cuts are likeliest together (AdaGrad, one lesson a step)."""
    taught = list(taught)
    count = Counter(t for x in taught for cut in x.traits for t in cut)
    numbers = {t: n for n, t in enumerate(t for t, c in count.items() if c >= FEWEST)}
    known = [
        (x.role, [np.array([numbers[t] for t in cut if t in numbers]) for cut in x.traits], x.right)
        for x in taught
    ]
    weights = np.zeros((len(numbers), len(ROLES) + 1))
    steps = np.full(weights.shape, 1e-8)
    rng = np.random.default_rng(seed)
    for n in (n for _ in range(EPOCHS) for n in rng.permutation(len(known))):
        role, told, right = known[n]
        scores = np.array([weights[t, role].sum() + weights[t, -1].sum() for t in told])
        chance = np.exp(scores - scores.max())
        chance /= chance.sum()
        wanted = chance * right / (chance * right).sum()
        for over, t in zip(chance - wanted, told, strict=True):
            for column in (role, len(ROLES)):
                slope = over + DECAY / len(known) * weights[t, column]
                steps[t, column] += slope * slope
                weights[t, column] -= RATE * slope / np.sqrt(steps[t, column])
    return Choice({t: weights[n].astype(np.float32) for t, n in numbers.items()})
