"""What each mention of an event tells that may show which other mentions tell of the same happening; what the tree ties together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accordingto.reading.constituents import head_among
from accordingto.reading.layers import Happening, Layers, Timex
from accordingto.reading.lexicon import Lexicon
from accordingto.reading.ownplaces import NOWHERE, Where, sentence_of
from accordingto.reading.rises import day_of_rise
from accordingto.reading.timeshifts import days_from
from accordingto.record import Factuality
from accordingto.spans import Range

VERBAL = r"(?:who|which|that|have|has|had|is|are|was|were|be|been|being|to|not|will|would|can|could)"
DEFINITE = re.compile(
    rf"\b(?:the|this|that|these|those|his|her|its|their|such)\s+(?:(?!{VERBAL}\b)[\w’'-]+\s+){{0,2}}$", re.I
)
RANKED = re.compile(r"\b(?:first|latest)\s+(?:\w+\s+){0,2}$", re.I)  # "the first missile hit" is new here
BESIDE = 40  # characters behind a trigger in which a place may hang on it
SINCE = re.compile(r"\bsince\b[^.;,:]*$", re.I)
NEW = re.compile(r"\b(?:an?|new|any|no)\s+(?:\w+\s+){0,2}$", re.I)
NAMED_SO = re.compile(  # what stands before a noun for what was told: "it was a massacre", "called it an attack", "as an attack"
    r"\b(?:(?:it|this|that|which)(?: is| was|[’']s| (?:has|had) been| (?:will|would|could|might) be)(?: going to be)?|as"
    r"|(?:call|label|brand|term|deem|dub|consider|declar)\w* (?:it|this|that|them))(?: not)? an? (?:[\w’'-]+ ){0,2}$",
    re.I,
)
COMING = re.compile(r"\bnext (?:[\w’'-]+ ){0,2}$", re.I)
OTHER = re.compile(
    r"\b(?:another|second|third|further|separate|other|last|previous|earlier|past|next|fresh|subsequent|later|new)\s+(?:\w+\s+){0,2}$",
    re.I,
)
SUBJECTS = frozenset(("nsubj", "csubj", "compound"))
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
DEADLY = re.compile(r"\b(?:dead|killed|to death)\b", re.I)  # "shot dead", "an attack killed"
NTH = re.compile(r"\d(?:st|nd|rd|th)\s+(?:\w+\s+){0,2}to $")  # "the 37th to die" counts many deaths
TITLE = re.compile(r"\b(?:[A-Z][a-z]{0,3}\.|(?:Mr|Mrs|Ms|Dr)\b)|['’]s$")
ONES = re.compile(r"\w['’]s $")  # before a death: "the child’s death", but "Israel’s killing of …"
DAMAGING = HARMFUL | {"destruction"}
SHARED = {"actor": 0.8, "target": 0.8, "place": 1.2, "recipient": 0.4, "instrument": 0.5, "time": 0.8}
WARS = frozenset(["invasion"])  # hostilities that a report speaks of as one war
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
    person: frozenset[str] = frozenset()  # the words of the name of the one person who dies
    where: Where = NOWHERE


def attached(text: str, layers: Layers, mentions: Sequence[Happening]) -> list[tuple[int, int]]:
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
        if j is None or j == i or " than " in text[slice(*between(mentions[i].trigger, mentions[j].trigger))]:
            continue  # "hit harder than they were hit in spring"
        kinds, relation = {mentions[i].type, mentions[j].type}, layers.syntax.relation(word)
        one = len(kinds) == 1 and relation in ("nsubj", "obj", "compound")
        if one or kinds <= HARMFUL or (relation == "compound" and kinds <= DAMAGING):
            out.append((j, i) if relation == "compound" else (i, j))
    return out


def between(one: Range, other: Range) -> tuple[int, int]:
    """Where the earlier of two stretches ends and the later begins."""
    first, last = sorted((one, other))
    return first.end, last.start


def named_again(text: str, trigger: Range) -> bool:
    """Whether a definite noun names what was told before: "the attack", not "the first attack" or "the second attack"."""
    before = text[max(0, trigger.start - 30) : trigger.start]
    return bool(DEFINITE.search(before)) and not (RANKED.search(before) or OTHER.search(before))


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
    so = named_so(text, mention.trigger, layers)
    ends = deadly(text, mention)
    alone = ends and (hers(text, mention.trigger, before) or one_person(text, mention, layers))
    return Told(
        stems(text, mention.trigger, irregular),
        stems(text, mention.trigger, verbs),
        words,
        victims(text, mention, layers),
        nations,
        countries(text, mention, "recipient", lexicon) if there is None else there,
        days(text, mention, times, layers),
        so or DEFINITE.search(before) is not None,
        not so and NEW.search(before) is not None,
        OTHER.search(before) is not None and not named_before(text, mention.trigger, before),
        alone,
        ends
        and not alone
        and (
            is_ranked(text, mention.trigger)
            or any(NUMBER.match(text, *p.at) for p in mention.parts if p.role in ("killed", "target"))
        ),
        mention.type in OUTCOMES,
        mention.trigger,
        days_from(text, mention.trigger, layers, outcome=mention.type in OUTCOMES),
    )


def named_so(text: str, trigger: Range, layers: Layers) -> bool:
    """Whether a noun with "a" or "an" says what was told rather than something new: "it was a massacre", "took it up as a dismissal",
    not "as a bomb exploded".
    """
    if not NAMED_SO.search(text, max(0, trigger.start - 60), trigger.start):
        return False
    syntax = layers.syntax
    return syntax is None or syntax.relation(head_among(layers.words_in(trigger), syntax)) not in SUBJECTS


def named_before(text: str, trigger: Range, before: str) -> bool:
    """Whether what a mention tells as the next of its kind was told so before: "the next election" again."""
    coming = COMING.search(before)
    return (
        coming is not None and f"{coming[0]}{text[slice(*trigger)]}".lower() in text[: trigger.start].lower()
    )


def placed(told: Told, where: Where, person: frozenset[str]) -> Told:
    """What a mention tells with where it was and whose end it tells; "elsewhere, a strike" without a place is another strike too."""
    return replace(told, where=where, person=person, other=told.other or (where.anew and not where.names))


def is_ranked(text: str, trigger: Range) -> bool:
    """Whether a mention tells of a death that is one of many: "the 37th to die"."""
    return NTH.search(text, max(0, trigger.start - 60), trigger.start) is not None


def hers(text: str, trigger: Range, before: str) -> bool:
    """Whether a possessive before a mention names the one who dies."""
    ones = text[slice(*trigger)].casefold() == "death" and not text.startswith(" toll", trigger.end)
    return HERS.search(before) is not None or (ones and ONES.search(before) is not None)


def one_person(text: str, mention: Happening, layers: Layers) -> bool:
    """Whether all that a mention tells of its victims is one name of a person."""
    told = hit_by(mention, layers)
    named = [n.at for n in layers.names if n.label == "Person"]
    return len(told) == 1 and all(
        sum(at.contains(n) for n in named) == 1 and not COUNTED.search(text, *at) for at in told
    )


def hit_by(mention: Happening, layers: Layers) -> set[Range]:
    """The phrases for those who die: the targets, or else those who are counted; of its own sentence where any stand there."""
    hit = {p.at for p in mention.parts if p.role == "target"}
    hit = hit or {p.at for p in mention.parts if p.role == "killed"}
    around = sentence_of(mention.trigger, layers.sentences)
    return {at for at in hit if around.contains(at)} or hit


def deadly(text: str, mention: Happening) -> bool:
    """Whether a mention tells who died: a death, or an attack in which somebody was “killed” or “shot dead”."""
    harms = mention.type in HARMFUL and DEADLY.search(text, *mention.trigger) is not None
    return mention.type in OUTCOMES or harms


class People:
    """Who is killed or dies, by name, in the mentions of one document."""

    def __init__(self, text: str, layers: Layers) -> None:
        self._text, self._layers = text, layers
        self._names = [n.at for n in layers.names if n.label == "Person"]
        self._starts = [n.start for n in self._names]
        self._words = [name_words(text, n) for n in self._names]
        self._every = frozenset(self._words)

    def the_one(self, mention: Happening) -> frozenset[str]:
        """The words of the name of the one person who is killed or dies, abbreviated titles left out; a phrase for somebody named elsewhere
        ("the child") has that name. None where several die or nobody is named, nor where they are counted ("the 37th to die").
        """
        if not deadly(self._text, mention) or is_ranked(self._text, mention.trigger):
            return frozenset()
        found: list[frozenset[str]] = []
        for at in hit_by(mention, self._layers):
            one = one_name(self._called(at))
            if not one or COUNTED.search(self._text, *at):
                return frozenset()
            found.append(one)
        longest = one_name(found)
        return one_name(n for n in self._every if longest <= n) or longest if longest else longest

    def _called(self, at: Range) -> set[frozenset[str]]:
        """The names of people in a phrase, each by its words, and those that its chain has for them elsewhere."""
        inside = set(self._inside(at))
        chained = {
            words
            for p, chain in self._layers.linked(at)
            if at.contains(p.head) and p.head.end >= at.end - 1
            for other in chain
            for words in self._around(other.head)
        }
        return inside | {c for c in chained if not inside or any(c & n for n in inside)}

    def _inside(self, at: Range) -> Iterator[frozenset[str]]:
        for k in range(bisect_left(self._starts, at.start), bisect_left(self._starts, at.end)):
            if at.contains(self._names[k]):
                yield self._words[k]

    def _around(self, at: Range) -> Iterator[frozenset[str]]:
        k = bisect_right(self._starts, at.start) - 1
        if k >= 0 and self._names[k].contains(at):
            yield self._words[k]


def one_name(names: Iterable[frozenset[str]]) -> frozenset[str]:
    """The longest of some names where all the others are parts of it; else none."""
    some = list(names)
    longest = max(some, key=len, default=frozenset())
    return longest if all(n <= longest for n in some) else frozenset()


def name_words(text: str, name: Range) -> frozenset[str]:
    """The words of a name in lower case without abbreviated titles."""
    return frozenset(w.casefold() for w in WORD.findall(TITLE.sub("", text[slice(*name)])))


def days(text: str, mention: Happening, times: Sequence[Timex], layers: Layers) -> tuple[date, date] | None:
    """The first and last day that a mention's times allow: those that it is marked with, of its own sentence where there are any, or that
    stand right before it ("the Friday attack"); not the day on which its toll rose.
    """
    around = sentence_of(mention.trigger, layers.sentences)
    marked = [p.at for p in mention.parts if p.role == "time" and not day_of_rise(text, around, p.at)]
    marked = [at for at in marked if around.contains(at)] or marked
    mine = [
        (t.earliest, date.max if lasting(text, t.at.start) and not dates else t.latest)
        for t in times
        if t.earliest
        and t.latest
        # "since the October 7 attacks" tells on which day they were
        and (
            (dates := DATED.fullmatch(text, t.at.end, mention.trigger.start))
            or any(t.at.overlaps(p) for p in marked)
        )
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
