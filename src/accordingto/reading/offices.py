"""Who bears an office or is a body that a description names: “the prime minister”, “Freedonia’s foreign minister”."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from accordingto.reading.actors import LEAD, actor_of_phrase, before_name
from accordingto.reading.entities import Found, words_of
from accordingto.reading.layers import Phrase
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range

SHORT = re.compile(r"(?:[Tt]he )?([A-Z]{2,5})")
PREPOSED = re.compile(r"\b(?:of|in|from|for|with|at|on|by|to|against|who|which|that|and)\s|,")
STOP = re.compile(r"[.!?\n]")
LEADING = 24  # characters before a name in which an office may stand
BESIDE = 40  # characters behind a name in which its bearer is described
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
        name = words_of(entity.name)
        if entity.kind is EntityKind.ORGANIZATION and head in name[-1:] and words <= set(name):
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


def called(
    text: str,
    chain: Sequence[Phrase],
    mentions: Sequence[tuple[Range, int]],
    entities: Sequence[Found],
    head: str,
    sort: EntityKind,
) -> int | None:
    """The number of the entity of a sort that a coreference chain names; a person only where it alone is so called nearby."""
    names = [
        (p, m, n)
        for p in chain
        for m, n in mentions
        if p.at.contains(m)
        and (m.contains(p.head) or (m.end == p.at.end and text[m.start - 1 : m.start] == " "))
        and entities[n].kind is sort
        and not PREPOSED.search(text, p.at.start, m.start)
    ]
    if sort is EntityKind.PERSON:
        told = any(head in beside(text, p.at) for p, _, _ in names) or any(
            q.at.contains(m) and text[slice(*q.head)].lower() == head for q in chain for _, m, _ in names
        )
        if not told or len({n for _, _, n in names}) != 1:
            return None
    return max((n for _, _, n in names), key=lambda n: len(words_of(entities[n].name)), default=None)


def beside(text: str, at: Range) -> tuple[str, ...]:
    """The words of a phrase and of what stands around it in its sentence."""
    before = STOP.split(text[max(0, at.start - LEADING) : at.start])[-1]
    after = STOP.split(text[at.end : at.end + BESIDE])[0]
    return words_of(f"{before} {text[at.start : at.end]} {after}")


def offices(entity: Found) -> set[str]:
    """The words of a person's titles and description."""
    if entity.kind is not EntityKind.PERSON:
        return set()
    return set(words_of(" ".join([*entity.titles, entity.description or ""])))


def short_title(
    text: str, said: str, mentions: Iterable[tuple[Range, int]], entities: Sequence[Found]
) -> int | None:
    """The number of the one person before whose name an office in capitals stands: "the SP" after "Superintendent (SP) Ana Ruiz".

    `said` is the description with its article.
    """
    found = SHORT.fullmatch(said)
    if found is None:
        return None
    before = re.compile(rf"(?:\({found[1]}\),?|\b{found[1]}) $")
    bearers = {
        n
        for at, n in mentions
        if entities[n].kind is EntityKind.PERSON and before.search(text, max(0, at.start - LEADING), at.start)
    }
    return bearers.pop() if len(bearers) == 1 else None
