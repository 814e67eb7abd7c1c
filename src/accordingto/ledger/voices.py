"""Sources audited across reports: how much each says, by which acts, where; anonymous ones with their reasons.

A named source is one wherever it speaks. An anonymous one can't be known again, nor can a bare noun, "the group": what is listed is
its description ("a senior official"), and how often, where and with what reason it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

import msgspec

from accordingto.ledger.names import name_key, tagged
from accordingto.ledger.speakers import Speaker, Speakers, is_bare, is_pronoun
from accordingto.record import Record, SourceKind, Struct

FEW = 4  # reports of a source for each that must tell its country or sector alike

T = TypeVar("T", bound=Hashable)


class Heard(Struct, frozen=True):
    """One source in one report: what it says there, by act."""

    key: str
    by: str | None
    kind: str
    named: bool
    country: str | None
    sector: str | None
    acts: dict[str, int]
    on: tuple[str, ...]
    reason: str | None
    report: str
    document: str
    outlet: str | None
    published: str | None


class Voice(Struct, frozen=True):
    """One source in all reports, as `accordingto sources --json` gives it."""

    id: str
    name: str | None
    description: str | None
    kind: str
    named: bool
    country: str | None
    sector: str | None
    claims: dict[str, int]
    on: dict[str, int]
    reports: tuple[str, ...]
    outlets: dict[str, int]
    anonymity_reasons: tuple[str, ...]
    first: str | None
    last: str | None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


def audit_key(speaker: Speaker) -> str:
    """The key under which a source is audited: its id if named, else its description."""
    named = has_name(speaker.by, speaker.named, speaker.country)
    return speaker.id if named else described(speaker.by)


def has_name(by: str | None, named: bool, land: str | None = None) -> bool:
    """True for a source by whose name it is known again in another report, and not “the group”; `land` is its country."""
    return named and not (by and is_bare(by, land))


def described(words: str | None) -> str:
    """The key of all unnamed sources that are described in these words; a pronoun describes nobody."""
    return tagged("S", "described", "" if words is None or is_pronoun(words) else name_key(words))


def heard(record: Record, report: str, speakers: Speakers) -> tuple[Heard, ...]:
    """The sources of one record, with the acts of their claims and the types of what they speak of."""
    types = {v.id: v.type for v in record.events}
    rows: dict[str, list[tuple[Speaker, str, tuple[str, ...]]]] = {}
    for c in record.claims:
        speaker = speakers.of(c)
        on = {types[x] for x in c.about if x in types} | {v.type for v in record.events if c.id in v.claims}
        rows.setdefault(audit_key(speaker), []).append((speaker, str(c.act), tuple(sorted(on))))
    d = record.document
    out = []
    for key, said in rows.items():
        speaker = said[0][0]
        out.append(
            Heard(
                key=key,
                by=None if speaker.by and is_pronoun(speaker.by) else speaker.by,
                kind=str(speaker.kind),
                named=has_name(speaker.by, speaker.named, speaker.country),
                country=speaker.country,
                sector=speaker.sector,
                acts=dict(sorted(Counter(act for _, act, _ in said).items())),
                on=tuple(sorted({t for _, _, on in said for t in on})),
                reason=next((s.reason for s, _, _ in said if s.reason), None),
                report=report,
                document=d.id,
                outlet=d.outlet,
                published=d.published.isoformat() if d.published else None,
            )
        )
    return tuple(out)


def voices(rows: Iterable[Heard]) -> list[Voice]:
    """Sources over all reports, by key; independent of order."""
    ordered = sorted(rows, key=lambda h: (h.key, h.published or "9999", h.document))
    return [voice(list(group)) for _, group in groupby(ordered, key=lambda h: h.key)]


def voice(rows: Sequence[Heard]) -> Voice:
    """One source from what it says in each report."""
    first = rows[0]
    acts: dict[str, int] = {}
    for r in rows:
        for act, n in r.acts.items():
            acts[act] = acts.get(act, 0) + n
    days = sorted(r.published for r in rows if r.published)
    named = any(r.named for r in rows)
    by = most(r.by for r in rows) if named else first.by
    kind = most(r.kind for r in rows)
    return Voice(
        id=first.key,
        name=by if named else None,
        description=None if named else by,
        kind=kind if named else kind or str(SourceKind.ANONYMOUS),
        named=named,
        country=country_of(rows, named),
        sector=agreed([r.sector for r in rows]),
        claims=dict(sorted(acts.items())),
        on=dict(sorted(Counter(t for r in rows for t in r.on).items())),
        reports=tuple(dict.fromkeys(r.report for r in rows)),
        outlets=dict(sorted(Counter(r.outlet for r in rows if r.outlet).items())),
        anonymity_reasons=tuple(sorted({r.reason for r in rows if r.reason})),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def most(told: Iterable[T]) -> T:
    """What is told most often; of equals what is told first."""
    return Counter(told).most_common(1)[0][0]


def agreed(told: Sequence[str | None]) -> str | None:
    """What more than half of the reports that tell anything tell, and no few of all: one that takes a man for a refugee is alone with it."""
    known = [t for t in told if t]
    value = most(known) if known else None
    count = known.count(value) if value else 0
    return value if count * 2 > len(known) and count * FEW >= len(told) else None


def country_of(rows: Sequence[Heard], named: bool) -> str | None:
    """A source's country; of those described alike only where all have one."""
    told = [r.country for r in rows]
    return agreed(told) if named or (len(set(told)) == 1) else None
