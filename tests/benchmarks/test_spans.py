from __future__ import annotations

from benchmarks.spans import Table, Triple, half, score

from accordingto.spans import Range


def r(*at: int) -> tuple[Range, ...]:
    return tuple(Range(a, b) for a, b in zip(at[::2], at[1::2], strict=True))


GOLD = [Triple(r(0, 4), r(5, 9), r(10, 30)), Triple((), r(40, 44), r(45, 60, 70, 80))]


def test_perfect() -> None:
    table = Table()
    score(table, GOLD, GOLD)
    assert {round(c.f1) for c in table.rows.values()} == {100}


def test_a_wrong_link_keeps_spans_but_loses_triples() -> None:
    table = Table()
    score(table, GOLD, [Triple((), r(5, 9), r(10, 30)), Triple(r(0, 4), r(40, 44), r(45, 60, 70, 80))])
    assert table["source, exact"].f1 == 100
    assert table["linked triple, exact"].f1 == 0
    assert table["linked triple, overlap by half"].f1 == 0


def test_a_short_content_overlaps_but_is_not_exact() -> None:
    table = Table()
    score(table, GOLD[:1], [Triple(r(0, 4), r(5, 9), r(10, 22))])
    assert table["content, exact"].f1 == 0
    assert table["linked triple, overlap by half"].f1 == 100
    assert table["content, characters"].recall == 60


def test_half() -> None:
    assert half((), ())
    assert not half(r(0, 4), ())
    assert half(r(0, 4), r(2, 4))
    assert not half(r(0, 10), r(0, 4))
