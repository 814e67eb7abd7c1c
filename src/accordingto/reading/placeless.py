"""Names that mean no place however they look: ships, bodies that act, points of the compass, bodies of many states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate
from accordingto.reading.placeuses import PlaceUses, Use, words_before
from accordingto.reading.toponyms import COMPASS
from accordingto.spans import Range

SHIP = re.compile(r"(?:USS|USNS|USCGC|HMS|HMAS|HMCS|HMNZS|INS|ROKS|BRP|RFA|KRI|TCG|M/?V)\s+[A-Z]")
SHIP_WORDS = (
    r"\b(?:carriers?|warships?|destroyers?|frigates?|corvettes?|cruisers?|submarines?|battleships?|flagship|trawlers?|tankers?|"
    r"freighters?|yachts?|vessel)(?:\s+(?:named|called)|,\s+the)?\s+"
)
SHIP_NOUN = re.compile(SHIP_WORDS + "$")
SHIP_NAMED = re.compile(SHIP_WORDS + r"([A-Z][\w’'-]+(?: [A-Z][\w.’'-]*)*)")
NO_SHIP = frozenset({"SEA", "OCN", "GULF", "STRT", "BAY", "CONT", "STM", "RGN"})
LIKE_BODIES = ("ZN", "ST")  # unions of states, and a street that stands for its banks
DEGREES = re.compile(r"(?:\d|°|\bdegrees?)\s*$")
AWAY = re.compile(r"\b(?:kilomet(?:er|re)s?|km|miles?|met(?:er|re)s?)\s+(?:(?:to the|due)\s+)?$")
BODY = re.compile(
    r"\b(?:court|tribunal|police(?: (?:station|precinct|department))?|precinct|ministry|municipality|council|commission|prosecutor['’]s office)"
    r"(?: of [A-Z][\w ]*)?$",
    re.I,
)
ACTS = re.compile(  # "had stopped", "refused"; not "had been hit"
    r"\s+(?:(?:also|later|then|earlier|recently|immediately)\s+)?(?:"
    r"(?:has|have|had)\s+(?:(?:also|not|already|since|earlier|yet to)\s+)?(?!been\b|burn|collapsed\b)[a-z]+(?:ed|en|ght|ne|ld|id|ut|et)\b"
    r"|(?:sought|ruled|refused|ordered|granted|rejected|upheld|issued|announced|dismissed|overturned|sentenced|convicted|acquitted|approved|"
    r"confirmed|denied|declined|decided|found|agreed|adjourned|fined|jailed|barred|blocked|halted|stayed|quashed|summoned|warned|urged|"
    r"arrested|did not|does not|is seeking|is investigating)\b)"
)


def placeless(
    text: str, at: Range, candidates: Sequence[Candidate], uses: PlaceUses, ships: frozenset[str]
) -> bool:
    """Whether a name is no place, whatever else speaks for it; `ships` are the folded names that `ships_of` found."""
    body = text[slice(*at)]
    if any(c.feature == "NONE" for c in candidates) or SHIP.match(body):
        return True
    before = text[max(0, at.start - 30) : at.start]
    if COMPASS.fullmatch(fold(body)) and (DEGREES.search(before) or AWAY.search(before)):
        return True
    if any(c.feature in LIKE_BODIES for c in candidates):
        word = "".join(words_before(text, at.start, uses)[:1])
        return not uses.has(word, Use.LOCATIVE) and word != "on"
    if BODY.search(body) and ACTS.match(text, at.end):
        return True
    if fold(body) not in ships or any(c.is_country or c.feature in NO_SHIP for c in candidates):
        return False
    return before.endswith(("the ", "The ")) or SHIP_NOUN.search(before) is not None


def ships_of(text: str) -> frozenset[str]:
    """The folded names of a document that ships have: "the aircraft carrier Alden", "its third carrier, the Alden"."""
    return frozenset(fold(m[1]) for m in SHIP_NAMED.finditer(text))
