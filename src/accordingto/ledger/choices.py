"""The states and types by which a list is narrowed, as it stores them and as it words them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from accordingto.errors import UserError
from accordingto.ledger.commitments import KINDS
from accordingto.record import Measure, SourceKind
from accordingto.vocabularies import event_types, table


class SignRow(msgspec.Struct, frozen=True):
    """One row of `signs.csv`; `key` is family and value, as `state:agreed`."""

    key: str
    words: str
    symbol: str = ""


FAMILIES = {"commitments": ("outcome",)}
"""The families of signs whose values are a list's states."""
OF_INCIDENTS = ("state", "grading", "review")
STATELESS = frozenset({"tolls"})
NAMED = ("named", "anonymous")
SOURCE_KINDS = tuple(map(str, SourceKind))
MEASURES = tuple(map(str, Measure))
COMMITMENT_KINDS = tuple(KINDS.values())
TYPES = {"sources": SOURCE_KINDS, "tolls": MEASURES, "commitments": COMMITMENT_KINDS}


def states_of(of: str) -> dict[str, str]:
    """The states of a list, by its name, with their words: its own, none of tolls, else those of incidents."""
    if of in STATELESS:
        return {}
    if of == "sources":
        return {name: name for name in NAMED}
    families = FAMILIES.get(of, OF_INCIDENTS)
    rows = [(*r.key.split(":", 1), r.words) for r in table("signs", SignRow)]
    return {value: words for f in families for family, value, words in rows if family == f}


def types_of(of: str, *, extra_dir: Path | None = None) -> tuple[str, ...]:
    """The types of a list, by its name; those of incidents where it has none of its own."""
    return TYPES.get(of) or tuple(t.code for t in event_types(extra_dir))


def known_state(given: str | None, *, of: str) -> str | None:
    """A state as it is stored, from itself or its words ("single source"), in any case.

    Raises:
        UserError: where the list has no such state; names those that it has.
    """
    if given is not None and of in STATELESS:
        raise UserError(
            f"{given!r} can't be asked of {of}: a {of.removesuffix('s')} has no state; leave --state out."
        )
    held = states_of(of)
    return chosen(given, [*((v, v) for v in held), *((w, v) for v, w in held.items())], f"state of {of}")


def known_type(given: str | None, *, of: str, extra_dir: Path | None = None) -> str | None:
    """A type as it is stored, from itself or its words ("arms transfer"), in any case.

    Raises:
        UserError: where the list has no such type; names those that it has.
    """
    held = types_of(of, extra_dir=extra_dir)
    return chosen(
        given, [*((v, v) for v in held), *((v.replace("_", " "), v) for v in held)], f"type of {of}"
    )


def chosen(given: str | None, named: Iterable[tuple[str, str]], what: str) -> str | None:
    """The value of a name; None asks for none.

    Raises:
        UserError: where nothing has that name.
    """
    if not given or not given.strip():
        return None
    named = list(named)
    by_name = {name.casefold(): value for name, value in reversed(named)}
    if (key := given.strip().casefold()) in by_name:
        return by_name[key]
    values = ", ".join(dict.fromkeys(value for _, value in named))
    raise UserError(f"{given!r} is no {what}; there are {values}.")
