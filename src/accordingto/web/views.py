"""The pages that show the ledger: one frozen value a page; its `.json` is exactly this, templates get it as `page`.

Pages on which people act are in `formviews`.
"""

from __future__ import annotations

from accordingto.web.parts import (
    AccountGroup,
    BriefField,
    Bucket,
    Choices,
    ClaimView,
    Column,
    ContestRow,
    Corrected,
    EventRow,
    Filters,
    HistoryItem,
    IncidentRow,
    JoinReason,
    Link,
    Ordering,
    Paging,
    Part,
    PlaceView,
    ReportRow,
    Sign,
    ToldField,
    TollMove,
)
from accordingto.web.printed import ClaimCard, CopyView, EventCard, FigureCard, Paragraph


class Totals(Part, frozen=True):
    """What the ledger holds; claims and incidents told apart."""

    reports: int
    claims: int
    incidents: int
    contested: int
    tolls: int
    sources: int


class FrontPage(Part, frozen=True):
    """`/`: what is new, what is contested, tolls that moved; `timeline_url` and `map_url` keep the filters.

    `older` and `later` lead to the incidents that are too few, and too old or too late, for the timeline.
    """

    filters: Filters
    choices: Choices
    totals: Totals
    new: tuple[IncidentRow, ...]
    contested: tuple[ContestRow, ...]
    tolls: tuple[TollMove, ...]
    reports: tuple[ReportRow, ...]
    timeline: tuple[Bucket, ...]
    timeline_url: str
    map_url: str
    incidents_url: str
    older: Link | None = None
    later: Link | None = None


class IncidentsPage(Part, frozen=True):
    """`/incidents`, newest first where no other order is wanted."""

    filters: Filters
    choices: Choices
    rows: tuple[IncidentRow, ...]
    paging: Paging
    timeline: tuple[Bucket, ...]
    timeline_url: str
    map_url: str
    ordering: Ordering
    older: Link | None = None
    later: Link | None = None


class Actions(Part, frozen=True):
    """What this person may do here; `reviews` are the states that may follow now; `told`: the values that may be struck out or set right."""

    may_judge: bool
    reviews: tuple[str, ...]
    review_words: str
    told: tuple[ToldField, ...] = ()


class IncidentPage(Part, frozen=True):
    """`/incidents/{id}`. `version` and `anchor` go into every form, so that nobody's edit is lost.

    Forms post to `/incidents/{id}/judge` with `act` (merge, split, wrong, value, place, review, reject), `why`, `version`,
    `anchor`, `csrf` and: merge `other` (an incident's id); split `event` (a value of `events`); wrong `field` and
    the `value` to strike out; value `field` and the right `value`, or both as `told` (`killed:6`) and `right`; place `name`, `country`, `lat`, `lon`; review `review`. Undo posts to `/judgements/{judgement}/undo`.
    """

    id: str
    version: str
    anchor: str
    title: str
    sentence: str
    type: str
    type_words: str
    type_corrected: Corrected | None
    day: str
    place: PlaceView | None
    state: Sign
    grading: Sign
    grading_reasons: tuple[str, ...]
    review: Sign
    reports: tuple[ReportRow, ...]
    origins: int
    columns: tuple[Column, ...]
    untold: tuple[str, ...]
    groups: tuple[AccountGroup, ...]
    history: tuple[HistoryItem, ...]
    joins: tuple[JoinReason, ...]
    events: tuple[EventRow, ...]
    near: tuple[IncidentRow, ...]
    map_url: str | None
    brief_url: str
    actions: Actions


class BriefPage(Part, frozen=True):
    """`/incidents/{id}/brief`: the incident on one page, with numbered sources."""

    incident: IncidentPage
    fields: tuple[BriefField, ...]
    citations: tuple[str, ...]
    more_citations: int
    printed_on: str
    address: str


class ReportsPage(Part, frozen=True):
    """`/reports`, newest first."""

    filters: Filters
    choices: Choices
    rows: tuple[ReportRow, ...]
    paging: Paging


class ReportPage(Part, frozen=True):
    """`/reports/{id}`: the text as printed with its marks, and the cards.

    `link` is the report's own address where it is http(s), else None. `figures` are those of no event.
    `counts` are marks by kind, for the toolbar.
    """

    id: int
    name: str
    title: str
    outlet: str | None
    author: str | None
    link: str | None
    published: str | None
    entered: str
    language: str
    model: str
    sha256: str
    media_type: str
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[ClaimCard, ...]
    events: tuple[EventCard, ...]
    figures: tuple[FigureCard, ...]
    counts: dict[str, int]
    copies: tuple[CopyView, ...]
    incidents: tuple[IncidentRow, ...]
    map_url: str


class CompareLine(Part, frozen=True):
    """Two stretches side by side; `kind`: same, changed, one, other. Each side is (kind, text) pieces."""

    kind: str
    one: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]


class ComparePage(Part, frozen=True):
    """`/reports/{id}/compare/{other}`; `shared`: how many percent of the shorter one's five-word runs stand in the longer."""

    one: ReportRow
    other: ReportRow
    shared: int
    lines: tuple[CompareLine, ...]


class SourceRow(Part, frozen=True):
    """A source in the list; `acts` lead to its claims that do so."""

    id: str
    url: str
    name: str
    named: bool
    kind: str
    country: str | None
    sector: str | None
    reports: int
    first: str | None
    acts: tuple[Link, ...] = ()


class SourcesPage(Part, frozen=True):
    """`/sources`, those that speak in most reports first."""

    filters: Filters
    choices: Choices
    rows: tuple[SourceRow, ...]
    paging: Paging


class SourcePage(Part, frozen=True):
    """`/sources/{id}`: what it said over time, on what, denials and silences, who quotes it.

    `of_reports`: the counts are from the newest so many reports, where it speaks in more.
    """

    id: str
    name: str
    named: bool
    kind: str
    country: str | None
    sector: str | None
    first: str | None
    last: str | None
    reports: int
    of_reports: int | None
    acts: tuple[Link, ...]
    on: tuple[Link, ...]
    outlets: tuple[Link, ...]
    reasons: tuple[str, ...]
    described: tuple[str, ...]
    timeline: tuple[Bucket, ...]
    denials: tuple[ClaimView, ...]
    claims: tuple[ClaimView, ...]
    paging: Paging
    filters: Filters
    choices: Choices


class AnonymousRow(Part, frozen=True):
    """Anonymous sources of one outlet, or with one reason; `more`: uses under descriptions that are not among these, which `url` shows."""

    words: str
    uses: int
    with_reason: int
    reports: int
    descriptions: tuple[Link, ...]
    reasons: tuple[Link, ...]
    more: int = 0
    url: str | None = None


class AnonymousPage(Part, frozen=True):
    """`/anonymous`: the audit by outlet and by reason; `of`: only the newest so many uses were counted.

    `uses` are of sources that are described; in `of_nobody` reports claims stand without any source.
    """

    filters: Filters
    uses: int
    with_reason: int
    of: int | None
    by_outlet: tuple[AnonymousRow, ...]
    by_reason: tuple[AnonymousRow, ...]
    claims_url: str
    of_nobody: int = 0
    nobody_url: str | None = None


class ClaimsPage(Part, frozen=True):
    """`/claims`, newest first."""

    filters: Filters
    choices: Choices
    rows: tuple[ClaimView, ...]
    paging: Paging


class TollPoint(Part, frozen=True):
    """One count of a series; `low` and `high` are None where the words leave them open."""

    as_of: str | None
    low: float | int | None
    best: float | int | None
    high: float | int | None
    words: str
    comparator: str | None
    caveats: tuple[str, ...]
    report: Link | None


class TollRow(Part, frozen=True):
    """A running toll in the list, with its newest count."""

    id: str
    url: str
    authority: str
    measure: str
    population: str | None
    place: str | None
    since: str | None
    last: TollPoint
    points: int
    change: str | None


class TollsPage(Part, frozen=True):
    """`/tolls`."""

    filters: Filters
    choices: Choices
    rows: tuple[TollRow, ...]
    paging: Paging
    ordering: Ordering


class TollPage(Part, frozen=True):
    """`/tolls/{id}`; `plot_url` gives the series for the plot."""

    toll: TollRow
    series: tuple[TollPoint, ...]
    caveats: tuple[str, ...]
    plot_url: str


class OccasionView(Part, frozen=True):
    """One time that a commitment was spoken, or a deed that bears on it."""

    date: str | None
    report: Link | None


class CommitmentRow(Part, frozen=True):
    """A warning, promise, request or refusal; `speaker_url`: the page of who spoke."""

    id: str
    kind: Sign
    speaker: str
    addressee: str | None
    what: str
    condition: str | None
    occasions: tuple[OccasionView, ...]
    outcome: Sign
    outcome_reports: tuple[OccasionView, ...]
    speaker_url: str | None = None


class CommitmentsPage(Part, frozen=True):
    """`/commitments`."""

    filters: Filters
    choices: Choices
    rows: tuple[CommitmentRow, ...]
    paging: Paging


class SearchPage(Part, frozen=True):
    """`/search?q=`; `meaning`: whether the ledger can search by meaning. `problem` says why nothing was searched.

    `claims` hold the words, `near` are near in meaning alone; `more_incidents` and `more_claims` lead to the lists of all that the words
    find, where that is more than is shown. `about`: the incidents that these claims are about, where few hold the words themselves.
    """

    q: str
    meaning: bool
    incidents: tuple[IncidentRow, ...]
    claims: tuple[ClaimView, ...]
    reports: tuple[ReportRow, ...]
    near: tuple[ClaimView, ...] = ()
    more_incidents: str | None = None
    more_claims: str | None = None
    problem: str | None = None
    about: tuple[Link, ...] = ()
