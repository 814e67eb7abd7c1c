"""What befell people whom a figure only counts: "seized 14 passengers", "gave tents to 90 families", "released 63"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from accordingto.reading.events import FoundEvent
from accordingto.reading.measures import plural_of
from accordingto.record import Event, Factuality, Figure, Measure
from accordingto.spans import Range

BEFALLS = {  # what an event does to those who are counted in one of its roles
    ("detention", "target"): Measure.DETAINED,
    ("release", "target"): Measure.DETAINED,
    ("aid", "recipient"): Measure.REACHED,
    ("health_campaign", "target"): Measure.REACHED,
    ("health_campaign", "recipient"): Measure.REACHED,
}
NOT_DONE = frozenset(
    (Factuality.NEGATED, Factuality.PLANNED, Factuality.POSSIBLE, Factuality.CONDITIONAL)
)  # in which nobody is reached or seized yet
GROUPS = frozenset(
    "people persons men women families households civilians police staff crew inhabitants others".split()
)
INSIDE = re.compile(r"\b(?:who|whom|which|that|of|with|by|from|in|at|after)\b", re.I)
RESCUED = re.compile(r"rescu|sav(?:e|ing)|evacuat|pull", re.I)
CAPTIVES = re.compile(
    r"\b(?:hostage|captiv|captor|kidnap|abduct|seized|held|detain|jail|prison|custody|hijack|traffick|slave)",
    re.I,
)
NEAR = 200  # characters around a rescue in which captors or their deed may be told
IN_RETURN = re.compile(r"(?: [a-z]+)? in (?:return|exchange)\b")


def befell(
    text: str,
    figure: Figure,
    found: Sequence[FoundEvent],
    events: Sequence[Event],
    persons: frozenset[str],
) -> tuple[Measure, str] | None:
    """What befell people whom a figure only counts, and the event that did it: "seized 14 passengers", "gave tents to 90 families".

    What was not done, or is only planned, befell nobody, whatever its verb; who is to be freed is held all the same.
    """
    at, of = figure.span.range, figure.of
    if figure.measure not in (Measure.OTHER, Measure.REACHED) or of is None or of.start < at.start:
        return None
    told = Range(at.start, of.end)
    for e, event in zip(found, events, strict=True):
        for p in e.parts:
            measure = BEFALLS.get((e.type, p.role))
            inside = p.at.contains(told) and not INSIDE.search(text, p.at.start, at.start)
            if measure is None or not inside:
                continue
            if e.type == "release" and not was_held(text, e.trigger):
                continue
            undone = event.factuality in NOT_DONE and e.type != "release"
            if undone or figure.measure is Measure.OTHER:
                return (
                    (Measure.OTHER if undone else measure, event.id) if personal(of.text, persons) else None
                )
    return None


def was_held(text: str, deed: Range) -> bool:
    """Whether who is let go was held before: a rescue from a flood frees nobody, one from captors does."""
    if not RESCUED.search(text, *deed):
        return True
    return CAPTIVES.search(text, max(0, deed.start - NEAR), deed.end + NEAR) is not None


def shared(
    text: str,
    figures: Sequence[Figure],
    befallen: Sequence[tuple[Measure, str] | None],
    found: Sequence[FoundEvent],
) -> list[tuple[Measure, str] | None]:
    """What befell people, also those of whom only the number is told behind others: "freed 90 prisoners. The other side released 63",
    "freed 181 people and received 137 in return".
    """
    out = list(befallen)
    kinds = {f"V{number}": e for number, e in enumerate(found, 1)}
    for n, (last, now) in enumerate(pairwise(figures), 1):
        at = now.span.range
        held = out[n - 1] or ((last.measure, last.event) if last.measure is Measure.DETAINED else None)
        alone = now.measure is Measure.OTHER and (now.of is None or now.of.end < at.start)
        if held is None or not alone or held[0] is not Measure.DETAINED:
            continue
        type = kinds[held[1]].type if held[1] else "release"
        own = next(
            (
                id
                for id, e in kinds.items()
                if e.type == type and any(p.role == "target" and bare(text, p.at, at) for p in e.parts)
            ),
            None,
        )
        back = held[1] if IN_RETURN.match(text, at.end) else None
        if own or back:
            out[n] = (Measure.DETAINED, own or back or "")
    return out


def bare(text: str, phrase: Range, number: Range) -> bool:
    """Whether a phrase is a number and nothing more but an article."""
    return phrase.contains(number) and phrase.end == number.end and number.start - phrase.start <= len("the ")


def personal(phrase: str, persons: frozenset[str]) -> bool:
    """Whether what is counted are people, by its last word."""
    noun = phrase.rsplit(None, 1)[-1].lower()
    return noun in GROUPS or any(plural_of(n) == noun for n in persons)
