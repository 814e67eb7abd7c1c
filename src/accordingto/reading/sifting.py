"""Which attributions of a document are claims, and which of their contents belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.acts import cue_row
from accordingto.reading.layers import Attribution, Layers, Syntax
from accordingto.reading.rises import CHANGED_TOLL
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Cover, Range, trim

LEAVING_OUT = re.compile(
    r"(?:do|does|did)(?: not|n['’]t) (?:distinguish|differentiate|include|separate|count)\b", re.I
)
GROWING = re.compile(r"add(?:s|ed|ing)?$", re.I)
MORE = re.compile(r"to (?:the|an?|his|her|its|their|our|this|these|those|more|already|existing|\d)\b", re.I)
UNNAMED = re.compile(
    r"\banonym(?:ity|ously)\b.*\bto \w+$", re.I | re.S
)  # "spoke on condition of anonymity to discuss"
CONDITION = re.compile(r"(?<![\w’'-])(?<!even )(?:if|unless)\s+$", re.I)


def spoken(text: str, attributions: Sequence[Attribution], tables: ReadingTables) -> tuple[Attribution, ...]:
    """The attributions without those in which something adds to something ("the deaths add to the toll") or counts tell what they
    leave out ("the figures do not distinguish between"), which limits them and says nothing; without what people want to talk of unnamed
    ("spoke on condition of anonymity to discuss the plan"); without what may yet be said ("if the court finds that"); without what
    `data/no_claims.csv` knows ("denied bail", "seeks to", "known as"); and without deeds that no table knows as words of saying or thinking
    ("the police collected samples").
    """
    said = Cover([c for a in attributions for c in a.content])
    return tuple(
        a
        for a in attributions
        if not (a.cue and a.content and GROWING.match(text, *a.cue) and MORE.match(text, a.content[0].start))
        and not (a.source and a.cue and supposed(text, a.source, said))
        and not (a.cue and (LEAVING_OUT.match(text, *a.cue) or UNNAMED.search(text, *a.cue)))
        and (
            a.cue is None or (telling(text, a.cue, a.content, tables) and not unsaid(text, a, a.cue, tables))
        )
    )


def supposed(text: str, source: Range, said: Cover) -> bool:
    """Whether the reporter only supposes that somebody says so; what others suppose belongs to what they say."""
    return bool(CONDITION.search(text, max(0, source.start - 14), source.start)) and not said.containing(
        source
    )


def unsaid(text: str, a: Attribution, cue: Range, tables: ReadingTables) -> bool:
    """Whether an attribution has the form of a row of `data/no_claims.csv`, or says no more than a pronoun ("is highly regarded" of "she")."""
    said = " ".join(text[slice(*c)] for c in a.content)
    if said.lower() in PERSONAL and ((row := cue_row(text, cue, tables)) is None or row.act in WORDLESS):
        return True
    words = " ".join(text[slice(*cue)].split()).lower()
    form = f"{words} | {said[:LOOKED_AT]}"
    return any(p.match(form) for p, sourced in tables.no_claims(words) if sourced or a.source is None)


PERSONAL = frozenset("he she him her them me us you who whom".split())
WORDLESS = (Act.ASSERT, Act.OPINE)
LOOKED_AT = 80  # characters of a content
QUOTED = '“"«‘'


def gathered(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions without what stands in another paragraph than their cue and is no quotation.

    A quotation from another paragraph than the cue of nobody in particular ("… has been described as") is one of its own.
    """
    out: list[Attribution] = []
    for a in attributions:
        if a.cue is None or "\n" not in text[min(c.start for c in a.content) : max(c.end for c in a.content)]:
            out.append(a)
            continue
        far = [c for c in a.content if "\n" in text[min(c.end, a.cue.end) : max(c.start, a.cue.start)]]
        said = [c for c in far if text[c.start] in QUOTED]
        near = tuple(c for c in a.content if c not in far or (c in said and a.source is not None))
        if not near or len(near) == len(a.content):
            out.append(a)
            continue
        out.append(replace(a, content=near))
        out += [Attribution(None, None, (c,), a.score) for c in said if a.source is None]
    return out


CONTENT_OF_WORDS = re.compile(r"(?:that|whether|how|why|what)\b|[^“”\"]*[“”\"]", re.I)


def telling(text: str, cue: Range, content: Sequence[Range], tables: ReadingTables) -> bool:
    """Whether a cue has a row in `data/cues.csv`, is a mere sign (":") or changes a toll, or its content shows by its form that it was said."""
    return (
        cue_row(text, cue, tables) is not None
        or not any(c.isalpha() for c in text[slice(*cue)])
        or CHANGED_TOLL.match(text, cue.start) is not None
        or any(CONTENT_OF_WORDS.match(text, *c) for c in content)
    )


MEANWHILE = frozenset("as while after amid".split())
PRONOUNS = frozenset("he she it they we".split())
SAID_IN_HEADLINES = ("xcomp", "ccomp", "advcl", "acl", "root", "conj")


def without_asides(text: str, layers: Layers, headlines: Sequence[Range]) -> tuple[Attribution, ...]:
    """The attributions; in a headline nobody says what happened meanwhile: “Army denies [strike] as toll rises to 17”."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.attributions
    out = []
    for a in layers.attributions:
        last = a.content[-1]
        if a.cue and last.start >= a.cue.end and any(h.contains(last) for h in headlines):
            said = Range(last.start, meanwhile(text, layers, last, syntax))
            a = replace(a, content=(*a.content[:-1], trim(text, said, " ,;:—–-")))
        out.append(a)
    return tuple(out)


def meanwhile(text: str, layers: Layers, said: Range, syntax: Syntax) -> int:
    """Where the clause of another deed begins in what is said that has no clause of its own; else where that ends."""
    inside = layers.words_in(said)
    for w in inside[1:]:
        at = layers.words[w]
        if text[slice(*at)].lower() not in MEANWHILE:
            continue
        before, behind = range(inside.start, w), range(w + 1, inside.stop)
        if behind and text[slice(*layers.words[behind[0]])].lower() in PRONOUNS:  # "… of medics as they fled"
            continue
        if is_clause(text, layers, behind, syntax) and not is_clause(text, layers, before, syntax):
            return at.start
    return said.end


def is_clause(text: str, layers: Layers, words: range, syntax: Syntax) -> bool:
    """Whether words of a headline have a subject and its verb; a number before a verb is one ("40 Flee Gao")."""
    return any(
        (syntax.relation(w) == "nsubj" and w < syntax.heads[w] < words.stop)
        or (
            text[layers.words[w].start].isdigit()
            and w + 1 in words
            and syntax.relation(w + 1) in SAID_IN_HEADLINES
        )
        for w in words
    )
