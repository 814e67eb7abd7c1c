"""What others say that somebody dismisses, in the passive: “Reports of a riot were dismissed as “fantasy” by [the prison service]”.

Whoever does so stands behind “by”; what is dismissed stands before the verb, as its subject, or as the noun on which a tree hangs the verb after a
clause of its own (“Reports that two priests were abducted were dismissed”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import noun_end, noun_start
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.sentences import characters
from accordingto.reading.withheld import TOLD_OF, UNTRUE
from accordingto.spans import Range, trim

PASSIVE = re.compile(
    r"\b(?:(?P<sure>dismissed|rejected)|called|branded|described|label+ed|termed|characteri[sz]ed|denounced|portrayed)\b",
    re.I,
)
NOUN = re.compile(TOLD_OF, re.I)
HELPING = frozenset("was were is are be been being has have had".split())
JUDGES = re.compile(
    r"\b(?:courts?|judges?|tribunals?|magistrates?|jur(?:y|ies)|justices?(?! (?:ministr|department|minister|secretary)))\b",
    re.I,
)  # whose “dismissed” is a ruling
UNTRUE_AT_ONCE = re.compile(rf"[^.;\n]{{0,40}}?\b{UNTRUE}\b", re.I)
FARTHEST = 12  # words between the verb and who dismisses
LONGEST = 40  # words of what is dismissed


def with_dismissals(text: str, layers: Layers, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions with those who dismiss what others say, whose words end before the verb."""
    syntax = layers.syntax
    out = list(attributions)
    if syntax is None or not syntax.labels:
        return out
    for m in PASSIVE.finditer(text):
        at, v = Range(*m.span()), layers.word_at(m.start())
        if v >= len(layers.words) or layers.words[v] != at:
            continue
        told = dismissed(text, v, layers, syntax)
        by = agent(text, v, layers, syntax) if told else None
        if told is None or by is None or JUDGES.search(text, *by):
            continue
        what, verb = told
        if not m["sure"] and not UNTRUE_AT_ONCE.match(text, at.end):
            continue
        known = next((a for a in out if a.cue is not None and a.cue.overlaps(at)), None)
        source = known.source if known and known.source and known.source.overlaps(by) else by
        cue = known.cue if known and known.cue else Range(verb, at.end)
        called = trim(text, Range(max(cue.end, at.end), max(cue.end, by.start - len(" by"))))
        judged = (called,) if called.end > called.start and called.end < by.start else ()
        out = [shortened(text, a, what, verb) for a in out if a is not known]
        out.append(Attribution(source, cue, (what, *judged), known.score if known else 0.5))
    return out


def shortened(text: str, a: Attribution, what: Range, verb: int) -> Attribution:
    """An attribution in what is dismissed, its contents ending before the verb that dismisses it; what holds the verb as a whole stays."""
    if a.cue is None or not what.contains(a.cue):
        return a
    cut = (trim(text, Range(c.start, verb)) if c.start < verb < c.end else c for c in a.content)
    return replace(a, content=tuple(cut))


def dismissed(text: str, v: int, layers: Layers, syntax: Syntax) -> tuple[Range, int] | None:
    """What a passive verb says to be dismissed, and where the verb with its helpers begins; None where that is no report or claim."""
    words = layers.words
    first = v
    while first > 0 and ((form := text[slice(*words[first - 1])].lower()) in HELPING or form.endswith("ly")):
        first -= 1
    if first == v:
        return None
    near = range(max(0, v - LONGEST), v)
    subjects = [w for w in near if syntax.heads[w] == v and syntax.relation(w) == "nsubj"]
    noun = subjects[-1] if subjects else int(syntax.heads[v])
    if noun not in near or not NOUN.fullmatch(text, *words[noun]):
        return None
    start = noun_start(noun, syntax)
    what = characters(words, Range(noun if start is None else start, first))
    broken = "\n" in text[slice(*what)] or any(
        s.start > what.start for s in layers.sentences if s.start <= words[v].start
    )
    return None if broken else (what, words[first].start)


def agent(text: str, v: int, layers: Layers, syntax: Syntax) -> Range | None:
    """Who does what a passive verb tells: the phrase behind “by”."""
    words = layers.words
    for w in range(v + 1, min(v + FARTHEST, len(words) - 1)):
        if text[slice(*words[w])].lower() == "by" and int(syntax.heads[w]) > w:
            head = int(syntax.heads[w])
            return characters(words, Range(w + 1, noun_end(head, syntax) + 1))
    return None
