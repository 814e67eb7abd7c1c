from __future__ import annotations

import time

from accordingto.web.comparing import LONGEST, aligned, lines

SENTENCES = [f"Boat {n} left the harbor of Marda before dawn, the pilots said on day {n}." for n in range(60)]


def test_a_long_paragraph_is_compared_sentence_by_sentence() -> None:
    long, short = " ".join(SENTENCES), " ".join(SENTENCES[:5])
    rows = list(aligned(*lines(long, short)))
    assert [r.kind for r in rows] == ["same"] * 5 + ["one"] * 55
    one, other = lines(short, " ".join(SENTENCES[:4]))
    assert (len(one), len(other)) == (1, 1)


def test_whatever_the_reports_hold_comparing_ends_soon() -> None:
    begun = time.process_time()
    for word in ("a b ", "said that "):
        one, other = lines(word * (LONGEST // len(word)), ("x " + word) * (LONGEST // len(word)))
        assert sum(1 for _ in aligned(one, other))
    assert time.process_time() - begun < 5
