from __future__ import annotations

import random

from tests.ledger.builder import Story

from accordingto.ledger.speakers import Speakers
from accordingto.ledger.tolls import TollPoint, toll_points, tolls


def told(words: str, number: int, day: str, outlet: str = "Coast Wire", low: int | None = None) -> Story:
    s = Story(
        f"{words} people have been killed in Marda since November, the health office said. Its figures do not "
        "distinguish between civilians and fighters.",
        published=day,
        outlet=outlet,
    )
    c = s.claim("the health office", "said", f"{words} people have been killed in Marda since November")
    s.time("November", "2030-11-01", "2030-11-30")
    s.figure(
        words, number, claims=(c,), cumulative=True, place=s.place("Marda"), low=low,
        caveat="Its figures do not distinguish between civilians and fighters.",
    )  # fmt: skip
    return s


def points(*stories: Story) -> list[TollPoint]:
    return [p for s in stories for p in toll_points(s.record(), s.raw.name, Speakers(s.record()))]


STORIES = [
    told("More than 2,100", 2100, "2031-03-04", low=2101),
    told("More than 2,100", 2100, "2031-03-04", outlet="Harbour Post", low=2101),
    told("2,160", 2160, "2031-03-06"),
]


def test_one_series_of_one_authority() -> None:
    [toll] = tolls(points(*STORIES))
    assert (toll.authority, toll.measure, toll.population, toll.since) == (
        "the health office",
        "killed",
        None,
        "2030-11-01",
    )
    assert toll.place is not None
    assert toll.place.name == "Marda"
    assert [(e.as_of, e.low, e.best, e.comparator) for e in toll.series] == [
        ("2031-03-04", 2101, 2100, "more than"),
        ("2031-03-06", 2160, 2160, None),
    ]
    assert toll.series[0].caveats == ("Its figures do not distinguish between civilians and fighters.",)


def test_order_makes_no_difference() -> None:
    rows = points(*STORIES)
    for seed in range(10):
        mixed = rows[:]
        random.Random(seed).shuffle(mixed)
        assert tolls(mixed) == tolls(rows)


def test_an_incidents_own_count_is_no_toll() -> None:
    s = Story("A strike killed six.")
    s.figure("six", 6, event=s.event("strike", "strike"))
    assert points(s) == []


def test_json() -> None:
    row = tolls(points(STORIES[0]))[0].to_dict()
    assert list(row) == ["id", "authority", "measure", "population", "place", "since", "series"]
    assert list(row["series"][0]) == [
        "as_of",
        "low",
        "best",
        "high",
        "comparator",
        "caveats",
        "report",
        "claim",
    ]
