"""Old wire copy as prose: lines broken at a fixed width joined, text in capitals given its small letters.

Both keep every offset, so that a report is read as prose and its record points into the report as it was given.
"""

from __future__ import annotations

import re

import msgspec

from accordingto.reading.invisible import seen
from accordingto.reading.layers import Layers
from accordingto.record import Record
from accordingto.spans import Range

BREAK = re.compile(r"(?<=\S)[ \t]*\n(?=\S)")
WIDEST, NARROWEST = 100, 40  # characters of a line in copy of fixed width
FORCED = 0.9  # share of the breaks that must have been forced by the width
FEWEST = 3  # breaks that make a fixed width
CAPITALS = 0.9  # share of capitals among the letters of a text in capitals
FEW_LETTERS = 100
SMALL = frozenset(
    "of the and for in on at to a an de la el del los las y da do dos das e van von bin al".split()
)
ACRONYM = 5  # letters of an organization's one-word name that stays in capitals
NUMBERED = re.compile(r"(?<![\w'’])[^\W\d_]{1,4}(?=-?\d)")  # "M-16", "AK-47", "G7": capitals in prose too
WORD = re.compile(r"(?<![\w'’])[^\W\d_]+")  # not the S of "ARGENTINA'S", nor the TH of "76TH"


def flowing(text: str) -> str:
    """The text with a blank for each line break that only its fixed width made; unchanged for other texts.

    A break was forced where the next line's first word would have made the line longer than the longest.
    """
    breaks = list(BREAK.finditer(text))
    if len(breaks) < FEWEST:
        return text
    width = max(len(line.rstrip()) for line in text.split("\n"))
    if not NARROWEST <= width <= WIDEST:
        return text
    forced = [m for m in breaks if full(text, m, width)]
    if len(forced) < FORCED * len(breaks):
        return text
    out = list(text)
    for m in forced:
        out[m.end() - 1] = " "
    return "".join(out)


def full(text: str, at: re.Match[str], width: int) -> bool:
    """Whether a line had no room for the word after its break; two characters are left for a typist's eye."""
    line = at.start() - (text.rfind("\n", 0, at.start()) + 1)
    word = re.match(r"\S+", text[at.end() : at.end() + width])
    return line + 1 + (len(word[0]) if word else 0) > width - 2


def in_capitals(text: str) -> bool:
    """Whether a text is set in capitals."""
    letters = sum(map(str.isalpha, text))
    return letters >= FEW_LETTERS and sum(map(str.isupper, text)) >= CAPITALS * letters


def recased(text: str, layers: Layers, proper: int | None = None) -> str:
    """A text in capitals with capitals only where prose has them: names, first words of sentences, short acronyms.

    `proper` is the number of the tag for proper nouns in `layers.syntax`.
    """
    out = [small(c) for c in text]

    def raise_word(start: int) -> None:
        out[start] = text[start]

    for kept in NUMBERED.finditer(text):
        out[slice(*kept.span())] = kept[0]
    for sentence in layers.sentences:
        if first := WORD.search(text, *sentence):
            raise_word(first.start())
    for number, at in enumerate(layers.words):
        if layers.syntax is not None and layers.syntax.pos[number] == proper and WORD.match(text, *at):
            raise_word(at.start)
    for name in layers.names:
        words = list(WORD.finditer(text, *name.at))
        short = name.label == "Organization" and len(words) == 1 and len(words[0][0]) <= ACRONYM
        for n, word in enumerate(words):
            if short:
                out[word.start() : word.end()] = text[word.start() : word.end()]
            elif n == 0 or word[0].lower() not in SMALL:
                raise_word(word.start())
    return "".join(out)


def small(letter: str) -> str:
    """A letter's small form where that is one character too."""
    low = letter.lower()
    return low if len(low) == 1 else letter


def as_given(record: Record, text: str) -> Record:
    """A record that was made on prose, with every span's words, and every place, as they stand in the report."""
    shown = seen(text)

    def restored(value: object) -> object:
        if isinstance(value, list | tuple):
            return [restored(v) for v in value]
        if not isinstance(value, dict):
            return value
        if {"start", "end"} <= value.keys():
            at = shown.as_given(Range(value["start"], value["end"]))
            value = {**value, **at._asdict()}
            value |= {"text": text[slice(*at)]} if "text" in value else {}
        return {k: restored(v) for k, v in value.items()}

    plain = msgspec.to_builtins(record)
    document = {**plain.pop("document"), "text": text}
    parts = [restored(p) for p in document.pop("parts", ())]
    return Record.from_dict(
        {"document": {**document, "parts": parts}, **{k: restored(v) for k, v in plain.items()}}
    )
