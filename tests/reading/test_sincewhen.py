"""What is compared with the past. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.sincewhen import compared
from accordingto.spans import Range


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12 were killed, the highest toll since January.", True),
        ("It was the first attack there since the truce.", True),
        ("It was Kor's worst fire in the past two years.", True),
        ("Deadliest since 2021: 40 die in Kor", True),
        ("900 have been killed since January.", False),
        ("The rest of the town has fled since March.", False),
        ("The West Bank has been shut since Monday.", False),
        ("Some 400,000 fled, more than during the storm in 2027.", True),
        ("Nine died, fewer than in the same month of 2027.", True),
        ("The count has reached 455, up from 412 a month ago.", True),
        ("Kor saw 30 raids in May, compared with 12 in April.", True),
        ("More than 40 people died in 2027.", False),
        ("The town is up from 40 homes to 60.", False),
        ("No more than 300 people came over in 2027.", False),
        ("Most people have left since Monday.", False),
    ],
)
def test_a_record_is_told_from_a_count(text: str, found: bool) -> None:
    assert bool(compared(text, Range(0, len(text)))) is found
