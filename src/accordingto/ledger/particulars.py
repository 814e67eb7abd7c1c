"""What ties two accounts together beyond their type: what a deed brought about in one report; what two reports must share.

A report tells many deaths, and not each is of the deed that it tells beside: only one that stands with it in a sentence, shares
its victims, count or place, or is nobody's and nowhere's of its own. Two reports of a week and a land tell many requests and
many deaths; where no day is told, something of the event itself must be alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from accordingto.ledger.accounts import Account
from accordingto.ledger.bodies import bodies
from accordingto.ledger.differences import alike, same_several, words_of
from accordingto.ledger.intervals import numbers
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import name_key
from accordingto.ledger.nearness import LARGE, relation
from accordingto.ledger.signs import LIKE_WORDS, Apart, Sign, one_name
from accordingto.record import Measure, Role

SENTENCE = 600  # characters that two triggers of one sentence lie apart at most
NEXT = 250  # characters within which the next sentence tells who was hit
NO_DAY = ("undated", "time unknown")
LONG = frozenset({"undated within months", "undated within a year", "coarse times overlap", "lasting"})
WEEKS = LONG | {"undated within weeks"}
PARTICULAR = frozenset({"same named site", "same person"})
ONE_STORY = 0.4  # share of names that two reports of one story have in common
SPOT = frozenset({"same place", "near place"})
SAME = "named site|site|killed|count|actor|target|person|recipient"
OWN = SPOT | {"inside", "killed grown", "target in the same words"} | {f"same {x}" for x in SAME.split("|")}
OWN_AREA = SPOT | {"inside", "same large area"}
BUSY = frozenset({"politics", "economy", "meeting"})  # one person does many things of such a type in a week
TOLL = (Measure.KILLED, Measure.WOUNDED)
TAKING_PART = (Role.ACTOR, Role.TARGET, Role.RECIPIENT)
ELSEWISE = 0.4  # strength of having nothing in common for any other family
ANYWHERE = frozenset(
    "request support sanction investigation legal politics economy accusation rejection threat meeting".split()
)
"""Families, and a type, of which one story and one town have many, so that neither tells one from another."""


def outcome(a: Account, b: Account) -> Iterator[Sign]:
    """The sign that one report tells a deed and what it brought about.

    Raises:
        Apart: where it tells of two persons by name, far from each other.
    """
    if a.document != b.document or a.consequence == b.consequence:
        return
    deed, harm = (b, a) if a.consequence else (a, b)
    if not together(deed, harm):
        if people := two_people(deed, harm):
            raise Apart(people)
        if not (is_bare(harm) or shares(deed, harm)):
            return
    yield Sign("one report with what it brought about", f"{a.type} with {b.type}")


def together(deed: Account, harm: Account) -> bool:
    """True where one sentence tells both, or the next one who was hit, not by name; one may die of something else there."""
    away = abs(deed.start - harm.start)
    if deed.words == harm.words and away <= SENTENCE:
        return True
    nameless = not any(p.named for p in harm.parties if p.role == Role.TARGET)
    return away <= NEXT and nameless and deed.family == harm.family


def two_people(deed: Account, harm: Account) -> str | None:
    """The persons hit by name in two accounts, where they are two."""
    first, second = (
        [p.name for p in x.parties if p.role == Role.TARGET and p.named and p.person] for x in (deed, harm)
    )
    if not first or not second or any(one_name(m, t) for m in first for t in second):
        return None
    return f"{first[0]} and {second[0]}"


def is_bare(harm: Account) -> bool:
    """True for what is told of nobody, of no number and of no place of its own: “the killings”."""
    hit = any(words_of(p.name) for p in harm.parties if p.role == Role.TARGET)
    return not hit and not harm.counts and (not harm.placed or harm.lent_place)


def shares(deed: Account, harm: Account) -> bool:
    """True where a deed and a harm have victims, a count of several or a town in common."""
    hit = [[p.name for p in x.parties if p.role == Role.TARGET] for x in (deed, harm)]
    same = any(same_victims(m, t) for m in hit[0] for t in hit[1])
    return same or same_several(deed, harm) or one_spot(deed, harm)


@lru_cache(maxsize=65536)
def same_victims(one: str, other: str) -> bool:
    """True for two names for one victim or thing: “a bus”, “the school bus”; “child soldiers” are no “army soldiers”."""
    a, b = words_of(one), words_of(other)
    if one_name(one, other) or (a and b and (a <= b or b <= a)):
        return True
    return any(not knowledge().is_person(w) for w in a & b)


def one_spot(a: Account, b: Account, *, lent: bool = False) -> bool:
    """True for two accounts with one town or spot of their own, in the gazetteer or not; `lent`: or one that they share with another event."""
    p, q = a.place, b.place
    if p is None or q is None or not all(x.placed and (lent or not x.lent_place) for x in (a, b)):
        return False
    try:
        return relation(p, q).name == "same place"
    except Apart:
        return False


def one_toll(a: Account, b: Account) -> Iterator[Sign]:
    """The sign that one report tells one happening under two types: as many killed or wounded in the same town."""
    if a.document != b.document or a.type == b.type or not one_spot(a, b, lent=True):
        return
    tolls = [{(c.measure, c.part, c.best) for c in x.counts if c.measure in TOLL and c.best} for x in (a, b)]
    if both := [f"{n:g} {measure}" for measure, _, n in tolls[0] & tolls[1] if n > 1]:
        yield Sign("one toll in one place", f"{min(both)} in one place")


def nothing_alike(a: Account, b: Account, found: Sequence[Sign]) -> Iterator[Sign]:
    """The sign that two reports, of which one tells no day, have nothing of the event itself in common.

    A day is told, and a long time, too; not where an account lies only in the days before its report. Of what there is much of,
    a day is not enough.

    Raises:
        Apart: where somebody accuses or asks, and again weeks later: they do it anew.
    """
    if a.document == b.document:
        return
    strengths = {s.name: s.strength for s in found}
    undated = any(n.startswith(NO_DAY) for n in strengths)
    many = not ANYWHERE.isdisjoint((a.family, a.type, b.family, b.type))
    if not (many or undated) or same_several(a, b) or strengths.get("like words", 0) >= LIKE_WORDS:
        return
    talk = any(knowledge().is_talk(x.type) for x in (a, b))
    if talk and (WEEKS - {"coarse times overlap"}) & strengths.keys():
        raise Apart("said weeks apart")
    if many:
        if not ((not undated and one_area(a, b, strengths)) or tied(a, b, strengths)):
            yield Sign("nothing of its own in common")
        return
    one_story = SPOT & strengths.keys() or strengths.get("like names", 0) >= ONE_STORY
    if not (one_story or PARTICULAR & strengths.keys() or named_alike(a, b)):
        yield Sign("nothing of its own in common", None, ELSEWISE)


def without_names(found: list[Sign]) -> list[Sign]:
    """The signs without what two reports name alike, where they lie weeks apart, are of two stories and have nothing else in common."""
    strengths = {s.name: s.strength for s in found}
    one_story = strengths.get("like names", 0) >= ONE_STORY or strengths.get("like words", 0) >= LIKE_WORDS
    if one_story or WEEKS.isdisjoint(strengths) or not OWN.isdisjoint(strengths):
        return found
    return [s for s in found if s.name != "like names"]


def one_area(a: Account, b: Account, found: Collection[str]) -> bool:
    """True for two accounts of one town or province of their own."""
    large = any(x.place is None or x.place.precision in LARGE for x in (a, b))
    return not OWN_AREA.isdisjoint(found) and not large


def tied(a: Account, b: Account, found: Collection[str]) -> bool:
    """True where two accounts of what there is much of name a party alike and hit none otherwise; over months it takes two parties."""
    roles = {r for r in TAKING_PART if named_alike(a, b, r)}
    short, whole = sorted((a.trigger, b.trigger), key=len)
    busy = BUSY.issuperset((a.type, b.type)) and not whole.startswith(short)
    if busy and any(n.startswith(NO_DAY) for n in found):
        return len(roles) > 1
    others = alike(a, b, Role.TARGET) is False and not all(knowledge().is_mutual(x.type) for x in (a, b))
    return len(roles) > (1 if others or not LONG.isdisjoint(found) else 0)


def named_alike(a: Account, b: Account, *roles: Role) -> bool:
    """True where two accounts name one party in one role, or in one of these; some of a people, as “two Alanders”, are anybody."""
    return any(
        one_name(m.name, t.name)
        for m in a.parties
        for t in b.parties
        if m.role == t.role and m.role in (roles or TAKING_PART) and (m.named or t.named)
        if not (of_a_people(m.name) or of_a_people(t.name))
    )


@lru_cache(maxsize=65536)
def of_a_people(name: str) -> bool:
    """True for a word for a people, with or without a number; the name of a state is its government's, too."""
    known = bodies()
    words = [w.removesuffix("s") for w in name_key(name).split() if w not in numbers() and not w[0].isdigit()]
    return not knowledge().is_state(name) and all(w in known.countries or w in known.peoples for w in words)
