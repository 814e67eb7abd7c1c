"""What is said to be so by no one who is named: “The crew allegedly sank the boat.”, “He reportedly replied that …”."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from accordingto.reading.frames import FEWEST, said_already, span_of
from accordingto.reading.layers import Attribution, Layers
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range, trim

EDGES = " \t\n,;:—–-"
SCORE = 0.5
HEARSAY = re.compile(r"\b(?:allegedly|reportedly|purportedly|supposedly)\b", re.I)
HEARD = re.compile(  # a cue with such a word, and with the verb behind it
    r"(?:(?:was|were|is|are|been|has|have|had|also|later|then|further) )*(?P<how>(?:alleg|report|purport|suppos)edly)(?: (?P<verb>.+))?",
    re.I | re.S,
)


def find_hearsay(text: str, layers: Layers) -> list[Attribution]:
    """What is said to be so by no one who is named, in the report's own words: “The crew allegedly sank the boat.”"""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return []
    words = layers.words
    starts = [w.start for w in words]
    taken = said_already(layers)
    out: list[Attribution] = []
    for m in HEARSAY.finditer(text):
        cue = Range(*m.span())
        w = bisect_left(starts, cue.start)
        if taken.touching(cue) or w >= len(words) or words[w] != cue:
            continue
        verb = int(syntax.heads[w])
        s = next((s for s in layers.sentences if s.contains(cue)), None)
        if s is None or verb == w or syntax.relation(verb) == "amod":
            continue
        clause = span_of(verb, Range(bisect_left(starts, s.start), bisect_left(starts, s.end)), syntax)
        parts = (Range(clause.start, min(w, clause.end)), Range(max(w + 1, clause.start), clause.end))
        said = [
            trim(text, trim(text, Range(words[p.start].start, words[p.end - 1].end), EDGES), ".")
            for p in parts
            if p.end > p.start
        ]
        content = tuple(c for c in said if c.end > c.start)
        if content and clause.end - clause.start > FEWEST and not any(taken.touching(c) for c in content):
            out.append(Attribution(None, cue, content, SCORE))
    return out


def with_subjects(text: str, layers: Layers) -> tuple[Attribution, ...]:
    """The attributions of the document; what is said to be so by no one has its subject too: "[The crew] allegedly [sank the boat]"."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return layers.attributions
    out = []
    for a in layers.attributions:
        late = a.cue is not None and a.source is None and all(c.start > a.cue.start for c in a.content)
        if late and a.cue is not None and HEARSAY.fullmatch(text, *a.cue):
            w = layers.word_at(a.cue.start)
            around = layers.words_in(next((s for s in layers.sentences if s.contains(a.cue)), a.cue))
            inside = Range(around.start, around.stop)
            mine = [x for x in range(inside.start, w) if syntax.relation(x).startswith("nsubj")]
            subject = next((x for x in reversed(mine) if syntax.heads[x] > w), None)
            if subject is not None and (who := span_of(subject, inside, syntax)).end in (w, w - 1):
                at = Range(layers.words[who.start].start, layers.words[who.end - 1].end)
                a = replace(a, content=(at, *a.content))
        out.append(a)
    return tuple(out)


def with_hearsay(text: str, layers: Layers, tables: ReadingTables) -> list[Attribution]:
    """The attributions of the document; whoever is reported to do or say something doesn't report it: “[He] reportedly [said the dam was gone]” is
    somebody's claim, and what he said one inside of it.
    """
    out: list[Attribution] = []
    for a in layers.attributions:
        m = HEARD.fullmatch(text, *a.cue) if a.cue else None
        if a.cue is None or m is None or (a.source is None and not m["verb"]):
            out.append(a)
            continue
        how = Range(*m.span("how"))
        parts = sorted({*a.content, *filter(None, (a.source,))})
        who = next((p for p in parts if p.end <= a.cue.start and not text[p.end : a.cue.start].strip()), None)
        said = tuple(p for p in parts if p != who)
        verb = Range(*m.span("verb")) if m["verb"] else None
        behind = [c for c in said if c.start >= a.cue.end]
        if a.source not in (None, who) or not said or (a.source and not behind and verb is None):
            out.append(a)
            continue
        begun = behind[0] if behind else None
        if verb is None and begun is not None:
            first = text[slice(*begun)].split(maxsplit=1)[0]
            if tables.says(first.lower()) and begun.end - begun.start > len(first):
                verb = Range(begun.start, begun.start + len(first))
                said = tuple(trim(text, Range(verb.end, c.end)) if c == begun else c for c in said)
        else:
            begun = verb
        end = behind[-1].end if behind else (verb.end if verb else a.cue.end)
        told = (Range(begun.start, end),) if begun is not None else ()
        front = tuple(c for c in said if c.end <= a.cue.start)
        out.append(Attribution(None, how, (*front, *filter(None, (who,)), *told), a.score))
        known = verb is None or any(b.cue and b is not a and b.cue.overlaps(verb) for b in known_of(layers))
        if who is not None and verb is not None and not known:
            out.append(Attribution(who, verb, said, a.score))
    return out


def known_of(layers: Layers) -> tuple[Attribution, ...]:
    """The attributions of a document, those inside of contents among them."""
    return (*layers.attributions, *layers.inner)
