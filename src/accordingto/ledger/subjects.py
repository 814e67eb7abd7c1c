"""What a judgement is about, as people name it: an incident's id, or an event of a report."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.lists import incident
from accordingto.ledger.session import Ledger


def anchor(ledger: Ledger, subject: str) -> str:
    """The anchor of `I…` (its canonically first account) or of `REPORT:V1`.

    Raises:
        UserError: where the ledger has no such incident or event, or several.
    """
    return anchors(ledger, subject)[0]


def anchors(ledger: Ledger, subject: str) -> tuple[str, ...]:
    """The anchors of all that `I…` tells, in canonical order, or that of `REPORT:V1`.

    Raises:
        UserError: where the ledger has no such incident or event, or several.
    """
    report, _, event = subject.rpartition(":")
    if report:
        return (of_event(ledger, report, event),)
    found = incident(ledger, subject)
    t = tables.accounts.c
    with ledger.begin() as connection:
        bodies = connection.scalars(select(t.body).where(t.incident == found.id))
        accounts = [msgspec.msgpack.decode(b, type=Account) for b in bodies]
    return tuple(a.key for a in sorted(accounts, key=lambda a: a.order))


def of_event(ledger: Ledger, report: str, event: str) -> str:
    """The anchor of an event of a report.

    Raises:
        UserError: where there is none, or reports of that name differ.
    """
    a, r = tables.accounts, tables.reports
    with ledger.begin() as connection:
        query = select(a.c.body).join(r, r.c.id == a.c.report).where(r.c.name == report)
        accounts = [msgspec.msgpack.decode(b, type=Account) for b in connection.scalars(query)]
    keys = sorted({x.key for x in accounts if x.event == event})
    if len(keys) != 1:
        if keys:
            raise UserError(
                f"Several reports are named {report!r}; give the incident instead (I…), as `accordingto incidents` lists it."
            )
        raise UserError(
            f"There is no event {event} in a report named {report!r}; `accordingto incidents --json` names events by report."
        )
    return keys[0]
