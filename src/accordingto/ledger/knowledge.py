"""The tables of knowledge that the ledger's second floor reads: families, sites, fields, uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from accordingto.vocabularies import table


class FamilyRow(msgspec.Struct, frozen=True):
    """An event type's family; `consequence`: what a happening of that family brings about.

    `lasting`: it goes on for weeks or more. `also`: another family that it may be told as.
    """

    type: str
    family: str
    consequence: bool = False
    lasting: bool = False
    also: str = ""


class SiteRow(msgspec.Struct, frozen=True):
    """A noun and the class of site that it names."""

    noun: str
    site: str


class FieldRow(msgspec.Struct, frozen=True):
    """A pattern in a denial or silence and the field that it is about."""

    pattern: str
    field: str


class UseRow(msgspec.Struct, frozen=True):
    """A pattern and the use of a place that it tells."""

    pattern: str
    use: str


class PartRow(msgspec.Struct, frozen=True):
    """A word for people who are part of a whole."""

    word: str
    part: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, compiled."""

    families: dict[str, FamilyRow]
    sites: dict[str, str]
    fields: tuple[tuple[re.Pattern[str], str], ...]
    uses: tuple[tuple[re.Pattern[str], str], ...]
    parts: dict[str, str]

    def family(self, type: str) -> str:
        """The family of an event type; a type that no table knows is a family of its own."""
        row = self.families.get(type)
        return row.family if row else type

    def kin(self, type: str) -> tuple[str, ...]:
        """The family of an event type, and the one that it may also be told as."""
        row = self.families.get(type)
        return tuple(x for x in (row.family, row.also) if x) if row else (type,)

    def is_lasting(self, type: str) -> bool:
        """True for a type such as `blockade` that goes on for weeks or more."""
        row = self.families.get(type)
        return bool(row and row.lasting)

    def is_consequence(self, type: str) -> bool:
        """True for a type such as `killing` that another happening brings about."""
        row = self.families.get(type)
        return bool(row and row.consequence)

    def field_of(self, words: str) -> str:
        """The field that a denial or silence in these words is about."""
        return next((f for p, f in self.fields if p.search(words)), "happened")


@cache
def knowledge(extra_dir: Path | None = None) -> Knowledge:
    """The package's tables with the user's own from `extra_dir`.

    Raises:
        UserError: where a table can't be read.
    """
    fold = re.IGNORECASE | re.DOTALL
    return Knowledge(
        families={r.type: r for r in table("type_families", FamilyRow, extra_dir=extra_dir)},
        sites={r.noun: r.site for r in table("sites", SiteRow, extra_dir=extra_dir)},
        fields=tuple(
            (re.compile(r.pattern, fold), r.field)
            for r in table("field_words", FieldRow, extra_dir=extra_dir)
        ),
        uses=tuple(
            (re.compile(r.pattern, fold), r.use) for r in table("site_uses", UseRow, extra_dir=extra_dir)
        ),
        parts={r.word: r.part for r in table("part_populations", PartRow, extra_dir=extra_dir)},
    )
