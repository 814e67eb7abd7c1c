"""What several mentions tell of who took part in one event. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.layers import Happening, Layers, Name, Part
from accordingto.reading.togetherparts import joined
from accordingto.record import Factuality
from accordingto.spans import Range


@pytest.mark.parametrize(
    ("whom", "kind", "settled", "hit"),
    [
        ("nine men", "attack", ("target",), True),
        ("the children", "attack", ("target",), True),
        ("the Kors", "attack", ("target",), True),
        ("the harbour", "attack", ("target",), False),
        ("nine men", "politics", ("target",), False),
        ("the harbour", "attack", (), True),
    ],
)
def test_where_a_mention_tells_all_of_whom_it_hit_others_add_only_people(
    whom: str, kind: str, settled: tuple[str, ...], hit: bool, tree: Callable[..., Layers]
) -> None:
    text = f"The Kuka raid shook all ; the raid hit {whom}"
    seen = tree(
        text, {word: (whom.split()[-1], "dep") for word in whom.split()[:-1]}, ("root", "dep"), onward=True
    )
    first = Happening(Range(9, 13), kind, Factuality.OCCURRED, (), (), (), 0.9)
    at = Range(text.rindex(whom), len(text))
    if "Kors" in whom:
        seen = replace(seen, names=(Name(at, "NORP", 1.0),))
    other = Happening(Range(29, 33), kind, Factuality.OCCURRED, (Part("target", at, 0.9),), (), (), 0.9)
    assert [text[slice(*p.at)] for p in joined(text, first, [first, other], seen, settled)] == [whom] * hit
