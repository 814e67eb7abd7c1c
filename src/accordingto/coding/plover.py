"""An event as PLOVER would code it."""

from __future__ import annotations

from collections.abc import Iterable

from accordingto.coding.situations import (
    Codebooks,
    PhraseActor,
    default_codebooks,
    first_fit,
    party,
    sides,
    situation,
)
from accordingto.record import Event, Factuality, Participant, Record, Struct

# PLOVER codes these as actors, where other actors have a country.
ACTOR_CODES = frozenset(("IGO", "NGO", "MNC", "IMG"))
AUXILIARY = {
    Factuality.PLANNED: "future",
    Factuality.POSSIBLE: "hypothetical",
    Factuality.CONDITIONAL: "hypothetical",
    Factuality.NEGATED: "negation",
}


class PloverParty(Struct, frozen=True):
    """An actor or recipient: a country's or actor's code, a sector in PLOVER's own code, the words."""

    code: str | None
    sector: str | None
    text: str


class Plover(Struct, frozen=True):
    """PLOVER's fields, as far as the record tells.

    PLOVER itself takes an event only with an actor: `actor` is empty where the text names none. `context` ends
    with `future`, `hypothetical` or `negation` where they hold. `quad_code`: 1 verbal cooperation, 2 material
    cooperation, 3 verbal conflict, 4 material conflict.
    """

    event_type: str
    mode: str | None
    context: tuple[str, ...]
    actor: tuple[PloverParty, ...]
    recipient: tuple[PloverParty, ...]
    quad_code: int | None
    rule: str
    contested: bool = False


def as_plover(
    record: Record, event: Event, *, codebooks: Codebooks | None = None, actor_of: PhraseActor | None = None
) -> Plover | None:
    """Code one event as PLOVER would; `None` where it has no category.

    What is planned, possible or negated is coded too, with PLOVER's auxiliary contexts. In fighting all
    participants are actors, as PLOVER has it for two-sided violence.
    """
    books = codebooks or default_codebooks()
    known = books.types.get(event.type)
    if known is None:
        return None
    rule = first_fit(books.plover, situation(record, event, books, actor_of))
    kind = rule.event if rule else known.plover
    if kind in ("", "none"):
        return None
    acting, hit = sides(event)
    if event.type == "clash":
        acting, hit = [*acting, *hit], []
    context = tuple(rule.context.split("|")) if rule and rule.context else ()
    auxiliary = AUXILIARY.get(event.factuality)
    return Plover(
        event_type=kind,
        mode=rule.mode if rule else None,
        context=(*context, auxiliary) if auxiliary else context,
        actor=parties(record, acting, books, actor_of),
        recipient=parties(record, hit, books, actor_of),
        quad_code=books.quads.get(kind),
        rule=rule.rule if rule else "event_types",
        contested=event.factuality is Factuality.DENIED,
    )


def parties(
    record: Record, participants: Iterable[Participant], books: Codebooks, actor_of: PhraseActor | None
) -> tuple[PloverParty, ...]:
    """Participants with PLOVER's codes; unknown ones keep their words."""
    out: list[PloverParty] = []
    for participant in participants:
        actor = party(record, participant, actor_of)
        sector = books.sectors.get(actor.sector or "") if actor else None
        code = actor.country if actor else None
        if sector is not None and sector.code in ACTOR_CODES:
            out.append(PloverParty(code or sector.code, None, participant.span.text))
        else:
            out.append(PloverParty(code, sector.plover if sector else None, participant.span.text))
    return tuple(out)
