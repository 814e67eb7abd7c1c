"""Record → accounts: each event with its time, place, parties, sites, counts and statements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from accordingto.ledger.accounts import Account, Count, Location, Party, account_key, location, main_place
from accordingto.ledger.cast import cast
from accordingto.ledger.days import away, owners_of, shifted, times_of
from accordingto.ledger.intervals import counted_on
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, name_key, stem, telling_words
from accordingto.ledger.parting import parted
from accordingto.ledger.provenance import credits
from accordingto.ledger.speakers import Speakers
from accordingto.ledger.statements import Stating, speaker_party
from accordingto.passages import sentence
from accordingto.record import (
    Act,
    EntityKind,
    Event,
    Factuality,
    Measure,
    PartKind,
    Record,
    Role,
    Time,
)

VIOLENCE = "violence"
BACK = 3  # days before publication in which an undated happening of the news may lie
OF_THE_PERSON = re.compile(
    r"\b(?:who|whom|whose|(?:suspected|accused|convicted) of|charged with)\b"
)  # what follows was not hit
MOVING = frozenset(("ship", "bus", "train"))
GOES_ON = re.compile(  # words that go on after a noun: “a bus near …”, “a boat full of …”, “a ship carrying …”
    r"\w+(?:ing|ed|ly)|of|off?|in|on|at|near|by|to|from|with|for|and|or|but|that|which|who|where|when|as|after|before|"
    r"full|bound|en|into|over|under|outside|inside|along|between|behind|beside|against|through|around|across|"
    r"is|are|was|were|has|had|have|then|there|here|run|taken|used|sank|hit|struck|full|not"
)
CLOSE_BY = 300  # characters within which an undated event may share the day of the one before


def observe(
    record: Record, report: str, knowledge: Knowledge, *, speakers: Speakers | None = None
) -> tuple[Account, ...]:
    """The accounts of a record's events; `report` is the report's name in the ledger, `speakers` the record's if known."""
    speakers = speakers or Speakers(record)
    record = counted_on(record)
    times = times_of(record)
    stating = Stating(record, report, speakers, knowledge)
    events = [v for v in record.events if v.id not in stating.topics.details]
    around = main_place(record)
    borrowed = {v.id: times[v.id] for v in events if v.id in times and away(times[v.id].span, v, record)}
    elsewhere = {
        n: (b[0], b[1])
        for n, t in borrowed.items()
        if (b := bounds(record, t))[0] and b[1] and (b[1] - b[0]).days < 10
    }
    made = [
        _account(
            record,
            report,
            v,
            around,
            None if v.id in borrowed else times.get(v.id),
            (speakers, stating, knowledge),
        )
        for v in events
    ]
    credited = credits(record, report)
    names, towns = report_names(record), report_towns(record)
    lands = tuple(sorted({p.country for p in record.places if p.country}))
    places = {p.id: p for p in record.places}
    owners = {**owners_of(record, "time"), **owners_of(record, "place")}
    whole = [
        msgspec.structs.replace(
            a,
            before=told_before(a, made) or elsewhere.get(v.id),
            names=names,
            towns=towns,
            lands=lands,
            credits=credited.get(v.id, ()),
            lent_day=a.dated and owners.get(v.time or "") != v.id,
            lent_place=a.placed
            and (owners.get(v.place or "") != v.id or away(places[v.place or ""].span, v, record)),
        )
        for a, v in zip(made, events, strict=True)
    ]
    return parted(whole, record, knowledge)


def told_before(account: Account, others: Sequence[Account]) -> tuple[date, date] | None:
    """For an undated event: the days of the last like event before it, if that is close by."""
    if account.dated:
        return None
    near = [
        o
        for o in others
        if o.dated and 0 < account.start - o.start <= CLOSE_BY and set(o.kin) & set(account.kin)
    ]
    last = max(near, key=lambda o: o.start, default=None)
    return (last.earliest, last.latest) if last and last.earliest and last.latest else None


def report_names(record: Record) -> tuple[str, ...]:
    """Keys of all names of people, bodies and places in a report."""
    named = {e.name for e in record.entities if any(m.form == "name" for m in e.mentions)}
    return tuple(sorted({name_key(n) for n in named | {p.name for p in record.places}}))


def _account(
    record: Record,
    report: str,
    event: Event,
    around: Location | None,
    time: Time | None,
    parts: tuple[Speakers, Stating, Knowledge],
) -> Account:
    speakers, stating, knowledge = parts
    d = record.document
    statements = stating.of(event)
    speaking = {s.claim for s in statements if s.claim} | set(event.claims)
    speaking |= {c.id for c in stating.topics.loose.get(event.id, ()) if c.act is Act.DENY}
    own_place = next((location(p) for p in record.places if p.id == event.place), None)
    if own_place and own_place.country is None and around:
        own_place = msgspec.structs.replace(own_place, country=around.country)
    earliest, latest, dated = bounds(record, time)
    at = sentence(d.text, event.trigger).text
    spans = [p.span.text for p in event.participants if p.role in (Role.TARGET, Role.LOCATION)]
    sites, site_names = find_sites(spans, knowledge)
    counted = counts(record, event, knowledge)
    return Account(
        key=account_key(d.id, event.trigger.start, event.trigger.end, event.type),
        document=d.id,
        report=report,
        event=event.id,
        outlet=d.outlet,
        published=d.published,
        type=event.type,
        family=knowledge.family(event.type),
        consequence=knowledge.is_consequence(event.type),
        trigger=stem(event.trigger.text.casefold()),
        start=event.trigger.start,
        earliest=earliest,
        latest=latest,
        dated=dated,
        place=own_place or around,
        placed=own_place is not None,
        parties=parties(event, speakers, knowledge, stating.scenes),
        sites=sites,
        site_names=site_names,
        counts=counted,
        headline=any(p.kind is PartKind.HEADLINE and p.start <= event.trigger.start < p.end for p in d.parts),
        kin=kin_of(event, counted, knowledge),
        lasting=knowledge.is_lasting(event.type),
        hypothetical=event.factuality in (Factuality.PLANNED, Factuality.CONDITIONAL),
        words=tuple(sorted(telling_words(at))),
        statements=statements,
        claims={c.id: n for n, c in enumerate(record.claims, 1) if c.id in speaking},
        told=" ".join(event.trigger.text.split()),
    )


def kin_of(event: Event, counted: Sequence[Count], knowledge: Knowledge) -> tuple[str, ...]:
    """The families as which an event may be told: its type's, that of the word for it, and violence for whatever killed or wounded people."""
    harmed = any(c.measure in (Measure.KILLED, Measure.WOUNDED) for c in counted)
    word = knowledge.kinds.get(stem(event.trigger.text.casefold()))
    more = (word, VIOLENCE if harmed else None)
    return tuple(dict.fromkeys([*knowledge.kin(event.type, event.trigger.text), *(x for x in more if x)]))


def report_towns(record: Record) -> tuple[str, ...]:
    """Keys of the towns and spots that a report names, under their names and as it spells them."""
    named = [p for p in record.places if location(p).fine or p.precision is None]
    return tuple(sorted({name_key(n) for p in named for n in (p.name, p.span.text)}))


def bounds(record: Record, time: Time | None) -> tuple[date | None, date | None, bool]:
    """The first and last day on which an event with this time may lie, and whether the text tells them."""
    if time:
        return time.earliest or time.latest, time.latest or time.earliest, True
    published = record.document.published
    return (shifted(published, -BACK), published, False) if published else (None, None, False)


def parties(
    event: Event, speakers: Speakers, knowledge: Knowledge, scenes: frozenset[str] = frozenset()
) -> tuple[Party, ...]:
    """Actors, targets, recipients and instruments by the name that fits them."""
    people = {e.id for e in speakers.entities.values() if e.kind is EntityKind.PERSON}
    return tuple(
        Party(m.role, m.name, speaker_party(speakers, m.entity), m.named, m.entity in people)
        for m in cast(event, speakers.entities, knowledge, scenes)
    )


def find_sites(spans: list[str], knowledge: Knowledge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Classes of the sites in the words of targets and locations, and the proper names before the noun."""
    classes: dict[str, None] = {}
    names: dict[str, None] = {}
    for text in spans:
        words = WORD.findall(OF_THE_PERSON.split(text)[0])
        found = [
            knowledge.sites.get(w) or knowledge.sites.get(w.removesuffix("s"))
            for w in map(str.casefold, words)
        ]
        for n, site in enumerate(found):
            if site is None or only_describes(
                site, words[n : n + 2], text, follows=any(found[n + 1 : n + 2])
            ):
                continue
            classes[site] = None
            proper = [w for w in words[:n] if w[0].isupper() and w.casefold() not in ("the", "a", "an")]
            if proper:
                names[f"{' '.join(proper).casefold()} {site}"] = None
    return tuple(classes), tuple(names)


def only_describes(site: str, words: Sequence[str], text: str, *, follows: bool) -> bool:
    """True for a site's noun right before the noun of another thing (“bus station”, “ferry terminal”).

    `words`: the noun and the next one; `follows`: that one is a site's noun. Only what moves lends its name to any thing.
    """
    if len(words) < 2 or " ".join(words) not in text:
        return False
    return follows or (site in MOVING and words[1].islower() and not GOES_ON.fullmatch(words[1]))


def counts(record: Record, event: Event, knowledge: Knowledge) -> tuple[Count, ...]:
    """The event's own figures; running tolls are no part of it."""
    out = []
    for f in record.figures:
        if f.event != event.id or f.cumulative or f.ordinal:
            continue
        words = f"{f.of.text if f.of else ''} {f.unit or ''} {f.span.text}".lower().split()
        part = next((knowledge.parts[w] for w in words if w in knowledge.parts), None)
        out.append(Count(f.measure, f.low, f.best, f.high, part))
    return tuple(out)
