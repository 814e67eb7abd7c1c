"""The Airwars grade of an incident, as a proposal with its reasons.

Airwars' ladder: *confirmed* where a belligerent accepts responsibility, *contested* where responsibility is
claimed of several, *discounted* where all those harmed were fighters, *fair* where two or more independent
voices report it, *weak* where one does. Where the happening itself is only denied it is *discounted*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accordingto.ledger.accounts import Field, Stance, Statement
from accordingto.ledger.bodies import STATES, bodies, body_key, of_its_men, same_body
from accordingto.ledger.contest import FieldState, State, conceded
from accordingto.ledger.independence import short_form, voices
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.names import name_key
from accordingto.ledger.spokesmen import body_of
from accordingto.ledger.values import (
    ARMY,
    is_machine,
    is_states_body,
    land_of,
    longer_first,
    same_doer,
    same_group,
)
from accordingto.record import SourceKind, Struct


class Grading(Struct, frozen=True):
    """A grade and why."""

    value: str
    reasons: tuple[str, ...]


def grade(
    statements: Sequence[Statement], fields: Mapping[str, FieldState], origins: Mapping[str, str]
) -> Grading:
    """The proposed grade of one incident; a denial that its own voice later gives up is none."""
    statements = [s for s in statements if not given_up(s, statements)]
    happened = [s for s in statements if s.field is Field.HAPPENED and s.stance is Stance.ASSERTS]
    heard = voices(happened, origins)
    spread = f"{len(heard)} independent {'voice' if len(heard) == 1 else 'voices'}"
    owners = admissions(statements)
    told = sorted({str(v.value) for v in fields["actor"].values if v.stance == "asserts" and v.value})
    rivals = [t for n, t in enumerate(told) if not any(same_doer(t, o) for o in told[:n])]
    if fields["actor"].state is State.CONTESTED and not owners:
        who = " or ".join(rivals) if rivals else "an actor"
        denials = (f"{d} denies it" for d in deniers(statements))
        return Grading("contested", (f"who did it is contested: {who}", spread, *denials))
    if only_fighters(statements):
        return Grading("discounted", ("all those counted were fighters", spread))
    if not happened and fields["happened"].state is State.DENIED:
        flat = all(v.flat for v in fields["happened"].values if v.stance == "denies")
        return Grading(
            "discounted", ("nobody says that it happened" if flat else "it is only denied that it happened",)
        )
    if owners:
        return Grading("confirmed", (*(f"{o} says that {who} did it" for o, who in owners.items()), spread))
    if len(heard) > 1:
        return Grading("fair", (spread, *(f"{d} denies it" for d in deniers(statements))))
    denied = [f"{d} denies it" for d in deniers(statements)]
    clash = (
        ["whether it happened is contested"]
        if fields["happened"].state is State.CONTESTED and not denied
        else []
    )
    return Grading("weak", (spread if heard else "nobody asserts it outright", *denied, *clash))


def given_up(denial: Statement, statements: Sequence[Statement]) -> bool:
    """True for a denial whose own voice said on a later day that it was so."""
    if denial.stance is not Stance.DENIES or denial.field not in (Field.HAPPENED, Field.ACTOR):
        return False
    told = [s for s in statements if s.field is denial.field and s.stance is Stance.ASSERTS]
    return conceded(denial.field, denial, told, {})


def deniers(statements: Sequence[Statement]) -> list[str]:
    """Who denies that it happened or who did it."""
    denied = (s for s in statements if s.field in (Field.HAPPENED, Field.ACTOR) and s.stance is Stance.DENIES)
    return sorted({str(s.by) for s in denied if s.by})


def admissions(statements: Sequence[Statement]) -> dict[str, str]:
    """Who says that it did it, or that the body did it for which it speaks, and nowhere denies it, and who it is by its words."""
    against = deniers(statements)
    found = {
        str(s.by): owner
        for s in statements
        if s.field is Field.ACTOR
        and s.stance is Stance.ASSERTS
        and isinstance(s.value, str)
        and (owner := owner_of(s, s.value))
    }
    return {
        by: found[by]
        for by in sorted(found)
        if not any(same_doer(body_of(x) or x, d) for x in (by, found[by]) for d in against)
    }


def owner_of(s: Statement, value: str) -> str | None:
    """Whom a speaker says to have done it, where that is itself or the body for which it speaks: “it”, “they”, “the Syrian army”.

    An officer speaks for his country's army. Whom nobody names speaks for nobody.
    """
    by = s.by or ""
    body = body_of(by)
    if s.kind == SourceKind.REPORTER or not by:
        return None
    if body is not None:
        return value if is_own(body, value, s.party) else None
    land, _, sector = (s.party or "").partition(" ")
    if s.kind == SourceKind.PERSON and sector == "MIL" and body_key(value) == f"{land} {ARMY}":
        return value
    own = s.kind != SourceKind.ANONYMOUS and is_own(by, value, s.party)
    return ("they" if s.kind == SourceKind.PERSON else "it") if own else None


def is_own(by: str, value: str, party: str | None) -> bool:
    """True where a speaker is the doer that it names: itself, or by a shorter or longer form of its name.

    A state's deed is owned by that state or one of its bodies; a bare “the army” is the state's and no rebel army, and
    owns what a country's army did only where it is known to be that country's.
    """
    mine, its = of_its_men(by), of_its_men(value)
    if same_body(mine, its) or same_group(mine, its):
        return True
    if is_machine(its) and same_doer(mine, its):
        return True  # “Russian jets”
    whole, short = longer_first(by, value)
    if land := land_of(short):
        return knowledge().is_state(short) and land_of(whole) == land
    if not short_form(whole, short):
        return False
    if name_key(short) not in bodies().bodies:
        return True
    told = (party or "").split(" ")
    return told[0] == land_of(whole) if short == by else is_states_body(whole) or told[-1] in STATES


def only_fighters(statements: Sequence[Statement]) -> bool:
    """True where every count of the dead and wounded is one of fighters."""
    told = [
        s
        for s in statements
        if s.field in (Field.KILLED, Field.WOUNDED) and s.stance is Stance.ASSERTS and s.value is not None
    ]
    return bool(told) and all(s.part == "fighters" for s in told)
