"""Plugin points, found through package entry points; the built-ins are registered the same way.

Groups: `accordingto.intakes` (bytes of a format to reports), `accordingto.exporters` (incidents with their
caveats, `ledger.exports.Exported`, to pieces of text).
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

from accordingto.errors import FatalError, UserError

INTAKES = "accordingto.intakes"
EXPORTERS = "accordingto.exporters"


def names(group: str) -> tuple[str, ...]:
    """The names registered in a group, sorted."""
    return tuple(sorted({e.name for e in entry_points(group=group)}))


def load(group: str, name: str) -> Any:
    """The object registered under `name`; a plugin's own entry wins over a built-in of that name.

    Raises:
        UserError: where nothing has that name; lists what there is.
        FatalError: where it is there but can't be imported, or is nothing that can be called.
    """
    found = sorted(entry_points(group=group, name=name), key=lambda e: e.value.startswith("accordingto."))
    if not found:
        raise UserError(
            f"Nothing named {name!r} for {group}; there are: {', '.join(names(group)) or 'none'}."
        )
    try:
        made = found[0].load()
    except Exception as error:  # whatever its module does when it is imported
        raise FatalError(
            f"{name!r} for {group} can't be loaded ({type(error).__name__}: {error}); reinstall what provides it."
        ) from error
    if not callable(made):
        raise FatalError(
            f"{name!r} for {group} can't be used ({found[0].value} is no function); update what provides it."
        )
    return made
