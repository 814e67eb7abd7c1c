"""Full-text search of claims: FTS5 on SQLite, tsvector on PostgreSQL; words match in any of their forms."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Dialect, func, literal_column, text

from accordingto.errors import UserError
from accordingto.ledger import tables

PHRASE = re.compile(r'"([^"]+)"|(\S+)')


def matching(words: str, dialect: Dialect) -> ColumnElement[bool]:
    """The claims that hold all the words; a phrase in quotation marks holds together.

    Raises:
        UserError: where there is no word in it.
    """
    terms = [" ".join(re.findall(r"[^\W_]+", m[1] or m[2])) for m in PHRASE.finditer(words)]
    terms = [t for t in terms if t]
    if not terms:
        raise UserError(f"There is no word in {words!r}; give the words to search for.")
    query = " ".join(f'"{t}"' for t in terms)  # quoted, no word is an operator
    if dialect.name == "sqlite":
        found = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :wanted")
        return tables.claims.c.id.in_(found.bindparams(wanted=query).columns(tables.claims.c.id))
    return literal_column("claims.search").op("@@", is_comparison=True)(
        func.websearch_to_tsquery(literal_column("'english'::regconfig"), query)
    )
