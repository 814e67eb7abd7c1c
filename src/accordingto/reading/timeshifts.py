"""Days told by their distance from one in the same sentence: "freed on Thursday, ten days after she was arrested".

Such words ("ten days after") become a time whose value is the day reckoned: that of what they are said of, the arrest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from accordingto.reading.layers import Layers
from accordingto.reading.timevalues import ago, bounds, moved
from accordingto.record import Time, TimeType
from accordingto.spans import Cover, Range, span

LENGTH = re.compile(r"P(?P<n>\d+)(?P<u>[DWMY])")
VALUE = re.compile(r"\d{4}(?:-(?P<week>W\d\d)|-(?P<month>\d\d)(?P<day>-\d\d)?)?")
AFTER = re.compile(r" (?P<way>after|before)(?= \w)", re.I)
DISTANCE = re.compile(r"\b(?:minute|hour|day|night|week|month|year|decade)s? (?=(?:after|before) \w)")
LATER = re.compile(r"\b(?=after \w)")
OTHER_THING = re.compile(  # "three days before the bombing", "two weeks before troops came"; not "two days before was calm"
    r" (?!(?:was|were|is|are|had|has|have|did|do|does|can|could|will|would|and|or|but|nor|so|yet|when|while|as|who|whom|whose|which|where|"
    r"in|on|at|by|for|to|from|of|with|near|over|after|during|until|inside|outside|under|against|amid|also|there|here|not|never|only|"
    r"left|made|saw|took|came|went|fell|rose|hit|struck|shot|broke|said|told|killed|\w+ed)\b)\w"
)
KNOWN = re.compile(r" (?:the|that|this|it|his|her|its|their|they|he|she)\b")
BETWEEN = re.compile(r"[^.;:“”]{0,60}")  # what stands between the day and the distance from it
VAGUE = re.compile(
    r"\b(?:than|nearly|almost|about|around|some|over|least|under|to|every|within|the(?! day (?:after|before)\b)|past|last)\b",
    re.I,
)
CLAUSE_END = re.compile(r"[,;:—–]\s|$")


def with_distances(text: str, times: Sequence[Time], sentences: Sequence[Range]) -> tuple[Time, ...]:
    """The times, those that tell a distance from the time before them in their sentence reckoned from it.

    A distance before something whose day isn't told ("three days before the bombing") has no value.
    """
    known = Cover(sentences)
    out = [open_ended(t) if is_open(text, t) else t for t in times]
    for n in range(1, len(out)):
        around = next((sentences[i] for i in known.containing(out[n].span.range)), None)
        if around is None or not around.contains(out[n - 1].span.range):
            continue
        following = out[n + 1].span.start if n + 1 < len(out) else len(text)
        out[n] = reckoned(text, times[n], out[n - 1], min(following, around.end), around) or out[n]
    return tuple(out)


def is_open(text: str, time: Time) -> bool:
    """Whether a time is read as a day but is a distance from what has no day here."""
    return time.type is TimeType.DATE and before_a_thing(text, time.span.range)


def before_a_thing(text: str, at: Range) -> bool:
    """Whether a time is a distance before what its sentence goes on to name, "three days before the bombing", or right behind what is
    told anew: "the day after rebels came", not "the day after the blast".
    """
    early = text.endswith(" before", at.start, at.end)
    if not early and not text.endswith(" after", at.start, at.end):
        return False
    return OTHER_THING.match(text, at.end) is not None and (early or not KNOWN.match(text, at.end))


def open_ended(time: Time) -> Time:
    """A time of which no day is known."""
    return msgspec.structs.replace(time, value=None, earliest=None, latest=None)


def reckoned(text: str, time: Time, anchor: Time, following: int, around: Range) -> Time | None:
    """A time reckoned from the one before it; None where it tells no exact distance, or what it is said of has a day of its own."""
    at, day = time.span.range, anchor.earliest
    if day is None or day != anchor.latest or not text[at.start].islower():
        return None
    before = Range(anchor.span.end, at.start)
    if not BETWEEN.fullmatch(text, *before) or VAGUE.search(text, max(before.start, at.start - 10), at.end):
        return None
    length, way = LENGTH.fullmatch(time.value or ""), AFTER.match(text, at.end)
    end = way.end("way") if way else at.end
    stop = CLAUSE_END.search(text, end, around.end)
    if stop and following < stop.start():
        return None
    value = None
    if length and way:
        sign = -1 if way["way"].lower() == "after" else 1
        value = ago(day, sign * int(length["n"]), length["u"])
    elif time.span.text.endswith((" before", " after")):
        back, unit = distance(day, time)  # read as so long before or after the anchor
        early = time.span.text.endswith(" before")
        if back and (back > 0) is early and is_open(text, time):
            value = ago(day, back, unit)
    if value is None:
        return None
    first, last = bounds(value)
    return msgspec.structs.replace(
        time,
        span=span(text, Range(at.start, end)),
        type=TimeType.DATE,
        value=value,
        earliest=first,
        latest=last,
    )


def distance(day: date, time: Time) -> tuple[int, str]:
    """How many units a time lies before a day, and the unit: days, weeks, months or years, as its value tells."""
    first, value = time.earliest, time.value or ""
    if first is None or not (m := VALUE.fullmatch(value)):
        return 0, "D"
    if m["week"]:
        return (day - moved(first, -first.weekday())).days // 7, "W"
    if m["day"]:
        return (day - first).days, "D"
    if m["month"]:
        return 12 * (day.year - first.year) + day.month - first.month, "M"
    return day.year - first.year, "Y"


def days_from(text: str, at: Range, layers: Layers, *, outcome: bool = False) -> frozenset[int]:
    """Where the words begin that a word is told days after or before: those above the clause that "three days after" leads.

    Of a deed's `outcome` a bare "after" is enough: troops that came "after a bomb killed two" killed none of them. What is only said
    days after ("denied that it sent arms, a day after a paper reported the delivery") is told at no such distance.
    """
    up = [layers.word_at(at.start)]
    while layers.syntax is not None and (word := int(layers.syntax.heads[up[-1]])) not in up:
        up.append(word)
    found: set[int] = set()
    for m in (LATER if outcome else DISTANCE).finditer(
        text, min(layers.words[w].start for w in up), at.start
    ):
        led = int(layers.syntax.heads[layers.word_at(m.end())]) if layers.syntax is not None else up[0]
        told = any(a.cue and m.end() <= a.cue.start < at.start for a in layers.attributions)
        if not told and (led in up or led > up[0]):
            found |= {s for s in (layers.words[w].start for w in up) if s < m.start()}
    return frozenset(found)
