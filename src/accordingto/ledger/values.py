"""Values: when two values of a field are the same thing, may stand together, or shut each other out.

Two names are one by their words or by the tables of bodies; two places where the one lies in the other or close by; two
times that overlap. “Gunmen” may be whoever is named; “militants” and “the police” can't be one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec

from accordingto.ledger.accounts import Field, Location, Statement, Value
from accordingto.ledger.bodies import bodies, body_key, same_body
from accordingto.ledger.names import WORD, name_key, same_name
from accordingto.ledger.nearness import relation
from accordingto.ledger.signs import Apart
from accordingto.vocabularies import table

Atlas = Mapping[str, Location]
"""The places of an incident's accounts, by name."""
MILITARY = frozenset(
    {"weapons store", "command center", "military base", "launch site", "military road", "fighters inside"}
)
STATES = frozenset({"GOV", "MIL", "COP", "SPY"})
TOGETHER = frozenset({"same place", "near place", "inside", "inside a country", "same large area"})


class SideRow(msgspec.Struct, frozen=True):
    """A word and the side that it tells."""

    word: str
    side: str


@cache
def sides() -> Mapping[str, str]:
    """The package's words for sides."""
    return {r.word: r.side for r in table("sides", SideRow)}


def fits(field: Field, one: Statement, other: Statement, atlas: Atlas) -> bool:
    """True where two values are the same thing: equal, one name in other words, days that overlap, a place in a place."""
    a, b = one.value, other.value
    if field is Field.WHEN:
        return str(a) <= (other.end or str(b)) and str(b) <= (one.end or str(a))
    if field is Field.USE_OF_SITE:
        return a == b or (a in MILITARY and b in MILITARY)
    if isinstance(a, str) and isinstance(b, str):
        if field is Field.ACTOR:
            return same_doer(a, b)
        return same_name(a, b) or (field is Field.WHERE and same_area(a, b, atlas))
    return a == b


def same_doer(one: str, other: str) -> bool:
    """True for one doer under two names; the Free Syrian Army is not the Syrian army."""
    return same_body(one, other) or (same_name(one, other) and not anothers(*longer_first(one, other)))


def longer_first(one: str, other: str) -> tuple[str, str]:
    """Two names, the longer one first, without what counts for nothing."""
    return (one, other) if len(name_key(one)) >= len(name_key(other)) else (other, one)


def anothers(whole: str, short: str) -> bool:
    """True where a longer name holds that of a country or of its one body, and is another's.

    “Free Syrian Army” and “South Sudan” are; “Mission to Lebanon” is whoever's, “Lebanon's coast guard” is Lebanon's.
    """
    land = land_of(short)
    if land is None or is_states_body(short):
        return land is not None
    its = land_of(whole)
    return its != land and (its is not None or not name_key(whole).startswith(f"{name_key(short)} "))


def land_of(name: str) -> str | None:
    """The code of the country, or the people, whose name this is, or whose one body: its army, its police."""
    key = body_key(name)
    return key.partition(" ")[0] if is_states_body(name) else bodies().countries.get(key)


def is_states_body(name: str) -> bool:
    """True for the one body of a country that tables know: “the Syrian army”."""
    return body_key(name).partition(" ")[0].isupper()  # a code; names' keys have no capitals


def same_area(one: str, other: str, atlas: Atlas) -> bool:
    """True where one place lies in the other or close by, or where nothing is known of one of them but its country."""
    p, q = atlas.get(one), atlas.get(other)
    if p is None or q is None:
        return False
    if p.lat is None or q.lat is None:
        return bool(p.country and p.country == q.country)
    try:
        return relation(p, q).name in TOGETHER
    except Apart:
        return False


def side_of(value: str) -> str | None:
    """The side that a value's words tell: that of its last word that tells one."""
    known = sides()
    told = [known[w] for w in (x.casefold() for x in WORD.findall(value)) if w in known]
    return told[-1] if told else None


def is_name(value: str) -> bool:
    """True for a value that names somebody: a capital on other than its first word, or on a word of its own."""
    words = [w for w in WORD.findall(value) if name_key(w)]
    bare = words[1:] if words and words[0].casefold() in ("the", "a", "an") else words
    if len(bare) == 1 and bare[0].casefold() in sides():
        return False  # “Gunmen”, at the beginning of a sentence
    return any(w[0].isupper() for w in bare) and not (
        len(bare) > 1 and not any(w[0].isupper() for w in bare[1:])
    )


def rival_doers(one: Statement, other: Statement) -> bool:
    """True where two doers can't both be meant: two names, two sides, a state's body and a name that is none."""
    kinds = [(is_name(str(s.value)), side_of(str(s.value))) for s in (one, other)]
    (named, side), (also, across) = kinds
    if named and also:
        return True
    if named or also:
        plain = across if named else side
        return plain == "state"
    return {side, across} == {"armed", "state"}


def a_states(denial: Statement, s: Statement) -> bool:
    """True where “the army” is denied and a state's body says that it did it."""
    plain = not is_name(str(denial.value)) and side_of(str(denial.value)) == "state"
    return plain and s.by == s.value and (s.party or "").split(" ")[-1] in STATES


def rival_targets(one: Statement, other: Statement) -> bool:
    """True where one says that fighters or their things were hit, another that civilians or theirs were."""
    told = {side_of(str(s.value)) for s in (one, other)}
    return "civilian" in told and bool(told & {"military", "armed", "state"})


def close(one: Statement, other: Statement) -> bool:
    """True where two days lie a day apart: a night has two dates, and so has the world."""
    first, second = sorted((str(s.value), s.end or str(s.value)) for s in (one, other))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days <= 1


def two_scenes(a: Statement, b: Statement, origins: Mapping[str, str]) -> bool:
    """True where one report, or its copies, gives two counts with two places: of two things, or of a whole and its part."""
    one = origins.get(a.document, a.document) == origins.get(b.document, b.document)
    return one and bool(a.at and b.at) and not any(same_name(x, y) for x in a.at for y in b.at)


def denies(denial: Statement, s: Statement) -> bool:
    """True where a denial names this count, of the same people or without saying of whom."""
    return denial.value == s.value and denial.part in (None, s.part)


def with_one_voice(a: Statement, b: Statement, origins: Mapping[str, str]) -> bool:
    """True for two counts of the same people in one place that can both be true."""
    return a.part == b.part and compatible(a, b) and not two_scenes(a, b, origins)


def is_number(value: Value) -> bool:
    """True for a count; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_number(value: Value) -> float | int:
    """A count as the number that it is."""
    return value if isinstance(value, int | float) else 0


def compatible(a: Statement, b: Statement) -> bool:
    """True where the two ranges overlap; an open end reaches as far as the other's best."""
    first, second = (bounds(s) for s in (a, b))
    return first[0] <= second[1] and second[0] <= first[1]


def bounds(s: Statement) -> tuple[float, float]:
    """The lowest and highest number that the words allow."""
    best = float(s.value or 0)
    if s.low is None and s.high is None:
        return best, best
    low = float(s.low) if s.low is not None else 0.0
    return low, float(s.high) if s.high is not None else float("inf")
