"""The rows of claims, as their report's newest record tells them: made, compared and mended.

A row is known by its report and number; its id stays when it is mended, since vectors and incidents refer to it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from accordingto.ledger import tables
from accordingto.ledger.naming import note
from accordingto.record import Claim, Record, Source

COLUMNS = (
    "record",
    "act",
    "kind",
    "who",
    "words",
    "day",
)  # beside the body, which is compared as what it says
UNDATED = "9999"  # the day of claims whose report has none
AT_ONCE = 200  # reports whose claims are held in memory
ANEW = "INSERT INTO claim_search (claim_search) VALUES ('rebuild')"  # SQLite's index follows no changed row


class Body(msgspec.Struct, frozen=True):
    """What `claims.body` holds."""

    claim: Claim
    source: Source


class Named(msgspec.Struct):
    """An entity's name."""

    id: str
    name: str


class Dated(msgspec.Struct):
    """A document's day of publication."""

    published: date | None = None


class StoredClaims(msgspec.Struct):
    """The claims of a stored record with what their rows tell; the rest of it is passed over."""

    document: Dated
    entities: tuple[Named, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()


Row = dict[str, Any]


def rows_of(record: Record | StoredClaims, number: int, report: int) -> list[Row]:
    """The rows of a record's claims; `number` and `report` are the record's and its report's in the ledger."""
    sources = {s.id: s for s in record.sources}
    names = {e.id: e.name for e in record.entities}
    published = record.document.published
    return [
        {
            "record": number,
            "report": report,
            "number": place,
            "act": str(c.act),
            "kind": str(sources[c.source].kind),
            "who": names.get(sources[c.source].entity or "") or sources[c.source].description,
            "words": words(c),
            "body": msgspec.json.encode({"claim": c, "source": sources[c.source]}).decode(),
            "day": published.isoformat() if published else UNDATED,
        }
        for place, c in enumerate(record.claims, 1)
    ]


def words(claim: Claim) -> str:
    """A claim's content as one text."""
    return " … ".join(c.text for c in claim.content)


def enter(connection: Connection, rows: Sequence[Row]) -> None:
    """Enter rows that are new, and under which names somebody speaks in them."""
    if rows:
        note(connection, (str(r["who"] or "") for r in rows))
        connection.execute(tables.claims.insert(), list(rows))


def compared(connection: Connection) -> Iterator[tuple[int, list[Row], dict[int, Row]]]:
    """Of each report its number, the rows that its newest record tells, and those that stand there, by number.

    A report whose record can't be read is passed over.
    """
    r, c = tables.records.c, tables.claims
    last = select(func.max(r.id)).group_by(r.report)
    newest = list(connection.execute(select(r.id, r.report).where(r.id.in_(last)).order_by(r.report)))
    decode = msgspec.json.Decoder(StoredClaims).decode
    for some in (newest[i : i + AT_ONCE] for i in range(0, len(newest), AT_ONCE)):
        reports = [row.report for row in some]
        bodies = dict(
            tuple(row)
            for row in connection.execute(select(r.id, r.body).where(r.id.in_([x.id for x in some])))
        )
        standing: dict[int, dict[int, Row]] = {n: {} for n in reports}
        for row in connection.execute(select(c).where(c.c.report.in_(reports)).order_by(c.c.id.desc())):
            own = standing[row.report]
            own[row.number if row.number not in own else -row.id] = dict(row._mapping)
        for x in some:
            try:
                told = rows_of(decode(zlib.decompress(bodies[x.id])), x.id, x.report)
            except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, KeyError):
                continue
            yield x.report, told, standing[x.report]


def wrong(told: Row, stands: Row) -> list[str]:
    """The columns of a row that say something else than its record does."""
    found = [name for name in COLUMNS if told[name] != stands[name]]
    if told["body"] != stands["body"] and said(told["body"]) != said(stands["body"]):
        found.append("body")
    return found


def said(body: str) -> Body | None:
    """What a row's body says; None where it can't be read."""
    try:
        return msgspec.json.decode(body, type=Body)
    except (msgspec.MsgspecError, UnicodeError, TypeError):
        return None


def faults(connection: Connection) -> Iterator[tuple[int, str]]:
    """Reports whose rows of claims are not those of their newest record: the number, and what is wrong."""
    for report, told, standing in compared(connection):
        parts = [f"{n} missing"] if (n := sum(1 for t in told if t["number"] not in standing)) else []
        extra = len(standing) - (len(told) - n)
        parts += [f"{extra} that it does not have"] if extra else []
        changed = {x for t in told if t["number"] in standing for x in wrong(t, standing[t["number"]])}
        parts += [x for x in (*COLUMNS, "body") if x in changed]
        if parts:
            yield report, ", ".join(parts)


def remake(connection: Connection) -> int:
    """Make all rows as their newest records tell them; returns how many changed, came or went. The caller holds the transaction."""
    t = tables.claims
    count = 0
    for _, told, standing in list(compared_wrong(connection)):
        new = [x for x in told if x["number"] not in standing]
        changed = [x for x in told if x["number"] in standing and wrong(x, standing[x["number"]])]
        numbers = {x["number"] for x in told}
        gone = [row["id"] for number, row in standing.items() if number not in numbers]
        for x in changed:
            connection.execute(t.update().where(t.c.id == standing[x["number"]]["id"]).values(x))
        if gone:
            connection.execute(t.delete().where(t.c.id.in_(gone)))
        note(connection, (str(x["who"] or "") for x in changed))
        enter(connection, new)
        count += len(new) + len(changed) + len(gone)
    if count and connection.dialect.name == "sqlite":
        connection.execute(text(ANEW))
    return count


def compared_wrong(connection: Connection) -> Iterator[tuple[int, list[Row], dict[int, Row]]]:
    """Of `compared` the reports whose rows are not as their record tells them."""
    for report, told, standing in compared(connection):
        same = len(told) == len(standing) and all(x["number"] in standing for x in told)
        if not same or any(wrong(x, standing[x["number"]]) for x in told):
            yield report, told, standing
