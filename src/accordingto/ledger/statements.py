"""What a record states of one event: field by field, each value with its voice, stance and span.

Stance comes from the claim's act and the event's factuality. A value belongs to the claims whose content holds
its span; what stands in no claim is the outlet's own word (claim None). Who blames, denies, is silent or doubts
without telling the event is joined to it by `topics.py`; what a denial is about is told by `denials.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from accordingto.coding.deaths import uncounted
from accordingto.ledger.accounts import Field, Stance, Statement, Value
from accordingto.ledger.cast import can_act, cast, doing, pointless, scenes_of
from accordingto.ledger.clauses import asks_else, holds, in_main, is_below, within
from accordingto.ledger.crowds import crowds, words_of
from accordingto.ledger.days import times_of, told_of
from accordingto.ledger.deeds import Deeds, speaks_for
from accordingto.ledger.denials import Denials, negated, negated_use
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import name_key
from accordingto.ledger.negations import NOT_SO, Undone, beside, besides, flatly, says_not
from accordingto.ledger.presumed import conditional, presumes
from accordingto.ledger.refusals import turns_down, wont
from accordingto.ledger.sayings import heard_right, name_of, said
from accordingto.ledger.sayings import words_of as telling
from accordingto.ledger.speakers import Speakers, party_of
from accordingto.ledger.stances import AGAINST, OTHERS, PRESUPPOSING, STANCES, only_denies, own_stance
from accordingto.ledger.tallies import FIELDS, Count, Tallies
from accordingto.ledger.topics import HARM, OPEN, REAL, REFUTED, Topics
from accordingto.passages import sentence
from accordingto.record import Act, Claim, Event, Factuality, Figure, PartKind, Record, Role
from accordingto.spans import Span

ROLES = {
    Role.ACTOR: Field.ACTOR,
    Role.TARGET: Field.TARGET,
    Role.RECIPIENT: Field.TARGET,
    Role.INSTRUMENT: Field.INSTRUMENT,
}
GIVING = frozenset(
    {"arms_transfer", "aid", "release", "detention", "health_campaign"}
)  # who gets it, if nobody else, is its target


@dataclass(frozen=True, slots=True)
class Told:
    """One value with its span and, for numbers, its bounds."""

    field: Field
    value: Value
    span: Span | None = None
    low: float | int | None = None
    high: float | int | None = None
    part: str | None = None
    caveats: tuple[str, ...] = ()
    end: str | None = None
    at: tuple[str, ...] = ()


class Stating:
    """Makes the statements of a record's events."""

    def __init__(self, record: Record, report: str, speakers: Speakers, knowledge: Knowledge) -> None:
        record = heard_right(record, knowledge)
        self.record = record
        self.report = report
        self.speakers = speakers
        self.knowledge = knowledge
        self.claims = {c.id: c for c in record.claims}
        self.times = times_of(record)
        self.own_days = told_of(record)
        self.places = {p.id: p for p in record.places}
        self.scenes = scenes_of(record)
        self.topics = Topics(record, knowledge)
        self.tallies = Tallies(record, self.topics)
        self.crowds: dict[str, list[Figure]] = {}
        for event, f in crowds(record, self.topics):
            self.crowds.setdefault(event.id, []).append(f)
        self.deeds = Deeds(record, speakers, knowledge, HARM)
        self.denials = Denials(record, self.topics, self.tallies, speakers)
        self.echoes = speakers.echoes()

    def of(self, event: Event) -> tuple[Statement, ...]:
        """All statements about one event, in order of appearance within each field."""
        voices = [self.claims[c] for c in event.claims]
        event = self._as_told(event)
        own = [self.claims[c] for c in event.claims]
        loose = self.topics.loose.get(event.id, [])
        out = [
            *self._happened(event, own),
            *self._values(event, own, voices),
            *self._figures(event),
            *self._sayings(event, [*own, *loose]),
            *(() if self.knowledge.is_secret(event.type) else self._uses([*own, *loose])),
            *self._answers(event, own, loose),
        ]
        return tuple(dict.fromkeys(out))

    def _as_told(self, event: Event) -> Event:
        """The event without the claims that only speak of it: a denial of something else, a plan that came to nothing.

        What every denial takes for granted is the report's own word, unless it may never happen: “refused to allow an inquiry”.
        """
        told = [self.claims[x] for x in event.claims]
        given = [c for c in told if self.denials.takes_for_granted(c, event)]
        idle = {c.id for c in told if any(c.id == g.id or within(c, g) for g in given)}
        idle |= {c.id for c in told if self._says_not(c, event) == "else"}
        if event.factuality is Factuality.NEGATED:
            idle |= {c.id for c in told if c.act in PRESUPPOSING and not negated(c, event.trigger)}
        kept = [c.id for c in told if c.id not in idle]
        if len(kept) == len(event.claims):
            return event
        how = {beside(c, event, self.knowledge) for c in given} if not kept else set()
        if how == {"beside"} or (how == {"breach"} and event.factuality is Factuality.NEGATED):
            return event
        presupposed = given and not kept and event.factuality not in OPEN | {Factuality.NEGATED}
        real = Factuality.OCCURRED if presupposed else event.factuality
        return msgspec.structs.replace(event, claims=tuple(kept), factuality=real)

    def _happened(self, event: Event, own: list[Claim]) -> Iterator[Statement]:
        told = Told(Field.HAPPENED, True, event.trigger)
        for c in own:
            how = self._stance(c, event)
            if how not in AGAINST and not (c.act in PRESUPPOSING and event.factuality in OPEN):
                yield self._say(told, how, c)
            elif how is Stance.DENIES and STANCES.get(c.act) is Stance.ASSERTS and not self.denials.is_one(c):
                for field, value in self.denials.negation(c, event):
                    yield self._say(Told(field, value, event.trigger), how, c)
        unreal = event.factuality not in REAL or all(map(self.denials.unwilling, own))
        if own and (unreal or all(self._says_not(c, event) in NOT_SO for c in own)):
            return
        yield self._say(told, own_stance(event.factuality), None)

    def _stance(self, claim: Claim, event: Event) -> Stance:
        """How a claim that carries an event stands to its happening."""
        how = STANCES.get(claim.act, Stance.ASSERTS)
        if how is not Stance.ASSERTS:
            return how
        unreal = event.factuality in REFUTED
        flat = self._says_not(claim, event) in NOT_SO or flatly(claim, event.trigger)
        if flat or (unreal and negated(claim, event.trigger)):
            return Stance.UNCERTAIN if claim.act in PRESUPPOSING or wont(claim, event) else Stance.DENIES
        if event.factuality in OPEN or conditional(claim, event):
            return Stance.UNCERTAIN
        given = claim.act not in PRESUPPOSING or (
            presumes(claim, event, self.knowledge) and not self._denied_by(claim, event)
        )
        return how if given else Stance.UNCERTAIN

    def _denied_by(self, claim: Claim, event: Event) -> bool:
        """True where whoever speaks of an event denies it elsewhere in the report."""
        told = (self.claims[x] for x in event.claims)
        both = (c for c in (*told, *self.topics.loose.get(event.id, [])) if c.source == claim.source)
        return claim.source is not None and any(c.act is Act.DENY for c in both)

    def _says_not(self, claim: Claim, event: Event) -> Undone:
        if STANCES.get(claim.act, Stance.ASSERTS) is not Stance.ASSERTS:
            return ""
        return says_not(claim, event, self.speakers.entities, self.knowledge)

    def _values(self, event: Event, own: list[Claim], voices: list[Claim]) -> Iterator[Statement]:
        """Participants, place and time, each by whoever states it."""
        stating = [c for c in own if self._stance(c, event) not in AGAINST]
        denied = [s for c in voices if c.act is Act.DENY and c not in own for s in c.content]
        for told in self._told(event, voices):
            if told.field is not Field.ACTOR and told.span and any(in_main(s, told.span) for s in denied):
                continue  # it is denied of another event, which the denial takes for granted
            holders = [c for c in stating if self._states(c, told)]
            for c in holders:
                yield self._say(told, self._stance(c, event), c)
            if not holders and own_stance(event.factuality) is Stance.ASSERTS:
                yield self._say(told, Stance.ASSERTS, None)
            elif not holders and own:
                best = (stating or own)[0]
                how = self._stance(best, event)
                if how is not Stance.DENIES or self._denies(best, event, told):
                    yield self._say(told, how, best)  # who denies a raid on Sunday says nothing of Sunday
        for c in stating:
            doer = self.deeds.doer(c, event)
            if doer:
                yield self._say(Told(Field.ACTOR, *doer), Stance.ASSERTS, c)

    def _denies(self, claim: Claim, event: Event, told: Told) -> bool:
        """True where who denies an event denies this of it too: not the day, nor more than what it speaks of."""
        refused = turns_down(claim, event) or self.denials.unwilling(claim)
        if refused or told.field in (Field.WHEN, Field.WHERE):
            return False
        if claim.act is not Act.DENY:
            return told.span is None or holds(claim, told.span)
        found = {f for f, _ in self.denials.of(claim, event)}
        return Field.HAPPENED in found or (told.field is Field.ACTOR and Field.ACTOR in found)

    def _states(self, claim: Claim, told: Told) -> bool:
        """True where the claim's content holds the value, or the speaker is the actor it speaks of."""
        speaker = self.speakers.of(claim)
        mine = told.field is Field.ACTOR and claim.act not in OTHERS
        owns = mine and speaker.entity is not None and speaker.by == told.value
        return owns or (told.span is not None and holds(claim, told.span))

    def _told(self, event: Event, voices: list[Claim]) -> Iterator[Told]:
        entities = self.speakers.entities
        members = doing(cast(event, entities, self.knowledge, self.scenes), self.record.document.text)
        aimed = any(m.role is Role.TARGET for m in members)
        for m in members:
            doubtful = m.role is Role.ACTOR and (
                (m.own and self.deeds.misread(event, m.span, m.entity))
                or only_denies(m.span, voices)
                or self._is_anothers(m.span, event, voices)
            )
            second = m.role is Role.RECIPIENT and (
                aimed or event.type not in GIVING or not can_act(m, entities, self.knowledge, self.scenes)
            )
            if m.role in ROLES and not pointless(m) and not doubtful and not second:
                yield Told(ROLES[m.role], m.name, m.span)
        place = self.places.get(event.place or "")
        if place:
            yield Told(Field.WHERE, place.name, place.span)
        time = self.times.get(event.id)
        if time and event.id in self.own_days:
            first, last = time.earliest or time.latest, time.latest or time.earliest
            assert first is not None
            assert last is not None
            yield Told(Field.WHEN, first.isoformat(), time.span, end=last.isoformat())

    def _is_anothers(self, who: Span, event: Event, voices: list[Claim]) -> bool:
        """True for a doer whom, in the event's sentence, only claims name that don't speak of it."""
        naming = [c for c in self.record.claims if holds(c, who)]
        if not sentence(self.record.document.text, event.trigger).range.contains(who.range):
            return False
        return bool(voices and naming) and not any(c in voices for c in naming)

    def _figures(self, event: Event) -> Iterator[Statement]:
        """Who was killed and wounded; whoever counts them says that it happened."""
        for count in self.tallies.of(event):
            number = self._number(count)
            yield from self._counted(event, count.first, number)
        for f in self.crowds.get(event.id, []):
            field = Field(self.knowledge.counted(event.type))
            yield from self._counted(event, f, Told(field, words_of(f), f.span, f.low, f.high))

    def _counted(self, event: Event, f: Figure, told: Told) -> Iterator[Statement]:
        """A count by whoever gives it, who says that it happened, unless it counts nobody or tells the event anyway."""
        for how, c in self._counting(event, f):
            yield self._say(told, how, c)
            if c is None or how is not Stance.ASSERTS or not (f.best or f.low or f.high):
                continue
            if event.id not in {v.id for v in self.topics.own.get(c.id, [])}:
                yield self._say(Told(Field.HAPPENED, True, told.span), how, c)

    def _counting(self, event: Event, f: Figure) -> Iterator[tuple[Stance, Claim | None]]:
        """Who gives a count of an event and how they stand to it; who warns of what may come gives none."""
        refuted = uncounted(f, self.record.document.text)
        for c in (self.claims[x] for x in f.claims):
            if c.act in PRESUPPOSING and event.factuality in OPEN:
                continue
            how = Stance.ASSERTS if besides(c, event.trigger, f.span) else self._stance(c, event)
            if c.act in (Act.DENY, Act.REFUSE):
                denied = self.denials.counted(c, event, f.span, FIELDS.get(f.measure, Field.TARGET))
                if denied is None:
                    yield Stance.ASSERTS, None
                if not denied:
                    continue
            elif STANCES.get(c.act) in AGAINST and is_below(c, f.span):
                yield Stance.ASSERTS, None  # who is silent about a deed takes its dead for granted
                continue
            yield (Stance.DENIES if refuted and how is Stance.ASSERTS else how), c
        if not f.claims:
            own = event.factuality in OPEN or (event.factuality in REFUTED and not event.claims)
            how = own_stance(event.factuality) if own else Stance.ASSERTS
            yield (Stance.DENIES if refuted and how is Stance.ASSERTS else how), None

    def _number(self, count: Count) -> Told:
        figures = count.told.figures
        low, high = (
            (count.told.low, count.told.high) if len(figures) > 1 else (figures[0].low, figures[0].high)
        )
        caveats = tuple(dict.fromkeys(c.text for f in figures for c in f.caveats))
        scenes = tuple(sorted({name for f in figures for name in self._scenes(f)}))
        at = count.span(self.record.document.text)
        return Told(FIELDS[count.first.measure], count.value, at, low, high, count.part, caveats, at=scenes)

    def _scenes(self, f: Figure) -> tuple[str, ...]:
        """The places that a count's sentence names; a dateline is no part of it."""
        document = self.record.document
        around = sentence(document.text, f.span).range
        lines = [p for p in document.parts if p.kind is PartKind.DATELINE]
        near = [
            p.span
            for p in self.record.places
            if around.contains(p.span.range) and not any(x.start <= p.span.start < x.end for x in lines)
        ]
        return tuple(sorted({name_key(s.text) for s in near}))

    def _sayings(self, event: Event, claims: list[Claim]) -> Iterator[Statement]:
        """Who did it, as speakers put it without telling the event: blame, claims of responsibility, flat denials."""
        for c in dict.fromkeys(claims):
            told = self.topics.sayings[c.id]
            if told is None or not told.row.field or (told.deed and self._is_use(told.deed)):
                continue
            if told.row.stance == "asserts" and event.factuality in REFUTED and c.id in event.claims:
                continue  # “blamed them for the failure to come to aid”
            if told.who is not None and self.topics.own.get(c.id) and not self._laid(c, event, told.who):
                continue
            if told.row.field == Field.ACTOR and not self.denials.is_laid(c, event):
                continue
            how = Stance(told.row.stance)
            if how is Stance.ASSERTS and STANCES.get(c.act, how) is how:
                name = name_of(told.who, self.record.entities) if told.who else speaks_for(c, self.speakers)
                yield self._say(
                    Told(Field(told.row.field), name, told.who or (c.content or (c.cue,))[0]), how, c
                )
                yield self._say(Told(Field.HAPPENED, True, event.trigger), how, c)

    def _laid(self, claim: Claim, event: Event, who: Span) -> bool:
        """True where, of the events in a claim, this one is told first after those to whom it is laid."""
        after = [
            v
            for v in self.topics.own[claim.id]
            if v.trigger.start >= who.end and holds(claim, v.trigger) and not beside(claim, v, self.knowledge)
        ]
        first = min(after, key=lambda v: v.trigger.start, default=None)
        return first is None or first.id == event.id

    def _is_use(self, words: str) -> bool:
        return self.topics.tells_use(words)

    def _uses(self, claims: list[Claim]) -> Iterator[Statement]:
        for c in dict.fromkeys(claims):
            for s in (s for s in c.content if self.topics.tells_use(s.text)):
                for pattern, use in self.knowledge.uses:
                    found = pattern.search(s.text)
                    if not found:
                        continue
                    how = STANCES.get(c.act, Stance.ASSERTS)
                    if how is Stance.ASSERTS and negated_use(s.text, found):
                        how = Stance.DENIES
                    a, b = s.start + found.start(), s.start + found.end()
                    at = Span(a, b, self.record.document.text[a:b])
                    yield self._say(Told(Field.USE_OF_SITE, use, at), how, c)
                    break

    def _answers(self, event: Event, own: list[Claim], loose: list[Claim]) -> Iterator[Statement]:
        """Denials, refusals to say, silences and doubts, by the field that they are about."""
        for c in [*own, *loose]:
            how = STANCES.get(c.act)
            if how is not Stance.DENIES and self.denials.is_one(c):
                how = Stance.DENIES
            if how not in AGAINST:
                continue
            at = c.content[0] if c.content else c.cue
            if how is Stance.DENIES:
                found = self.denials.of(c, event)
            else:
                found = [(Field(self.knowledge.field_of(telling(c), type=event.type)), None)]
            for field, value in found:
                if field is Field.USE_OF_SITE and value is None and self._is_use(said(c)):
                    continue  # said by its own pattern
                if field is Field.HAPPENED and how is not Stance.DENIES and asks_else(c, event):
                    continue
                yield self._say(Told(field, True if field is Field.HAPPENED else value, at), how, c)

    def _say(self, told: Told, how: Stance, claim: Claim | None) -> Statement:
        speaker = self.speakers.of(claim) if claim else self.speakers.outlet()
        document = self.record.document
        day = document.published.isoformat() if document.published else None
        if claim and claim.said_on and len(claim.said_on.value) == len("2031-03-04"):
            day = claim.said_on.value
        return Statement(
            field=told.field,
            value=told.value,
            stance=how,
            by=speaker.by,
            kind=speaker.kind,
            party=speaker.party,
            report=self.report,
            document=document.id,
            source=speaker.id,
            claim=claim.id if claim else None,
            span=told.span,
            low=told.low,
            high=told.high,
            part=told.part,
            day=day,
            end=told.end,
            caveats=told.caveats,
            at=told.at,
            echo=claim is not None and claim.id in self.echoes,
            of=self.speakers.speaks_for(speaker),
            flat=told.field is Field.HAPPENED and how is Stance.DENIES and self.denials.is_flat(claim),
        )


def speaker_party(speakers: Speakers, entity_id: str | None) -> str | None:
    """The party of a participant's entity."""
    entity = speakers.entities.get(entity_id or "")
    return party_of(speakers.actor(entity)) if entity else None
