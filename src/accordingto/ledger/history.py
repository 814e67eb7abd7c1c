"""The history of one incident: what was judged of it, and why its accounts are one."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.judgements import Judgement, about, every, find, withdrawn
from accordingto.ledger.session import Ledger
from accordingto.record import Struct


class Past(Struct, frozen=True):
    """A judgement in an incident's history; `withdrawn`: it holds no longer."""

    id: str
    kind: str
    who: str
    why: str
    made_at: str
    withdrawn: bool
    what: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Why(Struct, frozen=True):
    """Why two accounts were joined."""

    one: str
    other: str
    score: float
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Standing(NamedTuple):
    """What was judged of an incident: its accounts by row id, the judgements with their numbers, the last number.

    The version is what a form carries: where it is another when the form comes back, somebody judged meanwhile.
    """

    accounts: dict[int, tuple[int, Account]]
    judged: list[tuple[int, Judgement]]
    version: int

    @property
    def withdrawn(self) -> frozenset[str]:
        """The judgements that hold no longer."""
        return frozenset(j.withdraws for _, j in self.judged if j.withdraws)


def standing(connection: Connection, incident: str) -> Standing:
    """An incident's accounts (row id → report number, account) and all that was judged of them, oldest first."""
    t = tables.accounts.c
    rows = connection.execute(select(t.id, t.report, t.body).where(t.incident == incident).order_by(t.id))
    accounts = {r.id: (r.report, msgspec.msgpack.decode(r.body, type=Account)) for r in rows}
    documents: dict[str, list[Account]] = {}
    for _, a in accounts.values():
        documents.setdefault(a.document, []).append(a)
    held = about(connection, sorted(documents))
    ours = {
        j.key
        for _, j in held
        for s in j.subjects
        if find(s, documents.get(s.partition(":")[0], [])) is not None
    }
    judged = [(n, j) for n, j in held if j.key in ours or j.withdraws in ours]
    return Standing(accounts, judged, max((n for n, _ in judged), default=0))


def history(ledger: Ledger, incident: str) -> list[Past]:
    """Every judgement about an incident's accounts, withdrawn ones and withdrawals with it, oldest first."""
    with ledger.begin() as connection:
        found = standing(connection, incident)
    return [past(j, found.withdrawn) for _, j in found.judged]


def everything(ledger: Ledger) -> list[Past]:
    """Every judgement and withdrawal in the ledger, oldest first."""
    with ledger.begin() as connection:
        gone = withdrawn(connection)
        return [past(j, gone) for j in every(connection)]


def past(j: Judgement, gone: frozenset[str]) -> Past:
    """A judgement as history shows it."""
    place = j.place.name if j.place else None
    what = j.withdraws or j.review or place or worded(j.field, j.value)
    return Past(j.key, str(j.kind), j.who, j.why, j.made_at, j.key in gone, what)


def worded(field: str | None, value: Any) -> str | None:
    """A field and its value in words."""
    return f"{field} {value}" if field else None


def links_within(ledger: Ledger, incident: str) -> list[Why]:
    """The matches between an incident's accounts, best first, each with the sentence that explains it."""
    t, k = tables.accounts, tables.links.c
    with ledger.begin() as connection:
        rows = connection.execute(select(t.c.id, t.c.body).where(t.c.incident == incident))
        names = {}
        for r in rows:
            a = msgspec.msgpack.decode(r.body, type=Account)
            names[r.id] = f"{a.report}:{a.event}"
        inside = select(t.c.id).where(t.c.incident == incident)
        query = select(k.one, k.other, k.score, k.reason).where(k.one.in_(inside) & k.other.in_(inside))
        found = [Why(names[r.one], names[r.other], r.score, r.reason) for r in connection.execute(query)]
    return sorted(found, key=lambda w: (-w.score, w.one, w.other))
