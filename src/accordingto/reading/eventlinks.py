"""Events with the entities, times, places, figures and claims that stand around them, all by id.

What the network marks as part of an event comes first; where it marks nothing, what stands in the trigger's
own sentence and fits. Claims point to the events and figures in their content, events to the claims that carry them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import msgspec

from accordingto.reading.comingdays import looking_ahead
from accordingto.reading.denying import denied_beside, denies, unanswered
from accordingto.reading.events import ADDRESSED, FoundEvent, Voice, factuality
from accordingto.reading.layers import Layers
from accordingto.reading.occasions import TALKS, Occasions
from accordingto.reading.stretches import holding
from accordingto.reading.tallying import tallied
from accordingto.reading.timely import foreseen
from accordingto.reading.timeshifts import with_distances
from accordingto.reading.victims import Victim, single_victims
from accordingto.reading.whom import Mentioned, entity_of
from accordingto.record import (
    Act,
    Claim,
    Event,
    Factuality,
    Figure,
    Measure,
    Participant,
    Record,
    Role,
    TimeType,
)
from accordingto.spans import Cover, Range, span

ROLES = {
    "actor": Role.ACTOR,
    "target": Role.TARGET,
    "recipient": Role.RECIPIENT,
    "instrument": Role.INSTRUMENT,
    "place": Role.LOCATION,
}
CRIMES = frozenset(("killing", "abuse", "attack", "bombing"))
WITHHOLDING = frozenset((Act.DENY, Act.DECLINE, Act.UNCERTAIN))
ONESELF = re.compile(r"(?:him|her|it|them)sel(?:f|ves)|each other|one another", re.I)
CONFIRMING = re.compile(r"\b(?:confirm|verif)", re.I)
DOING = re.compile(r"(?:ever |having )?[a-z]{2,}ing\b", re.I)
STATE = re.compile(
    r"(?!(?:that )?(?:it|they|he|she|we|i|its|their|his|her|our|my)\b)(?:[\w’'-]+ ){1,7}?(?:is|are|was|were|(?:had|has|have) been) "
    r"(?:an?|the|in|at|inside|near|among|under|full|empty|used|being used)\b",
    re.I,
)
PLAIN = frozenset("that this with from have been were they their there which would what when who".split())


def link_events(
    record: Record, found: Sequence[FoundEvent], layers: Layers, persons: frozenset[str] = frozenset()
) -> Record:
    """The record with its events, and with the references of figures and claims to them.

    `persons` are nouns for one person, to know single victims by, who become figures too.
    """
    text = record.document.text
    times = with_distances(text, record.times, layers.sentences)
    days = {t.id for t in times if t.type is not TimeType.DURATION} | {None}
    today = record.document.published
    days -= {t.id for t in times if today and t.earliest and t.earliest > today}  # nothing is counted yet
    counted = tuple(f if f.as_of in days else msgspec.structs.replace(f, as_of=None) for f in record.figures)
    record = msgspec.structs.replace(record, times=times, figures=counted)
    found = [foreseen(record, own_word(e, record.claims)) for e in found]
    people = Mentioned(record.entities)
    holders = carriers(found, record)
    places = {c.id: n for n, c in enumerate(record.claims)}
    for claim, number in answers(found, holders, record, layers, people):
        holders[number] = sorted([*holders[number], claim], key=lambda c: places[c.id])
    occasions = Occasions(record, found, layers, people)
    events = tuple(
        Event(
            id=f"V{number}",
            type=e.type,
            trigger=span(text, e.trigger),
            participants=participants(e, layers, record, people),
            time=occasions.time_of(number - 1),
            place=occasions.place_of(number - 1),
            factuality=factuality(
                read_of(text, e, held_by, layers, record.claims), [voice(text, c, e, layers) for c in held_by]
            ),
            claims=tuple(c.id for c in held_by),
        )
        for number, (e, held_by) in enumerate(zip(found, holders, strict=True), 1)
    )
    counting = msgspec.structs.replace(record, figures=tallied(record, found, events, layers, persons))
    figures = with_victims(counting, single_victims(counting, found, layers, persons))
    held: dict[str, list[str]] = {}
    for id, claimed in [*((e.id, e.claims) for e in events), *((f.id, f.claims) for f in figures)]:
        for c in claimed:
            held.setdefault(c, []).append(id)
    claims = tuple(msgspec.structs.replace(c, about=tuple(held.get(c.id, ()))) for c in record.claims)
    return without_counted(
        looking_ahead(msgspec.structs.replace(record, events=events, figures=figures, claims=claims))
    )


def without_counted(record: Record) -> Record:
    """The record without the durations that are figures and place nothing: "sentenced to five years"."""
    lasting = [f.span.range for f in record.figures if f.measure is Measure.DURATION]
    used = {e.time for e in record.events} | {f.as_of for f in record.figures}
    kept = [
        t
        for t in record.times
        if t.type is not TimeType.DURATION
        or t.id in used
        or not any(t.span.range.overlaps(at) for at in lasting)
    ]
    if len(kept) == len(record.times):
        return record
    names = {t.id: f"T{n}" for n, t in enumerate(kept, 1)}
    return msgspec.structs.replace(
        record,
        times=tuple(msgspec.structs.replace(t, id=names[t.id]) for t in kept),
        events=tuple(msgspec.structs.replace(e, time=names[e.time]) if e.time else e for e in record.events),
        figures=tuple(
            msgspec.structs.replace(f, as_of=names[f.as_of]) if f.as_of else f for f in record.figures
        ),
    )


def own_word(event: FoundEvent, claims: Sequence[Claim]) -> FoundEvent:
    """A crime that the reporter tells as a fact, without doers whom only a claim names: "her killing … “by the army”, the family said"."""
    if event.factuality is not Factuality.OCCURRED or event.type not in CRIMES:
        return event
    others = [c.range for claim in claims for c in claim.content if not c.range.contains(event.trigger)]
    parts = tuple(p for p in event.parts if not (p.role == "actor" and any(c.contains(p.at) for c in others)))
    return event if len(parts) == len(event.parts) else dataclasses.replace(event, parts=parts)


def read_of(
    text: str, event: FoundEvent, held_by: Sequence[Claim], layers: Layers, claims: Sequence[Claim] = ()
) -> FoundEvent:
    """An event as the network read it; one read as *denied* is only *claimed* where no claim and no word beside it denies it.

    So is one read as *negated* whose claims hold an answer back. `claims` are all those of the report.
    """
    if event.factuality is Factuality.NEGATED and unanswered(text, held_by):
        return dataclasses.replace(event, factuality=Factuality.CLAIMED)
    if event.factuality is not Factuality.DENIED or any(c.act is Act.DENY for c in held_by):
        return event
    if any(denied_beside(text, m, holding(layers.sentences, m.start), claims) for m in event.mentions):
        return event
    return dataclasses.replace(event, factuality=Factuality.CLAIMED)


def voice(text: str, claim: Claim, event: FoundEvent, layers: Layers) -> Voice:
    """A claim as far as an event's factuality needs it; a denial in whose words the event is only taken as given asserts it."""
    content = tuple(s.range for s in claim.content)
    told = any(c.contains(m) for c in content for m in event.mentions)
    given = claim.act is Act.DENY and told and not denies(text, claim, event.mentions, layers)
    return Voice(content, Act.ASSERT if given else claim.act)


def carriers(found: Sequence[FoundEvent], record: Record) -> list[list[Claim]]:
    """For each event the claims in whose content a mention of it stands, in their order."""
    owners = [n for n, c in enumerate(record.claims) for _ in c.content]
    cover = Cover([s.range for c in record.claims for s in c.content])
    held = [sorted({owners[k] for m in e.mentions for k in cover.containing(m)}) for e in found]
    return [[record.claims[n] for n in numbers] for numbers in held]


def answers(
    found: Sequence[FoundEvent],
    holders: Sequence[Sequence[Claim]],
    record: Record,
    layers: Layers,
    people: Mentioned,
) -> list[tuple[Claim, int]]:
    """Denials, refusals to confirm and doubts in whose words no event stands, each with the event that they are about.

    "Iran denied providing the weapons": the nearest earlier deed of its speaker, or, before that, one that its content
    names by words of its trigger and participants ("declined to confirm the missile transfers"). A word of those whom a deed hit
    denies only a detail ("that any of its members were in the building"), so a denial by others has to name the deed or doing it.
    """
    text = record.document.text
    speakers = {s.id: s.entity for s in record.sources}
    busy = {c.id for held in holders for c in held}
    out = []
    for claim in record.claims:
        if claim.act not in WITHHOLDING or claim.id in busy:
            continue
        content = " ".join(c.text for c in claim.content)
        words = stems(content)
        best: tuple[int, int, int] | None = None
        for number, e in enumerate(found):
            last = max((m.start for m in e.mentions if m.start < claim.start), default=None)
            if last is None or e.type in ADDRESSED or e.type in TALKS:
                continue
            mentioned = " ".join(text[a:b] for a, b in e.mentions)
            named = stems(" ".join((mentioned, *(text[slice(*p.at)] for p in e.parts))))
            doers = {entity_of(text, p.at, layers, people) for p in e.parts if p.role == "actor"}
            doer = speakers[claim.source] is not None and speakers[claim.source] in doers
            shared = len(words & named)
            if claim.act is Act.UNCERTAIN and not confirms(claim) and not words & stems(mentioned):
                continue  # “not sure how to tell the mayor”: of whom an event tells, not of the event
            if meant(text, e, content, doer=doer) if claim.act is Act.DENY else shared:
                best = max(best or (0, 0, 0), (shared + doer, last, number))
        if best is not None:
            out.append((claim, best[2]))
    return out


def confirms(claim: Claim) -> bool:
    """Whether a doubt is one about what could not be confirmed, which may be told by those in it alone: “could not verify the army's report”."""
    return claim.cue is not None and CONFIRMING.search(claim.cue.text) is not None


def meant(text: str, event: FoundEvent, denied: str, *, doer: bool) -> bool:
    """Whether a denial is of an event that its words don't hold: they name the deed, or its means with doing something ("planting the
    bomb"), or its doer denies more than how things stood with whom or what it hit ("that the school was a shelter").
    """
    words = stems(denied)
    means = [p.at for p in event.parts if p.role == "instrument" and DOING.match(denied)]
    if words & stems(" ".join(text[a:b] for a, b in (*event.mentions, *means))):
        return True
    hit = stems(" ".join(text[slice(*p.at)] for p in event.parts if p.role != "actor"))
    return doer and not (words & hit and STATE.match(denied))


def stems(text: str) -> frozenset[str]:
    """The longer words of a text by their first letters: enough to know "transfers" and "transferred" as one."""
    return frozenset(w[:6].rstrip("s") for w in re.findall(r"[^\W\d_]{4,}", text.casefold())) - PLAIN


def participants(
    event: FoundEvent, layers: Layers, record: Record, people: Mentioned
) -> tuple[Participant, ...]:
    """Who and what takes part, with the entities that the phrases mean.

    Nobody does something to themselves, unless the report says so: of phrases for doer and target that seem to mean one entity only
    those that name it do; of those for doer and recipient no pronouns.
    """
    text = record.document.text
    parts = [p for p in event.parts if p.role in ROLES]
    meant = [entity_of(text, p.at, layers, people) for p in parts]
    doing, done, given = (
        {m for m, p in zip(meant, parts, strict=True) if p.role == r}
        for r in ("actor", "target", "recipient")
    )
    if both := (doing & (done | given)) - {None}:
        named = {(m, p.at) for m, p in zip(meant, parts, strict=True) if people.names(m, p.at)}
        unnamed = given - done - {m for m, _ in named}  # by a name; a description is surer than “he”
        sure = [
            (m, p.at) in named or (m in unnamed and " " in text[slice(*p.at)])
            for m, p in zip(meant, parts, strict=True)
        ]
        oneself = any(ONESELF.fullmatch(text, *p.at) for p in parts)
        meant = [m if s or oneself or m not in both else None for m, s in zip(meant, sure, strict=True)]
    return tuple(Participant(ROLES[p.role], m, span(text, p.at)) for m, p in zip(meant, parts, strict=True))


def innermost(claims: Sequence[Claim], at: Range) -> tuple[str, ...]:
    """The ids of the claims in whose content a stretch stands, without those that hold another of them."""
    held = [c for c in claims if any(s.range.contains(at) for s in c.content)]
    outer = {c.parent for c in held}
    return tuple(c.id for c in held if c.id not in outer)


def with_victims(record: Record, victims: Sequence[Victim]) -> tuple[Figure, ...]:
    """The figures and a count of one for each single victim, numbered in text order."""
    text = record.document.text
    more = tuple(
        Figure(
            id="",
            span=span(text, v.at),
            low=1,
            best=1,
            high=1,
            measure=Measure.KILLED,
            unit="people",
            of=span(text, v.at),
            event=None if v.event is None else f"V{v.event + 1}",
            claims=innermost(record.claims, v.at),
        )
        for v in victims
    )
    both = sorted((*record.figures, *more), key=lambda f: f.span.start)
    return tuple(msgspec.structs.replace(f, id=f"F{n}") for n, f in enumerate(both, 1))
