"""A record as a page for the terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from accordingto.pages.view import Card, asides, cards, heading
from accordingto.record import Act, Record

COLOURS = {
    Act.DENY: "bold red",
    Act.REFUSE: "bold red",
    Act.DECLINE: "bold yellow",
    Act.SILENT: "bold yellow",
    Act.UNCERTAIN: "bold yellow",
    Act.ACCUSE: "magenta",
    Act.WARN: "magenta",
    Act.CONFIRM: "green",
    Act.PROMISE: "cyan",
    Act.REQUEST: "cyan",
}


def page(record: Record) -> RenderableType:
    """The report's head, then each claim: who, act, what; then what was set aside."""
    d = record.document
    facts = [d.outlet, d.published.isoformat() if d.published else "no date: relative dates stay open"]
    shown = cards(record)
    rows: list[RenderableType] = [
        Rule(style="dim"),
        Text(heading(record), style="bold"),
        Text(" · ".join([*(f for f in facts if f), f"{len(shown)} claims"]), style="dim"),
        Text(),
    ]
    if d.language != "en":
        rows.append(
            Text("This does not read like English; the reader knows English only.", style="bold yellow")
        )
    for c in shown:
        left = 2 + 3 * min(c.depth, 4)
        rows.append(Padding(claim(c), (0, 0, 0, left)))
        rows.append(Padding(Text(c.words), (0, 0, 1, left + 4)))
    if not shown:
        rows.append(Text("  No one is quoted or cited in this report.", style="dim"))
    for aside in asides(record):
        rows.append(
            Text(f"  set aside ({aside.label}): {aside.text}", style="dim", overflow="ellipsis", no_wrap=True)
        )
    return Group(*rows)


def claim(card: Card) -> Text:
    """Who and what act; the words follow on a line of their own."""
    text = Text()
    text.append(f"{card.id:<4}", style="dim")
    text.append(card.who, style="bold italic" if card.anonymous else "bold")
    if card.anonymous:
        text.append(" (anonymous", style="yellow")
        text.append(f": {card.reason})" if card.reason else ")", style="yellow")
    elif card.about_who:
        text.append(f", {card.about_who}", style="dim")
    text.append("\n    ")
    text.append(f"{card.act_sign} {card.act_word}", style=COLOURS.get(card.claim.act, "blue"))
    if card.said:
        text.append(f"  ({card.said})", style="dim")
    return text


def show(console: Console, record: Record) -> None:
    """Print a record's page."""
    console.print(page(record))
