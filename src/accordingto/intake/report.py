"""A report as it came in: its text, its original bytes and what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from accordingto.errors import ReportError

YEARS = range(1000, 3000)  # in which a report may have appeared; 0001-01-01 and 9999-12-31 stand for no day


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report before reading.

    `name` is the given id, else the path (`path#2` for the second report of a file), `-` for standard
    input. `original` are the bytes that hold it as they came (for a bundle, the whole file's), `text`
    the decoded text with `\\n` line ends. `headline_first`: the text's first line is the headline;
    None leaves that to the line's shape. `digest`: the hash of `original` as hex, where
    whoever split the file has it already.
    """

    name: str
    text: str
    original: bytes
    media_type: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    headline_first: bool | None = None
    digest: str | None = None

    @property
    def sha256(self) -> str:
        """Hash of the original bytes, as hex."""
        return self.digest or hashlib.sha256(self.original).hexdigest()


def day_of(published: date | None, name: str) -> date | None:
    """The day of publication of a report; of a time, its day as written.

    Raises:
        ReportError: where it is no day; `name` is the report's.
    """
    if isinstance(published, datetime):
        return published.date()
    if published is None or isinstance(published, date):
        return published
    raise ReportError(
        name,
        f"published is {published!r}; give a day as datetime.date, such as date.fromisoformat('2031-03-07').",
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows of the reports of one file; it goes before what the file says.

    `charset`: the encoding by the name that whoever sent the bytes gave it.
    """

    published: date | None = None
    outlet: str | None = None
    charset: str | None = None
