"""What a person sets right of an incident: a count, the days, who did it, whom it hit, the type; the place is set by its own judgement.

A correction stands beside the sources' values, never as one of them: their fields stay as they are. Of those of one field the
last word holds, whoever has it; what others set before is still told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime

from accordingto.errors import UserError
from accordingto.ledger.accounts import NUMERIC, Field
from accordingto.ledger.wording import number_words, span_words
from accordingto.reading.timevalues import bounds
from accordingto.record import Struct

TYPE = "type"
SET = (TYPE, Field.WHEN, Field.ACTOR, Field.TARGET, Field.KILLED, Field.WOUNDED)
"""The fields of which a person may set the value."""
NAMES = (Field.ACTOR, Field.TARGET)
LONGEST = 200  # characters of a name
COUNT = re.compile(r"\d{1,9}|\d{1,3}(?:,\d{3}){1,2}")
DAYS = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
WRITTEN = ("%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y")
FIRST, LAST = 1000, 2999  # years


class Correction(Struct, frozen=True):
    """One value that one person set; days as ISO 8601 has them, `2031-03-04` or `2031-03-04/2031-03-06`."""

    field: str
    value: str | int
    who: str


def value_given(field: str, given: str, types: Collection[str]) -> str | int:
    """The value that a person gives for a field, as it is kept.

    Raises:
        UserError: where no value of that field may be set, or this is none; says what is.
    """
    given = " ".join(given.split())
    if field == TYPE:
        code = given.casefold().replace(" ", "_")
        if code in types:
            return code
        raise UserError(f"{given[:60]!r} is no type of incidents; there are {', '.join(sorted(types))}.")
    if field == Field.WHEN:
        return days_given(given)
    if field in NUMERIC:
        if COUNT.fullmatch(given) and given.isascii():
            return int(given.replace(",", ""))
        raise UserError(f"{given[:60]!r} is no count; give a whole number, such as 49.")
    if field in NAMES:
        if 0 < len(given) <= LONGEST:
            return given
        raise UserError(f"Give the name or words for the {field}, at most {LONGEST} characters.")
    raise UserError(f"The value of {field[:20]!r} can't be set; it can for {', '.join(SET)}.")


def days_given(given: str) -> str:
    """A day, a month or a year, or the first and the last of several with a slash between, as it is kept.

    Raises:
        UserError: where it is none of these, or the last lies before the first.
    """
    parts = [iso(p) for p in given.split("/")]
    first, last = bounds(parts[0])[0], bounds(parts[-1])[1]
    if len(parts) > 2 or not all(DAYS.fullmatch(p) for p in parts) or first is None or last is None:
        raise UserError(
            f"{given[:60]!r} is no day; give it as 2031-03-07, several as 2031-03-05/2031-03-07, a month as 2031-03."
        )
    if not FIRST <= first.year <= last.year <= LAST or first > last:
        raise UserError(
            f"{given[:60]!r} are no days: the first comes before the last, from {FIRST} to {LAST}."
        )
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def iso(part: str) -> str:
    """A day that is written out (“7 March 2031”) as ISO 8601 has it; anything else as it is."""
    for form in WRITTEN:
        try:
            return datetime.strptime(part.strip(), form).date().isoformat()
        except ValueError:
            continue
    return part.strip()


def window(value: str | int) -> tuple[date, date]:
    """The first and the last day of the days that somebody set."""
    first, _, last = str(value).partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def held(corrected: Sequence[Correction], field: str) -> Correction | None:
    """The last word on a field; None where nobody set it."""
    return next((c for c in reversed(corrected) if c.field == field), None)


def before(corrected: Sequence[Correction], field: str) -> list[Correction]:
    """What other persons set a field to before the last word, the newest first, where that was another value."""
    last = held(corrected, field)
    others = (c for c in reversed(corrected) if c.field == field)
    return [c for c in others if last and c.who != last.who and c.value != last.value]


def set_words(c: Correction) -> str:
    """What somebody set, in words: `1,200`, `4–6 March 2031`, `arms transfer`."""
    if isinstance(c.value, int):
        return number_words(c.value)
    if c.field == Field.WHEN:
        return span_words(*(d.isoformat() for d in window(c.value)))
    return c.value.replace("_", " ") if c.field == TYPE else c.value


def in_words(corrected: Sequence[Correction], field: str) -> str | None:
    """The last word on a field and what it overruled: `49, corrected by ann (before: 50 by ben)`; None where nobody set it."""
    last = held(corrected, field)
    if last is None:
        return None
    others = [f"{set_words(c)} by {c.who}" for c in before(corrected, field)]
    return f"{set_words(last)}, corrected by {last.who}" + (
        f" (before: {', '.join(others)})" if others else ""
    )
