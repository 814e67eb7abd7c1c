"""The ledger's tables, once, for SQLite and PostgreSQL (SQLAlchemy Core).

Reports and records are appended and never changed; `claims` are rows derived from the current record of
each report, for lists and search, and can be made again from the records.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
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

from accordingto.ledger.folding import IndexedWords, Words

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
    Column("original", LargeBinary, nullable=False, default=b""),  # empty from step 15 on
    Column("media_type", Text, nullable=False),
    Column("title", Words),
    Column("outlet", IndexedWords),
    Column("url", Text),
    Column("author", Text),
    Column("published", String(10)),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("sha256", "document", name="reports_same"),
    Index("reports_by_published", "published"),
)

# The bytes that reports came in, compressed: each file's once, by its hash, however many reports are in it.

originals = Table(
    "originals",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
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
    Column("who", Words),
    Column("words", Words, nullable=False),
    Column("body", Text, nullable=False),
    Column("day", String(10)),
    Index("claims_by_report", "report", "number"),
    Index("claims_by_act", "act"),  # these two until step 8
    Index("claims_by_kind", "kind"),
)

# The names under which somebody speaks, each once, clipped at `CLIPPED`: what `--source` looks through. Never taken out.

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", IndexedWords, nullable=False, unique=True),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=False),
)

# The second floor: what is derived from records and judgements, and can be made again from them.

pending = Table(
    "pending",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
)

sketches = Table(
    "sketches",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("report", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Index("sketches_by_report", "report"),
)

shingles = Table(
    "shingles",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    Column("one", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("other", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Index("copies_by_other", "other"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("document", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("incident", String(17)),
    Column("first", String(17)),
    Index("accounts_by_report", "report"),
    Index("accounts_by_document", "document"),
    Index("accounts_by_incident", "incident"),
    Index("accounts_by_first", "first"),
)

blocks = Table(
    "blocks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("account", ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("open", Boolean, nullable=False),
    Index("blocks_by_account", "account"),
)

links = Table(
    "links",
    metadata,
    Column("one", ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("other", ForeignKey("accounts.id"), primary_key=True, autoincrement=False),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Index("links_by_other", "other"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(17), primary_key=True),
    Column("type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("earliest", String(10)),
    Column("latest", String(10)),
    Column("day", String(10), nullable=False),
    Column("place", IndexedWords),
    Column("country", String(3)),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("state", Text, nullable=False),
    Column("contested", Boolean, nullable=False),
    Column("grading", Text, nullable=False),
    Column("review", Text, nullable=False),
    Column("who", IndexedWords, nullable=False),
    Column("words", IndexedWords, nullable=False),
    Column("digest", LargeBinary),
    Column("body", LargeBinary, nullable=False),
    Column("origins", Integer, nullable=False, server_default="0"),  # reports but for near-copies
    Column("killed", Float, nullable=False, server_default="0"),
    Index("incidents_by_time", "day", "id"),
    Index("incidents_by_type", "type", "day"),
    Index("incidents_by_state", "state", "day"),
)

claim_incidents = Table(
    "claim_incidents",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("claim", Text, primary_key=True),
    Column("incident", String(17), primary_key=True),
    Column("number", Integer, nullable=False),
    Index("claim_incidents_by_incident", "incident"),
)

pieces = Table(
    "pieces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("key", String(17), nullable=False),
    Column("type", Text),
    Column("day", String(10)),
    Column("place", Words),
    Column("who", Words),
    Column("words", Words),
    Column("body", Text, nullable=False),
    Index("pieces_by_key", "kind", "key"),
    Index("pieces_by_report", "report"),
)

groups = Table(
    "groups",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("key", String(17), primary_key=True),
    Column("day", String(10), nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("last", String(10)),
    Column("type", Text),
    Column("who", Words),
    Column("sum", LargeBinary),
    Index("groups_by_day", "kind", "day", "key"),
    Index("groups_by_pieces", "kind", "pieces", "key"),
)

# Vectors of meaning (see `meanings`), derived by a model. A claim's go with it; an incident's outlive a rebuild, and
# hold as long as its title is theirs.

claim_meanings = Table(
    "claim_meanings",
    metadata,
    Column("claim", ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

incident_meanings = Table(
    "incident_meanings",
    metadata,
    Column("incident", String(17), primary_key=True),
    Column("words", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

meaning_pages = Table(
    "meaning_pages",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("stamp", BigInteger, nullable=False),
    Column("members", LargeBinary, nullable=False),
    Column("codes", LargeBinary, nullable=False),
)

meaning_models = Table("meaning_models", metadata, Column("name", Text, primary_key=True))

# What people judged, and the log: appended, never changed.

judgements = Table(
    "judgements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(17), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("withdraws", String(17)),
    Column("body", Text, nullable=False),
)

judged = Table(
    "judged",
    metadata,
    Column("document", String(32), primary_key=True),
    Column("judgement", ForeignKey("judgements.id"), primary_key=True, autoincrement=False),
)

log = Table(
    "log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("written_at", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

# Who may sign in to the desk, and who is signed in; `token` is the SHA-256 of what the browser holds.

people = Table(
    "people",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("who", ForeignKey("people.name"), nullable=False),
    Column("begun_at", Float, nullable=False),
    Column("used_at", Float, nullable=False),
    Index("sessions_by_who", "who"),
)

# What was given to the desk to add, as its pages show it: the last ones, so that each process of a desk can show them.

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("finished", Boolean, nullable=False),
    Column("body", Text, nullable=False),
)

# One row: how often what pages show has changed. Whoever keeps an answer keeps it under this number.

changes = Table("changes", metadata, Column("number", BigInteger, nullable=False))

DAY = "coalesce(reports.published, '9999')"
"""A report's day as lists order by it, in the words of its index."""

CLIPPED = 500  # characters of a name that are looked up; PostgreSQL's indexes take no long ones

DERIVED = (claim_incidents, incidents, groups, pieces, links, blocks, accounts, copies, shingles, sketches)
"""All that a rebuild makes again, each before what it refers to."""
