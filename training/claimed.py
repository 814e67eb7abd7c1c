"""Labelled claims as what a network learns: attributions in a style of their own, and what each claim does and whether it is one.

Every eighth labelled article is held out to measure with. An article's claims are its attributions in a style of their own
(`corpora.OWN`), beside PolNeAR's annotators', whose marks follow another book: what only looks like a claim is none here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from accordingto.reading.acts import NO_CLAIM, WRONG, signs
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range
from training.corpora import ATTRIBUTION, IGNORE, OWN, Claim, Doc, Links, paint, split_at_paragraphs, to_words
from training.labels import ACTS, VERDICTS, Row

HELD = 8  # every eighth article
RARE = 5  # a sign that fewer claims have is not kept
MARKS = '“”"'  # which PolNeAR's contents hold and a record's don't


def parts(labelled: Iterable[str]) -> tuple[set[str], set[str]]:
    """The articles to learn from, and those to measure with."""
    order = sorted(labelled)
    held = set(order[::HELD])
    return set(order) - held, held


def with_marks(text: str, at: Range) -> Range:
    """A content with the quotation marks that enclose it or end it."""
    start, end = at
    while start > 0 and text[start - 1] in MARKS:
        start -= 1
    while end < len(text) and text[end] in MARKS:
        end += 1
    return Range(start, end)


def spans(doc: Doc, row: Row) -> dict[str, list[Range]]:
    """The words of a claim's source, cue and contents, cut where lines end."""
    given = (
        [row.source] if row.source else [],
        [row.cue] if row.cue else [],
        [with_marks(doc.text, c) for c in row.content],
    )
    out = {}
    for kind, stretches in zip(ATTRIBUTION, given, strict=True):
        found = (to_words(doc.words, *at) for at in stretches)
        out[kind] = [p for w in found if w for p in split_at_paragraphs(w, doc.features[:, 1])]
    return out


def depths(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Each claim with the number of claims in whose contents its cue stands, the outer ones first; what is none is left out."""
    claims = [r for r in rows if r.act in ACTS]
    holds = lambda outer, r: any(c.contains(r.cue) for c in outer.content if c != r.cue)  # noqa: E731
    out = [(sum(o is not r and r.cue is not None and holds(o, r) for o in claims), r) for r in claims]
    return sorted(out, key=lambda x: x[0])


def attributed(doc: Doc, rows: Sequence[Row]) -> Doc:
    """The document with its labelled claims as attributions in their own style; bare quotations are none, as in PolNeAR."""
    tags, links = np.zeros(len(doc.words), np.int64), []
    for _, row in depths(rows):
        found = spans(doc, row)
        if not found["cue"] or not found["content"]:
            continue
        for number, kind in enumerate(ATTRIBUTION):
            for at in found[kind]:
                paint(tags, at, number)
        source = found["source"][0] if found["source"] else None
        links.append(Links(found["cue"][0], source, tuple(found["content"])))
    return replace(doc, attribution=tags, links=links, annotator=OWN)


def told(text: str, row: Row, tables: ReadingTables) -> list[str]:
    """The signs of a labelled claim."""
    return signs(text, row.cue, row.content, tables, owned=row.source is not None)


def kept_signs(every: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The signs that are common enough, in order."""
    count = Counter(s for mine in every for s in set(mine))
    return tuple(sorted(s for s, c in count.items() if c >= RARE))


def claims_of(doc: Doc, rows: Sequence[Row], known: Mapping[str, int], tables: ReadingTables) -> list[Claim]:
    """The document's labelled claims; those whose content has no word are left out."""
    out = []
    for row in rows:
        found = [to_words(doc.words, *at) if at else None for at in (row.cue, row.source, *row.content)]
        content = tuple(chain.from_iterable(range(*at) for at in found[2:] if at))
        if content:
            numbers = [known[s] for s in dict.fromkeys(told(doc.text, row, tables)) if s in known]
            act = ACTS.index(row.act) if row.act in ACTS else IGNORE
            verdict = VERDICTS.index(row.act if row.act in (NO_CLAIM, WRONG) else "ok")
            judged = verdict if row.found else IGNORE  # of what the reader finds alone
            out.append(Claim(content, found[0], found[1], tuple(numbers), act, judged))
    return out
