"""The tables of knowledge that the ledger's second floor reads: families, sites, fields, uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.ledger.names import name_key, stem
from accordingto.vocabularies import Codes, CountryName, compiled, table, type_codes

FIELDS = Codes(
    frozenset("happened actor target use_of_site killed wounded when where instrument".split()), "an incident"
)


class FamilyRow(msgspec.Struct, frozen=True):
    """An event type's family; `consequence`: what a happening of that family brings about.

    `lasting`: it goes on for weeks or more. `also`: another family that it may be told as. `talk`: it is done by
    speaking. `secret`: it leaves no trace, so that who denies having done it denies it altogether.
    `mutual`: two sides do it, so that two doers are no contest. `joint`, `called`: how a title tells it.
    `counted`: the field that a count of people tells of. `runs`: a running count of its dead is a toll, none of its own.
    `split`: beginnings of the words by which it is another deed, with a bar between. `word`: the report's own word leads its title.
    """

    type: str
    family: str
    consequence: bool = False
    lasting: bool = False
    also: str = ""
    talk: bool = False
    secret: bool = False
    mutual: bool = False
    joint: str = ""
    called: str = ""
    counted: Literal["", "actor", "target"] = ""
    runs: bool = False
    split: str = ""
    word: bool = False


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


class SayingRow(msgspec.Struct, frozen=True):
    """A pattern in a claim and what it says of a deed; `who`: of whom; `back`: it answers what was said before."""

    pattern: str
    field: str = ""
    stance: Literal["asserts", "denies"] = "asserts"
    who: Literal["", "speaker", "named"] = ""
    back: bool = False


class WordRow(msgspec.Struct, frozen=True):
    """A word and the type of event that it names most often."""

    lemma: str
    type: str = ""


class NounRow(msgspec.Struct, frozen=True):
    """A noun for a weapon, a vehicle or a person."""

    noun: str


class PartRow(msgspec.Struct, frozen=True):
    """A word for people who are part of a whole."""

    word: str
    part: str


class OrderRow(msgspec.Struct, frozen=True):
    """One row of `order_words.csv`."""

    pattern: str
    how: Literal["another", "later", "morning", "afternoon", "evening"]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, compiled."""

    families: dict[str, FamilyRow]
    sites: dict[str, str]
    fields: tuple[tuple[re.Pattern[str], str], ...]
    uses: tuple[tuple[re.Pattern[str], str], ...]
    parts: dict[str, str]
    instruments: frozenset[str]
    lands: frozenset[str]
    sayings: tuple[tuple[re.Pattern[str], SayingRow], ...]
    kinds: dict[str, str]
    orders: tuple[tuple[re.Pattern[str], str], ...]
    persons: frozenset[str]

    def is_person(self, root: str) -> bool:
        """True for the stem of a noun for a person: protester, nurse."""
        return root in self.persons

    def is_state(self, name: str) -> bool:
        """True for the name of a country, which may stand for its government."""
        return name_key(name) in self.lands

    def family(self, type: str) -> str:
        """The family of an event type; a type that no table knows is a family of its own."""
        row = self.families.get(type)
        return row.family if row else type

    def is_word_for(self, word: str, type: str) -> bool:
        """True for a word that names events of a type's family."""
        root = stem(word.casefold())
        return self.family(type) in (self.kinds.get(root), self.kinds.get(f"{root}e"))

    def kin(self, type: str, told: str = "") -> tuple[str, ...]:
        """The family of an event type, and the one that it may also be told as; a curfew is no violence."""
        row = self.families.get(type)
        if row is None:
            return (type,)
        return (row.family, row.also) if row.also and not self.is_split(type, told) else (row.family,)

    def is_split(self, type: str, told: str) -> bool:
        """True for words by which an event of a type is another deed than by all others: abducted, not arrested."""
        row = self.families.get(type)
        ways = tuple(row.split.split("|")) if row and row.split else ()
        return any(w.startswith(ways) for w in told.casefold().split()) if ways else False

    def is_lasting(self, type: str) -> bool:
        """True for a type such as `blockade` that goes on for weeks or more."""
        row = self.families.get(type)
        return bool(row and row.lasting)

    def has_toll(self, type: str) -> bool:
        """True for a type such as `invasion` beside which a running count of the dead is a toll of its own."""
        row = self.families.get(type)
        return bool(row and (row.lasting or row.runs))

    def is_consequence(self, type: str) -> bool:
        """True for a type such as `killing` that another happening brings about."""
        row = self.families.get(type)
        return bool(row and row.consequence)

    def is_talk(self, type: str) -> bool:
        """True for a type such as `accusation` that is done by speaking."""
        row = self.families.get(type)
        return bool(row and row.talk)

    def is_secret(self, type: str) -> bool:
        """True for a type such as `meeting` that leaves no trace that anyone can see."""
        row = self.families.get(type)
        return bool(row and row.secret)

    def is_mutual(self, type: str) -> bool:
        """True for a type such as `clash` or `release` that two sides do."""
        row = self.families.get(type)
        return bool(row and row.mutual)

    def counted(self, type: str) -> str:
        """The field that a count of people at such an event tells of; empty where it tells of none."""
        row = self.families.get(type)
        return row.counted if row else ""

    def field_of(self, words: str, *, type: str = "") -> str:
        """The field that a denial or silence in these words is about; what leaves no trace is at no site."""
        no = "use_of_site" if self.is_secret(type) else ""
        return next((f for p, f in self.fields if f != no and p.search(words)), "happened")

    def thing_used(self, words: str) -> str:
        """The words about an instrument: “used tear gas”; empty where none are."""
        found = (p.search(words) for p, f in self.fields if f == "instrument")
        return next((m[0] for m in found if m), "")


@cache
def knowledge(extra_dir: Path | None = None) -> Knowledge:
    """The package's tables with the user's own from `extra_dir`.

    Raises:
        UserError: where a table can't be read.
    """
    fold = re.IGNORECASE | re.DOTALL
    types = {"type": type_codes(extra_dir)}
    families = {r.type: r for r in table("type_families", FamilyRow, extra_dir=extra_dir, known=types)}
    named = {"type": type_codes(extra_dir, besides=frozenset({"never"}))}
    words = table("events", WordRow, extra_dir=extra_dir, known=named)
    return Knowledge(
        families=families,
        kinds={stem(r.lemma): families[r.type].family for r in words if r.type in families},
        sites={r.noun: r.site for r in table("sites", SiteRow, extra_dir=extra_dir)},
        fields=tuple(
            (compiled(r.pattern, "field_words.csv", fold), r.field)
            for r in table("field_words", FieldRow, extra_dir=extra_dir, known={"field": FIELDS})
        ),
        uses=tuple(
            (compiled(r.pattern, "site_uses.csv", fold), r.use)
            for r in table("site_uses", UseRow, extra_dir=extra_dir)
        ),
        parts={r.word: r.part for r in table("part_populations", PartRow, extra_dir=extra_dir)},
        instruments=frozenset(r.noun for r in table("instruments", NounRow, extra_dir=extra_dir)),
        sayings=tuple(
            (compiled(r.pattern, "saying_words.csv", fold), r)
            for r in table("saying_words", SayingRow, extra_dir=extra_dir, known={"field": FIELDS})
        ),
        orders=tuple(
            (compiled(r.pattern, "order_words.csv", fold), r.how)
            for r in table("order_words", OrderRow, extra_dir=extra_dir)
        ),
        persons=frozenset(stem(f"{r.noun}s") for r in table("person_nouns", NounRow, extra_dir=extra_dir)),
        lands=frozenset(
            name_key(r.name) for r in table("country_names", CountryName, extra_dir=extra_dir) if not r.part
        ),
    )
