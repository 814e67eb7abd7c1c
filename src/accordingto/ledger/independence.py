"""Independent voices: whose word each statement is, over all reports.

A voice is a named source wherever it speaks, or an unnamed one within one origin; an outlet's own words count as a
voice only where no source of the same origin says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accordingto.ledger.accounts import Statement
from accordingto.ledger.bodies import same_body, same_person
from accordingto.ledger.names import name_key
from accordingto.ledger.values import anothers
from accordingto.record import SourceKind

NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANIZATION, SourceKind.REPORTER})


def one_voice_each(statements: Sequence[Statement], origins: Mapping[str, str]) -> list[Statement]:
    """The statements with one source for each voice: an outlet is that of its origin's first report."""
    first: dict[str, str] = {}
    for s in ordered(statements):
        if s.kind == SourceKind.REPORTER:
            first.setdefault(origins.get(s.document, s.document), s.source)
    known = [
        msgspec.structs.replace(s, source=first[origins.get(s.document, s.document)])
        if s.kind == SourceKind.REPORTER
        else s
        for s in statements
    ]
    one = joined_sources(known)
    return [msgspec.structs.replace(s, source=one.get(s.source, s.source)) for s in known]


def joined_sources(statements: Iterable[Statement]) -> dict[str, str]:
    """Each named source of an incident with the one that stands for it: a person by the surname, a body by its acronym or its last words."""
    named = sorted(
        {
            (s.by, s.source, SourceKind.ORGANIZATION if s.kind == SourceKind.REPORTER else s.kind)
            for s in statements
            if s.by and s.kind in NAMED
        },
        key=lambda x: (-len(x[0]), x),
    )
    out: dict[str, str] = {}
    heads: list[tuple[str, str, str]] = []
    for by, source, kind in named:
        alike = same_person if kind == SourceKind.PERSON else short_form
        fit = [h for h in heads if h[2] == kind and alike(h[0], by)]
        if len({h[1] for h in fit}) == 1:  # a surname that two of them have is nobody's
            out[source] = out.get(fit[0][1], fit[0][1])
        elif source not in out:
            heads.append((by, source, kind))
    return out


def short_form(whole: str, short: str) -> bool:
    """True where a body's shorter name ends its longer one: the Western Brigades, the Brigades."""
    if same_body(whole, short):
        return True
    a, b = name_key(whole).split(), name_key(short).split()
    return 0 < len(b) < len(a) and a[-len(b) :] == b and not anothers(whole, short)


def voice(s: Statement, origins: Mapping[str, str]) -> str:
    """Who speaks: a source or an outlet across reports, the anonymous by origin."""
    if s.kind == SourceKind.ANONYMOUS:
        return f"{name_key(s.by or '')} {origins.get(s.document, s.document)}"
    return s.source


def voices(told: Iterable[Statement], origins: Mapping[str, str]) -> set[str]:
    """Independent voices: an outlet that only repeats its sources is none."""
    rows = list(told)
    sourced = {origins.get(s.document, s.document) for s in rows if s.kind != SourceKind.REPORTER}
    return {
        voice(s, origins)
        for s in rows
        if s.kind != SourceKind.REPORTER or origins.get(s.document, s.document) not in sourced
    }


def ordered(told: Iterable[Statement]) -> list[Statement]:
    """Canonical order: day, document, place in it, who."""
    return sorted(
        told,
        key=lambda s: (
            s.day or "9999",
            s.document,
            s.span.start if s.span else -1,
            s.claim or "",
            str(s.value),
        ),
    )
