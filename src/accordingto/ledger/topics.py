"""Topics: which event of its report a claim is about that carries none of its own.

Denials, silences, blame, what is said of a site's use or of a count are joined to the event with which they share telling
words; what answers another claim (“denied it”) to that claim's events; where nothing else tells, to the deed told
last before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import telling_words
from accordingto.ledger.sayings import Saying, answers, said, saying
from accordingto.record import Act, Claim, Event, Factuality, Measure, Record

AGAINST = frozenset({Act.DENY, Act.REFUSE, Act.DECLINE, Act.SILENT, Act.UNCERTAIN})
HARM = frozenset({"violence", "harm", "abuse"})
COUNTED = frozenset({Measure.KILLED, Measure.WOUNDED})
REAL = frozenset({Factuality.OCCURRED, Factuality.ONGOING})
OPEN = frozenset({Factuality.POSSIBLE, Factuality.PLANNED, Factuality.CONDITIONAL})
REFUTED = frozenset({Factuality.DENIED, Factuality.NEGATED})
BEING = re.compile(r"\b(?:be|been|was|were|is|are)\s+(?:\w+ly\s+|not\s+)?$", re.I)
LOOK = 40  # characters before a trigger in which a form of “be” is looked for


class Topics:
    """The claims of one record by the event that they are about, and what each says of it.

    `loose`: event id → claims that carry no event of their own. `before`: claim id → the claim that it answers.
    """

    def __init__(self, record: Record, known: Knowledge) -> None:
        self.record = record
        self.known = known
        self._used: dict[str, bool] = {}
        self.sayings: dict[str, Saying | None] = {c.id: saying(c, known) for c in record.claims}
        self.details = details_of(record, known)
        self.deeds = [v for v in record.events if not known.is_talk(v.type) and v.id not in self.details]
        self.harm = [v for v in self.deeds if known.family(v.type) in HARM and v.factuality not in OPEN]
        self.words = {v.id: event_words(record, v) for v in self.deeds}
        self.own: dict[str, list[Event]] = {}
        for v in self.deeds:
            for c in v.claims:
                self.own.setdefault(c, []).append(v)
        self.counting = {
            c for f in record.figures if f.event is None and f.measure in COUNTED for c in f.claims
        }
        self.loose: dict[str, list[Claim]] = {}
        self.before: dict[str, Claim] = {}
        self.topic: dict[str, Event] = {}
        self._join()

    def tells_use(self, words: str) -> bool:
        """True for words that tell what a site was used for."""
        if words not in self._used:
            self._used[words] = any(p.search(words) for p, _ in self.known.uses)
        return self._used[words]

    def events_of(self, claim: Claim) -> list[Event]:
        """The deeds that a claim carries, or the one that it was joined to."""
        joined = self.topic.get(claim.id)
        counted = {f.event for f in self.record.figures if claim.id in f.claims and f.event}
        return (
            self.own.get(claim.id)
            or ([joined] if joined else [])
            or [v for v in self.deeds if v.id in counted]
        )

    def _join(self) -> None:
        for c in self.record.claims:
            told = self.sayings[c.id]
            whole = [e for v, e in self.details.items() if v in c.about]
            if whole and c.id not in self.own:
                self._add(c, whole[0])
            elif answers(c, told):
                self._answer(c)
            elif c.id not in self.own and self._tells(c, told):
                event = self._find(c, told)
                if event is not None:
                    self._add(c, event)

    def _add(self, claim: Claim, event: Event) -> None:
        self.topic[claim.id] = event
        self.loose.setdefault(event.id, []).append(claim)

    def _answer(self, claim: Claim) -> None:
        """Join what answers another claim to the events of that one: the last before it by another speaker."""
        at = told_at(claim)
        earlier = [c for c in self.record.claims if told_at(c) < at and c.source != claim.source]
        last = max(earlier, key=told_at, default=None)
        if last is None:
            return
        run = [c for c in earlier if c.source == last.source and self._near(c, last)]
        blame = (c for c in run if (told := self.sayings[c.id]) is not None and told.who is not None)
        last = next(blame, last)
        self.before[claim.id] = last
        if claim.id in self.own:
            return
        for event in self.events_of(last)[:1]:
            self._add(claim, event)

    def _near(self, one: Claim, other: Claim) -> bool:
        """True where two claims stand in one paragraph."""
        a, b = sorted((one.start, other.start))
        return "\n\n" not in self.record.document.text[a:b]

    def _tells(self, claim: Claim, told: Saying | None) -> bool:
        words = said(claim)
        return claim.act in AGAINST or told is not None or claim.id in self.counting or self.tells_use(words)

    def _find(self, claim: Claim, told: Saying | None) -> Event | None:
        """The event with the most telling words in common; else the deed told last before it."""
        words = said(claim)
        mine = telling_words(words)
        shared = [(len(mine & self.words[v.id]), -abs(v.trigger.start - claim.start), v) for v in self.deeds]
        best = max(shared, key=lambda x: x[:2], default=None)
        if best is None:
            return None
        event = best[2] if best[0] or len(self.deeds) == 1 else None
        about_harm = (
            told is not None
            or claim.id in self.counting
            or self.known.field_of(words) != "happened"
            or self.tells_use(words)
        )
        if told is not None and told.deed and event is None:
            return None  # what is laid to them is something else
        real = [v for v in self.deeds if v.factuality not in OPEN]
        if event is None and told is not None:
            event = last_before(self.causes(real), claim.start)
            if event and "\n\n" not in self.record.document.text[event.trigger.start : claim.start]:
                return event
        if about_harm and self.harm and (event is None or event not in self.harm):
            event = last_before(self.causes(self.harm), claim.start)
        return event

    def causes(self, events: list[Event]) -> list[Event]:
        """The events without those that another brought about, unless there are only such."""
        return [v for v in events if not self.known.is_consequence(v.type)] or events


def details_of(record: Record, known: Knowledge) -> dict[str, Event]:
    """Each event that is no happening but a state that is only denied, with the accident that it is a detail of.

    “Denied that the boat was overloaded” says nothing of whether it sank.
    """
    against = {c.id for c in record.claims if c.act in (Act.DENY, Act.REFUSE)}
    mishaps = [
        v for v in record.events if known.family(v.type) == "harm" and not known.is_consequence(v.type)
    ]
    out = {}
    for v in mishaps:
        before = record.document.text[max(0, v.trigger.start - LOOK) : v.trigger.start]
        wholes = [o for o in mishaps if o is not v and o.factuality not in OPEN | REFUTED]
        told = last_before(wholes, v.trigger.start)
        if (
            told
            and v.factuality in REFUTED
            and v.claims
            and against.issuperset(v.claims)
            and BEING.search(before)
        ):
            out[v.id] = told
    return out


def told_at(claim: Claim) -> tuple[int, int]:
    """Where a claim stands: by its content, then by its first word; two of one sentence share the source."""
    return (claim.content[0].start if claim.content else claim.start, claim.start)


def last_before(events: Sequence[Event], at: int) -> Event | None:
    """The event told last before a place in the text, else the nearest after it."""
    return max(events, key=lambda v: (v.trigger.start <= at, -abs(v.trigger.start - at)), default=None)


def event_words(record: Record, event: Event) -> frozenset[str]:
    """Telling words of an event: trigger, participants and place."""
    texts = [event.trigger.text, *(p.span.text for p in event.participants)]
    texts += [p.span.text for p in record.places if p.id == event.place]
    return telling_words(" ".join(texts))
