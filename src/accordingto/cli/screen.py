"""The console that commands print tables and pages on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from accordingto.cli.terminal import plain


class Screen(Console):
    """A console on which all text is plain; its colours are the program's own."""

    def __init__(self, file: TextIO | None = None) -> None:
        super().__init__(file=file, highlight=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of what is printed, their text made plain."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else plain(text), style, control)

    def on_broken_pipe(self) -> None:
        """Leave it to the program, which ends quietly (rich itself would end with 1)."""
        raise BrokenPipeError
