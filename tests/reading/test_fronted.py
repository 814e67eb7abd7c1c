"""What stands before a speaker and belongs to what that one says. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.fronted import with_fronted, with_pronouns, with_second_halves
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader

Make = Callable[..., Layers]
HALF = "“Nobody has come back.”"


def told(reader: Reader, text: str) -> dict[str, list[str]]:
    """The contents of a text's claims by their cues."""
    return {c.cue.text if c.cue else "": [s.text for s in c.content] for c in reader.read(text).claims}


def said(text: str, seen: Layers, made: Callable[..., object]) -> list[list[str]]:
    found = made(text, seen.attributions)
    assert isinstance(found, tuple)
    return [[text[slice(*c)] for c in a.content] for a in found]


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        (f"“We stay,” Ana said, adding that it rained. {HALF}", [("Ana", "said", "“We stay,”"), ("Ana", "adding", "that it rained", HALF)], [["“We stay,”", HALF], ["that it rained"]]),
        (f"“We stay,” said Ana, warning of rain. {HALF}", [("Ana", "said", "“We stay,”"), (None, "warning", "of rain", HALF)], [["“We stay,”", HALF], ["of rain"]]),
        (f"Ana said it rained, adding that all had left. {HALF}", [("Ana", "said", "it rained"), ("Ana", "adding", "that all had left", HALF)], [["it rained"], ["that all had left", HALF]]),
        (f"“We stay,” Ana said. Bela spoke, adding that it rained. {HALF}", [("Ana", "said", "“We stay,”"), ("Bela", "adding", "that it rained", HALF)], [["“We stay,”"], ["that it rained", HALF]]),
        (f"“We stay,” Ana said and added that it rained. {HALF}", [("Ana", "said", "“We stay,”"), ("Ana", "added", "that it rained", HALF)], [["“We stay,”"], ["that it rained", HALF]]),
    ],
)  # fmt: skip
def test_the_second_half_of_a_quotation_is_with_the_first(
    text: str, parts: list[tuple[str, ...]], wanted: list[list[str]], layers: Make
) -> None:
    assert said(text, layers(text, [], parts), with_second_halves) == wanted


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        (f"“They left,” Ana said of the guards, according to Kor Radio. {HALF}", [("Kor Radio", "according to", "“They left,” Ana said of the guards", HALF), ("Ana", "said", "of the guards")], ["“They left,”", HALF]),
        (f"“They left,” said Ana, according to Kor Radio. {HALF}", [("Kor Radio", "according to", "“They left,” said Ana", HALF), ("Ana", "said", "“They left,”")], ["“They left,”", HALF]),
        ("“They left,” Ana said on the bridge, according to Kor Radio.", [("Kor Radio", "according to", "“They left,” Ana said on the bridge"), ("Ana", "said", "on the bridge")], ["“They left,”"]),
        ("“Ana said they left,” according to Kor Radio.", [("Kor Radio", "according to", "“Ana said they left,”"), ("Ana", "said", "they left")], ["they left"]),
    ],
)  # fmt: skip
def test_whom_others_heard_has_all_that_they_heard(
    text: str, parts: list[tuple[str, ...]], wanted: list[str], layers: Make
) -> None:
    heard, own = said(text, layers(text, [], parts), with_fronted)
    assert own == wanted
    assert heard == list(parts[0][2:])


def test_halves_of_quotations_in_a_report(reader: Reader) -> None:
    found = told(
        reader,
        "“We will not wait,” the mayor of Okuta said, adding that the camps were empty. “Nobody came back.”",
    )
    assert found == {
        "said": ["We will not wait,", "Nobody came back."],
        "adding": ["that the camps were empty"],
    }
    found = told(
        reader,
        "“They don’t care about the valley,” Bola Adisa said of the guards who closed the dam, according to Okuta Radio. "
        "“Neither do the rebels. This war is for nobody.”",
    )
    assert found["said"] == [
        "They don’t care about the valley,",
        "Neither do the rebels. This war is for nobody.",
    ]


@pytest.mark.parametrize(
    ("text", "cue", "wanted"),
    [
        ("Bola Adisa said he would fight what he called imported terror in the valley.", "called", ["what", "imported terror in the valley"]),
        ("Bola Adisa said the army runs a system that they say has treated the herders badly.", "say", ["that", "has treated the herders badly"]),
    ],
)  # fmt: skip
def test_pronouns_of_relative_clauses_belong_to_what_is_said(
    text: str, cue: str, wanted: list[str], reader: Reader
) -> None:
    assert told(reader, text)[cue] == wanted


@pytest.mark.parametrize(
    ("text", "part", "hangs", "wanted"),
    [
        (
            "what he called crimes",
            ("he", "called", "crimes"),
            {"called": ("what", "acl")},
            ["what", "crimes"],
        ),
        ("boats that he said sank", ("he", "said", "sank"), {"that": ("sank", "nsubj")}, ["that", "sank"]),
        ("boats that he said sank", ("he", "said", "sank"), {"that": ("sank", "mark")}, ["sank"]),
        ("the day that he said it", ("he", "said", "it"), {"that": ("said", "obj")}, ["it"]),
        ("talks in which he vowed peace", ("he", "vowed", "peace"), {"which": ("vowed", "obj")}, ["peace"]),
        ("so loud that they called police", ("they", "called", "police"), {"that": ("called", "obj"), "called": ("loud", "advcl"), "police": ("called", "obj")}, ["police"]),
        ("a truce that we want is coming", ("we", "want", "is coming"), {"that": ("coming", "nsubj"), "want": ("truce", "acl"), "truce": ("coming", "nsubj"), "is": ("coming", "mark")}, ["is coming"]),
        ("how safe they feel there", ("they", "feel", "there"), {}, ["how safe", "there"]),
    ],
)  # fmt: skip
def test_which_pronouns_do(
    text: str,
    part: tuple[str, ...],
    hangs: dict[str, tuple[str, str]],
    wanted: list[str],
    layers: Make,
    tree: Make,
) -> None:
    seen = tree(text, hangs, ["root", "nsubj", "obj", "mark", "acl", "advcl"])
    (a,) = with_pronouns(text, seen, layers(text, [], [part]).attributions)
    assert [text[slice(*c)] for c in a.content] == wanted
