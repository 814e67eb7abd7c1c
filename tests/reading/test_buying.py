"""Who buys or gets something, and from whom. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.buying import bought
from accordingto.reading.layers import Argument, Happening, Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = "root nsubj obj obl nmod case xcomp ccomp aux det nsubj:pass aux:pass mark acl nummod".split()
Hangs = Mapping[str, tuple[str, str]]
DENIED: Hangs = {"Kor": ("denied", "nsubj"), "arms": ("receiving", "obj"), "Bara": ("receiving", "obl"), "from": ("Bara", "case")}  # fmt: skip
GOT: Hangs = {
    "Kor": ("got", "nsubj"),
    "arms": ("got", "obj"),
    "Bara": ("got", "obl"),
    "from": ("Bara", "case"),
}


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def sides(
    text: str, trigger: str, seen: Layers, parts: list[tuple[str, str]], kind: str = "arms_transfer"
) -> dict[str, list[str]]:
    """The words of each role of a mention after `bought`."""
    told = tuple(Part(role, place(text, words), 0.6) for role, words in parts)
    mention = Happening(place(text, trigger), kind, Factuality.OCCURRED, told, (), (), 0.9)
    out: dict[str, list[str]] = {}
    for p in bought(text, mention, seen).parts:
        out.setdefault(p.role, []).append(text[slice(*p.at)])
    return out


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "parts"),
    [
        ("Kor denied receiving arms from Bara", "receiving arms", {**DENIED, "receiving": ("denied", "xcomp")}, [("actor", "Bara")]),
        ("Kor denied receiving arms from Bara", "receiving", {**DENIED, "receiving": ("denied", "ccomp")}, [("recipient", "Bara")]),
        ("Kor denied receiving arms from Bara", "arms", {**DENIED, "receiving": ("denied", "xcomp")}, [("recipient", "Bara")]),
        ("Kor denied receiving arms from Bara", "receiving arms", {**DENIED, "receiving": ("denied", "xcomp"), "arms": ("denied", "obj")}, [("actor", "Kor")]),
        ("Kor denied receiving arms from Bara", "receiving arms", {**DENIED, "receiving": ("denied", "xcomp"), "arms": ("receiving", "nsubj")}, []),
        ("Kor got arms from Bara", "got", GOT, [("actor", "Kor"), ("recipient", "Bara")]),
        ("Kor got arms from Bara", "arms", {**GOT, "Bara": ("arms", "nmod")}, []),
        ("Kor took delivery of arms from Bara", "delivery", {"Kor": ("took", "nsubj"), "delivery": ("took", "obj"), "arms": ("delivery", "nmod"), "Bara": ("delivery", "nmod"), "from": ("Bara", "case")}, [("actor", "Kor"), ("actor", "Bara")]),
        ("Kor took receipt of arms from Bara", "took receipt", {"Kor": ("took", "nsubj"), "receipt": ("took", "obj"), "arms": ("receipt", "nmod"), "Bara": ("took", "obl"), "from": ("Bara", "case")}, [("actor", "Kor")]),
    ],
)  # fmt: skip
def test_who_gets_arms_is_given_them_by_those_they_are_from(
    text: str, trigger: str, hangs: Hangs, parts: list[tuple[str, str]], tree: Callable[..., Layers]
) -> None:
    assert sides(text, trigger, tree(text, hangs, LABELS), parts) == {
        "recipient": ["Kor"],
        "actor": ["from Bara"],
    }


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "parts"),
    [
        ("Kor got shells to Bara", "got", {"Kor": ("got", "nsubj"), "shells": ("got", "obj"), "Bara": ("got", "obl"), "to": ("Bara", "case")}, [("actor", "Kor"), ("recipient", "Bara")]),
        ("Kor got shells from depots to Bara", "got", {"Kor": ("got", "nsubj"), "shells": ("got", "obj"), "depots": ("got", "obl"), "from": ("depots", "case"), "Bara": ("got", "obl"), "to": ("Bara", "case")}, [("actor", "Kor"), ("recipient", "Bara")]),
        ("Kor took trucks from Bara", "took", {"Kor": ("took", "nsubj"), "trucks": ("took", "obj"), "Bara": ("took", "obl"), "from": ("Bara", "case")}, [("actor", "Kor")]),
        ("Kor sent arms from Bara", "sent", {"Kor": ("sent", "nsubj"), "arms": ("sent", "obj"), "Bara": ("sent", "obl"), "from": ("Bara", "case")}, [("actor", "Kor")]),
    ],
)  # fmt: skip
def test_who_sends_or_takes_buys_nothing(
    text: str, trigger: str, hangs: Hangs, parts: list[tuple[str, str]], tree: Callable[..., Layers]
) -> None:
    given = {role: [words] for role, words in parts}
    assert sides(text, trigger, tree(text, hangs, LABELS), parts) == given


def test_without_a_tree_the_arguments_of_a_verb_of_buying_tell(layers: Callable[..., Layers]) -> None:
    text = "Kor bought arms from Bara in May"
    args = (("ARG0", "Kor"), ("ARG2", "from Bara"), ("ARGM-TMP", "in May"))
    told = Happening(
        place(text, "bought"), "arms_transfer", Factuality.OCCURRED, (Part("recipient", place(text, "Bara"), 0.5),),
        tuple(Argument(label, place(text, words)) for label, words in args), (), 0.9,
    )  # fmt: skip
    found = {p.role: text[slice(*p.at)] for p in bought(text, told, layers(text, [], [])).parts}
    assert found == {"recipient": "Kor", "actor": "from Bara"}


def test_other_deeds_have_no_buyers(tree: Callable[..., Layers]) -> None:
    text = "Kor got arms from Bara"
    seen = tree(text, GOT, LABELS)
    assert sides(text, "got", seen, [("actor", "Kor")], "agreement") == {"actor": ["Kor"]}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Khartoum has denied receiving arms from Tehran, officials said on Monday.", {"recipient": "Khartoum", "actor": "Tehran"}),
        ("The junta took delivery of four jets from Russia on Monday.", {"recipient": "The junta", "actor": "Russia"}),
        ("Germany got Patriot missiles to Kyiv last week.", {"recipient": "Kyiv", "actor": "Germany"}),
    ],
)  # fmt: skip
def test_buyers_and_givers_are_told_apart(text: str, wanted: dict[str, str], reader: Reader) -> None:
    (event,) = (e for e in reader.read(text).events if e.type == "arms_transfer")
    found = {str(p.role): p.span.text for p in event.participants}
    assert {role: found.get(role) for role in wanted} == wanted
