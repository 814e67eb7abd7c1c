"""The smaller place that another mention of an event tells. All text is invented."""

from __future__ import annotations

from datetime import date

import pytest

from accordingto.reading.reader import Reader

PUBLISHED = date(2030, 4, 17)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Soldiers carried out a raid in the West Bank on Monday. The army said its raid in Nablus killed two men.",
            "Nablus",
        ),
        (
            "Soldiers carried out a raid in the West Bank on Monday. The army said its raid killed two men.",
            "West Bank",
        ),
        (
            "Soldiers carried out raids in the West Bank on Monday. The army said its raids, including in Nablus, killed two men.",
            "West Bank",
        ),
        (
            "Soldiers carried out a raid in the West Bank on Monday. The army said its raid in Beirut killed two men.",
            "West Bank",
        ),
    ],
)
def test_a_smaller_place_inside_tells_where_it_was(text: str, place: str, reader: Reader) -> None:
    record = reader.read(text, published=PUBLISHED)
    names = {p.id: p.name for p in record.places}
    assert names[record.events[0].place or ""] == place


def test_whose_a_thing_is_tells_not_where_it_was(reader: Reader) -> None:
    text = "Pirates attacked a Norway-owned tanker near the port of Mombasa on Monday."
    record = reader.read(text, published=PUBLISHED)
    names = {p.id: p.name for p in record.places}
    assert names.get(record.events[0].place or "") != "Norway"
    again = reader.read("Pirates attacked a Norway-owned tanker on Monday.", published=PUBLISHED)
    assert again.events[0].place is None
