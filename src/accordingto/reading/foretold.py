"""Deeds that are only threatened, warned of or owed: "threatened Kor with sanctions", "warned of an attack", "is obliged to arrest him"."""

from __future__ import annotations

import re
from dataclasses import replace

from accordingto.reading.constituents import Words, head_among, hung_on
from accordingto.reading.layers import Happening, Layers
from accordingto.record import Factuality

TOLD = frozenset((Factuality.OCCURRED, Factuality.ONGOING, Factuality.CLAIMED))
HARMING = frozenset(  # what is done to somebody: who threatens a truce or talks threatens what there is
    """strike bombing attack killing abuse detention destruction blockade displacement repression deployment weapons_test invasion
    sanction legal protest""".split()
)
THREATENING = re.compile(r"threaten(?:s|ed|ing)?", re.I)
WARNING = re.compile(r"(?:fore)?warn(?:s|ed|ing)?", re.I)
THREAT = re.compile(r"threats?", re.I)
OWED = re.compile(r"oblig(?:at)?ed", re.I)
DUTY = re.compile(r"obligations?|dut(?:y|ies)", re.I)
IS = re.compile(r"is|are|be|am|['’](?:s|re|m)", re.I)  # who was obliged to do something mostly did it
DEFINITE = re.compile(r"the|this|that|these|those|its|their|his|her", re.I)
NEAR = 12  # words between a deed and what hangs on it
STEPS = 3


def foretold(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention as *possible* where it is only what a threat, a warning or a duty is about."""
    syntax = layers.syntax
    inside = layers.words_in(mention.trigger)
    if syntax is None or not syntax.labels or not inside or mention.factuality not in TOLD:
        return mention
    tree = Tree(text, layers, syntax)
    deed: int | None = head_among(inside, syntax)
    for _ in range(STEPS):
        if deed is None:
            return mention
        if threatened(tree, deed, mention.type) or warned_of(tree, deed) or owed(tree, deed):
            return replace(mention, factuality=Factuality.POSSIBLE)
        deed = onward(tree, deed)
    return mention


class Tree(Words):
    """The words of one document with their tree, and what leads to its nouns."""

    def before(self, word: int) -> list[int]:
        """The words right before a word that hang on it."""
        return hung_on(word, self.syntax, NEAR)

    def led(self, word: int, *markers: str) -> bool:
        """Whether one of these prepositions or conjunctions leads to a word."""
        return any(
            self.said(w).lower() in markers and self.syntax.relation(w) in ("case", "mark")
            for w in self.before(word)
        )

    def definite(self, word: int) -> bool:
        """Whether a noun is of something known."""
        return any(DEFINITE.fullmatch(self.said(w)) for w in self.before(word))


def onward(tree: Tree, deed: int) -> int | None:
    """The word beside which a deed is named: "strikes and [blockades]", "a wave of [strikes]"; None where it stands for itself."""
    head, relation = tree.head(deed), tree.syntax.relation(deed)
    beside = relation == "conj" and not tree.said(deed).endswith("ed")
    part = relation == "nmod" and tree.led(deed, "of")
    return head if head != deed and (beside or part or relation == "compound") else None


def threatened(tree: Tree, deed: int, kind: str) -> bool:
    """Whether a deed is what somebody threatens to do: "threatened a strike", "threatened Kor with a strike", "the threat of strikes"."""
    head, relation = tree.head(deed), tree.syntax.relation(deed)
    if relation == "nmod" and tree.led(deed, "with") and tree.syntax.relation(head) == "obj":
        return THREATENING.fullmatch(tree.said(tree.head(head))) is not None
    if relation == "nmod":
        return tree.led(deed, "of") and THREAT.fullmatch(tree.said(head)) is not None
    if not THREATENING.fullmatch(tree.said(head)) or head > deed:
        return False
    if relation in ("obl", "obj") and tree.led(deed, "with"):
        return True
    if relation in ("xcomp", "advcl"):
        return tree.led(deed, "to")
    return relation == "obj" and kind in HARMING and not tree.definite(deed)


def warned_of(tree: Tree, deed: int) -> bool:
    """Whether a deed is what somebody warns of: "warned of an attack", "warned against bombing the port"; what is known is there."""
    head = tree.head(deed)
    if not WARNING.fullmatch(tree.said(head)) or head > deed:
        return False
    return tree.led(deed, "against") or (tree.led(deed, "of") and not tree.definite(deed))


def owed(tree: Tree, deed: int) -> bool:
    """Whether a deed is what somebody has to do: "is obliged to arrest him", "its duty to arrest him"."""
    head, relation = tree.head(deed), tree.syntax.relation(deed)
    if not tree.led(deed, "to") or head > deed:
        return False
    bound = OWED.fullmatch(tree.said(head)) and any(IS.fullmatch(tree.said(w)) for w in tree.before(head))
    duty = relation == "acl" and DUTY.fullmatch(tree.said(head))
    return bool((relation in ("xcomp", "ccomp", "advcl") and bound) or duty)
