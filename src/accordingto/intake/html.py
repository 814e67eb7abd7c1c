"""HTML pages: the article, and title, date, outlet and author from the page's metadata (trafilatura)."""

from __future__ import annotations

import re
from datetime import date

import trafilatura
from lxml import etree
from trafilatura.settings import Document

from accordingto.errors import ReportError
from accordingto.intake.decoding import to_text
from accordingto.intake.report import YEARS, Known, RawReport
from accordingto.intake.text import LONGEST

FEWEST_WORDS = 15  # of an article; less is a menu or a notice
TAG = re.compile(r"<\s*(?:!doctype|html|head|body|article|p|div|meta|title)\b", re.I)
CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?\bcharset|\?xml\b[^<>]{0,80}?\bencoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I
)
HEAD = 2048  # bytes in which a page declares its encoding


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The one report of a page; its text begins with the headline as a line of its own.

    Raises:
        ReportError: where there is no markup, no article in it, or more than one report has.
    """
    declared = CHARSET.search(data[:HEAD])
    source = to_text(data, name, declared=declared[1].decode("ascii", "ignore") if declared else None)
    if not TAG.search(source):
        raise ReportError(name, "there is no HTML in it; read it with --as text.")
    try:
        found = trafilatura.bare_extraction(
            source,
            include_comments=False,
            include_tables=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": "2100-01-01",
            },
        )
    except (ValueError, TypeError, etree.LxmlError) as error:
        raise ReportError(
            name, f"the page's markup can't be read ({error}); save the article as text."
        ) from error
    body = (found.text or "").strip() if isinstance(found, Document) else ""
    if not isinstance(found, Document) or len(body.split()) < FEWEST_WORDS:
        raise ReportError(
            name, "no article was found on this page; save the article as text or as a full page."
        )
    title = clean(found.title)
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if title and lines and lines[0].lower() == title.lower():
        lines = lines[1:]
    text = "\n\n".join([title, *lines] if title else lines)
    if len(text) > LONGEST:
        raise ReportError(
            name,
            f"{len(text):,} characters are more than one report has (at most {LONGEST:,}); split the page.",
        )
    return [
        RawReport(
            name,
            text,
            data,
            "text/html",
            title=title,
            published=known.published or to_date(found.date),
            url=clean(found.url),
            outlet=known.outlet or clean(found.sitename),
            author=clean(found.author),
            headline_first=bool(title),
        )
    ]


def clean(value: str | None) -> str | None:
    """A metadata value in one line; None where it says nothing."""
    return " ".join(value.split()) or None if value else None


def to_date(value: str | None) -> date | None:
    """A page's ISO date; None where it has none, or one of no year in which reports appear."""
    try:
        day = date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
