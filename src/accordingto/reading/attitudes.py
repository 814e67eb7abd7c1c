"""What people are ready, willing or determined to do: it is said where somebody voices it, “The council voiced [its readiness] to pay”, not where
others tell how fit for it they are: “doubts about [the army's readiness] to move”.

Where such a noun is what a sentence tells of, its content ends before the verb: “[Ruiz's decision] [to leave] was a mistake”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.spans import Range, trim

FITNESS = re.compile(r"\b(?:readiness|willingness)(?: to)?$", re.I)
NOUN = re.compile(
    r"\b(?:readiness|willingness|unwillingness|determination|eagerness|reluctance|intentions?|desire|decision|refusal|plans?|promise|pledge|vow|threat|offer|"
    r"commitment|wish)(?: to)?$",
    re.I,
)
NEAR = 16  # characters from where a content begins to who is ready in it


def voiced(text: str, layers: Layers, attributions: tuple[Attribution, ...]) -> Iterator[Attribution]:
    """The attributions without readiness that nobody voices, the contents of nouns without the verb of which these are the subject."""
    begun = [c for a in attributions for c in a.content]
    for a in attributions:
        if a.cue is None:
            yield a
        elif FITNESS.search(text, *a.cue):
            start = min(r.start for r in (a.source, a.cue) if r)
            if any(c.contains(a.cue) and 0 <= start - c.start <= NEAR for c in begun):
                yield a
        else:
            yield ended(text, a, a.cue, layers)


def ended(text: str, a: Attribution, cue: Range, layers: Layers) -> Attribution:
    """An attribution whose content ends before the verb of which the noun of its cue is the subject."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels or len(a.content) != 1 or a.content[0].start < cue.end:
        return a
    called = NOUN.search(text, *cue)
    if called is None:
        return a
    end = predicate(layers, syntax, layers.word_at(called.start()))
    if end is None or not a.content[0].start < end < a.content[0].end:
        return a
    return replace(a, content=(trim(text, Range(a.content[0].start, end)),))


def predicate(layers: Layers, syntax: Syntax, noun: int) -> int | None:
    """Where the words of the verb behind a noun begin, whose subject that is."""
    verb = int(syntax.heads[noun])
    if syntax.relation(noun) != "nsubj" or verb <= noun:
        return None
    return next(
        layers.words[k].start for k in range(noun + 1, verb + 1) if k == verb or syntax.heads[k] == verb
    )
