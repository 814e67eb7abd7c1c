"""Several reports in one text: where each begins.

Three signs tell: a line of stars (`***`) between them, another ruled line (`* * *`, `---`, `===`) between long ones, or a headline line that follows an
article's end. A headline line is short, has no final stop, is followed by a sentence of body text and
capitalises nearly all of its longer words; sentence-case lines are never taken as headlines, since
crossheads inside one article look the same.
"""

from __future__ import annotations

import itertools
import re

STARS = re.compile(r"^[ \t]*\*{3,}[ \t]*$", re.M)  # between reports of any length
RULE = re.compile(r"^[ \t]*(?:\*[ *]{2,}|-{3,}|={3,}|_{3,}|#{3,})[ \t]*$", re.M)  # between sections too
LINE = re.compile(r"^[^\n\S]*+\S[^\n]*", re.M)
SMALL = frozenset(
    (
        "a an the and but or nor for so yet as at by in into of off on onto out over per than that "
        "to up via vs with from after amid before against about is are be says say its it his her "
        "their not no if"
    ).split()
)
SHORTEST_BODY = 300  # characters of an article before another may begin
FULL = 5  # words of a full sentence
HEADLINE = range(6, 17)  # words; shorter lines are crossheads
NOTE = re.compile(  # how a sentence begins that belongs to the report above it
    r"\W*(?:(?:(?:with )?(?:additional|further) )?(?:reporting|editing|writing)|compiled) by\b|\W*(?:sign up|subscribe|follow us|"
    r"read more|all rights|this (?:material|article|story|report) (?:may not|was|has been|first))\b|©",
    re.I,
)
SPEAKING = re.compile(r"[.!?…][\"'”’)]*$")


def is_headline(line: str, after: str) -> bool:
    """Whether `line` looks like a headline over the body line `after`."""
    line, after = line.strip(), after.strip()
    words = line.split()
    if len(words) not in HEADLINE or len(line) > 130 or SPEAKING.search(line) or line[-1] in ":;,—-":
        return False
    if line.isupper() or line[0] in "•-*–—\"“'‘([" or len(after) < 80 or len(after) < len(line):
        return False
    long = [w for w in words if w.strip("“”‘’'\"(),:").lower() not in SMALL]
    capital = sum(1 for w in long if re.match(r"[\"“‘'(]?(?:[A-ZÀ-Þ]|\d)", w))
    return len(long) >= 3 and capital >= len(long) - (len(long) >= 8) and not is_name_list(line)


def is_name_list(line: str) -> bool:
    """A credit rather than a headline."""
    return bool(re.match(r"(?i)(?:by|reporting|editing|photo|source)s?\b", line))


def split(text: str) -> list[tuple[int, int, bool]]:
    """The reports of a text: start, end (characters) and whether a headline line begins it.

    One report gives one entry that covers the whole text.
    """
    pieces = [piece for start, end in starred(text) for piece in ruled(text, start, end)]
    if len(pieces) > 1:
        return [(a, b, False) for a, b in pieces]
    lines = [(m.start(), m.end()) for m in LINE.finditer(text)]
    starts: list[int] = []
    for i, (start, end) in enumerate(lines[:-1]):
        head = is_headline(text[start:end], text[slice(*lines[i + 1])])
        if i == 0 or (head and start - starts[-1] >= SHORTEST_BODY and closes(text[slice(*lines[i - 1])])):
            starts.append(start)
    if len(starts) < 2:
        return [(0, len(text), False)]
    edges = [0, *starts[1:], len(text)]
    return [(a, b, i > 0) for i, (a, b) in enumerate(itertools.pairwise(edges))]


def closes(line: str) -> bool:
    """Whether an article may end with this line: a full sentence or a credit."""
    return bool(SPEAKING.search(line.strip()))


def starred(text: str) -> list[tuple[int, int]]:
    """Stretches between lines of stars; one without a full sentence goes with the one before it, the first with the next."""
    found: list[tuple[int, int]] = []
    for start, end in between(text, STARS, 0, len(text)):
        if found and not (says(text, start, end) and says(text, *found[-1])):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found or [(0, len(text))]


def says(text: str, start: int, end: int) -> bool:
    """Whether a stretch holds a full sentence that is no credit and no note of the house."""
    return any(
        len(line.split()) >= FULL and closes(line) and not is_name_list(line) and not NOTE.match(line)
        for line in map(str.strip, text[start:end].split("\n"))
    )


def ruled(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches between ruled lines, where each is long enough to be a report of its own."""
    found = between(text, RULE, start, end)
    long = all(len(text[a:b].strip()) >= SHORTEST_BODY for a, b in found)
    return found if long and len(found) > 1 else [(start, end)]


def between(text: str, line: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """What stands between the lines of one look in a stretch, where that is anything."""
    edges = [start, *(x for m in line.finditer(text, start, end) for x in m.span()), end]
    found = zip(edges[::2], edges[1::2], strict=True)
    return [(a, b) for a, b in found if text[a:b].strip()]
