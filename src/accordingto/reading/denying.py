"""Which events a denial denies: the deed in its words, not what it only speaks of.

"Denied that soldiers shot them" denies the shooting; "denied that the shooting was planned" and "denied owning the car in which
they were shot" take it as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.layers import Layers
from accordingto.reading.mentions import DEFINITE
from accordingto.record import Claim
from accordingto.spans import Range

DENIAL = re.compile(
    r"\b(?:den(?:y|ie[sd]|ying|ials?)|dismiss|reject|refut|disput|rebut|rebuff|repudiat|contradict)", re.I
)
NOT = re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without)\b|n['’]t\b", re.I)
BACK = re.compile(  # what a denial answers without naming it: "it", "the allegations", "any involvement"
    r"(?:that )?(?:it|this|that|so|them|these|those|everything)\W*$|"
    r"(?:[\w’'-]+ ){0,4}(?:claim|report|allegation|accusation|"
    r"charge|account|version|story|stories|suggestion|statement|rumou?r|involvement|involved|responsibility|responsible|role|part|wrongdoing|"
    r"hand|guilt|blame)s?\b(?! (?:that|of)\b)",
    re.I,
)
INNER = frozenset(("obj", "xcomp", "ccomp", "conj", "nsubj", "nmod", "compound", "acl", "parataxis", "inner"))
GIVEN = frozenset(("nsubj", "nmod"))
DEEP = 2  # steps from a deed to the word on which the content hangs


def denies(text: str, claim: Claim, mentions: Sequence[Range], layers: Layers) -> bool:
    """Whether a denial's content denies one of an event's mentions; one whose cue is no denial has to say "not" somewhere."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return True
    plain = claim.cue is not None and DENIAL.search(claim.cue.text)
    for part in claim.content:
        inside = [m for m in mentions if part.range.contains(m)]
        if not inside or not (plain or NOT.search(text, *part.range)):
            continue
        if any(is_denied(text, part.range, m, layers) for m in inside):
            return True
    return False


def denied_beside(text: str, mention: Range, around: Range, claims: Sequence[Claim]) -> bool:
    """Whether a word of denial in the sentence around a mention may be meant for it.

    The cue of a claim isn't where its content is told elsewhere ("denied the report and said soldiers shot them"), unless that only points
    back to what stands before ("soldiers shot them, but the army denied it").
    """
    return any(
        all(may_mean(text, c, mention) for c in claims if c.cue is not None and c.cue.range.overlaps(word))
        for word in (Range(*m.span()) for m in DENIAL.finditer(text, *around))
    )


def may_mean(text: str, claim: Claim, mention: Range) -> bool:
    """Whether a denial is of a mention: by its content, or pointing back to it."""
    contents = [s.range for s in claim.content]
    if not contents or any(c.contains(mention) for c in contents):
        return True
    return mention.end <= claim.start and any(BACK.match(text, *c) for c in contents)


def is_denied(text: str, content: Range, mention: Range, layers: Layers) -> bool:
    """Whether a mention stands where what a content tells stands, not where it is taken as given."""
    syntax = layers.syntax
    assert syntax is not None
    word = layers.word_at(mention.end) - 1
    definite = DEFINITE.search(text, max(0, mention.start - 30), mention.start) is not None
    for _ in range(DEEP + 1):
        head = int(syntax.heads[word])
        if head == word or not content.contains(layers.words[head]):
            return True
        label = syntax.labels[int(syntax.relations[word])]
        relation = label.split(":")[0]
        if relation not in INNER or label == "acl:relcl" or (definite and relation in GIVEN):
            return False
        word = head
    return False
