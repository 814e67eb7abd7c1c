"""Which attributions are claims, and what of their contents belongs to them. All text is invented."""

from __future__ import annotations

import pytest

from accordingto.reading.reader import Reader

BODY = "\n\nKUTUM, Sudan, 5 March — The market was hit on Monday, residents said."


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Army Denies Strike as Death Toll in Kutum Rises to 17", "Strike"),
        ("Mayor warns of more floods as 12 die in Uvira", "more floods"),
        ("Rebels Blame Government as 40 Flee Gao", "Government"),
        ("Minister Rejects Inquiry as Bombing Kills 9 in Kandahar", "Inquiry"),
        ("UN urges truce after strike kills 14 in Kutum", "truce"),
        ("Army denies strike while toll reaches 17", "strike"),
        ("Police say 12 died as bus overturned", "12 died as bus overturned"),
        ("UN condemns killing of medics as they fled Kutum", "killing of medics as they fled Kutum"),
        ("Mayor says he fled after gunmen stormed town", "he fled after gunmen stormed town"),
    ],
)
def test_what_happened_meanwhile_is_said_by_nobody(headline: str, said: str, reader: Reader) -> None:
    record = reader.read(headline + BODY)
    (claim,) = [c for c in record.claims if c.start < len(headline)]
    assert [x.text for x in claim.content] == [said]
    killed = [f for f in record.figures if f.span.end <= len(headline) and f.measure == "killed"]
    assert all(bool(f.claims) is (f.span.end <= claim.content[0].end) for f in killed)


def test_in_prose_what_is_said_goes_on(reader: Reader) -> None:
    text = "Six die in Kutum\n\nThe army denied a strike as the death toll rose to 17, the mayor said."
    assert any("17" in x.text for c in reader.read(text).claims for x in c.content)


@pytest.mark.parametrize("word", ["If", "Unless"])
def test_what_may_yet_be_found_is_no_claim(word: str, reader: Reader) -> None:
    record = reader.read(
        f"{word} the court finds that the army shelled the market, the minister will resign."
    )
    assert record.claims == ()


def test_what_somebody_supposes_is_a_claim_inside_of_theirs(reader: Reader) -> None:
    text = "The mayor said on Monday that if Chad thinks that smugglers use the old bridge, it should call him first."
    assert [c.cue.text for c in reader.read(text).claims if c.parent and c.cue] == ["thinks"]


@pytest.mark.parametrize(
    "cue",
    [
        "has yet to receive an explanation as to",
        "was never given a reason",
        "is still waiting for an answer as to",
    ],
)
def test_who_waits_for_an_answer_claims_nothing(cue: str, reader: Reader) -> None:
    assert reader.read(f"The family {cue} why the soldiers fired at the car.").claims == ()


@pytest.mark.parametrize(
    "words", ["a request for comment", "requests for comment", "a request for an interview"]
)
def test_a_request_for_comment_that_goes_unanswered_is_nobodys_claim(words: str, reader: Reader) -> None:
    record = reader.read(f"The bank was shut on Monday. The ministry did not respond to {words}.")
    assert [c.act for c in record.claims] == ["silent"]
