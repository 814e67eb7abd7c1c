"""Full-text search of claims: FTS5 on SQLite, tsvector on PostgreSQL; words match in any of their forms, with or without
accents.
"""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, Connection, Dialect, func, literal_column, select, text

from accordingto.errors import UserError
from accordingto.ledger import tables
from accordingto.ledger.folding import PLAIN

PHRASE = re.compile(r'"([^"]+)"|(\S+)')


WIDE = 2000  # matches that are put in order; of a query that more claims match, only the newest ones are


def quoted(words: str) -> str:
    """A query's words and phrases, each quoted, so that no word is an operator.

    Raises:
        UserError: where there is no word in it.
    """
    whole = unicodedata.normalize("NFC", words)  # an accent by itself would be no part of a word
    terms = [" ".join(re.findall(r"[^\W_]+", m[1] or m[2])) for m in PHRASE.finditer(whole)]
    terms = [t for t in terms if t]
    if not terms:
        raise UserError(f"There is no word in {words!r}; give the words to search for.")
    return " ".join(f'"{t}"' for t in terms)


def matching(words: str, dialect: Dialect) -> ColumnElement[bool]:
    """The claims that hold all the words; a phrase in quotation marks holds together.

    Raises:
        UserError: where there is no word in it.
    """
    query = quoted(words)
    if dialect.name == "sqlite":
        found = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :wanted")
        return tables.claims.c.id.in_(found.bindparams(wanted=query).columns(tables.claims.c.id))
    return literal_column("claims.search").op("@@", is_comparison=True)(
        func.websearch_to_tsquery(literal_column("'english'::regconfig"), getattr(func, PLAIN)(query))
    )


def best_matches(connection: Connection, words: str, count: int) -> list[int]:
    """Ids of the claims that hold all the words, the shortest first, for they say least else; at most `count`.

    Raises:
        UserError: where there is no word in it.
    """
    c = tables.claims.c
    hit = select(c.id, func.length(c.words).label("size")).where(matching(words, connection.dialect))
    hits = hit.order_by(c.id.desc()).limit(WIDE).subquery()
    return list(connection.scalars(select(hits.c.id).order_by(hits.c.size, hits.c.id).limit(count)))
