"""How numbers of one list follow each other: "12 in Kor, nine in Ostan", "six killed, officials said: four in Kor", "14 on Friday and 300 since May".

Each pattern stands for what is between two numbers, or right behind one.
"""

from __future__ import annotations

import re

JOINED = re.compile(
    r"[,\s]*(?:(?:and|or|as well as|plus|perhaps|possibly|maybe|even|with|another|the other|a further|including|mostly)[,\s]+)*(?:the |a |an |another |further )*",
    re.I,
)
OPENED = re.compile(
    r"\s?(?:[:(]|[—–]|-{1,2}(?=\s))\s?(?:the |an? )?"
)  # "12 people: two women", "12 people (two women"
LISTED = re.compile(r"[^.;\d]{0,100}(?:[,:]\s|\s?[—–(]\s?|\s-{1,2}\s)(?:the |an? )?")
SINGLE = re.compile(
    r",?(?: and)? (?:an?|his|her|their) [\w’-]+(?: [\w’-]+)?(?=,| and )"
)  # "three women, a man and 8 boys"
CAPITALS = (
    r"[A-Z][\w’'-]*(?: (?:[A-Z][\w’'-]*|of|the|district|province|city|state|town|village|county|region))*"
)
PLACE = rf"(?:in|at|near|from|to|into|around|outside) (?:the )?(?:(?:city|town|village|district|province|state|region) of )?{CAPITALS}"
BY_PLACE = re.compile(rf"(?: [^.;:,\d]{{1,80}})? {PLACE},? (?:and |with |another ){{0,2}}")
SITE = r"(?:in|at|on|inside|outside|near|around)"
BY_SITE = re.compile(rf"(?: [^.;:,\d]{{1,80}})? {SITE} [^.;:,\d]{{1,60}},? (?:and|while|with) (?:another )?")
IN_SITE = re.compile(rf" (?:more )?(?:{SITE} (?!all\b|total\b)[a-z]|(?:abroad|overseas|elsewhere)\b)")
IN_PLACE = re.compile(rf" (?:people |others |more )?{PLACE}")
AFTER_PLACE = re.compile(
    rf"(?: [^.;:,\d]{{1,80}})?,(?: and)? {CAPITALS}, "
)  # "12 dead, Ostan, 4, and Farwa, 3"
ENDED = re.compile(r"[,.;]|$")
LED_TO = re.compile(r"[^.;\d]{1,100}(?::\s|\s?[—–]\s?|\s-{1,2}\s)")  # "were killed in raids, police said: "
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December)"
BY_TIME = re.compile(
    r"(?: [^.;:,\d]{1,80})?,? (?:and|with|but) (?:(?:another|a further|a total of|only|just) )?"
)
IN_TIME = re.compile(
    rf" (?:people |others |more )?(?:since (?!then\b)|(?:in|over|during) the (?:past|last|previous|first)\b|(?:this|last) (?:week|month|year)\b|on {DAY}\b)"
)
AFTER_TIME = re.compile(  # "40 died in Dadu on Monday; on Tuesday, 12"
    rf"(?: [^.;:\d]{{1,80}})?[;,] (?:and |but )?(?:on|in) {DAY}(?: [a-z]+)?, "
)


def listed(text: str, joint: str, end: int, *, counts: bool) -> bool:
    """Whether a number goes on with the list of the one before, perhaps place by place or day by day: "12 died in Kor, 11 in Ostan",
    "12 in the hall and 9 in homes", "14 on Friday and 300 since May".

    `joint` stands between the two, `end` is where what the second counts ends; `counts` tells whether it has a noun of its own.
    """
    by_place = BY_PLACE.fullmatch(joint) and IN_PLACE.match(text, end)
    by_site = not counts and BY_SITE.fullmatch(joint) and IN_SITE.match(text, end)
    after_place = AFTER_PLACE.fullmatch(joint) and ENDED.match(text, end)
    by_time = not counts and BY_TIME.fullmatch(joint) and IN_TIME.match(text, end)
    after_time = AFTER_TIME.fullmatch(joint) and ENDED.match(text, end)
    return bool(JOINED.fullmatch(joint) or by_place or by_site or after_place or by_time or after_time)


def placed(text: str, end: int) -> bool:
    """Whether a place follows right behind a number: "three [in Donetsk region]", "40 [to Sanaa]"."""
    return bool(IN_PLACE.match(text, end) or IN_SITE.match(text, end))


def led_to(joint: str) -> bool:
    """Whether a colon or dash at the end of what follows a whole leads to its parts."""
    return LED_TO.fullmatch(joint) is not None
