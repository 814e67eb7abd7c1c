"""Who is the doer of what a speaker tells of itself."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story
from tests.ledger.test_statements import accounts, told

from accordingto.ledger.incidents import Ruling, build


def grade(s: Story) -> tuple[str, ...]:
    return tuple(str(i.grading.value) for i in (build([a], {}, Ruling()) for a in accounts(s)))


@pytest.mark.parametrize(
    ("main", "who", "other"),
    [
        ("Belmar imposed sanctions on Aland, saying ", "Belmar", "Aland"),
        ("Belmar accused Aland of terror, saying ", "Belmar", "Aland"),
        ("Belmar recalled its envoy to Aland and said ", "Belmar", "Aland"),
    ],
)
def test_an_accuser_is_not_the_doer(main: str, who: str, other: str) -> None:
    s = Story(f"{main}that it had fired two missiles at Marda.")
    s.entity(other)
    c = s.claim(who, "saying" if "saying" in main else "said", "that it had fired two missiles at Marda")
    s.event("strike", "fired", place=s.place("Marda"), claims=(c,))
    assert told(s, "actor") == []
    assert "confirmed" not in grade(s)


def test_whom_a_speaker_summoned_may_be_it() -> None:
    s = Story("Belmar summoned the northern envoy, saying that it had fired two missiles at Marda.")
    c = s.claim("Belmar", "saying", "that it had fired two missiles at Marda")
    s.event("accusation", "summoned", actor="Belmar", target="the northern envoy")
    s.event("strike", "fired", place=s.place("Marda"), claims=(c,))
    assert ("Belmar", "asserts", "Belmar") not in told(s, "actor")


def test_who_bombed_a_house_and_says_what_it_hit_is_the_doer() -> None:
    s = Story("Belmar bombed a house in Marda, saying that it had struck a command post.")
    c = s.claim("Belmar", "saying", "that it had struck a command post")
    s.event("strike", "bombed", actor="Belmar", target="a house", place=s.place("Marda"))
    s.event("strike", "struck", claims=(c,))
    assert told(s, "actor") == [("Belmar", "asserts", "Coast Wire"), ("Belmar", "asserts", "Belmar")]


def test_who_feared_a_deed_did_not_do_it() -> None:
    s = Story(
        "The coordinator said that he feared the shelling of Marda. The army said it feared the strike."
    )
    one = s.claim("The coordinator", "said", "that he feared the shelling of Marda", kind="person")
    two = s.claim("The army", "said#2", "it feared the strike")
    s.event("strike", "shelling", claims=(one,))
    s.event("strike", "strike", claims=(two,))
    assert told(s, "actor") == []


def test_who_has_done_something_often_enough_tells_of_no_deed() -> None:
    s = Story("“We have signed enough paper,” said Ann Moro. “We signed the paper in Marda.”")
    few = s.claim("Ann Moro", "said", "We have signed enough paper", kind="person")
    s.event("agreement", "signed", claims=(few,))
    assert told(s, "actor") == []
    assert grade(s) == ("weak",)
    s = Story("“We signed the paper in Marda on Monday,” said Ann Moro.")
    one = s.claim("Ann Moro", "said", "We signed the paper in Marda on Monday", kind="person")
    s.event("agreement", "signed", claims=(one,))
    assert grade(s) == ("confirmed",)


def test_a_pile_of_adverbs_is_read_at_once() -> None:
    """Words that fit a pattern in two ways must not double its time."""
    for words in ("jointly " * 40, "only " * 40, "early on Monday " * 40):
        s = Story(f"The army said it {words}told of the shelling of Marda.")
        c = s.claim("The army", "said", f"it {words}told of the shelling of Marda")
        s.event("strike", "shelling", claims=(c,))
        assert told(s, "actor") == []


@pytest.mark.parametrize(
    ("content", "doer"),
    [
        ("that raid", True),
        ("the night raid on Marda", True),
        ("that the raid had cost lives", False),
        ("the raid on its own convoy", False),
    ],
)
def test_who_admits_a_deed_by_its_name_did_it(content: str, doer: bool) -> None:
    s = Story(f"In Marda, the Hill Front has admitted {content}.")
    c = s.claim("Hill Front", "admitted", content, act="confirm")
    s.event("attack", "raid", place=s.place("Marda"), claims=(c,))
    assert (("Hill Front", "asserts", "Hill Front") in told(s, "actor")) == doer
