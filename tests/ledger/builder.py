"""Hand-made reports: records built from a text and the words in it, with events, figures and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from accordingto.intake.report import RawReport
from accordingto.integrity import violations
from accordingto.reading.document import document
from accordingto.record import (
    Act,
    Actor,
    Claim,
    Entity,
    EntityKind,
    Event,
    Factuality,
    Figure,
    Measure,
    Mention,
    MentionForm,
    Participant,
    Place,
    Precision,
    Quotation,
    Record,
    Role,
    Source,
    SourceKind,
    Time,
    TimeType,
)
from accordingto.spans import Span, span

# invented towns near each other and apart, with made-up GeoNames ids
PLACES = {
    "Marda": (1, "XAA", 10.00, 40.00, Precision.NEAR),
    "Old Marda": (2, "XAA", 10.03, 40.02, Precision.NEAR),
    "Tel Rif": (3, "XAA", 10.60, 40.90, Precision.NEAR),
    "Rif Province": (4, "XAA", 10.20, 40.30, Precision.ADMIN1),
    "Aland": (5, "XAA", 11.0, 41.0, Precision.COUNTRY),
    "Belmar": (6, "XBB", 20.0, 60.0, Precision.NEAR),
}


@dataclass
class Story:
    """A report under construction; every argument is words of its text (`word#2`: the second time)."""

    text: str
    published: str | None = "2031-03-04"
    outlet: str = "Coast Wire"
    title: str | None = None
    name: str = ""
    parts: dict[str, list] = field(default_factory=lambda: {k: [] for k in KINDS})  # type: ignore[type-arg]

    def __post_init__(self) -> None:
        day = date.fromisoformat(self.published) if self.published else None
        self.raw = RawReport(
            self.name or self.text[:12],
            self.text,
            self.text.encode(),
            "text/plain",
            title=self.title,
            published=day,
            outlet=self.outlet,
        )
        self.document = document(self.raw)

    def at(self, words: str) -> Span:
        body, _, nth = words.partition("#")
        start = -1
        for _ in range(int(nth or 1)):
            start = self.document.text.index(body, start + 1)
        return span(self.document.text, (start, start + len(body)))

    def _add(self, kind: str, make) -> str:  # type: ignore[no-untyped-def]
        number = f"{kind}{len(self.parts[kind]) + 1}"
        self.parts[kind].append(make(number))
        return number

    def entity(self, words: str, kind: str = "organization", party: str = "") -> str:
        for e in self.parts["E"]:
            if e.name == words.partition("#")[0]:
                return str(e.id)
        country, _, sector = party.partition(" ")
        at = self.at(words)
        mention = Mention(at.start, at.end, at.text, MentionForm.NAME)
        actor = Actor(country or None, sector or None) if party else None
        return self._add("E", lambda n: Entity(n, at.text, EntityKind(kind), None, None, actor, (mention,)))

    def claim(
        self,
        who: str,
        cue: str,
        *content: str,
        act: str = "assert",
        kind: str = "organization",
        party: str = "",
    ) -> str:
        anonymous = kind in ("anonymous", "group")
        entity = None if anonymous else self.entity(who, party=party)
        plain = who.partition("#")[0]
        known = [s for s in self.parts["S"] if (s.entity == entity if entity else s.description == plain)]
        source = (
            known[0].id
            if known
            else self._add(
                "S",
                lambda n: Source(n, SourceKind(kind), entity, not anonymous, plain if anonymous else None),
            )
        )
        spans = tuple(self.at(c) for c in content)
        return self._add(
            "C", lambda n: Claim(n, source, self.at(who), self.at(cue), spans, Quotation.INDIRECT, Act(act))
        )

    def time(self, words: str, first: str, last: str | None = None) -> str:
        a, b = date.fromisoformat(first), date.fromisoformat(last or first)
        return self._add("T", lambda n: Time(n, self.at(words), TimeType.DATE, first, a, b))

    def place(self, words: str) -> str:
        number, country, lat, lon, precision = PLACES[words.partition("#")[0]]
        at = self.at(words)
        return self._add(
            "P", lambda n: Place(n, at, at.text, number, country, None, lat, lon, "PPL", precision, 0.9)
        )

    def event(
        self,
        type: str,
        trigger: str,
        *,
        actor: str | None = None,
        target: str | None = None,
        location: str | None = None,
        on: str | None = None,
        place: str | None = None,
        factuality: str = "occurred",
        claims: tuple[str, ...] = (),
    ) -> str:
        people = []
        if actor:
            people.append(Participant(Role.ACTOR, self.entity(actor), self.at(actor)))
        if target:
            people.append(Participant(Role.TARGET, None, self.at(target)))
        if location:
            people.append(Participant(Role.LOCATION, None, self.at(location)))
        return self._add(
            "V",
            lambda n: Event(
                n, type, self.at(trigger), tuple(people), on, place, Factuality(factuality), claims
            ),
        )

    def figure(
        self,
        words: str,
        best: int,
        measure: str = "killed",
        *,
        event: str | None = None,
        claims: tuple[str, ...] = (),
        low: int | None = None,
        high: int | None = None,
        of: str | None = None,
        cumulative: bool = False,
        place: str | None = None,
        as_of: str | None = None,
        caveat: str | None = None,
    ) -> str:
        exact = low is None and high is None
        return self._add(
            "F",
            lambda n: Figure(
                n,
                self.at(words),
                best if exact else low,
                best,
                best if exact else high,
                Measure(measure),
                "people",
                of=self.at(of) if of else None,
                event=event,
                claims=claims,
                cumulative=cumulative,
                place=place,
                as_of=as_of,
                caveats=(self.at(caveat),) if caveat else (),
            ),
        )

    def record(self) -> Record:
        p = self.parts
        by_start = lambda items: tuple(sorted(items, key=lambda x: x.span.start))  # noqa: E731
        made = Record(
            self.document,
            tuple(sorted(p["E"], key=lambda e: e.mentions[0].start)),
            tuple(p["S"]),
            tuple(sorted(p["C"], key=lambda c: c.start)),
            tuple(sorted(p["V"], key=lambda v: v.trigger.start)),
            by_start(p["F"]),
            by_start(p["T"]),
            by_start(p["P"]),
        )
        assert violations(made) == ()
        return made


KINDS = ("E", "S", "C", "V", "F", "T", "P")


def strike(
    text: str,
    *,
    published: str = "2031-03-04",
    day: tuple[str, str] | None = None,
    place: str | None = "Marda",
    target: str | None = None,
    killed: tuple[str, int] | None = None,
    type: str = "strike",
    trigger: str = "strike",
    outlet: str = "Coast Wire",
) -> Story:
    """A story of one attack, in the reporter's words: (words, ISO day), (words, number)."""
    s = Story(text, published, outlet)
    where = s.place(place) if place else None
    when = s.time(day[0], day[1]) if day else None
    event = s.event(type, trigger, target=target, on=when, place=where)
    if killed:
        s.figure(killed[0], killed[1], event=event)
    return s


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
