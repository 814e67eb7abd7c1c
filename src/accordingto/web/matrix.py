"""The matrix of accounts: a row for each source, by side and by independence; a column for each field.

Made from the statements of an incident's accounts; what was judged wrong is shown as struck out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accordingto.ledger.accounts import Account, Field, Stance, Statement
from accordingto.ledger.contest import EXCLUSIVE, alike, latest, outgrown, rivals, voices
from accordingto.ledger.incidents import Incident
from accordingto.ledger.queries import ledger_id
from accordingto.ledger.values import Atlas, compatible, is_number
from accordingto.record import SourceKind
from accordingto.web.incidentrows import counted, value_words
from accordingto.web.parts import AccountGroup, AccountRow, Cell, CellValue, Column, Link
from accordingto.web.words import alike_key, countries, distinct, sign, signs

COLUMNS = ("happened", "actor", "target", "use_of_site", "killed", "wounded", "when", "where", "instrument")
ALWAYS = frozenset({"happened", "actor", "target", "killed", "wounded", "when", "where"})
UNNAMED = (SourceKind.ANONYMOUS, SourceKind.GROUP)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows need to know of the reports: number and title by document, origins by document."""

    numbers: Mapping[str, int]
    titles: Mapping[int, str]
    outlets: Mapping[int, str | None]
    origins: Mapping[str, str]
    wrong: frozenset[tuple[str, str]] = frozenset()


def columns(incident: Incident) -> tuple[Column, ...]:
    """The fields of which any account says something."""
    out = []
    for key in COLUMNS:
        field = incident.fields.get(key)
        if field is None or not field.values:
            continue
        told = [value_words(key, v.value) for v in field.values if v.stance == "asserts"]
        summary = counted(field) if key in ("killed", "wounded") else " / ".join(distinct(told)) or None
        out.append(Column(key, sign("field", key).words, sign("state", field.state), summary))
    return tuple(out)


def untold(incident: Incident) -> tuple[str, ...]:
    """What one would ask of every incident and no account says."""
    silent = (k for k in COLUMNS if k in ALWAYS and not incident.fields[k].values)
    return tuple(sign("clash", k).words for k in silent)


def groups(accounts: Iterable[Account], shown: Sequence[Column], known: Known) -> tuple[AccountGroup, ...]:
    """All sources of an incident's accounts, by side."""
    accounts = list(accounts)
    told = [s for a in accounts for s in a.statements]
    standing = standings(told, known, {a.place.name: a.place for a in accounts if a.placed and a.place})
    sources: dict[str, list[Statement]] = {}
    for s in told:
        sources.setdefault(row_key(s), []).append(s)
    sides: dict[tuple[int, str, str], list[AccountRow]] = {}
    for mine in sources.values():
        row = account_row(mine, told, shown, known, standing)
        sides.setdefault(side_of(mine), []).append(row)
    return tuple(
        AccountGroup(
            key, words, tuple(sorted(rows, key=lambda r: (not r.independent, -len(r.reports), r.who)))
        )
        for (_, key, words), rows in sorted(sides.items())
    )


def row_key(s: Statement) -> str:
    """One row a voice; an outlet's own words are one row an outlet."""
    return f"{s.kind}:{s.source}"


def side_of(told: Sequence[Statement]) -> tuple[int, str, str]:
    """Rank, key and words of the side that a source stands on: its country, else its sector, else its kind."""
    first = told[0]
    party = next((s.party for s in told if s.party), None)
    if party:
        country = next((p for p in party.split() if p in countries()), None)
        if country:
            return 0, country, countries()[country]
        known = signs().get(f"sector:{party.split()[-1]}")
        return (1, party, known.words if known else party)
    if first.kind == SourceKind.REPORTER:
        return 5, "reporter", sign("side", "reporter").words
    if first.kind == SourceKind.MEDIA:
        return 4, "media", sign("side", "media").words
    if first.kind in UNNAMED:
        return 3, "anonymous", sign("side", "anonymous").words
    return 2, "other", sign("side", "other").words


def account_row(
    mine: Sequence[Statement],
    told: Sequence[Statement],
    shown: Sequence[Column],
    known: Known,
    standing: Mapping[int, str],
) -> AccountRow:
    """One source's row."""
    first = mine[0]
    documents = dict.fromkeys(s.document for s in mine)
    why = dependence(mine, told, known)
    numbers = [known.numbers[d] for d in documents if d in known.numbers]
    named = first.kind not in (*UNNAMED, SourceKind.REPORTER)
    return AccountRow(
        who=first.by or ("the report itself" if first.kind == SourceKind.REPORTER else "someone unnamed"),
        source_url=None if first.kind == SourceKind.REPORTER else f"/sources/{ledger_id(first.by, named)}",
        kind=str(first.kind),
        anonymous=first.kind in UNNAMED,
        party=next((s.party for s in mine if s.party), None),
        independent=why is None,
        why_dependent=why,
        outlets=tuple(dict.fromkeys(o for n in numbers if (o := known.outlets.get(n)))),
        reports=tuple(Link(known.titles[n], f"/reports/{n}") for n in numbers),
        cells=tuple(cell(c.key, mine, known, standing) for c in shown),
    )


def dependence(mine: Sequence[Statement], told: Sequence[Statement], known: Known) -> str | None:
    """Why a row is no voice of its own: an outlet that repeats its sources, or a near-copy of an earlier report."""
    first = mine[0]
    if first.kind == SourceKind.REPORTER:
        sourced = {known.origins.get(s.document, s.document) for s in told if s.kind != SourceKind.REPORTER}
        if all(known.origins.get(s.document, s.document) in sourced for s in mine):
            return "the report in its own words, beside the sources that it quotes"
    if first.kind in (*UNNAMED, SourceKind.REPORTER):
        origin = known.origins.get(first.document, first.document)
        same = {
            s.document
            for s in told
            if s.kind == first.kind and known.origins.get(s.document, s.document) == origin
        }
        if len(same) > 1 and first.document != min(same):
            return "its report is a near-copy of another here"
    return None


def cell(key: str, mine: Sequence[Statement], known: Known, standing: Mapping[int, str]) -> Cell:
    """What one source says of one field; the same words of near-copies once."""
    values: dict[tuple[str, str], CellValue] = {}
    for s in mine:
        if s.field != key:
            continue
        number = known.numbers.get(s.document)
        start = s.span.start if s.span else 0
        text = value_words(key, s.value) + (f" ({s.part})" if s.part else "")
        values.setdefault(
            (alike_key(text), s.stance),
            CellValue(
                text=text,
                raw=str(s.value),
                stance=sign("stance", s.stance),
                standing=sign("standing", standing[id(s)]),
                words=s.span.text if s.span else "",
                report=s.report,
                url=f"/reports/{number}#c{start}" if number else "",
                claim=s.claim,
                caveats=s.caveats,
                struck=(key, str(s.value)) in known.wrong,
            ),
        )
    return Cell(key, tuple(values.values()))


def standings(told: Sequence[Statement], known: Known, atlas: Atlas) -> dict[int, str]:
    """How each statement stands to the others on its field: agreed, contested, alone or open; `atlas`: the accounts' places."""
    out: dict[int, str] = {}
    for field in Field:
        here = [s for s in told if s.field is field]
        asserted = [s for s in here if s.stance is Stance.ASSERTS]
        denied = [s for s in here if s.stance is Stance.DENIES]
        same = alike(field, asserted, atlas)
        for s in here:
            out[id(s)] = standing_of(s, asserted, denied, same, known)
    return out


def standing_of(
    s: Statement,
    asserted: Sequence[Statement],
    denied: Sequence[Statement],
    same: Sequence[Sequence[Statement]],
    known: Known,
) -> str:
    """How one statement stands."""
    if s.stance is Stance.DENIES:
        return "contested" if asserted else "alone"
    if s.stance is not Stance.ASSERTS:
        return "open"
    if any(d.value is None or str(d.value) == str(s.value) for d in denied if d.source != s.source):
        return "contested"
    if is_number(s.value):
        return count_standing(s, [o for o in asserted if is_number(o.value) and o.part == s.part], known)
    mine = next((g for g in same if any(o is s for o in g)), [s])
    if s.field in EXCLUSIVE and any(rivals(s.field, [mine, g], known.origins) for g in same if g is not mine):
        return "contested"
    return "agreed" if len(voices(mine, known.origins)) > 1 else "alone"


def count_standing(s: Statement, told: Sequence[Statement], known: Known) -> str:
    """How one count stands to the others: of one voice the latest holds, and a later, higher one overtakes it."""
    current = latest(told, known.origins)
    if outgrown(s, current) or (s not in current and any(o.source == s.source for o in current)):
        return "overtaken"
    live = [o for o in current if not outgrown(o, current)]
    if any(o.source != s.source and not compatible(o, s) for o in live):
        return "contested"
    return "agreed" if len(voices([o for o in live if compatible(o, s)], known.origins)) > 1 else "alone"
