"""What stands before a speaker and belongs to what that one says: quotations that a verb cuts in two, and pronouns of relative clauses.

The network gives the second half of such a quotation to the verb that stands nearest: to a participle (“…,” the mayor said, adding that …. “…”), or to
whom it was heard from (“…,” the mayor said of the dam, according to the daily. “…”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.constituents import climb, head_among
from accordingto.reading.contents import OPENING
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.speech import ACCORDING
from accordingto.spans import Range

FARTHEST = 250  # characters between a verb and a participle beside it
NEXT = re.compile(r"[.!?]?[”\"]?[.!?]?\s+")  # between a sentence and the quotation behind it
QUOTED = re.compile(r".+[,.!?…][”\"](?=\s$)", re.S)  # a quotation before who said it
PRONOUN = re.compile(
    r"(?<![\w’'-])(?:what|(?<!day )(?<!time )(?<!way )(?<!year )that|which|whom?|how [\w-]+)(?= $)", re.I
)
LEAST = len("how ") + 24  # characters before a source in which its pronoun stands
PREPOSITION = re.compile(  # “a speech in which he vowed to stay”
    r"\b(?:in|on|to|at|of|for|from|by|with|about|during|after|before|under|over|through|upon|into|against|than)\s$",
    re.I,
)
SPOKEN_OF = frozenset(("obj", "nsubj"))  # what a pronoun is to a verb of its clause


def with_second_halves(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, second halves of quotations with the verb that the first halves have: “[…],” she [said], adding that ….
    “[…]”."""
    out = list(attributions)
    for number, b in enumerate(out):
        if (
            b.cue is None
            or len(b.content) < 2
            or not text[b.cue.start : b.cue.end].split()[0].endswith("ing")
        ):
            continue
        *mine, half = b.content
        parted = NEXT.fullmatch(text, mine[-1].end, half.start) is not None
        if not parted or text[half.start] not in OPENING or text[mine[0].start] in OPENING:
            continue
        for other, a in enumerate(out):
            if (
                a.cue is not None
                and a.source is not None
                and 0 < b.cue.start - a.cue.end < FARTHEST
                and b.source in (None, a.source)
                and "\n" not in text[a.cue.end : b.cue.start]
                and text[a.content[0].start] in OPENING
                and a.content[-1].end <= min(a.cue.start, a.source.start)
            ):
                out[number] = replace(b, content=tuple(mine))
                out[other] = replace(a, content=(*a.content, half))
                break
    return tuple(out)


def with_fronted(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, whom others heard with all that these heard: “[…],” Ana Ruiz said of the dam, according to the daily. “[…]”."""
    out = list(attributions)
    for heard in attributions:
        if heard.cue is None or ACCORDING.fullmatch(text, *heard.cue) is None:
            continue
        first, *further = heard.content
        if text[first.start] not in OPENING or first.end > heard.cue.start:
            continue
        for number, a in enumerate(out):
            if a.cue is None or a.source is None or not (first.contains(a.cue) and first.contains(a.source)):
                continue
            said = QUOTED.match(text, first.start, min(a.cue.start, a.source.start))
            if said is None:
                continue
            halves = (c for c in (*a.content, *further) if c.start >= a.cue.end and text[c.start] in OPENING)
            out[number] = replace(a, content=(Range(*said.span()), *halves))
    return tuple(out)


def with_pronouns(text: str, layers: Layers, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each with the pronoun that its clause begins with: “[what] he called [a crime]”, “a rule [that] they say [has failed]”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return tuple(attributions)
    out = list(attributions)
    for number, a in enumerate(out):
        if a.cue is None or a.source is None or not a.source.end <= a.cue.start < a.content[0].start:
            continue
        m = PRONOUN.search(text, max(0, a.source.start - LEAST), a.source.start)
        if m is None or PREPOSITION.search(text, max(0, m.start() - LEAST), m.start()):
            continue
        pronoun = layers.word_at(m.start())
        if m[0].lower() in ("that", "which") and of_main_clause(a.cue, a.content[0], layers, syntax):
            continue
        verbs = layers.words_in(Range(a.cue.start, a.content[-1].end))
        spoken_of = int(syntax.heads[pronoun]) in verbs and syntax.relation(pronoun) in SPOKEN_OF
        free = any(int(syntax.heads[w]) == pronoun for w in verbs) and m[0].lower() == "what"
        if spoken_of or free or m[0].lower().startswith("how "):
            out[number] = replace(a, content=(Range(*m.span()), *a.content))
    return tuple(out)


def of_main_clause(cue: Range, said: Range, layers: Layers, syntax: Syntax) -> bool:
    """Whether what is said is the predicate of the noun that the cue's clause is on, “all that they [want] [is to stay]”, or the cue's clause only follows
    from another: “so loud that they [called] [the police]”.
    """
    verb, top = (head_among(layers.words_in(at), syntax) for at in (cue, said))
    how = syntax.relation(verb)
    return how == "advcl" or (how == "acl" and top in climb(syntax, verb))
