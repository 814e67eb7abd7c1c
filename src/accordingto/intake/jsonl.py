"""JSON Lines: one report a line, `{"id"?, "text", "title"?, "published"?, "outlet"?, "url"?, "author"?}`.

A file that is a JSON list of such objects, or one object over several lines, is read too.
"""

from __future__ import annotations

from datetime import date

import msgspec

from accordingto.errors import ReportError
from accordingto.intake.decoding import to_text
from accordingto.intake.report import YEARS, Known, RawReport
from accordingto.intake.text import LONGEST


class Line(msgspec.Struct, frozen=True):
    """One line or object; fields that it does not know are let be."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The reports of a JSON Lines file or a JSON list; what can't be read is one failure, the rest goes on.

    Raises:
        ReportError: where the file as a whole can't be read as text.
    """
    raw = to_text(data, name).encode("utf-8", "surrogatepass")
    return [one(x, f"{name}#{number}", known) for number, x in enumerate(pieces(raw), 1) if x.strip()]


def pieces(raw: bytes) -> list[bytes]:
    """What holds one report each: the items of a list, an object over several lines, else the lines."""
    try:
        if raw.lstrip().startswith(b"["):
            return [bytes(item) for item in msgspec.json.decode(raw, type=list[msgspec.Raw])]
        if b"\n" in raw.strip():
            return [bytes(msgspec.json.decode(raw, type=msgspec.Raw))]
    except (msgspec.DecodeError, RecursionError):
        pass
    return raw.split(b"\n")


def one(raw: bytes, place: str, known: Known) -> RawReport | ReportError:
    """The report of one line or object, named by its own id where it has one."""
    try:
        got = msgspec.json.decode(raw, type=Line)
    except msgspec.ValidationError as error:
        return ReportError(place, f"this JSON is not a report ({error}); correct that field.")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return ReportError(place, f"this line is not whole JSON ({error}); was the file cut short?")
    except RecursionError:
        return ReportError(place, "this JSON is nested too deeply to be a report; leave out what is no text.")
    name = str(got.id) if got.id is not None else place
    text = got.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ReportError(name, 'its "text" is empty; nothing to read.')
    if len(text) > LONGEST:
        return ReportError(name, f"its text has more than {LONGEST:,} characters; split it.")
    published = known.published or got.published
    if published and published.year not in YEARS:
        return ReportError(
            name, f'its "published" ({published}) is no day of a report; correct it or leave it out.'
        )
    return RawReport(
        name,
        text,
        raw,
        "application/json",
        title=got.title,
        published=published,
        url=got.url,
        outlet=known.outlet or got.outlet,
        author=got.author,
    )
