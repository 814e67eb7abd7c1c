"""Mentions of events to events: one event for each happening, however often it is named.

Mentions that the network joins are one event. Its trigger is the fullest mention: the one with most participants,
in the body rather than the headline; participants that only another mention has are added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from accordingto.reading.layers import Happening, Layers, Part, Timex
from accordingto.record import Act, Factuality
from accordingto.spans import Range, trim
from accordingto.vocabularies import table

SINGLE = frozenset(("actor", "recipient", "instrument", "place", "time", "killed", "wounded"))
BORROWED = 0.3  # sureness of a participant that is a PropBank argument
ADDRESSED = frozenset(("threat", "request", "accusation", "rejection"))
FAMILY = dict.fromkeys(("strike", "bombing", "attack", "killing"), "violence") | {"negotiation": "meeting"}
BACK = 60  # earlier mentions that a mention may name again, as in training
VERBAL = r"(?:who|which|that|have|has|had|is|are|was|were|be|been|being|to|not|will|would|can|could)"
DEFINITE = re.compile(rf"\b(?:the|this|that|these|those)\s+(?:(?!{VERBAL}\b)\w+\s+){{0,2}}$", re.I)
NEW = re.compile(r"\b(?:an?|another|second|third|new|further|separate|other|any|no)\s+(?:\w+\s+){0,2}$", re.I)
WORD = re.compile(r"\w+")
EMPTY = frozenset(
    "the a an of in on at to and his her its their he she it they them him who that which people".split()
)
PRONOUNS = frozenset(
    "he she it they him her them his its their who that which this these those anyone someone nobody".split()
)
OUTCOMES = frozenset(("killing", "death"))  # what a strike or an accident brings about
HARMFUL = OUTCOMES | {"strike", "bombing", "attack", "clash", "accident", "disaster"}
EDGES = " \t\n,;:.!?“”\"'’()[]—–-"
LEADING = re.compile(
    r"(?:of|in|at|on|by|to|from|with|for|and|or|but|near|against|into|over|that|which)\s+", re.I
)
BARE = frozenset("the a an of in on at to by from with for and or but that which his her its their s".split())
BESIDE = 30  # characters around a trigger that may tell its sense
NEARLY = 0.7  # share of the surest target's chance that a further target needs
TELLING = ("place", "target", "actor")  # roles that, as the time, never differ within one event
SURE = 0.35  # of a trigger's mean probability; below it a mention that stands alone is dropped


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event while it is being made; `mentions` are the triggers of all its mentions, in text order."""

    type: str
    trigger: Range
    mentions: tuple[Range, ...]
    parts: tuple[Part, ...]
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells: the words of its roles, and the first and last day that its time allows."""

    words: Mapping[str, frozenset[str]]
    days: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim as far as factuality needs it: its contents and its act."""

    content: tuple[Range, ...]
    act: Act


class RoleRow(msgspec.Struct, frozen=True):
    """One row of `event_roles.csv`: the role that each PropBank argument fills, empty for none."""

    type: str
    arg0: str = ""
    arg1: str = ""
    arg2: str = ""


class Instrument(msgspec.Struct, frozen=True):
    """One row of `instruments.csv`."""

    noun: str


class Negator(msgspec.Struct, frozen=True):
    """One row of `negators.csv`."""

    word: str


class SenseRow(msgspec.Struct, frozen=True):
    """One row of `event_senses.csv`."""

    pattern: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class EventTables:
    """What the tables say of events' participants.

    `roles` maps (type, PropBank label) to a role (`event_roles.csv`); `instruments` are nouns of things that do nothing by
    themselves (`instruments.csv`); `senses` are patterns with a wrong and a right type (`event_senses.csv`); `negators`
    finds the words without which nothing is said not to have happened (`negators.csv`), None where all is believed.
    """

    roles: Mapping[tuple[str, str], str]
    instruments: frozenset[str]
    senses: tuple[tuple[re.Pattern[str], str, str], ...] = ()
    negators: re.Pattern[str] | None = None

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> EventTables:
        """The package's tables, extended by the user's."""
        roles = {}
        for row in table("event_roles", RoleRow, extra_dir=extra_dir):
            for label, role in (("ARG0", row.arg0), ("ARG1", row.arg1), ("ARG2", row.arg2)):
                if role:
                    roles[row.type, label] = role
        nouns = table("instruments", Instrument, extra_dir=extra_dir)
        senses = tuple(
            (re.compile(r.pattern, re.I), r.wrong, r.right)
            for r in table("event_senses", SenseRow, extra_dir=extra_dir)
        )
        negators = "|".join(re.escape(r.word) for r in table("negators", Negator, extra_dir=extra_dir))
        return cls(
            roles,
            frozenset(r.noun.casefold() for r in nouns),
            senses,
            re.compile(rf"(?:\b|(?=n['’]t))(?:{negators})\b", re.I),
        )


def find_events(
    text: str,
    layers: Layers,
    headlines: Sequence[Range],
    tables: EventTables,
    times: Sequence[Timex] = (),
) -> list[FoundEvent]:
    """The events of one document in the order of their triggers; `times` are its time expressions."""
    seen = one_sense(text, [sense(text, h, tables.senses) for h in layers.happenings])
    mentions = [tidy(text, filled(h, tables.roles), tables.instruments) for h in seen]
    out = []
    pairs = attached(layers, mentions)
    named = {id(mentions[i]) for i, j in pairs if mentions[i].type == mentions[j].type}
    seen_as = [told_of(text, h, times) for h in mentions]
    for numbers in groups(text, mentions, headlines, {max(p): min(p) for p in pairs}, seen_as):
        mine = [mentions[i] for i in numbers]
        if max(h.score for h in mine) < SURE and len(mine) == 1:
            continue
        best = max(
            mine,
            key=lambda h: (h.type not in OUTCOMES, *fullness(text, h, layers, headlines, id(h) in named)),
        )
        parts = tuple(
            p
            for p in joined(best, mine)
            if not (
                p.role == "actor" and any(p.at.contains(h.trigger) for h in mine)
            )  # "a second strike" hit …
        )
        if best.type in ADDRESSED and not any(p.role in ("target", "recipient") for p in parts):
            continue  # a threat, request, accusation or rejection needs someone that it is addressed to
        out.append(
            FoundEvent(
                best.type,
                best.trigger,
                tuple(sorted(h.trigger for h in mine)),
                parts,
                told(text, best, mine, layers.sentences, tables.negators),
            )
        )
    return sorted(out, key=lambda e: e.trigger)


def told(
    text: str,
    best: Happening,
    mentions: Sequence[Happening],
    sentences: Sequence[Range],
    negators: re.Pattern[str] | None,
) -> Factuality:
    """What the words of an event tell of its factuality: the fullest mention's, unless it is *negated* for no word of its
    sentence; then the surest other mention's, and *claimed*, which the claims set right, where there is none.
    """
    for h in (best, *sorted(mentions, key=lambda h: -h.score)):
        if h.factuality is not Factuality.NEGATED or negators is None:
            return h.factuality
        around = next((s for s in sentences if s.contains(h.trigger)), h.trigger)
        if negators.search(text, *around):
            return h.factuality
    return Factuality.CLAIMED


def sense(text: str, mention: Happening, senses: Sequence[tuple[re.Pattern[str], str, str]]) -> Happening:
    """A mention with the type that the words beside its trigger tell, where `event_senses.csv` knows them."""
    start, end = mention.trigger
    for pattern, wrong, right in senses:
        if mention.type == wrong and any(
            m.start() < end and start < m.end()
            for m in pattern.finditer(text, max(0, start - BESIDE), end + BESIDE)
        ):
            return replace(mention, type=right)
    return mention


def one_sense(text: str, mentions: Sequence[Happening]) -> list[Happening]:
    """Mentions of one word take the type that the document is surest of (one sense per discourse: Gale et al. 1992)."""
    sums: dict[str, dict[str, float]] = {}
    for h in mentions:
        mine = sums.setdefault(stem(text, h.trigger), {})
        mine[h.type] = mine.get(h.type, 0.0) + h.score
    best = {word: max(types, key=lambda t: types[t]) for word, types in sums.items()}
    return [replace(h, type=best[stem(text, h.trigger)]) for h in mentions]


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


def filled(mention: Happening, roles: Mapping[tuple[str, str], str]) -> Happening:
    """A mention with the roles that the event head left empty filled by PropBank arguments."""
    have = {p.role for p in mention.parts}
    more = [
        Part(role, a.at, BORROWED)
        for a in mention.arguments
        if (role := roles.get((mention.type, a.label))) and role not in have
    ]
    return replace(mention, parts=(*mention.parts, *more)) if more else mention


def tidy(text: str, mention: Happening, instruments: frozenset[str]) -> Happening:
    """A mention whose parts have no marks, prepositions or conjunctions at their edges; bare function words go.

    A weapon that stands as the doer is the instrument.
    """
    parts = []
    for p in mention.parts:
        at = trim(text, p.at, EDGES)
        while m := LEADING.match(text, at.start, at.end):
            at = trim(text, Range(m.end(), at.end), EDGES)
        words = [w.casefold() for w in WORD.findall(text[at.start : at.end])]
        if set(words) <= BARE:
            continue
        weapon = p.role == "actor" and words[-1] in instruments
        parts.append(replace(p, at=at, role="instrument" if weapon else p.role))
    return replace(mention, parts=tuple(parts))


def fullness(
    text: str, mention: Happening, layers: Layers, headlines: Sequence[Range], names: bool
) -> tuple[float, float]:
    """How much a mention tells: the roles filled in its own sentence, by a pronoun half, less in a headline; then the network's
    sureness.

    A noun that `names` what its verb only carries on ("a second strike hit …") is as full as the verb.
    """
    around = next((s for s in layers.sentences if s.contains(mention.trigger)), mention.trigger)
    roles: dict[str, float] = {}
    for p in mention.parts:
        if around.contains(p.at):
            words = {w.casefold() for w in WORD.findall(text[p.at.start : p.at.end])}
            roles[p.role] = max(roles.get(p.role, 0.0), 0.5 if words <= PRONOUNS else 1.0)
    inside = any(h.contains(mention.trigger) for h in headlines)
    return sum(roles.values()) - 1.5 * inside + 3 * names, mention.score


def joined(best: Happening, mentions: Sequence[Happening]) -> tuple[Part, ...]:
    """The parts of the fullest mention, and those of others in roles that it leaves empty."""
    out = list(kept(best.parts))
    for other in sorted(mentions, key=lambda h: -len(h.parts)):
        have = {p.role for p in out}
        out += [p for p in kept(other.parts) if p.role not in have]
    return tuple(sorted(out, key=lambda p: p.at))


def kept(parts: Sequence[Part]) -> list[Part]:
    """One part, the surest, in the roles that have one filler; of targets the surest and those nearly as sure beside it."""
    out: list[Part] = []
    for role in dict.fromkeys(p.role for p in parts):
        mine = sorted((p for p in parts if p.role == role), key=lambda p: (-p.score, p.at))
        if role in SINGLE:
            out.append(mine[0])
            continue
        chosen: list[Part] = []
        for p in mine:
            if p.score >= NEARLY * mine[0].score and not any(p.at.overlaps(q.at) for q in chosen):
                chosen.append(p)
        out += chosen
    return out


def factuality(event: FoundEvent, voices: Sequence[Voice]) -> Factuality:
    """Whose word an event is: the network's reading of its words, set right by the claims that it stands in.

    What stands outside of all claims is the reporter's own word, so it is never *claimed*; what is only asked for is
    *possible*, not *planned*; what stands in nothing but claims, one of them a denial, is *denied*.
    """
    inside = [[v for v in voices if any(c.contains(m) for c in v.content)] for m in event.mentions]
    own = inside[event.mentions.index(event.trigger)]
    read = event.factuality
    if read in (Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED):
        if any(v.act is Act.DENY for v in voices) and all(inside):
            return Factuality.DENIED
        if read is Factuality.CLAIMED and not any(inside):
            return Factuality.OCCURRED
    if read in (Factuality.PLANNED, Factuality.CLAIMED) and own:
        nearest = min(own, key=lambda v: sum(c.end - c.start for c in v.content))
        if nearest.act in (Act.REQUEST, Act.REFUSE, Act.ASK):
            return Factuality.POSSIBLE
    return read
