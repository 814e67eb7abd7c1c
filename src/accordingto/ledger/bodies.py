"""Bodies under their several names: acronym and long form, and the one body of a country that a people's name tells.

`body_key("IDF")`, `body_key("Israel Defense Forces")` and `body_key("the Israeli military")` are one; `body_key("Israeli Air
Force")` is another. A group's usual names are in the table, and a name may hold its acronym: “the National Liberation Army
(ELN)”. What no table knows keeps its name's key. Two names of persons are one where the one is the other's last word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from accordingto.ledger.names import DROPPED, name_key, same_name, stem
from accordingto.reading.spellings import BodyRow
from accordingto.vocabularies import table

STATES = frozenset({"GOV", "MIL", "COP", "SPY"})  # sectors of a state's own bodies
GOVERNMENT = "GOV"
OFFICES = STATES | {"LEG", "JUD"}  # sectors of bodies that every state has
MINISTRIES = frozenset({"ministry", "ministries"})  # words that make any name a state's
SHORTEST = 3  # letters of an acronym; of two there are too many
LONGEST = 7


HOLDS = re.compile(r"(.+\S) \(([^()]+)\)")  # “the National Liberation Army (ELN)”
OF_THEM = re.compile(r"(?:the )?(?:[\w-]+ )?([\w-]+) (?:of|from|with) (?:the )?([A-Z].*)", re.I)
LETTERS = 3  # of a short name


class CountryRow(msgspec.Struct, frozen=True):
    """A country's name, or the word for its people, and its code."""

    name: str = ""
    demonym: str = ""
    country: str = ""
    part: str = ""
    usual: str = ""


class SeatRow(msgspec.Struct, frozen=True):
    """A capital or a building that stands for a government."""

    seat: str
    country: str = ""
    sector: str = ""
    building: str = ""


class PeopleRow(msgspec.Struct, frozen=True):
    """A word for a people, a faith or a region."""

    people: str


class ActorRow(msgspec.Struct, frozen=True):
    """A named body with its country and sector."""

    name: str
    country: str = ""
    sector: str = ""


class SectorRow(msgspec.Struct, frozen=True):
    """A head noun or an office, and the sector that it is of."""

    word: str
    sector: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class Bodies:
    """Keys of countries' words, of bodies' words, and of the long form of each acronym.

    `states`: bodies of a state under names of their own, with its code; `others`: named bodies that are no state's; `peoples`:
    words for peoples and faiths; `seats`: capitals and buildings that stand for a government, with the code of its country.
    `names`: keys of groups' usual names, by those of their other names; `exact`: by names that are words in small letters.
    `men`: words for some of a body's men.
    """

    countries: dict[str, str]
    bodies: dict[str, str]
    long_forms: dict[str, str]
    states: dict[str, str]
    others: frozenset[str]
    peoples: frozenset[str]
    seats: dict[str, str]
    names: dict[str, str]
    exact: dict[str, str]
    men: frozenset[str]


@cache
def bodies() -> Bodies:
    """The package's tables, by key of name."""
    rows = (*table("country_names", CountryRow), *table("demonyms", CountryRow))
    countries = {name_key(r.name or r.demonym): r.country for r in rows if r.country and not r.part}
    actors, rows_of = table("actors", ActorRow), table("bodies", BodyRow)
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
        {r.words: r.body for r in rows_of if r.body and not r.own},
        long_forms,
        {name_key(a.name): a.country for a in actors if a.country and a.sector in STATES},
        frozenset(name_key(a.name) for a in actors if a.sector not in STATES),
        frozenset(name_key(r.people) for r in table("peoples", PeopleRow)),
        {
            name_key(r.seat): r.country
            for r in table("seats", SeatRow)
            if r.country and r.sector == GOVERNMENT
        },
        {name_key(r.words): name_key(r.body) for r in rows_of if r.own and not is_short(r.words)},
        {r.words: name_key(r.body) for r in rows_of if r.own and is_short(r.words)},
        frozenset(r.words for r in rows_of if r.men),
    )


@cache
def office_words() -> frozenset[str]:
    """Stems of the words of which names of states' bodies are made."""
    told = [r.word for r in table("sectors", SectorRow) if r.sector in OFFICES]
    told += [r.words for r in table("bodies", BodyRow) if r.body and not r.own]
    return frozenset(stem(w) for t in told for w in name_key(t).split())


def is_any_state_s(name: str) -> bool:
    """True for a body that every state has, its country not named: “the Interior Ministry”, “National Police Agency”."""
    known, key = bodies(), name_key(name)
    words = key.split()
    if not words or is_acronym(name) or key in known.states or key in known.others:
        return False
    if any(w in known.countries or w in known.peoples for w in words):
        return False
    return not MINISTRIES.isdisjoint(words) or {stem(w) for w in words} <= office_words()


def of_state(name: str, land: str) -> str:
    """The key of a body that every state has, as that of the country with this code: one with “the Syrian army”."""
    key = body_key(name)
    return f"{land} {bodies().bodies.get(key, key)}"


def is_acronym(name: str) -> bool:
    """True for three to seven capitals."""
    return bool(re.fullmatch(rf"[A-Z]{{{SHORTEST},{LONGEST}}}", name.removeprefix("the ").replace(".", "")))


def is_short(name: str) -> bool:
    """True for a name that would be a word in small letters: IS, LeT."""
    return len(name) <= LETTERS and not name.islower()


def initials(name: str, *, acronym: bool = False) -> str:
    """The first letters of a name's words that count; an acronym's own letters."""
    if acronym:
        return name.removeprefix("the ").replace(".", "").casefold()
    return "".join(w[0] for w in name.casefold().split() if w not in DROPPED and w not in ("for", "in", "on"))


@lru_cache(maxsize=65536)
def body_key(name: str) -> str:
    """One key for a body under its several names."""
    known, key = bodies(), name_key(name)
    if len(forms := forms_of(name)) > 1:
        keys = [body_key(f) for f in forms]
        return next((k for k, f in zip(keys, forms, strict=True) if k != name_key(f)), keys[0])
    if is_acronym(name):
        key = known.long_forms.get(key, key)
    key = known.exact.get(name.removeprefix("the ").removeprefix("The "), known.names.get(key, key))
    if key in known.others:
        return key
    words = key.split()
    for n in range(1, len(words)):
        for land, rest in ((words[:n], words[n:]), (words[-n:], words[:-n])):
            code, body = known.countries.get(" ".join(land)), known.bodies.get(" ".join(rest))
            if code and body:
                return f"{code} {body}"
    return key


def forms_of(name: str) -> list[str]:
    """A name, or the two that it holds: “the National Liberation Army (ELN)”, “ELN (National Liberation Army)”."""
    held = HOLDS.fullmatch(name)
    if not held or not any(is_acronym(x) or (x.isupper() and x.isalpha()) for x in held.groups()):
        return [name]
    return [held[1], held[2]]


def of_its_men(name: str) -> str:
    """The body whose men these are: the RSF for “fighters from the RSF”; else the name."""
    told = OF_THEM.fullmatch(name)
    if not told or not told[2][0].isupper() or told[1].casefold() not in bodies().men:
        return name
    known, key = bodies(), name_key(told[2])
    return name if key in known.countries or key in known.peoples else told[2]


def same_body(one: str, other: str) -> bool:
    """True for one body under two names: one key, or an acronym and the words that it is made of."""
    forms, others = forms_of(one), forms_of(other)
    if len(forms) > 1 or len(others) > 1:
        return any(same_body(f, o) for f in forms for o in others)
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
