"""Incidents with their caveats, for exporters: what counts leave open goes with every row, and when and where they were first reported."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.incidents import Incident
from accordingto.ledger.lists import Filter, incidents
from accordingto.ledger.merging import MANY
from accordingto.ledger.session import Ledger
from accordingto.record import Struct


class Exported(Struct, frozen=True):
    """One incident and what its reports tell beside it: the caveats of its figures, the day of the first, their titles.

    `address`: of its page, where the desk exports it.
    """

    incident: Incident
    caveats: tuple[str, ...]
    reported: str | None = None
    titles: tuple[str, ...] = ()
    address: str | None = None


def exported(ledger: Ledger, wanted: Filter = Filter()) -> Iterator[Exported]:
    """The incidents that a filter lets through, in the order of lists."""
    held: list[Incident] = []
    for i in incidents(ledger, wanted):
        held.append(i)
        if len(held) == MANY:
            yield from with_caveats(ledger, held)
            held = []
    yield from with_caveats(ledger, held)


def with_caveats(ledger: Ledger, some: list[Incident], *, base: str | None = None) -> Iterator[Exported]:
    """Incidents joined with what their accounts' reports tell; `base` is the desk's address."""
    caveats: dict[str, dict[str, None]] = {}
    days: dict[str, str] = {}
    titles: dict[str, dict[str, None]] = {}
    t, r = tables.accounts.c, tables.reports.c
    with ledger.begin() as connection:
        query = select(t.incident, t.body, r.title).join(tables.reports, r.id == t.report)
        query = query.where(t.incident.in_([i.id for i in some])).order_by(t.id)
        for row in connection.execute(query):
            account = msgspec.msgpack.decode(row.body, type=Account)
            if account.published:
                day = account.published.isoformat()
                days[row.incident] = min(day, days.get(row.incident, day))
            titles.setdefault(row.incident, {})[row.title or account.report] = None
            for s in account.statements:
                caveats.setdefault(row.incident, {}).update(dict.fromkeys(s.caveats))
    for i in some:
        yield Exported(
            i,
            tuple(sorted(caveats.get(i.id, {}))),
            days.get(i.id),
            tuple(titles.get(i.id, {})),
            None if base is None else f"{base}/incidents/{i.id}",
        )
