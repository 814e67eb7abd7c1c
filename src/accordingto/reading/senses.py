"""In which sense a mention names an event: what the words beside it tell, and one sense of a word throughout a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.layers import Happening
from accordingto.reading.mentions import stem

BESIDE = 45  # characters around a trigger that may tell its sense


def sense(text: str, mention: Happening, senses: Sequence[tuple[re.Pattern[str], str, str]]) -> str | None:
    """The type that the words beside a trigger tell, where `event_senses.csv` knows them: "" where it is no event."""
    start, end = mention.trigger
    for pattern, wrong, right in senses:
        if mention.type in (wrong, right) and any(
            m.start() < end and start < m.end()
            for m in pattern.finditer(text, max(0, start - BESIDE), end + BESIDE)
        ):
            return right
    return None


def one_sense(text: str, mentions: Sequence[Happening], told: Sequence[str | None] = ()) -> list[Happening]:
    """Mentions of one word take the type that the document is surest of (one sense per discourse: Gale et al. 1992).

    `told` are the types that the words beside each mention tell: those stay, and where they tell of two senses of the word, all do.
    """
    told = told or [None] * len(mentions)
    sums: dict[str, dict[str, float]] = {}
    known: dict[str, set[str]] = {}
    for h, type in zip(mentions, told, strict=True):
        word = stem(text, h.trigger)
        mine = sums.setdefault(word, {})
        mine[type or h.type] = mine.get(type or h.type, 0.0) + h.score
        known.setdefault(word, set()).update([type] if type else [])
    best = {word: max(types, key=lambda t: types[t]) for word, types in sums.items()}
    words = [stem(text, h.trigger) for h in mentions]
    return [
        replace(h, type=t or (h.type if len(known[w]) > 1 else best[w]))
        for h, t, w in zip(mentions, told, words, strict=True)
    ]
