"""Running tolls that stand beside a single deed: "the deaths add to the more than 900 who have been killed in a year of war".

Such a count is of a killing of its own, told by its verb of dying, not of the strike in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.asides import with_asides
from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Part
from accordingto.reading.rises import LONG, WITHIN
from accordingto.record import Factuality, Figure, Measure
from accordingto.spans import Range

DYING = re.compile(r"\b(?:(killed|slain)|died|perished)\b", re.I)
RISEN = re.compile(
    rf"\b(?:toll|number of (?:dead|deaths|fatalities|victims|people killed))\b{WITHIN}{{0,{LONG}}}?"
    r"\b(?:ris(?:en|es|ing)|rose|climb(?:ed|s)|grow[ns]|grew|increas(?:ed|es)|jumped|mounted|reach(?:ed|es)|now at|stands? at|stood at|to)\b[^.;,]{0,24}$",
    re.I,
)
SPELL = re.compile(
    r"[^,.;:]*?\b(?:(?:in|over|during)\s+(?:(?:the|more than|nearly|almost|about|some)\s+)*(?:[\w-]+\s+){0,2}(?:weeks|months|years|decades?|a year)\b"
    r"|since\b)",
    re.I,
)
DEEDS = frozenset("strike bombing attack killing accident".split())
REACH = 60  # characters between what a toll counts and its verb
COUNTED = 0.9  # the sureness of what the text itself tells


def with_tolls(
    text: str,
    layers: Layers,
    figures: Sequence[FoundFigure],
    events: Sequence[FoundEvent],
    instruments: frozenset[str] = frozenset(),
) -> list[FoundEvent]:
    """The events, one for each deed that its sentence sets apart and one for each running toll of the killed that no lasting event counts,
    in the order of their triggers; `instruments` are nouns of weapons.
    """
    out = with_asides(text, layers, figures, events, instruments)
    for figure in figures:
        if figure.measure is not Measure.KILLED or not figure.cumulative or figure.ordinal:
            continue
        around = next((s for s in layers.sentences if s.contains(figure.at)), figure.at)
        told = told_by(text, figure, around, out)
        if told is None or not all(passing(e) for e in counting(out, figure, around)):
            continue
        out = [replace(e, parts=tuple(p for p in e.parts if not counts(p, figure))) for e in out]
        parts = [Part("killed", figure.at, COUNTED)]
        if figure.of is not None:
            parts.append(Part("target", figure.of, COUNTED))
        verb, kind = Range(*told.span()), "killing" if told[1] else "death"
        out.append(
            FoundEvent(kind, verb, (verb,), tuple(sorted(parts, key=lambda p: p.at)), Factuality.CLAIMED)
        )
    return sorted(out, key=lambda e: e.trigger)


def risen(text: str, figure: Figure) -> bool:
    """Whether a figure is what a toll has come to: "the death toll rose to 44 after a worker died"."""
    return (
        figure.measure is Measure.KILLED
        and RISEN.search(text, max(0, figure.span.start - 2 * LONG), figure.span.start) is not None
    )


def told_by(
    text: str, figure: FoundFigure, around: Range, events: Sequence[FoundEvent]
) -> re.Match[str] | None:
    """The verb of dying behind a toll, where it says over which time and names no event yet."""
    end = max(figure.at.end, figure.of.end if figure.of else 0)
    m = DYING.search(text, end, min(around.end, end + REACH))
    if m is None or SPELL.match(text, m.end(), around.end) is None:
        return None
    verb = Range(*m.span())
    return None if any(t.overlaps(verb) for e in events for t in e.mentions) else m


def counting(events: Sequence[FoundEvent], figure: FoundFigure, around: Range) -> list[FoundEvent]:
    """The events of a figure's sentence that are marked with it."""
    return [
        e
        for e in events
        if any(counts(p, figure) for p in e.parts) and any(around.contains(t) for t in e.mentions)
    ]


def counts(part: Part, figure: FoundFigure) -> bool:
    """Whether a part is the count that a figure is."""
    return part.role == "killed" and part.at.overlaps(figure.at)


def passing(event: FoundEvent) -> bool:
    """Whether an event is a deed of its day, not one that goes on and has a toll that runs."""
    return event.type in DEEDS and event.factuality is not Factuality.ONGOING
