"""Prose that stands loose in a page, beside paragraphs or between line breaks: `<td>Two died, police said.<p>…`.

Article extraction passes such words over. They are made paragraphs where it did so, and only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import SubElement
from lxml.etree import _Element as Element

from accordingto.intake.bundles import NOTE, closes
from accordingto.intake.markup import is_comment, is_prose, words_of

HOLDERS = ("body", "article", "main", "section", "div", "td", "center", "font", "span")
INLINE = frozenset(
    (
        "a abbr acronym b bdi bdo big br cite code data dfn em font i img ins kbd mark q samp small span strong sub sup "
        "time tt u var wbr"
    ).split()
)
APART = frozenset("a aside button caption figcaption figure footer form h1 h2 h3 h4 h5 h6 head nav p".split())
BLANK = re.compile(r"\s+")


@dataclass(slots=True)
class Stretch:
    """What stands side by side in a part: a block alone, a run of words and inline elements, or line breaks."""

    items: list[str | Element] = field(default_factory=list)
    block: bool = False

    @property
    def text(self) -> str:
        """Its words, in one line."""
        told = (x if isinstance(x, str) else words_of(x) for x in self.items)
        return " ".join("".join(told).split())

    @property
    def breaks(self) -> bool:
        """Whether it holds line breaks alone."""
        return not self.block and not self.text and any(is_break(x) for x in self.items)


def is_break(item: str | Element) -> bool:
    """Whether an item is a line break."""
    return not isinstance(item, str) and item.tag == "br"


def is_run(part: Element) -> bool:
    """Whether an element goes with the words around it, and holds no blocks or paragraphs of its own."""
    if part.tag not in INLINE:
        return False
    inner = [x.tag for x in part.iterdescendants()]
    return INLINE.issuperset(inner) and inner.count("br") < 2


def stretches(part: Element) -> list[Stretch]:
    """All that stands in a part, in order; two line breaks end a run, and one behind a full sentence."""
    found: list[Stretch] = [Stretch([part.text or ""])]
    for child in part:
        last = found[-1]
        if child.tag == "br":
            if last.breaks:
                last.items.append(child)
            elif closes(last.text) or follows_break(child):
                found.append(Stretch([child]))
            else:
                last.items.append(child)
        elif not is_run(child):
            found.append(Stretch([child], block=True))
        elif last.block or last.breaks:
            found.append(Stretch([child]))
        else:
            last.items.append(child)
        tail = child.tail or ""
        if tail.strip() and (found[-1].block or found[-1].breaks):
            found.append(Stretch())
        found[-1].items.append(tail)
    return found


def follows_break(br: Element) -> bool:
    """Whether the next thing after a line break is another."""
    after = br.getnext()
    return after is not None and after.tag == "br" and not (br.tail or "").strip()


def holders(page: Element) -> Iterator[tuple[Element, list[Stretch]]]:
    """The parts of a page in which prose stands loose beside something else, with all that stands in them."""
    for part in page.iter(*HOLDERS):
        if is_run(part) or is_comment(part) or any(x.tag in APART for x in (part, *part.iterancestors())):
            continue
        found = stretches(part)
        if len(found) > 1 and any(is_loose(x) for x in found):
            yield part, found


def is_loose(one: Stretch) -> bool:
    """Whether a stretch is prose without a paragraph: no note of the house, and not mostly links."""
    if one.block or not is_prose(one.text) or NOTE.match(one.text):
        return False
    linked = sum(len(words_of(a)) for x in one.items if not isinstance(x, str) for a in x.iter("a"))
    return linked * 2 <= len(one.text)


def is_told(one: Stretch) -> bool:
    """Whether a stretch is prose, as a paragraph or loose."""
    return is_loose(one) or (one.block and isinstance(p := one.items[0], Element) and is_paragraph(p))


def is_paragraph(part: Element) -> bool:
    """Whether an element is a paragraph of prose."""
    return part.tag == "p" and is_prose(words_of(part))


def missing(page: Element, body: str) -> list[str]:
    """Loose prose that an article found on a page lacks, though it has prose that stands beside it in the same part."""
    held = squeezed(body)
    lost: list[str] = []
    for _, found in holders(page):
        told = [(x, squeezed(x.text) in held) for x in found if is_told(x)]
        if not body or any(kept for _, kept in told):
            lost += [x.text for x, kept in told if not kept and is_loose(x)]
    return lost


def squeezed(text: str) -> str:
    """A text without blanks."""
    return BLANK.sub("", text)


def wrap(page: Element, lost: list[str]) -> None:
    """Make paragraphs of the loose prose in each part that holds some that was lost, and of the short words between."""
    for part, found in list(holders(page)):
        if not any(x.text in lost for x in found):
            continue
        told = [n for n, x in enumerate(found) if is_told(x)]
        inside = range(told[0], told[-1] + 1)
        part.text = None
        for x in list(part):
            part.remove(x)
        for n, one in enumerate(found):
            paragraph = not one.block and not one.breaks and n in inside and one.text
            put(SubElement(part, "p") if paragraph else part, one)
            if paragraph:
                part[-1].tail = "\n"


def put(into: Element, one: Stretch) -> None:
    """Put the items of a stretch at an element's end."""
    for item in one.items:
        if not isinstance(item, str):
            item.tail = None
            into.append(item)
        elif len(into):
            into[-1].tail = (into[-1].tail or "") + item
        else:
            into.text = (into.text or "") + item
