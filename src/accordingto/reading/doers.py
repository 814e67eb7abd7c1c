"""Who does what a mention tells, where the phrase marked as the doer only describes the deed.

"An overnight Freedonian strike": the doer is "Freedonian", whether the network marked it or not. "Military strikes" are nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range

ARMED = frozenset("strike bombing attack invasion deployment".split())  # what peoples' forces do
CALLED = 0.3  # sureness of a doer that only describes the deed
STATE = re.compile(r"U\.?S\.?|U\.?K\.?|NATO")


def with_doer(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention whose doer, where it stands as adjectives before the deed, is the name among them; none where there is none."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return mention
    told = [q for p in mention.parts if (q := before_deed(text, p, mention, layers, syntax)) is not None]
    if mention.type in ARMED and not any(p.role == "actor" for p in told):
        told += [Part("actor", at, CALLED) for at in of_people(text, mention, layers, syntax)[:1]]
    return replace(mention, parts=tuple(told))


def of_people(text: str, mention: Happening, layers: Layers, syntax: Syntax) -> list[Range]:
    """The names of peoples, or of states by their letters, that describe the trigger: "a US drone strike", "the Freedonian raid"."""
    last = bisect_left(layers.words, mention.trigger.end, key=lambda w: w.start) - 1
    out = []
    for n in layers.names:
        word = bisect_left(layers.words, n.at.end, key=lambda w: w.start) - 1
        people = n.label == "NORP" or STATE.fullmatch(text, *n.at)
        if (
            people
            and word < last
            and syntax.heads[word] == last
            and syntax.relation(word) in ("amod", "compound")
        ):
            out.append(n.at)
    return out


def before_deed(text: str, part: Part, mention: Happening, layers: Layers, syntax: Syntax) -> Part | None:
    """A part as it was, but for a doer of adjectives before the trigger: that from its first name on, or none."""
    if part.role != "actor" or text[part.at.end : mention.trigger.start] not in (" ", "-"):
        return part
    last = bisect_left(layers.words, part.at.end, key=lambda w: w.start) - 1
    if syntax.relation(last) != "amod":
        return part
    names = [n.at for n in layers.names if part.at.contains(n.at)]
    if names:
        return replace(part, at=Range(names[0].start, part.at.end))
    return None if text[part.at.start].islower() else part
