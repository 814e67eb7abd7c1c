"""The report as printed: its paragraphs with their marks, and the cards of claims, figures and events; frozen values."""

from __future__ import annotations

from accordingto.web.parts import Link, Part, Sign


class Mark(Part, frozen=True):
    """A mark over a piece of text; `kind`: claim, cue, source, event, figure, place, time."""

    kind: str
    id: str
    title: str = ""
    begins: bool = False


class Piece(Part, frozen=True):
    """A stretch of text under the same marks, outermost first; `anchor` is `c` and its offset, where a mark begins."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    anchor: str | None = None


class Paragraph(Part, frozen=True):
    """One part of the report as printed; `aside` for what is no evidence (house notes, credits), with its label."""

    kind: str
    label: str | None
    aside: bool
    pieces: tuple[Piece, ...]


class ClaimCard(Part, frozen=True):
    """One claim of a report; `depth` counts the claims that it stands in, `anchor` leads to it in the text.

    `cite` is the line to paste, without the address.
    """

    id: str
    anchor: str
    who: str
    source_url: str | None
    about_who: str | None
    kind: str
    anonymous: bool
    reason: str | None
    act: Sign
    stands_out: bool
    cue: str | None
    words: str
    direct: bool
    depth: int
    parent: str | None
    said_on: str | None
    medium: str | None
    cite: str
    incidents: tuple[Link, ...] = ()


class FigureCard(Part, frozen=True):
    """One figure: its words, what they allow, whose count it is, its caveats."""

    id: str
    anchor: str
    words: str
    value: str
    measure: str
    by: str | None
    running: bool
    caveats: tuple[str, ...] = ()


class EventCard(Part, frozen=True):
    """One event of a report; `facts` are label and words."""

    id: str
    anchor: str
    type: str
    trigger: str
    factuality: Sign
    facts: tuple[tuple[str, str], ...]
    figures: tuple[FigureCard, ...]
    carried_by: tuple[str, ...]
    contested_by: tuple[str, ...]
    incident: Link | None = None


class CopyView(Part, frozen=True):
    """A near-copy of a report; `url` compares the two, `shared`: how many percent of the shorter one's five-word runs stand in the longer."""

    report: Link
    outlet: str | None
    published: str | None
    url: str
    shared: int
