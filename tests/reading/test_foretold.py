"""Deeds that are only threatened, warned of or owed. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.foretold import foretold
from accordingto.reading.layers import Happening, Layers
from accordingto.reading.reader import Reader
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = "root nsubj obj obl nmod case xcomp aux det conj mark acl cop compound nsubj:pass aux:pass amod cc".split()
Hangs = Mapping[str, tuple[str, str]]


def read(
    text: str, deed: str, seen: Layers, kind: str = "sanction", told: Factuality = Factuality.OCCURRED
) -> str:
    at = Range(text.index(deed), text.index(deed) + len(deed))
    return foretold(text, Happening(at, kind, told, (), (), (), 0.9), seen).factuality.value


WITH: Hangs = {"sanctions": ("threatened", "obl"), "with": ("sanctions", "case")}
OBLIGED: Hangs = {"arrest": ("obliged", "xcomp"), "to": ("arrest", "mark")}


@pytest.mark.parametrize(
    ("text", "deed", "kind", "hangs", "wanted"),
    [
        ("Kor threatened Bara with sanctions", "sanctions", "sanction", WITH, "possible"),
        ("Kor threatened Bara with sanctions", "sanctions", "sanction", {"Bara": ("threatened", "obj"), "sanctions": ("Bara", "nmod"), "with": ("sanctions", "case")}, "possible"),
        ("Kor threatened Bara with a blockade and sanctions", "sanctions", "sanction", {"blockade": ("threatened", "obl"), "with": ("blockade", "case"), "sanctions": ("blockade", "conj")}, "possible"),
        ("Kor threatened sanctions", "sanctions", "sanction", {"sanctions": ("threatened", "obj")}, "possible"),
        ("Kor threatened some waves of sanctions", "sanctions", "sanction", {"waves": ("threatened", "obj"), "sanctions": ("waves", "nmod"), "of": ("sanctions", "case")}, "possible"),
        ("Kor threatened to leave", "leave", "agreement", {"leave": ("threatened", "xcomp"), "to": ("leave", "mark")}, "possible"),
        ("the threat of sanctions", "sanctions", "sanction", {"sanctions": ("threat", "nmod"), "of": ("sanctions", "case")}, "possible"),
        ("Kor warned of attacks", "attacks", "attack", {"attacks": ("warned", "obl"), "of": ("attacks", "case")}, "possible"),
        ("Kor warned against the raid", "raid", "attack", {"raid": ("warned", "obl"), "against": ("raid", "case"), "the": ("raid", "det")}, "possible"),
        ("Kor is obliged to arrest him", "arrest", "detention", {**OBLIGED, "is": ("obliged", "aux:pass")}, "possible"),
        ("Kor has a duty to arrest him", "arrest", "detention", {"arrest": ("duty", "acl"), "to": ("arrest", "mark")}, "possible"),
        ("Kor threatened the truce", "truce", "ceasefire", {"truce": ("threatened", "obj"), "the": ("truce", "det")}, "occurred"),
        ("Kor threatened talks", "talks", "negotiation", {"talks": ("threatened", "obj")}, "occurred"),
        ("Kor warned of the raid", "raid", "attack", {"raid": ("warned", "obl"), "of": ("raid", "case"), "the": ("raid", "det")}, "occurred"),
        ("Kor threatened Bara after a raid", "raid", "attack", {"raid": ("threatened", "obl"), "after": ("raid", "case")}, "occurred"),
        ("Kor threatened to leave and raided Bara", "raided", "attack", {"leave": ("threatened", "xcomp"), "to": ("leave", "mark"), "raided": ("leave", "conj")}, "occurred"),
        ("Kor was obliged to arrest him", "arrest", "detention", {**OBLIGED, "was": ("obliged", "aux:pass")}, "occurred"),
        ("Kor imposed sanctions", "sanctions", "sanction", {"sanctions": ("imposed", "obj")}, "occurred"),
    ],
)  # fmt: skip
def test_what_is_threatened_or_owed_is_only_possible(
    text: str, deed: str, kind: str, hangs: Hangs, wanted: str, tree: Callable[..., Layers]
) -> None:
    assert read(text, deed, tree(text, hangs, LABELS), kind) == wanted


def test_what_is_told_otherwise_stays(tree: Callable[..., Layers], layers: Callable[..., Layers]) -> None:
    text = "Kor threatened Bara with sanctions"
    seen = tree(text, WITH, LABELS)
    assert read(text, "sanctions", seen, told=Factuality.CONDITIONAL) == "conditional"
    assert read(text, "sanctions", layers(text, [], [])) == "occurred"  # without a tree


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("China threatened Taiwan with a blockade on Tuesday.", "blockade", "possible"),
        ("South Africa is obliged to arrest him, the court said.", "detention", "possible"),
        ("The European Union imposed sanctions on Syria on Monday.", "sanction", "occurred"),
    ],
)
def test_threats_are_no_deeds(text: str, kind: str, wanted: str, reader: Reader) -> None:
    (event,) = (e for e in reader.read(text).events if e.type == kind)
    assert event.factuality.value == wanted
