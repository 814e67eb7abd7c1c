"""Whose a deed is that a noun tells: “his arrest”, “the general’s execution” befell them; “the board’s accusations” are its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accordingto.reading.barred import person_nouns
from accordingto.reading.constituents import noun_start
from accordingto.reading.layers import Happening, Layers, Part, Syntax
from accordingto.spans import Range

SUFFERED = frozenset(("detention", "release", "killing", "death"))
TRIED = re.compile(
    r"arrests?|trials?|extradition|sentenc(?:e|es|ing)|convictions?|indictments?|prosecution|acquittal|imprisonment|pardon"
    r"|detention|interrogation|execution",
    re.I,
)
DONE = re.compile(  # what is its owner's own deed
    r"(?:accusation|allegation|criticism|claim|complaint|denunciation)s?|victor(?:y|ies)|wins?|resignations?|defeats?|coups?(?: attempts?)?"
    r"|candidacy|bids?|departures?|retirement",
    re.I,
)
THEIR = frozenset(("his", "her", "their"))
CALLED = 0.3  # sureness of a participant that only owns the deed
REACH = 12  # words before a noun in which its owner is told
BEHIND = 5  # words behind a noun in which “of” may tell whom it hit


def with_owners(text: str, mentions: Sequence[Happening], layers: Layers) -> list[Happening]:
    """The mentions of one event, each `with_owner`; where one of them tells whom it befell, the others' owners aren't asked."""
    told = any(p.role == "target" for h in mentions for p in h.parts)
    return [
        h if told and not any(p.role == "target" for p in h.parts) else with_owner(text, h, layers)
        for h in mentions
    ]


def with_owner(text: str, mention: Happening, layers: Layers) -> Happening:
    """A mention told by a noun, with its owner as whom it befell, or as its doer, where nothing else says that."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return mention
    noun = layers.word_at(mention.trigger.end) - 1
    owner = owner_of(noun, syntax)
    if owner is None:
        return mention
    at = phrase(owner, layers, syntax)
    if at.overlaps(mention.trigger):
        return mention
    word = text[slice(*mention.trigger)]
    mine = [p for p in mention.parts if p.at.overlaps(at)]
    if (
        mention.type in ("accusation", "politics")
        and DONE.fullmatch(word)
        and [p.role for p in mine] == ["target"]
        and layers.words[owner].end <= mine[0].at.end <= at.end + 2
        and not any(p.role == "actor" for p in mention.parts)
    ):
        return replace(
            mention, parts=tuple(replace(p, role="actor") if p is mine[0] else p for p in mention.parts)
        )
    suffered = mention.type in SUFFERED or (mention.type == "legal" and TRIED.fullmatch(word))
    if (
        not suffered
        or mine
        or any(p.role == "target" for p in mention.parts)
        or of_others(text, noun, layers, syntax)
        or not is_person(text, owner, at, layers)
    ):
        return mention
    return replace(mention, parts=(*mention.parts, Part("target", at, CALLED)))


def owner_of(noun: int, syntax: Syntax) -> int | None:
    """The word for who owns what a noun tells, or the noun that it is joined to: “[Berg]’s arrest and trial”."""
    for _ in range(2):
        for w in range(noun - 1, max(-1, noun - REACH), -1):
            if syntax.heads[w] == noun and syntax.labels[int(syntax.relations[w])] == "nmod:poss":
                return w
        if syntax.relation(noun) != "conj":
            return None
        noun = int(syntax.heads[noun])
    return None


def of_others(text: str, noun: int, layers: Layers, syntax: Syntax) -> bool:
    """Whether “of” behind a noun tells whom it hit: “the guards’ killing of Berg”."""
    near = range(noun + 1, min(noun + BEHIND, len(layers.words)))
    return any(text[slice(*layers.words[w])].lower() == "of" for w in near)


def is_person(text: str, owner: int, at: Range, layers: Layers) -> bool:
    """Whether an owner is a person, by a pronoun, a name or the noun."""
    word = text[slice(*layers.words[owner])].lower()
    if word in THEIR:
        return True
    named = any(n.label == "Person" and n.at.overlaps(at) for n in layers.names)
    return named or word in person_nouns()


def phrase(owner: int, layers: Layers, syntax: Syntax) -> Range:
    """The phrase of an owner, without its mark."""
    first = noun_start(owner, syntax)
    words = layers.words
    last = owner
    while (
        last + 1 < len(words)
        and syntax.heads[last + 1] == owner
        and syntax.relation(last + 1) in ("flat", "inner")
    ):
        last += 1
    return Range(words[owner if first is None else first].start, words[last].end)
