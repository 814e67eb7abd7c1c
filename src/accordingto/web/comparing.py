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
LINES = 400  # paragraphs of each report that are compared
ALIKE = 0.5  # ratio of words from which two paragraphs are one, changed
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
    a, b = (lines(r.document.text[:LONGEST]) for r in (first, second))
    return ComparePage(listed[one], listed[other], shared, tuple(aligned(a, b)))


def lines(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [text[a:b].strip() for a, b in blocks(text, Range(0, len(text)))][:LINES]


def aligned(one: Sequence[str], other: Sequence[str]) -> Iterator[CompareLine]:
    """Paragraphs side by side."""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (CompareLine("same", (("same", x),), (("same", x),)) for x in one[a:b])
            continue
        left, right = list(one[a:b]), list(other[c:d])
        while left and right:
            x, y = left[0], right[0]
            if ratio(x, y) >= ALIKE:
                yield CompareLine("changed", *word_pieces(x, y))
                left.pop(0), right.pop(0)
            elif len(left) >= len(right):
                yield CompareLine("one", (("only", left.pop(0)),), ())
            else:
                yield CompareLine("other", (), (("only", right.pop(0)),))
        yield from (CompareLine("one", (("only", x),), ()) for x in left)
        yield from (CompareLine("other", (), (("only", y),)) for y in right)


def ratio(one: str, other: str) -> float:
    """The share of words that two paragraphs have in common, in order."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def word_pieces(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Two paragraphs as pieces that both have (`same`) or only one (`only`)."""
    a, b = (re.findall(r"\S+\s*", x) for x in (one, other))
    match = SequenceMatcher(None, [w.strip() for w in a], [w.strip() for w in b], autojunk=False)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, i, j, k, m in match.get_opcodes():
        kind = "same" if tag == "equal" else "only"
        if j > i:
            left.append((kind, "".join(a[i:j])))
        if m > k:
            right.append((kind, "".join(b[k:m])))
    return tuple(left), tuple(right)
