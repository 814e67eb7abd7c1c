"""The markup of a page before its article is looked for: what of it is no text of a report, and which parts are reports of their own.

Struck-out words, words that the page hides and marks of footnotes are taken away; a paragraph that is one link stays a paragraph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy

from lxml.etree import _Element as Element
from lxml.html import document_fromstring

from accordingto.intake.bundles import closes, is_headline

STRUCK = "//body//*[self::del or self::s or self::strike]"
UNSEEN = "//body//*[@hidden or @aria-hidden='true']"
NOTE = re.compile(r"\s*(?:[\d*†‡§,–-]+|[\[(][^\])]{1,24}[\])])\s*")
POWER = re.compile(
    r"(?:\b(?:[kcdm]?m|ft|mi|yd)|[x×] ?10)\s*$"
)  # before a raised number that is no footnote's
SENTENCE = 8  # words of a paragraph of prose
COMMENT = re.compile(
    r"(?:^|\s)(?:div-)?(?:comments?|comment[-_]?(?:list|body|section|content|text|area|thread|\d+)|disqus\S*)(?=\s|$)",
    re.I,
)
FEWEST = 2  # paragraphs of a report among several on a page
MOST = 0.8  # share of a page's paragraphs that its reports hold together


def words_of(part: Element) -> str:
    """The words of a part, in one line."""
    return " ".join("".join(part.itertext(with_tail=False)).split())


def is_prose(text: str) -> bool:
    """Whether words are a full sentence rather than a label or a credit."""
    return len(text.split()) >= SENTENCE and closes(text) and not text.endswith(("a.m.", "p.m."))


def paragraphs(page: Element) -> dict[Element, list[Element]]:
    """The paragraphs of prose below each part of a page that has any, without those of comments."""
    found: defaultdict[Element, list[Element]] = defaultdict(list)
    for p in page.iter("p"):
        if is_prose(words_of(p)) and not is_comment(p):
            for part in p.iterancestors():
                found[part].append(p)
    return dict(found)


def is_comment(part: Element) -> bool:
    """Whether a part is, or stands in, what readers wrote below an article."""
    return any(
        COMMENT.search(f"{x.get('id', '')} {x.get('class', '')}")
        for x in (part, *part.iterancestors())
        if x.tag not in ("body", "html")
    )


def clear(page: Element) -> None:
    """Take away what is no text of a report, and let paragraphs that are links be paragraphs."""
    for part in page.xpath(STRUCK):
        part.drop_tree()
    hide(page)
    for part in page.xpath("//sup"):
        if NOTE.fullmatch(words_of(part)) and not is_power(part):
            part.drop_tree()
    unlink(page)


def hide(page: Element) -> None:
    """Take away what the page hides, but not most of its text: then a script would have shown it.

    What is hidden from screen readers alone repeats what stands beside it; paragraphs, and a letter that its word goes on from, stay.
    """
    whole = len(words_of(page))
    for part in page.xpath(UNSEEN):
        aloud = part.attrib.pop("hidden", None) is None
        part.attrib.pop("aria-hidden", None)
        text = aloud and (part.tag == "p" or part.find(".//p") is not None or (part.tail or "")[:1].isalpha())
        if not text and len(words_of(part)) * 2 <= whole:
            part.drop_tree()


def is_power(raised: Element) -> bool:
    """Whether a raised number belongs to a unit or a power of ten."""
    before = raised.getprevious()
    text = before.tail if before is not None else raised.getparent().text
    return bool(POWER.search(text or ""))


def unlink(page: Element) -> None:
    """Let a paragraph that is one link be a paragraph, where it stands among others that are none."""
    for parent in {p.getparent() for p in page.iter("p") if p.find(".//a") is not None}:
        prose = [p for p in parent.findall("p") if is_prose(words_of(p))]
        linked = [p for p in prose if sum(len(words_of(a)) for a in p.iter("a")) * 2 > len(words_of(p))]
        if len(prose) - len(linked) >= FEWEST:
            for link in [a for p in linked for a in p.iter("a")]:
                link.drop_tag()


def reports(page: Element) -> list[Element]:
    """The parts of a page that are reports, each with its own heading; none where the page is one report.

    Side by side are articles with headings of first rank, or under none of the page's own, or parts alike with headlines over them.
    """
    told = paragraphs(page)
    standing = {a: None for a in page.iter("article") if stands_alone(a, told)}
    found = [a for a in standing if not any(up in standing for up in a.iterancestors("article"))]
    own = sum(1 for a in found if a.find(".//h1") is not None)
    if page.xpath("count(//h1)") > own and own < len(found):
        found = []
    found = found if len(found) > 1 else headlined(page, told)
    held = sum(len(told[part]) for part in found)
    return found if len(found) > 1 and held >= MOST * len(told[page]) else []


def stands_alone(part: Element, told: Mapping[Element, list[Element]]) -> bool:
    """Whether a part has a heading of its own and paragraphs enough for a report."""
    return len(told.get(part, ())) >= FEWEST and heading(part) is not None and not is_comment(part)


def heading(part: Element) -> str | None:
    """The words of a part's first heading; None where it has none."""
    first = next(part.iter("h1", "h2", "h3"), None)
    return (words_of(first) or None) if first is not None else None


def headlined(page: Element, told: Mapping[Element, list[Element]]) -> list[Element]:
    """Parts side by side, of one class, each with a headline over its paragraphs; sections of one article have none."""
    alike: defaultdict[tuple[Element, str, str], list[Element]] = defaultdict(list)
    for part in page.xpath("//body//*[@class and (self::div or self::section) and *[self::h1 or self::h2]]"):
        alike[part.getparent(), part.tag, part.get("class")].append(part)
    for parts in alike.values():
        if len(parts) > 1 and all(
            stands_alone(p, told) and is_headline(heading(p) or "", words_of(told[p][0])) for p in parts
        ):
            return parts
    return []


def alone(part: Element, page: Element) -> Element:
    """A page that holds one part of another alone."""
    whole: Element = document_fromstring("<html><head></head><body></body></html>")
    whole.attrib.update(page.attrib)
    whole.find("body").append(copied(part))
    return whole


def copied(part: Element) -> Element:
    """A copy of a part without the words behind it."""
    new: Element = deepcopy(part)
    new.tail = None
    return new
