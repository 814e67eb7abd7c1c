"""How a claim stands to the deed of which it speaks, by its act; and how a report does that tells it in its own words."""

from __future__ import annotations

from accordingto.ledger.accounts import Stance
from accordingto.ledger.topics import REAL, REFUTED
from accordingto.record import Act, Claim, Factuality
from accordingto.spans import Span

STANCES = {
    Act.ASSERT: Stance.ASSERTS,
    Act.CONFIRM: Stance.ASSERTS,
    Act.ANNOUNCE: Stance.ASSERTS,
    Act.ESTIMATE: Stance.ASSERTS,
    Act.ACCUSE: Stance.ASSERTS,
    Act.OPINE: Stance.ASSERTS,
    Act.DENY: Stance.DENIES,
    Act.REFUSE: Stance.DENIES,
    Act.DECLINE: Stance.DECLINES,
    Act.SILENT: Stance.SILENT,
    Act.UNCERTAIN: Stance.UNCERTAIN,
}
PRESUPPOSING = frozenset({Act.WARN, Act.PROMISE, Act.REQUEST, Act.ASK})  # speak of it, don't state it
OTHERS = frozenset({Act.OPINE, Act.REQUEST, Act.ASK})  # are of what others do
AGAINST = frozenset({Stance.DENIES, Stance.DECLINES, Stance.SILENT, Stance.UNCERTAIN})


def own_stance(factuality: Factuality) -> Stance:
    """How the report itself stands to an event that it tells in its own words."""
    if factuality in REFUTED:
        return Stance.DENIES
    return Stance.ASSERTS if factuality in REAL else Stance.UNCERTAIN


def only_denies(who: Span, voices: list[Claim]) -> bool:
    """True where a doer's words are those for who denies it, or says nothing: “The army denied the strike” says of nobody that the army did it."""
    return any(
        STANCES.get(c.act) in AGAINST and c.source_span and c.source_span.range.overlaps(who.range)
        for c in voices
    )
