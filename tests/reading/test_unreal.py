"""Deeds that came to nothing, others' deeds, and deeds that are only supposed. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.events import EventTables
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.reader import Reader
from accordingto.reading.unreal import Outcomes
from accordingto.record import Factuality
from accordingto.spans import Range

TABLES = EventTables.load()
LABELS = "root nsubj nsubj:pass obj acl advcl ccomp xcomp mark aux compound:prt nmod conj nmod:poss obl:agent advmod amod aux:pass".split()
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def told(
    seen: Layers, text: str, deed: str, actor: str = "", read: str = "occurred", kind: str = "attack"
) -> Happening:
    parts = (Part("actor", place(text, actor), 0.9),) if actor else ()
    mention = Happening(place(text, deed), kind, Factuality(read), parts, (), (), 0.9)
    return Outcomes(text, seen, TABLES.undoing, TABLES.irregular).told(mention)


@pytest.mark.parametrize(
    ("text", "deed", "hangs", "wanted", "acts"),
    [
        ("Guards foiled a bombing", "bombing", {"Guards": ("foiled", "nsubj"), "bombing": ("foiled", "obj")}, "negated", False),
        ("Guards failed to foil a bombing", "bombing", {"Guards": ("failed", "nsubj"), "to": ("foil", "mark"), "foil": ("failed", "xcomp"), "bombing": ("foil", "obj")}, "occurred", False),
        ("Guards left to foil a bombing", "bombing", {"Guards": ("left", "nsubj"), "to": ("foil", "mark"), "foil": ("left", "advcl"), "bombing": ("foil", "obj")}, "possible", False),
        ("Guards could foil a bombing", "bombing", {"Guards": ("foil", "nsubj"), "could": ("foil", "aux"), "bombing": ("foil", "obj")}, "occurred", False),
        ("Guards managed to foil a bombing", "bombing", {"Guards": ("managed", "nsubj"), "to": ("foil", "mark"), "foil": ("managed", "xcomp"), "bombing": ("foil", "obj")}, "negated", False),
        ("Guards foiled a plot to bomb Kor", "bomb", {"Guards": ("foiled", "nsubj"), "plot": ("foiled", "obj"), "bomb": ("plot", "acl")}, "negated", False),
        ("a bombing foiled by Guards", "bombing", {"foiled": ("bombing", "acl"), "Guards": ("foiled", "obl:agent")}, "negated", False),
        ("Guards called off the raid", "raid", {"Guards": ("called", "nsubj"), "off": ("called", "compound:prt"), "raid": ("called", "obj")}, "negated", True),
        ("Guards called the raid", "raid", {"Guards": ("called", "nsubj"), "raid": ("called", "obj")}, "occurred", True),
        ("Guards postponed the raid", "raid", {"Guards": ("postponed", "nsubj"), "raid": ("postponed", "obj")}, "planned", True),
        ("Guards repelled a raid", "raid", {"Guards": ("repelled", "nsubj"), "raid": ("repelled", "obj")}, "occurred", False),
        ("Guards halted their raid", "raid", {"Guards": ("halted", "nsubj"), "raid": ("halted", "obj"), "their": ("raid", "nmod:poss")}, "occurred", True),
        ("the bombing was foiled by Guards", "bombing", {"bombing": ("foiled", "nsubj"), "was": ("foiled", "aux:pass"), "Guards": ("foiled", "obl:agent")}, "negated", False),
        ("Guards say bombing foiled", "bombing", {"Guards": ("say", "nsubj"), "bombing": ("foiled", "nsubj"), "foiled": ("say", "ccomp")}, "negated", True),
        ("The raid prevented talks of Guards", "raid", {"raid": ("prevented", "nsubj"), "talks": ("prevented", "obj"), "Guards": ("talks", "nmod")}, "occurred", True),
        ("the foiled bombing of Guards", "bombing", {"foiled": ("bombing", "amod"), "Guards": ("bombing", "nmod")}, "negated", True),
        ("the cancelled raid of Guards", "raid", {"cancelled": ("raid", "amod"), "Guards": ("raid", "nmod")}, "occurred", True),
        ("Guards ruled out a raid", "raid", {"Guards": ("ruled", "nsubj"), "out": ("ruled", "compound:prt"), "raid": ("ruled", "obj")}, "negated", True),
        ("Guards did not rule out a raid", "raid", {"Guards": ("rule", "nsubj"), "not": ("rule", "advmod"), "out": ("rule", "compound:prt"), "raid": ("rule", "obj")}, "possible", True),
        ("Guards declined to rule out a raid", "raid", {"Guards": ("declined", "nsubj"), "to": ("rule", "mark"), "rule": ("declined", "xcomp"), "out": ("rule", "compound:prt"), "raid": ("rule", "obj")}, "possible", True),
        ("No Guards ruled out storming Kor", "storming", {"Guards": ("ruled", "nsubj"), "No": ("Guards", "amod"), "out": ("ruled", "compound:prt"), "storming": ("ruled", "xcomp")}, "possible", True),
        ("Guards cancelled storming Kor", "storming", {"Guards": ("cancelled", "nsubj"), "storming": ("cancelled", "xcomp")}, "negated", True),
        ("Guards stopped storming Kor", "storming", {"Guards": ("stopped", "nsubj"), "storming": ("stopped", "xcomp")}, "occurred", True),
        ("Guards kept gunmen from storming Kor", "storming", {"Guards": ("kept", "nsubj"), "gunmen": ("kept", "obj"), "from": ("storming", "mark"), "storming": ("kept", "advcl")}, "negated", False),
    ],
)  # fmt: skip
def test_a_foiled_deed_has_not_happened_and_is_not_of_those_who_foil_it(
    text: str, deed: str, hangs: Hangs, wanted: str, acts: bool, tree: Callable[..., Layers]
) -> None:
    found = told(tree(text, hangs, LABELS), text, deed, "Guards")
    assert found.factuality.value == wanted
    assert bool(found.parts) is acts


def test_what_is_bidden_has_not_been_done(tree: Callable[..., Layers]) -> None:
    text = "Scrap the talks"
    assert told(tree(text, {"talks": ("Scrap", "obj")}, LABELS), text, "talks").factuality.value == "occurred"


def test_a_truce_that_is_called_off_was_there(tree: Callable[..., Layers]) -> None:
    text = "Rebels cancelled the truce"
    seen = tree(text, {"Rebels": ("cancelled", "nsubj"), "truce": ("cancelled", "obj")}, LABELS)
    assert told(seen, text, "truce", kind="ceasefire").factuality.value == "occurred"
    assert told(seen, text, "truce", kind="meeting").factuality.value == "negated"


def test_who_halts_supplies_may_have_sent_them(tree: Callable[..., Layers]) -> None:
    text = "Freedonia halted the deliveries"
    seen = tree(text, {"Freedonia": ("halted", "nsubj"), "deliveries": ("halted", "obj")}, LABELS)
    assert told(seen, text, "deliveries", "Freedonia", kind="aid").parts
    assert not told(seen, text, "deliveries", "Freedonia", kind="strike").parts


@pytest.mark.parametrize(
    ("text", "hangs", "wanted"),
    [
        ("If courts find that guards shot Ada, he resigns.", {"If": ("find", "mark"), "find": ("resigns", "advcl"), "shot": ("find", "ccomp")}, "conditional"),
        ("Should courts find that guards shot Ada, he resigns.", {"Should": ("find", "aux"), "find": ("resigns", "advcl"), "shot": ("find", "ccomp")}, "conditional"),
        ("Had guards shot Ada, he resigns.", {"Had": ("shot", "aux")}, "conditional"),
        ("Had guards shot Ada?", {"Had": ("shot", "aux")}, "occurred"),
        ("If he resigns because guards shot Ada, courts rest.", {"If": ("resigns", "mark"), "resigns": ("rest", "advcl"), "because": ("shot", "mark"), "shot": ("resigns", "advcl")}, "occurred"),
        ("He left as if guards shot Ada.", {"as": ("shot", "mark"), "if": ("shot", "mark"), "shot": ("left", "advcl")}, "occurred"),
        ("Courts find that guards shot Ada.", {"shot": ("find", "ccomp")}, "occurred"),
        ("He resigns if courts jail the man who shot Ada.", {"if": ("jail", "mark"), "jail": ("resigns", "advcl"), "man": ("jail", "obj"), "shot": ("man", "acl")}, "occurred"),
    ],
)  # fmt: skip
def test_what_stands_in_a_condition_is_no_fact(
    text: str, hangs: Hangs, wanted: str, tree: Callable[..., Layers]
) -> None:
    assert told(tree(text, hangs, LABELS), text, "shot").factuality.value == wanted


def read(reader: Reader, text: str) -> dict[str, tuple[str, list[str]]]:
    """By trigger, the factuality of each event and its actors."""
    return {
        e.trigger.text: (
            e.factuality.value,
            [p.span.text for p in e.participants if p.role == "actor"],
        )
        for e in reader.read(text).events
    }


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Security forces foiled a suicide bombing at a market in Baidoa on Friday.", "bombing", "negated"),
        ("Guards kept protesters from storming the palace in Bissau.", "storming", "negated"),
        ("A second round of talks planned for Monday has been called off.", "talks", "negated"),
        ("The army called off the offensive on Rafah.", "offensive", "negated"),
    ],
)
def test_a_report_of_a_foiled_attack_tells_of_none_that_happened(
    text: str, trigger: str, wanted: str, reader: Reader
) -> None:
    told, actors = read(reader, text)[trigger]
    assert told == wanted
    assert not {"Security forces", "Guards"} & {*actors}


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("If the court finds that the army shelled the hospital in Kasese, killing 12 people, the minister will resign, his office said.", {"shelled"}),
        ("Had the army shelled the town, the rebels would have fled.", {"shelled", "fled"}),
    ],
)  # fmt: skip
def test_what_a_court_might_find_is_conditional(text: str, triggers: set[str], reader: Reader) -> None:
    found = read(reader, text)
    assert {found[t][0] for t in triggers} == {"conditional"}


def test_what_is_not_ruled_out_is_possible(reader: Reader) -> None:
    text = "The minister said that a ceasefire had not been ruled out. The general did not rule out sending more troops."
    assert {k: told for k, (told, _) in read(reader, text).items()} == {
        "ceasefire": "possible",
        "sending": "possible",
    }


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A kidnapping in Lagos turned out to be a hoax.", "kidnapping"),
        ("Police said the kidnapping in Lagos was staged.", "kidnapping"),
        ("Reports of a coup in Mali proved false on Monday.", "coup"),
        ("The reported attack on the church in Kano never happened, police said.", "attack"),
    ],
)
def test_a_hoax_did_not_happen(text: str, trigger: str, reader: Reader) -> None:
    assert read(reader, text)[trigger][0] in ("negated", "denied")


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The attack on the church in Kano did not happen on Sunday but on Monday.", "attack"),
        ("A protest was staged in Oslo on Monday.", "protest"),
        ("The shooting in Kano was not a hoax, police said.", "shooting"),
        ("The allegation against the mayor is untrue, his lawyer said.", "allegation"),
    ],
)
def test_what_was_no_hoax_happened(text: str, trigger: str, reader: Reader) -> None:
    assert read(reader, text)[trigger][0] in ("occurred", "claimed")


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("A kidnapping in Lagos turned out to be a hoax, police said.", "kidnapping", "negated"),
        ("An attempted assassination of the party leader Ion Rusu failed, police said.", "assassination", "negated"),
        ("A court convicted a man of the attempted murder of journalist Lena Voss.", "murder", "negated"),
        ("A court jailed a man for trying to kill mayor Jan Kos.", "kill", "negated"),
        ("Gunmen tried to kidnap a judge in Lagos on Monday.", "kidnap", "negated"),
        ("Gunmen made an attempt to free prisoners.", "free", "negated"),
        ("Rebels tried unsuccessfully to destroy the bridge over the Oti.", "destroy", "negated"),
        ("Police are trying to free the hostages.", "free", "possible"),
    ],
)  # fmt: skip
def test_what_was_only_tried_or_told_as_a_hoax_was_not_done(
    text: str, trigger: str, wanted: str, reader: Reader
) -> None:
    assert read(reader, text)[trigger][0] == wanted


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Two men tried to rob a bank in Lyon on Monday.", "rob"),
        ("A man who had tried to enter the hall killed a guard.", "killed"),
        ("Commandos tried to free the hostages on Sunday. They freed 12 of the hostages.", "freed"),
    ],
)
def test_what_was_tried_with_blows_or_came_about_happened(text: str, trigger: str, reader: Reader) -> None:
    found = {t: told for t, (told, _) in read(reader, text).items()}
    assert found.get(trigger, found.get("free")) in ("occurred", "claimed")
