"""Which mentions of events tell of one happening: by the sentence's tree, by the network, by their words, days and parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accordingto.reading.layers import Happening, Layers, Timex
from accordingto.record import Factuality
from accordingto.spans import Range

FAMILY = dict.fromkeys(("strike", "bombing", "attack", "killing"), "violence") | {"negotiation": "meeting"}
BACK = 60  # earlier mentions that a mention may name again, as in training
VERBAL = r"(?:who|which|that|have|has|had|is|are|was|were|be|been|being|to|not|will|would|can|could)"
DEFINITE = re.compile(
    rf"\b(?:the|this|that|these|those|his|her|its|their|such)\s+(?:(?!{VERBAL}\b)[\w’'-]+\s+){{0,2}}$", re.I
)
BESIDE = 40  # characters behind a trigger in which a place may hang on it
SINCE = re.compile(r"\bsince\b[^.;,:]*$", re.I)
NEW = re.compile(r"\b(?:an?|new|any|no)\s+(?:\w+\s+){0,2}$", re.I)
OTHER = re.compile(
    r"\b(?:another|second|third|further|separate|other|last|previous|earlier|past|next|fresh|subsequent|later|new)\s+(?:\w+\s+){0,2}$",
    re.I,
)
WORD = re.compile(r"\w+")
PARTICLES = frozenset("up down out off over in on to by of back away upon for".split())
EMPTY = frozenset(
    "the a an of in on at to and his her its their he she it they them him who that which what people".split()
)
OUTCOMES = frozenset(("killing", "death"))  # what a strike or an accident brings about
HARMFUL = OUTCOMES | {"strike", "bombing", "attack", "clash", "accident", "disaster"}
LIKELY = 0.3  # the likeness from which a mention joins an event; it and the weights tuned on gold/dev and held-out snippets
BRIDGE = 1.5  # the likeness to two events from which they are one
NETWORK = 0.4  # for each unit of the network's score, which is cut at six
SURELY = 6.0
ONE_TYPE, ONE_FAMILY, OUTCOME = 0.3, 0.0, -0.3
ONE_WORD, DEFINITE_NOUN, BROUGHT_IN, REAL_AND_NOT = 2.5, 1.0, -2.0, -1.0
NEVER = -99.0
FAR_OFF = -1.5  # where the network compared no more
SHARED = {"actor": 0.8, "target": 0.8, "place": 1.2, "recipient": 0.4, "instrument": 0.5, "time": 0.8}
APART = {"actor": -1.0, "target": -1.0, "place": -2.0, "recipient": -0.3, "instrument": 0.0, "time": -0.5}
REAL = frozenset((Factuality.OCCURRED, Factuality.CLAIMED, Factuality.DENIED, Factuality.ONGOING))


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells: the stems of its trigger, the words of its roles, the first and last day that its time allows;
    whether it is brought in as known ("the strike"), as unknown ("a strike") or as another than those before ("a second strike").
    """

    stems: frozenset[str]
    words: Mapping[str, frozenset[str]]
    days: tuple[date, date] | None
    definite: bool
    new: bool
    other: bool


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
        likely = sorted((s, o) for o, s in best.items() if s >= LIKELY and fit([i], members[o], told))
        found = owner[hung[i]] if i in hung else likely[-1][1] if likely else i
        owner.append(found)
        members.setdefault(found, []).append(i)
        for score, o in likely:
            both = (*members[o], *members[found])
            new = any(told[k].other for k in both)
            if score >= BRIDGE and o != found and not new and fit(members[o], members[found], told):
                members[found] = sorted(both)
                del members[o]
                owner = [found if x == o else x for x in owner]
    return list(members.values())


def fit(some: Sequence[int], others: Sequence[int], told: Sequence[Told]) -> bool:
    """Whether no days of two events lie apart."""
    return not any(days_apart(told[k], told[m]) for k in some for m in others)


def likeness(mentions: Sequence[Happening], i: int, j: int, told: Sequence[Told]) -> float:
    """How likely mention `i` names the event of the earlier mention `j` again; a log-linear score."""
    mine, other = mentions[i], mentions[j]
    relation = related(mine.type, other.type)
    if relation is None:
        return NEVER
    unreal = (mine.factuality in REAL) != (other.factuality in REAL)
    back = i - j - 1
    seen = NETWORK * max(-SURELY, min(SURELY, mine.again[back])) if back < len(mine.again) else FAR_OFF
    parts = [
        SHARED[role] if words & told[j].words[role] else APART[role]
        for role, words in told[i].words.items()
        if words and told[j].words[role]
    ]
    return (
        relation
        + seen
        + ONE_WORD * bool(told[i].stems & told[j].stems)
        + DEFINITE_NOUN * told[i].definite
        + BROUGHT_IN * told[i].new
        + REAL_AND_NOT * (unreal and not told[i].definite)
        + sum(parts)
    )


def related(one: str, other: str) -> float | None:
    """What two types say for one event; None where they are never one."""
    if one == other:
        return ONE_TYPE
    if FAMILY.get(one, one) == FAMILY.get(other, other):
        return ONE_FAMILY
    if {one, other} <= HARMFUL and {one, other} & OUTCOMES:
        return OUTCOME
    return None


def stem(text: str, trigger: Range) -> str:
    """The last word of a trigger without its commonest endings: enough to know "attacked" and "attacks" as one."""
    return bare(text[trigger.start : trigger.end].split()[-1].casefold())


def bare(word: str) -> str:
    """A word without its commonest endings."""
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text: str, trigger: Range, irregular: Mapping[str, str]) -> frozenset[str]:
    """The stems of a trigger's words that are no particles; irregular forms by their lemma ("took", "taking")."""
    words = {w.casefold() for w in WORD.findall(text[trigger.start : trigger.end])} - PARTICLES
    return frozenset(bare(irregular.get(w, w)) for w in words)


def told_of(
    text: str, mention: Happening, times: Sequence[Timex], layers: Layers, irregular: Mapping[str, str]
) -> Told:
    """A mention's telling words and the days that its time allows; "since 2019" has no last day."""
    before = text[max(0, mention.trigger.start - 30) : mention.trigger.start]
    days = [
        (t.earliest, date.max if lasting(text, t.at.start) else t.latest)
        for p in mention.parts
        if p.role == "time"
        for t in times
        if t.at.overlaps(p.at) and t.earliest and t.latest
    ]
    words = {
        role: frozenset(w for p in mention.parts if p.role == role for w in naming(text, p.at, layers))
        - EMPTY
        for role in SHARED
    }
    words["target"] -= words["instrument"]
    if not words["place"]:
        words["place"] = (
            frozenset(w for at in beside(mention.trigger, layers) for w in said(text, at)) - EMPTY
        )
    return Told(
        stems(text, mention.trigger, irregular),
        words,
        (min(a for a, _ in days), max(b for _, b in days)) if days else None,
        *(p.search(before) is not None for p in (DEFINITE, NEW, OTHER)),
    )


def lasting(text: str, start: int) -> bool:
    """Whether a time that begins here is one since which something goes on: "since the attacks of October 7"."""
    return SINCE.search(text, max(0, start - 40), start) is not None


def naming(text: str, at: Range, layers: Layers) -> frozenset[str]:
    """The words of a phrase and, where it means a name told elsewhere, those of its chain's names."""
    own = said(text, at)
    for chain in layers.chains:
        if any(p.at.overlaps(at) and at.contains(p.head) and p.head.end >= at.end - 1 for p in chain):
            return own | {w for p in chain if text[p.head.start].isupper() for w in said(text, p.head)}
    return own


def said(text: str, at: Range) -> frozenset[str]:
    """The words of a stretch in lower case."""
    return frozenset(w.casefold() for w in WORD.findall(text[at.start : at.end]))


def beside(trigger: Range, layers: Layers) -> list[Range]:
    """The names of places that hang on a trigger's words ("the war in Gaza")."""
    if layers.syntax is None:
        return []
    near = [n.at for n in layers.names if n.label == "Location" and 0 <= n.at.start - trigger.end <= BESIDE]
    return [at for at in near if layers.words[head_of(layers, at)].overlaps(trigger)]


def head_of(layers: Layers, at: Range) -> int:
    """The number of the word on which the last word of a stretch hangs."""
    last = bisect_left(layers.words, at.end, key=lambda w: w.start) - 1
    return int(layers.syntax.heads[last]) if layers.syntax else last


def days_apart(one: Told, other: Told) -> bool:
    """Whether the times of two mentions lie apart."""
    return bool(one.days and other.days and (one.days[0] > other.days[1] or other.days[0] > one.days[1]))
