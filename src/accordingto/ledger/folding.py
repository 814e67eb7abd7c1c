"""Letters made alike: words are found without regard to case, and searched for without regard to accents, on each database.

What databases do by themselves is not enough: SQLite lowers ASCII alone, and so does PostgreSQL under the locale C. So each is given
a function of its own for it. PostgreSQL keeps two, which indexes are made by; SQLite is taught one by each connection.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, literal, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

SMALL = "ledger_small"
PLAIN = "ledger_plain"
UNICODE = ("pg_c_utf8", "C.utf8", "C.UTF-8", "und-x-icu", "en_US.utf8", "en_US.UTF-8")
"""Collations of PostgreSQL that know the case of all letters, the quicker ones first; which there are differs by server."""
MARKS = "".join(map(chr, range(0x300, 0x370)))  # accents that stand by themselves behind their letter
ACCENTED = r"[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]"  # where such marks and letters that hold one are


def small(words: str) -> str:
    """Words in small letters; the sigma at the end of a word is like any other, else no part of a name would be."""
    return words.lower().replace("ς", "σ")


class Small(FunctionElement[str]):
    """A text in small letters, by the database."""

    type = Text()
    inherit_cache = True


class SmallAscii(Small):
    """The same where only ASCII is looked for: the database's own function is enough then, and quicker than ours."""

    inherit_cache = True


class SmallIndexed(Small):
    """The same for a column that PostgreSQL has an index of, which is made by our function."""

    inherit_cache = True


@compiles(Small)
def _by_ours(element: Small, compiler: Any, **options: Any) -> str:
    return f"{SMALL}({compiler.process(element.clauses, **options)})"


@compiles(SmallAscii, "postgresql")
def _by_postgresql(element: SmallAscii, compiler: Any, **options: Any) -> str:
    return f'lower(({compiler.process(element.clauses, **options)}) COLLATE "C")'


@compiles(SmallAscii, "sqlite")
@compiles(SmallIndexed, "sqlite")
def _by_sqlite(element: Small, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


class Words(Text):
    """A text whose `icontains` knows the case of all letters."""

    ascii: type[Small] = SmallAscii

    class Comparator(Text.Comparator[str]):
        """What can be asked of such a text."""

        def icontains(self, other: Any, **options: Any) -> ColumnElement[bool]:
            """The condition that it holds some words, in capitals or not."""
            kind = self.type
            assert isinstance(kind, Words)
            made = kind.ascii if str(other).isascii() else Small
            return made(self.expr).like(made(literal(f"%{other}%", Text())), escape=options.get("escape"))

    comparator_factory = Comparator


class IndexedWords(Words):
    """The same with an index by its parts on PostgreSQL."""

    ascii = SmallIndexed


def teach(connection: Any) -> None:
    """Give a connection of SQLite's driver the function that PostgreSQL keeps."""
    connection.create_function(
        SMALL, 1, lambda words: small(words) if isinstance(words, str) else words, deterministic=True
    )


FAILURES = (
    "DELETE FROM failures WHERE id NOT IN (SELECT min(id) FROM failures GROUP BY name, reason)",
    "CREATE INDEX IF NOT EXISTS failures_by_name ON failures (substr(name, 1, 500))",
)
POSTGRES_SEARCHED = (
    ("claims", "words || ' ' || coalesce(who, '')"),
    ("incidents", "words || ' ' || who || ' ' || coalesce(place, '')"),
    ("reports", "coalesce(title, '') || ' ' || coalesce(outlet, '')"),
)
POSTGRES_PARTS = (
    ("names_by_part", "names", ("name",)),
    ("incidents_by_texts", "incidents", ("place", "who", "words")),
    ("reports_by_outlet", "reports", ("outlet",)),
)


def alike(connection: Connection) -> None:
    """On PostgreSQL indexes of small letters and search without accents, as SQLite has it; each failure once."""
    for statement in FAILURES:
        connection.execute(text(statement))
    if connection.dialect.name != "postgresql":
        return
    make_functions(connection)
    for table, words in POSTGRES_SEARCHED:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN IF EXISTS search")
        connection.exec_driver_sql(
            f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS "
            f"(to_tsvector('english', {PLAIN}({words}))) STORED"
        )
        connection.exec_driver_sql(f"CREATE INDEX {table}_by_search ON {table} USING gin (search)")
    if not connection.scalar(text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")):
        return
    for index, table, columns in POSTGRES_PARTS:
        parts = ", ".join(f"{SMALL}({column}) gin_trgm_ops" for column in columns)
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
        connection.exec_driver_sql(f"CREATE INDEX {index} ON {table} USING gin ({parts})")


def make_functions(connection: Connection) -> None:
    """Give PostgreSQL a function for small letters, and one for small letters without accents.

    They name nothing but what is PostgreSQL's own, so that a dump of the ledger can be read in again.
    """
    lowered = lowering(connection)
    plain = f"CASE WHEN $1 ~ '{ACCENTED}' THEN {without_accents(connection, lowered)} ELSE {lowered} END"
    for name, body in ((SMALL, lowered), (PLAIN, plain)):
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {name}(text) RETURNS text IMMUTABLE PARALLEL SAFE LANGUAGE sql "
            f"AS $body$ SELECT {body} $body$"
        )


def lowering(connection: Connection) -> str:
    """How this server puts a text into small letters: by a collation that it has, else letter by letter."""
    for name in UNICODE:
        try:
            with connection.begin_nested():
                if connection.exec_driver_sql(f"SELECT lower('ÁŻЖ' COLLATE \"{name}\")").scalar() == "áżж":
                    return f"replace(lower($1 COLLATE \"{name}\"), 'ς', 'σ')"
        except DatabaseError:  # it has none of that name
            continue
    capitals, smalls = cases()
    return f"translate(lower($1), '{capitals}ς', '{smalls}σ')"


def without_accents(connection: Connection, lowered: str) -> str:
    """How this server takes the accents from Latin letters: apart and together again, which PostgreSQL 12 can't yet."""
    if (connection.dialect.server_version_info or ()) >= (13,):
        bare = rf"regexp_replace(normalize({lowered}, NFD), '([a-z])[\u0300-\u036f]+', '\1', 'g')"
        return f"normalize({bare}, NFC)"
    return letter_by_letter(lowered)


def letter_by_letter(lowered: str) -> str:
    """How any server takes them, some ten times slower."""
    accented, bare = accents()
    return f"translate({lowered}, '{accented}{MARKS}', '{bare}')"


def cases() -> tuple[str, str]:
    """All capitals beyond ASCII that have one small letter, and those."""
    letters = (chr(n) for n in range(0x80, 0x1F000))
    pairs = [(c, c.lower()) for c in letters if c.lower() != c and len(c.lower()) == 1]
    return "".join(c for c, _ in pairs), "".join(s for _, s in pairs)


def accents() -> tuple[str, str]:
    """All small Latin letters with accents, and the same without: those that SQLite's full-text search takes for one."""
    letters = [chr(n) for n in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    bases = {c: unicodedata.normalize("NFD", c)[0] for c in letters if c.lower() == c}
    found = {c: base for c, base in bases.items() if base.isascii() and base != c}
    return "".join(found), "".join(found.values())
