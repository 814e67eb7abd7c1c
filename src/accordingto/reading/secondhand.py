"""Events that the network takes for the reporter's word and that stand in sources' words alone: what a source says was done.

"According to the report, one man has been released": the release is the claim itself, so nobody but its source answers for it. What a
claim only takes as given ("said it mourned those killed in the blast") stays the reporter's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import Words, hung_on
from accordingto.reading.events import ADDRESSED, FoundEvent
from accordingto.reading.layers import Layers
from accordingto.record import Act, Claim, Factuality, Record
from accordingto.spans import Range

TELLING = frozenset((Act.ASSERT, Act.ACCUSE, Act.ESTIMATE))
GIVEN = re.compile(  # cues by which the reporter takes as true what is said
    r"\b(?:not(?:e[sd]?|ing)|admit\w*|acknowledg\w*|conced\w*|confess\w*|recall\w*|remember\w*|remind\w*|confirm\w*|point\w* out|(?:reveal|disclos)\w*"
    r"|show\w*|learn\w*|kn[eo]w\w*|realiz\w*|s[ae]w|seen?|thank\w*|regret\w*|welcom\w*|prais\w*|condemn\w*)\b",
    re.I,
)
GIVEN_THAT = re.compile(rf"(?:{GIVEN.pattern})\s+that\b", re.I)
SPOKEN = ADDRESSED | {"support"}
WHEN = re.compile(
    r"when|while|after|before|because|since|as|though|although|who|whom|which|whose|where", re.I
)  # of a clause aside
NOMINAL = frozenset(("cop", "det"))
SUBJECTS = frozenset(("nsubj", "nsubj:pass", "aux:pass", "aux"))
CLAUSES = frozenset(("root", "ccomp", "parataxis"))
NEAR = 30  # words between a verb and what hangs on it
JOINED = 3  # verbs from a joined one to the first


def only_said(record: Record, found: Sequence[FoundEvent], layers: Layers) -> tuple[FoundEvent, ...]:
    """The events of a record's claims; those that are told as facts in nothing but what a source says, as its very verb, are *claimed*;
    not so what is done by speaking.
    """
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return tuple(found)
    words = Words(record.document.text, layers, syntax)
    return tuple(
        replace(e, factuality=Factuality.CLAIMED)
        if e.factuality is Factuality.OCCURRED
        and e.type not in SPOKEN
        and is_said(e, record.claims, words, layers)
        else e
        for e in found
    )


def is_said(event: FoundEvent, claims: Sequence[Claim], words: Words, layers: Layers) -> bool:
    """Whether all mentions of an event stand in claims that tell something, and the fullest is the verb of what such a claim says."""
    held = [[(c, s.range) for c in claims for s in c.content if s.range.contains(m)] for m in event.mentions]
    if not all(held) or not all(any(c.act in TELLING for c, _ in h) for h in held):
        return False
    if any(c.cue is not None and GIVEN.search(c.cue.text) for h in held for c, _ in h):
        return False
    before = (
        s.text[: m.start - s.start]
        for m in event.mentions
        for c in claims
        for s in c.content
        if s.range.contains(m)
    )
    if any(GIVEN_THAT.search(text) for text in before):  # "seethed after the disclosure that he was freed"
        return False
    own = held[event.mentions.index(event.trigger)]
    return any(is_main(event.trigger, content, words, layers) for c, content in own if c.act in TELLING)


def is_main(trigger: Range, content: Range, words: Words, layers: Layers) -> bool:
    """Whether a trigger is the verb of a content's main clause, or one that is joined to it."""
    inside = layers.words_in(content)
    for verb in layers.words_in(trigger):
        hung = hung_on(verb, words.syntax, NEAR)
        labels = {words.label(w) for w in hung}
        joined = words.syntax.relation(verb) == "conj"
        if labels & NOMINAL or not (labels & SUBJECTS or joined):
            continue
        for _ in range(JOINED):
            above = words.head(verb)
            if words.syntax.relation(verb) == "conj" and above != verb and above in inside:
                verb = above
        if any(WHEN.fullmatch(words.said(w)) for w in hung_on(verb, words.syntax, NEAR)):
            continue
        free = words.head(verb) == verb or words.head(verb) not in inside
        if free and words.syntax.relation(verb) in CLAUSES:
            return True
    return False
