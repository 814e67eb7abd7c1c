from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accordingto.spans import Cover, Range, gap

RANGES = st.builds(lambda a, n: Range(a, a + n), st.integers(0, 3000), st.integers(0, 1500))


@given(st.lists(RANGES, max_size=30), RANGES)
def test_a_cover_finds_what_a_search_through_all_would(ranges: list[Range], at: Range) -> None:
    cover = Cover(ranges)
    assert cover.touching(at) == [i for i, r in enumerate(ranges) if r.overlaps(at)]
    if at.end > at.start:
        assert cover.containing(at) == [i for i, r in enumerate(ranges) if r.contains(at)]


def test_the_gap_of_two_ranges() -> None:
    assert gap(Range(0, 4), Range(9, 12)) == gap(Range(9, 12), Range(0, 4)) == 5
    assert gap(Range(0, 4), Range(4, 6)) == gap(Range(0, 8), Range(2, 3)) == 0
