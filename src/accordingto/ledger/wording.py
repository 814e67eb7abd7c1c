"""Values in words, as lists and pages show them: `20 or more`, `4 (children)`, `May 2031`; and which value a person means who names one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from accordingto.ledger.accounts import Statement, Value
from accordingto.ledger.contest import FieldValue
from accordingto.ledger.titles import days
from accordingto.ledger.values import is_number

Told = FieldValue | Statement


def words_of(told: Told) -> str:
    """`12`, `20 or more`, `4 (children)`, `2031-05-06`, `May 2031`, `it happened`; a dash where no value is told."""
    value = told.value
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "it happened" if value else "it did not happen"
    if isinstance(value, int | float):
        return in_part(bounds_words(told.low, value, told.high) or "–", told.part)
    return span_words(value, told.end) if told.end and told.end != value else value


def number_words(value: float | int | None) -> str:
    """`40,000`; a question mark where nothing is known."""
    return "?" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,}"


def bounds_words(low: float | int | None, best: float | int | None, high: float | int | None) -> str | None:
    """`4`, `4–6 (best 4)`, `40,001 or more`; None where nothing is known."""
    if low is not None and high is not None:
        if low == high:
            return number_words(low)
        near = f" (best {number_words(best)})" if best is not None and best not in (low, high) else ""
        return f"{number_words(low)}–{number_words(high)}{near}"
    if low is not None:
        return f"{number_words(low)} or more"
    if high is not None:
        return f"{number_words(high)} or fewer"
    return None if best is None else number_words(best)


def in_part(words: str, part: str | None) -> str:
    """A count in words, with the part of the people where it is not of all."""
    return f"{words} ({part})" if part else words


def span_words(first: str, last: str) -> str:
    """`2031`, `May 2031`, `3–9 March 2031`: the days from one ISO day to another."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    after = end + timedelta(days=1) if end < date.max else end
    if begin.day == after.day == 1 and begin.month == after.month == 1 and after.year - begin.year == 1:
        return f"{begin.year}"
    if begin.day == after.day == 1 and (begin.year, begin.month) == (end.year, end.month):
        return f"{begin:%B} {begin.year}"
    return days(begin, end) or first


def key_of(told: Told) -> str:
    """A value as a judgement names it: as it is, and of a part only where that is said."""
    return in_part(str(told.value), told.part)


def means(named: object, told: Told) -> bool:
    """True where a judgement's value is this one: `4` is every 4 that is told, `4 (children)` only that one."""
    return str(named) in (str(told.value), key_of(told))


def meant(named: str, held: Iterable[Told]) -> Value:
    """Of the values held the one that is named as it is stored or in the words of a list.

    Raises:
        LookupError: where it is none of them.
    """
    held = list(held)
    for told in held:
        if named == str(told.value):
            return told.value
    for told in held:
        if named.casefold() in (key_of(told).casefold(), words_of(told).casefold()):
            return key_of(told) if told.part else told.value
        if is_number(told.value) and named.replace(",", "") == str(told.value):
            return told.value
    raise LookupError(named)
