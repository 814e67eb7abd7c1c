"""Denials: what exactly a claim says is not so.

“Denied firing on the market”, “denied any role” deny who did it, not that it happened, unless the thing leaves no
trace that anyone could see (a secret meeting, a shipment); “denied that prisoners are beaten” denies that it happened;
“denied it” denies what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordingto.ledger.accounts import Field, Value
from accordingto.ledger.deeds import LATER, SELF, does, tells_own
from accordingto.ledger.names import WORD, stem
from accordingto.ledger.sayings import IT, name_of, named_in, said, words_of
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.tallies import Tallies
from accordingto.ledger.topics import HARM, Topics
from accordingto.record import Act, Claim, Event, Factuality, Measure, Record, Role
from accordingto.spans import Span

DOING = re.compile(r"^(?:ever |having )?[a-z]+ing\b", re.I)
SHARE = re.compile(
    r"\b(?:any|no|all|its|their|his|her) (?:part|role|hand|link|connection|knowledge|involvement|responsibility)\b|^(?:responsibility|involvement)\b",
    re.I,
)
SUBJECT = re.compile(r"^(?:that )?(?P<who>[^,;.]{2,50}?) (?:was|were|had|has|have|is|are|did|would)\b", re.I)
NOT = re.compile(
    r"\b(?:no|not|never|nor|neither|without|none|nobody|nothing|any)\b|n['’]t\b|\brefus(?:e[sd]?|ing) to\b",
    re.I,
)
COUNT = re.compile(r"\b(?:number|figure|count|toll|total|tally)\b", re.I)
NONE = re.compile(r"\bno (?:such )?(?P<what>\w+)", re.I)
USED = re.compile(
    r"^(?:us(?:ed|ing|e of)|with)\b|\b(?:had been|has been|have been|was|were|is|are)\b.*", re.I
)
ANY = re.compile(r"^\s*(?:any|an?|the|no)\b", re.I)
BY_SELF = re.compile(
    r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:\s+\w+){0,3}?\s+by\s+(?:it|them|him|her|itself|us|me|(?:its|their|his|our|my)\s+\w+)\b",
    re.I,
)
CAUSED = re.compile(
    r"\b(?:caus(?:ed|ing)|led to|contribut(?:ed|ing) to|result(?:ed|ing) (?:in|from)|because of|due to)\b",
    re.I,
)
DEFINITE = re.compile(r"^(?:that )?(?:the|this|its|their|his|her|\w+['’]s)\s+(?:[\w'’-]+\s+){0,4}$", re.I)
QUALITY = re.compile(
    r"^(?:\s+(?:of|in|on|at|near|against)\s+[^,;]{1,40}?)?\s+(?:was|were|is|are|had been|has been|have been)\s+(?:\w+ly\s+)?"
    r"(?!carried|conducted|launched|held|under|happening|taking|going|planned|made|over|ordered|directed|begun|agreed|reached|signed|"
    r"done|staged|committed|the|its|theirs|real|true|fired|still)\w",
    re.I,
)
NEAR = 60  # characters before a trigger in which a negation counts
NEAR_USE = 30  # and before a use of a site
FIGURES = {Measure.KILLED: Field.KILLED, Measure.WOUNDED: Field.WOUNDED}
Found = tuple[Field, Value]


class Denials:
    """What each denial of a record denies."""

    def __init__(self, record: Record, topics: Topics, tallies: Tallies, speakers: Speakers) -> None:
        self.record = record
        self.topics = topics
        self.known = topics.known
        self.tallies = tallies
        self.speakers = speakers

    def is_one(self, claim: Claim) -> bool:
        """True for a claim that denies by its words, whatever its act: “called this a lie”."""
        told = self.topics.sayings[claim.id]
        return told is not None and told.row.stance == "denies"

    def of(self, claim: Claim, event: Event) -> list[Found]:
        """The fields that a denial denies of an event, with the value that is denied (None: whatever is said)."""
        return list(dict.fromkeys(self._of(claim, event)))

    def negation(self, claim: Claim, event: Event) -> list[Found]:
        """What a claim denies that says of an event that it was not: “no shells were sent”, “it had not fired”."""
        by_self = any(does(s.text) for s in claim.content if s.range.contains(event.trigger.range))
        return list(self._own(claim, event, "actor" if by_self else "happened"))

    def _of(self, claim: Claim, event: Event) -> Iterator[Found]:
        before, told = self.topics.before.get(claim.id), self.topics.sayings[claim.id]
        if before is not None:
            yield from self._back(claim, before, event)
            return
        if told is not None and told.row.stance == "denies":
            yield from self._own(claim, event, told.row.field)
            return
        words, content = words_of(claim), said(claim).strip()
        if claim.id in self.topics.topic and self._is_detail(claim):
            return
        field = Field(self.known.field_of(words, type=event.type))
        own = DOING.match(content) or SHARE.search(content) or BY_SELF.search(content)
        by_self = bool(does(content) or own)
        if field is Field.INSTRUMENT:
            yield field, self._instrument(claim, event)
        elif field not in (Field.ACTOR, Field.HAPPENED):
            yield field, None
        elif by_self:
            yield from self._own(claim, event, "actor")
        elif field is Field.ACTOR:
            yield Field.ACTOR, self._subject(claim) or self.speakers.of(claim).by
        elif self._is_quality(claim, event) or CAUSED.search(content):
            return
        elif central(claim, event) or self._in_other_words(claim, content, event):
            if content.casefold().startswith("that ") or self._unwilling(claim):
                yield Field.HAPPENED, True
            else:  # a noun: who denies “the April attack” denies having done it
                yield from self._own(claim, event, "actor")

    def _is_detail(self, claim: Claim) -> bool:
        """True where a denial is about a state, which the reader took for an event of its own."""
        return any(v in claim.about for v in self.topics.details)

    def _instrument(self, claim: Claim, event: Event) -> str | None:
        """What is said not to have been used."""
        parts = (p for p in event.participants if p.role is Role.INSTRUMENT)
        own = next(
            (p.span.text for p in parts if any(s.range.contains(p.span.range) for s in claim.content)), None
        )
        words = USED.sub("", self.known.thing_used(said(claim)))
        return own or ANY.sub("", words).strip() or None

    def _unwilling(self, claim: Claim) -> bool:
        """True for "refused to free them": it says that it was not done, not that others did it."""
        if claim.act is not Act.REFUSE or not claim.content:
            return False
        start = claim.content[0].start
        text = self.record.document.text
        return text.startswith("to ", start) or text.endswith("to ", 0, start)

    def _in_other_words(self, claim: Claim, content: str, event: Event) -> bool:
        """True where the reader takes the denial for one of the event, or a word of it names events of this one's family."""
        if claim.id in event.claims and event.factuality is Factuality.DENIED:
            return True
        return any(self._names(w, event) for w in WORD.findall(content))

    def _names(self, word: str, event: Event) -> bool:
        """True for a word that names events of this one's family."""
        return self.known.kinds.get(stem(word.casefold())) == self.known.family(event.type)

    def _is_quality(self, claim: Claim, event: Event) -> bool:
        """True where a claim says of an event that it was such or such, not whether it was: “that the strike was unlawful”."""
        for s in claim.content:
            names = [m.span() for m in WORD.finditer(s.text) if self._names(m[0], event)]
            if s.range.contains(event.trigger.range):
                names = [(event.trigger.start - s.start, event.trigger.end - s.start)]
            if any(DEFINITE.match(s.text[:a]) and QUALITY.match(s.text[b:]) for a, b in names):
                return True
        return False

    def _own(self, claim: Claim, event: Event, field: str) -> Iterator[Found]:
        """The speaker denies having done it; where it leaves no trace, that it was done."""
        if field == Field.ACTOR:
            yield Field.ACTOR, self.speakers.of(claim).by
        if field == Field.HAPPENED or self.known.is_secret(event.type):
            yield Field.HAPPENED, True

    def _back(self, claim: Claim, before: Claim, event: Event) -> Iterator[Found]:
        """What the claim before says of the event is denied."""
        told = self.topics.sayings[before.id]
        counted = [f for f in self.tallies.of(event) if before.id in f.claims]
        if counted and (COUNT.search(said(claim)) or told is None):
            for f in counted:
                yield FIGURES[f.measure], f.best if f.best is not None else f.low
        elif self.topics.tells_use(said(before)):
            yield Field.USE_OF_SITE, None
        elif told is not None and told.row.field == Field.ACTOR and told.row.stance == "asserts":
            yield (
                Field.ACTOR,
                name_of(told.who, self.record.entities) if told.who else self.speakers.of(before).by,
            )
        elif central(before, event) and before.act not in (Act.DENY, Act.REFUSE):
            if tells_own(before, event) and self.known.family(event.type) in HARM:
                yield Field.ACTOR, self.speakers.of(before).by
            else:
                yield Field.HAPPENED, True

    def _subject(self, claim: Claim) -> str | None:
        """Who is said not to have done it, by name."""
        found = SUBJECT.match(said(claim))
        at = named_in(claim, found["who"]) if found else None
        return name_of(at, self.record.entities) if at and not SELF.match(at.text) else None


def central(claim: Claim, event: Event) -> bool:
    """True where the event's words stand in the claim's main clause, or the claim is “it”."""
    if IT.match(said(claim)):
        return True
    for s in claim.content:
        if s.range.contains(event.trigger.range):
            return not LATER.search(s.text[: event.trigger.start - s.start])
    return False


def negated(claim: Claim, trigger: Span) -> bool:
    """True where a negating word stands before the trigger in the claim's content."""
    for s in claim.content:
        if s.range.contains(trigger.range):
            at = trigger.start - s.start
            return bool(NOT.search(s.text[max(0, at - NEAR) : at + len(trigger.text)]))
    return False


def flatly(claim: Claim, trigger: Span) -> bool:
    """True where the claim says that there is none: “no truce had been agreed”."""
    names = {stem(w.casefold()) for w in WORD.findall(trigger.text)}
    return any(stem(m["what"].casefold()) in names for s in claim.content for m in NONE.finditer(s.text))


def negated_use(text: str, found: re.Match[str]) -> bool:
    """True where a use of a site is negated: “no sign of military use”."""
    return bool(NOT.search(text[max(0, found.start() - NEAR_USE) : found.start() + 4]))
