"""What is compared with the past: "the highest toll since January", "the first deaths in the past two years", "more than in 2027".

Such words tell no time from which something is counted, and none at which anything happened.
"""

from __future__ import annotations

import re

from accordingto.spans import Range

NOUNS = (
    "(?:(?:north|south|mid)?(?:west|east)|(?:pro|con|de|at)?test|arrest|inter?est|guest|quest|request|conquest|"
    "forest|harvest|rest|unrest|priest|chest|nest|manifest|behest|crest|budapest|bucharest)"
)
MOST = rf"(?:(?!{NOUNS}\b)[a-z]{{2,}}est|worst|most)"
BEST_OF = re.compile(
    rf"\b(?:(?:(?:the|its|their|an?|another) |['’]s? )(?:[\w-]+ )?(?:{MOST}|first|(?:second|third|\w+th) (?:such|\w+ of its kind))\b[^.;:,]{{0,60}}?"
    rf"|{MOST} )\b(?:since|(?:in|over|during|within) (?:the |its )?(?:past|last|previous|recent))\b[^.;:,]*",
    re.I,
)
THAN = re.compile(  # not "more than 40 people"
    r"\b(?:(?:than|compared (?:to|with)|up from|down from) (?:(?:during|in|at|on|over|after|before|throughout) |those |that |last |"
    r"an? (?:year|month|week|decade) |the (?:same|previous|preceding|year|month|week|one|number|\w+ of|[\d,.]+ (?:\w+ )?in) )|"
    r"from (?:(?:the )?(?:same|corresponding|previous|preceding) (?:period|time|day|week|month|quarter|season|year)|an? (?:year|month|week|quarter|decade) "
    r"(?:earlier|ago|before)|(?:last|the previous) (?:quarter|season|year)['’]s)\b|"
    r"(?:compared (?:to|with)|up from|down from) (?:about |around |some )?\d[\d,.]* (?:\w+ ){0,2}?(?=(?:in|an?|last|the)\b))[^.;:,]*",
    re.I,
)
COMPARED_WITH = re.compile(
    r"\bcompared (?:with|to) (?:(?:about|around|some|just|only|the|at least|more than|fewer than) )*$", re.I
)
NEAR = 90  # characters before a number in which it may be told that something is compared with it


def compared(text: str, around: Range) -> list[Range]:
    """Where a sentence compares something with what came before it, up to the next pause."""
    return [Range(*m.span()) for p in (BEST_OF, THAN) for m in p.finditer(text, *around)]


def only_compared(text: str, number: Range, around: Range) -> bool:
    """Whether a number is only what another is compared with: "compared with 130 a year earlier"."""
    return COMPARED_WITH.search(text, max(around.start, number.start - NEAR), number.start) is not None
