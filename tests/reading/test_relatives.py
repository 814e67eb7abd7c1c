"""Contents that a relative clause cuts in two. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.relatives import with_whole_clauses, without_main_clauses

LABELS = "root nsubj obj acl:relcl ccomp xcomp punct cc conj mark acl".split()
Hangs = Mapping[str, tuple[str, str]]
SAID: Hangs = {"Police": ("said", "nsubj"), "men": ("fled", "nsubj"), "who": ("denied", "nsubj"), "denied": ("men", "acl:relcl"), "it": ("denied", "obj"), "fled": ("said", "ccomp")}  # fmt: skip


def contents(seen: Layers, text: str) -> list[list[str]]:
    return [[text[slice(*c)] for c in a.content] for a in with_whole_clauses(text, seen)]


@pytest.mark.parametrize(
    ("text", "said", "hangs", "wanted"),
    [
        ("Police said men, who denied it, fled", [("Police", "said", "men"), ("who", "denied", "it, fled")], SAID, [["men, who denied it, fled"], ["it"]]),
        ("Police said men, who denied it, fled", [("Police", "said", "men")], SAID, [["men, who denied it, fled"]]),
        ("Police said men, who denied it, fled", [("Police", "said", "men"), ("who", "denied", "it, fled")], {**SAID, "men": ("said", "nsubj"), "denied": ("said", "ccomp"), "fled": ("denied", "xcomp")}, [["men, who denied it, fled"], ["it"]]),
        ("men, who denied it, fled, Police said", [("Police", "said", "men")], SAID, [["men, who denied it, fled"]]),
        ("Police said men, who denied it", [("Police", "said", "men")], {**SAID, "men": ("said", "obj")}, [["men"]]),
        ("Police said men, who denied it, and fled", [("Police", "said", "men"), ("who", "denied", "it, and fled")], {**SAID, "men": ("said", "nsubj"), "fled": ("denied", "conj"), "and": ("fled", "cc")}, [["men"], ["it, and fled"]]),
        ("Police said men, he denied it, fled", [("Police", "said", "men")], {k: v for k, v in SAID.items() if k != "who"}, [["men"]]),
    ],
)  # fmt: skip
def test_a_content_goes_on_behind_the_clause_of_its_subject(
    text: str,
    said: list[tuple[str, ...]],
    hangs: Hangs,
    wanted: list[list[str]],
    layers: Callable[..., Layers],
    tree: Callable[..., Layers],
) -> None:
    seen = tree(text, {w: to for w, to in hangs.items() if w in text and to[0] in text}, LABELS)
    assert contents(seen.with_attributions(layers(text, [], said).attributions), text) == wanted


def test_a_deed_stays_the_word_of_those_who_tell_it(reader: Reader) -> None:
    record = reader.read(
        "Amnesty said the men, who described themselves as policemen, abducted two activists."
    )
    outer, inner = record.claims
    assert outer.content[0].text == "the men, who described themselves as policemen, abducted two activists"
    assert (inner.content[0].text, inner.parent) == ("themselves as policemen", outer.id)
    (event,) = record.events
    assert event.claims == (outer.id,)


WON: Hangs = {"someone": ("win", "nsubj"), "who": ("refused", "nsubj"), "refused": ("someone", "acl:relcl"), "it": ("refused", "obj"), "might": ("win", "mark")}  # fmt: skip
REPORT: Hangs = {"claim": ("spread", "nsubj"), "that": ("fell", "mark"), "fell": ("claim", "acl")}


@pytest.mark.parametrize(
    ("text", "part", "hangs", "wanted"),
    [
        ("someone who refused it might win", ("who", "refused", "it might win"), WON, "it"),
        ("someone who refused it might win", ("someone", "refused", "it might win"), WON, "it"),
        ("someone who refused “it might win", ("someone", "refused", "it might win"), WON, "it might win"),
        ("someone who refused it might win", ("who", "refused", "it might win"), WON | {"it": ("might", "nsubj")}, "it might win"),
        ("Ana’s claim that it fell spread", ("Ana’s", "claim", "that it fell spread"), REPORT, "that it fell"),
        ("Ana’s claim is that it fell", ("Ana’s", "claim", "that it fell"), {"claim": ("fell", "nsubj")}, "that it fell"),
        ("someone who refused it might win", ("who", "refused", "it might win"), WON | {"someone": ("win", "obj")}, "it might win"),
    ],
)  # fmt: skip
def test_what_is_said_in_a_clause_ends_before_the_verb_of_its_noun(
    text: str,
    part: tuple[str, ...],
    hangs: Hangs,
    wanted: str,
    layers: Callable[..., Layers],
    tree: Callable[..., Layers],
) -> None:
    found = layers(text, [], [part]).attributions
    (a,) = without_main_clauses(text, tree(text, hangs, LABELS), found)
    assert [text[slice(*c)] for c in a.content] == [wanted]
