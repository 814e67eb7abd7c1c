"""`accordingto gazetteer`: the file of place names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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

    target = output or load().gazetteer or Path("gazetteer.sqlite")
    source = {"source": f"GeoNames (CC BY 4.0): {file.name}, added to the package's file"}
    count = write(target, entries(file), source, onto=package_file())
    print(f"{count:,} places in {target}; to use it: export ACCORDINGTO_GAZETTEER={target}")
