"""accordingto reads news reports and keeps a ledger of who says what happened.

import accordingto
record = accordingto.read(text, published=date(2031, 3, 7))
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

# Imported at first use: the command line begins, and can be stopped, before the reader is there.
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from accordingto.reading.places import PlaceFinder
    from accordingto.reading.reader import Reader
    from accordingto.record import Place, Record

__version__ = "0.1.0"
__all__ = ["Reader", "Record", "read", "resolve_places"]


def __getattr__(name: str) -> Any:
    """The public types, imported when they are asked for."""
    if name == "Reader":
        from accordingto.reading.reader import Reader

        return Reader
    if name == "Record":
        from accordingto.record import Record

        return Record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _reader() -> Reader:
    from accordingto.reading.reader import Reader, Reading
    from accordingto.settings import load

    settings = load()
    return Reader(
        options=Reading(threads=settings.threads, backend=settings.backend),
        tables_dir=settings.data_dir,
        gazetteer=settings.gazetteer,
    )


def read(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> Record:
    """Read one report and return its record; `text` stays unchanged, offsets are into it.

    The model is loaded at the first call and kept, with the tables, the gazetteer and the other settings that the
    environment names then (docs/commands.md). For many reports use `Reader().stream`, which takes what it is given.

    Raises:
        FatalError: where the model can't be loaded.
        ReportError: where the text holds half a character (a lone surrogate).
        UserError: where a setting or a table of the user's is malformed.
    """
    return _reader().read(text, title=title, published=published, url=url, outlet=outlet)


@cache
def _finder() -> PlaceFinder:
    from accordingto.reading.places import PlaceFinder
    from accordingto.settings import load

    settings = load()
    return PlaceFinder(settings.gazetteer, tables_dir=settings.data_dir)


def resolve_places(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Place, ...]:
    """The places that stand at `spans` of a text, in the order of `spans`, one for each.

    Spans are character offsets, end exclusive; those of one report are best given together, since they tell
    each other's context. Needs no model. For the places of a report use `read`, which finds them itself. The user's
    tables and gazetteer are those that the environment names at the first call.

    Raises:
        UserError: where a span lies outside the text or is empty, or a setting or a table of the user's is malformed.
        FatalError: where the gazetteer can't be read.
    """
    from accordingto.errors import UserError
    from accordingto.reading.places import place
    from accordingto.spans import Range

    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise UserError(
                f"The span {start}–{end} is empty or lies outside the text of {len(text)} characters."
            )
    found = _finder().resolve(text, [Range(*s) for s in spans])
    return tuple(place(text, p, f"P{n}") for n, p in enumerate(found, 1))
