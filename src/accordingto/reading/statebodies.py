"""Bodies that every state has, such as ministries, armies and police: told apart by the country that is named with them."""

from __future__ import annotations

import re

from accordingto.reading.actors import actor_of
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.spans import Range

OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\s+(?:own\s+)?")
SEAT = re.compile(r"\s+in\s+([A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)")
STATE_BODIES = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY"))


def with_owner(text: str, at: Range, before: Range, bodies: Lexicon) -> Range:
    """A body that every state has, with the country that owns it, the name before it: “Ukraine’s Defense Ministry” is not Russia's."""
    if not OWNS.fullmatch(text, before.end, at.start) or country_of(text[slice(*before)], bodies) is None:
        return at
    actor = actor_of(text[at.start : at.end], bodies, kind=EntityKind.ORGANIZATION)
    of_a_state = actor is not None and actor.country is None and actor.sector in STATE_BODIES
    return Range(before.start, at.end) if of_a_state else at


def of_one_state(one: str, other: str, bodies: Lexicon) -> bool:
    """Whether two names tell the same body of one state: “Russia’s Defense Ministry”, “Russian Defense Ministry”."""
    mine, theirs = (led_by_country(n, bodies) for n in (one, other))
    return mine is not None and mine == theirs


def seat_behind(text: str, at: Range, bodies: Lexicon) -> str | None:
    """The country in whose capital a body is said to sit: "the Foreign Ministry in Damascus"."""
    seat = SEAT.match(text, at.end)
    items = bodies.items(seat[1]) if seat else ()
    entry = items[0].entry if len(items) == 1 else None
    return entry.country if entry is not None and entry.kind is Class.SEAT else None


def abroad(name: str, country: str, bodies: Lexicon) -> bool:
    """Whether a name tells a body of another country."""
    actor = actor_of(name, bodies, kind=EntityKind.ORGANIZATION)
    return actor is not None and actor.country not in (None, country)


def country_of(name: str, bodies: Lexicon) -> str | None:
    """The country that a name is alone, by the tables."""
    items = bodies.items(name)
    entry = items[0].entry if len(items) == 1 else None
    return entry.country if entry is not None and entry.kind is Class.COUNTRY else None


def led_by_country(name: str, bodies: Lexicon) -> tuple[str, tuple[str, ...]] | None:
    """The country that begins a body's name, and the words behind it; None where none does."""
    items = bodies.items(name)
    entry = items[0].entry if items else None
    if entry is None or entry.country is None or entry.kind not in (Class.COUNTRY, Class.DEMONYM):
        return None
    return entry.country, tuple(t.key for i in items[1:] for t in i.tokens)


def land_of(body: str, head: str, bodies: Lexicon) -> str | None:
    """The country of a phrase that says no more than a country and its head: “Freedonia’s army”."""
    items = bodies.items(body)
    if len(items) != 2 or items[1].key != head or items[0].entry is None:
        return None
    return items[0].entry.country
