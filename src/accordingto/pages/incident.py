"""One incident for the terminal: its rival accounts side by side, a column for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from accordingto.ledger.contest import FieldState, FieldValue
from accordingto.ledger.corrections import TYPE, in_words
from accordingto.ledger.history import Past, Why
from accordingto.ledger.incidents import Incident
from accordingto.ledger.provenance import Credit
from accordingto.ledger.wording import words_of
from accordingto.pages.tables import STANCES, add_row, bounds, short_names, spelled, state_text

WIDEST = 4  # columns that stand side by side; more values are listed below one another
NUMBERS = ("killed", "wounded")


def page(incident: Incident, judged: Sequence[Past], why: Sequence[Why]) -> RenderableType:
    """Head, fields side by side, why the accounts are one, what people judged."""
    i = incident
    where = (
        f"{i.place.name}, {i.place.country or '?'} ({i.place.precision or 'no coordinates'})"
        if i.place
        else "–"
    )
    head = Text(i.title, style="bold")
    facts = [
        f"{i.id} · {i.type} · {where}",
        f"{told_in(i)} · {i.grading.value}: {'; '.join(i.grading.reasons)}",
        f"review: {i.review}",
    ]
    out: list[RenderableType] = [Rule(style="dim"), head, state_text(i.state)]
    out += [Text(f, style="dim") for f in facts]
    if fixed := in_words(i.corrected, TYPE):
        out.append(Text(f"type: {fixed}"))
    out += [Text(credit(c), style="dim") for c in i.provenance]
    called = short_names(i.reports)
    for name, field in i.fields.items():
        fixed = in_words(i.corrected, name)
        if field.values or fixed:
            out += [Text(), title(name, field)]
        if fixed:
            out.append(Text(f"  {fixed}"))
        if field.values:
            out.append(side_by_side(field, called))
    empty = [name.replace("_", " ") for name, field in i.fields.items() if not field.values]
    if empty:
        out += [Text(), Text(f"Nothing is said of: {', '.join(empty)}.", style="dim")]
    if why:
        out += [Text(), Text("Why these accounts are one", style="bold")]
        out += [Text(f"  {w.one} and {w.other}: {w.reason} ({w.score:.2f})") for w in why]
    if judged:
        out += [Text(), Text("Judged by people", style="bold")]
        out += [judgement(p) for p in judged]
    return Group(*out)


def told_in(i: Incident) -> str:
    """`1 report`; `3 reports, 2 of their own` where some are near-copies, as the desk says it."""
    many = len(i.reports)
    told = "1 report" if many == 1 else f"{many:,} reports"
    return told if i.origins == many else f"{told}, {i.origins} of {'its' if many == 1 else 'their'} own"


def credit(c: Credit) -> str:
    """Who told it before, in one line."""
    how = "first told by" if c.how == "first" else "told earlier by"
    return f"{how} {c.to}{f' [{c.of}]' if c.of else ''}, says {c.outlet or 'a report'} [{c.report}]: “{c.span.text.strip()}”"


def title(name: str, field: FieldState) -> Text:
    """A field's name, state and bounds."""
    text = Text(name.replace("_", " "), style="bold")
    text.append("  ")
    text.append_text(state_text(field.state))
    if name in NUMBERS and field.best is not None:
        open_ended = (field.low is None) != (field.high is None)  # else the bounds hold the best
        text.append(f"  {bounds(field)}" + (f", best {field.best:,}" if open_ended else ""))
    return text


def side_by_side(field: FieldState, called: Mapping[str, str]) -> Table:
    """A column for each value with those who hold it; what is denied or left open comes last. `called`: the reports' names."""
    columns: dict[str, list[FieldValue]] = {}
    spellings: dict[str, str] = {}
    for v in sorted(field.values, key=lambda v: v.stance != "asserts"):
        columns.setdefault(spelled(heading(v), spellings), []).append(v)
    if len(columns) > WIDEST:
        table = Table(box=box.SIMPLE, show_header=False, show_edge=False, pad_edge=False)
        for head, values in columns.items():
            add_row(
                table, Text(head, style="bold"), "\n".join(dict.fromkeys(holder(v, called) for v in values))
            )
        return table
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, expand=True)
    for head in columns:
        table.add_column(Text(head), ratio=1, overflow="fold")
    add_row(
        table, *("\n".join(dict.fromkeys(holder(v, called) for v in values)) for values in columns.values())
    )
    return table


def heading(value: FieldValue) -> str:
    """A value in words, or how it is left open."""
    if value.stance in ("declines", "silent", "uncertain"):
        return STANCES[value.stance]
    words = words_of(value)
    return words if value.stance == "asserts" else f"denied: {words}" if value.value is not None else "denied"


def holder(value: FieldValue, called: Mapping[str, str]) -> str:
    """Who holds a value, in which report, in which words."""
    who = value.by or ("the report" if value.kind == "reporter" else "no one named")
    anonymous = " (anonymous)" if value.kind == "anonymous" else " (own words)" if value.claim is None else ""
    words = f" “{value.span.text}”" if value.span else ""
    report = called.get(value.report, value.report)
    return f"{who}{anonymous}{words} [{report}{f' {value.claim}' if value.claim else ''}]"


def judgement(past: Past) -> Text:
    """One judgement in one line; a withdrawn one is struck through."""
    what = f" {past.what}" if past.what else ""
    words = f"  {past.made_at[:10]} {past.who}: {past.kind}{what} – {past.why} ({past.id})"
    return Text(words, style="dim strike" if past.withdrawn else "")
