"""All commands of `accordingto COMMAND`, and how a run of one ends.

Heavy parts (model, database, HTML) are imported inside the commands that use them, so that `--help` and
mistakes answer at once.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from accordingto import __version__
from accordingto.cli import (
    accounts,
    add,
    claims,
    export,
    gazetteer,
    incident,
    judge,
    lists,
    models,
    read,
    rebuild,
    schema,
    search,
    serve,
    stats,
    verify,
)
from accordingto.cli.terminal import plain
from accordingto.errors import AccordingToError, FatalError, ReportError

LOST = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a disk says that takes no more


class Stopped(BaseException):
    """Ctrl-C ended the run; typer has no words for it."""


class Program(TyperGroup):
    """All commands; a program that is stopped, or whose reader has enough, ends without typer's own words for it."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        """Run the command that was asked for."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            raise Stopped from None
        except BrokenPipeError as error:
            drop_output()
            ended = (
                error.__context__
            )  # the code with which the command had ended before its last words went nowhere
            raise typer.Exit(ended.exit_code if isinstance(ended, typer.Exit) else 0) from None


app = typer.Typer(
    name="accordingto",
    cls=Program,
    help="Read news reports and keep a ledger of who says what happened.",
    epilog="Exit codes: 0 done; 1 some reports failed; 2 the command was wrong; 3 ledger or model can't be used.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("read")(read.read)
app.command("add")(add.add)
app.command("claims")(claims.claims)
lists.add_lists(app)
app.command("incident")(incident.incident)
app.command("search")(search.search)
app.add_typer(judge.app, name="judge")
app.command("export")(export.export)
app.command("rebuild")(rebuild.rebuild)
app.command("serve")(serve.serve)
app.add_typer(accounts.app, name="accounts")
app.command("verify")(verify.verify)
app.command("stats")(stats.stats)
app.command("models")(models.models)
app.command("schema")(schema.schema)
app.add_typer(gazetteer.app, name="gazetteer")


def show_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        print(f"accordingto {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read news reports and keep a ledger of who says what happened."""


def run() -> None:
    """Run the command; never ends in a traceback for what the user can mend.

    Raises:
        KeyboardInterrupt: where the run is stopped.
        SystemExit: with the exit code, always.
    """
    # None: closed by whoever started it
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or sys.stdout
    if isinstance(sys.stdout, io.TextIOWrapper):
        codecs.register_error("accordingto", as_codes)
        sys.stdout.reconfigure(errors="accordingto")
    try:
        app(prog_name="accordingto")
    except Stopped:
        raise KeyboardInterrupt from None
    except AccordingToError as error:
        print(plain(f"accordingto: {error}"), file=sys.stderr)
        raise SystemExit(exit_code(error)) from None
    except OSError as error:
        if error.errno not in LOST:
            raise
        drop_output()
        print(
            f"accordingto: The output can't be written ({error.strerror}); send it where there is room.",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    except database_errors() as error:
        why = getattr(error, "orig", error)
        print(
            f"accordingto: The ledger can't be used ({why}); what was entered so far stays. "
            "See that no other program holds it and that its disk has room, then try again.",
            file=sys.stderr,
        )
        raise SystemExit(3) from None


def as_codes(error: UnicodeError) -> tuple[str, int]:
    """Letters that the terminal's encoding lacks as JSON writes them, so that JSON stays whole."""
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def drop_output() -> None:
    """Let what Python would still write at its end go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def database_errors() -> tuple[type[Exception], ...]:
    """The errors of databases; none where no command has imported a database."""
    loaded = sys.modules.get("sqlalchemy.exc")
    return (loaded.DatabaseError,) if loaded else ()


def exit_code(error: AccordingToError) -> int:
    """1 for a report that failed, 3 where the run can't go on, 2 for what the user can mend."""
    return 1 if isinstance(error, ReportError) else 3 if isinstance(error, FatalError) else 2
