"""Shares told by two numbers: when "three in five" is one figure, and when it is three of something in five places."""

from __future__ import annotations

import re

from accordingto.reading.numbers import Amount, whole
from accordingto.spans import Range

LEFT = 48  # characters before a share in which the verb or noun stands that makes it none
SPELLS = r"(?:consecutive |straight |successive |separate )?(?:minute|hour|day|night|week|weekend|month|year|decade)s?\b"
NO_NOUN = r"(?!(?:is|was|of|and|or|has|had|to|at|by|from|killed|died|came|more|man's)\b)"
ONE_NOUN = rf"{NO_NOUN}[a-z][a-z-]{{2,}}(?<!s)(?<!ed)"  # what "one child in four" is a share of
SAID_OF_SHARE = (  # "One child in four is stunted", not "One child in four villages"
    r"(?:(?=[,.;:)]|$)|(?=\s(?:is|has|was|does|dies|lives|suffers|needs|lacks|faces|goes|works|gets|gives|says)\b)"
    r"|(?=\s[a-z])(?!\s(?:[\w-]+\s)?(?:[a-z]{3,}s|people|children|men|women)\b|\sof\b))"
)
OF_WHOM = (
    r"(?= (?!of\b)[a-z]| of (?:the|those|these|them|us|all|its|their|his|her|our)\b)"  # behind "one in four"
)
SAID_OF_PARTS = (  # "a quarter has been paid", "a third are ill", not "a third was hurt"
    r" (?:(?:have|are|were)\b|(?:(?<=quarter )|(?<=s ))(?:has|is|was)\b)"
)
INSIDE = re.compile(rf"\w+ ({ONE_NOUN}) in ", re.I)
HARMS = re.compile(  # "killed three in five villages"
    r"\b(?:(?:kill|wound|injur|murder|massacr|execut|behead|maim|abduct|kidnap|arrest|detain|jail|captur)\w*|sh(?:ot|oot|oots|ooting)(?: dead)?|hurts?|hurting|"
    r"dead|slain|slew|le(?:ft|aving)|tak(?:e|es|ing)|took)(?: (?:dead|at|least|about|some|nearly|more|than|up|to|another|over)){0,3} $",
    re.I,
)
AGE_OF = re.compile(
    r"\b(?:age of|aged?|turned|(?:children|infants|babies|those|people|boys|girls|women|men|adults) (?:under|over|below)) $",
    re.I,
)
OPENS = re.compile(
    r"(?:^|[.;:!?\n“\"(—–]\s?)(?:(?:more|less|fewer|than|about|some|nearly|almost|around|roughly|at|least|as|many|only|just|over) )*$",
    re.I,
)
BY_PLACE = re.compile(
    r" (?:\w+ ){0,2}(?:villages|towns|cities|districts|provinces|regions|states|countries|areas|neighbou?rhoods|locations|sites|places|camps|"
    r"settlements|islands|municipalities|counties|communities|houses|homes|buildings|schools|hospitals|vehicles|cars|boats|"
    r"attacks|raids|strikes|airstrikes|clashes|incidents|operations|blasts|explosions|bombings|shootings|ambushes|accidents|crashes)\b"
)
SAID_OF_PLACES = re.compile(
    r" (?:(?:now|still|also) )?(?:have|has|had|are|is|were|was|do|does|lack|need|remain|report|say|cannot|can)\b"
)


def divides(m: re.Match[str]) -> bool:
    """Whether "three in five" tells a share rather than a count of something in so many places.

    No share stands behind a verb of harm or an age, nor before places and deeds that nothing is said of.
    """
    text, at = m.string, m.start()
    if " out of" in m[0].lower():
        return True
    start = max(0, at - LEFT)
    if AGE_OF.search(text, start, at):
        return False
    place = BY_PLACE.match(text, m.end())
    if HARMS.search(text, start, at):
        return m[0].lower().startswith("one ") and place is None
    if place is None or SAID_OF_PLACES.match(text, place.end()):
        return True
    return OPENS.search(text, start, at) is not None


def noun_of(text: str, core: Range) -> Range | None:
    """What a share is of where it stands inside: "one child in four"."""
    m = INSIDE.match(text, core.start, core.end)
    return Range(*m.span(1)) if m else None


def share(part: Amount, of: Amount) -> Amount:
    """A fraction as percent, one decimal."""
    return whole(round(100 * part / of, 1)) if of else 0
