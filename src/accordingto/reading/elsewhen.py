"""Earlier happenings that a report recalls beside its own: "It was the deadliest since 2015, when nearly 9,000 people died".

Nobody dies of what has not begun, so a mention or a count whose own clause tells a month or year before an event is of another one; so
is one whose verb of harm is told with a day long after it ("Floods killed 34 on Thursday" beside "In 2022, floods killed 1,739").
A mention named by a year that is over ("the 2023 coup") is none of the news that a report tells without a day ("A coup has failed").

A time is of a word's own clause where the sentence's tree leads from it to that word, or to what that hangs on, through no clause between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from accordingto.reading.constituents import climb, head_among
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part, Syntax
from accordingto.reading.sincewhen import compared
from accordingto.reading.stretches import holding
from accordingto.record import Factuality, Figure, Time
from accordingto.spans import Range, gap

CLAUSES = frozenset(("acl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "appos", "conj"))
SINCE = re.compile(r"\b(?:since|before|until|till|after|by|than|from)(?: (?:the|early|late|mid|in))? $", re.I)
LIMIT = re.compile(r"since|before|after|until|till", re.I)
WHEN = re.compile(r",? when\b[^,;:]*")
HARM = re.compile(
    r"kill\w*|died?|injur\w*|wound\w*|hit|hits|str[iu][ck]\w*|sw[ea]pt?|rock(?:ed|s)|displac\w*|destroy\w*",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d")
NAMING = frozenset(("compound", "nummod", "amod", "nmod"))
NEWS = frozenset(("root", "nsubj", "obj", "ccomp", "parataxis"))  # how the word for what is new stands
DEFINITE = re.compile(r"the|this|that|these|those|his|her|its|their", re.I)
KNOWN = 6  # words before a noun in which it may be brought in as known
SURE = 1.0
NEAR = 16  # characters before a time in which a word may make it a limit
FAR = 31  # days between a day and an event, from which it is of another one; of "last month" the next day is enough
MONTH = 27  # days that a month has at least, less one


@dataclass(frozen=True, slots=True)
class OwnTime:
    """A time of a word's clause; `straight` tells whether no clause parts the word from what the time dates, and `harmed` whether that
    is a verb of harm of which the word is subject or object.
    """

    time: Time
    straight: bool
    harmed: bool


def parted(
    text: str,
    found: Sequence[FoundEvent],
    times: Sequence[Time],
    layers: Layers,
    published: date | None = None,
) -> list[FoundEvent]:
    """The events, those mentions of them that are of another time as events of their own, in the order of their triggers."""
    out: list[FoundEvent] = []
    for event in found:
        for mention, year in namesakes(text, event, times, layers, published):
            event, other = split(event, mention, year, layers)
            out.append(other)
        span = days_of(event, times) if len(event.mentions) > 1 else None
        others = [m for m in event.mentions if span is not None and m != event.trigger]
        for m in others:
            own = own_time(text, m, times, layers)
            if span is not None and own is not None and own.straight and apart(own, *span):
                event, other = split(event, m, own.time, layers)
                out.append(other)
        out.append(event)
    return sorted(out, key=lambda e: e.trigger) if len(out) > len(found) else list(found)


def namesakes(
    text: str, event: FoundEvent, times: Sequence[Time], layers: Layers, published: date | None
) -> list[tuple[Range, Time]]:
    """The mentions of an event without a day that are named by a year that is over, each with that year; none where the event is brought in
    as known or only beside what is new ("jailed for shooting him").
    """
    syntax, (at, *others) = layers.syntax, event.mentions
    if syntax is None or published is None or not others:
        return []
    around = holding(layers.sentences, at.start)
    word = head_among(layers.words_in(at), syntax)
    before = range(max(0, word - KNOWN), word)
    known = any(syntax.heads[w] == word and DEFINITE.fullmatch(text, *layers.words[w]) for w in before)
    told = syntax.relation(word) in NEWS
    if known or not told or any(t.earliest and around.contains(t.span.range) for t in times):
        return []
    old = [t for t in times if YEAR.fullmatch(t.span.text) and t.latest and (published - t.latest).days > FAR]
    return [
        (m, t)
        for m in others
        for t in old
        if 0 < m.start - t.span.end < NEAR
        and not around.contains(m)
        and any(
            syntax.relation(w) in NAMING and layers.words[int(syntax.heads[w])].overlaps(m)
            for w in layers.words_in(t.span.range)
        )
    ]


def split(event: FoundEvent, mention: Range, time: Time, layers: Layers) -> tuple[FoundEvent, FoundEvent]:
    """An event without one of its mentions, and that mention as an event that has the parts of its sentence and a time of its own."""
    around = holding(layers.sentences, mention.start)
    rest = tuple(m for m in event.mentions if m != mention)
    alone = not any(around.contains(m) for m in rest)
    own = [p for p in event.parts if alone and around.contains(p.at)]
    timed = [p for p in own if p.role != "time"]
    timed.append(Part("time", time.span.range, SURE))
    parts = tuple(sorted(timed, key=lambda p: p.at))
    other = replace(event, trigger=mention, mentions=(mention,), parts=parts)
    trigger = rest[0] if mention == event.trigger else event.trigger
    left = tuple(p for p in event.parts if p not in own)
    return replace(event, trigger=trigger, mentions=rest, parts=left), other


def recalled(text: str, figure: Figure, when: Time | None, times: Sequence[Time], layers: Layers) -> bool:
    """Whether a figure is of another time than its event, which was at the time `when`."""
    if when is None or when.earliest is None or when.latest is None or figure.as_of is not None:
        return False
    own = own_time(text, figure.span.range, times, layers)
    last = date.max if figure.cumulative else when.latest
    return own is not None and apart(own, when.earliest, last)


def days_of(event: FoundEvent, times: Sequence[Time]) -> tuple[date, date] | None:
    """The first and last day of the times with which an event is marked; what goes on has no last day."""
    marked = [p.at for p in event.parts if p.role == "time"]
    mine = [t for t in times if any(t.span.range.overlaps(m) for m in marked)]
    days = [d for t in mine for d in (t.earliest, t.latest) if d is not None]
    if not days:
        return None
    return min(days), date.max if event.factuality is Factuality.ONGOING else max(days)


def apart(own: OwnTime, first: date, last: date) -> bool:
    """Whether a time lies wholly before an event and is a month or more, or far from it; or dates harm far behind it."""
    start, end = own.time.earliest, own.time.latest
    if start is None or end is None:
        return False
    if end < first:
        return (end - start).days >= MONTH or (first - end).days > FAR
    return own.harmed and start > last and (start - last).days > FAR


def own_time(text: str, at: Range, times: Sequence[Time], layers: Layers) -> OwnTime | None:
    """The nearest time of the clause in which a word stands; None where its sentence tells none of it."""
    syntax, around = layers.syntax, holding(layers.sentences, at.start)
    here = [
        t for t in times if t.earliest and around.contains(t.span.range) and not at.overlaps(t.span.range)
    ]
    if syntax is None or not here:
        return None
    past = compared(text, around)
    above = climb(syntax, layers.word_at(at.start))
    near = []
    for t in here:
        when = t.span.range
        behind = WHEN.match(text, when.end, around.end)
        if behind is not None and at.start < behind.end():
            near.append((gap(when, at), when, OwnTime(t, straight=True, harmed=False)))
            continue
        meeting = meets(syntax, layers.word_at(when.start), above)
        before = Range(max(around.start, when.start - NEAR), when.start)
        limit = bool(SINCE.search(text, *before)) or any(c.contains(when) for c in past)
        limit = limit or (meeting is not None and of_a_limit(text, when, meeting, layers))
        if meeting is not None and (not limit or meeting in layers.words_in(when)):
            path = above[: above.index(meeting)]
            relations = {syntax.relation(w) for w in path}
            straight = relations.isdisjoint(CLAUSES)
            harmed = (
                straight
                and "nmod" not in relations
                and HARM.fullmatch(text, *layers.words[meeting]) is not None
            )
            near.append((gap(when, at), when, OwnTime(t, straight, harmed)))
    return min(near, key=lambda x: x[:2])[2] if near else None


def of_a_limit(text: str, when: Range, meeting: int, layers: Layers) -> bool:
    """Whether a time hangs on a noun that is a limit to what the word `meeting` tells: "a visit after the start of his term in May 2022"."""
    if layers.syntax is None:
        return False
    heads = layers.syntax.heads
    up = list(takewhile(lambda w: w != meeting, climb(layers.syntax, layers.word_at(when.start))))
    return any(
        LIMIT.fullmatch(text, *layers.words[w])
        for n in up
        if layers.syntax.relation(n) in ("nmod", "obl") and not layers.words[n].overlaps(when)
        for w in range(max(0, n - KNOWN), n)
        if heads[w] == n and layers.syntax.relation(w) == "case"
    )


def meets(syntax: Syntax, word: int, above: Sequence[int]) -> int | None:
    """The first of the words `above` to which another leads upwards through no clause; None where it leads to none."""
    for one in climb(syntax, word):
        if one in above:
            return one
        if syntax.relation(one) in CLAUSES:
            return None
    return None
