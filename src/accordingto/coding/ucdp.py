"""An event as the Uppsala Conflict Data Program's Georeferenced Event Dataset would code it."""

from __future__ import annotations

from accordingto.coding.acled import as_acled
from accordingto.coding.deaths import Toll, tolls
from accordingto.coding.precision import days, time_of, ucdp_date_prec, ucdp_where_prec
from accordingto.coding.situations import Codebooks, PhraseActor, Situation, default_codebooks, situation
from accordingto.record import Event, Factuality, Figure, Measure, Record, Struct

VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))


class Ucdp(Struct, frozen=True):
    """UCDP GED's columns, as far as the record tells; `None` is untold or open, never zero.

    `type_of_violence`: 1 state-based, 2 non-state, 3 one-sided. `best` is `None` where sources differ and
    the reporter gives no number of their own. `number_of_sources` counts the statements on deaths.
    """

    type_of_violence: int | None
    low: int | None
    best: int | None
    high: int | None
    where_prec: int | None
    date_prec: int | None
    event_clarity: int
    number_of_sources: int
    contested: bool = False


def as_ucdp(
    record: Record, event: Event, *, codebooks: Codebooks | None = None, actor_of: PhraseActor | None = None
) -> Ucdp | None:
    """Code one event as UCDP GED would; `None` for what is not violence, not done, or killed no one.

    UCDP counts an event only with a death; where none is told the view is still given, with open numbers.
    """
    books = codebooks or default_codebooks()
    coded = as_acled(record, event, codebooks=books, actor_of=actor_of)
    if coded is None or not (
        coded.event_type in VIOLENT or coded.sub_event_type == "Excessive force against protesters"
    ):
        return None
    told = tolls(record, event, parts=books.parts)
    lows = [t.low for t in told]
    highs = [t.high for t in told]
    high = max((h for h in highs if h is not None), default=None) if None not in highs else None
    if high == 0:
        return None
    return Ucdp(
        type_of_violence=type_of_violence(situation(record, event, books, actor_of)),
        low=whole(min((v for v in lows if v is not None), default=None)) if None not in lows else None,
        best=whole(best(told)),
        high=whole(high),
        where_prec=ucdp_where_prec(record, event),
        date_prec=ucdp_date_prec(record, event),
        event_clarity=event_clarity(record, event),
        number_of_sources=len({t.claims for t in told}),
        contested=event.factuality is Factuality.DENIED,
    )


def whole(value: float | int | None) -> int | None:
    """A number of deaths as a whole number."""
    return None if value is None else int(value)


def best(told: tuple[Toll, ...]) -> float | int | None:
    """The number to prefer: the reporter's own, else the one that all sources name; between what the words allow."""
    own = {within(t) for t in told if not t.claims}
    every = own or {within(t) for t in told}
    return next(iter(every)) if len(every) == 1 else None


def within(told: Toll) -> float | int | None:
    """A statement's number, no less and no more than its words allow: 21 for "more than 20", 49 for "nearly 50"."""
    if told.best is None:
        return None
    least = told.best if told.low is None else max(told.best, told.low)
    return least if told.high is None else min(least, told.high)


def type_of_violence(seen: Situation) -> int | None:
    """1 a state against an armed side (or a state), 2 armed sides without a state, 3 against civilians.

    An unarmed official that is hit leaves it open, but in a clash or invasion stands for a state.
    """
    armed = seen.targets & {"fighters"} or (seen.type in ("clash", "invasion") and seen.targets & {"state"})
    if not seen.actors & {"state", "armed"}:
        return None
    if not armed:
        return 3 if "civilian" in seen.targets else None
    return 1 if "state" in seen.actors | seen.targets else 2


def event_clarity(record: Record, event: Event) -> int:
    """1 a single event, 2 several taken together.

    Several: a figure counts attacks of this event, its deaths are a running toll, it goes on over days, or
    its time is longer than a week.
    """
    mine: list[Figure] = [f for f in record.figures if f.event == event.id]
    many = any(f.measure is Measure.ATTACKS and (f.low or f.best or 0) > 1 for f in mine)
    running = any(f.measure is Measure.KILLED and f.cumulative for f in mine)
    length = days(time_of(record, event)) or 1
    drawn_out = event.factuality is Factuality.ONGOING and length > 1
    return 2 if many or running or drawn_out or length > 7 else 1
