"""Bodies under their several names: acronym and long form, and the one body of a country that a people's name tells.

`body_key("IDF")`, `body_key("Israel Defense Forces")` and `body_key("the Israeli military")` are one; `body_key("Israeli Air
Force")` is another. What no table knows keeps its name's key. Two names of persons are one where the one is the other's last word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from accordingto.ledger.names import DROPPED, name_key, same_name
from accordingto.vocabularies import table

STATES = frozenset({"GOV", "MIL", "COP", "SPY"})  # sectors of a state's own bodies
SHORTEST = 3  # letters of an acronym; of two there are too many
LONGEST = 7


class BodyRow(msgspec.Struct, frozen=True):
    """Words for a country's one body, and which."""

    words: str
    body: str


class CountryRow(msgspec.Struct, frozen=True):
    """A country's name, or the word for its people, and its code."""

    name: str = ""
    demonym: str = ""
    country: str = ""
    part: str = ""
    usual: str = ""


class PeopleRow(msgspec.Struct, frozen=True):
    """A word for a people, a faith or a region."""

    people: str


class ActorRow(msgspec.Struct, frozen=True):
    """A named body with its country and sector."""

    name: str
    country: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Keys of countries' words, of bodies' words, and of the long form of each acronym.

    `states`: bodies of a state under names of their own, with its code; `others`: named bodies that are no state's; `peoples`:
    words for peoples and faiths.
    """

    countries: dict[str, str]
    bodies: dict[str, str]
    long_forms: dict[str, str]
    states: dict[str, str]
    others: frozenset[str]
    peoples: frozenset[str]


@cache
def bodies() -> Bodies:
    """The package's tables, by key of name."""
    rows = (*table("country_names", CountryRow), *table("demonyms", CountryRow))
    countries = {name_key(r.name or r.demonym): r.country for r in rows if r.country and not r.part}
    actors = table("actors", ActorRow)
    known: dict[tuple[str, str, str], list[str]] = {}
    for a in actors:
        if not is_acronym(a.name):
            known.setdefault((initials(a.name), a.country, a.sector), []).append(name_key(a.name))
    long_forms = {
        name_key(a.name): known[initials(a.name, acronym=True), a.country, a.sector][0]
        for a in actors
        if is_acronym(a.name) and (initials(a.name, acronym=True), a.country, a.sector) in known
    }
    return Bodies(
        countries,
        {r.words: r.body for r in table("bodies", BodyRow)},
        long_forms,
        {name_key(a.name): a.country for a in actors if a.country and a.sector in STATES},
        frozenset(name_key(a.name) for a in actors if a.sector not in STATES),
        frozenset(name_key(r.people) for r in table("peoples", PeopleRow)),
    )


def is_acronym(name: str) -> bool:
    """True for three to seven capitals."""
    return bool(re.fullmatch(rf"[A-Z]{{{SHORTEST},{LONGEST}}}", name.removeprefix("the ").replace(".", "")))


def initials(name: str, *, acronym: bool = False) -> str:
    """The first letters of a name's words that count; an acronym's own letters."""
    if acronym:
        return name.removeprefix("the ").replace(".", "").casefold()
    return "".join(w[0] for w in name.casefold().split() if w not in DROPPED and w not in ("for", "in", "on"))


@lru_cache(maxsize=65536)
def body_key(name: str) -> str:
    """One key for a body under its several names."""
    known, key = bodies(), name_key(name)
    if is_acronym(name):
        key = known.long_forms.get(key, key)
    if key in known.others:
        return key
    words = key.split()
    for n in range(1, len(words)):
        for land, rest in ((words[:n], words[n:]), (words[-n:], words[:-n])):
            code, body = known.countries.get(" ".join(land)), known.bodies.get(" ".join(rest))
            if code and body:
                return f"{code} {body}"
    return key


def same_body(one: str, other: str) -> bool:
    """True for one body under two names: one key, or an acronym and the words that it is made of."""
    if body_key(one) == body_key(other):
        return True
    for short, long in ((one, other), (other, one)):
        if is_acronym(short) and not is_acronym(long):
            return initials(short, acronym=True) == initials(long)
    return False


def same_person(one: str, other: str) -> bool:
    """True for equal names, or where the one is the other's last word; two who share a first name are two."""
    a, b = name_key(one).split(), name_key(other).split()
    if not a or not b:
        return False
    small, large = sorted((a, b), key=len)
    return a == b or (len(small) == 1 and small[0] == large[-1]) or (len(small) > 1 and same_name(one, other))
