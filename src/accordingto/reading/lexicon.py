"""Names and words that tell a party: the tables of actors as one index, and the matches of a phrase in it.

A phrase is cut to tokens (hyphenated words apart, stops and accents off); the longest entry that begins at a
token is taken. A token that the table writes with a capital needs one, one in capitals needs all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from accordingto.vocabularies import CountryName, country_codes, sector_codes, sectors_known, table

WORD = re.compile(r"[^\W_]+(?:[.'’‘&/-]+[^\W_]+)*\.?|[,;:()“”\"—–&]")
POSSESSIVE = re.compile(r"['’]s$", re.I)
ARTICLES = frozenset(("the", "a", "an"))
# What makes a hyphenated word say nothing of who someone is: "Iran-backed militia", "anti-Israel march".
AFTER = frozenset(
    "administered allied aligned affiliated appointed backed bound based born brokered built controlled designed drafted friendly funded "
    "flagged held inspired installed leaning led like linked made mediated occupied owned proposed speaking supplied supported "
    "sponsored style trained era wide".split()
)
PHRASES = 1 << 12  # phrases whose items are kept
BEFORE = frozenset("anti cross ex inter non post pre pro trans un".split())


class BodyRow(msgspec.Struct, frozen=True):
    """One row of `actors.csv`."""

    name: str
    country: str | None = None
    sector: str | None = None


class SectorRow(msgspec.Struct, frozen=True):
    """One row of `sectors.csv`; `weight` is empty, `weak` or `through`."""

    word: str
    sector: str | None = None
    weight: Literal["", "weak", "through"] = ""


class DemonymRow(msgspec.Struct, frozen=True):
    """One row of `demonyms.csv`."""

    demonym: str
    country: str | None = None


class PeopleRow(msgspec.Struct, frozen=True):
    """One row of `peoples.csv`."""

    people: str


class SeatRow(msgspec.Struct, frozen=True):
    """One row of `seats.csv`."""

    seat: str
    country: str | None = None
    sector: str | None = None
    building: bool = False


class Class(IntEnum):
    """What an entry is; the smaller wins where two of one length match."""

    BODY = 0
    PEOPLE = 1
    COUNTRY = 2
    DEMONYM = 3
    SEAT = 4
    WORD = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of one of the tables, ready to match; `key` holds (folded token, needs a capital, needs capitals).

    `weak`: a body's sector beside it wins; `through`: no sector of its own; `whole`: of seats, a building,
    of countries, the whole country; `articled`: of bodies, a word that names one with "The" alone; `owners`:
    which of its words before the last have a possessive ending.
    """

    key: tuple[tuple[str, bool, bool], ...]
    kind: Class
    country: str | None
    sector: str | None
    weak: bool = False
    through: bool = False
    whole: bool = False
    articled: bool = False
    owners: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark of a phrase; `compound` numbers the hyphenated words that are opaque, else 0."""

    key: str
    text: str
    possessive: bool = False
    compound: int = 0

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Item:
    """A matched entry, or one token that none matched."""

    tokens: tuple[Token, ...]
    entry: Entry | None = None

    @property
    def key(self) -> str:
        """The folded first token."""
        return self.tokens[0].key

    @property
    def possessive(self) -> bool:
        """Whether a possessive ending follows."""
        return self.tokens[-1].possessive

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.tokens[0].capital


def fold(word: str) -> str:
    """A word in lower case, without accents, stops and apostrophes."""
    plain = word.casefold()
    if plain.isascii():
        return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in plain if c.isalnum())


def tokens_of(text: str) -> list[Token]:
    """The tokens of a phrase, articles left out."""
    out: list[Token] = []
    for number, m in enumerate(WORD.finditer(text), 1):
        word = m[0]
        if not word[0].isalnum():
            out.append(Token(word, word))
            continue
        parts, opaque, owner = parts_of(word)
        owner = owner or (word[-1] in "sS" and text[m.end() : m.end() + 1] in ("'", "’"))
        for n, (key, part) in enumerate(parts):
            if key not in ARTICLES:
                out.append(Token(key, part, owner and n == len(parts) - 1, number if opaque else 0))
    return out


@lru_cache(1 << 14)
def parts_of(word: str) -> tuple[tuple[tuple[str, str], ...], bool, bool]:
    """A word's hyphenated words, each folded and as it stands; whether they are opaque; whether it ends as a possessive."""
    parts = tuple((key, p) for p in re.split(r"[-/]", POSSESSIVE.sub("", word)) if (key := fold(p)))
    opaque = len(parts) > 1 and (parts[-1][0] in AFTER or parts[0][0] in BEFORE)
    return parts, opaque, POSSESSIVE.search(word) is not None


def singulars(key: str) -> Iterator[str]:
    """The forms of which a word may be the plural, itself first."""
    yield key
    if key.endswith("men"):
        yield key[:-2] + "an"
        if len(key) > 5:
            yield key[:-3]
    if key.endswith("s") and not key.endswith("ss"):
        yield key[:-1]
        if key.endswith("ies"):
            yield key[:-3] + "y"
        elif key.endswith("es"):
            yield key[:-2]


class Lexicon:
    """All tables of actors as one index; `sides` are the sides on which sectors stand in an event."""

    def __init__(self, entries: Iterable[Entry], sides: Mapping[str, str]) -> None:
        self.sides = sides
        self._single: dict[str, list[Entry]] = {}
        self._longer: dict[str, list[Entry]] = {}
        for entry in entries:
            index = self._single if len(entry.key) == 1 else self._longer
            index.setdefault(entry.key[0][0], []).append(entry)
        self._remembered = lru_cache(PHRASES)(self._items)
        rows = (e for index in (self._single, self._longer) for found in index.values() for e in found)
        self._lasts = frozenset(e.key[-1][0] for e in rows)
        self.may_end = lru_cache(PHRASES)(self._may_end)

    @classmethod
    def load(cls, extra_dir: Path | None = None) -> Lexicon:
        """The package's tables, extended by the user's own in `extra_dir`.

        Raises:
            UserError: where a table is malformed, or names a sector or country that the tables of codes lack.
        """
        return cls(entries(extra_dir), {s.code: s.side for s in sector_codes(extra_dir) if s.side})

    def items(self, text: str) -> tuple[Item, ...]:
        """The matches of a phrase and the tokens between them, in order."""
        return self._remembered(text)

    def _may_end(self, word: str) -> bool:
        """Whether an entry may end with a word."""
        return not self._lasts.isdisjoint((fold(word), *singulars(fold(word))))

    def _items(self, text: str) -> tuple[Item, ...]:
        tokens = tokens_of(text)
        out: list[Item] = []
        at = 0
        while at < len(tokens):
            found = self._at(tokens, at)
            size = len(found.key) if found else 1
            out.append(Item(tuple(tokens[at : at + size]), found))
            at += size
        return tuple(out)

    def _at(self, tokens: list[Token], at: int) -> Entry | None:
        """The longest entry that begins at a token."""
        fits = [e for e in self._longer.get(tokens[at].key, ()) if matches(e, tokens, at)]
        if not fits:
            keys = singulars(tokens[at].key)
            fits = [e for k in keys for e in self._single.get(k, ()) if matches(e, tokens, at)]
        return min(fits, key=lambda e: (-len(e.key), e.kind), default=None)


def matches(entry: Entry, tokens: list[Token], at: int) -> bool:
    """Whether an entry stands at a token: keys, capitals, no possessive ending but its own, and no opaque word cut in two."""
    end = at + len(entry.key)
    if end > len(tokens):
        return False
    for n, (key, capital, capitals) in enumerate(entry.key):
        token = tokens[at + n]
        if token.key != key and not (
            n == len(entry.key) - 1
            and entry.kind in (Class.WORD, Class.DEMONYM, Class.PEOPLE)
            and key in singulars(token.key)
        ):
            return False
        if (capitals and not token.text.isupper()) or (capital and not token.capital):
            return False
        if token.possessive and n not in entry.owners and n < len(entry.key) - 1:
            return False
    first, last = tokens[at].compound, tokens[end - 1].compound
    cut = (first and at and tokens[at - 1].compound == first) or (
        last and end < len(tokens) and tokens[end].compound == last
    )
    return not cut


def key_of(name: str, *, any_case: bool = False) -> tuple[tuple[str, bool, bool], ...]:
    """A table's name as a key."""
    return tuple(
        (
            t.key,
            not any_case and t.capital,
            not any_case and t.text.isupper() and len(t.key) > 1 and t.key.isalpha(),
        )
        for t in tokens_of(name)
    )


def entries(extra_dir: Path | None) -> Iterator[Entry]:
    """The entries of all tables."""
    known = {"country": country_codes(), "sector": sectors_known(extra_dir)}
    for b in table("actors", BodyRow, extra_dir=extra_dir, known=known):
        key = key_of(b.name)
        articled = len(key) == 1 and b.name.startswith("The ")
        owners = frozenset(n for n, t in enumerate(tokens_of(b.name)) if t.possessive)
        yield Entry(key, Class.BODY, b.country, b.sector, articled=articled, owners=owners)
    for p in table("peoples", PeopleRow, extra_dir=extra_dir):
        yield Entry(key_of(p.people), Class.PEOPLE, None, None)
    for c in table("country_names", CountryName, extra_dir=extra_dir, known=known):
        yield Entry(key_of(c.name), Class.COUNTRY, c.country, None, whole=not c.part)
    for d in table("demonyms", DemonymRow, extra_dir=extra_dir, known=known):
        yield Entry(key_of(d.demonym), Class.DEMONYM, d.country, None)
    for s in table("seats", SeatRow, extra_dir=extra_dir, known=known):
        yield Entry(key_of(s.seat), Class.SEAT, s.country, s.sector, whole=s.building)
    for w in table("sectors", SectorRow, extra_dir=extra_dir, known=known):
        yield Entry(
            key_of(w.word, any_case=True),
            Class.WORD,
            None,
            w.sector,
            weak=w.weight == "weak",
            through=w.weight == "through",
        )
