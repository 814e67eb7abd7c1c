"""What a toll is of by the words around it: of a long time, of a country's army, of a killing that is avenged, of what others count otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.running import part_of_a_day
from accordingto.reading.sincewhen import compared
from accordingto.spans import Range

NEAR = 90  # characters before a number in which it may be told what it is of
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
SPELL = re.compile(  # times longer than a deed: "since January", "over the past day", "in two years of war"
    r"\b(?:in|over|during|within) (?:(?:the|about|almost|nearly|more than|just over|some) )*(?:past|last|previous) (?:[\w-]+ ){0,2}?(?:days?|weeks?|months?|years?|decades?|hours|night)\b"
    r"|\b(?:in|over|during|within) (?:(?:the|about|almost|nearly|more than|just over|some) )*(?:\w+ )?(?:weeks|months|years|decades|a year|a decade) of\b"
    r"|\bsince (?:(?:the )?(?:start|beginning|outbreak|onset)\b"
    rf"|(?:(?:early|late|mid)[ -])?(?:\d{{1,2}} )?(?:{MONTH}\b|(?:19|20)\d\d\b|last (?:year|month|{MONTH})\b)"
    r"|(?:the|its|a) (?:[\w’'-]+ ){1,3}(?:began|begun|started|broke out|erupted)\b)",
    re.I,
)
COUNTRY_LOST = re.compile(
    r"\b(?!The\b|Its\b)[A-Z][\w-]+ (?:(?:has|had|have) )?(?:lost|loses) (?:[a-z]+ ){0,3}$"
)
PUT = re.compile(
    r"\bput(?:s|ting)?\b[^.;,\d]{0,40}?\b(?:tolls?|figure|number|count|tally|total|it|them|dead)\b[^.;\d]{0,30}?\bat (?:[a-z]+ ){0,3}$",
    re.I,
)
AVENGED = re.compile(
    r"\b(?:retaliat\w*|reveng\w*|veng\w*|aveng\w*|respon(?:se|d\w*)|reprisals?|answer(?:ed)? to|protest\w*|anger\w*|outrage\w*|condemn\w*|mourn\w*)"
    r"(?: (?:for|to|over|at|against|of))?(?: [\w’'-]+){0,4}? (?P<noun>killings?|deaths?|murders?|assassinations?) of (?:[a-z]+ ){0,2}$",
    re.I,
)

DIED_IN = re.compile(
    r"(?: [\w’'-]+){1,4}? (?:in|by|from|during|after) (?:an?|the) (?:(?!(?:the|an?)\b)[\w-]+ ){0,2}"
)


def of_a_spell(text: str, number: Range, around: Range, numbers: Sequence[Range]) -> bool:
    """Whether a number is told of a longer time: what stands between it and the next number says so, or what opens its sentence before any.

    How something compares with the past is none ("the deadliest since 2015"), nor is the part of a toll that is a week's.
    """
    if part_of_a_day(text, number, around):
        return False
    after = min(
        (n.start for n in numbers if n.start >= number.end and around.contains(n)), default=around.end
    )
    first = not any(around.start <= n.start < number.start for n in numbers)
    rooms = [Range(number.end, after)] + ([Range(around.start, number.start)] if first else [])
    found = [Range(*m.span()) for room in rooms for m in SPELL.finditer(text, *room)]
    past = compared(text, around) if found else []
    return any(not any(c.contains(f) for c in past) for f in found)


def of_a_country(text: str, number: int) -> bool:
    """Whether a number is what a country has lost, rather than those who were in a fight: "Russia lost 1,140 troops"."""
    return COUNTRY_LOST.search(text, max(0, number - NEAR), number) is not None


def put_otherwise(text: str, number: Range, around: Range) -> bool:
    """Whether a number is what somebody else makes of a toll: "the police put the toll at 12"."""
    return PUT.search(text, max(around.start, number.start - NEAR), number.start) is not None


def avenged(text: str, number: Range, around: Range) -> Range | None:
    """The noun of a killing that something answers, of which a number is told: "in retaliation for the [killing] of two medics"."""
    m = AVENGED.search(text, max(around.start, number.start - NEAR), number.start)
    return Range(*m.span("noun")) if m else None


def died_in(text: str, number: Range, deed: Range) -> bool:
    """Whether a deed right behind those who died is the one in which they did: "the deaths of 12 miners in a [blast]"."""
    return 0 < deed.start - number.end <= NEAR and DIED_IN.fullmatch(text, number.end, deed.start) is not None
