"""Names that the network cuts in two: a body whose own name ends in a place, "Islamic State in the Greater Sahara", and the holder of a place's office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from accordingto.reading.layers import Layers, Name
from accordingto.reading.lexicon import Class, Lexicon
from accordingto.reading.nameclasses import with_classes, with_given_names
from accordingto.reading.officeholders import with_officeholders
from accordingto.spans import Range

LEADING = re.compile(r"(?:\b(?:al-)?[A-Z][\w’'-]* ){1,4}(?:in|of|for) (?:the )?$")  # "Islamic State in the"
CAPITAL = re.compile(r"\b(?<!-)[A-Z]|\bal-")
LONGEST = 48  # characters before the last name


def with_whole_names(text: str, layers: Layers, is_place: Callable[[str], bool], lexicon: Lexicon) -> Layers:
    """The layers with office-holders parted from their places (`officeholders`), and with bodies whole that a table knows by a name that
    ends in a place, which then is the place of nothing; each name of its class where that is sure, persons' with their given names (`nameclasses`). The “US” of “US$5 million” is no name.
    """
    layers = with_officeholders(text, layers, is_place)
    if any(text.startswith("$", n.at.end) for n in layers.names):
        layers = replace(layers, names=tuple(n for n in layers.names if not text.startswith("$", n.at.end)))
    layers = replace(layers, names=with_classes(text, with_given_names(text, layers.names), lexicon))
    whole = list(bodies(text, layers, lexicon))
    if not whole:
        return layers
    names = [n for n in layers.names if not any(at.contains(n.at) for at in whole)]
    names += [Name(at, "Organization", 1.0) for at in whole]
    happenings = tuple(
        replace(
            h,
            parts=tuple(
                p for p in h.parts if p.role != "place" or not any(at.overlaps(p.at) for at in whole)
            ),
        )
        for h in layers.happenings
    )
    return replace(layers, names=tuple(sorted(names, key=lambda n: n.at)), happenings=happenings)


def bodies(text: str, layers: Layers, lexicon: Lexicon) -> Iterator[Range]:
    """The stretches that end in a name with a link before it and that a table has as the one name of a body."""
    for n in layers.names:
        before = LEADING.search(text, max(0, n.at.start - LONGEST), n.at.start)
        if before is None:
            continue
        for word in CAPITAL.finditer(before[0]):
            at = Range(before.start() + word.start(), n.at.end)
            items = lexicon.items(text[slice(*at)])
            if len(items) == 1 and items[0].entry is not None and items[0].entry.kind is Class.BODY:
                yield at
                break
