"""Single quotation marks: those around a sentence are seen as double ones, ‘We will stay,’ she said; those around words (‘irreplaceable’) stay.

So do those inside double ones, and double ones inside single ones are seen as single. What is an apostrophe is told by where it stands.
"""

from __future__ import annotations

import re

from accordingto.spans import Range

OPENS = re.compile(
    r"(?<![^\s(\[—–-])['‘](?=[\w…$€£“\"])(?!(?:em|til|tis|twas|cause|cos|n|round|bout)\b|\d\ds?\b|\d{3}0s\b)",
    re.I,
)
CLOSES = re.compile(r"(?<=[^\s—–(\[])['’](?!\w)")
DOUBLE = re.compile(r"[“”\"]")
PLURAL = re.compile(r"s['’](?= \w)", re.I)
SENTENCE = re.compile(r"\S+ .*[.,!?]", re.S)
TO_SINGLE = str.maketrans("“”", "‘’")
LINE = re.compile(r"[^\n]+")


def with_double_marks(text: str) -> str:
    """A text of the same length in which double marks stand for the single ones that enclose quotations."""
    if OPENS.search(text) is None:
        return text
    return LINE.sub(lambda m: of_line(m[0], sentences=True), text)


def of_words(words: str) -> str:
    """What somebody says with double marks for all single ones that enclose anything."""
    return of_line(words, sentences=False) if OPENS.search(words) else words


def enclosed(text: str, at: Range) -> bool:
    """Whether single marks stand right around a stretch."""
    before = max(0, at.start - 1)
    return (
        text[at.end : at.end + 1] in ("'", "’")
        and OPENS.match(text, before) is not None
        and CLOSES.match(text, at.end) is not None
    )


def of_line(line: str, *, sentences: bool) -> str:
    """The same for a paragraph, or only for the `sentences` in it that are quoted."""
    out, done = "", 0
    while (m := OPENS.search(line, done)) is not None:
        if (outer := enclosing(line, done, m.start())) is not None:
            out, done = out + line[done:outer], outer
            continue
        end = closing(line, m.end())
        if end is None:
            out, done = out + line[done : m.end()], m.end()
            continue
        inner = line[m.end() : end]
        if sentences and SENTENCE.fullmatch(inner) is None:
            out, done = out + line[done : end + 1], end + 1
            continue
        out += f"{line[done : m.start()]}“{turned(inner)}”"
        done = end + 1
    return out + line[done:]


def enclosing(line: str, start: int, at: int) -> int | None:
    """Where the double marks end that are open at a character, if any are: the line's end where they are not closed."""
    until = None
    for m in DOUBLE.finditer(line, start):
        if m.start() >= at and until is None:
            return None
        begins = m[0] == "“" or (m[0] == '"' and until is None)
        if begins and until is None:
            until = len(line)
        elif not begins and until is not None:
            if m.start() >= at:
                return m.end()
            until = None
    return until


def closing(line: str, start: int) -> int | None:
    """Where the mark stands that closes what was opened: the first that isn't a plural's ("the soldiers’ homes"), before the next that opens."""
    behind = OPENS.search(line, start)
    found = list(CLOSES.finditer(line, start, behind.start() if behind else len(line)))
    marks = [m.start() for m in found if PLURAL.match(line, m.start() - 1) is None]
    return next(iter(marks or [m.start() for m in found]), None)


def turned(inner: str) -> str:
    """What is quoted, with its own double marks as single ones, where they come in pairs."""
    if inner.count("“") != inner.count("”"):
        return inner
    return inner.translate(TO_SINGLE)
