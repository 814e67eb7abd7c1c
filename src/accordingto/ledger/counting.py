"""Counting what a ledger holds; claims and incidents are told apart, so that nobody takes one for the other."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, func, select

from accordingto.ledger import tables
from accordingto.ledger.session import Ledger


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of one ledger; dicts are by value, the most frequent first."""

    reports: int
    copies: int
    records: int
    claims: int
    events: int
    incidents: int
    judgements: int
    failures: int
    claims_by_act: dict[str, int]
    claims_by_source: dict[str, int]
    incidents_by_type: dict[str, int]
    incidents_by_state: dict[str, int]
    incidents_by_grading: dict[str, int]
    incidents_by_review: dict[str, int]


def count(ledger: Ledger) -> Counts:
    """All figures, from one moment. `copies`: reports that are near-copies of an earlier entered one."""
    i = tables.incidents.c
    with ledger.begin() as connection:
        totals = [
            connection.scalar(select(func.count()).select_from(t)) or 0
            for t in (
                tables.reports,
                tables.records,
                tables.claims,
                tables.accounts,
                tables.incidents,
                tables.judgements,
                tables.failures,
            )
        ]
        copies = connection.scalar(select(func.count(tables.copies.c.other.distinct()))) or 0
        return Counts(
            reports=totals[0],
            copies=copies,
            records=totals[1],
            claims=totals[2],
            events=totals[3],
            incidents=totals[4],
            judgements=totals[5],
            failures=totals[6],
            claims_by_act=by(connection, tables.claims.c.act),
            claims_by_source=by(connection, tables.claims.c.kind),
            incidents_by_type=by(connection, i.type),
            incidents_by_state=by(connection, i.state),
            incidents_by_grading=by(connection, i.grading),
            incidents_by_review=by(connection, i.review),
        )


def by(connection: Connection, column: Column[str]) -> dict[str, int]:
    """How often each value of a column comes, the most frequent first."""
    query = select(column, func.count()).group_by(column).order_by(func.count().desc(), column)
    return {str(value): number for value, number in connection.execute(query)}
