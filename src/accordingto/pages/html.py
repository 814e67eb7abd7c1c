"""Records as one self-contained HTML page: the text as printed, its claims marked, a card for each.

Report text is data: everything is escaped, the page holds no script and its policy allows none.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from accordingto.pages.happenings import count_list, event_cards
from accordingto.pages.map import Ground, map_of
from accordingto.pages.view import ASIDE, cards, heading
from accordingto.record import PartKind, Record
from accordingto.spans import Cover, Range


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the marks that cover it, outermost first; `anchors` of the claims that begin."""

    text: str
    classes: str
    claims: tuple[str, ...]
    title: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One part of the report: its kind, its label where it was set aside, its pieces."""

    kind: str
    label: str | None
    pieces: tuple[Piece, ...]


@cache
def environment() -> Environment:
    """The templates, everything escaped."""
    return Environment(
        loader=PackageLoader("accordingto.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def page(records: Sequence[Record], *, ground: Ground | None = None) -> str:
    """One page for all `records`; with `ground` (`Gazetteer.within`) each gets a map of its places."""
    reports = [
        {
            "number": n,
            "heading": heading(r),
            "document": r.document,
            "cards": cards(r),
            "events": event_cards(r),
            "figures": [c for f, c in count_list(r) if f.event is None],
            "paragraphs": paragraphs(r, n),
            "map": map_of(r, ground) if ground else None,
        }
        for n, r in enumerate(records, 1)
    ]
    return environment().get_template("report.html").render(reports=reports)


def paragraphs(record: Record, number: int) -> list[Paragraph]:
    """The text as printed, cut where any mark begins or ends."""
    text = record.document.text
    marks, known = find_marks(record), titles(record)
    cover = Cover([m[0] for m in marks])
    starts = {c.id: c.start for c in record.claims}
    starts |= {e.id: e.trigger.start for e in record.events}
    return [
        Paragraph(
            str(p.kind),
            ASIDE.get(p.kind),
            tuple(pieces(text, at, [marks[i] for i in cover.touching(at)], known, starts, number=number)),
        )
        for p in record.document.parts
        if p.kind is not PartKind.BODY or p.end > p.start
        for at in [Range(p.start, p.end)]
    ]


Mark = tuple[Range, str, str]


def find_marks(record: Record) -> list[Mark]:
    """Every source, cue and content span with its role and claim."""
    out: list[Mark] = []
    for c in record.claims:
        spans = [(s, "content") for s in c.content]
        spans += [(s, role) for s, role in ((c.source_span, "source"), (c.cue, "cue")) if s is not None]
        out += [(s.range, role, c.id) for s, role in spans]
    out += [(e.trigger.range, "event", e.id) for e in record.events]
    out += [(f.span.range, "figure caveat" if f.caveats else "figure", f.id) for f in record.figures]
    return out


def titles(record: Record) -> dict[str, tuple[str, bool]]:
    """What a mark says when it is pointed at, by id, and whether it stands out."""
    out = {c.id: (f"{c.who} {c.act_word}", c.stands_out) for c in cards(record)}
    out |= {e.id: (f"{e.type}: {e.factuality}", False) for e in event_cards(record)}
    for f, c in count_list(record):
        out[f.id] = (" ".join(x for x in (c.value, c.measure, *c.caveats) if x), False)
    return out


def pieces(
    text: str,
    at: Range,
    here: Sequence[Mark],
    known: Mapping[str, tuple[str, bool]],
    starts: Mapping[str, int],
    *,
    number: int,
) -> list[Piece]:
    """The pieces of one part.

    `here`: the marks that touch it; `known`: the record's `titles`; `starts`: where claims and events begin, by id.
    """
    edges = sorted({at.start, at.end, *(min(max(x, at.start), at.end) for m in here for x in m[0])})
    seen: set[str] = set()
    out = []
    for a, b in itertools.pairwise(edges):
        over = sorted(
            (m for m in here if m[0].start <= a and b <= m[0].end), key=lambda m: m[0].start - m[0].end
        )
        roles = list(dict.fromkeys(role for _, role, _ in over))
        ids = tuple(dict.fromkeys(c for _, _, c in over))
        new = [c for c in ids if c not in seen and starts.get(c) == a]
        seen.update(new)
        classes = " ".join([*roles, *(["nested"] if sum(r == "content" for _, r, _ in over) > 1 else [])])
        if any(known[c][1] for c in ids[-1:]):
            classes += " out"
        title = "; ".join(f"{role} {c}: {known[c][0]}" for _, role, c in over)
        linked = tuple(c for c in ids if c in starts)
        anchors = tuple(f"t{number}-{c}" for c in new)
        out.append(Piece(text[a:b], classes, linked, title, anchors))
    return out
