"""Incidents with their caveats, for exporters: what counts leave open goes with every row."""

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
    """One incident and the caveats that its reports give for its figures."""

    incident: Incident
    caveats: tuple[str, ...]


def exported(ledger: Ledger, wanted: Filter = Filter()) -> Iterator[Exported]:
    """The incidents that a filter lets through, in the order of lists."""
    held: list[Incident] = []
    for i in incidents(ledger, wanted):
        held.append(i)
        if len(held) == MANY:
            yield from with_caveats(ledger, held)
            held = []
    yield from with_caveats(ledger, held)


def with_caveats(ledger: Ledger, some: list[Incident]) -> Iterator[Exported]:
    """Incidents joined with the caveats of their accounts' figures."""
    found: dict[str, dict[str, None]] = {}
    t = tables.accounts.c
    with ledger.begin() as connection:
        query = select(t.incident, t.body).where(t.incident.in_([i.id for i in some])).order_by(t.id)
        for row in connection.execute(query):
            account = msgspec.msgpack.decode(row.body, type=Account)
            for s in account.statements:
                found.setdefault(row.incident, {}).update(dict.fromkeys(s.caveats))
    for i in some:
        yield Exported(i, tuple(sorted(found.get(i.id, {}))))
