"""Incidents over many reports: `python -m benchmarks.incidents` reads the cross-report set into a ledger and scores it.

Gold mentions (a report and a trigger) are laid over the reader's events: overlapping triggers first, else the nearest within
120 characters. B-cubed and the CoNLL mean are over the gold mentions; one that the reader missed stands alone. Events that
the set does not mark count neither way, since the set is not exhaustive.

`--why` splits what is lost: pairs of mentions of one incident by the first step that parts them, and wrong pairs by their reason.
`--fields` lists the annotated fields whose state is wrong. `--shuffles 50` enters the records in so many orders and compares what comes out. `--records FILE` keeps the records.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Hashable, Sequence
from itertools import combinations
from pathlib import Path

from accordingto.ledger.accounts import Account
from accordingto.ledger.blocking import blocks
from accordingto.ledger.incidents import Incident
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.matching import compare
from benchmarks.coreference import Tally, cubed
from benchmarks.crossset import CrossSet, Mention, load
from benchmarks.fields import judged, table

FOLDER = Path(__file__).parent / "crossreports"


def labels(mentions: Sequence[Mention], found: Sequence[Incident]) -> list[str]:
    """The incident that each mention came into; one that the reader missed is alone."""
    owner = {(e.report, e.event): i.id for i in found for e in i.events}
    return [owner.get((m.report, m.event or ""), f"alone {n}") for n, m in enumerate(mentions)]


def chains(names: Sequence[str]) -> list[frozenset[Hashable]]:
    """Mentions of one name together."""
    out: dict[str, set[Hashable]] = {}
    for n, name in enumerate(names):
        out.setdefault(name, set()).add(n)
    return [frozenset(c) for c in out.values()]


def score(mentions: Sequence[Mention], found: Sequence[str]) -> str:
    """B-cubed and CoNLL in one line."""
    a, b = chains([m.incident for m in mentions]), chains(found)
    tally = Tally()
    tally.add(a, b)
    table, mean = tally.rows()
    right, size = cubed(b, a)
    kept, all_gold = cubed(a, b)
    p, r = right / size, kept / all_gold
    parts = "; ".join(f"{name} {row.f1:.1f}" for name, row in table.rows.items())
    f1 = 200 * p * r / (p + r)
    return f"B-cubed P {100 * p:.1f} R {100 * r:.1f} F1 {f1:.1f}; CoNLL F1 {mean:.1f} ({parts})"


def reached(mentions: Sequence[Mention]) -> list[str]:
    """The labels if everything that was read as an event were merged rightly: what merging can't mend."""
    return [m.incident if m.event else f"alone {n}" for n, m in enumerate(mentions)]


def meeting(accounts: Sequence[Account]) -> set[tuple[int, int]]:
    """The pairs of accounts, by number, that blocking lets be compared."""
    under: dict[str, list[tuple[int, bool]]] = {}
    for n, a in enumerate(accounts):
        for b in blocks(a):
            under.setdefault(b.key, []).append((n, b.open))
    return {(m, n) for found in under.values() for (m, x), (n, y) in combinations(found, 2) if x or y}


def meet(one: Account, other: Account) -> bool:
    """True where blocking lets two accounts be compared."""
    return bool(meeting([one, other]))


def parted(one: Account | None, other: Account | None, family: str) -> tuple[str, str]:
    """The first step that parts two mentions of one incident, and its words."""
    if one is None or other is None:
        return "no event read", ""
    if one.key == other.key:
        return "clustering", "one event"
    match = compare(one, other)
    if one.family != other.family:
        odd = [a.type for a in (one, other) if a.family != family]
        return "read as another type", ", ".join(odd) or f"{one.type}, {other.type}"
    if not meet(one, other):
        return "blocking", f"{match.score} {match.reason}"
    if not match.is_match:
        return "pair score", f"{match.score} {match.reason}"
    return "clustering", f"{match.score} {match.reason}"


def why(given: CrossSet, mentions: Sequence[Mention], found: Sequence[str]) -> None:
    """Lost pairs by step, wrong pairs by reason."""
    accounts, known = given.accounts(), knowledge()
    types = {i["id"]: known.family(i["type"]) for i in given.gold}
    lost: dict[str, list[str]] = {}
    wrong: list[str] = []
    together = 0
    for (m, x), (n, y) in combinations(zip(mentions, found, strict=True), 2):
        pair = [accounts.get((z.report, z.event or "")) for z in (m, n)]
        if m.incident == n.incident and x == y:
            together += 1
        elif m.incident == n.incident:
            step, words = parted(pair[0], pair[1], types[m.incident])
            lost.setdefault(step, []).append(f"{m.incident} {m.report} {n.report}: {words}")
        elif x == y and pair[0] and pair[1]:
            match = compare(pair[0], pair[1])
            wrong.append(f"{m.incident} {m.report}, {n.incident} {n.report}: {match.score} {match.reason}")
    print(f"{together} pairs of mentions rightly together, {len(wrong)} wrongly, apart:")
    for step, lines in sorted(lost.items()):
        print(f"  {step}: {len(lines)}")
    for step, lines in [*sorted(lost.items()), ("wrongly together", wrong)]:
        print(f"-- {step}")
        print("\n".join(lines))


def shuffled(given: CrossSet, count: int) -> int:
    """How many of so many orders of entering give other incidents than the first."""
    expected = [i.to_dict() for i in given.derive()]
    names, chance = sorted(given.reports), random.Random(5)
    return sum(
        [i.to_dict() for i in given.derive(chance.sample(names, len(names)))] != expected
        for _ in range(count)
    )


def main() -> None:
    """Read, merge, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=Path, help="keep the records in this file, and use them again")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--fields", action="store_true", help="list the fields whose state is wrong")
    parser.add_argument("--shuffles", type=int, default=0)
    given = parser.parse_args()
    whole = load(given.folder, given.records)
    mentions = whole.mentions()
    derived = whole.derive()
    found = labels(mentions, derived)
    missed = sum(m.event is None for m in mentions)
    print(
        f"{len(whole.reports)} reports, {len(whole.gold)} incidents, {len(mentions)} mentions, {missed} without an event of the reader"
    )
    print(score(mentions, found))
    print(f"all that was read merged rightly: {score(mentions, reached(mentions))}")
    rows = judged(whole.gold, mentions, found, derived)
    print(table(rows))
    if given.fields:
        print(
            "\n".join(
                f"{r.incident} {r.field}: {r.gold}, told as {r.found}" for r in rows if r.gold != r.found
            )
        )
    if given.why:
        why(whole, mentions, found)
    if given.shuffles:
        print(f"{given.shuffles} orders of entering, {shuffled(whole, given.shuffles)} gave something else")


if __name__ == "__main__":
    main()
