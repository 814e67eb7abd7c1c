"""Which fields of an incident are in dispute: those that lists of what is contested show.

A field is in dispute where values clash, or where somebody denies it. That a report says in its own words that a thing was not,
“no arrests were made”, is no dispute, whoever is its source; nor is, beside a deed that is denied as such, whom it befell or where it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Held(Protocol):
    """A value as somebody holds it, read or stored."""

    @property
    def stance(self) -> str:
        """Asserts, denies or another."""
        ...

    @property
    def by(self) -> str | None:
        """Who holds it."""
        ...

    @property
    def kind(self) -> str:
        """The kind of source."""
        ...

    @property
    def flat(self) -> bool:
        """True where a thing is only said not to have been, against no one's word."""
        ...


class Standing(Protocol):
    """A field, read or stored."""

    @property
    def state(self) -> str:
        """How the field stands."""
        ...

    @property
    def values(self) -> Sequence[Held]:
        """All that is said of it."""
        ...


def disputed(fields: Mapping[str, Standing]) -> tuple[str, ...]:
    """The names of the fields that are contested, or denied by somebody, in the order of the fields."""
    happened = fields.get("happened")
    whole = deniers(happened, flat=True) if happened and happened.state == "denied" else set()
    return tuple(
        name
        for name, field in fields.items()
        if field.state == "contested"
        or (field.state == "denied" and deniers(field) - (set() if field is happened else whole))
    )


def deniers(field: Standing, *, flat: bool = False) -> set[str | None]:
    """Who denies a field, by name; a report's own word is none, nor, unless `flat`, who only says that a thing was not."""
    told = (v for v in field.values if v.stance == "denies" and v.kind != "reporter")
    return {v.by for v in told if flat or not v.flat}
