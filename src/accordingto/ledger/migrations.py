"""Numbered steps that bring an older ledger up to date; each is taken once, in one transaction.

A step's statements are written out and never change afterwards, so that a ledger of any age can be
opened; new tables and columns come as new steps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select

from accordingto.errors import FatalError
from accordingto.ledger import tables


def first_floor(connection: Connection) -> None:
    """Step 1: reports, records, claims, failures."""
    made = [tables.reports, tables.records, tables.claims, tables.failures]
    tables.metadata.create_all(connection, tables=made)


STEPS: tuple[Callable[[Connection], None], ...] = (first_floor,)


def migrate(connection: Connection) -> int:
    """Take the steps that the ledger lacks; returns how many. The caller holds the transaction.

    Raises:
        FatalError: where the ledger was made by a newer version of accordingto.
    """
    if not inspect(connection).has_table(tables.schema_steps.name):
        tables.metadata.create_all(connection, tables=[tables.schema_steps])
    done = set(connection.scalars(select(tables.schema_steps.c.step)))
    if done and max(done) > len(STEPS):
        raise FatalError(
            f"This ledger has schema step {max(done)}, this accordingto knows {len(STEPS)}: "
            "upgrade accordingto, or use another ledger."
        )
    missing = [n for n in range(1, len(STEPS) + 1) if n not in done]
    for number in missing:
        STEPS[number - 1](connection)
        connection.execute(tables.schema_steps.insert().values(step=number, taken_at=datetime.now(UTC)))
    return len(missing)
