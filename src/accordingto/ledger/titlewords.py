"""How the title of an incident of a wide type begins: with the report's own word, “Landslide”, “Trial of …”, “A ferry sank”, where that tells what happened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from accordingto.ledger.accounts import Account
from accordingto.ledger.names import name_key
from accordingto.vocabularies import table

LONGEST = 4  # words of a deed, at most
PARTICIPLES = frozenset(
    "built bought brought beaten broken cut driven fought found given held hit hung kept lost made overthrown paid put read sold seen sent "
    "set shot shut sought split struck sunk sworn taken torn won withdrawn".split()
)
FINITE = frozenset(  # pasts that are no participles, so that they go with whoever did it alone
    "became began broke came drove fell flew fought gave grew held left lost made rose sank sent shook shut spread stood struck took went withdrew won".split()
)
INTRANSITIVE = frozenset(  # what a person or thing does that befalls it, too
    "capsized collapsed collided crashed derailed died drowned erupted exploded fell overturned plunged rolled sank skidded swerved tumbled".split()
)
ALONE = frozenset(  # what somebody does without an object, so that it can't be read as done to them
    "abstained abdicated appealed appeared conceded defected pleaded quit resigned retired returned ruled stepped testified voted".split()
)
VERB = re.compile(
    r"(?!(?:borrow|brief|build|fund|lend|spend|trad|vot)ing\b)[a-z]+(?:ing|ify|i[sz]e)\b|[a-z]+ (?:over|out|up|down|off|away|back)$"
)
LEFT_OPEN = frozenset(
    "to by for in of on with from at into as that".split()
)  # words with which a deed can't end


class TitleWord(msgspec.Struct, frozen=True):
    """A noun that tells by itself what happened; `of`: whose it is follows with “of”. `verbs`: those of the doer of which it is the noun, with bars between."""

    noun: str
    of: bool = False
    verbs: str = ""


@cache
def nouns() -> Mapping[str, bool]:
    """The nouns of the package's table, each with whether “of” follows."""
    return {r.noun: r.of for r in table("title_words", TitleWord)}


@cache
def of_verbs() -> Mapping[str, str]:
    """The noun for each verb of the table, as it stands after “to” and in -ing."""
    rows = [(v, r.noun) for r in table("title_words", TitleWord) for v in r.verbs.split("|") if v]
    return {form: noun for v, noun in rows for form in (v, gerund(v))}


def gerund(verb: str) -> str:
    """A verb in -ing, the last consonant of a short one doubled: “win” gives “winning”, “step down” “stepping down”."""
    first, _, rest = verb.partition(" ")
    base = re.sub(r"(?<=[^aeiou][aeiou])([npt])$", r"\1\1", first) if len(first) <= LONGEST else first
    return f"{base.removesuffix('e')}ing {rest}".strip()


def in_own_words(
    members: Sequence[Account], target: str | None, actor: str | None, origins: Mapping[str, str]
) -> str | None:
    """The beginning of a title in the report's own words; None where they don't tell what happened.

    The noun that most origins have goes before any verb; a verb goes with the one whom its own account has do it or suffer it,
    not with a doer who could be taken for who suffers it (“The union sued”).
    """
    told: dict[str, set[str]] = {}
    for a in members:
        if noun := noun_in(a.told) or ("" if target else of_verbs().get(a.told.casefold())):
            told.setdefault(noun, set()).add(origins.get(a.document, a.document))
    if told:
        noun = max(told, key=lambda w: len(told[w]))
        of = nouns()[head_of(noun)]
        start = noun[:1].upper() + noun[1:]
        if target:
            return f"{start} of {target}" if of else f"{start}: {target}"
        return f"{start} {'of' if of else 'by'} {actor}" if actor else start
    for a in members:
        words = deed_in(a.told)
        first = words.split(" ", 1)[0]
        if target and (participle(first) or first in INTRANSITIVE) and takes_part(a, "target", target):
            return f"{target[:1].upper()}{target[1:]} {words}"
        if not target and actor and first in FINITE | INTRANSITIVE | ALONE and takes_part(a, "actor", actor):
            return f"{actor[:1].upper()}{actor[1:]} {words}"
    return None


def noun_in(told: str) -> str | None:
    """A report's word in small letters where its last word is a noun that tells what happened; not a name's or a headline's."""
    words = " ".join(told.split())
    plain = words if words[1:].islower() else ""
    low = plain[:1].lower() + plain[1:]
    return low if low and len(low.split()) <= LONGEST and head_of(low) in nouns() else None


def head_of(words: str) -> str:
    """The last word of a noun phrase."""
    return words.rsplit(" ", 1)[-1]


def deed_in(told: str) -> str:
    """A report's word in small letters where it may be a finished verb; else nothing."""
    words = " ".join(told.split())
    if not words[1:].islower() or len(words.split()) > LONGEST or head_of(words.lower()) in LEFT_OPEN:
        return ""
    return words[:1].lower() + words[1:]


def participle(word: str) -> bool:
    """Whether a word may be a verb's participle: “ousted”, “overthrown”."""
    return re.fullmatch(r"[a-z-]{2,}ed", word) is not None or word in PARTICIPLES


def is_verb(words: str) -> bool:
    """Whether words are a verb that is no past, as after “to”: “introducing”, “take over”, “declassify”."""
    return VERB.match(words) is not None and noun_in(words) is None


def is_past(words: str) -> bool:
    """Whether words begin with a verb's past: “took over”, “resigned”."""
    first = words.split(" ", 1)[0]
    return participle(first) or first in FINITE


def takes_part(account: Account, role: str, name: str) -> bool:
    """Whether an account has somebody or something of this name in a role."""
    key = name_key(name)
    return any(
        p.role == role and key and (name_key(p.name) == key or name_key(p.name).startswith(f"{key} "))
        for p in account.parties
    )
