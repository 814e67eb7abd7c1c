"""In what order incidents are listed, and where a page of a list begins: after the key of the last row, so that the thousandth page costs
what the first does."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, tuple_

from accordingto.ledger import tables

PARTED = "~"  # between the parts of a key


class Order(StrEnum):
    """In what order incidents are listed: by the day they began, the first or the last one first; the most told, the deadliest first."""

    OLDEST = "oldest"
    NEWEST = "newest"
    REPORTS = "reports"
    KILLED = "killed"


def counted_column(order: Order) -> ColumnElement[Any] | None:
    """The column of numbers by which an order goes before the day; None for one by the day alone."""
    c = tables.incidents.c
    return {Order.REPORTS: c.origins, Order.KILLED: c.killed}.get(order)


def columns(order: Order) -> tuple[ColumnElement[Any], ...]:
    """What an order sorts by: a number, a day, an id; all of them descending, but ascending for the oldest first."""
    c, counted = tables.incidents.c, counted_column(order)
    return (c.day, c.id) if counted is None else (counted, c.day, c.id)


def ordered(query: Select[Any], order: Order) -> Select[Any]:
    """A query on incidents in an order."""
    held = columns(order)
    return query.order_by(*(x if order is Order.OLDEST else x.desc() for x in held))


def sorted_page(
    connection: Connection, query: Select[Any], order: Order, after: tuple[str, str] | None, limit: int
) -> tuple[Sequence[Row[Any]], tuple[str, str] | None]:
    """One page of a query on incidents (id, day, and the order's number) in an order, and the key after which the next begins."""
    held = columns(order)
    begun = key_of(order, after)
    if begun is not None:
        here, there = tuple_(*held), tuple_(*begun)
        query = query.where(here > there if order is Order.OLDEST else here < there)
    rows = connection.execute(ordered(query, order).limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    counted = counted_column(order)
    parts = (last.day, last.id) if counted is None else (last._mapping[counted], last.day, last.id)
    first, *rest = (f"{x:g}" if isinstance(x, float) else str(x) for x in parts)
    return rows[:limit], (first, PARTED.join(rest))


def key_of(order: Order, after: tuple[str, str] | None) -> tuple[Any, ...] | None:
    """A key's parts as the database compares them; None where there is none, or it is one of another order."""
    if after is None or counted_column(order) is None:
        return after
    day, parted, id = after[1].partition(PARTED)
    try:
        return (float(after[0]), day, id) if parted else None
    except ValueError:
        return None
