"""Denials: what exactly a claim says is not so.

“Denied firing on the market”, “denied any role” deny who did it, not that it happened, unless the thing leaves no
trace that anyone could see (a secret meeting, a shipment); “denied that prisoners are beaten” denies that it happened;
“denied it” denies what was said before. What stands in a clause below, “families of those who were killed”, is taken for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordingto.ledger.accounts import Field, Value
from accordingto.ledger.clauses import before, in_main, is_aim, is_below, main_clause, told_beside
from accordingto.ledger.deeds import (
    BODY,
    LATER,
    PASSIVE,
    PLACED,
    SELF,
    SUFFERS,
    TO_DEED,
    does,
    speaks_for,
    suffered,
    tells_own,
)
from accordingto.ledger.names import WORD
from accordingto.ledger.negations import HURT, NEAR, NOT, NOT_SO, beside, says_not, undone, undone_after
from accordingto.ledger.refusals import turns_down
from accordingto.ledger.sayings import IT, name_of, named_in, said
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.tallies import FIELDS, Count, Tallies
from accordingto.ledger.topics import HARM, REAL, REFUTED, Topics
from accordingto.record import Act, Claim, Event, Factuality, Record, Role
from accordingto.spans import Span

TO_DO = re.compile(  # before the deed that somebody won't do: “to free”, “to carry out the raid”
    r"(?:to )?(?:\w+ly )?(?:(?:carry out|conduct|launch|make|mount|stage|hold|begin|start|order|sign|reach|impose|declare)\s+(?:[\w'’-]+\s+){0,3}?)?",
    re.I,
)
HAVING = re.compile(r"^(?:ever |having )*", re.I)
DOING = re.compile(r"^(?:ever |having )?[a-z]+ing\b|^having\b", re.I)
SHARE = re.compile(
    r"\b(?:any|no|all|its|their|his|her) (?:part|role|hand|link|connection|knowledge|involvement|responsibility)\b|^(?:responsibility|involvement)\b"
    r"|\b(?:any|no)thing to do with\b",
    re.I,
)
SUBJECT = re.compile(r"^(?:that )?(?P<who>[^,;.]{2,50}?) (?:was|were|had|has|have|is|are|did|would)\b", re.I)
COUNT = re.compile(r"\b(?:number|figure|count|toll|total|tally)\b", re.I)
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
THERE = re.compile(  # who wasn't there, or sent nobody, didn't do it
    rf"\b(?:was|were|been|being)\s+(?:ever |not |anywhere )*(?!(?:in|on) (?:contact|talks|touch|charge|favou?r))(?!aware|responsible){PLACED}\b"
    rf"|\bsen(?:t|ding)\s+(?:[\w'’-]+ ){{0,2}}?(?:anyone|anybody|{BODY})\b",
    re.I,
)
NOTHING = re.compile(  # a clause that opens with what there is none of: “there was no such raid”, “no shells had arrived”
    r"(?:that )?(?:there (?:was|were|is|are|has|have|had)\b|(?:no|none|nothing|nobody|neither|not (?:one|a))\b)",
    re.I,
)
NORM = re.compile(  # of a whole kind, and of no deed: “hospitals are not targets”, “a school must never be a barracks”
    r"[\"“]?(?:that )?(?:(?:an?|every|any|no)\s+(?:[\w'’-]+\s+){1,3}?|(?!(?:the|this|that|these|those|his|[a-z]+r|my|its|us)\s)[\w'’-]+\s+"
    r"(?-i:[a-z][\w'’-]*\s+){0,3}?(?<=s\s))(?:must|should|ought|(?:can|may|shall)(?:not|n['’]t|\s+(?:not|never))?\s+be|is|are|isn['’]t|aren['’]t)\b"
    rf"(?!(?:\s+(?:not|never|no|neither|be))*\s+(?:\w+(?:ed|ing)|{PLACED})\b)",
    re.I,
)
REFUSING = re.compile(r"\b(?:rul(?:e[sd]?|ing) out|ba(?:lk|ulk)\w*|resist\w*|avoid\w*)\b", re.I)
COUNTER = re.compile(r"\b(?:den(?:y|ied|ies|ying|ial)|reject|dismiss|refut|rebut|disput|contest)", re.I)
BEHIND = re.compile(
    r"\b(?:being behind|(?:caus|committ|perpetrat|plann|mastermind|orchestrat|instigat|organi[sz]|direct|provok|trigger|sabotag)ing)\b",
    re.I,
)
AFTER = 60  # characters after a trigger in which it is said to have come to nothing
NEAR_USE = 30  # and before a use of a site
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

    def is_flat(self, claim: Claim | None) -> bool:
        """True where a report or a claim only says that a thing was not: nothing of its own doing, and no answer to others."""
        if claim is None:
            return True
        counters = claim.cue is not None and COUNTER.search(claim.cue.text)
        return not (counters or self.topics.before.get(claim.id) or does(said(claim)) or self.is_one(claim))

    def negation(self, claim: Claim, event: Event) -> list[Found]:
        """What a claim denies that says of an event that it was not: “no shells were sent”, “it had not fired”.

        Who “had foiled an attack” says that there was none, not that it was another's.
        """
        holding = [s for s in claim.content if s.range.contains(event.trigger.range)]
        by_self = not suffered(claim, event) and any(
            does(s.text) and NOT.search(before(s, event.trigger)) for s in holding
        )
        if not holding and does(said(claim)):
            by_self = says_not(claim, event, self.speakers.entities, self.known) == "did"
        return list(self._own(claim, event, "actor" if by_self else "happened"))

    def _of(self, claim: Claim, event: Event) -> Iterator[Found]:
        if turns_down(claim, event):
            return
        before, told = self.topics.answered(claim, event), self.topics.sayings[claim.id]
        if claim.id in self.topics.breaches:
            yield from self._own(claim, event, "actor")
            return
        if before is not None:
            yield from self._back(claim, before, event)
            return
        if beside(claim, event, self.known):
            return
        if told is not None and told.row.stance == "denies":
            yield from self._own(claim, event, told.row.field)
            return
        if self.unwilling(claim):
            if self._is_refused(claim, event):
                yield Field.HAPPENED, True
            return
        content = main_clause(told_beside(claim, event) or said(claim))
        words = f"{claim.cue.text if claim.cue else ''} {content}".strip()
        if claim.id in self.topics.topic and (self._is_detail(claim) or is_norm(claim)):
            return
        field = Field(self.known.field_of(words, type=event.type))
        shares = SHARE.search(content) or BY_SELF.search(content)
        doing = (does(content) or DOING.match(content)) and not suffered(claim, event)
        if doing and field in (Field.KILLED, Field.WOUNDED):
            field = Field.HAPPENED  # of “hiding the number of the dead” no count is denied
        if field is Field.INSTRUMENT:
            yield field, self._instrument(claim, event)
        elif field not in (Field.ACTOR, Field.HAPPENED):
            yield field, None
        elif doing or shares:
            if shares or field is Field.ACTOR or self._is_deed(claim, event, content):
                yield from self._own(claim, event, "actor")
        elif field is Field.ACTOR:
            yield Field.ACTOR, self._subject(claim) or self.speakers.of(claim).by
        elif self._is_quality(claim, event) or CAUSED.search(content):
            return
        elif central(claim, event) or self._in_other_words(claim, content, event):
            if self._says_not(claim, event):
                yield Field.HAPPENED, True
            elif self._is_clause(claim, content):
                if self._is_main(claim, event, content):
                    yield Field.HAPPENED, True
            else:  # a noun: who denies “the April attack” denies having done it
                yield from self._own(claim, event, "actor")

    def takes_for_granted(self, claim: Claim, event: Event) -> bool:
        """True where a denial only speaks of an event: “families of those who were killed”, “refused to discuss the strike”."""
        if claim.act not in (Act.DENY, Act.REFUSE):
            return False
        if beside(claim, event, self.known):
            return True
        holding = [s for s in claim.content if s.range.contains(event.trigger.range)]
        if holding and self.unwilling(claim) and not self._is_refused(claim, event):
            return True
        return bool(holding) and not any(in_main(s, event.trigger) for s in holding)

    def is_laid(self, claim: Claim, event: Event) -> bool:
        """True where a claim lays an event to those whom it blames, not another deed: “accused the Front of hiding the dead”."""
        told = self.topics.sayings[claim.id]
        if beside(claim, event, self.known):
            return False
        tells = claim.id in event.claims and any(s.range.contains(event.trigger.range) for s in claim.content)
        if told is None or told.deed is None or tells or not DOING.match(told.deed):
            return True
        deed = told.deed
        return bool(
            SHARE.search(deed) or BEHIND.search(deed) or self._does(f" {HAVING.sub('', deed)}", event)
        )

    def counted(self, claim: Claim, event: Event, at: Span, field: Field) -> bool | None:
        """Whether who denies something denies a count in its words; None where it takes the count for granted."""
        if is_below(claim, at) or self.takes_for_granted(claim, event):
            return None
        return bool({f for f, _ in self.of(claim, event)} & {field, Field.HAPPENED})

    def _says_not(self, claim: Claim, event: Event) -> bool:
        """True for “the priest was not kidnapped, the governor said”, which was read as a denial: he speaks of no deed of his own."""
        if (claim.cue and COUNTER.search(claim.cue.text)) or does(said(claim)):
            return False
        return says_not(claim, event, self.speakers.entities, self.known) in NOT_SO

    def _is_deed(self, claim: Claim, event: Event, content: str) -> bool:
        """True where what the speaker denies to have done is the deed of the event, not a thing beside it: having been warned of it."""
        if self.known.is_secret(event.type):
            return True  # there is nothing beside it that anyone could see
        if claim.id in event.claims and event.factuality is Factuality.DENIED:
            return central(claim, event) or not any(
                s.range.contains(event.trigger.range) for s in claim.content
            )
        if THERE.search(content):
            return True
        subject = SELF.match(content)
        rest = content[subject.end() :] if subject else f" {HAVING.sub('', content)}"
        return self._does(rest, event)

    def _does(self, words: str, event: Event) -> bool:
        """True where words behind a subject tell the event's deed: “had fired”, not “had been warned that they might fire”."""
        names = [
            m
            for m in WORD.finditer(words)
            if m[0] in event.trigger.text or self.known.is_word_for(m[0], event.type)
        ]
        return any(TO_DEED.fullmatch(words[: m.start()]) for m in names)

    def _is_clause(self, claim: Claim, content: str) -> bool:
        """True for what a denial tells in a clause, “that it was shelled”, not under a name, “the April attack”."""
        that = content.casefold().startswith("that ")
        return that or SELF.match(content) is not None or NOTHING.match(content) is not None

    def _is_main(self, claim: Claim, event: Event, content: str) -> bool:
        """True where a clause is about the event's happening: not of who “was warned of the attack”, nor where the reader knows that it isn't denied."""
        if any(s.range.contains(event.trigger.range) for s in claim.content) and event.factuality in REAL:
            return False
        subject = SELF.match(content)
        names = [
            m
            for m in WORD.finditer(content)
            if m[0] in event.trigger.text or self.known.is_word_for(m[0], event.type)
        ]
        if names and all(is_aim(content[: m.start()]) for m in names):
            return False
        if subject is None or not SUFFERS.match(content[subject.end() :]):
            return True
        return any(PASSIVE.search(content[: m.start()]) for m in names)

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

    def unwilling(self, claim: Claim) -> bool:
        """True for “refused to free them”, “ruled out storming it”: who says so won't do a thing, whatever it is."""
        if claim.act is not Act.REFUSE or not claim.content:
            return False
        start = claim.content[0].start
        text = self.record.document.text
        return bool(
            text.startswith("to ", start)
            or text.endswith("to ", 0, start)
            or (REFUSING.search(claim.cue.text if claim.cue else "") and DOING.match(said(claim)))
        )

    def _is_refused(self, claim: Claim, event: Event) -> bool:
        """True where what somebody won't do is the event itself, so that it was not done: “free them”, not “investigate the strike”."""
        for s in claim.content:
            if s.range.contains(event.trigger.range):
                return event.factuality in REFUTED or TO_DO.fullmatch(before(s, event.trigger)) is not None
        verb = TO_DO.match(said(claim))
        word = verb and WORD.match(said(claim), verb.end())
        return bool(word and self.known.is_word_for(word[0], event.type))

    def _in_other_words(self, claim: Claim, content: str, event: Event) -> bool:
        """True where the reader takes the denial for one of the event, or a word of it names events of this one's family."""
        if claim.id in event.claims and event.factuality is Factuality.DENIED:
            return True
        return any(self.known.is_word_for(w, event.type) for w in WORD.findall(content))

    def _is_quality(self, claim: Claim, event: Event) -> bool:
        """True where a claim says of an event that it was such or such, not whether it was: “that the strike was unlawful”."""
        for s in claim.content:
            names = [m.span() for m in WORD.finditer(s.text) if self.known.is_word_for(m[0], event.type)]
            if s.range.contains(event.trigger.range):
                names = [(event.trigger.start - s.start, event.trigger.end - s.start)]
            if any(DEFINITE.match(s.text[:a]) and QUALITY.match(s.text[b:]) for a, b in names):
                return True
        return False

    def _own(self, claim: Claim, event: Event, field: str) -> Iterator[Found]:
        """The speaker denies having done it; where it leaves no trace, that it was done."""
        if field == Field.ACTOR:
            yield Field.ACTOR, speaks_for(claim, self.speakers)
        if field == Field.HAPPENED or self.known.is_secret(event.type):
            yield Field.HAPPENED, True

    def _back(self, claim: Claim, before: Claim, event: Event) -> Iterator[Found]:
        """What the claim before says of the event is denied."""
        told = self.topics.sayings[before.id]
        counted = [n for n in self.tallies.of(event) if before.id in n.told.claims]
        if counted and (
            COUNT.search(said(claim)) or (told is None and self._only_counts(claim, before, event, counted))
        ):
            for n in counted:
                yield FIELDS[n.first.measure], n.value
        elif self.topics.tells_use(said(before)):
            yield Field.USE_OF_SITE, None
        elif not self.is_laid(before, event):
            return
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

    def _only_counts(self, denial: Claim, claim: Claim, event: Event, counted: list[Count]) -> bool:
        """True for a claim that gives a count of an event and does not tell it: “40 people died”, not “troops shelled the town, killing four”."""
        if not central(claim, event):
            return True
        if self._counts_too(denial, event):
            return True
        doer = any(p.role is Role.ACTOR for p in event.participants)
        first = min(n.first.span.start for n in counted)
        return HURT.match(event.trigger.text) is not None and not doer and first < event.trigger.start

    def _counts_too(self, denial: Claim, event: Event) -> bool:
        """True where whoever denies what was told gives a count of it: “rejected the claim and put the toll at eight”."""
        mine = {c.id for c in self.record.claims if c.source == denial.source}
        return any(n.value and mine & set(n.told.claims) for n in self.tallies.of(event))

    def _subject(self, claim: Claim) -> str | None:
        """Who is said not to have done it, by name."""
        found = SUBJECT.match(said(claim))
        at = named_in(claim, found["who"], self.known) if found else None
        return name_of(at, self.record.entities) if at and not SELF.match(at.text) else None


def central(claim: Claim, event: Event) -> bool:
    """True where the event's words stand in the claim's main clause, or the claim is “it”."""
    if IT.match(said(claim)):
        return True
    for s in claim.content:
        if s.range.contains(event.trigger.range):
            return in_main(s, event.trigger) and not LATER.search(before(s, event.trigger))
    return False


def negated(claim: Claim, trigger: Span) -> bool:
    """True where a word that undoes it stands beside the trigger in the claim's content: “not”, “foiled”; “was called off” after it."""
    for s in claim.content:
        if s.range.contains(trigger.range):
            start, end = trigger.start - s.start, trigger.end - s.start
            near = s.text[max(0, start - NEAR) : end]
            after = s.text[end : end + AFTER]
            return bool(NOT.search(near) or undone().search(near) or undone_after().match(after))
    return False


def is_norm(claim: Claim) -> bool:
    """True for what a claim says of a whole kind, and of no deed: “hospitals are not targets”; not where its cue denies it."""
    return NORM.match(said(claim)) is not None and not (claim.cue and COUNTER.search(claim.cue.text))


def negated_use(text: str, found: re.Match[str]) -> bool:
    """True where a use of a site is negated: “no sign of military use”."""
    return bool(NOT.search(text[max(0, found.start() - NEAR_USE) : found.start() + 4]))
