"""`accordingto serve [LEDGER]`: the desk, a ledger in the browser."""

from __future__ import annotations

import getpass
import ipaddress
from typing import Annotated

import typer

from accordingto.errors import UserError
from accordingto.roles import Role

MOST = 4  # processes that a desk has unless it is told


def serve(
    ledger: Annotated[
        str | None,
        typer.Argument(
            metavar="[LEDGER]", help="SQLite file or database URL; else ACCORDINGTO_LEDGER, else ledger.db."
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; beyond this machine people sign in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8765,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name under which it is asked; several may be given."),
    ] = None,
    sign_in: Annotated[
        bool, typer.Option("--sign-in", help="Let people sign in on this machine too, as behind a proxy.")
    ] = False,
    https: Annotated[
        bool, typer.Option("--https", help="It stands behind TLS: cookies are sent over https only.")
    ] = False,
    tiles: Annotated[
        str | None,
        typer.Option(
            "--tiles", metavar="URL", help="Map tiles from elsewhere, as https://…/{z}/{x}/{y}.png."
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            min=0,
            max=64,
            help="Processes that answer; 0: one on this machine, one for each processor (at most 4) beyond it.",
        ),
    ] = 0,
) -> None:
    """Open the desk: the ledger in the browser, for reading, adding and judging.

    People sign in wherever others than who sits at this machine may ask: with another --host, a --name, or --https.
    """
    from accordingto.cli.listing import derive_pending
    from accordingto.crews import processors
    from accordingto.ledger.people import accounts
    from accordingto.ledger.rights import shown as named
    from accordingto.ledger.session import open_ledger
    from accordingto.settings import load
    from accordingto.web.desk import Options
    from accordingto.web.jobs import end_unfinished
    from accordingto.web.processes import listen, make_desk, run, server_of

    settings = load()
    here = is_this_machine(host)
    names = [as_asked(n.strip()) for n in name or () if n.strip()]
    with open_ledger(ledger or settings.ledger) as book:
        signs_in = sign_in or https or not all(is_this_machine(h) for h in (host, *names))
        if signs_in and book.read_only:
            raise UserError(
                "People sign in here, which is written to the ledger, and you may only read it; get the right to write "
                "to it, or open it for yourself alone, without --host, --name, --https and --sign-in."
            )
        if signs_in and not any(a.role is Role.ADMIN and a.active for a in accounts(book)):
            raise UserError(
                "People sign in here, and there is no admin yet; make one with "
                f"`accordingto accounts add NAME --role admin --ledger {named(ledger or settings.ledger)}`."
            )
        derive_pending(book, settings.data_dir)
        hosts = (*Options().hosts, as_asked(host), *names) if here else tuple(names)
        options = Options(signs_in=signs_in, hosts=hosts, https=https, me=user(), tile_url=tiles)
        if not book.read_only:
            end_unfinished(book)
        several = workers or (1 if here else min(processors(), MOST))
        with listen(host, port) as at:
            typer.echo(f"The desk is open at http://{shown(host)}:{port}/ (end it with Ctrl-C).")
            if several == 1:
                server_of(make_desk(book, options)).run(sockets=[at])
                return
            book.close()
            run(ledger or str(settings.ledger), options, at, several)


def user() -> str:
    """Who is at this machine; "me" where the system has no name for them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "me"


def is_this_machine(host: str) -> bool:
    """True for an address, or a name, that only this machine reaches."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith(".localhost")


def as_asked(name: str) -> str:
    """A host's name or address as a browser asks for it: in small letters, without a port."""
    from accordingto.web.guards import without_port

    try:
        return shown(str(ipaddress.ip_address(name)))
    except ValueError:
        return without_port(name)


def shown(host: str) -> str:
    """A host as an address has it."""
    return f"[{host}]" if ":" in host else host
