"""Cues of `data/cues.csv` among the words of a document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from accordingto.reading.tables import Cue, ReadingTables
from accordingto.spans import Range


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found by rule: word numbers and its table row."""

    start: int
    end: int
    cue: Cue


class Lemmas:
    """The lemmas of a document's words, made when asked for."""

    def __init__(self, text: str, words: tuple[Range, ...], tables: ReadingTables) -> None:
        self.text, self.words, self.tables = text, words, tables
        self.made: dict[int, str] = {}

    def __getitem__(self, i: int) -> str:
        if i not in self.made:
            form = self.text[slice(*self.words[i])].lower()
            self.made[i] = self.tables.lemma(form)
        return self.made[i]


def longest_cue(lemmas: Lemmas, i: int, end: int, tables: ReadingTables, *, nested: bool) -> Hit | None:
    """The longest table cue that begins at word `i` and may be looked for here."""
    if lemmas[i].partition(" ")[0] not in tables.openings:
        return None
    for size in range(min(5, end - i), 0, -1):
        phrase = " ".join(lemmas[k] for k in range(i, i + size)).split()
        row = tables.cues.get(tuple(phrase))
        if row is not None and (row.nested if nested else row.outside):
            return Hit(i, i + size, row)
    return None


def word_range(starts: list[int], words: tuple[Range, ...], at: Range) -> tuple[int, int]:
    """The word numbers inside a range of characters."""
    return bisect_left(starts, at.start), bisect_left(starts, at.end)
