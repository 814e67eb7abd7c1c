"""Numbered steps that bring an older ledger up to date; each is taken once, in one transaction.

A step's statements are written out and never change afterwards, so that a ledger of any age can be
opened; new tables and columns come as new steps.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, inspect, select, text

from accordingto.errors import FatalError
from accordingto.ledger import chain, tables


def first_floor(connection: Connection) -> None:
    """Step 1: reports, records, claims, failures."""
    made = [tables.reports, tables.records, tables.claims, tables.failures]
    tables.metadata.create_all(connection, tables=made)


def second_floor(connection: Connection) -> None:
    """Step 2: accounts, incidents and all else that is derived; judgements; the log of what was entered before."""
    made = [*reversed(tables.DERIVED), tables.pending, tables.judgements, tables.log]
    tables.metadata.create_all(connection, tables=made)
    known = list(
        connection.execute(
            select(tables.reports.c.id, tables.reports.c.document).order_by(tables.reports.c.id)
        )
    )
    for row in known:
        original = connection.scalar(select(tables.reports.c.original).where(tables.reports.c.id == row.id))
        chain.append(connection, "report", chain.report_subject(row.id), zlib.decompress(original or b""))
    r = tables.records
    for record in list(connection.execute(select(r.c.id, r.c.report, r.c.model).order_by(r.c.id))):
        body = connection.scalar(select(r.c.body).where(r.c.id == record.id))
        subject = chain.record_subject(record.report, record.model)
        chain.append(connection, "record", subject, zlib.decompress(body or b""))
    if known:
        connection.execute(tables.pending.insert(), [{"report": row.id} for row in known])


SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE claim_search USING fts5("
    "words, who, content='claims', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER claims_in AFTER INSERT ON claims BEGIN "
    "INSERT INTO claim_search (rowid, words, who) VALUES (new.id, new.words, new.who); END",
    "CREATE TRIGGER claims_out AFTER DELETE ON claims BEGIN INSERT INTO claim_search "
    "(claim_search, rowid, words, who) VALUES ('delete', old.id, old.words, old.who); END",
    "INSERT INTO claim_search (claim_search) VALUES ('rebuild')",
)
POSTGRES_SEARCH = (
    "ALTER TABLE claims ADD COLUMN search tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', words || ' ' || coalesce(who, ''))) STORED",
    "CREATE INDEX claims_by_search ON claims USING gin (search)",
)


def full_text(connection: Connection) -> None:
    """Step 3: full-text search of claims, by FTS5 on SQLite and tsvector on PostgreSQL; reports by day."""
    connection.execute(text("CREATE INDEX reports_by_day ON reports (coalesce(published, '9999'), id)"))
    steps = SQLITE_SEARCH if connection.dialect.name == "sqlite" else POSTGRES_SEARCH
    for statement in steps:
        connection.execute(text(statement))


def vectors(connection: Connection) -> None:
    """Step 4: vectors of meaning of claims and incidents, and the pages of codes to search them by."""
    made = [tables.claim_meanings, tables.incident_meanings, tables.meaning_pages, tables.meaning_models]
    tables.metadata.create_all(connection, tables=made)
    if connection.dialect.name == "postgresql":  # vectors don't shrink: keep the server from trying
        for table, column in (
            ("claim_meanings", "body"),
            ("incident_meanings", "body"),
            ("meaning_pages", "codes"),
        ):
            connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL"))


STEPS: tuple[Callable[[Connection], None], ...] = (first_floor, second_floor, full_text, vectors)


def migrate(connection: Connection) -> int:
    """Take the steps that the ledger lacks; returns how many. The caller holds the transaction.

    Raises:
        FatalError: where the ledger was made by a newer version of accordingto.
    """
    if not inspect(connection).has_table(tables.schema_steps.name):
        tables.metadata.create_all(connection, tables=[tables.schema_steps])
    done = set(connection.scalars(select(tables.schema_steps.c.step)))
    if done and max(done) > len(STEPS):
        raise FatalError(
            f"This ledger has schema step {max(done)}, this accordingto knows {len(STEPS)}: "
            "upgrade accordingto, or use another ledger."
        )
    missing = [n for n in range(1, len(STEPS) + 1) if n not in done]
    for number in missing:
        STEPS[number - 1](connection)
        connection.execute(tables.schema_steps.insert().values(step=number, taken_at=datetime.now(UTC)))
    return len(missing)
