"""The JSON Schema of the record, derived from its types."""

from __future__ import annotations

from typing import Any

import msgspec

from accordingto.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `Record.to_dict()`; every exporter and test reads the same types."""
    derived = msgspec.json.schema(Record)
    return {"$schema": DIALECT, "title": "accordingto record", **derived}
