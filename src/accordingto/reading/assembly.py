"""Entities, claims, events, figures, times and places of one document to its record: ids, cross-references, order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from accordingto.reading.actors import actor_of, actor_of_phrase, before_name
from accordingto.reading.attitudes import voiced
from accordingto.reading.claims import Draft, find_claims
from accordingto.reading.contrasts import part_contrasts, part_coordinated
from accordingto.reading.cuespans import with_negations
from accordingto.reading.document import headlines
from accordingto.reading.elided import with_elided
from accordingto.reading.entities import Found, find_entities, words_of
from accordingto.reading.eventlinks import link_events
from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.fronted import with_fronted, with_pronouns, with_second_halves
from accordingto.reading.goingon import go_on
from accordingto.reading.grounds import with_grounds
from accordingto.reading.hearsay import find_hearsay, with_hearsay, with_subjects
from accordingto.reading.labelled import find_headed, find_labelled
from accordingto.reading.layers import Layers, Timex
from accordingto.reading.located import Located
from accordingto.reading.namesakes import settle
from accordingto.reading.paragraphs import with_own_paragraphs
from accordingto.reading.places import place
from accordingto.reading.plainspeech import (
    find_plain,
    with_own_subjects,
    with_quoted,
    with_silences,
    with_speakers,
    with_told_subjects,
)
from accordingto.reading.purposes import without_purposes
from accordingto.reading.quotedby import with_cited
from accordingto.reading.relatives import with_whole_clauses, without_main_clauses
from accordingto.reading.reputed import without_owners
from accordingto.reading.secondhand import only_said
from accordingto.reading.sifting import gathered, spoken, with_denials, without_asides, without_twins
from accordingto.reading.sourcekinds import PRONOUNS
from accordingto.reading.speakers import Speaker
from accordingto.reading.speech import find_accordances, find_more, find_repeated
from accordingto.reading.tables import ReadingTables
from accordingto.reading.whereabouts import places_of
from accordingto.record import (
    Actor,
    Claim,
    Document,
    Entity,
    EntityKind,
    Factuality,
    Figure,
    Mention,
    MentionForm,
    Record,
    SaidOn,
    Source,
    SourceKind,
    Time,
)
from accordingto.spans import Cover, Range, span

PRESIDENT = re.compile(
    r"([\w.-]+)(['’]s?)?\s(?:(?:acting|deputy|executive|former|national)\s)?(?:[Vv]ice[- ])?[Pp]resident,?\s$"
)
DAY_PART = re.compile(r"(?<=\d\d-\d\d)T[\w:.+-]+$")
LEADING = 60  # characters before a name in which an office stands
# "President Ana Ruiz of Freedonia": what follows the name.
OF_PLACE = re.compile(r" of ((?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})")


def assemble(
    document: Document,
    layers: Layers,
    times: Sequence[Timex],
    tables: ReadingTables,
    *,
    figures: Sequence[FoundFigure] = (),
    events: Sequence[FoundEvent] = (),
    places: Sequence[Located] = (),
) -> Record:
    """The record of one document."""
    text = document.text
    entities = find_entities(text, layers, tables, times=[t.at for t in times])
    settle(text, entities, layers, tables)
    layers = layers.with_attributions(with_whole_clauses(text, layers))
    layers = layers.with_attributions(with_second_halves(text, layers.attributions))
    layers = layers.with_attributions(with_own_paragraphs(text, layers))
    layers = layers.with_attributions(part_coordinated(text, layers, tables))
    layers = layers.with_attributions(spoken(text, gathered(text, layers), tables))
    layers = layers.with_attributions(with_subjects(text, layers))
    layers = layers.with_attributions(without_asides(text, layers, headlines(document)))
    kept, parted = part_contrasts(text, layers, tables)
    layers = layers.with_attributions((*kept, *parted))
    layers = layers.with_attributions((*with_grounds(text, layers), *find_accordances(text, layers)))
    plain = [*find_plain(text, layers, tables), *find_hearsay(text, layers)]
    headed = find_headed(text, layers, headlines(document), tables)
    labelled = [*find_labelled(text, layers, headlines(document), tables), *headed]
    events = only_claimed(events, [c for a in labelled for c in a.content])
    layers = layers.with_attributions((*layers.attributions, *plain, *labelled))
    layers = layers.with_attributions((*layers.attributions, *with_own_subjects(layers)))
    layers = layers.with_attributions(with_quoted(text, layers.attributions))
    layers = layers.with_attributions(with_cited(text, layers, layers.attributions, tables))
    more = with_told_subjects(layers, find_more(text, layers, tables))
    every = with_speakers(text, layers.with_attributions((*layers.attributions, *more)))
    every = with_elided(text, layers, every, tables)
    every = with_fronted(text, with_negations(text, every))
    every = with_pronouns(text, layers, without_main_clauses(text, layers, every))
    heard = with_hearsay(text, layers.with_attributions(every), tables)
    every = with_subjects(text, layers.with_attributions(heard))
    every = without_owners(text, layers, spoken(text, every, tables))
    every = tuple(voiced(text, layers, without_purposes(text, layers, every, tables)))
    said = find_repeated(text, layers, without_twins(text, every, tables))
    said = with_denials(text, with_silences(text, layers, said, times), tables)
    drafts, speakers = find_claims(text, layers, said, times, entities, tables)
    bodies(text, drafts, speakers, entities)
    note_mentions(text, drafts, entities)
    go_on(text, drafts, times, layers.sentences, entities, document.published)
    order = sorted(range(len(entities)), key=lambda i: entities[i].mentions[0][0])
    names = {old: f"E{new}" for new, old in enumerate(order, 1)}
    rank = sorted(range(len(drafts)), key=lambda i: first(drafts[i]))
    used = list({id(drafts[i].speaker): drafts[i].speaker for i in rank}.values())
    sources = {id(s): f"S{n}" for n, s in enumerate(used, 1)}
    speaking = {s.entity for s in used if s.entity is not None}
    actors = parties(text, entities, speaking | doing(events, entities), tables)
    claims = {old: f"C{new}" for new, old in enumerate(rank, 1)}
    carriers = carrying([f.at for f in figures], drafts)
    alone = Record(
        document=document,
        entities=tuple(entity(text, entities[i], names[i], names, actors[i]) for i in order),
        sources=tuple(source(text, s, sources[id(s)], names, drafts) for s in used),
        claims=tuple(claim(text, drafts[i], claims[i], sources[id(drafts[i].speaker)], claims) for i in rank),
        figures=tuple(
            figure(text, f, f"F{n}", [claims[i] for i in rank if i in carriers[n - 1]], where)
            for n, (f, where) in enumerate(
                zip(figures, places_of(text, figures, places, layers), strict=True), 1
            )
        ),
        times=told_times(text, times),
        places=tuple(place(text, p, f"P{n}") for n, p in enumerate(places, 1)),
    )
    return link_events(alone, only_said(alone, events, layers), layers, tables.persons)


def only_claimed(events: Sequence[FoundEvent], said: Sequence[Range]) -> tuple[FoundEvent, ...]:
    """The events; those whose mentions all stand in what bodies say under their names, where the network sees the reporter's words, are claimed."""
    return tuple(
        replace(e, factuality=Factuality.CLAIMED)
        if e.factuality is Factuality.OCCURRED and all(any(s.contains(m) for s in said) for m in e.mentions)
        else e
        for e in events
    )


def told_times(text: str, times: Sequence[Timex]) -> tuple[Time, ...]:
    """The times of a record."""
    return tuple(
        Time(f"T{n}", span(text, t.at), t.type, t.value, t.earliest, t.latest) for n, t in enumerate(times, 1)
    )


def first(draft: Draft) -> int:
    """Where a claim begins."""
    return min(r.start for r in (draft.source, draft.cue, *draft.content) if r is not None)


def bodies(text: str, drafts: Sequence[Draft], speakers: Sequence[Speaker], entities: list[Found]) -> None:
    """Make entities of the bodies that speak but have no name: "the military", "rescue services"."""
    for speaker in speakers:
        if speaker.entity is not None or speaker.kind is not SourceKind.ORGANIZATION:
            continue
        own = [d for d in drafts if d.speaker is speaker]
        if not own or speaker.first is None or form_of(text, speaker.first) is MentionForm.PRONOUN:
            continue
        mentions = [(m, form_of(text, m)) for m in sorted({d.source for d in own if d.source})]
        if all(form is MentionForm.PRONOUN for _, form in mentions):
            mentions = sorted([(speaker.first, MentionForm.NOMINAL), *mentions])
        speaker.entity = len(entities)
        name = speaker.description or text[speaker.first.start : speaker.first.end]
        entities.append(Found(EntityKind.ORGANIZATION, name, mentions))


def note_mentions(text: str, drafts: Sequence[Draft], entities: list[Found]) -> None:
    """Add the source mentions that are no names to their entities."""
    for draft in drafts:
        if draft.speaker.entity is None or draft.source is None:
            continue
        found = entities[draft.speaker.entity]
        if any(m.overlaps(draft.source) for m, _ in found.mentions):
            continue
        found.mentions.append((draft.source, form_of(text, draft.source)))
        found.mentions.sort()


def form_of(text: str, at: Range) -> MentionForm:
    """The form of a mention that is no name."""
    words = words_of(text[at.start : at.end])
    return MentionForm.PRONOUN if len(words) == 1 and words[0] in PRONOUNS else MentionForm.NOMINAL


def doing(events: Sequence[FoundEvent], entities: Sequence[Found]) -> set[int]:
    """The entities that do something in an event: a mention is its actor, or ends the phrase for it."""
    doers = [p.at for e in events for p in e.parts if p.role == "actor"]
    return {
        n
        for n, e in enumerate(entities)
        for m, _ in e.mentions
        if any(d.contains(m) and d.end == m.end for d in doers)
    }


def parties(
    text: str, entities: Sequence[Found], acting: Set[int], tables: ReadingTables
) -> tuple[Actor | None, ...]:
    """The actor of each entity; `acting` are the entities that speak or do something.

    Bodies come first, then persons, who take from their body what their own words leave open.
    """

    named = {m.end: e.name for e in entities if e.kind is EntityKind.ORGANIZATION for m, _ in e.mentions}

    def actor(number: int, affiliation: Actor | None = None) -> Actor | None:
        found = entities[number]
        return actor_of(
            found.name,
            tables.actors,
            kind=found.kind,
            phrases=phrases_on(text, found, named, tables),
            affiliation=affiliation,
            acts=number in acting,
            others=names_of(text, found) if found.kind is EntityKind.ORGANIZATION else (),
        )

    own = [actor(n) for n in range(len(entities))]
    bodies = {n for n, e in enumerate(entities) if e.kind is EntityKind.ORGANIZATION}
    return tuple(
        actor(n, own[e.affiliation]) if e.kind is EntityKind.PERSON and e.affiliation in bodies else own[n]
        for n, e in enumerate(entities)
    )


def names_of(text: str, found: Found) -> Sequence[str]:
    """The names of an entity in the document, in order of appearance."""
    return tuple(dict.fromkeys(text[slice(*m)] for m, form in found.mentions if form is MentionForm.NAME))


def phrases_on(text: str, found: Found, bodies: Mapping[int, str], tables: ReadingTables) -> list[str]:
    """What a document calls an entity besides its name: description, phrases before a person's name, titles, nominal mentions.

    `bodies` are names of bodies by their ends; who presides over one is no president of a state.
    """
    out: list[str] = [found.description or ""]
    for at, form in found.mentions:
        if form is MentionForm.NOMINAL:
            out.append(text[at.start : at.end])
        elif form is MentionForm.NAME and found.kind is EntityKind.PERSON:
            line = text[text.rfind("\n", 0, at.start) + 1 : at.start]
            apposition = text[at.end : at.end + 1] in (",", ".")
            if lead := before_name(line, tables.actors, apposition=apposition):
                after = OF_PLACE.match(text, at.end)
                out.append(f"{lead} of {after[1]}" if after else lead)
    out += found.titles
    if any(presides(text, at, bodies, tables) for at, form in found.mentions if form is MentionForm.NAME):
        out = [p for p in out if not (p.lower().endswith("president") and of_state(p, tables))]
    return [p for p in out if p]


def of_state(phrase: str, tables: ReadingTables) -> bool:
    """Whether a phrase alone names somebody of a government."""
    actor = actor_of_phrase(phrase, tables.actors)
    return actor is not None and actor.sector == "GOV"


def presides(text: str, at: Range, bodies: Mapping[int, str], tables: ReadingTables) -> bool:
    """Whether a name stands behind the presidency of a body that is no state's: “Blue Harbour President Ana Ruiz”, “the union’s president, …”."""
    lead = max(0, at.start - LEADING)
    office = PRESIDENT.search(text, lead, at.start) if "resident" in text[lead : at.start] else None
    if office is None:
        return False
    if name := bodies.get(office.end(1)):
        actor = actor_of(name, tables.actors, kind=EntityKind.ORGANIZATION)
        return actor is None or actor.sector != "GOV"
    return bool(office[2]) and tables.nouns.get(office[1].lower()) is SourceKind.ORGANIZATION


def entity(text: str, found: Found, name: str, names: dict[int, str], actor: Actor | None) -> Entity:
    """An entity of the record."""
    return Entity(
        id=name,
        name=found.name,
        kind=found.kind,
        description=found.description,
        affiliation=names[found.affiliation] if found.affiliation is not None else None,
        actor=actor,
        mentions=tuple(Mention(*at, text[at.start : at.end], form) for at, form in found.mentions),
    )


def source(text: str, speaker: Speaker, name: str, names: dict[int, str], drafts: Sequence[Draft]) -> Source:
    """A source of the record."""
    reason: Range | None = None
    if speaker.kind is SourceKind.ANONYMOUS:
        reason = next((d.reason for d in drafts if d.speaker is speaker and d.reason), None)
    return Source(
        id=name,
        kind=speaker.kind,
        entity=names[speaker.entity] if speaker.entity is not None else None,
        named=speaker.named,
        description=speaker.description,
        anonymity_reason=span(text, reason) if reason else None,
    )


def carrying(stretches: Sequence[Range], drafts: Sequence[Draft]) -> list[frozenset[int]]:
    """For each stretch the innermost claims in whose content it stands, by their place among the drafts."""
    owners = [i for i, d in enumerate(drafts) for _ in d.content]
    cover = Cover([c for d in drafts for c in d.content])
    holds = [{owners[k] for k in cover.containing(at)} for at in stretches]
    return [frozenset(h - {drafts[i].parent for i in h}) for h in holds]


def figure(text: str, found: FoundFigure, name: str, claims: Sequence[str], where: int | None) -> Figure:
    """A figure of the record; its event is linked with the events, `where` numbers its place from 0."""
    return Figure(
        id=name,
        span=span(text, found.at),
        low=found.low,
        best=found.best,
        high=found.high,
        measure=found.measure,
        unit=found.unit,
        per=found.per,
        ordinal=found.ordinal,
        of=span(text, found.of) if found.of else None,
        place=f"P{where + 1}" if where is not None else None,
        as_of=f"T{found.as_of + 1}" if found.as_of is not None else None,
        cumulative=found.cumulative,
        claims=tuple(claims),
        caveats=tuple(span(text, c) for c in found.caveats),
    )


def claim(text: str, draft: Draft, name: str, source: str, claims: dict[int, str]) -> Claim:
    """A claim of the record; what it is about is linked with the events."""
    when = draft.said_on
    return Claim(
        id=name,
        source=source,
        source_span=span(text, draft.source) if draft.source else None,
        cue=span(text, draft.cue) if draft.cue else None,
        content=tuple(span(text, c) for c in draft.content),
        quotation=draft.quotation,
        act=draft.act,
        said_on=SaidOn(DAY_PART.sub("", when.value), span(text, when.at)) if when and when.value else None,
        medium=draft.medium,
        parent=claims[draft.parent] if draft.parent is not None else None,
    )
