"""Text with HTML in it, as feeds send it, to plain text: all of it is kept, since whoever sends it has left the page behind."""

from __future__ import annotations

import re

from lxml.etree import LxmlError, iterwalk
from lxml.html import document_fromstring

from accordingto.intake.markup import clear

BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
        "html li main nav ol p pre section table tbody td tfoot th thead tr ul"
    ).split()
)
OTHERS = ("a", "abbr", "b", "em", "font", "i", "img", "small", "span", "strong", "u")
GIVEN = r"(?:\s+(?:[\w:-]+\s*=|(?:hidden|nowrap|noshade|compact|reversed)\b)[^<>]*)?\s*/?>"  # “<i am here>” is no tag
BLOCK = re.compile(rf"</?(?:br|{'|'.join(sorted(BLOCKS, key=len, reverse=True))}){GIVEN}", re.I)
BEGINS = re.compile(
    rf"\s*<(?:!doctype\b[^<>]*>|!--|(?:br|{'|'.join((*sorted(BLOCKS, key=len, reverse=True), *OTHERS))}){GIVEN})",
    re.I,
)
NO_TEXT = "//script | //style | //template | //head | //comment()"
MARKS = 2  # tags of blocks in a text that is taken for HTML


def is_tagged(text: str) -> bool:
    """Whether a text is HTML: it begins with a tag, or has two or more of blocks; a lone `<` or `&` makes none."""
    return (
        bool(BEGINS.match(text))
        or sum(1 for _ in zip(range(MARKS), BLOCK.finditer(text), strict=False)) == MARKS
    )


def untagged(text: str) -> str:
    """The words of a text that is HTML, paragraphs parted by empty lines; what is struck out or hidden is left out.

    Raises:
        ValueError: where the markup can't be read.
    """
    try:
        page = document_fromstring(f"<html><body>{text}</body></html>")
    except (LxmlError, ValueError) as error:
        raise ValueError(str(error)) from error
    for part in page.xpath(NO_TEXT):
        part.drop_tree()
    clear(page)
    told: list[str] = []
    for event, part in iterwalk(page, events=("start", "end")):
        if part.tag in BLOCKS:
            told.append("\n\n")
        elif part.tag == "br" and event == "end":
            told.append("\n")
        words = part.text if event == "start" else part.tail
        told.append(re.sub(r"\s+", " ", words or ""))
    lines = "".join(told).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()
