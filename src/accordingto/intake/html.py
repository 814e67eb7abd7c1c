"""HTML pages: the article, and title, outlet and author from the page's metadata (trafilatura)."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date

import trafilatura
from lxml import etree
from lxml.etree import _Element as Element
from trafilatura import load_html
from trafilatura.settings import Document

from accordingto.errors import ReportError
from accordingto.intake.decoding import page_encoding, to_text
from accordingto.intake.loose import holders, missing, squeezed, wrap
from accordingto.intake.markup import alone, clear, heading, reports
from accordingto.intake.pagedates import published
from accordingto.intake.report import Known, RawReport
from accordingto.intake.text import LONGEST

FEWEST_WORDS = 15  # of an article; less is a menu or a notice
TAG = re.compile(r"<\s*(?:!doctype|html|head|body|article|p|div|meta|title)\b", re.I)
CHARSET = re.compile(
    rb"<(?:meta\b[^<>]{0,200}?\bcharset|\?xml\b[^<>]{0,80}?\bencoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I
)
NO_ARTICLE = "no article was found on this page; save the article as text or as a full page."
HEAD = 2048  # bytes in which a page declares its encoding


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The report of a page, or its reports where it has several; a text begins with the headline as a line of its own.

    Raises:
        ReportError: where there is no markup, no article in it, or more than one report has.
    """
    source = to_text(data, name, declared=declared(data, known))
    if not TAG.search(source):
        raise ReportError(name, "there is no HTML in it; read it with --as text.")
    try:
        page = load_html(source)
        if page is None:
            raise ReportError(name, NO_ARTICLE)
        clear(page)
        parts = reports(page)
        if not parts:
            return [one(page, name, data, known, published(page))]
        head = page.find("head")
        day = published(alone(head, page)) if head is not None else None
        pages = [(heading(part), alone(part, page)) for part in parts]
        whole = trafilatura.extract_metadata(page, extensive=False)
        return [
            replace(
                one(each, f"{name}#{n}", data, known, published(each) or day, title=title),
                url=clean(whole.url),
                outlet=known.by(clean(whole.sitename)),
            )
            for n, (title, each) in enumerate(pages, 1)
        ]
    except (ValueError, TypeError, etree.LxmlError) as error:
        raise ReportError(
            name, f"the page's markup can't be read ({error}); save the article as text."
        ) from error


def one(
    page: Element, name: str, data: bytes, known: Known, day: date | None, *, title: str | None = None
) -> RawReport:
    """The report of a page, or of one part of it with its own `title`; `day` is the page's.

    Raises:
        ReportError: where there is no article in it, or more than one report has.
    """
    found, body = article(page)
    if found is None or len(body.split()) < FEWEST_WORDS:
        raise ReportError(name, NO_ARTICLE)
    title = title or clean(found.title)
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if title and lines and lines[0].lower() == title.lower():
        lines = lines[1:]
    text = "\n\n".join([title, *lines] if title else lines)
    if len(text) > LONGEST:
        raise ReportError(
            name,
            f"{len(text):,} characters are more than one report has (at most {LONGEST:,}); split the page.",
        )
    return RawReport(
        name,
        text,
        data,
        "text/html",
        title=title,
        published=known.day(day),
        url=clean(found.url),
        outlet=known.by(clean(found.sitename)),
        author=clean(found.author),
        headline_first=bool(title),
    )


def article(page: Element) -> tuple[Document | None, str]:
    """The article of a page and its text, with the prose beside it that stands in no paragraph."""
    spare = deepcopy(page) if any(holders(page)) else None
    found, body = extracted(page)
    if spare is None:
        return found, body
    lost = missing(spare, body if len(body.split()) >= FEWEST_WORDS else "")
    if not lost:
        return found, body
    wrap(spare, lost)
    again, whole = extracted(spare)
    held = squeezed(whole)
    kept = all(squeezed(line) in held for line in body.split("\n"))
    return (again, whole) if again is not None and kept else (found, body)


def extracted(page: Element) -> tuple[Document | None, str]:
    """What article extraction finds on a page, and its text; the page is used up."""
    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        include_tables=False,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False},
    )
    return (found, (found.text or "").strip()) if isinstance(found, Document) else (None, "")


def declared(data: bytes, known: Known) -> str | None:
    """The encoding that a page has: as it was sent (HTML Standard, 13.2.3.2), else as it says itself; None where neither tells."""
    if page_encoding(known.charset):
        return known.charset
    found = CHARSET.search(data[:HEAD])
    return found[1].decode("ascii", "ignore") if found else None


def clean(value: str | None) -> str | None:
    """A metadata value in one line; None where it says nothing."""
    return " ".join(value.split()) or None if value else None
