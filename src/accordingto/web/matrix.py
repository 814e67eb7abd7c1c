"""The matrix of accounts: a row for each source, by side and by independence; a column for each field.

Made from the statements of an incident's accounts; what was judged wrong is shown as struck out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accordingto.ledger.accounts import Account, Field, Stance, Statement
from accordingto.ledger.contest import EXCLUSIVE, State, alike, latest, rivals
from accordingto.ledger.corrections import SET, TYPE
from accordingto.ledger.incidents import Incident
from accordingto.ledger.independence import voices
from accordingto.ledger.values import Atlas, compatible, denies, is_number, outgrown, overtaken
from accordingto.ledger.voices import described, has_name
from accordingto.ledger.wording import key_of
from accordingto.record import SourceKind
from accordingto.web.incidentrows import CLASHING, corrected_of, counted, told_words
from accordingto.web.parts import AccountGroup, AccountRow, Cell, CellValue, Choice, Column, Link, ToldField
from accordingto.web.words import alike_key, countries, distinct, sign, signs

COLUMNS = ("happened", "actor", "target", "use_of_site", "killed", "wounded", "when", "where", "instrument")
ALWAYS = frozenset({"happened", "actor", "target", "killed", "wounded", "when", "where"})
SETTABLE = frozenset({*SET, Field.WHERE})
MOST = 3  # times as many voices as against it from which a day is borne out
STANDINGS = ("contested", "agreed", "alone", "open", "overtaken")  # of what is said twice the first of these
UNNAMED = (SourceKind.ANONYMOUS, SourceKind.GROUP)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows need to know of the reports: number and title by document, origins by document."""

    numbers: Mapping[str, int]
    titles: Mapping[int, str]
    outlets: Mapping[int, str | None]
    origins: Mapping[str, str]
    wrong: frozenset[tuple[str, str]] = frozenset()

    def struck(self, s: Statement) -> bool:
        """True for what was judged wrong."""
        return any((str(s.field), named) in self.wrong for named in (str(s.value), key_of(s)))

    def told_in(self, number: int | None) -> str:
        """A report by its outlet and title; empty where it is not known."""
        title = self.titles.get(number or 0)
        outlet = self.outlets.get(number or 0)
        return ", ".join(x for x in (outlet, f"“{title}”" if title else None) if x)


def columns(incident: Incident) -> tuple[Column, ...]:
    """The fields of which any account says something, and those that somebody set right."""
    out = []
    for key in COLUMNS:
        field = incident.fields.get(key)
        fixed = corrected_of(incident, key)
        if field is None or not (field.values or fixed):
            continue
        told = distinct(told_words(key, v) for v in field.values if v.stance == "asserts")
        summary = counted(field) if key in ("killed", "wounded") else " / ".join(told) or None
        out.append(
            Column(key, sign("field", key).words, sign("state", field.state), summary, tuple(told), fixed)
        )
    return tuple(out)


def untold(incident: Incident) -> tuple[str, ...]:
    """What one would ask of every incident and no account says."""
    silent = (
        k for k in COLUMNS if k in ALWAYS and not incident.fields[k].values and not corrected_of(incident, k)
    )
    return tuple(sign("clash", k).words for k in silent)


def groups(accounts: Iterable[Account], shown: Sequence[Column], known: Known) -> tuple[AccountGroup, ...]:
    """All sources of an incident's accounts, by side."""
    accounts = list(accounts)
    told = [s for a in accounts for s in a.statements]
    atlas = {a.place.name: a.place for a in accounts if a.placed and a.place}
    standing = standings(told, {c.key: c.state.value for c in shown}, known, atlas)
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


def told_fields(said: Iterable[AccountGroup]) -> tuple[ToldField, ...]:
    """What may be judged of each field: every value once that some account holds and nobody struck out."""
    held: dict[str, dict[str, dict[str, None]]] = {key: {} for key in (*COLUMNS, TYPE)}
    cells = (c for g in said for r in g.rows for c in r.cells)
    for column, v in ((c.column, v) for c in cells for v in c.values):
        if not v.struck and v.raw not in ("", "None"):
            held[column].setdefault(v.raw, {})[v.text] = None
    return tuple(
        ToldField(
            key,
            sign("field", key).words,
            tuple(Choice(f"{key}:{raw}", " / ".join(texts)) for raw, texts in values.items()),
            key in SETTABLE,
        )
        for key, values in held.items()
        if values or key in SETTABLE
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
    land = next((p for p in (first.party or "").split() if p in countries()), None)
    listed = first.source if has_name(first.by, named, land) else described(first.by)
    return AccountRow(
        who=first.by or ("the report itself" if first.kind == SourceKind.REPORTER else "no one named"),
        source_url=None if first.kind == SourceKind.REPORTER else f"/sources/{listed}",
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
    """What one source says of one field; what it says again, once, as the one of these that counts stands."""
    told: dict[tuple[str, str], list[Statement]] = {}
    texts = {id(s): told_words(key, s) for s in mine}
    for s in mine:
        if s.field == key:
            told.setdefault((alike_key(texts[id(s)]), s.stance), []).append(s)
    values = []
    for again in told.values():
        s = again[0]
        number = known.numbers.get(s.document)
        start = s.span.start if s.span else 0
        values.append(
            CellValue(
                text=texts[id(s)],
                raw=key_of(s),
                stance=sign("stance", s.stance),
                standing=sign("standing", min((standing[id(x)] for x in again), key=STANDINGS.index)),
                words=s.span.text if s.span else "",
                report=s.report,
                url=f"/reports/{number}#c{start}" if number else "",
                claim=s.claim,
                caveats=s.caveats,
                struck=known.struck(s),
                told_in=known.told_in(number),
                told_at=tuple(
                    f"/reports/{n}" for n in dict.fromkeys(known.numbers.get(x.document) for x in again) if n
                ),
            )
        )
    return Cell(key, tuple(values))


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of one part: each voice's latest, and of these what no later, higher one overtakes."""

    current: Sequence[Statement]
    live: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one field and not judged wrong.

    `same`: what is asserted, grouped by value; `counts`: what is counted, by part; `clash`: accounts clash on it.
    """

    asserted: Sequence[Statement]
    denied: Sequence[Statement]
    same: Sequence[Sequence[Statement]]
    counts: Mapping[str | None, Counts]
    clash: bool


def standings(
    told: Sequence[Statement], states: Mapping[str, str], known: Known, atlas: Atlas
) -> dict[int, str]:
    """How each statement stands to the others on its field: agreed, contested, alone or open.

    `states`: how each field stands, which the cells agree with: none is contested where the field is not, and some are where
    it is. `atlas`: the accounts' places.
    """
    out: dict[int, str] = {}
    for field in Field:
        here = [s for s in told if s.field is field]
        valid = [s for s in here if not known.struck(s)]
        asserted = [s for s in valid if s.stance is Stance.ASSERTS]
        denied = [s for s in valid if s.stance is Stance.DENIES]
        state = states.get(str(field))
        same = alike(field, asserted, atlas)
        all_told = Told(asserted, denied, same, counts_of(asserted, known), state in CLASHING)
        found = {id(s): standing_of(s, all_told, known) for s in here}
        if state == State.CONTESTED and "contested" not in found.values():
            found |= {id(s): "contested" for s in asserted if any(differ(s, o, all_told) for o in asserted)}
        out |= found
    return out


def counts_of(asserted: Sequence[Statement], known: Known) -> dict[str | None, Counts]:
    """What is counted, by part."""
    parts: dict[str | None, list[Statement]] = {}
    for s in asserted:
        if is_number(s.value):
            parts.setdefault(s.part, []).append(s)
    out = {}
    for part, told in parts.items():
        current = latest(told, known.origins)
        out[part] = Counts(current, [s for s in current if not outgrown(s, current)])
    return out


def differ(a: Statement, b: Statement, told: Told) -> bool:
    """Whether two statements give different values."""
    if is_number(a.value) and is_number(b.value):
        return a.part == b.part and not compatible(a, b)
    return not any(a in group and b in group for group in told.same)


def standing_of(s: Statement, told: Told, known: Known) -> str:
    """How one statement stands."""
    if s.stance is Stance.DENIES:
        return "contested" if told.asserted and told.clash else "alone"
    if s.stance is not Stance.ASSERTS:
        return "open"
    against = (d for d in told.denied if d.source != s.source)
    if told.clash and any(d.value is None or denies(d, s) for d in against):
        return "contested"
    if is_number(s.value):
        counts = told.counts.get(s.part, Counts((), ()))  # none where all of them were judged wrong
        return count_standing(s, counts, known, clash=told.clash)
    mine = next((g for g in told.same if any(o is s for o in g)), [s])
    if told.clash and s.field in EXCLUSIVE:
        rest = [g for g in told.same if g is not mine]
        clashing = [g for g in rest if rivals(s.field, [mine, g], known.origins)]
        fitting = [mine, *(g for g in rest if g not in clashing)]
        if clashing and not borne_out(s.field, fitting, clashing, known):
            return "contested"
    return "agreed" if len(voices(mine, known.origins)) > 1 else "alone"


def borne_out(
    field: Field, fitting: Sequence[Sequence[Statement]], against: Sequence[Sequence[Statement]], known: Known
) -> bool:
    """Whether so many more voices fit a day than speak against it that only theirs stand out: one report's slip marks no other day."""
    some, few = (len(voices([s for g in groups for s in g], known.origins)) for groups in (fitting, against))
    return field is Field.WHEN and some >= MOST * few


def count_standing(s: Statement, counts: Counts, known: Known, *, clash: bool) -> str:
    """How one count stands to the others: of one voice the latest holds, and a later, higher one overtakes it."""
    current, live = counts.current, counts.live
    if overtaken(s, current):
        return "overtaken"
    if clash and any(o.source != s.source and not compatible(o, s) for o in live):
        return "contested"
    return "agreed" if len(voices([o for o in live if compatible(o, s)], known.origins)) > 1 else "alone"
