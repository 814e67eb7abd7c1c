"""`accordingto schema`: the record's JSON Schema."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of the record."""
    from accordingto.schema import schema as derive

    print(json.dumps(derive(), indent=1))
