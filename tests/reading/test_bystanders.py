"""Phrases beside a deed that take no part in it. All text is invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from accordingto.reading.bystanders import emptied, holds_deed, without_bystanders
from accordingto.reading.layers import Happening, Layers, Name, Part
from accordingto.record import Factuality
from accordingto.spans import Range

LABELS = ("root", "dep", "compound", "amod", "acl", "obj", "nummod", "mark")
Hangs = dict[str, tuple[str, str]]
Told = list[tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def mention(text: str, trigger: str, kind: str, parts: Told) -> Happening:
    found = tuple(Part(role, place(text, words), 0.9) for role, words in parts)
    return Happening(place(text, trigger), kind, Factuality.OCCURRED, found, (), (), 0.9)


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "hangs", "names", "parts", "wanted"),
    [
        ("Ada visited Kor", "visited", "meeting", {}, {"Kor": "Location"}, [("target", "Kor"), ("place", "Kor")], [("place", "Kor")]),
        ("Ada visited Kor", "visited", "meeting", {}, {"Kor": "Location"}, [("target", "Kor")], [("place", "Kor")]),
        ("Ada visited that country", "visited", "meeting", {"that": ("country", "compound")}, {}, [("target", "that country")], [("place", "that country")]),
        ("Ada opened Kor", "opened", "meeting", {}, {"Kor": "Facility"}, [("target", "Kor"), ("place", "Kor")], [("target", "Kor"), ("place", "Kor")]),
        ("Ada met Kor", "met", "meeting", {}, {"Kor": "Location"}, [("target", "Kor")], [("target", "Kor")]),
        ("Ada shelled Kor", "shelled", "strike", {}, {"Kor": "Location"}, [("target", "Kor"), ("place", "Kor")], [("target", "Kor"), ("place", "Kor")]),
        ("Ethnic clashes began", "clashes", "clash", {"Ethnic": ("clashes", "amod")}, {}, [("target", "Ethnic")], []),
        ("the climate conference began", "conference", "meeting", {"climate": ("conference", "compound")}, {}, [("target", "climate")], []),
        ("the prisoner abuse began", "abuse", "abuse", {"prisoner": ("abuse", "compound")}, {}, [("target", "prisoner")], [("target", "prisoner")]),
        ("the Covid pandemic began", "pandemic", "hunger_disease", {"Covid": ("pandemic", "compound")}, {"Covid": "Misc"}, [("target", "Covid")], []),
        ("the Ostian revolution began", "revolution", "politics", {"Ostian": ("revolution", "amod")}, {"Ostian": "NORP"}, [("target", "Ostian")], []),
        ("the mayor accusing him", "accusing", "accusation", {"the": ("mayor", "compound"), "accusing": ("mayor", "acl"), "him": ("accusing", "obj")}, {}, [("target", "the mayor accusing him")], [("target", "the mayor")]),
        ("questioning of party chief Ada Brook", "questioning", "investigation", {}, {}, [("actor", "party chief"), ("target", "party chief Ada Brook")], [("target", "party chief Ada Brook")]),
        ("raid on Ada Brook, who runs a shop", "raid", "attack", {}, {}, [("target", "Ada Brook, who runs a shop")], [("target", "Ada Brook")]),
        ("raid by Ada Brook, along with her aunt", "raid", "attack", {}, {}, [("actor", "Ada Brook, along with her aunt")], [("actor", "Ada Brook")]),
        ("raid in Kor, which lies east", "raid", "attack", {}, {}, [("place", "Kor, which lies east")], [("place", "Kor")]),
        ("raid on a farm at dawn", "raid", "attack", {}, {}, [("target", "a farm at")], [("target", "a farm")]),
        ("the Kuka killings stopped", "killings", "killing", {"Kuka": ("killings", "compound")}, {"Kuka": "Location"}, [("place", "Kuka"), ("actor", "Kuka")], [("place", "Kuka")]),
        ("the Kuka killings stopped", "killings", "killing", {"Kuka": ("killings", "compound")}, {"Kuka": "Location"}, [("target", "Kuka")], [("place", "Kuka")]),
        ("the Kuka strikes stopped", "strikes", "strike", {"Kuka": ("strikes", "compound")}, {"Kuka": "Location"}, [("place", "Kuka"), ("target", "Kuka")], [("place", "Kuka"), ("target", "Kuka")]),
        ("Two marches began", "marches", "protest", {"Two": ("marches", "nummod")}, {}, [("actor", "Two")], []),
        ("street riots began", "riots", "protest", {"street": ("riots", "compound")}, {}, [("actor", "street")], []),
        ("student riots began", "riots", "protest", {"student": ("riots", "compound")}, {}, [("actor", "student")], [("actor", "student")]),
        ("despite shops closing", "closing", "economy", {"shops": ("closing", "compound")}, {}, [("actor", "shops")], [("actor", "shops")]),
        ("anti-Kor rallies began", "rallies", "protest", {"Kor": ("rallies", "amod"), "anti": ("Kor", "dep"), "-": ("Kor", "dep")}, {}, [("actor", "anti-Kor")], []),
        ("Ada refused to free the crew", "refused", "rejection", {"to": ("free", "mark"), "the": ("crew", "dep"), "crew": ("free", "obj"), "free": ("refused", "dep")}, {}, [("actor", "Ada"), ("target", "free the crew")], [("actor", "Ada")]),
        ("demands to Commissioner Bo Lind", "demands", "request", {"to": ("Commissioner", "mark"), "Commissioner": ("demands", "obj"), "Bo": ("Commissioner", "dep"), "Lind": ("Commissioner", "dep")}, {}, [("recipient", "Commissioner Bo Lind"), ("target", "Commissioner Bo Lind")], [("recipient", "Commissioner Bo Lind"), ("target", "Commissioner Bo Lind")]),
        ("Ada resigned as mayor", "resigned", "politics", {}, {}, [("actor", "Ada"), ("target", "as mayor")], [("actor", "Ada")]),
        ("the groups that march", "march", "protest", {}, {}, [("actor", "the groups that")], [("actor", "the groups")]),
        ("Kor's envoys arrested", "arrested", "detention", {}, {}, [("actor", "Kor"), ("target", "Kor's envoys")], [("actor", "Kor"), ("target", "Kor's envoys")]),
    ],
)  # fmt: skip
def test_what_tells_where_or_which_takes_no_part(
    text: str,
    trigger: str,
    kind: str,
    hangs: Hangs,
    names: dict[str, str],
    parts: Told,
    wanted: Told,
    tree: Callable[..., Layers],
) -> None:
    seen = replace(
        tree(text, hangs, LABELS), names=tuple(Name(place(text, n), k, 1.0) for n, k in names.items())
    )
    found = without_bystanders(text, mention(text, trigger, kind, parts), seen)
    assert [(p.role, text[slice(*p.at)]) for p in found.parts] == wanted


def test_a_phrase_that_holds_the_deed_does_not_suffer_it(tree: Callable[..., Layers]) -> None:
    text = "He filed an appeal against it; guards fired bombs"
    seen = tree(text, {"an": ("appeal", "compound"), "against": ("appeal", "dep")}, LABELS)
    own = mention(text, "appeal", "legal", [])
    bombs = mention(text, "bombs", "bombing", [])
    assert holds_deed(text, Part("target", place(text, "an appeal against it"), 0.9), own, [own], seen)
    assert not holds_deed(text, Part("target", place(text, "guards"), 0.9), own, [own], seen)
    assert not holds_deed(text, Part("instrument", place(text, "bombs"), 0.9), bombs, [bombs], seen)


def test_what_is_launched_is_hit_though_it_is_told_as_the_deed(tree: Callable[..., Layers]) -> None:
    text = "Kor launched the programme"
    seen = tree(text, {"the": ("programme", "compound"), "programme": ("launched", "obj")}, LABELS)
    for kind, held in (("economy", False), ("strike", True)):
        own = mention(text, "programme", kind, [])
        assert holds_deed(text, Part("target", place(text, "the programme"), 0.9), own, [own], seen) is held


def test_beside_a_doer_that_only_tells_which_deed_it_was_none_is_unsure(tree: Callable[..., Layers]) -> None:
    text = "Two marches that the city forbade"
    seen = tree(text, {"Two": ("marches", "nummod")}, LABELS)
    own = mention(text, "marches", "protest", [("actor", "Two"), ("actor", "the city")])
    unsure = replace(own, parts=(own.parts[0], replace(own.parts[1], score=0.4)))
    assert without_bystanders(text, unsure, seen).parts == ()
    assert without_bystanders(text, own, seen).parts == own.parts[1:]


def test_a_role_that_held_where_it_was_is_settled_but_not_one_that_told_which_it_was() -> None:
    text = "the cabinet reshuffle that opponents in Kor blocked"
    own = mention(
        text, "reshuffle", "politics", [("target", "cabinet"), ("recipient", "Kor"), ("actor", "opponents")]
    )
    assert emptied(text, own, replace(own, parts=own.parts[2:])) == {"recipient"}
