"""What is no statement of whoever speaks: of a denier that he did it, of the silent that nobody died."""

from __future__ import annotations

import msgspec
import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import told

from accordingto.record import Participant, Role


def test_who_denies_it_did_it_nowhere_even_where_it_is_told_more_closely() -> None:
    s = Story("A strike hit Marda. The Hill Front, which holds the ridge, denied any role.")
    s.claim("The Hill Front", "denied", "any role", act="deny")
    s.event("strike", "strike", place=s.place("Marda"))
    claim = s.parts["C"][0]
    whole = Participant(Role.ACTOR, None, s.at("The Hill Front, which holds the ridge"))
    event = msgspec.structs.replace(s.parts["V"][0], participants=(whole,), claims=(claim.id,))
    s.parts["V"][0] = event
    assert [how for _, how, _ in told(s, "actor")] == ["denies"]


@pytest.mark.parametrize(("after", "doers"), [(", and ", []), (". Later, ", ["the rebels"])])
def test_whom_only_another_claim_of_the_sentence_names_did_nothing(after: str, doers: list[str]) -> None:
    s = Story(f"The army said its guns had fired on Marda{after}a priest said that the rebels had fled.")
    c = s.claim("The army", "said", "its guns had fired on Marda")
    s.claim("a priest", "said#2", "that the rebels had fled", kind="anonymous")
    s.event("strike", "fired", actor="the rebels", place=s.place("Marda"), claims=(c,))
    assert [v for v, *_ in told(s, "actor") if v != "The army"] == doers


@pytest.mark.parametrize(
    ("content", "how"),
    [
        ("the blast in Marda, in which six died", "asserts"),
        ("how many of the six died in the blast", "silent"),
    ],
)
def test_who_is_silent_about_a_deed_takes_its_dead_for_granted(content: str, how: str) -> None:
    s = Story(f"The army has not spoken of {content}. Marda is quiet.")
    c = s.claim("The army", "has not spoken", content, act="silent")
    v = s.event("bombing", "blast", place=s.place("Marda"), claims=(c,))
    s.figure("six", 6, event=v, claims=(c,))
    assert [x for v, x, _ in told(s, "killed") if v == 6] == [how]
