"""The touched parts of the match graph → incidents, under what people have judged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, bindparam, select

from accordingto.ledger import tables
from accordingto.ledger.accounts import Account
from accordingto.ledger.clustering import Pair, cluster, components
from accordingto.ledger.corrections import set_words
from accordingto.ledger.digests import digest
from accordingto.ledger.disputes import disputed
from accordingto.ledger.incidents import Incident, build, dead
from accordingto.ledger.judgements import Judgement, Kind, active, find, ruling
from accordingto.ledger.matching import compare

MANY = 400  # values in one IN list
Getter = Callable[[Iterable[int]], dict[int, tuple[int, Account]]]
"""Row ids of accounts → report number and account of each."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements in force, the accounts that their anchors mean, and these accounts' own anchors."""

    judgements: tuple[Judgement, ...]
    anchors: dict[str, tuple[int, ...]]
    keys: dict[int, str]

    def pairs(self, kind: Kind) -> list[Pair]:
        """Pairs of accounts judged the same, or not, those judged last first; of one person's words on a pair the last holds."""
        return list(dict.fromkeys(pair for (_, pair), k in reversed(self.last_words().items()) if k is kind))

    def last_words(self) -> dict[tuple[str, Pair], Kind]:
        """What each person judged of pairs of accounts, oldest first; two of one anchor are one event, which can't be parted.

        Who judges several to be one judges every two of them so: what he said before of any two of them is gone. Who then parts one
        of them from the others leaves these one, whichever of them the pairs went by.
        """
        held: dict[tuple[str, Pair], Kind] = {}
        parted: dict[tuple[str, int], set[int]] = {}
        tied: dict[tuple[str, int], list[int]] = {}

        def say(who: str, x: int, y: int, kind: Kind) -> None:
            key = (who, (min(x, y), max(x, y)))
            held.pop(key, None)  # so that the last words stand last
            held[key] = kind

        for j in self.judgements:
            if j.kind not in (Kind.SAME, Kind.NOT_SAME):
                continue
            first, *rest = [self.anchors.get(s, ()) for s in j.subjects]
            others = [a for some in rest for a in some]
            if j.kind is Kind.SAME:
                one = {*first, *others}
                for x in one:
                    for y in parted.get((j.who, x), set()) & one:
                        held.pop((j.who, (min(x, y), max(x, y))), None)
            for x, y in product(first, others):
                if self.keys[x] == self.keys[y]:
                    continue
                say(j.who, x, y, j.kind)
                if j.kind is Kind.NOT_SAME:
                    parted.setdefault((j.who, x), set()).add(y)
                else:
                    tied.setdefault((j.who, x), []).append(y)
            for x in first if j.kind is Kind.NOT_SAME else ():
                ones = tied.get((j.who, x), [])
                left = [y for y in ones if y in parted.get((j.who, x), ())]
                tied[j.who, x] = [y for y in ones if y not in left]
                for y in left[1:]:
                    if held.get((j.who, (min(left[0], y), max(left[0], y)))) is not Kind.NOT_SAME:
                        say(j.who, left[0], y, Kind.SAME)
                        tied.setdefault((j.who, left[0]), []).append(y)
        return held


def merge(connection: Connection, touched: set[int], accounts: Getter) -> None:
    """Cluster anew all accounts that hang together with the touched ones, and write their incidents."""
    judged = load_judged(connection)
    same, apart = judged.pairs(Kind.SAME), judged.pairs(Kind.NOT_SAME)
    links = joined(connection, tables.links, touched, extra=same)
    nodes = touched | {n for p in links for n in p}
    old = homes(connection, nodes)
    strangers = members_of(connection, set(old.values()) - {""}) - nodes
    if strangers:  # accounts that shared an incident with a touched one and no longer hang together with it
        return merge(connection, nodes | strangers, accounts)
    clear(connection, set(old.values()) - {""})
    alive = set(old)
    links = {p for p in links if p[0] in alive and p[1] in alive}
    by_node: dict[int, list[Pair]] = {}
    for p in links:
        by_node.setdefault(p[0], []).append(p)
    groups = copy_groups(connection, reports_of(connection, alive))
    people = People(judged, same, apart, groups, direct_copies(connection, groups))
    for some in filled(components(alive, links), MANY):
        known = accounts(n for part in some for n in part)
        written = Written([], [], set())
        for part in some:
            mine = [p for n in part for p in by_node.get(n, ())]
            build_part(part, mine, {n: known[n] for n in part}, people, written)
        write(connection, written)
    return None


@dataclass(frozen=True, slots=True)
class People:
    """What clustering hears of people and of copies: judgements, judged pairs, near-copies."""

    judged: Judged
    same: Sequence[Pair]
    apart: Sequence[Pair]
    groups: Mapping[int, int]
    copies: set[Pair]


@dataclass(frozen=True, slots=True)
class Written:
    """What is about to be written: incidents, each account's home, each claim's incidents."""

    incidents: list[Incident]
    homes: list[dict[str, Any]]
    claims: set[tuple[int, str, int, str]]


def filled(parts: Iterable[list[int]], size: int) -> Iterator[list[list[int]]]:
    """Parts in batches that hold about `size` accounts."""
    held: list[list[int]] = []
    count = 0
    for part in parts:
        held.append(part)
        count += len(part)
        if count >= size:
            yield held
            held, count = [], 0
    if held:
        yield held


def build_part(
    part: Sequence[int],
    links: Sequence[Pair],
    known: Mapping[int, tuple[int, Account]],
    people: People,
    written: Written,
) -> None:
    """One connected part: cluster it, build its incidents, add them to what is written."""
    order = sorted(part, key=lambda i: known[i][1].order)
    at = {i: n for n, i in enumerate(order)}
    scores: dict[Pair, float] = {}

    def score(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in scores:
            (m, a), (n, b) = known[order[i]], known[order[j]]
            scores[pair] = compare(a, b, copies=(min(m, n), max(m, n)) in people.copies).score
        return scores[pair]

    def local(pairs: Iterable[Pair]) -> list[Pair]:
        return [(at[a], at[b]) for a, b in pairs if a in at and b in at]

    same = local(people.same)
    apart = [*local(people.apart), *told_apart([known[i][1] for i in order], same)]
    effects = {n for n, i in enumerate(order) if known[i][1].consequence}
    found = cluster(len(order), score, links=local(links), same=same, apart=apart, consequences=effects)
    judged = people.judged
    for group in found:
        ids = [order[n] for n in group]
        origins = origins_of([known[i] for i in ids], people.groups)
        anchors = {s: True for s, meant in judged.anchors.items() if set(meant) & set(ids)}
        incident = build([known[i][1] for i in ids], origins, ruling(judged.judgements, anchors))
        written.incidents.append(incident)
        written.homes.extend({"account": i, "home": incident.id} for i in ids)
        written.claims.update(
            (known[i][0], c, n, incident.id) for i in ids for c, n in known[i][1].claims.items()
        )


def told_apart(accounts: Sequence[Account], same: Sequence[Pair]) -> list[Pair]:
    """The pairs of accounts that a report tells apart, but for those that people judged the same."""
    at: dict[str, list[int]] = {}
    for n, a in enumerate(accounts):
        at.setdefault(a.key, []).append(n)
    found = [(n, m) for n, a in enumerate(accounts) for key in a.apart for m in at.get(key, ()) if n < m]
    home = {n: part[0] for part in components(range(len(accounts)), same) for n in part} if found else {}
    return [(n, m) for n, m in found if home[n] != home[m]]


def write(connection: Connection, written: Written) -> None:
    """Enter incidents, each account's home, and each claim's incidents."""
    if not written.incidents:
        return
    connection.execute(tables.incidents.insert(), [row(i) for i in written.incidents])
    t = tables.accounts
    connection.execute(
        t.update().where(t.c.id == bindparam("account")).values(incident=bindparam("home")), written.homes
    )
    if written.claims:
        rows = [
            {"report": r, "claim": k, "number": n, "incident": i} for r, k, n, i in sorted(written.claims)
        ]
        connection.execute(tables.claim_incidents.insert(), rows)


def row(incident: Incident) -> dict[str, Any]:
    """An incident as a row: what lists filter by, and the whole."""
    place = incident.place
    who = {v.by for f in incident.fields.values() for v in f.values if v.by}
    body = msgspec.json.encode(incident)
    told = {str(v.value) for f in incident.fields.values() for v in f.values if isinstance(v.value, str)}
    told |= {set_words(c) for c in incident.corrected}
    return {
        "id": incident.id,
        "type": incident.type,
        "title": incident.title,
        "earliest": incident.earliest,
        "latest": incident.latest,
        "day": incident.earliest or incident.latest or "9999",
        "place": place.name if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "state": str(incident.state),
        "contested": bool(disputed(incident.fields)),
        "grading": incident.grading.value,
        "review": incident.review,
        "origins": incident.origins,
        "killed": dead(incident),
        "who": " · ".join(sorted(who)),
        "words": " · ".join([incident.title, *sorted(told)]),
        "digest": digest(body),
        "body": zlib.compress(body, 1),
    }


def unpack(body: bytes) -> Incident:
    """An incident from its row."""
    return msgspec.json.decode(zlib.decompress(body), type=Incident)


def origins_of(known: Iterable[tuple[int, Account]], groups: Mapping[int, int]) -> dict[str, str]:
    """Each document's origin: that of its group of near-copies, named by the group's smallest document."""
    documents: dict[int, set[str]] = {}
    for number, account in known:
        documents.setdefault(groups.get(number, number), set()).add(account.document)
    return {d: min(ds) for ds in documents.values() for d in sorted(ds)}


def joined(
    connection: Connection, table: Table, start: Iterable[int], extra: Iterable[Pair] = ()
) -> set[Pair]:
    """All pairs that hang together with `start`, through the table's pairs and the extra ones."""
    more: dict[int, set[int]] = {}
    for a, b in extra:
        more.setdefault(a, set()).add(b)
        more.setdefault(b, set()).add(a)
    seen: set[int] = set()
    out: set[Pair] = set()
    edge = set(start)
    while edge:
        seen |= edge
        beyond: set[int] = set()
        for some in batches(sorted(edge)):
            for column in (table.c.one, table.c.other):
                query = select(table.c.one, table.c.other).where(column.in_(some))
                for pair in connection.execute(query):
                    out.add((pair.one, pair.other))
                    beyond |= {pair.one, pair.other}
        for n in edge:
            for m in more.get(n, ()):
                out.add((min(n, m), max(n, m)))
                beyond.add(m)
        edge = beyond - seen
    return out


def copy_groups(connection: Connection, reports: Iterable[int]) -> dict[int, int]:
    """Each report joined to these by near-copies, directly or not, with its group's smallest number."""
    pairs = joined(connection, tables.copies, reports)
    nodes = {n for p in pairs for n in p}
    return {n: part[0] for part in components(nodes, pairs) for n in part}


def direct_copies(connection: Connection, groups: Mapping[int, int]) -> set[Pair]:
    """The pairs of near-copies among these reports."""
    t = tables.copies
    out: set[Pair] = set()
    for some in batches(sorted(groups)):
        rows = connection.execute(select(t.c.one, t.c.other).where(t.c.one.in_(some)))
        out |= {(r.one, r.other) for r in rows}
    return out


def homes(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    """The incident that each account is in now; an empty string for none. Accounts that are gone are left out."""
    t = tables.accounts
    out: dict[int, str] = {}
    for some in batches(sorted(ids)):
        rows = connection.execute(select(t.c.id, t.c.incident).where(t.c.id.in_(some)))
        out.update({r.id: r.incident or "" for r in rows})
    return out


def reports_of(connection: Connection, ids: Iterable[int]) -> set[int]:
    """The reports of some accounts."""
    t = tables.accounts
    out: set[int] = set()
    for some in batches(sorted(ids)):
        out |= set(connection.scalars(select(t.c.report).where(t.c.id.in_(some))))
    return out


def members_of(connection: Connection, incidents: Iterable[str]) -> set[int]:
    """The accounts of some incidents."""
    t = tables.accounts
    out: set[int] = set()
    for some in batches(sorted(incidents)):
        out |= set(connection.scalars(select(t.c.id).where(t.c.incident.in_(some))))
    return out


def clear(connection: Connection, incidents: Iterable[str]) -> None:
    """Take out incidents that are about to be written anew."""
    for some in batches(sorted(incidents)):
        for table, column in (
            (tables.claim_incidents, tables.claim_incidents.c.incident),
            (tables.incidents, tables.incidents.c.id),
        ):
            connection.execute(table.delete().where(column.in_(some)))
        t = tables.accounts
        connection.execute(t.update().where(t.c.incident.in_(some)).values(incident=None))


def load_judged(connection: Connection) -> Judged:
    """The judgements in force and what their anchors mean now."""
    judgements = tuple(active(connection))
    anchors = {s for j in judgements for s in j.subjects}
    documents = sorted({a.partition(":")[0] for a in anchors})
    t = tables.accounts
    held: dict[str, dict[int, list[tuple[int, Account]]]] = {}
    for some in batches(documents):
        query = select(t.c.id, t.c.report, t.c.document, t.c.body).where(t.c.document.in_(some))
        for r in connection.execute(query.order_by(t.c.id)):
            account = msgspec.msgpack.decode(r.body, type=Account)
            held.setdefault(r.document, {}).setdefault(r.report, []).append((r.id, account))
    meant: dict[str, tuple[int, ...]] = {}
    keys = {n: account.key for rows in held.values() for told in rows.values() for n, account in told}
    for a in sorted(anchors):
        ids = []
        for rows in held.get(a.partition(":")[0], {}).values():
            at = find(a, [account for _, account in rows])
            if at is not None:
                ids.append(rows[at][0])
        meant[a] = tuple(ids)
    return Judged(judgements, meant, keys)


def batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Slices short enough for one IN list."""
    return (items[i : i + MANY] for i in range(0, len(items), MANY))
