"""The history of one incident: what was judged of it, and why its accounts are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.judgements import Judgement, about, account, every, find, withdrawn
from accordingto.ledger.merging import batches
from accordingto.ledger.session import Ledger
from accordingto.record import Struct


class Target(Struct, frozen=True):
    """What a judgement is about: an event of a report, and the incident that it is in now.

    `event` is its anchor, and the others are None, where no reading finds it any more.
    """

    event: str
    incident: str | None = None
    title: str | None = None


class Past(Struct, frozen=True):
    """A judgement in an incident's history; `withdrawn`: it holds no longer; of a withdrawal `targets` are what it frees."""

    id: str
    kind: str
    who: str
    why: str
    made_at: str
    withdrawn: bool
    what: str | None = None
    targets: tuple[Target, ...] = ()

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
        judged = [j for _, j in found.judged]
        aims = targets(connection, judged)
    return [past(j, found.withdrawn, aims[j.key]) for j in judged]


def everything(ledger: Ledger) -> list[Past]:
    """Every judgement and withdrawal in the ledger, oldest first."""
    with ledger.begin() as connection:
        gone = withdrawn(connection)
        judged = every(connection)
        aims = targets(connection, judged)
        return [past(j, gone, aims[j.key]) for j in judged]


def targets(connection: Connection, judged: Sequence[Judgement]) -> dict[str, tuple[Target, ...]]:
    """What judgements are about, by their ids; of a withdrawal what is withdrawn is about."""
    subjects = {j.key: j.subjects for j in judged}
    subjects |= {j.key: subjects.get(j.withdraws, ()) for j in judged if j.withdraws}
    anchors = list(dict.fromkeys(s for some in subjects.values() for s in some))
    held: dict[str, list[tuple[Account, str | None]]] = {}
    a, i = tables.accounts.c, tables.incidents.c
    for some in batches(sorted({s.partition(":")[0] for s in anchors})):
        query = select(a.document, a.body, a.incident).where(a.document.in_(some)).order_by(a.id)
        for r in connection.execute(query):
            held.setdefault(r.document, []).append((account(r.body), r.incident))
    titles: dict[str, str] = {}
    for some in batches(sorted({x for rows in held.values() for _, x in rows if x})):
        titles |= {r.id: r.title for r in connection.execute(select(i.id, i.title).where(i.id.in_(some)))}
    found = {s: target(s, held.get(s.partition(":")[0], []), titles) for s in anchors}
    return {key: tuple(found[s] for s in some) for key, some in subjects.items()}


def target(anchor: str, held: Sequence[tuple[Account, str | None]], titles: Mapping[str, str]) -> Target:
    """What an anchor leads to, of its document's accounts with their incidents."""
    n = find(anchor, [a for a, _ in held])
    if n is None:
        return Target(anchor)
    a, incident = held[n]
    return Target(f"{a.report}:{a.event}", incident, titles.get(incident or ""))


def past(j: Judgement, gone: frozenset[str], aims: tuple[Target, ...] = ()) -> Past:
    """A judgement as history shows it."""
    place = j.place.name if j.place else None
    what = j.withdraws or j.review or place or worded(j.field, j.value)
    return Past(j.key, str(j.kind), j.who, j.why, j.made_at, j.key in gone, what, aims)


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
