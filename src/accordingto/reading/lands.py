"""In which land a toponym lies by the words beside it: "Tripoli, Lebanon", "the Lebanese city of Tripoli"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.spans import Range

POSSESSIVE = re.compile(r"['’]s?$")
SIDE = (
    r"(?:(?:north|south|east|west)(?:ern|ernmost)?(?:[- ]?(?:north|south|east|west|central)(?:ern)?)?|central|mid|"
    r"upper|lower|inner|outer|greater|mainland|downtown|rural|coastal|occupied|[A-Za-z]+-(?:occupied|controlled|held|"
    r"administered)|government-held|suburban|far|deep)"
)
DIVISIONS = (
    r"provinces?|governorates?|states?|count(?:y|ies)|districts?|regions?|oblasts?|departments?|divisions?|prefectures?|"
    r"cantons?|parish|upazilas?|raions?|municipalit(?:y|ies)|subdistricts?|tehsils?|woredas?|zones?|wards?|republics?|"
    r"emirates?|voivodeships?|Co\."
)
SETTLEMENTS = r"cit(?:y|ies)|towns?|villages?|capital|hamlets?|settlements?|suburbs?|neighbou?rhoods?|ports?|townships?|boroughs?|community"
CAPITALS_NEXT = r"((?:[A-Z][\w.’'-]*)(?:[ ](?:[A-Z][\w.’'-]*)){0,2})"
NEXT = re.compile(
    rf"\s*(?:(?P<comma>,\s*)|\(\s*|,?\s+in\s+|,\s+(?:an?|the)\s+(?:[a-z-]+\s+){{0,3}}(?:{SETTLEMENTS})\s+(?:in|of)\s+)"
    rf"(?:the\s+)?(?:(?:north|south|east|west|cent(?:er|re)|heart)\w*\s+of\s+(?:the\s+)?)?(?:{SIDE}\s+){{0,2}}{CAPITALS_NEXT}"
)
ONE_MORE = re.compile(
    r"(?:,\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*){0,6},?\s+(?:and|or)\s+(?:the\s+)?[A-Z]"
)
HELD_NOUN = re.compile(
    rf"(?<![\w-])(?:(?!settlement)(?:{SETTLEMENTS})|islands?|{DIVISIONS})\s+(?:of\s+)?(?:the\s+)?$", re.I
)
LAST_WORDS = re.compile(r"(?:(?<![\w’'-])[\w’'-]+\s+){0,5}$")
ENDS_HOLDING = frozenset("the a an in of on at to from for by with near and or that".split())
OPENS_HOLDING = re.compile(rf"(?:{'|'.join(sorted(ENDS_HOLDING))}|{SIDE})", re.I)
NO_ADJECTIVE = re.compile(r"[\w’']*(?:s|ed)")  # "troops", "captured"
HELD_OWN = re.compile(  # what a country owns is the town itself: ", Lebanon’s second city,"
    rf"\s+(?:[\w-]+\s+){{0,3}}(?:{SETTLEMENTS}|{DIVISIONS})(?:\s*(?:[,.;:)—–\n]|$)|\s+(?:after|and|in|on|by|with|where|which)\b)",
    re.I,
)
ALONE = re.compile(r"(?:^|\n|(?<!\w)(?:in|near|at)\s)\s*$", re.I)
OWNER = re.compile(r"(?<![\w-])([A-Z][\w.’'-]*?(?: [A-Z][\w.’'-]*?){0,2})['’]s?\s+$")

Holders = frozenset[int | str]


class Behind(NamedTuple):
    """The name right behind a toponym: what it may mean, where it ends, whether a comma alone joins it."""

    found: tuple[Candidate, ...]
    end: int
    comma: bool


def named_behind(text: str, at: Range, gazetteer: Gazetteer) -> Behind | None:
    """The place that a toponym is said to stand in by the words behind it: after a comma, a bracket or "in".

    None without, and where the name only begins what is told next: "In London, Canada’s prime minister said".
    """
    m = NEXT.match(text, at.end, at.end + 90)
    if m is None:
        return None
    found, length = first_known(m[2], gazetteer)
    end, comma = m.start(2) + length, m["comma"] is not None
    if comma and POSSESSIVE.search(text, m.start(2), end) and not HELD_OWN.match(text, end):
        return None
    return Behind(found, end, comma)


def owner_of(text: str, at: Range, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places that own a toponym: "Nigeria’s Borno"."""
    m = OWNER.search(text, max(0, at.start - 40), at.start)
    return first_known(m[1], gazetteer)[0] if m else ()


def first_known(words: str, gazetteer: Gazetteer) -> tuple[tuple[Candidate, ...], int]:
    """The candidates of the longest beginning of some words that the gazetteer knows, and its length in characters."""
    parts = words.split(" ")
    for count in range(len(parts), 0, -1):
        name = " ".join(parts[:count])
        if found := gazetteer.candidates(POSSESSIVE.sub("", name)):
            return found, len(name)
    return (), 0


def holders(found: Sequence[Candidate]) -> Holders:
    """The countries (codes) and first-order divisions (keys) among what a name may mean."""
    regions = {c.country for c in found if c.known and c.country and not (c.is_division or c.is_settlement)}
    lands = {c.country for c in found if c.is_country and c.country and c.own}
    return frozenset({*regions, *lands, *(c.key for c in found if c.feature == "ADM1")})


def held_behind(text: str, at: Range, mine: tuple[Candidate, ...], behind: Behind | None) -> Holders:
    """What holds a toponym by the words behind it: "Tripoli, Lebanon", "Tripoli, in northern Lebanon"; not a list's next."""
    if behind is None:
        return frozenset()
    if behind.comma:
        own = any(c.is_country and c.own for c in mine)
        if ONE_MORE.match(text, behind.end) or (
            own and not ALONE.search(text[max(0, at.start - 12) : at.start])
        ):
            return frozenset()
    return holders(apart_from(mine, behind.found))


def held_before(text: str, at: Range, gazetteer: Gazetteer) -> Holders:
    """What holds a toponym by the words before it: "the northern Lebanese city of", "the Cauca town of".

    Two adjectives may stand between, in a phrase that an article or a preposition opens: not in "Russian forces seize city of".
    """
    noun = HELD_NOUN.search(text, max(0, at.start - 30), at.start)
    before = LAST_WORDS.search(text, max(0, noun.start() - 50), noun.start()) if noun else None
    words = before[0].split() if before else []
    for end in range(len(words), max(0, len(words) - 3), -1):
        if words[end - 1].casefold() in ENDS_HOLDING or any(map(NO_ADJECTIVE.fullmatch, words[end:])):
            break
        for start in range(max(0, end - 3), end):
            name = POSSESSIVE.sub("", " ".join(words[start:end]))
            if not all(w[0].isupper() for w in name.split()):
                continue
            code = gazetteer.demonym(name)
            if told := frozenset({code}) if code else holders(gazetteer.candidates(name)):
                opened = start > 0 and OPENS_HOLDING.fullmatch(words[start - 1])
                return told if opened or end == len(words) else frozenset()
    return frozenset()


def apart_from(mine: tuple[Candidate, ...], beside: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The places named beside a toponym without those of its own level: in "Oregon, Ohio" of a list of states."""
    country = any(c.is_country and c.own for c in mine)
    states = {c.country for c in mine if c.feature == "ADM1" and c.own}
    return tuple(
        c
        for c in beside
        if not (country and c.is_country and c.own) and not (c.feature == "ADM1" and c.country in states)
    )
