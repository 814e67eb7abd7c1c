"""Events with the entities, times, places, figures and claims that stand around them, all by id.

What the network marks as part of an event comes first; where it marks nothing, what stands in the trigger's
own sentence and fits. Claims point to the events and figures in their content, events to the claims that carry them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

import msgspec

from accordingto.reading.comingdays import looking_ahead
from accordingto.reading.denying import denied_beside, denies, unanswered
from accordingto.reading.elsewhen import recalled
from accordingto.reading.events import ADDRESSED, FoundEvent, Voice, factuality
from accordingto.reading.layers import Layers
from accordingto.reading.measures import plural_of
from accordingto.reading.occasions import TALKS, VIOLENT, Occasions, holding
from accordingto.reading.timeshifts import with_distances
from accordingto.reading.tolls import risen
from accordingto.reading.victims import DEADLY, Victim, single_victims
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
    Time,
)
from accordingto.spans import Cover, Range, gap, span

ROLES = {
    "actor": Role.ACTOR,
    "target": Role.TARGET,
    "recipient": Role.RECIPIENT,
    "instrument": Role.INSTRUMENT,
    "place": Role.LOCATION,
}
COUNTED: dict[Measure, frozenset[str]] = {
    Measure.KILLED: VIOLENT,
    Measure.WOUNDED: VIOLENT - {"death", "killing"},
    Measure.DETAINED: frozenset(["detention", "release", "repression", "legal"]),
    Measure.MISSING: frozenset(["detention", "disaster", "accident", "attack", "clash"]),
    Measure.DISPLACED: frozenset(["displacement", "evacuation_order", "disaster", "clash"]),
    Measure.REACHED: frozenset(["aid", "health_campaign"]),
    Measure.WEAPONS: frozenset(["arms_transfer", "weapons_test", "strike", "deployment"]),
    Measure.ATTACKS: frozenset(["strike", "attack", "bombing", "clash"]),
}
BEFALLS = {  # what an event does to those who are counted in one of its roles
    ("detention", "target"): Measure.DETAINED,
    ("release", "target"): Measure.DETAINED,
    ("aid", "recipient"): Measure.REACHED,
    ("health_campaign", "target"): Measure.REACHED,
    ("health_campaign", "recipient"): Measure.REACHED,
}
GROUPS = frozenset(
    "people persons men women families households civilians police staff crew inhabitants others".split()
)
INSIDE = re.compile(r"\b(?:who|whom|which|that|of|with|by|from|in|at|after)\b", re.I)
HARMED = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DISPLACED))
CRIMES = frozenset(("killing", "abuse", "attack", "bombing"))
WITHHOLDING = frozenset((Act.DENY, Act.DECLINE, Act.UNCERTAIN))
ONESELF = re.compile(r"(?:him|her|it|them)sel(?:f|ves)|each other|one another", re.I)
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
    record = msgspec.structs.replace(record, times=with_distances(text, record.times, layers.sentences))
    found = [own_word(e, record.claims) for e in found]
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
    befallen = [befell(text, f, found, persons) for f in record.figures]
    told = tuple(
        msgspec.structs.replace(f, measure=b[0]) if b else f
        for f, b in zip(record.figures, befallen, strict=True)
    )
    counted = [
        b[1] if b else event_of(f, found, holding(layers.sentences, f.span.start))
        for f, b in zip(told, befallen, strict=True)
    ]
    figures = tuple(
        msgspec.structs.replace(f, event=event)
        for f, event in zip(told, casualties(text, told, counted, found, layers), strict=True)
    )
    dated = {t.id: t for t in record.times}
    when = {e.id: dated.get(e.time or "") for e in events if e.factuality is not Factuality.ONGOING}
    figures = tuple(own_dead(text, f, when, record.times, layers) for f in figures)
    counting = msgspec.structs.replace(record, figures=figures)
    figures = with_victims(counting, single_victims(counting, found, layers, persons))
    held: dict[str, list[str]] = {}
    for id, claimed in [*((e.id, e.claims) for e in events), *((f.id, f.claims) for f in figures)]:
        for c in claimed:
            held.setdefault(c, []).append(id)
    claims = tuple(msgspec.structs.replace(c, about=tuple(held.get(c.id, ()))) for c in record.claims)
    return looking_ahead(msgspec.structs.replace(record, events=events, figures=figures, claims=claims))


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
            named = stems(" ".join(text[a:b] for a, b in (*e.mentions, *(p.at for p in e.parts))))
            doers = {entity_of(text, p.at, layers, people) for p in e.parts if p.role == "actor"}
            doer = speakers[claim.source] is not None and speakers[claim.source] in doers
            shared = len(words & named)
            if meant(text, e, content, doer=doer) if claim.act is Act.DENY else shared:
                best = max(best or (0, 0, 0), (shared + doer, last, number))
        if best is not None:
            out.append((claim, best[2]))
    return out


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
    those that name it do.
    """
    text = record.document.text
    parts = [p for p in event.parts if p.role in ROLES]
    meant = [entity_of(text, p.at, layers, people) for p in parts]
    doing, done = ({m for m, p in zip(meant, parts, strict=True) if p.role == r} for r in ("actor", "target"))
    if both := (doing & done) - {None}:
        sure = [people.names(m, p.at) for m, p in zip(meant, parts, strict=True)]
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


def casualties(
    text: str,
    figures: Sequence[Figure],
    counted: Sequence[str | None],
    found: Sequence[FoundEvent],
    layers: Layers,
) -> list[str | None]:
    """The events of all figures; killed and wounded that have none share that of the casualties beside them in their
    sentence ("nine were killed and 22 injured"), else have the last violent event told before them in their paragraph.
    """
    out = list(counted)
    types = {f"V{number}": e.type for number, e in enumerate(found, 1)}
    toll = [n for n, f in enumerate(figures) if f.measure in (Measure.KILLED, Measure.WOUNDED)]
    for n in toll:
        lone = out[n] is None or types[out[n] or ""] in DEADLY
        if lone and risen(text, figures[n]):
            out[n] = next(
                (out[m] for m in reversed(toll) if m < n and types.get(out[m] or "") not in (*DEADLY, None)),
                out[n],
            )
        if out[n] is not None:
            continue
        at = figures[n].span.range
        around, line = holding(layers.sentences, at.start), holding(layers.paragraphs, at.start)
        beside = [
            (gap(figures[m].span.range, at), out[m])
            for m in toll
            if counted[m] is not None and around.contains(figures[m].span.range)
        ]
        before = [
            (m.start, f"V{number}")
            for number, e in enumerate(found, 1)
            for m in e.mentions
            if e.type in COUNTED[figures[n].measure] and line.start <= m.start < at.start
        ]
        out[n] = min(beside)[1] if beside else max(before)[1] if before else None
    return out


def own_dead(
    text: str, figure: Figure, when: Mapping[str, Time | None], times: Sequence[Time], layers: Layers
) -> Figure:
    """A figure without its event where it counts the casualties of another time; `when` are the times of the events that are over."""
    if figure.measure not in HARMED or figure.event is None:
        return figure
    other = recalled(text, figure, when.get(figure.event), times, layers)
    return msgspec.structs.replace(figure, event=None) if other else figure


def befell(
    text: str, figure: Figure, found: Sequence[FoundEvent], persons: frozenset[str]
) -> tuple[Measure, str] | None:
    """What befell people whom a figure only counts, and the event that did it: "seized 14 passengers", "gave tents to 90 families"."""
    at, of = figure.span.range, figure.of
    if figure.measure is not Measure.OTHER or of is None or of.start < at.start:
        return None
    told = Range(at.start, of.end)
    for number, e in enumerate(found, 1):
        for p in e.parts:
            measure = BEFALLS.get((e.type, p.role))
            inside = p.at.contains(told) and not INSIDE.search(text, p.at.start, at.start)
            if measure is not None and inside:
                return (measure, f"V{number}") if personal(of.text, persons) else None
    return None


def personal(phrase: str, persons: frozenset[str]) -> bool:
    """Whether what is counted are people, by its last word."""
    noun = phrase.rsplit(None, 1)[-1].lower()
    return noun in GROUPS or any(plural_of(n) == noun for n in persons)


def event_of(figure: Figure, found: Sequence[FoundEvent], around: Range) -> str | None:
    """The event that a figure counts: the nearest that it was marked with, else the nearest of its sentence that fits.

    A mark from another sentence gives way to an event of the figure's own that fits.
    """
    at = figure.span.range
    marked = [
        number
        for number, e in enumerate(found, 1)
        if any(p.role == figure.measure.value and p.at.overlaps(at) for p in e.parts)
    ]
    own = [(gap(m, at), n) for n in marked for m in found[n - 1].mentions if around.contains(m)]
    if own:
        return f"V{min(own)[1]}"
    fitting = COUNTED.get(figure.measure, frozenset())
    near = [
        (gap(m, at), number)
        for number, e in enumerate(found, 1)
        for m in e.mentions
        if e.type in fitting and around.contains(m)
    ]
    if near:
        return f"V{min(near)[1]}"
    return f"V{marked[0]}" if marked else None
