"""Who threatens, asks, accuses or rejects. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from accordingto.reading.addressing import by_promiser, by_speaker
from accordingto.reading.layers import Attribution, Happening, Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = "root iobj xcomp nsubj obj obl nmod:poss nmod case conj advcl aux:pass nsubj:pass".split()
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def doers(
    text: str, cue: str, source: str, kind: str, marked: Mapping[str, str], seen: Layers
) -> list[tuple[str, str]]:
    told = Attribution(place(text, source), place(text, cue), (), 1.0)
    parts = tuple(Part(role, place(text, words), 0.9) for words, role in marked.items())
    mention = Happening(place(text, cue), kind, Factuality.OCCURRED, parts, (), (), 0.9)
    found = by_speaker(text, mention, replace(seen, attributions=(told,)))
    return sorted((p.role, text[slice(*p.at)]) for p in found.parts)


@pytest.mark.parametrize(
    ("text", "cue", "source", "marked", "hangs", "wanted"),
    [
        ("Bo denounced Kor . Parliament met", "denounced", "Bo", {"Parliament": "actor", "Kor": "target"}, {"Bo": ("denounced", "nsubj"), "Kor": ("denounced", "obj")}, [("actor", "Bo"), ("target", "Kor")]),
        ("Bo denounced Kor", "denounced", "Bo", {"Kor": "target"}, {"Bo": ("denounced", "nsubj")}, [("actor", "Bo"), ("target", "Kor")]),
        ("Guards fled , denounced the League", "denounced", "the League", {"Guards": "actor", "League": "target"}, {"Guards": ("fled", "nsubj"), "League": ("denounced", "obl")}, [("actor", "the League"), ("target", "Guards")]),
        ("Kor met the League’s demand", "demand", "the League’s", {"the League": "recipient", "Kor": "target"}, {"League": ("demand", "nmod:poss")}, [("actor", "the League"), ("target", "Kor")]),
        ("Bo left and blamed Kor", "blamed", "Bo", {"Kor": "target"}, {"Bo": ("left", "nsubj"), "blamed": ("left", "conj")}, [("actor", "Bo"), ("target", "Kor")]),
        # no word of the source's own: who it stands for, who undergoes it, another whom the sentence names as the doer
        ("Bo , who blamed Kor", "blamed", "who", {"Bo": "actor"}, {"who": ("blamed", "nsubj")}, [("actor", "Bo")]),
        ("Kor was accused", "accused", "Kor", {"Kor": "target"}, {"Kor": ("accused", "nsubj:pass"), "was": ("accused", "aux:pass")}, [("target", "Kor")]),
        ("Bo said Kor threatened them", "threatened", "Bo", {"Kor": "actor"}, {"Kor": ("threatened", "nsubj")}, [("actor", "Kor")]),
        ("Bo renewed its request", "request", "its", {"Bo": "actor"}, {"its": ("request", "nmod:poss")}, [("actor", "Bo")]),
    ],
)  # fmt: skip
def test_who_speaks_is_who_accuses(
    text: str,
    cue: str,
    source: str,
    marked: Mapping[str, str],
    hangs: Hangs,
    wanted: list[tuple[str, str]],
    tree: Callable[..., Layers],
) -> None:
    assert doers(text, cue, source, "accusation", marked, tree(text, hangs, LABELS)) == wanted


@pytest.mark.parametrize(
    ("text", "hangs", "wanted"),
    [
        ("Kor turned down Bo’s request", {"request": ("turned", "obj"), "Kor": ("turned", "nsubj")}, "Kor"),
        ("In response to Bo’s request , Kor met them", {"request": ("response", "nmod"), "response": ("met", "obl"), "Kor": ("met", "nsubj")}, "Kor"),
        ("Kor read Bo’s request", {"request": ("read", "obj"), "Kor": ("read", "nsubj")}, ""),
    ],
)  # fmt: skip
def test_who_answers_a_request_was_asked(
    text: str, hangs: Hangs, wanted: str, tree: Callable[..., Layers]
) -> None:
    seen = tree(text, {**hangs, "Bo": ("request", "nmod:poss")}, [*LABELS, "obl"])
    found = doers(text, "request", "Bo’s", "request", {}, seen)
    assert found == [("actor", "Bo"), *([("recipient", wanted)] if wanted else [])]


def test_other_deeds_keep_their_doers(tree: Callable[..., Layers]) -> None:
    text = "Bo announced arrests"
    seen = tree(text, {"Bo": ("announced", "nsubj")}, LABELS)
    assert doers(text, "announced", "Bo", "detention", {"arrests": "target"}, seen) == [("target", "arrests")]


def test_the_next_paragraph_does_not_denounce(reader: Reader) -> None:
    text = (
        "“The minister expelled the nuns,” denounced the Freedonian Centre for Rights on Friday.\n\n"
        "The Parliament of Kor met on Monday."
    )
    for e in reader.read(text).events:
        if e.type == "accusation":
            told = {(p.role.value, p.span.text) for p in e.participants}
            assert ("target", "the Freedonian Centre for Rights") not in told
            assert ("actor", "The Parliament of Kor") not in told


@pytest.mark.parametrize(
    ("verb", "whom", "wanted"),
    [
        ("promised", "iobj", "Bo"),
        ("vowed", "obj", "Bo"),
        ("ordered", "obj", "guards"),
        ("helped", "obj", "guards"),
    ],
)
def test_who_promises_a_deed_does_it(verb: str, whom: str, wanted: str, tree: Callable[..., Layers]) -> None:
    text = f"Bo {verb} guards to bomb Kor"
    hangs = {"Bo": (verb, "nsubj"), "guards": (verb, whom), "bomb": (verb, "xcomp"), "Kor": ("bomb", "obj")}
    parts = (Part("actor", place(text, "guards"), 0.3), Part("target", place(text, "Kor"), 0.9))
    mention = Happening(place(text, "bomb"), "strike", Factuality.PLANNED, parts, (), (), 0.9)
    seen = by_promiser(text, mention, tree(text, hangs, LABELS))
    assert [text[slice(*p.at)] for p in seen.parts] == [wanted, "Kor"]
