"""Pronouns as sources: which there are, where they stand, and whose gender they fit."""

from __future__ import annotations

import re

from accordingto.reading.entities import Found
from accordingto.spans import Range

SINGULAR = frozenset(["he", "she", "him", "her", "his", "hers", "himself", "herself", "who", "whom", "whose"])
HE_OR_SHE = SINGULAR - {"who", "whom", "whose"}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
THING = frozenset(("it", "its", "itself", "that", "which", "this"))
OWN = frozenset(["i", "me", "my", "we", "us", "our", "mine", "ours"])
RELATIVE = frozenset(("who", "which", "that"))
SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\b[A-Z])[.?!][\"”’)]*\s+|\n+")
TAG_END = re.compile(r"\s+\w+(?:\s+\w+){0,3}\.?(?:\n|$|\s)")  # "he added." after a comma
GOING_ON = re.compile(r"\s+(?:also\s+)?(?:add(?:s|ed)|continue[sd](?! to)|went on|goes on|conclude[sd])\b")
SAYING = re.compile(r"\b(?:said|says|say|told|added|stated|claimed|announced|wrote|recalled)\s+(?:that\s+)?$")
FEMALE = re.compile(
    r"\b(?:Ms|Mrs|Miss|Lady|Queen|Princess|Madam|\w*woman|sister|mother|wife|daughter)\b", re.I
)
MALE = re.compile(r"\b(?:Mr|Sir|Lord|King|Prince|\w*[a-z]man|brother|father|husband|son)\b")

HE = frozenset("he him his man boy widower".split())
SHE = frozenset("she her hers woman girl widow".split())


def tags(text: str, at: Range) -> bool:
    """Whether a pronoun stands in a tag after what was said: "…," he told reporters; …, she added."""
    mark = text[max(0, at.start - 3) : at.start].rstrip()[-1:]
    return mark in ('"', "”", "’") or (mark == "," and TAG_END.match(text, at.end) is not None)


def sentence_start(text: str, at: int) -> int:
    """Roughly where the sentence of `at` begins."""
    begin = max(0, at - 600)
    return max((m.end() for m in SENTENCE_END.finditer(text, begin, at)), default=begin)


def gender_fits(word: str, entity: Found) -> bool:
    """False only where titles or description say otherwise; the word is a pronoun or a noun for a person."""
    said = " ".join([*entity.titles, entity.description or ""])
    if word in HE:
        return not FEMALE.search(said)
    if word in SHE:
        return not (MALE.search(said) and not FEMALE.search(said))
    return True
