"""Speakers whom no verb names: turns of a transcript and signatures of quotations.

A report that prints an interview word for word has turns (`OKELLO: Who shelled the market?`), often each behind a quotation mark that
nothing closes; there the network takes the name for a part of what is said. Under a quotation of its own line a dash and a name
may say whose it is (`“Nobody asked us.” — Amal Haddad`), on that line or the next. Nobody's words go on past the next turn, nor past the
clock that heads the next entry of a live page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from accordingto.spans import Range

LETTER = r"[^\W\d_a-z]"  # `opened` sees to it that it is a capital
SPEAKER = rf"{LETTER}(?:{LETTER}|['’.\-])*(?:{LETTER}|\.)"
DESK = rf"(?:, {SPEAKER}(?: {SPEAKER}){{0,3}}| \([^()\n]{{2,30}}\))?"  # "HADDAD, HOST:", "HADDAD (through interpreter):"
LABEL = re.compile(
    rf"[\"“”‘'\s]*({SPEAKER}(?: (?:{SPEAKER}|\d\d?)){{0,3}}|[A-Z]){DESK}\s?(:|(?<=\b[QA])\.)\s"
)
TALK = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b|\?")
OWN_WORDS = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
QUOTES = "\"“”‘'"
QUESTION_AND_ANSWER = frozenset("QA")
ZONE = r"(?:GMT|UTC|[A-Z]{1,3}[SD]?T)\b"
STAMP = re.compile(
    rf"^[^\w\n]{{0,3}}(?:[01]?\d|2[0-3])(?:[:h][0-5]\d\b|\.[0-5]\d\s?(?:[ap]\.?m\b|{ZONE})|\s?[ap]\.?m\b\.?(?:\s{ZONE}|\W*$))",
    re.M,
)  # a line that a clock opens
NAME = r"[^\W\d_a-z][\w.'’\-]*"
NAMED = re.compile(rf"[\"“”‘'\s]*({NAME}(?: {NAME}){{0,3}})\s?(:)\s")
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

    `words` are character ranges, `lines` ranges of words. Single labels in capitals are headings (`CORRECTION: …`), see `spoken`, and
    names that open lines without talk those of a digest. What is signed in capitals alone comes from an agency.
    """
    filled = [line for line in lines if line.end > line.start]
    out: list[Turn] = []
    for label, often in FORMS:
        found = [
            (m, t)
            for line in filled
            if (m := opened(label, text, words[line.start].start, words[line.end - 1].end))
            and (t := turn(words, line, m))
        ]
        labelled = [(m[1], text[words[t.said.start].start : words[t.said.end - 1].end]) for m, t in found]
        if not out and often(Counter(name for name, _ in labelled)) and sounding(labelled):
            out = going_on(text, words, filled, [t for _, t in found])
    quoted: Range | None = None  # the line before, where it is a quotation
    for line in filled:
        said = text[words[line.start].start : words[line.end - 1].end].rstrip(". ")
        if (m := SIGNATURE.search(said, max(0, len(said) - LONGEST))) and not m[2].isupper():
            own = m.start() and QUOTED.match(said[: m.start()])
            out += signature(words, line, m, line if own else None if m.start() else quoted)
        quoted = line if QUOTED.match(said) else None
    return tuple(out)


def spoken(labels: Counter[str]) -> bool:
    """Whether labels that open lines are those of a transcript: at least `LEAST` and of two speakers, one of whom speaks again, or a Q and an A."""
    again = labels.total() >= LEAST and len(labels) > 1 and max(labels.values()) > 1
    return again or labels.keys() == QUESTION_AND_ANSWER


def spoken_by_names(labels: Counter[str]) -> bool:
    """Whether names in small letters are labels of a transcript: two of them speak again."""
    return sum(often > 1 for often in labels.values()) > 1


def sounding(labelled: Sequence[tuple[str, str]]) -> bool:
    """Whether at least half of what stands behind labels sounds like talk between people: no digest of places does."""
    return 2 * sum(TALK.search(said) is not None for _, said in labelled) >= len(labelled)


FORMS = ((LABEL, spoken), (NAMED, spoken_by_names))


def is_transcript(text: str) -> bool:
    """Whether the lines of a text are those of a transcript."""
    lines = text.splitlines()
    for label, often in FORMS:
        labelled = [(m[1], line[m.end() :]) for line in lines if (m := opened(label, line, 0, len(line)))]
        if often(Counter(name for name, _ in labelled)) and sounding(labelled):
            return True
    return False


def entries(
    text: str, words: Sequence[Range], lines: Sequence[Range], found: Sequence[Turn]
) -> frozenset[int]:
    """The first words of the lines past which nobody's words go on: those of turns, and those that a clock heads."""
    filled = [line for line in lines if line.end > line.start]
    starts = [words[line.start].start for line in filled]
    turned = (bisect_right(starts, words[t.speaker.start].start) - 1 for t in found if t.before)
    stamped = (bisect_left(starts, m.start()) for m in STAMP.finditer(text))
    return frozenset(filled[i].start for i in (*turned, *stamped) if i < len(filled))


def going_on(text: str, words: Sequence[Range], lines: Sequence[Range], found: Sequence[Turn]) -> list[Turn]:
    """The turns, each with the lines behind it in which its speaker goes on: those in the first person before the next turn."""
    begun = [line.start for line in lines]
    places = [bisect_right(begun, t.speaker.start) - 1 for t in found]
    out: list[Turn] = []
    for t, here, following in zip(found, places, [*places[1:], 0], strict=True):
        end = t.said.end
        for line in lines[here + 1 : following]:
            said = text[words[line.start].start : words[line.end - 1].end]
            if not OWN_WORDS.search(said) or said[0] in QUOTES:
                break
            end = line.end
        out.append(replace(t, said=Range(t.said.start, end)))
    return out


def opened(label: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The label with which a line begins that is the characters `[start, end)`; one of speakers in capitals has no small letter of any script."""
    m = label.match(text, start, end)
    return m if m is None or label is not LABEL or m[1].isupper() else None


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

    All that follows a label is said; a signature without a content by its mark signs nothing.
    """
    if not found:
        return tags, chances
    tags, chances = tags.copy(), chances.copy()
    for t in found:
        at = t.said if t.before else content_by(t, tags, names)
        if at is None:
            continue
        if t.before:
            cleared(tags, Range(t.speaker.start, at.end), names)
            paint(tags, at, "content", names)
        chances[at.start : at.end] = 1.0
        for words, kind in ((t.speaker, "source"), (Range(t.mark, t.mark + 1), "cue")):
            if not tags[words.start : words.end].any():
                paint(tags, words, kind, names)
                chances[words.start : words.end] = 1.0
    return tags, chances


def cleared(tags: Tags, at: Range, names: Sequence[str]) -> None:
    """Take all tags from some words, and from the words before them what goes on into them."""
    start = at.start
    while start and names[tags[start]][0] in "IE":
        start -= 1
    tags[start : at.end] = 0


def content_by(t: Turn, tags: Tags, names: Sequence[str]) -> Range | None:
    """The content that, a full stop aside, ends what is signed and has no cue."""
    last = t.said.end - 1
    if any(names[tag].endswith("-cue") for tag in tags[t.said.start : t.said.end]):
        return None
    start = end = last if tags[last] or last == t.said.start else last - 1
    if not names[tags[start]].endswith("-content"):
        return None
    while names[tags[start]][0] not in "BS":
        start -= 1
    while names[tags[end]][0] in INSIDE:
        end += 1
    return Range(start, end + 1)


def paint(tags: Tags, at: Range, kind: str, names: Sequence[str]) -> None:
    """Make the words one span of a kind."""
    if at.end - at.start == 1:
        tags[at.start] = names.index(f"S-{kind}")
    else:
        tags[at.start : at.end] = names.index(f"I-{kind}")
        tags[at.start], tags[at.end - 1] = names.index(f"B-{kind}"), names.index(f"E-{kind}")
