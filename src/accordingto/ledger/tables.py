"""The ledger's tables, once, for SQLite and PostgreSQL (SQLAlchemy Core).

Reports and records are appended and never changed; `claims` are rows derived from the current record of
each report, for lists and search, and can be made again from the records.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

schema_steps = Table(
    "schema_steps",
    metadata,
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("document", String(32), nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("author", Text),
    Column("published", String(10)),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("sha256", "document", name="reports_same"),
    Index("reports_by_published", "published"),
)

records = Table(
    "records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("model", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("report", "model", name="records_same"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", ForeignKey("records.id"), nullable=False),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("who", Text),
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("claims_by_report", "report", "number"),
    Index("claims_by_act", "act"),
    Index("claims_by_kind", "kind"),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=False),
)
