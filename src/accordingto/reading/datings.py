"""Which times of a sentence are not an event's own, however near: a toll's, another event's, those of what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.mentions import HARMFUL, OUTCOMES, lasting
from accordingto.reading.rises import day_of_rise
from accordingto.reading.sincewhen import compared
from accordingto.reading.timeshifts import BETWEEN
from accordingto.record import Factuality, Time, TimeType
from accordingto.spans import Range

RELATIVE = re.compile(
    r",\s(?:(?:in|from|at|to|of|for|by|near|during) )?(?P<word>where|who|whose|whom|which)\b", re.I
)
TOLD_OF_IT = re.compile(
    r" (?:(?:was|were|had|has|have) )?(?:came|c[ao]me|happened|occurred|took place|beg[au]n|started|broke out|erupted|hit|struck|"
    r"targeted|kill\w*|injur\w*|wound\w*|left|carried out|launched|held)\b",
    re.I,
)
APART = re.compile(
    r"\b(?:(?:[\w-]+|\d+)\s)?(?P<many>days|weeks|months|years|decades|(?:a|one|the) (?:day|week|month|year|decade))\s"
    r"(?:after|before)\s(?=\w)",
    re.I,
)
PAUSE = re.compile(r",\s|[;:—–](?:\s|$)|\s-\s")
OWNED = re.compile(
    r"(?:['’]s?)?[ -](?:[\w-]+ ){0,2}?"
)  # between a date and a noun whose it is: "Monday’s deadly "
ARTICLE = re.compile(r"\b(?:the|an?|this|that|its|his|her|their) $", re.I)
NAMING = frozenset(("compound", "nummod", "amod", "nmod"))
BECAUSE_OF = re.compile(
    r"\b(?:over|after|following|since|about|before|marking|commemorat\w+|anniversary of|in connection with|linked to|tied to|"
    r"in response to|retaliation for|accused of|suspected of|charged with|role in|part in|involved in|responsible for)\b",
    re.I,
)
NEAR = 30  # characters between a time and the noun whose it is
STAYS = frozenset(
    "detention blockade deployment territory ceasefire invasion displacement clash sanction".split()
)


class Datings:
    """The times and events of one document: asked whether a time can be an event's.

    A time is no event's where it tells when a toll had come so far ("rose to 45 on Wednesday") or with what something is compared
    ("the deadliest since 2021"); it is only another's where that is named by it ("the June 2023 bombing"), or where a clause of its
    own parts it from the event ("in Borno, where an insurgency began in 2009", "ten days after she was arrested").
    """

    def __init__(self, text: str, times: Sequence[Time], found: Sequence[FoundEvent], layers: Layers) -> None:
        self.text, self.times, self.found, self.layers = text, times, found, layers

    def foreign(self, time: Time, number: int, around: Range) -> bool:
        """Whether a time of the sentence `around` isn't the event's."""
        event, at = self.found[number], time.span.range
        here = [m for m in event.mentions if around.contains(m)]
        if any(self.named_by(at, m) for m in here):
            return False
        if day_of_rise(self.text, around, at) or self.sets_a_limit(at, event, here, around):
            return True
        if self.named(at, event):
            return True
        distance = next(
            (m for m in APART.finditer(self.text, *around) if m.start() <= at.start < m.end()), None
        )
        if distance:
            return not self.counts(time, distance, here, around)
        return bool(here) and all(self.parted(at, m, event, around) for m in here)

    def sets_a_limit(self, at: Range, event: FoundEvent, here: Sequence[Range], around: Range) -> bool:
        """Whether a time tells since when something is the first or goes on, and the event is neither that nor what began then."""
        past = next((c for c in compared(self.text, around) if c.contains(at)), None)
        if past is None and not lasting(self.text, at.start):
            return False
        since = self.text.lower().rfind("since", around.start, at.start)
        if since >= 0 and any(since <= m.start <= at.start for m in here):  # "since the truce began in March"
            return False
        return past is not None or (event.factuality is not Factuality.ONGOING and event.type not in STAYS)

    def counts(self, time: Time, distance: re.Match[str], here: Sequence[Range], around: Range) -> bool:
        """Whether a distance ("two days before") dates an event: reckoned from a day before it, what it is said of, else the other."""
        if time.value is None or time.type is TimeType.DURATION:
            return False
        clause = Range(distance.end(), self.pause(distance.end(), around.end))
        behind = any(clause.contains(m) for m in here)
        return behind if self.reckoned(time, around) else not behind

    def named(self, at: Range, event: FoundEvent) -> bool:
        """Whether another event is named by a time: "over the June 2023 bombing"; those whom it killed died then, too."""
        return any(
            self.named_by(at, m)
            for other in self.found
            if other is not event and not one_blow(event, other)
            for m in other.mentions
        )

    def reckoned(self, time: Time, around: Range) -> bool:
        """Whether a distance is counted from a day right before it in its own sentence."""
        return any(
            around.contains(t.span.range) and BETWEEN.fullmatch(self.text, t.span.end, time.span.start)
            for t in self.times
            if t.earliest is not None and t.earliest == t.latest
        )

    def named_by(self, at: Range, mention: Range) -> bool:
        """Whether a mention is named by a time right before it: "Monday’s earthquake", "the June 2023 bombing"."""
        text, syntax = self.text, self.layers.syntax
        if mention.contains(at):
            return True
        if not 0 <= mention.start - at.end <= NEAR or not OWNED.fullmatch(text, at.end, mention.start):
            return False
        if text.startswith(("'", "’"), at.end):
            return True
        if syntax is None:
            return ARTICLE.search(text, max(0, at.start - 6), at.start) is not None
        words = self.layers.words
        return any(
            words[int(syntax.heads[w])].overlaps(mention) and syntax.relation(w) in NAMING
            for w in self.layers.words_in(at)
        )

    def parted(self, at: Range, mention: Range, event: FoundEvent, around: Range) -> bool:
        """Whether a time stands in a clause in which a mention of the event doesn't, or the other way round."""
        if any(c.contains(at) != c.contains(mention) for c in self.clauses(around)):
            return True
        if at.start < mention.end:
            return False
        between = [
            m
            for other in self.found
            if other is not event and not one_blow(event, other)
            for m in other.mentions
            if mention.end <= m.start and m.end <= at.start
        ]
        return any(
            BECAUSE_OF.search(self.text, mention.end, m.start) and self.hangs_on(at, m) for m in between
        )

    def hangs_on(self, at: Range, mention: Range) -> bool:
        """Whether a time hangs on a word of a mention in the sentence's tree."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None:
            return False
        word = self.layers.word_at(at.start)
        for _ in range(3):
            word = int(syntax.heads[word])
            if words[word].overlaps(mention):
                return True
        return False

    def clauses(self, around: Range) -> list[Range]:
        """The stretches of a sentence that tell of a time or thing of their own: relative clauses, what something came after."""
        found = []
        for m in RELATIVE.finditer(self.text, *around):
            if m["word"].lower() != "which" or not TOLD_OF_IT.match(self.text, m.end()):
                found.append(Range(m.start("word"), self.pause(m.end(), around.end)))
        found += [
            Range(m.start(), self.pause(m.end(), around.end)) for m in APART.finditer(self.text, *around)
        ]
        return found

    def pause(self, start: int, end: int) -> int:
        """Where a clause that begins at a character ends, at most at `end`."""
        m = PAUSE.search(self.text, start, end)
        return m.start() if m else end


def one_blow(event: FoundEvent, other: FoundEvent) -> bool:
    """Whether one of two events is what the other brought about: those whom a strike killed."""
    kinds = {event.type, other.type}
    return kinds <= HARMFUL and bool(kinds & OUTCOMES)
