"""Which entity a phrase means that takes part in an event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accordingto.reading.constituents import head_among
from accordingto.reading.layers import Layers
from accordingto.record import Entity, EntityKind, Mention, MentionForm
from accordingto.spans import Cover, Range

DESCRIBING = frozenset(("compound", "amod", "flat"))
SINGLE_SPAN = 0.6  # of a phrase that a mention must cover to be who it means
WHOLE = 0.85  # the same where the phrase joins two
WORD = re.compile(r"\w+")


class Mentioned:
    """The mentions of all entities, to be asked for by place."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._all = [(e, m) for e in entities for m in e.mentions]
        self._cover = Cover([m.range for _, m in self._all])

    def on(self, at: Range) -> list[tuple[Entity, Mention]]:
        """The mentions that overlap a stretch, with their entities, in the entities' order."""
        return [self._all[k] for k in self._cover.touching(at)]


def entity_of(text: str, at: Range, layers: Layers, people: Mentioned) -> str | None:
    """The entity that a phrase means: the one whose mention ends it or covers most of it; a pronoun's by its chain.

    "Ada and her brother" means no one of the two, unless a name covers it all; nor does a phrase with one person's name mean another.
    """
    several = coordinated(at, layers)
    best: tuple[float, str] | None = None
    for e, m in people.on(at):
        shared = min(m.end, at.end) - max(m.start, at.start)
        ends = m.end == at.end and e.kind is not EntityKind.PLACE and m.start >= at.start
        cover = shared / (at.end - at.start)
        if (cover >= WHOLE if several else ends or cover >= SINGLE_SPAN) and (
            best is None or (cover, e.id) > best
        ):
            best = (cover, e.id)
    if best is not None or several:
        return best[1] if best else None
    chain = next((c for w in naming_words(at, layers) for p, c in layers.linked(w) if p.head.contains(w)), ())
    for phrase in chain:
        for e, m in people.on(phrase.at):
            if m.form is MentionForm.NAME and phrase.at.contains(m.range) and m.range.contains(phrase.head):
                return e.id if fits(text, at, e, layers) else None
    return None


def coordinated(at: Range, layers: Layers) -> bool:
    """Whether a phrase names two or more: another word is joined to its head."""
    syntax = layers.syntax
    if syntax is None or not syntax.labels:
        return False
    inside = layers.words_in(at)
    head = head_among(inside, syntax)
    return any(syntax.heads[w] == head and w != head and syntax.relation(w) == "conj" for w in inside)


def fits(text: str, at: Range, entity: Entity, layers: Layers) -> bool:
    """Whether a phrase may mean an entity of its chain: no other person is named in it, nor, where that is a place, anything else."""
    named = [
        n
        for n in layers.names
        if at.contains(n.at) and (n.label == "Person" or entity.kind is EntityKind.PLACE)
    ]
    if not named:
        return True
    known = {
        w.casefold() for m in entity.mentions if m.form is MentionForm.NAME for w in WORD.findall(m.text)
    }
    return any(w.casefold() in known for n in named for w in WORD.findall(text[slice(*n.at)]))


def naming_words(at: Range, layers: Layers) -> list[Range]:
    """The words of a phrase by which its chain is known: its head, the first that hangs on a word outside of it, then the words
    that describe it from before ("Red Front fighters"), no owner ("her brother") and nothing behind it ("airfields in Chad").
    """
    inside, syntax = layers.words_in(at), layers.syntax
    if syntax is None or not inside:
        return list(layers.words[inside.start : inside.stop])
    head = head_among(inside, syntax)
    before = [
        w for w in range(inside.start, head) if syntax.heads[w] == head and syntax.relation(w) in DESCRIBING
    ]
    return [layers.words[w] for w in (head, *reversed(before))]
