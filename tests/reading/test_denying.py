"""Which events a denial denies. All text is invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from accordingto.reading.denying import denies
from accordingto.reading.eventlinks import read_of, voice
from accordingto.reading.events import FoundEvent
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.record import Act, Claim, Factuality, Quotation
from accordingto.spans import Range, span

LABELS = ("root", "dep", "nsubj", "nsubj:pass", "obj", "acl:relcl", "obl", "nmod")
DEED = "The guards denied that soldiers shot them."
GIVEN = "The guards denied the shooting was planned."
FAR = "The guards denied owning the car in which they were shot."


def place(text: str, words: str) -> Range:
    return Range(text.index(words), text.index(words) + len(words))


def claim(text: str, cue: str, content: str, act: Act = Act.DENY) -> Claim:
    contents = (span(text, place(text, content)),)
    return Claim("C1", "S1", None, span(text, place(text, cue)), contents, Quotation.INDIRECT, act)


@pytest.mark.parametrize(
    ("text", "trigger", "hangs", "content", "denied"),
    [
        (DEED, "shot", {"shot": ("denied", "obj")}, "that soldiers shot them", True),
        (GIVEN, "shooting", {"shooting": ("planned", "nsubj:pass")}, "the shooting was planned", False),
        (
            FAR,
            "shot",
            {"shot": ("car", "acl:relcl"), "car": ("owning", "obj")},
            "owning the car in which they were shot",
            False,
        ),
    ],
)
def test_a_denial_denies_the_deed_in_its_words_and_not_what_it_takes_as_given(
    text: str,
    trigger: str,
    hangs: Mapping[str, tuple[str, str]],
    content: str,
    denied: bool,
    tree: Callable[..., Layers],
) -> None:
    seen = tree(text, hangs, LABELS)
    at = place(text, trigger)
    said = claim(text, "denied", content)
    assert denies(text, said, [at], seen) is denied
    event = FoundEvent("attack", at, (at,), (), Factuality.CLAIMED)
    assert voice(text, said, event, seen).act is (Act.DENY if denied else Act.ASSERT)


def test_a_cue_that_denies_nothing_needs_a_word_that_does(tree: Callable[..., Layers]) -> None:
    text = "The guards said soldiers shot them. The mayor said nobody shot them."
    seen = tree(text, {}, LABELS)
    first, second = place(text, "shot"), Range(text.rindex("shot"), text.rindex("shot") + 4)
    assert not denies(text, claim(text, "said", "soldiers shot them"), [first], seen)
    assert denies(text, claim(text, "said", "nobody shot them"), [second], seen)


def test_nothing_is_denied_where_nobody_denies(tree: Callable[..., Layers]) -> None:
    text = "The mayor said the march was banned. The guards denied a raid."
    seen = tree(text, {}, LABELS)
    banned, raid = place(text, "banned"), place(text, "raid")
    said = claim(text, "said", "the march was banned", Act.ASSERT)
    read = FoundEvent("repression", banned, (banned,), (), Factuality.DENIED)
    assert read_of(text, read, [said], seen).factuality is Factuality.CLAIMED
    other = FoundEvent("attack", raid, (raid,), (), Factuality.DENIED)
    assert read_of(text, other, [], seen).factuality is Factuality.DENIED


@pytest.mark.parametrize(
    ("text", "deed", "factuality"),
    [
        ("The envoy denied the report and said soldiers had shot four herders on Sunday.", "shot", "claimed"),
        (
            "The minister denied the claim and accused Greece of shelling two villages on Monday.",
            "shelling",
            "claimed",
        ),
        (
            "The union dismissed the claim, saying that police had beaten peaceful marchers in Lagos.",
            "beaten",
            "claimed",
        ),
        ("The army denied that soldiers had shot four herders on Sunday.", "shot", "denied"),
        ("Soldiers shot four herders on Sunday, villagers said, but the army denied it.", "shot", "denied"),
        ("The army denied the shooting of four herders on Sunday.", "shooting", "denied"),
    ],
)
def test_a_denial_of_something_else_in_its_sentence_denies_no_deed(
    text: str, deed: str, factuality: str, reader: Reader
) -> None:
    [found] = [e for e in reader.read(text).events if deed in e.trigger.text]
    assert found.factuality == factuality


@pytest.mark.parametrize(
    ("content", "denied"),
    [("it", True), ("the army’s allegation", True), ("any involvement", True), ("that rain had come", False)],
)
def test_a_denial_behind_a_deed_means_it_where_it_points_back(
    content: str, denied: bool, layers: Callable[..., Layers]
) -> None:
    text = f"Soldiers shot four herders, but the army denied {content}."
    shot = place(text, "shot")
    read = FoundEvent("attack", shot, (shot,), (), Factuality.DENIED)
    got = read_of(text, read, [], layers(text, [], []), [claim(text, "denied", content)])
    assert got.factuality is (Factuality.DENIED if denied else Factuality.CLAIMED)


@pytest.mark.parametrize(
    "answer", ["never denied it", "refused to deny it", "issued no denial", "did not dispute it"]
)
def test_who_does_not_deny_a_deed_denies_none(answer: str, layers: Callable[..., Layers]) -> None:
    text = f"Soldiers shot four herders, but the army {answer}."
    shot = place(text, "shot")
    read = FoundEvent("attack", shot, (shot,), (), Factuality.DENIED)
    assert read_of(text, read, [], layers(text, [], [])).factuality is Factuality.CLAIMED


@pytest.mark.parametrize("act", [Act.DENY, Act.SILENT])
def test_what_nobody_denies_is_not_denied(act: Act, layers: Callable[..., Layers]) -> None:
    text = "Nobody in the army denied that soldiers shot four herders."
    shot = place(text, "shot")
    read = FoundEvent("attack", shot, (shot,), (), Factuality.DENIED)
    told = claim(text, "denied", "that soldiers shot four herders", act)
    got = read_of(text, read, [], layers(text, [], []), [told])
    assert got.factuality is (Factuality.DENIED if act is Act.DENY else Factuality.CLAIMED)


@pytest.mark.parametrize(
    ("cue", "content", "factuality"),
    [
        ("gave no confirmation", "that soldiers shot them", Factuality.CLAIMED),
        ("did not confirm", "that nobody shot them", Factuality.NEGATED),
        ("said", "that soldiers shot them", Factuality.NEGATED),
    ],
)
def test_an_answer_held_back_negates_no_deed(
    cue: str, content: str, factuality: Factuality, layers: Callable[..., Layers]
) -> None:
    text = f"The guards {cue} {content}."
    shot = place(text, "shot")
    read = FoundEvent("attack", shot, (shot,), (), Factuality.NEGATED)
    act = Act.ASSERT if cue == "said" else Act.SILENT
    got = read_of(text, read, [claim(text, cue, content, act)], layers(text, [], []))
    assert got.factuality is factuality
