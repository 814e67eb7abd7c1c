"""A report as it came in: its text, its original bytes and what is known about it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from accordingto.errors import ReportError

UNKEPT = re.compile(
    "[\x00\ud800-\udfff]"
)  # NUL, and halves of characters: not every file and database keeps them
WORDS = ("name", "text", "media_type", "title", "url", "outlet", "author")
NEEDED = WORDS[:3]
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


def flaw(field: str, value: object) -> str | None:
    """Why what is told of a report can't be kept as words; None where it can."""
    if not isinstance(value, str):
        return f"its {field} is no text (str) but {type(value).__name__}; correct it or leave it out."
    found = UNKEPT.search(value)
    if found is None:
        return None
    where = f"character {found.start() + 1} of its {field}"
    if found[0] == "\x00":
        return f"{where} is a NUL, which stands for nothing; leave it out."
    return f"{where} is only half of one (U+{ord(found[0]):04X}); decode it anew, or replace such halves by U+FFFD."


def checked(given: object, name: str) -> RawReport | ReportError:
    """What an intake made of a file as a report that can be read and kept, else what is wrong with it.

    `name` is the file's, for what has no name of its own.
    """
    if isinstance(given, ReportError):
        own = name if flaw("name", given.name) else given.name
        return ReportError(own, UNKEPT.sub("\ufffd", str(given.reason)))
    if not isinstance(given, RawReport):
        return ReportError(
            name, f"the intake gave {type(given).__name__}, which is no report; mend what provides it."
        )
    own = name if flaw("name", given.name) else given.name
    for word in WORDS:
        value = getattr(given, word)
        if (value is not None or word in NEEDED) and (why := flaw(word, value)):
            return ReportError(own, why)
    if not isinstance(given.original, bytes):
        return ReportError(own, "its original is no bytes; mend the intake that gave it.")
    try:
        day_of(given.published, own)
    except ReportError as error:
        return error
    return given


@dataclass(slots=True)
class Notes:
    """What whoever gave the files should hear though nothing failed; filled in while they are read.

    `passed_over`: how many files of folders were not read, by suffix. `overridden`: how many reports said something
    else than what is known of all, by field. `unread`: of a file that tells no day, outlet or title, the fields that no report has.
    """

    passed_over: Counter[str] = field(default_factory=Counter)
    overridden: Counter[str] = field(default_factory=Counter)
    unread: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows of the reports of one file; it goes before what the file says.

    `charset`: the encoding by the name that whoever sent the bytes gave it. `notes`: where what is to be told is kept.
    """

    published: date | None = None
    outlet: str | None = None
    charset: str | None = None
    notes: Notes | None = field(default=None, compare=False)

    def day(self, own: date | None) -> date | None:
        """The day of a report that gives `own`; another that is known goes before it."""
        if self.notes and self.published and own and own != self.published:
            self.notes.overridden["published"] += 1
        return self.published or own

    def by(self, own: str | None) -> str | None:
        """The outlet of a report that gives `own`; another that is known goes before it."""
        if self.notes and self.outlet and own and own != self.outlet:
            self.notes.overridden["outlet"] += 1
        return self.outlet or own
