"""The addresses of lists as files: CSV of each, incidents also in ACLED's columns, as GeoJSON and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from accordingto.ledger.orders import Order
from accordingto.web.asking import (
    IncidentSort,
    TollOrder,
    TollSort,
    asked,
    of_commitments,
    of_reports,
    of_sorted_incidents,
    of_sources,
    of_tolls,
    wanted,
)
from accordingto.web.desk import Desk
from accordingto.web.parts import Filters
from accordingto.web.serving import REFUSALS, desk_of
from accordingto.web.taking import LISTS, incidents_out, table_out

router = APIRouter(tags=["files"])
CSV, LINES = "text/csv; charset=utf-8", "application/jsonl"
GEOJSON = "application/geo+json"
INCIDENTS = {
    "incidents.csv": ("csv", CSV),
    "incidents-acled.csv": ("acled", CSV),
    "incidents.geojson": ("geojson", GEOJSON),
    "incidents.jsonl": ("jsonl", LINES),
}

ASKED = {"reports": of_reports, "sources": of_sources, "tolls": of_tolls, "commitments": of_commitments}


async def unsorted() -> None:
    """A list with an order of its own."""


async def incident_order(sort: IncidentSort = Order.NEWEST) -> Order:
    """In what order incidents are wanted."""
    return sort


async def toll_order(sort: TollSort = TollOrder.NEWEST) -> TollOrder:
    """In what order tolls are wanted."""
    return sort


def file(name: str, pieces: Iterator[str], media_type: str) -> Response:
    """A file that browsers save."""
    head = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media_type, headers=head)


def add_file(
    name: str, media_type: str, words: str, make: Any, filtered: Any, sorting: Any = unsorted
) -> None:
    """Serve a list as a file under its name; `filtered` gives the filters that it knows, `sorting` the order that is asked for."""

    def answer(
        request: Request,
        desk: Annotated[Desk, Depends(desk_of)],
        filters: Filters = Depends(filtered),
        sort: StrEnum | None = Depends(sorting),
    ) -> Response:
        return file(name, make(desk.ledger, wanted(filters), sort=sort, request=request), media_type)

    done = {200: {"description": words, "content": {media_type.partition(";")[0]: {}}}}
    router.add_api_route(
        f"/{name}",
        answer,
        methods=["GET"],
        summary=words,
        responses={**REFUSALS, **done},  # type: ignore[dict-item]
        response_class=Response,
        operation_id=f"file-{name}",
    )


def incidents(ledger: Any, sought: Any, *, format: str, sort: Order, request: Request) -> Iterator[str]:
    """The pieces of a file of incidents."""
    return incidents_out(ledger, sought, format, str(request.base_url).rstrip("/"), sort)


def table(ledger: Any, sought: Any, *, what: str, sort: TollOrder | None, request: Request) -> Iterator[str]:
    """The pieces of a CSV file of another list."""
    return table_out(
        ledger, sought, what, str(request.base_url).rstrip("/"), by_count=sort == TollOrder.COUNTS
    )


for name, (format, kind) in INCIDENTS.items():
    add_file(
        name,
        kind,
        f"All incidents that the filters let through, as {name}.",
        partial(incidents, format=format),
        of_sorted_incidents,
        incident_order,
    )
for what in LISTS:
    add_file(
        f"{what}.csv",
        CSV,
        f"All {what} that the filters let through, as CSV.",
        partial(table, what=what),
        ASKED.get(what, asked),
        toll_order if what == "tolls" else unsorted,
    )
