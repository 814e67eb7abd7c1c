"""Who takes part in an event, by a name that fits: the participants of a record, read with care.

A participant's span may hold more than its head (an apposition, a relative clause, a piece of the headline), and the
entity that the record joins it to may be one that is only mentioned in it. Here it gets the name of the entity that its
words begin with, else its own words up to where they are told more closely. What can't be a doer (a place, a weapon, a bare
number) is no doer; what only tells the kind of event ("air" strike, "car" bomb) is no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import name_key
from accordingto.ledger.values import is_machine, states_of
from accordingto.record import Entity, EntityKind, Event, MentionForm, Participant, Record, Role
from accordingto.spans import Span

CLOSER = re.compile(
    r"\s*(?:,(?!\d)|;|:|—|–| who\b| which\b| whom\b| whose\b| that (?:\w+ )?(?:had|have|was|were|is|are)\b).*",
    re.S,
)
LEADING = re.compile(
    r"^(?:['’]s\b|s\b|of\b|and\b|by\b|in\b|on\b|to\b|through\b|into\b|against\b|at\b(?! (?:least|most)\b)|,|—|–)\s*"
)
TRAILING = re.compile(r"['’]s$|\s+(?:in|of|to|on|at|by|from|for|with|near|and|the|a|an|that)$")
NUMBER = re.compile(r"(?:(?:at )?least |more than |about |over |nearly |some )?[\d,.]+$", re.I)
PRONOUN = frozenset(
    "i we he she it they them him her us me this that these those who which whom one some others".split()
)
OWN = re.compile(r"^(?:its|their|his|her|our|my)\b", re.I)
DESCRIPTION = re.compile(  # “the mayor of Marda, …”, “its owner, …”; of “the family of one of the dead, …” the name is another's
    r"(?:(?i:the|an?|its|their|his|her|our|my)|[\w.-]+(?:\s[\w.-]+)?['’]s?)\s+"
    r"(?!(?:\w+\s)?(?:famil|relative|parent|supporter|follower|house|home|car|lawyer)\w*\s(?:of|for)\b)"
    r"(?![^,]*\sand [a-z])(?P<what>[^,;:()\n]+),\s+(?=[A-Z])"
)
OTHER = re.compile(r"(?:the )?(?:latter|former|other)\b", re.I)  # whichever of two that is
LOWER = re.compile(r"\b[a-z]")
ENDED = re.compile(r"$|,| (?:who|whom|whose|which|and|or)\b")
LISTED = re.compile(r",?\s+(?:and|or)\b|,\s+(?:the |an? )?[\w-]+(?:\s+[\w-]+){0,3},?\s+and\b")
WITH = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|with|from|flew|flying|sent|sending|deploy(?:ed|ing)|operat(?:ed|ing))\s+(?:(?:the|its|their|two|three|several|some)\s+)?$",
    re.I,
)
NEAR = 30  # characters before machines in which somebody is said to use them
BODIES = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP})
PERSONS = frozenset({EntityKind.PERSON})
SCENES = frozenset({EntityKind.PLACE, EntityKind.FACILITY, EntityKind.EVENT, EntityKind.WEAPON})
NAMED = (MentionForm.NAME,)
WEAPONS = frozenset({"gas", "bullets", "grenades", "bombs", "shells", "rockets", "missiles", "mines"})
KINDS = frozenset(
    {"air", "roadside", "suicide", "ground", "cross-border", "night"}
)  # of strikes, bombs, raids


@dataclass(frozen=True, slots=True)
class Member:
    """One participant. `own`: a pronoun or “its men”, so that whoever speaks of it may be meant."""

    role: Role
    name: str
    span: Span
    entity: str | None
    named: bool
    own: bool = False


def scenes_of(record: Record) -> frozenset[str]:
    """Keys of a record's places."""
    return frozenset(name_key(n) for p in record.places for n in (p.name, p.span.text))


def cast(
    event: Event, entities: Mapping[str, Entity], known: Knowledge, scenes: frozenset[str] = frozenset()
) -> Iterator[Member]:
    """The participants of an event but its locations, in the record's order; a place of the record is no doer."""
    for p in event.participants:
        if p.role is Role.LOCATION:
            continue
        found = member(whole_weapon(p, event), entities)
        if found is None or (p.role is Role.ACTOR and not can_act(found, entities, known, scenes)):
            continue
        if not (p.role is Role.TARGET and only_a_kind(found, event, known)):
            yield found


def whole_weapon(p: Participant, event: Event) -> Participant:
    """An instrument whose last word is the event's own: “Tear” before “Gas” is “Tear Gas”."""
    at, last = p.span, event.trigger
    if p.role is not Role.INSTRUMENT or last.start != at.end + 1 or last.text.casefold() not in WEAPONS:
        return p
    return msgspec.structs.replace(p, span=Span(at.start, last.end, f"{at.text} {last.text}"))


def member(p: Participant, entities: Mapping[str, Entity]) -> Member | None:
    """A participant under the name that fits; None where its words are a bare number or nothing."""
    line = p.span.text.rsplit("\n", 1)[-1].rsplit(" — ", 1)[-1]
    words = LEADING.sub("", line.strip())
    if not words or NUMBER.fullmatch(words):
        return None
    if words.casefold() in PRONOUN:
        whole = entities.get(p.entity or "")
        told = whole and any(m.form in NAMED for m in whole.mentions) and whole.name.casefold() not in PRONOUN
        if whole and told:
            return Member(p.role, whole.name, p.span, whole.id, True, True)
        return Member(p.role, words, p.span, None, False, True)
    at = p.span.start + p.span.text.rindex(words)
    first = (
        beginning(at, words, entities) or told_more_closely(at, words, entities) or known_as(p, at, entities)
    )
    if first:
        return Member(p.role, first.name, p.span, first.id, True)
    short = CLOSER.sub("", words)
    while TRAILING.search(short):
        short = TRAILING.sub("", short)
    if not short or NUMBER.fullmatch(short):
        return None
    return Member(p.role, short, p.span, None, False, bool(OWN.match(short)))


def beginning(at: int, words: str, entities: Mapping[str, Entity]) -> Entity | None:
    """The entity whose name these words are, up to an apposition or a clause that tells it more closely."""
    short = CLOSER.sub("", words)
    head = re.sub(r"^(?:the|a|an)\s+", "", short, flags=re.I)
    for e in entities.values():
        for m in e.mentions:
            if m.form not in NAMED or not at <= m.start < at + len(short):
                continue
            if re.sub(r"^(?:the|a|an)\s+", "", m.text, flags=re.I) == head:
                return e
            titled = short[: m.start - at]
            if m.end - at == len(short) and titled and all(t[0].isupper() for t in titled.split()):
                return e  # a title before a name
    return None


def known_as(p: Participant, at: int, entities: Mapping[str, Entity]) -> Entity | None:
    """The person with a name whom the record takes a description for: “Ann Roe, [the mayor] who was abducted”."""
    whole = entities.get(p.entity or "")
    if whole is None or whole.kind is not EntityKind.PERSON or OTHER.match(p.span.text):
        return None
    names = [m for m in whole.mentions if m.form in NAMED]
    apposed = any(m.end + len(", ") == at for m in names)
    told = any(m.start == at and m.form is MentionForm.NOMINAL for m in whole.mentions)
    return whole if names and (apposed or told) else None


def told_more_closely(at: int, words: str, entities: Mapping[str, Entity]) -> Entity | None:
    """The person or body whose name stands behind words for it and a comma: “the mayor of Marda, [Ann Roe]”; no list's second."""
    before = DESCRIPTION.match(words)
    if before is None:
        return None
    plain = LOWER.search(
        before["what"]
    )  # “the United Nations, Unicef” are two, “the Prime Minister, Ann Roe” is one
    named = (e for e in entities.values() if e.kind in (BODIES if plain else PERSONS))
    return next(
        (
            e
            for e in named
            for m in e.mentions
            if m.form in NAMED
            and m.start == at + before.end()
            and ENDED.match(words, m.end - at)
            and not LISTED.match(words, m.end - at)
            and not any(at <= o.start < m.start for o in e.mentions if o is not m and o.form in NAMED)
        ),
        None,
    )


def can_act(
    found: Member, entities: Mapping[str, Entity], known: Knowledge, scenes: frozenset[str] = frozenset()
) -> bool:
    """False for a place that is no state, a building, a weapon."""
    if name_key(found.name) in scenes and not known.is_state(found.name):
        return False
    entity = entities.get(found.entity or "")
    if entity is not None:
        return entity.kind not in SCENES or known.is_state(entity.name)
    words = found.name.casefold().split()
    if not words or {words[0], words[-1], words[-1].removesuffix("s")} & (
        known.instruments | KINDS | known.sites.keys()
    ):
        return False
    return not any(
        same_words(found.name, e) for e in entities.values() if e.kind in SCENES
    ) or known.is_state(found.name)


def same_words(name: str, entity: Entity) -> bool:
    """True where a name is that of an entity, in any of its mentions."""
    return any(m.text.casefold() == name.casefold() for m in entity.mentions)


def only_a_kind(found: Member, event: Event, known: Knowledge) -> bool:
    """True for a word before the trigger that tells what kind of event it is: air strike, car bomb, mortar fire."""
    word = found.name.casefold()
    if " " in word:
        return False
    return word in known.instruments or (
        found.span.text.islower() and 0 <= event.trigger.start - found.span.end <= 1
    )


def pointless(m: Member) -> bool:
    """True for a pronoun whose name no one gives, for “there” (“was no raid”), and for a doer that is only “its men”: whose, the claim tells."""
    if m.name.casefold() == "there":
        return True
    return m.own and not m.named and (" " not in m.name or m.role is Role.ACTOR)


def doing(found: Iterable[Member], text: str) -> list[Member]:
    """Those who take part; where no doer is told, a state's machines are it: “Russian jets carried out the strike”, not “used Russian jets”."""
    members = list(found)
    if any(m.role is Role.ACTOR and not pointless(m) for m in members):
        return members
    return [replace(m, role=Role.ACTOR) if is_armed_hand(m, text) else m for m in members]


def is_armed_hand(m: Member, text: str) -> bool:
    """True for a state's machines that act themselves, and are not used by others."""
    if m.role is not Role.INSTRUMENT or not is_machine(m.name) or not states_of(m.name):
        return False
    return WITH.search(text[max(0, m.span.start - NEAR) : m.span.start]) is None
