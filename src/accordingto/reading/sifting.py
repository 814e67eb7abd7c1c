"""Which attributions of a document are claims, and which of their contents belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.acts import cue_row
from accordingto.reading.layers import Attribution
from accordingto.reading.tables import ReadingTables
from accordingto.record import Act
from accordingto.spans import Range

LEAVING_OUT = re.compile(
    r"(?:do|does|did)(?: not|n['’]t) (?:distinguish|differentiate|include|separate|count)\b", re.I
)
GROWING = re.compile(r"add(?:s|ed|ing)?$", re.I)
MORE = re.compile(r"to (?:the|an?|his|her|its|their|our|this|these|those|more|already|existing|\d)\b", re.I)


UNNAMED = re.compile(
    r"\banonym(?:ity|ously)\b.*\bto \w+$", re.I | re.S
)  # "spoke on condition of anonymity to discuss"


def spoken(text: str, attributions: Sequence[Attribution], tables: ReadingTables) -> tuple[Attribution, ...]:
    """The attributions without those in which something adds to something ("the deaths add to the toll") or counts tell what they
    leave out ("the figures do not distinguish between"), which limits them and says nothing; without what people want to talk of unnamed
    ("spoke on condition of anonymity to discuss the plan"); without what `data/no_claims.csv` knows ("denied bail", "seeks to", "known
    as"); and without deeds that no table knows as words of saying or thinking ("the police collected samples").
    """
    return tuple(
        a
        for a in attributions
        if not (a.cue and a.content and GROWING.match(text, *a.cue) and MORE.match(text, a.content[0].start))
        and not (a.cue and (LEAVING_OUT.match(text, *a.cue) or UNNAMED.search(text, *a.cue)))
        and (
            a.cue is None or (telling(text, a.cue, a.content, tables) and not unsaid(text, a, a.cue, tables))
        )
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
    """Whether a cue has a row in `data/cues.csv` or is a mere sign (":"), or its content shows by its form that it was said."""
    return (
        cue_row(text, cue, tables) is not None
        or not any(c.isalpha() for c in text[slice(*cue)])
        or any(CONTENT_OF_WORDS.match(text, *c) for c in content)
    )
