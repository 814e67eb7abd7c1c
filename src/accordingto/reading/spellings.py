"""Names written in two ways: by their initials, “UP” for Uttar Pradesh, as another name of a country, or with a letter changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from accordingto.reading.lexicon import Class, Lexicon
from accordingto.record import EntityKind
from accordingto.vocabularies import table

WORD = re.compile(r"[^\W_]+")
FEWEST = {EntityKind.ORGANIZATION: 3, EntityKind.PLACE: 2}  # letters by which a name of a kind is known
MOST = 8
OF_OTHER_TIMES = frozenset(
    ("Soviet Union", "USSR", "U.S.S.R.", "Islamic Republic", "Republic of China")
)  # or of several countries, or of a state that was on the mainland first
SHORTEST_MISSPELT = 6  # letters of a word that may be written in two ways

SOLEMN = re.compile(  # before the name of a state; “Democratic Republic of the Congo” tells which Congo
    r"^(?:the\s)?(?!Democratic\s)(?:[A-Z][\w’'-]+\s){0,3}(?:Republic|Kingdom|State|Sultanate|Emirate|Federation|Commonwealth)\sof\s(?:the\s)?"
)


def by_initials(name: str, kind: EntityKind, known: Sequence[tuple[str, EntityKind]]) -> int | None:
    """The number of the one name of a kind among those known that another spells by its initials, or whose initials another is."""
    fewest = FEWEST.get(kind)
    if fewest is None:
        return None
    short = letters(name)
    long = initials(name) if short is None else frozenset[str]()
    if len(short) < fewest if short is not None else not long:
        return None
    fits = [
        n
        for n, (other, its) in enumerate(known)
        if its is kind
        and (
            short in initials(other)
            if short is not None
            else (own := letters(other)) is not None and len(own) >= fewest and own in long
        )
    ]
    return fits[0] if len(fits) == 1 else None


def letters(name: str) -> str | None:
    """The letters of a name in capitals alone, without dots; None of another."""
    plain = name.replace(".", "")
    return plain if plain.isupper() and plain.isalpha() and len(plain) <= MOST else None


def initials(name: str) -> frozenset[str]:
    """The initials of a name of several words, with and without its small words; none where it has fewer than two capitals."""
    words = WORD.findall(name)
    capitals = [w[0] for w in words if w[0].isupper()]
    if len(capitals) < 2 or name.isupper():
        return frozenset()
    return frozenset(("".join(capitals), "".join(w[0] for w in words).upper()))


def one_country(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two names are of one whole country: “U.K.”, “Britain”."""
    mine = whole_country(one, lexicon)
    return mine is not None and mine == whole_country(other, lexicon)


class BodyRow(msgspec.Struct, frozen=True):
    """One row of `bodies.csv`: words for a country's one body, and which.

    `own`: a group's own name, and its usual one. `men`: a word for some of a body's men, whichever it is.
    """

    words: str
    body: str = ""
    own: bool = False
    men: bool = False


@cache
def usual_names() -> Mapping[str, str]:
    """The usual names of groups, by their other names."""
    return {r.words: r.body for r in table("bodies", BodyRow) if r.own}


def one_group(one: str, other: str) -> bool:
    """Whether two names are of one group that a table knows under several: “ISIS”, “Islamic State”."""
    usual = usual_names()
    return usual.get(one, one) == usual.get(other, other)


def short_of(a: str, b: str) -> str | None:
    """The shorter of two names of a state, where the other is its solemn one: “Iran”, “Islamic Republic of Iran”."""
    short, long = sorted((a, b), key=len)
    return short if SOLEMN.sub("", long).casefold() == short.casefold() != long.casefold() else None


def whole_country(name: str, lexicon: Lexicon) -> str | None:
    """The country that a name is alone, none of its parts."""
    items = lexicon.items(name)
    entry = items[0].entry if len(items) == 1 else None
    whole = entry is not None and entry.kind is Class.COUNTRY and entry.whole
    return entry.country if entry is not None and whole and name not in OF_OTHER_TIMES else None


def misspelt(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names differ in one letter of one long word: “Donald Lindqvist”, “Donald Linqvist”."""
    apart = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) > 1 and len(apart) == 1 and one_letter(*apart[0])


def one_letter(one: str, other: str) -> bool:
    """Whether long words differ in one letter within, not in their ends, by which those of a woman or of another family often do."""
    short, long = sorted((one, other), key=len)
    if (
        len(short) < SHORTEST_MISSPELT
        or len(long) - len(short) > 1
        or (one[0], one[-1]) != (other[0], other[-1])
    ):
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return long[at + 1 :] == short[at + (len(short) == len(long)) :]
