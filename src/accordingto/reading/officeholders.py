"""Who holds an office of a place, where the network takes the name behind the place for more of it: "the mayor of Ansongo, Ibrahima Maiga"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from accordingto.reading.appositions import ROLE
from accordingto.reading.lands import DIVISIONS
from accordingto.reading.layers import Happening, Layers, Name
from accordingto.spans import Range

OFFICE = re.compile(
    rf"\b(?:{ROLE}(?<!s)|prefect|sheriff|emir|sultan|oba|bishop|archbishop|imam|magistrate|collector|sarpanch|chief of \w+)\s+(?:of|in|for)\s+(?:the\s+)?$",
    re.I,
)
WORD = r"[^\W\d_a-z][\w’'-]*"
HOLDER = re.compile(
    rf",\s+((?:{WORD}\.?\s)(?:(?:{WORD}\.?|[A-Z]\.|al|el|bin|ibn|ag|ould|de|da|dos|van|von)\s){{0,3}}{WORD})(?=,|[.;](?:\s|$)|\s[—–-]\s)"
)
DIVISION = re.compile(rf"\b(?:{DIVISIONS})$", re.I)
LONGEST = 40  # characters of an office before its place
NO_PERSON = frozenset(("Location", "Misc", "Facility"))


def with_officeholders(text: str, layers: Layers, is_place: Callable[[str], bool]) -> Layers:
    """The layers with such a name parted from its place and told as a person's, also where an event is said to have been there.

    `is_place` tells whether a place bears a name: "the mayor of Portland, New Hampshire" stays one.
    """
    found = dict(officeholders(text, layers, is_place))
    if not found:
        return layers
    people = {text[slice(*at)] for at in found.values()}
    names = [Name(at, "Person", 1.0) for at in found.values()]
    for n in layers.names:
        town = next((t for t in found if n.at.overlaps(t)), None)
        if town is not None:
            names.append(replace(n, at=town))
        elif not any(n.at.overlaps(at) for at in found.values()):
            again = n.label in NO_PERSON and text[slice(*n.at)] in people
            names.append(replace(n, label="Person") if again else n)
    happenings = tuple(without_holders(h, found) for h in layers.happenings)
    return replace(layers, names=tuple(sorted(names, key=lambda n: n.at)), happenings=happenings)


def officeholders(
    text: str, layers: Layers, is_place: Callable[[str], bool]
) -> Iterator[tuple[Range, Range]]:
    """The places with an office before them, each with the stretch of its holder's name, where the network knows of nobody there."""
    for n in layers.names:
        if n.label != "Location" or not OFFICE.search(text, max(0, n.at.start - LONGEST), n.at.start):
            continue
        comma = text.find(",", *n.at)
        town = Range(n.at.start, comma if comma >= 0 else n.at.end)
        m = HOLDER.match(text, town.end)
        if m is None or DIVISION.search(m[1]) or is_place(m[1]):
            continue
        holder = Range(*m.span(1))
        if all(o.label in NO_PERSON for o in layers.names if o.at.overlaps(holder)):
            yield town, holder


def without_holders(mention: Happening, found: dict[Range, Range]) -> Happening:
    """A mention that nobody's name is the place of."""
    parts = []
    for p in mention.parts:
        town = next((t for t, holder in found.items() if p.role == "place" and p.at.overlaps(holder)), None)
        if town is None:
            parts.append(p)
        elif p.at.start < town.end:
            parts.append(replace(p, at=Range(p.at.start, town.end)))
    return replace(mention, parts=tuple(parts))
