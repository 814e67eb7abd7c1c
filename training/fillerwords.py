"""How often candidates with given words fill MUC-4's roles in the train part, as features.

Of each candidate six keys count: its head, its whole string, what governs it and how, its head with the word before it,
the next word, and the head together with what governs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.mentions import bare
from training.fillerstrings import ROLES, Place, Prose, hashed

Floats = NDArray[np.float32]
KINDS = 6
WIDTH = KINDS * (len(ROLES) + 1)
DOUBT = 3.0  # messages' weight of the chance of any candidate; a guess
FEWEST = 3  # messages that a key needs
ALONG = ("conj", "flat", "appos", "compound")  # relations that are followed up to what governs the whole
DESCRIBING = ("ADJ", "NOUN", "PROPN", "VERB", "NUM")
Keys = tuple[int, ...]


def keys(prose: Prose, place: Place, called: str) -> Keys:
    """A candidate's keys, one of each kind, hashed."""
    head = at = place.head
    for _ in range(4):
        if prose.relations[at] not in ALONG or prose.heads[at] == at:
            break
        at = prose.heads[at]
    up, word = prose.heads[at], bare(prose.words[head])
    governor = (bare(prose.words[up]) if up != at else "") + "/" + prose.relations[at]
    beside = [
        prose.words[i]
        for i in range(max(0, head - 4), head)
        if prose.heads[i] == head and prose.tags[i] in DESCRIBING
    ]
    following = prose.words[head + 1] if head + 1 < len(prose.words) else ""
    kinds = (word, called, governor, " ".join((*beside[-1:], word)), following, f"{governor}/{word}")
    return tuple(hashed(f"{n} {k}") for n, k in enumerate(kinds))


@dataclass(frozen=True, slots=True, eq=False)
class Habits:
    """For each key the log-odds of each role against any candidate's, and the logarithm of its messages."""

    rows: Mapping[int, Floats]

    def features(self, found: Sequence[Keys]) -> Floats:
        """Shape (candidates, `WIDTH`); zeros for keys that are not known."""
        out = np.zeros((len(found), KINDS, len(ROLES) + 1), np.float32)
        for i, mine in enumerate(found):
            for k, key in enumerate(mine):
                if (row := self.rows.get(key)) is not None:
                    out[i, k] = row
        return out.reshape(len(found), WIDTH)


class Counts:
    """Counts of messages by key: a key's share of a role in one message is its candidates' mean."""

    def __init__(self, messages: Iterable[tuple[Sequence[Keys], Floats]]) -> None:
        """`messages` are candidates' keys and what they fill, (candidates, roles)."""
        self._sums: dict[int, Floats] = defaultdict(lambda: np.zeros(len(ROLES) + 1, np.float32))
        filled: list[Floats] = []
        for found, fills in messages:
            filled.append(fills)
            for key, share in shares(found, fills).items():
                self._sums[key] += share
        self._usual = np.maximum(np.concatenate(filled).mean(0), 1e-4)

    def habits(self, but: tuple[Sequence[Keys], Floats] | None = None) -> Habits:
        """The habits of all messages; `but` is one that is left out, whose keys alone are answered then."""
        left = {} if but is None else shares(*but)
        wanted: Iterable[int] = self._sums if but is None else (k for k in left if k in self._sums)
        rows = {}
        for key in wanted:
            told = self._sums[key]
            if told[-1] < FEWEST:
                continue
            row = told - left[key] if key in left else told
            chance = (row[:-1] + DOUBT * self._usual) / (row[-1] + DOUBT)
            rows[key] = np.append(np.log(chance / self._usual), np.log1p(row[-1])).astype(np.float32)
        return Habits(rows)


def shares(found: Sequence[Keys], fills: Floats) -> dict[int, Floats]:
    """Of one message, by key: the mean of what its candidates fill, and 1."""
    rows: dict[int, list[int]] = defaultdict(list)
    for i, mine in enumerate(found):
        for key in mine:
            rows[key].append(i)
    return {k: np.append(fills[i].mean(0), 1).astype(np.float32) for k, i in rows.items()}
