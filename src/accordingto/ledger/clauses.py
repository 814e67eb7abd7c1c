"""Clauses of what is said: the main one, what stands below it and is only taken for granted, and what is added as one thing more.

“That it paid [families of those who were killed]”, “that, [after the truce began], it had fired”, “that it had fired, or [that guards shot them]”.
"""

from __future__ import annotations

import re

from accordingto.record import Claim, Event
from accordingto.spans import Span

REPORTED = re.compile(
    r"^(?:[\w’'-]+ ){0,4}?(?:reports?|claims?|allegations?|accusations?|suggestions?|charges?|rumou?rs?)\s+(?=that\b)",
    re.I,
)
BELOW = re.compile(
    r"\b(?:when|after|before|since|because|where|who|whom|whose|which|while|until|although|though)\b"
    r"|(?<=\w )that (?:had|has|have|was|were|is|are|left|hit|struck|it|they|he|she|its|their|his|her|the|an?|\w+ed)\b",
    re.I,
)
FRONTED = re.compile(  # “that, [after the truce began, ]it had fired”
    r"(?:that\b)?[\s,]*(?:when|after|before|since|because|where|while|until|although|though|once)\b[^,]{1,120},\s*(?=\w)",
    re.I,
)
ASIDE = re.compile(
    r",\s*(?:which|who|whom|whose|where|when)\b[^,]{1,120},", re.I
)  # the main clause goes on behind it
QUESTION = re.compile(  # at the beginning, or behind “it was not clear”, “they did not know”
    r"(?:that )?(?:(?:it|they|he|she|we|i) [^,.;:]{0,30}(?:clear|unclear|known?|knew|said|say|sure|certain) )?"
    r"(?P<word>why|how|where|when|which|what|whether|if)\b\s*(?P<rest>.*)",
    re.I | re.S,
)
HAPPENING = re.compile(
    r"(?:(?:it|this|that|they|there|(?:an?|any|the|such(?: an?)?) (?:[\w-]+ ){1,3}?) ?)?"
    r"(?:(?:had|has|have|was|were|is|are|did|ever|really|actually|been) ?)*"
    r"(?:happen\w*|occur\w*|took place|taken place|exist\w*|true|correct|accurate)\b"
    r"|there (?:(?:had|has|have|was|were|is|are|ever|been) ?)+(?:an?|any)\b",
    re.I,
)
FOR_IT = re.compile(  # up to a deed's name: “had not paid a ransom [for her] release”, “was asked nothing [after the second] raid”
    r"\b(?:for|after|before|during|since|over|following|despite)\s+"
    r"(?:the|this|that|these|those|his|her|its|their|our|my|an?|(?-i:[A-Z])[\w-]*['’]s)\s+(?:[\w'’-]+\s+){0,3}$",
    re.I,
)
ANOTHER = re.compile(r"\b(?:and|or|nor) (?=that\b)", re.I)  # one more thing that is denied


def main_clause(content: str) -> str:
    """What a content says itself: without “reports” before “that”, without clauses below it (“families of those who were killed”)."""
    content = without_asides(content.strip())
    begin, end = main_range(content)
    that = "" if begin == 0 or content.startswith("that ", begin) else "that "
    return f"{that}{' '.join(content[begin:end].split())}"


def main_range(content: str) -> tuple[int, int]:
    """Where the main clause of a content begins and ends; behind another that opens it: “that when the crowd came, [police fired]”."""
    reported = REPORTED.match(content)
    begin = reported.end() if reported else 0
    fronted = FRONTED.match(content, begin)
    begin = fronted.end() if fronted else begin
    below = BELOW.search(content, begin + len("that "))
    return begin, below.start() if below else len(content)


def in_main(content: Span, at: Span) -> bool:
    """True where words stand in the main clause of a content, or of one more: “that it had fired, or that …”."""
    if not content.range.contains(at.range):
        return False
    first = clause_begin(content, at)
    clause, start = without_asides(content.text[first:]), at.start - content.start - first
    begin, end = main_range(clause)
    return begin <= start < end and not clause[start].isspace()


def without_asides(content: str) -> str:
    """A content with blanks in place of what only tells somebody more closely: “that the army, [which holds Marda,] had fired”."""
    return ASIDE.sub(lambda m: " " * len(m[0]), content)


def clause_begin(content: Span, at: Span) -> int:
    """Where, in a content, the last “that” before some words begins that adds one more thing to what is denied; 0 where none does."""
    return max((m.end() for m in ANOTHER.finditer(content.text, 0, at.start - content.start)), default=0)


def asks_else(claim: Claim, event: Event) -> bool:
    """True for a question that is not whether an event happened: “it was not clear why they fired”, “whether the boats could sail at night”."""
    asked = QUESTION.match(" ".join(s.text for s in claim.content))
    if asked is None:
        return False
    word = asked["word"].lower()
    if word not in ("whether", "if", "what"):
        return True
    if HAPPENING.match(asked["rest"]):
        return False
    return word == "what" or not any(s.range.contains(event.trigger.range) for s in claim.content)


def is_aim(words: str) -> bool:
    """True where the words before a deed's name make of it what something else was for, or came before or after."""
    return FOR_IT.search(words) is not None


def told_beside(claim: Claim, event: Event) -> str | None:
    """The clause of an event that a claim denies beside another: “that it paid families, or [that police fired]”."""
    firsts = (
        (s, clause_begin(s, event.trigger)) for s in claim.content if s.range.contains(event.trigger.range)
    )
    return next((s.text[first:] for s, first in firsts if first), None)


def before(content: Span, at: Span) -> str:
    """The words of a content before others in it."""
    return content.text[: at.start - content.start]


def within(one: Claim, other: Claim) -> bool:
    """True where a claim stands in another's content."""
    return bool(one.content) and all(holds(other, s) for s in one.content)


def is_below(claim: Claim, at: Span) -> bool:
    """True where a claim takes words for granted: they stand in its content, but not in the main clause."""
    return any(s.range.contains(at.range) and not in_main(s, at) for s in claim.content)


def holds(claim: Claim, at: Span) -> bool:
    """True where the span stands in the claim's content."""
    return any(s.range.contains(at.range) for s in claim.content)
