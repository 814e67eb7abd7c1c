"""The Airwars grade of an incident, as a proposal with its reasons.

Airwars' ladder: *confirmed* where a belligerent accepts responsibility, *contested* where responsibility is
claimed of several, *discounted* where all those harmed were fighters, *fair* where two or more independent
voices report it, *weak* where one does. Where the happening itself is only denied it is *discounted*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.contest import FieldState, State, voices
from accordingto.ledger.names import same_name
from accordingto.record import SourceKind, Struct


class Grading(Struct, frozen=True):
    """A grade and why."""

    value: str
    reasons: tuple[str, ...]


def grade(
    statements: Sequence[Statement], fields: Mapping[str, FieldState], origins: Mapping[str, str]
) -> Grading:
    """The proposed grade of one incident."""
    happened = [s for s in statements if s.field is Field.HAPPENED and s.stance is Stance.ASSERTS]
    heard = voices(happened, origins)
    spread = f"{len(heard)} independent {'voice' if len(heard) == 1 else 'voices'}"
    owners = admissions(statements)
    rivals = sorted({str(v.value) for v in fields["actor"].values if v.stance == "asserts" and v.value})
    if fields["actor"].state is State.CONTESTED and not owners:
        who = " or ".join(rivals) if rivals else "an actor"
        denials = (f"{d} denies it" for d in deniers(statements))
        return Grading("contested", (f"who did it is contested: {who}", spread, *denials))
    if only_fighters(statements):
        return Grading("discounted", ("all those counted were fighters", spread))
    if not happened and fields["happened"].state is State.DENIED:
        return Grading("discounted", ("it is only denied that it happened",))
    if owners:
        return Grading("confirmed", (*(f"{o} says that it did it" for o in owners), spread))
    if len(heard) > 1:
        return Grading("fair", (spread, *(f"{d} denies it" for d in deniers(statements))))
    return Grading("weak", (spread if heard else "nobody asserts it outright",))


def deniers(statements: Sequence[Statement]) -> list[str]:
    """Who denies that it happened or who did it."""
    denied = (s for s in statements if s.field in (Field.HAPPENED, Field.ACTOR) and s.stance is Stance.DENIES)
    return sorted({str(s.by) for s in denied if s.by})


def admissions(statements: Sequence[Statement]) -> list[str]:
    """Actors that themselves say that they did it, and nowhere deny it."""
    against = deniers(statements)
    found = {
        str(s.by)
        for s in statements
        if s.field is Field.ACTOR
        and s.stance is Stance.ASSERTS
        and s.kind not in (SourceKind.REPORTER, SourceKind.ANONYMOUS)
        and s.by
        and isinstance(s.value, str)
        and same_name(s.by, s.value)
    }
    return sorted(f for f in found if not any(same_name(f, d) for d in against))


def only_fighters(statements: Sequence[Statement]) -> bool:
    """True where every count of the dead and wounded is one of fighters."""
    told = [
        s
        for s in statements
        if s.field in (Field.KILLED, Field.WOUNDED) and s.stance is Stance.ASSERTS and s.value is not None
    ]
    return bool(told) and all(s.part == "fighters" for s in told)
