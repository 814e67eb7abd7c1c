"""Pronouns as sources: which there are, where they stand, and whose gender they fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

import msgspec

from accordingto.reading.entities import Found
from accordingto.spans import Range
from accordingto.vocabularies import table

SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself", "who", "whom", "whose"])
HE_OR_SHE = SINGULAR - {"who", "whom", "whose"}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
THING = frozenset(("it", "its", "itself", "that", "which", "this"))
OWN = frozenset(["i", "me", "my", "we", "us", "our", "mine", "ours"])
RELATIVE = frozenset(("who", "whose", "which", "that"))
SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])[.?!][\"”’)]*\s+|\n+")
CURLED = re.compile("[“”]")
OPENED = re.compile(r"(?<![\w.?!,])“|“(?!\s|$)")  # else it closes: “so“ he said
OPENS = re.compile(r"(?<!\S)”(?=\w)")  # a closing mark typed where one opens: he said ”so
TAG_END = re.compile(r"\s+\w+(?:\s+\w+){0,3}\.?(?:\n|$|\s)")  # "he added." after a comma
GOING_ON = re.compile(r"\s+(?:also\s+)?(?:add(?:s|ed)|continue[sd](?! to)|went on|goes on|conclude[sd])\b")
SAYING = re.compile(r"\b(?:said|says|say|told|added|stated|claimed|announced|wrote|recalled)\s+(?:that\s+)?$")
FEMALE = re.compile(
    r"\b(?:Ms|Mrs|Miss|Lady|Queen|Princess|Madam|\w*woman|sister|mother|wife|daughter)\b", re.I
)
MALE = re.compile(
    r"\b(?:Mr|Sir|Lord|King|Prince|(?!German\b|[Hh]uman\b|Roman\b)\w*[a-z]man|brother|father|husband|son)\b"
)

HE = frozenset("he him his himself man boy widower".split())
SHE = frozenset("she her hers herself woman girl widow".split())
MISS = re.compile(r"\b(?:Ms|Mrs|Miss|Lady|Queen|Princess|Madam|Sister|Senhora|Señora|Mme)\b")
MISTER = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|Brother|Father|Senhor|Señor|Herr)\b(?!['’]s)")


class GivenName(msgspec.Struct, frozen=True):
    """One row of `given_names.csv`."""

    name: str
    sex: Literal["female", "male"]


@cache
def given_names() -> Mapping[str, str]:
    """The sex that a given name tells, by the name in small letters."""
    return {r.name.casefold(): r.sex for r in table("given_names", GivenName)}


def quoted(text: str, place: int) -> bool:
    """Whether a character stands in a quotation of its paragraph, which may go on in the next; a mark typed the wrong way round, “so“, counts
    as what its place makes it.
    """
    line = text.rfind("\n", 0, place) + 1
    last = max((m.start() for m in CURLED.finditer(text, line, place)), default=None)
    opened = last is not None and (OPENED if text[last] == "“" else OPENS).match(text, last) is not None
    return opened or text.count('"', line, place) % 2 == 1


def tags(text: str, at: Range) -> bool:
    """Whether a pronoun stands in a tag after what was said: "…," he told reporters; …, she added."""
    mark = text[max(0, at.start - 3) : at.start].rstrip()[-1:]
    return mark in ('"', "”", "’") or (mark == "," and TAG_END.match(text, at.end) is not None)


def sentence_start(text: str, at: int) -> int:
    """Roughly where the sentence of `at` begins."""
    ends = sentence_ends(text)
    before = bisect_right(ends, at)
    return max(0, at - 600, ends[before - 1] if before else 0)


@lru_cache(8)
def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text roughly end, with the blanks behind them."""
    return [m.end() for m in SENTENCE_END.finditer(text)]


def sex_told(name: str, titles: str, said: str, *, given: bool = False) -> str | None:
    """Whether a person is told to be female or male: by a title, else by the given name, else by what the person is called; None where nothing tells.

    A name of one word is a `given` one or may be a family's. It serves to tell whom a pronoun can mean, and is kept nowhere.
    """
    by_given = by_name(name, given=given)
    return by_words(MISS, MISTER, titles) or by_given or by_words(FEMALE, MALE, f"{titles} {said}")


def by_words(female: re.Pattern[str], male: re.Pattern[str], said: str) -> str | None:
    """The sex that titles or words for people tell."""
    return "female" if female.search(said) else "male" if male.search(said) else None


def by_name(name: str, *, given: bool = False) -> str | None:
    """The sex that the first of several names tells; a single name may be a family's, unless it is known for a given one."""
    first, *more = name.casefold().split() or [""]
    return given_names().get(first) or given_names().get(led_by(first)) if more or given else None


def untitled(entity: Found) -> bool:
    """Whether no title tells a person's sex, so that at most the given name or a description does."""
    return by_words(MISS, MISTER, " ".join(entity.titles)) is None


def led_by(name: str) -> str:
    """The first of two given names in one word, “Anne-Laure”; none of “Jean-Luc”, which is told as a whole or not at all."""
    first, hyphen, _ = name.partition("-")
    return first if hyphen and first not in ("jean", "jan") else ""


def sex_fits(word: str, sex: str | None) -> bool:
    """Whether a pronoun or noun can mean somebody told to be female or male, or of whom nothing is told."""
    return not (word in HE and sex == "female") and not (word in SHE and sex == "male")


def gender_fits(word: str, entity: Found) -> bool:
    """False only where titles, the given name or the description say otherwise; the word is a pronoun or a noun for a person."""
    return sex_fits(word, sex_of(entity))


def sex_of(entity: Found, *, given: bool = False) -> str | None:
    """What a person's titles, given name and description tell (see `sex_told`)."""
    return sex_told(entity.name, " ".join(entity.titles), entity.description or "", given=given)
