"""Times that stand beside an event and tell the day of something else in its sentence.

What stands in a noun's complement has not the day of the verb after it: of “a nurse hurt in the raid died on Friday” Friday is
the day of the death. Nor has what somebody is said to have reported that of the report, nor a reduced relative that of its main
clause. “The worst flood this year” tells the year with which the flood is compared.
"""

from __future__ import annotations

import re

from accordingto.passages import parted
from accordingto.record import Event, Time

LOOK = 90  # characters before a trigger or a time in which its phrase begins
_DETERMINED = r"(?:the|an?|that|this|these|those|last|its|their|his|her)\s+(?:[\w'’-]+\s+){0,3}$"
COMPLEMENT = re.compile(  # before a trigger: “hurt in the …”, “the inquiry into the …”
    r"(?:\b(?:hurt|wounded|injured|maimed|burne?d|shot|captured|arrested|displaced|orphaned|widowed|damaged|destroyed)\s+"
    r"(?:in|by|during)|\b(?:inquir(?:y|ies)|enquir(?:y|ies)|inquests?|investigations?|probes?|hearings?|trials?|debates?|"
    r"reports?|questions?|talks|charges?)\s+(?:into|on|over|about))\s+" + _DETERMINED,
    re.I,
)
THEN = re.compile(  # after it: the main verb, past the words for where it was
    r"(?:\s+(?:in|at|on|near|of|by)\s+(?:the\s+)?[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*)*)*\s+(?:\w+ly\s+|has\s+|have\s+|had\s+)*"
    r"(?:was|were|is|are|died|came|went|began|met|held|found|said|told|[a-z]{2,}ed)\b"
)
REPORTED = re.compile(  # between a time and a trigger: “a day [after a paper reported a]”
    r"\b(?:after|before|since)\b[^.,;:\n]*\b(?:reported|announced|revealed|published|disclosed|alleged|accused|warned|said|claimed|told)\b[^.;\n]*$"
)
RANKED = re.compile(
    r"\b(?:largest|biggest|deadliest|worst|heaviest|bloodiest|greatest|highest|longest|fiercest|most\s+\w+|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|\w+teenth|\d+(?:st|nd|rd|th))\b[^.,;:\n]*$",
    re.I,
)
OF_RANK = re.compile(
    r"(?:so\s+far\s+)?(?:(?:in|of)\s+)?(?:this|the)\s+(?:month|season|year|decade|century)", re.I
)
FINITE = re.compile(r"\b(?:had|has|have|was|were)\b")
JOINED = re.compile(  # what begins another clause, or goes with the trigger itself
    r"[,;:.()“”\"]|\b(?:and|but|or|nor|who|whom|whose|which|that|when|where|while|as|after|before|since|until|because|if|"
    r"than|what|how|whether|it|he|she|they|we|i|there)\b",
    re.I,
)
PARTICIPLE = re.compile(r"\w+(?:ed|en|wn)|held|sent|shot|hurt|built|bought|sold|found|made|brought", re.I)
OBJECT_OF = re.compile(r"[a-z]\s+$")  # a noun in small letters stands before it: “men [abducted in …]”


def tells_else(time: Time, event: Event, text: str) -> bool:
    """True where a time in an event's sentence tells the day of something else."""
    at = event.trigger
    if parted(text, time.span, at):
        return False
    if time.span.end <= at.start:
        return REPORTED.search(text[time.span.start : at.start]) is not None
    between = text[at.end : time.span.start]
    before = text[max(0, at.start - LOOK) : at.start]
    return (COMPLEMENT.search(before) is not None and THEN.match(between) is not None) or is_reduced(
        event, before, between
    )


def is_of_rank(time: Time, text: str) -> bool:
    """True for a time within which something is the largest or the second: “the worst flood this year”."""
    before = text[max(0, time.span.start - LOOK) : time.span.start]
    return OF_RANK.fullmatch(time.span.text) is not None and RANKED.search(before) is not None


def is_reduced(event: Event, before: str, between: str) -> bool:
    """True for a participle behind its noun, whose sentence goes on with its verb: “rifles shipped through Tel Rif had been found on”."""
    words = event.trigger.text
    if (
        not PARTICIPLE.fullmatch(words)
        or not OBJECT_OF.search(before)
        or between.startswith((" was", " were"))
    ):
        return False
    finite = FINITE.search(between)
    own = re.search(
        r"\b(?:was|were|been|is|are|be|had|has|have|being|who|which|that|they|it|he|she|and|\w+ly|not)\s+$",
        before,
    )
    return finite is not None and own is None and JOINED.search(between[: finite.start()]) is None
