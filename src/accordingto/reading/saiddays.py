"""Days in the sentences of claims: on which something was said, or which are of another clause than what is said.

“Leaders gathered on Friday after [Kor]'s decision to leave”: the day is neither the decision's nor that of leaving.
"""

from __future__ import annotations

from collections.abc import Sequence

from accordingto.reading.layers import Attribution
from accordingto.reading.saidwhen import stands_apart
from accordingto.reading.stretches import holding
from accordingto.record import Claim
from accordingto.spans import Range


class SaidDays:
    """The claims of one document: asked for the words that tell their days. All offsets are the document's."""

    def __init__(self, text: str, claims: Sequence[Claim], sentences: Sequence[Range]) -> None:
        self.text, self.claims, self.sentences = text, claims, sentences
        self.told = frozenset(
            c.said_on.span.range for c in claims if c.said_on and (c.parent is None or reports(c))
        )

    def spoken_on(self, trigger: Range, around: Range) -> Range | None:
        """The words for the day on which something was said whose word names an event, else that of what its speaker says beside it."""
        told = [c for c in self.claims if c.cue and around.contains(c.cue.range)]
        own = [c for c in told if c.cue and c.cue.range.overlaps(trigger)]
        beside = [c for c in told for o in own if c.source == o.source and c.parent == o.parent]
        return next((c.said_on.span.range for c in (*own, *beside) if c.said_on), None)

    def bars(self, day: Range, trigger: Range, value: str | None = None) -> bool:
        """Whether a day, of which `value` tells how exact it is, is of another clause than a claim in whose cue or content a trigger stands."""
        around = holding(self.sentences, day.start)
        if any(
            x.range.contains(day) and not x.range.contains(trigger) for c in self.claims for x in c.content
        ):
            return False  # “told that on Friday boats left, but [Kor] refused”: of what another says
        for c in self.claims:
            inside = [s.range for s in c.content]
            if c.cue is None or not around.contains(c.cue.range) or any(x.contains(day) for x in inside):
                continue
            if not any(x.contains(trigger) for x in (c.cue.range, *inside)):
                continue
            outer = next((o for o in self.claims if o.id == c.parent), None)
            if outer and not any(x.range.contains(day) for x in outer.content):
                continue  # “announced on Friday that [Kor] refused”: whose day it is the outer claim tells
            source = c.source_span.range if c.source_span else None
            told = Attribution(source, c.cue.range, tuple(inside), 1.0)
            if stands_apart(self.text, told, day, around, value):
                return True
        return False


def reports(claim: Claim) -> bool:
    """Whether a claim inside of another tells of something else than of what is done by its words: “that it fell”, not “refused to pay in May”."""
    return claim.content[0].text.startswith("that ")
