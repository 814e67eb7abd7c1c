"""Which mention of an event is its fullest: where it is named most plainly, so where its trigger is.

A conditional logit (McFadden 1974) over the mentions of one event: of `features`, weighed by `WEIGHTS`, the highest sum is the fullest.
The weights are fitted by `python -m training.fullest` on the marked newswire articles most dense in events, read by a network that had not learned
from them; two were set anew with the network that has, one by judgement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordingto.reading.eventparts import PRONOUNS
from accordingto.reading.layers import Happening, Layers
from accordingto.reading.mentions import OUTCOMES, WORD, named_again
from accordingto.record import Factuality
from accordingto.spans import Range

DYING = re.compile(r"(?:kill|die[sd]?$|dying|dead|deaths?$|fatal)", re.I)
LIGHT = re.compile(r"(?:events?|incidents?|actions?|operations?|violence|tragedy|crisis|crime)$", re.I)
THOUGHT = frozenset((Factuality.POSSIBLE, Factuality.CONDITIONAL, Factuality.PLANNED))
LATEST = 5  # mentions that come later count alike
WEIGHTS = {
    "actor": 0.68,  # told in the mention's own sentence; half where a pronoun tells it
    "target": 0.82,
    "time": 1.00,
    "names": 1.79,  # a noun that names what its verb only carries on: "a second strike hit …"
    "again": -0.76,  # a definite noun, which names again what was told before
    "headline": -1.40,  # this and the last one set anew with the next network: gold/dev and articles held out
    "outcome": -0.87,  # death, where the event may be an attack
    "thought": -0.60,  # possible, planned, conditional; by judgement, for an event's factuality is its fullest mention's (the fit says -0.02)
    "sureness": 1.79,  # the network's
    "later": -0.40,  # for each mention before it
}


def features(
    text: str, mention: Happening, place: int, layers: Layers, headlines: Sequence[Range], *, names: bool
) -> NDArray[np.float64]:
    """Shape (10,), in the order of `WEIGHTS`; `place` is the mention's among those of its event in text order, from 0."""
    around = next((s for s in layers.sentences if s.contains(mention.trigger)), mention.trigger)
    phrases = {p.at: p.role for p in mention.parts}
    told = {"actor": 0.68, "target": 0.82, "time": 1.00}
    for p in mention.parts:
        if p.role in told and around.contains(p.at) and phrases[p.at] == p.role:
            words = {w.casefold() for w in WORD.findall(text[p.at.start : p.at.end])}
            told[p.role] = max(told[p.role], 0.5 if words <= PRONOUNS else 1.0)
    return np.array(
        [
            *told.values(),
            names,
            named_again(text, mention.trigger) or LIGHT.match(text[slice(*mention.trigger)]) is not None,
            any(h.contains(mention.trigger) for h in headlines),
            mention.type in OUTCOMES or DYING.match(text, *mention.trigger) is not None,
            mention.factuality in THOUGHT,
            mention.score,
            min(place, LATEST),
        ],
        float,
    )


def fullest(rows: Sequence[NDArray[np.float64]]) -> int:
    """The number of the fullest mention, by the features of each."""
    return int((np.array(rows) @ np.array(list(WEIGHTS.values()))).argmax())
