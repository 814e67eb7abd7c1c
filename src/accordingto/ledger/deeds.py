"""Deeds that speakers tell of themselves: “its aircraft had fired”, “they had captured”, not “they had been shot at”.

The speaker is the doer only where the verb is that of the deed: who “feared the shelling” did not shell. A pronoun is no
certain doer where another body may be meant: “Belmar imposed sanctions on Aland, saying that it had sent drones”.
"""

from __future__ import annotations

import re

from accordingto.ledger.bodies import same_body
from accordingto.ledger.cast import can_act, cast
from accordingto.ledger.clauses import before
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD
from accordingto.ledger.negations import NOT
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.spokesmen import body_of
from accordingto.record import Claim, Entity, EntityKind, Event, Record, Role, SourceKind
from accordingto.spans import Range, Span

BODY = (
    r"(?:forces|fighters|men|troops|soldiers|units?|aircraft|planes?|jets?|drones?|artillery|guns|officers?|police|guards|"
    r"militia|army|side|service|members|people|gunmen|envoys?|driver|crew|staff|commanders?)"
)
SELF = re.compile(
    rf"^(?:that )?(?P<who>it|they|he|she|we|I|(?:its|their|his|her|our|my) (?:own )?(?:\w+ )?{BODY})\b", re.I
)
PLACED = r"(?:near|in|inside|at|on|around|within|among|behind|beside|present|there|here|part|party|involved|aware|responsible)"
SUFFERS = re.compile(
    rf"\s+(?:(?:had|have|has) (?:ever |never |not )?been|was|were|are|is)\s+(?!\w+ing\b)(?!(?:ever |not |anywhere )*{PLACED}\b)",
    re.I,
)
ADVERB = (
    r"(?:(?:had|has|have|was|were|is|are|been|being|did|do|does|would|will|also|just|already|since|first|then|later|not|never|ever|"
    r"again|itself|themselves|overnight|yesterday|today|late|\w+ly|on \w+day)[\s,]+)*"
)
DEED = (
    r"(?:(?:carr(?:ied|ying) out|conduct(?:ed|ing)|launch(?:ed|ing)|ma(?:de|king)|mount(?:ed|ing)|stag(?:ed|ing)|fir(?:ed|ing)|"
    r"beg[au]n|start(?:ed|ing)|committ(?:ed|ing)|order(?:ed|ing)|took part in|taken part in|taking part in|join(?:ed|ing)|us(?:ed|ing)|return(?:ed|ing)|"
    r"respond(?:ed|ing) with|retaliat(?:ed|ing) with|continu(?:ed|ing)|resum(?:ed|ing)|stepp(?:ed|ing) up|detonat(?:ed|ing)|plant(?:ed|ing)|dropp(?:ed|ing)|"
    r"sen(?:t|ding)|h[eo]ld(?:ing)?|sign(?:ed|ing)|reach(?:ed|ing)|agreed (?:on|to)|impos(?:ed|ing)|lift(?:ed|ing)|end(?:ed|ing)|declar(?:ed|ing)|stopp(?:ed|ing))"
    r"\s+(?:[\w'’-]+\s+){0,5}?)?"
)
TO_DEED = re.compile(rf"\s+{ADVERB}{DEED}[\"“]?", re.I)
PASSIVE = re.compile(r"\b(?:been|was|were|is|are|being)\s+(?:\w+ly\s+)?$", re.I)
UNDERGOES = re.compile(
    r"\b(?:been|was|were|is|are|being)(?:n['’]t)?\s+(?:(?:not|never|ever|\w+ly)\s+)*$", re.I
)
LATER = re.compile(r"\b(?:when|after|before|since|because|where|who|which|while|until|as)\b", re.I)
TIMES = re.compile(r"\s+(?:enough|too (?:many|much)|so (?:many|much)|plenty of|countless)\b", re.I)
BESIDE = re.compile(r"\s*,[^,]*,")  # what tells the speaker more closely
LIST = re.compile(r"\band\b")
ADMITS = re.compile(r"\b(?:admi(?:t|ts|tted|tting)|confess(?:es|ed|ing)?(?: to)?)\b", re.I)
NOUN = re.compile(
    r"(?:to )?(?:the|that|this|an?|its|their|his|her)\s+(?!the\b|an?\b)(?:[\w-]+\s+){0,3}", re.I
)
OF_IT = re.compile(  # behind a deed's name: no clause about it, and nothing that befell the speaker
    r"\W*|\s+(?:of|on|against|at|in|near|last|this)\b(?!\s+(?:its|their|his|her|our)\b)"
    r"(?:(?!\b(?:was|were|had|has|have|is|are|could|would|who|which|that)\b)[^,;])*",
    re.I,
)
FIRST = frozenset({"we", "i", "our", "my"})
ONE = frozenset({"it", "its"})  # a body
PERSONS = frozenset({"he", "she", "his", "her"})
NO_BODY = frozenset({"he", "she", "i"})  # never a body that speaks of itself
NO_PERSON = frozenset({"it", "they"})
OPENING = 6  # characters before the subject of a clause: “that the”
ACTING = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP})


class Deeds:
    """Who of a record's speakers tells of a deed of its own."""

    def __init__(self, record: Record, speakers: Speakers, known: Knowledge, harm: frozenset[str]) -> None:
        self.record = record
        self.speakers = speakers
        self.known = known
        self.harm = harm

    def doer(self, claim: Claim, event: Event) -> tuple[str, Span] | None:
        """The speaker as the doer of an event, or the body that it speaks for, and the words that say so."""
        content, speaker = content_of(claim, event), self.speakers.of(claim)
        told_again = self._again(claim, event) if content is None else None
        content = content or told_again
        body = body_spoken_for(claim, self.speakers)
        who = body or (speaker.by if speaker.named else None)
        if content is None or who is None:
            return None
        if self.known.family(event.type) in self.harm and admits(claim, event):
            return who, content
        if not (told_again or tells_own(claim, event)):
            return None
        subject = SELF.match(content.text)
        whole = subject["who"].casefold() if subject else ""
        if whole in (NO_PERSON if speaker.kind == SourceKind.PERSON and body is None else NO_BODY):
            return None
        if self.doubtful(claim, content) or self._is_anothers(event, content, speaker.entity, body):
            return None
        return who, content

    def _again(self, claim: Claim, event: Event) -> Span | None:
        """The piece of a claim's content that tells, of its speaker, the deed that another sentence has told: “its forces had carried out the strike”."""
        for s in claim.content:
            subject = SELF.match(s.text)
            if subject is None:
                continue
            rest = s.text[subject.end() :]
            deeds = (m for m in WORD.finditer(rest) if self.known.is_word_for(m[0], event.type))
            if not NOT.search(rest) and any(TO_DEED.fullmatch(rest[: m.start()]) for m in deeds):
                return s
        return None

    def misread(self, event: Event, at: Span, entity: str | None) -> bool:
        """True for a pronoun read as its speaker, or as one of several who speak, where another may be meant."""
        for c in (c for c in self.record.claims if c.id in event.claims):
            content = next((s for s in c.content if s.range.contains(at.range)), None)
            if content is None or at.text.casefold() in FIRST or not self.doubtful(c, content, at.text):
                continue
            speaking = [c.source_span, *(s for s in c.content if s.end <= content.start)]
            if entity == self.speakers.of(c).entity or any(self._within(entity, s) for s in speaking):
                return True
        return False

    def doubtful(self, claim: Claim, content: Span, words: str = "") -> bool:
        """True where a clause's “it” may be another than its speaker: one that the main clause or an earlier one tells of."""
        word = (words.casefold().split() or [pronoun(content.text)])[0]
        who = claim.source_span
        if word in FIRST or not word:
            return False
        speaker = self.speakers.of(claim).entity
        earlier = [s for s in claim.content if s.end <= content.start]
        if any(self._opens(s, speaker, word) for s in earlier):
            return True
        if who is None:
            return False
        if word in ONE | PERSONS and self._is_list(who, speaker):
            return True
        end = claim.cue.start if claim.cue and claim.cue.start > who.end else who.end
        between = self.record.document.text[who.end : end]
        skipped = BESIDE.match(between)
        main = Range(who.end + (skipped.end() if skipped else 0), max(end, who.end))
        if main.start >= main.end:
            return False
        named = (e for e in self.speakers.entities.values() if self._other(e, speaker, word))
        if any(main.start <= m.start < main.end for e in named for m in e.mentions):
            return True
        return any(self._acts_on(v, main, word) for v in self.record.events)

    def _is_anothers(self, event: Event, content: Span, speaker: str | None, body: str | None) -> bool:
        """True where the reader takes the subject for another than the speaker, or the body that it speaks for."""
        subject = SELF.match(content.text)
        first = content.start + (subject.start("who") if subject else 0)
        others = (p.entity for p in event.participants if p.role is Role.ACTOR and p.span.start == first)
        mine = self.speakers.entities.get(speaker or "")
        told = [e for e in (self.speakers.entities.get(o or "") for o in others) if e and e.id != speaker]
        names = [mine.name] if mine else []
        names += [body] if body else []
        return any(not any(same_body(n, e.name) for n in names) for e in told if is_told(e))

    def _other(self, entity: Entity, speaker: str | None, word: str) -> bool:
        """True for a body or person, not the speaker, that a pronoun may mean."""
        mine = self.speakers.entities.get(speaker or "")
        if entity.id == speaker or (mine and same_body(mine.name, entity.name)):
            return False
        if entity.kind is EntityKind.PERSON:
            return word not in ONE
        return word not in PERSONS and (entity.kind in ACTING or self.known.is_state(entity.name))

    def _acts_on(self, event: Event, main: Range, word: str) -> bool:
        """True where the main clause tells of a deed towards somebody: the envoy whom the speaker summoned."""
        if not main.start <= event.trigger.start < main.end:
            return False
        if word in ONE and self.known.family(event.type) in self.harm:
            return False  # whom a body hits speaks for none
        entities = self.speakers.entities
        return any(
            m.role is not Role.ACTOR
            and m.role is not Role.INSTRUMENT
            and main.start <= m.span.start < main.end
            and can_act(m, entities, self.known)
            and not (m.entity and entities[m.entity].kind is EntityKind.PERSON and word in ONE)
            and any(c.isalpha() for c in m.name)
            for m in cast(event, entities, self.known)
        )

    def _opens(self, clause: Span, speaker: str | None, word: str) -> bool:
        """True where an earlier clause of what is said has another body as its subject."""
        named = (e for e in self.speakers.entities.values() if self._other(e, speaker, word))
        return any(0 <= m.start - clause.start <= OPENING + 3 for e in named for m in e.mentions)

    def _is_list(self, who: Span, speaker: str | None) -> bool:
        """True where several speak: “Belmar, Aland and Marda”, unless “and” is part of one's name."""
        entity = self.speakers.entities.get(speaker or "")
        if entity and any(m.start <= who.start + OPENING and m.end >= who.end - 1 for m in entity.mentions):
            return False
        return entity is None and bool(LIST.search(who.text))

    def _within(self, entity: str | None, who: Span | None) -> bool:
        """True where an entity is named within the words for who speaks."""
        found = self.speakers.entities.get(entity or "")
        return bool(found and who and any(who.start <= m.start and m.end <= who.end for m in found.mentions))


def speaks_for(claim: Claim, speakers: Speakers) -> str | None:
    """The body for which a claim's speaker speaks, else the speaker."""
    return body_spoken_for(claim, speakers) or speakers.of(claim).by


def body_spoken_for(claim: Claim, speakers: Speakers) -> str | None:
    """The body for which a claim's speaker speaks: that which the record joins him to, else by the words for him."""
    speaker = speakers.of(claim)
    entity = speakers.entities.get(speaker.entity or "")
    if entity is None:
        return body_of(speaker.by or "")
    body = speakers.entities.get(entity.affiliation or "")
    if body is None and entity.kind is EntityKind.PERSON:
        return body_of(entity.description or "")
    return body.name if body else None


def is_told(entity: Entity) -> bool:
    """True for an entity that the text names."""
    return any(m.form == "name" for m in entity.mentions)


def content_of(claim: Claim, event: Event) -> Span | None:
    """The piece of a claim's content that holds an event's trigger."""
    return next((s for s in claim.content if s.range.contains(event.trigger.range)), None)


def pronoun(content: str) -> str:
    """The pronoun with which a clause begins, “its” of “its aircraft”; empty where it begins otherwise."""
    subject = SELF.match(content)
    return subject["who"].casefold().split()[0] if subject else ""


def tells_own(claim: Claim, event: Event) -> bool:
    """True where the clause that tells an event has its speaker as the subject of the deed, and tells of one.

    “We have signed enough paper” tells of none.
    """
    content = content_of(claim, event)
    subject = SELF.match(content.text) if content else None
    if content is None or subject is None:
        return False
    between = content.text[subject.end() : event.trigger.start - content.start]
    if PASSIVE.search(between) and not event.trigger.text.split()[0].casefold().endswith("ing"):
        return False
    if TIMES.match(content.text, event.trigger.end - content.start):
        return False
    return bool(TO_DEED.fullmatch(between)) and not LATER.search(between)


def admits(claim: Claim, event: Event) -> bool:
    """True for “has admitted [that strike]”: a deed that one admits under its bare name is one's own."""
    content = content_of(claim, event)
    if content is None or claim.cue is None or not ADMITS.search(claim.cue.text):
        return False
    words, start, end = content.text, event.trigger.start - content.start, event.trigger.end - content.start
    return bool(NOUN.fullmatch(words[:start]) and OF_IT.fullmatch(words[end:]))


def suffered(claim: Claim, event: Event) -> bool:
    """True where an event is told of whom it befell: “that he had left and was never abducted”."""
    if event.trigger.text.split()[0].casefold().endswith("ing"):
        return False
    return any(
        UNDERGOES.search(before(s, event.trigger))
        for s in claim.content
        if s.range.contains(event.trigger.range)
    )


def does(content: str) -> bool:
    """True where a clause's subject is its speaker, and does something: “it had fired”, not “he was abducted”."""
    subject = SELF.match(content)
    return subject is not None and not SUFFERS.match(content[subject.end() :])
