"""Titles: what happened, to whom, where and when, in one line that reads well.

The target is the one that most accounts name, a proper name or a site before others; what names nothing (a pronoun, a
weapon, a bare number) is left out. The place is spelled as the reports spell it and told once: a target that holds its
name needs no more of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from accordingto.ledger.accounts import Account, Location
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, name_key, same_name
from accordingto.ledger.values import is_name, side_of, sides
from accordingto.record import Precision

LONGEST = 60  # characters of a target
VOWELS = re.compile(r"[aeiouy\W\d_]+")
FEWEST = 3  # consonants by which two spellings of a place are told to be one
ARTICLE = re.compile(r"^(?:a[dlnrstz]|el|[ae]sh|ad[hz]|[ae]th)[ -](?=\w{3})", re.I)  # of an Arabic name
SILENT = re.compile(r"(?<=[aeiou])h$")
ITSELF = frozenset({Precision.EXACT, Precision.ADMIN1, Precision.ADMIN2, Precision.COUNTRY})
CAPITALS = 4  # letters from which a word in capitals is a headline's, not an abbreviation
PRONOUNS = frozenset(
    "i we he she it they them him her us me this that these those who which whom one ones others other somebody someone "
    "anyone anybody nobody none responsible".split()
)
MEANS = frozenset({"gas", "force", "water", "ammunition"})  # used on somebody, as weapons are
NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve all both".split())
COMMON = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds thousands tens scores some more all "
    "many several most nearly about almost around over at another other".split()
)
WHOSE = re.compile(r"^(?:its|their|his|her|our|my)\s+", re.I)
LINKS = frozenset({"the", "a", "an"})


def title(
    type: str,
    members: Sequence[Account],
    origins: Mapping[str, str],
    where: Location | None,
    earliest: date | None,
    latest: date | None,
    known: Knowledge,
) -> str:
    """One line: what, on whom or what, where, when."""
    row = known.families.get(type)
    head = (row.called if row and row.called else type.replace("_", " ")).capitalize()
    target = target_of(members, origins, known)
    place = spelled(where) if where else None
    if target:
        joint = row.joint if row else ""
        head += f" {joint} {target}" if joint else f": {target}"
        if where and told_in(target, where, members):
            place = None
    return ", ".join(p for p in (head, place, days(earliest, latest)) if p)


def target_of(members: Sequence[Account], origins: Mapping[str, str], known: Knowledge) -> str | None:
    """The target that most origins name; of equals what no side says of a place (a weapons store), a name or a site, then no side's, then the first."""
    told = [
        (p.name, origins.get(a.document, a.document))
        for a in members
        for p in a.parties
        if p.role == "target" and tells(p.name, known)
    ]
    if not told:
        return None
    held: dict[str, set[str]] = {}
    for name, origin in told:
        held.setdefault(name_key(name), set()).add(origin)
    names = [name for name, _ in told]
    best = min(
        range(len(names)),
        key=lambda n: (
            -len(held[name_key(names[n])]),
            any(p.search(names[n]) for p, _ in known.uses),
            not (is_name(names[n]) or sited(names[n], known)),
            side_of(names[n]) == "military",
            n,
        ),
    )
    return small(names[best])


def tells(name: str, known: Knowledge) -> bool:
    """True for words, not too many, that name somebody or something that can be hit, held or met."""
    words = [w.casefold() for w in WORD.findall(name)]
    bare = [w for w in words if w not in LINKS]
    if (
        len(name) > LONGEST
        or not bare
        or bare[-1] in PRONOUNS
        or all(w[0].isdigit() or w in NUMBERS for w in bare)
    ):
        return False
    return is_name(name) or not (bare[-1] in known.instruments or bare[-1] in MEANS)


def sited(name: str, known: Knowledge) -> bool:
    """True where the words name a site, such as a school."""
    return any(w.casefold().removesuffix("s") in known.sites for w in WORD.findall(name))


def small(name: str) -> str:
    """A target as it stands within a line: “Two policemen” are two policemen, “their convoy” is the convoy."""
    name = WHOSE.sub("the ", name)
    first = name.split(" ", 1)[0].casefold()
    return name[0].lower() + name[1:] if first in LINKS or first in COMMON or first in sides() else name


def spelled(where: Location) -> str:
    """A place as the reports spell it, where they name the same place as the gazetteer."""
    told = own_name(where)
    if told and (same_spelling(told, where.name) or (names_it(where) and not is_part(told, where.name))):
        return told
    return where.name


def own_name(where: Location) -> str | None:
    """The proper name by which a report tells a place; none where it has a common noun for it, or a headline's capitals."""
    told = re.sub(r"['’]s?$", "", " ".join((where.told or "").split()))
    return told if told[:1].isupper() and not (told.isupper() and len(told) >= CAPITALS) else None


def names_it(where: Location) -> bool:
    """True where the report's word is a name that the gazetteer has for this very place, not for one within it or beside it."""
    return where.geonameid is not None and where.precision in ITSELF


def is_part(told: str, name: str) -> bool:
    """True where the name holds the report's words and more: “Gaza” of the Gaza Strip, “Washington” of Washington, D.C."""
    return set(bare_key(told).split()) < set(bare_key(name).split())


def told_in(target: str, where: Location, members: Sequence[Account] = ()) -> bool:
    """True where a target holds the place's name, as the gazetteer or a report spells it."""
    same = [a.place for a in members if a.place and a.place.geonameid == where.geonameid is not None]
    names = {n for p in (where, *same) for n in (p.name, own_name(p)) if n}
    return any(holds(target, name) for name in names)


def holds(target: str, name: str) -> bool:
    """True where a target holds a name, in this spelling or another, with its article or without."""
    words = WORD.findall(target)
    bare = ARTICLE.sub("", name)
    size = len(WORD.findall(bare))
    first = bare.split(" ", 1)[0]
    stretches = [words[n : n + size] for n in range(len(words) - size + 1)]
    return (
        same_name(name, target)
        or (len(first) > FEWEST and first in words)
        or any(s[0][0].isupper() and same_spelling(" ".join(s), bare) for s in stretches if s)
    )


def same_spelling(one: str, other: str) -> bool:
    """True for one place name in two spellings: alike without articles, vowels and accents, from three consonants on."""
    a, b = bare_key(one), bare_key(other)
    if a == b:
        return True
    x, y = VOWELS.sub("", a), VOWELS.sub("", b)
    return len(x) >= FEWEST and x.replace("w", "") == y.replace("w", "") and a[:1] == b[:1]


def bare_key(name: str) -> str:
    """The key of a place's name without the article before it and the silent h behind it."""
    return SILENT.sub("", name_key(ARTICLE.sub("", name)))


def days(first: date | None, last: date | None) -> str | None:
    """`6 September 2024`, `6–7 September 2024`, `30 August–2 September 2024`, `reported 7 September 2024`."""
    if last is None:
        return None
    end = f"{last.day} {last:%B %Y}"
    if first is None:
        return f"reported {end}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%B}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start}–{end}"
