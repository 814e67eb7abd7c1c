"""What is asked of an event besides whether it happened. All text is invented."""

from __future__ import annotations

import pytest
from tests.ledger.builder import Story

from accordingto.ledger.accounts import Field, Stance
from accordingto.ledger.knowledge import knowledge
from accordingto.ledger.observing import observe


def doubted(words: str) -> bool:
    """Whether a report tells that a strike may not have happened, where officials don't know `words`."""
    story = Story(f"A strike hit Marda on Monday. Officials did not know {words}.")
    story.event("strike", "strike", place=story.place("Marda"), on=story.time("Monday", "2031-03-03"))
    story.claim("Officials", "did not know", words, act="uncertain", kind="anonymous")
    [account] = observe(story.record(), "r", knowledge())
    return any(s.field is Field.HAPPENED and s.stance is Stance.UNCERTAIN for s in account.statements)


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("whether there had been a raid", True),
        ("whether it had happened", True),
        ("what had happened", True),
        ("whether a raid ever took place", True),
        ("whether such a raid existed", True),
        ("if the reports were true", True),
        ("where the raid began", False),
        ("why it happened", False),
        ("why the town was chosen", False),
        ("how the pilot got away", False),
        ("whether the pilots could fly at night", False),
        ("it was clear whether the pilots could fly at night", False),
    ],
)
def test_only_a_question_whether_it_happened_doubts_that_it_did(words: str, doubt: bool) -> None:
    assert doubted(words) is doubt
