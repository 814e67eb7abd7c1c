"""Whether a time can be an event's by what both are: over by the day of publication or yet to come, done or planned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from accordingto.reading.comingdays import DID
from accordingto.reading.datings import Datings
from accordingto.reading.elsewhen import own_time
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.stretches import holding
from accordingto.record import Factuality, Record, Time

UNREAL = frozenset((Factuality.PLANNED, Factuality.POSSIBLE, Factuality.CONDITIONAL))
HELD = frozenset("politics meeting protest".split())
FROM_THEN = re.compile(r"\b(?:from|starting|beginning|effective) (?:on |at )?$", re.I)
AIMED = re.compile(r"\bto (?:\w+ly )?$")
WHOSE = re.compile(r"(?:['’]s)? (?:[\w-]+ ){0,2}")  # from a day to what is held on it: "the Feb. 9 mayoral "
HELD_ON = re.compile(r",? (?:on |in )?")


class Timely:
    """The events and times of one document; `dated` tells of which event a time is that stands right before it."""

    def __init__(
        self,
        record: Record,
        found: Sequence[FoundEvent],
        layers: Layers,
        datings: Datings,
        dated: Mapping[str, int],
    ) -> None:
        self.record, self.found, self.layers = record, found, layers
        self._datings, self._dated = datings, dated

    def may_date(self, time: Time, number: int) -> bool:
        """Whether a time is not right before another event while this one goes on, nor yet to come while this one is over, nor of another
        sentence than those that tell of what may be.
        """
        read, published = self.found[number].factuality, self.record.document.published
        if read is Factuality.OCCURRED and to_come(time, published) and not self.looks_ahead(time, number):
            return False
        if read in UNREAL and not any(
            holding(self.layers.sentences, m.start).contains(time.span.range)
            for m in self.found[number].mentions
        ):
            return False
        return read is not Factuality.ONGOING or self._dated.get(time.id, number) == number

    def is_over(self, time: Time, number: int) -> bool:
        """Whether a time that stands before the word for what is planned or may be, in another clause, and doesn't describe it, is over by
        the day of publication: what is told before it ("said on Sunday she will resign").
        """
        event, published = self.found[number], self.record.document.published
        at, deed = time.span.range, event.trigger
        if (
            event.factuality not in UNREAL | {Factuality.NEGATED}
            or at.end > deed.start
            or self._datings.names(at, deed)
        ):
            return False
        if published is None or time.latest is None or time.latest >= published:
            return False
        own = own_time(self.record.document.text, deed, [time], self.layers)
        return own is None or not own.straight

    def looks_ahead(self, time: Time, number: int) -> bool:
        """Whether what is told as done begins or is done only then: declared “from Monday”, what somebody “decided to” do."""
        text, trigger, start = self.record.document.text, self.found[number].trigger, time.span.start
        return any(
            m is not None
            for m in (
                FROM_THEN.search(text, max(0, start - 20), start),
                AIMED.search(text, max(0, trigger.start - 20), trigger.start),
            )
        )


def to_come(time: Time, published: date | None) -> bool:
    """Whether all of a time lies after the day of publication."""
    return published is not None and time.earliest is not None and time.earliest > published


def foreseen(record: Record, event: FoundEvent) -> FoundEvent:
    """An event as planned that is told as done but is held on a day or in a month to come: "whose Feb. 9 primary is the first"."""
    text, at = record.document.text, event.trigger
    if event.factuality is not Factuality.OCCURRED or event.type not in HELD or DID.fullmatch(text, *at):
        return event
    ahead = (t.span for t in record.times if to_come(t, record.document.published))
    held = any(
        WHOSE.fullmatch(text, d.end, at.start) or HELD_ON.fullmatch(text, at.end, d.start) for d in ahead
    )
    return replace(event, factuality=Factuality.PLANNED) if held else event
