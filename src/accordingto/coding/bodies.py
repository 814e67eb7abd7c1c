"""Bodies that somebody gives to somebody: their number is no count of those who died in an event."""

from __future__ import annotations

import re

from accordingto.passages import sentence
from accordingto.record import Figure

BODIES = r"(?:bodies|corpses|(?:the|whose|their|human|mortal) remains)"
GIVEN = r"(?:return(?:ed|ing)|repatriat(?:ed|ion|ing)|hand(?:ed|ing) (?:back|over)|exchang(?:ed|ing)|swapp(?:ed|ing)|(?:brought|sent|flown|given) (?:back|home)|exchange(?! of)|swap|hand-?over)"
GIVING = r"(?:return(?:ed|ing)|repatriat(?:ed|ion|ing)|hand(?:ed|ing)|exchang(?:ed?|ing)|swap(?:ped|ping)?|g[ia]ven? back|g[eo]t back)"
HANDED_OVER = re.compile(  # “the bodies of 909 soldiers were returned”
    rf"\b{BODIES}\b(?:(?!\b(?:when|after|as|until|while|who)\b)[^.;:\n]){{0,100}}?\b{GIVEN}\b"
    rf"|\b{GIVING}\b(?:(?!\b(?:f[io]u?nd|discover|recover|s[ae][ew]|(?:gun)?fire)\w*\b)[^.;:\n]){{0,60}}?\b{BODIES}\b",
    re.I,
)
DEAD_OF_IT = re.compile(  # “the bodies of the 12 killed in the blast”, not “killed in action”
    r"\b(?:killed|died|dead|victims|perished|slain)\b(?!\s+(?:in|during) (?:the )?(?:\w+ )?(?:action|combat|battles?|fighting|wars?|conflict|captivity)\b)",
    re.I,
)
OF_MANY = re.compile(r"\s+of(?:\s+[\w,-]+){0,6}?\s+")  # from “bodies” to their number


def handed_over(f: Figure, text: str) -> bool:
    """True for a count of bodies that somebody gives to somebody, whenever these people died."""
    around = sentence(text, f.span)
    return any(
        m.start() <= f.span.start < m.end() or OF_MANY.fullmatch(text, m.end(), f.span.start)
        for m in HANDED_OVER.finditer(text, around.start, around.end)
    )


def dead_of_it(f: Figure, text: str) -> bool:
    """True where the sentence of a count says that these people died of a thing."""
    return DEAD_OF_IT.search(sentence(text, f.span).text) is not None
