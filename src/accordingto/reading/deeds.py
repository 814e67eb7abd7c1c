"""Which word of a mention names the deed, and which mentions name none of their own.

"Conducted talks" is told by its noun; "murder case" and "famine relief" name cases and relief, so the words before them
tell of an event only where another mention tells of it too; a press conference is a way to speak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from accordingto.reading.layers import Happening, Layers
from accordingto.reading.lemmas import endings
from accordingto.record import Factuality
from accordingto.spans import Range

LIGHT = frozenset("conduct stage wage mount launch undertake undertook perform".split())
REACH = 12  # words behind a light verb in which its noun is looked for
ANYONE = frozenset("anyone anybody".split())
DYING = re.compile(r"die[sd]?|dying|deaths?|dead|killed|perished", re.I)
RANKED = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|latest)\s+(?:\w+\s+){0,2}to $",
    re.I,
)
FROM = re.compile(r"of|from", re.I)
SPOKEN = re.compile(r"\b(?:press|news) (?:conferences?|briefings?)\b", re.I)


def deeds(
    text: str, layers: Layers, mentions: Sequence[Happening], irregular: Mapping[str, str]
) -> list[Happening]:
    """The mentions with their triggers set right, those that name nothing dropped; weak ones have a score of 0."""
    if layers.syntax is None or not layers.syntax.labels:
        return list(mentions)
    starts = [w.start for w in layers.words]
    words = [
        Range(bisect_left(starts, h.trigger.start), bisect_left(starts, h.trigger.end)) for h in mentions
    ]
    named = {w for at in words for w in range(*at)}
    kept: dict[int, Happening] = {}
    for number, (h, at) in enumerate(zip(mentions, words, strict=True)):
        noun = carried(text, layers, at, irregular)
        death = died_of(text, layers, h, at)
        if spoken(text, h.trigger) or noun in named or death in named or promised(layers, h, at, named):
            continue
        own = h if noun is None else replace(h, trigger=layers.words[noun])
        if death is not None and RANKED.search(text, max(0, h.trigger.start - 60), layers.words[death].start):
            own = replace(h, trigger=layers.words[death], type="death", factuality=Factuality.CLAIMED)
        weak = modifies(layers, at, named) or about_anyone(text, h)
        kept[number] = replace(own, score=0.0) if weak else own
    return only(kept)


def only(kept: dict[int, Happening]) -> list[Happening]:
    """The mentions that are kept, by their numbers, compared with no others."""
    return [
        replace(h, again=tuple(h.again[i - j - 1] for j in reversed(kept) if 0 <= i - j - 1 < len(h.again)))
        for i, h in kept.items()
    ]


def spoken(text: str, trigger: Range) -> bool:
    """Whether a trigger stands in "press conference" or the like."""
    around = SPOKEN.finditer(text, max(0, trigger.start - 6), trigger.end + 12)
    return any(m.start() < trigger.end and trigger.start < m.end() for m in around)


def carried(text: str, layers: Layers, at: Range, irregular: Mapping[str, str]) -> int | None:
    """The noun that tells what a light verb's mention carries out: its object, the number of that word."""
    syntax = layers.syntax
    if syntax is None or at.end - at.start != 1:
        return None
    form = text[slice(*layers.words[at.start])].casefold()
    if LIGHT.isdisjoint((irregular.get(form, form), *endings(form))):
        return None
    after = range(at.start + 1, min(len(syntax.heads), at.start + REACH))
    return next((w for w in after if syntax.heads[w] == at.start and syntax.relation(w) == "obj"), None)


def died_of(text: str, layers: Layers, mention: Happening, at: Range) -> int | None:
    """The word that tells of dying where hunger or a disease is only its cause: "died of hunger", "a death from cholera"."""
    syntax = layers.syntax
    if syntax is None or mention.type != "hunger_disease":
        return None
    last = at.end - 1
    head = int(syntax.heads[last])
    caused = syntax.relation(last) in ("obl", "nmod") and DYING.fullmatch(text, *layers.words[head])
    behind = any(
        syntax.heads[w] == last and FROM.fullmatch(text, *layers.words[w])
        for w in range(max(0, at.start - 4), at.start)
    )
    return head if caused and behind else None


def promised(layers: Layers, mention: Happening, at: Range, named: Set[int]) -> bool:
    """Whether an agreement is only the will to do what another mention tells: "agreed to meet"."""
    syntax = layers.syntax
    return (
        syntax is not None
        and mention.type == "agreement"
        and any(syntax.heads[w] in at and syntax.relation(w) == "xcomp" for w in named if w not in at)
    )


def modifies(layers: Layers, at: Range, named: Set[int]) -> bool:
    """Whether a mention only modifies a noun behind it that names no event: "murder case"."""
    syntax = layers.syntax
    last = at.end - 1
    if syntax is None or syntax.relation(last) != "compound":
        return False
    head = int(syntax.heads[last])
    return head > last and head not in named


def about_anyone(text: str, mention: Happening) -> bool:
    """Whether a mention tells of no one in particular: "whether anyone had been killed"."""
    hit = [text[slice(*p.at)].casefold() for p in mention.parts if p.role == "target"]
    return bool(hit) and all(h in ANYONE for h in hit)
