"""Two accounts → whether they tell of one incident: a score and the sentence that explains it.

The score is the logistic function of the weighted signs (`signs.py`, `nearness.py`); 0.5 and more is a match. The weights
are those of `data/match_weights.csv`, fitted on the reports of `benchmarks/crossreports_train` by
`python -m training.matching`, each held near a prior by hand. What rules a match out altogether is said in one
sentence with score 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from accordingto.ledger import nearness, particulars, signs
from accordingto.ledger.accounts import Account
from accordingto.ledger.differences import differing
from accordingto.ledger.signs import Apart, Sign
from accordingto.vocabularies import table

MATCH = 0.5
Weights = Mapping[str, float]


class WeightRow(msgspec.Struct, frozen=True):
    """A sign, the log-odds that it adds, and the prior near which these were held."""

    sign: str
    weight: float
    prior: float


@cache
def weights() -> Weights:
    """The package's weights, by sign."""
    return {r.sign: r.weight for r in table("match_weights", WeightRow)}


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two accounts tell of one incident, 0 to 1, and why."""

    score: float
    reason: str

    @property
    def is_match(self) -> bool:
        """True from 0.5 on."""
        return self.score >= MATCH


def compare(one: Account, other: Account, *, copies: bool = False, by: Weights | None = None) -> Match:
    """The score of two accounts; the order of the two makes no difference.

    `copies`: their reports are near-copies of each other. `by`: weights other than the package's.
    """
    a, b = (one, other) if one.order <= other.order else (other, one)
    if a.key == b.key:
        return Match(1.0, "the same words of the same document")
    worth = weights() if by is None else by
    try:
        found = seen(a, b, copies=copies, by=worth)
    except Apart as apart:
        return Match(0.0, str(apart))
    points = sum(worth[s.name] * s.strength for s in found)
    words = [s.words for s in found if s.words]
    score = 1 / (1 + math.exp(-points))
    return Match(round(score, 4), ", ".join(dict.fromkeys(words)) or "nothing in common but the type")


def seen(a: Account, b: Account, *, copies: bool, by: Weights) -> list[Sign]:
    """All signs of two accounts in their canonical order; of several readings of the times the likeliest.

    Raises:
        Apart: where something rules a match out.
    """
    found = [Sign("base"), *signs.kind(a, b)]
    readings = nearness.when(a, b)
    found += max(readings, key=lambda r: sum(by[s.name] for s in r))
    found += nearness.where(a, b)
    for find in (
        signs.site,
        signs.figures,
        signs.who,
        differing,
        signs.wording,
        particulars.outcome,
        particulars.one_toll,
    ):
        found += find(a, b)
    if copies and a.type == b.type and a.trigger == b.trigger:
        found.append(Sign("copies", "one report copies the other"))
    else:
        found += particulars.nothing_alike(a, b, found)
        found = particulars.without_names(found)
    return found
