"""Those of whom something is believed don't speak: “Gunmen thought to be bandits abducted 12 farmers”.

A participle behind its noun looks like a verb in the past, to a tree as well; “to be” or “to have” right behind it tells. Nobody says so who is named,
and what is said of them ends before their own verb. Nor does anybody whose alleged or suspected deed is told of: “Freedonia's perceived support”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range, trim

BELIEVED = re.compile(
    r"(?:\w+ly )?(?:believed|thought|said|suspected|feared|understood|reported|presumed|alleged|rumou?red|known)",
    re.I,
)
TO_BE = re.compile(r"to (?:be|have(?: been)?)(?: (?:not|\w+ly))?\b", re.I)
BELIEVING = re.compile(
    r"\b(?:what|which|whom|whoever|whomever|whatever) $", re.I
)  # “what many believed to be the end”
SUPPOSED = re.compile(
    r"(?:\w+ly )?(?:perceived|alleged|supposed|suspected|purported|presumed|reported|rumou?red)", re.I
)
OWNER = re.compile(r".*(?:['’]s?|\b(?:its|his|her|their))", re.I | re.S)
CLAUSES = ("xcomp", "advcl", "parataxis", "ccomp", "root", "conj", "acl")
BEFORE_OWN = frozenset(  # before such a word no main verb stands
    "to and or but who which that whom whose when while where if as be been being have not by".split()
)
HELPING = frozenset("was were is are has had have will would did".split())


def without_reputed(
    text: str, layers: Layers, attributions: Sequence[Attribution], tables: ReadingTables
) -> list[Attribution]:
    """The attributions; what is believed of somebody has no source, and they and what they are believed to be are its content."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return list(attributions)
    return [mended(text, a, layers, syntax, tables) for a in attributions]


def is_reputed(text: str, a: Attribution) -> bool:
    """Whether an attribution tells what somebody is believed to be: a participle with “to be” or “to have” right behind it."""
    if a.cue is None or BELIEVED.fullmatch(text, *a.cue) is None:
        return False
    last = a.content[-1]
    return TO_BE.match(text, last.start) is not None and text[a.cue.end : last.start] == " "


def mended(text: str, a: Attribution, layers: Layers, syntax: Syntax, tables: ReadingTables) -> Attribution:
    """An attribution whose cue is such a participle, without a source and with its content cut before the verb of those it tells of."""
    last = a.content[-1]
    who = a.source if a.source is not None else (a.content[0] if len(a.content) > 1 else None)
    if a.cue is None or not is_reputed(text, a):
        return a
    if (
        who is None
        or text[who.end : a.cue.start] not in (" ", ", ")
        or BELIEVING.search(text, max(0, who.start - 12), who.start)
    ):
        return a
    verb = own_verb(text, last, layers, syntax, tables)
    said = last if verb is None else trim(text, Range(last.start, layers.words[verb].start), " ,")
    return replace(a, source=None, content=(who, said))


def without_owners(text: str, layers: Layers, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions; whose something is that is alleged or suspected is no source but part of what is: “[Freedonia's] perceived [support for the rebels]”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return tuple(attributions)
    return tuple(
        replace(a, source=None, content=(a.source, *a.content))
        if a.cue and a.source and is_owner(text, a.cue, a.source, layers, syntax)
        else a
        for a in attributions
    )


def is_owner(text: str, cue: Range, source: Range, layers: Layers, syntax: Syntax) -> bool:
    """Whether a source is only whose something is that is supposed by nobody who is named: “[Freedonia's] perceived [support for the rebels]”."""
    return (
        SUPPOSED.fullmatch(text, *cue) is not None
        and source.end < cue.start
        and not text[source.end : cue.start].strip()
        and OWNER.fullmatch(text, *source) is not None
        and syntax.relation(layers.word_at(cue.end) - 1) == "amod"
    )


def own_verb(text: str, said: Range, layers: Layers, syntax: Syntax, tables: ReadingTables) -> int | None:
    """The word number of the verb of those who are believed to be something, behind what they are believed to be."""
    words = layers.words
    inside = layers.words_in(said)
    to = TO_BE.match(text, said.start)
    first = layers.word_at(to.end() if to else said.start) + 1  # what they are, or have done
    for w in range(first, inside.stop):
        before, form = (text[slice(*words[k])].lower() for k in (w - 1, w))
        if before in BEFORE_OWN or not before[0].isalnum():
            continue
        if form in HELPING:
            return w
        if syntax.relation(w) not in CLAUSES or form.endswith("ing"):
            continue
        takes = any(
            int(syntax.heads[k]) == w and syntax.relation(k) in ("obj", "obl", "advmod", "iobj")
            for k in range(w + 1, inside.stop)
        )
        past = form.endswith("ed") or tables.lemma(form) != form
        if takes or past:
            return w
    return None
