"""Fields of incidents: the state that the ledger gives against the one annotated from the texts.

Each annotated incident is held against the one into which most of its mentions came. A field is *disputed* where it is contested
or denied. Three figures: how many of the disputed fields are found and how many of those found are right; the share of all annotated
fields of which it is rightly said whether they are disputed; the share whose state (of five) is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accordingto.ledger.incidents import Incident
from benchmarks.crossset import Mention

DISPUTED = ("contested", "denied")


@dataclass(frozen=True, slots=True)
class Judged:
    """One annotated field and what the ledger says of it."""

    incident: str
    field: str
    gold: str
    found: str

    @property
    def rightly(self) -> bool:
        """True where it is rightly said whether the field is disputed."""
        return (self.gold in DISPUTED) == (self.found in DISPUTED)


def best_incident(mentions: Sequence[Mention], found: Sequence[str]) -> Mapping[str, str]:
    """Each annotated incident with the one into which most of its mentions came."""
    held: dict[str, Counter[str]] = {}
    for m, label in zip(mentions, found, strict=True):
        held.setdefault(m.incident, Counter())[label] += 1
    return {k: min(c, key=lambda x: (-c[x], x)) for k, c in held.items()}


def judged(
    gold: Sequence[dict[str, Any]],
    mentions: Sequence[Mention],
    labels: Sequence[str],
    derived: Sequence[Incident],
) -> list[Judged]:
    """All annotated fields; one of an incident that was not read at all is unknown."""
    by_id = {i.id: i for i in derived}
    home = best_incident(mentions, labels)
    out = []
    for incident in gold:
        mine = by_id.get(home[incident["id"]])
        for name, field in incident["fields"].items():
            state = str(mine.fields[name].state) if mine else "unknown"
            out.append(Judged(incident["id"], name, field["state"], state))
    return out


def table(rows: Sequence[Judged]) -> str:
    """The three figures in a line, and the states side by side."""
    said = [r for r in rows if r.found in DISPUTED]
    true = [r for r in rows if r.gold in DISPUTED]
    hit = sum(r.gold in DISPUTED for r in said)
    p, r = hit / max(1, len(said)), hit / len(true)
    lines = [
        f"fields: {len(rows)}; disputed {len(true)}, found {hit}, wrongly {len(said) - hit}: "
        f"P {100 * p:.1f} R {100 * r:.1f} F1 {200 * p * r / max(p + r, 1e-9):.1f}",
        f"  rightly disputed or not {100 * sum(x.rightly for x in rows) / len(rows):.1f} %; "
        f"state right {100 * sum(x.gold == x.found for x in rows) / len(rows):.1f} %",
    ]
    pairs = Counter((x.gold, x.found) for x in rows)
    lines += [f"  {gold} told as {found}: {n}" for (gold, found), n in pairs.most_common() if gold != found]
    return "\n".join(lines)
