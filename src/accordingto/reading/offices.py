"""Who bears an office or is a body that a description names: “the prime minister”, “Freedonia’s foreign minister”."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from accordingto.reading.actors import LEAD, actor_of_phrase, before_name
from accordingto.reading.entities import Found, words_of
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range

NATIONAL = (Class.DEMONYM, Class.COUNTRY)


def bearer(
    text: str,
    mentions: Iterable[tuple[Range, int]],
    entities: Sequence[Found],
    head: str,
    meaning: Collection[str],
    lexicon: Lexicon,
) -> int | None:
    """The number of the first of some mentions' entities whose office or name ends in a head and has all words of a description.

    Words for a country may be missing in the office where its bearer is of that country, or the only one with such an office.
    """
    words = set(meaning) - {head, "s"}
    for at, number in mentions:
        entity = entities[number]
        if entity.kind is EntityKind.ORGANIZATION and head in words_of(entity.name)[-1:]:
            return number
        office = offices(entity)
        if head not in office or ("former" in office and "former" not in words):
            continue
        extra = words - office
        if not extra:
            return number
        nations = [i.entry for w in extra for i in lexicon.items(w.capitalize())]
        if not all(e is not None and e.kind in NATIONAL for e in nations):
            continue
        lead = before_name(text[max(text.rfind("\n", 0, at.start) + 1, at.start - LEAD) : at.start], lexicon)
        theirs = actor_of_phrase(lead, lexicon) if lead else None
        if theirs is not None and theirs.country:
            if all(e is not None and e.country == theirs.country for e in nations):
                return number
        elif sum(head in o and "former" not in o for o in map(offices, entities)) == 1:
            return number
    return None


def offices(entity: Found) -> set[str]:
    """The words of a person's titles and description."""
    if entity.kind is not EntityKind.PERSON:
        return set()
    return set(words_of(" ".join([*entity.titles, entity.description or ""])))
