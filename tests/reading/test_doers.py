"""Who does what is told where no doer is marked. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from accordingto.reading.doers import sharing, with_doer
from accordingto.reading.events import EventTables
from accordingto.reading.layers import Happening, Layers, Part
from accordingto.reading.reader import Reader
from accordingto.record import Factuality
from accordingto.spans import Range

ROLES = EventTables.load().roles
LABELS = (
    "root",
    "nsubj",
    "nsubj:pass",
    "obj",
    "conj",
    "xcomp",
    "advcl",
    "det",
    "advmod",
    "mark",
    "aux:pass",
    "acl:relcl",
    "obl",
    "nummod",
    "case",
    "obl:agent",
    "acl",
)
Hangs = Mapping[str, tuple[str, str]]


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "wanted"),
    [
        ("The guards arrested Ada and charged her", "charged", {"charged": ("arrested", "conj"), "guards": ("arrested", "nsubj"), "The": ("guards", "det")}, "The guards"),
        ("The mayor urged Ada to resign", "resign", {"resign": ("urged", "xcomp"), "mayor": ("urged", "nsubj"), "Ada": ("urged", "obj")}, "Ada"),
        ("After closing roads guards left", "closing", {"closing": ("left", "advcl"), "guards": ("left", "nsubj")}, "guards"),
        ("Ada was found and arrested", "arrested", {"arrested": ("found", "conj"), "Ada": ("found", "nsubj:pass")}, None),
        ("Guards came and Ada was arrested", "arrested", {"arrested": ("came", "conj"), "Guards": ("came", "nsubj"), "Ada": ("arrested", "nsubj:pass")}, None),
        ("They held Ada for allegedly beating guards", "beating", {"beating": ("allegedly", "xcomp"), "allegedly": ("held", "advmod"), "for": ("beating", "mark"), "Ada": ("held", "obj"), "They": ("held", "nsubj")}, "Ada"),
        ("Guards kept Ada from leaving", "leaving", {"Guards": ("kept", "nsubj"), "Ada": ("kept", "obj"), "leaving": ("kept", "advcl"), "from": ("leaving", "mark")}, "Ada"),
        ("Guards refrained from leaving", "leaving", {"Guards": ("refrained", "nsubj"), "leaving": ("refrained", "advcl"), "from": ("leaving", "mark")}, "Guards"),
        ("The mayor called on Ada to resign", "resign", {"resign": ("called", "xcomp"), "mayor": ("called", "nsubj"), "Ada": ("called", "obl"), "on": ("Ada", "case"), "to": ("resign", "mark")}, "Ada"),
        ("The mayor urged Ada to stay and pay", "pay", {"pay": ("stay", "conj"), "stay": ("urged", "xcomp"), "mayor": ("urged", "nsubj"), "Ada": ("urged", "obj"), "to": ("stay", "mark")}, "Ada"),
        ("Guards prayed after the Kuka shooting", "shooting", {"shooting": ("prayed", "advcl"), "Guards": ("prayed", "nsubj"), "the": ("shooting", "det")}, None),
        ("those who want to march", "march", {"march": ("want", "xcomp"), "who": ("want", "nsubj")}, None),
    ],
)  # fmt: skip
def test_a_verb_shares_the_subject_of_the_verb_that_it_hangs_on(
    text: str, trigger: str, hangs: Hangs, wanted: str | None, tree: Callable[..., Layers]
) -> None:
    told = Happening(place(text, trigger), "legal", Factuality.OCCURRED, (), (), (), 0.9)
    found = sharing(text, told, tree(text, hangs, LABELS), ROLES)
    assert [text[slice(*p.at)] for p in found.parts] == ([wanted] if wanted else [])


def test_a_doer_that_is_marked_stays(tree: Callable[..., Layers]) -> None:
    text = "Guards came and Ada marched"
    seen = tree(text, {"marched": ("came", "conj"), "Guards": ("came", "nsubj")}, LABELS)
    own = (Part("actor", place(text, "Ada"), 0.9),)
    told = Happening(place(text, "marched"), "protest", Factuality.OCCURRED, own, (), (), 0.9)
    assert sharing(text, told, seen, ROLES).parts == own


def doers(reader: Reader, text: str, trigger: str) -> list[str]:
    """The actors of the event with that trigger."""
    record = reader.read(text)
    [event] = [e for e in record.events if e.trigger.text == trigger]
    return [p.span.text for p in event.participants if p.role == "actor"]


def test_who_is_arrested_for_a_deed_is_said_to_have_done_it(reader: Reader) -> None:
    assert doers(reader, "Police arrested Lee for allegedly killing his wife on Monday.", "killing") == [
        "Lee"
    ]
    text = "Police arrested Karl Berg for allegedly killing two guards in Kutum on Monday."
    assert doers(reader, text, "killing") == ["Karl Berg"]


def test_who_is_charged_with_a_deed_told_as_a_fact_is_not_its_actor(reader: Reader) -> None:
    text = "Karl Berg was charged with murdering two guards in Kutum on Monday."
    assert doers(reader, text, "murdering") == []
    assert doers(reader, "Karl Berg murdered two guards in Kutum on Monday.", "murdered") == ["Karl Berg"]


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [("investigates", []), ("condemned", []), ("fled", []), ("survived", []), ("planned", ["The army"])],
)
def test_who_investigates_a_deed_has_not_done_it(
    verb: str, wanted: list[str], tree: Callable[..., Layers]
) -> None:
    text = f"The army {verb} the killing"
    seen = tree(text, {"army": (verb, "nsubj"), "The": ("army", "det"), "killing": (verb, "obj")}, LABELS)
    told = Happening(
        place(text, "killing"), "killing", Factuality.OCCURRED, (Part("actor", place(text, "The army"), 0.9),), (), (), 0.9
    )  # fmt: skip
    found = with_doer(text, told, seen)
    assert [text[slice(*p.at)] for p in found.parts] == wanted


def test_those_who_investigate_a_deed_have_not_done_it(tree: Callable[..., Layers]) -> None:
    for verb, wanted in (("investigating", []), ("planning", ["officers"])):
        text = f"officers {verb} the killing left"
        hangs = {"officers": ("left", "nsubj"), verb: ("officers", "acl"), "killing": (verb, "obj")}
        own = (Part("actor", place(text, "officers"), 0.9),)
        told = Happening(place(text, "killing"), "killing", Factuality.OCCURRED, own, (), (), 0.9)
        found = with_doer(text, told, tree(text, hangs, LABELS))
        assert [text[slice(*p.at)] for p in found.parts] == wanted


@pytest.mark.parametrize(("type", "wanted"), [("strike", []), ("clash", ["Two guards"])])
def test_who_dies_in_a_strike_has_not_struck(
    type: str, wanted: list[str], tree: Callable[..., Layers]
) -> None:
    text = "Two guards died in the shelling"
    hung = {
        "guards": ("died", "nsubj"),
        "Two": ("guards", "nummod"),
        "in": ("shelling", "case"),
        "the": ("shelling", "det"),
        "shelling": ("died", "obl"),
    }
    told = Happening(
        place(text, "shelling"), type, Factuality.OCCURRED, (Part("actor", place(text, "Two guards"), 0.9),), (), (), 0.9
    )  # fmt: skip
    found = with_doer(text, told, tree(text, hung, LABELS))
    assert [text[slice(*p.at)] for p in found.parts] == wanted


def test_who_flees_a_strike_is_not_its_actor(reader: Reader) -> None:
    text = "Villagers fled the shelling of Bara on Monday, and thousands escaped fighting in El Obeid."
    assert doers(reader, text, "shelling") == []
    assert doers(reader, text, "fighting") == []


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        (
            "Residents fled on Tuesday after a strike that rebels said killed nine people in Gao.",
            "strike",
            [],
        ),
        ("An attack that the army said killed 23 civilians has shut the city's water station.", "attack", []),
        ("A strike the army said killed 23 civilians has shut the city's water station.", "strike", []),
        ("The drone attack, which Ukraine said it carried out, hit a refinery.", "drone attack", ["Ukraine"]),
        (
            "The bombing, which the Islamic State claimed, killed nine people.",
            "bombing",
            ["the Islamic State"],
        ),
        ("Israel launched a strike that the army said killed nine people.", "strike", ["Israel"]),
    ],
)
def test_who_tells_of_a_strike_has_not_struck(
    text: str, trigger: str, wanted: list[str], reader: Reader
) -> None:
    assert doers(reader, text, trigger) == wanted


@pytest.mark.parametrize(
    ("text", "source", "cue", "wanted"),
    [
        ("a raid on Kor which rebels later said killed nine", "rebels", "said", []),
        ("a raid, according to rebels, killed nine", "rebels", "according to", []),
        ("a raid that rebels said they led", "rebels", "said", ["rebels"]),
        ("a raid that rebels claimed responsibility for", "rebels", "claimed", ["rebels"]),
        ("a raid that rebels claimed to have led", "rebels", "claimed", ["rebels"]),
        ("a raid in which rebels said nine died", "rebels", "said", ["rebels"]),
        ("a raid that killed nine. Guards that rebels said fled", "rebels", "said", ["rebels"]),
    ],
)
def test_the_source_of_a_clause_about_a_deed_is_not_its_doer(
    text: str,
    source: str,
    cue: str,
    wanted: list[str],
    layers: Callable[..., Layers],
    tree: Callable[..., Layers],
) -> None:
    said = layers(text, [], [(source, cue, text.split()[-1])])
    seen = tree(text, {}, LABELS).with_attributions(said.attributions)
    told = Happening(
        place(text, "raid"), "attack", Factuality.OCCURRED, (Part("actor", place(text, source), 0.9),), (), (), 0.9
    )  # fmt: skip
    assert [text[slice(*p.at)] for p in with_doer(text, told, seen).parts] == wanted


@pytest.mark.parametrize(
    ("text", "verb", "kind", "wanted"),
    [
        ("The raid was condemned by rebels", "condemned", "attack", []),
        ("The raid was denounced by rebels on Monday", "denounced", "attack", []),
        ("The raid was confirmed by rebels", "confirmed", "attack", []),
        ("The raid was confirmed by rebels", "confirmed", "strike", ["rebels"]),
        ("The raid was claimed by rebels", "claimed", "attack", ["rebels"]),
        ("The raid was ordered by rebels", "ordered", "attack", ["rebels"]),
        ("The raid was announced by rebels", "announced", "strike", ["rebels"]),
        ("The raid was launched by rebels", "launched", "attack", ["rebels"]),
        ("The raid was likened to war by rebels", "likened", "attack", ["rebels"]),
        ("Claims of a raid were dismissed by rebels", "dismissed", "attack", []),
        ("A report that a raid took place was denied by rebels", "denied", "attack", []),
    ],
)
def test_who_condemns_or_denies_a_deed_in_the_passive_has_not_done_it(
    text: str, verb: str, kind: str, wanted: list[str], tree: Callable[..., Layers]
) -> None:
    hung = {"rebels": (verb, "obl:agent"), "by": ("rebels", "case")}
    told = Happening(
        place(text, "raid"), kind, Factuality.OCCURRED, (Part("actor", place(text, "rebels"), 0.9),), (), (), 0.9
    )  # fmt: skip
    assert [text[slice(*p.at)] for p in with_doer(text, told, tree(text, hung, LABELS)).parts] == wanted


def test_who_is_the_source_of_a_passive_cue_is_not_the_doer(
    layers: Callable[..., Layers], tree: Callable[..., Layers]
) -> None:
    text = "The raid was likened to war by rebels"
    told = Happening(
        place(text, "raid"), "attack", Factuality.OCCURRED, (Part("actor", place(text, "rebels"), 0.9),), (), (), 0.9
    )  # fmt: skip
    said = layers(text, [], [("rebels", "was likened", "The raid")]).attributions
    seen = tree(text, {"rebels": ("likened", "obl:agent"), "by": ("rebels", "case")}, LABELS)
    assert not with_doer(text, told, seen.with_attributions(said)).parts


def test_the_doer_of_a_passive_stays(tree: Callable[..., Layers]) -> None:
    text = "The village was burned by guards, the mayor said"
    told = Happening(
        place(text, "burned"), "destruction", Factuality.OCCURRED, (Part("actor", place(text, "guards"), 0.9),), (), (), 0.9
    )  # fmt: skip
    seen = tree(text, {"guards": ("burned", "obl:agent"), "by": ("guards", "case")}, LABELS)
    assert with_doer(text, told, seen).parts == told.parts


@pytest.mark.parametrize(
    ("kind", "relation", "wanted"),
    [
        ("hunger_disease", "obj", []),
        ("hunger_disease", "xcomp", []),
        ("invasion", "obj", ["The ministry"]),
        ("ceasefire", "obj", ["The ministry"]),
    ],
)
def test_who_declares_an_outbreak_has_not_brought_it_about(
    kind: str, relation: str, wanted: list[str], tree: Callable[..., Layers]
) -> None:
    text = "The ministry declared an outbreak"
    hung = {"ministry": ("declared", "nsubj"), "The": ("ministry", "det"), "outbreak": ("declared", relation)}
    told = Happening(
        place(text, "outbreak"), kind, Factuality.OCCURRED, (Part("actor", place(text, "The ministry"), 0.9),), (), (), 0.9
    )  # fmt: skip
    assert [text[slice(*p.at)] for p in with_doer(text, told, tree(text, hung, LABELS)).parts] == wanted


def test_whose_minister_announces_an_outbreak_has_not_brought_it_about(tree: Callable[..., Layers]) -> None:
    text = "Aland's minister announced an outbreak"
    labels = (*LABELS, "nmod:poss")
    hung = {
        "Aland": ("minister", "nmod:poss"),
        "minister": ("announced", "nsubj"),
        "outbreak": ("announced", "obj"),
    }
    told = Happening(
        place(text, "outbreak"), "hunger_disease", Factuality.OCCURRED, (Part("actor", place(text, "Aland"), 0.9),), (), (), 0.9
    )  # fmt: skip
    assert not with_doer(text, told, tree(text, hung, labels)).parts


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "actor", "hangs", "wanted"),
    [
        ("Kor condemned the raid", "raid", "attack", "Kor", {"Kor": ("condemned", "nsubj"), "raid": ("condemned", "obj")}, []),
        ("Kor condemned the raid", "raid", "attack", "Kor", {"Kor": ("condemned", "nsubj"), "raid": ("condemned", "xcomp"), "the": ("raid", "det")}, []),
        ("Kor hailed the raid", "raid", "attack", "Kor", {"Kor": ("hailed", "nsubj"), "raid": ("hailed", "obj")}, []),
        ("Kor launched the raid", "raid", "attack", "Kor", {"Kor": ("launched", "nsubj"), "raid": ("launched", "obj")}, ["Kor"]),
        ("Kor skipped the talks", "talks", "meeting", "Kor", {"Kor": ("skipped", "nsubj"), "talks": ("skipped", "obj")}, []),
        ("Kor boycotted the vote", "vote", "politics", "Kor", {"Kor": ("boycotted", "nsubj"), "vote": ("boycotted", "obj")}, []),
        ("Kor boycotted the vote", "boycotted", "rejection", "Kor", {"Kor": ("boycotted", "nsubj"), "vote": ("boycotted", "obj")}, ["Kor"]),
        ("Kor did not attend the talks", "talks", "meeting", "Kor", {"Kor": ("attend", "nsubj"), "not": ("attend", "advmod"), "talks": ("attend", "obj")}, []),
        ("Kor refused to attend the talks", "talks", "meeting", "Kor", {"Kor": ("refused", "nsubj"), "attend": ("refused", "xcomp"), "talks": ("attend", "obj")}, []),
        ("Kor attended the talks", "talks", "meeting", "Kor", {"Kor": ("attended", "nsubj"), "talks": ("attended", "obj")}, ["Kor"]),
        ("a truce . Kor abstained", "truce", "ceasefire", "Kor", {"Kor": ("abstained", "nsubj")}, []),
        ("a vote . Kor abstained", "vote", "politics", "Kor", {"Kor": ("abstained", "nsubj")}, ["Kor"]),
        ("The charges came after Bo signed them", "charges", "legal", "Bo", {"charges": ("came", "nsubj"), "Bo": ("signed", "nsubj"), "signed": ("came", "advcl")}, []),
        ("The raid came after Bo vowed revenge", "raid", "attack", "Bo", {"raid": ("came", "nsubj"), "Bo": ("vowed", "nsubj"), "vowed": ("came", "advcl")}, ["Bo"]),
        ("A coup . Kor denied reports that guards left", "coup", "politics", "guards", {"Kor": ("denied", "nsubj"), "reports": ("denied", "obj"), "left": ("reports", "acl"), "guards": ("left", "nsubj")}, []),
        ("A coup . Kor denied that guards left", "coup", "politics", "guards", {"Kor": ("denied", "nsubj"), "left": ("denied", "ccomp"), "guards": ("left", "nsubj")}, []),
        ("Kor denied that guards led a coup", "coup", "politics", "guards", {"Kor": ("denied", "nsubj"), "led": ("denied", "ccomp"), "guards": ("led", "nsubj"), "coup": ("led", "obj")}, ["guards"]),
        ("Kor denied reports that guards left", "left", "territory", "guards", {"Kor": ("denied", "nsubj"), "reports": ("denied", "obj"), "left": ("reports", "acl"), "guards": ("left", "nsubj")}, ["guards"]),
    ],
)  # fmt: skip
def test_who_judges_shuns_or_does_something_else_is_not_the_doer(
    text: str,
    trigger: str,
    kind: str,
    actor: str,
    hangs: Hangs,
    wanted: list[str],
    tree: Callable[..., Layers],
) -> None:
    seen = tree(text, hangs, [*LABELS, "ccomp"])
    part = (Part("actor", place(text, actor), 0.9),)
    told = Happening(place(text, trigger), kind, Factuality.OCCURRED, part, (), (), 0.9)
    found = sharing(text, with_doer(text, told, seen), seen, ROLES)
    assert [text[slice(*p.at)] for p in found.parts] == wanted


def test_who_condemns_a_verdict_has_not_passed_it(tree: Callable[..., Layers]) -> None:
    text = "Kor condemned the verdict"
    seen = tree(text, {"Kor": ("condemned", "nsubj"), "verdict": ("condemned", "obj")}, LABELS)
    part = (Part("actor", place(text, "Kor"), 0.9),)
    condemned = Happening(place(text, "condemned"), "legal", Factuality.OCCURRED, part, (), (), 0.9)
    verdict = Happening(place(text, "verdict"), "legal", Factuality.OCCURRED, (), (), (), 0.9)
    assert with_doer(text, condemned, replace(seen, happenings=(condemned, verdict))).parts == ()
    assert with_doer(text, condemned, replace(seen, happenings=(condemned,))).parts == part
    spoken = replace(condemned, type="accusation")
    assert with_doer(text, spoken, replace(seen, happenings=(spoken, verdict))).parts == part


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "wanted"),
    [
        ("Kor ordered guards to fire", "fire", {"Kor": ("ordered", "nsubj"), "guards": ("ordered", "obj"), "to": ("fire", "mark"), "fire": ("ordered", "xcomp")}, ["guards"]),
        ("Kor called for guards to fire", "fire", {"Kor": ("called", "nsubj"), "guards": ("fire", "nsubj"), "to": ("fire", "mark"), "fire": ("called", "advcl")}, ["guards"]),
        ("Kor urged donors to send aid", "aid", {"Kor": ("urged", "nsubj"), "donors": ("urged", "obj"), "to": ("send", "mark"), "send": ("urged", "xcomp"), "aid": ("send", "obj")}, ["donors"]),
        ("Kor used tanks to crush them", "crush", {"Kor": ("used", "nsubj"), "tanks": ("used", "obj"), "to": ("crush", "mark"), "crush": ("used", "xcomp")}, ["Kor"]),
        ("Kor promised Bara to fire", "fire", {"Kor": ("promised", "nsubj"), "Bara": ("promised", "obj"), "to": ("fire", "mark"), "fire": ("promised", "xcomp")}, ["Kor"]),
        ("Kor urged donors to stop shelling", "shelling", {"Kor": ("urged", "nsubj"), "donors": ("urged", "obj"), "to": ("stop", "mark"), "stop": ("urged", "xcomp"), "shelling": ("stop", "xcomp")}, ["donors"]),
        ("Kor called on guards to fire", "fire", {"Kor": ("called", "nsubj"), "guards": ("called", "obl"), "on": ("guards", "case"), "to": ("fire", "mark"), "fire": ("called", "xcomp")}, ["guards"]),
        ("Kor asked to vote", "vote", {"Kor": ("asked", "nsubj"), "to": ("vote", "mark"), "vote": ("asked", "xcomp")}, ["Kor"]),
    ],
)  # fmt: skip
def test_who_is_bidden_to_do_a_deed_does_it(
    text: str, trigger: str, hangs: Hangs, wanted: list[str], tree: Callable[..., Layers]
) -> None:
    seen = tree(text, hangs, LABELS)
    part = (Part("actor", place(text, "Kor"), 0.9),)
    told = Happening(place(text, trigger), "politics", Factuality.OCCURRED, part, (), (), 0.9)
    assert [text[slice(*p.at)] for p in with_doer(text, told, seen).parts if p.role == "actor"] == wanted
