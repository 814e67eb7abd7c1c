"""Who does what a mention tells, where the phrase marked as the doer only describes the deed.

"An overnight Freedonian strike": the doer is "Freedonian". "Military strikes" are nobody's.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range


def with_doer(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention whose doer, where it stands as adjectives before the deed, is the name among them; none where there is none."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return mention
    told = (before_deed(text, p, mention, layers, syntax) for p in mention.parts)
    return replace(mention, parts=tuple(p for p in told if p is not None))


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
