"""Places: the share of toponyms within 161 km, spans given or, with `--end-to-end`, found by the reader."""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accordingto.reading.places import PlaceFinder
from accordingto.reading.reader import Reader
from accordingto.spans import Range
from benchmarks import corpora

NEAR = 161  # km: 100 miles, the field's measure of a place that is as good as right
PARTS = {"geo/dev (LGL)": "dev", "geo/dev2 (GeoVirus)": "dev2"}
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Marked:
    """A toponym of a corpus with its place."""

    at: Range
    point: Point
    geonameid: int | None


def marked(article: dict[str, Any]) -> list[Marked]:
    """The toponyms of an article that have coordinates."""
    return [
        Marked(Range(t["start"], t["end"]), (t["lat"], t["lon"]), t["geonameid"])
        for t in article["toponyms"]
        if t["lat"] is not None
    ]


def articles(folder: Path, part: str) -> Iterator[tuple[str, list[Marked]]]:
    """Texts of a part with their toponyms."""
    for x in corpora.lines(folder / f"corpora/geo/{part}.jsonl.gz"):
        yield x["text"], marked(x)


def kilometres(a: Point, b: Point) -> float:
    """The distance of two points on the globe."""
    la1, lo1, la2, lo2 = map(math.radians, (*a, *b))
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def within(
    finder: PlaceFinder, folder: Path, part: str, wrong: Callable[[str, Marked, Any], None] | None = None
) -> tuple[float, int]:
    """Percent of the toponyms, spans given, that are placed within 161 km, and how many there are."""
    right = total = 0
    for text, toponyms in articles(folder, part):
        spans = sorted({t.at for t in toponyms})
        found = {p.at: p for p in finder.resolve(text, spans)}
        for t in toponyms:
            p = found[t.at]
            good = p.lat is not None and p.lon is not None and kilometres((p.lat, p.lon), t.point) <= NEAR
            right += good
            total += 1
            if not good and wrong is not None:
                wrong(text, t, p)
    return 100 * right / total, total


def end_to_end(reader: Reader, folder: Path, part: str) -> tuple[float, float, int]:
    """Percent of the toponyms that the reader itself finds, and of those found that it places within 161 km.

    The corpora mark governments, peoples and adjectives too, which a record does not have as places.
    """
    found = right = total = 0
    for text, toponyms in articles(folder, part):
        places = reader.read(text).places
        for t in toponyms:
            total += 1
            p = next((p for p in places if p.span.range.overlaps(t.at)), None)
            if p is not None:
                found += 1
                right += (
                    p.lat is not None and p.lon is not None and kilometres((p.lat, p.lon), t.point) <= NEAR
                )
    return 100 * found / total, 100 * right / max(found, 1), total


def speed(finder: PlaceFinder, texts: Sequence[tuple[str, list[Range]]]) -> float:
    """Milliseconds for 600 words with given spans."""
    words = sum(len(t.split()) for t, _ in texts)
    begun = time.perf_counter()
    for text, spans in texts:
        finder.resolve(text, spans)
    return 1000 * (time.perf_counter() - begun) / words * 600


def rows(finder: PlaceFinder, folder: Path) -> dict[str, tuple[float, int]]:
    """Each part's figure, for the accuracy page."""
    return {name: within(finder, folder, part) for name, part in PARTS.items()}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--part", default=None, help="one part only: train, dev, dev2")
    ap.add_argument("--end-to-end", action="store_true", help="let the reader find the names itself")
    ap.add_argument("--errors", type=int, default=0, help="print the most frequent errors")
    args = ap.parse_args()
    folder = corpora.shared_folder()
    begun = time.perf_counter()
    finder = PlaceFinder()
    print(f"loaded in {1000 * (time.perf_counter() - begun):.0f} ms")
    reader = Reader() if args.end_to_end else None
    for part in [args.part] if args.part else PARTS.values():
        if reader is not None:
            seen, near, count = end_to_end(reader, folder, part)
            print(f"{part}: {seen:.1f} % of {count} found, {near:.1f} % of these within 161 km")
            continue
        errors: Counter[tuple[str, ...]] = Counter()

        def note(text: str, t: Marked, p: Any, errors: Counter[tuple[str, ...]] = errors) -> None:
            around = text[max(0, t.at.start - 25) : t.at.end + 25].replace("\n", " ")
            chosen = f"{p.name} {p.country} {p.admin1} {p.feature} {p.score and round(p.score, 2)}"
            errors[text[t.at.start : t.at.end], str(t.point), chosen, around if args.errors < 0 else ""] += 1

        value, count = within(finder, folder, part, note)
        texts = [(text, sorted({t.at for t in toponyms})) for text, toponyms in articles(folder, part)]
        print(f"{part}: {value:.1f} % of {count} within 161 km; {speed(finder, texts):.1f} ms for 600 words")
        for (name, point, chosen, around), times in errors.most_common(abs(args.errors)):
            print(f"  {times} {name!r} {point} -> {chosen} {around}")


if __name__ == "__main__":
    main()
