"""What a record states of one event: field by field, each value with its voice, stance and span.

Stance comes from the claim's act and the event's factuality. A value belongs to the claims whose content holds
its span; what stands in no claim is the outlet's own word (claim None). Denials, silences and doubts that
the record joins to no event are joined to the event of the report whose words they share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accordingto.ledger.accounts import Field, Stance, Statement, Value
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import telling_words
from accordingto.ledger.speakers import Speakers, party_of
from accordingto.record import Act, Claim, Event, Factuality, Figure, Measure, Record, Role
from accordingto.spans import Span

STANCES = {
    Act.ASSERT: Stance.ASSERTS,
    Act.CONFIRM: Stance.ASSERTS,
    Act.ANNOUNCE: Stance.ASSERTS,
    Act.ESTIMATE: Stance.ASSERTS,
    Act.ACCUSE: Stance.ASSERTS,
    Act.OPINE: Stance.ASSERTS,
    Act.DENY: Stance.DENIES,
    Act.REFUSE: Stance.DENIES,
    Act.DECLINE: Stance.DECLINES,
    Act.SILENT: Stance.SILENT,
    Act.UNCERTAIN: Stance.UNCERTAIN,
}
PRESUPPOSING = frozenset({Act.WARN, Act.PROMISE, Act.REQUEST, Act.ASK})  # speak of it, don't state it
AGAINST = frozenset({Stance.DENIES, Stance.DECLINES, Stance.SILENT, Stance.UNCERTAIN})
OPEN = frozenset({Factuality.POSSIBLE, Factuality.PLANNED, Factuality.CONDITIONAL})
ROLES = {Role.ACTOR: Field.ACTOR, Role.TARGET: Field.TARGET, Role.INSTRUMENT: Field.INSTRUMENT}
FIELDS = {Measure.KILLED: Field.KILLED, Measure.WOUNDED: Field.WOUNDED}
NEGATED = ("no ", "not ", "never ", "n't ", "n’t ", "without ", "denied ", "any ")
NEAR = 30  # characters before a use of a site in which a negation counts


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


class Stating:
    """Makes the statements of a record's events."""

    def __init__(self, record: Record, report: str, speakers: Speakers, knowledge: Knowledge) -> None:
        self.record = record
        self.report = report
        self.speakers = speakers
        self.knowledge = knowledge
        self.claims = {c.id: c for c in record.claims}
        self.times = {t.id: t for t in record.times}
        self.places = {p.id: p for p in record.places}
        self.figures: dict[str, list[Figure]] = {}
        for f in record.figures:
            if f.event and f.measure in FIELDS and not f.cumulative and not f.ordinal:
                self.figures.setdefault(f.event, []).append(f)
        self.joined = join_loose(record, knowledge)

    def of(self, event: Event) -> tuple[Statement, ...]:
        """All statements about one event, in order of appearance within each field."""
        own = [self.claims[c] for c in event.claims]
        loose = self.joined.get(event.id, [])
        out = [
            *self._happened(event, own),
            *self._values(event, own),
            *self._uses(event, [*own, *loose]),
            *self._answers(event, [c for c in own if stance(c, event) in AGAINST], loose),
        ]
        return tuple(dict.fromkeys(out))

    def _happened(self, event: Event, own: list[Claim]) -> Iterator[Statement]:
        told = Told(Field.HAPPENED, True, event.trigger)
        for c in own:
            if stance(c, event) in AGAINST and self._field(c, event) is not Field.HAPPENED:
                continue
            if not (c.act in PRESUPPOSING and event.factuality in OPEN):
                yield self._say(told, stance(c, event), c)
        if own and event.factuality not in (Factuality.OCCURRED, Factuality.ONGOING):
            return
        yield self._say(told, own_stance(event.factuality), None)

    def _values(self, event: Event, own: list[Claim]) -> Iterator[Statement]:
        """Participants, place, time and figures, each by whoever states it."""
        stating = [c for c in own if stance(c, event) not in AGAINST]
        for told in self._told(event):
            holders = [c for c in stating if self._states(c, told)]
            for c in holders:
                yield self._say(told, stance(c, event), c)
            if not holders and own_stance(event.factuality) is Stance.ASSERTS:
                yield self._say(told, Stance.ASSERTS, None)
            elif not holders and own:
                best = stating or own
                yield self._say(told, stance(best[0], event), best[0])
        for f in self.figures.get(event.id, []):
            number = Told(
                FIELDS[f.measure],
                f.best if f.best is not None else f.low if f.low is not None else f.high,
                f.span,
                f.low,
                f.high,
                self._part(f),
                tuple(c.text for c in f.caveats),
            )
            for c in (self.claims[x] for x in f.claims):
                yield self._say(number, STANCES.get(c.act, Stance.ASSERTS), c)
            if not f.claims:
                yield self._say(number, Stance.ASSERTS, None)

    def _states(self, claim: Claim, told: Told) -> bool:
        """True where the claim's content holds the value, or the speaker is the actor it speaks of."""
        speaker = self.speakers.of(claim)
        owns = told.field is Field.ACTOR and speaker.entity is not None and speaker.by == told.value
        return owns or (told.span is not None and holds(claim, told.span))

    def _told(self, event: Event) -> Iterator[Told]:
        for p in event.participants:
            if p.role in ROLES:
                entity = self.speakers.entities.get(p.entity or "")
                yield Told(ROLES[p.role], entity.name if entity else p.span.text, p.span)
        place = self.places.get(event.place or "")
        if place:
            yield Told(Field.WHERE, place.name, place.span)
        time = self.times.get(event.time or "")
        if time and (time.earliest or time.latest):
            first, last = time.earliest or time.latest, time.latest or time.earliest
            assert first is not None
            assert last is not None
            yield Told(Field.WHEN, first.isoformat(), time.span, end=last.isoformat())

    def _uses(self, event: Event, claims: list[Claim]) -> Iterator[Statement]:
        for c in dict.fromkeys(claims):
            for s in c.content:
                for pattern, use in self.knowledge.uses:
                    found = pattern.search(s.text)
                    if not found:
                        continue
                    before = s.text[max(0, found.start() - NEAR) : found.start() + 4].lower()
                    how = STANCES.get(c.act, Stance.ASSERTS)
                    if how is Stance.ASSERTS and any(n in before for n in NEGATED):
                        how = Stance.DENIES
                    a, b = s.start + found.start(), s.start + found.end()
                    at = Span(a, b, self.record.document.text[a:b])
                    yield self._say(Told(Field.USE_OF_SITE, use, at), how, c)
                    break

    def _answers(self, event: Event, own: list[Claim], loose: list[Claim]) -> Iterator[Statement]:
        """Denials, refusals to say, silences and doubts, by the field that they are about."""
        for c in [*own, *loose]:
            how = STANCES.get(c.act)
            if how not in AGAINST:
                continue
            field = self._field(c, event)
            if field is Field.USE_OF_SITE and any(p.search(said(c)) for p, _ in self.knowledge.uses):
                continue
            if field is Field.HAPPENED and c in own:
                continue
            value: Value = None
            if field is Field.HAPPENED:
                value = True
            elif field is Field.ACTOR:
                value = self._denied_actor(event, c)
            yield self._say(Told(field, value, c.content[0] if c.content else c.cue), how, c)

    def _denied_actor(self, event: Event, claim: Claim) -> str | None:
        """Who did not do it, says the claim: its source if told as the actor, whom it names, its source, the actor."""
        speaker = self.speakers.of(claim)
        names = [str(t.value) for t in self._told(event) if t.field is Field.ACTOR]
        if speaker.by in names:
            return speaker.by
        for e in self.record.entities:
            if e.kind in ("person", "organization", "group") and any(holds(claim, m) for m in e.mentions):
                return e.name
        return speaker.by if speaker.named and not names else next(iter(names), None)

    def _field(self, claim: Claim, event: Event) -> Field:
        """A denial of the event itself keeps to it unless its words are about who did it."""
        words = f"{claim.cue.text if claim.cue else ''} {said(claim)}"
        return Field(self.knowledge.field_of(words))

    def _part(self, figure: Figure) -> str | None:
        words = (
            f"{figure.of.text if figure.of else ''} {figure.unit or ''} {figure.span.text}".lower().split()
        )
        return next((self.knowledge.parts[w] for w in words if w in self.knowledge.parts), None)

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
        )


def stance(claim: Claim, event: Event) -> Stance:
    """How a claim that carries an event stands to its happening."""
    how = STANCES.get(claim.act, Stance.ASSERTS)
    if how is not Stance.ASSERTS:
        return how
    if event.factuality in (Factuality.DENIED, Factuality.NEGATED) and len(event.claims) == 1:
        return Stance.DENIES
    return Stance.UNCERTAIN if event.factuality in OPEN else how


def own_stance(factuality: Factuality) -> Stance:
    """How the report itself stands to an event that it tells in its own words."""
    if factuality in (Factuality.DENIED, Factuality.NEGATED):
        return Stance.DENIES
    return Stance.ASSERTS if factuality in (Factuality.OCCURRED, Factuality.ONGOING) else Stance.UNCERTAIN


def said(claim: Claim) -> str:
    """The content's words."""
    return " ".join(s.text for s in claim.content)


def holds(claim: Claim, at: Span) -> bool:
    """True where the span stands in the claim's content."""
    return any(s.range.contains(at.range) for s in claim.content)


def join_loose(record: Record, knowledge: Knowledge) -> dict[str, list[Claim]]:
    """Claims that carry no event, joined to the event of their report that they speak of.

    Denials, refusals to say, silences, doubts and what is said of a site's use are joined: to the event with
    the most telling words in common with content and source; where none has any, to the report's only
    event, or to the one before where the words are about its toll or its author.
    """
    carried = {c for v in record.events for c in v.claims}
    out: dict[str, list[Claim]] = {}
    violent = [v for v in record.events if knowledge.family(v.type) in ("violence", "harm", "abuse")]
    for c in record.claims:
        words = said(c)
        telling = STANCES.get(c.act) in AGAINST or any(p.search(words) for p, _ in knowledge.uses)
        if c.id in carried or not telling:
            continue
        mine = telling_words(words)
        shared = [
            (len(mine & event_words(record, v)), -abs(v.trigger.start - c.start), v) for v in record.events
        ]
        best = max(shared, key=lambda x: x[:2], default=None)
        if best is None:
            continue
        event = best[2] if best[0] or len(record.events) == 1 else None
        about_harm = knowledge.field_of(words) != "happened" or any(
            p.search(words) for p, _ in knowledge.uses
        )
        if about_harm and violent and (event is None or event not in violent):
            event = max(violent, key=lambda v: (v.trigger.start <= c.start, -abs(v.trigger.start - c.start)))
        if event is not None:
            out.setdefault(event.id, []).append(c)
    return out


def event_words(record: Record, event: Event) -> frozenset[str]:
    """Telling words of an event: trigger and participants."""
    texts = [event.trigger.text, *(p.span.text for p in event.participants)]
    return telling_words(" ".join(texts))


def speaker_party(speakers: Speakers, entity_id: str | None) -> str | None:
    """The party of a participant's entity."""
    entity = speakers.entities.get(entity_id or "")
    return party_of(speakers.actor(entity)) if entity else None
