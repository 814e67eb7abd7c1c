"""The day on which a page says that its article was published; unknown where it says none for sure.

Told by the address, the page's metadata, the time beside the article's headline, or a date line there (all found by htmldate
within trafilatura, which sees nothing else of the page). Days of change, of other articles, and those named in the text count for nothing, nor
do numbers such as 03/04/2031 of which nothing tells which is the month.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date

from lxml import etree
from lxml.etree import _Element as Element
from lxml.html import document_fromstring
from trafilatura import extract_metadata

from accordingto.intake.markup import copied, is_comment, is_prose, paragraphs, words_of
from accordingto.intake.report import YEARS

SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
NO_DAY = re.compile(r"modif|moddate|updat|lastmod|last-mod|lastdate|revis|utime|copyright|image", re.I)
CHANGED = re.compile(r"\W*(?:last |page )?(?:updated?|modified|edited|changed|accessed)\b", re.I)
FIRST = re.compile(r"publi|posted|first", re.I)
OTHERS = "//body//*[self::meta or self::script or self::style or self::aside or self::nav or self::figure or self::li[.//a and .//time] or self::footer[not(ancestor::article)]]"
DATED = re.compile(r"\d{4}|\d{8,}")
LONG = 20  # words of a paragraph of the story; the first may stand above its date
NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-]|\.\d)")
MONTH_FIRST = re.compile(r"(?:en|es)[-_](?:us|pr|ph|gu)\b", re.I)
EITHER = re.compile(r"(?:en|(?:zh|ja|ko|hu|fa)\b.*)?$", re.I)  # languages that leave the order open
NAMED = ("property", "name", "itemprop", "http-equiv")


def published(page: Element) -> date | None:
    """The day of publication; `page` stays as it is."""
    order = order_of(page)
    told = document_fromstring("<html><head></head><body></body></html>")
    head, body = told.find("head"), told.find("body")
    for part in page.xpath("//meta | //link[@rel='canonical'] | //script[contains(@type, 'json')]"):
        if not NO_DAY.search(" ".join(part.get(name, "") for name in NAMED)):
            head.append(copied(part))
    top = above_story(page)
    moment = moment_of(top)
    for time in list(top.iter("time")):
        time.drop_tree()
    body.append(moment if moment is not None else top)
    settle(told, order)
    return to_date(extract_metadata(told, date_config=dict(SEARCH), extensive=False).date)


def above_story(page: Element) -> Element:
    """What stands around an article's headline: no text of the article, nothing behind its beginning, nothing of other articles."""
    whole = deepcopy(page)
    top: Element = whole if whole.tag == "body" else whole.find("body")
    if top is None:
        return document_fromstring("<html><body></body></html>").find("body")
    for part in whole.xpath(OTHERS):
        drop(part)
    told = paragraphs(whole)
    story = max(top.iter("article", "main"), key=lambda a: len(told.get(a, ())), default=top)
    long = [p for p in told.get(story, ()) if len(words_of(p).split()) >= LONG]
    if len(long) > 1:
        for part in long[1].xpath("following::*"):
            drop(part)
    for part in list(top.iter("p", "div", "dd", "blockquote", "td", "span")):
        text = words_of(part) if part.find(".//div") is None and part.find(".//p") is None else ""
        if part is not top and (is_prose(text) or (CHANGED.match(text) and not FIRST.search(text))):
            drop(part)
    for part in [x for x in top.iter("div", "section", "ol", "ul") if is_comment(x)]:
        drop(part)
    top.tag = "div"
    return top


def drop(part: Element) -> None:
    """Take a part away, if it has not gone with another."""
    if part.getparent() is not None:
        part.drop_tree()


def moment_of(top: Element) -> Element | None:
    """The first time that has a year and is of no change: in the article, else behind the headline, else anywhere above the story."""
    times = [t for t in top.iter("time") if is_day_told(t)]
    headed = top.xpath("descendant::h1[1]/following::time")
    first = [t for t in times if next(t.iterancestors("article"), None) is not None]
    for found in (first, [t for t in times if t in headed], times):
        if found:
            moment = copied(found[0])
            moment.set("pubdate", "pubdate")  # with which it goes before what else looks like a date
            return moment
    return None


def is_day_told(moment: Element) -> bool:
    """Whether a time has a year, and is none at which something was changed."""
    before = moment.getprevious()
    said = (before.tail if before is not None else moment.getparent().text) or ""
    marks = f"{moment.get('class', '')} {moment.get('itemprop', '')}"
    changed = NO_DAY.search(marks) or CHANGED.match(said) or CHANGED.match(words_of(moment))
    return bool(DATED.search(f"{moment.get('datetime', '')} {words_of(moment)}")) and not changed


def order_of(page: Element) -> str:
    """In which order the page's language writes days in numbers: `mdy`, `dmy`, or nothing where that is open."""
    meta = "//meta[@name='language' or @http-equiv='content-language' or @property='og:locale']/@content"
    told = " ".join(
        [page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "", *page.xpath(meta)]
    )
    if MONTH_FIRST.search(told):
        return "mdy"
    return "" if all(EITHER.match(x) for x in told.split() or [""]) else "dmy"


def settle(told: Element, order: str) -> None:
    """Write days in numbers with the day first, as htmldate takes them, and take away those whose order is open."""

    def settled(found: re.Match[str]) -> str:
        one, mark, two, year = found.groups()
        if int(two) > 12 or (mark != "." and order == "mdy" and int(one) <= 12):
            return f"{two}/{one}/{year}"
        return found[0] if mark == "." or order == "dmy" or int(one) > 12 or int(one) == int(two) else ""

    for part in told.iter(etree.Element):
        if part.tag != "script":
            part.text, part.tail = (NUMBERS.sub(settled, x) if x else x for x in (part.text, part.tail))
        for name in ("content", "datetime", "title"):
            if name in part.attrib:
                part.set(name, NUMBERS.sub(settled, part.get(name)))


def to_date(value: str | None) -> date | None:
    """A page's ISO date; None where it has none, or one of no year in which reports appear."""
    try:
        day = date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
