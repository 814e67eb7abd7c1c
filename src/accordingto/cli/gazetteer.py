"""`accordingto gazetteer`: the file of place names."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from accordingto.cli.output import keep_apart
from accordingto.errors import UserError

app = typer.Typer(help="The file of place names.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def root() -> None:
    """The file of place names that the reader resolves places with."""


@app.command("import")
def import_dump(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A GeoNames dump: allCountries.zip, IQ.zip, IQ.txt.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write to this file; else ACCORDINGTO_GAZETTEER, else gazetteer.sqlite."
        ),
    ] = None,
) -> None:
    """Add the places of a GeoNames dump to the package's and write them to a file of your own."""
    from accordingto.geonames import entries
    from accordingto.placefile import write
    from accordingto.reading.gazetteer import package_file
    from accordingto.settings import load

    settings = load()
    target = output or settings.gazetteer or Path("gazetteer.sqlite")
    keep_apart(target, [file], "the dump that is read")
    keep_apart(target, [package_file()], "the package's own gazetteer")
    keep_apart(target, [settings.ledger] if "://" not in settings.ledger else [], "the ledger itself")
    expect_gazetteer(target)
    source = {"source": f"GeoNames (CC BY 4.0): {file.name}, added to the package's file"}
    try:
        count = write(target.resolve(), entries(file), source, onto=package_file())
    except (OSError, sqlite3.Error) as error:
        raise UserError(
            f"{target} can't be made from {file} ({error}); see that there is room and right."
        ) from None
    print(f"{count:,} places in {target}; to use it: export ACCORDINGTO_GAZETTEER={target}")


def expect_gazetteer(target: Path) -> None:
    """Let a file that is there already be replaced only where it is a gazetteer, or empty.

    Raises:
        UserError: where it is something else, which would be lost.
    """
    from accordingto.placefile import about

    if not target.exists() or "version" in about(target) or (target.is_file() and not target.stat().st_size):
        return
    raise UserError(
        f"{target} is there and no gazetteer, so it is left as it is; write the output to another file."
    )
