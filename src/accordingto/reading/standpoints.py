"""Places of those who speak of an event, and of those for or against whom people march, meet or vote: not where it is.

“Airwars, a [London]-based group, said a strike killed five”, “in [Athens] students rallied in memory of victims in [Larissa]”. What
tells whose ground it is stays (“the mayor of Kharkiv said”); the words for a speaker's place are those of `speaker_places.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec

from accordingto.reading.constituents import head_among
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.toponyms import SHARED_SEATS
from accordingto.record import Claim, Place, Record
from accordingto.spans import Range
from accordingto.vocabularies import table

GATHERING = frozenset("protest meeting negotiation politics repression".split())
WARS = frozenset(("invasion", "ceasefire"))  # what people far away march or vote about
LEAD = 90  # characters before a name in which words for a speaker's place are looked for
DESCRIBED = r"\s*(?:(?!(?:said|told|that|who|in|from|and|at|on|of|to)\b)[\w’'-]+\s+){0,3}(?:(?:city|town|state|capital) of\s+)?$"
FURTHER = re.compile(r",\s+")  # from a name to that of its land: "based in Beirut, Lebanon"
CAUSE = re.compile(
    r"\b(?:(?P<others>in (?:support|solidarity|sympathy|memory|honou?r|favou?r|defen[cs]e) (?:of|with|for)"
    r"|to (?:support|back|honou?r|mourn|commemorate|remember))|for|against|over|about)\b(?P<whom>[^.;,:\n]*)",
    re.I,
)
LOCATIVE = re.compile(r"\b(?:in|at|near|across|outside|around|inside|through)\s", re.I)
STANDS_IN = re.compile(r"\b(?:in|at|across|outside)\s+(?:the\s+)?$", re.I)
OPENING = re.compile(r"(?:in|at|across|outside)\s+(?:the\s+)?", re.I)
BARE = re.compile(r"\s(?:[a-z]+\s){0,2}")  # from those who do something to its word
ONE_MORE = re.compile(r"(?:,|;|\band)\s+$")
NETWORK = "X"  # no place where things happen: "in a post on X"
ON_IT = re.compile(r"\b(?:on|via|to)\s+$", re.I)
ITS_SUM = re.compile(  # a country before a sum that it gave itself: "…, Canada $25 million"
    r"\s+(?:a further |another )?(?:(?:US|C|A)?[$€£¥]|\d[\d.,]*\s*(?:m|bn|million|billion|thousand)\b)"
)


class SpeakerPlace(msgspec.Struct, frozen=True):
    """One row of `speaker_places.csv`."""

    pattern: str
    side: str


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The package's patterns before a name, before that of a seat, and behind a name."""
    rows = table("speaker_places", SpeakerPlace)
    one = {s: "|".join(r.pattern for r in rows if r.side == s) for s in ("before", "seat", "behind")}
    return (
        re.compile(f"(?:{one['before']}){DESCRIBED}", re.I),
        re.compile(f"(?:{one['seat']}){DESCRIBED}", re.I),
        re.compile(one["behind"], re.I),
    )


class Standpoints:
    """The places of one document: asked whether one is where somebody speaks of an event from, or another party's."""

    def __init__(self, record: Record, found: Sequence[FoundEvent], layers: Layers) -> None:
        self.text, self.found, self.layers = record.document.text, found, layers
        self.claims, self.places = record.claims, record.places
        self._from = self.speakers()

    def speakers(self) -> frozenset[str]:
        """The places where somebody is, comes from or speaks, by the words beside them."""
        out = {p.id for p in self.places if self.of_speaker(p)}
        for one, other in pairwise(sorted(self.places, key=lambda p: p.span.start)):
            if one.id in out and FURTHER.fullmatch(self.text, one.span.end, other.span.start):
                out.add(other.id)
        return frozenset(out)

    def of_speaker(self, place: Place) -> bool:
        """Whether words right beside a name tell of a speaker's place."""
        before, seat, behind = patterns()
        around = self.sentence(place.span.start)
        lead = self.text[max(around.start, place.span.start - LEAD) : place.span.start]
        if behind.match(self.text, place.span.end) or before.search(lead):
            return True
        return not SHARED_SEATS.isdisjoint((place.name, place.span.text)) and seat.search(lead) is not None

    def speaks_from(self, place: Place, number: int) -> bool:
        """Whether a place is that of somebody who tells of an event, outside of what is told."""
        if place.id not in self._from:
            return False
        told = [c for m in self.found[number].mentions if (c := self.innermost(m)) is not None]
        return bool(told) and not any(x.range.contains(place.span.range) for c in told for x in c.content)

    def innermost(self, at: Range) -> Claim | None:
        """The shortest claim in whose content a stretch lies."""
        around = [c for c in self.claims if any(x.range.contains(at) for x in c.content)]
        return min(around, key=lambda c: sum(x.end - x.start for x in c.content), default=None)

    def sums(self, place: Place) -> bool:
        """Whether a name is that of another giver: "Germany pledged 40 million euros for Sudan, [Canada] $25 million"."""
        lead = self.text[max(0, place.span.start - 6) : place.span.start]
        return ONE_MORE.search(lead) is not None and ITS_SUM.match(self.text, place.span.end) is not None

    def is_network(self, place: Place) -> bool:
        """Whether a name is that of the network X on which something is said."""
        start = place.span.start
        return place.span.text == NETWORK and ON_IT.search(self.text, max(0, start - 5), start) is not None

    def of_others(self, number: int) -> tuple[frozenset[str], str | None]:
        """The places of those for or against whom people march, meet or vote, and the one where they do so instead; none of other events.

        “In Berlin hundreds rallied for peace in Gaza”: such a place yields to another country's in the sentence. Where there is none,
        it is dropped where it hangs on those whom people stand by, or on a war.
        """
        event = self.found[number]
        if event.type not in GATHERING:
            return frozenset(), None
        out: set[str] = set()
        instead: str | None = None
        for m in event.mentions:
            around = self.sentence(m.start)
            cause = next((c for c in CAUSE.finditer(self.text, m.end, around.end)), None)
            if cause is None:
                continue
            theirs = [p for p in self.places if cause.start("whom") <= p.span.start < cause.end("whom")]
            own = next(self.grounds(event, m, cause.start(), around), None)
            for p in theirs:
                if self.yields(p, own, cause, m):
                    out.add(p.id)
                    instead = instead or (own.id if own else None)
        return frozenset(out), instead

    def grounds(self, event: FoundEvent, mention: Range, cause: int, around: Range) -> Iterator[Place]:
        """The places where people do something, best first: told behind its word, at the sentence's opening, of those who do it."""
        here = [p for p in self.places if around.contains(p.span.range) and p.id not in self._from]
        inside = [p for p in here if STANDS_IN.search(self.text, max(0, p.span.start - 14), p.span.start)]
        yield from (p for p in inside if mention.end <= p.span.start < cause)
        yield from (p for p in inside if OPENING.fullmatch(self.text, around.start, p.span.start))
        doers = [x.at for x in event.parts if x.role == "actor"]
        for p in inside:
            if p.span.end <= mention.start and (
                any(d.contains(p.span.range) for d in doers)
                or BARE.fullmatch(self.text, p.span.end, mention.start)
            ):
                yield p

    def yields(self, place: Place, own: Place | None, cause: re.Match[str], mention: Range) -> bool:
        """Whether a place in a cause is no place of those who act for it."""
        whom = Range(cause.start("whom"), place.span.start)
        named = cause["others"] is not None
        if named and LOCATIVE.search(self.text[whom.start : whom.end]) is None:
            return True  # "in support of Ukraine"
        noun = self.noun_above(place)
        apart = noun is not None and not noun.overlaps(mention)
        if own is not None:
            return (own.country != place.country and None not in (own.country, place.country)) or (
                named and apart
            )
        if named:
            return apart
        return noun is not None and any(
            m.overlaps(noun) for e in self.found if e.type in WARS for m in e.mentions
        )

    def noun_above(self, place: Place) -> Range | None:
        """The word that a place's name hangs on."""
        syntax = self.layers.syntax
        if syntax is None:
            return None
        head = head_among(self.layers.words_in(place.span.range), syntax)
        return self.layers.words[int(syntax.heads[head])]

    def sentence(self, at: int) -> Range:
        """The last sentence that begins at or before a character."""
        every = self.layers.sentences
        i = bisect_right(every, at, key=lambda s: s.start) - 1
        return every[i] if i >= 0 else Range(at, at)
