"""Where a person's name ends in a source and what describes them begins: “[Ana Ruiz], head of the port”, “[Zou Li], China's ambassador”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.spans import Range

LISTED = re.compile(r"(?:[^,]{0,5}\band\b|including|such as|led by|as well as|or)\b")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
OWNS = re.compile(r"['’]s?\s")
JOINED = re.compile(r"(?:,|\band)\s$")
DESCRIBING = re.compile(  # in an office or a party behind a name, not in a further name
    r"^[DRI]-[A-Z]|['’]s?\s\w|\s(?!and\b|de\b|bin\b|van\b|von\b|al\b|del\b|la\b|da\b|dos\b)[a-z]"
)


def without_apposition(text: str, at: Range, people: Sequence[Range]) -> Range:
    """A source without the office, age or party that follows a person's name and a comma; `people` are mentions of persons by name.

    A list of people stays whole: “Ana Ruiz, Luis Soto and Eva Berg”.
    """
    comma = text.find(", ", at.start, at.end)
    tail = Range(comma + len(", "), at.end)
    if comma < 0 or LISTED.match(text, *tail):
        return at
    named = at.start + len(IN_BRACKETS.sub("", text[at.start : comma]))
    called = any(m.end == named and m.start >= at.start for m in people)
    return Range(at.start, comma) if called and not lists(text, tail, people) else at


def lists(text: str, tail: Range, people: Sequence[Range]) -> bool:
    """Whether what follows a person's name and a comma names somebody else instead of describing them."""
    if not text[tail.start : tail.start + 1].isupper():
        return False
    others = [m for m in people if tail.contains(m) and not OWNS.match(text, m.end)]
    joined = any(m.start == tail.start or JOINED.search(text, tail.start, m.start) for m in others)
    return joined or not DESCRIBING.search(text[slice(*tail)])
