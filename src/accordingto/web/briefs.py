"""An incident on one page to print: field by field what is said and by whom, with numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from accordingto.ledger.accounts import NUMERIC
from accordingto.web.parts import AccountRow, BriefField, BriefValue, CellValue, Column, Holder, ReportRow
from accordingto.web.views import BriefPage, IncidentPage
from accordingto.web.words import alike_key, day_words

VALUES = 5  # values of one field that fit the page
HOLDERS = 5  # voices named beside one value
CITES = 3  # reports named beside one voice
CITED = 10  # reports that are listed even where nothing is cited from them


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """What some rows say alike of one field."""

    told: Sequence[tuple[AccountRow, CellValue]]

    @property
    def first(self) -> CellValue:
        """The first that says it."""
        return self.told[0][1]

    @property
    def denied(self) -> bool:
        """Whether it is anything but asserted."""
        return self.first.stance.value != "asserts"


def brief_page(page: IncidentPage, *, printed: str, address: str) -> BriefPage:
    """The brief of an incident; copies are left out, the reports that it cites are numbered in the order of their days."""
    places: dict[str, int] = {}
    for n, r in enumerate(page.reports):
        places.setdefault(r.url, n)
    every = [r for g in page.groups for r in g.rows]
    fields = tuple(f for c in page.columns if (f := field(c, every, places)).values or f.corrected)
    cited = all_cited(fields)
    rest = [n for n in range(len(page.reports)) if n not in cited]
    listed = sorted([*cited, *rest[: max(0, CITED - len(cited))]])
    numbers = {place: n for n, place in enumerate(listed, 1)}
    return BriefPage(
        incident=page,
        fields=tuple(numbered(f, numbers) for f in fields),
        citations=tuple(citation(page.reports[n]) for n in listed),
        more_citations=len(page.reports) - len(listed),
        printed_on=printed,
        address=address,
    )


def all_cited(fields: Iterable[BriefField]) -> set[int]:
    """All reports that some fields cite."""
    return {c for f in fields for v in f.values for h in v.by for c in h.cites}


def numbered(field: BriefField, numbers: dict[int, int]) -> BriefField:
    """A field whose holders cite reports by their numbers in the list."""
    values = (
        replace(v, by=tuple(replace(h, cites=tuple(numbers[c] for c in h.cites)) for h in v.by))
        for v in field.values
    )
    return replace(field, values=tuple(values))


def citation(r: ReportRow) -> str:
    """One report of the list: outlet, title, day."""
    parts = (r.outlet or r.author, f"“{r.title}”", day_words(r.published) if r.published else None)
    return ", ".join(x for x in parts if x)


def field(column: Column, rows: Sequence[AccountRow], places: dict[str, int]) -> BriefField:
    """One field: what is asserted first, in the order of the matrix's head, each value with the voices that hold it."""
    held = grouped(column, (r for r in rows if r.independent))
    first = alike_key(column.told[0]) if column.told else ""
    ranks = {alike_key(text): n for n, text in reversed(list(enumerate(column.told)))}
    if (
        held and (first, "asserts") not in held
    ):  # the best-known, even where only a report that quotes others tells it
        held |= {k: some for k, some in grouped(column, rows).items() if k == (first, "asserts")}

    def rank(g: Value) -> tuple[bool, int, int]:
        return g.denied, ranks.get(alike_key(g.first.text), len(ranks)), -len(g.told)

    groups = sorted((Value(some) for some in held.values()), key=rank)
    kept = fitting(groups) if column.key in NUMERIC else groups[:VALUES]
    return BriefField(
        words=column.words,
        state=column.state,
        values=tuple(value(g.told, places) for g in kept),
        more=len(groups) - len(kept),
        corrected=column.corrected,
    )


def grouped(
    column: Column, rows: Iterable[AccountRow]
) -> dict[tuple[str, str], list[tuple[AccountRow, CellValue]]]:
    """What some rows say of a field, by value and stance, without what was judged wrong."""
    held: dict[tuple[str, str], list[tuple[AccountRow, CellValue]]] = {}
    for row in rows:
        for c in row.cells:
            for v in c.values if c.column == column.key else ():
                if not v.struck:
                    held.setdefault((alike_key(v.text), v.stance.value), []).append((row, v))
    return held


def fitting(groups: Sequence[Value]) -> list[Value]:
    """The counts that fit the page: the best-known, and always the lowest and the highest of what still holds."""
    counts = {g: n for g in groups if not g.denied and (n := number(g.first.raw)) is not None}
    live = [g for g in counts if any(v.standing.value != "overtaken" for _, v in g.told)] or list(counts)
    ends = [end(live, key=counts.__getitem__) for end in (min, max)] if live else []
    wanted = list(dict.fromkeys((*ends, *groups)))[:VALUES]
    return [g for g in groups if g in wanted]


def number(raw: str) -> float | None:
    """A count of all people as a number; None for one of a part of them, and for words."""
    try:
        return float(raw)
    except ValueError:
        return None


def value(some: Sequence[tuple[AccountRow, CellValue]], places: dict[str, int]) -> BriefValue:
    """One value with its holders."""
    first = some[0][1]
    each = list({id(r): (r, v) for r, v in reversed(some)}.values())[::-1]
    return BriefValue(
        text=first.text,
        stance=first.stance,
        standing=first.standing,
        by=tuple(holder(r, v, places) for r, v in each[:HOLDERS]),
        more=max(0, len(each) - HOLDERS),
        words=first.words,
        caveats=tuple(dict.fromkeys(c for _, v in some for c in v.caveats)),
    )


def holder(row: AccountRow, v: CellValue, places: dict[str, int]) -> Holder:
    """One voice with the first of the reports in which it says so."""
    found = sorted(places[u] for u in v.told_at if u in places)
    return Holder(row.who, row.anonymous, tuple(found[:CITES]), max(0, len(found) - CITES))
