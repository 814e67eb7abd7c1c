"""Single victims: a killing or death whose only victim is one person counts one killed, without a number in the text.

"A baby died", "the killing of Amal Idris", "a strike killed her father", "a guard was shot dead": the phrase that names the
victim is the figure's span. Where the event has a number of its own the phrase counts nothing, since the victim may be one of
those counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.measures import PARENT_OF
from accordingto.record import EntityKind, Factuality, Measure, Place, Precision, Record
from accordingto.spans import Range

DEADLY = frozenset(("killing", "death"))
DEAD = re.compile(r"\b(?:kill(?:ed|s|ing)|dead|to death|fatally|assassinat\w+)\b", re.I)
DEATH = re.compile(
    r"\b(?:kill\w*|dead|deadly(?! weapon)|die[sd]?|dying|deaths?(?! threat)|fatal\w*|assassinat\w+|sla(?:y\w*|in)|slew|"
    r"execut(?:ed|es|ing|ions?)|lynch\w*|behead\w*|massacre\w*|martyr\w*|murder\w*|homicide|manslaughter|gunned down|"
    r"bod(?:y|ies)|corpses?|perish\w*|drown\w*|succumb\w*|funerals?|buried|burial|mourn\w*|"
    r"(?:claim|cost|lose|losing|lost|take|taking|took)\w* (?:[\w’'-]+ ){1,3}li(?:fe|ves))\b",
    re.I,
)
UNDONE = re.compile(  # of a death that did not come: "attempted murder", "tried to kill him"
    r"\b(?:attempt(?:ed|ing|s)?|try(?:ing)?|tries|tried|threat(?:s|en\w*)?|intent\w*|plot\w*|conspir\w+|conspiracy)"
    r"(?: (?:to|of|with|at|on|his|her|their|him|her|them))* $",
    re.I,
)
ATTEMPT = re.compile(r"[ -](?:attempts?|bids?|plots?|threats?)\b", re.I)  # "an assassination attempt"
UNDONE_BEFORE = 40  # characters before a word of death that may tell that it did not come
BEHIND = 9  # characters behind a trigger in which it may be told that it killed: "beat to death"
ONE = re.compile(r"(?:an?|one|another)\b", re.I)
OWN = re.compile(r"(?:the|his|her|its|their|my|our|this|that|[\w.’' -]+?['’]s?)\s", re.I)
SEVERAL = re.compile(r"\b(?:of|among)\s+(?:them|whom)\b|\d", re.I)
MORE = re.compile(r"\band\b|\bas well as\b|\balong with\b|&", re.I)  # joins a second one
OWNER = re.compile(r"(?:his|her|its|their|my|our)\b", re.I)
BEHIND_COMMA = re.compile(r",\s+")
PARENT = 40  # characters before a number in which it may be told whose parent one is: "a father of three"
AGED = re.compile(r"\b\d+-(?:year|month|week|day)s?-old\b")
CHILDREN = re.compile(r"\b((?:father|mother|parent|dad|mum|mom) of )\d+\b", re.I)  # "a mother of 4" is one
LOOSE_END = re.compile(r"[,;\s]+(?:and|or)?\s*$")
AFTER = re.compile(r",| who | whose | from | in | at | by ")  # what follows the noun of a phrase
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
OPENING = re.compile(  # from the start of a sentence to the place that it opens with: "Meanwhile, in the town of Bara"
    r"(?:\w+,? )?(?:in|at|near|outside|around) (?:[a-z-]+ ){0,4}", re.I
)
HAPPENED = frozenset((Factuality.OCCURRED, Factuality.CLAIMED, Factuality.DENIED, Factuality.ONGOING))


@dataclass(frozen=True, slots=True)
class Victim:
    """The phrase that names an event's only victim.

    `event` is the event's place in the list of found ones; None where somebody was killed of whom no found event tells.
    """

    at: Range
    event: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may name an event's only victim: how sure its mark is, and whether its sentence tells of the event."""

    at: Range
    event: int
    score: float
    beside: bool


def single_victims(
    record: Record, found: Sequence[FoundEvent], layers: Layers, nouns: frozenset[str]
) -> tuple[Victim, ...]:
    """The single victims of a record whose figures already know their events, in text order.

    Of the events that are marked with one phrase the victim is that of the one told in its own sentence, then of the one that is
    marked most surely; where its sentence opens with another place, of none.
    """
    text = record.document.text
    told = {f.event for f in record.figures if f.measure is Measure.KILLED}
    taken = [
        f.span.range
        for f in record.figures
        if f.measure is not Measure.AGE
        and not PARENT_OF.search(text, max(0, f.span.start - PARENT), f.span.start)
    ]
    named = [
        m.range
        for e in record.entities
        if e.kind is EntityKind.PERSON
        for m in e.mentions
        if m.form == "name"
    ]
    heads = phrase_heads(layers)

    def one(at: Range) -> bool:
        return is_one(text, trimmed(text, at), named, nouns, heads)

    likely = [
        c
        for number, event in enumerate(found)
        if event.factuality in HAPPENED
        if (c := candidate(text, number, event, layers, one)) is not None
        and (c.beside or f"V{number + 1}" not in told)
        and one(c.at)
    ]
    out: list[Victim] = []
    for c in sorted(likely, key=lambda c: (not c.beside, -c.score, c.event)):
        if any(c.at.overlaps(x) for x in (*taken, *(v.at for v in out))):
            continue
        if f"V{c.event + 1}" in told:
            taken.append(c.at)
            continue
        apart = not c.beside and told_elsewhere(record, found[c.event], c, layers)
        out.append(Victim(c.at, None if apart else c.event))
    return tuple(sorted(out, key=lambda v: v.at))


def candidate(
    text: str, number: int, event: FoundEvent, layers: Layers, one: Callable[[Range], bool]
) -> Candidate | None:
    """The phrase that an event is marked with as its victim; None where there is none or several, or no death is told.

    A word of its target that alone means no `one` person is no victim: "a member of the Doctors' Committee".
    """
    deadly = event.type in DEADLY or any(DEAD.search(text, m.start, m.end + BEHIND) for m in event.mentions)
    hit = [p for p in event.parts if p.role == "target"]
    dead = [p for p in event.parts if p.role == "killed"]
    dead = [p for p in dead if one(p.at) or not any(q.at != p.at and q.at.contains(p.at) for q in hit)]
    mine = [*dead, *hit] if event.type in DEADLY else dead or (hit if deadly else [])
    mine = [p for p in mine if not any(q.at != p.at and q.at.contains(p.at) for q in mine)]
    if len({p.at for p in mine}) != 1:
        return None
    at = mine[0].at
    told = [m for m in event.mentions if event.type in DEADLY or DEAD.search(text, m.start, m.end + BEHIND)]
    came = deadly and not (told and all(undone(text, m) for m in told))
    if not (came or death_told(text, (*event.mentions, at), layers)):
        return None
    around = sentence(layers, at)
    beside = any(around.contains(m) for m in event.mentions)
    return Candidate(trimmed(text, at), number, max(p.score for p in mine), beside)


def told_elsewhere(record: Record, event: FoundEvent, victim: Candidate, layers: Layers) -> bool:
    """Whether the sentence of a victim opens with another town or country than those that its event is marked with: "In Bara, …"."""
    text, around = record.document.text, sentence(layers, victim.at)
    marked = [p.at for p in event.parts if p.role in ("place", "target")]
    its = [p for p in record.places if any(at.overlaps(p.span.range) for at in marked)]
    here = [
        p
        for p in record.places
        if around.start <= p.span.start < victim.at.start
        and OPENING.fullmatch(text, around.start, p.span.start)
    ]
    return bool(its and here) and not any(one_place(p, q) for p in here for q in its)


def one_place(place: Place, other: Place) -> bool:
    """Whether two places may be one, or one lie in the other."""
    if place.country and other.country and place.country != other.country:
        return False
    towns = place.precision is Precision.EXACT and other.precision is Precision.EXACT
    return not towns or place.name == other.name


def sentence(layers: Layers, at: Range) -> Range:
    """The sentence in which a stretch begins."""
    number = bisect_right(layers.sentences, at.start, key=lambda s: s.start) - 1
    return layers.sentences[number] if number >= 0 else at


def death_told(text: str, places: Sequence[Range], layers: Layers) -> bool:
    """Whether the sentences of an event and its victim, or those right behind them, tell of a death that came."""
    starts = [s.start for s in layers.sentences]
    own = {bisect_right(starts, p.start) - 1 for p in places}
    around = {n for k in own for n in (k, k + 1) if 0 <= n < len(starts)}
    return any(
        not undone(text, Range(*m.span())) for n in around for m in DEATH.finditer(text, *layers.sentences[n])
    )


def undone(text: str, at: Range) -> bool:
    """Whether a death that words tell of did not come: "attempted murder", "an assassination attempt"."""
    before = UNDONE.search(text, max(0, at.start - UNDONE_BEFORE), at.start)
    return before is not None or ATTEMPT.match(text, at.end) is not None


def trimmed(text: str, at: Range) -> Range:
    """A phrase without a comma or "and" at its end."""
    return Range(at.start, at.start + len(LOOSE_END.sub("", text[at.start : at.end])))


def phrase_heads(layers: Layers) -> Mapping[Range, Range]:
    """The head word of each phrase that the chains know."""
    return {p.at: p.head for chain in layers.chains for p in chain}


def listed(text: str, at: Range, named: Sequence[Range]) -> bool:
    """Whether a phrase lists several by commas alone: names after a name, owned after owned; "her brother, Amal Idris" is one."""
    commas = [m.end() for m in BEHIND_COMMA.finditer(text, at.start, at.end)]
    if OWNER.match(text, at.start):
        return any(OWNER.match(text, c) for c in commas)
    starts = {m.start for m in named if text[m.end : m.end + 1] not in ("’", "'")}
    return at.start in starts and any(c in starts for c in commas)


def is_one(
    text: str, at: Range, named: Sequence[Range], nouns: frozenset[str], heads: Mapping[Range, Range]
) -> bool:
    """Whether a phrase means one person: a name, or a noun for one person after an article or owner."""
    words = text[at.start : at.end]
    core = AFTER.split(words)[0]
    if (
        MORE.search(words)
        or listed(text, at, named)
        or SEVERAL.search(CHILDREN.sub(r"\1", AGED.sub("", core)))
    ):
        return False
    end = at.start + len(core)
    if any(
        at.start <= m.start
        and m.end <= at.end
        and (m.end == end or m.end - m.start >= 0.5 * (at.end - at.start))
        for m in named
    ):
        return True
    head = heads.get(at)
    found = [text[head.start : head.end]] if head else WORD.findall(core.split(" of ")[0])
    last = found[-1].casefold() if found else ""
    single = last in nouns or last.rsplit("-", 1)[-1] in nouns
    return single and (ONE.match(words) is not None or OWN.match(words) is not None)
