"""The subject and the content of a verb of saying, by the sentence's tree."""

from __future__ import annotations

import numpy as np

from accordingto.reading.layers import Layers, Syntax
from accordingto.reading.rises import CHANGED_TOLL
from accordingto.reading.sentences import characters
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Cover, Range

FEWEST = 3  # words of a content
FARTHEST = 12  # words that a subject has before its verb at most


def frame(v: int, s: Range, syntax: Syntax) -> tuple[Range, Range] | None:
    """The subject and the content of a verb of saying, as word ranges of its sentence; None where it lacks one."""
    children = [w for w in (np.flatnonzero(syntax.heads[slice(*s)] == v) + s.start).tolist() if w != v]
    subject = next((w for w in children if syntax.relation(w) == "nsubj"), None)
    if subject is None or abs(v - subject) > FARTHEST:
        return None
    who = span_of(subject, s, syntax)
    clause = next((w for w in children if syntax.relation(w) == "ccomp"), None)
    if clause is not None:
        what = span_of(clause, s, syntax)
        front = min(v, who.start)
        if (
            clause < front < what.end
        ):  # "… he told reporters without elaborating": what hangs on behind is not said
            what = Range(what.start, front)
    elif syntax.relation(v) == "parataxis" and syntax.heads[v] < min(v, who.start):
        what = Range(s.start, min(v, who.start))
    else:
        return None
    apart = what.end <= min(v, who.start) or what.start > max(v, who.end - 1)
    return (who, what) if apart and what.end - what.start >= FEWEST else None


def frame_of_count(
    v: int, s: Range, text: str, layers: Layers, tables: ReadingTables
) -> tuple[Range, Range] | None:
    """The same for a verb with which a body changes a toll: “[The ministry] lowered [the death toll from the fire to 12]”."""
    syntax, words = layers.syntax, layers.words
    toll = CHANGED_TOLL.match(text, words[v].start)
    before = range(max(s.start, v - FARTHEST), v)
    subject = next(
        (w for w in before if syntax and syntax.heads[w] == v and syntax.relation(w) == "nsubj"), None
    )
    if syntax is None or toll is None or subject is None:
        return None
    who, what = span_of(subject, s, syntax), layers.words_in(Range(*toll.span("toll")))
    at = characters(words, who)
    body = tables.actors.items(text[slice(*at)])[-1].entry
    speaks = (body and body.sector) or any(
        n.at.end == at.end and n.label in ("Organization", "Person") for n in layers.names
    )
    return (who, Range(what.start, what.stop)) if speaks and who.end <= v else None


def span_of(head: int, s: Range, syntax: Syntax) -> Range:
    """The words from the first to the last that hang on a word, itself among them."""
    inside = {head}
    grown = True
    while grown:
        more = {
            w
            for w in range(*s)
            if w not in inside and int(syntax.heads[w]) in inside and syntax.heads[w] != w
        }
        inside |= more
        grown = bool(more)
    return Range(min(inside), max(inside) + 1)


def said_already(layers: Layers) -> Cover:
    """The cues and contents of the attributions that there are."""
    return Cover([r for a in layers.attributions for r in (*a.content, *filter(None, (a.cue,)))])
