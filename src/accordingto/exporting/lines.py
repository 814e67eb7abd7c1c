"""JSON Lines: every incident whole, as `accordingto incidents --json`, with its caveats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from accordingto.ledger.exports import Exported


def export(incidents: Iterable[Exported]) -> Iterator[str]:
    """One line an incident."""
    for i in incidents:
        beside = {"caveats": list(i.caveats), "reported": i.reported}
        row = i.incident.to_dict() | beside | ({"address": i.address} if i.address else {})
        yield json.dumps(row, ensure_ascii=False) + "\n"
