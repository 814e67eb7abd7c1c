"""The words of reports around what a question is about."""

from __future__ import annotations

import re
import zlib

import msgspec
from sqlalchemy import Connection, select

from accordingto.ledger import tables

AROUND = 90  # characters shown on each side of a trigger
PARAGRAPH, LINE, SPACE = re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"\s+")


class Texts:
    """Texts of reports, each read once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held: dict[int, str] = {}

    def around(self, number: int, start: int) -> str:
        """The words around a place in a report."""
        if number not in self.held:
            self.held[number] = text_of(self.connection, number)
        return excerpt(self.held[number], start)


def excerpt(text: str, start: int) -> str:
    """The words of the paragraph around a place, some `AROUND` characters on each side; cut words are left out."""
    breaks = PARAGRAPH if PARAGRAPH.search(text) else LINE
    first = max((m.end() for m in breaks.finditer(text, 0, start)), default=0)
    found = breaks.search(text, start)
    last = found.start() if found else len(text)
    a, b = max(first, start - AROUND), min(last, start + AROUND)
    if a > first and not text[a - 1].isspace():
        a = next((m.end() for m in SPACE.finditer(text, a, start)), start)
    if b < last and not text[b].isspace():
        b = max((m.start() for m in SPACE.finditer(text, start, b)), default=last)
    words = " ".join(text[a:b].split())
    return f"{'… ' if a > first else ''}{words}{' …' if b < last else ''}"


class DocumentText(msgspec.Struct):
    """The text of a stored record."""

    text: str


class RecordText(msgspec.Struct):
    """The document of a stored record."""

    document: DocumentText


def text_of(connection: Connection, number: int) -> str:
    """A report's text from its newest record; empty where there is none."""
    r = tables.records.c
    body = connection.scalar(select(r.body).where(r.report == number).order_by(r.id.desc()).limit(1))
    return msgspec.json.decode(zlib.decompress(body), type=RecordText).document.text if body else ""
