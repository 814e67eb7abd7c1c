"""The benchmark numbers the events of a report as its record does."""

from __future__ import annotations

from datetime import date

from benchmarks.crossset import Noting


def test_events_are_numbered_as_in_the_record() -> None:
    reader = Noting()
    text = (
        "A landslide killed 17 people in Garut on Thursday, officials said. A landslide in the same district in 2021 "
        "killed 40 people. Soldiers dug for the missing."
    )
    record = reader.read(text, published=date(2031, 5, 23))
    spans = reader.spans[record.document.id]
    assert [spans[e.id][0] for e in record.events] == [
        (e.trigger.start, e.trigger.end) for e in record.events
    ]
    assert len(spans) == len(record.events) > 1
