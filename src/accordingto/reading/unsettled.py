"""Deeds of which their sentence leaves open whether they were done: "it was not clear whether it was an attack"."""

from __future__ import annotations

import re
from dataclasses import replace

from accordingto.reading.constituents import head_among, hung_on
from accordingto.reading.layers import Happening, Layers, Syntax
from accordingto.record import Factuality

WHETHER = re.compile(r"whether", re.I)
IF = re.compile(r"if", re.I)
UNSURE = re.compile(r"(?:un)?clear|(?:un)?known?|(?:un)?certain|sure|(?:un)?confirmed", re.I)
CLAUSES = frozenset("csubj ccomp advcl acl".split())
ONWARD = frozenset(
    "obj xcomp ccomp conj nsubj csubj compound".split()
)  # from a deed to the verb of its clause
MISREAD = frozenset((Factuality.NEGATED, Factuality.ONGOING))
SETTLED = MISREAD | {Factuality.OCCURRED, Factuality.CLAIMED}
NEAR = 12  # words before a verb in which its "whether" stands
STEPS = 3


def left_open(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention as *possible* where it stands in a "whether", or in an "if" of what is not clear; a definite noun ("whether the army
    carried out the strike") only where it would be *negated* or *ongoing*, for its deed may well be known.
    """
    syntax = layers.syntax
    inside = layers.words_in(mention.trigger)
    if syntax is None or not syntax.labels or not inside or mention.factuality not in SETTLED:
        return mention
    deed = head_among(inside, syntax)
    definite = any(
        syntax.heads[w] == deed and text[slice(*layers.words[w])].casefold() == "the"
        for w in range(max(0, deed - NEAR), deed)
    )
    if (definite and mention.factuality not in MISREAD) or not asked(text, deed, layers, syntax):
        return mention
    return replace(mention, factuality=Factuality.POSSIBLE)


def asked(text: str, deed: int, layers: Layers, syntax: Syntax) -> bool:
    """Whether a deed is that of a clause that asks whether it was."""
    for _ in range(STEPS):
        below = hung_on(deed, syntax, NEAR)
        marks = [
            text[slice(*layers.words[w])] for w in below if syntax.relation(w) in ("mark", "advmod", "cc")
        ]
        above, relation = int(syntax.heads[deed]), syntax.relation(deed)
        if any(map(WHETHER.fullmatch, marks)):
            return True
        if any(map(IF.fullmatch, marks)):
            return relation in CLAUSES and UNSURE.fullmatch(text, *layers.words[above]) is not None
        bare = relation == "obl" and not any(
            syntax.relation(w) == "case" for w in below
        )  # "carried out [the strike]"
        if above == deed or not (relation in ONWARD or bare):
            return False
        deed = above
    return False
