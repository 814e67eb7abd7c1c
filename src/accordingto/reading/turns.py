"""Speakers whom no verb names: turns of a transcript and signatures of quotations.

A report that prints an interview word for word has turns (`OKELLO: Who shelled the market?`), often each behind a quotation mark that
nothing closes; there the network takes the name for a part of what is said. Under a quotation of its own line a dash and a name
may say whose it is (`“Nobody asked us.” — Amal Haddad`), on that line or the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordingto.spans import Range

SPEAKER = r"[A-Z][A-Z'’.\-]*[A-Z.]"
LABEL = re.compile(rf"[\"“”‘'\s]*({SPEAKER}(?: {SPEAKER}){{0,3}})\s?(:)\s")
NAME = r"[^\W\d_a-z][\w.'’\-]*"
QUOTED = re.compile(r"[\"“”‘'].*[\"”’']\.?\s*$", re.DOTALL)
SIGNATURE = re.compile(rf"([―—–]|--?)\s*({NAME}(?: (?:{NAME}|(?:al|de|del|bin|la|van|von|y)\b)){{0,5}})$")
LONGEST = 200  # characters of a signature with its dash
LEAST = 3  # turns that a transcript has
INSIDE = "BI"  # after these tags of BIOES a span goes on
Tags = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that name a speaker, the word that stands for the verb (a colon before what is said, a dash after it), and those of what is said."""

    speaker: Range
    mark: int
    said: Range

    @property
    def before(self) -> bool:
        """Whether the speaker is named before what is said."""
        return self.said.start > self.mark


def turns(text: str, words: Sequence[Range], lines: Sequence[Range]) -> tuple[Turn, ...]:
    """The turns of a transcript and the signed quotations of a text.

    `words` are character ranges, `lines` ranges of words. A transcript has at least `LEAST` turns and two speakers, one of whom speaks
    again: single labels in capitals are headings (`CORRECTION: …`). What is signed in capitals alone comes from an agency.
    """
    filled = [line for line in lines if line.end > line.start]
    labels = [
        (m[1], t) for line in filled if (m := opened(text, words, line)) and (t := turn(words, line, m))
    ]
    often = Counter(name for name, _ in labels)
    spoken = len(labels) >= LEAST and len(often) > 1 and max(often.values()) > 1
    out = [t for _, t in labels] if spoken else []
    quoted: Range | None = None  # the line before, where it is a quotation
    for line in filled:
        said = text[words[line.start].start : words[line.end - 1].end].rstrip(". ")
        if (m := SIGNATURE.search(said, max(0, len(said) - LONGEST))) and not m[2].isupper():
            own = m.start() and QUOTED.match(said[: m.start()])
            out += signature(words, line, m, line if own else None if m.start() else quoted)
        quoted = line if QUOTED.match(said) else None
    return tuple(out)


def opened(text: str, words: Sequence[Range], line: Range) -> re.Match[str] | None:
    """The label that a line begins with."""
    return LABEL.match(text, words[line.start].start, words[line.end - 1].end)


def within(words: Sequence[Range], line: Range, start: int, end: int) -> Range | None:
    """The words of a line that are the characters `[start, end)`; None where these cut a word."""
    inner = [i for i in range(line.start, line.end) if start <= words[i].start and words[i].end <= end]
    if not inner or words[inner[0]].start != start or words[inner[-1]].end != end:
        return None
    return Range(inner[0], inner[-1] + 1)


def turn(words: Sequence[Range], line: Range, m: re.Match[str]) -> Turn | None:
    """The turn that a label begins."""
    speaker, colon = within(words, line, *m.span(1)), within(words, line, *m.span(2))
    if speaker is None or colon is None or colon.end == line.end:
        return None
    return Turn(speaker, colon.start, Range(colon.end, line.end))


def signature(words: Sequence[Range], line: Range, m: re.Match[str], quoted: Range | None) -> list[Turn]:
    """The signature that a line ends with, under the quotation that stands in a line; none without one."""
    base = words[line.start].start
    dash, name = (within(words, line, base + m.start(i), base + m.end(i)) for i in (1, 2))
    if dash is None or name is None or quoted is None:
        return []
    return [Turn(name, dash.start, Range(quoted.start, min(quoted.end, dash.start)))]


def told(
    found: Sequence[Turn], tags: Tags, chances: NDArray[np.float32], names: Sequence[str]
) -> tuple[Tags, NDArray[np.float32]]:
    """The tags of attribution and the chances of their spans, where what is said in a turn is its speaker's.

    Args:
        tags: numbers of `names` (BIOES), (words,).
        chances: of the span that a word stands in, (words,).

    A turn where no content stands by the mark stays as it is.
    """
    if not found:
        return tags, chances
    tags, chances = tags.copy(), chances.copy()
    for t in found:
        at = content_by(t, tags, names)
        if at is None:
            continue
        if t.before and at.start < t.said.start:
            paint(tags, Range(at.start, t.said.start), None, names)
            at = Range(t.said.start, at.end)
            paint(tags, at, "content", names)
        chances[at.start : at.end] = 1.0
        for words, kind in ((t.speaker, "source"), (Range(t.mark, t.mark + 1), "cue")):
            if not tags[words.start : words.end].any():
                paint(tags, words, kind, names)
                chances[words.start : words.end] = 1.0
    return tags, chances


def content_by(t: Turn, tags: Tags, names: Sequence[str]) -> Range | None:
    """The content that begins what is said in a turn or, a full stop aside, ends what is signed and has no cue."""
    last = t.said.end - 1
    if t.before:
        start = end = t.said.start
    elif any(names[tag].endswith("-cue") for tag in tags[t.said.start : t.said.end]):
        return None
    else:
        start = end = last if tags[last] or last == t.said.start else last - 1
    if not names[tags[start]].endswith("-content"):
        return None
    while names[tags[start]][0] not in "BS":
        start -= 1
    while names[tags[end]][0] in INSIDE:
        end += 1
    return Range(start, end + 1)


def paint(tags: Tags, at: Range, kind: str | None, names: Sequence[str]) -> None:
    """Make the words one span of a kind, or none."""
    if kind is None:
        tags[at.start : at.end] = 0
    elif at.end - at.start == 1:
        tags[at.start] = names.index(f"S-{kind}")
    else:
        tags[at.start : at.end] = names.index(f"I-{kind}")
        tags[at.start], tags[at.end - 1] = names.index(f"B-{kind}"), names.index(f"E-{kind}")
