"""Which events a denial denies: the deed in its words, not what it only speaks of.

"Denied that soldiers shot them" denies the shooting; "denied that the shooting was planned" and "denied owning the car in which
they were shot" take it as given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.layers import Layers
from accordingto.reading.mentions import DEFINITE
from accordingto.reading.withheld import ANSWERING, HELD_BACK, NEAR, RETRACTING
from accordingto.record import Act, Claim
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
UNANSWERING = frozenset((Act.DECLINE, Act.SILENT, Act.UNCERTAIN))
INNER = frozenset(("obj", "xcomp", "ccomp", "conj", "nsubj", "nmod", "compound", "acl", "parataxis", "inner"))
GIVEN = frozenset(("nsubj", "nmod"))
NOMINAL = frozenset(("nsubj", "nmod", "obj", "obl"))
DEEP = 2  # steps from a deed to the word on which the content hangs


def denies(text: str, claim: Claim, mentions: Sequence[Range], layers: Layers) -> bool:
    """Whether a denial's content denies one of an event's mentions; one whose cue is no denial has to say "not" somewhere."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return True
    cue = claim.cue
    plain = cue is not None and DENIAL.search(cue.text)
    taken = cue is not None and RETRACTING.search(text, max(0, cue.start - NEAR), cue.end)
    for part in claim.content:
        inside = [m for m in mentions if part.range.contains(m)]
        if taken and not plain:  # "withdrew its remarks on the raid" takes the raid as given
            inside = [m for m in inside if not is_known(text, m, layers)]
        elif not (plain or NOT.search(text, *part.range)):
            continue
        if any(is_denied(text, part.range, m, layers) for m in inside):
            return True
    return False


def unanswered(text: str, claims: Sequence[Claim]) -> bool:
    """Whether what carries an event are answers held back, which take it neither for true nor for false: "never admitted that soldiers shot
    them", "no confirmation of a raid".
    """
    return bool(claims) and all(
        c.act in UNANSWERING
        and c.cue is not None
        and ANSWERING.search(c.cue.text)
        and not any(NOT.search(text, *part.range) for part in c.content)
        for c in claims
    )


def denied_beside(text: str, mention: Range, around: Range, claims: Sequence[Claim]) -> bool:
    """Whether a word of denial in the sentence around a mention may be meant for it; one that is held back ("never denied") is none.

    The cue of a claim isn't where its content is told elsewhere ("denied the report and said soldiers shot them"), unless that only points
    back to what stands before ("soldiers shot them, but the army denied it").
    """
    return any(
        all(may_mean(text, c, mention) for c in claims if c.cue is not None and c.cue.range.overlaps(word))
        for word in (Range(*m.span()) for m in DENIAL.finditer(text, *around))
        if HELD_BACK.search(text[max(around.start, word.start - NEAR) : word.start]) is None
    )


def may_mean(text: str, claim: Claim, mention: Range) -> bool:
    """Whether a denial is of a mention: by its content, or pointing back to it. One that nobody makes ("nobody denied") is of none."""
    if claim.act is Act.SILENT:
        return False
    contents = [s.range for s in claim.content]
    if not contents or any(c.contains(mention) for c in contents):
        return True
    return mention.end <= claim.start and any(BACK.match(text, *c) for c in contents)


def is_denied(text: str, content: Range, mention: Range, layers: Layers) -> bool:
    """Whether a mention stands where what a content tells stands, not where it is taken as given."""
    syntax = layers.syntax
    assert syntax is not None
    word = layers.word_at(mention.end) - 1
    definite = is_definite(text, mention)
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


def is_definite(text: str, mention: Range) -> bool:
    """Whether a mention stands behind an article or a pronoun that points: "the raid"."""
    return DEFINITE.search(text, max(0, mention.start - 30), mention.start) is not None


def is_known(text: str, mention: Range, layers: Layers) -> bool:
    """Whether a mention is a definite noun, not a verb behind such a noun ("that guards shot them")."""
    syntax = layers.syntax
    assert syntax is not None
    relation = syntax.relation(layers.word_at(mention.end) - 1)
    return relation in NOMINAL and is_definite(text, mention)
