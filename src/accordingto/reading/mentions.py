"""Which mentions of events tell of one happening: by the sentence's tree, by the network, by their words, days and parts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accordingto.reading.layers import Happening, Layers, Timex
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.timeshifts import days_from
from accordingto.record import Factuality
from accordingto.spans import Range

FAMILY = dict.fromkeys(("strike", "bombing", "attack", "killing"), "violence") | {"negotiation": "meeting"}
BACK = 60  # earlier mentions that a mention may name again, as in training
VERBAL = r"(?:who|which|that|have|has|had|is|are|was|were|be|been|being|to|not|will|would|can|could)"
DEFINITE = re.compile(
    rf"\b(?:the|this|that|these|those|his|her|its|their|such)\s+(?:(?!{VERBAL}\b)[\w’'-]+\s+){{0,2}}$", re.I
)
RANKED = re.compile(r"\b(?:first|latest)\s+(?:\w+\s+){0,2}$", re.I)  # "the first missile hit" is new here
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
NUMBER = re.compile(  # how a number of people begins, not "26-year-old Ada"
    r"(?:(?:at|least|more|than|about|some|nearly|up|to|the|another|other)\s)*"
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|scores|hundreds|thousands)\b(?!-)",
    re.I,
)
COUNTED = re.compile(r"\band\b|\bothers?\b|\bpeople\b", re.I)
HERS = re.compile(r"\b(?:his|her) $", re.I)
ONES = re.compile(r"\w['’]s $")  # before a death: "the child’s death", but "Israel’s killing of …"
DAMAGING = HARMFUL | {"destruction"}
LIKELY = 0.3  # the likeness from which a mention joins an event; it and the weights tuned on gold/dev and held-out snippets
BRIDGE = 1.5  # the likeness to two events from which they are one
NETWORK = 0.4  # for each unit of the network's score, which is cut at six
SURELY = 6.0
CAREFUL = 1.7  # taken from that (half for a definite noun), since the network joins readily what stands in one report; tuned on gold/dev and the articles held out
ONE_TYPE, ONE_FAMILY, OUTCOME = 0.3, 0.0, -0.3
ONE_WORD, DEFINITE_NOUN, BROUGHT_IN, REAL_AND_NOT = 2.5, 1.0, -2.0, -1.0
NEVER = -99.0
FAR_OFF = -1.5  # where the network compared no more
SHARED = {"actor": 0.8, "target": 0.8, "place": 1.2, "recipient": 0.4, "instrument": 0.5, "time": 0.8}
APART = {"actor": -1.0, "target": -1.0, "place": -2.0, "recipient": -0.3, "instrument": 0.0, "time": -0.5}
ABROAD = -1.0  # their targets are in other countries
STATE = -0.5  # one goes on, the other is a deed: tuned, like the next, on gold/dev and held-out snippets
WARS = frozenset(["invasion"])  # hostilities that a report speaks of as one war
ONE_WAR = 4.5
WHOSE = 0.5  # for each mention of a war that "the war" may mean
RELATIVE = re.compile(r",|\b(?:that|which|who|whom|whose)\b")
# "her son" and "his brother" may be one person
OWNED = re.compile(r"(?:my|our|your|his|her|its|their)\b", re.I)
# what may stand between a date and the noun that it describes: "Friday’s deadly attack"
DATED = re.compile(r"[ -]?(?:\w+ )?")
REAL = frozenset((Factuality.OCCURRED, Factuality.CLAIMED, Factuality.DENIED, Factuality.ONGOING))


@dataclass(frozen=True, slots=True)
class Told:
    """What a mention tells: the stems of its trigger and those of the verbs that its nouns are made from, the words of its roles and of those who die in it.

    The countries that its target names, and those of which one event has no two (to which something is given, where a war is); the
    first and last day that its time allows; whether it is brought in as known ("the strike"), as unknown ("a strike") or as
    another than those before ("a second strike").
    """

    stems: frozenset[str]
    verbs: frozenset[str]
    words: Mapping[str, frozenset[str]]
    victims: frozenset[str]
    nations: frozenset[str]
    only: frozenset[str]
    days: tuple[date, date] | None
    definite: bool
    new: bool
    other: bool
    alone: bool  # one person dies: "her killing"
    several: bool  # a number of people die
    outcome: bool  # it tells who died, not of what
    at: Range
    over: frozenset[int]  # where the words begin that it is told days after or before


def attached(layers: Layers, mentions: Sequence[Happening]) -> list[tuple[int, int]]:
    """Mentions that hang on another one in their sentence's tree: both violent ("a strike hit …", "killed in an attack"), or of one
    type as its noun ("aid was provided"), or before its noun ("an arson attack"). Each with the
    word that tells more about the other first.
    """
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
        if j is None or j == i:
            continue
        kinds, relation = {mentions[i].type, mentions[j].type}, layers.syntax.relation(word)
        one = len(kinds) == 1 and relation in ("nsubj", "obj", "compound")
        if one or kinds <= HARMFUL or (relation == "compound" and kinds <= DAMAGING):
            out.append((j, i) if relation == "compound" else (i, j))
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
        if mentions[i].type in WARS and not told[i].only:
            best = {o: s + WHOSE * len(members[o]) for o, s in best.items()}
        likely = sorted((s, o) for o, s in best.items() if s >= LIKELY and fit([i], members[o], told))
        hangs = i in hung and not days_between(told[hung[i]], told[i])
        found = owner[hung[i]] if hangs else likely[-1][1] if likely else i
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


def named_again(text: str, trigger: Range) -> bool:
    """Whether a definite noun names what was told before: "the attack", not "the first attack" or "the second attack"."""
    before = text[max(0, trigger.start - 30) : trigger.start]
    return bool(DEFINITE.search(before)) and not (RANKED.search(before) or OTHER.search(before))


def fit(some: Sequence[int], others: Sequence[int], told: Sequence[Told]) -> bool:
    """Whether no days of two events lie apart, nothing is given to two countries or is a war in two, and not one dies in one and a number
    in the other.
    """
    return not any(
        days_apart(told[k], told[m]) or apart(told[k].only, told[m].only) or lone(told[k], told[m])
        for k in some
        for m in others
    )


def lone(mine: Told, other: Told) -> bool:
    """Whether one mention tells of one person's end and the other of a number's."""
    return (mine.alone and other.several) or (other.alone and mine.several)


def apart(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both are known and share nothing."""
    return bool(some and others) and not some & others


def likeness(mentions: Sequence[Happening], i: int, j: int, told: Sequence[Told]) -> float:
    """How likely mention `i` names the event of the earlier mention `j` again; a log-linear score."""
    mine, other = mentions[i], mentions[j]
    relation = related(mine.type, other.type)
    if relation is None:
        return NEVER
    unreal = (mine.factuality in REAL) != (other.factuality in REAL)
    back = i - j - 1
    compared = back < len(mine.again)
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
        + abroad(mine, other, told[i], told[j])
    )


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


def stem(text: str, trigger: Range) -> str:
    """The last word of a trigger without its commonest endings: enough to know "attacked" and "attacks" as one."""
    return bare(text[trigger.start : trigger.end].split()[-1].casefold())


def bare(word: str) -> str:
    """A word without its commonest endings."""
    for ending in ("ings", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text: str, trigger: Range, lemmas: Mapping[str, str]) -> frozenset[str]:
    """The stems of a trigger's words that are no particles, those that `lemmas` knows by their lemma ("took", "taking")."""
    words = {w.casefold() for w in WORD.findall(text[trigger.start : trigger.end])} - PARTICLES
    return frozenset(bare(lemmas.get(w, w)) for w in words)


def told_of(
    text: str,
    mention: Happening,
    times: Sequence[Timex],
    layers: Layers,
    irregular: Mapping[str, str],
    verbs: Mapping[str, str],
    lexicon: Lexicon | None = None,
) -> Told:
    """A mention's telling words and the days that its time allows; "since 2019" has no last day."""
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
    nations = countries(text, mention, "target", lexicon)
    there = countries(text, mention, "place", lexicon) | nations if mention.type in WARS else None
    before = text[max(0, mention.trigger.start - 30) : mention.trigger.start]
    return Told(
        stems(text, mention.trigger, irregular),
        stems(text, mention.trigger, verbs),
        words,
        victims(text, mention, layers),
        nations,
        countries(text, mention, "recipient", lexicon) if there is None else there,
        days(text, mention, times),
        DEFINITE.search(before) is not None,
        NEW.search(before) is not None,
        OTHER.search(before) is not None,
        mention.type in OUTCOMES
        and (hers(text, mention.trigger, before) or one_person(text, mention, layers)),
        mention.type in OUTCOMES
        and any(NUMBER.match(text, *p.at) for p in mention.parts if p.role in ("killed", "target")),
        mention.type in OUTCOMES,
        mention.trigger,
        days_from(text, mention.trigger, layers, outcome=mention.type in OUTCOMES),
    )


def hers(text: str, trigger: Range, before: str) -> bool:
    """Whether a possessive before a mention names the one who dies."""
    ones = text[slice(*trigger)].casefold() == "death" and not text.startswith(" toll", trigger.end)
    return HERS.search(before) is not None or (ones and ONES.search(before) is not None)


def one_person(text: str, mention: Happening, layers: Layers) -> bool:
    """Whether all that a mention tells of its victims is one name of a person."""
    told = {p.at for p in mention.parts if p.role in ("target", "killed")}
    named = [n.at for n in layers.names if n.label == "Person"]
    return len(told) == 1 and all(
        sum(at.contains(n) for n in named) == 1 and not COUNTED.search(text, *at) for at in told
    )


def days(text: str, mention: Happening, times: Sequence[Timex]) -> tuple[date, date] | None:
    """The first and last day that a mention's times allow: those that it is marked with or that stand right before it ("the Friday
    attack").
    """
    marked = [p.at for p in mention.parts if p.role == "time"]
    mine = [
        (t.earliest, date.max if lasting(text, t.at.start) else t.latest)
        for t in times
        if t.earliest
        and t.latest
        and (any(t.at.overlaps(p) for p in marked) or DATED.fullmatch(text, t.at.end, mention.trigger.start))
    ]
    return (min(a for a, _ in mine), max(b for _, b in mine)) if mine else None


def victims(text: str, mention: Happening, layers: Layers) -> frozenset[str]:
    """The words of those who are killed or die, where that is all that a mention tells."""
    if mention.type not in OUTCOMES:
        return frozenset()
    hit = [p.at for p in mention.parts if p.role == "target" and not OWNED.match(text, p.at.start)]
    return frozenset(w for at in hit for w in naming(text, at, layers)) - EMPTY


def countries(text: str, mention: Happening, role: str, lexicon: Lexicon | None) -> frozenset[str]:
    """The countries that the phrases of a role name, up to a relative clause."""
    found: set[str] = set()
    for p in mention.parts:
        phrase = RELATIVE.split(text[slice(*p.at)])[0] if p.role == role else ""
        if lexicon is not None and any(c.isupper() for c in phrase):
            found |= {i.entry.country for i in lexicon.items(phrase) if i.entry and i.entry.country}
    return frozenset(found)


def lasting(text: str, start: int) -> bool:
    """Whether a time that begins here is one since which something goes on: "since the attacks of October 7"."""
    return SINCE.search(text, max(0, start - 40), start) is not None


def naming(text: str, at: Range, layers: Layers) -> frozenset[str]:
    """The words of a phrase and, where it means a name told elsewhere, those of its chain's names."""
    own = said(text, at)
    for p, chain in layers.linked(at):
        if p.at.overlaps(at) and at.contains(p.head) and p.head.end >= at.end - 1:
            names = {text[slice(*p.head)] for p in chain}  # each once: a chain may be as long as the report
            return own | {w.casefold() for n in names if n[:1].isupper() for w in WORD.findall(n)}
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
    last = layers.word_at(at.end) - 1
    return int(layers.syntax.heads[last]) if layers.syntax else last


def days_apart(one: Told, other: Told) -> bool:
    """Whether the times of two mentions lie apart, or their sentence says that days lie between them."""
    lie_apart = one.days and other.days and (one.days[0] > other.days[1] or other.days[0] > one.days[1])
    return bool(lie_apart) or days_between(one, other)


def days_between(one: Told, other: Told) -> bool:
    """Whether a sentence tells one mention days after the other; who dies days after a deed may die of it."""
    first, last = sorted((one, other), key=lambda t: t.at)
    return any(x in range(*first.at) for x in last.over) and (last.outcome or not first.outcome)
