"""Cues are as small as they may be. All text is invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accordingto.reading.cuespans import smallest, with_negations
from accordingto.reading.layers import Layers
from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.spans import Range

TABLES = ReadingTables.load()


@pytest.mark.parametrize(
    ("cue", "least"),
    [
        ("has promised", "promised"),
        ("also noted", "noted"),
        ("had earlier been accused of", "accused of"),
        ("said in a statement earlier this month", "said"),
        ("wrote on social media", "wrote"),
        ("said Tuesday", "said"),
        ("added:", "added"),
        ("to call for", "call for"),
        ("released an angry statement blaming", "blaming"),
        ("filed a court document in Bor on Monday arguing", "arguing"),
        ("convened a news conference alleging", "alleging"),
        ("wrote a letter asking for", "asking for"),
        ("interjected, saying", "saying"),
        ("took to the streets demanding", "took to the streets demanding"),
        ("made the order while delivering a ruling on", "made the order while delivering a ruling on"),
        ("yesterday called for", "called for"),
        ("last month said", "said"),
        ("were unable to immediately confirm", "unable to immediately confirm"),
        ("has not commented", "not commented"),
        ("did not add", "did not add"),
        ("confirmed two days later", "confirmed"),
        ("called Friday for", "called Friday for"),
        ("had long been an advocate for", "had long been an advocate for"),
        ("could say", "could say"),
        ("is concerned", "is concerned"),
        ("’s called for", "called for"),
        ("'re mostly proposing", "proposing"),
        ("always claimed", "claimed"),
        ("this week reported", "reported"),
        ("said carefully", "said"),
        ("said with a grin", "said"),
        ("would rely", "would rely"),
        ("responded late on Friday with a note on it saying", "saying"),
        ("called on", "called on"),
        ("accused of", "accused of"),
        ("hinted at", "hinted at"),
        ("according to", "according to"),
        ("had no comment", "had no comment"),
        ("has yet to comment", "has yet to comment"),
        (":", ":"),
    ],
)
def test_cues_keep_what_tells_of_words(cue: str, least: str) -> None:
    at = smallest(f"They {cue} it", Range(5, 5 + len(cue)), TABLES)
    assert f"They {cue} it"[slice(*at)] == least


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The mayor of Bor plans to leave the city.", "plans", "to leave the city"),
        ("The ministry has refused to open the bridge in Bor.", "refused", "to open the bridge in Bor"),
        ("The ministry has objected to the vote in Bor.", "objected to", "the vote in Bor"),
        (
            "The board is committed to maintaining the dam in Bor.",
            "committed to",
            "maintaining the dam in Bor",
        ),
        ("The board is committed to fully opening the dam.", "committed to", "fully opening the dam"),
        ("The board is committed to the dam in Bor.", "committed to", "the dam in Bor"),
        ("The board is committed to bring aid to Bor.", "committed", "to bring aid to Bor"),
    ],
)
def test_the_to_of_a_verb_belongs_to_what_is_planned(
    text: str, cue: str, content: str, reader: Reader
) -> None:
    (claim,) = reader.read(text).claims
    assert claim.cue is not None
    assert (claim.cue.text, claim.content[0].text) == (cue, content)


def test_who_is_quoted_as_saying_it(reader: Reader) -> None:
    outer, inner = reader.read("An elder is quoted as saying that the dam in Bor fell.").claims
    assert (outer.cue and outer.cue.text, [c.text for c in outer.content]) == (
        "quoted as",
        ["An elder", "saying that the dam in Bor fell"],
    )
    assert (inner.cue and inner.cue.text, inner.parent) == ("saying", outer.id)


def test_the_day_and_the_medium_are_still_read(reader: Reader) -> None:
    (claim,) = reader.read(
        "The ministry said in a statement on Monday that the bridge in Bor was open."
    ).claims
    assert claim.cue is not None
    assert (claim.cue.text, claim.medium) == ("said", "statement")


@pytest.mark.parametrize(
    ("text", "cue", "whole"),
    [
        ("the herders do not feel safe", "feel", "do not feel"),
        ("the herders don’t really feel safe", "feel", "don’t really feel"),
        ("the herders were not expecting rain", "expecting", "were not expecting"),
        ("the herders never thought it safe", "thought", "never thought"),
        ("the herders not only feel safe", "feel", "feel"),
        ("the herders feel safe", "feel", "feel"),
        ("all rests if the herders do not feel safe", "feel", "feel"),
    ],
)
def test_cues_have_their_negation(text: str, cue: str, whole: str, layers: Callable[..., Layers]) -> None:
    (a,) = with_negations(text, layers(text, [], [("the herders", cue, text.split()[-1])]).attributions)
    assert a.cue is not None
    assert text[slice(*a.cue)] == whole


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ana Berg took a swipe at the army.", "took a swipe at"),
        ("Orlow took a shot at the ministers over the dam.", "took a shot at"),
        ("Orlow left on Monday. The mayor has needled the premier over his boats.", "needled"),
    ],
)
def test_whom_somebody_takes_a_shot_at(text: str, cue: str, reader: Reader) -> None:
    (claim,) = reader.read(text).claims
    assert (claim.cue and claim.cue.text, claim.act) == (cue, "accuse")


@pytest.mark.parametrize("cue", ["showed no sign of", "have shown few signs of", "showed any sign of"])
def test_what_nobody_shows_a_sign_of_is_not_told(cue: str, reader: Reader) -> None:
    assert reader.read(f"The rebels {cue} backing down on Tuesday.").claims == ()
