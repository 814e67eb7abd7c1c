"""Statements → fields: which values there are, who stands behind each, and whether they agree.

A voice is a named source wherever it speaks, or an unnamed one within one origin; an outlet's own words count as a
voice only where no source of the same origin says the same. Of one voice's numbers the latest holds. States:
*agreed* (two voices or more, nothing against), *single-source*, *contested* (values that exclude each other, or a
value denied), *denied* (only denials), *unknown* (nobody asserts or denies).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from accordingto.ledger.accounts import NUMERIC, Field, Stance, Statement, Value
from accordingto.ledger.names import name_key, same_name
from accordingto.record import SourceKind, Struct
from accordingto.spans import Span


class State(StrEnum):
    """How a field stands."""

    AGREED = "agreed"
    SINGLE = "single-source"
    CONTESTED = "contested"
    DENIED = "denied"
    UNKNOWN = "unknown"


class FieldValue(Struct, frozen=True):
    """One value as lists and pages show it."""

    value: Value
    stance: str
    by: str | None
    kind: str
    party: str | None
    report: str
    claim: str | None
    span: Span | None


class FieldState(Struct, frozen=True):
    """One field of an incident; low, best and high where it is a number."""

    state: State
    values: tuple[FieldValue, ...] = ()
    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None


def settle(statements: Sequence[Statement], origins: Mapping[str, str]) -> dict[str, FieldState]:
    """All fields of one incident. `origins`: each document's origin (near-copies share one)."""
    out = {}
    for field in Field:
        told = [s for s in statements if s.field is field]
        out[str(field)] = numbers(told, origins) if field in NUMERIC else names(field, told, origins)
    return out


def voice(s: Statement, origins: Mapping[str, str]) -> str:
    """Who speaks: a source across reports; the anonymous and the outlet by origin."""
    origin = origins.get(s.document, s.document)
    if s.kind == SourceKind.REPORTER:
        return f"outlet {origin}"
    if s.kind == SourceKind.ANONYMOUS:
        return f"{name_key(s.by or '')} {origin}"
    return s.source


def voices(told: Iterable[Statement], origins: Mapping[str, str]) -> set[str]:
    """Independent voices: an outlet that only repeats its sources is none."""
    rows = list(told)
    sourced = {origins.get(s.document, s.document) for s in rows if s.kind != SourceKind.REPORTER}
    return {
        voice(s, origins)
        for s in rows
        if s.kind != SourceKind.REPORTER or origins.get(s.document, s.document) not in sourced
    }


def names(field: Field, told: Sequence[Statement], origins: Mapping[str, str]) -> FieldState:
    """A field whose values are names, days, uses or yes."""
    asserted = [s for s in told if s.stance is Stance.ASSERTS]
    denied = [s for s in told if s.stance is Stance.DENIES]
    groups = alike(field, asserted)
    values = tuple(shown(s) for s in ordered(told))
    if not asserted:
        return FieldState(State.DENIED if denied else State.UNKNOWN, values)
    against = any(counters(field, d, asserted) for d in denied)
    if against or (len(groups) > 1 and field in EXCLUSIVE and rivals(field, groups, origins)):
        return FieldState(State.CONTESTED, values)
    most = max(len(voices(g, origins)) for g in groups)
    return FieldState(State.AGREED if most > 1 else State.SINGLE, values)


EXCLUSIVE = frozenset({Field.ACTOR, Field.USE_OF_SITE, Field.WHEN})  # values that shut each other out
MILITARY = frozenset({"weapons store", "command center", "military base", "launch site"})


def counters(field: Field, denial: Statement, asserted: Sequence[Statement]) -> bool:
    """True where a denial speaks against a value that someone asserts."""
    if denial.value is None or field is Field.HAPPENED:
        return True
    return any(fits(field, denial, s) for s in asserted)


def rivals(field: Field, groups: Sequence[Sequence[Statement]], origins: Mapping[str, str]) -> bool:
    """True where different voices hold different values; one report naming two actors is no contest."""
    if field is Field.USE_OF_SITE:
        kinds = {str(s.value) in MILITARY for g in groups for s in g}
        return len(kinds) > 1
    if field is Field.WHEN:  # a report's day for it is often that of what is new; only sources contest a day
        return any(explicit(a, b) and not close(a, b) for n, a in enumerate(groups) for b in groups[n + 1 :])
    held = [voices(g, origins) for g in groups]
    return any(
        not (one & other) and not (reports(a) & reports(b))
        for n, (one, a) in enumerate(zip(held, groups, strict=True))
        for other, b in zip(held[n + 1 :], groups[n + 1 :], strict=True)
    ) or any(explicit(a, b) for n, a in enumerate(groups) for b in groups[n + 1 :])


def close(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    """True where two days lie a day apart: a night has two dates, and so has the world."""
    first, second = sorted((str(g[0].value), g[0].end or str(g[0].value)) for g in (one, other))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days <= 1


def explicit(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    """True where two different sources, not the outlet, each name another."""
    mine = {s.source for s in one if s.kind != SourceKind.REPORTER}
    theirs = {s.source for s in other if s.kind != SourceKind.REPORTER}
    return bool(mine and theirs and not mine & theirs)


def reports(told: Sequence[Statement]) -> set[str]:
    """The documents of some statements."""
    return {s.document for s in told}


def alike(field: Field, told: Sequence[Statement]) -> list[list[Statement]]:
    """Statements grouped by values that are the same thing."""
    groups: list[list[Statement]] = []
    for s in ordered(told):
        home = next((g for g in groups if fits(field, g[0], s)), None)
        if home is None:
            groups.append([s])
        else:
            home.append(s)
    return groups


def fits(field: Field, one: Statement, other: Statement) -> bool:
    """True where two values are the same thing: equal, one name in other words, days that overlap."""
    a, b = one.value, other.value
    if field is Field.WHEN:
        return str(a) <= (other.end or str(b)) and str(b) <= (one.end or str(a))
    if isinstance(a, str) and isinstance(b, str):
        same_party = field is Field.ACTOR and one.party is not None and one.party == other.party
        return same_name(a, b) or (same_party and name_key(a) == name_key(b))
    return a == b


def numbers(told: Sequence[Statement], origins: Mapping[str, str]) -> FieldState:
    """A field of counts: each voice's latest; a later, higher count by another is growth, not contest."""
    values = tuple(shown(s) for s in ordered(told))
    denied = [s for s in told if s.stance is Stance.DENIES]
    whole = [s for s in told if s.stance is Stance.ASSERTS and s.part is None and is_number(s.value)]
    part = [s for s in told if s.stance is Stance.ASSERTS and s.part is not None and is_number(s.value)]
    current = latest(whole or part, origins)
    if not current:
        return FieldState(State.DENIED if denied else State.UNKNOWN, values)
    live = [s for s in current if not outgrown(s, current)]
    lows = [s.low if s.low is not None else as_number(s.value) for s in live]
    highs = [s.high if s.high is not None else as_number(s.value) for s in live]
    best = most_held(live, origins)
    low, high = min(lows), max(highs)
    excluded = any(not compatible(a, b) for n, a in enumerate(live) for b in live[n + 1 :])
    if any(d.value is None or any(d.value == s.value for s in live) for d in denied) or (whole and excluded):
        state = State.CONTESTED
    else:
        state = State.AGREED if len(voices(live, origins)) > 1 else State.SINGLE
    return FieldState(state, values, low, best, high)


def is_number(value: Value) -> bool:
    """True for a count; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_number(value: Value) -> float | int:
    """A count as the number that it is."""
    return value if isinstance(value, int | float) else 0


def latest(told: Sequence[Statement], origins: Mapping[str, str]) -> list[Statement]:
    """Each voice's numbers of its last day; two on one day keep the larger."""
    last: dict[str, Statement] = {}
    for s in ordered(told):
        key = voice(s, origins)
        kept = last.get(key)
        mine = (s.day or "", float(s.value or 0))
        if kept is None or mine > (kept.day or "", float(kept.value or 0)):
            last[key] = s
    heard = voices(told, origins)
    return [s for key, s in sorted(last.items()) if key in heard]


def outgrown(s: Statement, current: Sequence[Statement]) -> bool:
    """True for a count that a later day's higher count has overtaken."""
    return any(
        o is not s and o.day and s.day and o.day > s.day and float(o.value or 0) > float(s.value or 0)
        for o in current
    )


def compatible(a: Statement, b: Statement) -> bool:
    """True where the two ranges overlap; an open end reaches as far as the other's best."""
    first, second = (bounds(s) for s in (a, b))
    return first[0] <= second[1] and second[0] <= first[1]


def bounds(s: Statement) -> tuple[float, float]:
    """The lowest and highest number that the words allow."""
    best = float(s.value or 0)
    if s.low is None and s.high is None:
        return best, best
    low = float(s.low) if s.low is not None else 0.0
    return low, float(s.high) if s.high is not None else float("inf")


def most_held(live: Sequence[Statement], origins: Mapping[str, str]) -> float | int | None:
    """The number that most voices hold; of equals the latest, then the lowest."""
    held: dict[float, list[Statement]] = {}
    for s in live:
        held.setdefault(float(s.value or 0), []).append(s)
    best = max(held, key=lambda v: (len(voices(held[v], origins)), max(s.day or "" for s in held[v]), -v))
    return int(best) if best == int(best) else best


def ordered(told: Iterable[Statement]) -> list[Statement]:
    """Canonical order: day, document, place in it, who."""
    return sorted(
        told,
        key=lambda s: (
            s.day or "9999",
            s.document,
            s.span.start if s.span else -1,
            s.claim or "",
            str(s.value),
        ),
    )


def shown(s: Statement) -> FieldValue:
    """A statement as a value in lists."""
    return FieldValue(s.value, str(s.stance), s.by, s.kind, s.party, s.report, s.claim, s.span)
