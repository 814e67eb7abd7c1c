"""JSON Lines: one report a line, `{"id"?, "text", "title"?, "published"?, "outlet"?, "url"?, "author"?}`.

A file that is a JSON list of such objects, or one object over several lines, is read too. Where a list is broken its
objects are taken one by one: what can't be read is named, and those before and behind it are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import msgspec

from accordingto.errors import ReportError
from accordingto.intake.decoding import BINARY, evened, to_text
from accordingto.intake.report import YEARS, Known, RawReport, flaw
from accordingto.intake.tagged import is_tagged, untagged
from accordingto.intake.text import LONGEST

LIST = re.compile(r"\s*(?:\[|\{\s*\n|[^\n]*\},\s*\n)")  # how a list begins, or objects over several lines
BETWEEN = re.compile(r"[\s,\[\]\x00]*")  # what stands between the objects of a list
BEGINS = re.compile(r"(?:,|\n)\s*(?=\{)")  # behind which the next object of a broken list may begin
TRIED = 100  # places behind a broken object at which the next is looked for in vain
WIDEST = 2_000_000  # characters of an object that is looked for there
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)"
    r"(?:[Tt ]\d\d(?::?\d\d){0,2}(?:[.,]\d+)?\s*(?:[Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)  # a day, or a time of day behind it with or without its zone

HALVES = re.compile(rb"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\u[dD][89a-fA-F]\w\w|\\.")


class Line(msgspec.Struct, frozen=True):
    """One line or object; fields that it does not know are let be."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | int | float | None = None
    outlet: str | None = None
    url: str | None = None
    author: str | None = None


def split(data: bytes, name: str, known: Known) -> list[RawReport | ReportError]:
    """The reports of a JSON Lines file or a JSON list; what can't be read is one failure, the rest goes on.

    Raises:
        ReportError: where the file as a whole can't be read as text.
    """
    text = to_text(evened(data, name), name, damaged=True)
    parts = pieces(text)
    found = [one(x, f"{name}#{n}", known) for n, x in enumerate(parts, 1) if x.strip()]
    if known.notes and (fields := unread(parts, known)):
        known.notes.unread[name] = fields
    if "\x00" in text and not any(isinstance(x, RawReport) for x in found):
        raise ReportError(name, BINARY)
    if text.lstrip()[:1] == "[" and found and isinstance(found[-1], RawReport) and not ends(text):
        found.append(ReportError(name, "the list has no end; was the file cut short?"))
    return found


def unread(parts: list[bytes], known: Known) -> tuple[str, ...]:
    """The fields of a file's objects that no report has, in their order; none where a day is told, or known."""
    fields: dict[str, None] = {}
    for part in parts if known.published is None else ():
        try:
            given = msgspec.json.decode(part, type=dict[str, msgspec.Raw])
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        if "published" in given:
            return ()
        fields |= dict.fromkeys(given)
    return tuple(f for f in fields if f not in Line.__struct_fields__)


def ends(text: str) -> bool:
    """Whether the bracket that closes a list stands at its end."""
    return text.rstrip()[-1:] == "]"


def pieces(text: str) -> list[bytes]:
    """What holds one report each: the items of a list, an object over several lines, else the lines."""
    raw = text.encode("utf-8", "surrogatepass")
    try:
        if raw.lstrip().startswith(b"["):
            return [bytes(item) for item in msgspec.json.decode(raw, type=list[msgspec.Raw])]
        if b"\n" in raw.strip():
            return [bytes(msgspec.json.decode(raw, type=msgspec.Raw))]
    except (msgspec.DecodeError, RecursionError):
        pass
    if LIST.match(text):
        return [item.encode("utf-8", "surrogatepass") for item in items(text)]
    return raw.split(b"\n")


def items(text: str) -> Iterator[str]:
    """The items of a list that is broken somewhere, in order; the broken stretches too, each as one."""
    at = 0
    while (at := end_of(BETWEEN.match(text, at))) < len(text):
        found = whole(text, at)
        end = found[1] if found else resumed(text, at)
        yield text[at:end]
        at = end


def end_of(found: re.Match[str] | None) -> int:
    """Where a pattern that always matches ends."""
    assert found is not None
    return found.end()


def whole(text: str, at: int) -> tuple[object, int] | None:
    """The JSON value that begins at a place and where it ends; None where it is broken."""
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError):
        return None


def resumed(text: str, at: int) -> int:
    """Where a report begins behind the broken object at a place; the text's end where none is found."""
    for tried, found in enumerate(BEGINS.finditer(text, at)):
        if tried >= TRIED:
            break
        value = whole(text[found.end() : found.end() + WIDEST], 0)
        if value and isinstance(value[0], dict) and "text" in value[0]:
            return found.end()
    return len(text)


def one(raw: bytes, place: str, known: Known) -> RawReport | ReportError:
    """The report of one line or object, named by its own id where it has one."""
    if b"\x00" in raw:
        return ReportError(place, "a NUL byte stands in this line, which is damaged; write it anew.")
    try:
        got = msgspec.json.decode(HALVES.sub(made_whole, raw), type=Line)
    except msgspec.ValidationError as error:
        return ReportError(place, f"this JSON is not a report ({error}); correct that field.")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return ReportError(place, f"this line is not whole JSON ({error}); was the file cut short?")
    except RecursionError:
        return ReportError(place, "this JSON is nested too deeply to be a report; leave out what is no text.")
    if isinstance(got.id, str) and (why := flaw("id", got.id)):
        return ReportError(place, why)
    name = str(got.id) if got.id is not None and str(got.id).strip() else place
    try:
        text = untagged(got.text) if is_tagged(got.text) else got.text
    except ValueError as error:
        return ReportError(
            name, f'its "text" is HTML that can\'t be read ({error}); give its words without tags.'
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ReportError(name, 'its "text" is empty; nothing to read.')
    if len(text) > LONGEST:
        return ReportError(name, f"its text has more than {LONGEST:,} characters; split it.")
    try:
        own = to_day(got.published)
    except ValueError as error:
        if known.published is None:
            return ReportError(name, f'its "published" ({got.published!r}) {error}.')
        own = None
    return RawReport(
        name,
        text,
        raw,
        "application/json",
        title=got.title,
        published=known.day(own),
        url=got.url,
        outlet=known.by(got.outlet),
        author=got.author,
    )


def made_whole(found: re.Match[bytes]) -> bytes:
    """An escape of JSON as it stands, but � for half a character: what an emoji is where a text was cut through it."""
    half = len(found[0]) == len("\\ud83d")
    return b"\\ufffd" if half else found[0]


def to_day(value: str | float | None) -> date | None:
    """The day that a day or a time names, as written there; None where there is none.

    Raises:
        ValueError: where it names no day, or one of no year in which reports appear; its words end a sentence.
    """
    told = value.strip() if isinstance(value, str) else value
    if told is None or told == "":
        return None
    found = MOMENT.fullmatch(told) if isinstance(told, str) else None
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError("is no day that can be read; write it as 2031-03-07")
    if day.year not in YEARS:
        raise ValueError("is no day of a report; correct it or leave it out")
    return day
