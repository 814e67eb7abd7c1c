"""An event as ACLED would code it."""

from __future__ import annotations

from dataclasses import dataclass

from accordingto.coding.deaths import tolls
from accordingto.coding.precision import acled_geo_precision, acled_time_precision
from accordingto.coding.situations import (
    DONE,
    AcledRule,
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


@dataclass(frozen=True, slots=True)
class AcledCode:
    """The types that a situation gets; `rule` is the row that decided, `None` where `event_types.csv` did."""

    event_type: str
    sub_event_type: str | None
    rule: AcledRule | None = None

    @property
    def name(self) -> str:
        """What decided."""
        return self.rule.rule if self.rule else "event_types"


def acled_code(seen: Situation, books: Codebooks) -> AcledCode | None:
    """The types that ACLED gives to a situation; `None` where it codes no such event."""
    known = books.types.get(seen.type)
    if known is None:
        return None
    rule = first_fit(books.acled, seen)
    kind = rule.event if rule else known.acled_event
    if kind in ("", "none"):
        return None
    return AcledCode(kind, rule.sub_event if rule else known.acled_sub_event or None, rule)


def as_acled(
    record: Record, event: Event, *, codebooks: Codebooks | None = None, actor_of: PhraseActor | None = None
) -> Acled | None:
    """Code one event as ACLED would; `None` where ACLED codes no such event.

    Events that are planned, possible, conditional or negated are not coded; claimed and denied ones are, since
    ACLED records what is reported. `actor_of` reads participants that have no entity. Deaths follow ACLED's
    conservative rule: the lowest of the numbers reported for this event, running tolls left out.
    """
    books = codebooks or default_codebooks()
    if event.factuality not in DONE:
        return None
    seen = situation(record, event, books, actor_of)
    code = acled_code(seen, books)
    if code is None:
        return None
    numbers = [n for t in tolls(record, event, parts=books.parts) if (n := t.acled(books.vague)) is not None]
    return Acled(
        event_type=code.event_type,
        sub_event_type=code.sub_event_type,
        time_precision=acled_time_precision(record, event),
        geo_precision=acled_geo_precision(record, event),
        fatalities=int(min(numbers)) if numbers else None,
        civilian_targeting=civilian_targeting(seen),
        rule=code.name,
        flag=code.rule.flag if code.rule else None,
        contested=event.factuality is Factuality.DENIED,
    )


def civilian_targeting(seen: Situation) -> bool | None:
    """Whether civilians were the main target: `None` where the target is not told."""
    if "civilian" in seen.targets:
        return "fighters" not in seen.targets
    return False if "fighters" in seen.targets else None
