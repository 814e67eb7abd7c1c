"""What a URL asks for: filters, the key after which a page begins, and the choices of the filter form."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from datetime import date
from enum import StrEnum
from functools import cache
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BeforeValidator

from accordingto.ledger.browsing import After, Found, Wanted
from accordingto.ledger.choices import (
    COMMITMENT_KINDS,
    MEASURES,
    SOURCE_KINDS,
    states_of,
    types_of,
)
from accordingto.ledger.orders import Order
from accordingto.record import Act, Measure
from accordingto.web.parts import Choice, Choices, Filters, Ordering, Paging
from accordingto.web.spots import Frame
from accordingto.web.words import act_sign, sign, signs, type_words

LONGEST = 200  # characters of words that are searched


def blank(value: Any) -> Any:
    """An empty form field asks for nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def clean(value: str | None) -> str | None:
    """Words without what no database takes, and not too many.

    Raises:
        ValueError: for a NUL character, or more than `LONGEST` characters.
    """
    if value is not None and len(value) > LONGEST:
        raise ValueError(f"at most {LONGEST} characters")
    if value is not None and "\x00" in value:
        raise ValueError("a NUL character can't be searched for")
    return value


Words = Annotated[str | None, BeforeValidator(blank), AfterValidator(clean)]
Day = Annotated[date | None, BeforeValidator(blank)]
Since = Annotated[Day, Query(alias="from", description="On or after this day, as 2031-03-07.")]
Until = Annotated[Day, Query(alias="to", description="On or before this day.")]
PlaceName = Annotated[
    Words, Query(description="Words of a place's name, or a country by name or code (`Ethiopia`, `ETH`).")
]
TypeName = Annotated[Words, Query(description="An event type, as `/incidents` lists them.")]
ActorName = Annotated[Words, Query(description="Words of an actor's name.")]
SourceName = Annotated[Words, Query(description="Words of a source's name.")]
StateName = Annotated[Words, Query(description="A state, grade, review state or outcome.")]
ActName = Annotated[Act | None, BeforeValidator(blank), Query(description="What the speaker does: deny, …")]
KindName = Annotated[Words, Query(description="The kind of source, or of commitment.")]
Sought = Annotated[Words, Query(alias="q", description="Words; all must be there.")]
AfterKey = Annotated[Words, Query(description="Where the page begins: the key that `paging.next` gives.")]


async def every(
    since: Since = None,
    until: Until = None,
    place: PlaceName = None,
    type: TypeName = None,
    actor: ActorName = None,
    source: SourceName = None,
    state: StateName = None,
    act: ActName = None,
    kind: KindName = None,
    q: Sought = None,
) -> Filters:
    """All filters that there are, as a URL gives them."""
    return Filters(
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
        place=place,
        type=type,
        actor=actor,
        source=source,
        state=state,
        act=str(act) if act else None,
        kind=kind,
        q=q,
    )


CUT = "There are more; the newest 2,000 matches were looked at. Add a word or a filter."
IN_URL = {"since": "from", "until": "to"}
"""The filters that a URL names otherwise."""
BESIDE = frozenset({"after", "south", "north", "west", "east", "zoom"})
"""What a URL of a list holds besides filters."""
TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|(?:fb|g|gb|wb|ms|tw|dcl|yt|ig|mc)_?(?:cl|sh|e)?id|igshid|_ga|_gl|ref"
)
"""What mails and other sites append to a link that is shared."""


@cache
def event_codes(tables_dir: Path | None = None) -> tuple[str, ...]:
    """The event types; those of the user's own tables too, where their folder is given."""
    return types_of("incidents", extra_dir=tables_dir)


def asked_of(
    *names: str,
    events: bool = False,
    types: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    sorts: bool = False,
) -> Callable[..., Coroutine[Any, Any, Filters]]:
    """A dependency that gives the filters of a URL, for a list that knows only these; others are refused, not passed over.

    `types`, `kinds`, `states`: the values that these filters take; none given means any. `events`: types are those of
    events, the user's own too. `sorts`: it takes an order, too.
    """
    beside = BESIDE | {"sort"} if sorts else BESIDE
    known = tuple(IN_URL.get(n, n) for n in names)
    hints = get_type_hints(every, include_extras=True)

    async def some(request: Request, **values: Any) -> Filters:
        told = f"this list has no such filter; it takes {', '.join(known)}"
        unknown = [
            n
            for n, value in request.query_params.multi_items()
            if n not in known and n not in beside and value.strip() and not TRACKING.fullmatch(n)
        ]
        wrong = [{"loc": ("query", n), "msg": told} for n in dict.fromkeys(unknown)]
        own = request.app.state.desk.settings.data_dir
        closed = {"type": event_codes(own) if events else types, "kind": kinds, "state": states}
        for name, taken in closed.items():
            if taken and values.get(name) and values[name] not in taken:
                wrong.append({"loc": ("query", name), "msg": f"is one of {', '.join(taken)}"})
        first, last = values.get("since"), values.get("until")
        if first and last and first > last:
            wrong.append({"loc": ("query", "from"), "msg": "it is later than “to”; no day lies between"})
        if wrong:
            raise RequestValidationError(wrong)
        return await every(**values)

    taken = [
        signature(every).parameters[n].replace(annotation=hints[n], kind=Parameter.KEYWORD_ONLY)
        for n in names
    ]
    own = Parameter("request", Parameter.KEYWORD_ONLY, annotation=Request)
    some.__signature__ = Signature([own, *taken])  # type: ignore[attr-defined]
    return some


STATES = tuple(states_of("incidents"))
asked = asked_of(*Filters.__struct_fields__, events=True, kinds=SOURCE_KINDS, states=STATES)
OF_INCIDENTS = ("since", "until", "place", "type", "actor", "source", "state", "q")
of_incidents = asked_of(*OF_INCIDENTS, events=True, states=STATES)
of_sorted_incidents = asked_of(*OF_INCIDENTS, events=True, states=STATES, sorts=True)
of_reports = asked_of("since", "until", "source", "q")
OF_GROUPS = ("since", "until", "place", "type", "actor", "source", "kind", "q")
of_sources = asked_of(*OF_GROUPS, types=SOURCE_KINDS, kinds=SOURCE_KINDS)
of_tolls = asked_of(*OF_GROUPS, types=MEASURES, kinds=MEASURES, sorts=True)
of_commitments = asked_of(
    *("since", "until", "type", "actor", "source", "state", "kind", "q"),
    types=COMMITMENT_KINDS,
    kinds=COMMITMENT_KINDS,
    states=tuple(states_of("commitments")),
)
of_a_source = asked_of("since", "until", "type", "act", "q", events=True)
of_the_unnamed = asked_of("since", "until", "source", "q")


def wanted(filters: Filters) -> Wanted:
    """Filters as the ledger takes them."""
    return Wanted(**{name: getattr(filters, name) for name in Filters.__struct_fields__})


def given(filters: Filters) -> dict[str, str]:
    """The filters that are set, by their names in a URL."""
    held = {IN_URL.get(n, n): getattr(filters, n) for n in Filters.__struct_fields__}
    return {name: value for name, value in held.items() if value}


def query_of(filters: Filters, **more: str | None) -> str:
    """The query string of filters, with `?` where there is any."""
    text = urlencode(given(filters) | {k: v for k, v in more.items() if v})
    return f"?{text}" if text else ""


Degrees = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False)]
Edge = Annotated[
    float | None, Query(ge=-180, le=180, allow_inf_nan=False, description="An edge of the frame, in degrees.")
]
Zoom = Annotated[
    int | None, Query(ge=0, le=24, description="The map’s zoom: 256 pixels wide at 0, twice as wide at 1.")
]


async def frame_asked(
    south: Edge = None, north: Edge = None, west: Edge = None, east: Edge = None
) -> Frame | None:
    """The frame that a URL gives: all four edges, or none for the whole map."""
    if south is None or north is None or west is None or east is None:
        return None
    return Frame(south, north, west, east)


class TollOrder(StrEnum):
    """In what order tolls are listed: the newest count first, or the most counts."""

    NEWEST = "newest"
    COUNTS = "counts"


def newest(value: Any) -> Any:
    """No order given means the newest first."""
    return Order.NEWEST if blank(value) is None else value


IncidentSort = Annotated[
    Order, BeforeValidator(newest), Query(alias="sort", description="newest, oldest, reports or killed.")
]
TollSort = Annotated[TollOrder, BeforeValidator(newest), Query(alias="sort", description="newest or counts.")]


def ordering(path: str, filters: Filters, now: StrEnum) -> Ordering:
    """The orders of a list, and where each leads under the same filters; the first page of each."""
    default = newest(None)
    orders = sorted(type(now), key=lambda o: o != default)
    words = ((o, sign("order", o).words) for o in orders)
    urls = {str(o): path + query_of(filters, sort=str(o) if o != default else None) for o in orders}
    return Ordering(str(now), tuple(Choice(str(o), w, o == now) for o, w in words), urls)


def no_key() -> RequestValidationError:
    """What refuses a key that no list gives."""
    told = "is no key that a list gives; leave it out to begin at the first page"
    return RequestValidationError([{"loc": ("query", "after"), "msg": told}])


async def key_after(after: AfterKey = None) -> After | None:
    """The key after which a page begins.

    Raises:
        RequestValidationError: for what is no key.
    """
    if after is None:
        return None
    day, sep, key = after.partition("~")
    if not (sep and key):
        raise no_key()
    return day, key


def numbered(after: After | None) -> After | None:
    """A key whose second half is a number.

    Raises:
        RequestValidationError: where it isn't.
    """
    if after is None:
        return None
    if not str(after[1]).isascii() or not str(after[1]).isdigit() or len(str(after[1])) > 15:
        raise no_key()
    return after[0], int(after[1])


def counted_key(after: After | None) -> After | None:
    """A key whose first half is a count.

    Raises:
        RequestValidationError: where it isn't.
    """
    if after is not None and not (after[0].isascii() and after[0].isdigit() and len(after[0]) <= 9):
        raise no_key()
    return after


def paging(
    path: str, filters: Filters, found: Found, after: After | None, sort: StrEnum | None = None
) -> Paging:
    """The links of a page to the next and to the first, in the same order."""
    following = f"{found.next[0]}~{found.next[1]}" if found.next else None
    order = str(sort) if sort and sort != newest(None) else None
    return Paging(
        next=path + query_of(filters, sort=order, after=following) if following else None,
        first=path + query_of(filters, sort=order) if after else None,
        more=CUT if found.cut else None,
    )


Offered = tuple[tuple[str, str], ...]
"""Values and their words."""


@cache
def chosen(values: Offered, now: str | None) -> tuple[Choice, ...]:
    """Choices of one filter."""
    return tuple(Choice(value, words, value == now) for value, words in values)


@cache
def family(name: str) -> tuple[tuple[str, str], ...]:
    """Values and words of one family of signs."""
    return tuple((s.value, s.words) for key, s in signs().items() if key.startswith(f"{name}:"))


def choices(
    filters: Filters, *, states: tuple[str, ...] = ("state", "grading", "review"), kinds: str = "kind"
) -> Choices:
    """What the filter form offers; each state once. `states` and `kinds` are families of signs."""
    held = tuple(dict(pair for f in states for pair in family(f)).items())
    types, acts, measures = offered()
    some = family(kinds)
    return Choices(
        types=chosen(types, known(types, filters.type)),
        states=chosen(held, known(held, filters.state)),
        acts=chosen(acts, known(acts, filters.act)),
        kinds=chosen(some, known(some, filters.kind)),
        measures=chosen(measures, known(measures, filters.type)),
    )


@cache
def offered() -> tuple[Offered, Offered, Offered]:
    """Event types, acts, measures."""
    return (
        tuple((t, type_words(t)) for t in event_codes()),
        tuple((str(a), act_sign(a).words) for a in Act),
        tuple((str(m), m.replace("_", " ")) for m in Measure),
    )


def known(values: Offered, now: str | None) -> str | None:
    """What is chosen, where it is one of the values."""
    return now if any(value == now for value, _ in values) else None
