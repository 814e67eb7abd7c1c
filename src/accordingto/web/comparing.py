"""Two reports side by side: what both print, what was changed, what only one has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sqlalchemy import Connection

from accordingto.errors import UserError
from accordingto.ledger.browsing import report_rows
from accordingto.ledger.copies import containment, shingles
from accordingto.spans import Range
from accordingto.web.reportpage import blocks, stored
from accordingto.web.reportrows import report_list
from accordingto.web.views import CompareLine, ComparePage

LONGEST = 60_000  # characters of each report that are compared
LINES = 1000  # paragraphs or sentences of each report that are compared
WORDS = 100  # of the longest piece that is compared word by word; the work grows with the third power
ALIKE = 0.5  # ratio of words from which two paragraphs are one, changed
SENTENCE = re.compile(r"(?<=[.!?…؟।])\s+|(?<=[。！？])")
Pieces = tuple[tuple[str, str], ...]


def compare_page(connection: Connection, one: int, other: int) -> ComparePage:
    """The page of two reports.

    Raises:
        UserError: where one is missing, or both are the same.
    """
    if one == other:
        raise UserError("A report can't be compared with itself; give another one's number.")
    first, second = (stored(connection, n).record for n in (one, other))
    rows = report_rows(connection, [one, other])
    listed = {r.id: r for r in report_list(connection, list(rows.values()))}
    shared = round(100 * containment(shingles(first), shingles(second)))
    a, b = lines(first.document.text, second.document.text)
    return ComparePage(listed[one], listed[other], shared, tuple(aligned(a, b)))


def lines(one: str, other: str) -> tuple[list[str], list[str]]:
    """The paragraphs of two texts; where any is longer than `WORDS`, the sentences of both."""
    a, b = (paragraphs(text[:LONGEST]) for text in (one, other))
    if any(len(p.split()) > WORDS for p in (*a, *b)):
        a, b = ([s for p in x for s in sentences(p)] for x in (a, b))
    return a[:LINES], b[:LINES]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [text[a:b].strip() for a, b in blocks(text, Range(0, len(text)))]


def sentences(paragraph: str) -> Iterator[str]:
    """A paragraph cut after marks that end sentences, and after every `WORDS` words."""
    for sentence in SENTENCE.split(paragraph):
        words = sentence.split()
        if len(words) <= WORDS:
            yield sentence
        else:
            yield from (" ".join(words[n : n + WORDS]) for n in range(0, len(words), WORDS))


def aligned(one: Sequence[str], other: Sequence[str]) -> Iterator[CompareLine]:
    """Paragraphs side by side."""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (CompareLine("same", (("same", x),), (("same", x),)) for x in one[a:b])
            continue
        left, right = list(one[a:b]), list(other[c:d])
        while left and right:
            if pieces := word_pieces(left[0], right[0]):
                yield CompareLine("changed", *pieces)
                left.pop(0), right.pop(0)
            elif len(left) >= len(right):
                yield CompareLine("one", (("only", left.pop(0)),), ())
            else:
                yield CompareLine("other", (), (("only", right.pop(0)),))
        yield from (CompareLine("one", (("only", x),), ()) for x in left)
        yield from (CompareLine("other", (), (("only", y),)) for y in right)


def word_pieces(one: str, other: str) -> tuple[Pieces, Pieces] | None:
    """Two paragraphs as pieces that both have (`same`) or only one (`only`); None where they aren't alike."""
    a, b = (re.findall(r"\S+\s*", x) for x in (one, other))
    match = SequenceMatcher(None, [w.strip() for w in a], [w.strip() for w in b], autojunk=False)
    if match.real_quick_ratio() < ALIKE or match.quick_ratio() < ALIKE or match.ratio() < ALIKE:
        return None
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, i, j, k, m in match.get_opcodes():
        kind = "same" if tag == "equal" else "only"
        if j > i:
            left.append((kind, "".join(a[i:j])))
        if m > k:
            right.append((kind, "".join(b[k:m])))
    return tuple(left), tuple(right)
