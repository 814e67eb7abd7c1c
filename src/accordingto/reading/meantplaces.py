"""Which named place a part of an event means, or words in its sentence: its own name, the name behind it, or one told of before.

“At [Lam Square], in the Old Town”, “at the jail complex, [Redgate]”, “in the city”; not what people march about (“against lawlessness
in the country”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.locatives import Locatives, foremost, size
from accordingto.reading.placewords import PlaceWords
from accordingto.reading.standpoints import CAUSE, GATHERING
from accordingto.reading.stretches import holding
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import PartKind, Place, Precision, Record
from accordingto.spans import Range

AFAR = re.compile(
    r"\b(?:(?:tele)?phoned?|calls?|video|virtual(?:ly)?|online)\b", re.I
)  # how people meet at no place
WHOSE = re.compile(
    r"[-‐‑](?:owned|flagged|registered|backed|funded|built|made|led|run|born)\b", re.I
)  # whose a thing is, not where
BLOWS = frozenset("attack bombing killing strike death invasion".split())
AND = re.compile(r"\s+and\s+(?:(?:in|on)\s+)?(?:the\s+)?", re.I)
ROW = re.compile(rf",(?:{AND.pattern})?\s*|{AND.pattern}", re.I)  # between the names of countries
HOME = re.compile(r"(?:(?:all )?(?:across|over|around) )?(?:this|our|my) (?:country|nation)", re.I)
NEXT = 10  # characters between a dateline and the paragraph that it opens, at most


class MeantPlaces:
    """The places of one document: asked which one among some a part or the words of an event's sentence mean, as its id."""

    def __init__(
        self, record: Record, layers: Layers, people: Mentioned, words: PlaceWords, locatives: Locatives
    ) -> None:
        self.record, self.layers, self._people = record, layers, people
        self._words, self._locatives = words, locatives

    def of_part(self, part: Part, event: FoundEvent, places: Sequence[Place]) -> str | None:
        """The place that a part names, else the one right behind it, else the one that it describes ("the city")."""
        text, at, site = self.record.document.text, part.at, part.role == "place"
        hits = [p for p in places if at.overlaps(p.span.range) and not WHOSE.match(text, p.span.end)]
        if hits:
            first = foremost(text, hits)
            return min(first, key=lambda p: (size(p, hit=not site), p.span.start)).id
        if any(at.overlaps(p.span.range) for p in self.record.places):
            return None
        if site and (named := self.named_behind(at, places)):
            return named
        if self.in_cause(at, event):
            return None
        return self.described(at, places) if site else self.in_words(at, places)

    def in_several(self, place: Place, event: FoundEvent) -> bool:
        """Whether deeds told as one were in places of two countries: “the attacks in [Lam] and [Kor]”, “wars in Ostia, Lamia”."""
        text = self.record.document.text
        own = any(p.role in ("place", "target") and p.at.overlaps(place.span.range) for p in event.parts)
        between = ROW if own and place.precision is Precision.COUNTRY else AND
        return event.type in BLOWS and any(
            between.fullmatch(text, min(place.span.end, p.span.end), max(place.span.start, p.span.start))
            for p in self.record.places
            if place.country and p.country and p.country != place.country
        )

    def somewhere_at_home(self, event: FoundEvent) -> bool:
        """Whether an event is only told to have been in the speaker's country, “here in this country”: in no town or state of it."""
        text = self.record.document.text
        return any(p.role in ("place", "target") and HOME.fullmatch(text, *p.at) for p in event.parts)

    def named_behind(self, at: Range, places: Sequence[Place]) -> str | None:
        """The name right behind a description of a place, if any: “at the jail complex, [Redgate]”."""
        text = self.record.document.text
        behind = (p for p in places if text[at.end : p.span.start] == ", ")
        return next((p.id for p in behind if not self._locatives.acts(p)), None)

    def described(self, at: Range, places: Sequence[Place]) -> str | None:
        """The named place that a description of a place means ("the city"), where it is known where that is."""
        id = entity_of(self.record.document.text, at, self.layers, self._people)
        mentions = next((e.mentions for e in self.record.entities if e.id == id), ())
        known = (p for p in places if p.country is not None or p.precision is not None)
        named = next((p.id for p in known if any(m.range.overlaps(p.span.range) for m in mentions)), None)
        return named or self.in_words(at, places)

    def in_words(self, at: Range, places: Sequence[Place]) -> str | None:
        """The place that words such as “the city” mean, told of before."""
        place = self._words.meant(at)
        return place.id if place and any(p.id == place.id for p in places) else None

    def led_to(self, event: FoundEvent, places: Sequence[Place]) -> str | None:
        """The place that words in the sentence of an event's trigger mean where it was: “nearly a dozen massacres in the country”."""
        around = holding(self.layers.sentences, event.trigger.start)
        for at in self._words.led(around):
            told = self._locatives.of_clause(at, event.trigger, around) and not self.in_cause(at, event)
            if told and (id := self.in_words(at, places)):
                return id
        return None

    def in_cause(self, at: Range, event: FoundEvent) -> bool:
        """Whether words stand in what people march for or against: “against lawlessness in the country”."""
        around = holding(self.layers.sentences, event.trigger.start)
        causes = CAUSE.finditer(self.record.document.text, event.trigger.end, around.end)
        return event.type in GATHERING and any(Range(*c.span("whom")).contains(at) for c in causes)

    def written_at(self, line: Range) -> str | None:
        """Where a report was written whose first paragraph `line` tells that people met: “AMMAN — The two ministers discussed trade.”"""
        document = self.record.document
        behind = (p for p in document.parts if p.kind is PartKind.DATELINE and 0 <= line.start - p.end < NEXT)
        written = next((Range(p.start, p.end) for p in behind), None)
        if written is None or AFAR.search(document.text, *line):
            return None
        return next((p.id for p in self.record.places if written.overlaps(p.span.range)), None)
