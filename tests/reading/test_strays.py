"""Parts of a deed that another sentence has for another deed. All text is invented."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from accordingto.reading.layers import Happening, Layers, Name, Part
from accordingto.reading.ownplaces import Where
from accordingto.reading.strays import in_one_sentence, without_far, without_strays
from accordingto.record import Factuality
from accordingto.spans import Range


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def mention(text: str, trigger: str, kind: str, *parts: tuple[str, str]) -> Happening:
    found = tuple(Part(role, place(text, words), 0.9) for role, words in parts)
    return Happening(place(text, trigger), kind, Factuality.OCCURRED, found, (), (), 0.9)


def told(text: str, found: tuple[Part, ...]) -> list[tuple[str, str]]:
    return [(p.role, text[slice(*p.at)]) for p in found]


@pytest.mark.parametrize(
    ("text", "trigger", "part", "wanted"),
    [
        ("Gunmen seized villagers. Roughly 40 guards came.", "seized", "villagers. Roughly 40", "villagers"),
        ("Roughly 40 villagers came. Gunmen seized them.", "seized", "came. Gunmen", "Gunmen"),
        ("Gunmen seized 40 villagers of Kor.", "seized", "40 villagers of Kor", "40 villagers of Kor"),
    ],
)
def test_a_part_ends_with_its_sentence(
    text: str, trigger: str, part: str, wanted: str, layers: Callable[..., Layers]
) -> None:
    found = in_one_sentence(
        text, mention(text, trigger, "detention", ("target", part)), layers(text, [], []).sentences
    )
    assert told(text, found.parts) == [("target", wanted)]


def test_a_part_ends_with_the_line_of_a_list() -> None:
    text = "People displaced 450\nHouses destroyed 23"
    lines = [Range(0, 20), Range(21, len(text))]
    found = in_one_sentence(
        text, mention(text, "displaced", "displacement", ("target", "450\nHouses")), lines
    )
    assert told(text, found.parts) == [("target", "450")]


KOR, TAMSIT, NONE = Where(frozenset({"kor"})), Where(frozenset({"tamsit"})), Where()


@pytest.mark.parametrize(
    ("kinds", "where", "wanted"),
    [
        (("strike", "killing"), (KOR, TAMSIT), []),  # the shelling of Kor, killings in Tamsit
        (("strike", "killing"), (KOR, KOR), ["actor", "target"]),
        (("strike", "killing"), (NONE, TAMSIT), ["actor", "target"]),  # "The attack came at dawn."
        (("strike", "destruction"), (KOR, NONE), ["actor", "target"]),
    ],
)
def test_who_does_the_next_deed_elsewhere_has_not_done_this_one(
    kinds: tuple[str, str], where: tuple[Where, Where], wanted: list[str], layers: Callable[..., Layers]
) -> None:
    text = "The shelling came at dawn. Rebels killed farmers."
    first = mention(text, "shelling", kinds[0], ("actor", "Rebels"), ("target", "farmers"))
    second = mention(text, "killed", kinds[1], ("actor", "Rebels"), ("target", "farmers"))
    places = {first.trigger: where[0], second.trigger: where[1]}
    [mine], [theirs] = without_strays([[first], [second]], places, layers(text, [], []).sentences)
    assert [p.role for p in mine.parts] == wanted
    assert theirs == second
    [one] = without_strays([[first, second]], places, layers(text, [], []).sentences)
    assert one == [first, second]


def test_the_place_of_the_next_deed_is_not_that_of_one_with_a_place(layers: Callable[..., Layers]) -> None:
    text = "A raid on Kor failed. In Tamsit, aid arrived."
    first = mention(text, "raid", "attack", ("place", "Tamsit"))
    second = mention(text, "arrived", "aid", ("place", "Tamsit"))
    sentences = layers(text, [], []).sentences
    [mine], _ = without_strays([[first], [second]], {first.trigger: KOR}, sentences)
    assert not mine.parts
    [mine], _ = without_strays([[first], [second]], {}, sentences)
    assert mine == first


@pytest.mark.parametrize(
    ("kind", "role", "wanted"),
    [("aid", "recipient", []), ("aid", "actor", ["actor"]), ("attack", "target", ["target"])],
)
def test_who_does_something_else_next_is_given_nothing(
    kind: str, role: str, wanted: list[str], layers: Callable[..., Layers]
) -> None:
    text = "The convoy came. Families fled."
    first = mention(text, "came", kind, (role, "Families"))
    second = mention(text, "fled", "displacement", ("actor", "Families"))
    [mine], _ = without_strays([[first], [second]], {}, layers(text, [], []).sentences)
    assert [p.role for p in mine.parts] == wanted


def test_who_was_told_before_may_do_the_next_deed_elsewhere(layers: Callable[..., Layers]) -> None:
    text = "Rebels took Kor. Families fled Tamsit."
    first = mention(text, "took", "territory", ("actor", "Rebels"))
    second = mention(text, "fled", "displacement", ("actor", "Rebels"))
    places = {first.trigger: KOR, second.trigger: TAMSIT}
    _, [theirs] = without_strays([[first], [second]], places, layers(text, [], []).sentences)
    assert theirs == second


FAR = "Kor elected a mayor.\n\nFour guards came late."


@pytest.mark.parametrize(
    ("kind", "score", "mentions", "wanted"),
    [
        ("politics", 0.5, ("elected",), []),
        ("politics", 0.9, ("elected",), [("actor", "Four guards")]),
        ("politics", 0.5, ("elected", "came"), [("actor", "Four guards")]),  # told again there
        ("killing", 0.5, ("elected",), [("actor", "Four guards")]),  # whose doers are told later
        ("detention", 0.5, ("elected",), [("actor", "Four guards")]),
        ("repression", 0.5, ("elected",), [("actor", "Four guards")]),
    ],
)
def test_who_votes_or_meets_stands_in_the_paragraph_that_tells_of_it(
    kind: str,
    score: float,
    mentions: tuple[str, ...],
    wanted: list[tuple[str, str]],
    layers: Callable[..., Layers],
) -> None:
    part = Part("actor", place(FAR, "Four guards"), score)
    told_of = [
        Happening(place(FAR, m), kind, Factuality.OCCURRED, (part,) if m == "elected" else (), (), (), 0.9)
        for m in mentions
    ]
    assert told(FAR, without_far(FAR, told_of, layers(FAR, [], []))[0].parts) == wanted


def test_the_place_of_a_vote_may_be_told_elsewhere(layers: Callable[..., Layers]) -> None:
    part = Part("place", place(FAR, "Four guards"), 0.5)
    far = Happening(place(FAR, "elected"), "politics", Factuality.OCCURRED, (part,), (), (), 0.9)
    assert without_far(FAR, [far], layers(FAR, [], []))[0].parts == (part,)


@pytest.mark.parametrize(
    ("kind", "text", "stays"),
    [
        ("legal", "Judges gave a verdict.\n\nThe convicts are six.", True),
        ("politics", "Judges gave a verdict.\n\nThe convicts are six.", False),
        ("legal", "Judges gave a verdict.\n\nThe convicts are six. They left.", False),
        ("legal", "Judges gave a verdict.\n\nIt rained.\n\nThe convicts are six.", False),
    ],
)
def test_the_convicts_are_in_the_line_beside_the_verdict(
    kind: str, text: str, stays: bool, layers: Callable[..., Layers]
) -> None:
    part = Part("target", place(text, "The convicts"), 0.5)
    one = Happening(place(text, "verdict"), kind, Factuality.OCCURRED, (part,), (), (), 0.9)
    ends = [m.end() for m in re.finditer(r"\n\n|$", text)]
    lines = tuple(Range(a, b) for a, b in pairwise((0, *ends)))
    made = replace(layers(text, [], []), paragraphs=lines)
    assert without_far(text, [one], made)[0].parts == ((part,) if stays else ())


@pytest.mark.parametrize(
    ("text", "role", "names", "wanted"),
    [
        ("Ana Orth spoke.\n\nAfter his vote rain fell.", "actor", (), None),
        ("Ana Orth spoke.\n\nAfter his meeting rain fell.", "actor", (), "his"),
        ("Ana Orth spoke.\n\nAfter a meeting rain fell.", "actor", (), None),
        ("Ana Orth spoke.\n\nAfter his meeting rain fell.", "target", (), None),
        ("Ana Orth spoke.\n\nAfter a meeting Orth left.", "actor", ("Orth left",), "Orth"),
    ],
)
def test_a_doer_told_of_before_is_the_one_named_in_the_sentence(
    text: str, role: str, names: tuple[str, ...], wanted: str | None, tree: Callable[..., Layers]
) -> None:
    kind = "politics" if "vote" in text else "meeting"
    deed = place(text, "vote" if kind == "politics" else kind)
    hangs = {"his": (text[slice(*deed)], "nmod:poss")} if "his" in text else {}
    made = tree(text, hangs, ("root", "nmod:poss"))
    named = tuple(Name(Range(place(text, n).start, place(text, n).start + 4), "Person", 0.9) for n in names)
    part = Part(role, place(text, "Ana Orth"), 0.5)
    one = Happening(deed, kind, Factuality.OCCURRED, (part,), (), (), 0.9)
    [seen] = without_far(text, [one], replace(made, names=named))
    assert [text[slice(*p.at)] for p in seen.parts] == ([wanted] if wanted else [])
