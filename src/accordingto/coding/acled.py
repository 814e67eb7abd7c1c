"""An event as ACLED would code it."""

from __future__ import annotations

from accordingto.coding.deaths import tolls
from accordingto.coding.precision import acled_geo_precision, acled_time_precision
from accordingto.coding.situations import (
    DONE,
    Codebooks,
    PhraseActor,
    Situation,
    default_codebooks,
    first_fit,
    situation,
)
from accordingto.record import Event, Factuality, Record, Struct


class Acled(Struct, frozen=True):
    """ACLED's columns, as far as the record tells; `None` is untold, never zero.

    `rule` is the row of `acled_rules.csv` that decided (or `event_types`), `flag` what a person should look at,
    `contested` whether a source denies the event.
    """

    event_type: str
    sub_event_type: str | None
    time_precision: int | None
    geo_precision: int | None
    fatalities: int | None
    civilian_targeting: bool | None
    rule: str
    flag: str | None = None
    contested: bool = False


def as_acled(
    record: Record, event: Event, *, codebooks: Codebooks | None = None, actor_of: PhraseActor | None = None
) -> Acled | None:
    """Code one event as ACLED would; `None` where ACLED codes no such event.

    Events that are planned, possible, conditional or negated are not coded; claimed and denied ones are, since
    ACLED records what is reported. `actor_of` reads participants that have no entity. Deaths follow ACLED's
    conservative rule: the lowest of the numbers reported for this event, running tolls left out.
    """
    books = codebooks or default_codebooks()
    known = books.types.get(event.type)
    if event.factuality not in DONE or known is None:
        return None
    seen = situation(record, event, books, actor_of)
    rule = first_fit(books.acled, seen)
    kind = rule.event if rule else known.acled_event
    if kind in ("", "none"):
        return None
    numbers = [n for t in tolls(record, event) if (n := t.acled(books.vague)) is not None]
    return Acled(
        event_type=kind,
        sub_event_type=rule.sub_event if rule else known.acled_sub_event or None,
        time_precision=acled_time_precision(record, event),
        geo_precision=acled_geo_precision(record, event),
        fatalities=int(min(numbers)) if numbers else None,
        civilian_targeting=civilian_targeting(seen),
        rule=rule.rule if rule else "event_types",
        flag=rule.flag if rule else None,
        contested=event.factuality is Factuality.DENIED,
    )


def civilian_targeting(seen: Situation) -> bool | None:
    """Whether civilians were the main target: `None` where the target is not told."""
    if "civilian" in seen.targets:
        return "fighters" not in seen.targets
    return False if "fighters" in seen.targets else None
