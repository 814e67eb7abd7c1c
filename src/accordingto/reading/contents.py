"""Contents as they are given: without edges that don't belong to them, and whether they are quoted."""

from __future__ import annotations

import re

from accordingto.reading.layers import Attribution
from accordingto.reading.singlemarks import enclosed, of_words
from accordingto.record import Quotation
from accordingto.spans import Range, trim

OPENING = '“"«‘'
CLOSING = '”"»’'
CLOSED = re.compile(r"[.,!?…]*(?P<mark>”|\"|'')")
INITIALS = re.compile(r"\b(?:[A-Z]\.)+[A-Z]$")
ADDRESSEE = re.compile(  # “told [me] what she knew”
    r"(?:me|us|him|her|them|you)\s(?=(?:that|what|whether|how|why|where|when|who|if|it|he|she|they|we|i|there)\b)",
    re.I,
)
EDGES = " \t\n,;:—–-"


def clean(text: str, at: Range, *, turn: bool = False) -> Range:
    """A content without edge punctuation and without quotation marks that only enclose it; “[a] b” keeps its own.

    A full quotation loses its marks and keeps its last stop, and so does what stands behind a label (`turn`); a quoted end of an indirect content keeps
    its marks, since the words before them are the report's own.
    """
    at = trim(text, trim(text, at, EDGES))
    if enclosed(text, within := Range(at.start + 1, at.end - 1)) and "'" not in text[slice(*within)]:
        at = within
    while at.end - at.start > 2 and text[at.start] in OPENING:
        inner = text[at.start + 1 : at.end - 1]
        closed = text[at.end - 1] in CLOSING
        if closed and any(c in inner for c in '“”"') and not even(inner):
            break  # “a” … “b”: the marks do not belong together
        curled = text[at.start] == "“" and "”" in inner
        if not closed and (curled or (text[at.start] == '"' and inner.count('"') % 2)):
            break  # “a” b
        at = trim(text, Range(at.start + 1, at.end - 1 if closed else at.end))
        if not closed:
            break
    body = text[at.start : at.end]
    if body and body[-1] in '”"' and not any(c in body[:-1] for c in '“"'):
        at = Range(at.start, at.end - 1)
    if not text[at.start : at.end].endswith(tuple(CLOSING)) and not quoted(text, at) and not turn:
        at = trim(text, at, " .\n")
    return with_end(text, at)


def with_end(text: str, at: Range) -> Range:
    """A content with the mark that closes what is quoted at its end, and with the stop of an abbreviation: “the dam was “[a mistake.”]”."""
    body = text[at.start : at.end]
    end = at.end + (INITIALS.search(body[-8:]) is not None and text[at.end : at.end + 1] == ".")
    behind = CLOSED.match(text, end)
    mark = behind["mark"] if behind else ""
    opened = body.count("“") > body.count("”") if mark == "”" else mark and body.count(mark) % 2
    return Range(at.start, behind.end() if behind and opened else end)


def without_addressee(text: str, cue: Range, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """Contents without a pronoun for who is told: “told me [what they knew]”."""
    first, *more = content
    m = ADDRESSEE.match(text, *first) if first.start == cue.end + 1 else None
    return content if m is None else (Range(m.end(), first.end), *more)


def even(inner: str) -> bool:
    """Whether quotation marks inside a stretch come in pairs that open before they close."""
    depth = 0
    for c in inner:
        depth += (c == "“") - (c == "”")
        if depth < 0:
            return False
    return depth == 0 and inner.count('"') % 2 == 0


def quoted(text: str, at: Range) -> bool:
    """Whether the character before is an opening quotation mark."""
    return at.start > 0 and text[at.start - 1] in OPENING


def quotation(text: str, a: Attribution) -> Quotation:
    """Direct where every part begins as a quotation of its own, mixed where some words are quoted."""
    parts = [
        f"“{text[slice(*c)]}”" if enclosed(text, c) else of_words(text[slice(*c)].strip(EDGES))
        for c in a.content
    ]
    parts = [p for p in parts if p]
    has = [any(q in p for q in '“”"«»') for p in parts]
    if not any(has):
        return Quotation.INDIRECT
    for part, c in zip(parts, a.content, strict=False):
        inner = part[1:].lstrip()
        whole = (
            part[0] in OPENING
            and bool(inner)
            and (inner[0].isupper() or inner[0].isdigit() or inner[0] == "…")
        )
        goes_on = part[0] in OPENING and a.cue is not None and c.start > a.cue.end and c is not a.content[0]
        if not (whole or goes_on):
            return Quotation.MIXED
        rest = re.sub(r"[“\"«][^“”\"«»]*(?:[”\"»]|$)", "", part)
        if len(rest.split()) > 3:
            return Quotation.MIXED
    return Quotation.DIRECT
