"""Claims inside claims as what a network learns: tags of source, cue and content inside the contents that hold them.

PolNeAR marks one layer of attribution; what sources say that others say is labelled for this project: in `labelled/claims.csv` with all
other claims, in `labelled/inner.csv` for the contents that PolNeAR marks. A content is a sequence of its own, so nothing inside it
crosses its edge. Where claims stand in claims inside claims, the outer ones count first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from accordingto.spans import Range
from training.claimed import depths, spans
from training.corpora import ATTRIBUTION, Doc, paint
from training.labels import Row


def within(parts: Sequence[Range], holder: Range) -> Iterator[Range]:
    """What a holder has of the parts."""
    for p in parts:
        cut = Range(max(p.start, holder.start), min(p.end, holder.end))
        if cut.start < cut.end:
            yield cut


def tagged(doc: Doc, holders: Sequence[Range], rows: Sequence[Row]) -> None:
    """Give a document its claims inside claims; `holders` are the words of contents, `rows` what stands in them, the outer ones first."""
    tags = np.zeros(len(doc.words), np.int64)
    for row in rows:
        found = spans(doc, row)
        holder = next((h for h in holders if found["cue"] and h.contains(found["cue"][0])), None)
        parts = {kind: list(within(found[kind], holder)) for kind in ATTRIBUTION} if holder else {}
        if not parts or not parts["content"]:
            continue
        for number, kind in enumerate(ATTRIBUTION):
            for at in parts[kind]:
                paint(tags, at, number)
    doc.inner, doc.holders = tags, sorted(set(holders))


def taught(
    docs: Sequence[Doc],
    claims: Mapping[str, Sequence[Row]],
    inner: Mapping[str, Sequence[Row]],
    but: Collection[str],
) -> None:
    """Give documents their claims inside claims: articles all of whose claims are labelled, and PolNeAR's others, whose contents are
    read through, `but` those that are held out.
    """
    for doc in docs:
        if doc.id in but:
            continue
        if doc.id in claims:
            every = depths(claims[doc.id])
            outer = [c for depth, r in every if not depth for c in spans(doc, r)["content"]]
            tagged(doc, outer, [r for depth, r in every if depth])
        elif doc.links:
            tagged(
                doc,
                [c for link in doc.links for c in link.content],
                [r for _, r in depths(inner.get(doc.id, ()))],
            )
