"""JSON Lines: one report a line, `{"id"?, "text", "title"?, "published"?, "outlet"?, "url"?, "author"?}`."""

from __future__ import annotations

from datetime import date

import msgspec

from accordingto.errors import ReportError
from accordingto.intake.decoding import to_text
from accordingto.intake.report import Known, RawReport
from accordingto.intake.text import LONGEST


class Line(msgspec.Struct, frozen=True):
    """One line; fields that it does not know are let be."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The reports of a JSON Lines file; a line that can't be read is one failure, the rest goes on.

    Raises:
        ReportError: where the file as a whole can't be read as text.
    """
    out: list[RawReport | ReportError] = []
    for number, line in enumerate(to_text(data, name).split("\n"), 1):
        if line.strip():
            out.append(one(line, f"{name}#{number}", known))
    return out


def one(line: str, place: str, known: Known) -> RawReport | ReportError:
    """The report of one line, named by its own id where it has one."""
    raw = line.encode("utf-8", "surrogatepass")
    try:
        got = msgspec.json.decode(raw, type=Line)
    except msgspec.ValidationError as error:
        return ReportError(place, f"this JSON line is not a report ({error}); correct that field.")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return ReportError(place, f"this line is not whole JSON ({error}); was the file cut short?")
    name = str(got.id) if got.id is not None else place
    if not got.text.strip():
        return ReportError(name, 'its "text" is empty; nothing to read.')
    if len(got.text) > LONGEST:
        return ReportError(name, f"its text has more than {LONGEST:,} characters; split it.")
    return RawReport(
        name,
        got.text,
        raw,
        "application/json",
        title=got.title,
        published=known.published or got.published,
        url=got.url,
        outlet=known.outlet or got.outlet,
        author=got.author,
    )
