"""`make eval`: accuracy on the development parts and on the gold reports, printed and kept.

Writes `docs/accuracy.md` with commit and model; `--model FOLDER` measures another model and writes nothing.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from accordingto.reading.places import PlaceFinder
from accordingto.reading.reader import Reader
from benchmarks import corpora, layers, meantime, muc, places, reports
from benchmarks.spans import Table, score, triple

DOCS = Path(__file__).parent.parent / "docs/accuracy.md"
TARGETS = {
    "source, exact": 84.0,
    "cue, exact": 76.0,
    "content, exact": 73.0,
    "linked triple, exact": 52.0,
    "linked triple, overlap by half of the gold": 76.0,
    "all nine classes": 85.0,
    "EWT LAS": 86.0,
    "GUM LAS": 86.0,
    "EWT UPOS": 96.0,
    "GUM UPOS": 96.0,
    "arguments": 74.0,
    "claims.attribution": 60.0,
    "claims.who": 75.0,
    "claims.act": 70.0,
    "events.typed": 60.0,
    "events.trigger": 65.0,
    "events.factuality": 75.0,
    "events.actor": 70.0,
    "events.target": 65.0,
    "events.place": 75.0,
    "events.date": 70.0,
    "events.killed": 85.0,
    "events.wounded": 85.0,
    "figures.span": 85.0,
    "figures.value": 92.0,
    "figures.measure": 85.0,
    "figures.claims": 75.0,
    "times.span": 85.0,
    "times.value": 85.0,
    "geo/dev (LGL)": 80.0,
    "geo/dev2 (GeoVirus)": 84.0,
    "MUC-4, all five roles": 40.0,
    "MUC-4 trained, all five roles": 52.0,
    "MEANTIME times, span": 85.0,
    "MEANTIME times, value of found": 80.0,
    "places.span": 85.0,
    "places.country": 93.0,
    "places.within161km": 90.0,
}


def chunks(items: Sequence[str], size: int = 16) -> list[Sequence[str]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def attribution(reader: Reader, folder: Path) -> Table:
    """PolNeAR dev, whole articles."""
    table = Table()
    texts, golds = zip(*corpora.polnear(folder), strict=True)
    layers = [x for part in chunks(texts) for x in reader.layers(part)]
    for gold, seen in zip(golds, layers, strict=True):
        score(table, gold, [triple(a) for a in seen.attributions])
    return table


def people(folder: Path) -> Table:
    """PolNeAR's articles with several annotators: each annotator against each other one."""
    table = Table()
    for several in corpora.shared_articles(folder):
        for one, other in itertools.permutations(several, 2):
            score(table, one, other)
    return table


def entities(reader: Reader, folder: Path) -> Table:
    """newswire_ner dev: exact span and class."""
    table = Table()
    texts, golds = zip(*corpora.newswire(folder), strict=True)
    layers = [x for part in chunks(texts) for x in reader.layers(part)]
    for gold, seen in zip(golds, layers, strict=True):
        found = [(*n.at, n.label) for n in seen.names]
        table["all nine classes"].add(len(gold), len(found), len(set(gold) & set(found)))
    for label in sorted({g[2] for gold in golds for g in gold}):
        for gold, seen in zip(golds, layers, strict=True):
            g = {x for x in gold if x[2] == label}
            p = {(*n.at, n.label) for n in seen.names if n.label == label}
            table[label].add(len(g), len(p), len(g & p))
    return table


def commit() -> str:
    """The commit that is measured, with a mark where the tree differs from it."""
    git = lambda *a: subprocess.run(["git", *a], capture_output=True, text=True, check=False).stdout.strip()  # noqa: E731
    return git("rev-parse", "--short", "HEAD") + (
        " and changes" if git("status", "--porcelain", "src") else ""
    )


def markdown(reader: Reader, folder: Path) -> str:
    """The whole page."""
    out = [
        "# Accuracy",
        "",
        f"Made by `make eval` on {date.today()}, commit {commit()}, model `{reader.model}`, {platform.machine()}.",
        "Targets are those of the project's issues; a target that is not reached is marked ✗.",
    ]
    for title, table in (
        ("Attribution: PolNeAR dev, 84 whole articles, chosen annotator", attribution(reader, folder)),
        ("The same between people: all pairs of annotators of PolNeAR's 18 shared articles", people(folder)),
        ("Entities: newswire_ner dev, exact span and class", entities(reader, folder)),
        *layers.tables(reader, folder / "corpora"),
        ("Times and factuality: MEANTIME dev, annotated sentences", meantime.rows(reader, folder)),
        *((f"MUC-4 dev, CEAF-REE: {title}", t) for title, t in muc.tables(reader, folder).items()),
    ):
        out += [
            "",
            f"## {title}",
            "",
            "| | precision | recall | F1 | gold | target |",
            "|---|---:|---:|---:|---:|---:|",
        ]
        for name, c in table.rows.items():
            out.append(
                f"| {name} | {c.precision:.1f} | {c.recall:.1f} | {c.f1:.1f} | {c.gold} | {mark(name, c.f1) if 'people' not in title else ''} |"
            )
    out += [
        "",
        "## Places: toponyms with given spans, within 161 km",
        "",
        "| | percent | of | target |",
        "|---|---:|---:|---:|",
    ]
    for name, (share, count) in places.rows(PlaceFinder(), folder).items():
        out.append(f"| {name} | {share:.1f} | {count} | {mark(name, share)} |")
    for title, rows, aimed in (
        ("Whole reports: gold/dev", reports.gold_reports(reader, folder), True),
        (
            "Events of real reports: marked newswire articles held out of training",
            reports.marked_reports(reader, folder),
            False,
        ),
        (
            "Whole reports: forty-three of these articles, annotated whole",
            reports.whole_reports(reader, folder),
            False,
        ),
        (
            "Claims of real reports: labelled newswire articles held out of the last cycle (act and who flatter: earlier fits saw them)",
            reports.labelled_reports(reader, folder),
            False,
        ),
    ):
        out += ["", f"## {title}", "", "| | score | of | target |", "|---|---:|---:|---:|"]
        for name, row in rows.items():
            target = mark(name, row["F1"] if "F1" in row else row["acc"]) if aimed else ""
            out.append(f"| {name} | {reports.shown(row)} | {row.get('gold', row.get('of'))} | {target} |")
    return "\n".join(out) + "\n"


def mark(name: str, value: float) -> str:
    """The target of a row, with a sign for reached or not."""
    target = TARGETS.get(name)
    return "" if target is None else f"{target:.0f} {'✓' if value >= target else '✗'}"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, default=None)
    args = ap.parse_args()
    page = markdown(Reader(args.model), corpora.shared_folder())
    print(page)
    if args.model is None:
        DOCS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
