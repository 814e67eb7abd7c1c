"""The addresses of all pages that show the ledger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response
from msgspec.structs import replace
from sqlalchemy import Connection

from accordingto.ledger.browsing import (
    After,
    browse_incidents,
    browse_reports,
)
from accordingto.ledger.claimlists import browse_claims
from accordingto.ledger.orders import Order
from accordingto.ledger.session import state_of
from accordingto.web.asking import (
    LONGEST,
    Degrees,
    IncidentSort,
    TollOrder,
    TollSort,
    Zoom,
    asked,
    choices,
    counted_key,
    frame_asked,
    given,
    key_after,
    numbered,
    of_a_source,
    of_commitments,
    of_incidents,
    of_reports,
    of_sorted_incidents,
    of_sources,
    of_the_unnamed,
    of_tolls,
    ordering,
    paging,
    query_of,
    wanted,
)
from accordingto.web.comparing import compare_page
from accordingto.web.desk import Desk
from accordingto.web.frontpage import front_page, search_page, totals
from accordingto.web.grouppages import commitment_rows, toll_page, toll_rows
from accordingto.web.incidentpage import find_incident
from accordingto.web.incidentrows import Timeline, day_counts, feature, rows, stretch, timeline
from accordingto.web.parts import Filters, Link
from accordingto.web.rendering import as_json
from accordingto.web.reportpage import places_geojson, report_page
from accordingto.web.reportrows import claim_list, report_list
from accordingto.web.serving import KEPT, REFUSALS, DeskOf, add_page
from accordingto.web.sourcepages import anonymous_page, source_page, source_rows
from accordingto.web.spots import Frame, features, find_spots
from accordingto.web.views import (
    AnonymousPage,
    ClaimsPage,
    CommitmentsPage,
    ComparePage,
    FrontPage,
    IncidentsPage,
    ReportPage,
    ReportsPage,
    SearchPage,
    SourcePage,
    SourcesPage,
    TollPage,
    TollsPage,
)
from accordingto.web.words import day_words

router = APIRouter(tags=["ledger"])
Asked = Annotated[Filters, Depends(asked)]
OfIncidents = Annotated[Filters, Depends(of_incidents)]
OfSortedIncidents = Annotated[Filters, Depends(of_sorted_incidents)]
OfReports = Annotated[Filters, Depends(of_reports)]
OfSources = Annotated[Filters, Depends(of_sources)]
OfTolls = Annotated[Filters, Depends(of_tolls)]
OfCommitments = Annotated[Filters, Depends(of_commitments)]
OfASource = Annotated[Filters, Depends(of_a_source)]
OfUnnamed = Annotated[Filters, Depends(of_the_unnamed)]
Begin = Annotated[After | None, Depends(key_after)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The report's number.")]
Key = Annotated[
    str, Path(max_length=17, pattern=r"^[A-Z][0-9a-f]{16}$", description="The id, as lists give it.")
]
Seen = Annotated[Frame | None, Depends(frame_asked)]
GEOJSON = "application/geo+json"


def front(desk: DeskOf, filters: OfIncidents) -> FrontPage:
    """What is new, what is contested, tolls that moved."""
    query = query_of(filters)
    urls = (f"/timeline.json{query}", f"/map.geojson{query}", f"/incidents{query}")
    with desk.ledger.begin() as c:
        state = state_of(c)
        held = (
            desk.keep(c, "totals", None, lambda: totals(c), state=state),
            timeline_of(desk, c, filters, state),
        )
        make = lambda: front_page(c, filters, wanted(filters), choices(filters), urls, held)  # noqa: E731
        return desk.keep(c, "front", query, make, state=state)


def timeline_of(desk: Desk, connection: Connection, filters: Filters, state: int) -> Timeline:
    """The timeline under a filter, and the links to the few incidents that are too old or too late for it; days are counted once for all
    that differ only in their first and last day."""
    always = query_of(replace(filters, since=None, until=None))
    held = desk.keep(connection, "days", always, lambda: day_counts(connection, wanted(filters)), state=state)
    some = stretch(held, filters.since, filters.until)
    if some is None:
        return Timeline(timeline(held, filters.since, filters.until))

    def beyond(words: str, day: str, by: int, count: int) -> Link | None:
        if not count:
            return None
        edge = (date.fromisoformat(day) + timedelta(days=by)).isoformat()
        narrowed = replace(filters, until=edge) if by < 0 else replace(filters, since=edge)
        return Link(f"{words} {day_words(day)}", "/incidents" + query_of(narrowed), count)

    return Timeline(
        timeline(held, some.first, some.last),
        beyond("before", some.first, -1, some.older),
        beyond("after", some.last, 1, some.later),
    )


def incidents(
    desk: DeskOf, filters: OfSortedIncidents, after: Begin, sort: IncidentSort = Order.NEWEST
) -> IncidentsPage:
    """Incidents, the newest first; `sort`: newest, oldest, reports (the most told first) or killed (the deadliest first)."""
    query = query_of(filters)
    with desk.ledger.begin() as c:
        state = state_of(c)
        found = browse_incidents(c, wanted(filters), after=after, sort=sort)
        told = timeline_of(desk, c, filters, state)
        return IncidentsPage(
            filters=filters,
            choices=choices(filters),
            rows=rows(found.rows),
            paging=paging("/incidents", filters, found, after, sort),
            timeline=told.buckets,
            older=told.older,
            later=told.later,
            timeline_url=f"/timeline.json{query}",
            map_url=f"/map.geojson{query}",
            ordering=ordering("/incidents", filters, sort),
        )


def reports(desk: DeskOf, filters: OfReports, after: Begin) -> ReportsPage:
    """Reports, the newest first; `q` searches titles, `source` outlets."""
    key = numbered(after)
    with desk.ledger.begin() as c:
        found = browse_reports(c, wanted(filters), after=key)
        listed = report_list(c, found.rows)
    return ReportsPage(filters, choices(filters), listed, paging("/reports", filters, found, key))


def report(desk: DeskOf, id: Number) -> ReportPage:
    """One report as printed, with its claims, events, figures, places and times."""
    with desk.ledger.begin() as c:
        return report_page(c, id)


def compare(desk: DeskOf, id: Number, other: Number) -> ComparePage:
    """Two reports side by side."""
    with desk.ledger.begin() as c:
        return compare_page(c, id, other)


def sources(desk: DeskOf, filters: OfSources, after: Begin) -> SourcesPage:
    """Sources, those that speak in most reports first."""
    key = counted_key(after)
    with desk.ledger.begin() as c:
        listed, found = source_rows(c, wanted(filters), after=key)
    return SourcesPage(filters, choices(filters), tuple(listed), paging("/sources", filters, found, key))


def source(desk: DeskOf, id: Key, filters: OfASource, after: Begin) -> SourcePage:
    """One source: what it said over time, on what, denials and silences, who quotes it."""
    with desk.ledger.begin() as c:
        return source_page(c, id, filters=filters, choices=choices(filters), after=numbered(after))


def anonymous(desk: DeskOf, filters: OfUnnamed) -> AnonymousPage:
    """Unnamed sources by outlet and by the reason given."""
    with desk.ledger.begin() as c:
        return desk.keep(c, "anonymous", query_of(filters), lambda: anonymous_page(c, filters))


def claims(desk: DeskOf, filters: Asked, after: Begin) -> ClaimsPage:
    """Who said what, the newest first; `place`, `type`, `actor`, `state` are those of the incidents it is about."""
    key = numbered(after)
    with desk.ledger.begin() as c:
        found = browse_claims(c, wanted(filters), after=key)
        listed = claim_list(c, found)
    return ClaimsPage(filters, choices(filters), listed, paging("/claims", filters, found, key))


def tolls(desk: DeskOf, filters: OfTolls, after: Begin, sort: TollSort = TollOrder.NEWEST) -> TollsPage:
    """Running tolls, those with the newest count first, or with the most counts; `type` is what is counted."""
    by_count = sort is TollOrder.COUNTS
    key = counted_key(after) if by_count else after
    with desk.ledger.begin() as c:
        listed, found = toll_rows(c, wanted(filters), after=key, by_count=by_count)
    page = paging("/tolls", filters, found, key, sort)
    return TollsPage(filters, choices(filters), tuple(listed), page, ordering("/tolls", filters, sort))


def toll(desk: DeskOf, id: Key) -> TollPage:
    """One running toll: its series with bounds and caveats."""
    with desk.ledger.begin() as c:
        return toll_page(c, id)


def commitments(desk: DeskOf, filters: OfCommitments, after: Begin) -> CommitmentsPage:
    """Warnings, promises, requests and refusals, and what came of them; `kind` is one of these."""
    with desk.ledger.begin() as c:
        listed, found = commitment_rows(c, wanted(filters), after=after)
    offered = choices(filters, states=("outcome",), kinds="commitment")
    return CommitmentsPage(filters, offered, tuple(listed), paging("/commitments", filters, found, after))


def search(
    desk: DeskOf, q: Annotated[str, Query(max_length=LONGEST, description="The words.")] = ""
) -> SearchPage:
    """Incidents and reports that hold the words; claims that hold them or are near in meaning."""
    words = q.replace("\x00", " ")
    near = desk.near(words)
    with desk.ledger.begin() as c:
        return search_page(c, words, near)


add_page(router, "/", "front", FrontPage, front, keep=True)
add_page(router, "/incidents", "incidents", IncidentsPage, incidents, keep=True)
add_page(router, "/reports", "reports", ReportsPage, reports, keep=True)
add_page(router, "/reports/{id}", "report", ReportPage, report, keep=True)
add_page(router, "/reports/{id}/compare/{other}", "compare", ComparePage, compare, keep=True)
add_page(router, "/sources", "sources", SourcesPage, sources, keep=True)
add_page(router, "/sources/{id}", "source", SourcePage, source, keep=True)
add_page(router, "/anonymous", "anonymous", AnonymousPage, anonymous, keep=True)
add_page(router, "/claims", "claims", ClaimsPage, claims, keep=True)
add_page(router, "/tolls", "tolls", TollsPage, tolls, keep=True)
add_page(router, "/tolls/{id}", "toll", TollPage, toll, keep=True)
add_page(router, "/commitments", "commitments", CommitmentsPage, commitments, keep=True)
add_page(router, "/search", "search", SearchPage, search, keep=True)


@router.get("/timeline.json", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def timeline_data(desk: DeskOf, filters: OfIncidents) -> Response:
    """Incidents by day, month or year, for the plot."""
    with desk.ledger.begin() as c:
        found = timeline_of(desk, c, filters, state_of(c)).buckets
    return as_json({"buckets": found})


@router.get("/map.geojson", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def map_data(desk: DeskOf, filters: OfIncidents, seen: Seen, zoom: Zoom = None) -> Response:
    """All incidents with coordinates, or those in a frame, as GeoJSON; each an area of `radius_m`.

    Where they are more than a map takes (`grouped`), each feature counts those of places near one another at this zoom.
    """
    with desk.ledger.begin() as c:
        spots = desk.keep(c, "spots", query_of(filters), lambda: find_spots(c, wanted(filters)))
        found = features(c, wanted(filters), spots, given(filters), frame=seen, zoom=zoom)
    return as_json(found, media_type=GEOJSON)


@router.get("/incidents/{id}/map.geojson", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def incident_map(desk: DeskOf, id: Key) -> Response:
    """One incident as GeoJSON."""
    with desk.ledger.begin() as c:
        one = feature(find_incident(c, id))
    return as_json({"type": "FeatureCollection", "features": [one] if one else []}, media_type=GEOJSON)


@router.get("/reports/{id}/map.geojson", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def report_map(desk: DeskOf, id: Number) -> Response:
    """The places of one report as GeoJSON."""
    with desk.ledger.begin() as c:
        return as_json(places_geojson(c, id), media_type=GEOJSON)


LABELS = 60  # towns that one map names


@router.get("/map/labels.json", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def map_labels(desk: DeskOf, south: Degrees, north: Degrees, west: Degrees, east: Degrees) -> Response:
    """The largest towns of a frame, from the gazetteer, for the map's labels."""
    frame = tuple(round(x, 1) for x in (south, north, west, east))
    towns = desk.kept.get(
        ("labels", frame), lambda: desk.ground.within(*frame, most=LABELS) if desk.ground else []
    )
    keys = ("name", "lat", "lon", "population")
    return as_json([dict(zip(keys, town, strict=True)) for town in towns])


@router.get("/tolls/{id}/plot.json", responses=REFUSALS, response_class=Response, dependencies=KEPT)
def toll_plot(desk: DeskOf, id: Key) -> Response:
    """The series of one toll, for the plot."""
    with desk.ledger.begin() as c:
        page = toll_page(c, id)
    return as_json({"authority": page.toll.authority, "measure": page.toll.measure, "points": page.series})
