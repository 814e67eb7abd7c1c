"""A table for the terminal that is laid out when it is printed: no word is broken while there is room for it.

Columns share what their longest words leave over; where even these don't fit, spare columns are left out, the last
one first. Where what is left can't be read as a table, each row is a few lines, one a column: `name: value`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

LONGEST = 16  # cells of a word up to which a column is made as wide as the word
ROOM = 20  # cells that a column with the greatest share has, where there is room
GAP = 3  # cells between two columns
NARROWEST = 12  # cells of the column with the greatest share under which a table is hard to read


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the width, 0 where it is as wide as its words; `spare`: left out where all don't fit."""

    name: str
    share: int = 0
    spare: bool = False


class Grid:
    """A table of texts."""

    def __init__(self, *columns: Column) -> None:
        self.columns = columns
        self.rows: list[tuple[Text, ...] | None] = []

    def add_row(self, *cells: Text) -> None:
        """A row, a cell for each column."""
        self.rows.append(cells)

    def add_section(self) -> None:
        """A line below the rows so far."""
        self.rows.append(None)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table as wide as the console, or its rows as lines where it is too narrow for one."""
        kept = self.kept(options.max_width)
        if self.readable(kept, options.max_width):
            yield self.laid_out(kept, options.max_width)
        else:
            yield from self.stacked(kept)

    def kept(self, width: int) -> list[int]:
        """The columns that have room in so many cells, or all that are not spare."""
        kept = list(range(len(self.columns)))
        spare = [n for n in kept if self.columns[n].spare]
        while spare and not self.fits(kept, width):
            kept.remove(spare.pop())
        return kept

    def readable(self, kept: Sequence[int], width: int) -> bool:
        """True where no column of a table breaks a word for lack of room, and the one with the greatest share has some."""
        least = sum(self.least(n, roomy=False) for n in kept) + GAP * (len(kept) - 1)
        wide = self.widths(kept, width)
        main = max(kept, key=lambda n: self.columns[n].share)
        return least <= width and wide[main] >= min(NARROWEST, max(map(cell_len, self.texts(main))))

    def stacked(self, kept: Sequence[int]) -> Iterator[Text]:
        """These columns of a row below one another, an empty line between rows, or between sections where there are any."""
        sections = None in self.rows
        for row in self.rows:
            for name, cell in ((self.columns[n].name, row[n]) for n in kept) if row else ():
                if cell.plain.strip():
                    yield Text.assemble((f"{name}: ", "bold"), cell, overflow="fold")
            if not (row and sections):
                yield Text()

    def laid_out(self, kept: Sequence[int], width: int) -> Table:
        """The table of these columns in so many cells."""
        widths = self.widths(kept, width)
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=True)
        for n in kept:
            column = self.columns[n]
            table.add_column(column.name, width=widths[n], no_wrap=not column.share, overflow="fold")
        for row in self.rows:
            if row is None:
                table.add_section()
            else:
                table.add_row(*(row[n] for n in kept))
        return table

    def fits(self, kept: Sequence[int], width: int) -> bool:
        """True where these columns have room."""
        return sum(self.least(n, roomy=True) for n in kept) + GAP * (len(kept) - 1) <= width

    def widths(self, kept: Sequence[int], width: int) -> dict[int, int]:
        """How wide each column is: its least, and its share of what is left where that is more."""
        roomy = self.fits(kept, width)
        least = {n: self.least(n, roomy=roomy) for n in kept}
        room = width - GAP * (len(kept) - 1)
        open_ = [n for n in kept if self.columns[n].share]
        left = room - sum(least[n] for n in kept if not self.columns[n].share)
        while open_:
            shares = sum(self.columns[n].share for n in open_)
            tight = [n for n in open_ if left * self.columns[n].share // shares < least[n]]
            if not tight or len(tight) == len(open_):
                break
            left -= sum(least[n] for n in tight)
            open_ = [n for n in open_ if n not in tight]
        shares = sum(self.columns[n].share for n in open_)
        wide = {n: max(1, left * self.columns[n].share // shares) for n in open_}
        if open_:
            wide[open_[0]] += max(0, left - sum(wide.values()))
        return least | wide

    def least(self, n: int, *, roomy: bool) -> int:
        """The least width of a column: its longest text, or its longest word where it shares the width.

        `roomy`: the column with the greatest share has room for more than a word.
        """
        column = self.columns[n]
        texts = self.texts(n)
        if not column.share:
            return max(map(cell_len, texts))
        word = max((cell_len(w) for t in texts for w in t.split()), default=1)
        whole = max(map(cell_len, texts))
        most = roomy and column.share == max(c.share for c in self.columns)
        return max(min(word, LONGEST), min(whole, ROOM) if most else 1)

    def texts(self, n: int) -> list[str]:
        """The name of a column and all lines in it."""
        return [
            self.columns[n].name,
            *(line for row in self.rows if row for line in row[n].plain.splitlines()),
        ]
