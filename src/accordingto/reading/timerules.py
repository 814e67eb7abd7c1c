"""What each rule of the time grammar means: a match and its surroundings to a TIMEX3 type and value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from accordingto.reading.timestate import State
from accordingto.reading.timevalues import ago, bounds, duration, hours, moved, part_of, season, shifted, week
from accordingto.reading.timewords import number, unit_of
from accordingto.reading.tokens import lowered
from accordingto.reading.yearless import year_of
from accordingto.record import TimeType
from accordingto.spans import Range

LEAST = re.compile(r"(?<![\w.,-])(?P<n>[a-z]+|\d{1,3})(?: (?:or|to) | ?[-–] ?)$", re.I)
ON = re.compile(r"\bon $", re.I)
Answer = tuple[TimeType, str | None] | None


def date_rule(m: re.Match[str], s: State) -> Answer:
    """A day of a month, with or without year and part of the day."""
    month, day = int(s.words["month"][lowered(m["m"])]), int(m["d"])
    if not 1 <= day <= 31:
        return None
    year = year_of(m, s, month, day)
    if year and not m["y"] and (said := m.groupdict().get("wd")):
        year = s.with_weekday(year, month, day, said)
    part = m.groupdict().get("part")
    kind = TimeType.TIME if part else TimeType.DATE
    if year is None:
        return kind, None
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    return kind, value + (s.words["daypart"][lowered(part)] if part else "")


def days_rule(m: re.Match[str], s: State) -> Answer:
    """Nov. 20-22; 5, 6 and 9 October; March–June 2023: from the first of them to the last."""
    g, months = m.groupdict(), s.words["month"]
    month, day = months[lowered(m["m"])], g["d"]
    to, until = months[lowered(g.get("to") or m["m"])], g["until"]
    first, last = (int(month), int(day or 1)), (int(to), int(until or 31))
    year = year_of(m, s, int(to), int(until) if until else None)
    if year is None:
        return TimeType.DATE, None
    ends = [
        "-".join((f"{y:04d}", *(f"{int(x):02d}" for x in (a, b) if x)))
        for y, a, b in ((year - (first > last), month, day), (year, to, until))
    ]
    value = "/".join(ends)
    return (TimeType.DATE, value) if None not in bounds(value) else None


def numeric_rule(m: re.Match[str], s: State) -> Answer:
    """2024-09-07, with or without an hour; 9/7/2024 (month first, as US wires write) and 7.9.2024 (day first).

    The other order counts where the first is impossible, or the report has another date with its day first.
    """
    year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    if month > 12 >= day or (day <= 12 and "/" in m[0] and s.day_first):
        month, day = day, month
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    if clock := m.groupdict().get("clock"):
        return TimeType.TIME, f"{value}T{clock}{(m['zone'] or '').upper()}"
    return TimeType.DATE, value


def month_rule(m: re.Match[str], s: State) -> Answer:
    """A month, with or without a year."""
    month = int(s.words["month"][lowered(m["m"])])
    year = year_of(m, s, month, None)
    return TimeType.DATE, f"{year:04d}-{month:02d}" if year is not None else None


def weekday_rule(m: re.Match[str], s: State) -> Answer:
    """A day of the week: the last one up to the publication date, unless the words look ahead; "two Sundays ago" the one before it."""
    g = m.groupdict()
    part, count = g.get("part"), number(m, s.words) if g.get("n") else ""
    kind = TimeType.TIME if part else TimeType.DATE
    if s.published is None or count == "X":
        return kind, None
    wanted, now = int(s.words["weekday"][lowered(m["wd"])]), s.published.isoweekday()
    back = -((now - wanted) % 7)
    which, off = lowered(g.get("which") or ""), lowered(g.get("off") or "")
    if count:
        shift = (back or -7) + 7 - 7 * int(count)
    elif s.until is not None and not which and not off:
        shift = (s.until - s.published).days - ((s.until.isoweekday() - wanted) % 7 or 7)
    elif off:
        shift = wanted - now + (7 if off == "next" else -7)
    elif which in ("next", "this coming", "the following"):
        shift = back + 7
    elif which == "last":
        shift = back or -7
    elif which in ("", "this") and s.ahead_of(Range(*m.span())) and back:
        shift = back + 7
    else:
        shift = back
    value = moved(s.published, shift).isoformat()
    return kind, value + (s.words["daypart"][lowered(part)] if part else "")


def hours_rule(m: re.Match[str], s: State) -> Answer:
    """the early hours of Sunday: the morning of that day; late hours are its night."""
    code = "TNI" if lowered(m["time"]) == "late" else "TMO"
    if s.published is None:
        return TimeType.TIME, None
    back = (s.published.isoweekday() - int(s.words["weekday"][lowered(m["wd"])])) % 7
    return TimeType.TIME, moved(s.published, -back).isoformat() + code


def deictic_rule(m: re.Match[str], s: State) -> Answer:
    """today, yesterday, tonight, overnight, the day after tomorrow, the night before last."""
    word, part = lowered(m["word"]), m.groupdict().get("late") or m.groupdict().get("part")
    suffix = s.words["daypart"][lowered(part)] if part else "TNI" if word in ("tonight", "overnight") else ""
    kind = TimeType.TIME if suffix else TimeType.DATE
    if s.published is None:
        return kind, None
    shift = {"yesterday": -1, "tomorrow": 1, "overnight": -1, "last": -1}.get(word.rpartition(" ")[2], 0)
    shift *= 2 if " " in word else 1
    return kind, moved(s.published, shift).isoformat() + suffix


def daypart_rule(m: re.Match[str], s: State) -> Answer:
    """last night, this morning, the evening (of the day spoken of)."""
    which, code = lowered(m["which"]), s.words["daypart"][lowered(m["part"])]
    if s.published is None:
        return TimeType.TIME, None
    if which in ("that", "the same", "the") and s.last is not None:
        day = s.last
    elif which in ("last", "the previous"):
        day = moved(s.published, -1)
    else:
        day = moved(s.published, 1 if which == "the next" else 0)
    return TimeType.TIME, day.isoformat() + code


BACKWARD = ("last", "previous", "the last", "the previous")
PAST = ("past", "the past")
SPOKEN = ("that", "that same", "the same", "the following", "the next", "the previous")
SATURDAY = 6
FORWARD = ("next", "coming", "this coming", "the coming", "the next", "the following")


def related_rule(m: re.Match[str], s: State) -> Answer:
    """this week, last month, next year, earlier this week, the next day."""
    which, name = lowered(m["which"]), lowered(m["u"])
    if s.published is None:
        return TimeType.DATE, None
    unit = "Y" if name in s.words["season"] else unit_of(name, s.words)
    if which == "the next" and unit in ("Y", "DE", "CE") and s.from_now(m.start()):
        return TimeType.DURATION, duration("1", unit)
    of = s.spoken_of(unit, that="that" in which) if which in SPOKEN else None
    base = of[1] if of else s.published
    if lowered(m[0]) == "this day" and s.last and ON.search(s.text, s.sentence.start, m.start()):
        base = s.last  # "On this day, families lay flowers"
    shift = -1 if which in BACKWARD else 1 if which in FORWARD else 0
    if unit == "W" and of and (of[1] - of[0]).days > 6:
        return TimeType.DATE, ago(base, 0, "M")  # some week of that month
    if name == "weekend":
        told = which in ("the", "this") and not s.ahead_of(Range(*m.span()))
        if base.isoweekday() < SATURDAY and (told or which in (*PAST, "this past")):
            shift = -1  # the one that has been
        return TimeType.DATE, week(moved(base, 7 * shift)) + "-WE"
    if name == "quarter":
        return TimeType.DATE, ago(base, shift, "Q")
    if name in s.words["season"]:
        return TimeType.DATE, season(base, shift, s.words["season"][name])
    if which in PAST or (which == "the last" and unit in ("DE", "CE")):
        return (
            (TimeType.DATE, ago(base, 0, unit)) if unit == "W" else (TimeType.DURATION, duration("1", unit))
        )
    if unit in ("S", "MIN", "H"):
        return TimeType.DURATION, duration("1", unit)
    return TimeType.DATE, ago(base, shift, unit)


def before_rule(m: re.Match[str], s: State) -> Answer:
    """the day before, the week after: from the last day spoken of."""
    way, unit = lowered(m["way"]), unit_of(m["u"], s.words)
    far = way in ("before last", "after next")  # counted from today, "the week before last"
    sign = (2 if far else 1) * (1 if "after" in way else -1)
    base = s.published if far else s.counted_from(m.end(), unit)
    return TimeType.DATE, ago(base, sign, unit) if base else None


def same_rule(m: re.Match[str], s: State) -> Answer:
    """the same month last year, the same quarter a year ago: a year before the last one spoken of."""
    name = lowered(m["u"])
    unit = "Y" if name in ("period", "time") else unit_of(name, s.words)
    base = s.base(unit)
    return TimeType.DATE, ago(shifted(base, -12), 0, unit) if base else None


def whole_rule(m: re.Match[str], s: State) -> Answer:
    """the entire year, the whole day: the one spoken of."""
    unit = unit_of(m["u"], s.words)
    base = s.base(unit)
    return TimeType.DATE, ago(base, 0, unit) if base else None


def inday_rule(m: re.Match[str], s: State) -> Answer:
    """late in the day: of the day spoken of."""
    base = s.last or s.published
    return TimeType.DATE, base.isoformat() if base else None


def fiscal_rule(m: re.Match[str], s: State) -> Answer:
    """the fiscal year 2030: FY2030 (TimeML); without a number the one that holds the day of publication."""
    if m["y"]:
        return TimeType.DATE, f"FY{m['y']}"
    if s.published is None:
        return TimeType.DATE, None
    return TimeType.DATE, f"FY{s.published.year + {'last': -1, 'next': 1}.get(lowered(m['which'] or ''), 0)}"


def holiday_rule(m: re.Match[str], s: State) -> Answer:
    """Christmas, New Year’s Eve: the last one up to the day of publication, unless the words look ahead."""
    month, day = (int(x) for x in s.words["holiday"][lowered(m["day"])].split("-"))
    year = year_of(m, s, month, day)
    if year is not None and not m["y"] and lowered(m["which"] or "") == "last" and s.published:
        year = s.published.year - (date(s.published.year, month, day) >= s.published)
    return TimeType.DATE, date(year, month, day).isoformat() if year is not None else None


def least_of(m: re.Match[str], s: State) -> tuple[int, int]:
    """The number with which a range of a time's numbers begins and where it stands: the two of "two or three weeks ago"; 0 for none."""
    told = LEAST.search(s.text, max(s.sentence.start, m.start() - 16), m.start())
    least, most = s.words["number"].get(word := lowered(told["n"]) if told else "", word), number(m, s.words)
    if told and least.isdigit() and most.isdigit() and 0 < int(least) < int(most):
        return int(least), told.start()
    return 0, m.start()


def ago_rule(m: re.Match[str], s: State) -> Answer:
    """three days ago, two weeks earlier, months later."""
    count, unit, way = number(m, s.words), unit_of(m["u"], s.words), lowered(m["way"])
    base = s.published if way in ("ago", "from now", "hence") else s.counted_from(m.end(), unit)
    least, _ = least_of(m, s)
    if count == "X":
        return TimeType.DURATION, duration("X", unit)
    if base is None:
        return TimeType.DATE, None
    sign = -1 if way in ("ago", "earlier", "before") else 1
    share = float(count) % 1
    value = ago(part_of(base, sign * share, unit), sign * int(float(count)), unit)
    if least and value and (other := ago(base, sign * least, unit)):
        return TimeType.DATE, "/".join(sorted((value, other)))
    return TimeType.DATE, value


def span_rule(m: re.Match[str], s: State) -> Answer:
    """Durations: 11 months, the past three years, recent days, half a year."""
    g = m.groupdict()
    if g.get("half"):
        unit = unit_of(g["half"], s.words)
        return TimeType.DURATION, {"Y": "P6M", "H": "PT30M", "D": "PT12H"}.get(unit, duration("0.5", unit))
    count = number(m, s.words) if g.get("n") and not least_of(m, s)[0] else "X"
    if lowered(g.get("n") or "") == "many":
        count = s.as_many(m.start()) or count
    return TimeType.DURATION, duration(count, unit_of(m["u"], s.words))


def plural_rule(m: re.Match[str], s: State) -> Answer:
    """for months, weeks after."""
    return TimeType.DURATION, duration("X", unit_of(m["u"], s.words))


def decade_rule(m: re.Match[str], s: State) -> Answer:
    """the 1980s, the ’90s."""
    return TimeType.DATE, m.groupdict().get("y") or f"19{m['short']}"


def season_rule(m: re.Match[str], s: State) -> Answer:
    """summer of 2014, last winter."""
    code = s.words["season"][lowered(m["s"])]
    if m["y"]:
        return TimeType.DATE, f"{m['y']}-{code}"
    if s.published is None:
        return TimeType.DATE, None
    shift = {"last": -1, "next": 1}.get(lowered(m["which"] or ""), 0)
    return TimeType.DATE, season(s.published, shift, code)


def quarter_rule(m: re.Match[str], s: State) -> Answer:
    """the second quarter of 2021."""
    number = s.words["ordinal"].get(lowered(m["q"]), "4")
    which = lowered(m.groupdict().get("which") or "")
    if m.groupdict().get("y"):
        return TimeType.DATE, f"{m['y']}-Q{number}"
    if s.published is None:
        return TimeType.DATE, None
    if lowered(m["q"]) in ("last", "final") and not which:
        return TimeType.DATE, ago(s.published, -1, "Q")  # the last one that is over
    over = int(number) > (s.published.month + 2) // 3 and not s.may_come(Range(*m.span())) and not which
    return TimeType.DATE, f"{s.published.year - (over or which == 'last')}-Q{number}"


def clock_rule(m: re.Match[str], s: State) -> Answer:
    """3 p.m., 14:30, noon, ten o’clock in the morning."""
    g = m.groupdict()
    if g.get("noon"):
        ends = ["24:00" if lowered(g["noon"]) == "midnight" else "12:00"]
    else:
        word = lowered(g.get("h") or g.get("word") or "")
        hour = int(word) if word.isdigit() else int(s.words["number"].get(word, "99").replace("X", "99"))
        late = lowered(g.get("part") or "") in ("afternoon", "evening", "night")
        half = "p" if late else lowered(g.get("half") or "")[:1]
        if not (ends := hours(g.get("since"), g.get("smin"), hour, g.get("min"), half)):
            return None
    near = s.last or s.published
    zone = "Z" if g.get("zone") else ""
    value = "/".join(f"{near.isoformat()}T{clock}{zone}" for clock in ends) if near and s.published else None
    return TimeType.TIME, value


def year_rule(m: re.Match[str], s: State) -> Answer:
    """2014; 2014–16; 1999-00; 2024-09, a month where no span of years can be meant."""
    start, until = int(m["y"]), m["until"] or ""
    end = int(m["y"][: 4 - len(until)] + until)
    if len(until) == 2 and end <= start:
        if m["joint"] == "-" and 1 <= int(until) <= 12:
            return TimeType.DATE, f"{m['y']}-{until}"
        end += 100 if end < start - 50 else 0
    return TimeType.DATE, f"{start}/{end}" if end > start else m["y"]


def every_rule(m: re.Match[str], s: State) -> Answer:
    """every Friday, each year."""
    if m["wd"]:
        return TimeType.SET, f"XXXX-WXX-{s.words['weekday'][lowered(m['wd'])]}"
    if m["part"]:
        return TimeType.SET, f"XXXX-XX-XX{s.words['daypart'][lowered(m['part'])]}"
    return TimeType.SET, duration("1", unit_of(m["u"], s.words))


RESOLVERS: dict[str, Callable[[re.Match[str], State], Answer]] = {
    "date": date_rule,
    "days": days_rule,
    "iso": numeric_rule,
    "slash": numeric_rule,
    "month": month_rule,
    "weekday": weekday_rule,
    "hours": hours_rule,
    "deictic": deictic_rule,
    "daypart": daypart_rule,
    "related": related_rule,
    "before": before_rule,
    "same": same_rule,
    "whole": whole_rule,
    "inday": inday_rule,
    "fiscal": fiscal_rule,
    "holiday": holiday_rule,
    "ago": ago_rule,
    "span": span_rule,
    "plural": plural_rule,
    "decade": decade_rule,
    "season": season_rule,
    "quarter": quarter_rule,
    "clock": clock_rule,
    "year": year_rule,
    "every": every_rule,
}
