"""`accordingto judge …`: what people decide, appended and never overwritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from accordingto.cli.options import AsJson, LedgerOption
from accordingto.cli.terminal import plain
from accordingto.ledger.history import Target

app = typer.Typer(
    help="Judge incidents: same, not same, a wrong value, the right one, a place, a review. Nothing is overwritten.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Who = Annotated[str, typer.Option("--who", help="Who judges.")]
Why = Annotated[str, typer.Option("--why", help="On what grounds.")]
Subject = Annotated[str, typer.Argument(metavar="WHAT", help="An incident (I…) or an event (REPORT:V1).")]
Subjects = Annotated[list[str], typer.Argument(metavar="WHAT…", help="Incidents (I…) or events (REPORT:V1).")]


def enter(ledger: str | None, kind: str, what: list[str], who: str, why: str, **more: Any) -> None:
    """Append one judgement, derive what it touches, print its id."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.deriving import bring_up_to_date
    from accordingto.ledger.judgements import Judgement, Kind, judge, now
    from accordingto.ledger.subjects import anchor, anchors
    from accordingto.settings import load as load_settings

    with open_book(ledger) as book:
        if kind == Kind.SAME:  # all of each incident, so that they stay together
            about = tuple(dict.fromkeys(a for w in what for a in anchors(book, w)))
        else:
            about = tuple(anchor(book, w) for w in what)
        tables_dir = load_settings().data_dir
        key = judge(book, Judgement(Kind(kind), about, who, why, now(), **more), tables_dir=tables_dir)
        bring_up_to_date(book, tables_dir=tables_dir)
    print(key)


@app.command("same")
def same(what: Subjects, who: Who, why: Why, ledger: LedgerOption = None) -> None:
    """These are one incident."""
    enter(ledger, "same", what, who, why)


@app.command("not-same")
def not_same(what: Subjects, who: Who, why: Why, ledger: LedgerOption = None) -> None:
    """The first is another incident than the rest."""
    enter(ledger, "not-same", what, who, why)


@app.command("wrong")
def wrong(
    what: Subject,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="killed, actor, where, …")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value as listed.")],
    who: Who,
    why: Why,
    ledger: LedgerOption = None,
) -> None:
    """This value of this field is wrong, whoever says it."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.judgements import value_meant
    from accordingto.ledger.subjects import anchor

    with open_book(ledger) as book:
        at = anchor(book, what)
        with book.begin() as connection:
            held = value_meant(connection, at, field, value)
    enter(ledger, "wrong", [what], who, why, field=field, value=held)


@app.command("value")
def value(
    what: Subject,
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="type, when, actor, target, killed, wounded.")
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help="The right value: 49, 2031-03-07, 2031-03-05/2031-03-07, a name."
        ),
    ],
    who: Who,
    why: Why,
    ledger: LedgerOption = None,
) -> None:
    """This is the right value of this field; what sources say stays beside it. A place is set by `judge place`."""
    from accordingto.ledger.judgements import value_set
    from accordingto.settings import load as load_settings

    held = value_set(field, value, load_settings().data_dir)
    enter(ledger, "value", [what], who, why, field=field, value=held)


@app.command("place")
def place(
    what: Subject,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The place's name.")],
    who: Who,
    why: Why,
    lat: Annotated[float | None, typer.Option("--lat", min=-90, max=90, help="Latitude.")] = None,
    lon: Annotated[float | None, typer.Option("--lon", min=-180, max=180, help="Longitude.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="ISO 3166-1 alpha-3 code.")] = None,
    geonameid: Annotated[int | None, typer.Option("--geonameid", min=1, help="GeoNames id.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """It happened here."""
    from accordingto.ledger.accounts import Location
    from accordingto.record import Precision

    exact = Precision.EXACT if lat is not None and lon is not None else None
    spot = Location(name, country.upper() if country else None, lat, lon, geonameid, exact)
    enter(ledger, "place", [what], who, why, place=spot)


@app.command("review")
def review(
    what: Subject,
    state: Annotated[
        str, typer.Argument(metavar="STATE", help="machine, assigned, reviewed, second-reviewed, final.")
    ],
    who: Who,
    why: Why,
    ledger: LedgerOption = None,
) -> None:
    """It has come to this state of review."""
    enter(ledger, "review", [what], who, why, review=state)


@app.command("reject")
def reject(what: Subject, who: Who, why: Why, ledger: LedgerOption = None) -> None:
    """This is no incident; lists leave it out unless asked for `--state rejected`."""
    enter(ledger, "reject", [what], who, why)


@app.command("withdraw")
def withdraw(
    judgement: Annotated[str, typer.Argument(metavar="ID", help="The judgement's id (J…).")],
    who: Who,
    why: Why,
    ledger: LedgerOption = None,
) -> None:
    """Take a judgement back; the ledger is then as if it had not been made, and both stay in the history."""
    enter(ledger, "withdraw", [], who, why, withdraws=judgement)


@app.command("list")
def list_(ledger: LedgerOption = None, as_json: AsJson = False) -> None:
    """List all judgements and withdrawals, oldest first."""
    from accordingto.cli.listing import open_book
    from accordingto.ledger.history import everything

    with open_book(ledger) as book:
        rows = everything(book)
    for r in rows:
        if as_json:
            print(json.dumps(r.to_dict(), ensure_ascii=False))
        else:
            gone = " (withdrawn)" if r.withdrawn else ""
            what = f" {r.what}" if r.what else ""
            print(plain(f"{r.id}  {r.made_at[:16]}  {r.who}: {r.kind}{what}{gone} – {r.why}"))
            for line in aimed_at(r.targets):
                print(plain(f"    {line}"))


def aimed_at(targets: Sequence[Target]) -> list[str]:
    """What a judgement is about, a line for each incident: `Strike, Marda, 3 March 2031 (I1…): a.txt:V1, b.txt:V2`."""
    lines: dict[str, list[str]] = {}
    for t in targets:
        whole = f"{t.title} ({t.incident})" if t.incident else "no longer read"
        lines.setdefault(whole, []).append(t.event)
    return [f"{whole}: {', '.join(events)}" for whole, events in lines.items()]
