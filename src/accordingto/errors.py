"""The three families of errors.

`UserError`: the user can mend it. `ReportError`: one report failed, the run goes on and the reason is
kept. `FatalError`: the run must stop. A message says what happened, why, and what to do next.
"""

from __future__ import annotations


class AccordingToError(Exception):
    """Anything that this package raises on purpose."""


class UserError(AccordingToError):
    """The command, a setting or an argument is wrong; the user can mend it. Exit code 2."""


class ReportError(AccordingToError):
    """One report can't be read; it is recorded with its reason and the run goes on. Exit code 1.

    Attributes:
        name: the report's name (path, given id, or `-` for standard input).
        reason: one sentence for people: what happened and what to do.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class FatalError(AccordingToError):
    """The run can't go on: the ledger can't be opened, the model is missing. Exit code 3."""
