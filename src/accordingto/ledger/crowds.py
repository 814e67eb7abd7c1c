"""Crowds: how many took part, were held, freed or driven out, where two voices of one report count them differently.

Which field such a count belongs to stands in `data/type_families.csv` (`counted`): marchers are actors, prisoners targets. A
lone count tells nothing that the participants don't; two that can't both be true are a contest. “60 people” may be whom another
voice calls protesters; who were held nationwide are not those of one town.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, stem
from accordingto.ledger.topics import Topics
from accordingto.passages import sentence
from accordingto.record import Event, Figure, Measure, Record

PEOPLE = frozenset({Measure.OTHER, Measure.DETAINED, Measure.MISSING, Measure.DISPLACED})
ANYBODY = frozenset({"people", "person", "other", "individual"})  # stems for whoever is counted
NATIONWIDE = re.compile(
    r"\b(?:(?:nation|country)wide|(?:across|throughout|around) the (?:whole |entire )?(?:country|nation))\b",
    re.I,
)
PARAGRAPHS = 1  # breaks between an event and the counts of it


def crowds(record: Record, topics: Topics) -> Iterator[tuple[Event, Figure]]:
    """The events of a record with the rival counts of their crowds."""
    groups: dict[str, dict[str, list[Figure]]] = {}
    events = {v.id: v for v in topics.deeds if topics.known.counted(v.type)}
    for f in record.figures:
        if f.measure in PEOPLE and not f.ordinal and f.of is not None and f.best is not None:
            event = events.get(f.event or "") or before(f, list(events.values()), record)
            if event is not None and not is_wider(f, event, record):
                groups.setdefault(event.id, {}).setdefault(noun_of(f), []).append(f)
    for event_id, told in groups.items():
        for crowd in of_one_kind(told, record, topics.known):
            if rivals(crowd, record):
                yield from ((events[event_id], f) for f in crowd)


def rivals(told: Sequence[Figure], record: Record) -> bool:
    """True for counts that two voices give otherwise."""
    sources = {c.id: c.source for c in record.claims}
    voices = {frozenset(sources[c] for c in f.claims) for f in told}
    return len(voices) > 1 and len({f.best for f in told}) > 1


def of_one_kind(told: dict[str, list[Figure]], record: Record, known: Knowledge) -> list[list[Figure]]:
    """Counts by their nouns; people whom nobody else counts so stand with the most of those who have another name."""
    plain = list(chain.from_iterable(g for noun, g in told.items() if noun in ANYBODY))
    named = [g for noun, g in told.items() if noun not in ANYBODY]
    persons = [g for noun, g in told.items() if known.is_person(noun)]
    if not plain or not persons or rivals(plain, record):
        return [plain, *named]
    most = max(persons, key=lambda g: max(f.best or 0 for f in g))
    together = sorted(plain + most, key=lambda f: f.span.start)
    return [together, *(g for g in named if g is not most)]


def noun_of(f: Figure) -> str:
    """The stem of the noun that is counted."""
    words = WORD.findall(f.of.text) if f.of else []
    return stem(words[-1].casefold()) if words else ""


def is_wider(f: Figure, event: Event, record: Record) -> bool:
    """True for a count of a whole country, where the event is of one place."""
    text = record.document.text
    told = [NATIONWIDE.search(sentence(text, at).text) for at in (f.span, event.trigger)]
    return told[0] is not None and (told[1] is None or event.place is not None)


def before(f: Figure, events: list[Event], record: Record) -> Event | None:
    """The event told last before a count, in its paragraph or the one before."""
    earlier = [v for v in events if v.trigger.start < f.span.start]
    last = max(earlier, key=lambda v: v.trigger.start, default=None)
    if last is None:
        return None
    between = record.document.text[last.trigger.start : f.span.start]
    return last if between.count("\n\n") <= PARAGRAPHS else None


def words_of(f: Figure) -> str:
    """A count with its noun: `300 vehicles`."""
    noun = f.of.text if f.of else ""
    return f.span.text if noun in f.span.text else f"{f.span.text} {noun}"
