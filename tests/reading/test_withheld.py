"""Answers that are held back or taken back. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader
from accordingto.reading.tables import ReadingTables
from accordingto.reading.withheld import DECLINING, NOBODY, held_back
from accordingto.record import Act
from accordingto.spans import Range

TABLES = ReadingTables.load()
BURNED = "that its men had burned the mill"


@pytest.mark.parametrize(
    ("before", "cue", "content", "act"),
    [
        ("The guard", "would neither confirm nor deny", BURNED, Act.DECLINE),
        ("The guard neither confirmed nor", "denied", BURNED, Act.DECLINE),
        ("The guard", "refused to deny", BURNED, Act.DECLINE),
        ("The guard", "has declined", "either to confirm or to deny it", Act.DECLINE),
        ("The guard", "refused", "to comment on the fire at the mill", Act.DECLINE),
        ("The guard", "refused", "to discuss the fire at the mill", Act.DECLINE),
        ("The guard", "has refused", "to say whether the mill had burned", Act.DECLINE),
        ("The guard", "refused", "to provide any details of the fire", Act.DECLINE),
        ("The guard", "refused to talk about", "the fire", Act.DECLINE),
        ("The guard", "refused", "to talk to the miller", None),
        ("The guard", "refused", "to investigate the fire", None),
        ("The guard", "refused", "to provide water", None),
        ("The guard", "has refused to acknowledge", BURNED, Act.DECLINE),
        ("The guard", "won’t confirm", BURNED, Act.DECLINE),
        ("The guard", "did not rule out", "closing the road", Act.DECLINE),
        ("The guard", "has never admitted", BURNED, Act.SILENT),
        ("The guard", "rarely acknowledges", "fires", Act.SILENT),
        ("The guard", "stopped short of confirming", BURNED, Act.SILENT),
        ("The guard fell short", "of", "denying that its men had burned the mill", Act.SILENT),
        ("The guard", "has yet to confirm", BURNED, Act.SILENT),
        ("The guard spoke", "without admitting", BURNED, Act.SILENT),
        ("The guard", "didn’t deny", BURNED, Act.SILENT),
        ("The guard", "no longer denies", BURNED, Act.SILENT),
        ("The guard", "did not reject", "the claim that its men had burned the mill", Act.SILENT),
        ("The guard", "cannot deny", BURNED, Act.SILENT),
        ("Nor has the guard", "denied", BURNED, Act.SILENT),
        ("Nor did the guard", "say", "whether the mill had burned", Act.SILENT),
        ("nor does it", "explain", "why the mill had burned", Act.SILENT),
        ("Nor has the guard", "said", "how many mills had burned", Act.SILENT),
        ("Neither did the miller", "accuse", "the guard of the fire", Act.SILENT),
        ("Nor would the guard", "say", "who burned the mill", Act.DECLINE),
        ("Nor will the guard", "promise", "that the mill would be rebuilt", Act.REFUSE),
        ("Nor could the guard", "confirm", BURNED, Act.UNCERTAIN),
        ("The guard", "called", "reports of a fire “a lie”", Act.DENY),
        ("The guard", "described", "the claim that it burned the mill as baseless", Act.DENY),
        ("The guard", "dismissed", "reports of a fire as “pure and cheap propaganda”", Act.DENY),
        ("The guard", "branded", "reports of a fire fabrications", Act.DENY),
        ("The guard", "gave no confirmation", BURNED, Act.SILENT),
        ("The guard", "could not confirm", BURNED, Act.UNCERTAIN),
        ("The guard could not", "confirm", BURNED, Act.UNCERTAIN),
        ("The guard", "could not rule out", BURNED, Act.UNCERTAIN),
        ("The guard", "has not independently verified", "the film", Act.UNCERTAIN),
        ("", "has not been confirmed", "the fire", Act.UNCERTAIN),
        ("The guard", "retracted its statement", "that herders had burned the mill", Act.DENY),
        ("The guard", "withdrew", "its earlier claim that herders had burned the mill", Act.DENY),
        ("The guard backtracked on its", "claim", "that herders had burned the mill", Act.DENY),
        ("The guard no longer stands by its", "report", "that herders had burned the mill", Act.DENY),
        ("The guard", "took back his allegation", "that herders had burned the mill", Act.DENY),
        ("The guard", "refused to retract its statement", "that herders had burned the mill", Act.SILENT),
        ("The guard", "did not retract its statement", "that herders had burned the mill", Act.SILENT),
    ],
)
def test_who_holds_an_answer_back_neither_confirms_nor_denies(
    before: str, cue: str, content: str, act: Act
) -> None:
    start = len(before) + bool(before)
    text = " ".join(x for x in (before, cue, content) if x)
    behind = start + len(cue) + 1
    assert held_back(text, Range(start, start + len(cue)), [Range(behind, len(text))], TABLES) is act


@pytest.mark.parametrize(
    ("before", "cue", "content"),
    [
        ("The guard", "confirmed", BURNED),
        ("The guard", "has long denied", BURNED),
        ("Nor would the guard say who", "ordered", "the fire"),
        ("The guard", "called", "the fire a tragedy"),
        ("The guard", "called", "the reports a lie and then agreed that the mill had burned"),
        ("The guard", "described", "reports of a fire as credible"),
        ("The guard", "described", "reports that herders had spread propaganda"),
        ("The guard", "described", "allegations of disinformation"),
        ("The guard", "denounced", "reports full of lies"),
        ("The guard", "has not only denied", "it but laughed"),
        ("The guard", "did not hesitate to confirm", BURNED),
        ("Not surprisingly, the guard", "denied", BURNED),
        ("The guard", "did not answer calls but denied", BURNED),
        ("The guard", "said", "it had never admitted the fire"),
        ("The guard withdrew its men,", "said", "the mayor’s report"),
        ("The guard withdrew its men after", "reports", BURNED),
        ("The guard withdrew its men", "accusing", "herders of burning the mill"),
        ("The guard", "withdrew from the talks claiming", BURNED),
        ("The guard", "withdrew its request", "that the mill be searched"),
    ],
)
def test_other_words_beside_an_answer_take_nothing_from_it(before: str, cue: str, content: str) -> None:
    start = len(before) + 1
    text = f"{before} {cue} {content}"
    behind = start + len(cue) + 1
    assert held_back(text, Range(start, start + len(cue)), [Range(behind, len(text))], TABLES) is None


@pytest.mark.parametrize(
    ("words", "declines"),
    [
        ("no comment,", True),
        ("we have no further comment on the fire", True),
        ("i’m not going to comment on gossip", True),
        ("we do not comment on searches", True),
        ("i can't comment on that.", True),
        ("that it neither confirmed nor denied the fire", True),
        ("she would not confirm the fire", True),
        ("we will not comment, but whoever burned the mill will pay", False),
        ("no comment of his has ever been so cruel. he should go.", False),
        ("we do not burn mills", False),
    ],
)
def test_what_is_said_may_be_that_nothing_is(words: str, declines: bool) -> None:
    assert (DECLINING.match(words) is not None) is declines


@pytest.mark.parametrize(
    ("source", "nobody"),
    [
        ("No one", True),
        ("Neither the guard nor the herders", True),
        ("No Sylvanian officer", True),
        ("none of the millers", True),
        ("No fewer than ten millers", False),
        ("None other than the miller", False),
        ("Nonessential millers", False),
        ("No 4", False),
        ("The guard", False),
    ],
)
def test_nobody_is_told_from_somebody(source: str, nobody: bool) -> None:
    assert (NOBODY.match(source) is not None) is nobody


@pytest.mark.parametrize(
    ("text", "deed", "act", "factuality"),
    [
        (
            "Herders said guards had shelled the mill in Okuta. The guard would neither confirm nor deny that it had shelled the mill in Okuta.",
            "shelled",
            Act.DECLINE,
            "claimed",
        ),
        ("Police neither confirmed nor denied that the trader had been arrested.", "arrested", Act.DECLINE, "claimed"),
        ("The guard did not deny shelling the mill in Okuta.", "shelling", Act.SILENT, "claimed"),
        ("The guard retracted its statement that herders had shelled the mill.", "shelled", Act.DENY, "denied"),
        ("The trader recanted his testimony that guards raped two women in Okuta.", "raped", Act.DENY, "denied"),
        ("The envoy walked back his remarks on the bombing of the mill.", "bombing", Act.DENY, "occurred"),
    ],
)  # fmt: skip
def test_an_event_is_denied_only_by_who_denies_it(
    text: str, deed: str, act: Act, factuality: str, reader: Reader
) -> None:
    record = reader.read(text)
    assert record.claims[-1].act is act
    [found] = [e for e in record.events if deed in e.trigger.text]
    assert found.factuality == factuality


def test_who_rarely_acknowledges_strikes_confirms_none(reader: Reader) -> None:
    text = (
        "The strike hit a depot near Okuta on Sunday. There was no immediate comment from the Sylvanian military, "
        "which rarely acknowledges strikes in Freedonia."
    )
    assert Act.CONFIRM not in {c.act for c in reader.read(text).claims}


@pytest.mark.parametrize(
    ("before", "cue", "content", "act"),
    [
        ("The guard", "would not speculate on", "whether the mill would burn", Act.DECLINE),
        ("The guard", "wouldn’t speculate about", "the cause of the fire", Act.DECLINE),
        ("The guard", "would not be drawn on", "the cause of the fire", Act.DECLINE),
        ("The guard", "did not wish", "to be drawn on the cause of the fire", Act.DECLINE),
        ("The guard", "did not wish", "to comment", Act.DECLINE),
        ("The guard", "does not want", "to talk about the fire", Act.DECLINE),
        ("The guard", "preferred", "not to comment on the fire", Act.DECLINE),
        ("The guard", "did not want", "to talk to the herders", None),
        ("The guard", "preferred", "not to enter the mill", None),
        ("The guard", "offered", "no evidence", Act.SILENT),
        ("The guard", "named", "no suspects", Act.SILENT),
        ("The guard", "gave no details of", "the fire", Act.SILENT),
        ("The guard", "gave", "no ground to the rebels", None),
        ("The guard", "offered", "evidence of the fire", None),
    ],
)
def test_what_is_not_given_is_left_unsaid(before: str, cue: str, content: str, act: Act | None) -> None:
    text = f"{before} {cue} {content}."
    at = Range(text.index(cue), text.index(cue) + len(cue))
    assert held_back(text, at, [Range(at.end + 1, len(text) - 1)], TABLES) is act
