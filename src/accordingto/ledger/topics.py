"""Topics: which event of its report a claim is about that carries none of its own.

Denials, silences, blame, what is said of a site's use or of a count are joined to the event with which they share telling
words; what answers another claim (“denied it”) to that claim's events; where nothing else tells, to the deed told
last before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.ledger.days import times_of
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, stem, telling_words
from accordingto.ledger.negations import THINGS, bare, beside
from accordingto.ledger.sayings import Saying, answers, said, saying
from accordingto.record import Act, Claim, Event, Factuality, Measure, Quotation, Record

AGAINST = frozenset({Act.DENY, Act.REFUSE, Act.DECLINE, Act.SILENT, Act.UNCERTAIN})
HARM = frozenset({"violence", "harm", "abuse"})
COUNTED = frozenset({Measure.KILLED, Measure.WOUNDED})
REAL = frozenset({Factuality.OCCURRED, Factuality.ONGOING})
OPEN = frozenset({Factuality.POSSIBLE, Factuality.PLANNED, Factuality.CONDITIONAL})
REFUTED = frozenset({Factuality.DENIED, Factuality.NEGATED})
BEING = re.compile(r"\b(?:be|been|was|were|is|are)\s+(?:\w+ly\s+|not\s+)?$", re.I)
REPORT = re.compile(r"\b(?:reports?|allegations?|accusations?|charges?)\b", re.I)
AGAIN = re.compile(r"(?:the|this|that|these|those)\b", re.I)
SAME_SPEAKER = frozenset({"it", "they", "he", "she"})
WHO = re.compile(r"[\s,]+")  # between whom somebody blames and “who”
NEWS = 20  # days before a report in which its own news lie
LOOK = 40  # characters before a trigger in which a form of “be” is looked for


class Topics:
    """The claims of one record by the event that they are about, and what each says of it.

    `loose`: event id → claims that carry no event of their own. `before`: claim id → the claims that it answers.
    `breaches`: claims that deny to have broken something, joined to the deed that is told as having broken it.
    """

    def __init__(self, record: Record, known: Knowledge) -> None:
        self.record = record
        self.known = known
        self._used: dict[str, bool] = {}
        self.sayings: dict[str, Saying | None] = {c.id: saying(c, known) for c in record.claims}
        self.details = details_of(record, known)
        self.deeds = [v for v in record.events if not known.is_talk(v.type) and v.id not in self.details]
        self.harm = [v for v in self.deeds if known.family(v.type) in HARM and v.factuality not in OPEN]
        self.recalled = recalled(record)
        self.words = {v.id: event_words(record, v) for v in self.deeds}
        self.own: dict[str, list[Event]] = {}
        for v in self.deeds:
            for c in v.claims:
                self.own.setdefault(c, []).append(v)
        self.counting = {
            c for f in record.figures if f.event is None and f.measure in COUNTED for c in f.claims
        }
        self.loose: dict[str, list[Claim]] = {}
        self.before: dict[str, list[Claim]] = {}
        self.topic: dict[str, Event] = {}
        self.breaches: set[str] = set()
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
            broke = self._broke(c)
            if whole and c.id not in self.own:
                self._add(c, whole[0])
            elif broke is not None:
                self.breaches.add(c.id)
                self._add(c, broke)
            elif answers(c, told) or self._is_of_the_blamed(c):
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
        told = self._answered(claim)
        self.before[claim.id] = told[:1]
        if not told or claim.id in self.own:
            return
        events = {v.id: v for c in told for v in self.events_of(c)[:1]}
        self.before[claim.id] = told
        for event in events.values():
            self._add(claim, event)

    def _is_of_the_blamed(self, claim: Claim) -> bool:
        """True for a denial without a deed by whom the words right before it blame: “accused a corporal, who denies that he was there”."""
        if claim.act is not Act.DENY or claim.id in self.own or claim.source_span is None:
            return False
        at, text = claim.source_span.start, self.record.document.text
        blamed = (told.who.end for told in self.sayings.values() if told is not None and told.who is not None)
        return any(0 < at - end <= LOOK and WHO.fullmatch(text[end:at]) is not None for end in blamed)

    def _answered(self, claim: Claim) -> list[Claim]:
        """The claims that one answers: whoever is blamed in the run of one speaker before it, else the last that tells a deed.

        A speaker's second sentence, “most of the victims were elderly”, and a witness's words between tell none; “the report”
        and “the allegations” are all that the speaker has told of one thing.
        """
        at = told_at(claim)
        earlier = sorted(
            (c for c in self.record.claims if told_at(c) < at and c.source != claim.source), key=told_at
        )
        if not earlier:
            return []
        last = earlier[-1]
        run = [c for c in earlier if c.source == last.source and self._near(c, last)]
        blame = [c for c in run if (told := self.sayings[c.id]) is not None and told.who is not None]
        if blame:
            return blame[:1]
        one = self._told_last(earlier)
        if one is None:
            return [last]
        return [*self._begun(earlier, one), one] if REPORT.search(said(claim)) else [one]

    def _told_last(self, earlier: list[Claim]) -> Claim | None:
        """The last claim that tells a deed, if only its speaker's own words or asides stand between it and the end."""
        last, between = earlier[-1], False
        for c in reversed(earlier):
            if not self._near(c, last):
                break
            if self.events_of(c) and not self._says_nothing(c):
                return c if c.source == last.source or not between else None
            between |= not self._is_aside(c)
        return None

    def _is_aside(self, claim: Claim) -> bool:
        """True for a claim that an answer passes over where it tells no deed: more by the same speaker, a witness's own words without a number."""
        goes_on = claim.source_span is not None and claim.source_span.text.casefold() in SAME_SPEAKER
        counts = any(claim.id in f.claims for f in self.record.figures)
        return goes_on or self._says_nothing(claim) or (claim.quotation is Quotation.DIRECT and not counts)

    def _says_nothing(self, claim: Claim) -> bool:
        """True for a silence, and for what only answers another claim itself."""
        denies = claim.act in (Act.DENY, Act.REFUSE)
        return claim.act in (Act.DECLINE, Act.SILENT) or (denies and claim.id in self.before)

    def _begun(self, earlier: list[Claim], last: Claim) -> list[Claim]:
        """The claims before one in which its speaker has begun to tell the same: of the same event, or of what a later one takes up."""
        out: list[Claim] = []
        for c in reversed(earlier[: earlier.index(last)]):
            if c.source != last.source:
                break
            if any(goes_on(v, w) for v in self.own.get(c.id, []) for w in self.events_of(last)):
                out.insert(0, c)
        return out

    def answered(self, claim: Claim, event: Event) -> Claim | None:
        """The claim that one answers, as far as an event is concerned: the first that tells it."""
        told = self.before.get(claim.id, [])
        return next((c for c in told if event in self.own.get(c.id, [])), told[-1] if told else None)

    def _broke(self, claim: Claim) -> Event | None:
        """The deed by which what a denial speaks of was broken, as told before: “fired on a patrol, violating a truce”."""
        if claim.act not in (Act.DENY, Act.REFUSE):
            return None
        broken = [v for v in self.own.get(claim.id, []) if beside(claim, v, self.known) == "breach"]
        for v in broken:
            for c in self.record.claims:
                if (
                    c.source == claim.source
                    or told_at(c) >= told_at(claim)
                    or v not in self.own.get(c.id, [])
                ):
                    continue
                deeds = [w for w in self.own[c.id] if w.type != v.type]
                if deeds:
                    return min(deeds, key=lambda w: abs(w.trigger.start - v.trigger.start))
        return None

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
            if event and told.who is not None and event.id in self.recalled:
                event = None
        if about_harm and self.harm and (event is None or event not in self.harm):
            blames = told is not None and told.who is not None
            news = [v for v in self.harm if v.id not in self.recalled] if blames else []
            event = last_before(self.causes(news or self.harm), claim.start)
        return event

    def causes(self, events: list[Event]) -> list[Event]:
        """The events without those that another brought about, unless there are only such."""
        return [v for v in events if not self.known.is_consequence(v.type)] or events


def recalled(record: Record) -> frozenset[str]:
    """The events that lie more than `NEWS` days before their report, which recalls them."""
    published = record.document.published
    if published is None:
        return frozenset()
    ends = ((v, t.latest or t.earliest) for v, t in times_of(record).items())
    return frozenset(v for v, end in ends if end is not None and (published - end).days > NEWS)


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
            and (against.issuperset(v.claims) or (against.intersection(v.claims) and is_state(v, known)))
            and BEING.search(before)
        ):
            out[v.id] = told
    return out


def is_state(event: Event, known: Knowledge) -> bool:
    """True for an event that no word for a happening tells: “overloaded”."""
    roots = (stem(w.casefold()) for w in WORD.findall(event.trigger.text))
    return not any(r in known.kinds or f"{r}e" in known.kinds for r in roots)


def goes_on(first: Event, later: Event) -> bool:
    """True where a later event is an earlier one or takes up what took part in it: “a shipment of rockets”, “the rockets”."""
    if first is later:
        return True
    mine = bare(" ".join(p.span.text for p in first.participants if p.role in THINGS))
    again = (p.span.text for p in later.participants if p.role in THINGS and AGAIN.match(p.span.text))
    return first.type == later.type and any(mine & bare(words) for words in again)


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
