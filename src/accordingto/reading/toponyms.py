"""The words of a toponym and around it: what is looked up, and what the words say of the kind of place.

"the southern city of Khan Younis" is looked up as "Khan Younis" and must be a settlement; "Dohuk province"
must be a division; "northern Gaza" is a part of Gaza and so a region. "Tripoli, Lebanon" and "the Lebanese city of
Tripoli" tell in which country or division it lies, and tell it of all mentions of that name in the report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from accordingto.placefile import fold
from accordingto.reading.gazetteer import Candidate, Gazetteer
from accordingto.reading.lands import (
    DIVISIONS,
    POSSESSIVE,
    SETTLEMENTS,
    SIDE,
    Holders,
    apart_from,
    held_before,
    held_behind,
    named_behind,
    owner_of,
)
from accordingto.spans import Range

SHARED_SEATS = frozenset(
    ("Geneva", "New York City", "New York", "Brussels", "Vienna", "The Hague")
)  # of the world's bodies
ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
DIRECTION = re.compile(rf"^{SIDE}(?:\s+{SIDE})*\s+(?:part(?:s)? of\s+)?(?=\S)", re.I)
BEFORE = re.compile(rf"(?<![\w-]){SIDE}(?:\s+{SIDE})*\s+$", re.I)
AFTER_DIVISION = re.compile(rf"^(?:['’]s)?\s+(?:{DIVISIONS})(?![\w-])", re.I)
AFTER_SETTLEMENT = re.compile(r"^\s+(?:city|town|village|township)(?![\w-])", re.I)
OF_DIVISION = re.compile(rf"(?:{DIVISIONS})\s+of\s+(?:the\s+)?$", re.I)
OF = re.compile(r"\sof\s+(?:the\s+)?$", re.I)
OF_SETTLEMENT = re.compile(rf"(?:{SETTLEMENTS})\s+(?:of\s+)?$", re.I)
WIDE = r"province|governorate|state|region|oblast|emirate|republic|prefecture|voivodeship"
TOWNS = r"city|town|village|hamlet|port"
BEHIND = re.compile(rf"\s+({DIVISIONS}|{TOWNS})(?![\w-])", re.I)
OF_ONE = re.compile(
    rf"(\b(?:an?|every|each|any|another)\s+(?:[\w-]+\s+){{0,2}})?\b((?:{WIDE}|{TOWNS})\s+of)\s+(?:the\s+)?$",
    re.I,
)
STATE_BODY = re.compile(
    r"\s+state\s+(?:tv|television|media|news|radio|broadcaster|university|agency|hospital|museum|theat(?:er|re)|bank|security)\b",
    re.I,
)
TRANSLATED = (
    "oblast",
    "province",
    "governorate",
)  # what "region" and the like, but not "state", may be in a division's own name
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
STREET = "streets?|roads?|avenues?|lanes?|boulevards?|highways?"
STREETS_NEXT = re.compile(r"\s+(?:streets|roads|avenues|lanes|boulevards|highways|squares)\b", re.I)
OF_NATURE_NEXT = re.compile(r"\s+(?:rivers|islands|lakes|mountains|hills)\b", re.I)
CORNER = re.compile(r"\b(?:corner|intersection|junction|crossing|crossroads)(?:\s+of)?(?:\s+the)?\s+$", re.I)
STREET_LAST = re.compile(rf"\s+(?:{STREET})$", re.I)
KNOWN_CITY = (
    300_000  # people, from which "the Lagos and Abuja roads" lead to cities rather than bear their names
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
COMPASS = re.compile(
    r"(?:(?:north|south|east|west)(?:ern)?(?:[ -]?(?:east|west|central)(?:ern)?)?|central)(?: (?:coast|regions?|zones?|areas?|provinces?))?"
)
LEAST = 60_000  # people of a town that may lie elsewhere than in the land named before it: "the Russian city of Sevastopol"
LOCAL = 1_000_000  # a respelt name means no larger place: those are spelt in every way in the file


class Kind(StrEnum):
    """What the words around a toponym say of the place."""

    ANY = "any"
    DIVISION = "division"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Toponym:
    """One toponym: where it stands, the name that was looked up, what that may mean, what its words say.

    `part` is true for "northern Gaza"; `within` are the places that it is said to stand in ("Jabaliya, Gaza"),
    `told` the lands that its words say hold it: sets of countries (codes) and divisions (keys), of each of which one does.
    """

    at: Range
    name: str
    candidates: tuple[Candidate, ...]
    kind: Kind = Kind.ANY
    part: bool = False
    within: tuple[Candidate, ...] = ()
    told: tuple[Holders, ...] = ()

    @property
    def compass(self) -> bool:
        """Whether it names no more than a side of some country: "the Northwest", "the east coast"."""
        return COMPASS.fullmatch(fold(self.name)) is not None

    @property
    def held(self) -> tuple[Candidate, ...]:
        """The candidates that lie where they are told to, or may: some regions have no country."""
        return tuple(
            c for c in self.candidates if (c.known and not c.country) or all(c.lies_in(t) for t in self.told)
        )

    def with_told(self, told: Iterable[Holders]) -> Toponym:
        """The same, said to lie in some more lands too; unchanged where no candidate lies in all of them."""
        more = tuple(dict.fromkeys((*self.told, *told)))
        if more == self.told:
            return self
        within_all = any(all(c.lies_in(t) for t in more) for c in self.candidates)
        return replace(self, told=more) if within_all else self


def look_up(text: str, at: Range, gazetteer: Gazetteer, *, respell: bool = True) -> Toponym:
    """The toponym at `at`, with its candidates; none where the gazetteer does not know the name.

    With `respell` a name that it does not know is looked up in near spellings.
    """
    name = ARTICLE.sub("", POSSESSIVE.sub("", text[at.start : at.end].strip()))
    dot = "." if len(name) < 6 and text[at.end : at.end + 1] == "." else ""  # of "Kan.", or of the sentence
    kind, word = kind_around(text, at), kind_word(text, at)
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
        word = (m["division"] or m["settlement"] or word).casefold().strip()
        found = known(core, gazetteer)
        if not found and (n := DIRECTION.match(core)):
            core, part = core[n.end() :], True
            found = known(core, gazetteer)
    if not found and (code := gazetteer.demonym(core)):
        country = gazetteer.country(code)
        found = (country,) if country else ()
    if name.isupper() and len(name) < 6 and any(c.known for c in found):
        found = tuple(c for c in found if c.known)  # "the E.U." is no village
    if respell:
        found = found or respelt(core, gazetteer)
    before = held_before(text, at, gazetteer)
    if before and not any(c.lies_in(before) for c in found):
        found = tuple(c for c in found if c.known or (c.own and c.population >= LEAST))
    found = with_divisions(core, word, found, gazetteer)
    behind = named_behind(text, at, gazetteer)
    within = apart_from(found, behind.found if behind else owner_of(text, at, gazetteer))
    within = tuple(c for c in within if not c.is_settlement or c.population > 100_000)
    out = Toponym(at, core, sifted(found, kind, word), kind, part, within)
    for told in (held_behind(text, at, found, behind), before):
        out = out.with_told([told] if told else [])
    return out


def with_divisions(
    name: str, word: str, found: tuple[Candidate, ...], gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Candidates with the divisions that bear a town's name and such a word in its country: "Kharkiv region", its oblast.

    They take the place of others that the bare name means there: "Moscow region" is not the city, though that is a division too.
    """
    bare = word.removesuffix(" of")
    if not re.fullmatch(WIDE, bare):
        return found
    mine, lands = {c.key: c for c in found}, {c.country for c in found if c.is_settlement}
    named = {
        c.key: mine.get(c.key, c)
        for other in (bare, *(() if bare == "state" else TRANSLATED))
        for c in gazetteer.candidates(f"{name} {other}")
        if c.feature == "ADM1" and c.country in lands
    }
    lands = {c.country for c in named.values()}
    return (*(c for c in found if c.feature != "ADM1" or c.country not in lands), *named.values())


def sifted(candidates: tuple[Candidate, ...], kind: Kind, word: str = "") -> tuple[Candidate, ...]:
    """Candidates without those that no report means by the name; `word` is what `kind_word` tells.

    A sea is no division that is called after it, unless a word says so; a country's own name is not its
    capital, though GeoNames lists it there too. A division word leaves no towns in such a division and no capital beside
    it, a word for a town no countries.
    """
    if kind is Kind.DIVISION and word:
        wide = re.fullmatch(WIDE, word.removesuffix(" of")) is not None
        named = [c for c in candidates if c.is_division and (c.feature == "ADM1") is wide]
        lands, divisions = {c.country for c in named}, {c.key if wide else c.admin1_key for c in named}
        candidates = tuple(
            c
            for c in candidates
            if not (c.is_settlement and c.country in lands)
            or not (c.admin1_key in divisions or c.feature == "PPLC")
        )
    elif re.match(TOWNS, word) and any(c.is_settlement for c in candidates):
        whole = word.endswith(" of")
        candidates = tuple(c for c in candidates if not c.is_country or (c.own and not whole))
    seas = tuple(c for c in candidates if c.known and c.feature in SEAS)
    if seas and kind is not Kind.DIVISION:
        return seas
    lands = {c.country for c in candidates if c.is_country and c.own}
    return tuple(c for c in candidates if not (c.is_settlement and c.country in lands and not c.own))


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


def kind_word(text: str, at: Range) -> str:
    """The word that says outright what a toponym is: "province", or "province of" where it stands before; else none.

    "Aleppo districts" and "a district of Aleppo" are parts of it, "Damascus state television" and "Moscow’s state museum" are bodies.
    """
    if STATE_BODY.match(text, at.end):
        return ""
    if m := BEHIND.match(text, at.end):
        word = m[1].casefold()
        return "" if word.endswith("s") else word
    m = OF_ONE.search(text[max(0, at.start - 40) : at.start])
    return "" if m is None or m[1] else " ".join(m[2].casefold().split())


def alike(text: str, toponyms: list[Toponym]) -> list[Toponym]:
    """Toponyms of one list, all of one kind where one word says so of them: "the provinces of A, B and C", "A and B districts", "A and B roads"."""
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
            elif names_streets(text, first, last):
                out[start:n] = [without_towns(t, whole=True) for t in out[start:n]]
            elif OF_NATURE_NEXT.match(text, last.end) or OF_NATURE_NEXT.search(text, *last):
                out[start:n] = [without_towns(t, whole=False) for t in out[start:n]]
        start = n
    return out


def names_streets(text: str, first: Range, last: Range) -> bool:
    """Whether a list is of streets: "Alder and Birch roads", "the corner of Alder and Birch Street"."""
    if STREETS_NEXT.match(text, last.end) or STREETS_NEXT.search(text, *last):
        return True
    corner = CORNER.search(text, max(0, first.start - 40), first.start)
    return corner is not None and STREET_LAST.search(text, *last) is not None


def without_towns(toponym: Toponym, *, whole: bool) -> Toponym:
    """A name without the towns that bear it, unless it is that of a large city or a country; `whole`: without any smaller place."""
    large = [c for c in toponym.candidates if c.own and (c.is_country or c.population >= KNOWN_CITY)]
    if large:
        return toponym
    kept = () if whole else tuple(c for c in toponym.candidates if c.known or not c.is_settlement)
    return replace(toponym, candidates=kept)


def agreed(toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Toponyms with what is told beside other mentions of the same name, where that does not contradict itself."""
    told: defaultdict[str, dict[Holders, None]] = defaultdict(dict)
    for t in toponyms:
        told[fold(t.name)] |= dict.fromkeys(t.told)
    return [t.with_told(told[fold(t.name)]) for t in toponyms]


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
