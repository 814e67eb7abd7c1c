"""Coded views: an event of a record as ACLED, UCDP and PLOVER would code it, as far as the record tells.

Views are computed and never stored: the record with its sources, spans and claims stays the truth. Each view
is `None` where that codebook would not code the event. Rules and what is left uncoded: `docs/coding.md`.

    view = as_acled(record, record.events[0])
"""

from __future__ import annotations

from accordingto.coding.acled import Acled, as_acled
from accordingto.coding.plover import Plover, PloverParty, as_plover
from accordingto.coding.situations import Codebooks, PhraseActor
from accordingto.coding.ucdp import Ucdp, as_ucdp

__all__ = [
    "Acled",
    "Codebooks",
    "PhraseActor",
    "Plover",
    "PloverParty",
    "Ucdp",
    "as_acled",
    "as_plover",
    "as_ucdp",
]
