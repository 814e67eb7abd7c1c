"""accordingto reads news reports and keeps a ledger of who says what happened.

import accordingto
record = accordingto.read(text, published=date(2031, 3, 7))
"""

from __future__ import annotations

from datetime import date
from functools import cache

from accordingto.reading.reader import Reader
from accordingto.record import Record

__version__ = "0.1.0"
__all__ = ["Reader", "Record", "read"]


@cache
def _reader() -> Reader:
    return Reader()


def read(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Record:
    """Read one report and return its record; `text` stays unchanged, offsets are into it.

    The model is loaded at the first call and kept. For many reports use `Reader().stream`.

    Raises:
        FatalError: where the model can't be loaded.
    """
    return _reader().read(text, title=title, published=published, url=url, outlet=outlet)
