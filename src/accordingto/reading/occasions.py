"""When and where events are: what they are marked with, else what stands near them and is no other event's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date

from accordingto.reading.backgrounds import Backgrounds
from accordingto.reading.constituents import head_among
from accordingto.reading.datings import Datings, one_blow
from accordingto.reading.events import ADDRESSED, FoundEvent
from accordingto.reading.layers import Layers, Part
from accordingto.reading.locatives import Locatives
from accordingto.reading.meantplaces import MeantPlaces
from accordingto.reading.mentions import DATED, REAL
from accordingto.reading.narrowing import narrower
from accordingto.reading.placewords import WORD, PlaceWords
from accordingto.reading.saiddays import SaidDays
from accordingto.reading.standpoints import Standpoints
from accordingto.reading.stretches import apart, holding, placed
from accordingto.reading.timely import Timely
from accordingto.reading.whom import STATE, Mentioned, named_by
from accordingto.record import Place, Precision, Record, Time
from accordingto.spans import Cover, Range, gap

VIOLENT = frozenset(
    """strike bombing attack clash killing abuse repression protest invasion death disaster accident
    hunger_disease""".split()
)
TALKS = frozenset("meeting negotiation".split())
DONE_BY = frozenset(
    ("", "of", "in", "at", "near", "on", "against", "into", "to", "from")
)  # before a name that hangs on a deed
MET_BY = frozenset(
    ("", "in", "at", "near")
)  # and on people's meeting: not "talks on Kor" nor "a visit from Kor"
OFFICES = TALKS | {"politics", "legal"}  # in which somebody's office is no place
MOVED = frozenset("displacement deployment release".split())
DESCRIBED = 40  # characters between a date and the noun that it describes, at most
RIGHT_BEFORE = 20  # characters between a time and the trigger that it describes
PLACELESS = ADDRESSED - {"rejection"} | frozenset(
    "sanction arms_transfer support agreement investigation legal economy".split()
)
NO_PLACE_BEFORE = frozenset(
    ("politics", "weapons_test")
)  # these are no part of what happened at a place told of before
SITES = ("place", "target", "recipient")
CAME_ABOUT = re.compile(
    r"[^.;,]{0,40}?\b(?:broke out|began|started|happened|occurred|took place|erupted|came|hit|struck|off)\b[^.;,]{0,60}",
    re.I,
)
FOLLOWS = 7  # days within which what is told next may have come of the same
FROM_THERE = re.compile(r"\b(?:kilomet(?:re|er)s?|km|miles?)\b[^,.;]{0,30}\b(?:from|of)\s+(?:the\s+)?$", re.I)


class Occasions:
    """The events of one document with its times and places: asked for the day and the place of each.

    A time right before a trigger dates that event ("the May 4 attacks"), and is none of another that goes on. A place from which a
    distance is measured is where nothing happened.
    """

    def __init__(
        self, record: Record, found: Sequence[FoundEvent], layers: Layers, people: Mentioned
    ) -> None:
        self.record, self.found, self.layers, self._people = record, found, layers, people
        text = record.document.text
        self._datings = Datings(text, record.times, found, layers)
        self._before = Backgrounds(text, record.times, found, layers, record.document.published)
        self._stands = Standpoints(record, found, layers)
        self._locatives = Locatives(text, record.places, layers)
        named = sorted((m.start, n) for n, e in enumerate(found) for m in e.mentions)
        dated: dict[str, int] = {}
        for t in record.times:
            end = t.span.end
            near = named[bisect_left(named, (end,)) : bisect_left(named, (end + DESCRIBED,))]
            if described := [n for start, n in near if DATED.fullmatch(text, end, start)]:
                dated[t.id] = max(described)
        self._timely = Timely(record, found, layers, self._datings, dated)
        sites = [(x.at, n) for n, e in enumerate(found) for x in e.parts if x.role in SITES]
        cover = Cover([at for at, _ in sites])
        self._with = {p.id: {sites[i][1] for i in cover.touching(p.span.range)} for p in record.places}
        marked = {id for id, events in self._with.items() if events}
        words = PlaceWords(
            record.document,
            layers.paragraphs,
            record.places,
            self._locatives.led() | marked,
            layers.sentences,
        )
        self._meant = MeantPlaces(record, layers, people, words, self._locatives)
        self._said = SaidDays(text, record.claims, layers.sentences)
        self._speaking = self.speaking()
        self._when: dict[int, tuple[date, date] | None] = {}
        self._far = frozenset(
            p.id for p in record.places if FROM_THERE.search(text, max(0, p.span.start - 50), p.span.start)
        )

    def time_of(self, number: int) -> str | None:
        """The time marked as part of the event, else a date of its sentence that is not when something was said.

        A time that only another mention's sentence marks yields to one right before the trigger ("an overnight strike"). What tells
        when something was said, or is another thing's (`Datings`), is no time of the event.
        """
        event = self.found[number]
        around = holding(self.layers.sentences, event.trigger.start)
        times = [t for t in self.record.times if self._timely.may_date(t, number)]
        parts = [p.at for p in event.parts if p.role == "time"]
        borrowed = [p.at for p in event.parts if p.role == "time" and self.borrowed(p, number)]
        marked = [
            t
            for t in times
            if any(t.span.range.overlaps(p) for p in parts)
            and self.own(t, number)
            and not self._timely.is_over(t, number)
        ]
        here = next((t for t in marked if around.contains(t.span.range)), None)
        if here:
            return here.id
        spoken = self._said.spoken_on(event.trigger, around)
        if spoken is not None:  # "on Monday she urged them": what is said is the event
            return next((t.id for t in times if t.span.range == spoken), None)
        near = [
            (gap(t.span.range, event.trigger), t)
            for t in times
            if around.contains(t.span.range)
            and placed(t)
            and t.span.range not in self._said.told
            and not self._said.bars(t.span.range, event.trigger, t.value)
            and not self._timely.is_over(t, number)
            and not self._datings.names_a_thing(t)
            and self.own(t, number)
        ]
        before = [(d, t.id) for d, t in near if t.span.end <= event.trigger.start and d <= RIGHT_BEFORE]
        far = [t for t in marked if t.span.range not in self._said.told and not self.of_others(t, number)]
        if own := [t.id for t in far if not any(t.span.range.overlaps(p) for p in borrowed)]:
            return min(before)[1] if before else own[0]
        if near:
            return min((d, t.id) for d, t in near)[1]
        return far[0].id if far else self.begun(number, times)

    def of_others(self, time: Time, number: int) -> bool:
        """Whether a time hangs on the word for another event in a sentence that doesn't tell of this one."""
        around, at = holding(self.layers.sentences, time.span.start), time.span.range
        here = [(n, m) for n, e in enumerate(self.found) for m in e.mentions if around.contains(m)]
        return all(n != number for n, _ in here) and any(self._datings.hangs_on(at, m) for _, m in here)

    def own(self, time: Time, number: int) -> bool:
        """Whether a time is no other thing's than the event's."""
        around = holding(self.layers.sentences, time.span.start)
        return not (self._datings.foreign(time, number, around) or self._before.holds_time(time, number))

    def borrowed(self, part: Part, number: int) -> bool:
        """Whether a part is from a sentence that doesn't tell of the event but of another one that has that part, and isn't its
        outcome: what its own sentence tells comes first.
        """
        around = holding(self.layers.sentences, part.at.start)
        event = self.found[number]
        if any(around.contains(m) for m in event.mentions):
            return False
        return any(
            p.role == part.role and p.at.overlaps(part.at)
            for e in self.found
            if e is not event and not one_blow(event, e) and any(around.contains(m) for m in e.mentions)
            for p in e.parts
        )

    def speaking(self) -> frozenset[str]:
        """The places that are themselves somebody who says something: “Mulago Hospital said”, not “the ministry in Khartoum”."""
        syntax, words = self.layers.syntax, self.layers.words
        out: set[str] = set()
        if syntax is None:
            return frozenset()
        for at in {c.source_span.range for c in self.record.claims if c.source_span}:
            head = words[head_among(self.layers.words_in(at), syntax)]
            here = (p for p in self.record.places if at.contains(p.span.range))
            out |= {p.id for p in here if p.span.range.overlaps(head)}
        return frozenset(out)

    def begun(self, number: int, times: Sequence[Time]) -> str | None:
        """The first time behind another mention of an event that tells when it came about: "The fire broke out last Saturday"."""
        text = self.record.document.text
        for m in self.found[number].mentions:
            around = holding(self.layers.sentences, m.start)
            behind = [t for t in times if placed(t) and around.contains(t.span.range)]
            for t in behind:
                if CAME_ABOUT.fullmatch(text, m.end, t.span.start) and self.own(t, number):
                    return t.id
        return None

    def place_of(self, number: int) -> str | None:
        """Where an event was (see `somewhere`): the smallest place where the name of a larger one stands beside it; none where it was in two lands."""
        id = self.somewhere(number)
        place = next((p for p in self.record.places if p.id == id), None)
        here = place is not None and any(
            holding(self.layers.sentences, m.start).contains(place.span.range)
            for m in self.found[number].mentions
        )
        if place is None or self._meant.in_several(place, self.found[number]):
            return None
        place = self._locatives.smallest(place) if here else place
        free = [p for p in self.record.places if p.id not in self._far and self.may_hold(p, number)]
        return narrower(
            self.record.document.text, place, self.found[number], free, self._locatives, self.layers
        ).id

    def somewhere(self, number: int) -> str | None:
        """The place marked as part of the event; else one in its target; else the nearest that tells where it was (`Locatives`) in the
        sentence of its trigger or of another mention; else one before it in its paragraph, or in a sentence behind it that tells but that; what
        lies in no one country ("Africa") comes last. People who met in the first paragraph met where the report was written.

        What is said, sent or promised happens nowhere in particular: only a marked place is its own, or one that tells which
        recipient is meant ("called on the envoy in Baghdad"). Where a speaker or another party is it does not happen (`Standpoints`). What has not happened takes no place from afar that others have, nor does
        what another country does, what is decided, or what lies days apart from all that is told of there, happen at a place told of before.
        """
        event = self.found[number]
        others, instead = self._stands.of_others(number)
        places = [p for p in self.record.places if p.id not in others and self.may_hold(p, number)]
        shared = [p for p in event.parts if self.borrowed(p, number)]
        if marked := self.marked_at(number, places, [p for p in event.parts if p not in shared]):
            return marked
        if instead is not None or self._meant.somewhere_at_home(event):
            return instead
        lent = self.marked_at(number, places, shared)
        if event.type in PLACELESS:
            whom = [p.at for p in event.parts if p.role == "recipient"]
            return lent or next(
                (p.id for p in places if any(w.contains(p.span.range) and w != p.span.range for w in whom)),
                None,
            )
        own = [p for p in places if p.id not in self._far | self._speaking and self.free(p, number)]
        free = [p for p in own if self.told(number) or not self._with[p.id] - {number}]
        if event.type in ADDRESSED:
            own = free = [p for p in own if not self._with[p.id]]
        for n, at in enumerate((event.trigger, *event.mentions)):
            around = holding(self.layers.sentences, at.start)
            near = [
                (p.country is None, gap(p.span.range, at), p.id)
                for p in (free if n else own)
                if around.contains(p.span.range)
                and self.tells_where(p, at, around, number)
                and not self.of_violence(p, at, number)
            ]
            if near:
                return min(near)[2]
        if lent or (lent := self._meant.led_to(event, own) or self.told_next(number)):
            return lent
        line = holding(self.layers.paragraphs, event.trigger.start)
        nameless = self.is_nameless(number)
        before = [
            p
            for p in free
            if line.contains(p.span.range)
            and p.span.end <= event.trigger.start
            and event.type not in NO_PLACE_BEFORE
            and self.at_home(p, number)
            and not (nameless and p.precision is Precision.COUNTRY)
            and (self._with[p.id] or self._locatives.leads(p))
        ]
        if before:
            return None if self.of_another_time(before[-1], number) else before[-1].id
        met = event.type in TALKS and self.told(number)
        return self._meant.written_at(line) if met else None

    def tells_where(self, place: Place, mention: Range, around: Range, number: int) -> bool:
        """Whether a place of the sentence of a mention of an event, which no part marks, tells where that was."""
        event, told = self.found[number], self._locatives
        met = event.type in TALKS
        if told.tells(place, mention, around, hung=MET_BY if met else DONE_BY, met=met):
            return True
        if event.type not in VIOLENT and told.of_doers(place, mention):
            return True
        does = any(
            p.role in ("actor", "target") and p.at.overlaps(place.span.range)
            for e in self.found
            for p in e.parts
        )
        return not does and told.is_scene(place, mention)

    def of_violence(self, place: Place, mention: Range, number: int) -> bool:
        """Whether a place is that of violence told nearer to it than a talk or vote: “since the debate, the inquiry into the raid in [Kor]”."""
        if self.found[number].type not in OFFICES:
            return False
        others = [self.found[n] for n in self._with[place.id] - {number}]
        off = gap(place.span.range, mention)
        return any(gap(place.span.range, m) < off for e in others if e.type in VIOLENT for m in e.mentions)

    def told_next(self, number: int) -> str | None:
        """The place in the sentence behind an event's that tells nothing but where it was."""
        event, sentences = self.found[number], self.layers.sentences
        behind = bisect_right(sentences, event.trigger.start, key=lambda s: s.start)
        if behind >= len(sentences) or event.type not in VIOLENT | TALKS:
            return None
        place = self._locatives.told_next(sentences[behind])
        return place.id if place and not self._with[place.id] - {number} else None

    def may_hold(self, place: Place, number: int) -> bool:
        """Whether a place is not told of what came before an event, a speaker's, somebody's who takes part, another giver, or the network X."""
        event = self.found[number]
        if event.type not in VIOLENT and self._locatives.of_person(
            place,
            event.mentions,
            office=event.type in OFFICES,
            moved=event.type in MOVED or self.is_marked(place, number),
        ):
            return False
        stands = self._stands
        if self._before.holds_place(place.span.range, number) or stands.speaks_from(place, number):
            return False
        return not (stands.sums(place) or stands.is_network(place))

    def is_nameless(self, number: int) -> bool:
        """Whether the sentence of an event's trigger tells where it was without any name: “at a jail complex”."""
        event = self.found[number]
        around = holding(self.layers.sentences, event.trigger.start)
        text = self.record.document.text
        here = [
            p
            for p in event.parts
            if p.role == "place" and around.contains(p.at) and WORD.fullmatch(text, *p.at) is None
        ]
        return bool(here) and not any(h.at.overlaps(p.span.range) for h in here for p in self.record.places)

    def is_marked(self, place: Place, number: int) -> bool:
        """Whether a place stands in the part of an event's own sentence that tells where it was, and is no country: people are from those."""
        event = self.found[number]
        if place.precision in (Precision.COUNTRY, Precision.ADMIN1):
            return False
        around = holding(self.layers.sentences, event.trigger.start)
        return any(
            p.role == "place" and around.contains(p.at) and p.at.overlaps(place.span.range)
            for p in event.parts
        )

    def marked_at(self, number: int, places: Sequence[Place], parts: Sequence[Part]) -> str | None:
        """The place among some that parts of an event name or mean: its place, else one in its target or recipient."""
        event = self.found[number]
        for role in ("place",) if event.type in PLACELESS | ADDRESSED else SITES:
            for part in (p for p in parts if p.role == role):
                if id := self._meant.of_part(part, event, places):
                    return id
        return None

    def free(self, place: Place, number: int) -> bool:
        """Whether no other event has a place to itself: people meet there, or it is at war and this one is no violence."""
        others = {self.found[n].type for n in self._with[place.id] if n != number}
        return not others & TALKS and ("invasion" not in others or self.found[number].type in VIOLENT)

    def at_home(self, place: Place, number: int) -> bool:
        """Whether those who do something are not of another country than a place, or do or suffer something else that is marked there."""
        doing = self.countries(number, ("actor",))
        if not doing or place.country is None or place.country in doing:
            return True
        return any(doing & self.countries(n, ("actor", "target")) for n in self._with[place.id])

    def of_another_time(self, place: Place, number: int) -> bool:
        """Whether all events of a place lie days apart from an event with a time: "A bomb hit Bara on Sunday. In 2017, rebels …"."""
        mine = self._days(number)
        others = [self._days(n) for n in self._with[place.id] - {number}] if mine else []
        return bool(others) and all(mine and x and apart(mine, x) > FOLLOWS for x in others)

    def _days(self, number: int) -> tuple[date, date] | None:
        """The first and last day of an event; None where its time is not told."""
        if number not in self._when:
            id = self.time_of(number)
            time = next((t for t in self.record.times if t.id == id), None)
            bounds = (time.earliest, time.latest) if time else (None, None)
            self._when[number] = (bounds[0], bounds[1]) if bounds[0] and bounds[1] else None
        return self._when[number]

    def countries(self, number: int, roles: Sequence[str]) -> set[str]:
        """The countries whose people, forces or government the phrases of an event's roles name: no clubs and papers, no owners behind a noun."""
        out: set[str] = set()
        for at in (p.at for p in self.found[number].parts if p.role in roles):
            heads = named_by(at, self.layers)
            for e, m in self._people.on(at):
                state = e.actor is not None and (e.actor.sector is None or e.actor.sector in STATE)
                if state and e.actor and e.actor.country and not (heads and m.start > heads[0].start):
                    out.add(e.actor.country)
        return out

    def told(self, number: int) -> bool:
        """Whether an event is told as having happened or going on."""
        return self.found[number].factuality in REAL
