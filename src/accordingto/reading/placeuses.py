"""The words of `data/place_uses.csv`: what stands beside a name and tells whether it is used as a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

from accordingto.errors import UserError
from accordingto.reading.lemmas import endings
from accordingto.vocabularies import table

REMEMBERED = 1 << 14  # words whose uses are kept


class Use(StrEnum):
    """What a word beside a name tells; see the table's head."""

    LOCATIVE = "locative"
    ATTACK = "attack"
    MOTION = "motion"
    TARGET = "target"
    PART = "part"
    HOLDER = "holder"
    SKIP = "skip"
    ROLE = "role"
    ACT = "act"


class UseWord(msgspec.Struct, frozen=True):
    """One row of `place_uses.csv`; `uses` are parted by "|"."""

    word: str
    uses: str


@dataclass(frozen=True, slots=True)
class PlaceUses:
    """The words of each use."""

    words: dict[Use, frozenset[str]]
    of: Callable[[str], frozenset[Use]] = field(init=False)

    def __post_init__(self) -> None:
        @lru_cache(REMEMBERED)
        def of(word: str) -> frozenset[Use]:
            forms = tuple(endings(word.casefold()))
            return frozenset(u for u, known in self.words.items() if any(f in known for f in forms))

        object.__setattr__(self, "of", of)

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> PlaceUses:
        """The package's table, extended by the user's own in `extra_dir`.

        Raises:
            UserError: where it is malformed.
        """
        rows = table("place_uses", UseWord, extra_dir=extra_dir)
        split = {r.word: set(r.uses.split("|")) for r in rows}
        if unknown := {u for uses in split.values() for u in uses} - set(Use):
            raise UserError(f"place_uses.csv: unknown use {sorted(unknown)}; known: {', '.join(Use)}.")
        return cls({use: frozenset(w for w, uses in split.items() if use in uses) for use in Use})

    def has(self, word: str, use: Use) -> bool:
        """Whether a form is, or may be a form of, a word of that use."""
        return use in self.of(word)
