"""Tables of incidents, contested fields, tolls, commitments and sources, for the terminal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from accordingto.ledger.commitments import Commitment, days_of
from accordingto.ledger.contest import FieldState, FieldValue
from accordingto.ledger.incidents import Incident, count_of
from accordingto.ledger.lists import ContestedField
from accordingto.ledger.names import name_key
from accordingto.ledger.tolls import Toll, TollEntry
from accordingto.ledger.voices import Voice
from accordingto.ledger.wording import bounds_words, span_words, words_of
from accordingto.pages.grid import Column, Grid

IS_FILE = re.compile(r"\.\w{1,8}$")  # of a report's name
STATES = {
    "agreed": ("✓ agreed", "green"),
    "single-source": ("· single source", ""),
    "contested": ("✗ contested", "bold red"),
    "denied": ("✗ denied", "bold red"),
    "unknown": ("? unknown", "yellow"),
}
STANCES = {
    "asserts": "says",
    "denies": "denies it",
    "declines": "won’t say",
    "silent": "leaves unsaid",
    "uncertain": "can’t tell",
}


def new_table(*columns: tuple[str, int], spare: tuple[str, ...] = ()) -> Grid:
    """A table whose columns share the width in proportion; 0 keeps a column to its words; `spare` ones may be left out."""
    return Grid(*(Column(name, share, name in spare) for name, share in columns))


def add_row(table: Table | Grid, *cells: str | Text) -> None:
    """A row of words that are data: “[sic]” is no markup."""
    table.add_row(*(Text(c) if isinstance(c, str) else c for c in cells))


def short_names(reports: Iterable[str]) -> dict[str, str]:
    """What each report is called in a table: a file by the end of its path that no other of them has."""
    parts = {r: re.split(r"[/\\]+", r) if IS_FILE.search(r) else [r] for r in reports}
    ends = Counter("/".join(p[-n:]) for p in parts.values() for n in range(1, len(p) + 1))
    return {
        r: next((e for n in range(1, len(p)) if ends[e := "/".join(p[-n:])] == 1), r)
        for r, p in parts.items()
    }


def state_text(state: str) -> Text:
    """A state with its sign and colour."""
    words, style = STATES.get(state, (state, ""))
    return Text(words, style=style)


def bounds(field: FieldState) -> str:
    """`4`, `4–9 (best 6)`, `41 or more`, as the desk says it; a dash where nothing is known."""
    return bounds_words(field.low, field.best, field.high) or "–"


def incident_table(rows: Sequence[Incident]) -> Grid:
    """Incidents: when and where, what, killed, how it stands."""
    table = new_table(
        ("id", 0),
        ("incident", 8),
        ("killed", 0),
        ("state", 0),
        ("reports", 0),
        ("grading", 3),
        spare=("reports", "grading"),
    )
    for i in rows:
        told = f"{len(i.reports)} ({i.origins} own)" if i.origins != len(i.reports) else str(len(i.reports))
        grading = i.grading.value + (f", {i.review}" if i.review != "machine" else "")
        if who := dict.fromkeys(c.who for c in i.corrected):
            grading += f", corrected by {', '.join(who)}"
        add_row(table, i.id[:9], i.title, bounds(count_of(i, "killed")), state_text(i.state), told, grading)
    return table


def said(value: FieldValue) -> str:
    """`“6”, says the mayor` in short: who and how."""
    who = value.by or ("the report" if value.kind == "reporter" else "no one named")
    return f"{who} ({STANCES[value.stance]})" if value.stance != "asserts" else who


def contested_table(rows: Sequence[ContestedField]) -> Grid:
    """Contested fields: each value with those who hold it."""
    table = new_table(("incident", 4), ("field", 0), ("state", 0), ("value", 2), ("who", 4))
    for row in rows:
        first, name = True, row.field.replace("_", " ")
        for value, holders in grouped(row.contest):
            head = (
                (f"{row.title} [{row.incident[:9]}]", name, state_text(row.state))
                if first
                else ("", "", Text())
            )
            add_row(table, *head, value, "; ".join(holders))
            first = False
        if row.corrected:
            add_row(table, "", "", Text(), row.corrected, "")
        table.add_section()
    return table


def grouped(field: FieldState) -> list[tuple[str, list[str]]]:
    """Values of a field in words, each with those who hold, deny or leave it open."""
    groups: dict[str, dict[str, None]] = {}
    spellings: dict[str, str] = {}
    for v in field.values:
        groups.setdefault(spelled(words_of(v), spellings), {})[said(v)] = None
    return [(value, list(holders)) for value, holders in groups.items()]


def spelled(words: str, spellings: dict[str, str]) -> str:
    """The spelling in which a value came first: “Tear Gas” is the “tear gas” of another account; numbers are as they are."""
    key = words if any(c.isdigit() for c in words) else name_key(words)
    return spellings.setdefault(key or words, words)


def toll_table(rows: Sequence[Toll]) -> Grid:
    """Running tolls: whose count of whom, and its series."""
    table = new_table(
        ("authority", 3),
        ("counts", 3),
        ("as of", 0),
        ("count", 0),
        ("caveats", 4),
        ("report", 2),
        spare=("report",),
    )
    called = short_names(e.report for t in rows for e in t.series)
    for t in rows:
        whom = " ".join(x for x in (t.population, t.measure) if x)
        where = f"{whom}, {t.place.name}" if t.place else whom
        counts = f"{where}, since {t.since}" if t.since else where
        for n, e in enumerate(t.series):
            head = (t.authority or "the report", counts) if n == 0 else ("", "")
            add_row(table, *head, e.as_of or "–", number(e), " ".join(e.caveats), called[e.report])
        table.add_section()
    return table


def number(entry: TollEntry) -> str:
    """`more than 40,000`."""
    value = entry.best if entry.best is not None else entry.low if entry.low is not None else entry.high
    shown = f"{value:,}" if value is not None else "–"
    return f"{entry.comparator} {shown}" if entry.comparator else shown


def commitment_table(rows: Sequence[Commitment]) -> Grid:
    """Commitments: who, to whom, what, when, what came of it."""
    table = new_table(("who", 3), ("kind", 0), ("what", 7), ("when", 2), ("outcome", 0))
    for c in rows:
        who = " → ".join(x for x in (c.speaker or "no one named", c.addressee) if x)
        what = f"{c.what} ({c.condition})" if c.condition else c.what
        days = ", ".join(dict.fromkeys(spoken_on(o.date) for o in c.occasions))
        add_row(table, who, c.kind, what, days, c.outcome)
    return table


def spoken_on(date: str | None) -> str:
    """A day as it is, a week or a month in words: `3–9 March 2031`."""
    window = days_of(date)
    return span_words(*window) if window and window[0] != window[1] else date or "no date"


def source_table(rows: Sequence[Voice]) -> Grid:
    """Sources: who, what kind, how many claims by act, where, and why unnamed."""
    table = new_table(
        ("source", 4),
        ("kind", 0),
        ("claims", 4),
        ("reports", 0),
        ("outlets", 3),
        ("unnamed because", 3),
        spare=("kind", "reports", "outlets"),
    )
    for v in rows:
        who = Text(v.name or v.description or "no one named", style="" if v.named else "italic yellow")
        acts = ", ".join(f"{act} {n}" for act, n in v.claims.items())
        reasons = "; ".join(v.anonymity_reasons)
        add_row(table, who, v.kind, acts, str(len(v.reports)), ", ".join(v.outlets), reasons)
    return table
