"""For whom somebody speaks: “a Syrian army spokesman”, “an official of the Front”, “Ali Hassan, a spokesman for the Syrian army”.

Only a body that has a name or a country's word before it is one; whose spokesman “a hospital official” is, nobody can tell.
Of persons with a name the record's own description counts, else the body that the record joins them to.
"""

from __future__ import annotations

import re

from accordingto.ledger.bodies import bodies
from accordingto.ledger.names import name_key
from accordingto.ledger.values import is_name, is_people, states_of

RANK = (
    r"(?:(?:senior|top|chief|main|high-ranking|unnamed|other|former|then|second|local|regional|official)\s+)*"
)
OFFICE = r"(?:spokes(?:man|woman|person|people|men|women)|representatives?|officials?|officers?|commanders?)"
BEFORE = re.compile(  # “a [Syrian army] spokesman”
    rf"(?P<article>the|an?|one|two|some|another)\s+{RANK}(?P<body>(?:[\w'’-]+\s+){{1,4}}?){RANK}{OFFICE}(?:\s*,.*)?",
    re.I | re.S,
)
AFTER = re.compile(  # “a spokesman for [the Syrian army]”
    rf"(?:(?:the|an?|one|two|some|another)\s+)?{RANK}(?:(?:press|military)\s+)?{OFFICE}\s+(?:for|of|from|with|in|at)\s+"
    r"(?P<body>(?:the\s+)?(?:[\w'’-]+\s+){0,4}?[\w'’-]+)(?:\s*[,(].*|\s+in\s+.*)?",
    re.I | re.S,
)
FORMER = re.compile(r"\b(?:former|then|ex)\b", re.I)  # speaks for nobody now
SPOKES = re.compile(r"\bspokes\w+", re.I)
IN_THE_FIELD = re.compile(r"\b(?:officers?|commanders?)\b", re.I)


def body_of(words: str) -> str | None:
    """The body for which a described source speaks, by its name; None where the words tell none that has a name or a country.

    `body_of("A Syrian army spokesman") == "the Syrian army"`, `body_of("an official of the Front") == "the Front"`; an “army
    spokesman” speaks for the army of wherever he is, a “US official” for his government.
    """
    if FORMER.search(words):
        return None
    found = AFTER.fullmatch(words) or BEFORE.fullmatch(words)
    body = found["body"].strip() if found else ""
    short = body.removeprefix("the ").removeprefix("The ")
    if not short:
        return None
    if is_people(short):
        return None if IN_THE_FIELD.search(words) else f"the {short} government"
    plain = name_key(short) in bodies().bodies
    if not (plain and SPOKES.search(words)) and not states_of(short) and not is_name(f"the {short}"):
        return None
    return f"the {short}" if plain or short != body or short.split()[-1].islower() else short
