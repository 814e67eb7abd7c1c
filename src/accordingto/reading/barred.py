"""What a phrase that takes part can't mean, whatever a chain of the network says.

A country, in front of those who only come from there, is no court and no judge: “a Freedonian judge”, “Freedonia officials”. What somebody
owns isn't its owner, and “the country” is none but a country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from accordingto.reading.constituents import head_among
from accordingto.reading.layers import Layers, Phrase
from accordingto.reading.tables import PersonNoun, SourceNoun
from accordingto.record import Entity, EntityKind, Mention, MentionForm, SourceKind
from accordingto.spans import Range
from accordingto.vocabularies import country_code, table

On = Callable[[Range], list[tuple[Entity, Mention]]]
OWNED = re.compile(r"(my|our|your|his|her|its|their)\s+(?:own\s+)?(?=\w)", re.I)
OURS = frozenset(("my", "our"))
FEW = re.compile(
    r"(?:an?|another|one|two|three|four|five|six|several|some|many|most|a few|a number of|dozens of|\d+)\s",
    re.I,
)
LAND = frozenset(("country", "countries", "nation", "homeland"))
GROUNDS = frozenset(  # nouns behind the name of the place or state that they tell of
    "government state territory region province district county area island islands neighborhood neighbourhood city town village valley "
    "republic peninsula authorities administration".split()
)
TOWN = frozenset(("city", "town", "village"))
AROUND = re.compile(  # those around somebody, told before “of” and the name
    r"(?:the |two |some )?(?:late )?(?:parents?|famil(?:y|ies)|relatives|lawyers?|supporters?|followers|opponents|critics|father|mother|son"
    r"|sons|daughters?|brothers?|sisters?|wife|husband|widow|bodyguards?|aides?|allies|colleagues|friends?|neighbou?rs?|arrest|death"
    r"|killing|murder|trial|home|house|office|funeral) of\s+",
    re.I,
)
WORD = re.compile(r"[\w’'-]+")
THINGS = frozenset(  # what is nobody, no body and no place
    "bill law legislation measure amendment letter meeting hearing session debate shooting weapon gun guns rifle knife bomb spray vehicle car "
    "truck drone missile rocket election vote war money".split()
)
ACTING = frozenset((SourceKind.ORGANIZATION, SourceKind.GROUP, SourceKind.ANONYMOUS, SourceKind.PERSON))
ANY_KIND = frozenset((EntityKind.OTHER, EntityKind.EVENT, EntityKind.WEAPON))
BESIDE = re.compile(
    r"\W{0,3}(?:(?:who|which)\s+)?(?:(?:is|was|are|were|as)\s+)?"
)  # between a name and what calls it so
MANY = frozenset("women people children police those both two three".split())


def around(text: str, at: Range, mention: Mention) -> bool:
    """Whether a phrase means those around a person whose name it ends in: “the parents of [Ana Ruiz]”."""
    return AROUND.fullmatch(text, at.start, mention.start) is not None


def only_describes(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether an entity whose word only stands before the noun of a phrase can't be what that means: a place that the noun doesn't tell
    to be one, “[US] officials”, nor the body of some who belong to it, “some [Union Party] deputies”.
    """
    if entity.kind is EntityKind.PLACE:
        return noun_of(text, at, layers) not in GROUNDS
    return entity.kind is not EntityKind.PERSON and FEW.match(text, at.start, at.end) is not None


def of_no_such_kind(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether an entity is not what the noun of a phrase without a name says: a town for “the country”, a country for “the town”, anybody for
    “the bill”.
    """
    noun = noun_of(text, at, layers)
    if noun in THINGS:
        return entity.kind not in ANY_KIND and (
            entity.kind is EntityKind.PERSON or noun not in entity.name.casefold().split()
        )
    if entity.kind is not EntityKind.PLACE:
        return False
    if noun in LAND:
        return not (
            is_country(entity.name) or (entity.actor is not None and entity.actor.country is not None)
        )
    return noun in TOWN and is_country(entity.name)


def of_several(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether a phrase is of several, “Reds”, “the two”, “lawyers for the family”, and the entity one person."""
    noun = noun_of(text, at, layers)
    if entity.kind is not EntityKind.PERSON:
        return False
    if noun in MANY:
        return True
    names = {w for m in entity.mentions for w in WORD.findall(m.text.casefold())}
    return len(noun) > 4 and noun.endswith("s") and not noun.endswith("ss") and noun not in names


def named_before(text: str, at: Range, entity: Entity) -> bool:
    """Whether an entity is named before a phrase and not right beside it: “Ada Brook, a doctor”, “a doctor, Ada Brook”."""
    names = [m for m in entity.mentions if m.form is MentionForm.NAME]
    if any(
        BESIDE.fullmatch(text, *((m.end, at.start) if m.end <= at.start else (at.end, m.start)))
        for m in names
        if not m.range.overlaps(at)
    ):
        return False
    return any(m.end <= at.start for m in names)


def owns(
    text: str, at: Range, entity: Entity, chain: Sequence[Phrase], layers: Layers, on: On, says: bool
) -> bool:
    """Whether a phrase is somebody's, “his country”, and the entity the owner, a person though the noun is for none, or a land that is not
    known to be the owner's. `says`: the entity says what the phrase stands in.
    """
    owned = OWNED.match(text, at.start, at.end)
    if owned is None:
        return False
    whose = Range(*owned.span(1))
    if owned[1].lower() in OURS and says:
        return True
    chains = [c for _, c in layers.linked(whose)]
    owners = {e.id: e for e, _ in on(whose)}
    if entity.id in owners or any(c is chain for c in chains):
        return True
    noun = noun_of(text, at, layers)
    if entity.kind is EntityKind.PERSON:
        return noun not in person_nouns()
    if entity.kind is EntityKind.PLACE and noun in LAND:
        lands = {e.actor.country for e in owners.values() if e.actor and e.actor.country}
        return bool(lands) and (entity.actor is None or entity.actor.country not in lands)
    return False


def noun_of(text: str, at: Range, layers: Layers) -> str:
    """The noun of a phrase in small letters: the word that the others hang on, else the last."""
    inside, syntax = layers.words_in(at), layers.syntax
    if syntax is None or not inside:
        return next(reversed(WORD.findall(text[slice(*at)].lower())), "")
    return text[slice(*layers.words[head_among(inside, syntax)])].lower()


def is_country(name: str) -> bool:
    """Whether a name is that of a country."""
    return len(name) > 3 and country_code(name) is not None


@cache
def person_nouns() -> frozenset[str]:
    """The nouns for one person."""
    return frozenset(r.noun for r in table("person_nouns", PersonNoun))


@cache
def acting_nouns() -> frozenset[str]:
    """The nouns for one person, and those for bodies and groups that do something."""
    bodies = (r.noun for r in table("source_nouns", SourceNoun) if r.kind in ACTING)
    return person_nouns() | frozenset(bodies)
