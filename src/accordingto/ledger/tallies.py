"""Tallies: which counts of the dead and wounded are an event's own.

The figures that the record joins to it; of a running toll those of a thing that was over in a day (“bringing the dead to
12”), not what has come together since a war began, nor the dead of a war that goes on; and those that stand in a claim about the event, or in the paragraph of the only place
that was hit. “No one was killed” is a count of none, of what its own sentence tells and of the place that it names. Bodies that are handed over are no new dead; rates, those whom a count leaves out, and what is added
(“three more”) to a count given elsewhere are no count of all; figures that stand together are one count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accordingto.coding.bodies import dead_of_it, handed_over
from accordingto.coding.deaths import HARMED, Toll, former, of_others, together, told_before
from accordingto.ledger.accounts import Field, location
from accordingto.ledger.days import is_whole_war
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, stem
from accordingto.ledger.nearness import relation
from accordingto.ledger.signs import Apart
from accordingto.ledger.topics import COUNTED, HARM, OPEN, REFUTED, Topics, last_before
from accordingto.ledger.values import TOGETHER, sides
from accordingto.passages import sentence
from accordingto.record import Event, Figure, Measure, PartKind, Place, Record
from accordingto.spans import Span, span

FIELDS = {Measure.KILLED: Field.KILLED, Measure.WOUNDED: Field.WOUNDED}
SOME = "some"  # a part of those counted that is nobody's in particular
NOBODY = r"(?:no[ -]one|nobody|no (?:people|person|lives))"
NONE = re.compile(  # who says so counts none: “No one was killed”, “the blast hurt nobody”, “there were no casualties”
    rf"\b{NOBODY}\s+(?:(?:was|were|had|has|have|been|is|are|either|\w+ly)\s+)*(?P<how>killed|dead|died|perished|lost|hurt|harmed|wounded|injured)"
    r"(?:\s+(?:or|nor|and)\s+(?P<also>killed|dead|hurt|harmed|wounded|injured))?\b"
    rf"|\b(?P<did>kill|hurt|harm|wound|injur)(?:ed|ing|s|es)?\s+(?:or\s+(?P<too>kill|hurt|harm|wound|injur)(?:ed|ing|s|es)?\s+)?{NOBODY}\b"
    r"|\b(?:no|without(?:\s+any)?)\s+(?P<what>casualties|fatalities|deaths|injuries|loss of life)(?:\s+(?:or|nor|and)\s+(?P<else>fatalities|deaths|injuries))?\b"
    r"(?!(?:\s+\w+){0,3}\s+(?:reported|recorded|known|confirmed|among)\b|\s+(?:among|figures?|numbers?)\b)",
    re.I,
)
NOT_NONE = re.compile(
    r"\b(?:if|whether|unless|hop(?:e|es|ed|ing)|ensur(?:e|ed|ing)|so that|lest|den(?:y|ied|ies))\b[^.;\n]{0,60}$",
    re.I,
)
BUT_SOME = re.compile(
    r"\s+(?:else|other|more|further|by|since|until|before|but|except|apart|other than)\b", re.I
)
BOTH = ("hurt", "harm", "casual")  # words for killed and wounded alike
DEADLY = ("kill", "dead", "died", "perish", "lost", "fatal", "death", "loss")
ADDED = re.compile(r"\b(?:more|another|other|others|additional|further)\b", re.I)
OF_THEM = re.compile(
    r"^(?:\s+\w+)?\s+of (?:them|whom|the (?:dead|victims|wounded|injured|bodies)|those)\b", re.I
)
SINCE = re.compile(
    r"\bsince\b[^.,;:\n]{0,60}?\b(?:began|begun|beginning|start(?:ed)?|outset|outbreak|onset|erupt(?:ed|ion)|broke out|broken out|flared"
    r"|resum(?:ed|ption)|escalat(?:ed|ion)|collapsed?|wars?|conflict|invasion|uprising|hostilities)\b"
    r"|\b(?:weeks|months|years?|decades?) of (?:[\w-]+ ){0,2}(?:wars?|warfare|conflict|fighting|bombardment|bombing|hostilities|siege)\b"
    r"|(?<!earlier )(?<!later )(?:\bso far )?\bthis (?:year|month|season|decade)\b",
    re.I,
)
SINCE_DAY = re.compile(r"\bsince\s+(?:\w+\s+){0,3}$", re.I)
WEEKS = 31  # days ago since which a count is of more than one happening
CALAMITY = "disaster"  # the type of an event whose whole toll is its own, however long it lasts
ASIDE = 60  # characters before a count of none in which it is put in question
OTHERWISE = re.compile(rf"\b{HARMED}\b", re.I)  # “two women, and [wounded] 30”: of whom 30 is, nobody tells
OTHER_CLAUSE = re.compile(r"[;:]\s|,?\s(?:but|while|whereas|although|though|and)\s", re.I)
COMMA = re.compile(r",\s")
HURTFUL = HARM | {"protest"}  # families of events at which somebody may be hurt
AFTER_ANOTHER = re.compile(
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|night|morning|evening)\s+after\b(?P<what>(?:(?!\b(?:and|but|killing|wounding|injuring)\b)[^,;.\d])*)"
    r"\b(?:killed|wounded|injured|hurt|left|claimed|cost)\s+(?:(?:at least|more than|up to|as many as|about|around|some|over|\w+)\s+){0,3}$",
    re.I,
)
AROUND = 10  # characters before and after a number in which it is said to be added


@dataclass(frozen=True, slots=True)
class Count:
    """One number of an event's dead or wounded, and which part of the people it counts; None: all."""

    told: Toll
    part: str | None

    @property
    def value(self) -> float | int | None:
        """The number that it names, else one of its bounds."""
        return next((v for v in (self.told.best, self.told.low, self.told.high) if v is not None), None)

    @property
    def first(self) -> Figure:
        """The first of the figures that make it up; they share measure and claims."""
        return self.told.figures[0]

    def span(self, text: str) -> Span:
        """The words from its first to its last figure."""
        return span(text, (self.first.span.start, self.told.figures[-1].span.end))


class Tallies:
    """The counts of a record's events."""

    def __init__(self, record: Record, topics: Topics) -> None:
        self.record = record
        self.topics = topics
        self.by_event: dict[str, list[Figure]] = {}
        events = {v.id: v for v in record.events}
        text = record.document.text
        for f in record.figures:
            if f.measure not in COUNTED or f.ordinal or of_others(f, text) or former(f, text):
                continue
            event = f.event
            if handed_over(f, text) and not (event and events[event] in topics.harm and dead_of_it(f, text)):
                continue
            if event is None:
                event = self._counted_before(f, events) if f.cumulative else self._home(f)
            elif f.cumulative and (self._added(f) or self._runs_on(f, events[event])):
                continue
            if event is None or self._recalled(f, events[event]) or told_before(record, f, events[event]):
                continue
            if is_whole_war(events[event], record):
                continue
            self.by_event.setdefault(event, []).append(f)
        for f in counts_of_none(record):
            home = self._beside(f) or self._home(f) or self._last_harm(f)
            if home is None or events[home].factuality in REFUTED:
                continue
            if not elsewhere(record, f, events[home]):
                self.by_event.setdefault(home, []).append(f)

    def of(self, event: Event) -> list[Count]:
        """The counts of one event in order of appearance: figures that stand together as their sum, each part that has a name by itself."""
        text = self.record.document.text
        found: list[Count] = []
        for measure in COUNTED:
            mine = [f for f in self.by_event.get(event.id, []) if f.measure is measure]
            sums, some = together(sorted(mine, key=lambda f: f.span.start), text)
            found += [Count(Toll((f,)), self._part(f) or SOME) for f in some]
            for t in sums:
                parts = [self._part(f) for f in t.figures]
                found.append(Count(t, parts[0] if len(set(parts)) == 1 else None))
                if len(set(parts)) > 1:
                    found += [Count(Toll((f,)), p) for f, p in zip(t.figures, parts, strict=True) if p]
        return sorted(found, key=lambda c: (c.first.span.start, -len(c.told.figures)))

    def _part(self, f: Figure) -> str | None:
        return part_of(f, self.record.document.text, self.topics.known)

    def _added(self, f: Figure) -> bool:
        text = self.record.document.text
        near = text[max(0, f.span.start - AROUND) : f.span.end + AROUND]
        return bool(ADDED.search(near))

    def _runs_on(self, f: Figure, event: Event) -> bool:
        """True for a running toll of more than this event: of what lasts, or of all since something began."""
        if self.topics.known.has_toll(event.type):
            return True
        around = sentence(self.record.document.text, f.span)
        spell = SINCE.search(around.text)
        if spell is None:
            return since_long(self.record, around, event)
        return event.type != CALAMITY or event.trigger.start - around.start not in range(*spell.span())

    def _home(self, f: Figure) -> str | None:
        """The event of a count that the record joins to none: that of its claim, else of its paragraph or its report."""
        found = None if self._added(f) else self._nearest(f)
        return None if found is None or self._long_before(f, found) else found.id

    def _recalled(self, f: Figure, event: Event) -> bool:
        """True for a count of an earlier deed after which, in its sentence, the event is said to have come: “three days after a bomb killed 14”.

        “An attack a week after the truce killed six” counts those of the attack.
        """
        text, known = self.record.document.text, self.topics.known
        start = max(event.trigger.end, sentence(text, f.span).start)
        found = AFTER_ANOTHER.search(text[start : f.span.start])
        return found is not None and any(can_kill(w, known) for w in WORD.findall(found["what"]))

    def _long_before(self, f: Figure, event: Event) -> bool:
        """True where a count's sentence tells a day weeks before the event: “the deadliest since 2015, when nearly 9,000 died”."""
        d = self.record.document
        around = sentence(d.text, f.span)
        own = next((t.earliest for t in self.record.times if t.id == event.time), None) or d.published
        told = [t.latest for t in self.record.times if around.start <= t.span.start < around.end and t.latest]
        return own is not None and any((own - day).days > WEEKS for day in told)

    def _counted_before(self, f: Figure, events: dict[str, Event]) -> str | None:
        """The event whose running toll another voice has told just before this one, with which it can't both be true."""
        text, sources = self.record.document.text, {c.id: c.source for c in self.record.claims}
        told = [
            (g.span.end, event, g)
            for event, figures in self.by_event.items()
            for g in figures
            if g.measure is f.measure and g.span.end <= f.span.start
        ]
        if not told:
            return None
        end, event, g = max(told, key=lambda x: x[0])
        mine, theirs = ({sources[c] for c in x.claims} for x in (f, g))
        near = text.count("\n\n", end, f.span.start) <= 1
        if (
            not (g.cumulative and mine and theirs and near)
            or mine & theirs
            or self._runs_on(f, events[event])
        ):
            return None
        return event

    def _nearest(self, f: Figure) -> Event | None:
        harm = self.topics.harm
        for c in self.record.claims:
            if c.id in f.claims:
                told = [v for v in self.topics.events_of(c) if v in harm]
                if told:
                    return told[0]
        running = {(x.low, x.best) for x in self.record.figures if x.cumulative}
        if not harm or f.claims or (f.low, f.best) in running:
            return None
        before = last_before(harm, f.span.start)
        if before is None or before.trigger.start > f.span.start:
            return None
        a, b = sorted((before.trigger.start, f.span.start))
        if "\n\n" not in self.record.document.text[a:b]:
            return before
        alone = len({v.place for v in harm if v.place}) <= 1
        return before if alone and not self._tells_else(f) else None

    def _tells_else(self, f: Figure) -> bool:
        """True where the paragraph of a count has told of another thing before it."""
        first = self.record.document.text.rfind("\n\n", 0, f.span.start) + 1
        deeds = (v for v in self.topics.deeds if v not in self.topics.harm)
        return any(first <= v.trigger.start < f.span.start for v in deeds)

    def _beside(self, f: Figure) -> str | None:
        """The event of a count of none that its own clause or sentence tells: “shots were fired, but nobody was hurt”."""
        text, known = self.record.document.text, self.topics.known
        around = sentence(text, f.span).range
        near = [
            v
            for v in self.topics.deeds
            if around.contains(v.trigger.range)
            and not v.trigger.range.overlaps(f.span.range)
            and v.factuality not in OPEN | REFUTED
            and HURTFUL.intersection(known.kin(v.type))
        ]
        near = self.topics.causes(near)
        told = [v for v in near if v.trigger.start < f.span.start]
        if told:
            return told[-1].id
        end = min(
            (m.start() for p in (OTHER_CLAUSE, COMMA) for m in p.finditer(text, f.span.end, around.end)),
            default=around.end,
        )
        return next((v.id for v in near if v.trigger.end <= end), None)

    def _last_harm(self, f: Figure) -> str | None:
        """The event told last before a count that stands in a claim about none."""
        before = last_before(self.topics.harm, f.span.start) if f.claims else None
        return before.id if before and before.trigger.start < f.span.start else None


def counts_of_none(record: Record) -> Iterator[Figure]:
    """Counts of none that no figure gives: “no one was killed”; of casualties, one of the dead and one of the wounded."""
    text = record.document.text
    for m in NONE.finditer(text):
        if NOT_NONE.search(text[max(0, m.start() - ASIDE) : m.start()]) or BUT_SOME.match(text, m.end()):
            continue
        at = span(text, m.span())
        claims = tuple(c.id for c in record.claims if any(s.range.contains(at.range) for s in c.content))
        for measure in dict.fromkeys(x for word in m.groups() if word for x in measures_of(word)):
            yield Figure(f"none {m.start()} {measure}", at, 0, 0, 0, measure, claims=claims)


def can_kill(word: str, known: Knowledge) -> bool:
    """True for a word of a deed, a thing or somebody that may have killed: “blast”, “bomb”, “gunmen”, “they”, a name."""
    root = stem(word.casefold())
    if word[0].isupper() or known.is_person(root) or word.casefold() in {"he", "she", "they", *sides()}:
        return True
    return root in known.instruments or known.kinds.get(root) in HURTFUL


def elsewhere(record: Record, f: Figure, event: Event) -> bool:
    """True where the clause of a count names a place that is neither the event's nor one around it."""
    home = next((p for p in record.places if p.id == event.place), None)
    named = places_beside(record, f)
    return home is not None and bool(named) and not any(covers(p, home) for p in named)


def places_beside(record: Record, f: Figure) -> list[Place]:
    """The places that stand in one clause with a count, within the claim that gives it; first those between the same commas; else the towns of its sentence."""
    text, at, around = record.document.text, f.span, sentence(record.document.text, f.span).range
    told = [s.range for c in record.claims if c.id in f.claims for s in c.content]
    lines = [p for p in record.document.parts if p.kind is PartKind.DATELINE]
    places = [
        p
        for p in record.places
        if not any(x.start <= p.span.start < x.end for x in lines)
        and (not told or any(t.contains(p.span.range) for t in told))
    ]
    for ends in ((OTHER_CLAUSE, COMMA), (OTHER_CLAUSE,)):
        first = max(
            (m.end() for p in ends for m in p.finditer(text, around.start, at.start)), default=around.start
        )
        last = min(
            (m.start() for p in ends for m in p.finditer(text, at.end, around.end)), default=around.end
        )
        found = [p for p in places if first <= p.span.start and p.span.end <= last]
        if found:
            return found
    return [p for p in places if around.contains(p.span.range) and location(p).fine]


def covers(outer: Place, inner: Place) -> bool:
    """True where one place is another or holds it: a province its town, not a town its province."""
    one, other = location(outer), location(inner)
    try:
        return relation(one, other).name in TOGETHER and (other.fine or not one.fine)
    except Apart:
        return False


def since_long(record: Record, around: Span, event: Event | None = None) -> bool:
    """True where a sentence tells since a day of weeks ago, which is not the event's own."""
    d = record.document
    return any(
        (event is None or t.id != event.time)
        and t.earliest is not None
        and d.published is not None
        and (d.published - t.earliest).days > WEEKS
        and around.start <= t.span.start < around.end
        and SINCE_DAY.search(d.text, around.start, t.span.start) is not None
        for t in record.times
    )


def measures_of(word: str) -> tuple[Measure, ...]:
    """What a word for harm counts: “killed” the dead, “casualties” the dead and the wounded."""
    root = word.casefold()
    if root.startswith(BOTH):
        return (Measure.KILLED, Measure.WOUNDED)
    return (Measure.KILLED,) if root.startswith(DEADLY) else (Measure.WOUNDED,)


def part_of(f: Figure, text: str, known: Knowledge) -> str | None:
    """Which people a count is of, where it is not of all: children, fighters, some of those counted before."""
    lent = f.of is not None and OTHERWISE.search(text[f.of.end : f.span.start])
    words = (
        (f.span.text if lent else f"{f.of.text if f.of else ''} {f.unit or ''} {f.span.text}").lower().split()
    )
    named = next((known.parts[w] for w in words if w in known.parts), None)
    of_them = OF_THEM.match(text[f.span.end : f.span.end + 40])
    if named is None and of_them:
        after = text[f.span.end + of_them.end() :].split(None, 1)  # “three of them children”
        return known.parts.get(after[0].strip(",.;").casefold(), SOME) if after else SOME
    return named
