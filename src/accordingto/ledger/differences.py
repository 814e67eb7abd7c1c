"""What two accounts tell otherwise: who did it, who or what was hit, with what, how many, at what part of the day.

Rivals may tell one deed otherwise; that is what a ledger is for. So a difference speaks for two deeds only where nothing
particular is told alike: no target, no kind of site, no weapon, no count of several. What happened nationwide is not what happened in a town.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from accordingto.ledger.accounts import Account
from accordingto.ledger.bodies import bodies, body_key
from accordingto.ledger.intervals import numbers
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import name_key, telling_words
from accordingto.ledger.nearness import may_be_one
from accordingto.ledger.signs import MEASURES, Apart, Sign, one_name
from accordingto.ledger.values import is_name, same_doer, side_of, states_of
from accordingto.record import Measure, Precision, Role

ANYBODY = frozenset(
    "people person other civilian victim some several many most dozen hundr thousand".split()
)  # stems that tell nobody from another

DOING = (Role.ACTOR, Role.TARGET, Role.RECIPIENT)
SPOTS = (Precision.EXACT, Precision.NEAR)
NATIONWIDE = frozenset({"nationwide", "countrywide"})


def differing(a: Account, b: Account) -> Iterator[Sign]:
    """Signs that two reports tell of two deeds.

    Raises:
        Apart: where one tells of a whole country and one of a town, or where they tell of two parts of the day, and otherwise who did it,
            or who or what was hit, too.
    """
    if a.document == b.document:
        return
    if pairs := two_pairs(a, b) or two_speakers(a, b):
        raise Apart(pairs)
    if places := two_places(a, b):
        yield Sign("two unknown places", places)
    if others := others_nowhere(a, b):
        yield Sign("other people nowhere", others)
    if any(is_nationwide(x) and y.placed and y.place and y.place.fine for x, y in ((a, b), (b, a))):
        raise Apart("one of a whole country, one of a town")
    hours, doers, victims = at_other_hours(a, b), two_doers(a, b), two_victims(a, b)
    if not (hours or doers or victims) or told_alike(a, b):
        return
    if hours and (doers or victims or False in compared(a, b)):
        raise Apart(hours)
    told = {"two parts of the day": hours, "two doers": doers, "two victims": victims}
    yield from (Sign(name, words) for name, words in told.items() if words)


def is_nationwide(a: Account) -> bool:
    """True for what is told of a whole country and of no place of its own: “412 people were detained nationwide”."""
    return not a.placed and not NATIONWIDE.isdisjoint(a.words)


def at_other_hours(a: Account, b: Account) -> str | None:
    """Two parts of one day; a night has two days, so of two days the parts tell nothing."""
    if not (a.hours and b.hours) or set(a.hours) & set(b.hours):
        return None
    one_day = a.dated and b.dated and a.days == b.days == 1 and a.earliest == b.earliest
    return f"{a.hours[0]} and {b.hours[0]}" if one_day else None


def told_alike(a: Account, b: Account) -> bool:
    """True where two accounts tell a target, a kind of site, a weapon or a count of several alike."""
    sites = set(a.sites) & set(b.sites)
    return same_several(a, b) or bool(sites) or any(alike(a, b, r) for r in (Role.TARGET, Role.INSTRUMENT))


def same_several(a: Account, b: Account) -> bool:
    """True where two accounts count more than one of the same alike."""
    return any(
        x.best == y.best and (x.best or 0) > 1 and x.measure == y.measure and x.part == y.part
        for x in a.counts
        for y in b.counts
    )


def two_doers(a: Account, b: Account) -> str | None:
    """The two doers that two accounts tell, where they can't be one; None where one of them tells none, or both sides do such a thing."""
    if all(x.type == "meeting" for x in (a, b)):
        return two_circles(a, b)
    mine, theirs = ([p.name for p in x.parties if p.role == Role.ACTOR] for x in (a, b))
    if not mine or not theirs or any(knowledge().is_mutual(x.type) for x in (a, b)):
        return None
    if not all(other_doer(m, t) for m in mine for t in theirs):
        return None
    return f"{mine[0]} and {theirs[0]}"


def two_circles(a: Account, b: Account) -> str | None:
    """Those who met, by name, where two accounts name none alike."""
    mine, theirs = ([p.name for p in x.parties if p.role in DOING and p.named] for x in (a, b))
    if not mine or not theirs or not all(other_doer(m, t) for m in mine for t in theirs):
        return None
    return f"{mine[0]} and {theirs[0]}"


def two_speakers(a: Account, b: Account) -> str | None:
    """The two who accuse, ask or back somebody, by name: what each of them says is a deed of their own, whomever it is of."""
    if not all(knowledge().is_talk(x.type) or x.type == "support" for x in (a, b)):
        return None
    mine, theirs = ([p.name for p in x.parties if p.role == Role.ACTOR] for x in (a, b))
    named = all(p.named for x in (a, b) for p in x.parties if p.role == Role.ACTOR)
    if not (mine and theirs and named and all(other_doer(m, t) for m in mine for t in theirs)):
        return None
    return f"{mine[0]} and {theirs[0]}"


@lru_cache(maxsize=65536)
def other_doer(one: str, other: str) -> bool:
    """True for two doers of two names, two states or two sides; “gunmen” and “the police” are two, too."""
    if same_doer(one, other):
        return False
    first, second = states_of(one), states_of(other)
    if first and second:
        return not first & second
    (named, side), (also, across) = ((is_name(x), side_of(x)) for x in (one, other))
    if named and also:
        return True
    if named or also:
        state, plain = (first, across) if named else (second, side)
        return plain == "state" and not state
    return side != across and "state" in (side, across) and None not in (side, across)


def two_pairs(a: Account, b: Account) -> str | None:
    """The sides of two deeds that two sides do together, where all four are others and neither report names one of the other's."""
    if not all(knowledge().is_mutual(x.type) for x in (a, b)):
        return None
    mine, theirs = (
        frozenset().union(*(sides_in(p.name) for p in x.parties if p.role in DOING)) for x in (a, b)
    )
    if min(len(mine), len(theirs)) < 2 or mine & theirs or mine & named_in(b) or theirs & named_in(a):
        return None
    return " and ".join(p.name for x in (a, b) for p in x.parties[:1])


@lru_cache(maxsize=65536)
def sides_in(name: str) -> frozenset[str]:
    """Codes of the countries and keys of the bodies in a name: two in “envoys of Iran and the United States”."""
    known, words, found = bodies(), name_key(name).split(), set()
    while words:
        firsts = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
        told = next((w for w in firsts if w in known.countries or w in known.others), None)
        if told:
            found.add(known.countries.get(told) or body_key(told))
        words = words[len(told.split()) if told else 1 :]
    return frozenset(found)


def named_in(a: Account) -> frozenset[str]:
    """Codes of the countries and keys of the bodies that an account's report names."""
    return frozenset(a.lands).union(*(sides_in(n) for n in a.names))


def two_places(a: Account, b: Account) -> str | None:
    """Two places of which the gazetteer lacks one or both, where they can't be one and nothing particular is told alike.

    Either may lie in the other, be it a province or a town of the country that both reports tell of, or stand in the other's report.
    """
    p, q = a.place, b.place
    if p is None or q is None or not all(x.placed and not x.lent_place for x in (a, b)):
        return None
    unknown = [x.unresolved for x in (p, q)]
    if not any(unknown) or (p.country and q.country and p.country != q.country):
        return None  # these have a sign of their own
    known = q if unknown[0] else p
    if not all(unknown):
        told = [named_in(x) for x in (a, b)]
        if told[0] & told[1] or not (known.precision in SPOTS or all(any(map(str.isupper, t)) for t in told)):
            return None
    spellings = [{n for n in (x.name, x.told) if n} for x in (p, q)]
    if any(may_be_one(x, y) for x in spellings[0] for y in spellings[1]):
        return None
    if any(name_key(n) in x.names for x, told in ((a, spellings[1]), (b, spellings[0])) for n in told):
        return None
    return None if same_particulars(a, b) else f"{p.name} and {q.name}"


def others_nowhere(a: Account, b: Account) -> str | None:
    """The two targets of two deeds of which one has no place at all, where neither doer nor victims nor a count are told alike."""
    if (a.place and b.place) or alike(a, b, Role.TARGET) is not False or alike(a, b, Role.ACTOR):
        return None
    if told_alike(a, b):
        return None
    first, second = (next(p.name for p in x.parties if p.role == Role.TARGET) for x in (a, b))
    return f"{first} and {second}"


def same_particulars(a: Account, b: Account) -> bool:
    """True where two accounts tell a count of several, a kind of site or a named target alike; “villagers” are anybody."""
    targets = [[p.name for p in x.parties if p.role == Role.TARGET and p.named] for x in (a, b)]
    named = any(one_name(m, t) for m in targets[0] for t in targets[1])
    return named or same_several(a, b) or bool(set(a.sites) & set(b.sites))


def two_victims(a: Account, b: Account) -> str | None:
    """The one person killed in each of two accounts, where they are two, or the one and the several; None where they may be one."""
    killed = [next((c.best for c in x.counts if c.measure == Measure.KILLED), None) for x in (a, b)]
    if 1 not in killed or None in killed or alike(a, b, Role.TARGET) is not False:
        return None
    first, second = (next(p.name for p in x.parties if p.role == Role.TARGET) for x in (a, b))
    return f"{first} and {second}"


def compared(a: Account, b: Account) -> list[bool | None]:
    """Whether two accounts agree in weapon, in victims and in each count; None where one of them tells none."""
    counts = [
        x.best == y.best
        for x in a.counts
        for y in b.counts
        if x.measure == y.measure and x.measure in MEASURES and x.part == y.part
    ]
    return [alike(a, b, Role.INSTRUMENT), alike(a, b, Role.TARGET), *counts]


def alike(a: Account, b: Account, role: Role) -> bool | None:
    """Whether two accounts name one party in a role, by its name or a telling word; None where one of them names none."""
    mine, theirs = ([p.name for p in x.parties if p.role == role and words_of(p.name)] for x in (a, b))
    if not mine or not theirs:
        return None
    return any(one_name(m, t) or bool(words_of(m) & words_of(t)) for m in mine for t in theirs)


@lru_cache(maxsize=65536)
def words_of(name: str) -> frozenset[str]:
    """The words of a name by which it is known from another: “nine people” has none."""
    return frozenset(w for w in telling_words(name) - ANYBODY - numbers().keys() if not w[0].isdigit())
