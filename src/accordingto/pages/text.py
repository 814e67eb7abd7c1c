"""A record as a page for the terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from accordingto.pages.happenings import Count, EventCard, count_list, event_cards
from accordingto.pages.view import Card, asides, cards, heading
from accordingto.record import Act, Factuality, Record

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


FACTUALITY_COLOURS = {
    Factuality.OCCURRED: "bold",
    Factuality.ONGOING: "bold",
    Factuality.DENIED: "bold red",
    Factuality.NEGATED: "bold red",
    Factuality.CLAIMED: "yellow",
}


def page(record: Record) -> RenderableType:
    """The report's head; each claim: who, act, what; each event and figure; then what was set aside."""
    d = record.document
    facts = [d.outlet, d.published.isoformat() if d.published else "no date: relative dates stay open"]
    shown = cards(record)
    rows: list[RenderableType] = [
        Rule(style="dim"),
        Text(heading(record), style="bold"),
        Text(
            " · ".join(
                [
                    *(f for f in facts if f),
                    f"{len(shown)} claims",
                    f"{len(record.events)} events",
                    f"{len(record.figures)} figures",
                ]
            ),
            style="dim",
        ),
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
    rows += happenings(record)
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


def happenings(record: Record) -> list[RenderableType]:
    """The events as cards, and the figures that belong to none."""
    rows: list[RenderableType] = []
    shown = event_cards(record)
    if shown:
        rows += [Text("What happened", style="bold underline"), Text()]
    for e in shown:
        rows.append(Padding(event(e), (0, 0, 1, 2)))
    loose = [c for f, c in count_list(record) if f.event is None]
    if loose:
        rows += [Text("Further figures", style="bold underline"), Text()]
        rows += [Padding(counted(c), (0, 0, 0, 2)) for c in loose]
        rows.append(Text())
    return rows


def event(card: EventCard) -> Text:
    """What, who, where, when; counts; whose word it is and who contests it."""
    text = Text()
    text.append(f"{card.id:<4}", style="dim")
    text.append(card.type, style="bold")
    text.append(f" “{card.trigger}”  ")
    text.append(f"{card.sign} {card.factuality}", style=FACTUALITY_COLOURS.get(card.event.factuality, "blue"))
    facts = "; ".join(f"{label} {words}" for label, words in card.facts)
    if facts:
        text.append(f"\n    {facts}")
    for c in card.counts:
        text.append("\n    ").append(counted(c))
    if card.carried:
        text.append(f"\n    according to {', '.join(card.carried)}", style="dim")
    if card.contested:
        text.append(f"\n    contested by {', '.join(card.contested)}", style="bold red")
    return text


def counted(count: Count) -> Text:
    """A figure in one line; one with a caveat looks different and shows it."""
    text = Text()
    text.append(
        f"{count.value} {count.measure}".strip(), style="bold yellow" if count.caveats else "bold cyan"
    )
    text.append(f"  “{count.words}”")
    text.append(f", {count.by}" if count.by else "", style="dim")
    text.append("  running toll" if count.running else "", style="magenta")
    for caveat in count.caveats:
        text.append(f"\n        but: {caveat}", style="yellow")
    return text


def show(console: Console, record: Record) -> None:
    """Print a record's page."""
    console.print(page(record))
