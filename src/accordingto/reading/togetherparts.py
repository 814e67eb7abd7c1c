"""What the mentions of one event tell of who took part, together: the fullest one's phrases and those of others in the roles that it leaves empty."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from accordingto.reading.barred import noun_of, person_nouns
from accordingto.reading.bystanders import PEOPLE
from accordingto.reading.eventparts import BARE, NEARLY, PARTAKING, SINGLE, WORD, head_of
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.mentions import HARMFUL, NUMBER


def joined(
    text: str,
    best: Happening,
    mentions: Sequence[Happening],
    layers: Layers,
    settled: Collection[str] = (),
) -> tuple[Part, ...]:
    """The parts of the fullest mention, and those of others in roles that it leaves empty and of whom it tells nothing else.

    Where all is told of a role though nothing is left in it (`settled`), only people whom a blow hit are its target.
    """
    out = list(kept(best.parts))
    for other in sorted(mentions, key=lambda h: -len(h.parts)):
        have = {p.role for p in out}
        out += [
            p
            for p in kept(other.parts)
            if p.role not in have
            and (p.role != "target" or p.role not in settled or is_victim(text, p, best, layers))
            and not any(alike(text, p, q, layers) for q in out)
        ]
    once = {
        (p.role, text[slice(*p.at)].casefold() if p.role in PARTAKING else p.at): p
        for p in sorted(out, key=lambda p: p.at, reverse=True)
    }
    return tuple(sorted(once.values(), key=lambda p: p.at))


def is_victim(text: str, part: Part, best: Happening, layers: Layers) -> bool:
    """Whether a phrase is people whom a blow hit, by their number or noun: “nine men”, “the children”."""
    noun = noun_of(text, part.at, layers)
    people = PEOPLE.fullmatch(noun) is not None or {noun, noun.removesuffix("s")} & person_nouns()
    named = any(n.label == "NORP" and n.at.overlaps(part.at) for n in layers.names)
    return best.type in HARMFUL and (bool(people) or named or NUMBER.match(text, *part.at) is not None)


def alike(text: str, one: Part, other: Part, layers: Layers) -> bool:
    """Whether two participants seem to be the same: one phrase has all words of the other and the same head."""
    if layers.syntax is None or not {one.role, other.role} <= PARTAKING:
        return False
    some, others = (
        frozenset(w.casefold() for w in WORD.findall(text[slice(*p.at)])) - BARE for p in (one, other)
    )
    if not (some <= others or others <= some):
        return False
    heads = [layers.words[head_of(layers, layers.syntax, p.at)] for p in (one, other)]
    return text[slice(*heads[0])].casefold() == text[slice(*heads[1])].casefold()


def kept(parts: Sequence[Part]) -> list[Part]:
    """One part, the surest, in the roles that have one filler; of targets the surest and those nearly as sure beside it."""
    out: list[Part] = []
    for role in dict.fromkeys(p.role for p in parts):
        mine = sorted((p for p in parts if p.role == role), key=lambda p: (-p.score, p.at))
        if role in SINGLE:
            out.append(mine[0])
            continue
        chosen: list[Part] = []
        for p in mine:
            if p.score >= NEARLY * mine[0].score and not any(p.at.overlaps(q.at) for q in chosen):
                chosen.append(p)
        out += chosen
    return out
