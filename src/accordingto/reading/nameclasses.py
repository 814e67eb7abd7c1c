"""Names whose class the network got wrong, told by a table, a title or the rest of the report: “Islamic State” is no place and “Mrs. Lima” no body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from accordingto.reading.layers import Name
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.reading.pronouns import given_names
from accordingto.spans import Range

LONGEST = 24  # characters of a given name
UNSURE = frozenset(("Organization", "Location", "Misc"))  # classes that persons are taken for
MISTAKEN = frozenset(("Location", "Misc", "Person"))  # and bodies
TITLED = re.compile(
    r"(?:Mrs?|Ms)\.?(?: [A-Z][\w’'-]+){1,2}(?:['’]s?)?|(?:Gen|Sen|Rep|Gov|Col)\. [A-Z][\w’'-]+(?:['’]s?)?"
)
TITLE = re.compile(r"\b(?:Mrs?|Ms)\.? $")
OWNED = re.compile(r"([A-Z][\w-]+) (?:[A-Z]\. )?[A-Z][\w-]+(['’]s) (?=[A-Z])")  # “Karl Berg’s Senate”
TITLES = frozenset(("Misc", "Person"))  # of a work a person's name may be part
OWNER = re.compile(r"['’]s?$")
GIVEN = re.compile(r"(?<![\w’'-])[A-Z][\w-]* $")  # “Rosa ” before “Lima”
OF_MANY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Aa]nother|[Ss]ome|[Tt]wo|[Mm]any|[Oo]ther) (?:\w+ )?$|[“\"‘]$"
)  # “the Tata family”, “another Habshi”, the “Padron” brand


def with_given_names(text: str, names: Sequence[Name]) -> tuple[Name, ...]:
    """The names of a document, a person's of one word with the given name right before it, which the network left out: “[Rosa Lima]”.

    A word that the text also has in small letters is none there: “Will Lima stay?”
    """
    out: list[Name] = []
    for n in names:
        alone = n.label == "Person" and " " not in text[slice(*n.at)]
        m = GIVEN.search(text, max(0, n.at.start - LONGEST), n.at.start) if alone else None
        given = m[0].rstrip().casefold() if m else ""
        free = m is not None and given in given_names() and not (out and out[-1].at.end > m.start())
        if m and free and re.search(rf"\b{given}\b", text) is None:
            n = replace(n, at=Range(m.start(), n.at.end))
        out.append(n)
    return tuple(out)


def with_classes(text: str, names: Sequence[Name], lexicon: Lexicon) -> tuple[Name, ...]:
    """The names of a document with the classes that they surely have, a person's parted from what is called that person's."""
    names = tuple(part for n in names for part in parted(text, n))
    people = full_names(text, names)
    surnames = {w for w, last in people.items() if last} | alone(text, names)
    several = (words_of(text[slice(*n.at)]) for n in names if n.label == "Organization")
    bodies = {w for words in several if len(words) > 1 for w in words}
    return tuple(
        replace(n, label=label) if (label := of_class(text, n, people, surnames, bodies, lexicon)) else n
        for n in names
    )


def parted(text: str, name: Name) -> Iterator[Name]:
    """A name, or the two that stand in it: a person's in full and what is that person's."""
    owner = None if name.label in TITLES else OWNED.match(text, *name.at)
    if owner is None or owner[1].casefold() not in given_names():
        yield name
        return
    yield replace(name, at=Range(name.at.start, owner.start(2)), label="Person")
    yield replace(name, at=Range(owner.end(), name.at.end))


def full_names(text: str, names: Sequence[Name]) -> dict[str, bool]:
    """The first and last words of full names of persons here, casefolded, each with whether it is a last one."""
    out: dict[str, bool] = {}
    for n in names:
        if n.label == "Person":
            first, *more = words_of(text[slice(*n.at)])
            if more:
                out.setdefault(first, False)
                out[more[-1]] = True
    return out


def alone(text: str, names: Sequence[Name]) -> set[str]:
    """The names of one word that persons have here, casefolded."""
    words = (words_of(text[slice(*n.at)]) for n in names if n.label == "Person")
    return {w[0] for w in words if len(w) == 1}


@lru_cache(4096)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, casefolded, without a possessive ending; one that is empty where there are none."""
    return tuple(OWNER.sub("", name).casefold().split()) or ("",)


def of_class(
    text: str, name: Name, people: dict[str, bool], surnames: set[str], bodies: set[str], lexicon: Lexicon
) -> str | None:
    """The class that a name has for sure where the network saw another; else None."""
    said = text[slice(*name.at)]
    if name.label in UNSURE and is_person(text, said, name, people, surnames, bodies):
        return "Person"
    if name.label in MISTAKEN and lexicon.may_end(words_of(said)[-1].rpartition("-")[2]):
        items = lexicon.items(said)
        entry = items[0].entry if len(items) == 1 else None
        if entry is not None and entry.kind is Class.BODY and not entry.articled:
            return "Organization"
    return None


def is_person(
    text: str, said: str, name: Name, people: dict[str, bool], surnames: set[str], bodies: set[str]
) -> bool:
    """Whether a name is a person's: behind a title, of a given name and a surname known here, or a body's that is but such a word."""
    if TITLED.fullmatch(said) or TITLE.search(text, max(0, name.at.start - 5), name.at.start):
        return True
    first, *more = words_of(said)
    if len(more) == 1:
        return more[0] in surnames and first in given_names()
    if more or name.label != "Organization" or first in bodies or first not in people:
        return False
    known = people[first] or first in given_names()
    turn = text.startswith(":", name.at.end)  # “"BERG: It rained.”
    return known and (turn or OF_MANY.search(text, max(0, name.at.start - 24), name.at.start) is None)
