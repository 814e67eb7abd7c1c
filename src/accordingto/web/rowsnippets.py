"""Rows of long lists as HTML, made here instead of by macros: fifty rows cost a fifth. Filters of the templates, as `snippets`.

Report text is data: all that comes from a page's value is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from accordingto.web.parts import ClaimView, IncidentRow, Link, ReportRow
from accordingto.web.snippets import begun, date, escaped, place, sign, within
from accordingto.web.views import SourceRow
from accordingto.web.words import form_words


def hits(text: str, q: str) -> list[tuple[str, bool]]:
    """A text cut into pieces; True for those that begin with a word of a search."""
    found = pattern(q)
    if found is None:
        return [(text, False)]
    return [(p, n % 2 == 1) for n, p in enumerate(found.split(text)) if p]


@lru_cache(maxsize=256)
def pattern(q: str) -> re.Pattern[str] | None:
    """What begins with a word of a search; None where there is no word."""
    words = {w for w in re.findall(r"\w+", q) if len(w) > 1}
    begins = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(\b(?:{begins})\w*)", re.IGNORECASE) if words else None


def lit(text: str, q: str = "") -> Markup:
    """A text in which the words that were searched for stand out."""
    if not q:
        return Markup(escaped(text))
    return Markup(
        "".join(f'<mark class="hit">{escaped(w)}</mark>' if hit else escaped(w) for w, hit in hits(text, q))
    )


def count(n: int, one: str, many: str | None = None) -> str:
    """`1 report`, `1,200 reports`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def own(reports: int, origins: int) -> str:
    """How many reports there are, and how many of them are no near-copies."""
    told = count(reports, "report")
    return told if origins == reports else f"{told}, {origins:,} independent"


def speakers(i: IncidentRow, most: int) -> str:
    """The first of those who speak of an incident, and how many more there are."""
    more = max(i.speaking, len(i.said_by)) - most
    return escaped(", ".join(map(within, i.said_by[:most]))) + (f" and {more:,} more" if more > 0 else "")


def disputed(i: IncidentRow) -> list[str]:
    """On what accounts clash, what is only denied, and what people set right."""
    told = (("clash on", i.contested), ("denied:", i.denied))
    clashes = [f"<span>{words} {escaped(', '.join(what))}</span>" for words, what in told if what]
    return clashes + [f'<span dir="auto">{escaped(words)}</span>' for words in i.corrected]


def incident_row(i: IncidentRow, brief: bool = False, q: str = "") -> Markup:
    """One incident of a list; `brief`: without what accounts clash on and who speaks."""
    told = [f"<span>{escaped(i.day)}</span>"]
    if i.place:
        told.append(f"<span>{place(i.place)}</span>")
    if i.killed:
        told.append(f"<span><b>{escaped(i.killed)}</b> killed</span>")
    if i.wounded:
        told.append(f"<span><b>{escaped(i.wounded)}</b> wounded</span>")
    told.append(f"<span>{own(i.reports, i.origins)}</span>")
    if not brief:
        told += disputed(i)
    if i.said_by and not brief:
        told.append(f'<span dir="auto">according to {speakers(i, 3)}</span>')
    return Markup(
        f'<li>\n<div class="top">{sign(i.state)}</div>\n'
        f'<h3><a href="{escaped(i.url)}" dir="auto">{lit(i.short, q)}</a></h3>\n'
        f'<p class="meta">{" ".join(told)}</p>\n</li>\n'
    )


def incident_cells(i: IncidentRow) -> Markup:
    """One incident of a table."""
    told = []
    if i.place:
        told.append(f"<span>{place(i.place)}</span>")
    if i.said_by:
        told.append(f'<span dir="auto">according to {speakers(i, 2)}</span>')
    told += disputed(i)
    below = f'<br><span class="soft small parts">{"".join(told)}</span>' if told else ""
    return Markup(
        f'<tr>\n<th scope="row"><span class="serif"><a href="{escaped(i.url)}" dir="auto">{escaped(i.short)}</a>'
        f"</span>{below}</th>\n"
        f'<td class="when" data-label="When">{escaped(i.day)}</td>\n'
        f'<td class="num" data-label="Killed">{escaped(i.killed or "")}</td>\n'
        f'<td class="num" data-label="Wounded">{escaped(i.wounded or "")}</td>\n'
        f'<td data-label="Accounts">{sign(i.state)}</td>\n'
        f'<td data-label="Grading">{sign(i.grading, "bare")}</td>\n'
        f'<td data-label="Reports">{own(i.reports, i.origins)}</td>\n</tr>\n'
    )


def report_row(r: ReportRow, q: str = "") -> Markup:
    """One report of a list."""
    told = [f'<span dir="auto">{escaped(r.outlet)}</span>'] if r.outlet else []
    told.append(f"<span>{date(r.published) if r.published else 'no date of publication'}</span>")
    told.append(f"<span>{count(r.claims, 'claim')}</span>")
    if r.copies:
        told.append(f"<span>{count(r.copies, 'near-copy', 'near-copies')}</span>")
    if r.author:
        told.append(f'<span dir="auto">{escaped(r.author)}</span>')
    return Markup(
        f'<li>\n<h3><a href="{escaped(r.url)}" dir="auto">{lit(r.title, q)}</a></h3>\n'
        f'<p class="meta">{"".join(told)}</p>\n</li>\n'
    )


def report_cells(r: ReportRow) -> Markup:
    """One report of a table."""
    return Markup(
        f'<tr><th scope="row" class="serif"><a href="{escaped(r.url)}" dir="auto">{escaped(r.title)}</a></th>'
        f'<td data-label="Outlet"><span dir="auto">{escaped(r.outlet or "–")}</span></td>'
        f'<td data-label="Published">{date(r.published)}</td><td class="num" data-label="Claims">{r.claims}</td>'
        f'<td class="num" data-label="Near-copies">{r.copies or ""}</td></tr>'
    )


def cite(line: str, url: str, what: str) -> Markup:
    """The button that copies a citation."""
    return Markup(
        f'<button type="button" class="cite" data-cite="{escaped(line)}" data-link="{escaped(url)}">'
        f'Cite<span class="unseen"> {escaped(what)}</span></button>'
    )


def claim_row(c: ClaimView, q: str = "", of: str | None = None) -> Markup:
    """One claim of a list; `of`: the name of the source whose page this is, which its claims need not repeat."""
    who, url, title = escaped(begun(c.who)), escaped(c.url), escaped(c.report.words)
    top = ""
    if not of or c.who.lower() != of.lower():
        name = f"<b>{who}</b>"
        link = f'<a href="{escaped(c.source_url)}">{name}</a>' if c.source_url else name
        unnamed = '<span class="tag anon">unnamed</span>' if c.anonymous else ""
        top = f'<span class="who" dir="auto">{link}</span>{unnamed} '
    words = f"<q>{lit(c.words, q)}</q>" if c.direct else lit(c.words, q)
    outlet = f'<span dir="auto">{escaped(c.outlet)}</span>, ' if c.outlet else ""
    day = date(c.published) if c.published else "undated"
    told = [
        f"<span>{outlet}{day}{cite(c.cite, c.url, f'{c.who} in {c.report.words}')}</span>",
        f'<a href="{url}">the words in <span dir="auto">{title}</span></a>',
    ]
    if c.said_on:
        told.append(f"<span>said on {date(c.said_on)}</span>")
    told += [
        f'<span>on <a href="{escaped(i.url)}" dir="auto">{escaped(i.words)}</a></span>' for i in c.incidents
    ]
    return Markup(
        f'<li>\n<div class="top">{top}{sign(c.act, "bare")}</div>\n<p class="words" dir="auto">{words}</p>\n'
        f'<p class="meta">{"".join(told)}</p>\n</li>\n'
    )


def source_cells(s: SourceRow) -> Markup:
    """One source of a table."""
    unnamed = "" if s.named else ' <span class="tag anon">unnamed</span>'
    acts = ", ".join(
        f'<a href="{escaped(a.url)}">{escaped(a.words)}</a>'
        + (f' <span class="soft">{a.count}</span>' if a.count else "")
        for a in s.acts
    )
    where = escaped(", ".join(x for x in (s.country, s.sector) if x))
    return Markup(
        f'<tr>\n<th scope="row"><a href="{escaped(s.url)}" dir="auto">{escaped(begun(s.name))}</a>{unnamed}</th>\n'
        f'<td data-label="Kind">{escaped(s.kind)}</td>\n<td data-label="Country, sector">{where}</td>\n'
        f'<td data-label="Acts"><span class="small">{acts}</span></td>\n'
        f'<td class="num" data-label="Reports">{s.reports}</td>\n'
        f'<td data-label="Since">{date(s.first) if s.first else ""}</td>\n</tr>'
    )


def counted_links(links: Sequence[Link]) -> Markup:
    """Links in one line, with how often each comes where that is more than once."""
    return Markup(
        "; ".join(
            f'<a href="{escaped(to.url)}" dir="auto">{escaped(to.words)}</a>'
            + (f' <span class="count">{to.count}</span>' if to.count and to.count > 1 else "")
            for to in links
        )
    )


ROWS = {
    "lit": lit,
    "cite": cite,
    "incident_row": incident_row,
    "incident_cells": incident_cells,
    "report_row": report_row,
    "report_cells": report_cells,
    "claim_row": claim_row,
    "source_cells": source_cells,
    "counted_links": counted_links,
    "form_words": form_words,
    "own": own,
}
