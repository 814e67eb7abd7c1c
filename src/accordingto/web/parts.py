"""What pages of the desk are made of: rows, cells, cards, marks; frozen values that templates and JSON share.

A `url` is a path of the desk. Text from reports is data: it comes unescaped, and templates escape it.
"""

from __future__ import annotations

import msgspec


class Part(msgspec.Struct, frozen=True):
    """The base of all views."""


class Sign(Part, frozen=True):
    """A state as people read it: the value, its words and a symbol, so that no state is told by colour alone."""

    value: str
    words: str
    symbol: str


class Link(Part, frozen=True):
    """Words that lead somewhere; `count` where the list gives one."""

    words: str
    url: str
    count: int | None = None


class Choice(Part, frozen=True):
    """One value that a filter can take."""

    value: str
    words: str
    chosen: bool = False


class Choices(Part, frozen=True):
    """What the filter form offers."""

    types: tuple[Choice, ...] = ()
    states: tuple[Choice, ...] = ()
    acts: tuple[Choice, ...] = ()
    kinds: tuple[Choice, ...] = ()
    measures: tuple[Choice, ...] = ()


class Filters(Part, frozen=True):
    """The filters in force, as the URL gives them (`since` is `from`, `until` is `to`)."""

    since: str | None = msgspec.field(default=None, name="from")
    until: str | None = msgspec.field(default=None, name="to")
    place: str | None = None
    type: str | None = None
    actor: str | None = None
    source: str | None = None
    state: str | None = None
    act: str | None = None
    kind: str | None = None
    q: str | None = None

    @property
    def any(self) -> bool:
        """True where any filter is set."""
        return any(getattr(self, name) for name in self.__struct_fields__)

    @property
    def set(self) -> int:
        """How many filters are set, besides the words."""
        return sum(1 for name in self.__struct_fields__ if name != "q" and getattr(self, name))


class Paging(Part, frozen=True):
    """`next` and `first` are URLs; `more` says that the search was cut off at its bound."""

    next: str | None = None
    first: str | None = None
    more: str | None = None


class Ordering(Part, frozen=True):
    """How a list is sorted: the order `now`, all that there are, and where each leads under the same filters."""

    now: str
    choices: tuple[Choice, ...]
    urls: dict[str, str]


class PlaceView(Part, frozen=True):
    """Where something happened; `radius_m`: how far the true spot may be from the coordinates, in metres."""

    name: str
    country: str | None = None
    country_name: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    precision_words: str = "place not known"
    radius_m: int | None = None


class Span(Part, frozen=True):
    """Where words stand in a report, with the link to that place."""

    words: str
    url: str | None = None


class IncidentRow(Part, frozen=True):
    """One incident in a list. `short` is its title without the day. `killed` and `wounded` are words such as `4–6`; `contested` says on what accounts clash, `denied` what is only denied; `said_by` names the first of `speaking` voices; `corrected` tells what people set right, and who."""

    id: str
    url: str
    title: str
    short: str
    type: str
    type_words: str
    day: str
    earliest: str | None
    latest: str | None
    place: PlaceView | None
    state: Sign
    grading: Sign
    review: Sign
    reports: int
    origins: int
    killed: str | None
    wounded: str | None
    contested: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    speaking: int = 0
    corrected: tuple[str, ...] = ()


class Corrected(Part, frozen=True):
    """What a person set a field to, beside the sources' values; `before`: what others set it to earlier (`50 by ben`)."""

    text: str
    who: str
    before: tuple[str, ...] = ()


class RivalValue(Part, frozen=True):
    """One value of a contested field with those who hold it, in their own words."""

    text: str
    stance: Sign
    by: tuple[str, ...]
    words: tuple[Span, ...]


class ContestRow(Part, frozen=True):
    """One field on which accounts clash."""

    incident: Link
    day: str
    field: str
    field_words: str
    state: Sign
    values: tuple[RivalValue, ...]
    corrected: Corrected | None = None


class TollMove(Part, frozen=True):
    """A running toll whose last count differs from the one before it."""

    id: str
    url: str
    authority: str
    measure: str
    population: str | None
    place: str | None
    before: str
    after: str
    change: str | None
    before_as_of: str | None
    as_of: str | None
    report: Link | None = None


class Bucket(Part, frozen=True):
    """Incidents of one day, month or year; `start` is an ISO day."""

    start: str
    words: str
    incidents: int
    contested: int


class ReportRow(Part, frozen=True):
    """One report in a list."""

    id: int
    url: str
    title: str
    outlet: str | None
    author: str | None
    published: str | None
    entered: str
    claims: int
    copies: int = 0


class ClaimView(Part, frozen=True):
    """One claim in a list: who, act, words, and where it stands; `cite` is the line to paste, without the address."""

    id: str
    who: str
    source_url: str | None
    anonymous: bool
    kind: str
    act: Sign
    words: str
    direct: bool
    report: Link
    outlet: str | None
    published: str | None
    url: str
    cite: str
    said_on: str | None = None
    incidents: tuple[Link, ...] = ()


# The matrix of accounts.


class CellValue(Part, frozen=True):
    """One value of one field by one source.

    `stance`: asserts, denies, declines, silent, uncertain. `standing`: whether other accounts agree with it
    (`agreed`), clash with it (`contested`), a later count
    has overtaken it (`overtaken`), it stands alone (`alone`) or leaves it open (`open`). `words` are the report's own; `raw` is the
    value as a form sends it back; `report` is the report's name in the ledger, `told_in` its outlet and title; `told_at` are the
    addresses of all reports in which the source says so.
    """

    text: str
    raw: str
    stance: Sign
    standing: Sign
    words: str
    report: str
    url: str
    claim: str | None = None
    caveats: tuple[str, ...] = ()
    struck: bool = False
    told_in: str = ""
    told_at: tuple[str, ...] = ()


class Cell(Part, frozen=True):
    """What one source says of one field; no values where it says nothing."""

    column: str
    values: tuple[CellValue, ...] = ()


class Column(Part, frozen=True):
    """A field of the matrix: its state over all accounts, and what they come to in words (`4 to 6, best 4`).

    `told`: the values that accounts hold, each once, the best-known first.
    """

    key: str
    words: str
    state: Sign
    summary: str | None
    told: tuple[str, ...] = ()
    corrected: Corrected | None = None


class ToldField(Part, frozen=True):
    """What may be judged of one field: the values that accounts hold (`killed:6`), and whether the right one may be set."""

    key: str
    words: str
    values: tuple[Choice, ...]
    settable: bool


class AccountRow(Part, frozen=True):
    """One source of the matrix.

    `independent` is false for a voice whose report is a near-copy of another in the matrix, and for an outlet that
    only repeats its sources; `why_dependent` says so in words.
    """

    who: str
    source_url: str | None
    kind: str
    anonymous: bool
    party: str | None
    independent: bool
    why_dependent: str | None
    outlets: tuple[str, ...]
    reports: tuple[Link, ...]
    cells: tuple[Cell, ...]


class AccountGroup(Part, frozen=True):
    """The accounts of one side, independent voices first."""

    side: str
    words: str
    rows: tuple[AccountRow, ...]


class Holder(Part, frozen=True):
    """Who holds a value; `cites` are numbers of the brief's sources, `more` reports with its words are not cited."""

    who: str
    anonymous: bool
    cites: tuple[int, ...]
    more: int = 0


class BriefValue(Part, frozen=True):
    """One value of a field with its holders, in the words of the first; `more` holders are not named."""

    text: str
    stance: Sign
    standing: Sign
    by: tuple[Holder, ...]
    more: int
    words: str
    caveats: tuple[str, ...] = ()


class BriefField(Part, frozen=True):
    """One field of a brief; `more` values are left out."""

    words: str
    state: Sign
    values: tuple[BriefValue, ...]
    more: int
    corrected: Corrected | None = None


class HistoryItem(Part, frozen=True):
    """One step of an incident's history: a report that came in, or a judgement. `kind`: report, judgement.

    `about`: of accounts judged to be one or apart the incidents, or the reports within this one, that tell of the others.
    """

    at: str
    kind: str
    words: str
    who: str | None = None
    why: str | None = None
    url: str | None = None
    judgement: str | None = None
    withdrawn: bool = False
    can_undo: bool = False
    about: tuple[Link, ...] = ()


class JoinReason(Part, frozen=True):
    """Why two accounts were joined: score 0 to 1 and the sentence that explains it."""

    one: Link
    other: Link
    score: float
    reason: str


class EventRow(Part, frozen=True):
    """One account merged into an incident: the value to send when it is split off, and the words that tell it."""

    value: str
    words: str
    report: Link
    outlet: str | None
    published: str | None
