"""Whom an age or the number of children means: “the 44-year-old”, “the father of five”."""

from __future__ import annotations

import re

from accordingto.reading.antecedents import Antecedents
from accordingto.reading.pronouns import gender_fits
from accordingto.record import EntityKind
from accordingto.spans import Range

AGE = re.compile(r"the\s+(\d{1,3})[-‑–]year[-‑–]old", re.I)
PARENT = re.compile(
    r"the\s+(?:(father|grandfather)|(mother|grandmother)|parent)\s+of\s+"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)(?:\s+children)?",
    re.I,
)
BEHIND = re.compile(r",\s+(?:who\s+is\s+|aged?\s+)?(\d{1,3})(?=[,.;])|\s\((\d{1,3})\)")
BEFORE = re.compile(r"\b(\d{1,3})[-‑–]year[-‑–]old\s+(?:[a-z][\w’'-]*\s+){0,3}$")
NEWCOMER = re.compile(  # somebody without a name; not who is described: “Ana Ruiz, a tall woman”
    r"(?<![,’'])\s+(?<!\bis )(?<!\bwas )(?:an?|another|one)\s+(?:[\w’'-]+\s+){0,2}?"
    r"(?:man|woman|boy|girl|teenager|father|mother|resident|villager|farmer|driver|worker|victim|suspect|witness)\b",
    re.I,
)
NEAR = 60  # characters before a name in which an age may stand


def of_an_age(people: Antecedents, at: Range) -> int | None:
    """The person of whom that age is told, or the only one named so far of whom none is, where nobody else was called so before."""
    said = people.text[slice(*at)]
    age, parent = AGE.fullmatch(said), PARENT.fullmatch(said)
    if age is None and parent is None:
        return None
    named: dict[int, set[str]] = {}
    for m, n in people.mentions:
        if m.end <= at.start and people.entities[n].kind is EntityKind.PERSON:
            named.setdefault(n, set()).update(told_ages(people.text, m))
    same = [n for n, ages in named.items() if age and age[1] in ages]
    if len(same) == 1:
        return same[0]
    if len(named) != 1 or told_before(people.text, said, at, age[1] if age else ""):
        return None
    number, ages = named.popitem()
    if parent is None:
        return None if ages else number
    word = "he" if parent[1] else "she" if parent[2] else ""
    return number if gender_fits(word, people.entities[number]) else None


def told_before(text: str, said: str, at: Range, age: str) -> bool:
    """Whether words, without their article, or an age stand before a place already, “a 44-year-old man”, or somebody without a name whom they may mean."""
    before = text[: at.start]
    called = said.partition(" ")[2].lower() in before.lower()
    return called or bool(age and re.search(rf"\b{age}\b", before)) or NEWCOMER.search(before) is not None


def told_ages(text: str, name: Range) -> set[str]:
    """The ages told behind a name and before it, in digits."""
    behind = BEHIND.match(text, name.end)
    before = BEFORE.search(text, max(0, name.start - NEAR), name.start)
    return {found for x in (behind, before) if x for found in x.groups() if found}
