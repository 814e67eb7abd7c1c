"""Deeds that others forestalled or that nobody dared. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.constituents import Words, head_among
from accordingto.reading.forestalled import is_forestalled
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.spans import Range

LABELS = "root nsubj obj xcomp advcl mark aux cop det advmod conj".split()
Hangs = Mapping[str, tuple[str, str]]


@pytest.mark.parametrize(
    ("text", "deed", "hangs", "wanted"),
    [
        ("Guards came before they could attack", "attack", {"attack": ("came", "advcl"), "before": ("attack", "mark"), "could": ("attack", "aux")}, True),
        ("Guards came before they were able to attack", "attack", {"able": ("came", "advcl"), "before": ("able", "mark"), "were": ("able", "cop"), "attack": ("able", "xcomp")}, True),
        ("Guards came before they were able to launch a raid", "raid", {"able": ("came", "advcl"), "before": ("able", "mark"), "were": ("able", "cop"), "launch": ("able", "xcomp"), "raid": ("launch", "obj")}, True),
        ("No party dared to protest", "protest", {"party": ("dared", "nsubj"), "No": ("party", "det"), "protest": ("dared", "xcomp")}, True),
        ("Bo never dared to protest", "protest", {"Bo": ("dared", "nsubj"), "never": ("dared", "advmod"), "protest": ("dared", "xcomp")}, True),
        ("Guards came before they attacked", "attacked", {"attacked": ("came", "advcl"), "before": ("attacked", "mark")}, False),
        ("Guards left so they could attack", "attack", {"attack": ("left", "advcl"), "so": ("attack", "mark"), "could": ("attack", "aux")}, False),
        ("Guards must come before they can attack", "attack", {"attack": ("come", "advcl"), "before": ("attack", "mark"), "can": ("attack", "aux")}, False),
        ("Three men dared to protest", "protest", {"men": ("dared", "nsubj"), "Three": ("men", "det"), "protest": ("dared", "xcomp")}, False),
    ],
)  # fmt: skip
def test_what_came_too_late_or_was_not_dared_was_not_done(
    text: str, deed: str, hangs: Hangs, wanted: bool, tree: Callable[..., Layers]
) -> None:
    seen = tree(text, hangs, LABELS)
    assert seen.syntax is not None
    at = Range(text.index(deed), text.index(deed) + len(deed))
    assert (
        is_forestalled(Words(text, seen, seen.syntax), head_among(seen.words_in(at), seen.syntax)) is wanted
    )


def test_a_report_tells_of_a_forestalled_attack_as_negated(reader: Reader) -> None:
    text = "The rebels arrested the spies in Kuka before they were able to carry out an attack on the port."
    told = {e.type: e.factuality.value for e in reader.read(text).events}
    assert told == {"detention": "occurred", "attack": "negated"}


def test_what_is_done_to_avoid_a_clash_leaves_it_possible(reader: Reader) -> None:
    text = "Guards in Kuka closed both roads on Monday to avoid clashes between farmers and herders."
    assert [e.factuality.value for e in reader.read(text).events if e.type == "clash"] == ["possible"]
