"""Values: when two values of a field are the same thing, may stand together, or shut each other out.

Two names are one by their words or by the tables of bodies; two places where the one lies in the other or close by; two
times that overlap. “Gunmen” may be whoever is named; “militants” and “the police” can't be one. A state and its forces are one
doer; “the M99” and “the M99 rebels” are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

import msgspec

from accordingto.ledger.accounts import Field, Location, Statement, Value
from accordingto.ledger.bodies import STATES, bodies, body_key, of_its_men, same_body
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import WORD, name_key, same_name
from accordingto.ledger.nearness import relation
from accordingto.ledger.signs import Apart
from accordingto.record import SourceKind
from accordingto.vocabularies import table

Atlas = Mapping[str, Location]
"""The places of an incident's accounts, by name."""
MILITARY = frozenset(
    {"weapons store", "command center", "military base", "launch site", "military road", "fighters inside"}
)
ARTICLES = frozenset({"the", "a", "an"})
GROUPS = frozenset({"group", "groups", "movement", "organization", "organisation"})  # say only that it is one
BACKED = re.compile(r"-(?:\w+ed|led|run|held|made|built)$")
BORN = re.compile(r"[\w.]+-born\b")
CLOSER = re.compile(r"(?<=\w)\s+(?:also\s+)?(?:who|which|that|claiming|pledging|inspired)\b")
COMMAND = re.compile(r"(?:north|south|east|west)(?:north|south|east|west|ern| )* command")
ARMY = "military"  # as the table of bodies calls it
MACHINE = "machine"  # a side of the table's that counts only behind a country's word: “Russian jets”
POLICE = "police"  # as the table of bodies calls it
PLURAL = 4  # letters of a word from which a last "s" may be that of its plural
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
    mine, theirs = of_its_men(one), of_its_men(other)
    if same_body(mine, theirs) or same_group(mine, theirs) or of_one_state(one, other):
        return True
    if is_command_of(one, other) or is_command_of(other, one):
        return True
    if of_its_arms(one, other) or of_its_arms(other, one):
        return True
    return same_name(one, other) and not anothers(*longer_first(one, other))


def is_command_of(one: str, other: str) -> bool:
    """True for a regional command and “the army” or “soldiers” without a country: the Eastern Command is some of it."""
    return bool(COMMAND.fullmatch(name_key(one))) and bodies().bodies.get(name_key(other)) == ARMY


def of_one_state(one: str, other: str) -> bool:
    """True for a state, or the seat of its government, and what is its own: Russia and Russian forces. Its army and its police are two."""
    mine = states_of(one)
    return bool(mine) and mine == states_of(other) and any(is_whole_state(x) for x in (one, other))


def is_whole_state(name: str) -> bool:
    """True for a country's name and for the seat of its government, either of which stands for the state."""
    return knowledge().is_state(name) or name_key(name) in bodies().seats


def of_its_arms(one: str, other: str) -> bool:
    """True for a state's machines of war and any body of it but its police: Russian jets and the Russian army."""
    mine = states_of(one) if is_machine(one) else frozenset()
    return (
        bool(mine)
        and mine == states_of(other)
        and bodies().bodies.get(name_key(other)) != POLICE
        and not body_key(other).endswith(f" {POLICE}")
    )


@lru_cache(maxsize=65536)
def states_of(value: str) -> frozenset[str]:
    """Codes of the states whose own deed it would be: Russia, the Russian army, Russian and Belarusian soldiers; no rebels' army."""
    known, key = bodies(), name_key(value)
    if knowledge().is_state(value):
        return frozenset({known.countries[key]} if key in known.countries else ())
    if is_states_body(value):
        return frozenset({body_key(value).partition(" ")[0]})
    if key in known.countries and len(value.split()) == 1:
        return frozenset({known.countries[key]})  # “Turkish”
    if key in known.states:
        return frozenset({known.states[key]})
    if key in known.seats:
        return frozenset({known.seats[key]})
    if (
        not (side_of(value) == "state" or is_machine(value))
        or is_name(value)
        or any(is_backed(w) for w in value.split())
    ):
        return frozenset()
    words = key.split()
    found = []
    while words:
        n = next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in known.countries), 0)
        if n:
            found.append(known.countries[" ".join(words[:n])])
        words = words[max(n, 1) :]
    return frozenset(found)


def same_group(one: str, other: str) -> bool:
    """True for one group with and without a word for what it is: the Houthis, the Houthi movement, Houthi fighters."""
    short = bare_group(one)
    if not short or short != bare_group(other) or is_people(short):
        return False
    return is_name(one) or is_name(other)


def bare_group(name: str) -> str:
    """A group's name without words for fighters and groups, and without its plural."""
    known, key = sides(), name_key(name)
    kept = [w for w in bodies().names.get(key, key).split() if known.get(w) != "armed" and w not in GROUPS]
    bare = " ".join(kept)
    kept = bodies().names.get(bare, bare).split()
    return " ".join(w.removesuffix("s") if len(w) > PLURAL else w for w in kept)


def is_people(word: str) -> bool:
    """True for a word that tells of which country or people somebody is."""
    key = name_key(word)
    return key in bodies().countries or key in bodies().peoples


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
    told = [known[w] for w in (x.casefold() for x in WORD.findall(value)) if known.get(w, MACHINE) != MACHINE]
    return told[-1] if told else None


def is_machine(value: str) -> bool:
    """True for aircraft, ships, tanks or guns, of whomever."""
    words = WORD.findall(value)
    return bool(words) and sides().get(words[-1].casefold()) == MACHINE


def is_states(value: str) -> bool:
    """True for a doer that is some state's, by its words or by whose country it is of: “the police”, “Russian jets”."""
    return side_of(value) == "state" or (is_machine(value) and bool(states_of(value)))


def is_name(value: str) -> bool:
    """True for a value that names somebody: a capital that is no sentence's first and tells no country or people, or a word of its own.

    “The M99 rebels” are named; “Armed men”, “the Syrian rebels” and “a man claiming to be of the M99” are not.
    """
    told = BORN.sub("", CLOSER.split(value, maxsplit=1)[0])
    words = [w for w in WORD.findall(told) if name_key(w)]
    headed = bool(words) and words[0].casefold() in ARTICLES
    bare = words[1:] if headed else words
    if len(bare) == 1:
        return bare[0][0].isupper() and bare[0].casefold() not in sides()  # “Gunmen” begins a sentence
    if knowledge().is_state(value):
        return True
    telling = bare if headed or not bare or is_odd(bare[0]) else bare[1:]
    return any(w[0].isupper() and not is_people(w) and not is_backed(w) for w in telling)


def is_odd(word: str) -> bool:
    """True for a word that no sentence's beginning makes so: M99, al-Shabaab."""
    return any(c.isdigit() or c.isupper() for c in word[1:])


def is_backed(word: str) -> bool:
    """True for “Russia-backed”, which names only who stands behind somebody."""
    return BACKED.search(word) is not None


def rival_doers(one: Statement, other: Statement) -> bool:
    """True where two doers can't both be meant: two names, two sides, two states, a state's body and a name that is none."""
    first, second = states_of(str(one.value)), states_of(str(other.value))
    if first and second:
        return not first & second
    kinds = [
        (is_name(v), "state" if is_states(v) else side_of(v)) for v in (str(one.value), str(other.value))
    ]
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


def admits_for(denial: Statement, s: Statement) -> bool:
    """True where a state says that it did what one of its bodies, or “the police”, had denied."""
    states, denied = states_of(str(s.value)), str(denial.value)
    plain = not is_name(denied) and side_of(denied) == "state"
    return s.by == s.value and bool(states) and (bool(states & states_of(denied)) or plain)


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


def bears_out(old: Statement, s: Statement, origins: Mapping[str, str]) -> bool:
    """True for a count that can be true with another, or that this later and higher one has grown from."""
    if with_one_voice(old, s, origins):
        return True
    return old.part == s.part and outgrown(old, [s]) and not two_scenes(old, s, origins)


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


def told_bounds(s: Statement) -> tuple[float | int | None, float | int | None]:
    """A count's lowest and highest number, None for an open end; of a plain count both are the count."""
    exact = s.low is None and s.high is None
    return (as_number(s.value), as_number(s.value)) if exact else (s.low, s.high)


def at_once(told: Sequence[Statement], origins: Mapping[str, str]) -> bool:
    """True where two named or described sources give counts in one report that can't both be true."""
    sourced = [s for s in told if s.kind != SourceKind.REPORTER]
    return any(
        a.document == b.document and a.source != b.source and rival(a, b, origins)
        for n, a in enumerate(sourced)
        for b in sourced[n + 1 :]
    )


def rival(a: Statement, b: Statement, origins: Mapping[str, str]) -> bool:
    """True for two counts of one thing that can't both be true."""
    return not compatible(a, b) and not two_scenes(a, b, origins)


def of_one_scene(counts: Sequence[Statement], origins: Mapping[str, str]) -> list[Statement]:
    """Of a report's counts with two places those whose place more origins tell, else the larger, of which the other may be a part."""
    held: dict[str, set[str]] = {}
    for s in counts:
        for place in s.at:
            held.setdefault(place, set()).add(origins.get(s.document, s.document))

    def weight(s: Statement) -> tuple[int, float]:
        return max((len(held[p]) for p in s.at), default=0), float(as_number(s.value))

    return [s for s in counts if not any(two_scenes(s, o, origins) and weight(o) > weight(s) for o in counts)]


def counted_apart(crowds: Sequence[Statement]) -> bool:
    """True where two voices of one report count those who took part or were held, and can't both be right."""
    return any(
        a.document == b.document and a.source != b.source and not spans_meet(a, b)
        for n, a in enumerate(crowds)
        for b in crowds[n + 1 :]
    )


def spans_meet(a: Statement, b: Statement) -> bool:
    """True where two ranges overlap; an open end has none."""
    lows = [s.low if s.low is not None else 0 for s in (a, b)]
    highs = [s.high if s.high is not None else float("inf") for s in (a, b)]
    return max(lows) <= min(highs)


def outgrown(s: Statement, current: Sequence[Statement]) -> bool:
    """True for a count that a later day's higher count has overtaken; “no one was killed” is no beginning of a count."""
    return bool(s.value) and any(
        o is not s and o.day and s.day and o.day > s.day and float(o.value or 0) > float(s.value or 0)
        for o in current
    )


def overtaken(s: Statement, current: Sequence[Statement]) -> bool:
    """True for a count in whose place its voice has given another, or that a later, higher one has outgrown."""
    return outgrown(s, current) or (s not in current and any(o.source == s.source for o in current))
