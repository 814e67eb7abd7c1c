"""Which mentions of an event tell it for a fact: what only points back tells nothing, nor does what is of another deed or names no doer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.mentions import EMPTY, naming
from accordingto.spans import Range

POINTING = re.compile(  # nouns that tell nothing of what happened: they point back to what was said of it
    r"(?:[\w-]+ )*(?:affair|experience|case|matter|event|ordeal|episode|scandal|story)s?", re.I
)
HIT = frozenset(("target", "killed", "wounded"))
SIDES = (frozenset(("actor",)), frozenset(("target",)), frozenset(("place",)))
BLAMED = frozenset(  # deeds of which somebody is guilty
    ("killing", "abuse", "attack", "bombing", "strike", "destruction", "detention")
)


def asserting(
    text: str, best: Happening, parts: Sequence[Part], read: Sequence[tuple[Happening, bool]], layers: Layers
) -> Iterator[Range]:
    """The triggers of the mentions that tell for a fact what the fullest mention `best` tells; `parts` are the event's, `read` its mentions in
    text order, each with whether it is told as having happened.

    Whose doer, target or place shares no word with the fullest mention's is of another deed, and so is "the attack" right behind it; of a crime
    whose doer is named, what does not name the doer tells only that it was done.
    """
    doers = words(text, parts, SIDES[0], layers)
    blamed = best.type in BLAMED and any(p.role == "actor" for p in parts)
    other = False
    for h, fact in read:
        if any(p.role == "actor" or p.role in HIT for p in h.parts):
            other = h is not best and another(text, h, best, layers)
        if other or not fact or POINTING.fullmatch(text, *h.trigger):
            continue
        if (
            not blamed
            or any(p in parts for p in h.parts if p.role == "actor")
            or doers & words(text, h.parts, SIDES[0], layers)
        ):
            yield h.trigger


def another(text: str, mention: Happening, best: Happening, layers: Layers) -> bool:
    """Whether both tell who did it, whom it hit or where it was, and share no word of it."""
    for roles in SIDES:
        mine, its = words(text, mention.parts, roles, layers), words(text, best.parts, roles, layers)
        if mine and its and not mine & its:
            return True
    return False


def words(text: str, parts: Sequence[Part], roles: frozenset[str], layers: Layers) -> frozenset[str]:
    """The words for those in some roles."""
    return frozenset(w for p in parts if p.role in roles for w in naming(text, p.at, layers)) - EMPTY
