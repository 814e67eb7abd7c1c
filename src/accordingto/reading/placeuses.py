"""The words of `data/place_uses.csv`, and what those before a name tell: whether it is used as a place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

from accordingto.errors import UserError
from accordingto.reading.lemmas import endings
from accordingto.spans import Range
from accordingto.vocabularies import table

BEFORE = re.compile(r"[\w’'-]+|[^\w\s]")
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


def role_at(text: str, at: Range, uses: PlaceUses) -> bool:
    """Whether someone is said to hold an office "at" an institution: "a lecturer at the university"."""
    words = words_before(text, at.start, uses)
    return words[:1] in (["at"], ["of"], ["in"]) and any(uses.has(w, Use.ROLE) for w in words[1:])


def words_before(text: str, start: int, uses: PlaceUses) -> list[str]:
    """Up to six words before, nearest first, on the same line; those that may stand between are skipped."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 70) : start]
    words: list[str] = BEFORE.findall(line)[::-1]
    while words and uses.has(words[0], Use.SKIP):
        words.pop(0)
    return words[:6]


def beside_place(text: str, at: Range, uses: PlaceUses) -> bool:
    """Whether a preposition of place, or an attack, stands right before."""
    if re.search(r"['’]s\s+$", text[max(0, at.start - 4) : at.start]):
        return True
    words = words_before(text, at.start, uses)
    if not words:
        return False
    first = words[0].casefold()
    if first in uses.words[Use.LOCATIVE] or uses.has(first, Use.TARGET):
        return True
    return first in ("on", "to", "from", "of") and any(
        uses.has(w, Use.ATTACK) or uses.has(w, Use.MOTION) or uses.has(w, Use.PART) for w in words[1:5]
    )


def words_tell(words: Sequence[str], uses: PlaceUses) -> bool:
    """Whether the words before a name, nearest first, make it a place."""
    if not words:
        return False
    first, rest = words[0].casefold(), words[1:6]
    near = rest[:4]
    if (
        first in ("toward", "towards")
        and rest
        and uses.has(rest[0], Use.ACT)
        and not uses.has(rest[0], Use.ATTACK)
    ):
        return False  # "its policy toward Chad"
    if first == "with":
        return bool(rest) and uses.has(rest[0], Use.MOTION)  # "the border with Chad"
    if first in uses.words[Use.LOCATIVE] or (len(words[0]) > 4 and uses.has(first, Use.MOTION)):
        return True
    if first in ("on", "against"):
        return any(uses.has(w, Use.ATTACK) for w in near)
    if first == "of" and rest and rest[0].casefold() in ("outside", "inside", "out"):
        return True
    if first == "of":
        return any(uses.has(w, Use.ATTACK) or uses.has(w, Use.PART) for w in rest[:2])
    if first == "from":
        return not any(uses.has(w, Use.ACT) for w in rest[:3])
    if first == "to":
        return any(uses.has(w, Use.MOTION) for w in rest)
    if first == "between":
        return any(uses.has(w, Use.MOTION) for w in near)
    if first == "for":
        return any(uses.has(w, Use.MOTION) for w in rest[:2])
    return uses.has(first, Use.TARGET)


def attacked(text: str, at: Range, uses: PlaceUses) -> bool:
    """Whether an attack and its preposition stand right before a name: "strikes on"."""
    first, *rest = words_before(text, at.start, uses) or [""]
    return first.casefold() in ("on", "of", "against", "at") and uses.has("".join(rest[:1]), Use.ATTACK)
