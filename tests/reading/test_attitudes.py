"""Readiness and willingness, voiced and told of. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.attitudes import voiced
from accordingto.reading.layers import Attribution, Layers
from accordingto.spans import Range

Make = Callable[..., Layers]


@pytest.mark.parametrize(
    ("text", "outer", "kept"),
    [
        ("Kor voiced its readiness to pay", ("Kor", "voiced", "its readiness to pay"), True),
        ("Aides said doubts persist over its readiness to pay", ("Aides", "said", "doubts persist over its readiness to pay"), False),
    ],
)  # fmt: skip
def test_readiness_is_said_where_somebody_voices_it(
    text: str, outer: tuple[str, str, str], kept: bool, layers: Make
) -> None:
    made = layers(text, [], [outer, ("its", "readiness", "to pay")])
    cues = [text[slice(*a.cue)] for a in voiced(text, made, made.attributions) if a.cue]
    assert cues == [outer[1], *(["readiness"] if kept else [])]


def test_the_content_of_a_noun_ends_before_its_verb(tree: Make) -> None:
    text = "Ruiz’s decision to suspend Berg was wrong"
    hangs = {"Ruiz": ("decision", "nmod"), "decision": ("wrong", "nsubj"), "suspend": ("decision", "acl"), "Berg": ("suspend", "obj"), "was": ("wrong", "cop")}  # fmt: skip
    made = tree(text, hangs, ["root", "nsubj", "nmod", "acl", "obj", "cop"])
    said = Attribution(*(Range(text.index(w), text.index(w) + len(w)) for w in ("Ruiz’s", "decision")), (Range(16, len(text)),), 1.0)  # fmt: skip
    (found,) = voiced(text, made, (said,))
    assert [text[slice(*c)] for c in found.content] == ["to suspend Berg"]
