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
NEAR = 60  # characters before a name in which an age may stand


def of_an_age(people: Antecedents, at: Range) -> int | None:
    """The person of whom that age is told, or the only one named so far of whom none is, where nobody else was called so before."""
    said = people.text[slice(*at)]
    age, parent = AGE.fullmatch(said), PARENT.fullmatch(said)
    if age is None and parent is None:
        return None
    named = {
        n: told_ages(people, n)
        for m, n in people.mentions
        if m.end <= at.start and people.entities[n].kind is EntityKind.PERSON
    }
    same = [n for n, ages in named.items() if age and age[1] in ages]
    if len(same) == 1:
        return same[0]
    if called_before(people.text, said, at) or len(named) != 1:
        return None
    number, ages = named.popitem()
    if parent is None:
        return None if ages else number
    word = "he" if parent[1] else "she" if parent[2] else ""
    return number if gender_fits(word, people.entities[number]) else None


def called_before(text: str, said: str, at: Range) -> bool:
    """Whether words, without their article, stand before a place already: “a 44-year-old man”."""
    return said.partition(" ")[2].lower() in text[: at.start].lower()


def told_ages(people: Antecedents, number: int) -> set[str]:
    """The ages told behind a person's names and before them, in digits."""
    out = set()
    for m, n in people.mentions:
        if n == number:
            behind = BEHIND.match(people.text, m.end)
            before = BEFORE.search(people.text, max(0, m.start - NEAR), m.start)
            out |= {found for x in (behind, before) if x for found in x.groups() if found}
    return out
