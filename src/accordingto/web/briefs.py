"""An incident on one page to print: field by field what is said and by whom, with numbered sources."""

from __future__ import annotations

from accordingto.web.parts import AccountRow, BriefField, BriefValue, CellValue, Column, Holder
from accordingto.web.views import BriefPage, IncidentPage
from accordingto.web.words import alike_key, day_words

VALUES = 5  # values of one field that fit the page
HOLDERS = 5  # voices named beside one value
CITED = 10  # reports that fit the page


def brief_page(page: IncidentPage, *, printed: str, address: str) -> BriefPage:
    """The brief of an incident; copies are left out, its reports are numbered in the order of their days."""
    numbers = {r.url: n for n, r in enumerate(page.reports, 1)}
    rows = [r for g in page.groups for r in g.rows if r.independent]
    cited = (
        (r.outlet or r.author, f"“{r.title}”", day_words(r.published) if r.published else None)
        for r in page.reports[:CITED]
    )
    return BriefPage(
        incident=page,
        fields=tuple(f for c in page.columns if (f := field(c, rows, numbers)).values),
        citations=tuple(", ".join(x for x in parts if x) for parts in cited),
        more_citations=max(0, len(page.reports) - CITED),
        printed_on=printed,
        address=address,
    )


def field(column: Column, rows: list[AccountRow], numbers: dict[str, int]) -> BriefField:
    """One field: what is asserted first, each value with those who hold it."""
    held: dict[tuple[str, str], list[tuple[AccountRow, CellValue]]] = {}
    for row in rows:
        for c in row.cells:
            for v in c.values if c.column == column.key else ():
                if not v.struck:
                    held.setdefault((alike_key(v.text), v.stance.value), []).append((row, v))
    groups = sorted(held.values(), key=lambda some: (some[0][1].stance.value != "asserts", -len(some)))
    return BriefField(
        words=column.words,
        state=column.state,
        values=tuple(value(some, numbers) for some in groups[:VALUES]),
        more=max(0, len(groups) - VALUES),
    )


def value(some: list[tuple[AccountRow, CellValue]], numbers: dict[str, int]) -> BriefValue:
    """One value with its holders."""
    first = some[0][1]
    each = list({id(r): (r, v) for r, v in reversed(some)}.values())[::-1]
    return BriefValue(
        text=first.text,
        stance=first.stance,
        standing=first.standing,
        by=tuple(holder(r, v, numbers) for r, v in each[:HOLDERS]),
        more=max(0, len(each) - HOLDERS),
        words=first.words,
        caveats=tuple(dict.fromkeys(c for _, v in some for c in v.caveats)),
    )


def holder(row: AccountRow, v: CellValue, numbers: dict[str, int]) -> Holder:
    """One voice with the numbers of the reports that quote it."""
    urls = {v.url.partition("#")[0], *(r.url for r in row.reports)}
    return Holder(row.who, row.anonymous, tuple(sorted(numbers[u] for u in urls if u in numbers)))
