"""Pronoun sources on the gold reports: how many of the speakers named only by a pronoun find their name.

A gold claim counts where its source is a pronoun and `who` is given. It is found where a claim of the record has its source
there; right where that source's name and `who` share all the words of the shorter (as `gold.py` compares names).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from accordingto.record import Record

PRONOUNS = frozenset("he she they it who him her them his its their".split())
EMPTY = frozenset("the a an mr mrs ms of s".split())


def position(text: str, words: str) -> int:
    """Where a gold mention stands: `word@2` is the second."""
    body, _, nth = words.rpartition("@") if re.search(r"@\d+$", words) else (words, "", "1")
    at = -1
    for _ in range(int(nth)):
        at = text.find(body, at + 1)
    return at


def name_words(name: str | None) -> set[str]:
    """The words that tell one name from another."""
    return set(re.findall(r"\w+", (name or "").lower())) - EMPTY


def named(record: Record, start: int) -> list[str | None]:
    """The names of the sources of claims whose source stands at a character."""
    sources = {s.id: s for s in record.sources}
    entities = {e.id: e.name for e in record.entities}
    out = []
    for claim in record.claims:
        at = claim.source_span
        if at and at.start <= start < at.end and claim.source:
            source = sources[claim.source]
            out.append(entities.get(source.entity or "") or source.description)
    return out


def resolved(gold: Path, records: dict[str, Record]) -> tuple[int, int, int]:
    """Pronoun sources, those found as sources, those with the right name, over the gold reports with a record."""
    total = found = right = 0
    for name, record in records.items():
        parts: dict[str, Any] = yaml.safe_load((gold / f"{name}.yaml").read_text(encoding="utf-8"))
        text = (gold / f"{name}.txt").read_text(encoding="utf-8")
        shift = text.find(record.document.text[:40])
        for claim in parts.get("claims") or []:
            source, who = claim.get("source"), claim.get("who")
            if not source or not who or re.sub(r"@\d+$", "", source).lower() not in PRONOUNS:
                continue
            total += 1
            seen = named(record, position(text, source) - max(shift, 0))
            found += bool(seen)
            wanted = name_words(who)
            right += any(n and (n <= wanted or wanted <= n) for n in map(name_words, seen))
    return total, found, right
