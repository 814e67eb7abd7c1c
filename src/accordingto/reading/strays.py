"""Parts that a mention has from the sentence of another deed.

The network looks for a deed's parts far beyond its sentence, and rightly so: "The attack came at dawn. Gunmen entered Kuka." But where a
round of deeds is told one after the other, it also finds the next one's place, dead and doers. Who votes, meets or is accused stands
beside the vote, the meeting or the accusation; only deeds that harm are told on for paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from accordingto.reading.constituents import head_among, hung_on
from accordingto.reading.grouping import related
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.mentions import HARMFUL
from accordingto.reading.ownplaces import NOWHERE, Where, elsewhere, sentence_of, together
from accordingto.spans import Range, trim

THE = re.compile(r"the\s", re.I)
TALKS = frozenset(("meeting", "negotiation"))  # which those own who hold them
OWN = re.compile(r"his|her|their|its", re.I)
OWNING = 6  # words between who owns a deed and its word
EDGES = " \t\n,;:.!?"
RECEIVING = frozenset(("recipient", "target"))
DOING = frozenset(("actor",))
PARTAKING = frozenset(("actor", "target", "recipient", "instrument"))
TOLD_ON = HARMFUL | {
    "detention",
    "displacement",
    "abuse",
    "repression",
}  # whose doers and victims may be told paragraphs away
SURE = 0.8  # of a participant that another paragraph has; of 25 below it in real articles 6 were right, of 5 above it 5


def in_one_sentence(text: str, mention: Happening, sentences: Sequence[Range]) -> Happening:
    """A mention none of whose parts runs over the end of a sentence or of a list's line: of one that does, the side of the trigger."""
    parts = []
    for p in mention.parts:
        first = max(0, bisect_right(sentences, p.at.start, key=lambda s: s.start) - 1)
        last = bisect_left(sentences, p.at.end, key=lambda s: s.start)
        pieces = [
            Range(max(s.start, p.at.start), min(s.end, p.at.end))
            for s in sentences[first:last]
            if s.overlaps(p.at)
        ]
        if len(pieces) > 1:
            near = min(pieces, key=lambda r: distance(r, mention.trigger))
            at = trim(text, near, EDGES)
            if at.start == at.end:
                continue
            p = replace(p, at=at)
        parts.append(p)
    return (
        mention
        if len(parts) == len(mention.parts) and parts == [*mention.parts]
        else replace(mention, parts=tuple(parts))
    )


def distance(one: Range, other: Range) -> int:
    """The characters between two stretches."""
    return max(0, one.start - other.end, other.start - one.end)


def without_strays(
    events: Sequence[Sequence[Happening]], places: Mapping[Range, Where], sentences: Sequence[Range]
) -> list[list[Happening]]:
    """The mentions of each event without the parts that stand in another event's sentence and are that one's.

    `places` are those of the mentions by their triggers.
    """
    starts = [s.start for s in sentences]
    told: dict[int, list[tuple[int, Happening]]] = {}
    for number, mine in enumerate(events):
        for h in mine:
            told.setdefault(bisect_right(starts, h.trigger.start), []).append((number, h))
    out = []
    for number, mine in enumerate(events):
        own = {bisect_right(starts, h.trigger.start) for h in mine}
        here = together([places.get(h.trigger, NOWHERE) for h in mine])
        kept = []
        for h in mine:
            parts = tuple(
                p
                for p in h.parts
                if (at := bisect_right(starts, p.at.start)) in own
                or not any(
                    k != number
                    and is_stray(p, h, other, here, places.get(other.trigger, NOWHERE), later=at > max(own))
                    for k, other in told.get(at, ())
                )
            )
            kept.append(h if len(parts) == len(h.parts) else replace(h, parts=parts))
        out.append(kept)
    return out


def without_far(text: str, mentions: Sequence[Happening], layers: Layers) -> list[Happening]:
    """The mentions of an event without participants of another paragraph, but for the surest, those in whose sentence another of its
    mentions stands, and those of deeds that harm, which are told on for paragraphs.

    A doer whom the trigger's sentence names again, or whose pronoun owns the deed ("his meeting"), is that one there; "the …" of a court's
    ruling may stand in the paragraph of one sentence beside its own.
    """
    told = {sentence_of(h.trigger, layers.sentences) for h in mentions}
    out = []
    for h in mentions:
        around = next((p for p in layers.paragraphs if p.contains(h.trigger)), None)
        parts = []
        for p in h.parts:
            if (
                p.role not in PARTAKING
                or h.type in TOLD_ON
                or p.score >= SURE
                or around is None
                or around.overlaps(p.at)
                or any(s.contains(p.at) for s in told)
                or (h.type == "legal" and THE.match(text, p.at.start) and next_line(around, p.at, layers))
            ):
                parts.append(p)
            elif not any(q.role == p.role for o in mentions if o is not h for q in o.parts) and (
                near := here_too(text, h, p, layers)
            ):
                parts.append(replace(p, at=near))
        out.append(h if parts == [*h.parts] else replace(h, parts=tuple(parts)))
    return out


def next_line(around: Range, at: Range, layers: Layers) -> bool:
    """Whether a phrase is in the paragraph beside another one and both are a single sentence."""
    lines = layers.paragraphs
    here = next((n for n, line in enumerate(lines) if line.contains(at)), None)
    mine = next((n for n, line in enumerate(lines) if line == around), None)
    if here is None or mine is None or abs(here - mine) != 1:
        return False
    single = (sum(line.contains(s) for s in layers.sentences) == 1 for line in (lines[here], around))
    return all(single)


def here_too(text: str, mention: Happening, part: Part, layers: Layers) -> Range | None:
    """Who a doer from another paragraph is in the sentence of a trigger: a person's name that ends alike, or the pronoun that owns the deed."""
    syntax, around = layers.syntax, sentence_of(mention.trigger, layers.sentences)
    if part.role not in DOING or syntax is None or not syntax.labels:
        return None
    last = text[slice(*part.at)].split()[-1]
    taken = [mention.trigger, *(p.at for p in mention.parts if p is not part)]
    named = (n.at for n in layers.names if n.label == "Person" and around.contains(n.at))
    for at in named:
        if text[slice(*at)].split()[-1] == last and not any(at.overlaps(t) for t in taken):
            return at
    deed = head_among(layers.words_in(mention.trigger), syntax)
    if mention.type not in TALKS:
        return None  # “their ballots” are of many
    for w in hung_on(deed, syntax, OWNING):
        word = layers.words[w]
        if syntax.labels[int(syntax.relations[w])] == "nmod:poss" and OWN.fullmatch(text, *word):
            return None if any(word.overlaps(t) for t in taken) else word
    return None


def is_stray(
    part: Part, mention: Happening, other: Happening, here: Where, there: Where, *, later: bool
) -> bool:
    """Whether a part in another mention's sentence, which is `there`, is that one's and not one of the event `here`: it has the phrase too, and was elsewhere; or, of two deeds of
    different kinds, takes who does the one for who is given something in the other.
    """
    held = [q for q in other.parts if q.at.overlaps(part.at)]
    if not held:
        return False
    kin = related(mention.type, other.type) is not None
    if elsewhere(here, there):
        return later or kin
    if not later:
        return False
    if part.role == "place":
        return bool(here.names) and not here.wide
    does = any(q.role in DOING for q in held)
    return part.role in RECEIVING and does and not kin and mention.type not in HARMFUL
