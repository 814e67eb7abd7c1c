"""Events that stand only in what sources say. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.constituents import Words
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.secondhand import is_said
from accordingto.record import Act, Claim, Factuality, Quotation
from accordingto.spans import Range, span

LABELS = "root nsubj nsubj:pass aux ccomp conj advcl acl mark obj cop det advmod".split()
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


MEN: Hangs = {"freed": ("said", "ccomp"), "men": ("freed", "nsubj:pass"), "were": ("freed", "aux")}


@pytest.mark.parametrize(
    ("text", "cue", "trigger", "act", "hangs", "wanted"),
    [
        ("Kor said men were freed", "said", "freed", Act.ASSERT, MEN, True),
        ("Kor said men were held and freed", "said", "freed", Act.ASSERT, {"held": ("said", "ccomp"), "men": ("held", "nsubj:pass"), "freed": ("held", "conj")}, True),
        ("Kor noted men were freed", "noted", "freed", Act.ASSERT, {**MEN, "freed": ("noted", "ccomp")}, False),
        ("Kor said men were freed", "said", "freed", Act.WARN, MEN, False),
        ("Kor said they left after men were freed", "said", "freed", Act.ASSERT, {"left": ("said", "ccomp"), "they": ("left", "nsubj"), "freed": ("left", "advcl"), "after": ("freed", "mark"), "men": ("freed", "nsubj:pass")}, False),
        ("Kor seethed at the news that men were freed", "seethed", "freed", Act.ASSERT, {**MEN, "freed": ("seethed", "ccomp")}, True),
        ("Kor seethed at the disclosure that men were freed", "seethed", "freed", Act.ASSERT, {**MEN, "freed": ("seethed", "ccomp")}, False),
        ("Kor said when men were freed", "said", "freed", Act.ASSERT, {**MEN, "when": ("freed", "advmod")}, False),
        ("Kor said they mourn men freed then", "said", "freed", Act.ASSERT, {"mourn": ("said", "ccomp"), "they": ("mourn", "nsubj"), "men": ("mourn", "obj"), "freed": ("men", "acl")}, False),
        ("Kor said it was a strike", "said", "strike", Act.ASSERT, {"strike": ("said", "ccomp"), "it": ("strike", "nsubj"), "was": ("strike", "cop")}, False),
    ],
)  # fmt: skip
def test_the_verb_of_a_claim_is_its_sources_word(
    text: str, cue: str, trigger: str, act: Act, hangs: Hangs, wanted: bool, tree: Callable[..., Layers]
) -> None:
    seen = tree(text, hangs, LABELS)
    content = span(text, Range(place(text, cue).end + 1, len(text)))
    claim = Claim("C1", "S1", None, span(text, place(text, cue)), (content,), Quotation.INDIRECT, act)
    at = place(text, trigger)
    event = FoundEvent("release", at, (at,), (), Factuality.OCCURRED)
    assert seen.syntax is not None
    assert is_said(event, [claim], Words(text, seen, seen.syntax), seen) is wanted
    told = FoundEvent("release", at, (place(text, "Kor"), at), (), Factuality.OCCURRED)
    assert not is_said(told, [claim], Words(text, seen, seen.syntax), seen)  # the reporter tells of it too


def test_a_report_tells_as_claimed_what_only_a_source_says(reader: Reader) -> None:
    text = "Kutum lies in a valley. “The trader has been handed over to the custody of her sons,” the mayor said on Sunday."
    told = {e.type: e.factuality.value for e in reader.read(text).events}
    assert told.get("release", "claimed") == "claimed"
