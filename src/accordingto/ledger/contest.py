"""Statements → fields: which values there are, who stands behind each, and whether they agree.

A voice is a named source wherever it speaks, or an unnamed one within one origin; an outlet's own words count as a
voice only where no source of the same origin says the same. Of one voice's numbers the latest holds. States:
*agreed* (two voices or more, nothing against), *single-source*, *contested* (values that exclude each other, or a
value denied), *denied* (only denials), *unknown* (nobody asserts or denies).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

import msgspec

from accordingto.ledger.accounts import NUMERIC, Field, Stance, Statement, Value
from accordingto.ledger.independence import one_voice_each, ordered, voice, voices
from accordingto.ledger.tallies import SOME
from accordingto.ledger.values import (
    MILITARY,
    Atlas,
    a_states,
    admits_for,
    at_once,
    bears_out,
    close,
    counted_apart,
    denies,
    fits,
    is_name,
    is_number,
    is_states,
    of_one_scene,
    outgrown,
    overtaken,
    rival,
    rival_doers,
    rival_targets,
    told_bounds,
)
from accordingto.record import SourceKind, Struct
from accordingto.spans import Span


class State(StrEnum):
    """How a field stands."""

    AGREED = "agreed"
    SINGLE = "single-source"
    CONTESTED = "contested"
    DENIED = "denied"
    UNKNOWN = "unknown"


class FieldValue(Struct, frozen=True, omit_defaults=True):
    """One value as lists and pages show it.

    `part`: it counts only a part of the people, and which. `end`: the last of the days that it stands for. `low`, `high`:
    the bounds of a count that is not exact; of two an open one is None. `overtaken`: a count that its own voice's later one, or a later
    and higher one, has replaced. `flat`: who says so only tells that a thing was not, and denies no word of others.
    """

    value: Value
    stance: str
    by: str | None
    kind: str
    party: str | None
    report: str
    claim: str | None
    span: Span | None
    part: str | None = None
    end: str | None = None
    low: float | int | None = None
    high: float | int | None = None
    overtaken: bool = False
    flat: bool = False


class FieldState(Struct, frozen=True):
    """One field of an incident; low, best and high where it is a number."""

    state: State
    values: tuple[FieldValue, ...] = ()
    low: float | int | None = None
    best: float | int | None = None
    high: float | int | None = None


def settle(
    statements: Sequence[Statement],
    origins: Mapping[str, str],
    *,
    atlas: Atlas = MappingProxyType({}),
    mutual: bool = False,
) -> dict[str, FieldState]:
    """All fields of one incident.

    `origins`: each document's origin (near-copies share one). `atlas`: its accounts' places. `mutual`: two sides do
    it, so that two doers are no contest.
    """
    out = {}
    known = one_voice_each(statements, origins)
    for field in Field:
        told = [s for s in known if s.field is field]
        exclusive = field in EXCLUSIVE and not (mutual and field is Field.ACTOR)
        found = numbers(told, origins) if field in NUMERIC else names(field, told, origins, atlas, exclusive)
        out[str(field)] = found
    return out


def names(
    field: Field, told: Sequence[Statement], origins: Mapping[str, str], atlas: Atlas, exclusive: bool
) -> FieldState:
    """A field whose values are names, days, uses or yes."""
    asserted = [s for s in told if s.stance is Stance.ASSERTS]
    denied = [s for s in told if s.stance is Stance.DENIES]
    denied = [d for d in denied if not conceded(field, d, asserted, atlas)]
    groups = alike(field, asserted, atlas)
    values = tuple(shown(s) for s in ordered(told))
    if not asserted or (field is Field.ACTOR and unanswered(asserted, denied)):
        return FieldState(State.DENIED if denied else State.UNKNOWN, values)
    against = any(counters(field, d, asserted, atlas) for d in denied)
    if against or (len(groups) > 1 and exclusive and rivals(field, groups, origins)):
        return FieldState(State.CONTESTED, values)
    most = max(len(voices(g, origins)) for g in groups)
    return FieldState(State.AGREED if most > 1 else State.SINGLE, values)


EXCLUSIVE = frozenset({Field.ACTOR, Field.TARGET, Field.USE_OF_SITE, Field.WHEN})  # they shut each other out


def conceded(field: Field, denial: Statement, asserted: Sequence[Statement], atlas: Atlas) -> bool:
    """True where whoever denied it said on a later day that it was so, or where a state admits what a body of it had denied."""
    return any(
        (s.source == denial.source and (denial.value is None or fits(field, denial, s, atlas)))
        or (field is Field.ACTOR and admits_for(denial, s))
        for s in asserted
        if (s.day or "") > (denial.day or "")
    )


def unanswered(asserted: Sequence[Statement], denied: Sequence[Statement]) -> bool:
    """True where a body denies having done it, nobody says so of himself, and whoever speaks of doers names none: “gunmen”."""
    return any(is_name(str(d.value)) for d in denied) and not any(
        s.by == s.value or is_name(str(s.value)) or is_states(str(s.value)) for s in asserted
    )


def counters(field: Field, denial: Statement, asserted: Sequence[Statement], atlas: Atlas) -> bool:
    """True where a denial speaks against a value that someone asserts."""
    if denial.value is None or field is Field.HAPPENED:
        return True
    return any(
        fits(field, denial, s, atlas) or (field is Field.ACTOR and a_states(denial, s)) for s in asserted
    )


def rivals(field: Field, groups: Sequence[Sequence[Statement]], origins: Mapping[str, str]) -> bool:
    """True where different voices hold different values; one report naming two actors is no contest."""
    if field is Field.USE_OF_SITE:
        kinds = {str(s.value) in MILITARY for g in groups for s in g}
        return len(kinds) > 1
    pairs = [(a, b) for n, a in enumerate(groups) for b in groups[n + 1 :]]
    if field is Field.WHEN:  # a report's day for it is often that of what is new; only sources contest a day
        return any(explicit(a, b) and not close(a[0], b[0]) for a, b in pairs)
    if field is Field.TARGET:
        sides = [(a, b) for a, b in pairs if rival_targets(a[0], b[0])]
        held = [(holders(a, b, origins), holders(b, a, origins)) for a, b in sides]
        if any(one - other and other - one for one, other in held):
            return True
    crowds = [s for g in groups for s in g if s.low is not None or s.high is not None]
    if len({s.source for s in crowds}) > 1 and counted_apart(crowds):
        return True
    if field is Field.TARGET:
        return False
    return any(rival_doers(a[0], b[0]) and apart(a, b, origins) for a, b in pairs)


def holders(one: Sequence[Statement], other: Sequence[Statement], origins: Mapping[str, str]) -> set[str]:
    """Independent voices for one of two values, without whoever holds the other by a later word."""
    last = {(voice(s, origins), s.day or "") for s in other}
    kept = [s for s in one if not any(v == voice(s, origins) and day > (s.day or "") for v, day in last)]
    return voices(kept, origins)


def apart(one: Sequence[Statement], other: Sequence[Statement], origins: Mapping[str, str]) -> bool:
    """True where two values have no voice in common and don't stand in one report by its own word."""
    if explicit(one, other):
        return True
    return not (voices(one, origins) & voices(other, origins)) and not (reports(one) & reports(other))


def explicit(one: Sequence[Statement], other: Sequence[Statement]) -> bool:
    """True where two different sources, not the outlet, each name another."""
    mine = {s.source for s in one if s.kind != SourceKind.REPORTER}
    theirs = {s.source for s in other if s.kind != SourceKind.REPORTER}
    return bool(mine and theirs and not mine & theirs)


def reports(told: Sequence[Statement]) -> set[str]:
    """The documents of some statements."""
    return {s.document for s in told}


def alike(field: Field, told: Sequence[Statement], atlas: Atlas) -> list[list[Statement]]:
    """Statements grouped by values that are the same thing."""
    groups: list[list[Statement]] = []
    for s in ordered(told):
        home = next((g for g in groups if fits(field, g[0], s, atlas)), None)
        if home is None:
            groups.append([s])
        else:
            home.append(s)
    return groups


def numbers(told: Sequence[Statement], origins: Mapping[str, str]) -> FieldState:
    """A field of counts: each voice's latest; a later, higher count by another is growth, not contest.

    Where nobody counts all, each part of the people is a matter of its own, and the numbers are of the one that most tell;
    who says that there were none says it of each part.
    """
    denied = [s for s in told if s.stance is Stance.DENIES]
    counts = [s for s in told if s.stance is Stance.ASSERTS and is_number(s.value)]
    old = replaced(counts, origins)
    values = tuple(shown(s, overtaken=s in old) for s in ordered(told))
    whole = of_one_scene([s for s in counts if s.part is None], origins)
    parts = sorted({s.part for s in counts if s.part})
    crowds = [[s for s in counts if s.part == p] for p in parts]
    if any(s.value for s in whole):
        crowds = [whole]
    elif whole:  # where there were none, there were none of any part
        crowds = [[*c, *whole] for c in crowds] or [whole]
    found = [of_one_crowd(c, denied, origins) for c in crowds]
    if not found:
        return FieldState(State.DENIED if denied else State.UNKNOWN, values)
    state = next(
        (x for x in (State.CONTESTED, State.AGREED) if any(f.state is x for _, f in found)), State.SINGLE
    )
    _, most = max(found, key=lambda f: (f[0], f[1].best or 0))
    return msgspec.structs.replace(most, state=state, values=values)


def of_one_crowd(
    told: Sequence[Statement], denied: Sequence[Statement], origins: Mapping[str, str]
) -> tuple[int, FieldState]:
    """How counts of the same people stand, and how many voices count them."""
    current = latest(told, origins)
    live = [s for s in current if not outgrown(s, current)]
    lows, highs = zip(*map(told_bounds, live), strict=True)
    excluded = any(rival(a, b, origins) for n, a in enumerate(live) for b in live[n + 1 :])
    refuted = any(d.value is None or any(denies(d, s) for s in current) for d in denied)
    together = [len(voices([o for o in current if bears_out(o, s, origins)], origins)) for s in live]
    if refuted or (told[0].part != SOME and (excluded or at_once(told, origins))):
        state = State.CONTESTED
    else:
        state = State.AGREED if max(together) > 1 else State.SINGLE
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    return len(voices(live, origins)), FieldState(state, (), low, most_held(live, origins), high)


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


def replaced(counts: Sequence[Statement], origins: Mapping[str, str]) -> frozenset[Statement]:
    """The counts that are overtaken, each part of the people by itself."""
    out: list[Statement] = []
    for part in {s.part for s in counts}:
        same = [s for s in counts if s.part == part]
        current = latest(same, origins)
        out += [s for s in same if overtaken(s, current)]
    return frozenset(out)


def most_held(live: Sequence[Statement], origins: Mapping[str, str]) -> float | int | None:
    """The number that most voices hold; of equals the latest, then the lowest."""
    held: dict[float, list[Statement]] = {}
    for s in live:
        held.setdefault(float(s.value or 0), []).append(s)
    best = max(held, key=lambda v: (len(voices(held[v], origins)), max(s.day or "" for s in held[v]), -v))
    return int(best) if best == int(best) else best


def shown(s: Statement, *, overtaken: bool = False) -> FieldValue:
    """A statement as a value in lists."""
    end = s.end if s.end != s.value else None
    low, high = (s.low, s.high) if is_number(s.value) and {s.low, s.high} != {s.value} else (None, None)
    told = (s.value, str(s.stance), s.by, s.kind, s.party, s.report, s.claim, s.span)
    return FieldValue(*told, s.part, end, low, high, overtaken, s.flat)


def of_all(values: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """Values without the counts of a part, which rival no count of all; with them where nobody counts all, or all that is said of all is that there were none."""
    whole = any(
        v.part is None and v.stance == Stance.ASSERTS and is_number(v.value) and v.value for v in values
    )
    return tuple(v for v in values if not (whole and v.part))


def still_held(values: Sequence[FieldValue]) -> tuple[FieldValue, ...]:
    """The values of a contested field that stand against each other: without counts that are overtaken, unless these alone clash."""
    told = of_all(values)
    live = tuple(v for v in told if not v.overtaken)
    firm = {(v.value, v.stance) for v in live if v.stance in (Stance.ASSERTS, Stance.DENIES)}
    return live if len(firm) > 1 else told
