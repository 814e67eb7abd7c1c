"""What those in an event did or suffered before it: "freed 30 villagers [who were kidnapped in Katsina in January]".

Such a clause hangs on a noun that takes part and holds no other word for the event. Its times and places are not the event's, unless
it tells what went on as the event came ("who were praying in a mosque in Kano") or where the noun is to be found ("stationed in Kor").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accordingto.reading.constituents import antecedent
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.mentions import HARMFUL
from accordingto.record import Time
from accordingto.spans import Range

WHO = re.compile(r"who|whom|whose", re.I)
WHERE = re.compile(r"where|when|to", re.I)  # opens what is told of a place, a time or a purpose
HAD = re.compile(r"had|d", re.I)
IS = re.compile(r"is|are|has|have|will|would|can|could|may|might|does|do", re.I)  # no tale of the past
WAS = re.compile(r"was|were|been|be|being|got", re.I)
STAYING = re.compile(  # tells where somebody is as the event comes, or was found after it
    r"(?:gather\w*|assembl\w*|congregat\w*|shelter\w*|sought|(?:took|taken|taking) (?:refuge|shelter|part|cover)|"
    r"hid(?:den|ing)?|camp\w*|wait\w*|queu\w*|lin(?:ed|ing)|liv(?:ed?|ing)|"
    r"stay\w*|park\w*|station\w*|bas(?:ed|ing)|deploy\w*|dock\w*|moor\w*|trap\w*|strand\w*|stuck|held|hold\w*|hous\w*|locat\w*|situat\w*|"
    r"resid\w*|plant\w*|plac(?:ed|ing)|attend\w*|arriv\w*|crowd\w*|pack\w*|work\w*|sat|stood|slept|play\w*|march\w*|protest\w*|rall\w*|"
    r"found|discover\w*|seen|caught|engag\w*|involv\w*|buried)\b",
    re.I,
)
LEAVING = re.compile(  # names where somebody no longer is or not yet, in whatever tense
    r"(?:left|leav(?:e|ing)|fled|flee(?:ing)?|escap(?:ed|ing)|depart\w*|return\w*|(?:came|come|coming|hail\w*) from|set(?:ting)? (?:out|off|sail)|"
    r"(?:took|taken|taking) off)\b",
    re.I,
)
TOLL = re.compile(  # what a deed did, whatever noun the clause hangs on: "an attack on a church that left nine dead"
    r"(?:left|leaving) (?:[\w-]+ ){0,4}(?:dead|killed|wounded|injured|hurt|homeless|missing|trapped|in ruins)\b",
    re.I,
)
DWELLING = re.compile(r"lived|worked|resided|stayed|served", re.I)
TAKEN = re.compile(
    r"(?:re-?)?(?:arrest|detain|captur|seiz|abduct|kidnapp?|snatch|jail|imprison|displac|evacuat|recruit|hir|deport|expell|evict|extradit)ed|"
    r"taken|stolen|born|driven",
    re.I,
)
BEARING = frozenset(("target", "actor", "recipient", "killed", "wounded"))
CARRYING = frozenset(("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos"))  # from a noun up to the verb
TOGETHER = HARMFUL | {"protest", "repression", "abuse"}  # what may be one occasion
HELPING = frozenset(("aid", "release"))  # people are rescued where and when a mishap befell them
MISHAPS = frozenset(("accident", "disaster"))
PAUSE = re.compile(r",\s|[;:—–](?:\s|$)")
LEAD = 2  # words between a verb and the place that it is told with, at most: its preposition and an article
STEPS = 4  # from a noun up to the event's word
LATELY = 7  # days before the report within which a bare day may be that of the news
WEEK = 6  # days of a stretch, less one, which dates no news


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause in characters, the words by number that it hangs on and that is its verb; behind it, up to the next pause, its `tail`."""

    at: Range
    noun: int
    verb: int
    tail: Range


class Backgrounds:
    """The clauses of one document: asked whether a time or place in them is an event's own."""

    def __init__(
        self,
        text: str,
        times: Sequence[Time],
        found: Sequence[FoundEvent],
        layers: Layers,
        published: date | None,
    ) -> None:
        self.text, self.times, self.found = text, times, found
        self.layers, self.published = layers, published
        self._clauses: dict[Range, list[Clause]] = {}
        self._told: dict[int, list[Clause]] = {}

    def holds_time(self, time: Time, number: int) -> bool:
        """Whether a time is told of what came before an event; one behind the clause where it is long past."""
        at = time.span.range
        return any(
            c.at.contains(at) or (c.tail.contains(at) and self.long_past(time))
            for c in self.told_before(number)
        )

    def holds_place(self, at: Range, number: int) -> bool:
        """Whether the words for a place are told of what came before an event; those behind the clause where they stand by its verb."""
        return any(
            c.at.contains(at)
            or (c.tail.contains(at) and 0 < self.layers.word_at(at.start) - c.verb <= LEAD + 1)
            for c in self.told_before(number)
        )

    def told_before(self, number: int) -> list[Clause]:
        """The clauses that tell what came before an event, in the sentences that tell of it."""
        if number not in self._told:
            self._told[number] = [c for around in self.sentences(number) for c in self.of(number, around)]
        return self._told[number]

    def sentences(self, number: int) -> list[Range]:
        """The sentences in which an event is told, in their order."""
        every = self.layers.sentences
        numbers = {
            bisect_right(every, m.start, key=lambda s: s.start) - 1 for m in self.found[number].mentions
        }
        return [every[n] for n in sorted(numbers) if n >= 0]

    def of(self, number: int, around: Range) -> Iterator[Clause]:
        """The clauses of a sentence that tell what came before an event, with tails where none of its words stands behind."""
        here = [m for m in self.found[number].mentions if around.contains(m)]
        for clause in self.clauses(around):
            if self.earlier(clause, number, here):
                end = clause.at.end
                yield clause if self.behind(clause, here) else replace(clause, tail=Range(end, end))

    def earlier(self, clause: Clause, number: int, here: Sequence[Range]) -> bool:
        """Whether a clause tells what one of those in an event did or suffered before; `here` are the event's words in its sentence."""
        event = self.found[number]
        outside = [m for m in here if not clause.at.overlaps(m)]
        if not outside or not self.takes_part(clause.noun, event, outside):
            return False
        if any(0 <= clause.at.start - m.end <= 1 for m in outside):  # "who died asphyxiated in a tunnel"
            return False
        if TOLL.match(self.text, self.layers.words[clause.verb].start) or self.tells_of_it(
            clause, event, outside
        ):
            return False
        whole = Range(clause.at.start, clause.tail.end if self.behind(clause, outside) else clause.at.end)
        old = any(whole.contains(t.span.range) and self.long_past(t) for t in self.times)
        if len(outside) < len(here):  # the clause may tell of the event itself
            return self.behind(clause, outside) and (old or self.perfect(clause))
        return self.past(clause, event, old=old)

    def tells_of_it(self, clause: Clause, event: FoundEvent, outside: Sequence[Range]) -> bool:
        """Whether a clause tells how those came to harm whom the event's noun counts: "the killing of a man who was shot in Kor"."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None or syntax.relation(clause.noun) != "nmod" or event.type not in HARMFUL:
            return False
        owner = words[int(syntax.heads[clause.noun])]
        return any(m.overlaps(owner) for m in outside) and bool(self.kinds(clause) & HARMFUL)

    def kinds(self, clause: Clause) -> frozenset[str]:
        """The types of the events that the verb of a clause names."""
        verb = self.layers.words[clause.verb]
        return frozenset(e.type for e in self.found for m in e.mentions if m.overlaps(verb))

    def behind(self, clause: Clause, mentions: Sequence[Range]) -> bool:
        """Whether no mention stands behind a clause."""
        return all(m.start < clause.at.end for m in mentions)

    def past(self, clause: Clause, event: FoundEvent, *, old: bool) -> bool:
        """Whether the verb of a clause tells of something over: had done, was taken, was done, did what is no part of the event."""
        at, aux = self.layers.words[clause.verb], self.helpers(clause)
        form = self.text[slice(*at)]
        if LEAVING.match(self.text, at.start):
            return True
        if DWELLING.fullmatch(form):
            return old
        if STAYING.match(self.text, at.start):
            return False
        kinds = self.kinds(clause)
        if event.type in HELPING and kinds & MISHAPS:
            return old
        if self.perfect(clause):
            return True
        if any(IS.fullmatch(a) for a in aux):
            return old
        if form.lower().endswith("ing") or self.has(clause.verb, "cop"):
            return old
        if any(WAS.fullmatch(a) for a in aux):
            return True
        if not self.has(clause.verb, "nsubj"):  # "seized on October 7"
            return old or TAKEN.fullmatch(form) is not None
        if kinds <= TOGETHER and event.type in TOGETHER:
            return old and clause.at.start > event.trigger.end
        return old or (bool(kinds) and kinds.isdisjoint(TOGETHER))

    def perfect(self, clause: Clause) -> bool:
        """Whether a clause tells what somebody had done."""
        return any(HAD.fullmatch(a) for a in self.helpers(clause))

    def helpers(self, clause: Clause) -> list[str]:
        """The auxiliaries of a clause's verb."""
        syntax = self.layers.syntax
        if syntax is None:
            return []
        words = self.layers.words_in(Range(clause.at.start, self.layers.words[clause.verb].start))
        return [
            self.text[slice(*self.layers.words[w])]
            for w in words
            if syntax.heads[w] == clause.verb and syntax.relation(w) == "aux"
        ]

    def has(self, verb: int, relation: str) -> bool:
        """Whether a word before a verb hangs on it by a relation."""
        syntax = self.layers.syntax
        return syntax is not None and any(
            int(syntax.heads[w]) == verb and syntax.relation(w) == relation
            for w in range(max(0, verb - 12), verb)
        )

    def takes_part(self, noun: int, event: FoundEvent, outside: Sequence[Range]) -> bool:
        """Whether a noun takes part in an event or hangs on its word, names no event itself and isn't what it was done with."""
        syntax, words = self.layers.syntax, self.layers.words
        if syntax is None or any(words[noun].overlaps(m) for e in self.found for m in e.mentions):
            return False
        if any(p.role == "instrument" and p.at.contains(words[noun]) for p in event.parts):
            return False
        if any(p.role in BEARING and p.at.contains(words[noun]) for p in event.parts):
            return True
        word = noun
        for _ in range(STEPS):
            if syntax.relation(word) not in CARRYING:
                return False
            word = int(syntax.heads[word])
            if any(m.overlaps(words[word]) for m in outside):
                return True
        return False

    def long_past(self, time: Time) -> bool:
        """Whether a time ended more than a week before the report, or is a week or more and over."""
        if self.published is None or time.latest is None or time.earliest is None:
            return False
        ago = (self.published - time.latest).days
        return ago > LATELY or (ago > 0 and (time.latest - time.earliest).days >= WEEK)

    def clauses(self, around: Range) -> list[Clause]:
        """The clauses of a sentence that hang on a noun before them, found once."""
        if around not in self._clauses:
            syntax = self.layers.syntax
            known = syntax is not None and bool(syntax.labels)
            self._clauses[around] = list(self.find(around, syntax)) if known and syntax is not None else []
        return self._clauses[around]

    def find(self, around: Range, syntax: Syntax) -> Iterator[Clause]:
        """The clauses by the tree, then those that it misses and a pronoun opens behind a noun."""
        words = self.layers.words_in(around)
        taken: set[int] = set()
        for verb in words:
            noun = int(syntax.heads[verb])
            if syntax.relation(verb) != "acl" or not words.start <= noun < verb:
                continue
            inside = run(verb, words, syntax)
            opening = self.text[slice(*self.layers.words[inside.start])]
            if inside.start > noun and not WHERE.fullmatch(opening):
                taken |= set(inside)
                yield self.clause(inside, noun, verb, around)
        for w in words[1:]:
            form = self.text[slice(*self.layers.words[w])]
            if w in taken or not WHO.fullmatch(form) or antecedent(w, syntax, nearest=False) is not None:
                continue
            noun = w - 1 - (self.text[self.layers.words[w - 1].start] == ",")
            verb = int(syntax.heads[w])
            while syntax.relation(verb) in CARRYING and syntax.heads[verb] != verb:
                verb = int(syntax.heads[verb])
            if w < verb < words.stop and syntax.relation(noun) in CARRYING:
                yield self.clause(range(w, verb + 1), noun, verb, around)

    def clause(self, inside: range, noun: int, verb: int, around: Range) -> Clause:
        """A clause from its words."""
        at = Range(self.layers.words[inside.start].start, self.layers.words[inside.stop - 1].end)
        pauses = (
            m.start() for m in PAUSE.finditer(self.text, at.end, around.end) if not self.dated(m.start())
        )
        return Clause(at, noun, verb, Range(at.end, next(pauses, around.end)))

    def dated(self, at: int) -> bool:
        """Whether a comma stands within a date: "July 11, 2021"."""
        return any(t.span.start < at < t.span.end for t in self.times)


def run(verb: int, words: range, syntax: Syntax) -> range:
    """The unbroken words around a verb that stand below it."""

    def below(word: int) -> bool:
        for _ in words:
            if word == verb:
                return True
            above = int(syntax.heads[word])
            if above == word:
                return False
            word = above
        return False

    first = last = verb
    while first - 1 in words and below(first - 1):
        first -= 1
    while last + 1 in words and below(last + 1):
        last += 1
    return range(first, last + 1)
