"""Tallies: which counts of the dead and wounded are an event's own.

The figures that the record joins to it; of a running toll those of a thing that was over in a day (“bringing the dead to
12”), not what has come together since a war began; and those that stand in a claim about the event, or in the paragraph of the only place that was hit. What is added
(“three more”) is no count of all.
"""

from __future__ import annotations

import re

from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.passages import sentence
from accordingto.ledger.topics import COUNTED, Topics, last_before
from accordingto.record import Event, Figure, Record
from accordingto.spans import Span

ADDED = re.compile(r"\b(?:more|another|other|others|additional|further)\b", re.I)
OF_THEM = re.compile(
    r"^(?:\s+\w+)?\s+of (?:them|whom|the (?:dead|victims|wounded|injured|bodies)|those)\b", re.I
)
FORMER = re.compile(
    r"\b(?:first|initial|earlier|previous|original)\s+(?:\w+\s+)?(?:toll|count|figure|estimate|number|tally)s?\b[^.;\n]*$"
    r"|\b(?:up|revised) from\s+(?:\w+\s+)?$",
    re.I,
)
SINCE = re.compile(
    r"\bsince\b[^.,;:\n]{0,60}?\b(?:began|begun|beginning|start(?:ed)?|outset|outbreak|onset|erupt(?:ed|ion)|broke out|broken out|flared"
    r"|resum(?:ed|ption)|escalat(?:ed|ion)|collapsed?|wars?|conflict|invasion|uprising|hostilities)\b"
    r"|\b(?:weeks|months|years?|decades?) of (?:[\w-]+ ){0,2}(?:wars?|warfare|conflict|fighting|bombardment|bombing|hostilities|siege)\b",
    re.I,
)
SINCE_DAY = re.compile(r"\bsince\s+(?:\w+\s+){0,3}$", re.I)
WEEKS = 31  # days ago since which a count is of more than one happening
CALAMITY = "disaster"  # the type of an event whose whole toll is its own, however long it lasts
ASIDE = 60  # characters before a number in which it is said to be given up
AROUND = 10  # characters before and after a number in which it is said to be added


class Tallies:
    """The counts of a record's events."""

    def __init__(self, record: Record, topics: Topics) -> None:
        self.record = record
        self.topics = topics
        self.by_event: dict[str, list[Figure]] = {}
        events = {v.id: v for v in record.events}
        for f in record.figures:
            if f.measure not in COUNTED or f.ordinal or self._former(f):
                continue
            event = f.event
            if event is None:
                event = None if f.cumulative else self._home(f)
            elif f.cumulative and (self._added(f) or self._runs_on(f, events[event])):
                continue
            if event is not None:
                self.by_event.setdefault(event, []).append(f)

    def of(self, event: Event) -> list[Figure]:
        """The counts of one event, in order of appearance."""
        return self.by_event.get(event.id, [])

    def _former(self, f: Figure) -> bool:
        """True for a count that is told as given up: “the first toll was nine”."""
        text = self.record.document.text
        return bool(FORMER.search(text[max(0, f.span.start - ASIDE) : f.span.start]))

    def _added(self, f: Figure) -> bool:
        text = self.record.document.text
        near = text[max(0, f.span.start - AROUND) : f.span.end + AROUND]
        return bool(ADDED.search(near))

    def _runs_on(self, f: Figure, event: Event) -> bool:
        """True for a running toll of more than this event: of what lasts, or of all since something began."""
        if self.topics.known.has_toll(event.type):
            return True
        around = sentence(self.record.document.text, f.span)
        spell = SINCE.search(around.text)
        if spell is None:
            return self._since_long(around, event)
        return event.type != CALAMITY or event.trigger.start - around.start not in range(*spell.span())

    def _since_long(self, around: Span, event: Event) -> bool:
        """True where a sentence tells since a day of weeks ago, which is not the event's own."""
        d = self.record.document
        return any(
            t.id != event.time
            and t.earliest is not None
            and d.published is not None
            and (d.published - t.earliest).days > WEEKS
            and around.start <= t.span.start < around.end
            and SINCE_DAY.search(d.text, around.start, t.span.start) is not None
            for t in self.record.times
        )

    def _home(self, f: Figure) -> str | None:
        """The event of a count that the record joins to none: that of its claim, else of its paragraph or its report."""
        if self._added(f):
            return None
        harm = self.topics.harm
        for c in self.record.claims:
            if c.id in f.claims:
                told = [v for v in self.topics.events_of(c) if v in harm]
                if told:
                    return told[0].id
        running = {(x.low, x.best) for x in self.record.figures if x.cumulative}
        if not harm or f.claims or (f.low, f.best) in running:
            return None
        before = last_before(harm, f.span.start)
        if before is None or before.trigger.start > f.span.start:
            return None
        a, b = sorted((before.trigger.start, f.span.start))
        alone = len({v.place for v in harm if v.place}) <= 1
        return before.id if alone or "\n\n" not in self.record.document.text[a:b] else None


def part_of(f: Figure, text: str, known: Knowledge) -> str | None:
    """Which people a count is of, where it is not of all: children, fighters, some of those counted before."""
    words = f"{f.of.text if f.of else ''} {f.unit or ''} {f.span.text}".lower().split()
    named = next((known.parts[w] for w in words if w in known.parts), None)
    if named is None and OF_THEM.match(text[f.span.end : f.span.end + 40]):
        return "some"
    return named
