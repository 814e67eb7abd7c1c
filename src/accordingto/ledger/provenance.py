"""Where news was told before: “first reported by …”, “as the newspaper X earlier reported”.

A credit names another outlet; in an incident it is joined to that outlet's own report, if the ledger has it, so that a chain
shows: this report, from that one, from that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from accordingto.ledger.names import name_key, same_name
from accordingto.record import PartKind, Record, Struct
from accordingto.spans import Span
from accordingto.vocabularies import table

LEAD = r"(?:(?:[Aa]s|[Tt]he|a|local|state|daily|weekly|news|newspaper|paper|agency|broadcaster|channel|website|site|station|radio|magazine) ){0,4}"
NAME = rf"{LEAD}(?P<who>[A-Z][\w’'.-]*(?: (?:(?:of|de|du|des|la|le|el|al|and|the|for) )?[A-Z0-9][\w’'-]*){{0,4}})"


class CreditRow(msgspec.Struct, frozen=True):
    """A pattern in which NAME is whoever told it, and how; `needs`: words of which one must stand in the text."""

    pattern: str
    how: str
    needs: str = ""


class Credit(Struct, frozen=True):
    """One report's word that another outlet told it before. `of`: that outlet's report in the incident, if there is one."""

    report: str
    outlet: str | None
    to: str
    how: str
    span: Span
    of: str | None = None


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]:
    """The table's patterns, how and what they need; only the name is told by its capitals."""
    rows = table("provenance_words", CreditRow)
    return tuple(
        (re.compile(r.pattern.replace("NAME", NAME)), r.how, tuple(filter(None, r.needs.split("|"))))
        for r in rows
    )


def credits(record: Record, report: str) -> dict[str, tuple[Credit, ...]]:
    """By event id: who told of it before, says this record. A credit goes to the last event that begins before it in its
    paragraph, else to the report's first event.
    """
    d = record.document
    found: dict[str, list[Credit]] = {}
    events = sorted(record.events, key=lambda v: v.trigger.start)
    bodies = [p for p in d.parts if p.kind is PartKind.BODY]
    for pattern, how, needs in patterns():
        if needs and not any(w in d.text for w in needs):
            continue
        for m in pattern.finditer(d.text):
            if not events or (d.outlet and same_name(m["who"], d.outlet)):
                continue
            line = next((p for p in bodies if p.start <= m.start() < p.end), None)
            near = [v for v in events if line and line.start <= v.trigger.start < m.end()]
            event = near[-1] if near else events[0]
            at = Span(m.start(), m.end(), m[0])
            found.setdefault(event.id, []).append(Credit(report, d.outlet, m["who"], how, at))
    return {v: tuple(dict.fromkeys(c)) for v, c in found.items()}


def chain(credits: Iterable[Credit], told: Sequence[tuple[str, str | None]]) -> tuple[Credit, ...]:
    """Credits with the reports that they mean. `told`: report and outlet of each account, in canonical order."""
    out = []
    for c in credits:
        of = next(
            (r for r, outlet in told if outlet and r != c.report and name_key(outlet) == name_key(c.to)), None
        )
        out.append(msgspec.structs.replace(c, of=of))
    return tuple(dict.fromkeys(out))
