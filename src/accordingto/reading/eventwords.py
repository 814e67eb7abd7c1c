"""Words that often name events, from `data/events.csv` and the user's own: where the reader is readier to see one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from accordingto.reading.lemmas import endings
from accordingto.spans import Range
from accordingto.vocabularies import table, type_codes

NEVER = "never"


class EventWord(msgspec.Struct, frozen=True):
    """One row: a lemma and the type that it names most, or "never"."""

    lemma: str
    type: str


class EventWords:
    """The table, with what it says of every form met so far."""

    def __init__(self, rows: Sequence[EventWord], irregular: Mapping[str, str]) -> None:
        self._lemmas = {r.lemma: -1 if r.type == NEVER else 1 for r in rows}
        self._never = frozenset(r.lemma for r in rows if r.type == NEVER)
        self._irregular = irregular
        self._forms: dict[str, int] = {}

    @classmethod
    def load(cls, irregular: Mapping[str, str], extra_dir: Path | None = None) -> EventWords:
        """The package's rows and the user's own; `irregular` maps irregular forms to lemmas.

        Raises:
            UserError: where the user's table is malformed or names a type that there is not.
        """
        known = {"type": type_codes(extra_dir, besides=frozenset({NEVER}))}
        return cls(table("events", EventWord, extra_dir=extra_dir, known=known), irregular)

    def hints(self, text: str, words: Sequence[Range]) -> NDArray[np.int64]:
        """Shape (words,): 1 for a word that often names an event, -1 for one that never does alone or has no letter, else 0."""
        return np.array([self.hint(text[a:b]) for a, b in words], np.int64)

    def hint(self, word: str) -> int:
        """What the table says of one word in any of its forms; "never" is said of no form but the one that is listed ("back", not "backed")."""
        form = word.lower()
        if form not in self._forms:
            inflected = (e for e in endings(form) if e == form or e not in self._never)
            candidates = (self._irregular.get(form, form), *inflected)
            plain = 0 if any(c.isalpha() for c in form) else -1
            self._forms[form] = next((self._lemmas[c] for c in candidates if c in self._lemmas), plain)
        return self._forms[form]
