"""Fit the weights of `accordingto.ledger.matching`: `python -m training.matching`.

Pairs are those of marked mentions in `benchmarks/crossreports_train` that blocking lets be compared and that nothing rules
out. A mention counts where the reader has an event that overlaps it, or one of its family near by. The weights are those of
a logistic regression, each held near its prior of `data/match_weights.csv` by a normal distribution (the pairs are
few). Letters of incidents are folds: the printed figures are of pairs and incidents that the weights did not see.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.crossset import CrossSet, Mention, load_marked
from benchmarks.incidents import meeting, score
from scipy.optimize import minimize

from accordingto.ledger import matching
from accordingto.ledger.accounts import Account
from accordingto.ledger.clustering import cluster, components
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.matching import WeightRow
from accordingto.ledger.signs import Apart
from accordingto.vocabularies import table

FOLDER = Path(__file__).parent.parent / "benchmarks/crossreports_train"
OUT = Path(__file__).parent.parent / "src/accordingto/data/match_weights.csv"
SPREAD = 0.3  # standard deviation of a weight around its prior
HEAD = """# What speaks for and against two accounts telling of one incident: log-odds that a sign adds, and the prior it was held near.
# source: prior by the authors; weight fitted on benchmarks/crossreports_train by `python -m training.matching`
sign,weight,prior
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that may be compared: strengths by sign, whether they are one, and their folds."""

    signs: Mapping[str, float]
    same: bool
    folds: frozenset[str]


def counted(given: CrossSet) -> list[tuple[Mention, Account]]:
    """The mentions that the reader has an event for, one for each event."""
    accounts, known = given.accounts(), knowledge()
    families = {i["id"]: known.family(i["type"]) for i in given.gold}
    out: dict[str, tuple[Mention, Account]] = {}
    for m in given.mentions():
        a = accounts.get((m.report, m.event or ""))
        if a is None:
            continue
        over = a.start < m.at.end and a.start + 3 > m.at.start
        if (over or a.family == families[m.incident]) and (a.key not in out or over):
            out[a.key] = (m, a)
    return list(out.values())


def pairs_of(kept: Sequence[tuple[Mention, Account]], by: matching.Weights) -> list[Pair]:
    """All pairs that are compared at all."""
    out = []
    for i, j in sorted(meeting([a for _, a in kept])):
        (m, one), (n, other) = kept[i], kept[j]
        a, b = sorted((one, other), key=lambda x: x.order)
        try:
            found = matching.seen(a, b, copies=False, by=by)
        except Apart:
            continue
        strengths: dict[str, float] = {}
        for s in found:
            strengths[s.name] = strengths.get(s.name, 0.0) + s.strength
        out.append(Pair(strengths, m.incident == n.incident, frozenset({m.incident[0], n.incident[0]})))
    return out


def fit(pairs: Sequence[Pair], priors: Mapping[str, float]) -> dict[str, float]:
    """The likeliest weights near their priors."""
    names = list(priors)
    x = np.array([[p.signs.get(n, 0.0) for n in names] for p in pairs])
    y = np.array([1.0 if p.same else -1.0 for p in pairs])
    prior = np.array([priors[n] for n in names])

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        margin = y * (x @ w)
        value = np.logaddexp(0, -margin).sum() + ((w - prior) ** 2).sum() / (2 * SPREAD**2)
        slope = -(x.T @ (y / (1 + np.exp(margin)))) + (w - prior) / SPREAD**2
        return float(value), slope

    best = minimize(loss, prior, jac=True, method="L-BFGS-B")
    return {n: round(float(w), 3) for n, w in zip(names, best.x, strict=True)}


def clustered(kept: Sequence[tuple[Mention, Account]], by: matching.Weights) -> list[str]:
    """The group of each account when clustered by these weights."""
    order = sorted(range(len(kept)), key=lambda n: kept[n][1].order)
    accounts = [kept[n][1] for n in order]
    links, scores = [], {}
    for i, j in sorted(meeting(accounts)):
        scores[i, j] = matching.compare(accounts[i], accounts[j], by=by).score
        if scores[i, j] >= matching.MATCH:
            links.append((i, j))
    label = [""] * len(kept)
    for part in components(range(len(order)), links):
        at = {n: k for k, n in enumerate(part)}

        def pair(i: int, j: int, part: list[int] = part) -> float:
            a, b = sorted((part[i], part[j]))
            if (a, b) not in scores:
                scores[a, b] = matching.compare(accounts[a], accounts[b], by=by).score
            return scores[a, b]

        mine = [(at[i], at[j]) for i, j in links if i in at and j in at]
        effects = {at[n] for n in part if accounts[n].consequence}
        for group in cluster(len(part), pair, links=mine, consequences=effects):
            for n in group:
                label[order[part[n]]] = f"g{part[group[0]]}"
    return label


def report(name: str, pairs: Sequence[Pair], by: Mapping[str, float]) -> None:
    """How well some weights tell pairs apart."""
    said = [sum(by[s] * v for s, v in p.signs.items()) >= 0 for p in pairs]
    hit = sum(s and p.same for s, p in zip(said, pairs, strict=True))
    print(
        f"{name}: {sum(p.same for p in pairs)} of {len(pairs)} pairs are one; found {hit}, wrongly {sum(said) - hit}"
    )


def main() -> None:
    """Fit, print what unseen folds say, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=Path, help="keep the records in this file, and use them again")
    parser.add_argument("--look", action="store_true", help="only print; write nothing")
    given = parser.parse_args()
    priors = {r.sign: r.prior for r in table("match_weights", WeightRow)}
    kept = counted(load_marked(FOLDER, given.records))
    pairs = pairs_of(kept, priors)
    report("by the priors", pairs, priors)
    fitted = fit(pairs, priors)
    report("by the weights, on what they were fitted on", pairs, fitted)
    folds = sorted({m.incident[0] for m, _ in kept})
    unseen: list[str] = []
    order: list[Mention] = []
    for f in folds:
        left_out = fit([p for p in pairs if f not in p.folds], priors)
        mine = [(m, a) for m, a in kept if m.incident[0] == f]
        unseen += [f"{f}{x}" for x in clustered(mine, left_out)]
        order += [m for m, _ in mine]
    mentions = [m for m, _ in kept]
    print("incidents by the priors:", score(mentions, clustered(kept, priors)))
    print("incidents of unseen folds:", score(order, unseen))
    print("incidents by the weights:", score(mentions, clustered(kept, fitted)))
    if not given.look:
        rows = "".join(f"{n},{fitted[n]:g},{priors[n]:g}\n" for n in priors)
        OUT.write_text(HEAD + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
