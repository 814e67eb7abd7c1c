"""Independent voices: whose word each statement is, over all reports.

A voice is a named source wherever it speaks, or an unnamed one within one origin; whoever speaks for a body is its voice. An
outlet's own words, those of nobody (“was said to be”) and what its headline credits to somebody unnamed count as a voice only
where no source of the same origin says the same; so does “the group”, which takes up one that it has named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from accordingto.ledger.accounts import Statement
from accordingto.ledger.bodies import same_body, same_person
from accordingto.ledger.names import name_key
from accordingto.ledger.values import anothers
from accordingto.record import SourceKind

NAMED = frozenset({SourceKind.PERSON, SourceKind.ORGANIZATION, SourceKind.REPORTER})
UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.GROUP})
PLAIN = frozenset(  # words behind a body's name that only tell what it is: the White Helmets [rescue service]
    "service group movement organization organisation charity network agency monitor watchdog party militia alliance".split()
)
TAKEN_UP = re.compile(
    r"the (?:[\w-]+ ){0,2}(?:group|movement|organi[sz]ation|charity|network|agency|monitor|watchdog|party|militia|company|firm|document|report|statement)",
    re.I,
)


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
    return [
        msgspec.structs.replace(s, source=one.get(s.source, s.source), of=one.get(s.of or "", s.of))
        for s in known
    ]


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
    """True where a body's shorter name ends its longer one, or lacks only a word for what it is: the Western Brigades, the Brigades."""
    if same_body(whole, short):
        return True
    a, b = name_key(whole).split(), name_key(short).split()
    if not 0 < len(b) < len(a) or anothers(whole, short):
        return False
    return a[-len(b) :] == b or (a[: len(b)] == b and a[-1] in PLAIN and " ".join(a[len(b) :]) in whole)


def voice(s: Statement, origins: Mapping[str, str]) -> str:
    """Who speaks: a source or an outlet across reports, the anonymous by origin; of a body's spokesman the body."""
    if s.of is not None:
        return s.of
    if s.kind == SourceKind.ANONYMOUS or (s.by is None and s.kind != SourceKind.REPORTER):
        return f"{name_key(s.by or '')} {origins.get(s.document, s.document)}"
    return s.source


def voices(told: Iterable[Statement], origins: Mapping[str, str]) -> set[str]:
    """Independent voices: an outlet that only repeats its sources is none, nor is whoever only takes up another."""
    by_origin: dict[str, list[Statement]] = {}
    for s in told:
        by_origin.setdefault(origins.get(s.document, s.document), []).append(s)
    out = set()
    for rows in by_origin.values():
        heard = [s for s in rows if not echoes(s)] or [s for s in rows if s.kind == SourceKind.REPORTER]
        out |= {voice(s, origins) for s in heard or [s for s in rows if s.by is not None] or rows}
    return out


def echoes(s: Statement) -> bool:
    """True for words that count only where no other source of their report says the same."""
    if s.kind == SourceKind.REPORTER or s.by is None or s.echo:
        return True
    return s.kind in UNNAMED and TAKEN_UP.fullmatch(s.by) is not None


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
