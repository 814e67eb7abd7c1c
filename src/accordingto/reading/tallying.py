"""Which event a figure counts, and what befell people whom it only counts.

A figure is of the nearest fitting event of its own sentence, but not of a deed that is told behind it in another clause of
its own: "Police put the toll at 12 and said they had killed two attackers". What a sentence counts without an event of its own is
of the last violent event told before, unless it is told of another town, of a long time, or of a killing that somebody avenges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from accordingto.reading.asides import of_another
from accordingto.reading.befalling import befell, shared
from accordingto.reading.elsewhen import recalled
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.occasions import VIOLENT
from accordingto.reading.sincewhen import only_compared
from accordingto.reading.spells import avenged, died_in, of_a_country, of_a_spell, put_otherwise
from accordingto.reading.stretches import holding
from accordingto.reading.tolls import risen
from accordingto.reading.victims import DEADLY, OPENING, one_place
from accordingto.record import Event, Factuality, Figure, Measure, Precision, Record, Time
from accordingto.spans import Range, gap

COUNTED: dict[Measure, frozenset[str]] = {
    Measure.KILLED: VIOLENT,
    Measure.WOUNDED: VIOLENT - {"death", "killing"},
    Measure.DETAINED: frozenset(["detention", "release", "repression", "legal"]),
    Measure.MISSING: frozenset(["detention", "disaster", "accident", "attack", "clash"]),
    Measure.DISPLACED: frozenset(["displacement", "evacuation_order", "disaster", "clash"]),
    Measure.REACHED: frozenset(["aid", "health_campaign"]),
    Measure.WEAPONS: frozenset(["arms_transfer", "weapons_test", "strike", "deployment"]),
    Measure.ATTACKS: frozenset(["strike", "attack", "bombing", "clash"]),
}
HARMED = frozenset((Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DISPLACED))
CASUALTIES = frozenset((Measure.KILLED, Measure.WOUNDED))
LASTING = frozenset("invasion disaster hunger_disease protest repression abuse".split())
AND_THAT = re.compile(r",? (?:and|but) that\b")
AND_SAYS = re.compile(r"(?:\b(?:and|but)|,)(?: (?:\w+ly|also|later|then|has|had|have|it|they|he|she))* $")
AND_DOES = (
    re.compile(  # right before a deed that has a doer of its own: "nine died and [officers] shot dead five"
        r"\b(?:and|but|while) (?!(?:dozens|hundreds|scores|many|several|others|more|some)\b)"
        r"(?:(?!(?:was|were|is|are|be|been|being|feared|presumed|believed)\b)[\w’'-]+ ){1,3}$"
    )
)
UNDER = re.compile(  # what binds the rest of a clause to what stands before it
    r"\b(?:when|after|as|where|since|because|during|amid|from|by|in (?:an?|the)|on (?:an?|the))\b", re.I
)

SINCE = re.compile(
    r"\bsince (?:the )?(?:(?:early|late|mid|middle|beginning|start|end|of|in)[ -](?:the )?)*$", re.I
)
OF_LATE = re.compile(
    r"\b(?:in|over|during|within) (?:the )?(?:past|last|recent) (?:(?!(?:day|week)s?\b)[\w-]+ ){0,2}(?:months|years|decades?)\b",
    re.I,
)
BEFORE = 7  # days from which a toll begins before an event that it isn't of


@dataclass(frozen=True, slots=True)
class Telling:
    """Where figures and events are told: the text, its layers, where figures stand and where the cues of claims do."""

    text: str
    layers: Layers
    numbers: tuple[Range, ...]
    cues: tuple[Range, ...]

    def sentence(self, at: Range) -> Range:
        """The sentence in which a stretch begins."""
        return holding(self.layers.sentences, at.start)

    def line(self, at: Range) -> Range:
        """The paragraph in which a stretch begins."""
        return holding(self.layers.paragraphs, at.start)

    def apart(self, at: Range, deed: Range) -> bool:
        """Whether a deed stands behind a figure in a clause that tells something else: "… and said they had killed two attackers"."""
        if deed.start < at.end:
            return False
        between = Range(at.end, deed.start)
        if AND_THAT.search(self.text, *between):
            return True
        cues = (c for c in self.cues if between.contains(c))
        if any(AND_SAYS.search(self.text, at.end, c.start) for c in cues):
            return True
        doing = AND_DOES.search(self.text, *between)
        return (
            doing is not None
            and not UNDER.search(self.text, at.end, doing.start())
            and not any(n.start >= doing.start() and n.end <= deed.start for n in self.numbers)
        )


def tallied(
    record: Record,
    found: Sequence[FoundEvent],
    events: Sequence[Event],
    layers: Layers,
    persons: frozenset[str],
) -> tuple[Figure, ...]:
    """The figures of a record, each with the event that it counts; `events` are the `found` ones as they stand in the record."""
    text = record.document.text
    told = Telling(
        text,
        layers,
        tuple(f.span.range for f in record.figures),
        tuple(c.cue.range for c in record.claims if c.cue is not None),
    )
    befallen = [befell(text, f, found, events, persons) for f in record.figures]
    befallen = shared(text, record.figures, befallen, found)
    figures = [
        msgspec.structs.replace(f, measure=b[0]) if b else f
        for f, b in zip(record.figures, befallen, strict=True)
    ]
    counted = [b[1] if b else event_of(f, found, told) for f, b in zip(figures, befallen, strict=True)]
    out = [
        msgspec.structs.replace(f, event=event)
        for f, event in zip(figures, casualties(record, figures, counted, found, events, told), strict=True)
    ]
    dated = {t.id: t for t in record.times}
    over = [e for e in events if e.factuality is not Factuality.ONGOING]
    when = {e.id: dated.get(e.time or "") for e in over}
    brief = {e.id: e.trigger.range for e in events if e.type not in LASTING}
    out = [own_toll(told, f, when.get(f.event or ""), record.times, brief.get(f.event or "")) for f in out]
    return tuple(own_dead(text, f, when, record.times, layers) for f in out)


def event_of(
    figure: Figure, found: Sequence[FoundEvent], told: Telling, *, anywhere: bool = False
) -> str | None:
    """The event that a figure counts: the nearest that it was marked with, else of those of its sentence that fit the nearest whose target it
    is, else the nearest.

    A mark from another sentence gives way to an event of the figure's own that fits; dead and wounded are of no deed that stands behind
    them in another clause, unless `anywhere`.
    """
    at = figure.span.range
    around = told.sentence(at)
    if only_compared(told.text, at, around):
        return None
    loose = anywhere or figure.measure not in CASUALTIES
    here = {
        number: [m for m in e.mentions if around.contains(m)] for number, e in enumerate(found, 1)
    }  # mentions in the figure's sentence
    own = {n: [m for m in ms if loose or not told.apart(at, m)] for n, ms in here.items()}
    marked = [
        n
        for n, e in enumerate(found, 1)
        if any(p.role == figure.measure.value and p.at.overlaps(at) for p in e.parts)
        and (own[n] or not here[n])
    ]
    fitting = COUNTED.get(figure.measure, frozenset())
    fit = [n for n, e in enumerate(found, 1) if e.type in fitting]
    hit = [n for n in fit if any(p.role == "target" and p.at.overlaps(at) for p in found[n - 1].parts)]
    for numbers in (marked, hit, fit):
        near = [(gap(m, at), n) for n in numbers for m in own[n]]
        if near:
            return f"V{min(near)[1]}"
    return f"V{marked[0]}" if marked else None


def casualties(
    record: Record,
    figures: Sequence[Figure],
    counted: Sequence[str | None],
    found: Sequence[FoundEvent],
    events: Sequence[Event],
    told: Telling,
) -> list[str | None]:
    """The events of all figures; killed and wounded that have none share that of the casualties beside them in their
    sentence ("nine were killed and 22 injured"), else have the last violent event told before them in their paragraph.
    """
    text, out, own = told.text, list(counted), list(counted)
    types = {f"V{number}": e.type for number, e in enumerate(found, 1)}
    toll = [n for n, f in enumerate(figures) if f.measure in CASUALTIES]
    for n in toll:
        at, rose = figures[n].span.range, risen(text, figures[n])
        around = told.sentence(at)
        if only_compared(text, at, around):
            continue
        lone = out[n] is None or types[out[n] or ""] in DEADLY
        if lone and rose:
            out[n] = next(
                (out[m] for m in reversed(toll) if m < n and types.get(out[m] or "") not in (*DEADLY, None)),
                out[n],
            )
        noun = avenged(text, at, around)
        if noun is not None and not any(
            m.overlaps(noun) or died_in(text, at, m) for e in found for m in e.mentions
        ):
            out[n] = before(record, figures[n], found, events, told, Range(told.line(at).start, around.start))
            continue
        if lent_from_afar(record, figures[n], out[n], found, events, told):
            out[n] = own[n] = None
            continue
        beside = [m for m in toll if around.contains(figures[m].span.range)]
        if not rose and of_a_spell(text, at, around, told.numbers):
            beside = [
                m for m in beside if figures[m].measure is not figures[n].measure
            ]  # dead and wounded of one time
            if totalled(n, toll, figures, out, found, around) or not (out[n] or any(own[m] for m in beside)):
                out[n] = lasting(found, Range(told.line(at).start, at.start))
                continue
        if out[n] is None and put_otherwise(text, at, around):
            out[n] = next(
                (out[m] for m in reversed(toll) if m < n and figures[m].measure is figures[n].measure), None
            )
        if out[n] is None:
            near = [
                (gap(figures[m].span.range, at), own[m])
                for m in beside
                if own[m] is not None and not told.apart(at, figures[m].span.range)
            ]
            earlier = before(record, figures[n], found, events, told, Range(told.line(at).start, at.start))
            out[n] = min(near)[1] if near else earlier
            if out[n] is None and not of_another(text, around):
                out[n] = event_of(figures[n], found, told, anywhere=True)
    return out


def totalled(
    n: int,
    toll: Sequence[int],
    figures: Sequence[Figure],
    out: Sequence[str | None],
    found: Sequence[FoundEvent],
    around: Range,
) -> bool:
    """Whether a toll shares its event with one of the same measure before it in its sentence, and has no verb of its own: "killed 14 people on
    Friday and 300 since January".
    """
    id, at = out[n], figures[n].span.range
    if id is None or any(m.start >= at.end and around.contains(m) for m in found[int(id[1:]) - 1].mentions):
        return False
    return any(
        m < n
        and out[m] == id
        and figures[m].measure is figures[n].measure
        and around.contains(figures[m].span.range)
        for m in toll
    )


def lent_from_afar(
    record: Record,
    figure: Figure,
    id: str | None,
    found: Sequence[FoundEvent],
    events: Sequence[Event],
    told: Telling,
) -> bool:
    """Whether a figure is marked with an event of another sentence, but its own opens with another place or sets it apart."""
    if id is None:
        return False
    number = int(id[1:]) - 1
    around = told.sentence(figure.span.range)
    if any(around.contains(m) for m in found[number].mentions):
        return False
    return elsewhere(record, figure, found[number], events[number], told, opening_only=True)


def before(
    record: Record,
    figure: Figure,
    found: Sequence[FoundEvent],
    events: Sequence[Event],
    told: Telling,
    room: Range,
) -> str | None:
    """The last violent event of which `room` tells, where that is not of another town than the figure."""
    if of_a_country(record.document.text, figure.span.start):
        return None
    last = [
        (m.start, number)
        for number, e in enumerate(found)
        for m in e.mentions
        if e.type in COUNTED[figure.measure] and room.start <= m.start < room.end
    ]
    if not last:
        return None
    number = max(last)[1]
    return None if elsewhere(record, figure, found[number], events[number], told) else f"V{number + 1}"


def lasting(found: Sequence[FoundEvent], room: Range) -> str | None:
    """The last event of which `room` tells that goes on for longer than a day: what a toll of months may be of."""
    told = [
        (m.start, number)
        for number, e in enumerate(found, 1)
        for m in e.mentions
        if room.start <= m.start < room.end
        and (e.type in LASTING or (e.type in VIOLENT and e.factuality is Factuality.ONGOING))
    ]
    return f"V{max(told)[1]}" if told else None


def elsewhere(
    record: Record,
    figure: Figure,
    found: FoundEvent,
    event: Event,
    told: Telling,
    *,
    opening_only: bool = False,
) -> bool:
    """Whether a figure is told of another town or country than an event: its own place (unless `opening_only`), or the one with which its
    sentence opens.

    A town that isn't known is another one than the town of the event, unless the event is marked with its name.
    """
    text, at = told.text, figure.span.range
    if found.type in LASTING:
        return False
    if of_another(text, told.sentence(at)):
        return True
    start = told.sentence(at).start
    opening = [
        n.at
        for n in told.layers.names
        if n.label == "Location"
        and start <= n.at.start < at.start
        and OPENING.fullmatch(text, start, n.at.start)
    ]
    here = [
        p for p in record.places if p.span.range in opening or (p.id == figure.place and not opening_only)
    ]
    marked = [p.at for p in found.parts if p.role in ("place", "target")]
    its = [p for p in record.places if p.id == event.place or any(m.overlaps(p.span.range) for m in marked)]
    if here and its:
        return not any(one_place(p, q) for p in here for q in its)
    unknown = [n for n in opening if text[n.start : n.end] not in [text[m.start : m.end] for m in marked]]
    return bool(unknown and its and not here) and all(p.precision is Precision.EXACT for p in its)


def own_toll(
    told: Telling, figure: Figure, when: Time | None, times: Sequence[Time], trigger: Range | None
) -> Figure:
    """A figure without its event where it counts from days or months before that: "52 have been killed since March" beside last night's raid.

    `when` is the time of the event and `trigger` its fullest mention, None where it lasts; that doesn't stand in the figure's sentence.
    """
    around = told.sentence(figure.span.range)
    if figure.measure not in HARMED or not figure.cumulative or when is None or when.earliest is None:
        return figure
    if trigger is None or around.contains(trigger):
        return figure
    start = when.earliest
    longer = OF_LATE.search(told.text, *around) is not None or any(
        around.contains(t.span.range)
        and t.earliest is not None
        and (start - t.earliest).days > BEFORE
        and SINCE.search(told.text, max(around.start, t.span.start - 40), t.span.start)
        for t in times
    )
    return msgspec.structs.replace(figure, event=None) if longer else figure


def own_dead(
    text: str, figure: Figure, when: Mapping[str, Time | None], times: Sequence[Time], layers: Layers
) -> Figure:
    """A figure without its event where it counts the casualties of another time; `when` are the times of the events that are over."""
    if figure.measure not in HARMED or figure.event is None:
        return figure
    other = recalled(text, figure, when.get(figure.event), times, layers)
    return msgspec.structs.replace(figure, event=None) if other else figure
