"""Titles: what happened, to whom, where and when, in one line that reads well.

The target is the one that most accounts name, a proper name or a site before others; what names nothing (a pronoun, a
weapon, a bare number) is left out. Without one it tells who did it (“Request by the dockers”), else who gets it; of a type that says
little (a political event) the report's own word. The place is spelled as the reports spell it and told once: a target that holds its
name needs no more of it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from accordingto.ledger.accounts import Account, Location, Party
from accordingto.ledger.cast import CLOSER
from accordingto.ledger.knowledge import Knowledge
from accordingto.ledger.names import WORD, name_key, same_name, stem
from accordingto.ledger.titlewords import in_own_words, is_past, is_verb
from accordingto.ledger.values import is_name, side_of, sides
from accordingto.record import Precision
from accordingto.vocabularies import table

DECEMBER = 12
LONGEST = 60  # characters of a target
VOWELS = re.compile(r"[aeiouy\W\d_]+")
FEWEST = 3  # consonants by which two spellings of a place are told to be one
ARTICLE = re.compile(r"^(?:a[dlnrstz]|el|[ae]sh|ad[hz]|[ae]th)[ -](?=\w{3})", re.I)  # of an Arabic name
SILENT = re.compile(r"(?<=[aeiou])h$")
ITSELF = frozenset({Precision.EXACT, Precision.ADMIN1, Precision.ADMIN2, Precision.COUNTRY})
CAPITALS = 4  # letters from which a word in capitals is a headline's, not an abbreviation
PRONOUNS = frozenset(
    "i we he she it they them him her us me this that these those who which whom one ones others other somebody someone "
    "anyone anybody nobody none each least you your his hers its their theirs our ours my mine responsible some many few more most several latter former himself herself itself themselves myself ourselves yourself".split()
)
LEADING = frozenset(  # words with which a piece of a sentence begins that is no target
    "about for to against with in on of from by not no also she he they we i you".split()
)
HEAD_ENDS = re.compile(
    r"[^\w\s'’-]|\s(?:of|in|at|for|from|to|with|on|under|by|near|outside|across|that|who|which)\s"
)
TOUCHED = frozenset(
    {"violence", "detention", "displacement", "sanction", "legal", "harm"}
)  # families done to people and things
SPOKEN_OF = frozenset(
    {"politics", "request", "talks", "legal", "violence"}
)  # families of deeds that aren't hit, held or tried
REGIONS = frozenset({"europe", "africa", "asia", "middle east", "latin america", "central asia", "gulf"})
RAZED = "destruction"  # the type of what is done to settlements and other buildings
ASKED, ARMS = "request", "arms_transfer"  # the types whose titles tell both who asks or gives and whom
BY_NOBODY = frozenset({"harm"})  # families that nobody does
MEANS = frozenset({"gas", "force", "water", "ammunition"})  # used on somebody, as weapons are
PARTIES = frozenset("conservative democratic liberal republican socialist".split())  # whose, but not who
NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve all both".split())
COMMON = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands tens scores some more all "
    "many several most nearly about almost around over at another other".split()
)
WHOSE = re.compile(r"^(?:its|their|his|her|our|my|your|whose)\s+", re.I)
LINKS = frozenset({"the", "a", "an"})


class PeopleRow(msgspec.Struct, frozen=True):
    """A word for a country's people."""

    demonym: str
    country: str = ""


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
    own = (
        in_own_words(members, target, taking_part(members, origins, known, "actor"), origins)
        if row and row.word
        else None
    )
    if own:
        head = own
    elif target:
        joint = row.joint if row else ""
        head += f" {joint} {target}" if joint else f": {target}"
    else:
        target = taking_part(members, origins, known, "actor")
        head += without_target(
            type, members, target, taking_part(members, origins, known, "recipient"), known
        )
    if where and told_in(head, where, members):
        place = None
    return ", ".join(p for p in (head, place, days(earliest, latest)) if p)


def without_target(
    type: str, members: Sequence[Account], actor: str | None, recipient: str | None, known: Knowledge
) -> str:
    """What a title tells where nobody is hit, held or met: the report's word for a type that says little, and who did it or gets it."""
    row = known.families.get(type)
    wide = bool(row and row.called and not row.talk) and known.family(type) not in BY_NOBODY
    word = next((w for a in members if (w := uncapitalized(a.told)) and not is_verb(w)), "") if wide else ""
    if actor is None or known.family(type) in BY_NOBODY:
        to = f" to {recipient}" if recipient and known.is_talk(type) else ""
        return f": {word}" if word else to
    if word:
        return f": {actor} {word}" if is_past(word) else f": {word} by {actor}"
    given = recipient and recipient != actor and (type in (ASKED, ARMS))
    to = f" to {recipient}" if given else ""
    return f": {actor}" if known.is_mutual(type) and not (row and row.joint == "for") else f" by {actor}{to}"


def uncapitalized(word: str) -> str:
    """A word as it stands within a line."""
    return word[:1].lower() + word[1:] if word[1:].islower() else word


def target_of(members: Sequence[Account], origins: Mapping[str, str], known: Knowledge) -> str | None:
    """The target that most origins name; none that is a deed itself (“attack on the election”), nor where it was that somebody met."""
    return taking_part(members, origins, known, "target")


def taking_part(
    members: Sequence[Account], origins: Mapping[str, str], known: Knowledge, role: str
) -> str | None:
    """Who takes this part by most origins; of equals what no side says of a place (a weapons store), a name or a site, then no side's, then the first."""
    told = [
        (name, origins.get(a.document, a.document))
        for a in members
        for p in a.parties
        if p.role == role
        and tells(name := closer(p.name), known)
        and not (role == "target" and (is_deed(p.name, a, known) or is_spot(p, a)))
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


def closer(name: str) -> str:
    """Who or what takes part without the clause that tells more of it: “210,000 children[, which is half of those meant]”."""
    return CLOSER.sub("", name)


def tells(name: str, known: Knowledge) -> bool:
    """True for words, not too many, that name somebody or something that can be hit, held or met."""
    words = [w.casefold() for w in WORD.findall(name)]
    bare = [w for w in words if w not in LINKS]
    if (
        len(name) > LONGEST
        or not bare
        or bare[-1] in PRONOUNS
        or words[0] in LEADING
        or (len(words) == 1 and (name_key(name) in adjectives() or words[0] in PARTIES))
        or all(w[0].isdigit() or w in NUMBERS for w in bare)
    ):
        return False
    return is_name(name) or not (bare[-1] in known.instruments or bare[-1] in MEANS)


@cache
def adjectives() -> frozenset[str]:
    """Keys of the words for countries' people that, alone and in the singular, are no one: “Israeli”."""
    return frozenset(name_key(r.demonym) for r in table("demonyms", PeopleRow) if not r.demonym.endswith("s"))


def is_deed(name: str, account: Account, known: Knowledge) -> bool:
    """True for words of a deed where people or things are hit, held or tried: an appeal, “Israeli bombardment”."""
    if account.family not in TOUCHED or account.type == RAZED:
        return False
    head = WORD.findall(HEAD_ENDS.split(name, maxsplit=1)[0])
    return (
        bool(head)
        and known.kinds.get(stem(head[-1].casefold())) in SPOKEN_OF
        and not known.is_person(stem(f"{head[-1].casefold()}s"))
    )


def is_spot(party: Party, account: Account) -> bool:
    """True where those whom somebody met are only the town or region where they did; a state meets others."""
    place, key = account.place, name_key(party.name)
    if account.family != "talks" or party.person:
        return False
    near = (
        place is not None and place.precision is not Precision.COUNTRY and same_name(party.name, place.name)
    )
    return near or key in account.towns or key in REGIONS


def sited(name: str, known: Knowledge) -> bool:
    """True where the words name a site, such as a school."""
    return any(w.casefold().removesuffix("s") in known.sites for w in WORD.findall(name))


def small(name: str) -> str:
    """A target as it stands within a line: “Two policemen” are two policemen, “their convoy” is the convoy."""
    name = WHOSE.sub("the ", name)
    first = name.split(" ", 1)[0].casefold()
    if first in sides() and name[len(first) + 1 : len(first) + 2].isupper():
        return name  # “Police Station 9”
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
    """`6 September 2024`, `6–7 September 2024`, `30 August–2 September 2024`, `May 2020`, `1979`, `the 1980s`, `reported 7 September 2024`."""
    if last is None:
        return None
    end = f"{last.day} {last:%B %Y}"
    if first is None:
        return f"reported {end}"
    if first == last:
        return end
    if (whole := whole_months(first, last)) is not None:
        return whole
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = f"{first.day} {first:%B}" + (f" {first.year}" if first.year != last.year else "")
    return f"{start}–{end}"


def whole_months(first: date, last: date) -> str | None:
    """Days that are whole months, years or a decade, as they are called; None for others."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    if (first.month, last.month) == (1, DECEMBER):
        if first.year == last.year:
            return str(first.year)
        decade = first.year % 10 == 0 and last.year == first.year + 9
        return f"the {first.year}s" if decade else f"{first.year}–{last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    return f"{first:%B}" + (f" {first.year}" if first.year != last.year else "") + f"–{last:%B %Y}"
