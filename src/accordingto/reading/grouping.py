"""Mentions that tell of one happening together: each joins the earlier event that it is likeliest to name again, if any is likely.

The score is log-linear: the network's, shared and differing words of their roles, how a mention is brought in. Whose days, places or
victims differ are never joined; what tells one person's end twice always is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accordingto.reading.layers import Happening
from accordingto.reading.mentions import HARMFUL, OUTCOMES, REAL, SHARED, WARS, Told
from accordingto.reading.ownplaces import lie_apart
from accordingto.record import Factuality

FAMILY = dict.fromkeys(("strike", "bombing", "attack", "killing"), "violence") | {"negotiation": "meeting"}
BACK = 60  # earlier mentions that a mention may name again, as in training
LIKELY = 0.3  # the likeness from which a mention joins an event; it and the weights tuned on gold/dev and held-out snippets
BRIDGE = 1.5  # the likeness to two events from which they are one
NETWORK = 0.4  # for each unit of the network's score, which is cut at six
SURELY = 6.0
CAREFUL = 1.7  # taken from that (half for a definite noun), since the network joins readily what stands in one report; tuned on gold/dev and the articles held out
ONE_TYPE, ONE_FAMILY, OUTCOME = 0.3, 0.0, -0.3
ONE_WORD, DEFINITE_NOUN, BROUGHT_IN, REAL_AND_NOT = 2.5, 1.0, -2.0, -1.0
NEVER = -99.0
FAINT = (
    0.1  # of a trigger's mean probability; below it a mention joins only what the network itself joins it to
)
FAR_OFF = -1.5  # where the network compared no more
APART = {"actor": -1.0, "target": -1.0, "place": -2.0, "recipient": -0.3, "instrument": 0.0, "time": -0.5}
ABROAD = -1.0  # their targets are in other countries
STATE = -0.5  # one goes on, the other is a deed: tuned, like the next, on gold/dev and held-out snippets
ONE_WAR = 4.5
WEEKS = 45  # days between a person's end and what is reported of it
WISHED = frozenset((Factuality.POSSIBLE, Factuality.CONDITIONAL, Factuality.NEGATED))
WHOSE = 0.5  # for each mention of a war that "the war" may mean


def groups(
    mentions: Sequence[Happening], headed: Sequence[bool], hung: Mapping[int, int], told: Sequence[Told]
) -> list[list[int]]:
    """Mentions of one event together: each joins the earlier event that it is likeliest to name again, if any is likely.

    As their sentence hangs together, else by `likeness` to the event's likest mention; a mention like two events makes
    them one. Never joined are mentions whose days lie apart, nor one that is brought in as another ("a second strike")
    with anything but a headline. `headed` tells which stand in a headline.
    """
    owner: list[int] = []
    members: dict[int, list[int]] = {}
    for i in range(len(mentions)):
        best: dict[int, float] = {}
        for j in range(i - 1, -1, -1):
            mine = members[owner[j]]
            if (i - j > BACK and not headed[j]) or (told[i].other and not all(headed[k] for k in mine)):
                continue
            best[owner[j]] = max(best.get(owner[j], NEVER), likeness(mentions, i, j, told))
        if mentions[i].type in WARS and not told[i].only:
            best = {o: s + WHOSE * len(members[o]) for o, s in best.items()}
        likely = sorted((s, o) for o, s in best.items() if s >= LIKELY and fit([i], members[o], told))
        above = told[hung.get(i, i)]
        hangs = i in hung and not (days_between(above, told[i]) or lone(above, told[i]))
        found = owner[hung[i]] if hangs else likely[-1][1] if likely else i
        owner.append(found)
        members.setdefault(found, []).append(i)
        for score, o in likely:
            both = (*members[o], *members[found])
            if o == found or score < BRIDGE or any(told[k].other for k in both):
                continue
            rest = [k for k in members[found] if k != i]
            if fit(members[o], members[found], told) and not one_to_come(members[o], rest, mentions, told):
                members[found] = sorted(both)
                del members[o]
                owner = [found if x == o else x for x in owner]
    return list(members.values())


def fit(some: Sequence[int], others: Sequence[int], told: Sequence[Told]) -> bool:
    """Whether no days or places of two events lie apart, nothing is given to two countries or is a war in two, and not one dies in one
    and a number in the other. Of one person's end no two days of some weeks are told: the other is that on which it was spoken of.
    """
    end = any(same_end(told[k], told[m]) for k in some for m in others)
    return not lie_apart([told[k].where for k in some], [told[m].where for m in others]) and not any(
        (days_apart(told[k], told[m]) and not (end and within_weeks(told[k], told[m])))
        or apart(told[k].only, told[m].only)
        or lone(told[k], told[m])
        for k in some
        for m in others
    )


def one_to_come(
    some: Sequence[int], others: Sequence[int], mentions: Sequence[Happening], told: Sequence[Told]
) -> bool:
    """Whether one of two events took place and the other is planned, by all their mentions but those that name what is known: "agreed to
    meet after four meetings … the meeting".
    """
    first, second = ({mentions[k].factuality for k in x if not told[k].definite} for x in (some, others))
    planned = {Factuality.PLANNED}
    return bool(first and second) and (
        (first == planned and second <= REAL) or (second == planned and first <= REAL)
    )


def lone(mine: Told, other: Told) -> bool:
    """Whether one mention tells of one person's end and the other of a number's or of somebody else's."""
    counted = (mine.alone and other.several) or (other.alone and mine.several)
    return counted or apart(mine.person, other.person)


def apart(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both are known and share nothing."""
    return bool(some and others) and not some & others


def likeness(mentions: Sequence[Happening], i: int, j: int, told: Sequence[Told]) -> float:
    """How likely mention `i` names the event of the earlier mention `j` again; a log-linear score."""
    mine, other = mentions[i], mentions[j]
    relation = related(mine.type, other.type)
    if relation is None:
        return NEVER
    if one_end(mentions, i, j, told):
        return SURELY
    back = i - j - 1
    compared = back < len(mine.again)
    if min(mine.score, other.score) < FAINT and not (compared and mine.again[back] >= 0):
        return NEVER
    unreal = (mine.factuality in REAL) != (other.factuality in REAL)
    wished = unreal and not told[i].definite and not {mine.factuality, other.factuality}.isdisjoint(WISHED)
    if wished and differ(told[i], told[j]):
        return NEVER
    care = CAREFUL / 2 if told[i].definite else CAREFUL
    seen = NETWORK * max(-SURELY, min(SURELY, mine.again[back])) - care if compared else FAR_OFF
    parts = [
        SHARED[role] if words & told[j].words[role] else APART[role]
        for role, words in told[i].words.items()
        if words and told[j].words[role]
    ]
    return (
        relation
        + seen
        + ONE_WORD * (one_word(told[i], told[j]) and not others(told[i], told[j]))
        + STATE * (mine.type in HARMFUL and lasts(mine) != lasts(other))
        + DEFINITE_NOUN * told[i].definite
        + BROUGHT_IN * told[i].new
        + REAL_AND_NOT * (unreal and not told[i].definite)
        + sum(parts)
        + (0.0 if wished and mine.type in WARS else abroad(mine, other, told[i], told[j]))
    )


def differ(mine: Told, other: Told) -> bool:
    """Whether two mentions name other people or countries for who does it, whom it hits or who gets it."""
    return any(apart(mine.words[role], other.words[role]) for role in ("actor", "target", "recipient"))


def one_end(mentions: Sequence[Happening], i: int, j: int, told: Sequence[Told]) -> bool:
    """Whether two mentions tell how one person was killed or died, whom both name; nobody dies twice."""
    real = mentions[i].factuality in REAL and mentions[j].factuality in REAL
    return real and same_end(told[i], told[j])


def same_end(mine: Told, other: Told) -> bool:
    """Whether two mentions tell of the end of one person, whom both name."""
    one, them = mine.person, other.person
    return bool(one and them) and (one <= them or them <= one)


def others(mine: Told, other: Told) -> bool:
    """Whether two mentions have different victims: other words for them, or one person ("her killing") and a number of people."""
    return lone(mine, other) or apart(mine.victims, other.victims)


def one_word(mine: Told, other: Told) -> bool:
    """Whether two mentions share a word, or a definite noun has the other's verb ("resigned … the resignation")."""
    return bool(mine.stems & other.stems) or (mine.definite and bool(mine.verbs & other.verbs))


def lasts(mention: Happening) -> bool:
    """Whether a mention tells of what goes on."""
    return mention.factuality is Factuality.ONGOING


def abroad(mine: Happening, other: Happening, one: Told, two: Told) -> float:
    """What the countries that two mentions name say for one event; hostilities that are not in other countries are one war."""
    if mine.type in WARS and other.type in WARS:
        return ONE_WAR
    return ABROAD * apart(one.nations, two.nations)


def related(one: str, other: str) -> float | None:
    """What two types say for one event; None where they are never one."""
    if one == other:
        return ONE_TYPE
    if FAMILY.get(one, one) == FAMILY.get(other, other):
        return ONE_FAMILY
    if {one, other} <= HARMFUL and {one, other} & OUTCOMES:
        return OUTCOME
    return None


def days_apart(one: Told, other: Told) -> bool:
    """Whether the times of two mentions lie apart, or their sentence says that days lie between them."""
    differ = one.days and other.days and (one.days[0] > other.days[1] or other.days[0] > one.days[1])
    return bool(differ) or days_between(one, other)


def within_weeks(one: Told, other: Told) -> bool:
    """Whether no more than some weeks lie between the times of two mentions, so that both may tell of one week's news."""
    if one.days is None or other.days is None:
        return True
    first, last = sorted((one.days, other.days))
    return (last[0] - first[1]).days <= WEEKS


def days_between(one: Told, other: Told) -> bool:
    """Whether a sentence tells one mention days after the other; who dies days after a deed may die of it."""
    first, last = sorted((one, other), key=lambda t: t.at)
    return any(x in range(*first.at) for x in last.over) and (last.outcome or not first.outcome)
