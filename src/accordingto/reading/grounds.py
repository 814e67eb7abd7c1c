"""Reasons that somebody gives for what they do: “[The court] freed the men [on the ground] [that nothing was proved].”

The words hang on the verb of the deed; its subject gives the reason, or in the passive whoever stands behind “by”. In what somebody says, the
reason belongs to that.
"""

from __future__ import annotations

import re

from accordingto.reading.constituents import phrase_of
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.sentences import characters
from accordingto.spans import Range, trim

GROUND = re.compile(
    r"\b(?:on|upon) (?:the )?grounds? (?=that\b(?! (?:day|night|morning|afternoon|evening|week|month|year|time)\b))",
    re.I,
)
AGENT = "obl:agent"
RELATIVE = frozenset("which who that".split())  # whose clause a reason seldom is for
IF = frozenset(("if", "unless", "whether"))
UP = 6  # words from the ground to the verb of the deed, each hanging on the next
NEAR = 40  # words between a verb and its subject
SCORE = 0.5


def with_grounds(text: str, layers: Layers) -> tuple[Attribution, ...]:
    """The attributions of the document with the reasons that are given for deeds; one whose content such a reason would end keeps what stands before."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.attributions
    out = list(layers.attributions)
    for m in GROUND.finditer(text):
        cue = Range(m.start(), m.end() - 1)
        sentence = next((s for s in layers.sentences if s.contains(cue)), None)
        known = [a for a in out if a.cue is not None and a.cue.overlaps(cue)]
        if sentence is None or any(a.source is not None and a.cue == cue for a in known):
            continue
        source = giver(text, cue, layers, syntax)
        said = trim(text, trim(text, Range(m.end(), sentence.end)), '.!?”" ')
        if source is None or said.end - said.start < len("that it is"):
            continue
        out = [cut(text, a, cue, source) for a in out if a not in known]
        out.append(Attribution(source, cue, (said,), SCORE))
    return tuple(out)


def cut(text: str, a: Attribution, cue: Range, giver: Range) -> Attribution:
    """An attribution of the same source without the reason behind its content: “[He] [refused] [the request] on the ground …”."""
    if a.source != giver or a.cue is None:
        return a
    before = (c for c in a.content if c.start != cue.end + 1)
    parts = (trim(text, Range(c.start, cue.start), " ,\n") if c.contains(cue) else c for c in before)
    kept = tuple(p for p in parts if p.end > p.start)
    return Attribution(a.source, a.cue, kept, a.score) if kept else a


def giver(text: str, cue: Range, layers: Layers, syntax: Syntax) -> Range | None:
    """Who gives a reason: the subject of the nearest verb above it that has one, or its agent."""
    at = layers.word_at(cue.end) - 1
    for _ in range(UP):
        above = int(syntax.heads[at])
        if above == at:
            return None
        at = above
        near = range(max(0, at - NEAR), layers.word_at(cue.start))
        mine = {syntax.labels[int(syntax.relations[w])]: w for w in near if syntax.heads[w] == at != w}
        supposed = any(syntax.heads[w] == at and text[slice(*layers.words[w])].lower() in IF for w in near)
        if supposed or (AGENT not in mine and not mine.keys().isdisjoint(("nsubj:pass", "aux:pass", "cop"))):
            return None
        who = mine.get(AGENT, mine.get("nsubj"))
        relative = who is not None and text[slice(*layers.words[who])].lower() in RELATIVE
        if who is not None and not relative and syntax.relation(at) not in ("nmod", "obl"):
            phrase = phrase_of(who, syntax)
            return None if phrase is None else characters(layers.words, phrase)
    return None
