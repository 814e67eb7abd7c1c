"""Deeds that a sentence sets apart from those before it: "Separately, a landmine killed four farmers", "The previous day, a mine killed five".

The network sees the event of such a sentence in its verb only at times, and then lends its phrases to the deed before. What the sentence
opens with has to be new: a word that sets it apart, or a day or place that the report hasn't named yet; and its doer is not known from
before ("the bomb killed five", "it killed five" go on with the deed told).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.events import FoundEvent
from accordingto.reading.figures import FoundFigure
from accordingto.reading.layers import Layers, Part
from accordingto.record import Factuality, Measure
from accordingto.spans import Range

SET_APART = re.compile(
    r"(?:(?:separately|elsewhere|meanwhile)\b"
    r"|in (?:another|a separate|a second|a third|a different|an unrelated|yet another) (?:[a-z]+ )?(?:incident|case|development|episode)\b"
    r"|(?:(?:also|later|earlier),? )?(?:on )?(?:the|that) (?:same|previous|following|next) (?:day|night|evening|morning|afternoon)\b)"
    r",? ",
    re.I,
)
WHERE = re.compile(
    r"(?:in|near|outside|at|across|on) [^.;:,]{1,60}, ", re.I
)  # "Elsewhere [in Kayah state,] a mine …"
NEW_DAY = re.compile(
    r"(?:(?:late|early|also) )?on (?P<new>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?: (?:morning|evening|night|afternoon))?,? ",
    re.I,
)
NEW_PLACE = re.compile(r"(?:in|near|outside|at) (?:the )?(?:[a-z]+ of )?(?P<new>[A-Z][^,.;:]{1,40}), ", re.I)
ANOTHER = re.compile(
    r"(?:separately\b|elsewhere\b|in (?:another|a separate|a different|an unrelated|yet another) (?:[a-z]+ )?(?:incident|case)\b"
    r"|(?:on )?the (?:previous|following) day\b)",
    re.I,
)
DOES = re.compile(  # from the opening to what was done: a doer that isn't known yet, and the verb
    r"(?P<doer>(?!(?:the|this|that|these|those|it|its|they|their|he|she|his|her|there|who|which|more|at least)\b)"
    r"(?:(?!(?:on|in|at|of|by|from|for|to|with|near|after|against|which|that|who|where|was|were|been|be|is|are|has|had|have)\b)[\w’'-]+ ){1,6}?)"
    r"(?:(?:also|reportedly|has|had|have) )*(?P<verb>killed|wounded|injured) ",
    re.I,
)
ONE = re.compile(
    r"(?:an?|one) (?:(?!(?:in|near|outside|at|on|and|who|of)\b)[a-z-]+ ?){1,3}(?=[^\w-]|$|(?:in|near|outside|at|on)\b)"
)
SURE = 0.9  # the sureness of what the text itself tells
MEASURES = {"killed": Measure.KILLED, "wounded": Measure.WOUNDED, "injured": Measure.WOUNDED}


def with_asides(
    text: str,
    layers: Layers,
    figures: Sequence[FoundFigure],
    events: Sequence[FoundEvent],
    instruments: frozenset[str] = frozenset(),
) -> list[FoundEvent]:
    """The events and one for each deed set apart that none of them tells, in the order of their triggers.

    `instruments` are nouns of weapons (`instruments.csv`), which do nothing by themselves; without them no doer is told whom the network
    hasn't marked.
    """
    out = list(events)
    for number, around in enumerate(layers.sentences):
        deed = set_apart(text, around, layers) if number else None
        if deed is None or any(around.contains(m) for e in out for m in e.mentions):
            continue
        told = deed_of(text, deed, around, figures, out, instruments)
        if told is not None:
            out = [without(e, around) for e in out]
            out.append(told)
    return sorted(out, key=lambda e: e.trigger)


def of_another(text: str, around: Range) -> bool:
    """Whether a sentence opens with words that set it apart from the deeds before it: "Elsewhere in the state, five people died"."""
    return ANOTHER.match(text, *around) is not None


def set_apart(text: str, around: Range, layers: Layers) -> re.Match[str] | None:
    """The doer and verb of a sentence that sets a deed apart; see the module."""
    for opening in (SET_APART, NEW_DAY, NEW_PLACE):
        m = opening.match(text, *around)
        if m is None:
            continue
        if opening is not SET_APART and re.search(rf"\b{re.escape(m['new'])}\b", text[: around.start]):
            continue
        where = WHERE.match(text, m.end(), around.end)
        does = DOES.match(text, where.end() if where else m.end(), around.end)
        if does is None:
            continue
        before = Range(m.end(), does.start("verb"))
        if not any(a.cue is not None and before.contains(a.cue) for a in layers.attributions):
            return does
    return None


def deed_of(
    text: str,
    deed: re.Match[str],
    around: Range,
    figures: Sequence[FoundFigure],
    events: Sequence[FoundEvent],
    instruments: frozenset[str],
) -> FoundEvent | None:
    """The event of a deed set apart, with the phrases of its sentence that were lent to others; None where it tells nobody whom it hit."""
    verb = Range(*deed.span("verb"))
    role = "killed" if verb_of(deed) is Measure.KILLED else "wounded"
    lent = {p for e in events for p in e.parts if around.contains(p.at)}
    own = [Part(p.role, p.at, p.score) for p in lent if p.role not in ("killed", "wounded")]
    count = next((f for f in figures if 0 <= f.at.start - verb.end <= 2 and f.measure is verb_of(deed)), None)
    one = ONE.match(text, deed.end(), around.end)
    if count is not None:
        own.append(Part(role, count.at, SURE))
        hit = Range(count.at.start, max(count.at.end, count.of.end if count.of else 0))
    elif one is not None:
        hit = Range(one.start(), one.start() + len(one[0].rstrip()))
    else:
        return None
    if not any(p.role == "target" and p.at.overlaps(hit) for p in own):
        own.append(Part("target", hit, SURE))
    doer = Range(deed.start("doer"), deed.start("doer") + len(deed["doer"].rstrip()))
    if instruments and not any(p.at.overlaps(doer) for p in own):
        weapon = text[slice(*doer)].rsplit(None, 1)[-1].lower() in instruments
        own.append(Part("instrument" if weapon else "actor", doer, SURE))
    kind = "killing" if role == "killed" else "attack"
    parts = tuple(sorted(own, key=lambda p: p.at))
    return FoundEvent(kind, verb, (verb,), parts, Factuality.CLAIMED)


def verb_of(deed: re.Match[str]) -> Measure:
    """What the verb of a deed did to those whom it hit."""
    return MEASURES[deed["verb"].lower()]


def without(event: FoundEvent, around: Range) -> FoundEvent:
    """An event without the phrases of a sentence that tells of another one."""
    return replace(event, parts=tuple(p for p in event.parts if not around.contains(p.at)))
