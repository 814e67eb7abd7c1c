"""Which mentions of events tell of one happening: by the sentence's tree, by the network, by their words, days and parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accordingto.reading.layers import Happening, Layers, Timex
from accordingto.spans import Range

FAMILY = dict.fromkeys(("strike", "bombing", "attack", "killing"), "violence") | {"negotiation": "meeting"}
BACK = 60  # earlier mentions that a mention may name again, as in training
VERBAL = r"(?:who|which|that|have|has|had|is|are|was|were|be|been|being|to|not|will|would|can|could)"
DEFINITE = re.compile(rf"\b(?:the|this|that|these|those)\s+(?:(?!{VERBAL}\b)\w+\s+){{0,2}}$", re.I)
NEW = re.compile(r"\b(?:an?|another|second|third|new|further|separate|other|any|no)\s+(?:\w+\s+){0,2}$", re.I)
WORD = re.compile(r"\w+")
EMPTY = frozenset(
    "the a an of in on at to and his her its their he she it they them him who that which people".split()
)
OUTCOMES = frozenset(("killing", "death"))  # what a strike or an accident brings about
HARMFUL = OUTCOMES | {"strike", "bombing", "attack", "clash", "accident", "disaster"}
TELLING = ("place", "target", "actor")  # roles that, as the time, never differ within one event


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells: the words of its roles, and the first and last day that its time allows."""

    words: Mapping[str, frozenset[str]]
    days: tuple[date, date] | None


def attached(layers: Layers, mentions: Sequence[Happening]) -> list[tuple[int, int]]:
    """Mentions that hang on another one in their sentence's tree, both violent: "a strike hit …", "killed in an attack"."""
    if layers.syntax is None:
        return []
    starts = [w.start for w in layers.words]
    number: dict[int, int] = {}
    for i, h in enumerate(mentions):
        first, last = bisect_left(starts, h.trigger.start), bisect_left(starts, h.trigger.end)
        number |= dict.fromkeys(range(first, last), i)
    out = []
    for word, i in number.items():
        j = number.get(int(layers.syntax.heads[word]))
        if j is not None and j != i and {mentions[i].type, mentions[j].type} <= HARMFUL:
            out.append((i, j))
    return out


def groups(
    text: str,
    mentions: Sequence[Happening],
    headlines: Sequence[Range],
    hung: Mapping[int, int],
    named: Sequence[Told],
) -> list[list[int]]:
    """Mentions of one event together: as their sentence hangs together, as the network joins them, by their words.

    A mention that the network leaves alone joins the nearest earlier one that has the same word, or, where it is a
    definite noun ("the attack"), one of its type. Never joined are mentions whose place, time, actor or target
    differ, nor one that is brought in anew ("a second strike") with anything but a headline.
    """
    owner: list[int] = []
    headed = [any(x.contains(h.trigger) for x in headlines) for h in mentions]
    for i, h in enumerate(mentions):
        new = NEW.search(text[max(0, h.trigger.start - 30) : h.trigger.start]) is not None
        fits = [
            j
            for j in range(i - 1, -1, -1)
            if (i - j <= BACK or headed[j]) and (headed[j] or not new) and not differ(named[i], named[j])
        ]
        found = hung.get(i)
        if found is None:
            found = h.same if h.same in fits else earlier(text, mentions, i, fits)
        if found is None:
            alike = (j for j in fits if mentions[j].type == h.type and agree(named[i], named[j]))
            found = next(alike, None)
        owner.append(owner[found] if found is not None else i)
    out: dict[int, list[int]] = {}
    for i, o in enumerate(owner):
        out.setdefault(o, []).append(i)
    return list(out.values())


def earlier(text: str, mentions: Sequence[Happening], number: int, fits: Sequence[int]) -> int | None:
    """The nearest of the mentions that fit which a mention names again, by its words."""
    mine = mentions[number]
    word = stem(text, mine.trigger)
    before = text[max(0, mine.trigger.start - 30) : mine.trigger.start]
    definite = DEFINITE.search(before) is not None
    for i in fits:
        other = mentions[i]
        family = FAMILY.get(mine.type, mine.type) == FAMILY.get(other.type, other.type)
        alike = word == stem(text, other.trigger)
        if family and (alike or (definite and mine.type == other.type)):
            return i
    return None


def stem(text: str, trigger: Range) -> str:
    """The last word of a trigger without its commonest endings: enough to know "attacked" and "attacks" as one."""
    word = text[trigger.start : trigger.end].split()[-1].casefold()
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def told_of(text: str, mention: Happening, times: Sequence[Timex]) -> Told:
    """A mention's telling words and the days that its time allows."""
    days = [
        (t.earliest, t.latest)
        for p in mention.parts
        if p.role == "time"
        for t in times
        if t.at.overlaps(p.at) and t.earliest and t.latest
    ]
    words = {
        role: frozenset(
            w.casefold()
            for p in mention.parts
            if p.role == role
            for w in WORD.findall(text[p.at.start : p.at.end])
        )
        - EMPTY
        for role in (*TELLING, "time", "recipient", "instrument")
    }
    return Told(words, (min(a for a, _ in days), max(b for _, b in days)) if days else None)


def differ(one: Told, other: Told) -> bool:
    """Whether two mentions tell of different places, targets or actors, both named without a shared word, or of times that
    lie apart.
    """
    if one.days and other.days:
        if one.days[0] > other.days[1] or other.days[0] > one.days[1]:
            return True
    elif apart(one, other, "time"):
        return True
    return any(apart(one, other, role) for role in TELLING)


def apart(one: Told, other: Told, role: str) -> bool:
    """Whether both name who or what has a role, and share no word of it."""
    a, b = one.words[role], other.words[role]
    return bool(a and b and not a & b)


def agree(one: Told, other: Told) -> bool:
    """Whether two mentions tell of one doer and of one more of target, recipient and instrument, in shared words."""
    shared = {role for role in one.words if one.words[role] & other.words[role]}
    return "actor" in shared and bool(shared & {"target", "recipient", "instrument"})
