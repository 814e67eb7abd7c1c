"""Days told by their distance from one in the same sentence: "freed on Thursday, ten days after she was arrested".

Such words ("ten days after") become a time whose value is the day reckoned, which is that of what they are said of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.layers import Timex
from accordingto.reading.timegrammar import TimeTables
from accordingto.reading.timerules import number, unit_of
from accordingto.reading.timevalues import ago, bounds
from accordingto.record import TimeType
from accordingto.spans import Cover, Range

DISTANCE = re.compile(r"(?P<n>[\w-]+) (?P<u>day|week|month|year)s?(?: (?P<way>after|before))?", re.I)
WAY = re.compile(r" (?P<way>after|before)(?= \w)", re.I)
GOES_ON = re.compile(r" \w")
BETWEEN = re.compile(r"[^.;:“”]{0,60}")  # what stands between the day and the distance from it
VAGUE = re.compile(
    r"\b(?:than|nearly|almost|about|around|some|over|least|under|to|every|within|the|past|last) $", re.I
)
CLAUSE_END = re.compile(r"[,;:—–]\s|$")


def with_distances(
    text: str, times: Sequence[Timex], sentences: Sequence[Range], tables: TimeTables
) -> tuple[Timex, ...]:
    """The times, those that tell a distance from the time before them in their sentence reckoned from it."""
    known = Cover(sentences)
    out = list(times)
    for n in range(1, len(out)):
        around = next((sentences[i] for i in known.containing(out[n].at)), None)
        if around is None or not around.contains(out[n - 1].at):
            continue
        following = out[n + 1].at.start if n + 1 < len(out) else len(text)
        out[n] = reckoned(text, out[n], out[n - 1], min(following, around.end), around, tables) or out[n]
    return tuple(out)


def reckoned(
    text: str, time: Timex, anchor: Timex, following: int, around: Range, tables: TimeTables
) -> Timex | None:
    """A time reckoned from the one before it; None where it tells no distance, or what it is said of has a day of its own."""
    m = DISTANCE.fullmatch(text, *time.at)
    way = WAY.match(text, time.at.end) if m and not m["way"] else m
    if (
        m is None
        or way is None
        or not GOES_ON.match(text, way.end("way"))
        or not is_anchor(text, anchor, time.at)
    ):
        return None
    count = number(m, tables.words)
    stop = CLAUSE_END.search(text, way.end("way"), around.end)
    if not count.isdigit() or anchor.earliest is None or (stop and following < stop.start()):
        return None
    sign = -1 if way["way"].lower() == "after" else 1
    value = ago(anchor.earliest, sign * int(count), unit_of(m["u"], tables.words))
    return Timex(Range(time.at.start, way.end("way")), TimeType.DATE, value, *bounds(value))


def is_anchor(text: str, anchor: Timex, at: Range) -> bool:
    """Whether a time before a distance is the day from which it counts."""
    return (
        anchor.earliest is not None
        and anchor.earliest == anchor.latest
        and BETWEEN.fullmatch(text, anchor.at.end, at.start) is not None
        and VAGUE.search(text, max(anchor.at.end, at.start - 12), at.start) is None
    )
