"""`accordingto accounts …`: who may sign in to the desk."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from accordingto.cli.options import LedgerOption
from accordingto.cli.terminal import plain
from accordingto.errors import UserError
from accordingto.roles import Role

app = typer.Typer(
    help="Accounts of people who sign in to the desk: readers, reviewers, admins.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
RoleName = Annotated[str | None, typer.Option("--role", help="reader, reviewer or admin.")]
Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def password(stdin: bool) -> str:
    """A password, asked twice, or one line of standard input."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""
    asked: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked


@app.command("add")
def add(name: Name, role: RoleName = "reader", stdin: Stdin = False, ledger: LedgerOption = None) -> None:
    """Make an account; its password is asked for."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.people import add_account

    with open_book(ledger) as book:
        add_account(book, name, role=to_role(role or "reader"), password=password(stdin))
    print(f"{name} may sign in as {role}.")


@app.command("list")
def list_all(ledger: LedgerOption = None) -> None:
    """List accounts."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.people import accounts

    with open_book(ledger) as book:
        for a in accounts(book):
            state = "open" if a.active else "closed"
            print(plain(f"{a.name}\t{a.role}\t{state}\tsince {a.made_at[:10]}"))


@app.command("set")
def change(
    name: Name,
    role: RoleName = None,
    new_password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    stdin: Stdin = False,
    close: Annotated[
        bool, typer.Option("--close", help="Close the account; it can't sign in any more.")
    ] = False,
    reopen: Annotated[bool, typer.Option("--open", help="Open it again.")] = False,
    ledger: LedgerOption = None,
) -> None:
    """Change an account: its role, its password, whether it is open."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.people import change_account

    if close and reopen:
        raise UserError("An account is either closed or open; give --close or --open, not both.")
    if not (role or new_password or stdin or close or reopen):
        raise UserError(
            f"Nothing of {name} would change; give --role, --password, --password-stdin, --close or --open."
        )
    with open_book(ledger) as book:
        change_account(
            book,
            name,
            role=to_role(role) if role else None,
            password=password(stdin) if new_password or stdin else None,
            active=False if close else True if reopen else None,
        )
    print(f"{name} is changed.")


def to_role(given: str) -> Role:
    """A role by its name.

    Raises:
        UserError: where there is none of that name.
    """
    if given not in list(Role):
        raise UserError(f"{given!r} is no role; the roles are {', '.join(Role)}.")
    return Role(given)
