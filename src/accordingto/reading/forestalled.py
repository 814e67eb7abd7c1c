"""Deeds that others forestalled or that nobody dared: "before they could leave", "before they were able to attack", "no one dared to protest"."""

from __future__ import annotations

import re

from accordingto.reading.constituents import Words, hung_on

NEAR = 25  # words between a verb and what hangs on it
CLIMB = 3  # steps from a deed to the verb or clause that tells of it
BEFORE = re.compile(r"before", re.I)
COULD = re.compile(r"could", re.I)
ABLE = re.compile(r"able", re.I)
WAS = re.compile(r"was|were|being", re.I)
DARING = re.compile(r"dare[sd]?|daring", re.I)
NOT = re.compile(r"not|never|n['’]?t|t|no|nobody|none|neither|few", re.I)


def is_forestalled(words: Words, deed: int) -> bool:
    """Whether a deed's clause tells that it was not done since something came before it, or since nobody dared."""
    for _ in range(CLIMB):
        above, relation = words.head(deed), words.syntax.relation(deed)
        before = [w for w in hung_on(deed, words.syntax, NEAR) if w < deed]
        if relation == "advcl" and too_late(words, deed, before):
            return True
        if relation in ("xcomp", "ccomp", "advcl") and DARING.fullmatch(words.said(above)) and above < deed:
            return undared(words, above)
        if above == deed or relation not in ("obj", "xcomp", "conj"):
            return False
        deed = above
    return False


def too_late(words: Words, verb: int, before: list[int]) -> bool:
    """Whether "before … could" or "before … were able to" brings a verb in; `before` are the words ahead of it that hang on it."""
    said = [words.said(w) for w in before]
    if not any(map(BEFORE.fullmatch, said)):
        return False
    return any(map(COULD.fullmatch, said)) or (
        ABLE.fullmatch(words.said(verb)) is not None and any(map(WAS.fullmatch, said))
    )


def undared(words: Words, verb: int) -> bool:
    """Whether a verb of daring is denied, or its subject is nobody."""
    hung = [w for w in hung_on(verb, words.syntax, NEAR) if w < verb]
    subjects = [w for w in hung if words.label(w) == "nsubj"]
    said = [
        words.said(w)
        for w in (*hung, *(d for s in subjects for d in hung_on(s, words.syntax, NEAR) if d < s))
    ]
    return any(map(NOT.fullmatch, said))
