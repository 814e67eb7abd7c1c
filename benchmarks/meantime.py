"""MEANTIME dev: time expressions with their values, and the factuality of the events that a record has too.

Only what stands in the annotated sentences counts, and not the date line, which is given to the reader as the day of
publication. A time expression is found where its span is exactly the annotators'; its value is measured among those found.
MEANTIME says of each event how certain it is, whether it is affirmed, and whether it lies ahead; `MEANT` says what our
factualities mean in these terms.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from accordingto.reading.reader import Reader
from accordingto.record import Event, Factuality, Record
from accordingto.spans import Range
from benchmarks import corpora
from benchmarks.spans import Table

MEANT = {  # (certainty, polarity, time); a denial or an open condition leaves polarity or certainty open
    Factuality.OCCURRED: ("CERTAIN", "POS", "NON_FUTURE"),
    Factuality.CLAIMED: ("CERTAIN", "POS", "NON_FUTURE"),
    Factuality.ONGOING: ("CERTAIN", "POS", "NON_FUTURE"),
    Factuality.DENIED: ("CERTAIN", "NEG", "NON_FUTURE"),
    Factuality.NEGATED: ("CERTAIN", "NEG", "NON_FUTURE"),
    Factuality.PLANNED: ("CERTAIN", "POS", "FUTURE"),
    Factuality.POSSIBLE: ("POSSIBLE", "POS", "FUTURE"),
    Factuality.CONDITIONAL: ("POSSIBLE", "POS", "FUTURE"),
}
ASPECTS = ("certainty", "polarity", "time")
Answer = tuple[str, Range, Any, Any]  # what, where, gold, ours


def articles(folder: Path, part: str) -> Iterator[dict[str, Any]]:
    return corpora.lines(folder / f"corpora/meantime/{part}.jsonl.gz")


def read(reader: Reader, article: dict[str, Any]) -> Record:
    return reader.read(article["text"], published=date.fromisoformat(article["dct"]))


def times(table: Table, article: dict[str, Any], record: Record) -> Iterator[Answer]:
    """Count an article's time expressions; gives each that is missed, too many or of another value."""
    line = Range(*article["sentences"][1])
    scope = lambda at: at.end <= article["annotated_until"] and not line.overlaps(at)  # noqa: E731
    gold = {Range(t["start"], t["end"]): t["value"] for t in article["timexes"]}
    gold = {at: value for at, value in gold.items() if scope(at)}
    seen = {t.span.range: t.value for t in record.times if scope(t.span.range)}
    both = gold.keys() & seen.keys()
    table["MEANTIME times, span"].add(len(gold), len(seen), len(both))
    right = sum(gold[at] == seen[at] for at in both)
    table["MEANTIME times, value of found"].add(len(both), len(both), right)
    for at in sorted(gold.keys() | seen.keys()):
        if gold.get(at) != seen.get(at) or at not in both:
            yield (
                ("missed" if at not in seen else "extra" if at not in gold else "value"),
                at,
                gold.get(at),
                seen.get(at),
            )


def learned(table: Table, article: dict[str, Any], reader: Reader) -> None:
    """Count what the network's names of dates alone find of an article's time expressions."""
    line = Range(*article["sentences"][1])
    scope = lambda at: at.end <= article["annotated_until"] and not line.overlaps(at)  # noqa: E731
    gold = {at for t in article["timexes"] if scope(at := Range(t["start"], t["end"]))}
    [layers] = reader.layers([article["text"]])
    seen = {n.at for n in layers.names if n.label == "Date" and scope(n.at)}
    table["MEANTIME times, span, by the learned dates alone"].add(len(gold), len(seen), len(gold & seen))


def factuality(table: Table, article: dict[str, Any], record: Record) -> Iterator[Answer]:
    """Count an article's events that the record has too; gives each whose aspects differ."""
    ours: dict[Range, Event] = {e.trigger.range: e for e in record.events}
    for g in article["events"]:
        at = Range(g["start"], g["end"])
        event = next((e for r, e in ours.items() if r.overlaps(at)), None)
        if event is None or g["certainty"] is None:
            continue
        meant = dict(zip(ASPECTS, MEANT[event.factuality], strict=True))
        right = {a: meant[a] == g[a] for a in ASPECTS}
        for a in ASPECTS:
            table[f"MEANTIME events, {a}"].add(1, 1, right[a])
        table["MEANTIME events, all three"].add(1, 1, all(right.values()))
        if not all(right.values()):
            yield "fact", at, tuple(g[a] for a in ASPECTS), event.factuality.value


def rows(reader: Reader, folder: Path, part: str = "dev") -> Table:
    """The counts of one part."""
    table = Table()
    for article in articles(folder, part):
        record = read(reader, article)
        for _ in (*times(table, article, record), *factuality(table, article, record)):
            pass
        learned(table, article, reader)
    return table


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", default="dev")
    ap.add_argument("--model", type=Path, default=None)
    ap.add_argument("--errors", action="store_true", help="print what differs")
    args = ap.parse_args()
    reader, table = Reader(args.model), Table()
    for article in articles(corpora.shared_folder(), args.part):
        record = read(reader, article)
        learned(table, article, reader)
        for what, at, gold, ours in (*times(table, article, record), *factuality(table, article, record)):
            if args.errors:
                around = article["text"][max(0, at.start - 40) : at.end + 30].replace("\n", " ")
                print(f"{what:7} {article['text'][slice(*at)]!r} {gold} / {ours}: {around}")
    for name, c in table.rows.items():
        print(f"{name:32} P {c.precision:.1f} R {c.recall:.1f} F1 {c.f1:.1f} of {c.gold}")


if __name__ == "__main__":
    main()
