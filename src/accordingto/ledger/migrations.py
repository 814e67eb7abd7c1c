"""Numbered steps that bring an older ledger up to date; each is taken once, in one transaction.

A step's statements are written out and never change afterwards, so that a ledger of any age can be
opened; new tables and columns come as new steps.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DatabaseError

from accordingto.errors import FatalError, UserError
from accordingto.ledger import chain, filling, folding, originals, tables


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


BROWSING = (
    "UPDATE claims SET day = (SELECT coalesce(r.published, '9999') FROM reports r WHERE r.id = claims.report)",
    "UPDATE groups SET (last, type, who) = (SELECT max(coalesce(p.day, '9999')), max(p.type), max(p.who) "
    "FROM pieces p WHERE p.kind = groups.kind AND p.key = groups.key)",
    "CREATE INDEX claims_by_day ON claims (day, id)",
    "CREATE INDEX claims_by_act_day ON claims (act, day, id)",
    "CREATE INDEX claims_by_kind_day ON claims (kind, day, id)",
    "CREATE INDEX incidents_by_filter ON incidents "
    "(day, id, type, state, grading, review, contested, country)",
    "CREATE INDEX incidents_by_grading ON incidents (grading, day, id)",
    "CREATE INDEX incidents_by_review ON incidents (review, day, id)",
    "CREATE INDEX incidents_by_contest ON incidents (contested, day, id)",
    "CREATE INDEX links_by_score ON links (score, one, other)",
    "CREATE INDEX pieces_by_key_day ON pieces (kind, key, day, id)",
    "CREATE INDEX pieces_by_day ON pieces (kind, day, id)",
    "CREATE INDEX pieces_by_type ON pieces (kind, type, day, id)",
    "CREATE INDEX groups_by_last ON groups (kind, last, key)",
)
SQLITE_BROWSING = (
    "CREATE VIRTUAL TABLE incident_search USING fts5(words, who, place, "
    "content='incidents', content_rowid='rowid', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER incidents_in AFTER INSERT ON incidents BEGIN "
    "INSERT INTO incident_search (rowid, words, who, place) "
    "VALUES (new.rowid, new.words, new.who, new.place); END",
    "CREATE TRIGGER incidents_out AFTER DELETE ON incidents BEGIN INSERT INTO incident_search "
    "(incident_search, rowid, words, who, place) "
    "VALUES ('delete', old.rowid, old.words, old.who, old.place); END",
    "INSERT INTO incident_search (incident_search) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE report_search USING fts5(title, outlet, "
    "content='reports', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER reports_in AFTER INSERT ON reports BEGIN "
    "INSERT INTO report_search (rowid, title, outlet) VALUES (new.id, new.title, new.outlet); END",
    "INSERT INTO report_search (report_search) VALUES ('rebuild')",
)
POSTGRES_BROWSING = (
    "ALTER TABLE incidents ADD COLUMN search tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', words || ' ' || who || ' ' || coalesce(place, ''))) STORED",
    "CREATE INDEX incidents_by_search ON incidents USING gin (search)",
    "ALTER TABLE reports ADD COLUMN search tsvector GENERATED ALWAYS AS "
    "(to_tsvector('english', coalesce(title, '') || ' ' || coalesce(outlet, ''))) STORED",
    "CREATE INDEX reports_by_search ON reports USING gin (search)",
)
ADDED = (
    ("claims", "day", "VARCHAR(10)"),
    ("groups", "last", "VARCHAR(10)"),
    ("groups", "type", "TEXT"),
    ("groups", "who", "TEXT"),
)


def desk(connection: Connection) -> None:
    """Step 5: what the desk asks by: days on claims, names on groups, search of incidents; people, sessions."""
    for table, column, kind in ADDED:  # a ledger made just now has them from the start
        if column not in {c["name"] for c in inspect(connection).get_columns(table)}:
            connection.execute(text(f"ALTER TABLE {table} ADD COLUMN {column} {kind}"))
    made = [tables.people, tables.sessions, tables.judged]
    tables.metadata.create_all(connection, tables=made)
    own = SQLITE_BROWSING if connection.dialect.name == "sqlite" else POSTGRES_BROWSING
    for statement in BROWSING + own:
        connection.execute(text(statement))
    note_judged(connection)


def note_judged(connection: Connection) -> None:
    """Which documents each judgement made so far is about; a withdrawal is about those of what it withdraws."""
    j = tables.judgements.c
    subjects: dict[str, list[str]] = {}
    for row in connection.execute(select(j.id, j.key, j.withdraws, j.body).order_by(j.id)):
        named = msgspec.json.decode(row.body)["subjects"]
        subjects[row.key] = subjects.get(row.withdraws, []) if row.withdraws else named
        for document in sorted({s.partition(":")[0] for s in subjects[row.key]}):
            connection.execute(tables.judged.insert().values(document=document, judgement=row.id))


def derived_anew(connection: Connection) -> None:
    """Step 6: accounts hold more than before, so all that is derived is made again."""
    pending, reports = tables.pending, tables.reports
    missing = select(reports.c.id).where(reports.c.id.not_in(select(pending.c.report)))
    connection.execute(pending.insert().from_select(["report"], missing))


NAMES = (
    "INSERT INTO names (name) SELECT substr(who, 1, 500) FROM claims WHERE who IS NOT NULL "
    "UNION SELECT substr(who, 1, 500) FROM pieces WHERE who IS NOT NULL",
    "CREATE INDEX claims_by_who ON claims (substr(who, 1, 500), day, id)",
    "CREATE INDEX pieces_by_who ON pieces (kind, substr(who, 1, 500), key)",
    "CREATE INDEX groups_by_who ON groups (kind, substr(who, 1, 500), key)",
    "CREATE INDEX blocks_open ON blocks (key, account) WHERE open",
)
SQLITE_NAMES = (
    "CREATE VIRTUAL TABLE name_search USING fts5(name, content='names', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER names_in AFTER INSERT ON names BEGIN "
    "INSERT INTO name_search (rowid, name) VALUES (new.id, new.name); END",
    "INSERT INTO name_search (name_search) VALUES ('rebuild')",
)
POSTGRES_NAMES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX names_by_part ON names USING gin (name gin_trgm_ops)",
)
TRIGRAMS = (3, 34)  # the SQLite that has them


def names(connection: Connection) -> None:
    """Step 7: names by any part of them, and what a name says; open blocks apart.

    Where the database has no trigrams (SQLite before 3.34, PostgreSQL without pg_trgm or the right to
    it) names are looked through one by one.
    """
    tables.metadata.create_all(connection, tables=[tables.names])
    for statement in NAMES:
        connection.execute(text(statement))
    if connection.dialect.name == "sqlite":
        if sqlite3.sqlite_version_info >= TRIGRAMS:
            for statement in SQLITE_NAMES:
                connection.execute(text(statement))
        return
    try:
        with connection.begin_nested():
            for statement in POSTGRES_NAMES:
                connection.execute(text(statement))
    except DatabaseError:
        pass


ORDERS = (
    "DROP INDEX claims_by_act",
    "DROP INDEX claims_by_kind",
    "CREATE INDEX claims_by_order ON claims (day, report, number)",
    "CREATE INDEX claims_by_act_order ON claims (act, day, report, number)",
    "CREATE INDEX claims_by_kind_order ON claims (kind, day, report, number)",
    "CREATE INDEX pieces_by_type_key ON pieces (kind, type, key)",
    "CREATE INDEX pieces_by_place ON pieces (kind, place, key)",
)
SQLITE_TEXTS = "CREATE INDEX incidents_by_texts ON incidents (place, country, who, words, id)"
POSTGRES_TEXTS = (
    "CREATE INDEX incidents_by_texts ON incidents USING gin "
    "(place gin_trgm_ops, who gin_trgm_ops, words gin_trgm_ops)",
    "CREATE INDEX reports_by_outlet ON reports USING gin (outlet gin_trgm_ops)",
)


def lists(connection: Connection) -> None:
    """Step 8: lists in the order of their index; texts of incidents apart from their bodies; jobs of the desk."""
    tables.metadata.create_all(connection, tables=[tables.jobs])
    for statement in ORDERS:
        connection.execute(text(statement))
    if connection.dialect.name == "sqlite":
        connection.execute(text(SQLITE_TEXTS))
    elif connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")):
        for statement in POSTGRES_TEXTS:
            connection.execute(text(statement))


def sums(connection: Connection) -> None:
    """Step 9: the sum of a source that speaks in many reports; it comes with the next count of the source, or a rebuild."""
    if "sum" not in {c["name"] for c in inspect(connection).get_columns("groups")}:
        kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
        connection.execute(text(f"ALTER TABLE groups ADD COLUMN sum {kind}"))


def counted_changes(connection: Connection) -> None:
    """Step 10: how often the ledger has changed."""
    tables.metadata.create_all(connection, tables=[tables.changes])
    connection.execute(tables.changes.insert().values(number=0))


SPOTS = (("lat", "FLOAT"), ("lon", "FLOAT"), ("precision", "TEXT"))


def spots(connection: Connection) -> None:
    """Step 11: where each incident was, apart from its body, so that a map can count all of them."""
    known = {c["name"] for c in inspect(connection).get_columns("incidents")}
    for column, kind in SPOTS:  # a ledger made just now has them from the start
        if column not in known:
            connection.execute(text(f'ALTER TABLE incidents ADD COLUMN "{column}" {kind}'))
    connection.execute(
        text(
            'CREATE INDEX incidents_by_spot ON incidents (lat, lon, "precision", place, day, type, state, grading, '
            "review, contested, country, id)"
        )
    )
    filling.fill_spots(connection)


COVERING = (  # by all that a list asks, so that its order is found without the rows
    "DROP INDEX groups_by_who",
    "CREATE INDEX groups_by_who ON groups (kind, substr(who, 1, 500), key, pieces, last, day, type)",
)


def digests(connection: Connection) -> None:
    """Step 12: what lists show of each incident, apart from its body; groups in order without their rows."""
    if "digest" not in {c["name"] for c in inspect(connection).get_columns("incidents")}:
        kind = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
        connection.execute(text(f"ALTER TABLE incidents ADD COLUMN digest {kind}"))
    for statement in COVERING:
        connection.execute(text(statement))
    filling.fill_digests(connection)


def byte_order(connection: Connection) -> None:
    """Step 14: all that is derived is made again, for the last day of groups; pages of incidents' codes hold all that
    belongs there: where PostgreSQL orders by a language they stood empty.
    """
    derived_anew(connection)
    filling.fill_codes(connection)


def shared_originals(connection: Connection) -> None:
    """Step 15: the bytes that reports came in, each file's once."""
    originals.move(connection)


def letters_alike(connection: Connection) -> None:
    """Step 16: words are found without regard to case and accents (`folding.py`); counts of a part, bounds, days that end
    and fields that are only denied are told apart, so all that is derived is made again.
    """
    folding.alike(connection)
    derived_anew(connection)


def first_accounts(connection: Connection) -> None:
    """Step 17: an incident is found by every id that it had (`accounts.first`), a report by its name; all that is derived
    is made again.
    """
    found = inspect(connection)
    if "first" not in {c["name"] for c in found.get_columns("accounts")}:
        connection.execute(text("ALTER TABLE accounts ADD COLUMN first VARCHAR(17)"))
    if "accounts_by_first" not in {i["name"] for i in found.get_indexes("accounts")}:
        connection.execute(text("CREATE INDEX accounts_by_first ON accounts (first)"))
    connection.execute(text("CREATE INDEX IF NOT EXISTS reports_by_name ON reports (substr(name, 1, 500))"))
    derived_anew(connection)


COUNTS = (("origins", "INTEGER"), ("killed", "FLOAT"))


def counts(connection: Connection) -> None:
    """Step 22: incidents in the order of how often they are told and how many they killed; the sums of sources keep what most reports
    tell. All that is derived is made again.
    """
    known = {c["name"] for c in inspect(connection).get_columns("incidents")}
    for column, kind in COUNTS:
        if column not in known:
            connection.execute(text(f"ALTER TABLE incidents ADD COLUMN {column} {kind} NOT NULL DEFAULT 0"))
        connection.execute(
            text(f"CREATE INDEX IF NOT EXISTS incidents_by_{column} ON incidents ({column}, day, id)")
        )
    derived_anew(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (
    first_floor,
    second_floor,
    full_text,
    vectors,
    desk,
    derived_anew,
    names,
    lists,
    sums,
    counted_changes,
    spots,
    digests,
    derived_anew,  # 13: clock times, names and counts are told apart better
    byte_order,
    shared_originals,
    letters_alike,
    first_accounts,
    derived_anew,  # 18: counts that their voice has replaced, bodies handed over and denials of a deed suffered are told apart
    derived_anew,  # 19: denials by a negated verb and answers behind a second sentence are heard, sums and towns told apart
    derived_anew,  # 20: bodies that every state has go by their country; titles, tolls and commitments tell more
    derived_anew,  # 21: a state's machines are its doer, spokesmen speak for their bodies, flat denials dispute nobody's word; titles in the report's words
    counts,
)


def missing(connection: Connection) -> list[int]:
    """The steps that a ledger lacks; all of them where there is none. Writes nothing.

    Raises:
        FatalError: where the ledger was made by a newer version of accordingto.
        UserError: where a file is another program's database.
    """
    found = inspect(connection)
    if not found.has_table(tables.schema_steps.name):
        if connection.dialect.name == "sqlite" and found.get_table_names():
            raise UserError(
                f"{connection.engine.url.database} is another program's database and no ledger; "
                "give the ledger a file of its own."
            )
        return list(range(1, len(STEPS) + 1))
    done = set(connection.scalars(select(tables.schema_steps.c.step)))
    if done and max(done) > len(STEPS):
        raise FatalError(
            f"This ledger has schema step {max(done)}, this accordingto knows {len(STEPS)}: "
            "upgrade accordingto, or use another ledger."
        )
    return [n for n in range(1, len(STEPS) + 1) if n not in done]


def migrate(connection: Connection) -> int:
    """Take the steps that the ledger lacks; returns how many. The caller holds the transaction.

    Raises:
        FatalError: where the ledger was made by a newer version of accordingto.
    """
    numbers = missing(connection)
    tables.metadata.create_all(connection, tables=[tables.schema_steps])
    for number in numbers:
        STEPS[number - 1](connection)
        connection.execute(tables.schema_steps.insert().values(step=number, taken_at=datetime.now(UTC)))
    return len(numbers)
