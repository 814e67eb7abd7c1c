"""The words of a toponym and around it: what is looked up, and what the words say of the kind of place.

"the southern city of Khan Younis" is looked up as "Khan Younis" and must be a settlement; "Dohuk province"
must be a division; "northern Gaza" is a part of Gaza and so a region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.spans import Range

POSSESSIVE = re.compile(r"['’]s?$")
ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
SIDE = (
    r"(?:(?:north|south|east|west)(?:ern|ernmost)?(?:[- ]?(?:north|south|east|west|central)(?:ern)?)?|central|mid|"
    r"upper|lower|inner|outer|greater|mainland|downtown|rural|coastal|occupied|[A-Za-z]+-(?:occupied|controlled|held|"
    r"administered)|government-held|suburban|far|deep)"
)
DIRECTION = re.compile(rf"^{SIDE}(?:\s+{SIDE})*\s+(?:part(?:s)? of\s+)?(?=\S)", re.I)
BEFORE = re.compile(rf"(?<![\w-]){SIDE}(?:\s+{SIDE})*\s+$", re.I)
DIVISIONS = (
    r"provinces?|governorates?|states?|count(?:y|ies)|districts?|regions?|oblasts?|departments?|divisions?|prefectures?|"
    r"cantons?|parish|upazilas?|raions?|municipalit(?:y|ies)|subdistricts?|tehsils?|woredas?|zones?|wards?|republics?|"
    r"emirates?|voivodeships?|Co\."
)
SETTLEMENTS = r"cit(?:y|ies)|towns?|villages?|capital|hamlets?|settlements?|suburbs?|neighbou?rhoods?|ports?|townships?|boroughs?|community"
AFTER_DIVISION = re.compile(rf"^(?:['’]s)?\s+(?:{DIVISIONS})(?![\w-])", re.I)
AFTER_SETTLEMENT = re.compile(r"^\s+(?:city|town|village|township)(?![\w-])", re.I)
OF_DIVISION = re.compile(rf"(?:{DIVISIONS})\s+of\s+(?:the\s+)?$", re.I)
OF = re.compile(r"\sof\s+(?:the\s+)?$", re.I)
OF_SETTLEMENT = re.compile(rf"(?:{SETTLEMENTS})\s+(?:of\s+)?$", re.I)
INNER = re.compile(
    rf"^(?:(?P<division>{DIVISIONS})\s+of\s+(?:the\s+)?|(?P<settlement>(?:\w+\s+)?capital\s+(?:city\s+)?(?:of\s+)?"
    rf"|(?:{SETTLEMENTS})\s+of\s+))(?=\S)",
    re.I,
)
ENDING = re.compile(
    rf"\s+(?:(?P<division>{DIVISIONS})|(?P<settlement>{SETTLEMENTS}|area|peninsula|valley|enclave|camp|refugee camp|"
    rf"metropolitan area|strip))$",
    re.I,
)
NEXT = re.compile(
    r"^\s*(?:,\s*|\(\s*|,?\s+in\s+)(?:the\s+)?((?:[A-Z][\w.’'-]*)(?:[ ](?:[A-Z][\w.’'-]*)){0,2})"
)
OWNER = re.compile(r"(?<![\w-])([A-Z][\w.’'-]*?(?: [A-Z][\w.’'-]*?){0,2})['’]s?\s+$")
SEAS = frozenset({"SEA", "OCN", "GULF", "STRT"})
LISTED = re.compile(r"\s*(?:,|,?\s*(?:and|or))\s+(?:the\s+)?")
DIVISIONS_OF = re.compile(
    r"\b(?:provinces|governorates|states|counties|districts|regions|departments|prefectures|municipalities|subdistricts|"
    r"oblasts|republics|emirates)(?:,?\s+(?:of|such as|including))?\s+(?:the\s+)?$",
    re.I,
)
DIVISIONS_NEXT = re.compile(
    r"\s+(?:provinces|governorates|states|counties|districts|regions|departments|prefectures|municipalities|oblasts)\b",
    re.I,
)
SHORT = {"st": "saint", "mt": "mount", "ft": "fort", "n": "north", "s": "south", "e": "east", "w": "west"}
RESPELT = (
    (re.compile(r"aa+"), "a"), (re.compile(r"([b-df-hj-np-tv-z])\1"), r"\1"), (re.compile(r"iy+a"), "ia"),
    (re.compile(r"oo|ou"), "u"), (re.compile(r"ee|ei"), "i"), (re.compile(r"q"), "k"), (re.compile(r"kh"), "h"),
    (re.compile(r"h$"), ""), (re.compile(r"ahs?$"), "a"), (re.compile(r"e"), "i"), (re.compile(r"o"), "u"),
    (re.compile(r"^(?:al|el|ar|as|ash|at|ad|an|az) "), ""), (re.compile(r"s"), "sh"), (re.compile(r"sh"), "s"),
    (re.compile(r"pur$"), "pore"), (re.compile(r"th"), "t"), (re.compile(r"ai"), "ay"), (re.compile(r"w"), "v"),
    (re.compile(r"(?<=\w)-?(?=ri$|dong$|gu$)"), " "), (re.compile(r"i$"), "y"), (re.compile(r"y"), "i"),
)  # fmt: skip
PEOPLE = re.compile(r"(?<![\w-])([A-Z][a-z]+)\s$")  # "Iraqi Kurdistan"
CAPITALS = re.compile(r"(?<![\w-])[A-Z][a-z]{2,}(?=( [A-Z][a-z]{3,})?(?![\w]))")
LOCAL = 1_000_000  # a respelt name means no larger place: those are spelt in every way in the file


class Kind(StrEnum):
    """What the words around a toponym say of the place."""

    ANY = "any"
    DIVISION = "division"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Toponym:
    """One toponym: where it stands, the name that was looked up, what that may mean, what its words say.

    `part` is true for "northern Gaza"; `within` are the places that it is said to stand in ("Jabaliya, Gaza").
    """

    at: Range
    name: str
    candidates: tuple[Candidate, ...]
    kind: Kind = Kind.ANY
    part: bool = False
    within: tuple[Candidate, ...] = ()


def look_up(text: str, at: Range, gazetteer: Gazetteer, *, respell: bool = True) -> Toponym:
    """The toponym at `at`, with its candidates; none where the gazetteer does not know the name.

    With `respell` a name that it does not know is looked up in near spellings.
    """
    name = ARTICLE.sub("", POSSESSIVE.sub("", text[at.start : at.end].strip()))
    dot = "." if len(name) < 6 and text[at.end : at.end + 1] == "." else ""  # of "Kan.", or of the sentence
    kind = kind_around(text, at)
    part = BEFORE.search(text[max(0, at.start - 40) : at.start]) is not None
    found = known(name + dot, gazetteer)
    core = name
    if (m := PEOPLE.search(text, max(0, at.start - 20), at.start)) and gazetteer.demonym(m[1]):
        found = tuple(c for c in gazetteer.candidates(f"{m[1]} {name}") if c.known) or found
    if not found and (m := DIRECTION.match(core)):
        core, part = core[m.end() :], True
        found = known(core, gazetteer)
    if not found and (m := INNER.match(core) or ENDING.search(core)):
        core = core[m.end() :] if m.start() == 0 else core[: m.start()]
        kind = Kind.DIVISION if m["division"] else Kind.SETTLEMENT if m["settlement"] else kind
        found = known(core, gazetteer)
        if not found and (n := DIRECTION.match(core)):
            core, part = core[n.end() :], True
            found = known(core, gazetteer)
    if not found and (code := gazetteer.demonym(core)):
        country = gazetteer.country(code)
        found = (country,) if country else ()
    if respell:
        found = found or respelt(core, gazetteer)
    within = apart_from(found, named_beside(text, at, gazetteer))
    return Toponym(at, core, sifted(found, kind), kind, part, within)


def sifted(candidates: tuple[Candidate, ...], kind: Kind) -> tuple[Candidate, ...]:
    """Candidates without those that no report means by the name.

    A sea is no division that is called after it, unless a word says so; a country's own name is not its
    capital, though GeoNames lists it there too.
    """
    seas = tuple(c for c in candidates if c.known and c.feature in SEAS)
    if seas and kind is not Kind.DIVISION:
        return seas
    lands = {c.country for c in candidates if c.is_country and c.own}
    return tuple(c for c in candidates if not (c.is_settlement and c.country in lands and not c.own))


def apart_from(mine: tuple[Candidate, ...], beside: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The places named beside a toponym without those of its own level: in "Oregon, Ohio" of a list of states."""
    country = any(c.is_country and c.own for c in mine)
    states = {c.country for c in mine if c.feature == "ADM1" and c.own}
    return tuple(
        c
        for c in beside
        if not (country and c.is_country and c.own) and not (c.feature == "ADM1" and c.country in states)
    )


def known(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Candidates of a name and of what it is short for ("St. Paul")."""
    out = gazetteer.candidates(name)
    first, _, rest = fold(name).partition(" ")
    if rest and first in SHORT:
        more = gazetteer.candidates(f"{SHORT[first]} {rest}")
        out = (*out, *(c for c in more if all(c.key != o.key for o in out)))
    return out


def respelt(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Candidates of near spellings, for names that are written in several ways in Latin letters."""
    key = fold(name)
    if len(key) < 5 or not key.replace(" ", "").isalpha():
        return ()
    tried: dict[str, None] = {}
    for pattern, new in RESPELT:
        tried[pattern.sub(new, key)] = None
    for once in list(tried):
        for pattern, new in RESPELT[:8]:
            tried[pattern.sub(new, once)] = None
    tried.pop(key, None)
    out: dict[int, Candidate] = {}
    for other in tried:
        if len(other) > 3:
            out |= {
                c.key: c for c in gazetteer.candidates(other) if c.population < LOCAL and not c.is_country
            }
    return tuple(out.values())


def kind_around(text: str, at: Range) -> Kind:
    """The kind of place that the words before and after a toponym tell."""
    before, after = text[max(0, at.start - 40) : at.start], text[at.end : at.end + 24]
    if AFTER_DIVISION.match(after) or (OF.search(before) and OF_DIVISION.search(before)):
        return Kind.DIVISION
    if AFTER_SETTLEMENT.match(after) or OF_SETTLEMENT.search(before):
        return Kind.SETTLEMENT
    return Kind.ANY


def alike(text: str, toponyms: list[Toponym]) -> list[Toponym]:
    """Toponyms of one list, all divisions where one word says so of them: "the provinces of A, B and C", "A and B districts"."""
    out = list(toponyms)
    start = 0
    for n in range(1, len(out) + 1):
        if n < len(out) and LISTED.fullmatch(
            text, out[n - 1].at.end, max(out[n].at.start, out[n - 1].at.end)
        ):
            continue
        if n - start > 1:
            first, last = out[start].at, out[n - 1].at
            told = DIVISIONS_OF.search(text, max(0, first.start - 40), first.start)
            if told or DIVISIONS_NEXT.match(text, last.end) or DIVISIONS_NEXT.search(text, *last):
                out[start:n] = [replace(t, kind=Kind.DIVISION) for t in out[start:n]]
        start = n
    return out


def named_beside(text: str, at: Range, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places that a toponym is said to stand in: after a comma, a bracket or "in", or before "'s"."""
    m = NEXT.match(text[at.end : at.end + 60]) or OWNER.search(text[max(0, at.start - 40) : at.start])
    if m is None:
        return ()
    words = m[1].split(" ")
    for count in range(len(words), 0, -1):
        name = POSSESSIVE.sub("", " ".join(words[:count]))
        if found := gazetteer.candidates(name):
            return tuple(c for c in found if not c.is_settlement or c.population > 100_000)
    return ()


def words_for_people(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The countries of all demonyms in a text, one for each time that one is used."""
    end = 0
    for m in CAPITALS.finditer(text):
        if m.start() < end:
            continue
        pair = m[0] + (m[1] or "")
        for words in (pair, m[0]) if m[1] else (pair,):
            if (code := gazetteer.demonym(words)) is not None:
                end = m.start() + len(words)
                yield code
                break
